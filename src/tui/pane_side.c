/* The side pane: the bracket under the cursor, who holds what about it, and what can be done. */
#include "app/proposed.h"
#include "tui/lineage.h"
#include "tui/past.h"
#include "tui/screen.h"

#include <string.h>

struct side {
	struct bk_screen *screen;
	struct bk_grid *grid; /* the screen's, or one of its own as high as all there is to say */
	struct bk_desk *desk;
	struct bk_rect rect;
	int row;
	uint32_t index;
	const struct bk_bracket *bracket;
};

static int limit_of(const struct side *side)
{
	return side->rect.col + side->rect.cols;
}

static bool has_room(const struct side *side)
{
	return side->row < side->rect.row + side->rect.rows;
}

static struct bk_look look(const struct side *side, enum bk_role role)
{
	return bk_screen_style(side->screen, role);
}

static void put_words(struct side *side, int col, int hang, enum bk_role role, struct bk_str words)
{
	const struct bk_rect box = {
		side->rect.row, side->rect.col + col, side->rect.rows, side->rect.cols - col};
	side->row = bk_grid_put_words(side->grid, box, side->row, hang, look(side, role), words);
}

static void draw_head(struct side *side)
{
	const char *const path = bk_draft_path(side->desk->session->draft, side->index);
	struct bk_grid *const grid = side->grid;
	const int id = bk_grid_put_right(grid, side->row, side->rect.col, limit_of(side),
		look(side, BK_ROLE_DIM), bk_str_of(side->bracket->id));
	bk_grid_put_cut(grid, side->row, side->rect.col, id - 2, look(side, BK_ROLE_STATUS_PATH),
		bk_str_of(*path != '\0' ? path : "before the first provision"));
	struct bk_look title = look(side, BK_ROLE_TITLE);
	title.bg = -1;
	bk_grid_put_cut(grid, side->row++, side->rect.col, id - 2, title,
		bk_str_of(*path != '\0' ? path : "before the first provision"));
}

static const char *choice_words(const struct bk_bracket *bracket)
{
	switch ((enum bk_choice)bracket->choice) {
	case BK_CHOICE_ONE: return "choose one";
	case BK_CHOICE_INDEPENDENT: return "each stands or falls alone";
	case BK_CHOICE_UNDECIDED: return "choice undecided";
	case BK_CHOICE_NONE: break;
	}
	return NULL;
}

static void draw_kind(struct side *side)
{
	const struct bk_session *const session = side->desk->session;
	struct bk_buf words = BK_BUF_INIT;
	const char *const choice = choice_words(side->bracket);
	if (side->bracket->class != BK_CLASS_DISPUTED)
		bk_buf_puts(&words, bk_class_name((enum bk_class)side->bracket->class));
	else
		bk_buf_puts(&words, choice != NULL ? choice : "in or out");
	const enum bk_span_status status = bk_status_of(session->binding, session->ledger, side->index, NULL);
	if (status != BK_STATUS_OPEN)
		bk_buf_printf(&words, " · %s", bk_span_status_name(status));
	bk_buf_printf(&words, " · depth %u", side->bracket->depth);
	if (side->bracket->by_person)
		bk_buf_puts(&words, " · as a person said");
	put_words(side, 0, 0, BK_ROLE_DIM, bk_buf_str(&words));
	bk_buf_release(&words);
}

/* What the rules offer and do not take. */
static void draw_proposals(struct side *side)
{
	const struct bk_session *const session = side->desk->session;
	struct bk_proposal proposals[BK_PROPOSALS_MAX];
	const size_t count = bk_bracket_proposals(session->draft, side->index, proposals);
	for (size_t i = 0; i < count && has_room(side); i++) {
		struct bk_buf words = BK_BUF_INIT;
		bk_buf_puts(&words, "proposed: ");
		bk_proposed_say(session, &proposals[i], &words);
		put_words(side, 0, 2, BK_ROLE_DIM, bk_buf_str(&words));
		bk_buf_release(&words);
	}
}

