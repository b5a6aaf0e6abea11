/*
 * What stands behind a bracket of who asks for it.
 *
 *	[text] (G77) (EU: delete)         parentheses, as many as there are
 *	[text]12  [text]3, 4  [text][^9]  marks of footnotes that say who
 */
#include "draft/attribution_private.h"

/* No list of names is longer than this. */
enum { PARENTHESIS_MAX = 1200, NOTE_MAX = 300 };

size_t bk_attribution_next(struct bk_str bytes, size_t at)
{
	bool line_end = false;

	while (at < bytes.len && (bk_is_space(bytes.ptr[at]) || bytes.ptr[at] == '*')) {
		if (bytes.ptr[at] == '\n' && line_end)
			break;
		line_end = line_end || bytes.ptr[at] == '\n';
		at++;
	}
	return at;
}

/* Offset of the parenthesis that closes the one at `open`, or bytes.len. */
static size_t closing_parenthesis(struct bk_str bytes, size_t open)
{
	const size_t max = bytes.len - open < PARENTHESIS_MAX ? bytes.len : open + PARENTHESIS_MAX;
	size_t depth = 0;

	for (size_t i = open; i < max; i++) {
		const char c = bytes.ptr[i];

		if (c == '[' || c == ']' || (c == '\n' && i + 1 < max && bytes.ptr[i + 1] == '\n'))
			break;
		depth += c == '(';
		if (c == ')' && --depth == 0)
			return i;
	}
	return bytes.len;
}

/* `environment[2] (US)`: nobody asks for a footnote's mark, whose parenthesis speaks of the paragraph. */
static bool is_mark(const struct bk_draft *draft, const struct bk_bracket *bracket)
{
	const struct bk_str inside = bk_bracket_inside(draft, bracket);
	const char before = bracket->start ? draft->bytes.ptr[bracket->start - 1] : '\n';

	if (inside.len > 1 && inside.ptr[0] == '^')
		return true;
	for (size_t i = 0; i < inside.len; i++) {
		if (!bk_is_digit(inside.ptr[i]))
			return false;
	}
	return inside.len && inside.len <= 3 && bk_is_alpha(before);
}

static bool opens_parenthesis(struct bk_str bytes, size_t at)
{
	return at < bytes.len && bytes.ptr[at] == '(';
}

/* `[text] (G77) (EU, CANZ: delete)`: as many as there are. */
static int find_parentheses(struct bk_attribution_finder *finder, const struct bk_bracket *bracket)
{
	const struct bk_str bytes = finder->draft->bytes;
	size_t open = bk_attribution_next(bytes, bracket->end);
	bool is = opens_parenthesis(bytes, open) && bk_attribution_reads(finder, BK_FORM_PARENTHESIS) &&
		  !is_mark(finder->draft, bracket);
	int status = BK_OK;

	while (is && status == BK_OK && opens_parenthesis(bytes, open)) {
		const size_t close = closing_parenthesis(bytes, open);

		is = false;
		if (close == bytes.len)
			break;
		status = bk_attribution_take_list(finder,
			(struct bk_str){bytes.ptr + open + 1, close - open - 1}, BK_FORM_PARENTHESIS,
			(struct bk_span){open, close + 1}, &is);
		open = bk_attribution_next(bytes, close + 1);
	}
	return status;
}

/* A footnote's text that says who: "EU, AOSIS", "Proposed by AILAC.", with the mark as notation. */
static int take_note(struct bk_attribution_finder *finder, struct bk_str text, struct bk_span mark)
{
	bool is;

	/* Any number of marks may share a note. */
	if (text.len > NOTE_MAX)
		return BK_OK;
	text = bk_str_trim(text);
	while (text.len && text.ptr[text.len - 1] == '.')
		text.len--;
	return bk_attribution_take_list(finder, text, BK_FORM_FOOTNOTE, mark, &is);
}

/* Past the number at `at`, in plain or raised figures, four figures of it at most; `at` when there is none. */
static size_t mark_end(struct bk_str bytes, size_t at, unsigned *number)
{
	size_t len, figures = 0;
	int digit;

	*number = 0;
	while (figures < 4 && (digit = bk_footnote_digit(bk_str_skip(bytes, at), &len)) >= 0) {
		*number = *number * 10 + (unsigned)digit;
		at += len;
		figures++;
	}
	return figures < 4 ? at : bytes.len;
}

/* `[text]12`, `[text]3, 4`: one to three figures glued to the close, a word's end after them. */
static int find_bare_footnotes(struct bk_attribution_finder *finder, size_t at)
{
	const struct bk_str bytes = finder->draft->bytes;
	bool is = true;
	int status = BK_OK;

	while (is && status == BK_OK) {
		unsigned number;
		const struct bk_footnote_line *line;
		const size_t end = mark_end(bytes, at, &number), first = finder->found.len;

		if (end == at || (end < bytes.len && (bk_is_word(bytes.ptr[end]) || bytes.ptr[end] == '%')))
			break;
		status = bk_footnote_bare(&finder->footnotes, number, end, &line);
		if (line)
			status = take_note(finder,
				(struct bk_str){
					bytes.ptr + line->text.start, line->text.end - line->text.start},
				(struct bk_span){at, end});
		is = finder->found.len > first && end < bytes.len && bytes.ptr[end] == ',';
		at = is ? end + 1 : end;
		at += at < bytes.len && is && bk_is_blank(bytes.ptr[at]);
	}
	return status;
}

/* A figure, plain or raised, or a bracket. */
static bool may_be_mark(char c)
{
	return c == '[' || bk_is_digit(c) || (unsigned char)c >= 0xC2;
}

static int find_footnote(struct bk_attribution_finder *finder, const struct bk_bracket *bracket)
{
	const struct bk_draft *draft = finder->draft;
	const struct bk_str bytes = draft->bytes;
	const struct bk_str rest = bk_str_skip(bytes, bracket->end);
	struct bk_str text;
	size_t len;
	bool is = false;
	int status;

	if (!rest.len || !may_be_mark(rest.ptr[0]) || !bk_attribution_reads(finder, BK_FORM_FOOTNOTE))
		return BK_OK;
	if (bk_footnote_digit(rest, &len) >= 0)
		return find_bare_footnotes(finder, bracket->end);
	if (!bk_str_starts(rest, BK_STR("[^")))
		return BK_OK;
	len = bk_str_find((struct bk_str){rest.ptr, rest.len < 64 ? rest.len : 64}, ']');
	if (len >= rest.len || rest.ptr[len] != ']')
		return BK_OK;
	status = bk_footnote_named(&finder->footnotes, (struct bk_str){rest.ptr + 2, len - 2}, &text, &is);
	return is ? take_note(finder, text, (struct bk_span){bracket->end, bracket->end + len + 1}) : status;
}

int bk_attribution_behind(struct bk_attribution_finder *finder, const struct bk_bracket *bracket)
{
	const int status = find_parentheses(finder, bracket);

	return status == BK_OK ? find_footnote(finder, bracket) : status;
}
