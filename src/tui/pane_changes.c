/* The diff pane: what happened to each bracket and to the words, one change a line, the chosen one in full above. */
#include "tui/pane_passage.h"
#include "tui/screen.h"
#include "tui/versus.h"

#include <string.h>

enum { BESIDE_FROM = 100, LEAST_ROWS = 8, MOST_ROWS = 12 };

static const struct bk_versus *versus_of(const struct bk_screen *screen)
{
	const struct bk_versus *const versus = bk_screen_desk(screen)->versus;
	return versus != NULL && versus->comparison != NULL && versus->flags != NULL ? versus : NULL;
}

static const struct bk_difference *difference_of(const struct bk_versus *versus, size_t key)
{
	size_t count;
	const struct bk_difference *const list = bk_comparison_list(versus->comparison, &count);
	return key < count ? &list[key] : NULL;
}

static bool is_bracket(const struct bk_difference *difference)
{
	return difference->kind < BK_DIFFERENCE_TEXT_ADDED;
}

/* ---- Lines ---- */

/* The words of a change on one line, cut. */
static const char *words_of(const bk_draft *draft, struct bk_span span, struct bk_arena *arena)
{
	enum { MOST = 160 };
	size_t len;
	const char *const bytes = bk_draft_bytes(draft, &len);
	const size_t end = span.end - span.start > MOST ? span.start + MOST : span.end;
	char *const words = bk_arena_dup(arena, bytes + span.start, end - span.start);
	for (char *at = words; at != NULL && at < words + (end - span.start); at++)
		*at = bk_is_space(*at) ? ' ' : *at;
	return words != NULL ? words : "";
}

/* Parties that the bracket of one side names, each once. */
static void put_parties(const bk_draft *draft, uint32_t bracket, struct bk_buf *out)
{
	size_t count, names;
	if (bracket == BK_NONE)
		return;
	const struct bk_bracket *const brackets = bk_draft_brackets(draft, &count);
	const struct bk_attribution *const list = bk_draft_attributions(draft, &names);
	const struct bk_bracket *const one = &brackets[bracket];
	for (size_t i = one->attribution; i < one->attribution + one->attribution_count; i++) {
		if (strstr(bk_buf_string(out), list[i].party) != NULL)
			continue;
		bk_buf_puts(out, out->len > 0 ? " " : "");
		bk_buf_puts(out, list[i].party);
	}
}

static enum bk_role role_of(const struct bk_difference *difference)
{
	switch (difference->kind) {
	case BK_DIFFERENCE_ACCEPTED:
	case BK_DIFFERENCE_CHOSEN: return BK_ROLE_FOR;
	case BK_DIFFERENCE_DELETED:
	case BK_DIFFERENCE_TEXT_DELETED: return BK_ROLE_REMOVED;
	case BK_DIFFERENCE_OPENED:
	case BK_DIFFERENCE_TEXT_ADDED: return BK_ROLE_ADDED;
	case BK_DIFFERENCE_REOPENED: return BK_ROLE_AGAINST;
	default: return BK_ROLE_TEXT;
	}
}

/* Where it stands in the draft, when that is what is compared and has not been edited since. */
static size_t place_in_draft(const struct bk_screen *screen, const struct bk_versus *versus,
	const struct bk_difference *difference)
{
	if (versus->now != NULL || versus->version != bk_text_version(bk_screen_desk(screen)->session->text))
		return BK_NOWHERE;
	return difference->in_new ? difference->new_span.start
				  : bk_versus_across(versus, difference->old_span.start, false);
}

