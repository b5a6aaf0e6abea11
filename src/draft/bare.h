/* The words of a bracket without what is put round them: label, emphasis, quotation marks, one parenthesis. */
#ifndef BRACKED_DRAFT_BARE_H
#define BRACKED_DRAFT_BARE_H

#include "base/str.h"

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
/* Take inner brackets' own characters out: "[implementable] modalities" reads "implementable modalities". */
void bk_bare_drop_brackets(struct bk_bare *bare);

/*
 * Bytes of the label that `inside` begins with, the blanks and emphasis round it included: "12. ", "(a) ",
 * "iv) ", "3 bis. ", "OP14 "; 0 when there is none, or nothing after it.
 */
size_t bk_phrase_label(struct bk_str inside);
/* True for "(i)", "a)" and nothing more. */
bool bk_phrase_is_label(struct bk_str inside);
/*
 * True when inside opens with a label, the header of an option, or a heading.  In the middle of a line "(a)
 * and" is a reference to (a), so there a capital must follow the label; first on a line a bare number before a
 * capital is one too.
 */
bool bk_phrase_opens_block(struct bk_str inside, bool first_on_line);

#endif
