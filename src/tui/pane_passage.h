/*
 * A change in full, with the words around it, wrapped at words: in line, or old and new side by side.
 *
 *	in line		Parties <-should-><+shall+> take
 *	side by side	Parties <-should-> take | Parties <+shall+> take
 */
#ifndef BRACKED_TUI_PANE_PASSAGE_H
#define BRACKED_TUI_PANE_PASSAGE_H

#include "tui/cell.h"

#include <bracked/compare.h>

struct bk_screen;
struct bk_versus;

struct bk_passage_size {
	int rows;  /* in all */
	int first; /* the one where the change itself begins */
};

/* Draw the rows of a change from `top` on into rect; those of the change itself have a mark left of them. */
void bk_passage_draw(struct bk_screen *screen, const struct bk_versus *versus,
	const struct bk_difference *difference, struct bk_rect rect, bool beside, int top,
	struct bk_passage_size *size);

#endif
