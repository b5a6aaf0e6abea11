/*
 * Gavel: of all that changed, what binds.
 *
 *	old   Parties should      take measures by 2025, in accordance with their ...
 *	new   Parties shall  not  take measures by 2030, in accordance with their ...
 *	              ======       date: 2025 -> 2030
 *	              modal: should -> shall, negation: -> not
 *
 * What came and went between the words that stand in both texts is a change; of each kind of binding word in it,
 * those that both sides have are no matter, and what is left is told in pairs, as the whole phrase that it is part
 * of: "30 billion", "developed country Parties", "is encouraged to".  A verb that changed right behind its modal is
 * told with it.  Where most of a sentence with a modal came or went, that is told once, and not when it stands
 * elsewhere.
 */
#include "compare/binding_kind.h"
#include "compare/binding_word.h"
#include "compare/comparison.h"
#include "compare/renumbering.h"
#include "compare/run.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>

enum {
	SENTENCE = 6, /* words */
	CONTEXT = 90, /* bytes on either side */
	ITEMS = 64,   /* binding words of one kind in one change; more than that came or went as a whole */
	PHRASE = 12,  /* words */
	COVER = 4,    /* words of one side of a change */
	LATELY = 16,  /* lines among which the same one is looked for */
};

struct bk_gavel {
	BK_VEC(struct bk_gavel_line) lines;
};

struct gaveller {
	const struct bk_comparison *comparison;
	const struct bk_matches *matches;
	struct bk_gavel *gavel;
	struct bk_binding_kinds kinds;
	struct bk_renumbering renumbering;
	BK_VEC(struct bk_span) agreed;
};

/* Kinds that are told together: "31 March 2011", "the secretariat" that was "Parties". */
enum group {
	MODALS,
	NEGATIONS,
	QUANTITIES,
	CONJUNCTIONS,
	ACTORS,
	GROUPS,
};

static const uint8_t groups[BK_GAVEL_KIND_COUNT + 1] = {[BK_GAVEL_MODAL] = MODALS,
	[BK_GAVEL_NUMBER] = QUANTITIES,
	[BK_GAVEL_DATE] = QUANTITIES,
	[BK_GAVEL_NEGATION] = NEGATIONS,
	[BK_GAVEL_AND_OR] = CONJUNCTIONS,
	[BK_GAVEL_PARTY] = ACTORS,
	[BK_GAVEL_TERM] = ACTORS,
	[BK_GAVEL_INVISIBLE] = GROUPS,
	[BK_GAVEL_SENTENCE] = GROUPS,
	[BK_GAVEL_KIND_COUNT] = GROUPS};

/* A text, and what its words are. */
struct side {
	const struct bk_words *words;
	const uint8_t *kinds;
	const uint32_t *matched; /* the word of the other text */
	const uint32_t *strays;
};

/* Binding words of one group, side by side: "30 billion". */
struct item {
	uint32_t first, last;
};

struct items {
	struct item list[ITEMS];
	size_t count;
};

static const char *const names[BK_GAVEL_KIND_COUNT] = {
	"modal", "number", "date", "negation", "and/or", "party", "term", "invisible", "sentence"};

const char *bk_gavel_kind_name(enum bk_gavel_kind kind)
{
	return names[kind];
}

/* ---- Lines --------------------------------------------------------------------------------------------- */

static bool in_agreed(const struct gaveller *gaveller, size_t offset)
{
	for (size_t i = 0; i < gaveller->agreed.len; i++)
		if (offset >= gaveller->agreed.items[i].start && offset < gaveller->agreed.items[i].end)
			return true;
	return false;
}

static struct bk_span around(const struct bk_words *words, struct bk_span span)
{
	uint32_t first = bk_words_from(words, span.start), last = bk_words_from(words, span.end);
	const struct bk_block *block;
	struct bk_span out = span;

