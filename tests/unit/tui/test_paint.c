/* Painting: what is written makes a terminal show the grid, whatever it showed before. */
#include "tui/paint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <bracked/error.h>
#include <cmocka.h>

enum { ROWS = 14, COLS = 40 };

/* ---- A terminal ---- */

struct spot {
	char character;
	struct bk_look look;
};

static struct {
	struct spot cells[ROWS][COLS];
	int row, col, top, end;
	struct bk_look look;
	bool hidden;
} terminal;

static const struct spot nothing = {' ', {-1, -1, 0}};

static void wipe(int row, int from, int to)
{
	for (int col = from; col < to; col++)
		terminal.cells[row][col] = nothing;
}

static void take_looks(const int *numbers, int count)
{
	static const uint8_t attributes[] = {0, BK_ATTR_BOLD, BK_ATTR_DIM, BK_ATTR_ITALIC, BK_ATTR_UNDERLINE};
	for (int i = 0; i < count; i++) {
		if (numbers[i] == 0)
			terminal.look = BK_LOOK_PLAIN;
		else if (numbers[i] < 5)
			terminal.look.attributes |= attributes[numbers[i]];
		else if (numbers[i] == 7)
			terminal.look.attributes |= BK_ATTR_REVERSE;
		else if (numbers[i] == 38)
			terminal.look.fg = (int16_t)numbers[i += 2];
		else if (numbers[i] == 48)
			terminal.look.bg = (int16_t)numbers[i += 2];
		else
			fail_msg("a look that was not told: %d", numbers[i]);
	}
}

static void move_lines(int count)
{
	const int height = terminal.end - terminal.row;
	assert_in_range(abs(count), 1, height);
	const size_t size = (size_t)(height - abs(count)) * sizeof terminal.cells[0];
	if (count > 0)
		memmove(terminal.cells[terminal.row + count], terminal.cells[terminal.row], size);
	else
		memmove(terminal.cells[terminal.row], terminal.cells[terminal.row - count], size);
	for (int i = 0; i < abs(count); i++)
		wipe(count > 0 ? terminal.row + i : terminal.end - 1 - i, 0, COLS);
}

static void obey(char last, const int *numbers, int count)
{
	struct spot *const cells = terminal.cells[terminal.row];
	const int n = numbers[0] > 0 ? numbers[0] : 1, col = terminal.col;
	switch (last) {
	case 'H':
		terminal.row = n - 1;
		terminal.col = numbers[1] > 0 ? numbers[1] - 1 : 0;
		assert_true(terminal.row < ROWS && terminal.col < COLS);
		break;
	case 'C': terminal.col += n; break;
	case 'J':
		for (int row = 0; row < ROWS; row++)
			wipe(row, 0, COLS);
		break;
	case 'K': wipe(terminal.row, col, COLS); break;
	case '@':
		memmove(cells + col + 1, cells + col, (size_t)(COLS - col - 1) * sizeof *cells);
		wipe(terminal.row, col, col + 1);
		break;
	case 'P':
		memmove(cells + col, cells + col + 1, (size_t)(COLS - col - 1) * sizeof *cells);
		wipe(terminal.row, COLS - 1, COLS);
		break;
	case 'L': move_lines(n); break;
	case 'M': move_lines(-n); break;
	case 'r':
		terminal.top = n - 1;
		terminal.end = numbers[1];
		terminal.row = terminal.col = 0;
		break;
	case 'm': take_looks(numbers, count); break;
	case 'h': terminal.hidden = false; break;
	case 'l': terminal.hidden = true; break;
	default: fail_msg("a word that was not told: %c", last);
	}
}

static void feed(const struct bk_buf *bytes)
{
	for (size_t i = 0; i < bytes->len; i++) {
		if (bytes->bytes[i] != '\033') {
			assert_true(terminal.col < COLS);
			terminal.cells[terminal.row][terminal.col++] =
				(struct spot){bytes->bytes[i], terminal.look};
			continue;
		}
		int numbers[16] = {0}, count = 1;
		for (i += 2; bytes->bytes[i] < 0x40; i++) {
			if (bytes->bytes[i] == ';')
				assert_in_range(++count, 1, 16);
			else
				numbers[count - 1] = numbers[count - 1] * 10 + bytes->bytes[i] - '0';
		}
		obey(bytes->bytes[i], numbers, count);
	}
}

/* ---- Its words ---- */

static void go(struct bk_buf *out, int row, int col)
{
	bk_buf_printf(out, "\033[%d;%dH", row + 1, col + 1);
}

static void right(struct bk_buf *out, int cells)
{
	bk_buf_printf(out, "\033[%dC", cells);
}

static void scroll(struct bk_buf *out, int rows, int top, int end, int down)
{
	bk_buf_printf(out, "\033[%d;%dr\033[%d;1H\033[%d%c\033[1;%dr", top + 1, end, top + 1, abs(down),
		down > 0 ? 'L' : 'M', rows);
}

