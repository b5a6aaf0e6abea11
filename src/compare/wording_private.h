/* The inside of wording, shared by its rooms. */
#ifndef BRACKED_COMPARE_WORDING_PRIVATE_H
#define BRACKED_COMPARE_WORDING_PRIVATE_H

#include "compare/comparison.h"

/* One side of what is walked: its words, and which of them brackets answer for. */
struct bk_wording_part {
	const struct bk_words *words;
	const struct bk_enclosures *enclosures;
	const struct bk_fate *fates; /* of each bracket */
	bool *told;	 /* of each enclosure: the fate of it, or of one around, says what became of it */
	uint64_t *apart; /* of each byte a bit: it is told of elsewhere */
	uint32_t block;	 /* where the next word is likely to be */
};

struct bk_wording {
	struct bk_comparison *comparison;
	struct bk_wording_part old, now;
};

/* Something that stands in both texts and is not the same: kind, where, and what of it (static).  BK_ENOMEM. */
int bk_wording_tell(struct bk_wording *walk, enum bk_difference_kind kind, struct bk_span old,
	struct bk_span now, const char *detail);

/* wording_label.c: the labels of a passage that changed, came or went, and that it moved.  BK_ENOMEM. */
int bk_wording_labels(struct bk_wording *walk, const struct bk_passage *passage);

#endif
