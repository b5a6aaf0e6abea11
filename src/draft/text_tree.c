/*
 * Trees of chunks from other trees: build, join, split, replace.
 *
 * The method is that of Blelloch, Ferizovic and Sun, Just join for parallel ordered sets (2016), with the
 * bytes in the leaves.  Every recursion here goes down one path of a balanced tree: BK_TREE_HEIGHT at most.
 */
#include "base/alloc.h"
#include "draft/text_chunk.h"

#include <string.h>

static struct bk_chunk *inner(struct bk_chunk *left, struct bk_chunk *right, bool *failed)
{
	struct bk_chunk *chunk;

	if (!left || !right)
		return left ? left : right;
	chunk = bk_malloc(sizeof *chunk);
	if (!chunk) {
		*failed = true;
		bk_chunk_free(left);
		bk_chunk_free(right);
		return NULL;
	}
	bk_chunk_init_inner(chunk, left, right);
	return chunk;
}

/* Take chunk apart; its two halves are the caller's. */
static void halves(struct bk_chunk *chunk, struct bk_chunk **left, struct bk_chunk **right)
{
	*left = bk_chunk_keep(chunk->left);
	*right = bk_chunk_keep(chunk->right);
	bk_chunk_free(chunk);
}

static struct bk_chunk *lean_left(struct bk_chunk *left, struct bk_chunk *right, bool *failed)
{
	struct bk_chunk *a, *b, *c, *d;

	halves(left, &a, &b);
	if (a->height >= b->height)
		return inner(a, inner(b, right, failed), failed);
	halves(b, &c, &d);
	c = inner(a, c, failed);
	d = inner(d, right, failed);
	return inner(c, d, failed);
}

static struct bk_chunk *lean_right(struct bk_chunk *left, struct bk_chunk *right, bool *failed)
{
	struct bk_chunk *a, *b, *c, *d;

	halves(right, &a, &b);
	if (b->height >= a->height)
		return inner(inner(left, a, failed), b, failed);
	halves(a, &c, &d);
	c = inner(left, c, failed);
	d = inner(d, b, failed);
	return inner(c, d, failed);
}

/* The parent of two trees whose heights differ by 2 at most. */
static struct bk_chunk *balance(struct bk_chunk *left, struct bk_chunk *right, bool *failed)
{
	if (left && right && left->height > right->height + 1)
		return lean_left(left, right, failed);
	if (left && right && right->height > left->height + 1)
		return lean_right(left, right, failed);
	return inner(left, right, failed);
}

struct bk_chunk *bk_chunk_join(struct bk_chunk *left, struct bk_chunk *right, bool *failed)
{
	struct bk_chunk *a, *b;

	if (!left || !right)
		return left ? left : right;
	if (left->height > right->height + 1) {
		halves(left, &a, &b);
		return balance(a, bk_chunk_join(b, right, failed), failed);
	}
	if (right->height > left->height + 1) {
		halves(right, &a, &b);
		return balance(bk_chunk_join(left, a, failed), b, failed);
	}
	return inner(left, right, failed);
}

/* Cut a tree, which is taken over, in two at the border of a leaf. */
static void split(
	struct bk_chunk *tree, size_t offset, struct bk_chunk **before, struct bk_chunk **after, bool *failed)
{
	struct bk_chunk *left, *right, *rest;

	if (offset == 0 || offset == bk_chunk_size(tree)) {
		*before = offset ? tree : NULL;
		*after = offset ? NULL : tree;
		return;
	}
	halves(tree, &left, &right);
	if (offset < left->size) {
		split(left, offset, before, &rest, failed);
		*after = bk_chunk_join(rest, right, failed);
	} else {
		offset -= left->size;
		split(right, offset, &rest, after, failed);
		*before = bk_chunk_join(left, rest, failed);
	}
}

static struct bk_chunk *borrowing_leaf(struct bk_source *source, size_t from, size_t size, bool *failed)
{
	struct bk_chunk *leaf = bk_malloc(sizeof *leaf);

	if (!leaf) {
		*failed = true;
		return NULL;
	}
	bk_chunk_init_leaf(leaf, source->bytes + from, size);
	leaf->source = bk_source_keep(source);
	return leaf;
}

/* What stands where a span was: some old bytes before, new ones, some old bytes behind. */
struct patch {
	const struct bk_chunk *root;
	struct bk_span before, after;
	const char *bytes;
	size_t len;
};

static size_t patch_size(const struct patch *patch)
{
	return patch->before.end - patch->before.start + patch->len + patch->after.end - patch->after.start;
}

/* Copy the part of [from, from + size) that falls into a piece of piece_len bytes at piece_start. */
static bool overlap(size_t from, size_t size, size_t piece_start, size_t piece_len, struct bk_span *out)
{
	const size_t end = from + size, piece_end = piece_start + piece_len;

	out->start = from > piece_start ? from : piece_start;
	out->end = end < piece_end ? end : piece_end;
	return out->start < out->end;
}

static void patch_copy(const struct patch *patch, size_t from, size_t size, char *out)
{
	const size_t before = patch->before.end - patch->before.start;
	const size_t after = patch->after.end - patch->after.start;
	struct bk_span part, old;

	if (overlap(from, size, 0, before, &part)) {
		old = (struct bk_span){patch->before.start + part.start, patch->before.start + part.end};
		bk_chunk_copy(patch->root, old, out + (part.start - from));
	}
	if (overlap(from, size, before, patch->len, &part))
		memcpy(out + (part.start - from), patch->bytes + (part.start - before),
			part.end - part.start);
	if (overlap(from, size, before + patch->len, after, &part)) {
		const size_t shift = patch->after.start - before - patch->len; /* may wrap, and back */

		old = (struct bk_span){part.start + shift, part.end + shift};
		bk_chunk_copy(patch->root, old, out + (part.start - from));
	}
}

