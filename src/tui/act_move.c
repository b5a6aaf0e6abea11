/* Moving: by characters, words, rows and pages, and from bracket to bracket. */
#include "base/error.h"
#include "base/near.h"
#include "tui/act.h"
#include "tui/motion.h"
#include "tui/rows.h"
#include "tui/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum motion {
	LEFT,
	RIGHT,
	UP,
	DOWN,
	PAGE_UP,
	PAGE_DOWN,
	LINE_START,
	LINE_END,
	TEXT_START,
	TEXT_END,
	WORD_LEFT,
	WORD_RIGHT,
	PARAGRAPH_UP,
	PARAGRAPH_DOWN,
	SELECT = 64,
};

static const bk_snapshot *shown(const struct bk_screen *screen)
{
	return bk_desk_shown(bk_screen_desk(screen));
}

/* Home goes to the first word of the line, and from there to its start. */
static size_t home(const bk_snapshot *snapshot, size_t cursor)
{
	const size_t first = bk_motion_line_first(snapshot, cursor);
	return cursor == first ? bk_motion_line_start(snapshot, cursor) : first;
}

static size_t target(const struct bk_screen *screen, enum motion motion, size_t at)
{
	const bk_snapshot *const snapshot = shown(screen);
	switch (motion) {
	case LEFT: return bk_motion_previous(snapshot, at);
	case RIGHT: return bk_motion_next(snapshot, at);
	case LINE_START: return home(snapshot, at);
	case LINE_END: return bk_motion_line_end(snapshot, at);
	case TEXT_START: return 0;
	case TEXT_END: return bk_snapshot_size(snapshot);
	case WORD_LEFT: return bk_motion_word_previous(snapshot, at);
	case WORD_RIGHT: return bk_motion_word_next(snapshot, at);
	case PARAGRAPH_UP: return bk_motion_paragraph_previous(snapshot, at);
	case PARAGRAPH_DOWN: return bk_motion_paragraph_next(snapshot, at);
	default: return at;
	}
}

/* A motion that would end in what a fold puts away passes over it, or stops where it can still be seen. */
static size_t pass_folds(struct bk_screen *screen, enum motion motion, size_t from, size_t to)
{
	struct bk_folded hidden;
	size_t after;
	if (to == from || !bk_rows_hides(screen, to, &hidden))
		return to;
	if (motion == PARAGRAPH_UP)
		return hidden.fold.start;
	if (to < from || motion == LINE_END || motion == TEXT_END)
		return hidden.last_seen;
	return bk_rows_after_fold(screen, hidden.fold, &after) ? after : hidden.last_seen;
}

static void move(struct bk_screen *screen, int argument)
{
	const bool select = (argument & SELECT) != 0;
	const enum motion motion = (enum motion)(argument & ~SELECT);
	struct bk_view *const view = bk_desk_view(bk_screen_desk(screen));
	const long page = screen->text_rect.rows > 3 ? screen->text_rect.rows - 2 : 1;
	switch (motion) {
	case UP: bk_screen_move_rows(screen, -1, select); return;
	case DOWN: bk_screen_move_rows(screen, 1, select); return;
	case PAGE_UP: bk_screen_move_rows(screen, -page, select); return;
	case PAGE_DOWN: bk_screen_move_rows(screen, page, select); return;
	default: break;
	}
	/* Left and right first leave a selection at its end. */
	if (!select && !view->select && view->anchor != BK_NOWHERE && (motion == LEFT || motion == RIGHT)) {
		const struct bk_span span = bk_view_selection(view);
		bk_screen_go(screen, motion == LEFT ? span.start : span.end, false);
		return;
	}
	const size_t to = target(screen, motion, view->cursor);
	bk_screen_go(screen, pass_folds(screen, motion, view->cursor, to), select);
}

/* ---- From bracket to bracket ---- */

