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
#include "compare/gavel_private.h"

#include "base/alloc.h"
#include "base/error.h"

#include <string.h>

enum { SENTENCE = 6 }; /* words */

static const char *const names[BK_GAVEL_KIND_COUNT] = {
	"modal", "number", "date", "negation", "and/or", "party", "term", "invisible", "sentence"};

const char *bk_gavel_kind_name(enum bk_gavel_kind kind)
{
	return names[kind];
}

static struct bk_gavel_side old_side(const struct bk_gaveller *gaveller)
{
	const struct bk_matches *matches = gaveller->matches;

	return (struct bk_gavel_side){&matches->vocabulary, &matches->old, gaveller->kinds.old,
		matches->to_new, matches->strays_to_new};
}

static struct bk_gavel_side new_side(const struct bk_gaveller *gaveller)
{
	const struct bk_matches *matches = gaveller->matches;

	return (struct bk_gavel_side){&matches->vocabulary, &matches->now, gaveller->kinds.now,
		matches->to_old, matches->strays_to_old};
}

/* ---- What binds in a change ---------------------------------------------------------------------------- */

/* Conjunctions come and go with every list: they count where one stands for the other, or alone. */
static bool is_conjunction_alone(
	const struct bk_run *change, const struct bk_gavel_items *old, const struct bk_gavel_items *now)
{
	const size_t words = (change->old_end - change->old) + (change->now_end - change->now);

	return (old->count && now->count) || old->count + now->count == words;
}

/* Dates among numbers make a date, parties among terms a party. */
static enum bk_gavel_kind kind_of_item(
	const struct bk_gavel_side *side, struct bk_gavel_item item, enum bk_gavel_kind kind)
{
	for (uint32_t w = item.first; w < item.last; w++)
		if (side->kinds[w] == BK_GAVEL_DATE || side->kinds[w] == BK_GAVEL_PARTY ||
			kind == BK_GAVEL_KIND_COUNT)
			kind = side->kinds[w] == BK_GAVEL_KIND_COUNT ? kind : side->kinds[w];
	return kind;
}

/* One that came or went, or one that gave way to another: as phrases. */
static int tell_pair(struct bk_gaveller *gaveller, const struct bk_run *change, struct bk_gavel_item old,
	struct bk_gavel_item now, enum bk_gavel_group group)
{
	const struct bk_gavel_side was = old_side(gaveller), is = new_side(gaveller);
	enum bk_gavel_kind kind = BK_GAVEL_KIND_COUNT;
	struct bk_run words = {change->old, change->old, change->now, change->now};

	if (group == BK_GAVEL_QUANTITIES && old.first < old.last && now.first < now.last &&
		bk_renumbering_is_followed(&gaveller->renumbering, old.first, now.first))
		return BK_OK;
	old = bk_gavel_item_widen(&was, old, group);
	now = bk_gavel_item_widen(&is, now, group);
	now = bk_gavel_item_widen(&is, bk_gavel_item_counterpart(&was, old, now), group);
	old = bk_gavel_item_widen(&was, bk_gavel_item_counterpart(&is, now, old), group);
	if ((group == BK_GAVEL_ACTORS || group == BK_GAVEL_MODALS) && old.first < old.last &&
		now.first < now.last) {
		old = bk_gavel_item_cover(&was, old, change->old, change->old_end);
		now = bk_gavel_item_cover(&is, now, change->now, change->now_end);
	}
	if (bk_gavel_item_same(&was, old, &is, now))
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
	return bk_gaveller_tell(gaveller, kind, &words);
}

