/* Wrapping paragraphs to rows. */
#include "tui/layout.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"

#include <string.h>

enum { TAB = 8 };

/* ---- Which bytes: the piece of a line that holds an offset ---- */

/* Where piece number k of a line ends: at a blank near k pieces from its start, else at a character's start. */
static size_t piece_border(const bk_snapshot *snapshot, size_t line_start, size_t line_end, size_t k)
{
	const size_t wanted = line_start + k * BK_LAYOUT_PIECE;
	if (k == 0)
		return line_start;
	if (wanted >= line_end)
		return line_end;
	char bytes[256];
	const size_t from = wanted - sizeof bytes;
	bk_snapshot_copy(snapshot, (struct bk_span){from, wanted}, bytes);
	for (size_t i = sizeof bytes; i > 0; i--)
		if (bytes[i - 1] == ' ')
			return from + i;
	for (size_t i = sizeof bytes; i > 0; i--)
		if (((unsigned char)bytes[i - 1] & 0xc0) != 0x80)
			return from + i - 1;
	return wanted;
}

static void find_piece(struct bk_layout *layout, const bk_snapshot *snapshot, size_t offset)
{
	const size_t size = bk_snapshot_size(snapshot);
	const size_t line = bk_snapshot_line_of(snapshot, offset);
	const size_t start = bk_snapshot_line_start(snapshot, line);
	layout->start = layout->end = layout->next = size;
	layout->line_start = true;
	layout->ends_line = false;
	if (start == BK_NOWHERE || start >= size)
		return;
	const size_t end = bk_snapshot_line_end(snapshot, line);
	const size_t after = bk_snapshot_line_start(snapshot, line + 1);
	layout->start = start;
	layout->end = end;
	layout->next = after == BK_NOWHERE ? size : after;
	layout->ends_line = layout->next > end;
	if (end - start <= BK_LAYOUT_PIECE + 256)
		return;
	const size_t at = offset < end ? offset : end - 1;
	size_t k = (at - start) / BK_LAYOUT_PIECE;
	while (at >= piece_border(snapshot, start, end, k + 1))
		k++;
	layout->start = piece_border(snapshot, start, end, k);
	layout->line_start = k == 0;
	const size_t border = piece_border(snapshot, start, end, k + 1);
	if (border < end) {
		layout->end = layout->next = border;
		layout->ends_line = false;
	}
}

static int copy_piece(struct bk_layout *layout, const bk_snapshot *snapshot)
{
	const size_t len = layout->end - layout->start;
	bk_buf_clear(&layout->bytes);
	bk_buf_reserve(&layout->bytes, len + 1);
	if (layout->bytes.failed)
		return bk_fail_memory();
	if (len > 0)
		bk_snapshot_copy(snapshot, (struct bk_span){layout->start, layout->end}, layout->bytes.bytes);
	layout->bytes.len = len;
	return BK_OK;
}

/* ---- Glyphs ---- */

static bool is_ascii_pair(struct bk_str rest)
{
	const unsigned char here = (unsigned char)rest.ptr[0];
	return here >= 0x20 && here < 0x7f && (rest.len == 1 || (unsigned char)rest.ptr[1] < 0x80);
}

static int make_glyphs(struct bk_layout *layout)
{
	const struct bk_str bytes = bk_buf_str(&layout->bytes);
	layout->glyphs.len = 0;
	if (!BK_VEC_RESERVE(&layout->glyphs, bytes.len + 1))
		return bk_fail_memory();
	size_t at = 0;
	while (at < bytes.len) {
		const struct bk_str rest = bk_str_skip(bytes, at);
		struct bk_glyph *const glyph = &layout->glyphs.items[layout->glyphs.len++];
		*glyph = (struct bk_glyph){.at = (uint32_t)at, .len = 1, .width = 1};
		if (!is_ascii_pair(rest)) {
			const size_t size = bk_utf8_cluster(rest);
			const int width = bk_utf8_width((struct bk_str){rest.ptr, size});
			glyph->len = (uint16_t)size;
			glyph->width = (uint8_t)(width < 0 ? 0 : width);
		}
		at += glyph->len;
	}
	return BK_OK;
}

