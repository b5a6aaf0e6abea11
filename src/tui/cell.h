/*
 * The grid: what stands on the screen, cell by cell, before any terminal sees it.
 *
 *	row 0  | c | a | n | 国  | > | ...     a wide cluster owns two cells: the second has width 0
 *
 * A cell holds one grapheme cluster of visible characters only: everything that goes in passes through
 * bk_utf8_put_visible, so that nothing in a text, a name or a message can speak to the terminal.
 *
 * A string that runs from right to left is put in the order in which it is seen, unless the terminal orders by
 * itself; where it is cut, its end goes.
 */
#ifndef BRACKED_TUI_CELL_H
#define BRACKED_TUI_CELL_H

#include "base/buf.h"
#include "base/str.h"
#include "tui/bidi.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define BK_CELL_BYTES 20 /* a base character and four marks */

enum bk_attribute {
	BK_ATTR_BOLD = 1,
	BK_ATTR_UNDERLINE = 2,
	BK_ATTR_REVERSE = 4,
	BK_ATTR_DIM = 8,
	BK_ATTR_ITALIC = 16,
};

/* Colours are those of xterm's 256; -1 is the terminal's own. */
struct bk_look {
	int16_t fg, bg;
	uint8_t attributes;
};

#define BK_LOOK_PLAIN ((struct bk_look){-1, -1, 0})

struct bk_cell {
	char bytes[BK_CELL_BYTES];
	uint8_t len;
	uint8_t width; /* 1 or 2; 0: the second half of a wide one */
	struct bk_look style;
};

struct bk_grid {
	struct bk_cell *cells;
	int rows, cols;
	int cursor_row, cursor_col; /* -1: hidden */
	enum bk_bidi bidi;	    /* who orders what is put */
};

/* A part of the grid. */
struct bk_rect {
	int row, col, rows, cols;
};

/* `over` on top of `base`: its colours where it has some, its attributes added. */
static inline struct bk_look bk_look_over(struct bk_look base, struct bk_look over)
{
	return (struct bk_look){
		.fg = over.fg >= 0 ? over.fg : base.fg,
		.bg = over.bg >= 0 ? over.bg : base.bg,
		.attributes = base.attributes | over.attributes,
	};
}

static inline bool bk_look_equal(struct bk_look a, struct bk_look b)
{
	return a.fg == b.fg && a.bg == b.bg && a.attributes == b.attributes;
}

/* Set the size; everything becomes blank.  BK_ENOMEM: the grid keeps its size. */
int bk_grid_resize(struct bk_grid *grid, int rows, int cols);
void bk_grid_release(struct bk_grid *grid);
void bk_grid_clear(struct bk_grid *grid);

/* The cell, or NULL outside. */
struct bk_cell *bk_grid_at(const struct bk_grid *grid, int row, int col);
/* Fill a rectangle with blanks of a style. */
void bk_grid_fill(struct bk_grid *grid, struct bk_rect rect, struct bk_look style);
/* Copy the rows of another grid from `top` on, cell by cell, into a rectangle. */
void bk_grid_copy_rows(struct bk_grid *grid, struct bk_rect rect, const struct bk_grid *from, int top);
/* One cluster that is already visible, width cells wide, at a cell; nothing outside the grid. */
void bk_grid_put_cluster(
	struct bk_grid *grid, int row, int col, struct bk_str cluster, int width, struct bk_look style);
/* The same for one visible ASCII character. */
void bk_grid_put_ascii(struct bk_grid *grid, int row, int col, char character, struct bk_look style);
/*
 * A string made visible, from col up to (not with) limit.  Returns the column after it.  What does not fit
 * is cut.
 */
int bk_grid_put(
	struct bk_grid *grid, int row, int col, int limit, struct bk_look style, struct bk_str string);
int bk_grid_puts(struct bk_grid *grid, int row, int col, int limit, struct bk_look style, const char *string);
/* As bk_grid_puts; what does not fit ends in an ellipsis. */
int bk_grid_put_cut(
	struct bk_grid *grid, int row, int col, int limit, struct bk_look style, struct bk_str string);
/* How many cells left of its byte at offset `at` a string shows; -1 for the end of one that runs to the left: the
 * cell before its first. */
int bk_grid_col_of(const struct bk_grid *grid, struct bk_str string, size_t at);
/* A string so that it ends before `limit`; returns the column where it begins. */
int bk_grid_put_right(
	struct bk_grid *grid, int row, int col, int limit, struct bk_look style, struct bk_str string);

/*
 * Words of a string over several rows of rect from row `row` (of the grid) on, the rows after the first
 * indented by `hang`.  Returns the row after the last one drawn.
 */
int bk_grid_put_words(struct bk_grid *grid, struct bk_rect rect, int row, int hang, struct bk_look style,
	struct bk_str string);

/* How many rows bk_grid_put_words takes in so many columns, without a hang. */
int bk_grid_count_words(int cols, struct bk_str string);

static inline bool bk_cell_equal(const struct bk_cell *a, const struct bk_cell *b)
{
	return a->bytes[0] == b->bytes[0] && a->len == b->len && a->width == b->width &&
	       bk_look_equal(a->style, b->style) && (a->len < 2 || memcmp(a->bytes, b->bytes, a->len) == 0);
}
/* True when a row of both is the same to the byte; false says nothing.  Both have as many columns. */
bool bk_grid_row_same(const struct bk_grid *a, const struct bk_grid *b, int row);
/* The grid as text, a line a row, blanks at the ends of lines left out. */
void bk_grid_dump(const struct bk_grid *grid, struct bk_buf *out);

#endif
