/* Passages: pieces of both texts with their roles, put into rows. */
#include "tui/pane_passage.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "tui/screen.h"
#include "tui/versus.h"

/* Words before and behind a change that are shown with it, of what went or came beside it, and of itself, in bytes. */
enum { AROUND = 240, BESIDE = 1200, MOST = 6000 };

/* Of a byte's role: it belongs to the change itself. */
enum { ITSELF = 0x80 };

/* Text with a role for each of its bytes. */
struct passage {
	const struct bk_difference *difference;
	struct bk_buf bytes, roles;
};

static void put(struct passage *passage, struct bk_str text, enum bk_role role, bool itself)
{
	bk_buf_put_str(&passage->bytes, text);
	bk_buf_reserve(&passage->roles, text.len);
	for (size_t i = 0; i < text.len; i++)
		bk_buf_putc(&passage->roles, (char)(role | (itself ? ITSELF : 0)));
}

static void release(struct passage *passage)
{
	bk_buf_release(&passage->bytes);
	bk_buf_release(&passage->roles);
}

static struct bk_str bytes_of(const bk_draft *draft, struct bk_span span)
{
	struct bk_str all;
	all.ptr = bk_draft_bytes(draft, &all.len);
	return (struct bk_str){all.ptr + span.start, span.end - span.start};
}

/* As much of a text as is read beside another: its middle goes. */
static void put_changed(struct passage *passage, struct bk_str text, enum bk_role role, bool itself)
{
	const bool gone = role == BK_ROLE_REMOVED;
	if (text.len == 0)
		return;
	put(passage, gone ? BK_STR("<-") : BK_STR("<+"), role, itself);
	if (text.len <= 2 * BESIDE) {
		put(passage, text, role, itself);
	} else {
		size_t head = BESIDE, tail = text.len - BESIDE;
		while (head > 0 && !bk_is_space(text.ptr[head]))
			head--;
		while (tail < text.len && !bk_is_space(text.ptr[tail]))
			tail++;
		put(passage, (struct bk_str){text.ptr, head}, role, itself);
		put(passage, BK_STR(" … "), role, itself);
		put(passage, bk_str_skip(text, tail), role, itself);
	}
	put(passage, gone ? BK_STR("->") : BK_STR("+>"), role, itself);
}

/* ---- What stands around ---- */

static bool parts_paragraphs(struct bk_str all, size_t at)
{
	return all.ptr[at] == '\n' && at + 1 < all.len && all.ptr[at + 1] == '\n';
}

/* The span with words around it, of its paragraph. */
static struct bk_span widen(const bk_draft *draft, struct bk_span span)
{
	struct bk_str all;
	all.ptr = bk_draft_bytes(draft, &all.len);
	if (span.end - span.start > MOST) {
		span.end = span.start + MOST;
		while (span.end > span.start && !bk_is_space(all.ptr[span.end]))
			span.end--;
	}
	size_t start = span.start, end = span.end, least = start, most = end;
	while (start > 0 && span.start - start < AROUND && !parts_paragraphs(all, start - 1)) {
		start--;
		if (start == 0 || bk_is_space(all.ptr[start - 1]))
			least = start;
	}
	while (end < all.len && end - span.end < AROUND && !parts_paragraphs(all, end)) {
		end++;
		if (end == all.len || bk_is_space(all.ptr[end]))
			most = end;
	}
	return (struct bk_span){start > 0 && parts_paragraphs(all, start - 1) ? start : least,
		end < all.len && parts_paragraphs(all, end) ? end : most};
}

static struct bk_span across(const struct bk_versus *versus, struct bk_span span, bool to_old)
{
	const size_t start = bk_versus_across(versus, span.start, to_old);
	const size_t end = bk_versus_across(versus, span.end, to_old);
	return (struct bk_span){start, end > start ? end : start};
}

/* ---- Pieces ---- */

static struct bk_span clip(struct bk_span span, struct bk_span window)
{
	const size_t start = span.start > window.start ? span.start : window.start;
	const size_t end = span.end < window.end ? span.end : window.end;
	return (struct bk_span){start, end > start ? end : start};
}

/* A letter or figure of a script that parts words; of the others each character is a word. */
static bool is_letter(struct bk_str all, size_t at)
{
	size_t size;
	const struct bk_str rest = bk_str_skip(all, at);
	const uint32_t code = bk_utf8_decode(rest, &size);
	return (bk_utf8_is_letter(code) || bk_utf8_is_digit(code) || bk_utf8_is_mark(code)) &&
	       bk_utf8_width((struct bk_str){rest.ptr, size}) < 2;
}

