/*
 * Replacements: the bytes that differ, between words that are matched in order.
 *
 *	old   ... the Parties shall  take ...
 *	          ======= ^^^^^^^^^  ====         what is matched stays, the gap between is compared byte by byte
 *	new   ... the Parties should take ...
 */
#include "compare/comparison.h"

#include "base/error.h"

/* How far both texts are told. */
struct told {
	size_t old, now;
};

static size_t equal_prefix(struct bk_str a, struct bk_str b)
{
	size_t len = 0;

	while (len < a.len && len < b.len && a.ptr[len] == b.ptr[len])
		len++;
	return len;
}

static size_t equal_suffix(struct bk_str a, struct bk_str b)
{
	size_t len = 0;

	while (len < a.len && len < b.len && a.ptr[a.len - 1 - len] == b.ptr[b.len - 1 - len])
		len++;
	return len;
}

/* What lies between what is told and old_end, new_end. */
static int replace_up_to(struct bk_comparison *comparison, struct told *told, size_t old_end, size_t new_end)
{
	struct bk_str old = {comparison->old_draft->bytes.ptr + told->old, old_end - told->old};
	struct bk_str now = {comparison->new_draft->bytes.ptr + told->now, new_end - told->now};
	const size_t prefix = equal_prefix(old, now);
	struct bk_replacement *replacement;
	size_t suffix;

	if (prefix == old.len && prefix == now.len)
		goto done;
	old = bk_str_skip(old, prefix);
	now = bk_str_skip(now, prefix);
	suffix = equal_suffix(old, now);
	replacement = BK_VEC_PUSH(&comparison->replacements);
	if (!replacement)
		return bk_fail_memory();
	replacement->old_span = (struct bk_span){told->old + prefix, old_end - suffix};
	replacement->new_span = (struct bk_span){told->now + prefix, new_end - suffix};
done:
	told->old = old_end;
	told->now = new_end;
	return BK_OK;
}

int bk_replacements_find(struct bk_comparison *comparison)
{
	const struct bk_matches *matches = &comparison->matches;
	struct told told = {0, 0};
	int status = BK_OK;

	for (uint32_t w = 0; w < matches->old.items.len && status == BK_OK; w++) {
		const struct bk_word *old = &matches->old.items.items[w], *now;

		if (matches->to_new[w] == BK_NONE)
			continue;
		now = &matches->now.items.items[matches->to_new[w]];
		if (now->start < told.now) /* of what moved, the way back is told as gone and come */
			continue;
		if (matches->alignment.passages
				.items[matches->alignment
						.of_old[bk_words_block_at(&matches->old, old->start)]]
				.kind == BK_PASSAGE_MOVED)
			continue;
		status = replace_up_to(comparison, &told, old->start, now->start);
		if (status == BK_OK)
			status = replace_up_to(comparison, &told, old->end, now->end);
	}
	if (status != BK_OK)
		return status;
	return replace_up_to(
		comparison, &told, comparison->old_draft->bytes.len, comparison->new_draft->bytes.len);
}