static void add_line(struct bk_screen *screen, struct bk_list *list, const struct bk_versus *versus,
	const struct bk_difference *difference, size_t index)
{
	const bk_draft *const draft = difference->in_new ? versus->new_draft : versus->old_draft;
	const struct bk_span span = difference->in_new ? difference->new_span : difference->old_span;
	struct bk_buf parties = BK_BUF_INIT;
	size_t row, column;
	struct bk_line *const line = bk_list_add(list);
	if (line == NULL)
		return;
	if (difference->in_old)
		put_parties(versus->old_draft, difference->old_bracket, &parties);
	if (difference->in_new)
		put_parties(versus->new_draft, difference->new_bracket, &parties);
	const char *const who = bk_arena_dup(&list->arena, bk_buf_string(&parties), parties.len);
	bk_buf_release(&parties);
	bk_draft_place(draft, span.start, &row, &column);
	bk_line_field(line, versus->flags[index] & BK_VERSUS_BINDS ? "!" : "", 2, BK_ROLE_AGAINST);
	bk_line_field_right(line, bk_arena_printf(&list->arena, "%zu", row), 6, BK_ROLE_DIM);
	bk_line_field(line, "", 1, BK_ROLE_TEXT);
	bk_line_field(line, bk_difference_kind_name(difference->kind), 14, role_of(difference));
	bk_line_field(line, words_of(draft, span, &list->arena), 0, BK_ROLE_TEXT);
	bk_line_field_right(line, who, 12, BK_ROLE_PARTY);
	bk_line_rank(line, 1);
	bk_line_field_right(line, difference->path, 26, BK_ROLE_DIM);
	bk_line_rank(line, 2);
	line->offset = place_in_draft(screen, versus, difference);
	line->key = index;
	line->find = difference->detail;
}

static bool is_wanted(const struct bk_screen *screen, const struct bk_versus *versus,
	const struct bk_difference *difference, size_t index)
{
	return difference->kind != BK_DIFFERENCE_KEPT &&
	       (!screen->changes.binds || versus->flags[index] & BK_VERSUS_BINDS) &&
	       (!screen->changes.outside || versus->flags[index] & BK_VERSUS_OUTSIDE);
}

static void fill(struct bk_screen *screen, struct bk_list *list)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	const struct bk_versus *const versus = versus_of(screen);
	size_t count;
	if (desk->versus_coming != NULL || desk->versus == NULL) {
		list->note = "comparing ...";
		return;
	}
	list->note = "nothing has changed";
	if (versus == NULL) {
		list->note = desk->versus->message != NULL
				     ? bk_arena_printf(&list->arena, "%s", desk->versus->message)
				     : "no memory to compare";
		return;
	}
	const struct bk_difference *const all = bk_comparison_list(versus->comparison, &count);
	for (size_t i = 0; i < count; i++)
		if (is_wanted(screen, versus, &all[i], i))
			add_line(screen, list, versus, &all[i], i);
	if (screen->changes.binds || screen->changes.outside)
		list->note = "no such change";
}

/* ---- The chosen one in full ---- */

static void put_revision(struct bk_buf *out, const char *revision)
{
	const size_t len = strlen(revision);
	bk_buf_put(out, revision, len == 40 ? 10 : len);
}

static void draw_question(struct bk_screen *screen, const struct bk_versus *versus, struct bk_rect rect)
{
	struct bk_buf words = BK_BUF_INIT;
	put_revision(&words, versus->before);
	bk_buf_puts(&words, " → ");
	if (versus->now != NULL)
		put_revision(&words, versus->now);
	else
		bk_buf_puts(&words, "the draft");
	bk_buf_puts(&words, screen->changes.binds ? "   only what binds" : "");
	bk_buf_puts(&words, screen->changes.outside ? "   only outside brackets" : "");
	bk_grid_put_cut(&screen->grid, rect.row, rect.col + 1, rect.col + rect.cols,
		bk_screen_style(screen, BK_ROLE_DIM), bk_buf_str(&words));
	bk_buf_release(&words);
}