/* Where the character begins that ends before an offset. */
static size_t character_before(struct bk_str all, size_t at)
{
	at--;
	while (at > 0 && ((unsigned char)all.ptr[at] & 0xc0) == 0x80)
		at--;
	return at;
}

static size_t character_behind(struct bk_str all, size_t at)
{
	at++;
	while (at < all.len && ((unsigned char)all.ptr[at] & 0xc0) == 0x80)
		at++;
	return at;
}

/* Where the word begins that a change within it belongs to, not before `least`; and where it ends. */
static size_t word_start(struct bk_str all, struct bk_span span, size_t least)
{
	size_t at = span.start;
	while (at > least && is_letter(all, character_before(all, at)))
		at = character_before(all, at);
	return at > least ? at : least;
}

static size_t word_end(struct bk_str all, struct bk_span span, size_t most)
{
	size_t at = span.end;
	while (at < most && is_letter(all, at))
		at = character_behind(all, at);
	return at < most ? at : most;
}

static bool begins_in_word(struct bk_str all, struct bk_span span)
{
	return span.end > span.start && is_letter(all, span.start);
}

static bool ends_in_word(struct bk_str all, struct bk_span span)
{
	return span.end > span.start && is_letter(all, character_before(all, span.end));
}

static bool is_inside_character(struct bk_str all, size_t at)
{
	return at < all.len && ((unsigned char)all.ptr[at] & 0xc0) == 0x80;
}

/* Replacements are of bytes: those of one character belong together. */
static struct bk_replacement whole_characters(struct bk_str old, struct bk_str now, struct bk_replacement one)
{
	while (one.old_span.start > 0 && one.new_span.start > 0 &&
		(is_inside_character(old, one.old_span.start) ||
			is_inside_character(now, one.new_span.start))) {
		one.old_span.start--;
		one.new_span.start--;
	}
	while (is_inside_character(old, one.old_span.end) && is_inside_character(now, one.new_span.end)) {
		one.old_span.end++;
		one.new_span.end++;
	}
	return one;
}

/* With letters on both sides of a border the whole word is what changed, but for what was told already. */
static struct bk_replacement whole_words(const struct bk_versus *versus, const struct bk_replacement *list,
	size_t count, size_t index, size_t told)
{
	struct bk_str old, now;
	old.ptr = bk_draft_bytes(versus->old_draft, &old.len);
	now.ptr = bk_draft_bytes(versus->new_draft, &now.len);
	struct bk_replacement one = whole_characters(old, now, list[index]);
	const size_t most = index + 1 < count ? list[index + 1].new_span.start : now.len;
	const bool starts = begins_in_word(old, one.old_span) || begins_in_word(now, one.new_span);
	const bool ends = ends_in_word(old, one.old_span) || ends_in_word(now, one.new_span);
	/* What stands before and behind is the same in both. */
	const size_t before = starts && told < one.new_span.start
				      ? one.new_span.start - word_start(now, one.new_span, told)
				      : 0;
	const size_t after = ends ? word_end(now, one.new_span, most) - one.new_span.end : 0;
	one.old_span = (struct bk_span){one.old_span.start - before, one.old_span.end + after};
	one.new_span = (struct bk_span){one.new_span.start - before, one.new_span.end + after};
	return one;
}

static bool touches(struct bk_span a, struct bk_span b)
{
	return a.start < b.end && b.start < a.end;
}

/* A replacement belongs to the change that is shown. */
static bool is_itself(const struct bk_difference *difference, const struct bk_replacement *one)
{
	return (difference->in_old && touches(one->old_span, difference->old_span)) ||
	       (difference->in_new && touches(one->new_span, difference->new_span));
}

/* What stands in both texts. */
static void put_same(struct passage *passage, const bk_draft *draft, struct bk_span part, bool of_old)
{
	const struct bk_difference *const difference = passage->difference;
	const bool told = of_old ? difference->in_old : difference->in_new;
	const struct bk_span itself = of_old ? difference->old_span : difference->new_span;
	const bool within = told && touches(itself, part);
	const size_t first = !within ? part.end : itself.start > part.start ? itself.start : part.start;
	const size_t last = !within ? part.end : itself.end < part.end ? itself.end : part.end;
	put(passage, bytes_of(draft, (struct bk_span){part.start, first}), BK_ROLE_TEXT, false);
	put(passage, bytes_of(draft, (struct bk_span){first, last}), BK_ROLE_TEXT, true);
	put(passage, bytes_of(draft, (struct bk_span){last, part.end}), BK_ROLE_TEXT, false);
}

