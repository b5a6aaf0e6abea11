/* Differences as they are gathered: their names, and where they belong in the new text. */
#include "compare/comparison.h"

#include "base/error.h"

static const char *const kind_names[BK_DIFFERENCE_COUNT] = {
	[BK_DIFFERENCE_KEPT] = "kept",
	[BK_DIFFERENCE_REWORDED] = "reworded",
	[BK_DIFFERENCE_MOVED] = "moved",
	[BK_DIFFERENCE_SPLIT] = "split",
	[BK_DIFFERENCE_ACCEPTED] = "accepted",
	[BK_DIFFERENCE_DELETED] = "deleted",
	[BK_DIFFERENCE_CHOSEN] = "chosen",
	[BK_DIFFERENCE_JOINED] = "joined",
	[BK_DIFFERENCE_OPENED] = "opened",
	[BK_DIFFERENCE_REOPENED] = "reopened",
	[BK_DIFFERENCE_ATTRIBUTED] = "attributed",
	[BK_DIFFERENCE_TEXT_ADDED] = "text-added",
	[BK_DIFFERENCE_TEXT_DELETED] = "text-deleted",
	[BK_DIFFERENCE_TEXT_CHANGED] = "text-changed",
	[BK_DIFFERENCE_RENUMBERED] = "renumbered",
};

const char *bk_difference_kind_name(enum bk_difference_kind kind)
{
	return kind_names[kind];
}

static const char *path_at(const bk_draft *draft, size_t offset)
{
	const uint32_t node = bk_draft_node_at(draft, offset);

	return node == BK_NONE ? "" : draft->nodes[node].path;
}

int bk_comparison_add(struct bk_comparison *comparison, const struct bk_difference *difference)
{
	struct bk_difference *added = BK_VEC_PUSH(&comparison->differences);

	if (!added)
		return bk_fail_memory();
	*added = *difference;
	added->new_span = bk_rewrapping_span_to_asked(&comparison->rewrapping, difference->new_span);
	added->path = difference->in_new ? path_at(comparison->new_draft, difference->new_span.start)
					 : path_at(comparison->old_draft, difference->old_span.start);
	return BK_OK;
}
