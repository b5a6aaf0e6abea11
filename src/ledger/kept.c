/* Names that the ledger keeps for a text: see bracked/ledger.h. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/vec.h"
#include "ledger/binding.h"
#include "ledger/event.h"
#include "ledger/recorded.h"

#include <stdlib.h>

struct entry {
	struct bk_kept_name kept;
	size_t order;
};

struct bk_kept {
	struct bk_arena arena;
	struct bk_kept_name *list;
	size_t count;
};

struct collector {
	bk_kept *kept;
	const bk_binding *binding;
	struct bk_map back; /* id -> index behind the last event by which its names stand in the text */
	BK_VEC(struct entry) entries;
};

/* Names that were last written back into just this draft, and are not in it, are still away: the write was cut off,
 * or the draft taken back. */
static int find_back(
	struct collector *collector, const struct bk_event *events, size_t count, const bk_draft *draft)
{
	struct bk_origin origin = {.draft = draft};
	size_t last = count;

	while (last > 0 && !bk_event_is_name(&events[last - 1]))
		last--;
	for (size_t i = 0; i < count; i++) {
		if (events[i].act == BK_EVENT_ATTRIBUTE && !bk_event_is_name(&events[i]) &&
			(i < last || !bk_origin_is(&origin, &events[i])) &&
			bk_map_set(&collector->back, bk_str_of(events[i].bracket), i + 1) < 0)
			return BK_ENOMEM;
	}
	return BK_OK;
}

static uint32_t bracket_of(const bk_binding *binding, const char *id)
{
	size_t bound;

	return bk_map_get(&binding->ids, bk_str_of(id), &bound) ? binding->list[bound].bracket : BK_NONE;
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
	(void)bk_act_parse(event->value, &entry->kept.name.act);
	return entry->kept.id && entry->kept.name.party && entry->kept.name.written ? BK_OK
										    : bk_fail_memory();
}

static int collect(struct collector *collector, const bk_ledger *ledger, const bk_draft *draft)
{
	size_t count, back;
	const struct bk_event *events = bk_ledger_events(ledger, &count);
	struct bk_origin origin = {.draft = draft};
	int status = find_back(collector, events, count, draft);

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		if (!bk_event_is_name(&events[i]) || bk_origin_is(&origin, &events[i]))
			continue;
		if (!bk_map_get(&collector->back, bk_str_of(events[i].bracket), &back) || back <= i)
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

int bk_kept_new(bk_kept **out, const bk_draft *draft, const bk_binding *binding, const bk_ledger *ledger)
{
	struct collector collector = {
		.kept = bk_calloc(1, sizeof(bk_kept)), .binding = binding, .back = BK_MAP_INIT};
	int status = collector.kept ? collect(&collector, ledger, draft) : bk_fail_memory();

	if (status == BK_OK)
		status = fill(&collector);
	BK_VEC_RELEASE(&collector.entries);
	bk_map_release(&collector.back);
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

void bk_kept_free(bk_kept *kept)
{
	if (!kept)
		return;
	bk_arena_release(&kept->arena);
	bk_free(kept);
}