static bool is_blank(struct bk_str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!bk_is_space(text.ptr[i]))
			return false;
	return text.len > 0;
}

/* Only where a line ends is another place. */
static bool is_reflow(const struct bk_versus *versus, const struct bk_replacement *one)
{
	return is_blank(bytes_of(versus->old_draft, one->old_span)) &&
	       is_blank(bytes_of(versus->new_draft, one->new_span));
}

/*
 * The window of one text; what differs in it is marked, and with `inlined` what the other text has there stands
 * beside it.
 */
static void put_window(struct passage *passage, const struct bk_versus *versus, struct bk_span window,
	bool of_old, bool inlined)
{
	const bk_draft *const draft = of_old ? versus->old_draft : versus->new_draft;
	size_t count;
	const struct bk_replacement *const list = bk_comparison_replacements(versus->comparison, &count);
	const size_t first = of_old ? BK_SEARCH(i, count, list[i].old_span.end < window.start)
				    : BK_SEARCH(i, count, list[i].new_span.end < window.start);
	size_t at = window.start, told = first > 0 ? list[first - 1].new_span.end : 0;
	for (size_t i = first; i < count; i++) {
		const struct bk_replacement one = whole_words(versus, list, count, i, told);
		const struct bk_span own = of_old ? one.old_span : one.new_span;
		const bool itself = is_itself(passage->difference, &one);
		told = one.new_span.end;
		if (own.start > window.end)
			break;
		if (is_reflow(versus, &one))
			continue;
		const struct bk_span part = clip(own, window);
		if (part.start > at)
			put_same(passage, draft, (struct bk_span){at, part.start}, of_old);
		if (of_old || inlined)
			put_changed(passage, bytes_of(versus->old_draft, of_old ? part : one.old_span),
				BK_ROLE_REMOVED, itself);
		if (!of_old || inlined)
			put_changed(passage, bytes_of(versus->new_draft, of_old ? one.new_span : part),
				BK_ROLE_ADDED, itself);
		at = part.end > at ? part.end : at;
	}
	if (at < window.end)
		put_same(passage, draft, (struct bk_span){at, window.end}, of_old);
}

/* ---- Rows ---- */

/* A rectangle of the screen, and how many rows of what is put there lie above it. */
struct frame {
	struct bk_screen *screen;
	struct bk_rect rect;
	int top, rows;
	int first; /* row of the change itself; -1: none yet */
};

static void draw_glyph(const struct frame *frame, const struct bk_layout *layout,
	const struct bk_glyph *glyph, int row, char role)
{
	struct bk_grid *const grid = &frame->screen->grid;
	const struct bk_str cluster = {layout->bytes.bytes + glyph->at, glyph->len};
	const int col = frame->rect.col + glyph->col;
	struct bk_look look = bk_screen_style(frame->screen, (enum bk_role)(role & (ITSELF - 1)));
	struct bk_buf visible = BK_BUF_INIT;
	if (role & ITSELF)
		look.attributes |= BK_ATTR_UNDERLINE;
	bk_utf8_put_visible(&visible, cluster, false);
	struct bk_str seen = bk_buf_str(&visible);
	char mirrored[4];
	size_t size;
	if (!bk_str_equal(seen, cluster)) {
		look = bk_look_over(look, bk_screen_style(frame->screen, BK_ROLE_MARK));
	} else if (glyph->level & 1) {
		const uint32_t code = bk_utf8_decode(cluster, &size);
		if (code != BK_UTF8_BAD && size == cluster.len)
			seen = (struct bk_str){mirrored, bk_utf8_encode(bk_bidi_mirror(code), mirrored)};
	}
	bk_grid_put_cluster(grid, row, col, seen, glyph->width, look);
	if (!bk_str_equal(bk_buf_str(&visible), cluster))
		bk_grid_put(grid, row, col, frame->rect.col + frame->rect.cols, look, bk_buf_str(&visible));
	bk_buf_release(&visible);
}

static void draw_row(
	struct frame *frame, const struct bk_layout *layout, const struct bk_row *row, const char *roles)
{
	const int at = frame->rows++ - frame->top;
	bool itself = false;
	for (uint32_t i = row->first; i < row->first + row->count; i++) {
		const struct bk_glyph *const glyph = &layout->glyphs.items[i];
		itself = itself || roles[layout->start + glyph->at] & ITSELF;
		if (at >= 0 && at < frame->rect.rows && glyph->width > 0 &&
			glyph->col + glyph->width <= frame->rect.cols)
			draw_glyph(
				frame, layout, glyph, frame->rect.row + at, roles[layout->start + glyph->at]);
	}
	if (!itself)
		return;
	frame->first = frame->first < 0 ? frame->rows - 1 : frame->first;
	if (at >= 0 && at < frame->rect.rows)
		bk_grid_puts(&frame->screen->grid, frame->rect.row + at, frame->rect.col - 1, frame->rect.col,
			bk_screen_style(frame->screen, BK_ROLE_LABEL), "▸");
}