static enum bk_role role_of(const struct bk_position *position)
{
	if (position->condition_count > 0)
		return BK_ROLE_MAYBE;
	if (strcmp(position->act, "object") == 0 || strcmp(position->act, "reserve") == 0)
		return BK_ROLE_AGAINST;
	return strcmp(position->act, "withdraw") == 0 ? BK_ROLE_DIM : BK_ROLE_FOR;
}

static void draw_position(struct side *side, const struct bk_position *position, int indent)
{
	if (!has_room(side))
		return;
	struct bk_grid *const grid = side->grid;
	const int limit = limit_of(side);
	int col = side->rect.col + indent;
	col = bk_grid_puts(grid, side->row, col, limit, look(side, BK_ROLE_PARTY), position->party);
	struct bk_buf act = BK_BUF_INIT;
	bk_buf_printf(&act, ": %s", position->act);
	for (size_t i = 0; i < position->condition_count; i++)
		bk_buf_printf(&act, "%s%s", i == 0 ? " if " : " and ", position->conditions[i]);
	if (strcmp(position->from, "own") != 0 && position->from[0] != '\0')
		bk_buf_printf(&act, " (%s)", position->from);
	if (position->earlier_words)
		bk_buf_puts(&act, " on earlier words");
	const int used = col - side->rect.col;
	put_words(side, used, indent + 2 - used, role_of(position), bk_buf_str(&act));
	bk_buf_release(&act);
	if (position->reason[0] == '\0' || !has_room(side))
		return;
	struct bk_buf reason = BK_BUF_INIT;
	bk_buf_printf(&reason, "\"%s\"", position->reason);
	put_words(side, indent + 2, 0, BK_ROLE_DIM, bk_buf_str(&reason));
	bk_buf_release(&reason);
}

static bool is_my_party(const struct side *side, const struct bk_position *position)
{
	const char *const party = bk_session_party(side->desk->session);
	return party != NULL && strcmp(party, position->party) == 0;
}

/* Positions on one alternative, my own party's first; 0: on the whole. */
static void draw_positions(struct side *side, uint32_t bracket, size_t alternative, int indent)
{
	size_t count;
	const struct bk_position *const list =
		bk_positions_of(side->desk->session->positions, bracket, &count);
	for (size_t i = 0; i < count; i++)
		if (list[i].alternative == alternative && is_my_party(side, &list[i]))
			draw_position(side, &list[i], indent);
	for (size_t i = 0; i < count; i++)
		if (list[i].alternative == alternative && !is_my_party(side, &list[i]))
			draw_position(side, &list[i], indent);
}

static void put_number(struct side *side, size_t number)
{
	struct bk_buf text = BK_BUF_INIT;
	bk_buf_printf(&text, "%zu", number);
	bk_grid_put(side->grid, side->row, side->rect.col, limit_of(side), look(side, BK_ROLE_KEY_LABEL),
		bk_buf_str(&text));
	bk_buf_release(&text);
}

/* The words of a span, cut to what two rows hold. */
static void put_excerpt(struct side *side, int col, struct bk_span span)
{
	size_t len;
	const char *const bytes = bk_draft_bytes(side->desk->session->draft, &len);
	const size_t most = (size_t)side->rect.cols * 2;
	struct bk_str words = bk_str_trim((struct bk_str){bytes + span.start, span.end - span.start});
	struct bk_buf cut = BK_BUF_INIT;
	if (words.len > most) {
		size_t end = most;
		while (end > 0 && ((unsigned char)words.ptr[end] & 0xc0) == 0x80)
			end--;
		bk_buf_put(&cut, words.ptr, end);
		bk_buf_puts(&cut, "…");
		words = bk_buf_str(&cut);
	}
	put_words(side, col, 0, BK_ROLE_TEXT, words);
	bk_buf_release(&cut);
}

