/* The text pane: rows of the text with what is known about its brackets, gutter and cursor. */
#include "base/utf8.h"
#include "base/vec.h"
#include "tui/rows_head.h"
#include "tui/rows.h"
#include "tui/screen.h"
#include "tui/versus.h"

#include <stdlib.h>
#include <string.h>

enum { GUTTER = 2 };

/* Something that covers a span of the piece being drawn. */
struct cover {
	size_t start, end;
	uint32_t open_len, close_len; /* of brackets */
	uint32_t depth;
	uint8_t role; /* of its words, or of its two characters when it is a disputed bracket */
	uint8_t marks;
	uint8_t class;
	bool bracket;
};

struct painter {
	struct bk_screen *screen;
	struct bk_rect rect;
	const bk_draft *draft;
	const struct bk_carry *carry;
	size_t shift;
	bool whole; /* the draft is the session's: it has marks */
	BK_VEC(struct cover) covers;
	BK_VEC(uint32_t) active;
	size_t next; /* cover */
	struct bk_span here;
	struct bk_span selection;
	struct bk_look look; /* of all before `steady`, from the offset asked for last */
	size_t steady;
	struct bk_buf scratch;
	uint8_t gutter; /* role of the strongest mark of this row, 0: none */
	char letter;
};

static size_t to_now(const struct painter *p, size_t offset, bool after)
{
	return bk_carry_forward(p->carry, offset + p->shift, after);
}

static size_t to_draft(const struct painter *p, size_t offset)
{
	const size_t then = bk_carry_back(p->carry, offset);
	return then > p->shift ? then - p->shift : 0;
}

static const uint8_t class_roles[BK_CLASS_COUNT] = {
	[BK_CLASS_DISPUTED] = BK_ROLE_DISPUTED,
	[BK_CLASS_PLACEHOLDER] = BK_ROLE_PLACEHOLDER,
	[BK_CLASS_NOTE] = BK_ROLE_NOTE,
	[BK_CLASS_REFERENCE] = BK_ROLE_REFERENCE,
	[BK_CLASS_STATUS] = BK_ROLE_CLASS_STATUS,
};

static void add_cover(struct painter *p, size_t start, size_t end, enum bk_role role)
{
	struct cover *const cover = BK_VEC_PUSH(&p->covers);
	if (cover != NULL)
		*cover = (struct cover){
			.start = to_now(p, start, true), .end = to_now(p, end, false), .role = (uint8_t)role};
}

static void add_bracket(struct painter *p, const struct bk_bracket *bracket, uint32_t index)
{
	add_cover(p, bracket->start, bracket->end, class_roles[bracket->class]);
	if (p->covers.len == 0)
		return;
	struct cover *const cover = &p->covers.items[p->covers.len - 1];
	cover->bracket = true;
	cover->open_len = bracket->open_len;
	cover->close_len = bracket->close_len;
	cover->depth = bracket->brace ? 0
		       : p->whole     ? bk_desk_shade(bk_screen_desk(p->screen), index)
				      : bracket->depth;
	cover->class = bracket->class;
	cover->marks = p->whole ? bk_desk_marks(bk_screen_desk(p->screen), index) : 0;
	if (cover->marks & BK_MARK_AGREED)
		cover->role = BK_ROLE_AGREED;
}

/* Brackets that hold the place, outermost first. */
static void add_enclosing(struct painter *p, const struct bk_bracket *brackets, size_t place)
{
	uint32_t chain[64];
	size_t depth = 0;
	uint32_t index = bk_draft_bracket_at(p->draft, place);
	for (; index != BK_NONE && depth < 64; index = brackets[index].parent)
		if (brackets[index].start < place)
			chain[depth++] = index;
	while (depth > 0) {
		index = chain[--depth];
		add_bracket(p, &brackets[index], index);
	}
}

