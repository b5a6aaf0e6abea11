/*
 * Gavel: of all that changed, what binds.
 *
 *	old   Parties should      take measures by 2025, in accordance with their ...
 *	new   Parties shall  not  take measures by 2030, in accordance with their ...
 *	              ======       date: 2025 -> 2030
 *	              modal: should -> shall, negation: -> not
 *
 * What came and went between the words that stand in both texts is a change; of each kind of binding word in it, those
 * that both sides have are no matter, and what is left is told in pairs.  A verb that changed right behind its modal
 * is told with it.  Where most of a sentence with a modal came or went, that is told once.
 */
#include "compare/binding_word.h"
#include "compare/comparison.h"
#include "compare/run.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>

enum {
	SENTENCE = 6, /* words */
	CONTEXT = 90, /* bytes on either side */
	ITEMS = 64,   /* binding words of one kind in one change; more than that came or went as a whole */
};

struct bk_gavel {
	BK_VEC(struct bk_gavel_line) lines;
};

struct gaveller {
	const struct bk_comparison *comparison;
	const struct bk_matches *matches;
	struct bk_gavel *gavel;
	uint8_t *kinds; /* of each number */
	BK_VEC(struct bk_span) agreed;
};

/* Binding words of one kind, side by side: "30 billion". */
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
	const struct bk_block *block = &words->blocks.list.items[bk_blocks_at(&words->blocks, span.start)];
	struct bk_span out = span;
	uint32_t first = bk_words_from(words, span.start), last = bk_words_from(words, span.end);

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