	if (words->blocks.list.len == 0) /* a text of no bytes */
		return span;
	block = &words->blocks.list.items[bk_blocks_at(&words->blocks, span.start)];
	while (first > block->first && span.start - words->items.items[first - 1].start < CONTEXT)
		out.start = words->items.items[--first].start;
	while (last < block->last && words->items.items[last].end - span.end < CONTEXT)
		out.end = words->items.items[last++].end;
	return out;
}

static bool is_clean(
	const struct bk_words *words, const struct bk_enclosures *enclosures, struct bk_span span)
{
	const uint32_t last = bk_words_from(words, span.end);

	for (uint32_t w = bk_words_from(words, span.start); w < last; w++)
		if (enclosures->of_word[w] != BK_NONE)
			return false;
	return true;
}

/* Whether a note to the drafters holds a place: no text, whatever it says. */
static bool in_note(const bk_draft *draft, size_t offset)
{
	uint32_t around = bk_draft_bracket_at(draft, offset);

	while (around != BK_NONE && draft->brackets[around].class != BK_CLASS_NOTE)
		around = draft->brackets[around].parent;
	return around != BK_NONE;
}

static bool is_note(const struct bk_comparison *comparison, const struct bk_gavel_line *line)
{
	return line->in_new ? in_note(comparison->new_draft, line->new_span.start)
			    : in_note(comparison->old_draft, line->old_span.start);
}

/* Whether a side of a line says nothing that the same side of another line does not. */
static bool is_within(bool there, struct bk_span span, bool also, struct bk_span whole)
{
	return !there || (also && span.start >= whole.start && span.end <= whole.end);
}

/* Two changes within one phrase are told as one. */
static bool is_told(const struct bk_gavel *gavel, const struct bk_gavel_line *line)
{
	const size_t first = gavel->lines.len > LATELY ? gavel->lines.len - LATELY : 0;

	for (size_t i = first; i < gavel->lines.len; i++) {
		const struct bk_gavel_line *it = &gavel->lines.items[i];

		if (it->kind == line->kind &&
			is_within(line->in_old, line->old_span, it->in_old, it->old_span) &&
			is_within(line->in_new, line->new_span, it->in_new, it->new_span))
			return true;
	}
	return false;
}

/* Add a line, its place told by `near`, a byte of the old text. */
static int add(struct gaveller *gaveller, struct bk_gavel_line line, size_t near)
{
	const struct bk_comparison *comparison = gaveller->comparison;
	const struct bk_words *old = &gaveller->matches->old, *now = &gaveller->matches->now;
	struct bk_gavel_line *added;
	uint32_t node;

	if (is_told(gaveller->gavel, &line))
		return BK_OK;
	added = BK_VEC_PUSH(&gaveller->gavel->lines);
	if (!added)
		return bk_fail_memory();
	line.outside = !is_note(comparison, &line) &&
		       (!line.in_old || is_clean(old, &comparison->fates.old_enclosures, line.old_span)) &&
		       (!line.in_new || is_clean(now, &comparison->fates.new_enclosures, line.new_span));
	line.agreed = in_agreed(gaveller, line.in_old ? line.old_span.start : near);
	line.context = line.in_new ? around(now, line.new_span) : around(old, line.old_span);
	node = line.in_new ? bk_draft_node_at(comparison->new_draft, line.new_span.start)
			   : bk_draft_node_at(comparison->old_draft, line.old_span.start);
	line.path = node == BK_NONE ? ""
		    : line.in_new   ? comparison->new_draft->nodes[node].path
				    : comparison->old_draft->nodes[node].path;
	*added = line;
	return BK_OK;
}

static struct bk_span span_of(const struct bk_words *words, uint32_t first, uint32_t last)
{
	return (struct bk_span){words->items.items[first].start, words->items.items[last - 1].end};
}

