/* Names that the ledger keeps for a text: see bracked/ledger.h. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/vec.h"
#include "ledger/binding.h"
#include "ledger/event.h"
#include "ledger/recorded.h"

#include <assert.h>
#include <stdlib.h>

struct entry {
	struct bk_kept_name kept;
	size_t order;
};

struct bk_kept {
	struct bk_arena arena;
	struct bk_kept_name *list;
	size_t count;
	struct bk_override *overrides;
	size_t override_count;
};

/*
 * Names were written back, and it may be that this is not the text they were written into: the write was cut off, or
 * an older text put in its place.  So it is when the draft holds just the bytes that were rewritten, or when most of
 * the brackets stand without a name.  Of names that were written back before others were taken out nothing is asked:
 * those that were away then were recorded anew.  Names of an earlier compilation are kept no more, but in the text of
 * that.
 */
struct collector {
	bk_kept *kept;
	const bk_binding *binding;
	struct bk_origin origin;
	struct bk_map back;   /* id -> index behind the last event by which its names stand in the text */
	struct bk_map undone; /* id -> the same, of events that do not hold */
	size_t first;	      /* index behind the last name that was taken out */
	bool bare;	      /* most brackets of names written back since stand without a name */
	BK_VEC(struct entry) entries;
};

static uint32_t bracket_of(const bk_binding *binding, const char *id)
{
	size_t bound;

	return bk_map_get(&binding->ids, bk_str_of(id), &bound) ? binding->list[bound].bracket : BK_NONE;
}

static bool is_back(const struct bk_event *event)
{
	return event->act == BK_EVENT_ATTRIBUTE && !bk_event_is_name(event);
}

static void look_back(struct collector *collector, const struct bk_event *events, size_t count)
{
	size_t total, found = 0, bare = 0;
	const struct bk_bracket *brackets = bk_draft_brackets(collector->origin.draft, &total);

	collector->first = count;
	while (collector->first > 0 && !bk_event_is_name(&events[collector->first - 1]))
		collector->first--;
	for (size_t i = collector->first; i < count; i++) {
		const uint32_t bracket = bracket_of(collector->binding, events[i].bracket);

		if (!is_back(&events[i]) || bk_event_is_unsaid(&events[i]) || events[i].from[0] == '\0' ||
			bracket == BK_NONE)
			continue;
		found++;
		bare += brackets[bracket].attribution_count == 0;
	}
	collector->bare = bare > found / 2;
}

static bool holds(struct collector *collector, const struct bk_event *event, size_t index)
{
	if (bk_event_is_unsaid(event))
		return !bk_origin_is(&collector->origin, event);
	if (index < collector->first || event->from[0] == '\0')
		return true;
	return !collector->bare && !bk_origin_is(&collector->origin, event);
}

static int find_back(struct collector *collector, const struct bk_event *events, size_t count)
{
	look_back(collector, events, count);
	for (size_t i = 0; i < count; i++) {
		struct bk_map *map;

		if (!is_back(&events[i]))
			continue;
		map = holds(collector, &events[i], i) ? &collector->back : &collector->undone;
		if (bk_map_set(map, bk_str_of(events[i].bracket), i + 1) < 0)
			return BK_ENOMEM;
	}
	return BK_OK;
}

/* Whether names of an id that were taken out by the event at an index were written back later, as a map has it. */
static bool is_later(const struct bk_map *map, const struct bk_event *event, size_t index)
{
	size_t behind;

	return bk_map_get(map, bk_str_of(event->bracket), &behind) && behind > index;
}

static int add(struct collector *collector, const struct bk_event *event, size_t order)
{
	struct bk_arena *arena = &collector->kept->arena;
	const char *written = event->written[0] ? event->written : event->party;
	struct entry *entry = BK_VEC_PUSH(&collector->entries);

	if (!entry)
		return bk_fail_memory();
	entry->order = order;
	entry->kept.id = bk_arena_dup(arena, event->bracket, strlen(event->bracket));
	entry->kept.name.party = bk_arena_dup(arena, event->party, strlen(event->party));
	entry->kept.name.written = bk_arena_dup(arena, written, strlen(written));
	entry->kept.name.bracket = bracket_of(collector->binding, event->bracket);
	entry->kept.undone = is_later(&collector->undone, event, order);
	(void)bk_act_parse(event->value, &entry->kept.name.act);
	return entry->kept.id && entry->kept.name.party && entry->kept.name.written ? BK_OK
										    : bk_fail_memory();
}

