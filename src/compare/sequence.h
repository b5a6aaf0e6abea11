/*
 * Sequences: which items of one are which of another, in order.
 *
 *	a   the Parties shall    take measures
 *	    |   |       |        |    |
 *	b   the Parties shall [] take        appropriate measures
 *
 * The shortest way from a to b is looked for as E. Myers described it ("An O(ND) Difference Algorithm and Its
 * Variations", 1986), from both ends at once, in linear space.  Before that all goes that only one of the two
 * has; where a search gets too long, it goes on from the furthest point reached, so that the answer may be
 * longer than the shortest, and the cost stays O(n * sqrt n) at worst.
 */
#ifndef BRACKED_COMPARE_SEQUENCE_H
#define BRACKED_COMPARE_SEQUENCE_H

#include <stddef.h>
#include <stdint.h>

/* Memory that is used again from one pair of sequences to the next. */
struct bk_sequencer;

/* For items below `items`.  BK_ENOMEM. */
int bk_sequencer_new(struct bk_sequencer **out, size_t items);
void bk_sequencer_free(struct bk_sequencer *sequencer);
/* Make it one for items below `items` when it was for fewer.  BK_ENOMEM. */
int bk_sequencer_widen(struct bk_sequencer *sequencer, size_t items);

/* match[i] becomes the index in b of item i of a, ascending, or BK_NONE.  BK_ENOMEM. */
int bk_sequencer_match(struct bk_sequencer *sequencer, const uint32_t *a, size_t a_len, const uint32_t *b,
	size_t b_len, uint32_t *match);

#endif
