/* The frame: where panes stand, the top line, the status line and the line of keys. */
#include "base/utf8.h"
#include "tui/motion.h"
#include "tui/past.h"
#include "tui/screen.h"

#include <string.h>

enum { SIDE_FROM = 100, MESSAGE_ROWS = 4 };

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
static int put_symbol(struct bk_screen *screen, int col, const struct bk_past *past)
{
	if (past == NULL)
		return col;
	for (size_t i = 0; i < past->count; i++) {
		if (past->revisions[i].symbol[0] == '\0')
			continue;
		struct bk_buf words = BK_BUF_INIT;
		bk_buf_puts(&words, past->revisions[i].symbol);
		if (i > 0)
			bk_buf_printf(&words, " +%zu", i);
		col = bk_grid_put_cut(&screen->grid, 0, col + 3, screen->grid.cols * 2 / 3,
			bk_screen_style(screen, BK_ROLE_BAR), bk_buf_str(&words));
		bk_buf_release(&words);
		break;
	}
	return col;
}

static void put_tally(struct bk_screen *screen, const struct bk_desk *desk, int from)
{
	const struct bk_session *const session = desk->session;
	struct bk_buf words = BK_BUF_INIT;
	const char *const party = desk->completed ? bk_session_party(session) : NULL;
	if (desk->reading != NULL) {
		bk_buf_puts(&words, "read only");
	} else if (session->draft != NULL) {
		bk_buf_printf(&words, "%zu open", desk->tally.open);
		if (party != NULL && desk->tally.blocks > 0)
			bk_buf_printf(&words, " · %zu block %s", desk->tally.blocks, party);
		if (desk->tally.ripe > 0)
			bk_buf_printf(&words, " · %zu ripe", desk->tally.ripe);
	} else if (bk_text_ready(session->text) == bk_snapshot_size(bk_text_now(session->text))) {
		const struct bk_bracket_counts counts = bk_snapshot_brackets(bk_text_now(session->text));
		bk_buf_printf(&words, "%zu brackets", counts.pairs);
		if (counts.unmatched_open + counts.unmatched_close > 0)
			bk_buf_printf(
				&words, " · %zu faults", counts.unmatched_open + counts.unmatched_close);
	}
	int limit = screen->grid.cols - 1;
	if (desk->tally.faults > 0 && desk->reading == NULL) {
		struct bk_buf alert = BK_BUF_INIT;
		bk_buf_printf(
			&alert, " · %zu fault%s", desk->tally.faults, desk->tally.faults == 1 ? "" : "s");
		limit = bk_grid_put_right(&screen->grid, 0, from, limit,
			bk_screen_style(screen, BK_ROLE_BAR_ALERT), bk_buf_str(&alert));
		bk_buf_release(&alert);
	}
	bk_grid_put_right(&screen->grid, 0, from + 2, limit, bk_screen_style(screen, BK_ROLE_BAR_COUNT),
		bk_buf_str(&words));
	bk_buf_release(&words);
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
	if (screen->grid.cols >= 60)
		col = put_symbol(screen, col, desk->past);
	const char *const party = desk->completed ? bk_session_party(desk->session) : NULL;
	if (party != NULL)
		col = bk_grid_puts(&screen->grid, 0, col + 3, screen->grid.cols, bar, party);
	put_tally(screen, desk, col);
}

/* ---- Status line ---- */

static void put_place(struct bk_screen *screen, struct bk_buf *out)
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
	const size_t depth = bk_snapshot_depth(shown, view->cursor + opens);
	bk_buf_printf(out, "line %zu col %zu   depth %zu", line + 1, column, depth);
}