static void add_attributions(struct painter *p, const struct bk_bracket *bracket)
{
	size_t count;
	const struct bk_attribution *const list = bk_draft_attributions(p->draft, &count);
	for (uint32_t i = 0; i < bracket->attribution_count && bracket->attribution + i < count; i++) {
		const struct bk_attribution *const each = &list[bracket->attribution + i];
		if (i == 0 || each->notation.start != each[-1].notation.start)
			add_cover(p, each->notation.start, each->notation.end, BK_ROLE_ATTRIBUTION);
	}
}

static size_t first_node(const struct bk_node *nodes, size_t count, size_t place)
{
	return BK_SEARCH(i, count, nodes[i].start < place);
}

/* Where a label ends: at the first blank after it, or after what closes it. */
static size_t label_end(const struct painter *p, const struct bk_node *node)
{
	size_t len;
	const char *const bytes = bk_draft_bytes(p->draft, &len);
	size_t at = node->offset;
	const size_t most = node->behind + 3;
	if (node->kind == BK_NODE_HEADING) {
		while (at < len && bytes[at] != '\n' && bytes[at] != '\r')
			at++;
		return at;
	}
	if (node->kind == BK_NODE_OPTION)
		at = node->behind;
	while (at < len && at < most && !bk_is_space(bytes[at]) && bytes[at] != '[' && bytes[at] != ']')
		at++;
	return at;
}

static void add_nodes(struct painter *p, size_t from, size_t to)
{
	size_t count;
	const struct bk_node *const nodes = bk_draft_nodes(p->draft, &count);
	for (size_t i = first_node(nodes, count, from); i < count && nodes[i].start < to; i++)
		add_cover(p, nodes[i].offset, label_end(p, &nodes[i]),
			nodes[i].kind == BK_NODE_HEADING ? BK_ROLE_HEADING : BK_ROLE_LABEL);
}

static void add_unmatched(struct painter *p, size_t from, size_t to)
{
	size_t count;
	const struct bk_unmatched *const list = bk_draft_unmatched(p->draft, &count);
	const size_t first = BK_SEARCH(i, count, list[i].offset < from);
	for (size_t i = first; i < count && list[i].offset < to; i++)
		add_cover(p, list[i].offset, list[i].offset + list[i].len, BK_ROLE_FAULT);
}

static int by_start(const void *a, const void *b)
{
	const struct cover *const x = a, *const y = b;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end > y->end ? -1 : x->end < y->end;
}

/* All that covers something of the piece. */
static void gather(struct painter *p, const struct bk_layout *layout)
{
	p->covers.len = p->active.len = 0;
	p->next = p->steady = 0;
	if (p->draft == NULL)
		return;
	const size_t from = to_draft(p, layout->start), to = to_draft(p, layout->end) + 1;
	size_t count;
	const struct bk_bracket *const brackets = bk_draft_brackets(p->draft, &count);
	add_enclosing(p, brackets, from);
	const uint32_t first = bk_draft_bracket_from(p->draft, from);
	for (uint32_t i = first; i < count && brackets[i].start < to; i++)
		add_bracket(p, &brackets[i], i);
	for (uint32_t i = first > 8 ? first - 8 : 0; i < count && brackets[i].start < to; i++)
		add_attributions(p, &brackets[i]);
	add_nodes(p, from, to);
	add_unmatched(p, from, to);
	if (p->covers.len > 1)
		qsort(p->covers.items, p->covers.len, sizeof *p->covers.items, by_start);
}

/* Which covers hold the offset, kept in p->active from the outside in. */
static void advance(struct painter *p, size_t offset)
{
	size_t kept = 0;
	for (size_t i = 0; i < p->active.len; i++)
		if (p->covers.items[p->active.items[i]].end > offset)
			p->active.items[kept++] = p->active.items[i];
	p->active.len = kept;
	while (p->next < p->covers.len && p->covers.items[p->next].start <= offset) {
		const struct cover *const cover = &p->covers.items[p->next];
		if (cover->end > offset) {
			uint32_t *const slot = BK_VEC_PUSH(&p->active);
			if (slot != NULL)
				*slot = (uint32_t)p->next;
		}
		p->next++;
	}
}

