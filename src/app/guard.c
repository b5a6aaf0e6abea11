/* Segments of the file that no edit has touched, and their proof. */
#include "app/guard.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/vec.h"

#include <string.h>

struct segment {
	size_t saved; /* where it stands in the file */
	size_t now;   /* where it stands in the text */
	size_t len;
};

struct bk_guard {
	bk_text *text;
	bk_snapshot *saved;
	BK_VEC(struct segment) segments; /* ascending, none empty */
	bool lost;			 /* memory ran out while following: nothing can be proved */
};

/* Index of the first segment that ends after offset. */
static size_t segment_at(const struct bk_guard *guard, size_t offset)
{
	const struct segment *segments = guard->segments.items;

	return BK_SEARCH(i, guard->segments.len, segments[i].now + segments[i].len <= offset);
}

/* Split the segment that holds offset, so that one begins there; returns the index of that one. */
static size_t split(struct bk_guard *guard, size_t offset)
{
	const size_t i = segment_at(guard, offset);
	struct segment *items = guard->segments.items;
	size_t head;

	if (i == guard->segments.len || items[i].now >= offset)
		return i;
	if (!BK_VEC_RESERVE(&guard->segments, 1)) {
		guard->lost = true;
		return i;
	}
	items = guard->segments.items;
	memmove(items + i + 1, items + i, (guard->segments.len - i) * sizeof *items);
	guard->segments.len++;
	head = offset - items[i].now;
	items[i].len = head;
	items[i + 1].saved += head;
	items[i + 1].now += head;
	items[i + 1].len -= head;
	return i + 1;
}

static void follow(void *context, const struct bk_text_news *news)
{
	struct bk_guard *guard = context;
	const struct bk_edit *edit = news->edit;
	const size_t first = split(guard, edit->start);
	const size_t last = split(guard, edit->start + edit->removed_len);
	struct segment *items = guard->segments.items;

	if (guard->lost)
		return;
	if (last > first) {
		memmove(items + first, items + last, (guard->segments.len - last) * sizeof *items);
		guard->segments.len -= last - first;
	}
	for (size_t i = first; i < guard->segments.len; i++)
		items[i].now = items[i].now - edit->removed_len + edit->inserted_len;
}

int bk_guard_new(struct bk_guard **out, bk_text *text)
{
	struct bk_guard *guard = bk_calloc(1, sizeof *guard);
	int status;

	if (!guard)
		return bk_fail_memory();
	guard->text = text;
	status = bk_guard_reset(guard);
	if (status == BK_OK)
		status = bk_text_observe(text, follow, guard);
	if (status < 0) {
		bk_guard_free(guard);
		return status;
	}
	*out = guard;
	return BK_OK;
}

void bk_guard_free(struct bk_guard *guard)
{
	if (!guard)
		return;
	bk_text_unobserve(guard->text, follow, guard);
	bk_snapshot_free(guard->saved);
	BK_VEC_RELEASE(&guard->segments);
	bk_free(guard);
}

int bk_guard_reset(struct bk_guard *guard)
{
	const size_t size = bk_snapshot_size(bk_text_now(guard->text));

	if (!BK_VEC_RESERVE(&guard->segments, guard->segments.len ? 0 : 1))
		return bk_fail_memory();
	bk_snapshot_free(guard->saved);
	guard->saved = bk_text_snapshot(guard->text);
	guard->lost = false;
	guard->segments.len = size ? 1 : 0;
	if (size)
		guard->segments.items[0] = (struct segment){0, 0, size};
	return BK_OK;
}

/* Compare len bytes of two snapshots; *same is how many agree. */
static void compare(
	const bk_snapshot *a, size_t a_at, const bk_snapshot *b, size_t b_at, size_t len, size_t *same)
{
	for (*same = 0; *same < len;) {
		const char *x, *y;
		size_t x_len, y_len, run;

		bk_snapshot_piece(a, a_at + *same, &x, &x_len);
		bk_snapshot_piece(b, b_at + *same, &y, &y_len);
		run = x_len < y_len ? x_len : y_len;
		if (run > len - *same)
			run = len - *same;
		if (run == 0 || (x != y && memcmp(x, y, run) != 0))
			return;
		*same += run;
	}
}

struct bk_guard_proof {
	bk_snapshot *saved, *now;
	struct segment *segments;
	size_t count;
};

int bk_guard_proof_new(struct bk_guard_proof **out, const struct bk_guard *guard)
{
	struct bk_guard_proof *proof = guard->lost ? NULL : bk_calloc(1, sizeof *proof);
	const size_t size = guard->segments.len * sizeof *proof->segments;

	if (!proof)
		return bk_fail_memory();
	proof->segments = (struct segment *)(void *)bk_memdup(guard->segments.items, size);
	if (!proof->segments) {
		bk_free(proof);
		return bk_fail_memory();
	}
	proof->count = guard->segments.len;
	proof->saved = bk_snapshot_keep(guard->saved);
	proof->now = bk_text_snapshot(guard->text);
	*out = proof;
	return BK_OK;
}

int bk_guard_proof_check(const struct bk_guard_proof *proof)
{
	for (size_t i = 0; i < proof->count; i++) {
		const struct segment *segment = &proof->segments[i];
		size_t same;

		compare(proof->saved, segment->saved, proof->now, segment->now, segment->len, &same);
		if (same < segment->len)
			return bk_fail(BK_EINVAL,
				"refusing to save: bytes after offset %zu changed without an edit: "
				"write the text elsewhere and report this",
				segment->now + same);
	}
	return BK_OK;
}

void bk_guard_proof_free(struct bk_guard_proof *proof)
{
	if (!proof)
		return;
	bk_snapshot_free(proof->saved);
	bk_snapshot_free(proof->now);
	bk_free(proof->segments);
	bk_free(proof);
}
