/*
 * Recognising an option header, and words that stand for no text.
 */
#include "draft/option.h"

#include <stddef.h>

/* ---- The word ------------------------------------------------------------------------------------ */

static const struct {
	const char *word;
	uint8_t kind;
	bool ascii;
} words[] = {
	{"option", BK_OPTION_PLAIN, true}, /* by far the most */
	{"sub-option", BK_OPTION_SUB, true},
	{"suboption", BK_OPTION_SUB, true},
	{"sub option", BK_OPTION_SUB, true},
	{"sub-alternative", BK_OPTION_SUB, true},
	{"alternative", BK_OPTION_ALTERNATIVE, true},
	{"alternativa", BK_OPTION_ALTERNATIVE, true},
	{"alt.", BK_OPTION_ALT, true},
	{"alt", BK_OPTION_ALT, true},
	{"variante", BK_OPTION_PLAIN, true},
	{"variant", BK_OPTION_PLAIN, true},
	{"opcion", BK_OPTION_PLAIN, true},
	{"opci\xC3\xB3n", BK_OPTION_PLAIN, true},
	{"op\xC3\xA7\xC3\xA3o", BK_OPTION_PLAIN, true},
	{"Вариант", BK_OPTION_PLAIN, false},
	{"ВАРИАНТ", BK_OPTION_PLAIN, false},
	{"Альтернатива", BK_OPTION_ALTERNATIVE, false},
	{"备选案文", BK_OPTION_PLAIN, false},
	{"备选方案", BK_OPTION_PLAIN, false},
	{"选项", BK_OPTION_PLAIN, false},
	{"方案", BK_OPTION_PLAIN, false},
	{"الخيار", BK_OPTION_PLAIN, false},
	{"خيار", BK_OPTION_PLAIN, false},
	{"البديل", BK_OPTION_ALTERNATIVE, false},
};

/* By the first two bytes of the words: most lines begin with others. */
static bool may_begin_word(struct bk_str rest)
{
	const char first = rest.len > 1 ? bk_to_lower(rest.ptr[0]) : '\0';
	const char second = rest.len > 1 ? bk_to_lower(rest.ptr[1]) : '\0';

	return (first == 'o' && second == 'p') || (first == 'a' && second == 'l') ||
	       (first == 's' && second == 'u') || (first == 'v' && second == 'a') ||
	       (unsigned char)first >= 0xC3;
}

/* The length of the word of a header at the start of rest, 0 when none. */
static size_t word_at(struct bk_str rest, uint8_t *kind)
{
	char small;

	if (rest.len < 3 || !may_begin_word(rest))
		return 0;
	small = bk_to_lower(rest.ptr[0]);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct bk_str word;

		if (small != words[i].word[0])
			continue;
		word = bk_str_of(words[i].word);
		if (words[i].ascii ? !bk_str_starts_nocase(rest, word) : !bk_str_starts(rest, word))
			continue;
		if (words[i].ascii && word.len < rest.len && bk_is_alpha(rest.ptr[word.len]))
			continue;
		*kind = words[i].kind;
		return word.len;
	}
	return 0;
}

bool bk_option_has_word(struct bk_str rest)
{
	uint8_t kind;

	return word_at(rest, &kind) > 0;
}

/* ---- What follows the name ------------------------------------------------------------------------- */

struct tail {
	struct bk_str line;
	size_t at;
	uint32_t brackets; /* opened before the word and still open */
	bool emphasis;	   /* opened before the word; closed again when `closed` */
	bool closed;
};

static char tail_peek(const struct tail *t, size_t ahead)
{
	return ahead < t->line.len - t->at ? t->line.ptr[t->at + ahead] : '\0';
}

static bool is_end(char c)
{
	return c == '\0' || c == '\r' || c == '\n';
}

/* A footnote mark "[^6]". */
static size_t mark_at(struct bk_str s)
{
	if (s.len < 3 || s.ptr[0] != '[' || s.ptr[1] != '^')
		return 0;
	for (size_t i = 2; i < s.len && i < 40; i++) {
		if (s.ptr[i] == ']')
			return i + 1;
	}
	return 0;
}