static int tell_group(struct bk_gaveller *gaveller, const struct bk_run *change, enum bk_gavel_group group)
{
	const struct bk_gavel_side was = old_side(gaveller), is = new_side(gaveller);
	static const struct bk_gavel_item none = {0, 0};
	struct bk_gavel_items old, now;
	int status = BK_OK;

	bk_gavel_items_collect(&was, change->old, change->old_end, group, &old);
	bk_gavel_items_collect(&is, change->now, change->now_end, group, &now);
	bk_gavel_items_drop_common(&was, &old, &is, &now);
	if (group == BK_GAVEL_CONJUNCTIONS && !is_conjunction_alone(change, &old, &now))
		return BK_OK;
	if (group == BK_GAVEL_QUANTITIES && now.count == 0)
		bk_gavel_items_join(&was, &old);
	if (group == BK_GAVEL_QUANTITIES && old.count == 0)
		bk_gavel_items_join(&is, &now);
	for (size_t i = 0; (i < old.count || i < now.count) && status == BK_OK; i++)
		status = tell_pair(gaveller, change, i < old.count ? old.list[i] : none,
			i < now.count ? now.list[i] : none, group);
	return status;
}

static bool has_modal(const struct bk_gavel_side *side, uint32_t first, uint32_t last)
{
	for (uint32_t w = first; w < last; w++)
		if (side->kinds[w] == BK_GAVEL_MODAL)
			return true;
	return false;
}

/* A sentence binds by its modal, or by what it says that a term means. */
static bool binds(const struct bk_gavel_side *side, uint32_t first, uint32_t last)
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
static bool is_elsewhere(const struct bk_gavel_side *side, uint32_t first, uint32_t last)
{
	uint32_t found = 0;

	for (uint32_t w = first; w < last; w++)
		found += side->strays[w] != BK_NONE;
	return found > 0 && 2 * found >= last - first;
}

/* Most of a sentence that binds, against next to nothing on the other side. */
static bool is_sentence(const struct bk_gaveller *gaveller, const struct bk_run *change)
{
	const uint32_t gone = change->old_end - change->old, come = change->now_end - change->now;
	const struct bk_gavel_side was = old_side(gaveller), is = new_side(gaveller);

	if (gone >= SENTENCE && 3 * come < gone)
		return binds(&was, change->old, change->old_end);
	if (come >= SENTENCE && 3 * gone < come)
		return binds(&is, change->now, change->now_end);
	return false;
}

static int tell_sentence(struct bk_gaveller *gaveller, const struct bk_run *change)
{
	const struct bk_gavel_side was = old_side(gaveller), is = new_side(gaveller);

	if (is_elsewhere(&was, change->old, change->old_end) ||
		is_elsewhere(&is, change->now, change->now_end))
		return BK_OK;
	return bk_gaveller_tell(gaveller, BK_GAVEL_SENTENCE, change);
}

/* "shall decide on" that became "shall consider": the modal stands, what it commands does not. */
static bool is_commanded(const struct bk_gaveller *gaveller, const struct bk_run *change)
{
	const struct bk_gavel_side was = old_side(gaveller), is = new_side(gaveller);

	return change->old < change->old_end && change->now < change->now_end && change->old > 0 &&
	       change->now > 0 && was.matched[change->old - 1] == change->now - 1 &&
	       was.kinds[change->old - 1] == BK_GAVEL_MODAL &&
	       !has_modal(&was, change->old, change->old_end) &&
	       !has_modal(&is, change->now, change->now_end);
}

static int tell_change(struct bk_gaveller *gaveller, const struct bk_run *change)
{
	int status = BK_OK;

	if (is_sentence(gaveller, change))
		return tell_sentence(gaveller, change);
	if (is_commanded(gaveller, change))
		status = bk_gaveller_tell(gaveller, BK_GAVEL_MODAL,
			&(struct bk_run){change->old - 1, change->old + 1, change->now - 1, change->now + 1});
	for (enum bk_gavel_group group = 0; group < BK_GAVEL_GROUP_COUNT && status == BK_OK; group++)
		status = tell_group(gaveller, change, group);
	return status;
}

/* A paragraph that came or went: its figures are no changes of figures. */
static int tell_whole(struct bk_gaveller *gaveller, const struct bk_run *change)
{
	const struct bk_gavel_side was = old_side(gaveller), is = new_side(gaveller);

	if (!binds(&was, change->old, change->old_end) && !binds(&is, change->now, change->now_end))
		return BK_OK;
	return tell_sentence(gaveller, change);
}

/* ---- All changes --------------------------------------------------------------------------------------- */

static int tell_passage(struct bk_gaveller *gaveller, uint32_t passage)
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

