/* Motions over a snapshot. */
#include "tui/motion.h"

#include "base/str.h"
#include "base/utf8.h"

enum { AHEAD = 256 };

char bk_motion_byte(const bk_snapshot *snapshot, size_t offset)
{
	const char *bytes;
	size_t len;
	if (offset >= bk_snapshot_size(snapshot))
		return 0;
	bk_snapshot_piece(snapshot, offset, &bytes, &len);
	return len > 0 ? bytes[0] : 0;
}

size_t bk_motion_next(const bk_snapshot *snapshot, size_t offset)
{
	const size_t size = bk_snapshot_size(snapshot);
	if (offset >= size)
		return size;
	char bytes[AHEAD];
	const size_t len = size - offset < AHEAD ? size - offset : AHEAD;
	bk_snapshot_copy(snapshot, (struct bk_span){offset, offset + len}, bytes);
	return offset + bk_utf8_cluster((struct bk_str){bytes, len});
}

size_t bk_motion_previous(const bk_snapshot *snapshot, size_t offset)
{
	if (offset == 0)
		return 0;
	char bytes[AHEAD];
	const size_t len = offset < AHEAD ? offset : AHEAD;
	bk_snapshot_copy(snapshot, (struct bk_span){offset - len, offset}, bytes);
	return offset - len + bk_utf8_last_cluster((struct bk_str){bytes, len});
}

enum kind { BLANK, WORD, MARK, LINE_END };

static enum kind kind_at(const bk_snapshot *snapshot, size_t offset)
{
	const char c = bk_motion_byte(snapshot, offset);
	if (c == '\n')
		return LINE_END;
	if (c == '\0' || bk_is_space(c))
		return BLANK;
	return bk_is_word(c) || c == '_' || c == '\'' ? WORD : MARK;
}

size_t bk_motion_word_next(const bk_snapshot *snapshot, size_t offset)
{
	const size_t size = bk_snapshot_size(snapshot);
	const enum kind kind = kind_at(snapshot, offset);
	size_t at = offset;
	if (kind == WORD || kind == MARK)
		while (at < size && kind_at(snapshot, at) == kind)
			at = bk_motion_next(snapshot, at);
	while (at < size && (kind_at(snapshot, at) == BLANK || kind_at(snapshot, at) == LINE_END))
		at = bk_motion_next(snapshot, at);
	return at;
}

size_t bk_motion_word_previous(const bk_snapshot *snapshot, size_t offset)
{
	size_t at = bk_motion_previous(snapshot, offset);
	while (at > 0 && (kind_at(snapshot, at) == BLANK || kind_at(snapshot, at) == LINE_END))
		at = bk_motion_previous(snapshot, at);
	const enum kind kind = kind_at(snapshot, at);
	while (at > 0) {
		const size_t before = bk_motion_previous(snapshot, at);
		if (kind_at(snapshot, before) != kind)
			break;
		at = before;
	}
	return at;
}

size_t bk_motion_word_end(const bk_snapshot *snapshot, size_t offset)
{
	const size_t size = bk_snapshot_size(snapshot);
	size_t at = bk_motion_next(snapshot, offset);
	while (at < size && (kind_at(snapshot, at) == BLANK || kind_at(snapshot, at) == LINE_END))
		at = bk_motion_next(snapshot, at);
	const enum kind kind = kind_at(snapshot, at);
	while (at < size) {
		const size_t after = bk_motion_next(snapshot, at);
		if (after >= size || kind_at(snapshot, after) != kind)
			break;
		at = after;
	}
	return at;
}

size_t bk_motion_line_start(const bk_snapshot *snapshot, size_t offset)
{
	const size_t start = bk_snapshot_line_start(snapshot, bk_snapshot_line_of(snapshot, offset));
	return start == BK_NOWHERE || start > offset ? offset : start;
}

size_t bk_motion_line_first(const bk_snapshot *snapshot, size_t offset)
{
	size_t at = bk_motion_line_start(snapshot, offset);
	while (bk_is_blank(bk_motion_byte(snapshot, at)))
		at++;
	return at;
}

size_t bk_motion_line_end(const bk_snapshot *snapshot, size_t offset)
{
	const size_t end = bk_snapshot_line_end(snapshot, bk_snapshot_line_of(snapshot, offset));
	return end == BK_NOWHERE || end < offset ? offset : end;
}

size_t bk_motion_line_next(const bk_snapshot *snapshot, size_t offset)
{
	const size_t next = bk_snapshot_line_start(snapshot, bk_snapshot_line_of(snapshot, offset) + 1);
	return next == BK_NOWHERE ? bk_snapshot_size(snapshot) : next;
}

static bool is_empty_line(const bk_snapshot *snapshot, size_t line)
{
	const size_t start = bk_snapshot_line_start(snapshot, line);
	return start != BK_NOWHERE && bk_snapshot_line_end(snapshot, line) == start;
}

size_t bk_motion_paragraph_next(const bk_snapshot *snapshot, size_t offset)
{
	const size_t lines = bk_snapshot_lines(snapshot);
	size_t line = bk_snapshot_line_of(snapshot, offset);
	while (line < lines && is_empty_line(snapshot, line))
		line++;
	while (line < lines && !is_empty_line(snapshot, line))
		line++;
	const size_t start = bk_snapshot_line_start(snapshot, line);
	return start == BK_NOWHERE ? bk_snapshot_size(snapshot) : start;
}

size_t bk_motion_paragraph_previous(const bk_snapshot *snapshot, size_t offset)
{
	size_t line = bk_snapshot_line_of(snapshot, offset);
	while (line > 0 && is_empty_line(snapshot, line))
		line--;
	if (line > 0 && bk_snapshot_line_start(snapshot, line) == offset)
		line--;
	while (line > 0 && !is_empty_line(snapshot, line))
		line--;
	const size_t start = bk_snapshot_line_start(snapshot, line);
	return start == BK_NOWHERE ? 0 : start;
}

struct bk_span bk_motion_word_at(const bk_snapshot *snapshot, size_t offset)
{
	const size_t size = bk_snapshot_size(snapshot);
	const enum kind kind = kind_at(snapshot, offset);
	struct bk_span span = {offset, offset};
	if (kind == LINE_END)
		return span;
	while (span.start > 0) {
		const size_t before = bk_motion_previous(snapshot, span.start);
		if (kind_at(snapshot, before) != kind)
			break;
		span.start = before;
	}
	while (span.end < size && kind_at(snapshot, span.end) == kind)
		span.end = bk_motion_next(snapshot, span.end);
	return span;
}