/*
 * The offset of the next bracket that is open, or blocks; going round at the end; BK_NOWHERE when there is none.
 * `before` counts them up to each bracket, so that the next is the first where the count goes up.  BK_SEARCH may ask
 * for the places of brackets as they are now: edits do not change their order.
 */
static size_t search(const struct bk_desk *desk, const uint32_t *before, bool backwards, bool *round)
{
	size_t count;
	const struct bk_bracket *const list = bk_draft_brackets(desk->session->draft, &count);
	const size_t cursor = desk->view.cursor;
	const size_t low = BK_SEARCH(i, count, bk_desk_span(desk, &list[i]).start < cursor);
	const size_t high = BK_SEARCH(i, count, bk_desk_span(desk, &list[i]).start <= cursor);
	const uint32_t all = before[count];
	uint32_t number = backwards ? before[low] : before[high] + 1;
	*round = number == 0 || number > all;
	if (all == 0)
		return BK_NOWHERE;
	if (*round)
		number = backwards ? all : 1;
	const size_t found = BK_SEARCH(i, count, before[i + 1] < number);
	return bk_desk_span(desk, &list[found]).start;
}

/* A text too large to have been read: its brackets are known all the same. */
static void step_plain(struct bk_screen *screen, bool backwards)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	const bk_snapshot *const now = bk_text_now(desk->session->text);
	const size_t at = backwards ? bk_snapshot_previous_bracket(now, desk->view.cursor, '[')
				    : bk_snapshot_next_bracket(now, desk->view.cursor + 1, '[');
	if (at == BK_NOWHERE)
		bk_screen_say(screen, "no further bracket");
	else
		bk_screen_go(screen, at, false);
}

enum { BACKWARDS = 1, BLOCKING = 2 };

static void step(struct bk_screen *screen, int argument)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	const bool backwards = argument & BACKWARDS, blocking = argument & BLOCKING;
	if (desk->reading != NULL)
		return;
	const bool large = bk_snapshot_size(bk_text_now(desk->session->text)) > BK_DESK_WHOLE;
	if (desk->session->draft == NULL && large && !blocking) {
		step_plain(screen, backwards);
		return;
	}
	if (desk->session->draft == NULL && !bk_screen_fresh(screen))
		return;
	if (blocking && bk_session_party(desk->session) == NULL) {
		bk_screen_complain(screen, "no party is set: git config --global bracked.party EU sets one");
		return;
	}
	if (desk->marks.open == NULL || desk->marks.blocks == NULL)
		bk_desk_count_marks(desk);
	const uint32_t *const before = blocking ? desk->marks.blocks : desk->marks.open;
	if (before == NULL) {
		bk_screen_report(screen, bk_fail_memory());
		return;
	}
	bool round = false;
	const size_t at = search(desk, before, backwards, &round);
	if (at == BK_NOWHERE) {
		if (blocking)
			bk_screen_say(screen, "nothing blocks %s", bk_session_party(desk->session));
		else
			bk_screen_say(screen, "no open bracket");
		return;
	}
	bk_screen_go(screen, at, false);
	if (round)
		bk_screen_say(screen, "from the %s again", backwards ? "end" : "beginning");
}

static void to_parent(struct bk_screen *screen, int argument)
{
	(void)argument;
	const bk_snapshot *const now = shown(screen);
	const size_t cursor = bk_desk_view(bk_screen_desk(screen))->cursor;
	struct bk_span span;
	if (!bk_snapshot_enclosing(now, cursor, &span)) {
		bk_screen_say(screen, "no bracket round this");
		return;
	}
	/* On a bracket's own opening character the one round it is meant; neighbours before it are passed. */
	const size_t own = span.start;
	for (int steps = 0; own == cursor && span.start > 0 && steps < 10000; steps++) {
		if (!bk_snapshot_enclosing(now, span.start - 1, &span)) {
			bk_screen_say(screen, "this is an outermost bracket");
			return;
		}
		if (span.end == BK_NOWHERE || span.end > cursor)
			break;
	}
	bk_screen_go(screen, span.start, false);
}

