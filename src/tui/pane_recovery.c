/* Recovery: what was typed and never reached the file, as a diff; taken back or left. */
#include "tui/screen.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* The text as the journal has it is one step away: look at it, and come back. */
static int make_diff(struct bk_session *session, char **diff, size_t *len)
{
	const size_t here = bk_text_step(session->text);
	bk_snapshot *const before = bk_text_snapshot(session->text);
	const char *old_bytes, *new_bytes;
	size_t old_len, new_len;
	int status = bk_journal_recover(session->journal, session->text);
	if (status == BK_OK)
		status = bk_snapshot_flat(before, &old_bytes, &old_len);
	if (status == BK_OK)
		status = bk_snapshot_flat(bk_text_now(session->text), &new_bytes, &new_len);
	if (status == BK_OK)
		status = bk_store_diff(old_bytes, old_len, "file", new_bytes, new_len, "typed", diff, len);
	bk_snapshot_free(before);
	const int back = bk_text_go(session->text, here, NULL);
	return status < 0 ? status : back;
}

static struct bk_line *add_line(struct bk_list *list, const char *words, enum bk_role role)
{
	struct bk_line *const line = bk_list_add(list);
	if (line == NULL)
		return NULL;
	bk_line_field(line, words, 0, role);
	line->key = list->lines.len;
	return line;
}

/* Which draft, and when it was typed. */
static void add_head(struct bk_list *list, const struct bk_session *session)
{
	const time_t when = (time_t)session->found.time;
	struct tm local;
	char time[32] = "";
	if (when > 0 && localtime_r(&when, &local) != NULL)
		strftime(time, sizeof time, " of %Y-%m-%d %H:%M", &local);
	add_line(list,
		bk_arena_printf(
			&list->arena, "%s, lost typing%s:  - in the file   + typed", session->name, time),
		BK_ROLE_TITLE);
}

/* "@@ -12,7 +12,9 @@" is where it stands in the file. */
static const char *place_of(struct bk_list *list, struct bk_str hunk)
{
	const size_t minus = bk_str_find(hunk, '-');
	const unsigned long line = minus < hunk.len ? strtoul(hunk.ptr + minus + 1, NULL, 10) : 0;
	return bk_arena_printf(&list->arena, "from line %lu", line);
}

/* The places of a unified diff, without its heads, which name files for machines. */
static void add_lines(struct bk_list *list, struct bk_str diff)
{
	bool places = false;
	while (diff.len > 0) {
		const size_t len = bk_str_find(diff, '\n');
		const char first = len > 0 ? diff.ptr[0] : ' ';
		const char *words;
		places = places || first == '@';
		words = first == '@' ? place_of(list, (struct bk_str){diff.ptr, len})
				     : bk_arena_dup(&list->arena, diff.ptr, len);
		if (places && add_line(list, words,
				      first == '+'   ? BK_ROLE_ADDED
				      : first == '-' ? BK_ROLE_REMOVED
				      : first == '@' ? BK_ROLE_LABEL
						     : BK_ROLE_TEXT) == NULL)
			return;
		diff = bk_str_skip(diff, len + 1);
	}
}

static void fill(struct bk_screen *screen, struct bk_list *list)
{
	char *diff = NULL;
	size_t len = 0;
	list->note = "the journal holds changes, but they come to nothing";
	if (bk_screen_report(screen, make_diff(bk_screen_desk(screen)->session, &diff, &len)) < 0)
		return;
	if (len > 0)
		add_head(list, bk_screen_desk(screen)->session);
	add_lines(list, (struct bk_str){diff, len});
	bk_store_free(diff);
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
