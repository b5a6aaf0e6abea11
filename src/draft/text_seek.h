/*
 * Questions to a tree of chunks: where lines begin, where brackets stand and which belong together.
 *
 * Each costs O(log n) chunks and the bytes of one leaf or two.  Offsets count from the start of the tree and
 * may be at most its size.  The matching is plain: one stack over the whole tree.
 */
#ifndef BRACKED_DRAFT_TEXT_SEEK_H
#define BRACKED_DRAFT_TEXT_SEEK_H

#include "draft/text_chunk.h"

/* The tally of the bytes before offset. */
void bk_seek_tally(const struct bk_chunk *root, size_t offset, struct bk_tally *out);
/* How many LF stand before offset. */
size_t bk_seek_line_of(const struct bk_chunk *root, size_t offset);
/* Where line `line` begins: behind as many LF; BK_NOWHERE when there are fewer. */
size_t bk_seek_line(const struct bk_chunk *root, size_t line);

/* '[' or ']' when a bracket that is not literal stands at offset, else 0. */
char bk_seek_bracket(const struct bk_chunk *root, size_t offset);

enum bk_seek {
	BK_SEEK_ANY, /* a bracket */
	BK_SEEK_OPEN,
	BK_SEEK_CLOSE,
	BK_SEEK_PARTNER, /* forward: the close that nothing from offset on opens; backward: the open left over
			  */
};
/* The first such bracket at or after offset, or BK_NOWHERE. */
size_t bk_seek_forward(const struct bk_chunk *root, size_t offset, enum bk_seek what);
/* The last such bracket before offset, or BK_NOWHERE. */
size_t bk_seek_backward(const struct bk_chunk *root, size_t offset, enum bk_seek what);

#endif