/* "[Option 1][Option 2] shall apply" speaks of options. */
static bool is_rival_next(struct bk_str rest)
{
	uint8_t kind;

	return bk_str_starts(rest, BK_STR("][")) && word_at(bk_str_skip(rest, 2), &kind) > 0;
}

/* Past what closes the header's own emphasis, brackets and tags, and past footnote marks. */
static void skip_closers(struct tail *t)
{
	for (;;) {
		const struct bk_str rest = bk_str_skip(t->line, t->at);
		const char c = tail_peek(t, 0);
		size_t n;

		if (c == '*' || (c == '_' && !bk_is_word(tail_peek(t, 1)))) {
			t->closed |= t->emphasis;
			t->at++;
		} else if ((c == ']' || c == '}') && t->brackets > 0 && !is_rival_next(rest)) {
			t->closed = true;
			t->brackets--;
			t->at++;
		} else if ((n = mark_at(rest)) > 0) {
			t->at += n;
		} else if (c == '<' && tail_peek(t, 1) == '/' && (n = bk_str_find(rest, '>')) < rest.len) {
			t->at += n + 1;
		} else {
			return;
		}
	}
}

/* A dash that parts the header from its text: a hyphen with a blank behind it. */
static size_t dash_at(struct bk_str s)
{
	const size_t len = bk_str_dash(s);

	return len > 1 || (s.len > 1 && bk_is_blank(s.ptr[1])) ? len : 0;
}

/* A colon or dot, ASCII or full-width, that closes the header. */
static size_t stop_at(struct bk_str s)
{
	const char next = s.len > 1 ? s.ptr[1] : '\0';

	if (s.len == 0)
		return 0;
	if (bk_str_starts(s, BK_STR("：")) || bk_str_starts(s, BK_STR("、")) ||
		bk_str_starts(s, BK_STR("．")))
		return 3;
	if (s.ptr[0] == ':' || (s.ptr[0] == ')' && !bk_is_word(next)))
		return 1;
	if (s.ptr[0] == '.' && (is_end(next) || bk_is_blank(next) || next == '*' || next == '[' ||
				       next == ']' || next == '_' || next == '"' || next == '<'))
		return 1;
	return 0;
}

/* Blanks, emphasis and further closing marks up to the text. */
static void skip_to_text(struct tail *t)
{
	for (;;) {
		const size_t before = t->at;
		const struct bk_str rest = bk_str_skip(t->line, t->at);
		size_t n;

		while (bk_is_blank(tail_peek(t, 0)))
			t->at++;
		if (t->at == before) {
			if ((n = stop_at(rest)) > 0 && rest.ptr[0] != '.')
				t->at += n;
			else if (rest.len > 0 && rest.ptr[0] == '*' && (t->emphasis || t->closed))
				skip_closers(t);
		}
		if (t->at == before)
			return;
	}
}

/* A remark in parentheses after the name: what follows it decides. */
static bool remark_closes(struct bk_str rest, bool capital)
{
	const size_t close = bk_str_find(rest, ')');
	size_t at = close + 1;

	if (close >= rest.len)
		return capital;
	while (at < rest.len && (bk_is_blank(rest.ptr[at]) || rest.ptr[at] == '*'))
		at++;
	if (at >= rest.len || is_end(rest.ptr[at]))
		return true;
	return rest.ptr[at] == ':' || rest.ptr[at] == '.' || rest.ptr[at] == '[' ||
	       (capital && bk_is_upper(rest.ptr[at]));
}

/* Whether the text behind a header without a closing mark reads as one that begins there. */
static bool text_begins(const struct bk_str rest, bool capital)
{
	const unsigned char c = rest.len > 0 ? (unsigned char)rest.ptr[0] : 0;
	struct bk_label label;

	if (c == '[' || c == '{')
		return true;
	if (c == '(')
		return remark_closes(rest, capital);
	if (c == '*' || c == '"' || c == '<')
		return capital;
	/* "OPTION 1 1.1 Members shall" */
	if (capital && bk_is_digit((char)c))
		return bk_label_parse(rest, &label) && label.count > 1;
	if (c >= 0xE0 || c == 0xD0 || c == 0xD1 || (c >= 0xD8 && c <= 0xDB))
		return true;
	return capital && bk_is_upper((char)c);
}