static void to_child(struct bk_screen *screen, int argument)
{
	(void)argument;
	const bk_snapshot *const now = shown(screen);
	const size_t cursor = bk_desk_view(bk_screen_desk(screen))->cursor;
	struct bk_span span = {0, bk_snapshot_size(now)};
	bk_snapshot_enclosing(now, cursor, &span);
	const size_t child = bk_snapshot_next_bracket(now, cursor + 1, '[');
	if (child == BK_NOWHERE || child >= span.end)
		bk_screen_say(screen, "no bracket in this one");
	else
		bk_screen_go(screen, child, false);
}

static void to_match(struct bk_screen *screen, int argument)
{
	(void)argument;
	const bk_snapshot *const now = shown(screen);
	const size_t cursor = bk_desk_view(bk_screen_desk(screen))->cursor;
	size_t match = bk_snapshot_match(now, cursor);
	struct bk_span span;
	if (match == BK_NOWHERE && bk_snapshot_enclosing(now, cursor, &span) && span.end != BK_NOWHERE)
		match = span.end - 1;
	if (match == BK_NOWHERE)
		bk_screen_say(screen, "no bracket here, or it has no match: F7 proposes a repair");
	else
		bk_screen_go(screen, match, false);
}

/* ---- Selecting ---- */

static void select_mode(struct bk_screen *screen, int argument)
{
	(void)argument;
	struct bk_view *const view = bk_desk_view(bk_screen_desk(screen));
	view->select = !view->select;
	view->anchor = view->select ? view->cursor : BK_NOWHERE;
}

static void select_all(struct bk_screen *screen, int argument)
{
	(void)argument;
	struct bk_view *const view = bk_desk_view(bk_screen_desk(screen));
	view->anchor = 0;
	view->cursor = bk_snapshot_size(shown(screen));
}

/* The words of the bracket round the cursor; the bracket itself when they are selected already. */
static void select_bracket(struct bk_screen *screen, int argument)
{
	(void)argument;
	struct bk_view *const view = bk_desk_view(bk_screen_desk(screen));
	struct bk_span span;
	if (!bk_snapshot_enclosing(shown(screen), view->cursor, &span) || span.end == BK_NOWHERE) {
		bk_screen_say(screen, "no bracket round this");
		return;
	}
	const struct bk_span now = bk_view_selection(view);
	const bool words = now.start == span.start + 1 && now.end == span.end - 1;
	view->anchor = words ? span.end : span.end - 1;
	view->cursor = words ? span.start : span.start + 1;
}

static void unselect(struct bk_screen *screen, int argument)
{
	(void)argument;
	struct bk_view *const view = bk_desk_view(bk_screen_desk(screen));
	view->anchor = BK_NOWHERE;
	view->select = false;
	bk_find_clear(screen);
}

/* ---- Going to ---- */

/* A number is a line; where a paragraph has it too, it is said how to get there. */
static void tell_of_paragraph(struct bk_screen *screen, unsigned long number)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	char label[24];
	size_t count = 0;
	if (desk->session->draft == NULL || desk->reading != NULL)
		return;
	const struct bk_node *const nodes = bk_draft_nodes(desk->session->draft, &count);
	snprintf(label, sizeof label, "%lu", number);
	for (size_t i = 0; i < count; i++)
		if (nodes[i].kind == BK_NODE_PROVISION && strcmp(nodes[i].label, label) == 0) {
			bk_screen_say(screen, "line %lu; paragraph %lu: Ctrl-G %lu.", number, number, number);
			return;
		}
}

