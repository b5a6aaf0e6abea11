/* What the rooms of fate share: pairing brackets, then telling what became of those without a partner. */
#ifndef BRACKED_COMPARE_FATE_PRIVATE_H
#define BRACKED_COMPARE_FATE_PRIVATE_H

#include "compare/fate.h"

enum { BK_FATE_CLIMB = 32 }; /* brackets around a word that are looked at */

/* A bracket in numbers. */
struct bk_extent {
	uint32_t first, last; /* own words */
	bool disputed;	      /* a disputed bracket, no brace */
};

struct bk_side {
	const struct bk_words *words;
	const struct bk_draft *draft;
	struct bk_extent *extents; /* of each bracket */
	uint32_t *of_word;	   /* the innermost bracket around each word by plain matching, or BK_NONE */
};

struct bk_fater {
	struct bk_fates *fates;
	const struct bk_matches *matches;
	struct bk_side old, now;
	uint8_t *weights; /* of each number: enum bk_word_weight */
	uint32_t *tally;  /* by bracket or enclosure of the new text; all 0 between uses */
	BK_VEC(uint32_t) touched;
};

/* What a word says when it stands alone. */
enum bk_word_weight {
	BK_WORD_FULL,
	BK_WORD_STOP,  /* the, of, with ... */
	BK_WORD_SMALL, /* a figure, a modal, a conjunction: stands only whole */
};

/* fate_pair.c: brackets that stand in both texts, best first. */
int bk_fater_pair(struct bk_fater *fater);

/* fate_group.c: accepted and deleted members of a group become chosen where a choice was made. */
void bk_fater_choose(struct bk_fater *fater);

static inline size_t bk_extent_len(const struct bk_extent *extent)
{
	return extent->last - extent->first;
}

#endif
