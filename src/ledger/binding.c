/*
 * Binding: which recorded bracket stands where in a draft.
 *
 *	carried over by who knows (edits, a diff)   ->  by its newest anchor  ->  by older ones  ->  by its id
 *
 * What is not found is an orphan with its last words, never dropped.  What a binding does not do is look at
 * other revisions: that is the affair of a diff above, whose answers come in as `carried`.
 */
#include "ledger/binding.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/vec.h"
#include "ledger/finder.h"
#include "ledger/recorded.h"

#include <stdlib.h>

enum { TWINS = 64 }; /* more records of equal words and surroundings are no persons' doing */

struct binder {
	struct bk_records records;
	const bk_draft *draft;
	struct bk_finder finder;
	struct bk_place *places;
	const char **ids; /* of places, in runs */
};

/* ---- Rounds ---------------------------------------------------------------------------------------- */

/* An id that is not found yet, with the anchor of this round. */
struct seeker {
	const struct bk_anchor *anchor;
	const char *id;
	bool by_words;
};

static int compare_seekers(const void *a, const void *b)
{
	const struct seeker *x = a, *y = b;
	int order = strcmp(x->anchor->text, y->anchor->text);

	if (order == 0)
		order = strcmp(x->anchor->before, y->anchor->before);
	if (order == 0)
		order = strcmp(x->anchor->after, y->anchor->after);
	if (order == 0)
		order = strcmp(x->anchor->path, y->anchor->path);
	if (order == 0 && x->anchor->start != y->anchor->start)
		order = x->anchor->start < y->anchor->start ? -1 : 1;
	return order;
}

static int compare_whole(const void *a, const void *b)
{
	const struct seeker *x = a, *y = b;
	const int order = compare_seekers(a, b);

	return order ? order : strcmp(x->id, y->id);
}

static size_t collect(const struct binder *binder, size_t round, struct seeker *seekers)
{
	size_t count = 0;

	for (size_t i = 0; i < binder->records.items.len; i++) {
		const struct bk_recorded *record = &binder->records.items.items[i];

		if (record->bracket == BK_NONE && !record->settled && round < record->anchor_count)
			seekers[count++] =
				(struct seeker){record->anchors[round], record->id, record->by_words};
	}
	if (count)
		qsort(seekers, count, sizeof *seekers, compare_whole);
	return count;
}

/* Ids recorded at the same spot seek together. */
static size_t make_places(struct binder *binder, const struct seeker *seekers, size_t count)
{
	size_t places = 0;

	for (size_t i = 0; i < count; i++) {
		binder->ids[i] = seekers[i].id;
		if (i > 0 && compare_seekers(&seekers[i - 1], &seekers[i]) == 0)
			binder->places[places - 1].count++;
		else
			binder->places[places++] = (struct bk_place){
				.anchor = seekers[i].anchor, .ids = &binder->ids[i], .count = 1};
		binder->places[places - 1].by_words |= seekers[i].by_words;
	}
	return places;
}

static struct bk_recorded *record_of(struct binder *binder, const char *id)
{
	size_t index;

	return bk_map_get(&binder->records.index, bk_str_of(id), &index) ? &binder->records.items.items[index]
									 : NULL;
}

static void take_places(struct binder *binder, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct bk_place *place = &binder->places[i];

		for (size_t n = 0; n < place->count; n++) {
			struct bk_recorded *record = record_of(binder, place->ids[n]);

			if (record->gone && !place->exact)
				continue;
			record->bracket = place->bracket;
			record->likeness = place->likeness;
			record->exact = place->exact;
		}
	}
}

static int run_round(struct binder *binder, size_t round, struct seeker *seekers)
{
	const size_t count = collect(binder, round, seekers);
	const size_t places = make_places(binder, seekers, count);
	int status;

	if (places == 0)
		return BK_OK;
	status = bk_finder_run(&binder->finder, binder->places, places);
	if (status == BK_OK)
		take_places(binder, places);
	return status;
}

