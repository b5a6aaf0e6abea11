/*
 * The replacements that one act makes on a text, ascending and apart.
 */
#ifndef BRACKED_DRAFT_CHANGES_H
#define BRACKED_DRAFT_CHANGES_H

#include "base/arena.h"
#include "base/vec.h"

#include <bracked/draft.h>

struct bk_changes {
	struct bk_arena arena; /* the bytes put in */
	BK_VEC(struct bk_change) list;
};

/* An empty list.  BK_ENOMEM. */
int bk_changes_new(bk_changes **out);
/* Replace span by a copy of len bytes.  Spans come in ascending order; what touches the one before becomes one
 * with it, of which all bytes are copied again.  Cost: O(len), and what is copied.  BK_ENOMEM. */
int bk_changes_add(bk_changes *changes, struct bk_span span, const char *bytes, size_t len);
/* Where an offset comes to stand; one in what is replaced keeps its distance from what stays before.
 * Cost: O(changes before it). */
size_t bk_changes_move(const bk_changes *changes, size_t offset);

#endif