static int find_levels(struct bk_layout *layout, enum bk_bidi mode)
{
	const struct bk_str bytes = bk_buf_str(&layout->bytes);
	layout->rtl = false;
	if (mode != BK_BIDI_OWN || !bk_bidi_needed(bytes))
		return BK_OK;
	const size_t count = layout->glyphs.len;
	uint32_t *const codes = bk_calloc(count + 1, sizeof *codes);
	layout->levels.len = 0;
	if (codes == NULL || !BK_VEC_RESERVE(&layout->levels, count + 1)) {
		bk_free(codes);
		return bk_fail_memory();
	}
	for (size_t i = 0; i < count; i++) {
		size_t size;
		const uint32_t code = bk_utf8_decode(bk_str_skip(bytes, layout->glyphs.items[i].at), &size);
		codes[i] = code == BK_UTF8_BAD ? 0xfffd : code;
	}
	const int status = bk_bidi_levels(codes, count, layout->levels.items, &layout->rtl);
	bk_free(codes);
	for (size_t i = 0; status == BK_OK && i < count; i++)
		layout->glyphs.items[i].level = layout->levels.items[i];
	return status;
}

/* ---- Rows ---- */

/* The length of a list mark or label at the start of words: "(a)", "12.", "3 bis.", "-", "*", "•"; 0: none. */
static size_t label_length(struct bk_str words)
{
	size_t at = 0;
	if (words.len > 1 && (words.ptr[0] == '-' || words.ptr[0] == '*' || words.ptr[0] == '>'))
		return words.ptr[1] == ' ' ? 1 : 0;
	if (words.len > 3 && (unsigned char)words.ptr[0] == 0xe2 && words.ptr[3] == ' ')
		return 3;
	if (at < words.len && words.ptr[at] == '[')
		at++;
	if (at < words.len && words.ptr[at] == '(')
		at++;
	const size_t body = at;
	while (at < words.len && at - body < 8 &&
		(bk_is_digit(words.ptr[at]) || bk_is_alpha(words.ptr[at]) || words.ptr[at] == '.'))
		at++;
	if (at == body || at - body >= 8)
		return 0;
	const bool dotted = words.ptr[at - 1] == '.';
	if (at < words.len && words.ptr[at] == ')')
		return at + 1;
	if (dotted && (bk_is_digit(words.ptr[body]) || at - body <= 5) && at - body > 1)
		return at;
	return 0;
}

/* Where the words of a paragraph begin: later rows are indented as far. */
static int hanging_indent(const struct bk_layout *layout, const struct bk_layout_rules *rules)
{
	const struct bk_str bytes = bk_buf_str(&layout->bytes);
	if (rules->plain || !layout->line_start || layout->rtl)
		return 0;
	size_t at = 0;
	while (at < bytes.len && bk_is_blank(bytes.ptr[at]))
		at++;
	for (int marks = 0; marks < 2; marks++) {
		const size_t label = label_length(bk_str_skip(bytes, at));
		if (label == 0 || at + label >= bytes.len || !bk_is_blank(bytes.ptr[at + label]))
			break;
		at += label;
		while (at < bytes.len && bk_is_blank(bytes.ptr[at]))
			at++;
	}
	int indent = 0;
	for (size_t i = 0; i < at; i++)
		indent += bytes.ptr[i] == '\t' ? TAB - indent % TAB : 1;
	return indent <= rules->width / 3 ? indent : rules->width / 6;
}