static int head(struct bk_screen *screen, struct bk_rect rect)
{
	const struct bk_versus *const versus = versus_of(screen);
	const struct bk_line *const line = bk_list_chosen(screen);
	if (versus == NULL || rect.rows < LEAST_ROWS)
		return 0;
	draw_question(screen, versus, rect);
	const struct bk_difference *const chosen = line != NULL ? difference_of(versus, line->key) : NULL;
	if (chosen == NULL)
		return 2;
	if (screen->changes.of != line->key)
		screen->changes.top = 0;
	screen->changes.of = line->key;
	const int half = (rect.rows - 3) / 2;
	const struct bk_rect box = {
		rect.row + 2, rect.col + 1, half < MOST_ROWS ? half : MOST_ROWS, rect.cols - 2};
	const bool beside = screen->changes.beside && rect.cols >= BESIDE_FROM;
	const int rows = bk_passage_draw(screen, versus, chosen, box, beside, screen->changes.top);
	if (screen->changes.top > 0 && screen->changes.top + box.rows > rows) {
		screen->changes.top = rows > box.rows ? rows - box.rows : 0;
		bk_grid_fill(&screen->grid, box, BK_LOOK_PLAIN);
		bk_passage_draw(screen, versus, chosen, box, beside, screen->changes.top);
	}
	const int line_row = box.row + box.rows;
	for (int col = rect.col; col < rect.col + rect.cols; col++)
		bk_grid_puts(&screen->grid, line_row, col, rect.col + rect.cols,
			bk_screen_style(screen, BK_ROLE_BORDER), "─");
	if (screen->changes.top + box.rows < rows)
		bk_grid_put_right(&screen->grid, line_row, rect.col, rect.col + rect.cols - 1,
			bk_screen_style(screen, BK_ROLE_DIM), BK_STR(" more: Right "));
	return line_row + 1 - rect.row;
}

/* ---- Keys ---- */

/* The next line, or the one before, of brackets alone, or of the chosen one's kind. */
static void walk(struct bk_screen *screen, long step, bool brackets)
{
	struct bk_list *const list = &screen->list;
	const struct bk_versus *const versus = versus_of(screen);
	const struct bk_line *const from = bk_list_chosen(screen);
	if (versus == NULL || from == NULL)
		return;
	const enum bk_difference_kind kind = difference_of(versus, from->key)->kind;
	for (long at = (long)list->chosen + step; at >= 0 && at < (long)list->shown.len; at += step) {
		const struct bk_difference *const one =
			difference_of(versus, list->lines.items[list->shown.items[at]].key);
		if (brackets ? is_bracket(one) : one->kind == kind) {
			bk_list_move(screen, at - (long)list->chosen);
			return;
		}
	}
	bk_screen_say(
		screen, "no further %s", brackets ? "bracket that changed" : bk_difference_kind_name(kind));
}

static void filtered(struct bk_screen *screen, struct bk_str answer)
{
	if (screen->pane != &bk_pane_changes)
		return;
	bk_buf_clear(&screen->list.filter);
	bk_buf_put_str(&screen->list.filter, bk_str_trim(answer));
	bk_pane_refill(screen);
}

static void offer_kinds(struct bk_screen *screen, struct bk_str typed)
{
	for (int kind = BK_DIFFERENCE_REWORDED; kind < BK_DIFFERENCE_COUNT; kind++) {
		const char *const name = bk_difference_kind_name((enum bk_difference_kind)kind);
		const long score = bk_fuzzy_score(typed, bk_str_of(name));
		if (score >= 0)
			bk_prompt_offer(screen, name, NULL, NULL, score);
	}
}

static void ask_filter(struct bk_screen *screen)
{
	bk_prompt_ask(screen, &(struct bk_question){
				      .label = "only changes with (a kind, a party, a heading, words):",
				      .initial = bk_buf_string(&screen->list.filter),
				      .offer = offer_kinds,
				      .answer = filtered,
			      });
}

