/*
 * Alignment: which blocks of the old text became which of the new one, before any word is looked at.
 *
 *	old   1   2   3   4   5         in order: 1-1, 2-2, 5-4
 *	      |   |    \     /  \       moved:    3-5
 *	      |   |     +---/--+ \      dropped:  4
 *	new   1   2   3   4     5       added:    3
 *
 * Each block of either text stands in exactly one passage.  A passage is a pair of blocks, or one block that fell
 * into several neighbours, or several that were put into one, or a block that came or went.
 *
 * Pairs in order are the heaviest chain of pairs that do not cross, where a pair weighs what its words in common
 * weigh, rare words more than common ones; what is left pairs best first, as moved.
 */
#ifndef BRACKED_COMPARE_ALIGN_H
#define BRACKED_COMPARE_ALIGN_H

#include "compare/unchanged.h"
#include "compare/word.h"

enum bk_passage_kind {
	BK_PASSAGE_SAME, /* in order */
	BK_PASSAGE_MOVED,
	BK_PASSAGE_SPLIT,
	BK_PASSAGE_JOINED,
	BK_PASSAGE_ADDED,
	BK_PASSAGE_DROPPED,
};

/* Blocks old_first up to, not with, old_last, and likewise of the new text. */
struct bk_passage {
	uint32_t old_first, old_last;
	uint32_t new_first, new_last;
	uint8_t kind; /* enum bk_passage_kind */
};

/* A block that went into one which is the partner of another. */
struct bk_stray {
	uint32_t old, now;
};

struct bk_alignment {
	BK_VEC(struct bk_passage)
	passages;		   /* in order of the old text; what was added after what stands before it */
	uint32_t *of_old, *of_new; /* the passage of each block */
	BK_VEC(struct bk_stray) strays;
};

/* Numbers of words lie below `numbers`.  Cost: O(n log n) in words.  BK_ENOMEM, BK_ELIMIT; release in any case. */
int bk_alignment_make(struct bk_alignment *alignment, const struct bk_words *old, const struct bk_words *now,
	const struct bk_unchanged *unchanged, size_t numbers, const struct bk_stop *stop);
void bk_alignment_release(struct bk_alignment *alignment);

#endif
