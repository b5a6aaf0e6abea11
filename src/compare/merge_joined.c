/*
 * Paragraphs that a party made one: a decision on all of them, and none on what others put behind them.
 *
 *	base   2. They report:   (a) each year;   (b) in May.
 *	EU     2. They report each year and in May.		two joints, and one edit
 *	US     ...               (b) in May;      (c) in full.	what has no list to stand in opposes that
 */
#include "compare/merge_whole.h"

/* Where an amendment begins in the base, with the line end before it that went, too. */
static size_t start_of(const struct bk_amendments *amendments, uint32_t index)
{
	const struct bk_amendment *it = &amendments->list.items[index], *before = it - 1;

	return index > 0 && before->kind == BK_AMENDMENT_LAYOUT && before->base.end == it->base.start &&
			       before->file.start == before->file.end
		       ? before->base.start
		       : it->base.start;
}

/* The last paragraph of the base that goes on from one before it in an amendment's text; or BK_NONE. */
static uint32_t joined_by(
	const struct bk_merge *merge, const struct bk_amendments *amendments, uint32_t index)
{
	const struct bk_amendment *it = &amendments->list.items[index];
	const struct bk_tokens *tokens = &merge->base.tokens;
	const struct bk_paragraph *paragraphs = tokens->paragraphs.items;
	const size_t behind = BK_SEARCH(i, tokens->paragraphs.len, paragraphs[i].start < it->base.end);

	if (it->kind != BK_AMENDMENT_WORDS || it->whole || behind == 0 ||
		paragraphs[behind - 1].start <= start_of(amendments, index) ||
		bk_token_blanks((struct bk_str){tokens->bytes.ptr, paragraphs[behind - 1].end},
			it->base.end) >= paragraphs[behind - 1].end)
		return BK_NONE;
	return (uint32_t)behind - 1;
}

/* What a party changed where the paragraph before one that it put in ends goes with that: "in May;" for "in May." */
static void oppose_end_before(struct bk_merge *merge, uint32_t party, uint32_t index)
{
	const struct bk_amendment *list = merge->amendments[party].list.items;
	const struct bk_str until = {merge->base.tokens.bytes.ptr, list[index].base.start};

	while (index > 0 && list[index - 1].kind == BK_AMENDMENT_LAYOUT)
		index--;
	if (index > 0 && merge->region_of[party][index - 1] != BK_NONE &&
		bk_token_blanks(until, list[index - 1].base.end) == until.len)
		merge->regions.list.items[merge->region_of[party][index - 1]].touched = true;
}

/* Whether others put in paragraphs at a region; these are opposed, then. */
static bool oppose_others(struct bk_merge *merge, struct bk_region *region, uint32_t party)
{
	const struct bk_claim *claims = merge->regions.claims.items + region->first;
	bool any = false;

	for (uint32_t i = 0; i < region->count; i++) {
		if (claims[i].party == party ||
			!merge->amendments[claims[i].party].list.items[claims[i].first].whole)
			continue;
		any = region->touched = true;
		oppose_end_before(merge, claims[i].party, claims[i].first);
	}
	return any;
}

/* Paragraphs that others put in behind one oppose the region that joins it to the one before it. */
static void oppose_followers(struct bk_merge *merge, uint32_t party, struct bk_region *joint, size_t end)
{
	struct bk_region *list = merge->regions.list.items;

	for (size_t i = BK_SEARCH(r, merge->regions.flat, list[r].base.end < end);
		i < merge->regions.flat && list[i].base.start <= end; i++)
		if (list[i].base.start == end && list[i].base.end == end &&
			oppose_others(merge, &list[i], party))
			joint->touched = true;
}

static int find_joined_of(struct bk_merge *merge, uint32_t party, bk_bonds *bonds)
{
	const struct bk_amendments *amendments = &merge->amendments[party];
	const uint32_t *region_of = merge->region_of[party];
	uint32_t before = BK_NONE, last = BK_NONE; /* the paragraph joined before, and its amendment */
	int status = BK_OK;

	for (uint32_t i = 0; i < amendments->list.len && status == BK_OK; i++) {
		const uint32_t joined = region_of[i] == BK_NONE ? BK_NONE : joined_by(merge, amendments, i);

		if (joined == BK_NONE)
			continue;
		if (last != BK_NONE && before + 1 == joined)
			status = bk_bonds_add(bonds, region_of[last], region_of[i], false);
		oppose_followers(merge, party, &merge->regions.list.items[region_of[i]],
			merge->base.tokens.paragraphs.items[joined].end);
		before = joined;
		last = i;
	}
	return status;
}

int bk_merge_find_joined(struct bk_merge *merge, bk_bonds *bonds)
{
	int status = BK_OK;

	for (uint32_t p = 0; p < merge->count && status == BK_OK; p++)
		status = find_joined_of(merge, p, bonds);
	return status;
}