/* Whether what follows the name makes the line a header; `text` is set to where its text begins. */
static bool tail_closes(struct tail *t, bool capital, bool named)
{
	size_t n, blanks = 0;

	skip_closers(t);
	if ((n = stop_at(bk_str_skip(t->line, t->at))) > 0) {
		t->closed = true;
		t->at += n;
		skip_closers(t);
		skip_to_text(t);
		return true;
	}
	while (bk_is_blank(tail_peek(t, blanks)))
		blanks++;
	/* A word without a name is a header in brackets or emphasis of its own: "[Alternative]". */
	if (is_end(tail_peek(t, blanks)))
		return t->at += blanks, named || (t->closed && capital);
	t->at += blanks;
	if (tail_peek(t, 0) == ':' || (n = dash_at(bk_str_skip(t->line, t->at))) > 0) {
		t->closed = true;
		t->at += tail_peek(t, 0) == ':' ? 1 : n;
		skip_to_text(t);
		return named || tail_peek(t, 0) != '\0';
	}
	if (!named)
		return false;
	if (t->closed && (blanks > 0 || tail_peek(t, 0) == '['))
		return true;
	return (blanks > 0 || tail_peek(t, 0) == '[') && text_begins(bk_str_skip(t->line, t->at), capital);
}

/* ---- The header ------------------------------------------------------------------------------------ */

/* A lone lower-case letter is a name only when something closes it: "Option a Party may take". */
static bool is_weak(const struct bk_label *name)
{
	return name->count == 1 && name->style == BK_LABEL_LOWER && name->close == BK_LABEL_BARE &&
	       !name->suffix;
}

/* "Alternative 1 to paragraph 3:": a remark behind the name, and then the text. */
static bool takes_remark(struct tail *t, size_t from, bool named)
{
	const size_t end = bk_option_remark(t->line, from, named);

	if (end == 0)
		return false;
	t->at = end;
	t->closed = true;
	skip_to_text(t);
	return true;
}

static bool read_named(struct bk_str line, size_t at, struct tail *t, struct bk_option_header *header)
{
	uint8_t kind;
	const size_t len = word_at(bk_str_skip(line, at), &kind);
	bool capital, named;
	size_t name_at;

	if (len == 0)
		return false;
	capital = !bk_is_lower(line.ptr[at]);
	name_at = at + len;
	named = bk_option_name(line, &name_at, &header->name);
	if (!named) {
		name_at = at + len;
		if (kind == BK_OPTION_ALT && line.ptr[name_at - 1] == '.' &&
			(header->has_label || bk_str_starts(bk_str_skip(line, name_at - 2), BK_STR("T."))))
			name_at--;
	}
	t->at = named ? name_at + header->name.len : name_at;
	header->word = kind;
	header->offset = at;
	header->end = t->at;
	if (tail_closes(t, capital && !is_weak(&header->name), named))
		return named || header->has_label || kind != BK_OPTION_PLAIN;
	return capital && (named || kind == BK_OPTION_ALTERNATIVE || kind == BK_OPTION_ALT) &&
	       takes_remark(t, header->end, named);
}

/* A header behind a label, or one that the label's own alt makes. */
static bool read_labelled(struct bk_str line, const struct bk_lead *lead, const struct bk_label *label,
	struct tail *t, struct bk_option_header *header)
{
	const size_t at = lead->len;
	size_t after;

	header->label_at = at;
	header->label = *label;
	header->has_label = true;
	*t = (struct tail){.line = line, .brackets = lead->brackets, .emphasis = lead->emphasis};
	if (label->alt) {
		header->word = BK_OPTION_LABEL;
		header->offset = at + label->alt_at;
		header->end = at + label->name_len;
		header->name = *label;
		t->at = at + label->len;
		t->closed = label->close != BK_LABEL_BARE;
		skip_closers(t);
		skip_to_text(t);
		return true;
	}
	after = bk_lead_skip(line, at + label->len, &t->brackets);
	t->emphasis |= after > at && memchr(line.ptr + at, '*', after - at) != NULL;
	return read_named(line, after, t, header);
}

