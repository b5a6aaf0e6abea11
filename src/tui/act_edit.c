/* Editing: typing, erasing, undo, the clipboard. */
#include "base/utf8.h"
#include "tui/act.h"
#include "tui/motion.h"
#include "tui/pane_merge.h"
#include "tui/screen.h"

static bk_text *text_of(const struct bk_screen *screen)
{
	return bk_screen_desk(screen)->session->text;
}

int bk_screen_replace(struct bk_screen *screen, struct bk_span span, struct bk_str bytes, unsigned flags)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	const int status = bk_text_replace(text_of(screen), span, bytes.ptr, bytes.len, flags);
	if (status < 0)
		return bk_screen_report(screen, status);
	desk->view.anchor = BK_NOWHERE;
	desk->view.select = false;
	desk->view.goal = -1;
	return BK_OK;
}

/* How lines end round an offset: as the line before does. */
static struct bk_str line_end_at(const bk_snapshot *snapshot, size_t offset)
{
	const size_t line = bk_snapshot_line_of(snapshot, offset);
	const size_t start = line > 0 ? bk_snapshot_line_start(snapshot, line) : BK_NOWHERE;
	const size_t other = bk_snapshot_line_start(snapshot, line + 1);
	const size_t after = start != BK_NOWHERE ? start : other;
	if (after == BK_NOWHERE || after < 2)
		return BK_STR("\n");
	return bk_motion_byte(snapshot, after - 2) == '\r' ? BK_STR("\r\n") : BK_STR("\n");
}

void bk_act_type(struct bk_screen *screen, unsigned code)
{
	char bytes[4];
	if (!bk_screen_may_change(screen))
		return;
	const struct bk_span span = bk_view_selection(&bk_screen_desk(screen)->view);
	const struct bk_str typed = {bytes, bk_utf8_encode(code, bytes)};
	bk_screen_replace(screen, span, typed, span.start == span.end ? BK_EDIT_TYPED : 0);
}

static void insert(struct bk_screen *screen, int code)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	if (!bk_screen_may_change(screen))
		return;
	const struct bk_span span = bk_view_selection(&desk->view);
	const char c = (char)code;
	const struct bk_str bytes =
		code == '\n' ? line_end_at(bk_text_now(text_of(screen)), span.start) : (struct bk_str){&c, 1};
	bk_screen_replace(screen, span, bytes, code == '\n' ? 0 : BK_EDIT_TYPED);
}

/* A paste comes with the terminal's line ends; the text keeps its own.  All else is taken as it is. */
void bk_act_paste(struct bk_screen *screen, const char *bytes, size_t len)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	if (len == 0 || !bk_screen_may_change(screen))
		return;
	const struct bk_span span = bk_view_selection(&desk->view);
	const struct bk_str line_end = line_end_at(bk_text_now(text_of(screen)), span.start);
	struct bk_buf out = BK_BUF_INIT;
	bk_buf_reserve(&out, len + 1);
	for (size_t i = 0; i < len; i++) {
		if (bytes[i] == '\r' && i + 1 < len && bytes[i + 1] == '\n')
			continue;
		if (bytes[i] == '\r' || bytes[i] == '\n')
			bk_buf_put_str(&out, line_end);
		else
			bk_buf_putc(&out, bytes[i]);
	}
	bk_text_break(text_of(screen));
	if (bk_screen_report(screen, bk_buf_status(&out)) == BK_OK)
		bk_screen_replace(screen, span, bk_buf_str(&out), 0);
	bk_text_break(text_of(screen));
	bk_buf_release(&out);
}

enum erase { ERASE_BACK, ERASE_FORWARD, ERASE_WORD_BACK, ERASE_WORD_FORWARD, ERASE_TO_LINE_END };

static void erase(struct bk_screen *screen, int argument)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	if (!bk_screen_may_change(screen))
		return;
	const bk_snapshot *const now = bk_text_now(text_of(screen));
	struct bk_span span = bk_view_selection(&desk->view);
	const bool selected = span.start < span.end;
	if (!selected)
		switch ((enum erase)argument) {
		case ERASE_BACK: span.start = bk_motion_previous(now, span.start); break;
		case ERASE_FORWARD: span.end = bk_motion_next(now, span.end); break;
		case ERASE_WORD_BACK: span.start = bk_motion_word_previous(now, span.start); break;
		case ERASE_WORD_FORWARD: span.end = bk_motion_word_next(now, span.end); break;
		case ERASE_TO_LINE_END: span.end = bk_motion_line_end(now, span.end); break;
		}
	if (span.start == span.end)
		return;
	const bool typed = !selected && argument == ERASE_BACK;
	if (bk_screen_replace(screen, span, (struct bk_str){"", 0}, typed ? BK_EDIT_TYPED : 0) == BK_OK)
		desk->view.cursor = span.start;
}

/* ---- History ---- */

