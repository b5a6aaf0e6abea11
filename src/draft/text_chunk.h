/*
 * Chunks: the nodes of a text's tree, and the operations that build one tree from others.
 *
 *	               inner  size 31k, tallies of all below
 *	              /     \
 *	          leaf       inner          height of two neighbours differs by 1 at most (AVL);
 *	     bytes 4-16k    /     \         every byte stands in a leaf, in order
 *	                 leaf     leaf
 *
 * A chunk never changes once made.  An edit makes new chunks along one path and shares all others, so an old
 * root goes on being the old text.  Chunks are counted, and may be kept and freed on any thread.
 *
 * A leaf borrows bytes of a source (a file as loaded), or holds its own in the same block, behind the struct.
 *
 * NULL is the empty tree.
 */
#ifndef BRACKED_DRAFT_TEXT_CHUNK_H
#define BRACKED_DRAFT_TEXT_CHUNK_H

#include "draft/text_tally.h"

#include <bracked/text.h>
#include <stdatomic.h>
#include <stdint.h>

enum {
	BK_LEAF_MIN = 4096, /* of a leaf that has neighbours */
	BK_LEAF_NEW = 8192, /* about the size of leaves when many are made */
	BK_LEAF_MAX = 16384,
	BK_TREE_HEIGHT = 64, /* more than any tree reaches: AVL trees of 2^40 leaves stay below it */
};

/* Bytes that leaves borrow. */
struct bk_source {
	atomic_size_t holders;
	const char *bytes;
	size_t len;
	void (*release)(void *context);
	void *context;
};

struct bk_chunk {
	atomic_size_t holders;
	size_t size;
	uint32_t height; /* 0: leaf */
	/*
	 * Whether a bracket at its start is literal depends on the backslashes before the chunk, so there are
	 * two tallies: [0] as it is, [1] when the first byte is escaped.
	 */
	struct bk_tally tally[2];
	union {
		struct {
			struct bk_chunk *left, *right;
		};
		struct {
			const char *bytes;
			struct bk_source *source; /* NULL: the bytes are its own */
		};
	};
};

/* Takes over context: release(context) is called with the last holder gone.  NULL when memory ran out. */
struct bk_source *bk_source_new(const char *bytes, size_t len, void (*release)(void *context), void *context);
struct bk_source *bk_source_keep(struct bk_source *source);
void bk_source_free(struct bk_source *source);

struct bk_chunk *bk_chunk_keep(struct bk_chunk *chunk);
void bk_chunk_free(struct bk_chunk *chunk);

static inline size_t bk_chunk_size(const struct bk_chunk *chunk)
{
	return chunk ? chunk->size : 0;
}

/* Make chunk, whose memory the caller holds, a leaf over borrowed bytes; no source is counted. */
void bk_chunk_init_leaf(struct bk_chunk *chunk, const char *bytes, size_t size);
/* Make chunk the parent of two trees; they are not counted. */
void bk_chunk_init_inner(struct bk_chunk *chunk, struct bk_chunk *left, struct bk_chunk *right);

/*
 * The operations.  *failed is set when memory ran out, and all that is returned is then worth nothing but
 * to be freed; the caller looks once, at the end.  Trees given are taken over.
 */

/* A balanced tree that borrows span of the bytes of source, which is not taken over. */
struct bk_chunk *bk_chunk_build(struct bk_source *source, struct bk_span span, bool *failed);
/* The bytes of left, then those of right. */
struct bk_chunk *bk_chunk_join(struct bk_chunk *left, struct bk_chunk *right, bool *failed);

/* A tree like root, which stays as it is, with len bytes in place of span. */
struct bk_chunk *bk_chunk_replace(
	struct bk_chunk *root, struct bk_span span, const char *bytes, size_t len, bool *failed);

/* The leaf that holds the byte at offset (below the tree's size). */
struct bk_leaf {
	const struct bk_chunk *chunk;
	size_t start; /* of its bytes in the text */
	bool escaped; /* its first byte stands after an odd number of backslashes */
};
struct bk_leaf bk_chunk_leaf(const struct bk_chunk *root, size_t offset);
/* Copy bytes of the tree to out. */
void bk_chunk_copy(const struct bk_chunk *root, struct bk_span span, char *out);

#endif
