/* The history: revisions of the draft, and the curve of its disputed brackets drawn in cells. */
#include "base/utf8.h"
#include "tui/clock.h"
#include "tui/past.h"
#include "tui/screen.h"

#include <stdio.h>
#include <string.h>

enum { CURVE_ROWS = 5 };

static const char *date_of(struct bk_arena *arena, const struct bk_past_revision *revision)
{
	char date[16];
	bk_clock_day(revision->time, revision->offset, date);
	return bk_arena_printf(arena, "%s", date);
}

/* How many positions were recorded since the revision before: "+2 said", nothing for none. */
static const char *said(struct bk_list *list, const struct bk_past *past, size_t index)
{
	const size_t now = past->revisions[index].positions;
	const size_t before = index + 1 < past->count ? past->revisions[index + 1].positions : 0;
	return now > before ? bk_arena_printf(&list->arena, "+%zu said", now - before) : "";
}

/* Columns of the longest symbol. */
static int symbol_width(const struct bk_past *past)
{
	enum { MOST = 24 };
	int width = 0;
	for (size_t i = 0; i < past->count; i++) {
		const int cols = (int)bk_utf8_string_width(bk_str_of(past->revisions[i].symbol));
		width = cols > width ? cols : width;
	}
	return width == 0 ? 1 : width < MOST ? width + 1 : MOST;
}

static bool is_marked(const struct bk_desk *desk, const struct bk_past_revision *revision)
{
	return strcmp(desk->marked[0], revision->id) == 0 || strcmp(desk->marked[1], revision->id) == 0;
}

static void add_line(struct bk_list *list, const struct bk_desk *desk, size_t index, int symbol)
{
	const struct bk_past *const past = desk->past;
	const struct bk_past_revision *const revision = &past->revisions[index];
	struct bk_line *const line = bk_list_add(list);
	if (line == NULL)
		return;
	if (desk->marked[0][0] != '\0')
		bk_line_field(line, is_marked(desk, revision) ? "*" : "", 2, BK_ROLE_MATCH);
	bk_line_field(line, bk_arena_printf(&list->arena, "%.7s", revision->id), 8, BK_ROLE_DIM);
	bk_line_rank(line, 2);
	bk_line_field(line, date_of(&list->arena, revision), 11, BK_ROLE_TEXT);
	bk_line_field(line, revision->party, 6, BK_ROLE_PARTY);
	bk_line_rank(line, 4);
	bk_line_field_right(line, bk_arena_printf(&list->arena, "%zu", revision->disputed), 6, BK_ROLE_BARS);
	bk_line_field_right(line, said(list, past, index), 10, BK_ROLE_DIM);
	bk_line_rank(line, 3);
	bk_line_field(line, "", 1, BK_ROLE_TEXT);
	bk_line_field(line, revision->symbol, symbol, BK_ROLE_LABEL);
	bk_line_rank(line, 1);
	bk_line_field(line, revision->message, 0, BK_ROLE_TEXT);
	line->key = index;
	line->find = revision->author;
}

static void fill(struct bk_screen *screen, struct bk_list *list)
{
	const struct bk_past *const past = bk_screen_desk(screen)->past;
	if (past == NULL) {
		list->note = "reading the revisions ...";
		return;
	}
	list->note = past->status < 0 && past->message != NULL
			     ? bk_arena_printf(&list->arena, "%s", past->message)
			     : "no revision yet: Ctrl-S saves the first one";
	const int symbol = symbol_width(past);
	for (size_t i = 0; i < past->count; i++)
		add_line(list, bk_screen_desk(screen), i, symbol);
}

