/* The line of keys: what can be done here. */
#include "tui/fit.h"
#include "tui/screen.h"

#include <string.h>

/* A rank: never shown, but for rank_of. */
enum { HIDDEN = -1 };

struct hint {
	const char *command;
	const char *label;
	int rank; /* as in struct bk_fit */
};

static const struct hint general[] = {
	{"help-pane", "Help", 1},
	{"brackets-pane", "Brackets", 3},
	{"reading-pane", "Reading", 4},
	{"position-pane", "Position", 5},
	{"diff-pane", "Diff", 8},
	{"history-pane", "History", 7},
	{"check-pane", "Check", 6},
	{"merge-pane", "Merge", 9},
	{"menu", "Menu", 0},
	{"quit", "Quit", 2},
};

static const struct hint on_bracket[] = {
	{"accept", "Accept", 3},
	{"delete-bracket", "Delete", 4},
	{"object", "Object", 1},
	{"propose-alternative", "Propose", 6},
	{"position-pane", "More", 5},
	{"merge-pane", "Merge", HIDDEN},
	{"menu", "Menu", 0},
	{"quit", "Quit", 2},
};
enum { MOST_HINTS = 10 };

/* A compilation that has something unplaced, as far as anybody has looked. */
static bool is_to_be_placed(const struct bk_screen *screen)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	return desk->compiled && desk->placed != bk_text_version(desk->session->text);
}

static int rank_of(const struct bk_screen *screen, const struct hint *hint)
{
	return strcmp(hint->command, "merge-pane") == 0 && is_to_be_placed(screen) ? 2 : hint->rank;
}

