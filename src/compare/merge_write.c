/* The base with all events, and where its bytes stand in what comes out. */
#include "compare/merge_private.h"

#include "base/alloc.h"
#include "base/sort.h"

#include <stdlib.h>

static uint64_t offset_of_event(const void *event)
{
	return ((const struct bk_merge_event *)event)->at;
}

static int compare_events(const void *a, const void *b)
{
	const struct bk_merge_event *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	/* What began last ends first; what ends last begins first. */
	if ((x->rank == BK_RANK_END || x->rank == BK_RANK_BEGIN) && x->far != y->far)
		return x->far > y->far ? -1 : 1;
	if (x->second != y->second)
		return x->second ? 1 : -1;
	if ((x->rank == BK_RANK_POINT || x->rank == BK_RANK_LAST_POINT) && x->far != y->far)
		return x->far < y->far ? -1 : 1;
	if (x->turn != y->turn)
		return (x->turn < y->turn) == (x->rank == BK_RANK_END) ? -1 : 1;
	/* So it is with what is round others. */
	if (x->rank == BK_RANK_END && x->turn == BK_TURN_AROUND)
		return x->number > y->number ? -1 : x->number < y->number;
	return x->number < y->number ? -1 : x->number > y->number;
}

static int compare_offsets(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* Each once, though several brackets may stand round it. */
static int add_literals(struct bk_merge *merge)
{
	if (merge->placed.literals.len)
		qsort(merge->placed.literals.items, merge->placed.literals.len,
			sizeof *merge->placed.literals.items, compare_offsets);
	for (size_t i = 0; i < merge->placed.literals.len; i++)
		if ((i == 0 || merge->placed.literals.items[i] != merge->placed.literals.items[i - 1]) &&
			!bk_placed_event(&merge->placed, merge->placed.literals.items[i], BK_RANK_LITERAL, 0,
				BK_STR("\\")))
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

/* Whether an event has to do with what stands in a span, not beside it. */
static bool is_inside(const struct bk_merge_event *event, struct bk_span span)
{
	if (event->at == span.start)
		return event->rank >= BK_RANK_BEGIN &&
		       (event->rank != BK_RANK_BEGIN || event->far <= span.end);
	return event->at < span.end ||
	       ((event->rank == BK_RANK_END || event->rank == BK_RANK_BELOW) && event->far >= span.start);
}

static struct bk_span words_of(const struct bk_merge *merge, uint32_t move)
{
	return merge->regions.list.items[merge->moves.items[move].source].words;
}

static size_t first_at(const struct bk_merge *merge, size_t offset)
{
	return BK_SEARCH(i, merge->placed.events.len, merge->placed.events.items[i].at < offset);
}

/* Events inside of what moved are written there. */
static void mark_moved(struct bk_merge *merge)
{
	for (uint32_t m = 0; m < merge->moves.len; m++) {
		const struct bk_span words = words_of(merge, m);

		if (!merge->moves.items[m].taken)
			continue;
		for (size_t i = first_at(merge, words.start);
			i < merge->placed.events.len && merge->placed.events.items[i].at <= words.end; i++) {
			struct bk_merge_event *event = &merge->placed.events.items[i];
			const bool own = event->rank == BK_RANK_GIVES_WAY && event->at == words.start &&
					 event->far >= words.end;

			if (!own && is_inside(event, words))
				event->inside = m;
		}
	}
}

/* What is written of the events, and of the base up to `at`. */
struct writing {
	struct bk_merge *merge;
	size_t *stands; /* where each event's text stands, by its number */
	size_t at;
};

static int write_event(struct writing *writing, const struct bk_merge_event *event)
{
	struct bk_merge *merge = writing->merge;
	int status;

	writing->stands[event->number] = SIZE_MAX;
	if ((event->layout || event->rank == BK_RANK_LITERAL) && event->at < writing->at)
		return BK_OK;
	status = copy_base(merge, writing->at, event->at);
	if (event->at > writing->at)
		writing->at = event->at;
	if (event->begins)
		merge->placed.places.items[event->place].out.start = merge->out.len;
	if (event->place != BK_NONE && merge->placed.places.items[event->place].bracketed &&
		event->text.len && (event->text.ptr[0] == '[' || event->text.ptr[0] == ']') &&
		bk_merge_ends_literal(bk_buf_str(&merge->out)))
		bk_buf_putc(&merge->out, '\\');
	writing->stands[event->number] = merge->out.len;
	bk_buf_put_str(&merge->out, event->text);
	return status;
}

static int end_event(struct writing *writing, const struct bk_merge_event *event)
{
	if (event->ends)
		writing->merge->placed.places.items[event->place].out.end = writing->merge->out.len;
	if (event->rank == BK_RANK_GIVES_WAY && writing->stands[event->number] != SIZE_MAX &&
		event->far > writing->at)
		writing->at = event->far;
	return BK_OK;
}

/* A paragraph where it came; one that stood in it and moved on is not there any more. */
static int write_moved(struct bk_merge *merge, size_t *stands, uint32_t move)
{
	const struct bk_span words = words_of(merge, move);
	struct writing writing = {merge, stands, words.start};
	int status = BK_OK;

	for (size_t i = first_at(merge, words.start);
		i < merge->placed.events.len && merge->placed.events.items[i].at <= words.end &&
		status == BK_OK;
		i++) {
		const struct bk_merge_event *event = &merge->placed.events.items[i];

		if (event->inside != move)
			continue;
		status = write_event(&writing, event);
		end_event(&writing, event);
	}
	return status == BK_OK ? copy_base(merge, writing.at, words.end) : status;
}

static int write_events(struct bk_merge *merge, size_t *stands)
{
	struct writing writing = {merge, stands, 0};
	int status = BK_OK;

	for (size_t i = 0; i < merge->placed.events.len && status == BK_OK; i++) {
		const struct bk_merge_event *event = &merge->placed.events.items[i];

		if (event->inside != BK_NONE)
			continue;
		status = write_event(&writing, event);
		if (status == BK_OK && event->brings != BK_NONE)
			status = write_moved(merge, stands, event->brings);
		end_event(&writing, event);
	}
	if (status == BK_OK)
		status = copy_base(merge, writing.at, merge->base.tokens.bytes.len);
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
	for (size_t i = 0; i < merge->placed.proposals.len; i++) {
		struct bk_merge_proposal *proposal = &merge->placed.proposals.items[i];
		const struct bk_standing *standing = &merge->placed.standings.items[i];

		if (standing->event == BK_NONE) {
			proposal->out.start = stands_at(merge, standing->span.start, false);
			proposal->out.end = stands_at(merge, standing->span.end, true);
			if (proposal->out.end < proposal->out.start)
				proposal->out.end = proposal->out.start;
			continue;
		}
		if (stands[standing->event] == SIZE_MAX) { /* layout where something else gave way */
			proposal->fate = BK_MERGE_LEFT;
			merge->placed.places.items[proposal->place].proposal_count--;
			proposal->place = BK_NONE;
			proposal->out.start = proposal->out.end =
				stands_at(merge, proposal->base.start, false);
			continue;
		}
		proposal->out = (struct bk_span){stands[standing->event] + standing->span.start,
			stands[standing->event] + standing->span.end};
	}
}

static uint64_t bracket_of_name(const void *name)
{
	return ((const struct bk_merge_naming *)name)->bracket;
}

static int compare_names(const void *a, const void *b)
{
	const struct bk_merge_naming *x = a, *y = b;

	if (x->bracket != y->bracket)
		return x->bracket < y->bracket ? -1 : 1;
	if (x->act != y->act)
		return x->act < y->act ? -1 : 1;
	return strcmp(x->party, y->party);
}

static int find_names(struct bk_merge *merge, const size_t *stands)
{
	for (size_t i = 0; i < merge->placed.names.len; i++) {
		const struct bk_named_at *named = &merge->placed.named.items[i];

		merge->placed.names.items[i].bracket = named->event == BK_NONE
							       ? stands_at(merge, named->at, false)
							       : stands[named->event] + named->at;
	}
	return bk_sort(merge->placed.names.items, merge->placed.names.len, sizeof *merge->placed.names.items,
		bracket_of_name, compare_names);
}

int bk_merge_write(struct bk_merge *merge)
{
	size_t *stands = NULL;
	int status = add_literals(merge);

	if (status == BK_OK) {
		stands = bk_malloc((merge->placed.events.len + 1) * sizeof *stands);
		if (!stands)
			status = bk_fail_memory();
	}
	if (status == BK_OK)
		status = bk_sort(merge->placed.events.items, merge->placed.events.len,
			sizeof *merge->placed.events.items, offset_of_event, compare_events);
	if (status == BK_OK) {
		bk_buf_reserve(&merge->out, merge->base.tokens.bytes.len + 64 * merge->placed.events.len);
		mark_moved(merge);
		status = write_events(merge, stands);
	}
	if (status == BK_OK && merge->moves.len)
		status = bk_merge_sort_copies(&merge->of_base);
	if (status == BK_OK) {
		find_standings(merge, stands);
		status = find_names(merge, stands);
	}
	bk_free(stands);
	return status;
}