static void colour(struct bk_buf *out, int16_t number, bool back)
{
	bk_buf_printf(out, "\033[%d;5;%dm", back ? 48 : 38, number);
}

static void character(struct bk_buf *out, const struct bk_cell *cell)
{
	bk_buf_put(out, cell->bytes, cell->len);
}

static const struct bk_paint_words all_words = {
	.clear = "\033[2J",
	.erase_line = "\033[K",
	.plain = "\033[m",
	.bold = "\033[1m",
	.dim = "\033[2m",
	.italic = "\033[3m",
	.underline = "\033[4m",
	.reverse = "\033[7m",
	.hide = "\033[l",
	.show = "\033[h",
	.insert = "\033[@",
	.remove = "\033[P",
	.go = go,
	.right = right,
	.scroll = scroll,
	.colour = colour,
	.character = character,
};

/* ---- Grids ---- */

static struct bk_paint paint;
static struct bk_grid grid;
static struct bk_buf out;

static int fresh(void **state)
{
	(void)state;
	memset(&terminal, 0, sizeof terminal);
	terminal.look = BK_LOOK_PLAIN;
	terminal.end = ROWS;
	for (int row = 0; row < ROWS; row++)
		for (int col = 0; col < COLS; col++)
			terminal.cells[row][col] = (struct spot){'?', {1, 2, BK_ATTR_BOLD}};
	paint = (struct bk_paint){.words = all_words};
	return bk_grid_resize(&grid, ROWS, COLS);
}

static int done(void **state)
{
	(void)state;
	bk_grid_release(&grid);
	bk_paint_release(&paint);
	bk_buf_release(&out);
	return 0;
}

static struct bk_look some_look(void)
{
	static const struct bk_look looks[] = {{-1, -1, 0}, {231, -1, BK_ATTR_BOLD}, {-1, 236, 0},
		{215, 236, BK_ATTR_BOLD | BK_ATTR_UNDERLINE}, {-1, -1, BK_ATTR_REVERSE}};
	return looks[rand() % 5];
}

static void write_row(int row)
{
	static const char *const words[] = {"shall ", "[should] ", "        ", "not", "a", "  ", "Parties "};
	int col = 0;
	while (col < COLS) {
		const struct bk_look look = some_look();
		col = bk_grid_puts(&grid, row, col, COLS, look, words[rand() % 7]);
	}
}

static void type_into(int row)
{
	const int from = rand() % COLS, to = from + rand() % (COLS - from);
	if (rand() % 2)
		for (int col = to; col > from; col--)
			*bk_grid_at(&grid, row, col) = *bk_grid_at(&grid, row, col - 1);
	else
		for (int col = from; col < to; col++)
			*bk_grid_at(&grid, row, col) = *bk_grid_at(&grid, row, col + 1);
	bk_grid_puts(&grid, row, from, COLS, some_look(), "x");
}

static void roll(int rows)
{
	const size_t size = (size_t)(ROWS - abs(rows)) * COLS * sizeof *grid.cells;
	struct bk_cell *const moved = grid.cells + (size_t)abs(rows) * COLS;
	memmove(rows > 0 ? moved : grid.cells, rows > 0 ? grid.cells : moved, size);
	for (int row = 0; row < abs(rows); row++)
		write_row(rows > 0 ? row : ROWS - 1 - row);
}

static void change(void)
{
	switch (rand() % 4) {
	case 0: write_row(rand() % ROWS); break;
	case 1: roll(rand() % 7 - 3); break;
	default: type_into(rand() % ROWS);
	}
	grid.cursor_row = rand() % (ROWS + 1) - 1;
	grid.cursor_col = rand() % COLS;
}

static void show(bool anew)
{
	bk_buf_clear(&out);
	assert_int_equal(bk_paint_grid(&paint, &grid, anew, &out), BK_OK);
	feed(&out);
}

static void assert_shown(void)
{
	for (int row = 0; row < ROWS; row++)
		for (int col = 0; col < COLS; col++) {
			const struct bk_cell *const cell = bk_grid_at(&grid, row, col);
			const struct spot spot = terminal.cells[row][col];
			assert_int_equal(spot.character, cell->bytes[0]);
			assert_true(bk_look_equal(spot.look, cell->style));
		}
	assert_int_equal(terminal.hidden, grid.cursor_row < 0);
	if (grid.cursor_row >= 0) {
		assert_int_equal(terminal.row, grid.cursor_row);
		assert_int_equal(terminal.col, grid.cursor_col);
	}
	assert_true(bk_look_equal(terminal.look, BK_LOOK_PLAIN));
}

/* ---- The tests ---- */

static void walk(void)
{
	srand(2010);
	for (int row = 0; row < ROWS; row++)
		write_row(row);
	show(true);
	assert_shown();
	for (int i = 0; i < 3000; i++) {
		change();
		show(false);
		assert_shown();
	}
}

