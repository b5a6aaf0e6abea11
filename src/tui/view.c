/* The place in the text: moving by rows, scrolling, and which byte a cell shows. */
#include "tui/screen.h"

#include "tui/rows.h"

static const bk_snapshot *shown(const struct bk_screen *screen)
{
	return bk_desk_shown(bk_screen_desk(screen));
}

static int height(const struct bk_screen *screen)
{
	return screen->text_rect.rows > 0 ? screen->text_rect.rows : 1;
}

/* Rows from `from` down to the row that `to` stands on, at most `most`; -1 when it lies above. */
static int rows_between(struct bk_screen *screen, size_t from, size_t to, int most)
{
	size_t at = from, target = to;
	if (bk_rows_start(screen, to, &target) < 0)
		return 0;
	if (target < at)
		return -1;
	for (int rows = 0; rows < most; rows++) {
		bool moved = false;
		if (at >= target)
			return rows;
		if (bk_rows_next(screen, at, &at, &moved) < 0 || !moved)
			return rows;
	}
	return most;
}

/* The start of the row so many rows away; where memory runs out for a row, the last one that was found. */
static size_t row_away(struct bk_screen *screen, size_t offset, long rows)
{
	size_t at = offset;
	bk_rows_start(screen, offset, &at);
	for (; rows < 0 && at > 0; rows++)
		bk_rows_previous(screen, at, &at);
	bool moved = true;
	for (; rows > 0 && moved; rows--)
		if (bk_rows_next(screen, at, &at, &moved) < 0)
			break;
	return at;
}

void bk_screen_show_cursor(struct bk_screen *screen)
{
	struct bk_view *const view = bk_desk_view(bk_screen_desk(screen));
	const size_t size = bk_snapshot_size(shown(screen));
	view->cursor = view->cursor > size ? size : view->cursor;
	view->top = view->top > size ? size : view->top;
	bk_rows_reveal(screen);
	bk_rows_start(screen, view->top, &view->top);
	const int margin = height(screen) > 8 ? 1 : 0;
	const int rows = rows_between(screen, view->top, view->cursor, height(screen) + height(screen) / 2);
	if (rows >= margin && rows < height(screen) - margin)
		return;
	if (rows >= 0 && rows < margin && view->top == 0)
		return;
	const bool above = rows < margin;
	const bool near = above ? rows >= 0 || row_away(screen, view->top, -2) <= view->cursor
				: rows < height(screen) + 3;
	const long back = !near ? height(screen) / 3 : above ? margin : height(screen) - 1 - margin;
	view->top = row_away(screen, view->cursor, -back);
}

void bk_screen_fill(struct bk_screen *screen)
{
	struct bk_view *const view = bk_desk_view(bk_screen_desk(screen));
	const size_t size = bk_snapshot_size(shown(screen));
	const int rows = height(screen);
	if (view->top > size)
		return;
	bk_rows_start(screen, view->top, &view->top);
	if (rows_between(screen, view->top, size, rows) < rows - 1)
		view->top = row_away(screen, size, -(rows - 1));
}

void bk_screen_go(struct bk_screen *screen, size_t offset, bool select)
{
	struct bk_view *const view = bk_desk_view(bk_screen_desk(screen));
	const size_t size = bk_snapshot_size(shown(screen));
	if (!select && !view->select)
		view->anchor = BK_NOWHERE;
	else if (view->anchor == BK_NOWHERE)
		view->anchor = view->cursor;
	view->cursor = offset > size ? size : offset;
	view->goal = -1;
}

static int column_of(struct bk_screen *screen, size_t offset)
{
	struct bk_span fold;
	if (bk_rows_layout(screen, offset, &fold) < 0)
		return 0;
	const size_t row = fold.start != BK_NOWHERE ? 0 : bk_layout_row_of(screen->layout, offset);
	return bk_layout_col_of(screen->layout, row, offset);
}

static size_t offset_in_row(struct bk_screen *screen, size_t row_start, int col)
{
	struct bk_span fold;
	if (bk_rows_layout(screen, row_start, &fold) < 0)
		return row_start;
	const size_t row = fold.start != BK_NOWHERE ? 0 : bk_layout_row_of(screen->layout, row_start);
	return bk_layout_offset_at(screen->layout, row, col);
}

void bk_screen_move_rows(struct bk_screen *screen, long rows, bool select)
{
	struct bk_view *const view = bk_desk_view(bk_screen_desk(screen));
	const int goal = view->goal >= 0 ? view->goal : column_of(screen, view->cursor);
	const size_t before = row_away(screen, view->cursor, 0);
	const size_t row = row_away(screen, view->cursor, rows);
	const size_t size = bk_snapshot_size(shown(screen));
	/* On the first and last row there is still the text's own begin and end to go to. */
	struct bk_folded hidden;
	const bool folded = rows > 0 && row == before && bk_rows_hides(screen, size, &hidden);
	const size_t edge = rows < 0 ? 0 : folded ? hidden.last_seen : size;
	bk_screen_go(screen, row == before ? edge : offset_in_row(screen, row, goal), select);
	view->goal = goal;
}

void bk_screen_scroll(struct bk_screen *screen, long rows)
{
	struct bk_view *const view = bk_desk_view(bk_screen_desk(screen));
	view->top = row_away(screen, view->top, rows);
	const int down = rows_between(screen, view->top, view->cursor, height(screen) * 2);
	const int margin = height(screen) > 8 ? 1 : 0;
	if (down >= margin && down < height(screen) - margin)
		return;
	const int goal = view->goal >= 0 ? view->goal : column_of(screen, view->cursor);
	const size_t row = row_away(screen, view->top, down < margin ? margin : height(screen) - 1 - margin);
	view->cursor = offset_in_row(screen, row, goal);
	view->goal = goal;
}

size_t bk_screen_offset_at(struct bk_screen *screen, int row, int col)
{
	const struct bk_view *const view = bk_desk_view(bk_screen_desk(screen));
	const size_t start = row_away(screen, view->top, row - screen->text_rect.row);
	return offset_in_row(screen, start, col - screen->text_rect.col);
}

void bk_screen_remember(struct bk_screen *screen)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	screen->before.desk = NULL;
	if (bk_folds_copy(&screen->before.folds, &desk->folds) < 0 ||
		bk_folds_copy(&screen->before.ajar, &desk->ajar) < 0)
		return;
	screen->before.desk = desk;
	screen->before.reading = desk->reading;
	screen->before.version = bk_text_version(desk->session->text);
	screen->before.view = *bk_desk_view(desk);
}

void bk_screen_return(struct bk_screen *screen)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	const bool same = screen->before.desk == desk && screen->before.reading == desk->reading &&
			  screen->before.version == bk_text_version(desk->session->text);
	if (same && bk_folds_copy(&desk->folds, &screen->before.folds) == BK_OK &&
		bk_folds_copy(&desk->ajar, &screen->before.ajar) == BK_OK)
		*bk_desk_view(desk) = screen->before.view;
	screen->before.desk = NULL;
}
