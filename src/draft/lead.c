/*
 * What stands before the first word of a line: blanks, list marks, emphasis, opening brackets.
 */
#include "draft/label.h"

/* Opening brackets and quotation marks of more than a byte. */
static size_t wide_mark(struct bk_str s, bool *bracket)
{
	static const struct {
		const char *mark;
		bool bracket;
	} marks[] = {{"［", true}, {"【", true}, {"“", false}, {"‘", false}, {"«", false}, {"„", false},
		{"\xC2\xA0", false}, {"\xEF\xBB\xBF", false}, {"　", false}, {"•", false}, {"–", false},
		{"‣", false}};

	if (s.len == 0 || (unsigned char)s.ptr[0] < 0x80)
		return 0;
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (bk_str_starts(s, bk_str_of(marks[i].mark))) {
			*bracket = marks[i].bracket;
			return strlen(marks[i].mark);
		}
	}
	return 0;
}

/* An HTML tag such as <b> or <span style="...">, at most 120 bytes. */
static size_t tag_at(struct bk_str s)
{
	if (s.len < 3 || s.ptr[0] != '<' || !(bk_is_alpha(s.ptr[1]) || s.ptr[1] == '/'))
		return 0;
	for (size_t i = 1; i < s.len && i < 120; i++) {
		if (s.ptr[i] == '>')
			return i + 1;
	}
	return 0;
}

static bool opens_bracket(struct bk_str s, size_t at)
{
	struct bk_label label;

	if (s.ptr[at] == '{')
		return at + 1 >= s.len || s.ptr[at + 1] != ':';
	if (s.ptr[at] != '[' || (at + 1 < s.len && s.ptr[at + 1] == '^'))
		return false;
	return !bk_label_parse(bk_str_skip(s, at), &label);
}

size_t bk_lead_skip_marks(struct bk_str line, size_t at, uint32_t *brackets)
{
	while (at < line.len) {
		const char c = line.ptr[at];
		bool bracket = false;
		size_t n;

		if (bk_is_blank(c) || c == '*' || c == '"') {
			at++;
		} else if (c == '_' && at + 1 < line.len && line.ptr[at + 1] != '_') {
			at++;
		} else if (c == '_' && at + 2 < line.len && line.ptr[at + 1] == '_' &&
			   line.ptr[at + 2] != '_') {
			at += 2;
		} else if ((c == '[' || c == '{') && opens_bracket(line, at)) {
			++*brackets;
			at++;
		} else if ((n = wide_mark(bk_str_skip(line, at), &bracket)) > 0 ||
			   (n = tag_at(bk_str_skip(line, at))) > 0) {
			*brackets += bracket;
			at += n;
		} else {
			break;
		}
	}
	return at;
}

bool bk_label_second(
	struct bk_str line, size_t end, const struct bk_label *first, size_t *at, struct bk_label *second)
{
	uint32_t brackets = 0;

	*at = bk_lead_skip(line, end, &brackets);
	return *at < line.len && line.ptr[*at] == '(' && first->close != BK_LABEL_ROUND &&
	       bk_label_parse(bk_str_skip(line, *at), second) && second->close == BK_LABEL_ROUND;
}

static bool is_list_mark(struct bk_str line, size_t at)
{
	const char c = line.ptr[at];

	return (c == '-' || c == '+' || c == '*' || c == '>' || c == '|') && at + 1 < line.len &&
	       bk_is_blank(line.ptr[at + 1]);
}

static size_t skip_blanks(struct bk_str line, size_t at, size_t *column)
{
	for (; at < line.len && (bk_is_blank(line.ptr[at]) || line.ptr[at] == '\f'); at++) {
		if (line.ptr[at] == '\t')
			*column = (*column / 4 + 1) * 4;
		else if (line.ptr[at] == ' ')
			++*column;
	}
	return at;
}

static size_t skip_hashes(struct bk_str line, size_t at, uint32_t *hashes)
{
	size_t n = at;

	while (n < line.len && line.ptr[n] == '#')
		n++;
	if (n == at || n - at > 6 || (n < line.len && !bk_is_blank(line.ptr[n])))
		return at;
	*hashes = (uint32_t)(n - at);
	return n;
}

void bk_lead_parse(struct bk_str line, struct bk_lead *out)
{
	struct bk_lead lead = {0};
	size_t at = skip_blanks(line, 0, &lead.column), inner;

	lead.first = at;
	while (at < line.len && is_list_mark(line, at)) {
		size_t after = lead.column + 1;

		lead.mark = true;
		at = skip_blanks(line, at + 1, &after);
	}
	inner = at = skip_hashes(line, at, &lead.hashes);
	at = bk_lead_skip(line, at, &lead.brackets);
	lead.emphasis = at > inner && (memchr(line.ptr + inner, '*', at - inner) ||
					      memchr(line.ptr + inner, '_', at - inner));
	lead.len = at;
	*out = lead;
}

/* Whether a parenthesis of the line that ends before an offset is open still. */
static bool is_parenthesis_open(struct bk_str bytes, size_t at)
{
	while (at > 0 && bytes.ptr[at - 1] != '\n' && bytes.ptr[at - 1] != '(' && bytes.ptr[at - 1] != ')')
		at--;
	return at > 0 && bytes.ptr[at - 1] == '(';
}

bool bk_lead_goes_anew(struct bk_str bytes, size_t end, size_t at)
{
	while (end > 0 && bk_is_space(bytes.ptr[end - 1]))
		end--;
	if (end == 0 || !memchr(".;:,]*", bytes.ptr[end - 1], 6))
		return false;
	return at < bytes.len && (bk_is_upper(bytes.ptr[at]) || (unsigned char)bytes.ptr[at] >= 0x80) &&
	       !is_parenthesis_open(bytes, end);
}
