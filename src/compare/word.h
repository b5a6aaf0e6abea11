/*
 * Words: what two texts are compared by.
 *
 *	3. Parties [shall][EU: should] act, by 1.5 per cent     the text
 *	   Parties  shall      should  act  by 1.5 per cent     its words
 *
 * A word is a run of letters, digits and marks, a number with its decimals, or one character of a script that
 * puts no blanks between words.  Labels, the names of parties that say who asks for something, footnote marks,
 * emphasis, punctuation, brackets and blanks are no words: they lie in the gaps between.
 *
 * A block is a paragraph, or what a label, a heading or the header of an option opens: the words up to the next.
 */
#ifndef BRACKED_COMPARE_WORD_H
#define BRACKED_COMPARE_WORD_H

#include "compare/vocabulary.h"
#include "draft/draft.h"

struct bk_word {
	uint32_t start, end; /* bytes */
	uint32_t number;     /* in the vocabulary */
};

struct bk_block {
	uint32_t start, end;  /* bytes */
	uint32_t first, last; /* its words: from first up to, not with, last */
	uint32_t node;	      /* the provision, option or heading it lies in, or BK_NONE */
	bool labelled;	      /* the node opens in it */
};

/* All words and blocks of a draft, in order. */
struct bk_words {
	const bk_draft *draft;
	BK_VEC(struct bk_word) items;
	BK_VEC(struct bk_block) blocks;
};

/* Cut a draft, which must outlive the words.  Cost: O(bytes).  BK_ENOMEM; release in any case. */
int bk_words_cut(struct bk_words *words, const bk_draft *draft, struct bk_vocabulary *vocabulary);
void bk_words_release(struct bk_words *words);

/* Index of the first word that starts at or after offset.  O(log n). */
uint32_t bk_words_from(const struct bk_words *words, size_t offset);
/* Index of the block that holds offset, or of the last one before it; 0 when there is none.  O(log n). */
uint32_t bk_words_block_at(const struct bk_words *words, size_t offset);

#endif