enum travel { UNDO, REDO, EARLIER, LATER };

/* Whoever has just taken a position and undoes may think that this goes: say once that it does not. */
static bool is_after_position(struct bk_screen *screen)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	const bool spoken = desk->spoken && desk->spoken_version == bk_text_version(desk->session->text);
	desk->spoken = false;
	if (spoken)
		bk_screen_say(screen,
			"undo is of the text: Alt-w withdraws the position; Ctrl-Z again undoes an edit");
	return spoken;
}

static void travel(struct bk_screen *screen, int argument)
{
	static int (*const ways[])(bk_text *, size_t *) = {
		[UNDO] = bk_text_undo,
		[REDO] = bk_text_redo,
		[EARLIER] = bk_text_earlier,
		[LATER] = bk_text_later,
	};
	static const char *const ends[] = {
		"nothing to undo", "nothing to redo", "the first state of all", "the last state of all"};
	static const char *const done[] = {"undone", "done again", "earlier", "later"};
	size_t at;
	if (!bk_screen_may_change(screen) || (argument == UNDO && is_after_position(screen)) ||
		(argument <= REDO && bk_merge_undo_mark(screen, argument == REDO)))
		return;
	const size_t step = bk_text_step(text_of(screen));
	const int status = ways[argument](text_of(screen), &at);
	if (status == BK_ENOTFOUND) {
		bk_screen_say(screen, "%s", ends[argument]);
		return;
	}
	if (bk_screen_report(screen, status) < 0)
		return;
	bk_desk_origin(bk_screen_desk(screen), step, &at);
	bk_screen_go(screen, at, false);
	bk_screen_say(screen, "%s (state %zu of %zu)", done[argument], bk_text_step(text_of(screen)),
		bk_text_step_count(text_of(screen)) - 1);
}

/* ---- Clipboard ---- */

static bool take_selection(struct bk_screen *screen)
{
	const bk_snapshot *const now = bk_desk_shown(bk_screen_desk(screen));
	const struct bk_span span = bk_view_selection(bk_desk_view(bk_screen_desk(screen)));
	const size_t len = span.end - span.start;
	if (len == 0) {
		bk_screen_say(screen, "nothing is selected: Shift-arrows or Ctrl-Space select");
		return false;
	}
	bk_buf_clear(&screen->clipboard);
	bk_buf_reserve(&screen->clipboard, len + 1);
	if (bk_screen_report(screen, bk_buf_status(&screen->clipboard)) < 0)
		return false;
	bk_snapshot_copy(now, span, screen->clipboard.bytes);
	screen->clipboard.len = len;
	screen->clipboard.bytes[len] = '\0';
	screen->clipboard_lines = false;
	screen->terminal->kind->copy(screen->terminal, bk_buf_str(&screen->clipboard));
	return true;
}

static void copy(struct bk_screen *screen, int argument)
{
	(void)argument;
	if (!take_selection(screen))
		return;
	struct bk_view *const view = bk_desk_view(bk_screen_desk(screen));
	view->anchor = BK_NOWHERE;
	view->select = false;
	bk_screen_say(screen, "copied");
}

static void cut(struct bk_screen *screen, int argument)
{
	(void)argument;
	if (bk_screen_may_change(screen) && take_selection(screen))
		erase(screen, ERASE_BACK);
}

static void paste(struct bk_screen *screen, int argument)
{
	(void)argument;
	if (screen->clipboard.len == 0) {
		bk_screen_say(screen, "nothing was copied here; your terminal's own paste works too");
		return;
	}
	bk_act_paste(screen, screen->clipboard.bytes, screen->clipboard.len);
}

static void find(struct bk_screen *screen, int argument)
{
	(void)argument;
	bk_find_ask(screen);
}

static void find_step(struct bk_screen *screen, int argument)
{
	bk_find_step(screen, argument != 0);
}

static void replace(struct bk_screen *screen, int argument)
{
	(void)argument;
	if (bk_screen_may_change(screen))
		bk_replace_ask(screen);
}

const struct bk_screen_act bk_acts_edit[] = {
	{"newline", insert, '\n'},
	{"tab", insert, '\t'},
	{"erase", erase, ERASE_BACK},
	{"erase-forward", erase, ERASE_FORWARD},
	{"erase-word", erase, ERASE_WORD_BACK},
	{"erase-word-forward", erase, ERASE_WORD_FORWARD},
	{"erase-line-end", erase, ERASE_TO_LINE_END},
	{"undo", travel, UNDO},
	{"redo", travel, REDO},
	{"earlier", travel, EARLIER},
	{"later", travel, LATER},
	{"copy", copy, 0},
	{"cut", cut, 0},
	{"paste", paste, 0},
	{"find-text", find, 0},
	{"find-next", find_step, 0},
	{"find-previous", find_step, 1},
	{"replace-text", replace, 0},
	{NULL, NULL, 0},
};
