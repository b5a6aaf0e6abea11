/* What stands behind the word of an option's header: its name, and remarks on it. */
#include "draft/lexicon.h"
#include "draft/option.h"

enum { REMARK_BYTES = 120, REMARK_WORDS = 9 };

/* ---- The name -------------------------------------------------------------------------------------- */

static const char *const nouns[] = {"text", "paragraph", "article", "formulation", "wording", "proposal",
	"version", "language", "option", "no.", "n\xC2\xB0", "#"};

/* "text" or "paragraph" between the word and its name: "Alternative text 2". */
static size_t skip_noun(struct bk_str rest)
{
	for (size_t i = 0; rest.len && i < sizeof nouns / sizeof *nouns; i++) {
		struct bk_str noun;
		size_t at;

		if (nouns[i][0] != bk_to_lower(rest.ptr[0]))
			continue;
		noun = bk_str_of(nouns[i]);
		at = noun.len;
		if (!bk_str_starts_nocase(rest, noun))
			continue;
		if (nouns[i][0] == '#')
			return 1;
		while (at < rest.len && bk_is_blank(rest.ptr[at]))
			at++;
		if (at > noun.len && at < rest.len && bk_is_digit(rest.ptr[at]))
			return at;
	}
	return 0;
}

/* "One" to "Ten" in words. */
static bool read_number_word(struct bk_str rest, struct bk_label *name)
{
	static const char *const numbers[] = {
		"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};

	for (uint32_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		const struct bk_str number = bk_str_of(numbers[i]);

		if (!bk_str_starts_nocase(rest, number) ||
			(number.len < rest.len && bk_is_alpha(rest.ptr[number.len])))
			continue;
		*name = (struct bk_label){.len = number.len,
			.name_len = number.len,
			.base_len = number.len,
			.style = BK_LABEL_ARABIC,
			.count = 1,
			.parts = {i + 1}};
		return true;
	}
	return false;
}

/* ", sub-option 2" behind "Option 1". */
static size_t take_sub_option(struct bk_str rest, struct bk_label *name)
{
	static const struct bk_str joint = {", sub-option ", 13};
	struct bk_label sub;

	if (!bk_str_starts_nocase(rest, joint) || !bk_label_name(bk_str_skip(rest, joint.len), &sub) ||
		name->count == 0 || name->count >= BK_LABEL_PARTS)
		return 0;
	name->parts[name->count++] = sub.parts[0];
	return joint.len + sub.len;
}

/* ".A", "-b" or "A" behind a number: a part more, with nothing of a word behind it. */
static size_t take_part(struct bk_str rest, struct bk_label *name)
{
	const bool joint = rest.len && (memchr(".-/", rest.ptr[0], 3));
	const struct bk_str part = bk_str_skip(rest, joint);
	size_t len = 0;
	uint32_t value = 0;

	if (name->count == 0 || name->count >= BK_LABEL_PARTS || !part.len)
		return 0;
	if (joint && bk_is_digit(part.ptr[0]))
		len = bk_label_number(part, &value);
	else if (bk_is_alpha(part.ptr[0]))
		value = (uint32_t)(bk_to_lower(part.ptr[len++]) - 'a') + 1;
	if (len == 0 || (len < part.len && bk_is_word(part.ptr[len])))
		return 0;
	name->parts[name->count++] = value;
	return joint + len;
}

/* "-bis" behind a number. */
static size_t take_suffix(struct bk_str rest)
{
	uint32_t number;
	size_t len;

	if (!rest.len || rest.ptr[0] != '-')
		return 0;
	len = bk_label_suffix(bk_str_skip(rest, 1), &number);
	return len ? len + 1 : 0;
}

/* "OP7" behind Alternative: what it is an alternative of. */
static bool read_paragraph(struct bk_str rest, struct bk_label *name)
{
	if (!bk_str_starts(rest, BK_STR("OP")) && !bk_str_starts(rest, BK_STR("PP")))
		return false;
	if (!bk_label_parse(rest, name))
		return false;
	name->len = name->name_len;
	return true;
}

/* "[1]": a name that waits. */
static bool read_bracketed(struct bk_str rest, struct bk_label *name)
{
	if (!rest.len || rest.ptr[0] != '[' || !bk_label_name(bk_str_skip(rest, 1), name))
		return false;
	if (name->len + 1 >= rest.len || rest.ptr[name->len + 1] != ']')
		return false;
	name->len += 2;
	name->name_len = name->len;
	return true;
}

bool bk_option_name(struct bk_str line, size_t *at, struct bk_label *name)
{
	struct bk_str rest;
	size_t more;

	while (*at < line.len && bk_is_blank(line.ptr[*at]))
		++*at;
	*at += skip_noun(bk_str_skip(line, *at));
	while (*at < line.len && bk_is_blank(line.ptr[*at]))
		++*at;
	rest = bk_str_skip(line, *at);
	if (read_bracketed(rest, name))
		return true;
	if (!bk_label_name(rest, name) && !read_number_word(rest, name) && !read_paragraph(rest, name)) {
		*name = (struct bk_label){0};
		return false;
	}
	more = take_suffix(bk_str_skip(rest, name->len));
	more += take_part(bk_str_skip(rest, name->len + more), name);
	more += take_sub_option(bk_str_skip(rest, name->len + more), name);
	name->len += more;
	name->name_len += more;
	return true;
}

/* ---- A remark on it -------------------------------------------------------------------------------- */

static struct bk_str word_at(struct bk_str string, size_t at)
{
	size_t len = 0;

	while (at + len < string.len && (bk_is_word(string.ptr[at + len]) || string.ptr[at + len] == '-' ||
						string.ptr[at + len] == '\''))
		len++;
	return (struct bk_str){string.ptr + at, len};
}

static bool is_one_of(const char *const *list, struct bk_str word)
{
	for (size_t i = 0; list[i]; i++) {
		if (bk_str_equal_nocase(word, bk_str_of(list[i])))
			return true;
	}
	return false;
}

static size_t skip_blanks(struct bk_str line, size_t at)
{
	while (at < line.len && bk_is_blank(line.ptr[at]))
		at++;
	return at;
}

/* "paragraph 3", "OP5", "Option 1": what an alternative may be to. */
static bool names_place(struct bk_str words)
{
	struct bk_str rest = bk_str_trim(words), first;
	size_t len;

	if (bk_str_starts_nocase(rest, BK_STR("the ")))
		rest = bk_str_skip(rest, 4);
	if (bk_str_starts(rest, BK_STR("OP")) || bk_str_starts(rest, BK_STR("PP")))
		return rest.len > 2 && (bk_is_digit(rest.ptr[2]) || bk_is_blank(rest.ptr[2]));
	/* "2.1", and not "2 ships" */
	if (rest.len && bk_is_digit(rest.ptr[0]))
		return bk_str_find(rest, ' ') == rest.len;
	len = bk_lexicon_prefix(BK_LEXICON_REFERENCE, rest);
	/* "paragraphs 4-6" */
	first = word_at(rest, 0);
	if (!len && first.len > 1 && first.ptr[first.len - 1] == 's') {
		first.len--;
		len = bk_lexicon_has(BK_LEXICON_REFERENCE, first);
	}
	if (!len)
		len = bk_lexicon_prefix(BK_LEXICON_OPTION, rest);
	return len > 0;
}

/* "Alternative formulation:" */
static bool is_noun(struct bk_str words)
{
	for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
		if (bk_is_alpha(nouns[i][0]) && bk_str_equal_nocase(words, bk_str_of(nouns[i])))
			return true;
	}
	return false;
}