static void compared(struct bk_screen *screen, struct bk_str answer)
{
	struct bk_buf revision = BK_BUF_INIT;
	bk_buf_put_str(&revision, bk_str_trim(answer));
	bk_desk_compare(bk_screen_desk(screen), screen->terminal->wake_write,
		revision.len > 0 ? bk_buf_string(&revision) : NULL, NULL);
	bk_buf_release(&revision);
	bk_pane_refill(screen);
}

static void ask_revision(struct bk_screen *screen)
{
	bk_prompt_ask(screen, &(struct bk_question){
				      .label = "compare the draft with revision:",
				      .initial = "HEAD",
				      .answer = compared,
			      });
}

static void show_all(struct bk_screen *screen)
{
	screen->changes.binds = screen->changes.outside = false;
	bk_buf_clear(&screen->list.filter);
	bk_pane_refill(screen);
}

static bool toggle(struct bk_screen *screen, bool *flag)
{
	*flag = !*flag;
	bk_pane_refill(screen);
	return true;
}

static bool toggle_beside(struct bk_screen *screen)
{
	screen->changes.beside = !screen->changes.beside;
	if (screen->changes.beside && screen->grid.cols < BESIDE_FROM)
		bk_screen_say(screen, "side by side needs %d columns", BESIDE_FROM);
	return true;
}

static bool key(struct bk_screen *screen, struct bk_key pressed)
{
	if (pressed.mods != 0)
		return false;
	switch (pressed.code) {
	case 'n': bk_list_move(screen, 1); return true;
	case 'p': bk_list_move(screen, -1); return true;
	case 'b': walk(screen, 1, true); return true;
	case 'B': walk(screen, -1, true); return true;
	case 'k': walk(screen, 1, false); return true;
	case 'K': walk(screen, -1, false); return true;
	case 's': return toggle_beside(screen);
	case 'g': return toggle(screen, &screen->changes.binds);
	case 'o': return toggle(screen, &screen->changes.outside);
	case 'a': show_all(screen); return true;
	case 'f':
	case '/': ask_filter(screen); return true;
	case 'r': ask_revision(screen); return true;
	case BK_KEY_RIGHT: screen->changes.top++; return true;
	case BK_KEY_LEFT: screen->changes.top -= screen->changes.top > 0; return true;
	default: return false;
	}
}

/* To the place in the text: of the draft, or of the revision, opened to be read. */
static void enter(struct bk_screen *screen, const struct bk_line *line)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	const struct bk_versus *const versus = versus_of(screen);
	const struct bk_difference *const difference =
		versus != NULL ? difference_of(versus, line->key) : NULL;
	if (difference == NULL)
		return;
	if (versus->now == NULL) {
		const size_t offset = place_in_draft(screen, versus, difference);
		bk_pane_close(screen);
		if (offset != BK_NOWHERE)
			bk_screen_go(screen, offset, false);
		return;
	}
	const size_t offset = difference->in_new ? difference->new_span.start : difference->old_span.start;
	struct bk_buf name = BK_BUF_INIT;
	put_revision(&name, difference->in_new ? versus->now : versus->before);
	bk_buf_printf(&name, ":%s", desk->session->path);
	bk_pane_close(screen);
	if (bk_screen_report(screen, bk_screen_open(screen, bk_buf_string(&name), false)) == BK_OK) {
		bk_screen_report(screen, bk_desk_complete(bk_screen_desk(screen)));
		bk_screen_go(screen, offset, false);
		bk_screen_say(screen, "Alt-Left goes back to the draft, Ctrl-W closes this");
	}
	bk_buf_release(&name);
}

const struct bk_pane bk_pane_changes = {
	.name = "diff-pane",
	.title = "Diff",
	.wide = true,
	.fill = fill,
	.enter = enter,
	.key = key,
	.head = head,
	.no_filter = true,
	.hints = "Enter go   n/p change   b/B bracket   k/K kind   g binds   o outside   f filter   "
		 "s beside   r revision   a all   Esc close",
};
