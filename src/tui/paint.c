/* The bytes that make a terminal show a grid. */
#include "tui/paint.h"

#include "base/str.h"

#include <bracked/error.h>

enum {
	NEAR = 4,  /* cells that look as the pen does are written again rather than passed over */
	BLANK = 8, /* so many blanks at the end of a row are erased rather than written */
};

/* ---- The pen ---- */

static bool is_attribute_sequence(struct bk_str bytes)
{
	if (bytes.len < 3 || bytes.ptr[0] != '\033' || bytes.ptr[1] != '[' || bytes.ptr[bytes.len - 1] != 'm')
		return false;
	for (size_t i = 2; i + 1 < bytes.len; i++)
		if (!bk_is_digit(bytes.ptr[i]) && bytes.ptr[i] != ';')
			return false;
	return true;
}

/* What is said to the pen, one sequence after another, begins here; the last one begins at `last`. */
struct saying {
	struct bk_buf *out;
	size_t last;
};

/* Neighbours are one sequence: "\033[1m\033[38;5;231m" says the same as "\033[1;38;5;231m". */
static void join(struct saying *saying, size_t border)
{
	struct bk_buf *const out = saying->out;
	if (out->failed || border <= saying->last ||
		!is_attribute_sequence((struct bk_str){out->bytes + saying->last, border - saying->last}) ||
		!is_attribute_sequence((struct bk_str){out->bytes + border, out->len - border})) {
		saying->last = border;
		return;
	}
	out->bytes[border - 1] = ';';
	bk_buf_remove(out, border, 2);
}

static void say(struct saying *saying, const char *word)
{
	const size_t border = saying->out->len;
	if (word == NULL)
		return;
	bk_buf_puts(saying->out, word);
	join(saying, border);
}

static void say_colour(
	const struct bk_paint *paint, struct saying *saying, int16_t colour, int16_t before, bool back)
{
	const size_t border = saying->out->len;
	if (colour < 0 || colour == before || paint->words.colour == NULL)
		return;
	paint->words.colour(saying->out, colour, back);
	join(saying, border);
}