/* A remark has few words, none of them that of a sentence. */
static bool is_remark(struct bk_str remark)
{
	static const char *const verbs[] = {"is", "are", "was", "were", "be", "been", "has", "have", "had",
		"shall", "should", "may", "must", "will", "would", "can", "could", "might", "not", NULL};
	size_t count = 0;

	for (size_t at = 0; at < remark.len; at++) {
		const struct bk_str word = word_at(remark, at);

		if (memchr(";[]{}", remark.ptr[at], 5))
			return false;
		if (word.len == 0)
			continue;
		if (++count > REMARK_WORDS || is_one_of(verbs, word))
			return false;
		at += word.len - 1;
	}
	return count > 1;
}

size_t bk_option_remark(struct bk_str line, size_t from, bool named)
{
	static const char *const leads[] = {"to", "for", "of", "on", "in", "from", "as", "by", "under",
		"with", "without", "based", "concerning", "regarding", NULL};
	static const char *const joints[] = {
		"which", "and", "or", "but", "however", "while", "option", "options", NULL};
	static const char *const origins[] = {
		"as", "proposed", "submitted", "suggested", "supported", "tabled", "from", "by", NULL};
	size_t at = from, end;
	struct bk_str first, remark;
	bool colon, place, origin, noun, comma;

	comma = at < line.len && line.ptr[at] == ',';
	at += comma;
	at = skip_blanks(line, at);
	first = word_at(line, at);
	noun = !named && is_noun(first);
	/* "Alternative text for paragraph 7:" */
	if (noun) {
		at = skip_blanks(line, at + first.len);
		first = word_at(line, at);
	}
	remark = bk_str_skip(line, at);
	end = bk_str_find(remark, ':');
	colon = end < remark.len && end <= REMARK_BYTES;
	if (!colon)
		end = remark.len;
	remark = bk_str_trim((struct bk_str){remark.ptr, end});
	if (noun && colon && remark.len == 0)
		return at + end + colon;
	if (at == from || end > REMARK_BYTES || !is_remark(remark))
		return 0;
	place = is_one_of(leads, first) && names_place(bk_str_skip(remark, first.len));
	origin = (named || (noun && colon)) && is_one_of(origins, first);
	/* "Alternative B, paragraph 2:", but "Option 1, which" */
	if (comma && named && colon && !is_one_of(joints, first))
		return at + end + colon;
	/* "Option 1 of the three: ..." speaks of options. */
	if (!(named && colon && is_one_of(leads, first) && !bk_str_equal_nocase(first, BK_STR("of"))) &&
		!place && !origin)
		return 0;
	return at + end + colon;
}
