/* Paragraphs that moved, as a proof tells them: where each stood, and where it came. */
#ifndef BRACKED_APP_PROOF_MOVE_H
#define BRACKED_APP_PROOF_MOVE_H

#include "base/vec.h"

#include <bracked/merge.h>

/* Where a party's paragraph came, of the place where it stood: the proposal there tells of both. */
struct bk_proof_move {
	uint32_t from, party;
	uint32_t there; /* index of that proposal */
};

typedef BK_VEC(struct bk_proof_move) bk_proof_moves;

/* All of a proof, appended in order.  Cost: O(n log n) of its proposals.  BK_ENOMEM; release in any case. */
int bk_proof_moves_list(const bk_proof *proof, bk_proof_moves *moves);
/* Where the paragraph came that a proposal takes away: borrowed of the proof; NULL when it takes none away, or that is
 * not told.  Cost: O(log n). */
const struct bk_proof_proposal *bk_proof_moves_find(
	const bk_proof *proof, const bk_proof_moves *moves, const struct bk_proof_proposal *proposal);

#endif
