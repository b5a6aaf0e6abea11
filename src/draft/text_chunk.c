/* Making, keeping and freeing chunks, and finding bytes in a tree of them. */
#include "draft/text_chunk.h"
#include "base/alloc.h"

#include <string.h>

struct bk_source *bk_source_new(const char *bytes, size_t len, void (*release)(void *context), void *context)
{
	struct bk_source *source = bk_calloc(1, sizeof *source);

	if (!source)
		return NULL;
	atomic_init(&source->holders, 1);
	source->bytes = bytes;
	source->len = len;
	source->release = release;
	source->context = context;
	return source;
}

struct bk_source *bk_source_keep(struct bk_source *source)
{
	atomic_fetch_add_explicit(&source->holders, 1, memory_order_relaxed);
	return source;
}

void bk_source_free(struct bk_source *source)
{
	if (!source || atomic_fetch_sub_explicit(&source->holders, 1, memory_order_acq_rel) > 1)
		return;
	if (source->release)
		source->release(source->context);
	bk_free(source);
}

struct bk_chunk *bk_chunk_keep(struct bk_chunk *chunk)
{
	if (chunk)
		atomic_fetch_add_explicit(&chunk->holders, 1, memory_order_relaxed);
	return chunk;
}

/* Recursion goes to the left only, and no deeper than the tree is high. */
void bk_chunk_free(struct bk_chunk *chunk)
{
	while (chunk && atomic_fetch_sub_explicit(&chunk->holders, 1, memory_order_acq_rel) == 1) {
		struct bk_chunk *next = NULL;

		if (chunk->height) {
			bk_chunk_free(chunk->left);
			next = chunk->right;
		} else {
			bk_source_free(chunk->source);
		}
		bk_free(chunk);
		chunk = next;
	}
}

void bk_chunk_init_leaf(struct bk_chunk *chunk, const char *bytes, size_t size)
{
	size_t backslashes = 0;

	atomic_init(&chunk->holders, 1);
	chunk->height = 0;
	chunk->size = size;
	chunk->bytes = bytes;
	chunk->source = NULL;
	bk_tally_bytes(&chunk->tally[0], bytes, size, false);
	while (backslashes < size && bytes[backslashes] == '\\')
		backslashes++;
	/* what comes before decides about the first byte that is no backslash, and nothing after it */
	if (backslashes == size || bytes[backslashes] == '[' || bytes[backslashes] == ']')
		bk_tally_bytes(&chunk->tally[1], bytes, size, true);
	else
		chunk->tally[1] = chunk->tally[0];
}

void bk_chunk_init_inner(struct bk_chunk *chunk, struct bk_chunk *left, struct bk_chunk *right)
{
	atomic_init(&chunk->holders, 1);
	chunk->height = (left->height > right->height ? left->height : right->height) + 1;
	chunk->size = left->size + right->size;
	for (int escaped = 0; escaped < 2; escaped++) {
		struct bk_tally *tally = &chunk->tally[escaped];

		*tally = left->tally[escaped];
		bk_tally_add(tally, &right->tally[tally->escapes]);
	}
	chunk->left = left;
	chunk->right = right;
}

struct bk_leaf bk_chunk_leaf(const struct bk_chunk *root, size_t offset)
{
	struct bk_leaf leaf = {.chunk = root, .start = 0, .escaped = false};

	while (leaf.chunk->height) {
		const struct bk_chunk *left = leaf.chunk->left;

		if (offset - leaf.start < left->size) {
			leaf.chunk = left;
			continue;
		}
		leaf.start += left->size;
		leaf.escaped = left->tally[leaf.escaped].escapes;
		leaf.chunk = leaf.chunk->right;
	}
	return leaf;
}

void bk_chunk_copy(const struct bk_chunk *root, struct bk_span span, char *out)
{
	while (span.start < span.end) {
		const struct bk_leaf leaf = bk_chunk_leaf(root, span.start);
		const size_t from = span.start - leaf.start;
		size_t len = leaf.chunk->size - from;

		if (len > span.end - span.start)
			len = span.end - span.start;
		memcpy(out, leaf.chunk->bytes + from, len);
		out += len;
		span.start += len;
	}
}