/* Lines of a paragraph are one: it is wrapped anew. */
static void join_lines(struct passage *passage)
{
	struct bk_buf *const bytes = &passage->bytes, *const roles = &passage->roles;
	size_t kept = 0;
	for (size_t i = 0; i < bytes->len; i++) {
		const bool blank = bk_is_space(bytes->bytes[i]);
		if (blank && (kept == 0 || bytes->bytes[kept - 1] == ' '))
			continue;
		bytes->bytes[kept] = blank ? ' ' : bytes->bytes[i];
		roles->bytes[kept++] = roles->bytes[i];
	}
	bytes->len = roles->len = kept;
}

static void draw(struct frame *frame, struct passage *passage)
{
	const struct bk_layout_rules rules = {
		.width = frame->rect.cols, .bidi = frame->screen->bidi, .plain = true};
	const struct bk_layout *layout;
	bk_text *text = NULL;
	if (bk_buf_status(&passage->bytes) < 0 || bk_buf_status(&passage->roles) < 0)
		return;
	join_lines(passage);
	if (bk_text_new(&text, passage->bytes.bytes, passage->bytes.len) < 0)
		return;
	for (size_t at = 0; at < passage->bytes.len; at = layout->next) {
		if (bk_layout_make(&frame->screen->passages, bk_text_now(text), at, &rules, &layout) < 0)
			break;
		for (size_t i = 0; i < layout->rows.len; i++)
			draw_row(frame, layout, &layout->rows.items[i], passage->roles.bytes);
	}
	bk_text_free(text);
}

static void draw_window(struct frame *frame, const struct bk_versus *versus,
	const struct bk_difference *difference, struct bk_span window, bool of_old, bool inlined)
{
	struct passage passage = {.difference = difference};
	put_window(&passage, versus, window, of_old, inlined);
	draw(frame, &passage);
	release(&passage);
}

static void draw_beside(struct frame *frame, const struct bk_versus *versus,
	const struct bk_difference *difference, struct bk_span before, struct bk_span now)
{
	const struct bk_rect rect = frame->rect;
	const int half = (rect.cols - 3) / 2;
	struct frame right = *frame;
	frame->rect.cols = half;
	right.rect.col += half + 3;
	right.rect.cols -= half + 3;
	draw_window(frame, versus, difference, before, true, false);
	draw_window(&right, versus, difference, now, false, false);
	for (int i = 0; i < rect.rows; i++)
		bk_grid_puts(&frame->screen->grid, rect.row + i, rect.col + half + 1, rect.col + rect.cols,
			bk_screen_style(frame->screen, BK_ROLE_BORDER), "│");
	frame->rows = frame->rows > right.rows ? frame->rows : right.rows;
	if (frame->first < 0 || (right.first >= 0 && right.first < frame->first))
		frame->first = right.first;
}

void bk_passage_draw(struct bk_screen *screen, const struct bk_versus *versus,
	const struct bk_difference *difference, struct bk_rect rect, bool beside, int top,
	struct bk_passage_size *size)
{
	struct frame frame = {.screen = screen, .rect = rect, .top = top, .first = -1};
	struct bk_span before = {0, 0}, now = {0, 0};
	if (difference->in_old)
		before = widen(versus->old_draft, difference->old_span);
	if (difference->in_new)
		now = widen(versus->new_draft, difference->new_span);
	if (beside) {
		before = difference->in_old ? before : across(versus, now, true);
		now = difference->in_new ? now : across(versus, before, false);
		draw_beside(&frame, versus, difference, before, now);
	} else if (difference->kind == BK_DIFFERENCE_MOVED) {
		/* What stands elsewhere now is no text beside what was: first one, then the other. */
		draw_window(&frame, versus, difference, before, true, false);
		frame.rows++;
		draw_window(&frame, versus, difference, now, false, false);
	} else {
		draw_window(&frame, versus, difference, difference->in_new ? now : before,
			!difference->in_new, true);
	}
	*size = (struct bk_passage_size){frame.rows, frame.first > 0 ? frame.first : 0};
}
