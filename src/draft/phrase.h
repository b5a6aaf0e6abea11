/*
 * What can be told of a phrase by its first and last words and without knowing the language well: what it stands
 * for, its kind, and whether two phrases look like rivals for one place.
 */
#ifndef BRACKED_DRAFT_PHRASE_H
#define BRACKED_DRAFT_PHRASE_H

#include "base/str.h"

#include <bracked/error.h>

/* What stands for having no text: "No text", "Option 0", "no provision on ...". */
bool bk_phrase_is_no_text(struct bk_str words);
/* An alternative nobody has named yet: "other". */
bool bk_phrase_is_open(struct bk_str words);
/* "and" and nothing else. */
bool bk_phrase_is_and(struct bk_str words);
/* It adds to what stands before: opens with a comma, "and", "including" ... and is more than that, and no
 * modal. */
bool bk_phrase_adds(struct bk_str words);
/* An addition and its tight neighbour are rivals: they go on with the same word, or end in the same one. */
bool bk_phrase_rivals_addition(struct bk_str addition, struct bk_str other);
/* A comma or semicolon and nothing else. */
bool bk_phrase_is_comma(struct bk_str words);
/* A full stop or semicolon and nothing else. */
bool bk_phrase_is_stop(struct bk_str words);
/* One of these, or a colon. */
bool bk_phrase_is_mark(struct bk_str words);
/* More than a comma or semicolon, with one at its end. */
bool bk_phrase_ends_in_comma(struct bk_str words);
/* It opens with "and", "or" and goes on. */
bool bk_phrase_opens_with_and(struct bk_str words);
/* ", as Parties agree" behind "[city, country]": words that a comma opens go on from those before them, and do not
 * stand in their place; but for words before that begin so too, that join or that are a mark. */
bool bk_phrase_goes_on(struct bk_str words, struct bk_str before);
/* Text that goes on with a verb the lexicon knows. */
bool bk_phrase_is_verb_next(struct bk_str text);
/* Text that goes on with punctuation, a preposition, an article ... or not at all: no noun is being
 * described. */
bool bk_phrase_is_small_word_next(struct bk_str text);

enum bk_phrase_kind {
	BK_PHRASE_OTHER,
	BK_PHRASE_MODAL,
	BK_PHRASE_JOINT,  /* a conjunction or punctuation and nothing else */
	BK_PHRASE_FIGURE, /* a number, date or time */
	BK_PHRASE_PREPOSITION,
	BK_PHRASE_GERUND,
	BK_PHRASE_INFINITIVE,
	BK_PHRASE_CLAUSE, /* opens with that, which, where, if ... */
	BK_PHRASE_NOUN,	  /* opens with an article or a pronoun */
	BK_PHRASE_VERB,
	BK_PHRASE_ADVERB,
};

/* A phrase read; it borrows the words. */
struct bk_phrase {
	enum bk_phrase_kind kind;
	struct bk_str words;
	struct bk_str first, last; /* words */
	size_t count;		   /* of words */
	bool of;		   /* opens with "of" */
	bool ends_in_conjunction;  /* "manage and" */
	bool ends_open;		   /* in a preposition, a gerund, a verb: what it governs follows */
	bool says;		   /* holds a modal: a clause with a verb of its own */
	bool is_adverbial;	   /* a preposition's or gerund's phrase, or a clause */
};
void bk_phrase_read(struct bk_str words, struct bk_phrase *out);
/* One word that may be a verb where verbs stand: no ending of an adjective, adverb or noun. */
bool bk_phrase_may_be_verb(const struct bk_phrase *phrase);
/* A verb may follow text that ends in a modal, "to" or "not". */
bool bk_phrase_leads_to_verb(struct bk_str text);

/* It may be a noun with or without what describes it, or a date. */
bool bk_phrase_is_nominal(const struct bk_phrase *phrase);
/* Its last word ends in a single s. */
bool bk_phrase_is_plural(const struct bk_phrase *phrase);
/* "IP" of "intellectual property": the letters its words begin with, small words left out or not. */
bool bk_phrase_abbreviates(struct bk_str abbreviation, struct bk_str words);
/* The first word of letters and figures, hyphens within it; empty when there is none. */
struct bk_str bk_phrase_first_word(struct bk_str words);
/* The same word, capitals or not; two empty ones are none. */
bool bk_phrase_same_word(struct bk_str a, struct bk_str b);
/* Rivals by their own words, wherever they stand. */
bool bk_phrase_alike(const struct bk_phrase *a, const struct bk_phrase *b);

#endif
