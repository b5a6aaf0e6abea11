/* Snapshots: keeping them, and their bytes.  Lines and brackets are text_query.c's. */
#include "draft/text_snapshot.h"
#include "base/alloc.h"
#include "base/error.h"

#include <assert.h>
#include <string.h>

struct bk_tail *bk_tail_new(struct bk_source *source, size_t start)
{
	struct bk_tail *tail = bk_calloc(1, sizeof *tail);

	if (!tail)
		return NULL;
	atomic_init(&tail->holders, 1);
	tail->source = bk_source_keep(source);
	tail->start = start;
	pthread_mutex_init(&tail->lock, NULL);
	return tail;
}

struct bk_tail *bk_tail_keep(struct bk_tail *tail)
{
	if (tail)
		atomic_fetch_add_explicit(&tail->holders, 1, memory_order_relaxed);
	return tail;
}

void bk_tail_free(struct bk_tail *tail)
{
	if (!tail || atomic_fetch_sub_explicit(&tail->holders, 1, memory_order_acq_rel) > 1)
		return;
	pthread_mutex_destroy(&tail->lock);
	bk_chunk_free(tail->tree);
	bk_source_free(tail->source);
	bk_free(tail);
}

int bk_tail_sum(struct bk_tail *tail)
{
	bool failed = false;

	pthread_mutex_lock(&tail->lock);
	if (!tail->tree) {
		struct bk_chunk *tree = bk_chunk_build(
			tail->source, (struct bk_span){tail->start, tail->source->len}, &failed);

		if (failed)
			bk_chunk_free(tree);
		else
			tail->tree = tree;
	}
	pthread_mutex_unlock(&tail->lock);
	return failed ? bk_fail_memory() : BK_OK;
}

struct bk_snapshot *bk_snapshot_new(struct bk_chunk *root, struct bk_tail *tail, struct bk_source *loaded)
{
	struct bk_snapshot *snapshot = bk_calloc(1, sizeof *snapshot);

	if (!snapshot) {
		bk_chunk_free(root);
		bk_tail_free(tail);
		return NULL;
	}
	atomic_init(&snapshot->holders, 1);
	snapshot->root = root;
	snapshot->tail = tail;
	snapshot->loaded = loaded ? bk_source_keep(loaded) : NULL;
	snapshot->size = bk_chunk_size(root) + (tail ? tail->source->len - tail->start : 0);
	return snapshot;
}

bk_snapshot *bk_snapshot_keep(const bk_snapshot *snapshot)
{
	struct bk_snapshot *kept = (struct bk_snapshot *)(uintptr_t)snapshot; /* only its count changes */

	atomic_fetch_add_explicit(&kept->holders, 1, memory_order_relaxed);
	return kept;
}

void bk_snapshot_free(bk_snapshot *snapshot)
{
	if (!snapshot || atomic_fetch_sub_explicit(&snapshot->holders, 1, memory_order_acq_rel) > 1)
		return;
	bk_chunk_free(snapshot->root);
	bk_tail_free(snapshot->tail);
	bk_source_free(snapshot->loaded);
	bk_free(atomic_load(&snapshot->copy));
	bk_free(snapshot);
}

size_t bk_snapshot_size(const bk_snapshot *snapshot)
{
	return snapshot->size;
}

/* All bytes in one run, if they are at hand. */
static const char *flat_bytes(const bk_snapshot *snapshot)
{
	return snapshot->loaded ? snapshot->loaded->bytes
				: atomic_load_explicit(&snapshot->copy, memory_order_acquire);
}

void bk_snapshot_piece(const bk_snapshot *snapshot, size_t offset, const char **bytes, size_t *len)
{
	const char *flat = flat_bytes(snapshot);
	const size_t ready = bk_chunk_size(snapshot->root);
	struct bk_leaf leaf;

	if (offset >= snapshot->size) {
		*bytes = "";
		*len = 0;
	} else if (flat) {
		*bytes = flat + offset;
		*len = snapshot->size - offset;
	} else if (offset >= ready) {
		*bytes = snapshot->tail->source->bytes + snapshot->tail->start + (offset - ready);
		*len = snapshot->size - offset;
	} else {
		leaf = bk_chunk_leaf(snapshot->root, offset);
		*bytes = leaf.chunk->bytes + (offset - leaf.start);
		*len = leaf.chunk->size - (offset - leaf.start);
	}
}

void bk_snapshot_copy(const bk_snapshot *snapshot, struct bk_span span, char *out)
{
	assert(span.start <= span.end && span.end <= snapshot->size);
	while (span.start < span.end) {
		const char *bytes;
		size_t len;

		bk_snapshot_piece(snapshot, span.start, &bytes, &len);
		if (len > span.end - span.start)
			len = span.end - span.start;
		memcpy(out, bytes, len);
		out += len;
		span.start += len;
	}
}

int bk_snapshot_flat(const bk_snapshot *snapshot, const char **bytes, size_t *len)
{
	struct bk_snapshot *changed = (struct bk_snapshot *)(uintptr_t)snapshot; /* only its copy changes */
	const char *flat = flat_bytes(snapshot);
	char *copy, *other = NULL;

	if (!flat && !snapshot->size)
		flat = "";
	if (!flat) {
		copy = bk_malloc(snapshot->size + 1);
		if (!copy)
			return bk_fail_memory();
		bk_snapshot_copy(snapshot, (struct bk_span){0, snapshot->size}, copy);
		copy[snapshot->size] = '\0';
		flat = copy;
		if (!atomic_compare_exchange_strong(&changed->copy, &other, copy)) {
			bk_free(copy);
			flat = other;
		}
	}
	*bytes = flat;
	*len = snapshot->size;
	return BK_OK;
}
