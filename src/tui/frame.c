/* The frame: where panes stand, the top line and the status line. */
#include "base/utf8.h"
#include "tui/fit.h"
#include "tui/motion.h"
#include "tui/past.h"
#include "tui/screen.h"

#include <string.h>

enum { MESSAGE_ROWS = 4 };

/* ---- Top line ---- */

static const char *base_name(const char *path)
{
	const char *const slash = strrchr(path, '/');
	return slash != NULL ? slash + 1 : path;
}

static int put_name(struct bk_screen *screen, int col, const struct bk_desk *desk, bool current)
{
	struct bk_grid *const grid = &screen->grid;
	const struct bk_look look = bk_screen_style(screen, current ? BK_ROLE_BAR_NAME : BK_ROLE_BAR);
	struct bk_buf name = BK_BUF_INIT;
	if (desk->session->revision != NULL && strchr(desk->session->name, '/') != NULL)
		bk_buf_printf(&name, "%s:", desk->session->revision);
	bk_buf_puts(&name, base_name(desk->session->name));
	col = bk_grid_put_cut(grid, 0, col, grid->cols / 2, look, bk_buf_str(&name));
	bk_buf_release(&name);
	if (bk_session_is_changed(desk->session))
		col = bk_grid_puts(grid, 0, col, grid->cols, bk_screen_style(screen, BK_ROLE_BAR_COUNT), "*");
	return col;
}

/* The symbol of the newest revision that has one, and how many came after it. */
static int put_symbol(struct bk_screen *screen, int col, int limit, const struct bk_past *past)
{
	enum { LEAST = 6 };
	if (past == NULL || limit - col - 3 < LEAST)
		return col;
	for (size_t i = 0; i < past->count; i++) {
		if (past->revisions[i].symbol[0] == '\0')
			continue;
		struct bk_buf words = BK_BUF_INIT;
		bk_buf_puts(&words, past->revisions[i].symbol);
		if (bk_past_texts(past, i) > 0)
			bk_buf_printf(&words, " +%zu", bk_past_texts(past, i));
		col = bk_grid_put_cut(&screen->grid, 0, col + 3, limit, bk_screen_style(screen, BK_ROLE_BAR),
			bk_buf_str(&words));
		bk_buf_release(&words);
		break;
	}
	return col;
}

/* What is counted of the draft shown, each a field of its own. */
enum { OPEN, BLOCKS, RIPE, FAULTS, TALLIES };

static void count_tally(const struct bk_desk *desk, struct bk_buf words[TALLIES])
{
	const struct bk_session *const session = desk->session;
	const char *const party = desk->completed ? bk_session_party(session) : NULL;
	size_t faults = desk->marks.tally.faults;
	if (desk->reading != NULL) {
		bk_buf_puts(&words[OPEN], "read only");
		return;
	}
	if (session->draft != NULL) {
		bk_buf_printf(&words[OPEN], "%zu open", desk->marks.tally.open);
		if (party != NULL && desk->marks.tally.blocks > 0)
			bk_buf_printf(&words[BLOCKS], "%zu block %s", desk->marks.tally.blocks, party);
		if (desk->marks.tally.ripe > 0)
			bk_buf_printf(&words[RIPE], "%zu ripe", desk->marks.tally.ripe);
	} else if (bk_text_ready(session->text) == bk_snapshot_size(bk_text_now(session->text))) {
		const struct bk_bracket_counts counts = bk_snapshot_brackets(bk_text_now(session->text));
		bk_buf_printf(&words[OPEN], "%zu brackets", counts.pairs);
		faults = counts.unmatched_open + counts.unmatched_close;
	}
	if (faults > 0)
		bk_buf_printf(&words[FAULTS], "%zu fault%s", faults, faults == 1 ? "" : "s");
}

