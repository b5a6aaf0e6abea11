/* What is shown: panes, the menu, readings, themes. */
#include "tui/act.h"
#include "tui/pane_life.h"
#include "tui/past.h"
#include "tui/screen.h"

static const struct bk_pane *const panes[] = {
	&bk_pane_brackets,
	&bk_pane_outline,
	&bk_pane_positions,
	&bk_pane_history,
	&bk_pane_check,
	&bk_pane_help,
	&bk_pane_reading,
	&bk_pane_changes,
};

enum { BRACKETS, OUTLINE, POSITIONS, HISTORY, CHECK, HELP, READING, CHANGES };

/* A revision that is read has no revisions of its own: nothing that walks them is opened for it. */
static bool is_revision(struct bk_screen *screen)
{
	if (bk_screen_desk(screen)->session->revision == NULL)
		return false;
	bk_screen_complain(screen, "a revision is only read: its draft has history, comparison and lives");
	return true;
}

static void pane(struct bk_screen *screen, int argument)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	const bool about_draft = argument != HELP && argument != HISTORY;
	if (argument == HISTORY && is_revision(screen))
		return;
	if (about_draft && !bk_screen_fresh(screen))
		return;
	if (about_draft && argument != READING && desk->reading != NULL)
		bk_act_run(screen, "leave-reading");
	bk_pane_open(screen, panes[argument]);
	/* What help begins with stands on top, below its heading. */
	if (argument == HELP && screen->list.chosen > 0)
		screen->list.top = screen->list.chosen - 1;
}

/* The revision that is marked; where none is, the one that the history has chosen. */
static const char *revision_asked(struct bk_screen *screen, const struct bk_desk *desk)
{
	const struct bk_line *const line = screen->pane == &bk_pane_history ? bk_list_chosen(screen) : NULL;
	if (desk->marked[0][0] != '\0')
		return desk->marked[0];
	return line != NULL && desk->past != NULL && line->key < desk->past->count
		       ? desk->past->revisions[line->key].id
		       : NULL;
}

/* F5: since the last revision, or since the one asked for in the history, or between the two marked there. */
static void changes(struct bk_screen *screen, int argument)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	const char *const first = revision_asked(screen, desk);
	const char *const second = desk->marked[1][0] != '\0' ? desk->marked[1] : NULL;
	if (is_revision(screen) || bk_screen_report(screen, bk_desk_complete(desk)) < 0)
		return;
	if (desk->reading != NULL)
		bk_act_run(screen, "leave-reading");
	screen->changes.of = SIZE_MAX;
	bk_desk_compare(desk, screen->terminal->wake_write, first, second);
	bk_pane_open(screen, panes[argument]);
}

/* Alt-h: of the bracket that a pane has chosen, or of the one at the cursor. */
static void life(struct bk_screen *screen, int argument)
{
	(void)argument;
	if (!is_revision(screen))
		bk_life_open(screen);
}

/* F8: where there is no proof, one line says how to get one. */
static void merge(struct bk_screen *screen, int argument)
{
	(void)argument;
	if (bk_screen_desk(screen)->reading != NULL)
		bk_act_run(screen, "leave-reading");
	bool there;
	/* The proof may be another by now. */
	if (!bk_screen_fresh(screen) ||
		bk_screen_report(screen, bk_desk_place(bk_screen_desk(screen), screen->terminal->wake_write,
						 true, &there)) < 0 ||
		!bk_screen_placed(screen))
		return;
	screen->merge_of = SIZE_MAX;
	bk_pane_open(screen, &bk_pane_merge);
	if (screen->pane != &bk_pane_merge || screen->list.data != NULL)
		return;
	bk_screen_complain(screen, "%s", screen->list.note);
	bk_pane_close(screen);
}

/* F4: the side pane, shown or put away. */
static void side(struct bk_screen *screen, int argument)
{
	(void)argument;
	const bool shown = screen->side_asked ? screen->side : screen->grid.cols >= 100;
	if (!shown && !bk_screen_fresh(screen))
		return;
	if (screen->pane != NULL)
		bk_pane_close(screen);
	screen->side = !shown;
	screen->side_asked = true;
}

/* What the side pane has no room for. */
static void scroll_side(struct bk_screen *screen, int argument)
{
	enum { STEP = 5 };
	const bool shown = screen->side_asked ? screen->side : screen->grid.cols >= BK_SIDE_FROM;
	if (!shown || screen->pane != NULL)
		bk_screen_say(screen, "the side pane is not open: F4 opens it");
	screen->side_top += argument * STEP;
	screen->side_top = screen->side_top > 0 ? screen->side_top : 0;
}

static void menu(struct bk_screen *screen, int argument)
{
	(void)argument;
	bk_menu_open(screen);
}

static void redraw(struct bk_screen *screen, int argument)
{
	(void)argument;
	screen->redraw_all = true;
}

static void themed(struct bk_screen *screen, struct bk_str answer)
{
	bk_screen_report(screen, bk_theme_make(&screen->theme, answer.ptr, screen->terminal->colours));
}

static void offer_themes(struct bk_screen *screen, struct bk_str typed)
{
	for (const char *const *name = bk_theme_names(); *name != NULL; name++)
		if (bk_fuzzy_score(typed, bk_str_of(*name)) >= 0)
			bk_prompt_offer(screen, *name, NULL, NULL, bk_fuzzy_score(typed, bk_str_of(*name)));
}

static void theme(struct bk_screen *screen, int argument)
{
	(void)argument;
	bk_prompt_ask(screen, &(struct bk_question){
				      .label = "theme (bracked.theme keeps it):",
				      .offer = offer_themes,
				      .answer = themed,
				      .pick = true,
			      });
}

static void suspend(struct bk_screen *screen, int argument)
{
	(void)argument;
	struct bk_desk *const desk = bk_screen_desk(screen);
	if (desk->session->journal != NULL)
		bk_screen_report(screen, bk_journal_flush(desk->session->journal));
	screen->terminal->kind->suspend(screen->terminal);
	screen->redraw_all = true;
}

static void leave_reading(struct bk_screen *screen, int argument)
{
	(void)argument;
	bk_screen_report(screen, bk_desk_read(bk_screen_desk(screen), NULL, NULL));
}

const struct bk_screen_act bk_acts_show[] = {
	{"help-pane", pane, HELP},
	{"brackets-pane", pane, BRACKETS},
	{"outline-pane", pane, OUTLINE},
	{"positions-pane", pane, POSITIONS},
	{"history-pane", pane, HISTORY},
	{"diff-pane", changes, CHANGES},
	{"life-pane", life, 0},
	{"check-pane", pane, CHECK},
	{"merge-pane", merge, 0},
	{"reading-pane", pane, READING},
	{"leave-reading", leave_reading, 0},
	{"position-pane", side, 0},
	{"side-down", scroll_side, 1},
	{"side-up", scroll_side, -1},
	{"menu", menu, 0},
	{"theme", theme, 0},
	{"redraw", redraw, 0},
	{"suspend", suspend, 0},
	{NULL, NULL, 0},
};
