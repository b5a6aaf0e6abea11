/*
 * Who speaks of the words round a region: takes brackets away from them, puts some round them, or strikes them.
 *
 *	base     Parties [shall] act
 *	US       Parties  shall  act		US wants these words, and is round what EU wants instead of them
 *	EU       Parties [must]  act
 *
 * What nobody else touches is taken where it is unopposed; what another party speaks of as it is, is not.
 */
#include "compare/merge_whole.h"

#include "base/alloc.h"

#include <stdlib.h>

/* Regions in order: what lies in another one comes behind it. */
struct nest {
	struct bk_merge *merge;
	BK_VEC(struct bk_region *) list;
	BK_VEC(struct bk_region *) open; /* those round the next one, innermost last */
	struct bk_region *struck,
		*flat; /* the last ones that ended: a deletion round others, and a flat one */
};

static int compare_regions(const void *a, const void *b)
{
	const struct bk_region *x = *(struct bk_region *const *)a, *y = *(struct bk_region *const *)b;

	if (x->words.start != y->words.start)
		return x->words.start < y->words.start ? -1 : 1;
	if (x->words.end != y->words.end)
		return x->words.end > y->words.end ? -1 : 1;
	if (x->around != y->around)
		return x->around ? -1 : 1;
	return x < y ? -1 : x > y;
}

static int list_regions(struct nest *nest)
{
	struct bk_regions *regions = &nest->merge->regions;

	for (size_t i = 0; i < regions->list.len; i++) {
		struct bk_region *region = &regions->list.items[i], **slot;

		if (!region->count || region->kind == BK_CLAIM_LAYOUT)
			continue;
		slot = BK_VEC_PUSH(&nest->list);
		if (!slot)
			return bk_fail_memory();
		*slot = region;
	}
	if (nest->list.len)
		qsort(nest->list.items, nest->list.len, sizeof *nest->list.items, compare_regions);
	return BK_OK;
}

static uint32_t join(uint32_t one, uint32_t other)
{
	if (one == BK_NONE || one == other)
		return other;
	return other == BK_NONE ? one : BK_MERGE_SEVERAL;
}

/* The party that claims a region; several do. */
static uint32_t party_of(const struct bk_merge *merge, const struct bk_region *region)
{
	uint32_t party = BK_NONE;

	for (uint32_t i = 0; i < region->count; i++)
		party = join(party, merge->regions.claims.items[region->first + i].party);
	return party;
}

/* What comes in where other words begin or end is not among these. */
static bool is_in(const struct bk_region *inner, const struct bk_region *outer)
{
	const struct bk_span in = inner->words, out = outer->words;

	return in.end <= out.end && (in.start < in.end || (in.start > out.start && in.end < out.end));
}

/* What stands beside what another party wants, with no word between, is not to be taken by itself. */
static bool are_beside(
	const struct bk_merge *merge, const struct bk_region *before, const struct bk_region *behind)
{
	const struct bk_str until = {merge->base.tokens.bytes.ptr, behind->words.start};
	uint32_t party;

	if (before->words.end > until.len || bk_token_blanks(until, before->words.end) < until.len)
		return false;
	party = party_of(merge, before);
	return party == BK_MERGE_SEVERAL || party != party_of(merge, behind);
}

static void touch_neighbours(struct bk_merge *merge)
{
	struct bk_region *list = merge->regions.list.items;

	for (size_t i = 1; i < merge->regions.flat; i++)
		if (list[i - 1].count && list[i].count && !list[i - 1].is_number && !list[i].is_number &&
			are_beside(merge, &list[i - 1], &list[i]))
			list[i - 1].touched = list[i].touched = true;
}

static bool is_same(struct bk_span a, struct bk_span b)
{
	return a.start == b.start && a.end == b.end;
}

static bool is_deletion(const struct bk_region *region)
{
	return region->around && region->kind == BK_CLAIM_DELETION && region->goes == BK_NONE;
}

/* Who strikes a paragraph does not speak of its number. */
static struct bk_region *innermost_round(const struct nest *nest, const struct bk_region *region)
{
	for (size_t i = nest->open.len; i > 0; i--)
		if (is_in(region, nest->open.items[i - 1]) &&
			!(region->is_number && is_deletion(nest->open.items[i - 1])))
			return nest->open.items[i - 1];
	return NULL;
}

/* A flat region is told of the deletion that ended before it, and a deletion tells the flat one. */
static void tell_neighbours(struct nest *nest, struct bk_region *region)
{
	if (region->is_number)
		return;
	if (is_deletion(region) && nest->flat && are_beside(nest->merge, nest->flat, region))
		nest->flat->touched = true;
	if (!region->around && nest->struck && are_beside(nest->merge, nest->struck, region))
		region->touched = true;
	if (!region->around)
		nest->flat = region;
}

static void close_before(struct nest *nest, size_t start)
{
	while (nest->open.len && nest->open.items[nest->open.len - 1]->words.end <= start) {
		struct bk_region *closed = nest->open.items[--nest->open.len];

		if (is_deletion(closed) && (!nest->struck || closed->words.end >= nest->struck->words.end))
			nest->struck = closed;
	}
}

static int take_region(struct nest *nest, struct bk_region *region)
{
	struct bk_region *round, **slot;

	close_before(nest, region->words.start);
	tell_neighbours(nest, region);
	round = innermost_round(nest, region);
	region->round = round ? join(round->round, party_of(nest->merge, round)) : BK_NONE;
	/* Two that are round the same words are round each other. */
	if (round && region->around && is_same(round->words, region->words))
		round->round = join(round->round, party_of(nest->merge, region));
	if (!region->around || region->goes != BK_NONE)
		return BK_OK;
	slot = BK_VEC_PUSH(&nest->open);
	if (!slot)
		return bk_fail_memory();
	*slot = region;
	return BK_OK;
}

int bk_merge_find_rounds(struct bk_merge *merge)
{
	struct nest nest = {.merge = merge};
	int status = list_regions(&nest);

	touch_neighbours(merge);
	for (size_t i = 0; i < nest.list.len && status == BK_OK; i++)
		status = take_region(&nest, nest.list.items[i]);
	BK_VEC_RELEASE(&nest.list);
	BK_VEC_RELEASE(&nest.open);
	return status;
}