/* At the right end of the top line, as much as fits behind from; returns where it begins. */
static int put_tally(struct bk_screen *screen, const struct bk_desk *desk, int from)
{
	static const int ranks[TALLIES] = {[OPEN] = 0, [BLOCKS] = 1, [RIPE] = 3, [FAULTS] = 2};
	const int limit = screen->grid.cols - 1;
	struct bk_buf words[TALLIES] = {BK_BUF_INIT}, all = BK_BUF_INIT;
	struct bk_fit fields[TALLIES];
	count_tally(desk, words);
	for (int i = 0; i < TALLIES; i++)
		fields[i] = (struct bk_fit){.words = bk_buf_str(&words[i]), .rank = ranks[i]};
	bk_fit_put(fields, TALLIES, " · ", limit - from, &all);
	const int start = bk_grid_put_right(
		&screen->grid, 0, from, limit, bk_screen_style(screen, BK_ROLE_BAR_COUNT), bk_buf_str(&all));
	if (fields[FAULTS].kept)
		bk_grid_put_right(&screen->grid, 0, from, limit, bk_screen_style(screen, BK_ROLE_BAR_ALERT),
			bk_buf_str(&words[FAULTS]));
	for (int i = 0; i < TALLIES; i++)
		bk_buf_release(&words[i]);
	bk_buf_release(&all);
	return start;
}

static void draw_top(struct bk_screen *screen)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	const struct bk_look bar = bk_screen_style(screen, BK_ROLE_BAR);
	bk_grid_fill(&screen->grid, (struct bk_rect){0, 0, 1, screen->grid.cols}, bar);
	int col = 1;
	for (size_t i = 0; i < screen->desks.len && col < screen->grid.cols / 2; i++) {
		col = put_name(screen, col, screen->desks.items[i], i == screen->current);
		col += i + 1 < screen->desks.len ? 2 : 0;
	}
	if (desk->read_only)
		col = bk_grid_puts(&screen->grid, 0, col + 1, screen->grid.cols,
			bk_screen_style(screen, BK_ROLE_BAR_ALERT), "[read only]");
	if (desk->others)
		col = bk_grid_puts(&screen->grid, 0, col + 1, screen->grid.cols,
			bk_screen_style(screen, BK_ROLE_BAR_ALERT), "[changed by others]");
	const int limit = put_tally(screen, desk, col + 2) - 2;
	const char *const party = desk->completed ? bk_session_party(desk->session) : NULL;
	const int width = party != NULL ? (int)bk_utf8_string_width(bk_str_of(party)) + 3 : 0;
	if (screen->grid.cols >= 60)
		col = put_symbol(screen, col, limit - width, desk->past);
	if (party != NULL && col + width <= limit)
		bk_grid_puts(&screen->grid, 0, col + 3, limit, bar, party);
}

/* ---- Status line ---- */

/* Line and column, and how deep that is. */
static void put_place(struct bk_screen *screen, struct bk_buf *line_words, struct bk_buf *depth_words)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	const bk_snapshot *const shown = bk_desk_shown(desk);
	const struct bk_view *const view = bk_desk_view(desk);
	const size_t line = bk_snapshot_line_of(shown, view->cursor);
	const size_t start = bk_snapshot_line_start(shown, line);
	size_t column = 1;
	if (start != BK_NOWHERE && view->cursor - start <= 65536) {
		struct bk_buf bytes = BK_BUF_INIT;
		bk_buf_reserve(&bytes, view->cursor - start + 1);
		if (!bytes.failed) {
			bk_snapshot_copy(shown, (struct bk_span){start, view->cursor}, bytes.bytes);
			column = bk_utf8_count_clusters((struct bk_str){bytes.bytes, view->cursor - start}) +
				 1;
		}
		bk_buf_release(&bytes);
	}
	/* On an opening character one stands in its bracket already. */
	const bool opens = bk_motion_byte(shown, view->cursor) == '[';
	bk_buf_printf(line_words, "line %zu col %zu", line + 1, column);
	bk_buf_printf(depth_words, "depth %zu", bk_snapshot_depth(shown, view->cursor + opens));
}

/* "2/214": which of the open brackets begins at or before the cursor. */
static void put_turn(const struct bk_desk *desk, struct bk_buf *out)
{
	if (desk->session->draft == NULL || desk->reading != NULL || desk->marks.tally.open == 0 ||
		desk->marks.open == NULL)
		return;
	const size_t cursor = bk_carry_back(&desk->carry, desk->view.cursor);
	const uint32_t turn = desk->marks.open[bk_draft_bracket_from(desk->session->draft, cursor + 1)];
	bk_buf_printf(out, "%u/%zu", turn, desk->marks.tally.open);
}