/* Add a line, its place told by `near`, a byte of the old text. */
static int add(struct gaveller *gaveller, struct bk_gavel_line line, size_t near)
{
	const struct bk_comparison *comparison = gaveller->comparison;
	const struct bk_words *old = &gaveller->matches->old, *now = &gaveller->matches->now;
	struct bk_gavel_line *added = BK_VEC_PUSH(&gaveller->gavel->lines);
	uint32_t node;

	if (!added)
		return bk_fail_memory();
	line.outside = (!line.in_old || is_clean(old, &comparison->fates.old_enclosures, line.old_span)) &&
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

/* ---- What binds in a change ---------------------------------------------------------------------------- */

static uint8_t kind_of(const struct gaveller *gaveller, const struct bk_words *words, uint32_t word)
{
	return gaveller->kinds[words->items.items[word].number];
}

static void collect(const struct gaveller *gaveller, const struct bk_words *words, uint32_t first,
	uint32_t last, enum bk_gavel_kind kind, struct items *items)
{
	items->count = 0;
	for (uint32_t w = first; w < last && items->count < ITEMS; w++) {
		struct item *before = items->count ? &items->list[items->count - 1] : NULL;

		if (kind_of(gaveller, words, w) != kind)
			continue;
		if (before && before->last == w)
			before->last++;
		else
			items->list[items->count++] = (struct item){w, w + 1};
	}
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

/* Conjunctions come and go with every list: they count where one stands for the other, or alone. */
static bool is_conjunction_alone(
	const struct bk_run *change, const struct items *old, const struct items *now)
{
	const size_t words = (change->old_end - change->old) + (change->now_end - change->now);

	return (old->count && now->count) || old->count + now->count == words;
}

static int tell_kind(struct gaveller *gaveller, const struct bk_run *change, enum bk_gavel_kind kind)
{
	struct items old, now;
	int status = BK_OK;

	collect(gaveller, &gaveller->matches->old, change->old, change->old_end, kind, &old);
	collect(gaveller, &gaveller->matches->now, change->now, change->now_end, kind, &now);
	drop_common(gaveller, &old, &now);
	if (kind == BK_GAVEL_AND_OR && !is_conjunction_alone(change, &old, &now))
		return BK_OK;
	for (size_t i = 0; (i < old.count || i < now.count) && status == BK_OK; i++) {
		struct bk_run words = {change->old, change->old, change->now, change->now};

		if (i < old.count) {
			words.old = old.list[i].first;
			words.old_end = old.list[i].last;
		}
		if (i < now.count) {
			words.now = now.list[i].first;
			words.now_end = now.list[i].last;
		}
		status = tell(gaveller, kind, &words);
	}
	return status;
}

static bool has_modal(
	const struct gaveller *gaveller, const struct bk_words *words, uint32_t first, uint32_t last)
{
	for (uint32_t w = first; w < last; w++)
		if (kind_of(gaveller, words, w) == BK_GAVEL_MODAL)
			return true;
	return false;
}

/* Most of a sentence that binds, against next to nothing on the other side. */
static bool is_sentence(const struct gaveller *gaveller, const struct bk_run *change)
{
	const uint32_t gone = change->old_end - change->old, come = change->now_end - change->now;

	if (gone >= SENTENCE && 3 * come < gone)
		return has_modal(gaveller, &gaveller->matches->old, change->old, change->old_end);
	if (come >= SENTENCE && 3 * gone < come)
		return has_modal(gaveller, &gaveller->matches->now, change->now, change->now_end);
	return false;
}

/* "shall decide on" that became "shall consider": the modal stands, what it commands does not. */
static bool is_commanded(const struct gaveller *gaveller, const struct bk_run *change)
{
	const struct bk_matches *matches = gaveller->matches;

	return change->old < change->old_end && change->now < change->now_end && change->old > 0 &&
	       change->now > 0 && matches->to_new[change->old - 1] == change->now - 1 &&
	       kind_of(gaveller, &matches->old, change->old - 1) == BK_GAVEL_MODAL &&
	       !has_modal(gaveller, &matches->old, change->old, change->old_end) &&
	       !has_modal(gaveller, &matches->now, change->now, change->now_end);
}

static int tell_change(struct gaveller *gaveller, const struct bk_run *change)
{
	static const enum bk_gavel_kind kinds[] = {BK_GAVEL_MODAL, BK_GAVEL_NEGATION, BK_GAVEL_NUMBER,
		BK_GAVEL_DATE, BK_GAVEL_AND_OR, BK_GAVEL_PARTY, BK_GAVEL_TERM};
	int status = BK_OK;

	if (is_sentence(gaveller, change))
		return tell(gaveller, BK_GAVEL_SENTENCE, change);
	if (is_commanded(gaveller, change))
		status = tell(gaveller, BK_GAVEL_MODAL,
			&(struct bk_run){change->old - 1, change->old + 1, change->now - 1, change->now + 1});
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds && status == BK_OK; i++)
		status = tell_kind(gaveller, change, kinds[i]);
	return status;
}

/* A paragraph that came or went: its figures are no changes of figures. */
static int tell_whole(struct gaveller *gaveller, const struct bk_run *change)
{
	if (!has_modal(gaveller, &gaveller->matches->old, change->old, change->old_end) &&
		!has_modal(gaveller, &gaveller->matches->now, change->now, change->now_end))
		return BK_OK;
	return tell(gaveller, BK_GAVEL_SENTENCE, change);
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
	size_t at, turn;
};

static int compare_turns(const void *a, const void *b)
{
	const struct turn *x = a, *y = b;

	if (x->line.agreed != y->line.agreed)
		return x->line.agreed ? -1 : 1;
	if (x->line.outside != y->line.outside)
		return x->line.outside ? -1 : 1;
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

		turns[i] = (struct turn){*line,
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

static int weigh(struct gaveller *gaveller)
{
	const struct bk_vocabulary *vocabulary = &gaveller->matches->vocabulary;

	gaveller->kinds = bk_malloc(vocabulary->entries.len + 1);
	if (!gaveller->kinds)
		return bk_fail_memory();
	for (uint32_t i = 0; i < vocabulary->entries.len; i++)
		gaveller->kinds[i] = (uint8_t)bk_binding_word_kind(bk_vocabulary_word(vocabulary, i));
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
		status = weigh(&gaveller);
	for (uint32_t p = 0; p < comparison->matches.alignment.passages.len && status == BK_OK; p++)
		status = tell_passage(&gaveller, p);
	if (status == BK_OK)
		status = tell_invisible(&gaveller);
	if (status == BK_OK)
		status = put_in_order(&gaveller);
	BK_VEC_RELEASE(&gaveller.agreed);
	bk_free(gaveller.kinds);
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