static bool breaks_after(const struct bk_layout *layout, size_t i)
{
	const struct bk_glyph *const glyph = &layout->glyphs.items[i];
	const char *const bytes = layout->bytes.bytes + glyph->at;
	const char here = bytes[0];
	if (here == ' ' || here == '\t')
		return true;
	if (i + 1 >= layout->glyphs.len)
		return false;
	const struct bk_glyph *const next = glyph + 1;
	const char after = layout->bytes.bytes[next->at];
	if (after == ' ' || after == '\t')
		return false;
	/* An arrow is not cut off from its tail. */
	if ((here == '-' && after != '>') || here == '/' || (here == ']' && after == '['))
		return true;
	/* En and em dash; wide characters break anywhere but before closing punctuation. */
	if (glyph->len == 3 &&
		(memcmp(bytes, "\xe2\x80\x93", 3) == 0 || memcmp(bytes, "\xe2\x80\x94", 3) == 0))
		return true;
	const bool closing = next->len == 3 && (unsigned char)after == 0xe3 &&
			     (unsigned char)layout->bytes.bytes[next->at + 1] == 0x80;
	return (glyph->width == 2 || next->width == 2) && !closing && after != ']' && after != ')' &&
	       after != ',' && after != '.' && after != ';' && here != '[' && here != '(';
}

static int add_row(struct bk_layout *layout, uint32_t first, uint32_t end, int indent)
{
	struct bk_row *const row = BK_VEC_PUSH(&layout->rows);
	if (row == NULL)
		return bk_fail_memory();
	const struct bk_glyph *const glyphs = layout->glyphs.items;
	*row = (struct bk_row){.first = first, .count = end - first, .indent = indent};
	row->start = layout->start + (first < layout->glyphs.len ? glyphs[first].at : layout->bytes.len);
	row->end = layout->start + (end < layout->glyphs.len ? glyphs[end].at : layout->bytes.len);
	return BK_OK;
}

static int glyph_cells(const struct bk_layout *layout, const struct bk_glyph *glyph, int col)
{
	return layout->bytes.bytes[glyph->at] == '\t' ? TAB - col % TAB : glyph->width;
}

static int break_rows(struct bk_layout *layout, const struct bk_layout_rules *rules)
{
	const int hang = hanging_indent(layout, rules);
	const uint32_t count = (uint32_t)layout->glyphs.len;
	uint32_t first = 0, candidate = 0, i = 0;
	int col = 0, indent = 0, status = BK_OK;
	layout->rows.len = 0;
	while (i < count && status == BK_OK) {
		struct bk_glyph *const glyph = &layout->glyphs.items[i];
		const char here = layout->bytes.bytes[glyph->at];
		const bool blank = here == ' ' || here == '\t';
		const int cells = glyph_cells(layout, glyph, col);
		if (col + cells <= rules->width || (blank && col > indent) || i == first) {
			glyph->width = (uint8_t)(col + cells <= rules->width ? cells : 0);
			glyph->col = col;
			col += glyph->width;
			i++;
			if (breaks_after(layout, i - 1))
				candidate = i;
			continue;
		}
		const uint32_t end = candidate > first ? candidate : i;
		status = add_row(layout, first, end, indent);
		first = i = candidate = end;
		col = indent = hang;
	}
	return status == BK_OK ? add_row(layout, first, count, indent) : status;
}

/* The visual order of each row, when something in it runs from right to left. */
static int order_rows(struct bk_layout *layout, const struct bk_layout_rules *rules)
{
	bool mixed = false;
	for (size_t i = 0; i < layout->glyphs.len && !mixed; i++)
		mixed = layout->glyphs.items[i].level != 0;
	if (!mixed)
		return BK_OK;
	uint32_t *const order = bk_calloc(layout->glyphs.len + 1, sizeof *order);
	if (order == NULL)
		return bk_fail_memory();
	for (size_t r = 0; r < layout->rows.len; r++) {
		const struct bk_row *const row = &layout->rows.items[r];
		struct bk_glyph *const glyphs = layout->glyphs.items + row->first;
		int cells = row->indent;
		for (uint32_t i = 0; i < row->count; i++)
			cells += glyphs[i].width;
		bk_bidi_order(layout->levels.items + row->first, row->count, order);
		int col = layout->rtl && cells < rules->width ? rules->width - cells : row->indent;
		for (uint32_t i = 0; i < row->count; i++) {
			glyphs[order[i]].col = col;
			col += glyphs[order[i]].width;
		}
	}
	bk_free(order);
	return BK_OK;
}

