/* Places: where an offset or a span of a text laid out anew is in the text that was asked for, and back. */
#include "compare/rewrapping.h"

#include "base/vec.h"

/* Of a break, where it is in the one text or in the other. */
static struct bk_span side_of(const struct bk_break *it, bool laid)
{
	return laid ? it->laid : it->asked;
}

static size_t map_offset(const struct bk_rewrapping *rewrapping, size_t offset, bool laid)
{
	const struct bk_break *items = rewrapping->breaks.items;
	const size_t count = rewrapping->breaks.len;
	const size_t passed = BK_SEARCH(i, count, side_of(&items[i], laid).end <= offset);

	if (passed < count && side_of(&items[passed], laid).start < offset)
		return side_of(&items[passed], !laid).end;
	if (passed == 0)
		return offset;
	return offset - side_of(&items[passed - 1], laid).end + side_of(&items[passed - 1], !laid).end;
}

size_t bk_rewrapping_to_asked(const struct bk_rewrapping *rewrapping, size_t laid)
{
	return map_offset(rewrapping, laid, true);
}

size_t bk_rewrapping_to_laid(const struct bk_rewrapping *rewrapping, size_t asked)
{
	return map_offset(rewrapping, asked, false);
}

/* Blanks that only one of the texts has behind a span are not its own. */
static struct bk_span map_span(const struct bk_rewrapping *rewrapping, struct bk_span span, bool laid)
{
	const struct bk_break *items = rewrapping->breaks.items;
	const size_t count = rewrapping->breaks.len;
	const size_t next = BK_SEARCH(i, count, side_of(&items[i], laid).start < span.end);
	const size_t start = map_offset(rewrapping, span.start, laid);
	const size_t end = next < count && side_of(&items[next], laid).start == span.end
				   ? side_of(&items[next], !laid).start
				   : map_offset(rewrapping, span.end, laid);

	return (struct bk_span){start, end < start ? start : end};
}

struct bk_span bk_rewrapping_span_to_asked(const struct bk_rewrapping *rewrapping, struct bk_span laid)
{
	return map_span(rewrapping, laid, true);
}

struct bk_span bk_rewrapping_span_to_laid(const struct bk_rewrapping *rewrapping, struct bk_span asked)
{
	return map_span(rewrapping, asked, false);
}
