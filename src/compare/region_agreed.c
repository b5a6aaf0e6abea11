/*
 * What all parties strike, though some of them strike more:
 *
 *	base   Parties shall act, and report each year.
 *	EU     Parties shall act.
 *	US     Parties shall act, and report.		all strike "each year"
 */
#include "compare/region.h"

#include "base/alloc.h"
#include "base/error.h"

/* Where words of a party are struck, not moved elsewhere. */
static bool strikes(const struct bk_amendments *amendments, const struct bk_claim *claim)
{
	return claim->kind == BK_CLAIM_DELETION &&
	       amendments[claim->party].list.items[claim->first].partner == BK_NONE;
}

/* Whether all who claim a region strike just its words. */
static bool is_struck(const struct bk_regions *regions, const struct bk_amendments *amendments,
	const struct bk_region *region)
{
	for (uint32_t i = region->first; i < region->first + region->count; i++)
		if (!strikes(amendments, &regions->claims.items[i]) ||
			regions->claims.items[i].words.start != region->words.start ||
			regions->claims.items[i].words.end != region->words.end)
			return false;
	return region->count > 0;
}

/* The first flat region that begins with some words, or behind. */
static size_t first_in(const struct bk_regions *regions, struct bk_span words)
{
	return BK_SEARCH(i, regions->flat, regions->list.items[i].words.start < words.start);
}

/* Count who strikes each of the flat regions in a deletion with that. */
static void count_strikers(const struct bk_regions *regions, const struct bk_amendments *amendments,
	const struct bk_region *deletion, uint32_t *strikers)
{
	uint32_t count = 0;

	for (uint32_t i = deletion->first; i < deletion->first + deletion->count; i++)
		count += strikes(amendments, &regions->claims.items[i]);
	for (size_t i = first_in(regions, deletion->words);
		i < regions->flat && regions->list.items[i].words.end <= deletion->words.end; i++)
		strikers[i] += count;
}

/* What all strike goes, but for the last words of a deletion: that would be round nothing. */
static void keep_last(struct bk_regions *regions, const struct bk_region *deletion, struct bk_str bytes)
{
	const size_t first = first_in(regions, deletion->words);
	size_t at = deletion->words.start, end = first;

	for (; end < regions->flat && regions->list.items[end].words.end <= deletion->words.end; end++) {
		const struct bk_region *it = &regions->list.items[end];

		if (it->struck_by_all && bk_token_blanks(bytes, at) >= it->words.start)
			at = it->words.end;
	}
	if (bk_token_blanks(bytes, at) < deletion->words.end)
		return;
	for (size_t i = first; i < end; i++)
		regions->list.items[i].struck_by_all = false;
}

/* What of it ends with a deletion: the brackets round that close behind what stays, and the blanks behind stay. */
static void find_ends(struct bk_regions *regions, const struct bk_region *deletion, struct bk_str bytes)
{
	const size_t first = first_in(regions, deletion->words);
	size_t at = deletion->words.end,
	       i = BK_SEARCH(r, regions->flat, regions->list.items[r].words.start < at);

	for (; i > first; i--) {
		struct bk_region *it = &regions->list.items[i - 1];

		if (it->words.start == it->words.end)
			continue; /* what comes in there */
		if (!it->struck_by_all || bk_token_blanks(bytes, it->words.end) < at)
			break;
		it->at_end = true;
		at = it->words.start;
	}
}

static bool is_deletion_round(const struct bk_region *region)
{
	return region->around && region->kind == BK_CLAIM_DELETION && region->count;
}

int bk_regions_agree(struct bk_regions *regions, const struct bk_amendments *amendments, size_t parties)
{
	uint32_t *strikers = NULL;

	for (size_t i = regions->flat; i < regions->list.len; i++) {
		const struct bk_region *it = &regions->list.items[i];

		if (!is_deletion_round(it))
			continue;
		if (!strikers && !(strikers = bk_calloc(regions->flat + 1, sizeof *strikers)))
			return bk_fail_memory();
		count_strikers(regions, amendments, it, strikers);
	}
	for (size_t i = 0; strikers && i < regions->flat; i++)
		regions->list.items[i].struck_by_all =
			strikers[i] && strikers[i] + regions->list.items[i].count == parties &&
			is_struck(regions, amendments, &regions->list.items[i]);
	for (size_t i = regions->flat; strikers && i < regions->list.len; i++)
		if (is_deletion_round(&regions->list.items[i]))
			keep_last(regions, &regions->list.items[i], amendments->base->tokens.bytes);
	for (size_t i = regions->flat; strikers && i < regions->list.len; i++)
		if (is_deletion_round(&regions->list.items[i]))
			find_ends(regions, &regions->list.items[i], amendments->base->tokens.bytes);
	bk_free(strikers);
	return BK_OK;
}
