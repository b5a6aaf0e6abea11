/* Paragraphs that moved: the place where one stood with those where it came, and putting it at one of them. */
#include "app/placing_private.h"

#include "base/alloc.h"
#include "base/error.h"
#include "draft/changes.h"
#include "draft/settle.h"

#include <string.h>

/* ---- One place ----------------------------------------------------------------------------------------- */

/* A place with one of the ends that its paragraph moved to: it is placed when neither stands in brackets. */
static void join_target(struct bk_placing_place *place, const struct bk_placing_place *target)
{
	if (place->bracket == BK_NONE && target->bracket != BK_NONE) {
		place->bracket = target->bracket;
		place->offset = target->offset;
		place->state = BK_PLACING_OPEN;
	} else if (place->bracket == BK_NONE && target->state == BK_PLACING_LOST) {
		place->state = BK_PLACING_LOST;
	}
	if (target->won != BK_NONE && place->won == BK_NONE) {
		place->won = target->won;
		place->offset = place->bracket == BK_NONE ? target->offset : place->offset;
	}
}

/* The part of the draft where a paragraph stands now that was moved, up to a blank line behind it. */
static struct bk_span paragraph_at(const struct bk_placing *placing, const struct bk_placing_place *target)
{
	size_t count;
	const struct bk_proof_place *all = bk_proof_places(placing->proof, &count);
	struct bk_followed followed;
	struct bk_str bytes;

	bk_comparison_follow(placing->comparison, all[target->first].out.span, &followed);
	bytes.ptr = bk_draft_bytes(placing->now, &bytes.len);
	for (; followed.span.end < bytes.len; followed.span.end++) {
		const struct bk_str rest = bk_str_skip(bytes, followed.span.end);

		if (bk_str_starts(rest, BK_STR("\n\n")) || bk_str_starts(rest, BK_STR("\n\r\n")))
			break;
	}
	return followed.span;
}

/* The brackets of a place are those of the draft in a span, in the order that they had. */
static int find_own(struct bk_placing *placing, struct bk_placing_place *place, struct bk_span span)
{
	size_t count;
	const struct bk_bracket *all = bk_draft_brackets(placing->now, &count);
	const size_t before = place->own, before_count = place->own_count;

	place->own = placing->own.len;
	place->own_count = 0;
	for (uint32_t i = bk_draft_bracket_from(placing->now, span.start);
		i < count && all[i].start < span.end && place->own_count < before_count;
		i = bk_draft_bracket_from(placing->now, all[i].end)) {
		struct bk_placing_bracket *own = BK_VEC_PUSH(&placing->own);

		if (!own)
			return bk_fail_memory();
		*own = placing->own.items[before + place->own_count++];
		own->now = i;
	}
	return BK_OK;
}

/* What others want inside of a paragraph went with it to a target: no comparison tells of that, but its words. */
static int find_inside(struct bk_placing *placing, const struct bk_placing_place *place,
	const struct bk_placing_place *target)
{
	size_t count;
	const struct bk_proof_place *all = bk_proof_places(placing->proof, &count);
	const struct bk_span within = paragraph_at(placing, target);
	const size_t end = all[place->first].out.span.end;
	int status = BK_OK;

	for (size_t i = (size_t)(place - placing->places.items) + 1;
		i < placing->places.len && all[placing->places.items[i].first].out.span.start < end &&
		status == BK_OK;
		i++) {
		struct bk_placing_place *it = &placing->places.items[i];
		struct bk_span span;

		if (it->bracket != BK_NONE)
			continue;
		if (!bk_placing_search(placing, &placing->now_names, within, &all[it->first], &span)) {
			it->along = it->state == BK_PLACING_TAKEN;
			continue;
		}
		it->bracket = bk_draft_bracket_from(placing->now, span.start);
		it->offset = span.start;
		it->state = bk_placing_marked(all[it->first].mark, false);
		it->retained = it->otherwise = false;
		status = find_own(placing, it, span);
	}
	return status;
}

static int join_ends(struct bk_placing *placing, struct bk_placing_place *place)
{
	const struct bk_placing_place *targets = bk_placing_targets(placing, place);
	int status = BK_OK;

	for (size_t i = 0; i < place->target_count; i++)
		join_target(place, &targets[i]);
	for (size_t i = 0; i < place->target_count && placing->exact && status == BK_OK; i++)
		if (targets[i].won != BK_NONE)
			status = find_inside(placing, place, &targets[i]);
	return status;
}