static bool go_to_line(struct bk_screen *screen, const char *words)
{
	char *end;
	const unsigned long line = strtoul(words, &end, 10);
	if (end == words || line == 0)
		return false;
	unsigned long column = 1;
	if (*end == ':' || *end == ',')
		column = strtoul(end + 1, &end, 10);
	if (*end != '\0')
		return false;
	const bk_snapshot *const now = shown(screen);
	size_t at = bk_snapshot_line_start(now, line - 1);
	if (at == BK_NOWHERE) {
		bk_screen_complain(screen, "line %lu: the text has %zu", line, bk_snapshot_lines(now));
		return true;
	}
	const size_t line_end = bk_motion_line_end(now, at);
	for (; column > 1 && at < line_end; column--)
		at = bk_motion_next(now, at);
	bk_screen_go(screen, at, false);
	if (strspn(words, "0123456789") == strlen(words))
		tell_of_paragraph(screen, line);
	return true;
}

enum match { NO_MATCH, WORD, TITLE, PATH, LABEL };

static bool contains(struct bk_str title, struct bk_str words)
{
	for (size_t i = 0; i + words.len <= title.len; i++)
		if (bk_str_starts_nocase(bk_str_skip(title, i), words))
			return true;
	return false;
}

/* How well a node matches what was written: its label, the end of its path, its title from the start or inside. */
static enum match match_of(const struct bk_node *node, struct bk_str words)
{
	const struct bk_str path = bk_str_of(node->path);
	const struct bk_str tail = bk_str_skip(path, path.len > words.len ? path.len - words.len : 0);
	if (bk_str_equal_nocase(bk_str_of(node->label), words))
		return LABEL;
	if (bk_str_equal_nocase(tail, words))
		return PATH;
	if (bk_str_starts_nocase(bk_str_of(node->title), words))
		return TITLE;
	return words.len > 2 && contains(bk_str_of(node->title), words) ? WORD : NO_MATCH;
}

/* The node that matches best what was written; of those that match as well the next after the cursor. */
static size_t find_label(const bk_draft *draft, struct bk_str words, size_t cursor)
{
	size_t count, found = BK_NOWHERE;
	const struct bk_node *const nodes = bk_draft_nodes(draft, &count);
	enum match best = WORD;
	/* People write a label with the full stop that it has in the text. */
	if (words.len > 1 && words.ptr[words.len - 1] == '.')
		words.len--;
	for (size_t i = 0; i < count; i++) {
		const enum match match = match_of(&nodes[i], words);
		if (match < best)
			continue;
		if (match > best || found == BK_NOWHERE || (found <= cursor && nodes[i].offset > cursor))
			found = nodes[i].offset;
		best = match;
	}
	return found;
}

/* The same, where a paragraph may also be called one. */
static size_t find_place(const bk_draft *draft, struct bk_str words, size_t cursor)
{
	const struct bk_str called = BK_STR("paragraph ");
	const size_t found = find_label(draft, words, cursor);
	if (found != BK_NOWHERE || !bk_str_starts_nocase(words, called))
		return found;
	return find_label(draft, bk_str_trim(bk_str_skip(words, called.len)), cursor);
}

/* A known word that is nearer than those before. */
static void try_near(struct bk_str words, const char *known, const char **best, size_t *distance)
{
	const size_t far = bk_near_distance(words, bk_str_of(known));
	if (far >= *distance)
		return;
	*distance = far;
	*best = known;
}

/* The label, path or id that is nearest to what was written; NULL when none is near. */
static const char *nearest_label(const bk_draft *draft, struct bk_str words)
{
	size_t node_count, bracket_count, distance = 2 + words.len / 4;
	const struct bk_node *const nodes = bk_draft_nodes(draft, &node_count);
	const struct bk_bracket *const brackets = bk_draft_brackets(draft, &bracket_count);
	const char *best = NULL;
	distance = distance < words.len ? distance : words.len;
	for (size_t i = 0; i < node_count; i++) {
		try_near(words, nodes[i].label, &best, &distance);
		try_near(words, nodes[i].path, &best, &distance);
	}
	for (size_t i = 0; i < bracket_count; i++)
		try_near(words, brackets[i].id, &best, &distance);
	return best;
}

