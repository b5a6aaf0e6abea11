/* Modal keys in the manner of vi. */
#include "tui/vi.h"

#include "base/near.h"
#include "base/utf8.h"
#include "tui/act.h"
#include "tui/motion.h"
#include "tui/screen.h"
#include "tui/vi_motion.h"
#include "tui/vi_object.h"

#include <stdlib.h>

static const bk_snapshot *now(const struct bk_screen *screen)
{
	return bk_desk_shown(bk_screen_desk(screen));
}

static struct bk_view *view(struct bk_screen *screen)
{
	return bk_desk_view(bk_screen_desk(screen));
}

static void reset(struct bk_vi *vi)
{
	vi->count = vi->operator_count = 0;
	vi->operation = 0;
	vi->pending = 0;
}

static void enter_normal(struct bk_screen *screen)
{
	struct bk_view *const v = view(screen);
	const bool inserting = screen->vi.mode == BK_VI_INSERT;
	screen->vi.mode = BK_VI_NORMAL;
	reset(&screen->vi);
	v->anchor = BK_NOWHERE;
	v->select = false;
	if (inserting && v->cursor > bk_motion_line_start(now(screen), v->cursor))
		v->cursor = bk_motion_previous(now(screen), v->cursor);
	bk_text_break(bk_screen_desk(screen)->session->text);
}

static void enter_insert(struct bk_screen *screen)
{
	reset(&screen->vi);
	if (!bk_screen_may_change(screen))
		return;
	bk_text_break(bk_screen_desk(screen)->session->text);
	screen->vi.mode = BK_VI_INSERT;
}

/* ---- Operators ---- */

static void yank(struct bk_screen *screen, struct bk_span span, bool lines)
{
	bk_buf_clear(&screen->clipboard);
	bk_buf_reserve(&screen->clipboard, span.end - span.start + 1);
	if (screen->clipboard.failed)
		return;
	bk_snapshot_copy(now(screen), span, screen->clipboard.bytes);
	screen->clipboard.len = span.end - span.start;
	screen->clipboard.bytes[screen->clipboard.len] = '\0';
	screen->clipboard_lines = lines;
}

static void operate(struct bk_screen *screen, uint32_t operation, struct bk_span span, bool lines)
{
	struct bk_view *const v = view(screen);
	if (span.start < span.end)
		yank(screen, span, lines);
	if (operation == 'y') {
		v->cursor = span.start;
		screen->terminal->kind->copy(screen->terminal, bk_buf_str(&screen->clipboard));
		enter_normal(screen);
		return;
	}
	if (!bk_screen_may_change(screen)) {
		enter_normal(screen);
		return;
	}
	if (operation == 'c' && lines)
		span.end = bk_motion_line_end(now(screen), span.end > span.start ? span.end - 1 : span.end);
	if (span.start < span.end)
		bk_screen_replace(screen, span, (struct bk_str){"", 0}, 0);
	v->cursor = span.start;
	enter_normal(screen);
	if (operation == 'c')
		enter_insert(screen);
}

/* Whole lines from that of a to that of b; a fold is as one line. */
static struct bk_span lines_of(const struct bk_screen *screen, size_t a, size_t b)
{
	const bk_snapshot *const snapshot = now(screen);
	const struct bk_folds *const folds = bk_desk_folds(bk_screen_desk(screen));
	const size_t low = a < b ? a : b, high = a < b ? b : a;
	struct bk_span span = {bk_motion_line_start(snapshot, low), bk_motion_line_next(snapshot, high)};
	struct bk_span fold;
	if (folds != NULL && bk_folds_at(folds, low, &fold))
		span.start = fold.start;
	if (folds != NULL && bk_folds_at(folds, high, &fold))
		span.end = fold.end;
	return span;
}

/* ---- Motions ---- */

static void finish_motion(struct bk_screen *screen, struct bk_vi_motion m)
{
	struct bk_vi *const vi = &screen->vi;
	const size_t at = view(screen)->cursor;
	if (vi->operation == 0) {
		bk_screen_go(screen, m.target, vi->mode == BK_VI_VISUAL || vi->mode == BK_VI_VISUAL_LINE);
		vi->count = 0;
		return;
	}
	struct bk_span span = at < m.target ? (struct bk_span){at, m.target} : (struct bk_span){m.target, at};
	if (m.lines)
		span = lines_of(screen, at, m.target);
	else if (m.inclusive)
		span.end = bk_motion_next(now(screen), span.end);
	else if (m.word && span.end > bk_motion_line_end(now(screen), at))
		span.end = bk_motion_line_end(now(screen), at);
	operate(screen, vi->operation, span, m.lines);
}

/* ---- Keys in normal and visual mode ---- */

