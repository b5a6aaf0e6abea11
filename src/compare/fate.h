/*
 * Fates: what happened to each bracket between two texts.
 *
 *	old   Parties [shall][should] take [urgent [and bold]] action [by 2020]
 *	new   Parties  shall          take [urgent and bold,]  action
 *
 *	[shall] chosen (won)    [should] chosen (lost)    [urgent [and bold]] kept
 *	[and bold] accepted    [by 2020] deleted
 *
 * Each matched disputed bracket of the old text stands in exactly one of kept, reworded, moved, split, accepted,
 * deleted, chosen, joined; each of the new one in exactly one of kept, reworded, moved, split, opened, reopened.
 */
#ifndef BRACKED_COMPARE_FATE_H
#define BRACKED_COMPARE_FATE_H

#include "compare/enclosure.h"
#include "compare/match.h"

#include <bracked/compare.h>

enum bk_fate_detail {
	BK_DETAIL_REWORDED = 1,	 /* moved or accepted, with other words */
	BK_DETAIL_IN_OPTION = 2, /* stands in an option: nothing is settled */
	BK_DETAIL_PARTLY = 4,	 /* the rest is still in brackets */
	BK_DETAIL_REPLACED = 8,	 /* a third wording stands */
	BK_DETAIL_WON = 16,
	BK_DETAIL_LOST = 32,
	BK_DETAIL_OPTION_KEPT = 64, /* what happened to the option that the bracket wraps */
	BK_DETAIL_OPTION_WON = 128,
	BK_DETAIL_OPTION_LOST = 256,
};

struct bk_fate {
	uint32_t partner; /* the bracket that it is now, or was, or stands in; BK_NONE */
	uint8_t kind;	  /* enum bk_difference_kind; of a bracket that is not disputed BK_DIFFERENCE_COUNT */
	uint16_t details;
};

struct bk_fates {
	const struct bk_matches *matches;
	struct bk_enclosures old_enclosures, new_enclosures;
	struct bk_fate *old, *now; /* of each bracket of the drafts */
};

/* Cost: O(n log n) in words and brackets, for brackets nested less than some tens deep.  BK_ENOMEM; release in any
 * case. */
int bk_fates_find(struct bk_fates *fates, const struct bk_matches *matches);
void bk_fates_release(struct bk_fates *fates);

/* The own words of a bracket: from first up to, not with, last. */
void bk_fate_words(const struct bk_words *words, uint32_t bracket, uint32_t *first, uint32_t *last);

#endif
