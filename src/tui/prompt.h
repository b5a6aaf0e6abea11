/*
 * The prompt: one line at the bottom that asks for one thing, with completion.
 *
 *	 object k3f9q, reason: no precedent in domestic law_        Enter ok  Tab complete  Esc cancel
 *
 * Whoever asks gives functions: what to complete, what to do while typing, what to do with the answer.
 * The answer's function may ask the next question.
 */
#ifndef BRACKED_TUI_PROMPT_H
#define BRACKED_TUI_PROMPT_H

#include "base/buf.h"
#include "base/vec.h"
#include "tui/key.h"

struct bk_screen;

/* A choice offered above the prompt. */
struct bk_offer {
	char *value;  /* what Tab or Enter puts in */
	char *detail; /* shown beside it */
	char *right;  /* shown at the right: a key */
	long score;
};

struct bk_question {
	const char *label; /* copied */
	const char *initial;
	bool whole; /* a word that is typed first takes the place of initial; a blank or a mark goes behind */
	/* Fill in the offers for what is typed (bk_prompt_offer). NULL: none. */
	void (*offer)(struct bk_screen *screen, struct bk_str typed);
	/* Called after each change of what is typed.  May be NULL. */
	void (*typed)(struct bk_screen *screen, struct bk_str typed);
	/* A key before the prompt sees it; true when it was used up.  May be NULL. */
	bool (*key)(struct bk_screen *screen, struct bk_key key);
	/* The answer; the prompt is closed already.  Borrowed until return. */
	void (*answer)(struct bk_screen *screen, struct bk_str answer);
	void (*cancel)(struct bk_screen *screen); /* may be NULL */
	bool pick;				  /* Enter takes the chosen offer rather than what is typed */
	bool only;				  /* with pick: nothing but an offer is an answer */
	const char *letters;			  /* a question for one key of these; Esc is none of them */
	const char *hints;			  /* for the bottom line; NULL: the usual */
	/*
	 * It comes while somebody may be typing: letters that are no answer, or that come in the same breath
	 * as the question, belong to the draft.
	 */
	bool unasked;
};

struct bk_prompt {
	bool active;
	struct bk_question question;
	struct bk_buf label;
	struct bk_buf input;
	size_t cursor;
	BK_VEC(struct bk_offer) offers;
	size_t chosen, top;
	int64_t stirred; /* when an unasked question came, or let a letter through: milliseconds */
};

/* Ask; the question is copied, its label too. */
void bk_prompt_ask(struct bk_screen *screen, const struct bk_question *question);
/* Make the open question, if there is one, an unasked one. */
void bk_prompt_yield(struct bk_screen *screen, bool unasked);
void bk_prompt_close(struct bk_screen *screen);
void bk_prompt_release(struct bk_prompt *prompt);
/* Add an offer; strings are copied, may be NULL. Offers are shown by score, the highest first, then in order. */
void bk_prompt_offer(
	struct bk_screen *screen, const char *value, const char *detail, const char *right, long score);
/* False when the key was meant for the draft: the question stays open. */
bool bk_prompt_key(struct bk_screen *screen, struct bk_key key);
bool bk_prompt_paste(struct bk_screen *screen, struct bk_str bytes);
/* True when the label itself names the letters to choose from, for want of room below it. */
bool bk_prompt_names_letters(const struct bk_screen *screen);
/* Draw the prompt in a row, a long label and the offers in the rows above it down to `top`. */
void bk_prompt_draw(struct bk_screen *screen, int row, int top);

/*
 * How well typed fits name: every character of typed in order; more for beginnings of words, runs and short
 * names.  -1 when it does not.  Case of ASCII letters does not matter.
 */
long bk_fuzzy_score(struct bk_str typed, struct bk_str name);

#endif
