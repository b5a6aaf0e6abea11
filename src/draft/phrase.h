/*
 * The words of a bracket as a reader sees them: without its label, emphasis and quotation marks; and what
 * can be told of them without knowing the language well: their kind, and whether two are alike.
 */
#ifndef BRACKED_DRAFT_PHRASE_H
#define BRACKED_DRAFT_PHRASE_H

#include "base/str.h"

#include <stdint.h>

/* How much of a long bracket is looked at. */
enum { BK_BARE_MAX = 320 };

struct bk_bare {
	size_t len;
	bool cut; /* the words go on */
	char bytes[BK_BARE_MAX];
};

/*
 * The bare words of `inside`: a leading label, emphasis, quotation marks at either end and one parenthesis
 * around it all taken off, blanks and line ends as single spaces.
 */
void bk_phrase_bare(struct bk_str inside, struct bk_bare *out);
struct bk_str bk_bare_words(const struct bk_bare *bare);

/*
 * Bytes of the label that `inside` begins with, the blanks and emphasis round it included: "12. ", "(a) ",
 * "iv) ", "3 bis. ", "OP14 "; 0 when there is none, or nothing after it.
 */
size_t bk_phrase_label(struct bk_str inside);
/*
 * True when inside opens with a label, the header of an option, or a heading.  In the middle of a line "(a)
 * and" is a reference to (a), so there a capital must follow the label.
 */
bool bk_phrase_opens_block(struct bk_str inside, bool first_on_line);

/* What stands for having no text: "No text", "Option 0", "no provision on ...". */
bool bk_phrase_is_no_text(struct bk_str words);
/* An alternative nobody has named yet: "other". */
bool bk_phrase_is_open(struct bk_str words);
/* It adds to what stands before: opens with a comma, "and", "including" ... and is more than that. */
bool bk_phrase_adds(struct bk_str words);

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
};
enum bk_phrase_kind bk_phrase_kind(struct bk_str words);

/* True when two phrases look like rivals for one place (notation, section 4). */
bool bk_phrase_alike(struct bk_str a, struct bk_str b);

#endif
