/*
 * Renumbering: which label a provision had and has, so that a reference that only follows it is no change.
 *
 *	old   62. The Fund ...		by the sum of paragraph 62
 *	new   59. The Fund ...		by the sum of paragraph 59
 */
#ifndef BRACKED_COMPARE_RENUMBERING_H
#define BRACKED_COMPARE_RENUMBERING_H

#include "compare/match.h"

struct bk_renumbered {
	const struct bk_node *was, *is;
};

struct bk_renumbering {
	const struct bk_matches *matches;
	BK_VEC(struct bk_renumbered) items; /* by the label that was */
};

/* Cost: O(n log n) in provisions.  BK_ENOMEM; release in any case. */
int bk_renumbering_find(struct bk_renumbering *renumbering, const struct bk_matches *matches);
void bk_renumbering_release(struct bk_renumbering *renumbering);

/* Whether words of the old text and of the new one, both behind "paragraph" or the like, name the same provision,
 * which got a new label.  A word is the first of a label. */
bool bk_renumbering_is_followed(const struct bk_renumbering *renumbering, uint32_t old, uint32_t now);

#endif
