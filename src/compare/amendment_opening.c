/*
 * Which paragraph is which, where words alone do not tell: a label, or the header of an option, counts as a word.
 *
 *	base     6. Parties shall pay.			as many words of 6 stand in 5 bis as in 6: it is 6
 *	version  5 bis. Parties shall report.  6. Parties may pay.
 */
#include "compare/amendment_private.h"

enum { NEAR = 16 }; /* paragraphs on either side that one which opens alike is looked for in */

/* A paragraph of one side, and what it may be in the other. */
struct pair {
	const struct bk_gap_side *side, *other;
	struct bk_item_range own, partner, namesake; /* that which has its words, that which opens alike */
	size_t common;				     /* words of the partner */
};

/* What stands behind that which a paragraph opens with. */
static struct bk_item_range words_of(const struct bk_gap_side *side, struct bk_item_range paragraph)
{
	return (struct bk_item_range){
		paragraph.first + bk_gap_count_opening(side, paragraph.first), paragraph.end};
}

/* Whether none of some items stands in both. */
static bool is_free(const struct bk_gap_side *side, struct bk_item_range range)
{
	for (size_t i = range.first; i < range.end; i++)
		if (side->match.items[i] != BK_NONE)
			return false;
	return true;
}

/* Where some paragraphs before an item begin, or a range. */
static size_t step_back(const struct bk_gap_side *side, size_t item, struct bk_item_range range)
{
	size_t count = 0;

	while (item > range.first && count < NEAR)
		count += bk_gap_is_first(side, --item);
	return item;
}

/* Of some paragraphs of a range, from an item on, the first that opens as one of the other side does, and is free. */
static bool find_namesake(struct pair *pair, size_t from, struct bk_item_range range)
{
	struct bk_item_range *found = &pair->namesake;
	size_t count = 0;

	while (from < range.end && !bk_gap_is_first(pair->other, from))
		from++;
	for (size_t i = from; i < range.end && count < 2 * NEAR; i = found->end, count++) {
		*found = bk_gap_paragraph(pair->other, i);
		if (found->end <= range.end &&
			bk_gap_open_alike(pair->side, pair->own.first, pair->other, i) &&
			is_free(pair->other, words_of(pair->other, *found)))
			return true;
	}
	return false;
}

/* The paragraph that the words of one are in, and how many; false when they are in several, or in its namesake. */
static bool find_partner(struct pair *pair, struct bk_item_range words)
{
	const uint32_t *match = pair->side->match.items;
	size_t first = words.first;

	pair->common = 0;
	pair->partner = (struct bk_item_range){0, 0};
	while (first < words.end && match[first] == BK_NONE)
		first++;
	if (first == words.end)
		return true;
	pair->partner = bk_gap_paragraph(pair->other, match[first]);
	if (bk_gap_open_alike(pair->side, pair->own.first, pair->other, pair->partner.first))
		return false;
	for (size_t i = first; i < words.end; i++) {
		if (match[i] == BK_NONE)
			continue;
		if (match[i] < pair->partner.first || match[i] >= pair->partner.end)
			return false;
		pair->common += bk_is_word(bk_gap_bytes(pair->side, i).ptr[0]);
	}
	return true;
}

/* Whether a paragraph is its namesake rather than that which has its words: by what both have of all their words, of
 * which a label is one. */
static bool is_namesake(const struct pair *pair, size_t common)
{
	const size_t own = bk_gap_count_words(pair->side, words_of(pair->side, pair->own)),
		     namesake = bk_gap_count_words(pair->other, words_of(pair->other, pair->namesake)),
		     partner = bk_gap_count_words(pair->other, words_of(pair->other, pair->partner));

	return 2 * common >= (own < namesake ? own : namesake) &&
	       (common + 1) * (own + partner + 2) > pair->common * (own + namesake + 2);
}

static int follow(struct bk_gap_match *gap, struct pair *pair, struct bk_item_range range)
{
	const bool is_base = pair->side == &gap->base;
	const struct bk_item_range own = words_of(pair->side, pair->own);
	struct bk_item_range there;
	size_t common;
	int status;

	if (own.first == pair->own.first || own.first == own.end || !find_partner(pair, own) ||
		!find_namesake(pair,
			pair->partner.end ? step_back(pair->other, pair->partner.first, range) : range.first,
			range))
		return BK_OK;
	there = words_of(pair->other, pair->namesake);
	status = bk_gap_count_common(gap, is_base ? own : there, is_base ? there : own, &common);
	if (status != BK_OK || !is_namesake(pair, common))
		return status;
	for (size_t i = pair->own.first; i < pair->own.end; i++)
		if (pair->side->match.items[i] != BK_NONE)
			bk_gap_part(gap, is_base ? i : pair->side->match.items[i]);
	return bk_gap_match_ranges(
		gap, is_base ? pair->own : pair->namesake, is_base ? pair->namesake : pair->own);
}

/* Of each paragraph of a side. */
static int follow_side(
	struct bk_gap_match *gap, const struct bk_gap_side *side, const struct bk_gap_side *other)
{
	struct bk_item_range range = {
		0, 0}; /* of the other side, between what stands in both around a paragraph */
	size_t behind = 0;
	int status = BK_OK;

	for (size_t i = 0; i < side->items.len && status == BK_OK;) {
		struct pair pair = {.side = side, .other = other, .own = bk_gap_paragraph(side, i)};

		if (behind < pair.own.end)
			behind = pair.own.end;
		behind += bk_gap_lone_from(side, behind);
		range.end = behind < side->items.len ? side->match.items[behind] : other->items.len;
		status = follow(gap, &pair, range);
		for (; i < pair.own.end; i++)
			if (side->match.items[i] != BK_NONE)
				range.first = side->match.items[i] + 1;
	}
	return status;
}

int bk_gap_follow_openings(struct bk_gap_match *gap)
{
	const int status = follow_side(gap, &gap->base, &gap->file);

	return status == BK_OK ? follow_side(gap, &gap->file, &gap->base) : status;
}