/* "2/214": which of the open brackets begins at or before the cursor. */
static void put_turn(const struct bk_desk *desk, struct bk_buf *out)
{
	if (desk->session->draft == NULL || desk->reading != NULL || desk->tally.open == 0)
		return;
	size_t count, turn = 0;
	const struct bk_bracket *const brackets = bk_draft_brackets(desk->session->draft, &count);
	const size_t cursor = bk_carry_back(&desk->carry, desk->view.cursor);
	for (size_t i = 0; i < count && brackets[i].start <= cursor; i++)
		turn += brackets[i].class == BK_CLASS_DISPUTED && !brackets[i].brace;
	bk_buf_printf(out, "   %zu/%zu", turn, desk->tally.open);
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

/* How many bytes of words go into so many columns, broken at a blank where there is one. */
static size_t fitting(struct bk_str words, int cols)
{
	size_t at = 0, blank = 0;
	int width = 0;
	while (at < words.len) {
		const struct bk_str rest = bk_str_skip(words, at);
		const size_t cluster = bk_utf8_cluster(rest);
		width += (int)bk_utf8_string_width((struct bk_str){rest.ptr, cluster});
		if (width > cols)
			return blank > 0 ? blank : at;
		at += cluster;
		blank = rest.ptr[0] == ' ' ? at : blank;
	}
	return at;
}

/* The message, upwards from the lowest row where it is longer than one. */
static void draw_message(struct bk_screen *screen, int lowest)
{
	const struct bk_look look =
		bk_screen_style(screen, screen->message_is_error ? BK_ROLE_ERROR : BK_ROLE_MESSAGE);
	const int cols = screen->grid.cols - 2;
	size_t starts[MESSAGE_ROWS + 1] = {0};
	int rows = 0;
	const struct bk_str words = bk_buf_str(&screen->message);
	do {
		starts[rows + 1] = starts[rows] + fitting(bk_str_skip(words, starts[rows]), cols);
		rows++;
	} while (rows < MESSAGE_ROWS && rows < lowest && starts[rows] < words.len);
	for (int i = 0; i < rows; i++) {
		const int row = lowest - rows + 1 + i;
		const struct bk_str rest = bk_str_skip(words, starts[i]);
		const size_t len = i + 1 < rows ? starts[i + 1] - starts[i] : rest.len;
		bk_grid_fill(&screen->grid, (struct bk_rect){row, 0, 1, screen->grid.cols}, look);
		bk_grid_put_cut(
			&screen->grid, row, 1, screen->grid.cols - 1, look, (struct bk_str){rest.ptr, len});
	}
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
	int col = bk_grid_puts(grid, row, 1, grid->cols, look, mode_name(screen));
	struct bk_buf right = BK_BUF_INIT;
	if (screen->find.active && screen->find.matches.len > 0)
		bk_buf_printf(&right, "%zu match%s   ", screen->find.matches.len,
			screen->find.matches.len == 1 ? "" : "es");
	put_place(screen, &right);
	put_turn(desk, &right);
	const int place = bk_grid_put_right(grid, row, col + 2, grid->cols - 1, look, bk_buf_str(&right));
	bk_buf_release(&right);
	const char *const path = path_here(desk);
	if (place - col < 8)
		return;
	const int width = (int)bk_utf8_string_width(bk_str_of(path));
	const int start = grid->cols >= SIDE_FROM && width + 4 < place - col ? place - width - 3 : col + 3;
	bk_grid_put_cut(
		grid, row, start, place - 2, bk_screen_style(screen, BK_ROLE_STATUS_PATH), bk_str_of(path));
}

/* ---- The line of keys ---- */

struct hint {
	const char *command;
	const char *label;
};

static const struct hint general[] = {
	{"help-pane", "Help"},
	{"brackets-pane", "Brackets"},
	{"reading-pane", "Reading"},
	{"position-pane", "Position"},
	{"history-pane", "History"},
	{"check-pane", "Check"},
	{"menu", "Menu"},
	{"quit", "Quit"},
};

static const struct hint on_bracket[] = {
	{"accept", "Accept"},
	{"delete-bracket", "Delete"},
	{"object", "Object"},
	{"propose-alternative", "Propose"},
	{"position-pane", "More"},
	{"menu", "Menu"},
	{"quit", "Quit"},
};

static int hint_width(const struct bk_screen *screen, const struct hint *hint)
{
	struct bk_key key;
	char name[BK_KEY_NAME];
	if (!bk_keymap_key_of(&screen->keymap, hint->command, &key))
		return 0;
	bk_key_name(key, name);
	return (int)strlen(name) + 1 + (int)strlen(hint->label);
}

static int draw_hint(struct bk_screen *screen, int row, int col, const struct hint *hint)
{
	struct bk_key key;
	char name[BK_KEY_NAME];
	struct bk_grid *const grid = &screen->grid;
	if (!bk_keymap_key_of(&screen->keymap, hint->command, &key))
		return col;
	bk_key_name(key, name);
	const int start = col;
	col = bk_grid_puts(grid, row, col, grid->cols, bk_screen_style(screen, BK_ROLE_KEY), name);
	col = bk_grid_puts(grid, row, col, grid->cols, BK_LOOK_PLAIN, " ");
	col = bk_grid_puts(
		grid, row, col, grid->cols, bk_screen_style(screen, BK_ROLE_KEY_LABEL), hint->label);
	if (screen->button_count < (int)(sizeof screen->buttons / sizeof *screen->buttons)) {
		screen->buttons[screen->button_count].col = start;
		screen->buttons[screen->button_count].end = col;
		screen->buttons[screen->button_count++].key = key;
	}
	return col;
}

static void draw_hints(struct bk_screen *screen, int row, const struct hint *hints, size_t count)
{
	int width = 0;
	for (size_t i = 0; i < count; i++)
		width += hint_width(screen, &hints[i]);
	int gap = count > 1 ? (screen->grid.cols - 1 - width) / (int)(count - 1) : 1;
	gap = gap > 3 ? 3 : gap < 1 ? 1 : gap;
	int col = gap > 1 ? 1 : 0;
	for (size_t i = 0; i < count; i++)
		if (hint_width(screen, &hints[i]) > 0)
			col = draw_hint(screen, row, col, &hints[i]) + gap;
}

static bool on_open_bracket(const struct bk_screen *screen)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	const uint32_t here = bk_desk_here(desk);
	size_t count;
	return here != BK_NONE && !desk->read_only &&
	       bk_draft_brackets(desk->session->draft, &count)[here].class == BK_CLASS_DISPUTED;
}

