/*
 * Binding kinds: what each word of two texts is to a reader who looks for what binds.
 *
 * A word is of the kind that the list of binding words gives, or a party where the roster knows the name, or a
 * term where either text says what it means.
 *
 *	"Reference level" means ...			reference level: term
 *	the small island developing States and Peru	each word but two: party
 */
#ifndef BRACKED_COMPARE_BINDING_KIND_H
#define BRACKED_COMPARE_BINDING_KIND_H

#include "compare/match.h"

#include <bracked/compare.h>

struct bk_binding_kinds {
	uint8_t *old,
		*now; /* enum bk_gavel_kind of each word; BK_GAVEL_KIND_COUNT for one that binds nobody */
};

/* Cost: O(n log n) in words.  BK_ENOMEM; release in any case. */
int bk_binding_kinds_find(struct bk_binding_kinds *kinds, const struct bk_matches *matches);
/* Whether the bytes say what a term means: `"Party" means ...`. */
bool bk_binding_defines(struct bk_str bytes);
void bk_binding_kinds_release(struct bk_binding_kinds *kinds);

#endif
