/*
 * Painting: the bytes that make a terminal show a grid, given what it shows already.
 *
 *	shown    | 2 . _ f o o |                    cells that differ, and what the pen needs to get there
 *	grid     | 2 . _ b o o |   move, "b", move   and all of a paint is one string
 *
 * What the terminal wants to hear is in words of its own description (terminfo), which the caller looks up.
 */
#ifndef BRACKED_TUI_PAINT_H
#define BRACKED_TUI_PAINT_H

#include "tui/cell.h"

/* Strings as terminfo has them, with its padding taken care of; NULL: the terminal cannot do that. */
struct bk_paint_words {
	const char *clear;	/* the whole screen, cursor to its corner */
	const char *erase_line; /* from the cursor on */
	const char *plain;	/* attributes and colours off */
	const char *bold, *underline, *reverse, *dim, *italic;
	uint8_t never_coloured;	     /* attributes that do not go with a colour */
	const char *hide, *show;     /* the cursor */
	const char *insert, *remove; /* a cell at the cursor; the rest of the row moves */
	bool scrolls;		     /* when its last cell is written: then that is left blank */
	bool moves_plain;	     /* the cursor may move in plain looks only */
	/* Append; cells counted from 0. */
	void (*go)(struct bk_buf *out, int row, int col);
	void (*right)(struct bk_buf *out, int cells); /* NULL: cannot */
	/* Of so many rows in all those from top up to end; NULL: cannot. */
	void (*scroll)(struct bk_buf *out, int rows, int top, int end, int down);
	void (*colour)(struct bk_buf *out, int16_t colour, bool back);
	void (*character)(
		struct bk_buf *out, const struct bk_cell *cell); /* in the terminal's own encoding */
};

struct bk_paint {
	struct bk_paint_words words;
	struct bk_grid shown;
	bool hidden; /* the cursor */
	/* The pen, while it paints. */
	int row, col; /* -1: not known */
	struct bk_look look;
};

/*
 * Append what makes the terminal show the grid; `anew`: whatever it shows now.  BK_ENOMEM: what it shows is
 * not known any more, forget it.
 */
int bk_paint_grid(struct bk_paint *paint, const struct bk_grid *grid, bool anew, struct bk_buf *out);
/* The terminal shows something else by now: the next paint is anew. */
void bk_paint_forget(struct bk_paint *paint);
void bk_paint_release(struct bk_paint *paint);

/* Of the files of painting. */
void bk_paint_go(struct bk_paint *paint, int row, int col, struct bk_buf *out);
void bk_paint_wear(struct bk_paint *paint, struct bk_look look, struct bk_buf *out);
/* Write a cell of the grid where the pen is. */
void bk_paint_put(
	struct bk_paint *paint, const struct bk_grid *grid, const struct bk_cell *cell, struct bk_buf *out);
/* Move rows that are shown already to where the grid has them. */
void bk_paint_scroll(struct bk_paint *paint, const struct bk_grid *grid, struct bk_buf *out);
/* The same for cells of a row behind one that was typed or deleted. */
void bk_paint_shift(struct bk_paint *paint, const struct bk_grid *grid, int row, struct bk_buf *out);

#endif