static void any_grid_comes_to_be_shown_after_any_other(void **state)
{
	(void)state;
	walk();
}

static void a_terminal_that_can_only_place_its_cursor_shows_them_too(void **state)
{
	(void)state;
	paint.words = (struct bk_paint_words){.plain = "\033[m",
		.bold = "\033[1m",
		.underline = "\033[4m",
		.reverse = "\033[7m",
		.hide = "\033[l",
		.show = "\033[h",
		.moves_plain = true,
		.go = go,
		.colour = colour,
		.character = character};
	walk();
}

static void nothing_is_written_when_nothing_has_changed(void **state)
{
	(void)state;
	write_row(3);
	show(true);
	show(false);
	assert_int_equal(out.len, 0);
}

static void a_typed_letter_costs_a_letter_and_not_its_row(void **state)
{
	(void)state;
	bk_grid_puts(&grid, 1, 0, COLS, BK_LOOK_PLAIN, "Parties shall act jointly    | aside");
	show(true);
	bk_grid_puts(&grid, 1, 0, COLS, BK_LOOK_PLAIN, "XParties shall act jointly   | aside");
	show(false);
	assert_shown();
	assert_true(out.len < 24);
}

static void a_line_that_wraps_moves_those_below_it(void **state)
{
	(void)state;
	srand(7);
	for (int row = 0; row < ROWS; row++)
		write_row(row);
	show(true);
	roll(1);
	show(false);
	assert_shown();
	assert_true(out.len < 300);
}

static void looks_that_follow_each_other_are_told_in_one_sequence(void **state)
{
	(void)state;
	show(true);
	bk_grid_puts(&grid, 0, 0, COLS, (struct bk_look){231, 52, BK_ATTR_BOLD}, "x");
	show(false);
	assert_non_null(strstr(bk_buf_string(&out), "\033[1;38;5;231;48;5;52mx"));
}

static void attributes_that_do_not_go_with_colours_are_left_out_there(void **state)
{
	(void)state;
	paint.words.never_coloured = BK_ATTR_UNDERLINE;
	bk_grid_puts(&grid, 0, 0, COLS, (struct bk_look){1, -1, BK_ATTR_UNDERLINE | BK_ATTR_BOLD}, "x");
	bk_grid_puts(&grid, 0, 1, COLS, (struct bk_look){-1, -1, BK_ATTR_UNDERLINE}, "y");
	show(true);
	assert_int_equal(terminal.cells[0][0].look.attributes, BK_ATTR_BOLD);
	assert_int_equal(terminal.cells[0][1].look.attributes, BK_ATTR_UNDERLINE);
}

static void a_terminal_that_would_scroll_keeps_its_last_cell_blank(void **state)
{
	(void)state;
	paint.words.scrolls = true;
	bk_grid_puts(&grid, ROWS - 1, COLS - 2, COLS, BK_LOOK_PLAIN, "ab");
	show(true);
	assert_int_equal(terminal.cells[ROWS - 1][COLS - 2].character, 'a');
	assert_int_equal(terminal.cells[ROWS - 1][COLS - 1].character, ' ');
}

static void wide_characters_keep_both_their_cells(void **state)
{
	(void)state;
	show(true);
	bk_grid_puts(&grid, 0, 0, COLS, BK_LOOK_PLAIN, "a\xe5\x9b\xbd z");
	bk_buf_clear(&out);
	assert_int_equal(bk_paint_grid(&paint, &grid, false, &out), BK_OK);
	assert_non_null(strstr(bk_buf_string(&out), "a\xe5\x9b\xbd"));
	bk_grid_puts(&grid, 0, 1, COLS, BK_LOOK_PLAIN, "bc");
	bk_buf_clear(&out);
	assert_int_equal(bk_paint_grid(&paint, &grid, false, &out), BK_OK);
	assert_non_null(strstr(bk_buf_string(&out), "bc"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(any_grid_comes_to_be_shown_after_any_other, fresh, done),
		cmocka_unit_test_setup_teardown(
			a_terminal_that_can_only_place_its_cursor_shows_them_too, fresh, done),
		cmocka_unit_test_setup_teardown(nothing_is_written_when_nothing_has_changed, fresh, done),
		cmocka_unit_test_setup_teardown(a_typed_letter_costs_a_letter_and_not_its_row, fresh, done),
		cmocka_unit_test_setup_teardown(a_line_that_wraps_moves_those_below_it, fresh, done),
		cmocka_unit_test_setup_teardown(
			looks_that_follow_each_other_are_told_in_one_sequence, fresh, done),
		cmocka_unit_test_setup_teardown(
			attributes_that_do_not_go_with_colours_are_left_out_there, fresh, done),
		cmocka_unit_test_setup_teardown(
			a_terminal_that_would_scroll_keeps_its_last_cell_blank, fresh, done),
		cmocka_unit_test_setup_teardown(wide_characters_keep_both_their_cells, fresh, done),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
