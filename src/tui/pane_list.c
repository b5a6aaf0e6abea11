/* Lists in panes: lines of fields, narrowed by typing. */
#include "base/utf8.h"
#include "tui/fit.h"
#include "tui/screen.h"

#include <string.h>

struct bk_line *bk_list_add(struct bk_list *list)
{
	struct bk_line *const line = BK_VEC_PUSH(&list->lines);
	if (line != NULL)
		line->offset = BK_NOWHERE;
	return line;
}

static void add_field(struct bk_line *line, const char *text, int width, enum bk_role role, bool right)
{
	if (line == NULL || line->count >= BK_LINE_FIELDS)
		return;
	line->fields[line->count++] = (struct bk_field){.text = text != NULL ? text : "",
		.width = (int16_t)width,
		.role = (uint8_t)role,
		.right = right};
}

void bk_line_field(struct bk_line *line, const char *text, int width, enum bk_role role)
{
	add_field(line, text, width, role, false);
}

void bk_line_field_right(struct bk_line *line, const char *text, int width, enum bk_role role)
{
	add_field(line, text, width, role, true);
}

void bk_line_rank(struct bk_line *line, int rank)
{
	if (line != NULL && line->count > 0)
		line->fields[line->count - 1].rank = (uint8_t)rank;
}

static void clear_lines(struct bk_list *list)
{
	if (list->free_data != NULL)
		list->free_data(list->data);
	list->data = NULL;
	list->free_data = NULL;
	list->lines.len = 0;
	list->shown.len = list->count = 0;
	bk_list_forget(list);
	bk_arena_release(&list->made_arena);
	list->note = list->sum = NULL;
	bk_arena_release(&list->arena);
}

void bk_list_release(struct bk_list *list)
{
	clear_lines(list);
	BK_VEC_RELEASE(&list->lines);
	BK_VEC_RELEASE(&list->shown);
	bk_buf_release(&list->filter);
}

/* ---- Opening ---- */

/* Show in the text what the chosen line is about. */
void bk_list_preview(struct bk_screen *screen)
{
	const struct bk_line *const line = bk_list_chosen(screen);
	if (line == NULL || line->offset == BK_NOWHERE)
		return;
	bk_screen_go(screen, line->offset, false);
}

/* The line nearest to the cursor, for a list of places. */
static size_t nearest_key(struct bk_screen *screen, size_t cursor)
{
	const struct bk_list *const list = &screen->list;
	if (screen->pane->nearest != NULL)
		return screen->pane->nearest(screen, cursor);
	size_t key = SIZE_MAX, best = SIZE_MAX;
	for (size_t i = 0; i < list->lines.len; i++) {
		const struct bk_line *const line = &list->lines.items[i];
		if (line->offset == BK_NOWHERE || line->passive || line->offset > cursor)
			continue;
		if (cursor - line->offset < best) {
			best = cursor - line->offset;
			key = line->key;
		}
	}
	return key;
}

static void sources_of(const struct bk_screen *screen, uint64_t out[7])
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	out[0] = (uint64_t)(uintptr_t)desk->session->draft;
	out[1] = desk->session->draft_version;
	out[2] = (uint64_t)(uintptr_t)desk->past;
	out[3] = (uint64_t)(uintptr_t)desk->versus;
	out[4] = (uint64_t)(uintptr_t)desk->lineage;
	out[5] = (uint64_t)screen->grid.cols;
	out[6] = desk->places_count;
}

bool bk_pane_is_current(const struct bk_screen *screen)
{
	uint64_t now[7];
	sources_of(screen, now);
	return memcmp(now, screen->list.made_of, sizeof now) == 0;
}

void bk_pane_sync(struct bk_screen *screen)
{
	if (screen->pane != NULL && screen->desks.len > 0 && !bk_pane_is_current(screen))
		bk_pane_refill(screen);
}

