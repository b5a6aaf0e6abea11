/*
 * Recognising a heading, and telling a title from a sentence.
 */
#include "draft/heading.h"

#include <stddef.h>

static const struct {
	const char *word; /* as written within a sentence's start; ASCII letters in either case */
	uint32_t rank;
	bool alone; /* may stand without a number */
} keywords[] = {
	{"Annex", 10, true},
	{"Annexe", 10, true},
	{"Appendix", 11, true},
	{"Schedule", 11, false},
	{"Anexo", 10, true},
	{"Attachment", 11, true},
	{"Part", 20, false},
	{"Partie", 20, false},
	{"Parte", 20, false},
	{"Title", 25, false},
	{"Titre", 25, false},
	{"Chapter", 30, false},
	{"Chapitre", 30, false},
	{"Cap\xC3\xADtulo", 30, false},
	{"Section", 40, false},
	{"Secci\xC3\xB3n", 40, false},
	{"Article", 50, false},
	{"Art\xC3\xAD"
	 "culo",
		50, false},
	{"Rule", 50, false},
	{"Regulation", 50, false},
	{"Приложение", 10, true},
	{"ПРИЛОЖЕНИЕ", 10, true},
	{"Часть", 20, false},
	{"ЧАСТЬ", 20, false},
	{"Глава", 30, false},
	{"ГЛАВА", 30, false},
	{"Раздел", 40, false},
	{"РАЗДЕЛ", 40, false},
	{"Статья", 50, false},
	{"СТАТЬЯ", 50, false},
	{"附件", 10, true},
	{"المرفق", 10, true},
	{"الملحق", 10, true},
	{"الجزء", 20, false},
	{"الباب", 25, false},
	{"الفصل", 30, false},
	{"القسم", 40, false},
	{"المادة", 50, false},
};

/* ---- Titles -------------------------------------------------------------------------------------- */

static struct bk_str trim_end(struct bk_str s)
{
	while (s.len > 0 &&
		(bk_is_space(s.ptr[s.len - 1]) || s.ptr[s.len - 1] == '*' || s.ptr[s.len - 1] == '_' ||
			s.ptr[s.len - 1] == ']' || s.ptr[s.len - 1] == ')' || s.ptr[s.len - 1] == '#'))
		s.len--;
	return s;
}

bool bk_heading_is_title(struct bk_str text)
{
	struct bk_str s = trim_end(text);
	size_t at = 0;
	unsigned char first, last;

	while (at < s.len && (bk_is_blank(s.ptr[at]) || s.ptr[at] == '*' || s.ptr[at] == '[' ||
				     s.ptr[at] == '(' || s.ptr[at] == '_' || s.ptr[at] == '"'))
		at++;
	if (at >= s.len || s.len > 160)
		return false;
	first = (unsigned char)s.ptr[at];
	last = (unsigned char)s.ptr[s.len - 1];
	return (bk_is_upper((char)first) || first >= 0xC3) && !strchr(".;,:", last);
}

/* ---- Names --------------------------------------------------------------------------------------- */

/* The first bytes of the keywords and of "第"; most lines begin with another. */
static bool may_begin_keyword(char c)
{
	return c == 'A' || c == 'C' || c == 'P' || c == 'R' || c == 'S' || c == 'T' ||
	       (unsigned char)c >= 0xD0;
}

/* The length of a keyword at the start of s, capitalised or all in capitals; 0 when none. */
static size_t keyword_at(struct bk_str s, uint32_t *rank, bool *alone)
{
	if (s.len < 4)
		return 0;
	for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
		struct bk_str word;
		size_t n;

		if (keywords[i].word[0] != s.ptr[0])
			continue;
		word = bk_str_of(keywords[i].word);
		n = word.len;
		if (!bk_str_starts_nocase(s, word) || (n < s.len && bk_is_alpha(s.ptr[n])))
			continue;
		if (bk_is_alpha(s.ptr[1]) && bk_is_lower(s.ptr[1]) && bk_is_upper(s.ptr[2]))
			continue;
		*rank = keywords[i].rank;
		*alone = keywords[i].alone;
		return n;
	}
	return 0;
}

/* 第三条: article, chapter, part, section. */
static size_t chinese_at(struct bk_str s, struct bk_heading *out)
{
	static const struct {
		const char *word;
		uint32_t rank;
	} words[] = {{"部分", 20}, {"章", 30}, {"节", 40}, {"條", 50}, {"条", 50}};
	uint32_t value;
	size_t at = 3, n;

	if (!bk_str_starts(s, BK_STR("第")))
		return 0;
	n = bk_label_number(bk_str_skip(s, at), &value);
	if (n == 0)
		n = bk_label_chinese(bk_str_skip(s, at), &value);
	at += n;
	for (size_t i = 0; n > 0 && i < sizeof words / sizeof *words; i++) {
		if (!bk_str_starts(bk_str_skip(s, at), bk_str_of(words[i].word)))
			continue;
		out->rank = words[i].rank;
		out->number = (struct bk_label){.style = BK_LABEL_CHINESE, .count = 1, .parts = {value}};
		return at + strlen(words[i].word);
	}
	return 0;
}