static void put(struct bk_screen *screen, bool after)
{
	struct bk_view *const v = view(screen);
	if (screen->clipboard.len == 0 || !bk_screen_may_change(screen))
		return;
	if (screen->clipboard_lines)
		v->cursor = after ? bk_motion_line_next(now(screen), v->cursor)
				  : bk_motion_line_start(now(screen), v->cursor);
	else if (after && bk_motion_byte(now(screen), v->cursor) != '\n')
		v->cursor = bk_motion_next(now(screen), v->cursor);
	const size_t at = v->cursor;
	for (size_t i = bk_vi_count(&screen->vi); i > 0; i--)
		bk_act_paste(screen, screen->clipboard.bytes, screen->clipboard.len);
	if (screen->clipboard_lines)
		v->cursor = at;
	reset(&screen->vi);
}

static void open_line(struct bk_screen *screen, bool below)
{
	struct bk_view *const v = view(screen);
	if (!bk_screen_may_change(screen))
		return;
	v->cursor = below ? bk_motion_line_end(now(screen), v->cursor)
			  : bk_motion_line_start(now(screen), v->cursor);
	bk_act_run(screen, "newline");
	if (!below)
		v->cursor = bk_motion_previous(now(screen), v->cursor);
	enter_insert(screen);
}

/* Keys that begin inserting. */
static bool insert_key(struct bk_screen *screen, uint32_t code)
{
	struct bk_view *const v = view(screen);
	switch (code) {
	case 'i': break;
	case 'I': v->cursor = bk_motion_line_first(now(screen), v->cursor); break;
	case 'a':
		if (bk_motion_byte(now(screen), v->cursor) != '\n')
			v->cursor = bk_motion_next(now(screen), v->cursor);
		break;
	case 'A': v->cursor = bk_motion_line_end(now(screen), v->cursor); break;
	case 'o': open_line(screen, true); return true;
	case 'O': open_line(screen, false); return true;
	default: return false;
	}
	enter_insert(screen);
	return true;
}

static bool change_key(struct bk_screen *screen, uint32_t code)
{
	const bk_snapshot *const s = now(screen);
	const size_t at = view(screen)->cursor;
	switch (code) {
	case 'x':
		operate(screen, 'd',
			(struct bk_span){at, bk_vi_repeat(bk_motion_next, s, at, bk_vi_count(&screen->vi))},
			false);
		return true;
	case 'X': operate(screen, 'd', (struct bk_span){bk_motion_previous(s, at), at}, false); return true;
	case 's': operate(screen, 'c', (struct bk_span){at, bk_motion_next(s, at)}, false); return true;
	case 'D': operate(screen, 'd', (struct bk_span){at, bk_motion_line_end(s, at)}, false); return true;
	case 'C': operate(screen, 'c', (struct bk_span){at, bk_motion_line_end(s, at)}, false); return true;
	case 'S': operate(screen, 'c', lines_of(screen, at, at), true); return true;
	case 'Y': operate(screen, 'y', lines_of(screen, at, at), true); return true;
	case 'p': put(screen, true); return true;
	case 'P': put(screen, false); return true;
	case 'u':
		reset(&screen->vi);
		bk_act_run(screen, "undo");
		return true;
	case 'n': bk_find_step(screen, false); return true;
	case 'N': bk_find_step(screen, true); return true;
	case '/':
	case '?': bk_find_ask(screen); return true;
	default: return false;
	}
}

static void visual(struct bk_screen *screen, enum bk_vi_mode mode)
{
	struct bk_view *const v = view(screen);
	if (screen->vi.mode == mode) {
		enter_normal(screen);
		return;
	}
	if (v->anchor == BK_NOWHERE)
		v->anchor = v->cursor;
	v->select = true;
	screen->vi.mode = mode;
}

/* The span that is selected, with the character at its end, as vi has it. */
static struct bk_span visual_span(struct bk_screen *screen)
{
	struct bk_span span = bk_view_selection(view(screen));
	if (screen->vi.mode == BK_VI_VISUAL_LINE)
		return lines_of(screen, span.start, span.end);
	span.end = bk_motion_next(now(screen), span.end);
	return span;
}

static bool visual_key(struct bk_screen *screen, uint32_t code)
{
	if (screen->vi.mode != BK_VI_VISUAL && screen->vi.mode != BK_VI_VISUAL_LINE)
		return false;
	const bool lines = screen->vi.mode == BK_VI_VISUAL_LINE;
	switch (code) {
	case 'd':
	case 'x': operate(screen, 'd', visual_span(screen), lines); return true;
	case 'c':
	case 's': operate(screen, 'c', visual_span(screen), lines); return true;
	case 'y': operate(screen, 'y', visual_span(screen), lines); return true;
	default: return false;
	}
}

/* ---- Ex commands ---- */

