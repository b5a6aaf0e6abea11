/*
 * Replacements: the bytes that differ, between words that are matched in order.
 *
 *	old   ... the Parties shall  take ...
 *	          ======= ^^^^^^^^^  ====         what is matched stays, the gap between is compared byte by byte
 *	new   ... the Parties should take ...
 */
#include "compare/comparison.h"

#include "base/error.h"
#include "base/vec.h"

/* How far both texts are told. */
struct told {
	size_t old, now;
};

/* What lies between what is told and old_end, new_end. */
static int replace_up_to(struct bk_comparison *comparison, struct told *told, size_t old_end, size_t new_end)
{
	struct bk_str old = {comparison->old_draft->bytes.ptr + told->old, old_end - told->old};
	struct bk_str now = {comparison->rewrapping.asked->bytes.ptr + told->now, new_end - told->now};
	const size_t prefix = bk_str_common_start(old, now);
	struct bk_replacement *replacement;
	size_t suffix;

	if (prefix == old.len && prefix == now.len)
		goto done;
	old = bk_str_skip(old, prefix);
	now = bk_str_skip(now, prefix);
	suffix = bk_str_common_end(old, now);
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

/* Up to and with what stands in both texts, when the walk has not passed it already: what moved is told as gone and
 * come. */
static int pass(struct bk_comparison *comparison, struct told *told, struct bk_span old, struct bk_span now)
{
	int status;

	now = bk_rewrapping_span_to_asked(&comparison->rewrapping, now);
	if (now.start < told->now)
		return BK_OK;
	status = replace_up_to(comparison, told, old.start, now.start);
	return status == BK_OK ? replace_up_to(comparison, told, old.end, now.end) : status;
}

static int pass_words(struct bk_comparison *comparison, struct told *told, const struct bk_block *block)
{
	const struct bk_matches *matches = &comparison->matches;
	int status = BK_OK;

	for (uint32_t w = block->first; w < block->last && status == BK_OK; w++) {
		const struct bk_word *old = &matches->old.items.items[w], *now;

		if (matches->to_new[w] == BK_NONE)
			continue;
		now = &matches->now.items.items[matches->to_new[w]];
		status = pass(comparison, told, (struct bk_span){old->start, old->end},
			(struct bk_span){now->start, now->end});
	}
	return status;
}

/* A block that is the same in both texts, up to each of its breaks that is not. */
static int pass_block(
	struct bk_comparison *comparison, struct told *told, struct bk_str old, struct bk_str now)
{
	const struct bk_rewrapping *rewrapping = &comparison->rewrapping;
	const size_t count = rewrapping->breaks.len,
		     start = (size_t)(old.ptr - comparison->old_draft->bytes.ptr),
		     from = (size_t)(now.ptr - comparison->new_draft->bytes.ptr), end = from + now.len;
	size_t at = from;
	int status = BK_OK;

	for (size_t i = BK_SEARCH(b, count, rewrapping->breaks.items[b].laid.start < from); status == BK_OK;
		i++) {
		const struct bk_span *blanks = i < count ? &rewrapping->breaks.items[i].laid : NULL;
		const size_t until = blanks && blanks->start < end ? blanks->start : end;

		status = pass(comparison, told, (struct bk_span){start + (at - from), start + (until - from)},
			(struct bk_span){at, until});
		if (until == end)
			break;
		at = blanks->end;
	}
	return status;
}

int bk_replacements_find(struct bk_comparison *comparison)
{
	const struct bk_matches *matches = &comparison->matches;
	struct told told = {0, 0};
	int status = BK_OK;

	for (uint32_t b = 0; b < matches->old.blocks.list.len && status == BK_OK; b++) {
		const uint32_t now = matches->unchanged.to_new[b];

		if (now != BK_NONE)
			status = pass_block(comparison, &told, bk_blocks_bytes(&matches->old.blocks, b),
				bk_blocks_bytes(&matches->now.blocks, now));
		else if (matches->alignment.passages.items[matches->alignment.of_old[b]].kind !=
			 BK_PASSAGE_MOVED)
			status = pass_words(comparison, &told, &matches->old.blocks.list.items[b]);
	}
	if (status != BK_OK)
		return status;
	return replace_up_to(
		comparison, &told, comparison->old_draft->bytes.len, comparison->rewrapping.asked->bytes.len);
}
