/*
 * Spelling: whether words are the same but for how they are written.
 */
#ifndef BRACKED_DRAFT_SPELLING_H
#define BRACKED_DRAFT_SPELLING_H

#include "base/buf.h"
#include "base/str.h"

/* What is done with a hyphen between two parts of a word. */
enum bk_hyphen {
	BK_HYPHEN_PARTS, /* "co-operate" is co operate */
	BK_HYPHEN_JOINS, /* "co-operate" is cooperate */
};

/*
 * Append what the words come to when case, blanks, punctuation, apostrophes and the differences between British and
 * American spelling do not count; it shows nothing fit to be read.  Punctuation between digits counts (3.5 is not
 * 35), and so do signs that are none (% / $ *), and capitals of short words that have no others (US is not us).
 * Nothing is appended for words without a letter, digit or sign.  Failure stays in out.  Cost: O(len).
 */
void bk_spelling_put(struct bk_str words, enum bk_hyphen hyphen, struct bk_buf *out);

/* Whether two runs of words differ in spelling, spacing or punctuation alone, or not at all.  False when memory ran
 * out, and where one has no words. */
bool bk_spelling_same(struct bk_str a, struct bk_str b);

#endif
