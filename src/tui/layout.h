/*
 * Wrapping: one paragraph of the text laid out in rows of cells.
 *
 *	bytes   "   (a) reducing emissions by [25][40] per cent ..."
 *	rows     0      "   (a) reducing emissions by "
 *	         1      "       [25][40] per cent "          indented to where the words of row 0 begin
 *
 * A paragraph is a line of the text, or a piece of one when the line is longer than BK_LAYOUT_PIECE: then a
 * row ends where a piece does.  So the cost of a screen depends on the screen alone.  Rows break at blanks,
 * after hyphens and slashes, between brackets and between wide characters; a blank that does not fit hangs
 * over the edge unseen.
 *
 * A screen is laid out again for every key, and most of its paragraphs are what they were: a layout is kept for
 * the next paragraph of the same bytes, wherever that stands in whichever text.
 */
#ifndef BRACKED_TUI_LAYOUT_H
#define BRACKED_TUI_LAYOUT_H

#include "base/vec.h"
#include "base/buf.h"
#include "tui/bidi.h"

#include <bracked/text.h>

#define BK_LAYOUT_PIECE ((size_t)8192)

/* One cluster of the text. */
struct bk_glyph {
	uint32_t at;   /* byte offset from the layout's start */
	uint16_t len;  /* bytes */
	uint8_t width; /* cells; 0 for what hangs over the edge or joins the one before */
	int8_t level;  /* of embedding, 0 for left to right */
	int col;       /* where it is shown, from the left of the row */
};

struct bk_row {
	size_t start, end;     /* offsets in the text; end is where the next row begins, or the line's end */
	uint32_t first, count; /* glyphs */
	int indent;
	bool last; /* of its line: what follows is a line end or the end of the text */
};

struct bk_layout_rules {
	int width;
	enum bk_bidi bidi;
	bool plain; /* no hanging indent */
};

struct bk_layout {
	size_t start, end; /* of the piece, in the text; end is before the line end */
	size_t next;	   /* where the next piece begins; start of the next line, or end of the text */
	bool line_start;   /* the piece begins its line */
	bool ends_line;	   /* a line end follows */
	bool rtl;
	struct bk_buf bytes;
	BK_VEC(struct bk_glyph) glyphs;
	BK_VEC(struct bk_row) rows;
	BK_VEC(int8_t) levels;
	struct bk_layout_rules rules; /* it was made by; width 0: it was not made */
};

/* Layouts made before, each where the hash of its bytes puts it: 256, of which few hold much. */
struct bk_layouts {
	struct bk_layout kept[256];
	struct bk_layout asked; /* scratch: where the piece stands and its bytes */
};

/*
 * Lay out the piece that holds offset (the last one for the end of the text).  *out always has at least one row;
 * it stays until the next call with the same layouts.  Cost: O(log n + piece).  BK_ENOMEM.
 */
int bk_layout_make(struct bk_layouts *layouts, const bk_snapshot *snapshot, size_t offset,
	const struct bk_layout_rules *rules, const struct bk_layout **out);
void bk_layouts_release(struct bk_layouts *layouts);

/* Index of the row that offset (inside the piece) stands on. */
size_t bk_layout_row_of(const struct bk_layout *layout, size_t offset);
/* The column that offset is shown at in a row. */
int bk_layout_col_of(const struct bk_layout *layout, size_t row, size_t offset);
/* The offset of the cluster shown at or nearest to col in a row. */
size_t bk_layout_offset_at(const struct bk_layout *layout, size_t row, int col);

/* Start of the row that offset stands on, and of the rows before and after it.  The first and last row stay
 * themselves.  BK_ENOMEM leaves *out alone. */
int bk_layout_row_start(struct bk_layouts *layouts, const bk_snapshot *snapshot, size_t offset,
	const struct bk_layout_rules *rules, size_t *out);
int bk_layout_previous_row(struct bk_layouts *layouts, const bk_snapshot *snapshot, size_t offset,
	const struct bk_layout_rules *rules, size_t *out);
/* False in *moved when offset stands on the last row. */
int bk_layout_next_row(struct bk_layouts *layouts, const bk_snapshot *snapshot, size_t offset,
	const struct bk_layout_rules *rules, size_t *out, bool *moved);

#endif
