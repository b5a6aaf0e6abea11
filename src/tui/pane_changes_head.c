/* Above the lines of the diff pane: what is compared, how it balances, and the chosen change in full. */
#include "tui/clock.h"
#include "tui/fit.h"
#include "tui/pane_changes.h"
#include "tui/pane_passage.h"
#include "tui/past.h"
#include "tui/screen.h"

#include <string.h>

enum { LEAST_ROWS = 9, MOST_ROWS = 12 };

/* ---- What is compared ---- */

void bk_changes_put_revision(const struct bk_screen *screen, const char *revision, struct bk_buf *out)
{
	const struct bk_past *const past = bk_screen_desk(screen)->past;
	const size_t len = strlen(revision);
	const struct bk_past_revision *found = NULL;
	char date[16];
	for (size_t i = 0; past != NULL && i < past->count && found == NULL; i++)
		if (strcmp(past->revisions[i].id, revision) == 0)
			found = &past->revisions[i];
	if (found == NULL) {
		bk_buf_put(out, revision, len == 40 ? 7 : len);
		return;
	}
	if (found->symbol[0] != '\0')
		bk_buf_puts(out, found->symbol);
	else
		bk_buf_put(out, revision, 7);
	bk_clock_day(found->time, found->offset, date);
	bk_buf_printf(out, " of %s", date);
}

static void put_row(struct bk_screen *screen, struct bk_rect rect, int row, struct bk_fit *fields,
	size_t count, enum bk_role role)
{
	struct bk_buf words = BK_BUF_INIT;
	bk_fit_put(fields, count, "   ", rect.cols - 2, &words);
	bk_grid_put_cut(&screen->grid, rect.row + row, rect.col + 1, rect.col + rect.cols,
		bk_screen_style(screen, role), bk_buf_str(&words));
	bk_buf_release(&words);
}

static void draw_question(struct bk_screen *screen, const struct bk_versus *versus, struct bk_rect rect)
{
	struct bk_buf pair = BK_BUF_INIT, party = BK_BUF_INIT;
	bk_changes_put_revision(screen, versus->before, &pair);
	bk_buf_puts(&pair, " → ");
	if (versus->now != NULL)
		bk_changes_put_revision(screen, versus->now, &pair);
	else
		bk_buf_puts(&pair, "the draft");
	if (screen->changes.party[0] != '\0')
		bk_buf_printf(&party, "only %s", screen->changes.party);
	struct bk_fit fields[] = {
		{bk_buf_str(&pair), 0, false},
		{bk_str_of(screen->changes.binds ? "only what binds" : ""), 1, false},
		{bk_str_of(screen->changes.outside ? "only outside brackets" : ""), 2, false},
		{bk_buf_str(&party), 3, false},
	};
	put_row(screen, rect, 0, fields, sizeof fields / sizeof *fields, BK_ROLE_TITLE);
	bk_buf_release(&pair);
	bk_buf_release(&party);
}

/* "897 open → 28", and what became of them: the commonest first, as many as there is room for. */
static void draw_balance(struct bk_screen *screen, const struct bk_versus *versus, struct bk_rect rect)
{
	static const enum bk_difference_kind kinds[] = {BK_DIFFERENCE_ACCEPTED, BK_DIFFERENCE_DELETED,
		BK_DIFFERENCE_CHOSEN, BK_DIFFERENCE_OPENED, BK_DIFFERENCE_REOPENED, BK_DIFFERENCE_REWORDED,
		BK_DIFFERENCE_KEPT, BK_DIFFERENCE_JOINED, BK_DIFFERENCE_SPLIT, BK_DIFFERENCE_MOVED};
	enum { KINDS = sizeof kinds / sizeof *kinds };
	const struct bk_balance balance = versus->balance;
	struct bk_buf words[KINDS + 1] = {BK_BUF_INIT};
	struct bk_fit fields[KINDS + 1];
	bk_buf_printf(&words[0], "%zu → %zu brackets:", balance.old_count, balance.new_count);
	fields[0] = (struct bk_fit){bk_buf_str(&words[0]), 0, false};
	for (size_t i = 0; i < KINDS; i++) {
		const enum bk_difference_kind kind = kinds[i];
		const bool is_new = kind == BK_DIFFERENCE_OPENED || kind == BK_DIFFERENCE_REOPENED;
		const size_t number = is_new ? balance.of_new[kind] : balance.of_old[kind];
		if (number > 0)
			bk_buf_printf(&words[i + 1], "%zu %s", number, bk_difference_kind_name(kind));
		if (kind == BK_DIFFERENCE_ACCEPTED && balance.in_option > 0)
			bk_buf_printf(&words[i + 1], " (%zu in option)", balance.in_option);
		fields[i + 1] = (struct bk_fit){bk_buf_str(&words[i + 1]), (int)i + 1, false};
	}
	put_row(screen, rect, 1, fields, KINDS + 1, BK_ROLE_DIM);
	for (size_t i = 0; i <= KINDS; i++)
		bk_buf_release(&words[i]);
}

