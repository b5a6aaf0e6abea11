/* Text objects of vi. */
#include "tui/vi_object.h"

#include "base/str.h"
#include "tui/motion.h"

enum { REACH = 65536 }; /* how far a pair is looked for */

/* The nearest pair of open and close round the offset, by counting. */
static bool find_pair(const bk_snapshot *snapshot, size_t offset, char open, char close, struct bk_span *out)
{
	size_t depth = 0, start = offset;
	const size_t first = offset > REACH ? offset - REACH : 0;
	if (bk_motion_byte(snapshot, start) != open)
		for (;;) {
			if (start == first)
				return false;
			const char c = bk_motion_byte(snapshot, --start);
			if (c == open && depth-- == 0)
				break;
			depth += c == close;
		}
	depth = 0;
	const size_t size = bk_snapshot_size(snapshot);
	for (size_t end = start; end < size && end - start < 2 * (size_t)REACH; end++) {
		const char c = bk_motion_byte(snapshot, end);
		depth += c == open;
		if (c == close && --depth == 0) {
			*out = (struct bk_span){start, end + 1};
			return true;
		}
	}
	return false;
}

static bool find_quotation(const bk_snapshot *snapshot, size_t offset, char quote, struct bk_span *out)
{
	const size_t end = bk_motion_line_end(snapshot, offset);
	size_t open = BK_NOWHERE;
	for (size_t at = bk_motion_line_start(snapshot, offset); at < end; at++) {
		if (bk_motion_byte(snapshot, at) != quote)
			continue;
		if (open == BK_NOWHERE) {
			open = at;
			continue;
		}
		if (at >= offset) {
			*out = (struct bk_span){open, at + 1};
			return true;
		}
		open = BK_NOWHERE;
	}
	return false;
}

static bool find_word(const bk_snapshot *snapshot, size_t offset, bool around, struct bk_span *out)
{
	*out = bk_motion_word_at(snapshot, offset);
	while (around && bk_is_blank(bk_motion_byte(snapshot, out->end)))
		out->end++;
	return out->start < out->end;
}

static bool find_paragraph(const bk_snapshot *snapshot, size_t offset, bool around, struct bk_span *out)
{
	const size_t before = bk_motion_paragraph_previous(snapshot, offset);
	const bool empty =
		bk_motion_byte(snapshot, before) == '\n' || bk_motion_byte(snapshot, before) == '\r';
	out->start = empty ? bk_motion_line_next(snapshot, before) : before;
	out->end = bk_motion_paragraph_next(snapshot, offset);
	if (around)
		out->end = bk_motion_line_next(snapshot, out->end);
	return out->start < out->end;
}

bool bk_vi_object(const bk_snapshot *snapshot, size_t offset, uint32_t kind, bool around, struct bk_span *out)
{
	bool found = false;
	switch (kind) {
	case 'w':
	case 'W': return find_word(snapshot, offset, around, out);
	case 'p': return find_paragraph(snapshot, offset, around, out);
	case '[':
	case ']': found = bk_snapshot_enclosing(snapshot, offset, out) && out->end != BK_NOWHERE; break;
	case '(':
	case ')':
	case 'b': found = find_pair(snapshot, offset, '(', ')', out); break;
	case '{':
	case '}':
	case 'B': found = find_pair(snapshot, offset, '{', '}', out); break;
	case '"':
	case '\'':
	case '`': found = find_quotation(snapshot, offset, (char)kind, out); break;
	default: break;
	}
	if (found && !around) {
		out->start++;
		out->end--;
	}
	return found;
}
