/*
 * Moving what a terminal shows, rather than writing it again.
 *
 *	rows     a b c d e  ->  a X b c d      the rows b c d go down by one, X is written
 *	cells    f o o . |  ->  f x o o |      a cell is inserted at the x and one removed at the bar, x is written
 *
 * What comes to lie wrong thereby, in a pane beside the text, is written as any cell that differs.
 */
#include "base/hash.h"
#include "tui/paint.h"

#include <string.h>

enum {
	FARTHEST = 3, /* rows: a line that wraps, a wheel */
	FEWEST_ROWS = 6,
	FEWEST_CELLS = 8,
	MOST_ROWS = 512,
};

/* ---- Rows ---- */

/* The left half tells rows apart; beside the text may stand what does not move. */
static uint64_t hash_row(const struct bk_grid *grid, int row)
{
	const struct bk_cell *const cells = bk_grid_at(grid, row, 0);
	return bk_hash((const char *)cells, (size_t)(grid->cols / 2) * sizeof *cells);
}

struct run {
	int first, end, down; /* rows of the grid that are shown `down` rows further up */
};

static struct run longest_run(const uint64_t *wanted, const uint64_t *shown, int rows, int down)
{
	struct run best = {.down = down}, now = best;
	const int from = down > 0 ? down : 0, to = down > 0 ? rows : rows + down;
	now.first = now.end = from;
	for (int row = from; row < to; row++) {
		if (wanted[row] == shown[row - down]) {
			now.end = row + 1;
		} else {
			best = now.end - now.first > best.end - best.first ? now : best;
			now.first = now.end = row + 1;
		}
	}
	return now.end - now.first > best.end - best.first ? now : best;
}

static int count_same(const uint64_t *wanted, const uint64_t *shown, struct run run)
{
	int same = 0;
	for (int row = run.first; row < run.end; row++)
		same += wanted[row] == shown[row];
	return same;
}

static struct run find_run(const struct bk_grid *grid, const struct bk_grid *shown)
{
	/* Off the stack: one thread paints. */
	static uint64_t wanted[MOST_ROWS], before[MOST_ROWS];
	struct run best = {0};
	int gain = FEWEST_ROWS - 1;
	for (int row = 0; row < grid->rows; row++) {
		wanted[row] = hash_row(grid, row);
		before[row] = hash_row(shown, row);
	}
	for (int down = -FARTHEST; down <= FARTHEST; down++) {
		const struct run run = longest_run(wanted, before, grid->rows, down);
		const int gains = run.end - run.first - count_same(wanted, before, run);
		if (down == 0 || gains <= gain)
			continue;
		best = run;
		gain = gains;
	}
	return best;
}

static void move_rows(struct bk_grid *shown, int top, int end, int down)
{
	const size_t cols = (size_t)shown->cols, size = cols * sizeof *shown->cells;
	const int moved = down > 0 ? down : -down;
	struct bk_cell *const first = shown->cells + (size_t)top * cols;
	struct bk_cell *const second = first + (size_t)moved * cols;
	memmove(down > 0 ? second : first, down > 0 ? first : second, (size_t)(end - top - moved) * size);
	bk_grid_fill(
		shown, (struct bk_rect){down > 0 ? top : end - moved, 0, moved, shown->cols}, BK_LOOK_PLAIN);
}

static bool differ_much(const struct bk_grid *grid, const struct bk_grid *shown)
{
	int count = 0;
	for (int row = 0; row < grid->rows && count < FEWEST_ROWS; row++)
		count += !bk_grid_row_same(grid, shown, row);
	return count >= FEWEST_ROWS;
}