/* What Enter does there, and how one gets rid of a filter. */
static const char *filtered_hints(const struct bk_pane *pane, struct bk_buf *out)
{
	const char *const gap = strstr(pane->hints, "   ");
	bk_buf_put(out, pane->hints, gap != NULL ? (size_t)(gap - pane->hints) : strlen(pane->hints));
	bk_buf_puts(out, "   Backspace shorten the filter   Esc clear it, once more to close");
	return bk_buf_string(out);
}

static void draw_keys(struct bk_screen *screen, int row)
{
	const char *words = NULL;
	struct bk_buf filtered = BK_BUF_INIT;
	screen->button_count = 0;
	if (screen->prompt.active)
		words = screen->prompt.question.hints != NULL	  ? screen->prompt.question.hints
			: screen->prompt.question.letters != NULL ? "one of the letters, or Esc"
			: screen->prompt.offers.len > 0
				? "Enter ok   Up/Down choose   Tab complete   Esc cancel"
				: "Enter ok   Esc cancel";
	else if (screen->pane != NULL && screen->list.filter.len > 0 && !screen->pane->no_filter)
		words = filtered_hints(screen->pane, &filtered);
	else if (screen->pane != NULL)
		words = screen->pane->hints;
	else if (bk_screen_desk(screen)->reading != NULL)
		words = "Esc back to the draft   F3 another reading";
	if (words != NULL) {
		bk_grid_put_cut(&screen->grid, row, 1, screen->grid.cols,
			bk_screen_style(screen, BK_ROLE_KEY_LABEL), bk_str_of(words));
		bk_buf_release(&filtered);
		return;
	}
	const bool side_shown = screen->side_asked ? screen->side : screen->grid.cols >= SIDE_FROM;
	if (!side_shown && on_open_bracket(screen))
		draw_hints(screen, row, on_bracket, sizeof on_bracket / sizeof *on_bracket);
	else
		draw_hints(screen, row, general, sizeof general / sizeof *general);
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
	if (screen->grid.cols >= SIDE_FROM) {
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
			  (screen->side_asked ? screen->side : cols >= SIDE_FROM);
	struct bk_rect pane = {0};
	if (list && screen->pane->wide) {
		screen->text_rect = (struct bk_rect){body.row, 2, body.rows, cols - 2};
		bk_list_draw(screen, body);
		return;
	}
	if (list)
		pane = split(screen, &body, cols >= 150 ? cols * 9 / 20 : cols / 2, body.rows * 11 / 20);
	else if (side)
		pane = split(screen, &body, side_width(cols), 9);
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
	bk_grid_clear(grid);
	bk_pane_sync(screen);
	const int rows = grid->rows;
	const struct bk_rect body = {1, 0, rows > 4 ? rows - 3 : 1, grid->cols};
	draw_body(screen, body);
	draw_top(screen);
	if (rows < 3)
		return;
	draw_keys(screen, rows - 1);
	if (screen->prompt.active && screen->message.len > 0 && rows > 6)
		draw_message(screen, rows - 3);
	if (screen->prompt.active)
		bk_prompt_draw(screen, rows - 2, 1);
	else
		draw_status(screen, rows - 2);
}