/* ---- The chosen one ---- */

static void draw_chosen(struct bk_screen *screen, const struct bk_versus *versus,
	const struct bk_difference *difference, size_t index, struct bk_rect rect)
{
	const struct bk_list *const list = &screen->list;
	const uint8_t flags = versus->flags[index];
	struct bk_buf turn = BK_BUF_INIT, kind = BK_BUF_INIT, parties = BK_BUF_INIT;
	bk_buf_printf(&turn, "%zu/%zu", list->chosen + 1, bk_list_shown(list));
	bk_buf_puts(&kind, bk_difference_kind_name(difference->kind));
	if (difference->detail[0] != '\0')
		bk_buf_printf(&kind, " (%s)", difference->detail);
	bk_changes_put_parties(versus, difference, &parties);
	struct bk_fit fields[] = {
		{bk_buf_str(&turn), 3, false},
		{bk_buf_str(&kind), 0, false},
		{bk_str_of(flags & BK_VERSUS_AGREED  ? "binds, in agreed text"
			   : flags & BK_VERSUS_BINDS ? "binds"
						     : ""),
			1, false},
		{bk_buf_str(&parties), 4, false},
		{bk_str_of(difference->path), 2, false},
	};
	put_row(screen, rect, 2, fields, sizeof fields / sizeof *fields, BK_ROLE_LABEL);
	bk_buf_release(&turn);
	bk_buf_release(&kind);
	bk_buf_release(&parties);
}

/* Of another change than before its own first row is seen. */
static void draw_passage(struct bk_screen *screen, const struct bk_versus *versus,
	const struct bk_difference *difference, bool is_another, struct bk_rect box)
{
	const bool beside = screen->changes.beside && box.cols + 2 >= BK_CHANGES_BESIDE_FROM;
	int *const top = &screen->changes.top;
	struct bk_passage_size size;
	if (is_another)
		*top = 0;
	bk_passage_draw(screen, versus, difference, box, beside, *top, &size);
	const int last = size.rows > box.rows ? size.rows - box.rows : 0;
	const int wish = is_another && size.first >= box.rows - 1 ? size.first - 1 : *top;
	if (wish != *top || *top > last) {
		*top = wish < last ? wish : last;
		bk_grid_fill(&screen->grid, (struct bk_rect){box.row, box.col - 1, box.rows, box.cols + 1},
			BK_LOOK_PLAIN);
		bk_passage_draw(screen, versus, difference, box, beside, *top, &size);
	}
	const int rule = box.row + box.rows;
	for (int col = box.col - 1; col < box.col + box.cols + 1; col++)
		bk_grid_puts(&screen->grid, rule, col, box.col + box.cols + 1,
			bk_screen_style(screen, BK_ROLE_BORDER), "─");
	if (*top > 0 || *top < last)
		bk_grid_put_right(&screen->grid, rule, box.col, box.col + box.cols,
			bk_screen_style(screen, BK_ROLE_DIM),
			*top == 0      ? BK_STR(" more: Right ")
			: *top == last ? BK_STR(" more: Left ")
				       : BK_STR(" more: Left, Right "));
}

int bk_changes_head(struct bk_screen *screen, struct bk_rect rect)
{
	const struct bk_versus *const versus = bk_changes_versus(screen);
	size_t index;
	if (versus == NULL || rect.rows < LEAST_ROWS)
		return 0;
	draw_question(screen, versus, rect);
	draw_balance(screen, versus, rect);
	const struct bk_difference *const chosen = bk_changes_chosen(screen, &index);
	if (chosen == NULL)
		return 3;
	draw_chosen(screen, versus, chosen, index, rect);
	const bool is_another = screen->changes.of != index;
	screen->changes.of = index;
	const int half = (rect.rows - 4) / 2;
	const struct bk_rect box = {
		rect.row + 3, rect.col + 1, half < MOST_ROWS ? half : MOST_ROWS, rect.cols - 2};
	draw_passage(screen, versus, chosen, is_another, box);
	return box.row + box.rows + 1 - rect.row;
}
