/*
 * Shells: what of a bracket is notation, read from the text around it alone, without a draft of the whole.
 *
 *	[AOSIS; EU support: shall] (US: delete)
 *	-------------------^^^^^--------------	words, and the shell before and behind them
 */
#ifndef BRACKED_COMPARE_SHELL_H
#define BRACKED_COMPARE_SHELL_H

#include "base/str.h"
#include "compare/pairing.h"

/* How texts of a negotiation are read. */
struct bk_notation {
	const bk_conventions *conventions;
	const struct bk_names *names; /* may be NULL */
};

/* The draft of a text read so, or only as much of it as is counted; the bytes must outlive it.  Cost: O(bytes).
 * BK_ENOMEM. */
int bk_notation_draft(
	const struct bk_notation *notation, struct bk_str bytes, bool counts_only, bk_draft **draft);

struct bk_shell {
	bk_draft *draft; /* of the text around the bracket, from window on */
	bool is_own;	 /* else that of the whole text */
	size_t window;
	uint32_t bracket;     /* in that draft */
	struct bk_span words; /* what it says, without blanks around */
	size_t start, end;    /* of the open, and behind the close and the parentheses that say who */
};

/* What is asked of a bracket once is asked again soon, by another party. */
enum { BK_SHELLS_KEPT = 8 };

/* A text whose shells are read.  When what was read round brackets adds up to more than all of it some times
 * over, as where brackets nest deep, it is read as a whole.  Those asked for last are kept, so who is asked for some
 * brackets with nothing kept before reads no less than who was asked for others. */
struct bk_shells {
	struct bk_str bytes;
	struct bk_notation notation;
	bk_draft *whole;		      /* or NULL */
	size_t read;			      /* bytes round brackets, while there was no whole */
	struct bk_shell kept[BK_SHELLS_KEPT]; /* those asked for last, the latest first */
	bool outlined;			      /* drafts have an outline: names can be added to brackets */
};

/* Whether so many bytes read round brackets of a text are reason to read all of it. */
bool bk_shells_are_many(struct bk_str bytes, size_t read);

/* As if nothing had been read: it can be read again. */
void bk_shells_release(struct bk_shells *shells);

/*
 * Read the shell of the pair whose characters are open and close; it is stale when the next one of its text is read,
 * or shells are released.  Cost: O(bytes between, and some hundred around), and of all that are read of one text
 * O(its bytes) and some hundred each; of one that is kept O(1).  BK_ENOMEM.
 */
int bk_shell_read(struct bk_shell *shell, struct bk_shells *shells, const struct bk_mark *open,
	const struct bk_mark *close);
/* The same of the bracket that is all of its text, but for parentheses behind; .bracket is BK_NONE where there is
 * none.  Cost: O(bytes).  BK_ENOMEM. */
int bk_shell_read_all(struct bk_shell *shell, struct bk_shells *shells);
/* Whether it is one that is disputed, which the first that asks finds out; .bracket BK_NONE is none.  BK_ENOMEM. */
int bk_shell_is_disputed(const struct bk_shell *shell, bool *is);
/* Where the parentheses end that stand behind a bracket which ends at `end` and may say who wants it, as far as
 * that can be told at sight; `end` when there are none. */
size_t bk_shell_parentheses(struct bk_str bytes, size_t end);
/* The names in it, and their acts: of the draft; borrowed.  *count is how many. */
const struct bk_attribution *bk_shell_names(const struct bk_shell *shell, size_t *count);
/* Its words in the bytes of its text: borrowed. */
static inline struct bk_str bk_shell_words(struct bk_str bytes, const struct bk_shell *shell)
{
	return (struct bk_str){bytes.ptr + shell->words.start, shell->words.end - shell->words.start};
}

/* Whether a part of it between slashes has names of its own: "[should - EU / may - US]". */
bool bk_shell_names_parts(const struct bk_shell *shell);
/* Whether no other party than this one is named in it. */
bool bk_shell_is_of(const struct bk_shell *shell, const char *party);
/* Whether a bracket says more beside its words than names and what these want: "(EU: reserve, pending instructions)";
 * but for what the one in another text says there, which may be NULL. */
bool bk_shell_says_more(
	const struct bk_shell *shell, struct bk_str text, const struct bk_shell *than, struct bk_str other);

#endif
