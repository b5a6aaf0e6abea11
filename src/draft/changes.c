/*
 * Lists of replacements.
 */
#include "draft/changes.h"

#include "base/alloc.h"
#include "base/error.h"

#include <string.h>

int bk_changes_new(bk_changes **out)
{
	bk_changes *changes = bk_calloc(1, sizeof *changes);

	if (!changes)
		return bk_fail_memory();
	*out = changes;
	return BK_OK;
}

/* The bytes of the last change with those of one that touches it. */
static char *join_bytes(bk_changes *changes, const struct bk_change *last, const char *bytes, size_t len)
{
	char *joined = bk_arena_alloc(&changes->arena, last->len + len + 1);

	if (!joined)
		return NULL;
	memcpy(joined, last->bytes, last->len);
	if (len > 0)
		memcpy(joined + last->len, bytes, len);
	return joined;
}

int bk_changes_add(bk_changes *changes, struct bk_span span, const char *bytes, size_t len)
{
	struct bk_change *change = changes->list.len > 0 ? &changes->list.items[changes->list.len - 1] : NULL;
	const char *copy;

	if (change && span.start <= change->span.end) {
		copy = join_bytes(changes, change, bytes, len);
		if (!copy)
			return bk_fail_memory();
		change->bytes = copy;
		change->len += len;
		change->span.end = span.end > change->span.end ? span.end : change->span.end;
		return BK_OK;
	}
	copy = len > 0 ? bk_arena_dup(&changes->arena, bytes, len) : "";
	change = copy ? BK_VEC_PUSH(&changes->list) : NULL;
	if (!change)
		return bk_fail_memory();
	*change = (struct bk_change){.span = span, .bytes = copy, .len = len};
	return BK_OK;
}

const struct bk_change *bk_changes_list(const bk_changes *changes, size_t *count)
{
	*count = changes->list.len;
	return changes->list.items;
}

void bk_changes_free(bk_changes *changes)
{
	if (!changes)
		return;
	BK_VEC_RELEASE(&changes->list);
	bk_arena_release(&changes->arena);
	bk_free(changes);
}

size_t bk_changes_move(const bk_changes *changes, size_t offset)
{
	size_t now = offset;

	for (size_t i = 0; i < changes->list.len && changes->list.items[i].span.end <= offset; i++) {
		const struct bk_change *one = &changes->list.items[i];

		now = now + one->len - (one->span.end - one->span.start);
	}
	return now;
}
