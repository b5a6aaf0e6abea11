/*
 * Candidates: which blocks of the new text a block of the old one may have become, and how alike they are.
 */
#ifndef BRACKED_COMPARE_CANDIDATE_H
#define BRACKED_COMPARE_CANDIDATE_H

#include "compare/unchanged.h"
#include "compare/word.h"

struct bk_likely {
	uint32_t old, now; /* blocks */
	bool sure;	   /* the same bytes in the same order: the only candidate */
	float weight;	   /* of the words in common */
	float alike;	   /* 0 to 1: twice that, of the weight of both */
	float within;	   /* 0 to 1: that, of the weight of the lighter one */
};

/* A word of a long block, by its number, and how often it stands there. */
struct bk_tally {
	uint32_t number, count;
};

/* Those of a block, in a list of all; none of a block that is not long. */
struct bk_tallied {
	uint32_t first, last;
};

struct bk_likelies {
	BK_VEC(struct bk_likely) items; /* by old, then now */
	float *rarity;			/* of each word's number */
	float *old_weight, *now_weight; /* of each block */
	const struct bk_words *old, *now;
	uint32_t *counts;			/* scratch, by number */
	BK_VEC(struct bk_tally) tallies;	/* of a block, by number */
	struct bk_tallied *old_long, *now_long; /* of each block */
};

/* Cost: O(n log n) in words.  BK_ENOMEM, BK_ELIMIT; release in any case. */
int bk_likelies_find(struct bk_likelies *likelies, const struct bk_words *old, const struct bk_words *now,
	const struct bk_unchanged *unchanged, size_t numbers, const struct bk_stop *stop);
/* How alike any two blocks are, in their words alone.  Cost: O(words of both), of a long block and a short one
 * O(m log n) in their words. */
struct bk_likely bk_likelies_compare(const struct bk_likelies *likelies, uint32_t old, uint32_t now);
void bk_likelies_release(struct bk_likelies *likelies);

#endif
