/*
 * Enclosures: what stands inside of which brackets when a text's faults are mended.
 *
 * Under one bracket that nobody closed, plain matching puts half of a draft inside of it.  So what is inside, and
 * what is clean, is asked of the likeliest balanced reading.  A bracket that runs over the heading of an Article,
 * or that wraps the whole text, encloses nothing.
 */
#ifndef BRACKED_COMPARE_ENCLOSURE_H
#define BRACKED_COMPARE_ENCLOSURE_H

#include "compare/word.h"

struct bk_enclosure {
	uint32_t start, end;
	uint32_t parent;  /* the disputed enclosure around it, or BK_NONE */
	uint32_t bracket; /* of the draft that opens there, or BK_NONE */
};

struct bk_enclosures {
	BK_VEC(struct bk_enclosure) items; /* disputed ones, by start */
	struct bk_span text;		   /* from the first word of the text to the last one */
	uint32_t *of_word;		   /* the innermost around each word, or BK_NONE: the word is clean */
	uint32_t *of_bracket;		   /* that of each bracket of the draft, or BK_NONE */
};

/* Cost: that of bk_draft_check where brackets are unmatched; else O(n).  BK_ENOMEM; release in any case. */
int bk_enclosures_find(struct bk_enclosures *enclosures, const struct bk_words *words);
void bk_enclosures_release(struct bk_enclosures *enclosures);

#endif
