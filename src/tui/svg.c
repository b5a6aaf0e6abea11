/* The grid as an SVG picture. */
#include "tui/svg.h"

enum {
	CELL_WIDTH = 9,
	CELL_HEIGHT = 19,
	BASELINE = 14,
	FONT_SIZE = 15,
	MARGIN = 8,
};

struct ink {
	uint32_t fg, bg;
	bool has_bg;
};

static struct ink ink_of(const struct bk_theme *theme, struct bk_look style, bool cursor)
{
	uint32_t fg = style.fg >= 0 ? bk_theme_rgb(style.fg) : theme->ink;
	uint32_t bg = style.bg >= 0 ? bk_theme_rgb(style.bg) : theme->page;
	bool has_bg = style.bg >= 0;
	if (((style.attributes & BK_ATTR_REVERSE) != 0) != cursor) {
		const uint32_t swap = fg;
		fg = bg;
		bg = swap;
		has_bg = true;
	}
	return (struct ink){fg, bg, has_bg};
}

static void put_escaped(struct bk_buf *out, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		switch (bytes[i]) {
		case '&': bk_buf_puts(out, "&amp;"); break;
		case '<': bk_buf_puts(out, "&lt;"); break;
		case '>': bk_buf_puts(out, "&gt;"); break;
		case '"': bk_buf_puts(out, "&quot;"); break;
		default: bk_buf_putc(out, bytes[i]); break;
		}
}

static void put_back(struct bk_buf *out, int row, int col, int cells, uint32_t rgb)
{
	bk_buf_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#%06x\"/>\n",
		MARGIN + col * CELL_WIDTH, MARGIN + row * CELL_HEIGHT, cells * CELL_WIDTH, CELL_HEIGHT,
		(unsigned)rgb);
}

static void put_words(struct bk_buf *out, int row, int col, int cells, struct bk_look style, uint32_t rgb,
	struct bk_str words)
{
	bk_buf_printf(out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\" fill=\"#%06x\"%s%s%s%s>",
		MARGIN + col * CELL_WIDTH, MARGIN + row * CELL_HEIGHT + BASELINE, cells * CELL_WIDTH,
		(unsigned)rgb, style.attributes & BK_ATTR_BOLD ? " font-weight=\"bold\"" : "",
		style.attributes & BK_ATTR_UNDERLINE ? " text-decoration=\"underline\"" : "",
		style.attributes & BK_ATTR_DIM ? " opacity=\"0.65\"" : "",
		style.attributes & BK_ATTR_ITALIC ? " font-style=\"italic\"" : "");
	put_escaped(out, words.ptr, words.len);
	bk_buf_puts(out, "</text>\n");
}

/* Parts of blocks are drawn as such, without the gaps that fonts leave: U+2581..U+2588 from below, to U+258F
 * from the left. */
static bool put_block(struct bk_buf *out, int row, int col, const struct bk_cell *cell, uint32_t rgb)
{
	const unsigned char *const bytes = (const unsigned char *)cell->bytes;
	if (cell->len != 3 || bytes[0] != 0xe2 || bytes[1] != 0x96 || bytes[2] < 0x81 || bytes[2] > 0x8f)
		return false;
	const int code = bytes[2] - 0x80;
	const double height = code <= 8 ? CELL_HEIGHT * code / 8.0 : CELL_HEIGHT;
	const double width = code <= 8 ? CELL_WIDTH : CELL_WIDTH * (16 - code) / 8.0;
	bk_buf_printf(out, "<rect x=\"%d\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"#%06x\"/>\n",
		MARGIN + col * CELL_WIDTH, MARGIN + (row + 1) * CELL_HEIGHT - height, width, height,
		(unsigned)rgb);
	return true;
}

static bool is_cursor(const struct bk_grid *grid, int row, int col)
{
	return row == grid->cursor_row && col == grid->cursor_col;
}

/* One run of cells of equal style from col on; returns the column after it. */
static int put_run(
	const struct bk_grid *grid, const struct bk_theme *theme, int row, int col, struct bk_buf *out)
{
	const struct bk_cell *const first = bk_grid_at(grid, row, col);
	const bool cursor = is_cursor(grid, row, col);
	struct bk_buf words = BK_BUF_INIT;
	bool blank = true;
	int end = col;
	while (end < grid->cols) {
		const struct bk_cell *const cell = bk_grid_at(grid, row, end);
		if (end > col && cell->width != 0 &&
			(cursor || is_cursor(grid, row, end) || !bk_look_equal(cell->style, first->style)))
			break;
		/* A wide cluster, or one with marks, is placed alone: its advance differs by font. */
		if (end > col && cell->width != 0 && (cell->len > 1 || first->len > 1))
			break;
		bk_buf_put(&words, cell->bytes, cell->len);
		blank = blank && (cell->len == 0 || cell->bytes[0] == ' ');
		end++;
	}
	const struct ink ink = ink_of(theme, first->style, cursor);
	if (ink.has_bg)
		put_back(out, row, col, end - col, ink.bg);
	const bool block = put_block(out, row, col, first, ink.fg);
	if (!block && (!blank || (first->style.attributes & BK_ATTR_UNDERLINE)))
		put_words(out, row, col, end - col, first->style, ink.fg, bk_buf_str(&words));
	bk_buf_release(&words);
	return end;
}

void bk_svg_put(const struct bk_grid *grid, const struct bk_theme *theme, struct bk_buf *out)
{
	const int width = grid->cols * CELL_WIDTH + 2 * MARGIN;
	const int height = grid->rows * CELL_HEIGHT + 2 * MARGIN;
	bk_buf_printf(out,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d "
		"%d\">\n"
		"<rect width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#%06x\"/>\n"
		"<g font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"%d\" "
		"xml:space=\"preserve\">\n",
		width, height, width, height, width, height, (unsigned)theme->page, FONT_SIZE);
	for (int row = 0; row < grid->rows; row++)
		for (int col = 0; col < grid->cols;)
			col = put_run(grid, theme, row, col, out);
	bk_buf_puts(out, "</g>\n</svg>\n");
}