static void complain_of_place(struct bk_screen *screen, const bk_draft *draft, struct bk_str words)
{
	const char *const near = nearest_label(draft, words);
	struct bk_buf hint = BK_BUF_INIT;
	if (near != NULL)
		bk_buf_printf(&hint, "; near it is '%s'", near);
	else
		bk_buf_puts(&hint, "; F11 lists labels, F2 brackets");
	bk_screen_complain(screen, "no line, label, heading or bracket '%.*s'%s", (int)words.len, words.ptr,
		bk_buf_string(&hint));
	bk_buf_release(&hint);
}

static void go_to(struct bk_screen *screen, struct bk_str answer)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	if (answer.len == 0 || go_to_line(screen, answer.ptr))
		return;
	if (desk->reading != NULL) {
		bk_screen_complain(screen, "a reading has lines only: Esc goes back to the draft");
		return;
	}
	if (!bk_screen_fresh(screen))
		return;
	const bk_draft *const draft = desk->session->draft;
	const size_t label = find_place(draft, answer, desk->view.cursor);
	uint32_t bracket;
	size_t count;
	const int status = label != BK_NOWHERE ? BK_ENOTFOUND : bk_draft_find(draft, answer.ptr, &bracket);
	if (label != BK_NOWHERE)
		bk_screen_go(screen, label, false);
	else if (status == BK_OK)
		bk_screen_go(screen, bk_draft_brackets(draft, &count)[bracket].start, false);
	else if (status == BK_ENOTFOUND && answer.ptr[0] != '#' && answer.ptr[0] != '@')
		complain_of_place(screen, draft, answer);
	else
		bk_screen_report(screen, status);
}

static void ask_go_to(struct bk_screen *screen, int argument)
{
	(void)argument;
	bk_prompt_ask(screen, &(struct bk_question){
				      .label = "go to line, label, heading, #N or id:",
				      .answer = go_to,
			      });
}

const struct bk_screen_act bk_acts_move[] = {
	{"left", move, LEFT},
	{"right", move, RIGHT},
	{"up", move, UP},
	{"down", move, DOWN},
	{"page-up", move, PAGE_UP},
	{"page-down", move, PAGE_DOWN},
	{"line-start", move, LINE_START},
	{"line-end", move, LINE_END},
	{"text-start", move, TEXT_START},
	{"text-end", move, TEXT_END},
	{"word-left", move, WORD_LEFT},
	{"word-right", move, WORD_RIGHT},
	{"paragraph-up", move, PARAGRAPH_UP},
	{"paragraph-down", move, PARAGRAPH_DOWN},
	{"select-left", move, LEFT | SELECT},
	{"select-right", move, RIGHT | SELECT},
	{"select-up", move, UP | SELECT},
	{"select-down", move, DOWN | SELECT},
	{"select-page-up", move, PAGE_UP | SELECT},
	{"select-page-down", move, PAGE_DOWN | SELECT},
	{"select-line-start", move, LINE_START | SELECT},
	{"select-line-end", move, LINE_END | SELECT},
	{"select-text-start", move, TEXT_START | SELECT},
	{"select-text-end", move, TEXT_END | SELECT},
	{"select-word-left", move, WORD_LEFT | SELECT},
	{"select-word-right", move, WORD_RIGHT | SELECT},
	{"select-mode", select_mode, 0},
	{"select-all", select_all, 0},
	{"select-bracket", select_bracket, 0},
	{"unselect", unselect, 0},
	{"next-open", step, 0},
	{"previous-open", step, BACKWARDS},
	{"next-blocking", step, BLOCKING},
	{"previous-blocking", step, BLOCKING | BACKWARDS},
	{"to-parent", to_parent, 0},
	{"to-child", to_child, 0},
	{"to-match", to_match, 0},
	{"go-to", ask_go_to, 0},
	{NULL, NULL, 0},
};