void bk_pane_refill(struct bk_screen *screen)
{
	if (screen->pane == NULL)
		return;
	struct bk_list *const list = &screen->list;
	sources_of(screen, list->made_of);
	const size_t key = bk_list_chosen_key(screen);
	const size_t top = list->top;
	clear_lines(list);
	screen->pane->fill(screen, list);
	bk_list_sort(screen);
	bk_list_narrow(screen,
		key != SIZE_MAX ? key : nearest_key(screen, bk_desk_view(bk_screen_desk(screen))->cursor),
		false);
	list->top = top;
}

void bk_pane_open(struct bk_screen *screen, const struct bk_pane *pane)
{
	const bool again = screen->pane == pane, beside = screen->pane != NULL;
	screen->left = screen->pane;
	bk_pane_close(screen);
	if (again) {
		bk_screen_return(screen);
		return;
	}
	/* From one pane to another the place is still that before the first. */
	if (!beside)
		bk_screen_remember(screen);
	screen->pane = pane;
	bk_buf_clear(&screen->list.filter);
	screen->list.sort = screen->list.side = 0;
	screen->list.chosen = screen->list.top = 0;
	bk_pane_refill(screen);
}

void bk_pane_close(struct bk_screen *screen)
{
	if (screen->pane == NULL)
		return;
	clear_lines(&screen->list);
	screen->pane = NULL;
}

/* ---- Drawing ---- */

/* The widths of a line's fields in so many columns; 0 for what is left out. */
static void fit_fields(const struct bk_line *line, int cols, int widths[BK_LINE_FIELDS])
{
	enum { LEAST = 14 };
	int fixed = 0;
	size_t rest = line->count;
	for (size_t i = 0; i < line->count; i++) {
		widths[i] = line->fields[i].width > 0 ? line->fields[i].width : 0;
		fixed += widths[i];
		rest = line->fields[i].width > 0 ? rest : i;
	}
	const int wanted = rest < line->count ? LEAST : 0;
	while (fixed + wanted > cols) {
		struct bk_fit_next next = {0};
		for (size_t i = 0; i < line->count; i++)
			if (widths[i] > 0)
				bk_fit_consider(&next, i, line->fields[i].rank);
		if (next.rank == 0)
			break;
		fixed -= widths[next.index];
		widths[next.index] = 0;
	}
	if (rest < line->count)
		widths[rest] = cols > fixed ? cols - fixed : 0;
}

/* Words that would be cut spread over the blanks of a field set to the right behind them, or, where that ranks
 * below 1, over all of it. */
static void spread(const struct bk_line *line, int widths[BK_LINE_FIELDS])
{
	for (size_t i = 0; i + 1 < line->count; i++) {
		const struct bk_field *const next = &line->fields[i + 1];
		const int text = (int)bk_utf8_string_width(bk_str_of(line->fields[i].text)) + 1;
		const int used = (int)bk_utf8_string_width(bk_str_of(next->text)) + 1;
		const int missing = text - widths[i];
		if (line->fields[i].width > 0 || !next->right || next->rank == 0 || missing <= 0 ||
			widths[i + 1] == 0)
			continue;
		const int blank = widths[i + 1] - (used > 1 ? used : 0);
		const int given = missing <= blank ? missing : next->rank > 1 ? widths[i + 1] : blank;
		widths[i] += given;
		widths[i + 1] -= given;
	}
}

static void draw_field(struct bk_screen *screen, const struct bk_field *field, struct bk_rect box, bool edge,
	struct bk_look look)
{
	const struct bk_str text = bk_str_of(field->text);
	const int end = box.col + box.cols - (edge && !field->right ? 0 : 1);
	if (field->right && (int)bk_utf8_string_width(text) <= end - box.col)
		bk_grid_put_right(&screen->grid, box.row, box.col, end, look, text);
	else if (end > box.col)
		bk_grid_put_cut(&screen->grid, box.row, box.col, end, look, text);
}