static bool inside(struct bk_span span, size_t offset)
{
	return offset >= span.start && offset < span.end;
}

/* The strongest thing said in the gutter about brackets that open in a row. */
static void note_gutter(struct painter *p, const struct cover *cover)
{
	static const uint8_t strength[BK_ROLE_COUNT] = {
		[BK_ROLE_GUTTER_FAULT] = 5,
		[BK_ROLE_GUTTER_BLOCKS] = 4,
		[BK_ROLE_GUTTER_OPEN] = 3,
		[BK_ROLE_GUTTER_AGREED] = 2,
		[BK_ROLE_GUTTER] = 1,
	};
	static const char letters[BK_CLASS_COUNT] = {'d', 'p', 'n', 'r', 's'};
	uint8_t role = BK_ROLE_GUTTER;
	if (cover->role == BK_ROLE_FAULT)
		role = BK_ROLE_GUTTER_FAULT;
	else if (!cover->bracket)
		return;
	else if (cover->marks & BK_MARK_BLOCKS)
		role = BK_ROLE_GUTTER_BLOCKS;
	else if (cover->marks & BK_MARK_AGREED)
		role = BK_ROLE_GUTTER_AGREED;
	else if (cover->class == BK_CLASS_DISPUTED)
		role = BK_ROLE_GUTTER_OPEN;
	if (strength[role] <= strength[p->gutter])
		return;
	p->gutter = role;
	p->letter = letters[cover->class];
}

static bool at_edge(const struct cover *cover, size_t offset)
{
	return offset < cover->start + cover->open_len || offset + cover->close_len >= cover->end;
}

static struct bk_look look_of_covers(struct painter *p, size_t offset)
{
	const struct bk_screen *const screen = p->screen;
	struct bk_look look = BK_LOOK_PLAIN;
	uint32_t depth = 0;
	for (size_t i = 0; i < p->active.len; i++) {
		const struct cover *const cover = &p->covers.items[p->active.items[i]];
		if (cover->start == offset)
			note_gutter(p, cover);
		if (cover->bracket && cover->class != BK_CLASS_REFERENCE)
			depth = cover->depth > depth ? cover->depth : depth;
		const bool words = !cover->bracket || cover->class != BK_CLASS_DISPUTED;
		if (words || at_edge(cover, offset))
			look = bk_look_over(look, bk_screen_style(screen, cover->role));
	}
	return bk_look_over(bk_theme_depth(&screen->theme, depth), look);
}

static void bound(size_t *end, size_t border, size_t offset)
{
	if (border > offset && border < *end)
		*end = border;
}

/* The first offset behind this one that may look otherwise. */
static size_t steady_until(const struct painter *p, size_t offset)
{
	size_t end = BK_NOWHERE;
	if (p->screen->find.active)
		return offset + 1;
	if (p->next < p->covers.len)
		bound(&end, p->covers.items[p->next].start, offset);
	for (size_t i = 0; i < p->active.len; i++) {
		const struct cover *const cover = &p->covers.items[p->active.items[i]];
		bound(&end, cover->start + cover->open_len, offset);
		bound(&end, cover->end - cover->close_len, offset);
		bound(&end, cover->end, offset);
	}
	const size_t borders[] = {p->here.start, p->here.start + 1, p->here.end - 1, p->here.end,
		p->selection.start, p->selection.end};
	for (size_t i = 0; i < sizeof borders / sizeof *borders; i++)
		bound(&end, borders[i], offset);
	return end;
}