/* ---- Layouts that are kept ---- */

/* Where a layout of these bytes is kept, if it is.  Long ones share few places, so that they take little room. */
static struct bk_layout *place_of(struct bk_layouts *layouts, struct bk_str bytes)
{
	enum { KEPT = sizeof layouts->kept / sizeof *layouts->kept, LONG = 1024, LONG_KEPT = 8 };
	const uint64_t hash = bk_hash(bytes.ptr, bytes.len);
	return &layouts->kept[bytes.len > LONG ? KEPT - LONG_KEPT + hash % LONG_KEPT
					       : hash % (KEPT - LONG_KEPT)];
}

static bool is_of(
	const struct bk_layout *layout, const struct bk_layout *asked, const struct bk_layout_rules *rules)
{
	return layout->rules.width == rules->width && layout->rules.bidi == rules->bidi &&
	       layout->rules.plain == rules->plain && layout->line_start == asked->line_start &&
	       bk_str_equal(bk_buf_str(&layout->bytes), bk_buf_str(&asked->bytes));
}

static int lay_out(struct bk_layout *layout, const struct bk_layout_rules *rules)
{
	layout->rules.width = 0;
	int status = make_glyphs(layout);
	if (status == BK_OK)
		status = find_levels(layout, rules->bidi);
	if (status == BK_OK)
		status = break_rows(layout, rules);
	if (status == BK_OK)
		status = order_rows(layout, rules);
	if (status == BK_OK)
		layout->rules = *rules;
	return status;
}

/* Bring a layout to where its bytes stand now. */
static void come(struct bk_layout *layout, const struct bk_layout *asked, size_t size)
{
	for (size_t i = 0; i < layout->rows.len; i++) {
		struct bk_row *const row = &layout->rows.items[i];
		row->start = row->start - layout->start + asked->start;
		row->end = row->end - layout->start + asked->start;
	}
	layout->start = asked->start;
	layout->end = asked->end;
	layout->next = asked->next;
	layout->ends_line = asked->ends_line;
	layout->rows.items[layout->rows.len - 1].last =
		layout->ends_line || (layout->next == layout->end && layout->end == size);
}

int bk_layout_make(struct bk_layouts *layouts, const bk_snapshot *snapshot, size_t offset,
	const struct bk_layout_rules *rules, const struct bk_layout **out)
{
	struct bk_layout *const asked = &layouts->asked;
	find_piece(asked, snapshot, offset);
	int status = copy_piece(asked, snapshot);
	if (status < 0)
		return status;
	struct bk_layout *const layout = place_of(layouts, bk_buf_str(&asked->bytes));
	if (!is_of(layout, asked, rules)) {
		const struct bk_buf bytes = layout->bytes;
		layout->bytes = asked->bytes;
		asked->bytes = bytes;
		layout->start = asked->start;
		layout->line_start = asked->line_start;
		status = lay_out(layout, rules);
	}
	if (status < 0)
		return status;
	come(layout, asked, bk_snapshot_size(snapshot));
	*out = layout;
	return BK_OK;
}

static void release(struct bk_layout *layout)
{
	bk_buf_release(&layout->bytes);
	BK_VEC_RELEASE(&layout->glyphs);
	BK_VEC_RELEASE(&layout->rows);
	BK_VEC_RELEASE(&layout->levels);
}

void bk_layouts_release(struct bk_layouts *layouts)
{
	for (size_t i = 0; i < sizeof layouts->kept / sizeof *layouts->kept; i++)
		release(&layouts->kept[i]);
	release(&layouts->asked);
}

/* ---- Places ---- */

size_t bk_layout_row_of(const struct bk_layout *layout, size_t offset)
{
	size_t row = layout->rows.len - 1;
	while (row > 0 && offset < layout->rows.items[row].start)
		row--;
	return row;
}

