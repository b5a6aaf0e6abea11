/*
 * Words: what two texts are compared by.
 *
 *	3. Parties [shall][EU: should] act, by 1.5 per cent     the text
 *	   Parties  shall      should  act  by 1.5 per cent     its words
 *
 * A word is a run of letters, digits and marks, a number with its decimals, or one character of a script that
 * puts no blanks between words.  Labels, the names of parties that say who asks for something, footnote marks,
 * emphasis, punctuation, brackets and blanks are no words: they lie in the gaps between.
 */
#ifndef BRACKED_COMPARE_WORD_H
#define BRACKED_COMPARE_WORD_H

#include "compare/block.h"
#include "compare/vocabulary.h"
#include "draft/draft.h"

/* Asked now and then whether to go on; is_stopped NULL: always. */
struct bk_stop {
	bool (*is_stopped)(void *context);
	void *context;
};
/* BK_OK, or BK_ELIMIT when it is stopped. */
int bk_stop_check(const struct bk_stop *stop);

struct bk_word {
	uint32_t start, end; /* bytes */
	uint32_t number;     /* in the vocabulary */
};

/* The words of a draft in order, and the blocks they stand in. */
struct bk_words {
	const bk_draft *draft;
	BK_VEC(struct bk_word) items;
	struct bk_blocks blocks;
};

/*
 * Cut the words of all blocks that are not spared; words->blocks are cut already, and learn which words are theirs.
 * like: the words of another text, which are in the vocabulary, and partner the block of the same bytes there of each,
 * or BK_NONE: what stands there needs not be looked up.  Both may be NULL.  Cost: O(bytes of these blocks).
 * BK_ENOMEM; release in any case.
 */
int bk_words_cut(struct bk_words *words, struct bk_vocabulary *vocabulary, const bool *spared,
	const struct bk_words *like, const uint32_t *partner);
void bk_words_release(struct bk_words *words);

/* Whether a bracket is the mark of a footnote or a source, "[^9]" or "[12]", which is no word. */
bool bk_bracket_is_mark(const bk_draft *draft, const struct bk_bracket *bracket);

/* Index of the first word that starts at or after offset.  O(log n). */
uint32_t bk_words_from(const struct bk_words *words, size_t offset);

#endif