static struct bk_chunk *owning_leaf(const struct patch *patch, size_t from, size_t size, bool *failed)
{
	struct bk_chunk *leaf = bk_malloc(sizeof *leaf + size);

	if (!leaf) {
		*failed = true;
		return NULL;
	}
	patch_copy(patch, from, size, (char *)(leaf + 1));
	bk_chunk_init_leaf(leaf, (const char *)(leaf + 1), size);
	return leaf;
}

/* Where leaves come from: a source, or a patch. */
struct supply {
	struct bk_source *source;
	const struct patch *patch;
	size_t from, size, leaves;
};

/* Where leaf number i of a supply begins: leaves differ in size by one byte at most. */
static size_t leaf_start(const struct supply *supply, size_t i)
{
	const size_t each = supply->size / supply->leaves, more = supply->size % supply->leaves;

	return supply->from + each * i + (i < more ? i : more);
}

/* The tree of leaves first to last of a supply; as deep as the tree is high. */
static struct bk_chunk *assemble(const struct supply *supply, size_t first, size_t last, bool *failed)
{
	const size_t middle = first + (last - first) / 2;
	struct bk_chunk *left, *right;

	if (*failed)
		return NULL;
	if (last - first == 1) {
		const size_t from = leaf_start(supply, first), size = leaf_start(supply, last) - from;

		return supply->source ? borrowing_leaf(supply->source, from, size, failed)
				      : owning_leaf(supply->patch, from, size, failed);
	}
	left = assemble(supply, first, middle, failed);
	right = assemble(supply, middle, last, failed);
	return inner(left, right, failed);
}

static size_t leaves_for(size_t size)
{
	return size <= BK_LEAF_MAX ? 1 : size / BK_LEAF_NEW;
}

struct bk_chunk *bk_chunk_build(struct bk_source *source, struct bk_span span, bool *failed)
{
	const size_t size = span.end - span.start;
	const struct supply supply = {
		.source = source, .from = span.start, .size = size, .leaves = leaves_for(size)};

	return size ? assemble(&supply, 0, supply.leaves, failed) : NULL;
}

/* A tree like this one, not taken over, with new_leaf, taken over, for the leaf at offset. */
static struct bk_chunk *with_leaf(
	struct bk_chunk *tree, size_t offset, struct bk_chunk *new_leaf, bool *failed)
{
	struct bk_chunk *left, *right;

	if (!tree->height)
		return new_leaf;
	left = tree->left;
	right = tree->right;
	if (offset < left->size)
		return inner(with_leaf(left, offset, new_leaf, failed), bk_chunk_keep(right), failed);
	return inner(bk_chunk_keep(left), with_leaf(right, offset - left->size, new_leaf, failed), failed);
}

/*
 * The whole leaves that an edit of span touches.  When what would stand there is short, a neighbour joins in,
 * so that no leaf but an only one stays below BK_LEAF_MIN.
 */
static struct bk_span touched(const struct bk_chunk *root, struct bk_span span, size_t len)
{
	const size_t inside = span.start < root->size ? span.start : root->size - 1;
	struct bk_leaf leaf = bk_chunk_leaf(root, inside);
	struct bk_span out = {leaf.start, leaf.start + leaf.chunk->size};

	if (span.end > out.end) {
		leaf = bk_chunk_leaf(root, span.end - 1);
		out.end = leaf.start + leaf.chunk->size;
	}
	if (out.end - out.start - (span.end - span.start) + len >= BK_LEAF_MIN)
		return out;
	if (out.end < root->size)
		out.end += bk_chunk_leaf(root, out.end).chunk->size;
	else if (out.start)
		out.start = bk_chunk_leaf(root, out.start - 1).start;
	return out;
}

struct bk_chunk *bk_chunk_replace(
	struct bk_chunk *root, struct bk_span span, const char *bytes, size_t len, bool *failed)
{
	const struct bk_span whole = root ? touched(root, span, len) : (struct bk_span){0, 0};
	const struct patch patch = {.root = root,
		.before = {whole.start, span.start},
		.after = {span.end, whole.end},
		.bytes = bytes,
		.len = len};
	const size_t size = patch_size(&patch);
	const struct supply supply = {.patch = &patch, .size = size, .leaves = leaves_for(size)};
	struct bk_chunk *middle = size ? assemble(&supply, 0, supply.leaves, failed) : NULL;
	struct bk_chunk *before, *after, *rest;

	if (!root || *failed)
		return middle;
	if (size && supply.leaves == 1 &&
		bk_chunk_leaf(root, whole.start).chunk->size == whole.end - whole.start)
		return with_leaf(root, whole.start, middle, failed);
	split(bk_chunk_keep(root), whole.start, &before, &rest, failed);
	if (*failed) {
		bk_chunk_free(before);
		bk_chunk_free(rest);
		bk_chunk_free(middle);
		return NULL;
	}
	split(rest, whole.end - whole.start, &rest, &after, failed);
	bk_chunk_free(rest);
	if (*failed) {
		bk_chunk_free(before);
		bk_chunk_free(after);
		bk_chunk_free(middle);
		return NULL;
	}
	return bk_chunk_join(bk_chunk_join(before, middle, failed), after, failed);
}
