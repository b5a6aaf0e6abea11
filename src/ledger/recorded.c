/* One record for each id of a ledger, folded from its newest event to its oldest. */
#include "ledger/recorded.h"

#include "base/error.h"
#include "base/hash.h"
#include "ledger/event.h"
#include "ledger/status.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static bool same_spot(const struct bk_anchor *a, const struct bk_anchor *b)
{
	return strcmp(a->text, b->text) == 0 && strcmp(a->before, b->before) == 0 &&
	       strcmp(a->after, b->after) == 0;
}

static void add_anchor(struct bk_recorded *record, const struct bk_anchor *anchor)
{
	if (anchor->text[0] == '\0' || record->anchor_count == BK_RECORDED_ANCHORS)
		return;
	for (size_t i = 0; i < record->anchor_count; i++)
		if (same_spot(record->anchors[i], anchor))
			return;
	record->anchors[record->anchor_count++] = anchor;
}

static void add_classify(struct bk_recorded *record, const struct bk_event *event)
{
	if (!record->has_class && bk_class_parse(event->value, &record->class))
		record->has_class = true;
	else if (!record->has_choice && bk_choice_parse(event->value, &record->choice))
		record->has_choice = true;
}

static void add_event(struct bk_recorded *record, const struct bk_event *event, size_t index)
{
	if (record->first == SIZE_MAX)
		record->gone = event->act == BK_EVENT_CARRY && strcmp(event->value, "gone") == 0;
	record->first = index;
	add_anchor(record, &event->anchor);
	if (event->act == BK_EVENT_CLASSIFY)
		add_classify(record, event);
	if (event->act == BK_EVENT_STATUS && !record->status.any) {
		record->status.any = bk_span_status_parse(event->value, &record->status.status);
		record->status.event = index;
	}
}

static int compare_records(const void *a, const void *b)
{
	const struct bk_recorded *x = a, *y = b;

	return strcmp(x->id, y->id);
}

static struct bk_recorded *record_of(struct bk_records *records, const char *id)
{
	size_t *index = bk_map_slot(&records->index, bk_str_of(id), SIZE_MAX);
	struct bk_recorded *record;

	if (!index)
		return NULL;
	if (*index != SIZE_MAX)
		return &records->items.items[*index];
	record = BK_VEC_PUSH(&records->items);
	if (!record)
		return NULL;
	*index = records->items.len - 1;
	record->id = id;
	record->bracket = BK_NONE;
	record->first = SIZE_MAX;
	return record;
}

bool bk_origin_is(struct bk_origin *origin, const struct bk_event *event)
{
	if (event->from[0] == '\0')
		return false;
	if (origin->name[0] == '\0') {
		size_t len;
		const char *bytes = bk_draft_bytes(origin->draft, &len);

		snprintf(origin->name, sizeof origin->name, "%016" PRIx64, bk_hash(bytes, len));
	}
	return strcmp(event->from, origin->name) == 0;
}

int bk_records_collect(struct bk_records *records, const bk_ledger *ledger, const bk_draft *draft)
{
	size_t count;
	const struct bk_event *events = bk_ledger_events(ledger, &count);
	struct bk_origin origin = {.draft = draft};

	*records = (struct bk_records){0};
	while (count-- > 0) {
		struct bk_recorded *record;

		if ((events[count].act == BK_EVENT_CARRY || bk_event_is_name(&events[count]) ||
			    bk_event_is_unsaid(&events[count])) &&
			bk_origin_is(&origin, &events[count]))
			continue;
		record = record_of(records, events[count].bracket);
		if (!record)
			return bk_fail_memory();
		add_event(record, &events[count], count);
	}
	if (records->items.len)
		qsort(records->items.items, records->items.len, sizeof *records->items.items,
			compare_records);
	for (size_t i = 0; i < records->items.len; i++)
		if (bk_map_set(&records->index, bk_str_of(records->items.items[i].id), i) < 0)
			return BK_ENOMEM;
	return BK_OK;
}

void bk_records_release(struct bk_records *records)
{
	BK_VEC_RELEASE(&records->items);
	bk_map_release(&records->index);
}