static int run_rounds(struct binder *binder)
{
	const size_t count = binder->records.items.len;
	struct seeker *seekers = bk_calloc(count + 1, sizeof *seekers);
	int status = BK_OK;

	binder->places = bk_calloc(count + 1, sizeof *binder->places);
	binder->ids = bk_calloc(count + 1, sizeof *binder->ids);
	if (!seekers || !binder->places || !binder->ids)
		status = bk_fail_memory();
	for (size_t round = 0; round < BK_RECORDED_ANCHORS && status == BK_OK; round++)
		status = run_round(binder, round, seekers);
	bk_free(seekers);
	return status;
}

/* ---- Other ways ------------------------------------------------------------------------------------ */

static void take_carried(struct binder *binder, const struct bk_carried *carried, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct bk_recorded *record = record_of(binder, carried[i].id);
		uint32_t bracket;

		if (record && carried[i].start == BK_NOWHERE) {
			record->settled = !carried[i].by_words;
			record->by_words = carried[i].by_words;
		}
		if (carried[i].start == BK_NOWHERE)
			continue;
		bracket = bk_draft_bracket_from(binder->draft, carried[i].start);
		if (!record || record->bracket != BK_NONE || bracket >= binder->draft->bracket_count ||
			binder->draft->brackets[bracket].start != carried[i].start)
			continue;
		record->bracket = bracket;
		record->likeness = 1;
		binder->finder.taken[bracket] = true;
	}
}

/* Events written by hand may have no anchor: then the id itself, which is made of path, words and turn. */
static void take_by_id(struct binder *binder)
{
	for (size_t i = 0; i < binder->records.items.len; i++) {
		struct bk_recorded *record = &binder->records.items.items[i];
		uint32_t bracket;

		if (record->bracket != BK_NONE || record->settled || record->anchor_count > 0)
			continue;
		bracket = bk_draft_bracket_named(binder->draft, record->id);
		if (bracket == BK_NONE || binder->finder.taken[bracket])
			continue;
		record->bracket = bracket;
		record->exact = true;
		binder->finder.taken[bracket] = true;
	}
}

static bool is_twin(const struct bk_anchor *a, const struct bk_anchor *b)
{
	return a->blob[0] && b->blob[0] && strcmp(a->blob, b->blob) != 0 && strcmp(a->text, b->text) == 0 &&
	       strcmp(a->before, b->before) == 0 && strcmp(a->after, b->after) == 0;
}

static int compare_spots(const void *a, const void *b)
{
	const struct bk_anchor *x = (*(struct bk_recorded *const *)a)->anchors[0];
	const struct bk_anchor *y = (*(struct bk_recorded *const *)b)->anchors[0];
	int order = strcmp(x->text, y->text);

	if (order == 0)
		order = strcmp(x->before, y->before);
	return order ? order : strcmp(x->after, y->after);
}

/* Of records with equal words and surroundings: the only bracket at which any of them is found, else NULL. */
static struct bk_recorded *only_found(struct bk_recorded **run, size_t count)
{
	struct bk_recorded *found = NULL;

	for (size_t i = 0; i < count; i++) {
		if (run[i]->bracket == BK_NONE)
			continue;
		if (found && found->bracket != run[i]->bracket)
			return NULL;
		found = run[i];
	}
	return found;
}

/* True when the same revision had such words twice: then they are two brackets, and one of them is gone. */
static bool is_double(struct bk_recorded **run, size_t count, const struct bk_recorded *lost)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(run[i]->anchors[0]->blob, lost->anchors[0]->blob) == 0 &&
			run[i]->anchors[0]->start != lost->anchors[0]->start)
			return true;
	return false;
}

static void join_run(struct bk_recorded **run, size_t count)
{
	const struct bk_recorded *found = only_found(run, count);

	for (size_t i = 0; i < count && found; i++) {
		if (run[i]->bracket != BK_NONE || !is_twin(run[i]->anchors[0], found->anchors[0]) ||
			is_double(run, count, run[i]))
			continue;
		run[i]->bracket = found->bracket;
		run[i]->likeness = found->likeness;
	}
}

/*
 * Two persons who worked on different revisions may have recorded one bracket under two ids.  Where one id is
 * found and the other is left over with the very same words and surroundings, they stand together.
 */
