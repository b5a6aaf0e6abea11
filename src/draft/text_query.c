/*
 * Lines and brackets of a snapshot.
 *
 * What can be told from the ready part is told from it; only where the answer lies beyond is the tail of a
 * lazy text summed up.
 */
#include "draft/text_seek.h"
#include "draft/text_snapshot.h"

/* The root over everything. */
static const struct bk_chunk *everything(const bk_snapshot *snapshot)
{
	struct bk_snapshot *changed = (struct bk_snapshot *)(uintptr_t)snapshot; /* only what it remembers */
	struct bk_tail *tail = snapshot->tail;
	const struct bk_chunk *joined = atomic_load_explicit(&snapshot->joined, memory_order_acquire);
	struct bk_chunk *rest;

	if (!tail)
		return snapshot->root;
	if (joined)
		return joined;
	bk_tail_sum(tail); /* without memory for it, tail->whole does */
	pthread_mutex_lock(&tail->lock);
	joined = atomic_load_explicit(&snapshot->joined, memory_order_relaxed);
	rest = tail->tree;
	if (!joined && !rest) {
		if (!tail->summed)
			bk_chunk_init_leaf(&tail->whole, tail->source->bytes + tail->start,
				tail->source->len - tail->start);
		tail->summed = true;
		rest = &tail->whole;
	}
	if (!joined) {
		joined = rest;
		if (snapshot->root) {
			bk_chunk_init_inner(&changed->top, snapshot->root, rest);
			joined = &changed->top;
		}
		atomic_store_explicit(&changed->joined, joined, memory_order_release);
	}
	pthread_mutex_unlock(&tail->lock);
	return joined;
}

/* The root that knows all about the bytes before offset. */
static const struct bk_chunk *up_to(const bk_snapshot *snapshot, size_t offset)
{
	return offset <= bk_chunk_size(snapshot->root) ? snapshot->root : everything(snapshot);
}

static size_t seek_forward(const bk_snapshot *snapshot, size_t offset, enum bk_seek what)
{
	const size_t hit = bk_seek_forward(snapshot->root, offset, what);

	return hit != BK_NOWHERE || !snapshot->tail ? hit
						    : bk_seek_forward(everything(snapshot), offset, what);
}

static size_t seek_backward(const bk_snapshot *snapshot, size_t offset, enum bk_seek what)
{
	return bk_seek_backward(up_to(snapshot, offset), offset, what);
}

static size_t within(const bk_snapshot *snapshot, size_t offset)
{
	return offset < snapshot->size ? offset : snapshot->size;
}

size_t bk_snapshot_lines(const bk_snapshot *snapshot)
{
	const struct bk_chunk *root = everything(snapshot);
	const char *last;
	size_t len;

	if (!root)
		return 0;
	bk_snapshot_piece(snapshot, snapshot->size - 1, &last, &len);
	return root->tally[0].lines + (*last != '\n');
}

size_t bk_snapshot_line_of(const bk_snapshot *snapshot, size_t offset)
{
	offset = within(snapshot, offset);
	return bk_seek_line_of(up_to(snapshot, offset), offset);
}

size_t bk_snapshot_line_start(const bk_snapshot *snapshot, size_t line)
{
	size_t start = bk_seek_line(snapshot->root, line);

	if (start == BK_NOWHERE && snapshot->tail)
		start = bk_seek_line(everything(snapshot), line);
	return start < snapshot->size ? start : BK_NOWHERE;
}

size_t bk_snapshot_line_end(const bk_snapshot *snapshot, size_t line)
{
	const size_t start = bk_snapshot_line_start(snapshot, line);
	const char *bytes;
	size_t end, len;

	if (start == BK_NOWHERE)
		return BK_NOWHERE;
	end = bk_seek_line(snapshot->root, line + 1);
	if (end == BK_NOWHERE && snapshot->tail)
		end = bk_seek_line(everything(snapshot), line + 1);
	if (end == BK_NOWHERE)
		return snapshot->size;
	end--;
	if (end == start)
		return end;
	bk_snapshot_piece(snapshot, end - 1, &bytes, &len);
	return *bytes == '\r' ? end - 1 : end;
}

struct bk_bracket_counts bk_snapshot_brackets(const bk_snapshot *snapshot)
{
	const struct bk_chunk *root = everything(snapshot);
	const struct bk_tally none = {0};
	const struct bk_tally *tally = root ? &root->tally[0] : &none;

	return (struct bk_bracket_counts){
		.opens = tally->opens,
		.closes = tally->closes,
		.pairs = tally->closes - tally->lacking,
		.unmatched_open = bk_tally_left(tally),
		.unmatched_close = tally->lacking,
		.depth = tally->peak,
	};
}

size_t bk_snapshot_opens(const bk_snapshot *snapshot, size_t offset)
{
	struct bk_tally before;

	offset = within(snapshot, offset);
	bk_seek_tally(up_to(snapshot, offset), offset, &before);
	return before.opens;
}

size_t bk_snapshot_depth(const bk_snapshot *snapshot, size_t offset)
{
	struct bk_tally before;

	offset = within(snapshot, offset);
	bk_seek_tally(up_to(snapshot, offset), offset, &before);
	return bk_tally_left(&before);
}

/* The bracket character at offset, or 0. */
static char bracket_at(const bk_snapshot *snapshot, size_t offset)
{
	const char *bytes;
	size_t len;

	bk_snapshot_piece(snapshot, offset, &bytes, &len);
	if (!len || (*bytes != '[' && *bytes != ']'))
		return 0;
	return bk_seek_bracket(up_to(snapshot, offset + 1), offset);
}

bool bk_snapshot_enclosing(const bk_snapshot *snapshot, size_t offset, struct bk_span *out)
{
	struct bk_span span;

	offset = within(snapshot, offset);
	span.start = bracket_at(snapshot, offset) == '[' ? offset
							 : seek_backward(snapshot, offset, BK_SEEK_PARTNER);
	if (span.start == BK_NOWHERE)
		return false;
	span.end = seek_forward(snapshot, span.start + 1, BK_SEEK_PARTNER);
	if (span.end != BK_NOWHERE)
		span.end++;
	*out = span;
	return true;
}

size_t bk_snapshot_match(const bk_snapshot *snapshot, size_t offset)
{
	switch (bracket_at(snapshot, offset)) {
	case '[': return seek_forward(snapshot, offset + 1, BK_SEEK_PARTNER);
	case ']': return seek_backward(snapshot, offset, BK_SEEK_PARTNER);
	default: return BK_NOWHERE;
	}
}

static enum bk_seek seek_of(char kind)
{
	return kind == '[' ? BK_SEEK_OPEN : kind == ']' ? BK_SEEK_CLOSE : BK_SEEK_ANY;
}

size_t bk_snapshot_next_bracket(const bk_snapshot *snapshot, size_t offset, char kind)
{
	return seek_forward(snapshot, offset, seek_of(kind));
}

size_t bk_snapshot_previous_bracket(const bk_snapshot *snapshot, size_t offset, char kind)
{
	return seek_backward(snapshot, within(snapshot, offset), seek_of(kind));
}