static const struct ex {
	const char *word;
	const char *act;
} ex_words[] = {
	{"w", "write-file"},
	{"q", "close-draft"},
	{"qa", "quit"},
	{"e", "open-draft"},
	{"help", "help-pane"},
	{"save", "save-revision"},
	{"u", "undo"},
};

/* Those that are no act of the menu. */
static bool ex_leaves(struct bk_screen *screen, struct bk_str word)
{
	if (bk_str_equal(word, BK_STR("wq")) || bk_str_equal(word, BK_STR("x")))
		bk_act_close_written(screen);
	else if (bk_str_equal(word, BK_STR("q!")) || bk_str_equal(word, BK_STR("qa!")))
		bk_act_close_discarded(screen, word.len > 2);
	else
		return false;
	return true;
}

static void complain_of_ex(struct bk_screen *screen, struct bk_str word)
{
	static const char *const others[] = {"wq", "x", "q!", "qa!"};
	enum { OTHERS = sizeof others / sizeof *others };
	size_t best = SIZE_MAX;
	const char *nearest = NULL;
	for (size_t i = 0; i < sizeof ex_words / sizeof *ex_words + OTHERS; i++) {
		const char *const known = i < OTHERS ? others[i] : ex_words[i - OTHERS].word;
		const size_t distance = bk_near_distance(word, bk_str_of(known));
		if (distance < best && distance < word.len) {
			best = distance;
			nearest = known;
		}
	}
	if (nearest != NULL)
		bk_screen_complain(screen, "no command ':%.*s'; did you mean :%s?  F9 has them all",
			(int)word.len, word.ptr, nearest);
	else
		bk_screen_complain(screen,
			"no command ':%.*s'; there are :w :q :q! :wq :x :qa :qa! :e :save :u :help and a "
			"line "
			"number",
			(int)word.len, word.ptr);
}

static void ex(struct bk_screen *screen, struct bk_str answer)
{
	char *end;
	answer = bk_str_trim(answer);
	const unsigned long line = strtoul(answer.ptr, &end, 10);
	if (answer.len == 0)
		return;
	if (end == answer.ptr + answer.len) {
		bk_screen_go(screen, bk_vi_go_line(now(screen), line > 0 ? line - 1 : 0), false);
		return;
	}
	if (ex_leaves(screen, answer))
		return;
	for (size_t i = 0; i < sizeof ex_words / sizeof *ex_words; i++)
		if (bk_str_equal(answer, bk_str_of(ex_words[i].word))) {
			bk_act_run(screen, ex_words[i].act);
			return;
		}
	if (bk_str_starts(answer, BK_STR("w ")))
		bk_act_write_as(screen, answer.ptr + 2);
	else
		complain_of_ex(screen, answer);
}

static void ask_ex(struct bk_screen *screen)
{
	bk_prompt_ask(screen, &(struct bk_question){.label = ":", .answer = ex});
}

/* ---- All together ---- */

/* The second key of g, z, f, t, r, i and a. */
static bool pending_key(struct bk_screen *screen, uint32_t code)
{
	struct bk_vi *const vi = &screen->vi;
	const uint32_t pending = vi->pending;
	vi->pending = 0;
	if (pending == 'g') {
		if (code == 'g')
			finish_motion(
				screen, (struct bk_vi_motion){.target = bk_vi_go_line(now(screen),
								      vi->count > 0 ? vi->count - 1 : 0),
						.lines = true,
						.known = true});
		return true;
	}
	if (pending == 'z') {
		const struct bk_command *const command = bk_keymap_vi_find(pending, code);
		reset(vi);
		if (command != NULL)
			bk_act_run(screen, command->name);
		return true;
	}
	if (pending == 'r') {
		char bytes[4];
		const size_t at = view(screen)->cursor, end = bk_motion_next(now(screen), at);
		if (code < 0x110000 && end > at && bk_screen_may_change(screen)) {
			bk_screen_replace(screen, (struct bk_span){at, end},
				(struct bk_str){bytes, bk_utf8_encode(code, bytes)}, 0);
			view(screen)->cursor = at;
		}
		return true;
	}
	if (pending == 'i' || pending == 'a') {
		struct bk_span span;
		if (!bk_vi_object(now(screen), view(screen)->cursor, code, pending == 'a', &span)) {
			reset(vi);
		} else if (vi->operation != 0) {
			operate(screen, vi->operation, span, false);
		} else {
			view(screen)->anchor = span.start;
			view(screen)->cursor =
				span.end > span.start ? bk_motion_previous(now(screen), span.end) : span.end;
		}
		return true;
	}
	vi->find_kind = pending;
	vi->find_char = code;
	const bool forward = pending == 'f' || pending == 't';
	finish_motion(
		screen, (struct bk_vi_motion){.target = bk_vi_find_char(now(screen), view(screen)->cursor,
						      pending, code, bk_vi_count(vi)),
				.inclusive = forward,
				.known = true});
	return true;
}

