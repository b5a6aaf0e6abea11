#include "app/proof_move.h"

#include "base/error.h"

#include <stdlib.h>

static int compare_moves(const void *a, const void *b)
{
	const struct bk_proof_move *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->party != y->party)
		return x->party < y->party ? -1 : 1;
	return x->there < y->there ? -1 : x->there > y->there;
}

int bk_proof_moves_list(const bk_proof *proof, bk_proof_moves *moves)
{
	size_t count;
	const struct bk_proof_proposal *all = bk_proof_proposals(proof, &count);

	for (uint32_t i = 0; i < count; i++) {
		if (all[i].act != BK_MERGE_MOVE || all[i].source == BK_NONE)
			continue;
		if (!BK_VEC_RESERVE(moves, 1))
			return bk_fail_memory();
		*BK_VEC_PUSH(moves) = (struct bk_proof_move){all[i].source, all[i].party, i};
	}
	if (moves->len)
		qsort(moves->items, moves->len, sizeof *moves->items, compare_moves);
	return BK_OK;
}

const struct bk_proof_proposal *bk_proof_moves_find(
	const bk_proof *proof, const bk_proof_moves *moves, const struct bk_proof_proposal *proposal)
{
	const struct bk_proof_move key = {proposal->place, proposal->party, 0};
	size_t count, i;

	if (proposal->act != BK_MERGE_MOVE || proposal->source != BK_NONE)
		return NULL;
	i = BK_SEARCH(k, moves->len, compare_moves(&moves->items[k], &key) < 0);
	return i < moves->len && moves->items[i].from == proposal->place &&
			       moves->items[i].party == proposal->party
		       ? &bk_proof_proposals(proof, &count)[moves->items[i].there]
		       : NULL;
}
