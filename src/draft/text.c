/*
 * The text: the snapshot of now, the way here, and who wants to hear of changes.
 *
 * Every change is made ready whole (the new tree, its snapshot, room in the history) before any of it is put
 * in place, so that a failure leaves the text as it was.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "base/str.h"
#include "draft/text.h"

#include <string.h>

#define LAZY_READY ((size_t)1 << 20) /* how much of a lazy text is summed up when it is opened */

struct bk_text_rest {
	struct bk_tail *tail; /* summed up; NULL when there was none */
};

/* ---- Opening ------------------------------------------------------------------------------------ */

/* Summed up are the first `ready` bytes, at most all. */
static int open_source(struct bk_text *text, struct bk_source *source, size_t ready)
{
	struct bk_chunk *root;
	bool failed = false;

	if (bk_history_init(&text->history) < 0)
		return BK_ENOMEM;
	if (ready < source->len) {
		text->tail = bk_tail_new(source, ready);
		if (!text->tail)
			return bk_fail_memory();
	}
	root = bk_chunk_build(source, (struct bk_span){0, ready}, &failed);
	if (failed) {
		bk_chunk_free(root);
		return bk_fail_memory();
	}
	text->now = bk_snapshot_new(root, bk_tail_keep(text->tail), source->len ? source : NULL);
	return text->now ? BK_OK : bk_fail_memory();
}

static int borrow(
	bk_text **out, struct bk_str bytes, void (*release)(void *context), void *context, size_t ready)
{
	struct bk_source *source = bk_source_new(bytes.ptr, bytes.len, NULL, context);
	struct bk_text *text = source ? bk_calloc(1, sizeof *text) : NULL;

	if (!text) {
		bk_source_free(source);
		return bk_fail_memory();
	}
	if (open_source(text, source, ready < bytes.len ? ready : bytes.len) < 0) {
		bk_text_free(text);
		bk_source_free(source);
		return BK_ENOMEM;
	}
	source->release = release; /* now that the text is sure to hold it, and not before */
	bk_source_free(source);
	*out = text;
	return BK_OK;
}

int bk_text_borrow(bk_text **out, const char *bytes, size_t len, void (*release)(void *context),
	void *context, bool lazy)
{
	return borrow(out, (struct bk_str){bytes, len}, release, context, lazy ? LAZY_READY : len);
}

int bk_text_borrow_unread(
	bk_text **out, const char *bytes, size_t len, void (*release)(void *context), void *context)
{
	return borrow(out, (struct bk_str){bytes, len}, release, context, 0);
}

int bk_text_new(bk_text **out, const char *bytes, size_t len)
{
	char *copy = bk_memdup(bytes, len);

	if (!copy)
		return bk_fail_memory();
	if (bk_text_borrow(out, copy, len, bk_free, copy, false) < 0) {
		bk_free(copy);
		return BK_ENOMEM;
	}
	return BK_OK;
}

void bk_text_free(bk_text *text)
{
	if (!text)
		return;
	bk_snapshot_free(text->now);
	bk_tail_free(text->tail);
	bk_history_release(&text->history);
	BK_VEC_RELEASE(&text->watchers);
	bk_free(text);
}

size_t bk_text_ready(const bk_text *text)
{
	return bk_snapshot_ready(text->now);
}

int bk_text_prepare(const bk_text *text, bk_text_rest **out)
{
	struct bk_text_rest *rest;

	if (text->tail && bk_tail_sum(text->tail) < 0)
		return BK_ENOMEM;
	rest = bk_malloc(sizeof *rest);
	if (!rest)
		return bk_fail_memory();
	rest->tail = bk_tail_keep(text->tail);
	*out = rest;
	return BK_OK;
}

int bk_text_join_tail(struct bk_text *text)
{
	const bk_snapshot *now = text->now;
	struct bk_snapshot *next;
	struct bk_chunk *root;
	bool failed = false;

	if (!now->tail)
		return BK_OK;
	if (bk_tail_sum(now->tail) < 0)
		return BK_ENOMEM;
	root = bk_chunk_join(bk_chunk_keep(now->root), bk_chunk_keep(now->tail->tree), &failed);
	if (failed) {
		bk_chunk_free(root);
		return bk_fail_memory();
	}
	next = bk_snapshot_new(root, NULL, now->loaded);
	if (!next)
		return bk_fail_memory();
	bk_snapshot_free(text->now);
	text->now = next;
	return BK_OK;
}

int bk_text_complete(bk_text *text, bk_text_rest *rest)
{
	const int status = bk_text_join_tail(text);

	if (rest) {
		bk_tail_free(rest->tail);
		bk_free(rest);
	}
	return status;
}

bk_snapshot *bk_text_snapshot(const bk_text *text)
{
	return bk_snapshot_keep(text->now);
}

const bk_snapshot *bk_text_now(const bk_text *text)
{
	return text->now;
}

uint64_t bk_text_version(const bk_text *text)
{
	return text->version;
}

/* ---- Changing ----------------------------------------------------------------------------------- */

struct bk_snapshot *bk_text_edited(const bk_snapshot *now, const struct bk_edit *edit)
{
	const struct bk_span span = {edit->start, edit->start + edit->removed_len};
	bool failed = false;
	struct bk_chunk *root =
		bk_chunk_replace(now->root, span, edit->inserted, edit->inserted_len, &failed);

	if (failed) {
		bk_chunk_free(root);
		return NULL;
	}
	return bk_snapshot_new(root, bk_tail_keep(now->tail), NULL);
}

/* The snapshot after all edits. */
static struct bk_snapshot *edited(const bk_snapshot *now, const struct bk_edits *edits)
{
	struct bk_snapshot *at = bk_snapshot_keep(now), *next;