static void draw_line(struct bk_screen *screen, const struct bk_line *line, struct bk_rect rect, bool chosen)
{
	const struct bk_look base = chosen ? bk_screen_style(screen, BK_ROLE_SELECTED) : BK_LOOK_PLAIN;
	int widths[BK_LINE_FIELDS];
	int col = rect.col + 1;
	const int limit = rect.col + rect.cols;
	bk_grid_fill(&screen->grid, rect, base);
	fit_fields(line, rect.cols - 1, widths);
	spread(line, widths);
	for (size_t i = 0; i < line->count && col < limit; i++) {
		const struct bk_field *const field = &line->fields[i];
		const int end = col + widths[i] > limit ? limit : col + widths[i];
		struct bk_look look = bk_screen_style(screen, field->role);
		look = chosen ? (struct bk_look){base.fg, base.bg, look.attributes | base.attributes} : look;
		if (end > col)
			draw_field(screen, field, (struct bk_rect){rect.row, col, 1, end - col}, end == limit,
				look);
		col = end;
	}
}

/* How many lines there are that can be chosen, by what, and how many pass the filter; returns where it
 * begins. */
static int draw_counts(struct bk_screen *screen, struct bk_rect rect, int from)
{
	const struct bk_list *const list = &screen->list;
	struct bk_buf sort = BK_BUF_INIT, counts = BK_BUF_INIT, all = BK_BUF_INIT;
	size_t choosable = list->count, shown = list->count > 0 ? list->shown.len : 0;
	for (size_t i = 0; i < list->lines.len; i++)
		choosable += !list->lines.items[i].passive;
	for (size_t i = 0; list->count == 0 && i < list->shown.len; i++)
		shown += !list->lines.items[list->shown.items[i]].passive;
	if (list->narrowing.busy)
		bk_buf_puts(&sort, "filtering ...");
	else if (screen->pane->sorts != NULL)
		bk_buf_printf(&sort, list->order.busy ? "sorting by %s ..." : "by %s",
			screen->pane->sorts[list->sort]);
	if (list->filter.len > 0)
		bk_buf_printf(&counts, "%zu of ", shown);
	if (list->filter.len == 0 && list->sum != NULL)
		bk_buf_printf(&counts, "%s ", list->sum);
	else
		bk_buf_printf(&counts, "%zu ", choosable);
	struct bk_fit fields[] = {{bk_buf_str(&sort), 1, false}, {bk_buf_str(&counts), 0, false}};
	/* A filter needs some room to be read. */
	const int room = rect.col + rect.cols - from - (list->filter.len > 0 ? 18 : 1);
	bk_fit_put(fields, 2, "   ", room, &all);
	const int start = bk_grid_put_right(&screen->grid, rect.row, from, rect.col + rect.cols,
		bk_screen_style(screen, BK_ROLE_DIM), bk_buf_str(&all));
	bk_buf_release(&sort);
	bk_buf_release(&counts);
	bk_buf_release(&all);
	return start;
}

static void draw_title(struct bk_screen *screen, struct bk_rect rect)
{
	const struct bk_list *const list = &screen->list;
	const int limit = rect.col + rect.cols;
	int col = bk_grid_put_cut(&screen->grid, rect.row, rect.col + 1, limit - 6,
		bk_screen_style(screen, BK_ROLE_TITLE), bk_str_of(screen->pane->title));
	const int counts = draw_counts(screen, rect, col + 1);
	if (list->filter.len == 0)
		return;
	col = bk_grid_put_cut(&screen->grid, rect.row, col + 2, counts - 1,
		bk_screen_style(screen, BK_ROLE_DIM), BK_STR("filter: "));
	bk_grid_put_cut(&screen->grid, rect.row, col, counts - 1, bk_screen_style(screen, BK_ROLE_PROMPT),
		bk_buf_str(&list->filter));
}

/* Lines below the chosen one that are about it, as far as they fit with it. */
static size_t count_belonging(const struct bk_list *list, size_t height)
{
	size_t count = 0;
	while (list->count == 0 && count + 1 < height && list->chosen + count + 1 < list->shown.len &&
		list->lines.items[list->shown.items[list->chosen + count + 1]].passive)
		count++;
	return count;
}