static struct bk_look find_look(struct painter *p, size_t offset)
{
	const struct bk_screen *const screen = p->screen;
	advance(p, offset);
	struct bk_look look = look_of_covers(p, offset);
	const struct bk_find *const find = &screen->find;
	if (inside(p->here, offset)) {
		const bool edge = offset == p->here.start || offset + 1 == p->here.end;
		look = bk_look_over(look, bk_screen_style(screen, edge ? BK_ROLE_HERE : BK_ROLE_HERE_WORDS));
	}
	if (find->active && find->matches.len > 0) {
		const size_t next = bk_find_next(find, offset + 1, true);
		if (next < find->matches.len && inside(find->matches.items[next], offset)) {
			const size_t cursor = bk_desk_view(bk_screen_desk(screen))->cursor;
			const bool now = cursor >= find->matches.items[next].start &&
					 cursor <= find->matches.items[next].end;
			look = bk_look_over(
				look, bk_screen_style(screen, now ? BK_ROLE_MATCH_NOW : BK_ROLE_MATCH));
		}
	}
	if (inside(p->selection, offset))
		look = bk_look_over(look, bk_screen_style(screen, BK_ROLE_SELECTION));
	return look;
}

/* Offsets of a piece are asked for in their order. */
static struct bk_look look_at(struct painter *p, size_t offset)
{
	if (offset >= p->steady) {
		p->look = find_look(p, offset);
		p->steady = steady_until(p, offset);
	}
	return p->look;
}

static void draw_glyph(
	struct painter *p, const struct bk_layout *layout, const struct bk_glyph *glyph, int row, bool hangs)
{
	struct bk_grid *const grid = &p->screen->grid;
	struct bk_look look = look_at(p, layout->start + glyph->at);
	const int col = p->rect.col + glyph->col;
	const struct bk_str cluster = {layout->bytes.bytes + glyph->at, glyph->len};
	/* The blank that a row breaks at is not part of the picture. */
	if (glyph->width == 0 ||
		(hangs && cluster.ptr[0] == ' ' && !inside(p->selection, layout->start + glyph->at)))
		return;
	if (cluster.ptr[0] == '\t') {
		bk_grid_fill(grid, (struct bk_rect){row, col, 1, glyph->width}, look);
		return;
	}
	if (glyph->len == 1 && cluster.ptr[0] >= 0x20 && cluster.ptr[0] < 0x7f && !(glyph->level & 1)) {
		bk_grid_put_ascii(grid, row, col, cluster.ptr[0], look);
		return;
	}
	bk_buf_clear(&p->scratch);
	bk_utf8_put_visible(&p->scratch, cluster, false);
	struct bk_str visible = bk_buf_str(&p->scratch);
	const bool marked = !bk_str_equal(visible, cluster);
	char mirrored[4];
	size_t size;
	if (!marked && (glyph->level & 1)) {
		const uint32_t code = bk_utf8_decode(cluster, &size);
		if (code != BK_UTF8_BAD && size == cluster.len)
			visible = (struct bk_str){mirrored, bk_utf8_encode(bk_bidi_mirror(code), mirrored)};
	}
	if (marked) {
		look = bk_look_over(look, bk_screen_style(p->screen, BK_ROLE_MARK));
		bk_grid_put(grid, row, col, p->rect.col + p->rect.cols, look, visible);
	} else {
		bk_grid_put_cluster(grid, row, col, visible, glyph->width, look);
	}
}

/* Something between these offsets differs from the revision that the draft was compared with last. */
static bool has_moved(const struct bk_desk *desk, size_t from, size_t to)
{
	const struct bk_versus *const versus = desk->versus;
	size_t count;
	if (versus == NULL || versus->comparison == NULL || versus->now != NULL || desk->reading != NULL)
		return false;
	const struct bk_replacement *const list = bk_comparison_replacements(versus->comparison, &count);
	const size_t start = bk_carry_back(&desk->compared, from), end = bk_carry_back(&desk->compared, to);
	size_t next = BK_SEARCH(i, count, list[i].new_span.end < start);
	/* What came ends before; what went stands nowhere else. */
	if (next < count && list[next].new_span.end == start && list[next].new_span.start < start)
		next++;
	return next < count && list[next].new_span.start < end;
}