/* Past the last glyph: after it on its reading side. */
static int col_after(const struct bk_layout *layout, const struct bk_row *row)
{
	if (row->count == 0)
		return row->indent;
	const struct bk_glyph *const last = &layout->glyphs.items[row->first + row->count - 1];
	if (last->level & 1)
		return last->col > 0 ? last->col - 1 : 0;
	return last->col + last->width;
}

int bk_layout_col_of(const struct bk_layout *layout, size_t index, size_t offset)
{
	const struct bk_row *const row = &layout->rows.items[index];
	const struct bk_glyph *const glyphs = layout->glyphs.items + row->first;
	if (offset >= row->end)
		return col_after(layout, row);
	uint32_t low = 0, high = row->count;
	while (low + 1 < high) {
		const uint32_t middle = low + (high - low) / 2;
		if (layout->start + glyphs[middle].at <= offset)
			low = middle;
		else
			high = middle;
	}
	return row->count > 0 ? glyphs[low].col : row->indent;
}

size_t bk_layout_offset_at(const struct bk_layout *layout, size_t index, int col)
{
	const struct bk_row *const row = &layout->rows.items[index];
	const struct bk_glyph *const glyphs = layout->glyphs.items + row->first;
	size_t best = row->start;
	int nearest = -1, rightmost = 0;
	for (uint32_t i = 0; i < row->count; i++) {
		if (glyphs[i].width == 0)
			continue;
		const int end = glyphs[i].col + glyphs[i].width;
		const int distance = col < glyphs[i].col ? glyphs[i].col - col
				     : col >= end	 ? col - end + 1
							 : 0;
		if (nearest < 0 || distance < nearest) {
			nearest = distance;
			best = layout->start + glyphs[i].at;
		}
		rightmost = end > rightmost ? end : rightmost;
	}
	/* Beyond the end: after the last cluster, where that is still this row. */
	if (col >= rightmost && row->last && !layout->rtl)
		return row->end;
	return best;
}

/* ---- Walking rows ---- */

int bk_layout_row_start(struct bk_layouts *layouts, const bk_snapshot *snapshot, size_t offset,
	const struct bk_layout_rules *rules, size_t *out)
{
	const struct bk_layout *layout;
	const int status = bk_layout_make(layouts, snapshot, offset, rules, &layout);
	if (status == BK_OK)
		*out = layout->rows.items[bk_layout_row_of(layout, offset)].start;
	return status;
}

int bk_layout_previous_row(struct bk_layouts *layouts, const bk_snapshot *snapshot, size_t offset,
	const struct bk_layout_rules *rules, size_t *out)
{
	const struct bk_layout *layout;
	int status = bk_layout_make(layouts, snapshot, offset, rules, &layout);
	if (status < 0)
		return status;
	const size_t row = bk_layout_row_of(layout, offset);
	if (row > 0) {
		*out = layout->rows.items[row - 1].start;
		return BK_OK;
	}
	if (layout->start == 0) {
		*out = 0;
		return BK_OK;
	}
	status = bk_layout_make(layouts, snapshot, layout->start - 1, rules, &layout);
	if (status == BK_OK)
		*out = layout->rows.items[layout->rows.len - 1].start;
	return status;
}

int bk_layout_next_row(struct bk_layouts *layouts, const bk_snapshot *snapshot, size_t offset,
	const struct bk_layout_rules *rules, size_t *out, bool *moved)
{
	const struct bk_layout *layout;
	const int status = bk_layout_make(layouts, snapshot, offset, rules, &layout);
	if (status < 0)
		return status;
	const size_t row = bk_layout_row_of(layout, offset);
	const bool more = layout->ends_line || layout->next < bk_snapshot_size(snapshot);
	*moved = true;
	if (row + 1 < layout->rows.len)
		*out = layout->rows.items[row + 1].start;
	else if (more)
		*out = layout->next;
	else {
		*out = layout->rows.items[row].start;
		*moved = false;
	}
	return BK_OK;
}