int bk_placing_join_targets(struct bk_placing *placing)
{
	size_t count;
	const struct bk_proof_place *all = bk_proof_places(placing->proof, &count);
	const size_t target_count = placing->targets.len;
	int status = BK_OK;
	uint32_t *next = bk_calloc(count + 1, sizeof *next);
	struct bk_placing_place *sorted = bk_calloc(target_count + 1, sizeof *sorted);

	if (!next || !sorted) {
		bk_free(next);
		bk_free(sorted);
		return bk_fail_memory();
	}
	for (size_t i = 0; i < target_count; i++)
		next[all[placing->targets.items[i].first].from]++;
	for (size_t i = 0, at = 0; i < placing->places.len; i++) {
		struct bk_placing_place *place = &placing->places.items[i];

		place->target = at;
		place->target_count = next[place->first];
		next[place->first] = (uint32_t)at;
		at += place->target_count;
	}
	for (size_t i = 0; i < target_count; i++)
		sorted[next[all[placing->targets.items[i].first].from]++] = placing->targets.items[i];
	if (target_count)
		memcpy(placing->targets.items, sorted, target_count * sizeof *sorted);
	for (size_t i = 0; i < placing->places.len && status == BK_OK; i++)
		status = join_ends(placing, &placing->places.items[i]);
	bk_free(next);
	bk_free(sorted);
	return status;
}

/* ---- At one end ---------------------------------------------------------------------------------------- */

static const struct bk_bracket *bracket_of(const bk_placing *placing, const struct bk_placing_place *end)
{
	size_t count;

	return &bk_draft_brackets(placing->now, &count)[end->bracket];
}

static struct bk_str text_of(const bk_placing *placing, const struct bk_bracket *bracket)
{
	size_t len;
	const char *bytes = bk_draft_bytes(placing->now, &len);

	return (struct bk_str){bytes + bracket->text.start, bracket->text.end - bracket->text.start};
}

/* Whether others want something inside of the paragraph, and who moved it wants nothing else. */
static bool takes_along(const bk_placing *placing, const struct bk_placing_place *place,
	const struct bk_placing_place *target)
{
	size_t count;
	const struct bk_proof_place *all = bk_proof_places(placing->proof, &count);
	const struct bk_proof_proposal *moved =
		&bk_proof_proposals(placing->proof, &count)[all[target->first].first];
	const struct bk_str base = {all[place->first].words, all[place->first].len};
	const struct bk_str there = text_of(placing, bracket_of(placing, place));

	return bk_str_find(there, '[') < there.len &&
	       bk_str_equal(bk_str_trim(base), bk_str_trim((struct bk_str){moved->words, moved->len}));
}

/* The changes, and in their order one more that touches none of them; these are freed. */
static int add_between(bk_changes *changes, struct bk_span span, struct bk_str words, bk_changes **out)
{
	size_t count, i = 0;
	const struct bk_change *list = bk_changes_list(changes, &count);
	bk_changes *all = NULL;
	int status = bk_changes_new(&all);

	for (; status == BK_OK && i < count && list[i].span.start < span.start; i++)
		status = bk_changes_add(all, list[i].span, list[i].bytes, list[i].len);
	if (status == BK_OK)
		status = bk_changes_add(all, span, words.ptr, words.len);
	for (; status == BK_OK && i < count; i++)
		status = bk_changes_add(all, list[i].span, list[i].bytes, list[i].len);
	bk_changes_free(changes);
	if (status == BK_OK)
		*out = all;
	else
		bk_changes_free(all);
	return status;
}

int bk_placing_move(const bk_placing *placing, const struct bk_placing_place *place,
	const struct bk_placing_place *target, bk_changes **out)
{
	const struct bk_placing_place *all = bk_placing_targets(placing, place);
	const bool along = target && takes_along(placing, place, target);
	bk_cuts cuts = {0};
	bk_changes *changes;
	int status = (target ? bk_settle_delete : bk_settle_accept)(placing->now, place->bracket, &cuts);

	for (size_t i = 0; i < place->target_count && status == BK_OK; i++) {
		if (&all[i] != target)
			status = bk_settle_delete(placing->now, all[i].bracket, &cuts);
		else if (!along)
			status = bk_settle_accept(placing->now, all[i].bracket, &cuts);
	}
	status = bk_seam_finish(placing->now, status, &cuts, &changes);
	if (status != BK_OK)
		return status;
	if (!along) {
		*out = changes;
		return BK_OK;
	}
	return add_between(changes, bk_placing_whole(placing->now, bracket_of(placing, target)),
		text_of(placing, bracket_of(placing, place)), out);
}