/* Words first up to last of each side; equal when the side has none. */
static int tell(struct gaveller *gaveller, enum bk_gavel_kind kind, const struct bk_run *words)
{
	const struct bk_words *old = &gaveller->matches->old, *now = &gaveller->matches->now;
	struct bk_gavel_line line = {.kind = kind};
	size_t near = 0;

	line.in_old = words->old < words->old_end;
	line.in_new = words->now < words->now_end;
	if (line.in_old)
		line.old_span = span_of(old, words->old, words->old_end);
	else if (words->old > 0)
		near = old->items.items[words->old - 1].start;
	if (line.in_new)
		line.new_span = span_of(now, words->now, words->now_end);
	return add(gaveller, line, near);
}

/* ---- Phrases ------------------------------------------------------------------------------------------- */

static struct side old_side(const struct gaveller *gaveller)
{
	const struct bk_matches *matches = gaveller->matches;

	return (struct side){&matches->old, gaveller->kinds.old, matches->to_new, matches->strays_to_new};
}

static struct side new_side(const struct gaveller *gaveller)
{
	const struct bk_matches *matches = gaveller->matches;

	return (struct side){&matches->now, gaveller->kinds.now, matches->to_old, matches->strays_to_old};
}

static const char IN_PHRASE[] = "*_-", IN_CHANGE[] = "*_-[]", IN_LIST[] = "*_-(),";

/*
 * Whether nothing but blanks, emphasis and hyphens, or what else is named, stands between a word and the next one,
 * which there is; or what holds a symbol together, as in "1/CP.21".
 */
static bool touches_next(const struct side *side, uint32_t word, const char *between)
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

static bool reads(
	const struct gaveller *gaveller, const struct side *side, uint32_t word, const char *const *list)
{
	const struct bk_str it =
		bk_vocabulary_word(&gaveller->matches->vocabulary, side->words->items.items[word].number);

	for (; *list; list++)
		if (bk_str_equal(it, bk_str_of(*list)))
			return true;
	return false;
}

/* "is encouraged to" of "encouraged". */
static void widen_modal(const struct gaveller *gaveller, const struct side *side, struct item *item)
{
	static const char *const before[] = {"is", "are", "be", "been", NULL}, *const behind[] = {"to", NULL};

	while (item->first > 0 && touches_next(side, item->first - 1, IN_PHRASE) &&
		reads(gaveller, side, item->first - 1, before))
		item->first--;
	if (item->last < side->words->items.len && touches_next(side, item->last - 1, IN_PHRASE) &&
		reads(gaveller, side, item->last, behind))
		item->last++;
}

/* The whole phrase that an item is part of; what did not change included. */
static struct item widen(
	const struct gaveller *gaveller, const struct side *side, struct item item, enum group group)
{
	const struct bk_blocks *blocks = &side->words->blocks;
	const struct bk_block *block;

	if (item.first == item.last || group == NEGATIONS || group == CONJUNCTIONS)
		return item;
	block = &blocks->list.items[bk_blocks_at(blocks, side->words->items.items[item.first].start)];
	while (item.last - item.first < PHRASE && item.first > block->first &&
		groups[side->kinds[item.first - 1]] == group && touches_next(side, item.first - 1, IN_PHRASE))
		item.first--;
	while (item.last - item.first < PHRASE && item.last < block->last &&
		groups[side->kinds[item.last]] == group && touches_next(side, item.last - 1, IN_PHRASE))
		item.last++;
	if (group == MODALS)
		widen_modal(gaveller, side, &item);
	return item;
}

/* Take in what an item's words are in the other text; of few words. */
static struct item take_counterpart(const struct side *side, struct item item, struct item other)
{
	struct item taken = other;

	for (uint32_t w = item.first; w < item.last; w++) {
		const uint32_t word = side->matched[w];

		if (word == BK_NONE)
			continue;
		if (taken.first == taken.last)
			taken = (struct item){word, word + 1};
		taken.first = word < taken.first ? word : taken.first;
		taken.last = word >= taken.last ? word + 1 : taken.last;
	}
	return taken.last - taken.first > PHRASE ? other : taken;
}