static int tell_invisible(struct bk_gaveller *gaveller)
{
	const struct bk_comparison *comparison = gaveller->comparison;
	int status = BK_OK;

	for (size_t i = 0; i < comparison->differences.len && status == BK_OK; i++) {
		const struct bk_difference *difference = &comparison->differences.items[i];

		if (strcmp(difference->detail, "invisible") != 0 &&
			strcmp(difference->detail, "line ends") != 0)
			continue;
		status = bk_gaveller_add(gaveller,
			(struct bk_gavel_line){.kind = BK_GAVEL_INVISIBLE,
				.in_old = true,
				.in_new = true,
				.old_span = difference->old_span,
				.new_span = bk_rewrapping_span_to_laid(
					&comparison->rewrapping, difference->new_span)},
			0);
	}
	return status;
}

/* ---- What was agreed ----------------------------------------------------------------------------------- */

/* What the text says of itself: the provision, or else the paragraph, in which "[agreed]" stands. */
static int find_agreed(struct bk_gaveller *gaveller)
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
		status = bk_gavel_spans_add(&gaveller->agreed, (struct bk_span){block->start, block->end});
	}
	return status;
}

/* ---- Notes to the drafters ----------------------------------------------------------------------------- */

static int find_notes(const bk_draft *draft, bk_gavel_spans *notes)
{
	int status = BK_OK;

	for (size_t b = 0; b < draft->bracket_count && status == BK_OK; b++) {
		const struct bk_bracket *bracket = &draft->brackets[b];

		if (bracket->class == BK_CLASS_NOTE)
			status = bk_gavel_spans_add(notes, (struct bk_span){bracket->start, bracket->end});
	}
	bk_gavel_spans_order(notes);
	return status;
}

/* ---- All of it ----------------------------------------------------------------------------------------- */

/* From the new text as it was laid out to the one that was asked for. */
static void put_in_place(struct bk_gaveller *gaveller)
{
	const struct bk_rewrapping *rewrapping = &gaveller->comparison->rewrapping;

	for (size_t i = 0; i < gaveller->gavel->lines.len; i++) {
		struct bk_gavel_line *line = &gaveller->gavel->lines.items[i];

		if (!line->in_new)
			continue;
		line->new_span = bk_rewrapping_span_to_asked(rewrapping, line->new_span);
		line->context = bk_rewrapping_span_to_asked(rewrapping, line->context);
	}
}

int bk_gavel_new(
	bk_gavel **out, const bk_comparison *comparison, const struct bk_span *agreed, size_t agreed_count)
{
	struct bk_gaveller gaveller = {.comparison = comparison, .matches = &comparison->matches};
	int status = BK_OK;

	gaveller.gavel = bk_calloc(1, sizeof *gaveller.gavel);
	if (!gaveller.gavel)
		return bk_fail_memory();
	for (size_t i = 0; i < agreed_count && status == BK_OK; i++)
		status = bk_gavel_spans_add(&gaveller.agreed, agreed[i]);
	if (status == BK_OK)
		status = find_agreed(&gaveller);
	bk_gavel_spans_order(&gaveller.agreed);
	if (status == BK_OK)
		status = find_notes(comparison->old_draft, &gaveller.old_notes);
	if (status == BK_OK)
		status = find_notes(comparison->new_draft, &gaveller.new_notes);
	if (status == BK_OK)
		status = bk_binding_kinds_find(&gaveller.kinds, gaveller.matches);
	if (status == BK_OK)
		status = bk_renumbering_find(&gaveller.renumbering, gaveller.matches);
	for (uint32_t p = 0; p < comparison->matches.alignment.passages.len && status == BK_OK; p++)
		status = tell_passage(&gaveller, p);
	if (status == BK_OK)
		status = tell_invisible(&gaveller);
	if (status == BK_OK)
		status = bk_gaveller_order(&gaveller);
	put_in_place(&gaveller);
	BK_VEC_RELEASE(&gaveller.agreed);
	BK_VEC_RELEASE(&gaveller.old_notes);
	BK_VEC_RELEASE(&gaveller.new_notes);
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