static int collect(struct collector *collector, const bk_ledger *ledger)
{
	size_t count;
	const struct bk_event *events = bk_ledger_events(ledger, &count);
	int status = find_back(collector, events, count);

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		if (bk_event_is_name(&events[i]) && !bk_origin_is(&collector->origin, &events[i]) &&
			!is_later(&collector->back, &events[i], i))
			status = add(collector, &events[i], i);
	}
	return status;
}

static int compare(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order = 0;

	if (x->kept.name.bracket != y->kept.name.bracket)
		return x->kept.name.bracket < y->kept.name.bracket ? -1 : 1;
	if (x->kept.name.bracket == BK_NONE)
		order = strcmp(x->kept.id, y->kept.id);
	return order ? order : x->order < y->order ? -1 : x->order > y->order;
}

/* Whether the same party does the same to the same bracket in the list so far. */
static bool is_there(const bk_kept *kept, const struct bk_kept_name *one)
{
	for (size_t i = kept->count; i-- > 0;) {
		const struct bk_kept_name *other = &kept->list[i];

		if (other->name.bracket != one->name.bracket ||
			(one->name.bracket == BK_NONE && strcmp(other->id, one->id) != 0))
			return false;
		if (other->name.act == one->name.act && strcmp(other->name.party, one->name.party) == 0)
			return true;
	}
	return false;
}

static int fill(struct collector *collector)
{
	bk_kept *kept = collector->kept;
	const size_t count = collector->entries.len;

	kept->list = bk_arena_array(&kept->arena, count + 1, sizeof *kept->list);
	if (!kept->list)
		return bk_fail_memory();
	if (count)
		qsort(collector->entries.items, count, sizeof *collector->entries.items, compare);
	for (size_t i = 0; i < count; i++) {
		if (!is_there(kept, &collector->entries.items[i].kept))
			kept->list[kept->count++] = collector->entries.items[i].kept;
	}
	return BK_OK;
}

/* What the binding tells, with what the kept names of brackets say. */
static int fill_overrides(struct collector *collector)
{
	bk_kept *kept = collector->kept;
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(collector->origin.draft, &count);
	const struct bk_override *told = bk_binding_overrides(collector->binding, &kept->override_count);

	count = kept->override_count;
	kept->overrides = bk_arena_array(&kept->arena, count + 1, sizeof *kept->overrides);
	if (!kept->overrides)
		return bk_fail_memory();
	for (size_t i = 0; i < count; i++) {
		kept->overrides[i] = told[i];
		kept->overrides[i].id = bk_arena_dup(&kept->arena, told[i].id, strlen(told[i].id));
		if (!kept->overrides[i].id)
			return bk_fail_memory();
	}
	for (size_t i = 0; i < kept->count && kept->list[i].name.bracket != BK_NONE; i++) {
		const size_t start = brackets[kept->list[i].name.bracket].start;
		const size_t at = BK_SEARCH(k, count, told[k].start < start);

		assert(at < count && told[at].start == start);
		kept->overrides[at].acts |= (uint16_t)(1u << kept->list[i].name.act);
	}
	return BK_OK;
}

int bk_kept_new(bk_kept **out, const bk_draft *draft, const bk_binding *binding, const bk_ledger *ledger)
{
	struct collector collector = {.kept = bk_calloc(1, sizeof(bk_kept)),
		.binding = binding,
		.origin = {.draft = draft},
		.back = BK_MAP_INIT,
		.undone = BK_MAP_INIT};
	int status = collector.kept ? collect(&collector, ledger) : bk_fail_memory();

	if (status == BK_OK)
		status = fill(&collector);
	if (status == BK_OK)
		status = fill_overrides(&collector);
	BK_VEC_RELEASE(&collector.entries);
	bk_map_release(&collector.back);
	bk_map_release(&collector.undone);
	if (status == BK_OK)
		*out = collector.kept;
	else
		bk_kept_free(collector.kept);
	return status;
}

const struct bk_kept_name *bk_kept_list(const bk_kept *kept, size_t *count)
{
	*count = kept->count;
	return kept->list;
}

const struct bk_override *bk_kept_overrides(const bk_kept *kept, size_t *count)
{
	*count = kept->override_count;
	return kept->overrides;
}

void bk_kept_free(bk_kept *kept)
{
	if (!kept)
		return;
	bk_arena_release(&kept->arena);
	bk_free(kept);
}
