/* Recovery: what was typed and never reached the file, as a diff; taken back or left. */
#include "tui/pane_diff.h"
#include "tui/screen.h"

#include <time.h>

/*
 * The text as the journal has it, in a text of its own: the draft's must not move, for what is seen there is
 * written to the journal as done.  `bytes` are the draft's, which stands at `here`, and must outlive it.
 */
static int make_lost(const struct bk_session *session, struct bk_str bytes, bk_text **out)
{
	bk_text *text;
	struct bk_step step;
	const size_t count = bk_text_step_count(session->text);
	int status = bk_text_borrow(&text, bytes.ptr, bytes.len, NULL, NULL, false);
	if (status < 0)
		return status;
	for (size_t i = 1; i < count && status == BK_OK; i++) {
		status = bk_text_step_get(session->text, i, &step);
		if (status == BK_OK)
			status = bk_text_add_step(text, step.parent, step.edits, step.edit_count, step.time);
	}
	if (status == BK_OK)
		status = bk_text_stand(text, bk_text_step(session->text));
	if (status == BK_OK)
		status = bk_text_go(text, bk_journal_last_step(session->journal), NULL);
	if (status < 0)
		bk_text_free(text);
	else
		*out = text;
	return status;
}

/* Which draft, and when it was typed. */
static const char *title_of(struct bk_list *list, const struct bk_session *session)
{
	const time_t when = (time_t)session->found.time;
	struct tm local;
	char time[32] = "";
	if (when > 0 && localtime_r(&when, &local) != NULL)
		strftime(time, sizeof time, " of %Y-%m-%d %H:%M", &local);
	return bk_arena_printf(
		&list->arena, "%s, lost typing%s:  - in the file   + typed", session->name, time);
}

static int fill_from(struct bk_list *list, const struct bk_session *session)
{
	bk_snapshot *const before = bk_text_snapshot(session->text);
	bk_text *lost = NULL;
	struct bk_str old, now;
	int status = bk_snapshot_flat(before, &old.ptr, &old.len);
	if (status == BK_OK)
		status = make_lost(session, old, &lost);
	if (status == BK_OK)
		status = bk_snapshot_flat(bk_text_now(lost), &now.ptr, &now.len);
	if (status == BK_OK)
		status = bk_diff_fill(list, title_of(list, session), old, now);
	bk_text_free(lost);
	bk_snapshot_free(before);
	return status;
}

static void fill(struct bk_screen *screen, struct bk_list *list)
{
	list->note = "the journal holds changes, but they come to nothing";
	bk_screen_report(screen, fill_from(list, bk_screen_desk(screen)->session));
}

static void recover(struct bk_screen *screen)
{
	struct bk_session *const session = bk_screen_desk(screen)->session;
	bk_pane_close(screen);
	if (bk_screen_report(screen, bk_journal_recover(session->journal, session->text)) == BK_OK)
		bk_screen_say(screen, "your typing is back; Ctrl-O writes it, Ctrl-Z takes it away");
	session->found.unsaved = false;
}

static void enter(struct bk_screen *screen, const struct bk_line *line)
{
	(void)line;
	recover(screen);
}

static bool key(struct bk_screen *screen, struct bk_key pressed)
{
	struct bk_session *const session = bk_screen_desk(screen)->session;
	if (pressed.mods != 0)
		return false;
	if (pressed.code == 'r' || (pressed.code == BK_KEY_ENTER && screen->list.lines.len == 0)) {
		recover(screen);
		return true;
	}
	if (pressed.code != 'd')
		return false;
	bk_pane_close(screen);
	session->found.unsaved = false;
	if (bk_screen_report(screen, bk_journal_decline(session->journal)) == BK_OK)
		bk_screen_say(screen, "left as the file is; Alt-U still finds what was typed");
	return true;
}

static void later(struct bk_screen *screen)
{
	bk_screen_say(screen, "nothing decided: it will be offered again at the next start");
}

const struct bk_pane bk_pane_recovery = {
	.name = "recovery",
	.title = "Typed last time and never written to the file",
	.wide = true,
	.fill = fill,
	.enter = enter,
	.key = key,
	.closed = later,
	.no_filter = true,
	.hints = "r or Enter take it back   d leave the file as it is   Esc decide later",
};