/* "All" of "All Parties" where "Developed country Parties" stood: the few words of a change beside what binds. */
static struct item cover(const struct side *side, struct item item, uint32_t first, uint32_t last)
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

static bool same_item(const struct gaveller *gaveller, struct item old, struct item now)
{
	if (old.last - old.first != now.last - now.first)
		return false;
	for (uint32_t i = 0; i < old.last - old.first; i++)
		if (gaveller->matches->old.items.items[old.first + i].number !=
			gaveller->matches->now.items.items[now.first + i].number)
			return false;
	return true;
}

/* ---- What binds in a change ---------------------------------------------------------------------------- */

/* "3.3" of "3.3alt", "39" of "39 alt.": what opens a provision before the word that makes it an alternative. */
static bool is_label(const struct side *side, uint32_t word)
{
	const struct bk_words *words = side->words;
	const size_t start = words->items.items[word].start;
	const struct bk_block *block = &words->blocks.list.items[bk_blocks_at(&words->blocks, start)];

	return block->labelled && start < words->draft->nodes[block->node].offset;
}

static void collect(
	const struct side *side, uint32_t first, uint32_t last, enum group group, struct items *items)
{
	items->count = 0;
	for (uint32_t w = first; w < last && items->count < ITEMS; w++) {
		struct item *before = items->count ? &items->list[items->count - 1] : NULL;

		if (groups[side->kinds[w]] != group || is_label(side, w))
			continue;
		if (before && before->last == w && touches_next(side, w - 1, IN_CHANGE))
			before->last++;
		else
			items->list[items->count++] = (struct item){w, w + 1};
	}
}

static void drop(struct items *items, size_t at)
{
	memmove(items->list + at, items->list + at + 1, (--items->count - at) * sizeof *items->list);
}

/* What both sides have has only moved within the change. */
static void drop_common(const struct gaveller *gaveller, struct items *old, struct items *now)
{
	for (size_t i = 0; i < old->count;) {
		size_t j = 0;

		while (j < now->count && !same_item(gaveller, old->list[i], now->list[j]))
			j++;
		if (j == now->count) {
			i++;
			continue;
		}
		drop(old, i);
		drop(now, j);
	}
}

static bool is_in_list(const struct gaveller *gaveller, const struct side *side, uint32_t from, uint32_t to)
{
	static const char *const words[] = {"paragraph", "paragraphs", "subparagraph", "subparagraphs",
		"article", "articles", "section", "sections", "and", "or", "to", NULL};

	for (uint32_t w = from; w < to; w++)
		if (!touches_next(side, w, IN_LIST) || (w > from && !reads(gaveller, side, w, words)))
			return false;
	return true;
}

/* "4, paragraph 9", "10, 11 and 13": figures of one reference or list that came or went together. */
static void put_together(const struct gaveller *gaveller, const struct side *side, struct items *items)
{
	size_t kept = 0;

	for (size_t i = 1; i < items->count; i++) {
		struct item *before = &items->list[kept];

		if (is_in_list(gaveller, side, before->last - 1, items->list[i].first))
			before->last = items->list[i].last;
		else
			items->list[++kept] = items->list[i];
	}
	items->count = items->count ? kept + 1 : 0;
}

/* Conjunctions come and go with every list: they count where one stands for the other, or alone. */
static bool is_conjunction_alone(
	const struct bk_run *change, const struct items *old, const struct items *now)
{
	const size_t words = (change->old_end - change->old) + (change->now_end - change->now);

	return (old->count && now->count) || old->count + now->count == words;
}

/* Dates among numbers make a date, parties among terms a party. */
static enum bk_gavel_kind kind_of_item(const struct side *side, struct item item, enum bk_gavel_kind kind)
{
	for (uint32_t w = item.first; w < item.last; w++)
		if (side->kinds[w] == BK_GAVEL_DATE || side->kinds[w] == BK_GAVEL_PARTY ||
			kind == BK_GAVEL_KIND_COUNT)
			kind = side->kinds[w] == BK_GAVEL_KIND_COUNT ? kind : side->kinds[w];
	return kind;
}