static const char *mode_name(const struct bk_screen *screen)
{
	static const char *const modal[] = {"", "NORMAL", "INSERT", "VISUAL", "VISUAL LINE"};
	const struct bk_desk *const desk = bk_screen_desk(screen);
	if (desk->reading != NULL)
		return desk->reading->name;
	if (screen->vi.mode != BK_VI_OFF)
		return modal[screen->vi.mode];
	if (bk_desk_view(bk_screen_desk(screen))->select)
		return "select";
	return desk->read_only ? "read" : "edit";
}

static const char *path_here(const struct bk_desk *desk)
{
	const bk_draft *const draft = desk->session->draft;
	if (draft == NULL || desk->reading != NULL)
		return "";
	const uint32_t node = bk_draft_node_at(draft, bk_carry_back(&desk->carry, desk->view.cursor));
	size_t count;
	const struct bk_node *const nodes = bk_draft_nodes(draft, &count);
	return node != BK_NONE ? nodes[node].path : "";
}

/* Rows that the message takes: long ones are not cut. */
static int message_rows(const struct bk_screen *screen)
{
	const int rows = bk_grid_count_words(screen->grid.cols - 2, bk_buf_str(&screen->message));
	const int most = screen->grid.rows / 3 < MESSAGE_ROWS ? screen->grid.rows / 3 : MESSAGE_ROWS;
	return rows < 1 || most < 1 ? 1 : rows < most ? rows : most;
}

/* The message, upwards from the lowest row where it is longer than one. */
static void draw_message(struct bk_screen *screen, int row)
{
	const int rows = message_rows(screen);
	const struct bk_look look =
		bk_screen_style(screen, screen->message_is_error ? BK_ROLE_ERROR : BK_ROLE_MESSAGE);
	const struct bk_rect box = {row - rows + 1, 1, rows, screen->grid.cols - 2};
	bk_grid_fill(&screen->grid, (struct bk_rect){box.row, 0, rows, screen->grid.cols}, look);
	if (rows == 1)
		bk_grid_put_cut(
			&screen->grid, row, 1, screen->grid.cols - 1, look, bk_buf_str(&screen->message));
	else
		bk_grid_put_words(&screen->grid, box, box.row, 0, look, bk_buf_str(&screen->message));
}

/* The right end of the status line, as much as fits behind from; returns where it begins. */
static int put_status(struct bk_screen *screen, int row, int from, struct bk_look look)
{
	enum { MATCHES, LINE, DEPTH, TURN, FIELDS };
	static const int ranks[FIELDS] = {[MATCHES] = 2, [LINE] = 1, [DEPTH] = 3, [TURN] = 0};
	struct bk_buf words[FIELDS] = {BK_BUF_INIT}, all = BK_BUF_INIT;
	struct bk_fit fields[FIELDS];
	const int limit = screen->grid.cols - 1;
	if (screen->find.active && screen->find.matches.len > 0)
		bk_buf_printf(&words[MATCHES], "%zu match%s", screen->find.matches.len,
			screen->find.matches.len == 1 ? "" : "es");
	put_place(screen, &words[LINE], &words[DEPTH]);
	put_turn(bk_screen_desk(screen), &words[TURN]);
	for (int i = 0; i < FIELDS; i++)
		fields[i] = (struct bk_fit){.words = bk_buf_str(&words[i]), .rank = ranks[i]};
	bk_fit_put(fields, FIELDS, "   ", limit - from, &all);
	const int start = bk_grid_put_right(&screen->grid, row, from, limit, look, bk_buf_str(&all));
	for (int i = 0; i < FIELDS; i++)
		bk_buf_release(&words[i]);
	bk_buf_release(&all);
	return start;
}

static void draw_status(struct bk_screen *screen, int row)
{
	struct bk_grid *const grid = &screen->grid;
	const struct bk_desk *const desk = bk_screen_desk(screen);
	if (screen->message.len > 0) {
		draw_message(screen, row);
		return;
	}
	const struct bk_look look = bk_screen_style(screen, BK_ROLE_STATUS);
	bk_grid_fill(grid, (struct bk_rect){row, 0, 1, grid->cols}, look);
	const int col = bk_grid_put_cut(grid, row, 1, grid->cols - 12, look, bk_str_of(mode_name(screen)));
	const int place = put_status(screen, row, col + 2, look);
	const char *const path = path_here(desk);
	if (place - col < 8)
		return;
	const int width = (int)bk_utf8_string_width(bk_str_of(path));
	const int start = grid->cols >= BK_SIDE_FROM && width + 4 < place - col ? place - width - 3 : col + 3;
	bk_grid_put_cut(
		grid, row, start, place - 2, bk_screen_style(screen, BK_ROLE_STATUS_PATH), bk_str_of(path));
}

