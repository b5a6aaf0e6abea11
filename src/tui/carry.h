/*
 * Carrying offsets between a reading made some edits ago and the text as it is now.
 *
 *	draft (version 7) --edit--edit--edit--> text (version 10)
 *	        now = forward(then)        then = back(now)
 *
 * Edits that touch one another, as typing does, are kept as one; so the cost of a carry is the number of
 * places changed since, a handful.
 */
#ifndef BRACKED_TUI_CARRY_H
#define BRACKED_TUI_CARRY_H

#include "base/vec.h"

#include <bracked/text.h>

struct bk_carry_edit {
	size_t start, removed, inserted;
};

struct bk_carry {
	BK_VEC(struct bk_carry_edit) edits;
	size_t mark; /* edits before it are not joined with later ones */
	bool lost;   /* memory ran out: carried offsets are clamped only */
};

void bk_carry_add(struct bk_carry *carry, const struct bk_edit *edit);
/* What is added from now on may become a carry of its own (bk_carry_drop_marked). */
void bk_carry_set_mark(struct bk_carry *carry);
/* Forget the edits before the mark: the reading is now of the text at the mark. */
void bk_carry_drop_marked(struct bk_carry *carry);
void bk_carry_clear(struct bk_carry *carry);
void bk_carry_release(struct bk_carry *carry);
/* An offset of the reading in the text now; inserted bytes at the very place push it when `after`. */
size_t bk_carry_forward(const struct bk_carry *carry, size_t offset, bool after);
/* An offset of the text now in the reading; inside bytes typed since, the place where they were typed. */
size_t bk_carry_back(const struct bk_carry *carry, size_t offset);

#endif
