/*
 * The ledger: lines in, events in order out.
 *
 * What it is not: it opens no file and knows no draft.  See event.c for the format of a line.
 */
#include "ledger/ledger.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int bk_ledger_line_compare(const void *a, const void *b)
{
	const struct bk_ledger_line *x = a, *y = b;
	int order = bk_instant_compare(x->instant, y->instant);

	if (order == 0)
		order = strcmp(x->event.event, y->event.event);
	return order ? order : bk_str_compare(x->bytes, y->bytes);
}

bool bk_ledger_next_line(struct bk_str bytes, size_t *at, struct bk_str *line)
{
	struct bk_str rest;

	if (*at == 0 && bk_str_starts(bytes, BK_STR("\xef\xbb\xbf")))
		*at = 3;
	rest = bk_str_skip(bytes, *at);
	if (rest.len == 0)
		return false;
	*line = (struct bk_str){rest.ptr, bk_str_find(rest, '\n')};
	*at += line->len + 1;
	if (line->len > 0 && line->ptr[line->len - 1] == '\r')
		line->len--;
	return true;
}

int bk_ledger_new(bk_ledger **out)
{
	bk_ledger *ledger = bk_calloc(1, sizeof *ledger);

	if (!ledger || !BK_VEC_RESERVE(&ledger->faults, 1)) {
		bk_free(ledger);
		return bk_fail_memory();
	}
	ledger->faults.items[0] = NULL;
	*out = ledger;
	return BK_OK;
}

void bk_ledger_free(bk_ledger *ledger)
{
	if (!ledger)
		return;
	BK_VEC_RELEASE(&ledger->events);
	BK_VEC_RELEASE(&ledger->instants);
	BK_VEC_RELEASE(&ledger->faults);
	bk_map_release(&ledger->ids);
	bk_arena_release(&ledger->arena);
	bk_free(ledger);
}

const struct bk_event *bk_ledger_events(const bk_ledger *ledger, size_t *count)
{
	*count = ledger->events.len;
	return ledger->events.items;
}

const char *const *bk_ledger_faults(const bk_ledger *ledger)
{
	return ledger->faults.items;
}

/* ---- Reading --------------------------------------------------------------------------------------- */

struct reader {
	bk_ledger *ledger;
	const char *name;
	BK_VEC(struct bk_ledger_line) lines;
};

static int add_fault(struct reader *reader, size_t number, const char *what)
{
	bk_ledger *ledger = reader->ledger;
	const char *fault = bk_arena_printf(&ledger->arena, "%s:%zu: %s", reader->name, number, what);

	if (!fault || !BK_VEC_RESERVE(&ledger->faults, 2))
		return bk_fail_memory();
	ledger->faults.items[ledger->faults.len++] = fault;
	ledger->faults.items[ledger->faults.len] = NULL;
	return BK_OK;
}

/* An event that is there already: the same line counts once; of two that differ, the one whose bytes come
 * first counts, whatever the order of lines. */
static int add_again(struct reader *reader, size_t index, const struct bk_ledger_line *line)
{
	struct bk_ledger_line *before = &reader->lines.items[index];
	const int order = bk_str_compare(before->bytes, line->bytes);
	const size_t left_out = order > 0 ? before->number : line->number;
	char what[160];

	if (order == 0)
		return BK_OK;
	if (order > 0)
		*before = *line;
	snprintf(what, sizeof what, "event '%s' is there twice, with other words: this line is left out",
		line->event.event);
	return add_fault(reader, left_out, what);
}

static int read_line(struct reader *reader, struct bk_str bytes, size_t number)
{
	struct bk_ledger_line line = {.bytes = bytes, .number = number};
	struct bk_ledger_line *slot;
	size_t *index;
	int status = bk_event_read(&reader->ledger->arena, bytes, &line.event, &line.instant);

	if (status < 0)
		return status == BK_EFORMAT ? add_fault(reader, number, bk_error_message()) : status;
	index = bk_map_slot(&reader->ledger->ids, bk_str_of(line.event.event), SIZE_MAX);
	if (!index)
		return bk_fail_memory();
	if (*index != SIZE_MAX)
		return add_again(reader, *index, &line);
	*index = reader->lines.len;
	slot = BK_VEC_PUSH(&reader->lines);
	if (!slot)
		return bk_fail_memory();
	*slot = line;
	return BK_OK;
}

static int read_all(struct reader *reader, struct bk_str bytes)
{
	struct bk_str line;
	size_t at = 0;
	int status = BK_OK;

	for (size_t number = 1; status == BK_OK && bk_ledger_next_line(bytes, &at, &line); number++)
		if (bk_str_trim(line).len > 0)
			status = read_line(reader, line, number);
	return status;
}

