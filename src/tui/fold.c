/* Folds that follow the edits of a text. */
#include "tui/fold.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

#define NO_FOLD UINT32_MAX

void bk_folds_release(struct bk_folds *folds)
{
	BK_VEC_RELEASE(&folds->items);
	*folds = (struct bk_folds){.changes = folds->changes};
}

void bk_folds_clear(struct bk_folds *folds)
{
	folds->changes += folds->items.len > 0;
	folds->items.len = folds->gap = folds->shift = 0;
}

size_t bk_folds_count(const struct bk_folds *folds)
{
	return folds->items.len;
}

static size_t shift_of(const struct bk_folds *folds, size_t i)
{
	return i >= folds->gap ? folds->shift : 0;
}

struct bk_span bk_folds_get(const struct bk_folds *folds, size_t i)
{
	const struct bk_fold *const fold = &folds->items.items[i];
	const size_t shift = shift_of(folds, i);
	return (struct bk_span){fold->start + shift, fold->end + shift};
}

/* Write the shift into the folds between the gap and where it is to be. */
static void move_gap(struct bk_folds *folds, size_t to)
{
	for (; folds->gap < to; folds->gap++) {
		folds->items.items[folds->gap].start += folds->shift;
		folds->items.items[folds->gap].end += folds->shift;
	}
	while (folds->gap > to) {
		folds->gap--;
		folds->items.items[folds->gap].start -= folds->shift;
		folds->items.items[folds->gap].end -= folds->shift;
	}
}

static void close_gap(struct bk_folds *folds)
{
	move_gap(folds, folds->items.len);
	folds->shift = 0;
}

/* ---- Who holds whom ---- */

/* Find the outer one of each fold, all written out; those that cross the one before are left out. */
static void link_all(struct bk_folds *folds)
{
	struct bk_fold *const items = folds->items.items;
	size_t kept = 0;
	for (size_t i = 0; i < folds->items.len; i++) {
		uint32_t outer = kept > 0 ? (uint32_t)(kept - 1) : NO_FOLD;
		while (outer != NO_FOLD && items[outer].end <= items[i].start)
			outer = items[outer].outer;
		const bool again = kept > 0 && items[kept - 1].start == items[i].start &&
				   items[kept - 1].end == items[i].end;
		if (again || (outer != NO_FOLD && items[outer].end < items[i].end))
			continue;
		items[kept] = items[i];
		items[kept++].outer = outer;
	}
	folds->items.len = folds->gap = kept;
	folds->shift = 0;
	folds->changes++;
}

static int by_start(const void *a, const void *b)
{
	const struct bk_fold *const x = a, *const y = b;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end > y->end ? -1 : x->end < y->end;
}

static void settle(struct bk_folds *folds)
{
	if (folds->items.len > 1)
		qsort(folds->items.items, folds->items.len, sizeof *folds->items.items, by_start);
	link_all(folds);
}

int bk_folds_add(
	struct bk_folds *folds, const struct bk_span *spans, size_t count, size_t text_size, bool open_end)
{
	if (folds->items.len + count >= NO_FOLD || !BK_VEC_RESERVE(&folds->items, count))
		return bk_fail_memory();
	close_gap(folds);
	for (size_t i = 0; i < count; i++)
		folds->items.items[folds->items.len++] = (struct bk_fold){
			.start = spans[i].start,
			.end = spans[i].end,
			.open_end = open_end && spans[i].end == text_size,
		};
	settle(folds);
	return BK_OK;
}

int bk_folds_copy(struct bk_folds *to, const struct bk_folds *from)
{
	const size_t count = from->items.len;
	if (count > to->items.len && !BK_VEC_RESERVE(&to->items, count - to->items.len))
		return bk_fail_memory();
	if (count > 0)
		memcpy(to->items.items, from->items.items, count * sizeof *to->items.items);
	to->items.len = count;
	to->gap = from->gap;
	to->shift = from->shift;
	to->changes++;
	return BK_OK;
}

/* ---- Asking ---- */

/* How many folds start before offset, or at it with `also`. */
static size_t count_before(const struct bk_folds *folds, size_t offset, bool also)
{
	return BK_SEARCH(i, folds->items.len,
		bk_folds_get(folds, i).start < offset || (also && bk_folds_get(folds, i).start == offset));
}

static bool holds(const struct bk_folds *folds, size_t i, size_t offset)
{
	const struct bk_span span = bk_folds_get(folds, i);
	return offset >= span.start &&
	       (offset < span.end || (offset == span.end && folds->items.items[i].open_end));
}

int bk_folds_give(struct bk_folds *from, size_t offset, struct bk_folds *to)
{
	size_t kept = 0, given = 0;
	for (size_t i = 0; i < from->items.len; i++)
		given += !holds(from, i, offset);
	if (given == 0)
		return BK_OK;
	if (to->items.len + given >= NO_FOLD || !BK_VEC_RESERVE(&to->items, given))
		return bk_fail_memory();
	close_gap(from);
	close_gap(to);
	for (size_t i = 0; i < from->items.len; i++) {
		if (holds(from, i, offset))
			from->items.items[kept++] = from->items.items[i];
		else
			to->items.items[to->items.len++] = from->items.items[i];
	}
	from->items.len = kept;
	settle(from);
	settle(to);
	return BK_OK;
}

