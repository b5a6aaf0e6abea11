/*
 * What stands in both texts to the byte, so that no word of it needs to be cut.
 *
 *	old   A  B  C  D  E  F        A-A, B-B and E-E, F-F are the same; of these, words are cut of B and E
 *	new   A  B  X  E  F           too where a bracket runs from B into what changed
 *
 * A bracket that lies in neighbouring blocks which are neighbours in the other text too is the same bracket there.
 */
#ifndef BRACKED_COMPARE_UNCHANGED_H
#define BRACKED_COMPARE_UNCHANGED_H

#include "compare/block.h"

struct bk_unchanged {
	const struct bk_blocks *old, *now;
	uint32_t *to_new, *to_old;     /* the same block in the other text, or BK_NONE */
	bool *old_spared, *new_spared; /* blocks whose words are not needed */
	uint32_t *bracket;	       /* of each old bracket: see bk_unchanged_bracket */
};

/* The blocks must outlive it.  Cost: O(n log n) in blocks, and in the blocks that brackets cross.  BK_ENOMEM;
 * release in any case. */
int bk_unchanged_find(
	struct bk_unchanged *unchanged, const struct bk_blocks *old, const struct bk_blocks *now);
void bk_unchanged_release(struct bk_unchanged *unchanged);

/* The disputed bracket of the new text that a disputed one of the old text is, when both lie in what is
 * unchanged; else BK_NONE.  O(1). */
uint32_t bk_unchanged_bracket(const struct bk_unchanged *unchanged, uint32_t old);
/* Where an offset in an unchanged block of the old text stands in the new one; BK_NOWHERE elsewhere.  O(log n). */
size_t bk_unchanged_offset(const struct bk_unchanged *unchanged, size_t offset);
/* The same way back. */
size_t bk_unchanged_origin(const struct bk_unchanged *unchanged, size_t offset);

#endif
