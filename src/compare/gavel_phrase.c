/* The whole phrases that binding words are part of, and which of them two texts have in common. */
#include "compare/gavel_private.h"

#include <string.h>

enum {
	PHRASE = 12, /* words */
	COVER = 4,   /* words of one side of a change */
};

static const uint8_t groups[BK_GAVEL_KIND_COUNT + 1] = {[BK_GAVEL_MODAL] = BK_GAVEL_MODALS,
	[BK_GAVEL_NUMBER] = BK_GAVEL_QUANTITIES,
	[BK_GAVEL_DATE] = BK_GAVEL_QUANTITIES,
	[BK_GAVEL_NEGATION] = BK_GAVEL_NEGATIONS,
	[BK_GAVEL_AND_OR] = BK_GAVEL_CONJUNCTIONS,
	[BK_GAVEL_PARTY] = BK_GAVEL_ACTORS,
	[BK_GAVEL_TERM] = BK_GAVEL_ACTORS,
	[BK_GAVEL_INVISIBLE] = BK_GAVEL_GROUP_COUNT,
	[BK_GAVEL_SENTENCE] = BK_GAVEL_GROUP_COUNT,
	[BK_GAVEL_KIND_COUNT] = BK_GAVEL_GROUP_COUNT};

/* ---- One phrase ---------------------------------------------------------------------------------------- */

static const char IN_PHRASE[] = "*_-", IN_CHANGE[] = "*_-[]", IN_LIST[] = "*_-(),";

/*
 * Whether nothing but blanks, emphasis and hyphens, or what else is named, stands between a word and the next one,
 * which there is; or what holds a symbol together, as in "1/CP.21".
 */
static bool touches_next(const struct bk_gavel_side *side, uint32_t word, const char *between)
{
	const struct bk_words *words = side->words;
	const char *bytes = words->draft->bytes.ptr;
	const size_t end = words->items.items[word].end, next = words->items.items[word + 1].start;

	if (next == end + 1 && (bytes[end] == '/' || bytes[end] == '.'))
		return true;
	for (size_t at = end; at < next; at++)
		if (!bk_is_space(bytes[at]) && (!bytes[at] || !strchr(between, bytes[at])))
			return false;
	return true;
}

static bool reads(const struct bk_gavel_side *side, uint32_t word, const char *const *list)
{
	const struct bk_str it = bk_vocabulary_word(side->vocabulary, side->words->items.items[word].number);

	for (; *list; list++)
		if (bk_str_equal(it, bk_str_of(*list)))
			return true;
	return false;
}

/* "is encouraged to" of "encouraged". */
static void widen_modal(const struct bk_gavel_side *side, struct bk_gavel_item *item)
{
	static const char *const before[] = {"is", "are", "be", "been", NULL}, *const behind[] = {"to", NULL};

	while (item->first > 0 && touches_next(side, item->first - 1, IN_PHRASE) &&
		reads(side, item->first - 1, before))
		item->first--;
	if (item->last < side->words->items.len && touches_next(side, item->last - 1, IN_PHRASE) &&
		reads(side, item->last, behind))
		item->last++;
}

struct bk_gavel_item bk_gavel_item_widen(
	const struct bk_gavel_side *side, struct bk_gavel_item item, enum bk_gavel_group group)
{
	const struct bk_blocks *blocks = &side->words->blocks;
	const struct bk_block *block;

	if (item.first == item.last || group == BK_GAVEL_NEGATIONS || group == BK_GAVEL_CONJUNCTIONS)
		return item;
	block = &blocks->list.items[bk_blocks_at(blocks, side->words->items.items[item.first].start)];
	while (item.last - item.first < PHRASE && item.first > block->first &&
		groups[side->kinds[item.first - 1]] == group && touches_next(side, item.first - 1, IN_PHRASE))
		item.first--;
	while (item.last - item.first < PHRASE && item.last < block->last &&
		groups[side->kinds[item.last]] == group && touches_next(side, item.last - 1, IN_PHRASE))
		item.last++;
	if (group == BK_GAVEL_MODALS)
		widen_modal(side, &item);
	return item;
}