/* Brackets with a short number in them, "[X]" or "[4][5]". */
static size_t disputed_number(struct bk_str s)
{
	size_t at = 0;

	while (at < s.len && s.ptr[at] == '[') {
		const size_t close = bk_str_find(bk_str_skip(s, at), ']');

		if (at + close >= s.len || close > 8 || close < 2 || s.ptr[at + 1] == '^')
			break;
		at += close + 1;
	}
	return at;
}

static size_t skip_blanks(struct bk_str s, size_t at)
{
	while (at < s.len && bk_is_blank(s.ptr[at]))
		at++;
	return at;
}

/* The number after a keyword: its length with the blanks before it, 0 when none stands there. */
static size_t number_after(struct bk_str s, struct bk_label *number)
{
	static const char *const words[] = {"premier", "première", "primero", "unique", "XX", "X"};
	size_t at = skip_blanks(s, 0), n;

	if (bk_str_starts(bk_str_skip(s, at), BK_STR("[")) && (n = disputed_number(bk_str_skip(s, at))) > 0) {
		uint32_t suffix;

		at += n;
		n = skip_blanks(s, at);
		return n + bk_label_suffix(bk_str_skip(s, n), &suffix) > n
			       ? n + bk_label_suffix(bk_str_skip(s, n), &suffix)
			       : at;
	}
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		n = strlen(words[i]);
		if (bk_str_starts(bk_str_skip(s, at), bk_str_of(words[i])) &&
			(at + n >= s.len || !bk_is_word(s.ptr[at + n])))
			return at + n;
	}
	if (at == 0 || at >= s.len || s.ptr[at] == '(' || bk_is_lower(s.ptr[at]))
		return bk_is_digit(s.len ? s.ptr[0] : '\0') && bk_label_name(s, number) ? number->len : 0;
	return bk_label_name(bk_str_skip(s, at), number) ? at + number->len : 0;
}

/* ---- What follows the name ------------------------------------------------------------------------- */

/* Past the marks that close a name: brackets, emphasis, footnote marks. */
static size_t skip_marks(struct bk_str s, size_t at)
{
	while (at < s.len) {
		if (s.ptr[at] == ']' || s.ptr[at] == '*' || s.ptr[at] == '_') {
			at++;
		} else if (s.ptr[at] == '[' && at + 1 < s.len && s.ptr[at + 1] == '^') {
			const size_t close = bk_str_find(bk_str_skip(s, at), ']');

			if (at + close >= s.len)
				break;
			at += close + 1;
		} else {
			break;
		}
	}
	return at;
}

static bool opens_title(struct bk_str s)
{
	const unsigned char c = s.len > 0 ? (unsigned char)s.ptr[0] : 0;

	return bk_is_upper((char)c) || c == '[' || c == '*' || c == '_' || c == '"' || c >= 0xC3;
}

/* A title in parentheses that fills the line: "(purpose)", not "(2) of the Convention". */
static bool is_whole_remark(struct bk_str s)
{
	size_t end = s.len;

	if (s.len < 3 || s.ptr[0] != '(' || bk_is_digit(s.ptr[1]) || (s.ptr[2] == ')'))
		return false;
	while (end > 0 && (bk_is_space(s.ptr[end - 1]) || s.ptr[end - 1] == '*' || s.ptr[end - 1] == ']' ||
				  bk_is_digit(s.ptr[end - 1])))
		end--;
	return end > 0 && s.ptr[end - 1] == ')';
}

/* Whether what follows a name at `at` lets the line be a heading; *title is where its title begins. */
static bool tail_fits(struct bk_str line, size_t at, bool free, size_t *title)
{
	struct bk_str rest;
	bool closed = false;
	size_t blank;

	at = skip_marks(line, at);
	blank = skip_blanks(line, at);
	rest = bk_str_skip(line, at);
	if (bk_str_starts(rest, BK_STR("–")) || bk_str_starts(rest, BK_STR("—")) ||
		bk_str_starts(rest, BK_STR("："))) {
		blank = skip_blanks(line, at + 3);
		closed = true;
	} else if (at < line.len && (line.ptr[at] == ':' || line.ptr[at] == '.')) {
		blank = skip_blanks(line, at + 1);
		closed = blank > at + 1 || blank >= line.len || line.ptr[blank] == '*' ||
			 line.ptr[blank] == '\r';
		if (!closed)
			return false;
	}
	blank = skip_marks(line, blank);
	blank = skip_blanks(line, blank);
	rest = bk_str_skip(line, blank);
	if (rest.len > 1 && rest.ptr[0] == '-' && bk_is_blank(rest.ptr[1])) {
		blank = skip_blanks(line, blank + 1);
		closed = true;
	} else if (bk_str_starts(rest, BK_STR("–")) || bk_str_starts(rest, BK_STR("—"))) {
		blank = skip_blanks(line, blank + 3);
		closed = true;
	}
	*title = blank;
	rest = bk_str_skip(line, blank);
	if (rest.len == 0 || rest.ptr[0] == '\r' || free)
		return true;
	if (is_whole_remark(rest))
		return true;
	return opens_title(rest) && (closed ? rest.len < 200 : bk_heading_is_title(rest));
}