static int join_twins(struct binder *binder)
{
	struct bk_recorded **list = bk_calloc(binder->records.items.len + 1, sizeof *list);
	size_t count = 0;

	if (!list)
		return bk_fail_memory();
	for (size_t i = 0; i < binder->records.items.len; i++)
		if (binder->records.items.items[i].anchor_count > 0 &&
			!binder->records.items.items[i].settled)
			list[count++] = &binder->records.items.items[i];
	qsort(list, count, sizeof(void *), compare_spots);
	for (size_t first = 0, end; first < count; first = end) {
		for (end = first + 1; end < count && compare_spots(&list[first], &list[end]) == 0; end++)
			;
		if (end - first > 1 && end - first <= TWINS)
			join_run(list + first, end - first);
	}
	bk_free(list);
	return BK_OK;
}

static int bind(struct binder *binder, const struct bk_carried *carried, size_t count)
{
	int status = bk_finder_init(&binder->finder, binder->draft);

	if (status < 0)
		return status;
	take_carried(binder, carried, count);
	status = run_rounds(binder);
	if (status == BK_OK) {
		take_by_id(binder);
		status = join_twins(binder);
	}
	bk_free(binder->places);
	bk_free(binder->ids);
	return status;
}

/* ---- The result ------------------------------------------------------------------------------------ */

static enum bk_trust trust_of(const struct binder *binder, const struct bk_recorded *record)
{
	const struct bk_anchor *anchor = record->anchor_count ? record->anchors[0] : NULL;

	if (record->bracket == BK_NONE)
		return BK_TRUST_ORPHAN;
	if (!anchor)
		return BK_TRUST_EXACT;
	if (!bk_anchor_same_words(anchor, &binder->finder.digests, record->bracket))
		return BK_TRUST_CHANGED;
	if (strcmp(anchor->path, bk_draft_path(binder->draft, record->bracket)) != 0)
		return BK_TRUST_MOVED;
	return record->exact || record->likeness >= 0.5 ? BK_TRUST_EXACT : BK_TRUST_MOVED;
}

static const struct bk_anchor *keep_anchor(struct bk_arena *arena, const struct bk_anchor *anchor)
{
	static const struct bk_anchor none = {"", "", "", "", "", 0, 0, ""};
	struct bk_anchor *copy = bk_arena_alloc(arena, sizeof *copy);
	const struct bk_anchor *from = anchor ? anchor : &none;

	if (!copy)
		return NULL;
	*copy = *from;
	copy->path = bk_arena_dup(arena, from->path, strlen(from->path));
	copy->text = bk_arena_dup(arena, from->text, strlen(from->text));
	copy->before = bk_arena_dup(arena, from->before, strlen(from->before));
	copy->after = bk_arena_dup(arena, from->after, strlen(from->after));
	copy->blob = bk_arena_dup(arena, from->blob, strlen(from->blob));
	copy->digest = bk_arena_dup(arena, from->digest, strlen(from->digest));
	return copy->path && copy->text && copy->before && copy->after && copy->blob && copy->digest ? copy
												     : NULL;
}

static int fill_list(bk_binding *binding, const struct binder *binder)
{
	for (size_t i = 0; i < binding->count; i++) {
		const struct bk_recorded *record = &binder->records.items.items[i];
		struct bk_bound *bound = &binding->list[i];

		bound->id = bk_arena_dup(&binding->arena, record->id, strlen(record->id));
		bound->bracket = record->bracket;
		bound->trust = trust_of(binder, record);
		bound->last = keep_anchor(&binding->arena, record->anchor_count ? record->anchors[0] : NULL);
		binding->statuses[i] = record->status;
		if (!bound->id || !bound->last || bk_map_set(&binding->ids, bk_str_of(bound->id), i) < 0)
			return bk_fail_memory();
		if (bound->bracket != BK_NONE)
			binding->by_bracket[binding->found++] = (uint32_t)i;
	}
	return BK_OK;
}

static int compare_found(const void *a, const void *b, void *context)
{
	const struct bk_recorded *records = context;
	const struct bk_recorded *x = &records[*(const uint32_t *)a], *y = &records[*(const uint32_t *)b];

	if (x->bracket != y->bracket)
		return x->bracket < y->bracket ? -1 : 1;
	return x->first < y->first ? -1 : x->first > y->first;
}

