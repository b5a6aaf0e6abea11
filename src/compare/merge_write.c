/* The base with all events, and where its bytes stand in what comes out. */
#include "compare/merge_private.h"

#include "base/alloc.h"

#include <stdlib.h>

struct bk_event *bk_merge_event(
	struct bk_merge *merge, size_t at, enum bk_rank rank, size_t far, struct bk_str text)
{
	struct bk_event *event = BK_VEC_PUSH(&merge->events);

	if (event)
		*event = (struct bk_event){.at = at,
			.far = far,
			.text = text,
			.place = BK_NONE,
			.number = (uint32_t)(merge->events.len - 1),
			.rank = (uint8_t)rank};
	return event;
}

static int compare_events(const void *a, const void *b)
{
	const struct bk_event *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	/* What began last ends first; what ends last begins first. */
	if ((x->rank == BK_RANK_END || x->rank == BK_RANK_BEGIN) && x->far != y->far)
		return x->far > y->far ? -1 : 1;
	if (x->turn != y->turn)
		return (x->turn < y->turn) == (x->rank == BK_RANK_END) ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

static int add_literals(struct bk_merge *merge)
{
	for (size_t i = 0; i < merge->literals.len; i++)
		if (!bk_merge_event(merge, merge->literals.items[i], BK_RANK_LITERAL, 0, BK_STR("\\")))
			return bk_fail_memory();
	return BK_OK;
}

/* Copy the base from `at` to `until`. */
static int copy_base(struct bk_merge *merge, size_t at, size_t until)
{
	struct bk_copy *copy;

	if (until <= at)
		return BK_OK;
	copy = BK_VEC_PUSH(&merge->of_base);
	if (!copy)
		return bk_fail_memory();
	*copy = (struct bk_copy){merge->out.len, at, until - at};
	bk_buf_put(&merge->out, merge->base.tokens.bytes.ptr + at, until - at);
	return BK_OK;
}

/* Where each event's text stands, by its number. */
static int write_events(struct bk_merge *merge, size_t *stands)
{
	size_t at = 0;
	int status = BK_OK;

	for (size_t i = 0; i < merge->events.len && status == BK_OK; i++) {
		const struct bk_event *event = &merge->events.items[i];

		stands[event->number] = SIZE_MAX;
		if (event->rank == BK_RANK_GIVES_WAY && event->layout && event->at < at)
			continue;
		if (i && event->rank == BK_RANK_LITERAL &&
			merge->events.items[i - 1].rank == BK_RANK_LITERAL &&
			merge->events.items[i - 1].at == event->at)
			continue;
		status = copy_base(merge, at, event->at);
		if (event->at > at)
			at = event->at;
		if (event->begins)
			merge->places.items[event->place].out.start = merge->out.len;
		stands[event->number] = merge->out.len;
		bk_buf_put_str(&merge->out, event->text);
		if (event->ends)
			merge->places.items[event->place].out.end = merge->out.len;
		if (event->rank == BK_RANK_GIVES_WAY && event->far > at)
			at = event->far;
	}
	if (status == BK_OK)
		status = copy_base(merge, at, merge->base.tokens.bytes.len);
	return status == BK_OK ? bk_buf_status(&merge->out) : status;
}

/* Where an offset of the base stands; where what gave way stood. */
static size_t stands_at(const struct bk_merge *merge, size_t offset, bool behind)
{
	const struct bk_copy *copies = merge->of_base.items;
	size_t i = BK_SEARCH(
		k, merge->of_base.len, behind ? copies[k].source < offset : copies[k].source <= offset);

	if (i == 0)
		return merge->of_base.len ? copies[0].out : 0;
	i--;
	if (offset - copies[i].source > copies[i].len)
		offset = copies[i].source + copies[i].len;
	return copies[i].out + (offset - copies[i].source);
}

static void find_standings(struct bk_merge *merge, const size_t *stands)
{
	for (size_t i = 0; i < merge->proposals.len; i++) {
		struct bk_merge_proposal *proposal = &merge->proposals.items[i];
		const struct bk_standing *standing = &merge->standings.items[i];

		if (standing->event == BK_NONE) {
			proposal->out.start = stands_at(merge, standing->span.start, false);
			proposal->out.end = stands_at(merge, standing->span.end, true);
			if (proposal->out.end < proposal->out.start)
				proposal->out.end = proposal->out.start;
			continue;
		}
		if (stands[standing->event] == SIZE_MAX) { /* layout where something else gave way */
			proposal->fate = BK_MERGE_LEFT;
			proposal->place = BK_NONE;
			proposal->out.start = proposal->out.end =
				stands_at(merge, proposal->base.start, false);
			continue;
		}
		proposal->out = (struct bk_span){stands[standing->event] + standing->span.start,
			stands[standing->event] + standing->span.end};
	}
}

int bk_merge_write(struct bk_merge *merge)
{
	size_t *stands = NULL;
	int status = add_literals(merge);

	if (status == BK_OK) {
		stands = bk_malloc((merge->events.len + 1) * sizeof *stands);
		if (!stands)
			status = bk_fail_memory();
	}
	if (status == BK_OK && merge->events.len)
		qsort(merge->events.items, merge->events.len, sizeof *merge->events.items, compare_events);
	if (status == BK_OK) {
		bk_buf_reserve(&merge->out, merge->base.tokens.bytes.len + 64 * merge->events.len);
		status = write_events(merge, stands);
	}
	if (status == BK_OK)
		find_standings(merge, stands);
	bk_free(stands);
	return status;
}