/* What is numbered by a word before it: "Target 5.", "Goal A alt." */
static size_t numbered_word_at(struct bk_str rest)
{
	static const char *const nouns[] = {"article", "paragraph", "para", "annex", "section", "rule",
		"regulation", "chapter", "target", "goal", "objective", "element", "principle", "commitment",
		"action", "indicator", "outcome", "milestone", "measure", "recommendation"};
	const char small = rest.len ? bk_to_lower(rest.ptr[0]) : '\0';

	for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
		struct bk_str word;

		if (nouns[i][0] != small) /* most begin with another letter */
			continue;
		word = bk_str_of(nouns[i]);
		if (bk_str_starts_nocase(rest, word) && word.len < rest.len &&
			bk_is_blank(rest.ptr[word.len]))
			return word.len + 1;
	}
	return 0;
}

/* A label that is one only where a header follows it: a bare number, or a number behind a word. */
static bool read_weak_label(struct bk_str rest, struct bk_label *label)
{
	const size_t word = numbered_word_at(rest);
	size_t end;

	if ((word == 0 && (rest.len == 0 || !bk_is_digit(rest.ptr[0]))) ||
		!bk_label_name(bk_str_skip(rest, word), label))
		return false;
	end = word + label->len;
	/* "Target 5. Option A", "Section B, Option 2" */
	if (end < rest.len &&
		(rest.ptr[end] == '.' || rest.ptr[end] == ':' || (word && rest.ptr[end] == ','))) {
		label->close = BK_LABEL_DOT;
		end++;
	}
	label->len = end;
	label->name_len += word;
	label->base_len += word;
	label->alt_at += word;
	return end < rest.len && (bk_is_blank(rest.ptr[end]) || rest.ptr[end] == '*');
}

/* "1	[option 1] that ...", "Target 5. Option A", "Goal A alt." */
static bool read_weakly_labelled(
	struct bk_str line, const struct bk_lead *lead, struct tail *t, struct bk_option_header *header)
{
	struct bk_label label = {0};
	struct bk_option_header read = {0};

	if (!read_weak_label(bk_str_skip(line, lead->len), &label) ||
		(label.alt && label.close != BK_LABEL_DOT) || !read_labelled(line, lead, &label, t, &read) ||
		(read.word != BK_OPTION_LABEL && read.name.count == 0 &&
			(read.word == BK_OPTION_PLAIN || !t->closed)))
		return false;
	*header = read;
	return true;
}

/* Cheap: the line or what follows its label begins as the word of a header does, or it has no label and may
 * have a weak one. */
static bool may_be_header(struct bk_str line, const struct bk_lead *lead, const struct bk_label *label)
{
	size_t at = lead->len;
	uint32_t brackets = 0;

	if (at < line.len && (may_begin_word(bk_str_skip(line, at)) || !label))
		return true;
	if (!label)
		return false;
	at = bk_lead_skip(line, at + label->len, &brackets);
	return label->alt || may_begin_word(bk_str_skip(line, at));
}

bool bk_option_parse_at(struct bk_str line, const struct bk_lead *lead, const struct bk_label *label,
	struct bk_option_header *out)
{
	if (!may_be_header(line, lead, label))
		return false;

	struct bk_option_header header = {0};
	struct tail t = {
		.line = line, .at = lead->len, .brackets = lead->brackets, .emphasis = lead->emphasis};

	if (!read_named(line, lead->len, &t, &header) &&
		(!label || !read_labelled(line, lead, label, &t, &header)) &&
		(label || !read_weakly_labelled(line, lead, &t, &header)))
		return false;
	header.closed = t.closed;
	header.text = t.at;
	*out = header;
	return true;
}

bool bk_option_parse(struct bk_str line, const struct bk_lead *lead, struct bk_option_header *out)
{
	struct bk_label label;
	const bool labelled = bk_label_parse(bk_str_skip(line, lead->len), &label);

	return bk_option_parse_at(line, lead, labelled ? &label : NULL, out);
}