/* One override a bracket; of several ids the one recorded first names it. */
static void fill_overrides(bk_binding *binding, const struct binder *binder)
{
	for (size_t i = 0; i < binding->found; i++) {
		const uint32_t index = binding->by_bracket[i];
		const struct bk_recorded *record = &binder->records.items.items[index];
		const size_t start = binder->draft->brackets[record->bracket].start;
		struct bk_override *last =
			binding->override_count ? &binding->overrides[binding->override_count - 1] : NULL;

		if (!last || last->start != start) {
			last = &binding->overrides[binding->override_count++];
			*last = (struct bk_override){.start = start, .id = binding->list[index].id};
		}
		if (record->has_class && !last->has_class) {
			last->has_class = true;
			last->class = record->class;
		}
		if (record->has_choice && !last->has_choice) {
			last->has_choice = true;
			last->choice = record->choice;
		}
	}
}

static int make_binding(bk_binding **out, const struct binder *binder)
{
	bk_binding *binding = bk_calloc(1, sizeof *binding);
	const size_t count = binder->records.items.len;
	int status;

	if (!binding)
		return bk_fail_memory();
	binding->count = count;
	binding->list = bk_arena_array(&binding->arena, count + 1, sizeof *binding->list);
	binding->statuses = bk_arena_array(&binding->arena, count + 1, sizeof *binding->statuses);
	binding->by_bracket = bk_arena_array(&binding->arena, count + 1, sizeof *binding->by_bracket);
	binding->overrides = bk_arena_array(&binding->arena, count + 1, sizeof *binding->overrides);
	status = binding->list && binding->statuses && binding->by_bracket && binding->overrides
			 ? fill_list(binding, binder)
			 : bk_fail_memory();
	if (status < 0) {
		bk_binding_free(binding);
		return status;
	}
	if (binding->found) {
		qsort_r(binding->by_bracket, binding->found, sizeof *binding->by_bracket, compare_found,
			binder->records.items.items);
		fill_overrides(binding, binder);
	}
	*out = binding;
	return BK_OK;
}

int bk_binding_new_carried(bk_binding **out, const bk_ledger *ledger, const bk_draft *draft,
	const struct bk_carried *carried, size_t count)
{
	struct binder binder = {.draft = draft};
	int status = bk_records_collect(&binder.records, ledger, draft);

	if (status == BK_OK && binder.records.items.len > 0)
		status = bind(&binder, carried, count);
	if (status == BK_OK)
		status = make_binding(out, &binder);
	bk_finder_release(&binder.finder);
	bk_records_release(&binder.records);
	return status;
}

int bk_binding_new(bk_binding **out, const bk_ledger *ledger, const bk_draft *draft)
{
	return bk_binding_new_carried(out, ledger, draft, NULL, 0);
}

void bk_binding_free(bk_binding *binding)
{
	if (!binding)
		return;
	bk_map_release(&binding->ids);
	bk_arena_release(&binding->arena);
	bk_free(binding);
}

const struct bk_bound *bk_binding_list(const bk_binding *binding, size_t *count)
{
	*count = binding->count;
	return binding->list;
}

const struct bk_override *bk_binding_overrides(const bk_binding *binding, size_t *count)
{
	*count = binding->override_count;
	return binding->overrides;
}

const uint32_t *bk_binding_at(const bk_binding *binding, uint32_t bracket, size_t *count)
{
	size_t low = BK_SEARCH(i, binding->found, binding->list[binding->by_bracket[i]].bracket < bracket),
	       end;

	for (end = low; end < binding->found && binding->list[binding->by_bracket[end]].bracket == bracket;)
		end++;
	*count = end - low;
	return binding->by_bracket + low;
}

enum bk_span_status bk_status_of(
	const bk_binding *binding, const bk_ledger *ledger, uint32_t bracket, const struct bk_event **event)
{
	const struct bk_bound_status *newest = NULL;
	size_t count, events;
	const uint32_t *ids = bk_binding_at(binding, bracket, &count);

	for (size_t i = 0; i < count; i++) {
		const struct bk_bound_status *status = &binding->statuses[ids[i]];

		if (status->any && (!newest || newest->event < status->event))
			newest = status;
	}
	if (event) {
		const struct bk_event *list = bk_ledger_events(ledger, &events);

		*event = newest && newest->event < events ? &list[newest->event] : NULL;
	}
	return newest ? newest->status : BK_STATUS_OPEN;
}