static int take_lines(struct reader *reader)
{
	bk_ledger *ledger = reader->ledger;
	const size_t count = reader->lines.len;

	if (count == 0)
		return BK_OK;
	qsort(reader->lines.items, count, sizeof *reader->lines.items, bk_ledger_line_compare);
	if (!BK_VEC_RESERVE(&ledger->events, count) || !BK_VEC_RESERVE(&ledger->instants, count))
		return bk_fail_memory();
	for (size_t i = 0; i < count; i++) {
		ledger->events.items[i] = reader->lines.items[i].event;
		ledger->instants.items[i] = reader->lines.items[i].instant;
	}
	ledger->events.len = ledger->instants.len = count;
	return BK_OK;
}

int bk_ledger_parse(bk_ledger **out, const char *bytes, size_t len, const char *name)
{
	struct reader reader = {.name = name ? name : "ledger"};
	int status = bk_ledger_new(&reader.ledger);

	if (status < 0)
		return status;
	status = read_all(&reader, (struct bk_str){bytes, len});
	if (status == BK_OK)
		status = take_lines(&reader);
	BK_VEC_RELEASE(&reader.lines);
	if (status == BK_OK)
		*out = reader.ledger;
	else
		bk_ledger_free(reader.ledger);
	return status;
}

/* ---- Adding ---------------------------------------------------------------------------------------- */

/* Index of the first event after all of this instant. */
static size_t after_instant(const bk_ledger *ledger, struct bk_instant instant)
{
	return BK_SEARCH(
		i, ledger->instants.len, bk_instant_compare(ledger->instants.items[i], instant) <= 0);
}

/* Where an event with this id belongs among those of its instant. */
static size_t place_of(const bk_ledger *ledger, struct bk_instant instant, const char *id)
{
	size_t at = after_instant(ledger, instant);

	while (at > 0 && bk_instant_compare(ledger->instants.items[at - 1], instant) == 0 &&
		strcmp(ledger->events.items[at - 1].event, id) > 0)
		at--;
	return at;
}

/* An id that sorts after all events of the same instant, so that what is said last in a second counts last.
 */
static int make_id(const bk_ledger *ledger, struct bk_instant instant, char out[BK_EVENT_ID_LEN + 1])
{
	const size_t after = after_instant(ledger, instant);
	const bool same = after > 0 && bk_instant_compare(ledger->instants.items[after - 1], instant) == 0;
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return bk_event_id_make((uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000,
		same ? ledger->events.items[after - 1].event : NULL, out);
}

static void insert(bk_ledger *ledger, const struct bk_event *event, struct bk_instant instant)
{
	const size_t at = place_of(ledger, instant, event->event);
	const size_t rest = ledger->events.len - at;

	memmove(ledger->events.items + at + 1, ledger->events.items + at,
		rest * sizeof *ledger->events.items);
	memmove(ledger->instants.items + at + 1, ledger->instants.items + at,
		rest * sizeof *ledger->instants.items);
	ledger->events.items[at] = *event;
	ledger->instants.items[at] = instant;
	ledger->events.len++;
	ledger->instants.len++;
}

/* All that can fail, before anything is changed that shows. */
static int prepare(bk_ledger *ledger, const struct bk_event *event, struct bk_buf *line)
{
	int status = bk_event_write(event, line);

	if (status == BK_OK && (!BK_VEC_RESERVE(&ledger->events, 1) || !BK_VEC_RESERVE(&ledger->instants, 1)))
		status = bk_fail_memory();
	if (status == BK_OK)
		status = bk_map_set(&ledger->ids, bk_str_of(event->event), 1);
	return status;
}

int bk_ledger_add(bk_ledger *ledger, const struct bk_event *event, char **line)
{
	char id[BK_EVENT_ID_LEN + 1];
	struct bk_buf bytes = BK_BUF_INIT;
	struct bk_instant instant;
	struct bk_event copy;
	size_t known;
	int status = bk_event_copy(&ledger->arena, event, &copy);

	if (status == BK_OK)
		status = bk_event_check(&copy, BK_EINVAL, &instant);
	if (status == BK_OK && copy.event[0] == '\0') {
		status = make_id(ledger, instant, id);
		if (status == BK_OK && !(copy.event = bk_arena_dup(&ledger->arena, id, BK_EVENT_ID_LEN)))
			status = bk_fail_memory();
	}
	if (status == BK_OK && bk_map_get(&ledger->ids, bk_str_of(copy.event), &known))
		status = bk_fail(BK_EEXISTS, "cannot record event '%s': it is in the ledger", copy.event);
	if (status == BK_OK)
		status = prepare(ledger, &copy, &bytes);
	if (status == BK_OK) {
		insert(ledger, &copy, instant);
		*line = bk_buf_detach(&bytes, NULL);
	}
	bk_buf_release(&bytes);
	return status;
}

void bk_ledger_line_free(char *line)
{
	bk_free(line);
}
