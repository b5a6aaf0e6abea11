/* Neighbours: brackets of one parent, and the gap between two of them. */
#include "draft/siblings.h"

#include "base/alloc.h"
#include "base/error.h"

/* No gap between neighbours is longer: blanks and `and/or`, with the indent of a wrapped line. */
enum { GAP_MAX = 128 };

uint32_t *bk_siblings_before(const struct bk_draft *draft)
{
	const size_t count = draft->bracket_count;
	uint32_t *before = count ? bk_calloc(count, sizeof *before) : NULL;
	/* The last child met of each bracket; of the text itself for brackets, and for braces, at the end. */
	uint32_t *last = before ? bk_calloc(count + 2, sizeof *last) : NULL;

	if (!last) {
		bk_free(before);
		if (count)
			bk_fail_memory();
		return NULL;
	}
	memset(last, 0xff, (count + 2) * sizeof *last);
	for (size_t i = 0; i < count; i++) {
		const struct bk_bracket *bracket = &draft->brackets[i];
		const size_t parent = bracket->parent == BK_NONE ? count + bracket->brace : bracket->parent;

		before[i] = last[parent];
		last[parent] = (uint32_t)i;
	}
	bk_free(last);
	return before;
}

size_t bk_siblings_end(const struct bk_draft *draft, uint32_t index)
{
	const struct bk_bracket *bracket = &draft->brackets[index];
	size_t end = bracket->end;

	for (uint32_t i = 0; i < bracket->attribution_count; i++) {
		const struct bk_span notation = draft->attributions[bracket->attribution + i].notation;

		if (notation.start >= bracket->end && notation.end > end)
			end = notation.end;
	}
	return end;
}

/* Past `[^9]` marks. */
static size_t skip_marks(struct bk_str bytes, size_t at, size_t end)
{
	while (at + 2 < end && bytes.ptr[at] == '[' && bytes.ptr[at + 1] == '^') {
		const size_t len = bk_str_find((struct bk_str){bytes.ptr + at, end - at}, ']');

		if (at + len == end)
			break;
		at += len + 1;
	}
	return at;
}

static enum bk_gap word_gap(struct bk_str words, bool blank)
{
	static const char *const ors[] = {"or", "ou", "o", "u", "или", "或", "أو", NULL};
	static const char *const and_ors[] = {"and/or", "et/ou", "y/o", "и/или", "和/或", "و/أو", NULL};

	if (words.len == 0)
		return blank ? BK_GAP_BLANK : BK_GAP_TIGHT;
	if (bk_str_equal(words, BK_STR("/")))
		return BK_GAP_TIGHT;
	for (size_t i = 0; ors[i]; i++) {
		if (bk_str_equal(words, bk_str_of(ors[i])))
			return BK_GAP_OR;
	}
	for (size_t i = 0; and_ors[i]; i++) {
		if (bk_str_equal(words, bk_str_of(and_ors[i])))
			return BK_GAP_AND_OR;
	}
	return BK_GAP_TEXT;
}

enum bk_gap bk_siblings_gap(const struct bk_draft *draft, uint32_t before, uint32_t after)
{
	const struct bk_str bytes = draft->bytes;
	const size_t end = draft->brackets[after].start;
	const size_t start = skip_marks(bytes, bk_siblings_end(draft, before), end);
	char words[16];
	size_t len = 0, line_ends = 0;
	bool blank = false;

	if (start > end || end - start > GAP_MAX)
		return start > end ? BK_GAP_TIGHT : BK_GAP_TEXT;
	for (size_t i = start; i < end; i++) {
		const char c = bytes.ptr[i];

		line_ends += c == '\n';
		blank = blank || bk_is_space(c);
		if (bk_is_space(c) || c == '*')
			continue;
		/* what joins begins with one of these or in another script */
		if (len == sizeof words || (len == 0 && (unsigned char)c < 0x80 && !memchr("oueay/", c, 6)))
			return BK_GAP_TEXT;
		words[len++] = c;
	}
	return line_ends > 1 ? BK_GAP_TEXT : word_gap((struct bk_str){words, len}, blank);
}