/* One that came or went, or one that gave way to another: as phrases. */
static int tell_pair(struct gaveller *gaveller, const struct bk_run *change, struct item old, struct item now,
	enum group group)
{
	const struct side was = old_side(gaveller), is = new_side(gaveller);
	enum bk_gavel_kind kind = BK_GAVEL_KIND_COUNT;
	struct bk_run words = {change->old, change->old, change->now, change->now};

	if (group == QUANTITIES && old.first < old.last && now.first < now.last &&
		bk_renumbering_is_followed(&gaveller->renumbering, old.first, now.first))
		return BK_OK;
	old = widen(gaveller, &was, old, group);
	now = widen(gaveller, &is, now, group);
	now = widen(gaveller, &is, take_counterpart(&was, old, now), group);
	old = widen(gaveller, &was, take_counterpart(&is, now, old), group);
	if ((group == ACTORS || group == MODALS) && old.first < old.last && now.first < now.last) {
		old = cover(&was, old, change->old, change->old_end);
		now = cover(&is, now, change->now, change->now_end);
	}
	if (same_item(gaveller, old, now))
		return BK_OK;
	kind = kind_of_item(&is, now, kind_of_item(&was, old, kind));
	if (old.first < old.last) {
		words.old = old.first;
		words.old_end = old.last;
	}
	if (now.first < now.last) {
		words.now = now.first;
		words.now_end = now.last;
	}
	return tell(gaveller, kind, &words);
}

static int tell_group(struct gaveller *gaveller, const struct bk_run *change, enum group group)
{
	const struct side was = old_side(gaveller), is = new_side(gaveller);
	static const struct item none = {0, 0};
	struct items old, now;
	int status = BK_OK;

	collect(&was, change->old, change->old_end, group, &old);
	collect(&is, change->now, change->now_end, group, &now);
	drop_common(gaveller, &old, &now);
	if (group == CONJUNCTIONS && !is_conjunction_alone(change, &old, &now))
		return BK_OK;
	if (group == QUANTITIES && now.count == 0)
		put_together(gaveller, &was, &old);
	if (group == QUANTITIES && old.count == 0)
		put_together(gaveller, &is, &now);
	for (size_t i = 0; (i < old.count || i < now.count) && status == BK_OK; i++)
		status = tell_pair(gaveller, change, i < old.count ? old.list[i] : none,
			i < now.count ? now.list[i] : none, group);
	return status;
}

static bool has_modal(const struct side *side, uint32_t first, uint32_t last)
{
	for (uint32_t w = first; w < last; w++)
		if (side->kinds[w] == BK_GAVEL_MODAL)
			return true;
	return false;
}

/* A sentence binds by its modal, or by what it says that a term means. */
static bool binds(const struct side *side, uint32_t first, uint32_t last)
{
	const struct bk_words *words = side->words;
	const struct bk_block *block;
	size_t start;

	if (first == last)
		return false;
	block = &words->blocks.list.items[bk_blocks_at(&words->blocks, words->items.items[first].start)];
	start = first > block->first ? words->items.items[first - 1].end : block->start;
	return has_modal(side, first, last) ||
	       bk_binding_defines((struct bk_str){
		       words->draft->bytes.ptr + start, words->items.items[last - 1].end - start});
}

/* Most of it stands in another place. */
static bool is_elsewhere(const struct side *side, uint32_t first, uint32_t last)
{
	uint32_t found = 0;

	for (uint32_t w = first; w < last; w++)
		found += side->strays[w] != BK_NONE;
	return found > 0 && 2 * found >= last - first;
}

/* Most of a sentence that binds, against next to nothing on the other side. */
static bool is_sentence(const struct gaveller *gaveller, const struct bk_run *change)
{
	const uint32_t gone = change->old_end - change->old, come = change->now_end - change->now;
	const struct side was = old_side(gaveller), is = new_side(gaveller);

	if (gone >= SENTENCE && 3 * come < gone)
		return binds(&was, change->old, change->old_end);
	if (come >= SENTENCE && 3 * gone < come)
		return binds(&is, change->now, change->now_end);
	return false;
}