static int hint_width(const struct bk_screen *screen, const struct hint *hint)
{
	struct bk_key key;
	char name[BK_KEY_NAME];
	if (rank_of(screen, hint) < 0 || !bk_keymap_key_of(&screen->keymap, hint->command, &key))
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

/* Leave out what does not fit, a blank between two; returns the width of the rest without gaps. */
static int fit_hints(const struct bk_screen *screen, const struct hint *hints, size_t count, int *widths)
{
	int width = 0, kept = 0;
	for (size_t i = 0; i < count; i++) {
		widths[i] = hint_width(screen, &hints[i]);
		width += widths[i];
		kept += widths[i] > 0;
	}
	while (kept > 1 && width + kept - 1 > screen->grid.cols) {
		struct bk_fit_next next = {0};
		for (size_t i = 0; i < count; i++)
			if (widths[i] > 0)
				bk_fit_consider(&next, i, rank_of(screen, &hints[i]));
		if (next.rank == 0)
			break;
		width -= widths[next.index];
		widths[next.index] = 0;
		kept--;
	}
	return width;
}

static void draw_hints(struct bk_screen *screen, int row, const struct hint *hints, size_t count)
{
	int widths[MOST_HINTS], kept = 0;
	const int width = fit_hints(screen, hints, count, widths);
	for (size_t i = 0; i < count; i++)
		kept += widths[i] > 0;
	int gap = kept > 1 ? (screen->grid.cols - 1 - width) / (kept - 1) : 1;
	gap = gap > 3 ? 3 : gap < 1 ? 1 : gap;
	int col = gap > 1 ? 1 : 0;
	for (size_t i = 0; i < count; i++)
		if (widths[i] > 0)
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

/* Where the first three blanks stand, or the end. */
static size_t gap_in(struct bk_str words)
{
	for (size_t i = 0; i + 3 <= words.len; i++)
		if (memcmp(words.ptr + i, "   ", 3) == 0)
			return i;
	return words.len;
}

/* Words parted by three blanks: the last says how one gets out, the first how one goes on. */
static void put_hint_words(struct bk_screen *screen, int row, struct bk_str words)
{
	enum { MOST = 16 };
	struct bk_fit fields[MOST] = {{.rank = 0}};
	struct bk_buf out = BK_BUF_INIT;
	size_t count = 0;
	while (words.len > 0 && count < MOST) {
		const size_t end = gap_in(words);
		fields[count] = (struct bk_fit){{words.ptr, end}, (int)count + 1, false};
		count++;
		words = bk_str_trim(bk_str_skip(words, end < words.len ? end : words.len));
	}
	if (count > 0)
		fields[count - 1].rank = 0;
	bk_fit_put(fields, count, "   ", screen->grid.cols - 1, &out);
	bk_grid_put_cut(&screen->grid, row, 1, screen->grid.cols, bk_screen_style(screen, BK_ROLE_KEY_LABEL),
		bk_buf_str(&out));
	bk_buf_release(&out);
}

/* "n/p change   b/B bracket ...", of the keys from `first` on; returns the one that does not fit into the row. */
static size_t put_pane_keys(
	const struct bk_screen *screen, const struct bk_pane_key *keys, size_t first, struct bk_buf *out)
{
	size_t i = first;
	for (; keys[i].key != NULL; i++) {
		const size_t before = out->len;
		if (keys[i].label == NULL)
			continue;
		bk_buf_printf(out, "%s%s %s", before > 0 ? "   " : "", keys[i].key, keys[i].label);
		if ((int)out->len >= screen->grid.cols - 1 && before > 0) {
			out->len = before;
			break;
		}
	}
	return i;
}

static bool shows_pane_keys(const struct bk_screen *screen)
{
	return screen->pane != NULL && screen->pane->keys != NULL && !screen->waiting &&
	       !screen->prompt.active;
}

/* All keys of a pane, in as many rows as they take. */
int bk_screen_key_rows(const struct bk_screen *screen)
{
	int rows = 1;
	if (!shows_pane_keys(screen) || screen->grid.rows < 20)
		return rows;
	struct bk_buf row = BK_BUF_INIT;
	for (size_t at = put_pane_keys(screen, screen->pane->keys, 0, &row);
		screen->pane->keys[at].key != NULL; rows++) {
		bk_buf_clear(&row);
		at = put_pane_keys(screen, screen->pane->keys, at, &row);
	}
	bk_buf_release(&row);
	return rows;
}

static void draw_pane_keys(struct bk_screen *screen, int row)
{
	const struct bk_pane_key *const keys = screen->pane->keys;
	size_t at = 0;
	for (int first = row - bk_screen_key_rows(screen) + 1; first <= row; first++) {
		struct bk_buf words = BK_BUF_INIT;
		at = put_pane_keys(screen, keys, at, &words);
		bk_grid_put_cut(&screen->grid, first, 1, screen->grid.cols,
			bk_screen_style(screen, BK_ROLE_KEY_LABEL), bk_buf_str(&words));
		bk_buf_release(&words);
	}
}

/* What Enter does there, and how one gets rid of a filter. */
static const char *filtered_hints(const struct bk_pane *pane, struct bk_buf *out)
{
	if (pane->keys != NULL) {
		bk_buf_printf(out, "%s %s", pane->keys[0].key, pane->keys[0].label);
	} else {
		const char *const gap = strstr(pane->hints, "   ");
		bk_buf_put(out, pane->hints, gap != NULL ? (size_t)(gap - pane->hints) : strlen(pane->hints));
	}
	bk_buf_puts(out, "   Backspace shorten the filter   Esc clear it, once more to close");
	return bk_buf_string(out);
}

void bk_screen_draw_keys(struct bk_screen *screen, int row)
{
	const char *words = NULL;
	struct bk_buf filtered = BK_BUF_INIT;
	screen->button_count = 0;
	if (shows_pane_keys(screen) && (screen->list.filter.len == 0 || screen->pane->no_filter)) {
		draw_pane_keys(screen, row);
		return;
	}
	if (screen->waiting)
		words = "Esc stop";
	else if (screen->prompt.active)
		words = bk_prompt_names_letters(screen)		  ? "one of the letters   Esc cancel"
			: screen->prompt.question.hints != NULL	  ? screen->prompt.question.hints
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
		put_hint_words(screen, row, bk_str_of(words));
		bk_buf_release(&filtered);
		return;
	}
	const bool side_shown = screen->side_asked ? screen->side : screen->grid.cols >= BK_SIDE_FROM;
	if (!side_shown && on_open_bracket(screen))
		draw_hints(screen, row, on_bracket, sizeof on_bracket / sizeof *on_bracket);
	else
		draw_hints(screen, row, general, sizeof general / sizeof *general);
}