static bool begins_pending(const struct bk_vi *vi, uint32_t code)
{
	if (code == 'g' || code == 'z' || code == 'f' || code == 'F' || code == 't' || code == 'T')
		return true;
	const bool visual_mode = vi->mode == BK_VI_VISUAL || vi->mode == BK_VI_VISUAL_LINE;
	if (code == 'i' || code == 'a')
		return vi->operation != 0 || visual_mode;
	return code == 'r' && vi->operation == 0 && !visual_mode;
}

static bool operator_key(struct bk_screen *screen, uint32_t code)
{
	struct bk_vi *const vi = &screen->vi;
	if (code != 'd' && code != 'c' && code != 'y')
		return false;
	if (vi->operation == code) {
		const bk_snapshot *const s = now(screen);
		const size_t at = view(screen)->cursor;
		operate(screen, code, lines_of(screen, at, bk_vi_vertical(s, at, (long)bk_vi_count(vi) - 1)),
			true);
		return true;
	}
	vi->operation = code;
	vi->operator_count = vi->count;
	vi->count = 0;
	return true;
}

static bool control_key(struct bk_screen *screen, struct bk_key key)
{
	const long page = screen->text_rect.rows > 2 ? screen->text_rect.rows - 2 : 1;
	switch (key.code) {
	case 'r': bk_act_run(screen, "redo"); return true;
	case 'd': bk_screen_move_rows(screen, page / 2, view(screen)->select); return true;
	case 'u': bk_screen_move_rows(screen, -page / 2, view(screen)->select); return true;
	case 'f': bk_screen_move_rows(screen, page, view(screen)->select); return true;
	case 'b': bk_screen_move_rows(screen, -page, view(screen)->select); return true;
	case 'e': bk_screen_scroll(screen, 1); return true;
	case 'y': bk_screen_scroll(screen, -1); return true;
	default: return false;
	}
}

static bool vertical_key(struct bk_screen *screen, uint32_t code)
{
	struct bk_vi *const vi = &screen->vi;
	const bool down = code == 'j' || code == BK_KEY_DOWN || code == BK_KEY_ENTER;
	if (!down && code != 'k' && code != BK_KEY_UP)
		return false;
	const long rows = down ? (long)bk_vi_count(vi) : -(long)bk_vi_count(vi);
	if (vi->operation != 0) {
		const bk_snapshot *const s = now(screen);
		const size_t at = view(screen)->cursor;
		operate(screen, vi->operation, lines_of(screen, at, bk_vi_vertical(s, at, rows)), true);
		return true;
	}
	bk_screen_move_rows(screen, rows, vi->mode != BK_VI_NORMAL);
	vi->count = 0;
	return true;
}

static bool plain_key(struct bk_screen *screen, uint32_t code)
{
	struct bk_vi *const vi = &screen->vi;
	if (vi->pending != 0)
		return pending_key(screen, code);
	if ((code >= '1' && code <= '9') || (code == '0' && vi->count > 0)) {
		vi->count = vi->count < 10000 ? vi->count * 10 + (code - '0') : vi->count;
		return true;
	}
	if (begins_pending(vi, code)) {
		vi->pending = code;
		return true;
	}
	if (code == 'v' || code == 'V') {
		visual(screen, code == 'v' ? BK_VI_VISUAL : BK_VI_VISUAL_LINE);
		return true;
	}
	if (visual_key(screen, code) || operator_key(screen, code) || vertical_key(screen, code))
		return true;
	const struct bk_vi_motion m = bk_vi_motion_of(screen, code);
	if (m.known) {
		finish_motion(screen, m);
		return true;
	}
	if (code == ':') {
		ask_ex(screen);
		return true;
	}
	return insert_key(screen, code) || change_key(screen, code);
}

bool bk_vi_key(struct bk_screen *screen, struct bk_key key)
{
	struct bk_vi *const vi = &screen->vi;
	if (vi->mode == BK_VI_OFF)
		return false;
	if (key.code == BK_KEY_ESCAPE || (key.code == '[' && key.mods == BK_MOD_CTRL)) {
		const bool idle = vi->mode == BK_VI_NORMAL && vi->operation == 0 && vi->pending == 0;
		enter_normal(screen);
		return !idle || bk_screen_desk(screen)->reading == NULL;
	}
	if (vi->mode == BK_VI_INSERT)
		return false;
	if (key.mods == BK_MOD_CTRL)
		return control_key(screen, key);
	if (key.mods != 0)
		return false;
	const bool used = plain_key(screen, key.code);
	/* A letter that means nothing must not be typed. */
	if (!used && key.code < 0x110000) {
		reset(vi);
		return true;
	}
	return used;
}