static void say_attributes(const struct bk_paint *paint, struct saying *saying, uint8_t attributes)
{
	const struct bk_paint_words *const words = &paint->words;
	const struct {
		uint8_t attribute;
		const char *word;
	} all[] = {
		{BK_ATTR_BOLD, words->bold},
		{BK_ATTR_UNDERLINE, words->underline},
		{BK_ATTR_REVERSE, words->reverse},
		{BK_ATTR_DIM, words->dim},
		{BK_ATTR_ITALIC, words->italic},
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (attributes & all[i].attribute)
			say(saying, all[i].word);
}

/* Nothing but `plain` takes a colour or an attribute away. */
void bk_paint_wear(struct bk_paint *paint, struct bk_look look, struct bk_buf *out)
{
	struct bk_look *const now = &paint->look;
	struct saying saying = {out, out->len};
	if (paint->words.colour == NULL)
		look.fg = look.bg = -1;
	else if (look.fg >= 0 || look.bg >= 0)
		look.attributes &= (uint8_t)~paint->words.never_coloured;
	if (bk_look_equal(*now, look))
		return;
	if ((now->fg >= 0 && look.fg < 0) || (now->bg >= 0 && look.bg < 0) ||
		(now->attributes & ~look.attributes) != 0) {
		say(&saying, paint->words.plain);
		*now = BK_LOOK_PLAIN;
	}
	say_attributes(paint, &saying, look.attributes & (uint8_t)~now->attributes);
	say_colour(paint, &saying, look.fg, now->fg, false);
	say_colour(paint, &saying, look.bg, now->bg, true);
	*now = look;
}

void bk_paint_go(struct bk_paint *paint, int row, int col, struct bk_buf *out)
{
	if (paint->row == row && paint->col == col)
		return;
	if (paint->words.moves_plain)
		bk_paint_wear(paint, BK_LOOK_PLAIN, out);
	if (paint->row == row && paint->col >= 0 && paint->col < col && paint->words.right != NULL)
		paint->words.right(out, col - paint->col);
	else
		paint->words.go(out, row, col);
	paint->row = row;
	paint->col = col;
}

void bk_paint_put(
	struct bk_paint *paint, const struct bk_grid *grid, const struct bk_cell *cell, struct bk_buf *out)
{
	bk_paint_wear(paint, cell->style, out);
	paint->words.character(out, cell);
	paint->col += cell->width;
	/* At the end of a row terminals differ in where the cursor is, and so after what is more than a
	 * character. */
	if (paint->col >= grid->cols || cell->len > 4)
		paint->row = paint->col = -1;
}

/* ---- Rows ---- */

/* Where the plain blanks at the end of a row begin. */
static int words_end(const struct bk_grid *grid, int row)
{
	static const struct bk_cell blank = {.bytes = {' '}, .len = 1, .width = 1, .style = {-1, -1, 0}};
	int col = grid->cols;
	while (col > 0 && bk_cell_equal(bk_grid_at(grid, row, col - 1), &blank))
		col--;
	return col;
}

/* Come to a cell: over what lies between as it is, when that is short and looks as the pen does. */
static void come(struct bk_paint *paint, const struct bk_grid *grid, int row, int col, struct bk_buf *out)
{
	bool near = paint->row == row && paint->col >= 0 && paint->col < col && col - paint->col <= NEAR;
	for (int i = paint->col; near && i < col; i++) {
		const struct bk_cell *const cell = bk_grid_at(grid, row, i);
		near = cell->len == 1 && cell->width == 1 && bk_look_equal(cell->style, paint->look);
	}
	while (near && paint->col < col)
		bk_paint_put(paint, grid, bk_grid_at(grid, row, paint->col), out);
	bk_paint_go(paint, row, col, out);
}

static void erase_rest(struct bk_paint *paint, int row, int col, struct bk_buf *out)
{
	bk_paint_go(paint, row, col, out);
	bk_paint_wear(paint, BK_LOOK_PLAIN, out);
	bk_buf_puts(out, paint->words.erase_line);
}

static void paint_row(
	struct bk_paint *paint, const struct bk_grid *grid, int row, bool anew, struct bk_buf *out)
{
	struct bk_grid *const shown = &paint->shown;
	const bool last = row + 1 == grid->rows && paint->words.scrolls;
	const int cols = last ? grid->cols - 1 : grid->cols;
	const int end = paint->words.erase_line != NULL && !anew ? words_end(grid, row) : cols;
	if (!anew)
		bk_paint_shift(paint, grid, row, out);
	const bool erases = cols - end >= BLANK && words_end(shown, row) - end >= BLANK;
	for (int col = 0; col < (erases ? end : cols); col++) {
		const struct bk_cell *const cell = bk_grid_at(grid, row, col);
		if (cell->width == 0 || bk_cell_equal(cell, bk_grid_at(shown, row, col)))
			continue;
		come(paint, grid, row, col, out);
		bk_paint_put(paint, grid, cell, out);
	}
	if (erases)
		erase_rest(paint, row, end, out);
	for (int col = 0; col < grid->cols; col++)
		*bk_grid_at(shown, row, col) = *bk_grid_at(grid, row, col);
}

/* ---- All ---- */

static int begin_anew(struct bk_paint *paint, const struct bk_grid *grid, struct bk_buf *out)
{
	if (bk_grid_resize(&paint->shown, grid->rows, grid->cols) < 0)
		return BK_ENOMEM;
	if (paint->words.plain != NULL)
		bk_buf_puts(out, paint->words.plain);
	if (paint->words.clear != NULL)
		bk_buf_puts(out, paint->words.clear);
	for (int i = 0; paint->words.clear == NULL && i < grid->rows * grid->cols; i++)
		paint->shown.cells[i].len = 0; /* like no cell */
	paint->hidden = false;
	return BK_OK;
}

static void show_cursor(struct bk_paint *paint, const struct bk_grid *grid, struct bk_buf *out)
{
	const bool hidden = grid->cursor_row < 0;
	const char *const word = hidden ? paint->words.hide : paint->words.show;
	if (!hidden)
		bk_paint_go(paint, grid->cursor_row, grid->cursor_col, out);
	if (hidden != paint->hidden && word != NULL)
		bk_buf_puts(out, word);
	paint->hidden = hidden;
}

int bk_paint_grid(struct bk_paint *paint, const struct bk_grid *grid, bool anew, struct bk_buf *out)
{
	const struct bk_grid *const shown = &paint->shown;
	anew = anew || shown->rows != grid->rows || shown->cols != grid->cols;
	if (anew && begin_anew(paint, grid, out) < 0)
		return BK_ENOMEM;
	paint->look = BK_LOOK_PLAIN;
	if (anew)
		paint->row = paint->col = -1;
	if (!anew)
		bk_paint_scroll(paint, grid, out);
	for (int row = 0; row < grid->rows; row++)
		if (!bk_grid_row_same(grid, shown, row))
			paint_row(paint, grid, row, anew, out);
	bk_paint_wear(paint, BK_LOOK_PLAIN, out);
	show_cursor(paint, grid, out);
	return bk_buf_status(out);
}

void bk_paint_forget(struct bk_paint *paint)
{
	bk_grid_release(&paint->shown);
}

void bk_paint_release(struct bk_paint *paint)
{
	bk_grid_release(&paint->shown);
}
