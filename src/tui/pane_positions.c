/* The positions matrix: open brackets that somebody has spoken on, by parties. */
#include "tui/screen.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMN = 6, ID = 8, WORDS = 34, LEAST_WORDS = 12 };

struct matrix {
	const char **parties; /* in the order of columns */
	size_t count;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* My own party stands in the first column. */
static void put_first(struct matrix *matrix, const char *party)
{
	size_t at = 0;
	while (at < matrix->count && (party == NULL || strcmp(matrix->parties[at], party) != 0))
		at++;
	if (at == matrix->count)
		return;
	const char *const own = matrix->parties[at];
	for (; at > 0; at--)
		matrix->parties[at] = matrix->parties[at - 1];
	matrix->parties[0] = own;
}

static void find_parties(const struct bk_session *session, struct bk_arena *arena, struct matrix *matrix)
{
	size_t count;
	const struct bk_position *const list = bk_positions_list(session->positions, &count);
	matrix->parties = bk_arena_array(arena, count + 1, sizeof *matrix->parties);
	matrix->count = 0;
	for (size_t i = 0; i < count && matrix->parties != NULL; i++)
		if (list[i].bracket != BK_NONE)
			matrix->parties[matrix->count++] = list[i].party;
	if (matrix->count == 0)
		return;
	qsort(matrix->parties, matrix->count, sizeof *matrix->parties, by_name);
	size_t kept = 1;
	for (size_t i = 1; i < matrix->count; i++)
		if (strcmp(matrix->parties[i], matrix->parties[kept - 1]) != 0)
			matrix->parties[kept++] = matrix->parties[i];
	matrix->count = kept;
	put_first(matrix, bk_session_party(session));
}

/* One sign for what a party holds: + proposes or supports, - objects, ~ reserves, ? accepts on a condition. */
static char sign_of(const struct bk_position *position)
{
	if (position->condition_count > 0)
		return '?';
	switch (position->act[0]) {
	case 'o': return '-';
	case 'r': return '~';
	case 'w': return '.';
	default: return '+';
	}
}

/* All signs of a party on one bracket, with the number of the alternative where one was named. */
static const char *cell(
	const struct bk_position *list, size_t count, const char *party, struct bk_arena *arena)
{
	struct bk_buf out = BK_BUF_INIT;
	for (size_t i = 0; i < count && out.len < COLUMN - 1; i++) {
		if (strcmp(list[i].party, party) != 0)
			continue;
		bk_buf_putc(&out, sign_of(&list[i]));
		if (list[i].alternative > 0 && list[i].alternative < 10)
			bk_buf_putc(&out, (char)('0' + list[i].alternative));
	}
	const char *const copy = bk_arena_dup(arena, bk_buf_string(&out), out.len);
	bk_buf_release(&out);
	return copy != NULL ? copy : "";
}

static enum bk_role role_of(const char *cell)
{
	if (strchr(cell, '-') != NULL || strchr(cell, '~') != NULL)
		return BK_ROLE_AGAINST;
	return strchr(cell, '?') != NULL ? BK_ROLE_MAYBE : BK_ROLE_FOR;
}

/* Columns of the words: where room is short they leave some to the parties. */
static int words_width(const struct bk_screen *screen)
{
	const int room = screen->grid.cols - ID - 1 - 4 * COLUMN;
	return room > WORDS ? WORDS : room < LEAST_WORDS ? LEAST_WORDS : room;
}

static size_t columns(const struct bk_screen *screen)
{
	const int room = (screen->grid.cols - words_width(screen) - ID - 1) / COLUMN;
	return room < 1 ? 1 : (size_t)room;
}

/* The cells of a line go into one field of fixed columns, so that any number fits. */
static const char *cells(struct bk_screen *screen, const struct matrix *matrix,
	const struct bk_position *list, size_t count, struct bk_arena *arena)
{
	struct bk_buf out = BK_BUF_INIT;
	const size_t from = (size_t)screen->list.side;
	for (size_t i = from; i < matrix->count && i < from + columns(screen); i++) {
		const char *const signs = cell(list, count, matrix->parties[i], arena);
		bk_buf_puts(&out, *signs != '\0' ? signs : "·");
		const size_t width = *signs != '\0' ? strlen(signs) : 1;
		bk_buf_fill(&out, ' ', width < COLUMN ? COLUMN - width : 1);
	}
	const char *const copy = bk_arena_dup(arena, bk_buf_string(&out), out.len);
	bk_buf_release(&out);
	return copy != NULL ? copy : "";
}

/* Each cell in the colour of what it says. */
static void decorate(struct bk_screen *screen, const struct bk_line *line, struct bk_rect rect)
{
	const char *row = line->fields[2].text;
	int col = rect.col + 1 + ID + words_width(screen);
	while (*row != '\0' && col < rect.col + rect.cols) {
		const size_t len = strcspn(row, " ");
		char signs[COLUMN + 2] = "";
		memcpy(signs, row, len < sizeof signs ? len : sizeof signs - 1);
		const bool nothing = (unsigned char)signs[0] >= 0x80;
		bk_grid_puts(&screen->grid, rect.row, col, rect.col + rect.cols,
			bk_screen_style(screen, nothing ? BK_ROLE_BORDER : role_of(signs)), signs);
		row += len + strspn(row + len, " ");
		col += COLUMN;
	}
}

/* Words on one line: runs of blanks become one. */
static void join_blanks(char *words)
{
	char *to = words;

	for (const char *from = words; *from != '\0'; from++)
		if (!bk_is_space(*from))
			*to++ = *from;
		else if (to == words || to[-1] != ' ')
			*to++ = ' ';
	*to = '\0';
}

static void add_line(
	struct bk_screen *screen, struct bk_list *list, const struct matrix *matrix, uint32_t index)
{
	const struct bk_session *const session = bk_screen_desk(screen)->session;
	size_t count, len, brackets;
	const struct bk_position *const positions = bk_positions_of(session->positions, index, &count);
	if (count == 0)
		return;
	const struct bk_bracket *const bracket = &bk_draft_brackets(session->draft, &brackets)[index];
	const char *const bytes = bk_draft_bytes(session->draft, &len);
	size_t end = bracket->end - bracket->start > 100 ? bracket->start + 100 : bracket->end;
	while (end < bracket->end && ((unsigned char)bytes[end] & 0xc0) == 0x80)
		end++;
	char *const words = bk_arena_dup(&list->arena, bytes + bracket->start, end - bracket->start);
	struct bk_line *const line = bk_list_add(list);
	if (line == NULL || words == NULL)
		return;
	join_blanks(words);
	const char *const row = cells(screen, matrix, positions, count, &list->arena);
	bk_line_field(line, bracket->id, ID, BK_ROLE_DIM);
	bk_line_field(line, words, words_width(screen), BK_ROLE_TEXT);
	bk_line_field(line, row, 0, BK_ROLE_TEXT);
	line->offset = bracket->start;
	line->key = index;
	line->find = bk_draft_path(session->draft, index);
}

static void fill(struct bk_screen *screen, struct bk_list *list)
{
	const struct bk_session *const session = bk_screen_desk(screen)->session;
	list->note = "nobody has said anything yet: Alt-o objects, Alt-s supports, on the bracket under the "
		     "cursor";
	if (session->draft == NULL || session->positions == NULL)
		return;
	struct matrix *const matrix = bk_arena_alloc(&list->arena, sizeof *matrix);
	if (matrix == NULL)
		return;
	find_parties(session, &list->arena, matrix);
	list->data = matrix;
	size_t count;
	bk_draft_brackets(session->draft, &count);
	for (size_t i = 0; i < count; i++)
		add_line(screen, list, matrix, (uint32_t)i);
}

static int head(struct bk_screen *screen, struct bk_rect rect)
{
	const struct matrix *const matrix = screen->list.data;
	struct bk_grid *const grid = &screen->grid;
	if (matrix == NULL || screen->list.lines.len == 0)
		return 0;
	const int names = bk_grid_put_words(grid,
		(struct bk_rect){rect.row, rect.col + 1, rect.rows, rect.cols - 2}, rect.row, 0,
		bk_screen_style(screen, BK_ROLE_DIM),
		BK_STR("+ for   - objects   ~ reserves   ? on a condition   number: the alternative"));
	int col = rect.col + 1 + ID + words_width(screen);
	const size_t from = (size_t)screen->list.side;
	for (size_t i = from; i < matrix->count && i < from + columns(screen); i++, col += COLUMN)
		bk_grid_put_cut(grid, names, col, col + COLUMN - 1 < rect.cols ? col + COLUMN - 1 : rect.cols,
			bk_screen_style(screen, BK_ROLE_PARTY), bk_str_of(matrix->parties[i]));
	const struct bk_look dim = bk_screen_style(screen, BK_ROLE_DIM);
	if (from > 0)
		bk_grid_puts(grid, names, rect.col + words_width(screen) + ID, rect.cols, dim, "‹");
	if (from + columns(screen) < matrix->count)
		bk_grid_puts(grid, names, rect.col + rect.cols - 1, rect.col + rect.cols, dim, "›");
	return names - rect.row + 1;
}

static bool key(struct bk_screen *screen, struct bk_key pressed)
{
	const struct matrix *const matrix = screen->list.data;
	if (matrix == NULL || pressed.mods != 0)
		return false;
	const int last = matrix->count > columns(screen) ? (int)(matrix->count - columns(screen)) : 0;
	if (pressed.code == BK_KEY_RIGHT && screen->list.side < last)
		screen->list.side++;
	else if (pressed.code == BK_KEY_LEFT && screen->list.side > 0)
		screen->list.side--;
	else
		return pressed.code == BK_KEY_RIGHT || pressed.code == BK_KEY_LEFT;
	bk_pane_refill(screen);
	return true;
}

const struct bk_pane bk_pane_positions = {
	.name = "positions-pane",
	.title = "Positions",
	.wide = true,
	.fill = fill,
	.head = head,
	.decorate = decorate,
	.key = key,
	.hints = "Enter go   Left/Right more parties   type to filter   Esc close",
};