	for (size_t i = 0; at && i < edits->list.len; i++) {
		next = bk_text_edited(at, &edits->list.items[i]);
		bk_snapshot_free(at);
		at = next;
	}
	return at;
}

void bk_text_put(struct bk_text *text, struct bk_snapshot *next)
{
	bk_snapshot_free(text->now);
	text->now = next;
	text->version++;
}

void bk_text_tell(struct bk_text *text, const struct bk_edit *edit, bool moved)
{
	const struct bk_text_news news = {.edit = edit, .step = text->history.current, .moved = moved};

	for (size_t i = 0; i < text->watchers.len; i++)
		text->watchers.items[i].observer(text->watchers.items[i].context, &news);
}

static int check_changes(const struct bk_text *text, const struct bk_change *changes, size_t count)
{
	size_t size = text->now->size, reached = 0;

	for (size_t i = 0; i < count; i++) {
		const struct bk_span span = changes[i].span;

		if (span.start > span.end || span.end > text->now->size)
			return bk_fail(BK_ERANGE, "no bytes '%zu-%zu' in the text: it ends at %zu",
				span.start, span.end, text->now->size);
		if (span.start < reached)
			return bk_fail(BK_EINVAL,
				"change at '%zu' overlaps the one before: give changes in order and apart",
				span.start);
		reached = span.end;
		size -= span.end - span.start;
		if (!bk_size_add(size, changes[i].len, &size))
			return bk_fail_memory();
	}
	return BK_OK;
}

/* The edits that changes come to, each in the text after the one before; what changes nothing is left out. */
static int edits_of(
	const bk_snapshot *now, const struct bk_change *changes, size_t count, struct bk_edits *edits)
{
	size_t grown = 0, shrunk = 0;
	int status = BK_OK;

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		const struct bk_change *change = &changes[i];
		const size_t removed_len = change->span.end - change->span.start;
		char *removed = removed_len ? bk_malloc(removed_len) : NULL;

		if (removed_len && !removed)
			return bk_fail_memory();
		if (removed)
			bk_snapshot_copy(now, change->span, removed);
		if (removed_len || change->len)
			status = bk_edits_add(
				edits, &(struct bk_edit){.start = change->span.start + grown - shrunk,
					       .removed = removed,
					       .removed_len = removed_len,
					       .inserted = change->bytes,
					       .inserted_len = change->len});
		bk_free(removed);
		grown += change->len;
		shrunk += removed_len;
	}
	return status;
}

/* Tell of edits that the history has taken over, from copies of their descriptions made before. */
static int change_text(struct bk_text *text, struct bk_edits *edits, unsigned flags)
{
	struct bk_edits told = {0};
	struct bk_snapshot *next;
	const bool joins = bk_history_joins(&text->history, &edits->list.items[0], flags);

	for (size_t i = 0; text->watchers.len && i < edits->list.len; i++) {
		if (bk_edits_add(&told, &edits->list.items[i]) < 0) {
			bk_edits_release(&told);
			return BK_ENOMEM;
		}
	}
	if (bk_history_reserve(&text->history, edits, joins) < 0) {
		bk_edits_release(&told);
		return BK_ENOMEM;
	}
	next = edited(text->now, edits);
	if (!next) {
		bk_edits_release(&told);
		return bk_fail_memory();
	}
	bk_history_commit(&text->history, edits, joins, flags, text->clock ? text->clock() : 0);
	bk_text_put(text, next);
	for (size_t i = 0; i < told.list.len; i++)
		bk_text_tell(text, &told.list.items[i], false);
	bk_edits_release(&told);
	return BK_OK;
}

static int apply(struct bk_text *text, const struct bk_change *changes, size_t count, unsigned flags)
{
	struct bk_edits edits = {0};
	int status = check_changes(text, changes, count);

	if (status < 0 || !count)
		return status;
	if (changes[count - 1].span.end > bk_text_ready(text) && bk_text_join_tail(text) < 0)
		return BK_ENOMEM;
	status = edits_of(text->now, changes, count, &edits);
	if (status == BK_OK && edits.list.len)
		status = change_text(text, &edits, flags);
	bk_edits_release(&edits);
	return status;
}

int bk_text_replace(bk_text *text, struct bk_span span, const char *bytes, size_t len, unsigned flags)
{
	return apply(text, &(struct bk_change){.span = span, .bytes = bytes, .len = len}, 1, flags);
}

int bk_text_apply(bk_text *text, const struct bk_change *changes, size_t count)
{
	return apply(text, changes, count, 0);
}

/* ---- Observers ---------------------------------------------------------------------------------- */

int bk_text_observe(bk_text *text, bk_text_observer observer, void *context)
{
	struct bk_text_watcher *watcher = BK_VEC_PUSH(&text->watchers);

	if (!watcher)
		return bk_fail_memory();
	*watcher = (struct bk_text_watcher){observer, context};
	return BK_OK;
}

void bk_text_unobserve(bk_text *text, bk_text_observer observer, void *context)
{
	for (size_t i = 0; i < text->watchers.len; i++) {
		struct bk_text_watcher *watcher = &text->watchers.items[i];

		if (watcher->observer != observer || watcher->context != context)
			continue;
		memmove(watcher, watcher + 1, (text->watchers.len - i - 1) * sizeof *watcher);
		text->watchers.len--;
		return;
	}
}

size_t bk_edit_carry(const struct bk_edit *edit, size_t offset, bool after)
{
	const size_t end = edit->start + edit->removed_len;

	if (offset < edit->start)
		return offset;
	if (offset > end || (offset == end && edit->removed_len))
		return offset - edit->removed_len + edit->inserted_len;
	return after ? edit->start + edit->inserted_len : edit->start;
}
