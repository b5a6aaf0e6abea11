/* Folding: putting away what the outline holds, and bringing it back. */
#include "base/error.h"
#include "tui/act.h"
#include "tui/motion.h"
#include "tui/rows.h"
#include "tui/screen.h"

static bool may_fold(struct bk_screen *screen)
{
	if (bk_screen_desk(screen)->reading == NULL)
		return true;
	bk_screen_complain(screen, "this is a reading: Esc goes back to the draft");
	return false;
}

/* ---- What is worth folding ---- */

/* True when the lines take more than one row of the screen. */
static bool takes_rows(struct bk_screen *screen, struct bk_span lines)
{
	enum { MOST_BYTES_A_CELL = 4 };
	const bk_snapshot *const now = bk_desk_shown(bk_screen_desk(screen));
	const size_t width = screen->rules.width > 0 ? (size_t)screen->rules.width : 80;
	const size_t end = bk_motion_line_end(now, lines.start);
	if (bk_motion_line_next(now, lines.start) < lines.end ||
		end - lines.start > width * MOST_BYTES_A_CELL)
		return true;
	if (end - lines.start <= width / 2 ||
		bk_layout_make(&screen->layouts, now, lines.start, &screen->rules, &screen->layout) < 0)
		return false;
	return screen->layout->rows.len > 1;
}

/* The span of the innermost node that holds a place of the draft and takes more than one row. */
static bool find_around(
	struct bk_screen *screen, const bk_draft *draft, size_t place, size_t shift, struct bk_span *out)
{
	size_t count;
	const struct bk_node *const nodes = bk_draft_nodes(draft, &count);
	uint32_t node = bk_draft_node_at(draft, place);
	for (; node != BK_NONE; node = nodes[node].parent)
		if (bk_fold_span_of(draft, &nodes[node], shift, out) && out->end > place + shift &&
			takes_rows(screen, *out))
			return true;
	return false;
}

/* The place whose node is meant: in the blanks at the start of a line, that of its first word. */
static size_t meant(const struct bk_desk *desk, size_t offset)
{
	const size_t first = bk_motion_line_first(bk_text_now(desk->session->text), offset);
	return first > offset ? first : offset;
}

/* In a large text what is read for the colours may do; at its edge what it says of ends is not to be trusted. */
static bool find_in_window(struct bk_screen *screen, size_t place, struct bk_span *out)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	const struct bk_window *const window = &desk->window;
	if (desk->session->draft != NULL || window->draft == NULL || window->carry.edits.len > 0 ||
		place < window->start || place >= window->end)
		return false;
	return find_around(screen, window->draft, place - window->start, window->start, out) &&
	       out->start > window->start && out->end < window->end;
}

static bool find_at(struct bk_screen *screen, size_t offset, struct bk_span *out)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	const size_t place = meant(desk, offset);
	if (find_in_window(screen, place, out))
		return true;
	return bk_screen_fresh(screen) && find_around(screen, desk->session->draft, place, 0, out);
}

/* ---- Acts ---- */

/* The cursor goes out of what has just been put away, to the first words of its row, and rows fill the pane. */
static void leave_hidden(struct bk_screen *screen)
{
	struct bk_folded hidden;
	struct bk_view *const view = bk_desk_view(bk_screen_desk(screen));
	if (bk_rows_hides(screen, view->cursor, &hidden))
		bk_screen_go(screen,
			bk_motion_line_first(bk_desk_shown(bk_screen_desk(screen)), hidden.fold.start),
			false);
	bk_screen_fill(screen);
}

/* What is only ajar stays open from now on. */
static bool keep_open(struct bk_screen *screen)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	return bk_folds_open(&desk->ajar, desk->view.cursor);
}

static bool unfold_here(struct bk_screen *screen)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	return bk_desk_folds(desk) != NULL && bk_folds_open(&desk->folds, desk->view.cursor);
}

static void put_away(struct bk_screen *screen, struct bk_span span)
{
	if (bk_screen_report(screen, bk_desk_fold(bk_screen_desk(screen), &span, 1)) == BK_OK)
		leave_hidden(screen);
}