static int tell_sentence(struct gaveller *gaveller, const struct bk_run *change)
{
	const struct side was = old_side(gaveller), is = new_side(gaveller);

	if (is_elsewhere(&was, change->old, change->old_end) ||
		is_elsewhere(&is, change->now, change->now_end))
		return BK_OK;
	return tell(gaveller, BK_GAVEL_SENTENCE, change);
}

/* "shall decide on" that became "shall consider": the modal stands, what it commands does not. */
static bool is_commanded(const struct gaveller *gaveller, const struct bk_run *change)
{
	const struct side was = old_side(gaveller), is = new_side(gaveller);

	return change->old < change->old_end && change->now < change->now_end && change->old > 0 &&
	       change->now > 0 && was.matched[change->old - 1] == change->now - 1 &&
	       was.kinds[change->old - 1] == BK_GAVEL_MODAL &&
	       !has_modal(&was, change->old, change->old_end) &&
	       !has_modal(&is, change->now, change->now_end);
}

static int tell_change(struct gaveller *gaveller, const struct bk_run *change)
{
	int status = BK_OK;

	if (is_sentence(gaveller, change))
		return tell_sentence(gaveller, change);
	if (is_commanded(gaveller, change))
		status = tell(gaveller, BK_GAVEL_MODAL,
			&(struct bk_run){change->old - 1, change->old + 1, change->now - 1, change->now + 1});
	for (enum group group = 0; group < GROUPS && status == BK_OK; group++)
		status = tell_group(gaveller, change, group);
	return status;
}

/* A paragraph that came or went: its figures are no changes of figures. */
static int tell_whole(struct gaveller *gaveller, const struct bk_run *change)
{
	const struct side was = old_side(gaveller), is = new_side(gaveller);

	if (!binds(&was, change->old, change->old_end) && !binds(&is, change->now, change->now_end))
		return BK_OK;
	return tell_sentence(gaveller, change);
}

/* ---- All changes --------------------------------------------------------------------------------------- */

static int tell_passage(struct gaveller *gaveller, uint32_t passage)
{
	struct bk_runs runs = bk_runs_of(gaveller->matches, passage);
	const struct bk_run all = runs.left;
	struct bk_run run;
	int status = BK_OK;

	if (all.old == all.old_end || all.now == all.now_end)
		return tell_whole(gaveller, &all);
	while (status == BK_OK && bk_runs_next(&runs, &run))
		status = tell_change(gaveller, &run);
	return status;
}

static int tell_invisible(struct gaveller *gaveller)
{
	const struct bk_comparison *comparison = gaveller->comparison;
	int status = BK_OK;

	for (size_t i = 0; i < comparison->differences.len && status == BK_OK; i++) {
		const struct bk_difference *difference = &comparison->differences.items[i];

		if (strcmp(difference->detail, "invisible") != 0 &&
			strcmp(difference->detail, "line ends") != 0)
			continue;
		status = add(gaveller,
			(struct bk_gavel_line){.kind = BK_GAVEL_INVISIBLE,
				.in_old = true,
				.in_new = true,
				.old_span = difference->old_span,
				.new_span = difference->new_span},
			0);
	}
	return status;
}

/* ---- What was agreed ----------------------------------------------------------------------------------- */

static int add_agreed(struct gaveller *gaveller, struct bk_span span)
{
	struct bk_span *added = BK_VEC_PUSH(&gaveller->agreed);

	if (!added)
		return bk_fail_memory();
	*added = span;
	return BK_OK;
}