static void draw_alternatives(struct side *side)
{
	const bk_draft *const draft = side->desk->session->draft;
	size_t count;
	const struct bk_alternative *const list = bk_draft_alternatives(draft, side->index, &count);
	/* Members of a group are brackets of their own: what is said of one stands beside it. */
	const bool group = count > 1 && list[0].bracket != list[1].bracket;
	for (size_t i = 0; i < count && has_room(side); i++) {
		put_number(side, i + 1);
		if (list[i].no_text)
			put_words(side, 2, 0, BK_ROLE_TEXT, BK_STR("no text"));
		else
			put_excerpt(side, 2, list[i].span);
		draw_positions(side, group ? list[i].bracket : side->index, group ? 0 : i + 1, 4);
		/* What is said of one member may name another by its number. */
		for (size_t j = 0; group && j < count; j++)
			draw_positions(side, list[j].bracket, i + 1, 4);
	}
	if (count == 0 && has_room(side))
		put_excerpt(side, 0, side->bracket->text);
	if (!group && has_room(side))
		draw_positions(side, side->index, 0, 2);
}

static void draw_since(struct side *side)
{
	struct bk_buf since = BK_BUF_INIT;
	const struct bk_desk *const desk = side->desk;
	const int64_t now = bk_session_now(desk->session);
	const size_t start = bk_carry_forward(&desk->carry, side->bracket->start, true);
	bk_lineage_put_since(
		desk->lineage, bk_lineage_find(desk->lineage, 0, bk_desk_lived(desk, start)), now, &since);
	/* Of what is not disputed, and until brackets are followed, its id tells. */
	if (since.len == 0)
		bk_past_put_since(desk->past, side->bracket->id, now, &since);
	if (since.len > 0 && has_room(side))
		put_words(side, 0, 0, BK_ROLE_DIM, bk_buf_str(&since));
	bk_buf_release(&since);
}

static void draw_act(struct side *side, const char *command, const char *words)
{
	struct bk_key key;
	if (!has_room(side) || !bk_keymap_key_of(&side->screen->keymap, command, &key))
		return;
	char name[BK_KEY_NAME];
	bk_key_name(key, name);
	bk_grid_puts(side->grid, side->row, side->rect.col, limit_of(side), look(side, BK_ROLE_PARTY), name);
	put_words(side, 8, 0, BK_ROLE_KEY_LABEL, bk_str_of(words));
}

/* True when my party has said something about it here, not only in the text. */
static bool is_mine(const struct side *side)
{
	const struct bk_session *const session = side->desk->session;
	const char *const party = bk_session_party(session);
	size_t count;
	const struct bk_position *const list = bk_positions_of(session->positions, side->index, &count);
	for (size_t i = 0; i < count && party != NULL; i++)
		if (strcmp(list[i].party, party) == 0 && strcmp(list[i].source, "text") != 0)
			return true;
	return false;
}

/* What could be done now. */
static void draw_acts(struct side *side)
{
	size_t count;
	bk_draft_alternatives(side->desk->session->draft, side->index, &count);
	side->row++;
	if (side->bracket->class == BK_CLASS_DISPUTED && side->desk->session->repository_name != NULL)
		draw_act(side, "life-pane", "its life over the revisions");
	if (side->desk->read_only || side->bracket->class != BK_CLASS_DISPUTED)
		return;
	const uint8_t marks = bk_desk_marks(side->desk, side->index);
	if (marks & BK_MARK_RIPE && has_room(side))
		put_words(side, 0, 0, BK_ROLE_FOR, BK_STR("nobody stands in the way"));
	if (count > 1)
		draw_act(side, "choose-1",
			count > 2 ? "choose 1, Alt-2 the second ..." : "choose 1, Alt-2 chooses 2");
	draw_act(side, "accept", "accept it");
	draw_act(side, "delete-bracket", "delete it");
	draw_act(side, "propose-alternative", "propose an alternative");
	draw_act(side, "object", "object");
	draw_act(side, "support", "support");
	draw_act(side, "reserve", "reserve");
	if (is_mine(side))
		draw_act(side, "withdraw", "withdraw my position");
	draw_act(side, "agree-toggle", marks & BK_MARK_AGREED ? "reopen" : "agreed ad ref");
}

