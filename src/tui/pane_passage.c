/* Passages: pieces of both texts with their roles, put into rows. */
#include "tui/pane_passage.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "tui/screen.h"
#include "tui/versus.h"

/* Words before and behind a change that are shown with it, and of what went or came beside it, in bytes. */
enum { AROUND = 240, BESIDE = 1200 };

/* Text with a role for each of its bytes. */
struct passage {
	struct bk_buf bytes, roles;
};

static void put(struct passage *passage, struct bk_str text, enum bk_role role)
{
	bk_buf_put_str(&passage->bytes, text);
	for (size_t i = 0; i < text.len; i++)
		bk_buf_putc(&passage->roles, (char)role);
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
static void put_changed(struct passage *passage, struct bk_str text, enum bk_role role)
{
	const bool gone = role == BK_ROLE_REMOVED;
	if (text.len == 0)
		return;
	put(passage, gone ? BK_STR("<-") : BK_STR("<+"), role);
	if (text.len <= 2 * BESIDE) {
		put(passage, text, role);
	} else {
		size_t head = BESIDE, tail = text.len - BESIDE;
		while (head > 0 && !bk_is_space(text.ptr[head]))
			head--;
		while (tail < text.len && !bk_is_space(text.ptr[tail]))
			tail++;
		put(passage, (struct bk_str){text.ptr, head}, role);
		put(passage, BK_STR(" … "), role);
		put(passage, bk_str_skip(text, tail), role);
	}
	put(passage, gone ? BK_STR("->") : BK_STR("+>"), role);
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

static bool is_letter(struct bk_str all, size_t at)
{
	const unsigned char c = (unsigned char)all.ptr[at];
	return c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Where the word begins that a change within it belongs to, not before `least`; and where it ends. */
static size_t word_start(struct bk_str all, struct bk_span span, size_t least)
{
	size_t at = span.start;
	while (at > least && is_letter(all, at - 1))
		at--;
	return at;
}

static size_t word_end(struct bk_str all, struct bk_span span, size_t most)
{
	size_t at = span.end;
	while (at < most && is_letter(all, at))
		at++;
	return at;
}

/* Replacements are of bytes: with letters on both sides of a border, the whole word is what changed. */
static struct bk_replacement whole_words(const struct bk_versus *versus, const struct bk_replacement *list,
	size_t count, size_t index, size_t told)
{
	struct bk_replacement one = list[index];
	struct bk_str old, now;
	old.ptr = bk_draft_bytes(versus->old_draft, &old.len);
	now.ptr = bk_draft_bytes(versus->new_draft, &now.len);
	const size_t most = index + 1 < count ? list[index + 1].new_span.start : now.len;
	const bool starts = (one.old_span.end > one.old_span.start && is_letter(old, one.old_span.start)) ||
			    (one.new_span.end > one.new_span.start && is_letter(now, one.new_span.start));
	const bool ends = (one.old_span.end > one.old_span.start && is_letter(old, one.old_span.end - 1)) ||
			  (one.new_span.end > one.new_span.start && is_letter(now, one.new_span.end - 1));
	/* What stands before and behind is the same in both. */
	const size_t before = starts ? one.new_span.start - word_start(now, one.new_span, told) : 0;
	const size_t after = ends ? word_end(now, one.new_span, most) - one.new_span.end : 0;
	one.old_span = (struct bk_span){one.old_span.start - before, one.old_span.end + after};
	one.new_span = (struct bk_span){one.new_span.start - before, one.new_span.end + after};
	return one;
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
		told = one.new_span.end;
		if (own.start > window.end)
			break;
		const struct bk_span part = clip(own, window);
		if (part.start > at)
			put(passage, bytes_of(draft, (struct bk_span){at, part.start}), BK_ROLE_TEXT);
		if (of_old || inlined)
			put_changed(passage, bytes_of(versus->old_draft, of_old ? part : one.old_span),
				BK_ROLE_REMOVED);
		if (!of_old || inlined)
			put_changed(passage, bytes_of(versus->new_draft, of_old ? one.new_span : part),
				BK_ROLE_ADDED);
		at = part.end > at ? part.end : at;
	}
	if (at < window.end)
		put(passage, bytes_of(draft, (struct bk_span){at, window.end}), BK_ROLE_TEXT);
}

/* ---- Rows ---- */

struct pen {
	struct bk_screen *screen;
	struct bk_rect rect;
	int top, row, col;
};

static void put_piece(struct pen *pen, struct bk_str piece, enum bk_role role, int width)
{
	const int row = pen->row - pen->top;
	if (row >= 0 && row < pen->rect.rows)
		bk_grid_put(&pen->screen->grid, pen->rect.row + row, pen->rect.col + pen->col,
			pen->rect.col + pen->rect.cols, bk_screen_style(pen->screen, role), piece);
	pen->col += width;
}

/* The clusters of a word one by one: it may be longer than a row. */
static void put_word(struct pen *pen, struct bk_str word, const char *roles)
{
	while (word.len > 0) {
		const size_t len = bk_utf8_cluster(word);
		const struct bk_str cluster = {word.ptr, len};
		const int width = (int)bk_utf8_string_width(cluster);
		if (pen->col + width > pen->rect.cols) {
			pen->row++;
			pen->col = 0;
		}
		put_piece(pen, cluster, (enum bk_role) * roles, width);
		roles += len;
		word = bk_str_skip(word, len);
	}
}

/* Draw it; returns its rows. */
static int draw(struct bk_screen *screen, const struct passage *passage, struct bk_rect rect, int top)
{
	struct pen pen = {.screen = screen, .rect = rect, .top = top};
	const struct bk_str all = bk_buf_str(&passage->bytes);
	if (bk_buf_status(&passage->bytes) < 0 || bk_buf_status(&passage->roles) < 0)
		return 0;
	for (size_t at = 0; at < all.len;) {
		size_t end = at;
		while (end < all.len && !bk_is_space(all.ptr[end]))
			end++;
		const struct bk_str word = {all.ptr + at, end - at};
		const int width = (int)bk_utf8_string_width(word);
		if (pen.col > 0 && pen.col + width > rect.cols) {
			pen.row++;
			pen.col = 0;
		}
		put_word(&pen, word, passage->roles.bytes + at);
		at = end;
		while (at < all.len && bk_is_space(all.ptr[at]))
			at++;
		if (at > end && pen.col > 0 && pen.col < rect.cols)
			put_piece(&pen, BK_STR(" "),
				passage->roles.bytes[end] == passage->roles.bytes[end > 0 ? end - 1 : 0]
					? (enum bk_role)passage->roles.bytes[end]
					: BK_ROLE_TEXT,
				1);
	}
	return pen.row + (pen.col > 0);
}

static int draw_window(struct bk_screen *screen, const struct bk_versus *versus, struct bk_span window,
	bool of_old, bool inlined, struct bk_rect rect, int top)
{
	struct passage passage = {BK_BUF_INIT, BK_BUF_INIT};
	put_window(&passage, versus, window, of_old, inlined);
	const int rows = draw(screen, &passage, rect, top);
	release(&passage);
	return rows;
}

static int draw_beside(struct bk_screen *screen, const struct bk_versus *versus, struct bk_span before,
	struct bk_span now, struct bk_rect rect, int top)
{
	const int half = (rect.cols - 3) / 2;
	for (int i = 0; i < rect.rows; i++)
		bk_grid_puts(&screen->grid, rect.row + i, rect.col + half + 1, rect.col + rect.cols,
			bk_screen_style(screen, BK_ROLE_BORDER), "│");
	const int left = draw_window(screen, versus, before, true, false,
		(struct bk_rect){rect.row, rect.col, rect.rows, half}, top);
	const int right = draw_window(screen, versus, now, false, false,
		(struct bk_rect){rect.row, rect.col + half + 3, rect.rows, rect.cols - half - 3}, top);
	return left > right ? left : right;
}

int bk_passage_draw(struct bk_screen *screen, const struct bk_versus *versus,
	const struct bk_difference *difference, struct bk_rect rect, bool beside, int top)
{
	struct bk_span before = {0, 0}, now = {0, 0};
	if (difference->in_old)
		before = widen(versus->old_draft, difference->old_span);
	if (difference->in_new)
		now = widen(versus->new_draft, difference->new_span);
	if (beside) {
		before = difference->in_old ? before : across(versus, now, true);
		now = difference->in_new ? now : across(versus, before, false);
		return draw_beside(screen, versus, before, now, rect, top);
	}
	/* What stands elsewhere now is no text beside what was: first one, then the other. */
	if (difference->kind == BK_DIFFERENCE_MOVED) {
		const int rows = draw_window(screen, versus, before, true, false, rect, top);
		return rows + 1 + draw_window(screen, versus, now, false, false, rect, top - rows - 1);
	}
	return draw_window(
		screen, versus, difference->in_new ? now : before, !difference->in_new, true, rect, top);
}