/* Stands beside what the gutter says of brackets. */
static void draw_moved(
	struct painter *p, const struct bk_layout *layout, const struct bk_row *row, int screen_row)
{
	if (row->count == 0)
		return;
	const struct bk_glyph *const first = &layout->glyphs.items[row->first];
	const struct bk_glyph *const last = first + row->count - 1;
	if (has_moved(bk_screen_desk(p->screen), layout->start + first->at,
		    layout->start + last->at + last->len))
		bk_grid_puts(&p->screen->grid, screen_row, p->rect.col - 1, p->rect.col,
			bk_screen_style(p->screen, BK_ROLE_LABEL), "~");
}

static void draw_gutter(struct painter *p, int row)
{
	static const char *const signs[BK_ROLE_COUNT] = {
		[BK_ROLE_GUTTER_FAULT] = "!",
		[BK_ROLE_GUTTER_BLOCKS] = "◆",
		[BK_ROLE_GUTTER_OPEN] = "●",
		[BK_ROLE_GUTTER_AGREED] = "✓",
	};
	if (p->gutter == 0)
		return;
	const char letter[2] = {p->letter, 0};
	bk_grid_puts(&p->screen->grid, row, p->rect.col - GUTTER, p->rect.col,
		bk_screen_style(p->screen, p->gutter), signs[p->gutter] != NULL ? signs[p->gutter] : letter);
}

/* Shade the hanging indent, the row's rest and a selected line end as their neighbours. */
static void draw_row_end(struct painter *p, const struct bk_row *row, int screen_row, int col)
{
	if (!row->last || !inside(p->selection, row->end) || col >= p->rect.col + p->rect.cols)
		return;
	bk_grid_fill(&p->screen->grid, (struct bk_rect){screen_row, col, 1, 1},
		bk_screen_style(p->screen, BK_ROLE_SELECTION));
}

static void place_cursor(struct painter *p, const struct bk_layout *layout, size_t index, int screen_row)
{
	const struct bk_row *const row = &layout->rows.items[index];
	const size_t cursor = bk_desk_view(bk_screen_desk(p->screen))->cursor;
	if (cursor < row->start || cursor > row->end || (cursor == row->end && !row->last))
		return;
	const int col = bk_layout_col_of(layout, index, cursor);
	p->screen->grid.cursor_row = screen_row;
	p->screen->grid.cursor_col = p->rect.col + (col < p->rect.cols ? col : p->rect.cols - 1);
}

/* Returns the column behind the words. */
static int draw_row(struct painter *p, const struct bk_layout *layout, size_t index, int screen_row)
{
	const struct bk_row *const row = &layout->rows.items[index];
	int end = p->rect.col + row->indent;
	p->gutter = 0;
	for (uint32_t i = 0; i < row->count; i++) {
		const struct bk_glyph *const glyph = &layout->glyphs.items[row->first + i];
		draw_glyph(p, layout, glyph, screen_row, i + 1 == row->count && !row->last);
		const int after = p->rect.col + glyph->col + glyph->width;
		end = after > end ? after : end;
	}
	draw_row_end(p, row, screen_row, end);
	draw_gutter(p, screen_row);
	draw_moved(p, layout, row, screen_row);
	place_cursor(p, layout, index, screen_row);
	return end;
}

/* A short first line, as that of an article, goes on with the title below it.  Returns the column behind. */
static int put_title(struct painter *p, struct bk_span fold, int end, int screen_row)
{
	enum { SHORT = 24 };
	const int room = p->rect.col + p->rect.cols - bk_rows_room(p->rect.cols);
	struct bk_buf words = BK_BUF_INIT;
	if (end - p->rect.col <= SHORT && end + 4 < room)
		bk_fold_put_title(p->screen, fold, &words);
	if (words.len > 0)
		end = bk_grid_put_cut(&p->screen->grid, screen_row, end + 1, room,
			bk_screen_style(p->screen, BK_ROLE_DIM), bk_buf_str(&words));
	bk_buf_release(&words);
	return end;
}