/* What the text says of itself: the provision, or else the paragraph, in which "[agreed]" stands. */
static int find_agreed(struct gaveller *gaveller)
{
	const struct bk_words *old = &gaveller->matches->old;
	const bk_draft *draft = gaveller->comparison->old_draft;
	int status = BK_OK;

	for (size_t b = 0; b < draft->bracket_count && status == BK_OK; b++) {
		const struct bk_bracket *bracket = &draft->brackets[b];
		const struct bk_block *block;

		if (bracket->brace || bracket->class != BK_CLASS_STATUS)
			continue;
		block = &old->blocks.list.items[bk_blocks_at(&old->blocks, bracket->start)];
		status = add_agreed(gaveller, (struct bk_span){block->start, block->end});
	}
	return status;
}

/* ---- All of it ----------------------------------------------------------------------------------------- */

/* A line and its turn. */
struct turn {
	struct bk_gavel_line line;
	bool aside; /* stands in a note, or before all provisions */
	size_t at, turn;
};

static int compare_turns(const void *a, const void *b)
{
	const struct turn *x = a, *y = b;

	if (x->line.agreed != y->line.agreed)
		return x->line.agreed ? -1 : 1;
	if (x->line.outside != y->line.outside)
		return x->line.outside ? -1 : 1;
	if (x->aside != y->aside)
		return x->aside ? 1 : -1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->turn < y->turn ? -1 : x->turn > y->turn;
}

static int put_in_order(struct gaveller *gaveller)
{
	struct bk_gavel *gavel = gaveller->gavel;
	struct turn *turns = bk_malloc((gavel->lines.len + 1) * sizeof *turns);

	if (!turns)
		return bk_fail_memory();
	for (size_t i = 0; i < gavel->lines.len; i++) {
		const struct bk_gavel_line *line = &gavel->lines.items[i];

		turns[i] = (struct turn){*line, is_note(gaveller->comparison, line) || !*line->path,
			line->in_new ? line->new_span.start
				     : bk_matches_anchor(gaveller->matches, line->old_span.start),
			i};
	}
	qsort(turns, gavel->lines.len, sizeof *turns, compare_turns);
	for (size_t i = 0; i < gavel->lines.len; i++)
		gavel->lines.items[i] = turns[i].line;
	bk_free(turns);
	return BK_OK;
}

int bk_gavel_new(
	bk_gavel **out, const bk_comparison *comparison, const struct bk_span *agreed, size_t agreed_count)
{
	struct gaveller gaveller = {.comparison = comparison, .matches = &comparison->matches};
	int status = BK_OK;

	gaveller.gavel = bk_calloc(1, sizeof *gaveller.gavel);
	if (!gaveller.gavel)
		return bk_fail_memory();
	for (size_t i = 0; i < agreed_count && status == BK_OK; i++)
		status = add_agreed(&gaveller, agreed[i]);
	if (status == BK_OK)
		status = find_agreed(&gaveller);
	if (status == BK_OK)
		status = bk_binding_kinds_find(&gaveller.kinds, gaveller.matches);
	if (status == BK_OK)
		status = bk_renumbering_find(&gaveller.renumbering, gaveller.matches);
	for (uint32_t p = 0; p < comparison->matches.alignment.passages.len && status == BK_OK; p++)
		status = tell_passage(&gaveller, p);
	if (status == BK_OK)
		status = tell_invisible(&gaveller);
	if (status == BK_OK)
		status = put_in_order(&gaveller);
	BK_VEC_RELEASE(&gaveller.agreed);
	bk_binding_kinds_release(&gaveller.kinds);
	bk_renumbering_release(&gaveller.renumbering);
	if (status != BK_OK) {
		bk_gavel_free(gaveller.gavel);
		return status;
	}
	*out = gaveller.gavel;
	return BK_OK;
}

const struct bk_gavel_line *bk_gavel_list(const bk_gavel *gavel, size_t *count)
{
	*count = gavel->lines.len;
	return gavel->lines.items;
}

void bk_gavel_free(bk_gavel *gavel)
{
	if (!gavel)
		return;
	BK_VEC_RELEASE(&gavel->lines);
	bk_free(gavel);
}