/* One column of the curve, its top in eighths of a row. */
static void draw_column(struct bk_screen *screen, struct bk_rect rect, int col, size_t value, size_t most)
{
	static const char *const eighths[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
	size_t height = most > 0 ? value * CURVE_ROWS * 8 / most : 0;
	/* Little is not nothing. */
	height = height == 0 && value > 0 ? 1 : height;
	for (int i = 0; i < CURVE_ROWS && height > 0; i++) {
		const size_t part = height > 8 ? 8 : height;
		bk_grid_puts(&screen->grid, rect.row + CURVE_ROWS - 1 - i, col, rect.col + rect.cols,
			bk_screen_style(screen, BK_ROLE_BARS), eighths[part]);
		height -= part;
	}
}

static int head(struct bk_screen *screen, struct bk_rect rect)
{
	const struct bk_past *const past = bk_screen_desk(screen)->past;
	if (past == NULL || past->count < 2 || rect.rows < CURVE_ROWS + 4)
		return 0;
	size_t most = 0;
	for (size_t i = 0; i < past->count; i++)
		most = past->revisions[i].disputed > most ? past->revisions[i].disputed : most;
	const int room = rect.cols - 11;
	const size_t shown = past->count < (size_t)room ? past->count : (size_t)room;
	int step = room / (int)shown;
	step = step > 6 ? 6 : step;
	struct bk_buf label = BK_BUF_INIT;
	bk_buf_printf(&label, "%zu", most);
	bk_grid_put_right(&screen->grid, rect.row, rect.col, rect.col + 8,
		bk_screen_style(screen, BK_ROLE_DIM), bk_buf_str(&label));
	bk_grid_put_right(&screen->grid, rect.row + CURVE_ROWS - 1, rect.col, rect.col + 8,
		bk_screen_style(screen, BK_ROLE_DIM), BK_STR("disputed"));
	bk_buf_release(&label);
	for (size_t i = 0; i < shown; i++)
		for (int j = 0; j < (step > 1 ? step - 1 : 1); j++)
			draw_column(screen, rect, rect.col + 9 + (int)(shown - 1 - i) * step + j,
				past->revisions[i].disputed, most);
	return CURVE_ROWS + 1;
}

/* Which of two revisions is the older one: the list has the newest first. */
static size_t place_of(const struct bk_past *past, const char *id)
{
	size_t i = 0;
	while (i < past->count && strcmp(past->revisions[i].id, id) != 0)
		i++;
	return i;
}

/* Mark a revision, or take its mark away; with a third the older of the two goes.  The older is kept first. */
static void mark(struct bk_desk *desk, const char *id)
{
	enum { SIZE = sizeof desk->marked[0] };
	char *const older = desk->marked[0], *const newer = desk->marked[1];
	if (strcmp(newer, id) == 0) {
		newer[0] = '\0';
		return;
	}
	const bool again = strcmp(older, id) == 0;
	if (again || newer[0] != '\0') {
		memcpy(older, newer, SIZE);
		newer[0] = '\0';
	}
	if (again)
		return;
	memcpy(older[0] == '\0' ? older : newer, id, SIZE);
	if (newer[0] != '\0' && place_of(desk->past, older) < place_of(desk->past, newer)) {
		memcpy(newer, older, SIZE);
		memcpy(older, id, SIZE);
	}
}

/* Blank marks, unless it parts words of the filter. */
static bool key(struct bk_screen *screen, struct bk_key pressed)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	const struct bk_line *const line = bk_list_chosen(screen);
	if (pressed.mods != 0 || pressed.code != ' ' || screen->list.filter.len > 0)
		return false;
	/* Before the revisions are read there is none to mark, nor a filter to begin. */
	if (line == NULL || desk->past == NULL || line->key >= desk->past->count)
		return true;
	mark(desk, desk->past->revisions[line->key].id);
	bk_pane_refill(screen);
	return true;
}

/* Enter opens the revision beside the draft, to be read. */
static void enter(struct bk_screen *screen, const struct bk_line *line)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	if (desk->past == NULL || line->key >= desk->past->count || desk->session->path == NULL)
		return;
	struct bk_buf name = BK_BUF_INIT;
	bk_buf_printf(&name, "%.10s:%s", desk->past->revisions[line->key].id, desk->session->path);
	bk_pane_close(screen);
	if (bk_screen_report(screen, bk_screen_open(screen, bk_buf_string(&name), false)) == BK_OK) {
		bk_screen_report(screen, bk_desk_complete(bk_screen_desk(screen)));
		bk_screen_say(screen, "Alt-Left goes back to the draft, Ctrl-W closes this");
	}
	bk_buf_release(&name);
}

static const struct bk_pane_key keys[] = {
	{"Enter", "read", "open that revision to read it"},
	{"Space", "mark", "mark this revision, or take the mark away"},
	{"F5", "compare", "compare the two that are marked, or this one with the draft"},
	{"Esc", "close", "back to the text"},
	{0},
};

const struct bk_pane bk_pane_history = {
	.name = "history-pane",
	.title = "History",
	.wide = true,
	.fill = fill,
	.enter = enter,
	.key = key,
	.head = head,
	.keys = keys,
};
