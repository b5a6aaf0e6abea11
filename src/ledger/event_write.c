/* Events as JSON lines, keys in the order in which people read them; and copies of events. */
#include "ledger/event.h"

#include "base/error.h"
#include "base/json.h"

static void set(bk_json *object, const char *key, const char *value)
{
	if (value[0])
		bk_json_set_text(object, key, bk_str_of(value));
}

static void set_anchor(bk_json *object, const struct bk_anchor *anchor)
{
	bk_json *value;

	if (!anchor->text[0] && !anchor->path[0])
		return;
	value = bk_json_object();
	set(value, "path", anchor->path);
	set(value, "text", anchor->text);
	set(value, "before", anchor->before);
	set(value, "after", anchor->after);
	set(value, "blob", anchor->blob);
	set(value, "digest", anchor->digest);
	bk_json_set_size(value, "start", anchor->start);
	bk_json_set_size(value, "end", anchor->end);
	bk_json_set(object, "anchor", value);
}

static void set_conditions(bk_json *object, const struct bk_event *event)
{
	bk_json *list;

	if (event->condition_count == 0)
		return;
	list = bk_json_array();
	for (size_t i = 0; i < event->condition_count; i++)
		bk_json_add_text(list, bk_str_of(event->conditions[i]));
	bk_json_set(object, "if", list);
}

static void set_event(bk_json *object, const struct bk_event *event)
{
	bk_json_set_size(object, "schema", 1);
	set(object, "event", event->event);
	set(object, "time", event->time);
	set(object, "author", event->author);
	set(object, "party", event->party);
	set(object, "act", bk_event_act_name(event->act));
	set(object, "bracket", event->bracket);
	if (event->alternative)
		bk_json_set_size(object, "alternative", event->alternative);
	set(object, "value", event->value);
	set(object, "from", event->from);
	set(object, "written", event->written);
	set_anchor(object, &event->anchor);
	set(object, "reason", event->reason);
	set_conditions(object, event);
	set(object, "source", event->source);
	set(object, "speaker", event->speaker);
	set(object, "capacity", event->capacity);
}

int bk_event_write(const struct bk_event *event, struct bk_buf *out)
{
	const size_t before = out->len;
	bk_json *object = bk_json_object();
	int status;

	if (!object)
		return bk_fail_memory();
	set_event(object, event);
	status = bk_json_write(object, out);
	bk_json_free(object);
	if (status < 0)
		return status;
	if (out->len - before > BK_EVENT_LINE_MAX) {
		bk_buf_remove(out, before, out->len - before);
		return bk_fail(BK_EINVAL, "cannot record the event: its line would be over %zu bytes",
			BK_EVENT_LINE_MAX);
	}
	bk_buf_putc(out, '\n');
	return bk_buf_status(out);
}

/* ---- Copies ---------------------------------------------------------------------------------------- */

static bool copy(struct bk_arena *arena, const char **string)
{
	if (!*string || !(*string)[0]) {
		*string = "";
		return true;
	}
	*string = bk_arena_dup(arena, *string, strlen(*string));
	return *string != NULL;
}

static bool copy_conditions(struct bk_arena *arena, struct bk_event *event)
{
	const char **list = bk_arena_array(arena, event->condition_count + 1, sizeof *list);

	if (!list)
		return false;
	for (size_t i = 0; i < event->condition_count; i++) {
		list[i] = event->conditions[i];
		if (!copy(arena, &list[i]))
			return false;
	}
	event->conditions = list;
	return true;
}

int bk_event_copy(struct bk_arena *arena, const struct bk_event *event, struct bk_event *out)
{
	struct bk_event made = *event;
	const char **const strings[] = {&made.event, &made.time, &made.author, &made.party, &made.bracket,
		&made.reason, &made.source, &made.speaker, &made.capacity, &made.value, &made.from,
		&made.written, &made.anchor.path, &made.anchor.text, &made.anchor.before, &made.anchor.after,
		&made.anchor.blob, &made.anchor.digest};

	for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
		if (!copy(arena, strings[i]))
			return bk_fail_memory();
	if (!copy_conditions(arena, &made))
		return bk_fail_memory();
	*out = made;
	return BK_OK;
}