/* ---- Panes ---- */

static void draw_border(struct bk_screen *screen, struct bk_rect rect)
{
	const struct bk_look look = bk_screen_style(screen, BK_ROLE_BORDER);
	for (int row = rect.row; row < rect.row + rect.rows; row++)
		for (int col = rect.col; col < rect.col + rect.cols; col++)
			bk_grid_puts(
				&screen->grid, row, col, screen->grid.cols, look, rect.cols == 1 ? "│" : "─");
}

/* Share the body between the text and a pane of so many columns (or rows, on a narrow screen). */
static struct bk_rect split(struct bk_screen *screen, struct bk_rect *body, int cols, int rows)
{
	if (screen->grid.cols >= BK_SIDE_FROM) {
		body->cols -= cols + 3;
		draw_border(screen, (struct bk_rect){body->row, body->col + body->cols + 1, body->rows, 1});
		return (struct bk_rect){body->row, body->col + body->cols + 3, body->rows, cols};
	}
	rows = rows < body->rows - 3 ? rows : body->rows - 3;
	if (rows < 2)
		return (struct bk_rect){0};
	body->rows -= rows + 1;
	draw_border(screen, (struct bk_rect){body->row + body->rows, 0, 1, screen->grid.cols});
	return (struct bk_rect){body->row + body->rows + 1, 1, rows, screen->grid.cols - 2};
}

/* Lines of eighty come first, then the side pane grows. */
static int side_width(int cols)
{
	const int left = cols - 83;
	return left < 38 ? 38 : left > 54 ? 54 : left;
}

static void draw_body(struct bk_screen *screen, struct bk_rect body)
{
	const int cols = screen->grid.cols;
	const bool list = screen->pane != NULL;
	const bool side = !list && bk_screen_desk(screen)->reading == NULL &&
			  (screen->side_asked ? screen->side : cols >= BK_SIDE_FROM);
	struct bk_rect pane = {0};
	if (list && screen->pane->wide) {
		screen->text_rect = (struct bk_rect){body.row, 2, body.rows, cols - 2};
		bk_list_draw(screen, body);
		return;
	}
	if (list)
		pane = split(screen, &body, cols >= 150 ? cols * 9 / 20 : cols / 2, body.rows * 11 / 20);
	else if (side)
		pane = split(screen, &body, side_width(cols), body.rows * 2 / 5 > 9 ? body.rows * 2 / 5 : 9);
	bk_pane_text_draw(screen, body);
	if (pane.rows == 0)
		return;
	if (list) {
		screen->grid.cursor_row = screen->grid.cursor_col = -1;
		bk_list_draw(screen, (struct bk_rect){pane.row, pane.col - 1, pane.rows, pane.cols + 1});
	} else {
		bk_pane_side_draw(screen, pane);
	}
}

void bk_screen_draw(struct bk_screen *screen)
{
	struct bk_grid *const grid = &screen->grid;
	if (grid->rows != screen->terminal->rows || grid->cols != screen->terminal->cols)
		if (bk_grid_resize(grid, screen->terminal->rows, screen->terminal->cols) < 0)
			return;
	grid->bidi = screen->bidi;
	bk_grid_clear(grid);
	bk_pane_sync(screen);
	const int rows = grid->rows;
	const int key_rows = bk_screen_key_rows(screen);
	const int used = 1 + key_rows + (screen->prompt.active ? 1 : message_rows(screen));
	const struct bk_rect body = {1, 0, rows > used + 1 ? rows - used : 1, grid->cols};
	draw_body(screen, body);
	draw_top(screen);
	if (rows < 3)
		return;
	bk_screen_draw_keys(screen, rows - 1);
	if (screen->prompt.active && screen->message.len > 0 && rows > 6)
		draw_message(screen, rows - key_rows - 2);
	if (screen->prompt.active)
		bk_prompt_draw(screen, rows - key_rows - 1, 1);
	else
		draw_status(screen, rows - key_rows - 1);
}