/* Not in a bracket: what there is to know about the whole. */
static void draw_outside(struct side *side)
{
	const struct bk_tally *const tally = &side->desk->marks.tally;
	const bk_draft *const draft = side->desk->session->draft;
	if (draft == NULL) {
		put_words(side, 0, 0, BK_ROLE_DIM, BK_STR("reading the draft ..."));
		return;
	}
	const uint32_t node =
		bk_draft_node_at(draft, bk_carry_back(&side->desk->carry, side->desk->view.cursor));
	size_t count;
	const struct bk_node *const nodes = bk_draft_nodes(draft, &count);
	struct bk_buf words = BK_BUF_INIT;
	if (node != BK_NONE) {
		put_words(side, 0, 2, BK_ROLE_TITLE, bk_str_of(nodes[node].path));
		const uint32_t open = bk_marks_open_in(&side->desk->marks, draft, &nodes[node]);
		bk_buf_printf(&words, "%u open point%s in it", open, open == 1 ? "" : "s");
		put_words(side, 0, 0, BK_ROLE_DIM, bk_buf_str(&words));
		side->row++;
	}
	bk_buf_clear(&words);
	bk_buf_printf(&words, "%zu open point%s in all", tally->open, tally->open == 1 ? "" : "s");
	put_words(side, 0, 0, BK_ROLE_TEXT, bk_buf_str(&words));
	bk_buf_release(&words);
	side->row++;
	draw_act(side, "next-open", "next open bracket");
	draw_act(side, "previous-open", "previous open bracket");
	draw_act(side, "bracket-selection", "bracket what is selected");
	draw_act(side, "menu", "all commands");
}

/* Returns the row behind the last. */
static int draw_side(struct bk_screen *screen, struct bk_grid *grid, struct bk_rect rect)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	struct side side = {.screen = screen,
		.grid = grid,
		.desk = desk,
		.rect = rect,
		.row = rect.row,
		.index = bk_desk_here(desk)};
	if (side.index == BK_NONE) {
		draw_outside(&side);
		return side.row;
	}
	size_t count;
	side.bracket = &bk_draft_brackets(desk->session->draft, &count)[side.index];
	draw_head(&side);
	draw_kind(&side);
	draw_proposals(&side);
	side.row++;
	draw_alternatives(&side);
	draw_since(&side);
	draw_acts(&side);
	return side.row;
}

/* ---- More than there is room for ---- */

/* Say at the edge of a row that there is more, and by which key. */
static void put_more(struct bk_screen *screen, struct bk_rect rect, int row, const char *command)
{
	struct bk_key key;
	struct bk_buf words = BK_BUF_INIT;
	char name[BK_KEY_NAME];
	bk_buf_puts(&words, " …");
	if (bk_keymap_key_of(&screen->keymap, command, &key)) {
		bk_key_name(key, name);
		bk_buf_printf(&words, " %s", name);
	}
	bk_grid_put_right(&screen->grid, row, rect.col, rect.col + rect.cols,
		bk_screen_style(screen, BK_ROLE_KEY_LABEL), bk_buf_str(&words));
	bk_buf_release(&words);
}

static void draw_scrolled(struct bk_screen *screen, struct bk_rect rect)
{
	enum { TALL = 200 };
	struct bk_grid *const all = &screen->tall;
	if (bk_grid_resize(all, TALL, rect.cols) < 0)
		return;
	all->bidi = screen->bidi;
	bk_grid_clear(all);
	const int end = draw_side(screen, all, (struct bk_rect){0, 0, TALL, rect.cols});
	const int last = end > rect.rows ? end - rect.rows : 0;
	screen->side_top = screen->side_top < last ? screen->side_top : last;
	bk_grid_copy_rows(&screen->grid, rect, all, screen->side_top);
	if (screen->side_top > 0)
		put_more(screen, rect, rect.row, "side-up");
	if (screen->side_top < last)
		put_more(screen, rect, rect.row + rect.rows - 1, "side-down");
}

void bk_pane_side_draw(struct bk_screen *screen, struct bk_rect rect)
{
	const uint32_t here = bk_desk_here(bk_screen_desk(screen));
	if (here != screen->side_of)
		screen->side_top = 0;
	screen->side_of = here;
	if (screen->side_top == 0 && draw_side(screen, &screen->grid, rect) < rect.row + rect.rows)
		return;
	bk_grid_fill(&screen->grid, rect, BK_LOOK_PLAIN);
	draw_scrolled(screen, rect);
}