/* The row of a fold: its mark, the most urgent sign of what it puts away, and how much that is. */
static void draw_fold(struct painter *p, const struct bk_layout *layout, struct bk_span fold, int screen_row)
{
	struct bk_grid *const grid = &p->screen->grid;
	const int limit = p->rect.col + p->rect.cols;
	const int end = draw_row(p, layout, 0, screen_row);
	const struct bk_fold_head head = bk_fold_head(p->screen, fold, layout->rows.items[0].end);
	struct bk_buf words = BK_BUF_INIT;
	if (bk_fold_urgency(head.gutter) > bk_fold_urgency(p->gutter)) {
		p->gutter = head.gutter;
		draw_gutter(p, screen_row);
	}
	const struct bk_look look = bk_screen_style(p->screen, BK_ROLE_DIM);
	bk_grid_puts(grid, screen_row, p->rect.col - 1, p->rect.col, look, "▸");
	const int title = put_title(p, fold, end, screen_row);
	bk_fold_put_head(&head, limit - title - 1, &words);
	bk_grid_put(grid, screen_row, title + 1, limit, look, bk_buf_str(&words));
	bk_buf_release(&words);
}

/* The bracket at the cursor, exact whatever the draft's age. */
static struct bk_span bracket_here(struct bk_screen *screen)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	const bk_snapshot *const shown = bk_desk_shown(desk);
	const struct bk_span none = {BK_NOWHERE, BK_NOWHERE};
	struct bk_span span;
	const size_t cursor = bk_desk_view(bk_screen_desk(screen))->cursor;
	if (!bk_snapshot_enclosing(shown, cursor, &span) || span.end == BK_NOWHERE)
		return none;
	return span;
}

static void draw_rows(struct painter *p)
{
	struct bk_screen *const screen = p->screen;
	const bk_snapshot *const shown = bk_desk_shown(bk_screen_desk(screen));
	size_t at = bk_desk_view(bk_screen_desk(screen))->top;
	screen->seen = (struct bk_span){at, at};
	int row = p->rect.row;
	const int bottom = p->rect.row + p->rect.rows;
	struct bk_span fold;
	while (row < bottom) {
		if (bk_rows_layout(screen, at, &fold) < 0)
			return;
		const struct bk_layout *const layout = screen->layout;
		gather(p, layout);
		if (fold.start != BK_NOWHERE) {
			draw_fold(p, layout, fold, row++);
			screen->seen.end = fold.end;
			if (!bk_rows_after_fold(screen, fold, &at))
				return;
			continue;
		}
		size_t index = bk_layout_row_of(layout, at);
		for (; index < layout->rows.len && row < bottom; index++)
			draw_row(p, layout, index, row++);
		screen->seen.end = layout->rows.items[index - 1].end;
		if (layout->next >= bk_snapshot_size(shown) && !layout->ends_line)
			return;
		at = layout->next;
	}
}

void bk_pane_text_draw(struct bk_screen *screen, struct bk_rect rect)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	const struct bk_view *const view = bk_desk_view(desk);
	struct painter p = {
		.screen = screen,
		.rect = {rect.row, rect.col + GUTTER, rect.rows, rect.cols - GUTTER},
		.here = {BK_NOWHERE, BK_NOWHERE},
	};
	p.draft = bk_desk_colours(desk, &p.shift, &p.carry);
	p.whole = p.draft != NULL && p.draft == desk->session->draft;
	p.selection = bk_view_selection(view);
	screen->text_rect = p.rect;
	screen->rules = (struct bk_layout_rules){.width = p.rect.cols, .bidi = screen->bidi};
	bk_screen_show_cursor(screen);
	p.here = bracket_here(screen);
	draw_rows(&p);
	BK_VEC_RELEASE(&p.covers);
	BK_VEC_RELEASE(&p.active);
	bk_buf_release(&p.scratch);
}