/* The innermost fold that holds offset, or NO_FOLD. */
static uint32_t innermost(const struct bk_folds *folds, size_t offset)
{
	const size_t before = count_before(folds, offset, true);
	uint32_t i = before > 0 ? (uint32_t)(before - 1) : NO_FOLD;
	while (i != NO_FOLD && !holds(folds, i, offset))
		i = folds->items.items[i].outer;
	return i;
}

static uint32_t outermost(const struct bk_folds *folds, size_t offset)
{
	uint32_t i = innermost(folds, offset);
	while (i != NO_FOLD && folds->items.items[i].outer != NO_FOLD)
		i = folds->items.items[i].outer;
	return i;
}

bool bk_folds_at(const struct bk_folds *folds, size_t offset, struct bk_span *out)
{
	if (folds->items.len == 0)
		return false;
	const uint32_t i = outermost(folds, offset);
	if (i == NO_FOLD)
		return false;
	*out = bk_folds_get(folds, i);
	return true;
}

bool bk_folds_open(struct bk_folds *folds, size_t offset)
{
	const uint32_t i = outermost(folds, offset);
	if (i == NO_FOLD)
		return false;
	close_gap(folds);
	struct bk_fold *const items = folds->items.items;
	memmove(items + i, items + i + 1, (--folds->items.len - i) * sizeof *items);
	link_all(folds);
	return true;
}

/* ---- Following edits ---- */

static bool has_line_end(const char *bytes, size_t len)
{
	return len > 0 && memchr(bytes, '\n', len) != NULL;
}

/* A person types in the line where the cursor stands, which is never put away. */
static bool is_typed(const struct bk_edit *edit, size_t cursor)
{
	return cursor != BK_NOWHERE && edit->start <= cursor && cursor <= edit->start + edit->removed_len &&
	       !has_line_end(edit->removed, edit->removed_len) &&
	       !has_line_end(edit->inserted, edit->inserted_len);
}

/* True when the edit goes wholly before the fold, which then moves along. */
static bool is_before(size_t start, const struct bk_edit *edit)
{
	const size_t end = edit->start + edit->removed_len;
	if (end < start)
		return true;
	/* Right before it: its first line must still begin a line. */
	const bool line = edit->inserted_len > 0 && edit->inserted[edit->inserted_len - 1] == '\n';
	return end == start && line;
}

/* Those that hold where the edit begins: they grow with what is typed, or open.  True when one has opened. */
static bool settle_holders(struct bk_folds *folds, const struct bk_edit *edit, bool typed)
{
	bool opened = false;
	uint32_t i = innermost(folds, edit->start);
	for (; i != NO_FOLD; i = folds->items.items[i].outer) {
		struct bk_fold *const fold = &folds->items.items[i];
		if (is_before(bk_folds_get(folds, i).start, edit))
			continue;
		if (typed) {
			fold->end += edit->inserted_len - edit->removed_len;
			continue;
		}
		fold->start = fold->end = BK_NOWHERE;
		opened = true;
	}
	return opened;
}

static void drop_opened(struct bk_folds *folds)
{
	size_t kept = 0;
	for (size_t i = 0; i < folds->items.len; i++)
		if (folds->items.items[i].start != BK_NOWHERE)
			folds->items.items[kept++] = folds->items.items[i];
	folds->items.len = kept;
	link_all(folds);
}

void bk_folds_edit(struct bk_folds *folds, const struct bk_edit *edit, size_t cursor)
{
	if (folds->items.len == 0)
		return;
	/* Folds from here on begin after the place where the edit does, or are pushed along by it. */
	size_t first = count_before(folds, edit->start, true);
	while (first > 0 && bk_folds_get(folds, first - 1).start == edit->start &&
		is_before(edit->start, edit))
		first--;
	move_gap(folds, first);
	bool opened = settle_holders(folds, edit, is_typed(edit, cursor));
	size_t past = first;
	while (past < folds->items.len && !is_before(bk_folds_get(folds, past).start, edit))
		past++;
	opened = opened || past > first;
	for (size_t i = first; i < past; i++)
		folds->items.items[i].start = folds->items.items[i].end = BK_NOWHERE;
	/* What opened lies before the gap now, so that only what stays is moved. */
	folds->gap = past;
	folds->moves++;
	folds->shift += edit->inserted_len - edit->removed_len;
	if (!opened)
		return;
	for (size_t i = folds->gap; i < folds->items.len; i++) {
		folds->items.items[i].start += folds->shift;
		folds->items.items[i].end += folds->shift;
	}
	drop_opened(folds);
}
