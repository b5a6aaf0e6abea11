/* Paragraphs that a party joined to the one before, as a proof tells them: a label went, with words before it. */
#ifndef BRACKED_APP_PROOF_JOIN_H
#define BRACKED_APP_PROOF_JOIN_H

#include "base/vec.h"

#include <bracked/merge.h>

struct bk_proof_join {
	uint32_t node;	   /* of the base, whose label went */
	uint32_t proposal; /* which took it */
};

typedef BK_VEC(struct bk_proof_join) bk_proof_joins;

/* All of a proof, by node and then proposal; out and base are its compilation and its base.  Cost: O(n log n) of its
 * proposals and the nodes that they join.  BK_ENOMEM; release in any case. */
int bk_proof_joins_list(
	const bk_proof *proof, const bk_draft *out, const bk_draft *base, bk_proof_joins *joins);
/* The first of a node, or of one behind it. */
size_t bk_proof_joins_from(const bk_proof_joins *joins, uint32_t node);

#endif
