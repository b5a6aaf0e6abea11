/*
 * Regions that are parts of one edit, and what is opposed of them, before any region is placed where what is unopposed
 * is taken.  Shared by the rooms that find them:
 *
 *	merge_number     numbers of paragraphs, bound to where they were given up
 *	merge_rewritten  words that moved and changed, and short paragraphs that moved or changed places
 *	merge_swap       words that changed places in their paragraph
 *	merge_note       marks of footnotes, and the notes they lead to
 *	merge_joined     paragraphs that were made one, and what others put in behind them
 *	merge_round      who is round each region, and what is touched
 *	merge_whole      all of that
 */
#ifndef BRACKED_COMPARE_MERGE_WHOLE_H
#define BRACKED_COMPARE_MERGE_WHOLE_H

#include "compare/merge_private.h"

/* Regions that are parts of one edit. */
struct bk_bond {
	uint32_t one, other;
	bool moves; /* words from the one to the other: all who speak of the one are to speak of the other, too */
};

typedef BK_VEC(struct bk_bond) bk_bonds;

/* merge_whole.c: who is round each region, what is touched, and which edits are opposed as a whole.  BK_ENOMEM. */
int bk_merge_find_wholes(struct bk_merge *merge);
int bk_bonds_add(bk_bonds *bonds, uint32_t one, uint32_t other, bool moves);
/* merge_rewritten.c: words that a party moved and changed, and paragraphs too short to be known as moved.  Cost:
 * O(bytes of what it took away and put in).  BK_ENOMEM. */
int bk_merge_find_rewritten(struct bk_merge *merge, bk_bonds *bonds);
/* merge_swap.c: words that a party took away and put in again in one paragraph.  Cost: O(bytes of these), n log n in
 * amendments.  BK_ENOMEM. */
int bk_merge_find_swaps(struct bk_merge *merge, bk_bonds *bonds);
/* merge_number.c: which regions are numbers of paragraphs, and with what they were given up.  Cost: O(n log n).
 * BK_ENOMEM. */
int bk_merge_find_numbers(struct bk_merge *merge, bk_bonds *bonds);

/* merge_note.c: marks of footnotes that a party put in or took away with their notes.  Cost: O(bytes of what it
 * took away and put in), and of each place where it did both, marks there times bytes.  BK_ENOMEM. */
int bk_merge_find_notes(struct bk_merge *merge, bk_bonds *bonds);

/* merge_joined.c: where a party joined paragraphs one to the other, and whether others put paragraphs in behind them.
 * Cost: O(n log n).  BK_ENOMEM. */
int bk_merge_find_joined(struct bk_merge *merge, bk_bonds *bonds);

/* merge_round.c: who is round each region, and what is touched, before regions are placed.  Cost: O(n log n).
 * BK_ENOMEM. */
int bk_merge_find_rounds(struct bk_merge *merge);

#endif