struct bk_gavel_item bk_gavel_item_counterpart(
	const struct bk_gavel_side *side, struct bk_gavel_item item, struct bk_gavel_item other)
{
	struct bk_gavel_item taken = other;

	for (uint32_t w = item.first; w < item.last; w++) {
		const uint32_t word = side->matched[w];

		if (word == BK_NONE)
			continue;
		if (taken.first == taken.last)
			taken = (struct bk_gavel_item){word, word + 1};
		taken.first = word < taken.first ? word : taken.first;
		taken.last = word >= taken.last ? word + 1 : taken.last;
	}
	return taken.last - taken.first > PHRASE ? other : taken;
}

struct bk_gavel_item bk_gavel_item_cover(
	const struct bk_gavel_side *side, struct bk_gavel_item item, uint32_t first, uint32_t last)
{
	if (last - first > COVER)
		return item;
	while (item.first > first && side->kinds[item.first - 1] == BK_GAVEL_KIND_COUNT &&
		touches_next(side, item.first - 1, IN_PHRASE))
		item.first--;
	while (item.last < last && side->kinds[item.last] == BK_GAVEL_KIND_COUNT &&
		touches_next(side, item.last - 1, IN_PHRASE))
		item.last++;
	return item;
}

bool bk_gavel_item_same(const struct bk_gavel_side *was, struct bk_gavel_item old,
	const struct bk_gavel_side *is, struct bk_gavel_item now)
{
	if (old.last - old.first != now.last - now.first)
		return false;
	for (uint32_t i = 0; i < old.last - old.first; i++)
		if (was->words->items.items[old.first + i].number !=
			is->words->items.items[now.first + i].number)
			return false;
	return true;
}

/* ---- Those of a change --------------------------------------------------------------------------------- */

/* "3.3" of "3.3alt", "39" of "39 alt.": what opens a provision before the word that makes it an alternative. */
static bool is_label(const struct bk_gavel_side *side, uint32_t word)
{
	const struct bk_words *words = side->words;
	const size_t start = words->items.items[word].start;
	const struct bk_block *block = &words->blocks.list.items[bk_blocks_at(&words->blocks, start)];

	return block->labelled && start < words->draft->nodes[block->node].offset;
}

void bk_gavel_items_collect(const struct bk_gavel_side *side, uint32_t first, uint32_t last,
	enum bk_gavel_group group, struct bk_gavel_items *items)
{
	items->count = 0;
	for (uint32_t w = first; w < last && items->count < BK_GAVEL_ITEMS; w++) {
		struct bk_gavel_item *before = items->count ? &items->list[items->count - 1] : NULL;

		if (groups[side->kinds[w]] != group || is_label(side, w))
			continue;
		if (before && before->last == w && touches_next(side, w - 1, IN_CHANGE))
			before->last++;
		else
			items->list[items->count++] = (struct bk_gavel_item){w, w + 1};
	}
}

static void drop(struct bk_gavel_items *items, size_t at)
{
	memmove(items->list + at, items->list + at + 1, (--items->count - at) * sizeof *items->list);
}

void bk_gavel_items_drop_common(const struct bk_gavel_side *was, struct bk_gavel_items *old,
	const struct bk_gavel_side *is, struct bk_gavel_items *now)
{
	for (size_t i = 0; i < old->count;) {
		size_t j = 0;

		while (j < now->count && !bk_gavel_item_same(was, old->list[i], is, now->list[j]))
			j++;
		if (j == now->count) {
			i++;
			continue;
		}
		drop(old, i);
		drop(now, j);
	}
}

static bool is_in_list(const struct bk_gavel_side *side, uint32_t from, uint32_t to)
{
	static const char *const words[] = {"paragraph", "paragraphs", "subparagraph", "subparagraphs",
		"article", "articles", "section", "sections", "and", "or", "to", NULL};

	for (uint32_t w = from; w < to; w++)
		if (!touches_next(side, w, IN_LIST) || (w > from && !reads(side, w, words)))
			return false;
	return true;
}

void bk_gavel_items_join(const struct bk_gavel_side *side, struct bk_gavel_items *items)
{
	size_t kept = 0;

	for (size_t i = 1; i < items->count; i++) {
		struct bk_gavel_item *before = &items->list[kept];

		if (is_in_list(side, before->last - 1, items->list[i].first))
			before->last = items->list[i].last;
		else
			items->list[++kept] = items->list[i];
	}
	items->count = items->count ? kept + 1 : 0;
}