void bk_paint_scroll(struct bk_paint *paint, const struct bk_grid *grid, struct bk_buf *out)
{
	if (paint->words.scroll == NULL || grid->rows > MOST_ROWS || !differ_much(grid, &paint->shown))
		return;
	const struct run run = find_run(grid, &paint->shown);
	if (run.end == run.first)
		return;
	const int top = run.down > 0 ? run.first - run.down : run.first;
	const int end = run.down > 0 ? run.end : run.end - run.down;
	bk_paint_wear(paint, BK_LOOK_PLAIN, out);
	paint->words.scroll(out, grid->rows, top, end, run.down);
	paint->row = paint->col = -1;
	move_rows(&paint->shown, top, end, run.down);
}

/* ---- Cells ---- */

static bool same_cells(
	const struct bk_grid *a, int col_a, const struct bk_grid *b, int col_b, int row, int count)
{
	for (int i = 0; i < count; i++)
		if (!bk_cell_equal(bk_grid_at(a, row, col_a + i), bk_grid_at(b, row, col_b + i)))
			return false;
	return true;
}

static void move_cells(struct bk_grid *shown, int row, int to, int from, int count)
{
	memmove(bk_grid_at(shown, row, to), bk_grid_at(shown, row, from),
		(size_t)count * sizeof *shown->cells);
}

static void blank(struct bk_grid *shown, int row, int col)
{
	*bk_grid_at(shown, row, col) =
		(struct bk_cell){.bytes = {' '}, .len = 1, .width = 1, .style = BK_LOOK_PLAIN};
}

static void say(struct bk_paint *paint, int row, int col, const char *word, struct bk_buf *out)
{
	bk_paint_go(paint, row, col, out);
	bk_paint_wear(paint, BK_LOOK_PLAIN, out);
	bk_buf_puts(out, word);
}

/* A cell is new at `first`, those behind it up to `last` have moved; what was last in the row is pushed out
 * of it. */
static void insert_cell(
	struct bk_paint *paint, const struct bk_grid *grid, int row, int first, int last, struct bk_buf *out)
{
	struct bk_grid *const shown = &paint->shown;
	say(paint, row, first, paint->words.insert, out);
	bk_paint_put(paint, grid, bk_grid_at(grid, row, first), out);
	say(paint, row, last + 1, paint->words.remove, out);
	move_cells(shown, row, first + 1, first, last - first);
	*bk_grid_at(shown, row, first) = *bk_grid_at(grid, row, first);
	blank(shown, row, grid->cols - 1);
}

static void remove_cell(struct bk_paint *paint, int row, int first, int last, struct bk_buf *out)
{
	struct bk_grid *const shown = &paint->shown;
	say(paint, row, first, paint->words.remove, out);
	say(paint, row, last, paint->words.insert, out);
	move_cells(shown, row, first, first + 1, last - first);
	blank(shown, row, last);
}

static bool is_single(const struct bk_grid *grid, int row, int col)
{
	return bk_grid_at(grid, row, col)->width == 1;
}

void bk_paint_shift(struct bk_paint *paint, const struct bk_grid *grid, int row, struct bk_buf *out)
{
	const struct bk_grid *const shown = &paint->shown;
	int first = 0, last = grid->cols - 1;
	while (first < last && bk_cell_equal(bk_grid_at(grid, row, first), bk_grid_at(shown, row, first)))
		first++;
	while (last > first && bk_cell_equal(bk_grid_at(grid, row, last), bk_grid_at(shown, row, last)))
		last--;
	const int count = last - first; /* cells that may have moved by one */
	if (count < FEWEST_CELLS || last + 1 >= grid->cols || paint->words.insert == NULL ||
		paint->words.remove == NULL)
		return;
	if (!is_single(shown, row, first) || !is_single(shown, row, last) || !is_single(grid, row, first) ||
		!is_single(grid, row, last) || bk_grid_at(shown, row, last + 1)->width == 0 ||
		!is_single(shown, row, grid->cols - 1))
		return;
	if (same_cells(grid, first + 1, shown, first, row, count))
		insert_cell(paint, grid, row, first, last, out);
	else if (same_cells(grid, first, shown, first + 1, row, count))
		remove_cell(paint, row, first, last, out);
}
