#include "app/proof_join.h"

#include "base/error.h"
#include "base/str.h"

#include <stdlib.h>

static int compare_joins(const void *a, const void *b)
{
	const struct bk_proof_join *x = a, *y = b;

	if (x->node != y->node)
		return x->node < y->node ? -1 : 1;
	return x->proposal < y->proposal ? -1 : x->proposal > y->proposal;
}

/* Whether words of the base go on in their line behind what a proposal takes. */
static bool goes_on(const bk_draft *base, const struct bk_proof_proposal *proposal)
{
	size_t len;
	const char *bytes = bk_draft_bytes(base, &len);
	size_t at = proposal->base.span.end;

	while (at < len && bk_is_blank(bytes[at]))
		at++;
	return at < len && bytes[at] != '\n' && bytes[at] != '\r';
}

/* Whether words that a proposal puts in hold a label, as another number does. */
static bool opens_node(const bk_draft *out, const struct bk_proof_proposal *proposal)
{
	size_t count;
	const struct bk_node *nodes = bk_draft_nodes(out, &count);
	const struct bk_span span = proposal->out.span;
	const size_t node = BK_SEARCH(at, count, nodes[at].offset < span.start);

	return node < count && nodes[node].offset < span.end;
}

static bool is_join(const bk_draft *out, const bk_draft *base, const struct bk_proof_proposal *proposal)
{
	if (proposal->fate == BK_MERGE_LEFT)
		return false;
	return proposal->act == BK_MERGE_REPLACE  ? !opens_node(out, proposal)
	       : proposal->act == BK_MERGE_DELETE ? goes_on(base, proposal)
						  : false;
}

int bk_proof_joins_list(
	const bk_proof *proof, const bk_draft *out, const bk_draft *base, bk_proof_joins *joins)
{
	size_t count, node_count;
	const struct bk_proof_proposal *all = bk_proof_proposals(proof, &count);
	const struct bk_node *nodes = bk_draft_nodes(base, &node_count);

	for (uint32_t i = 0; i < count; i++) {
		const struct bk_span span = all[i].base.span;
		const size_t end = BK_SEARCH(at, node_count, nodes[at].offset < span.end);

		/* the last of those whose labels went: what goes on is its words */
		if (end == 0 || nodes[end - 1].start <= span.start || !is_join(out, base, &all[i]))
			continue;
		if (!BK_VEC_RESERVE(joins, 1))
			return bk_fail_memory();
		*BK_VEC_PUSH(joins) = (struct bk_proof_join){(uint32_t)end - 1, i};
	}
	if (joins->len)
		qsort(joins->items, joins->len, sizeof *joins->items, compare_joins);
	return BK_OK;
}

size_t bk_proof_joins_from(const bk_proof_joins *joins, uint32_t node)
{
	return BK_SEARCH(at, joins->len, joins->items[at].node < node);
}
