/*
 * The union of two ledgers: every line of both, once, in an order that depends on the lines alone.
 *
 *	lines that are events, by (instant, event, bytes)
 *	lines that are none (torn, malformed, of a later schema), by bytes
 *
 * So it is commutative, associative and idempotent.  Lines lose a CR before their LF and gain a missing
 * last LF; blank lines go; else no byte changes.  Two lines of one event that differ both stay: which of them
 * counts is the reader's affair.
 */
#include "ledger/ledger.h"

#include "base/error.h"

#include <stdlib.h>

struct unite {
	struct bk_arena arena;
	BK_VEC(struct bk_ledger_line) events;
	BK_VEC(struct bk_str) others;
};

static int take_line(struct unite *unite, struct bk_str bytes)
{
	struct bk_ledger_line line = {.bytes = bytes};
	struct bk_ledger_line *event;
	struct bk_str *other;
	const int status = bk_event_read(&unite->arena, bytes, &line.event, &line.instant);

	if (status == BK_OK) {
		event = BK_VEC_PUSH(&unite->events);
		if (!event)
			return bk_fail_memory();
		*event = line;
		return BK_OK;
	}
	if (status != BK_EFORMAT)
		return status;
	other = BK_VEC_PUSH(&unite->others);
	if (!other)
		return bk_fail_memory();
	*other = bytes;
	return BK_OK;
}

static int take_all(struct unite *unite, struct bk_str bytes)
{
	struct bk_str line;
	size_t at = 0;
	int status = BK_OK;

	while (status == BK_OK && bk_ledger_next_line(bytes, &at, &line))
		if (bk_str_trim(line).len > 0)
			status = take_line(unite, line);
	return status;
}

static int compare_others(const void *a, const void *b)
{
	const struct bk_str *x = a, *y = b;

	return bk_str_compare(*x, *y);
}

static void put_line(struct bk_buf *out, struct bk_str line, struct bk_str *last)
{
	if (last->ptr && bk_str_equal(line, *last))
		return;
	bk_buf_put_str(out, line);
	bk_buf_putc(out, '\n');
	*last = line;
}

static void put_all(struct unite *unite, struct bk_buf *out)
{
	struct bk_str last = {NULL, 0};

	if (unite->events.len)
		qsort(unite->events.items, unite->events.len, sizeof *unite->events.items,
			bk_ledger_line_compare);
	if (unite->others.len)
		qsort(unite->others.items, unite->others.len, sizeof *unite->others.items, compare_others);
	for (size_t i = 0; i < unite->events.len; i++)
		put_line(out, unite->events.items[i].bytes, &last);
	for (size_t i = 0; i < unite->others.len; i++)
		put_line(out, unite->others.items[i], &last);
}

int bk_ledger_union(const char *a, size_t a_len, const char *b, size_t b_len, char **out, size_t *out_len)
{
	struct unite unite = {0};
	struct bk_buf bytes = BK_BUF_INIT;
	char *detached = NULL;
	size_t len;
	int status = take_all(&unite, (struct bk_str){a, a_len});

	if (status == BK_OK)
		status = take_all(&unite, (struct bk_str){b, b_len});
	if (status == BK_OK) {
		put_all(&unite, &bytes);
		detached = bk_buf_detach(&bytes, &len);
		status = detached ? BK_OK : bk_fail_memory();
	}
	if (status == BK_OK) {
		*out = detached;
		*out_len = len;
	}
	bk_buf_release(&bytes);
	BK_VEC_RELEASE(&unite.events);
	BK_VEC_RELEASE(&unite.others);
	bk_arena_release(&unite.arena);
	return status;
}