void bk_list_draw(struct bk_screen *screen, struct bk_rect rect)
{
	struct bk_list *const list = &screen->list;
	draw_title(screen, rect);
	int used = 1;
	if (screen->pane->head != NULL)
		used += screen->pane->head(
			screen, (struct bk_rect){rect.row + 1, rect.col, rect.rows - 1, rect.cols});
	const int height = rect.rows - used > 1 ? rect.rows - used : 1;
	list->height = height;
	screen->pane_rect = (struct bk_rect){rect.row + used, rect.col, height, rect.cols};
	if (list->chosen < list->top)
		list->top = list->chosen;
	const size_t last = list->chosen + count_belonging(list, (size_t)height);
	if (last >= list->top + (size_t)height)
		list->top = last - (size_t)height + 1;
	const size_t shown = bk_list_shown(list);
	if (list->top > 0 && list->top + (size_t)height > shown)
		list->top = shown > (size_t)height ? shown - (size_t)height : 0;
	for (int i = 0; i < height && list->top + (size_t)i < shown; i++) {
		const size_t index = list->top + (size_t)i;
		const struct bk_line *const line = bk_list_line(screen, index);
		if (line == NULL)
			break;
		const struct bk_rect row = {rect.row + used + i, rect.col, 1, rect.cols};
		draw_line(screen, line, row, index == list->chosen);
		if (screen->pane->decorate != NULL && index != list->chosen)
			screen->pane->decorate(screen, line, row);
	}
	if (shown == 0 && !list->narrowing.busy) {
		const char *const note =
			list->lines.len + list->count > 0 ? "nothing fits the filter" : list->note;
		const struct bk_rect box = {rect.row + used, rect.col + 2, height, rect.cols - 4};
		bk_grid_put_words(&screen->grid, box, box.row, 0, bk_screen_style(screen, BK_ROLE_DIM),
			bk_str_of(note != NULL ? note : "nothing"));
	}
}

/* ---- Keys ---- */

static bool is_passive(const struct bk_list *list, long index)
{
	return list->count == 0 && index >= 0 && index < (long)list->shown.len &&
	       list->lines.items[list->shown.items[index]].passive;
}

void bk_list_move(struct bk_screen *screen, long step)
{
	struct bk_list *const list = &screen->list;
	if (bk_list_shown(list) == 0)
		return;
	const long last = (long)bk_list_shown(list) - 1;
	const long from = (long)list->chosen;
	long to = from + step;
	to = to < 0 ? 0 : to > last ? last : to;
	const long wanted = to, way = step < 0 ? -1 : 1;
	while (is_passive(list, to))
		to += way;
	/* Where no further one can be chosen, the last one before. */
	if (to < 0 || to > last)
		for (to = wanted; is_passive(list, to);)
			to -= way;
	if (to < 0 || to > last)
		return;
	list->chosen = (size_t)to;
	list->narrowing.wanted = SIZE_MAX;
	bk_list_preview(screen);
}

void bk_list_paste(struct bk_screen *screen, struct bk_str text)
{
	struct bk_list *const list = &screen->list;
	const struct bk_line *const chosen = bk_list_chosen(screen);
	const size_t wanted = chosen != NULL ? chosen->key : SIZE_MAX;
	const size_t line = bk_str_find(text, '\n');
	if (screen->pane->no_filter)
		return;
	bk_buf_put_str(
		&list->filter, bk_str_trim((struct bk_str){text.ptr, line < text.len ? line : text.len}));
	bk_list_narrow(screen, wanted, true);
	list->narrowing.follow = true;
	bk_list_preview(screen);
}