/* ---- The three kinds ------------------------------------------------------------------------------- */

/* A bracket that opened before a title and closes at its end is none of it: "[Annex]". */
static size_t before_close(struct bk_str line, size_t from, size_t to)
{
	size_t depth = 0, at = from;

	for (; at < to && (line.ptr[at] != ']' || depth); at++) {
		depth += line.ptr[at] == '[';
		depth -= line.ptr[at] == ']';
	}
	return at + 1 == to ? at : to;
}

static struct bk_span title_span(struct bk_str line, size_t from)
{
	size_t to = line.len;

	while (to > from && (bk_is_space(line.ptr[to - 1]) || line.ptr[to - 1] == '*' ||
				    line.ptr[to - 1] == '_' || line.ptr[to - 1] == '#'))
		to--;
	to = before_close(line, from, to);
	while (to > from && (bk_is_space(line.ptr[to - 1]) || line.ptr[to - 1] == '*'))
		to--;
	while (from < to && (line.ptr[from] == '*' || line.ptr[from] == '_' || bk_is_blank(line.ptr[from])))
		from++;
	if (to > from + 1 && line.ptr[from] == '(' && line.ptr[to - 1] == ')' &&
		!memchr(line.ptr + from + 1, '(', to - from - 1)) {
		from++;
		to--;
	}
	return (struct bk_span){from, to};
}

static bool read_keyword(struct bk_str line, const struct bk_lead *lead, struct bk_heading *out)
{
	const size_t at = lead->len;
	const struct bk_str rest = bk_str_skip(line, at);
	bool alone = false;
	size_t n = chinese_at(rest, out), number, title;

	if (n == 0) {
		n = keyword_at(rest, &out->rank, &alone);
		if (n == 0)
			return false;
		number = number_after(bk_str_skip(rest, n), &out->number);
		if (number == 0 && !alone)
			return false;
		/* "Annex" alone: nothing but marks may follow. */
		if (number == 0 && bk_str_trim(bk_str_skip(rest, skip_marks(rest, n))).len > 0)
			return false;
		n += number;
	}
	if (!tail_fits(line, at + n, lead->hashes > 0 || out->rank == 10, &title))
		return false;
	if (out->rank == 10 && lead->hashes == 0 && title < line.len &&
		!opens_title(bk_str_skip(line, title)) && !is_whole_remark(bk_str_skip(line, title)) &&
		line.ptr[title] != '\r')
		return false;
	out->name = (struct bk_span){at, at + n};
	out->title = title_span(line, title);
	if (lead->hashes > 0)
		out->rank = lead->hashes;
	return true;
}

/* "A. Title", "IV. Title". */
static bool read_letter(
	struct bk_str line, const struct bk_lead *lead, const struct bk_label *known, struct bk_heading *out)
{
	const size_t at = lead->len;
	struct bk_label label = *known;
	size_t after;

	if ((label.style != BK_LABEL_UPPER && label.style != BK_LABEL_ROMAN_UPPER) ||
		label.close != BK_LABEL_DOT || label.count != 1 || label.alt)
		return false;
	after = skip_marks(line, at + label.len);
	if (!bk_heading_is_title(bk_str_skip(line, after)))
		return false;
	out->rank = BK_HEADING_LETTER;
	out->number = label;
	out->name = (struct bk_span){at, at + label.name_len};
	out->title = title_span(line, after);
	return true;
}

bool bk_heading_parse_at(
	struct bk_str line, const struct bk_lead *lead, const struct bk_label *label, struct bk_heading *out)
{
	const char first = lead->len < line.len ? line.ptr[lead->len] : '\0';
	const bool lettered = label && bk_is_upper(first);

	if (!may_begin_keyword(first) && !lettered && lead->hashes == 0)
		return false;

	struct bk_heading heading = {0};

	if (may_begin_keyword(first) && read_keyword(line, lead, &heading)) {
		*out = heading;
		return true;
	}
	heading = (struct bk_heading){0};
	if (lead->hashes > 0) {
		heading.rank = lead->hashes;
		heading.name = title_span(line, lead->len);
		heading.title = (struct bk_span){heading.name.end, heading.name.end};
		*out = heading;
		return heading.name.end > heading.name.start;
	}
	if (!lettered || !read_letter(line, lead, label, &heading))
		return false;
	*out = heading;
	return true;
}

bool bk_heading_parse(struct bk_str line, const struct bk_lead *lead, struct bk_heading *out)
{
	struct bk_label label;
	const bool labelled = bk_label_parse(bk_str_skip(line, lead->len), &label);

	return bk_heading_parse_at(line, lead, labelled ? &label : NULL, out);
}