static void fold_here(struct bk_screen *screen)
{
	struct bk_span span;
	if (find_at(screen, bk_screen_desk(screen)->view.cursor, &span))
		put_away(screen, span);
	else if (screen->message.len == 0)
		bk_screen_say(
			screen, "nothing to fold here: no provision, heading or option of more than one row");
}

void bk_act_fold_row(struct bk_screen *screen, size_t offset)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	struct bk_span span;
	if (desk->reading != NULL || (bk_desk_folds(desk) != NULL && bk_folds_open(&desk->folds, offset)))
		return;
	if (find_at(screen, offset, &span) && span.start == offset)
		put_away(screen, span);
}

enum { TOGGLE, FOLD, UNFOLD };

static void fold(struct bk_screen *screen, int argument)
{
	if (!may_fold(screen) || (argument != FOLD && unfold_here(screen)))
		return;
	if (argument == UNFOLD && !keep_open(screen))
		bk_screen_say(screen, "nothing is folded here");
	else if (argument != UNFOLD)
		fold_here(screen);
}

/* Fold all nodes of a level, or all with 0.  False when that was so before. */
static bool fold_level(struct bk_screen *screen, uint32_t level)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	BK_VEC(struct bk_span) spans = BK_VEC_INIT;
	size_t count;
	const struct bk_node *const nodes = bk_draft_nodes(desk->session->draft, &count);
	const size_t before = bk_folds_count(&desk->folds);
	int status = BK_OK;
	for (size_t i = 0; i < count && status == BK_OK; i++) {
		struct bk_span span;
		if ((level != 0 && nodes[i].level != level) ||
			!bk_fold_span_of(desk->session->draft, &nodes[i], 0, &span) ||
			!takes_rows(screen, span))
			continue;
		struct bk_span *const slot = BK_VEC_PUSH(&spans);
		if (slot == NULL)
			status = bk_fail_memory();
		else
			*slot = span;
	}
	if (status == BK_OK)
		status = bk_desk_fold(desk, spans.items, spans.len);
	BK_VEC_RELEASE(&spans);
	bk_screen_report(screen, status);
	leave_hidden(screen);
	return bk_folds_count(&desk->folds) > before;
}

static void unfold_all(struct bk_screen *screen, int argument)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	(void)argument;
	if (!may_fold(screen))
		return;
	if (bk_folds_count(&desk->folds) + bk_folds_count(&desk->ajar) == 0)
		bk_screen_say(screen, "nothing is folded");
	bk_folds_clear(&desk->folds);
	bk_folds_clear(&desk->ajar);
}

static void fold_all(struct bk_screen *screen, int argument)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	(void)argument;
	if (!may_fold(screen))
		return;
	if (!bk_screen_fresh(screen) || fold_level(screen, 0))
		return;
	if (bk_folds_count(&desk->folds) == 0)
		bk_screen_say(screen, "nothing to fold: the draft has no headings and no labels");
	else
		bk_screen_say(screen, "all is folded: Alt-e unfolds it");
}

/* All of the level that the cursor stands in, as the outline counts. */
static void fold_same_level(struct bk_screen *screen, int argument)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	(void)argument;
	if (!may_fold(screen))
		return;
	if (!bk_screen_fresh(screen))
		return;
	size_t count;
	const struct bk_node *const nodes = bk_draft_nodes(desk->session->draft, &count);
	const uint32_t here = bk_draft_node_at(desk->session->draft, meant(desk, desk->view.cursor));
	if (here == BK_NONE)
		bk_screen_say(screen, "no provision, heading or option here: its level would be folded");
	else if (!fold_level(screen, nodes[here].level))
		bk_screen_say(screen, "all of this level is folded: Alt-e unfolds it");
}

const struct bk_screen_act bk_acts_fold[] = {
	{"fold", fold, TOGGLE},
	{"fold-close", fold, FOLD},
	{"fold-open", fold, UNFOLD},
	{"fold-level", fold_same_level, 0},
	{"fold-all", fold_all, 0},
	{"unfold-all", unfold_all, 0},
	{NULL, NULL, 0},
};