static bool filter_key(struct bk_screen *screen, struct bk_key key)
{
	struct bk_list *const list = &screen->list;
	const struct bk_line *const chosen = bk_list_chosen(screen);
	const size_t wanted = chosen != NULL ? chosen->key : SIZE_MAX;
	if (screen->pane->no_filter)
		return false;
	const bool longer = bk_key_is_text(key);
	if (longer) {
		char bytes[4];
		bk_buf_put(&list->filter, bytes, bk_utf8_encode(key.code, bytes));
	} else if (key.code == BK_KEY_BACKSPACE && list->filter.len > 0) {
		const size_t at = bk_utf8_last_cluster(bk_buf_str(&list->filter));
		bk_buf_remove(&list->filter, at, list->filter.len - at);
	} else {
		return false;
	}
	bk_list_narrow(screen, wanted, longer);
	list->narrowing.follow = true;
	bk_list_preview(screen);
	return true;
}

static void enter(struct bk_screen *screen)
{
	const struct bk_line *const line = bk_list_chosen(screen);
	if (line == NULL)
		return;
	if (screen->pane->enter != NULL) {
		screen->pane->enter(screen, line);
		return;
	}
	const size_t offset = line->offset;
	bk_pane_close(screen);
	if (offset != BK_NOWHERE)
		bk_screen_go(screen, offset, false);
}

static void leave(struct bk_screen *screen)
{
	if (screen->list.filter.len > 0 && !screen->pane->no_filter) {
		const struct bk_line *const line = bk_list_chosen(screen);
		const size_t wanted = line != NULL ? line->key : SIZE_MAX;
		bk_buf_clear(&screen->list.filter);
		if (screen->pane->make != NULL)
			bk_list_narrow(screen, wanted, false);
		else
			bk_pane_refill(screen);
		return;
	}
	/* What is typed next is meant for the pane that one came from, and not for the text. */
	if (screen->pane->goes_back && screen->left != NULL && screen->left != screen->pane) {
		bk_pane_open(screen, screen->left);
		return;
	}
	void (*const closed)(struct bk_screen *) = screen->pane->closed;
	bk_pane_close(screen);
	bk_screen_return(screen);
	if (closed != NULL)
		closed(screen);
}

/* The lines go along with the chosen one, as far as there are any. */
static void turn_page(struct bk_screen *screen, long rows)
{
	struct bk_list *const list = &screen->list;
	const long last = (long)bk_list_shown(list) - list->height;
	const long top = (long)list->top + rows;
	bk_list_move(screen, rows);
	list->top = top < 0 || last < 0 ? 0 : (size_t)(top < last ? top : last);
}

bool bk_list_key(struct bk_screen *screen, struct bk_key key)
{
	struct bk_list *const list = &screen->list;
	if (screen->pane->key != NULL && screen->pane->key(screen, key))
		return true;
	const long page = list->height > 2 ? list->height - 1 : 1;
	if (key.mods == 0)
		switch (key.code) {
		case BK_KEY_UP: bk_list_move(screen, -1); return true;
		case BK_KEY_DOWN: bk_list_move(screen, 1); return true;
		case BK_KEY_PAGE_UP: turn_page(screen, -page); return true;
		case BK_KEY_PAGE_DOWN: turn_page(screen, page); return true;
		case BK_KEY_HOME: bk_list_move(screen, -(long)bk_list_shown(list)); return true;
		case BK_KEY_END: bk_list_move(screen, (long)bk_list_shown(list)); return true;
		case BK_KEY_ENTER: enter(screen); return true;
		case BK_KEY_ESCAPE: leave(screen); return true;
		default: break;
		}
	if (key.code == BK_KEY_TAB && key.mods == 0 && screen->pane->sorts != NULL) {
		list->sort = screen->pane->sorts[list->sort + 1] != NULL ? list->sort + 1 : 0;
		if (screen->pane->make != NULL)
			bk_list_sort(screen);
		else
			bk_pane_refill(screen);
		return true;
	}
	return filter_key(screen, key);
}

void bk_list_click(struct bk_screen *screen, int row)
{
	const int index = row - screen->pane_rect.row;
	if (index < 0 || index >= screen->pane_rect.rows)
		return;
	bk_list_move(screen, (long)screen->list.top + index - (long)screen->list.chosen);
}
