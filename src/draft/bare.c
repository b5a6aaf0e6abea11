/* Labels, headers and marks at the ends of a bracket's words, and the words without them. */
#include "draft/bare.h"

#include "draft/lexicon.h"

/* How many brackets that open at once are looked through. */
enum { NESTED_MAX = 8 };

/* ---- Marks around words ----------------------------------------------------------------------------- */

static const char *const quotes[] = {"\"", "'", "“", "”", "‘", "’", "„", "«", "»", NULL};

/* Bytes of the quotation mark at the start or end of string, or 0. */
static size_t quote_at(struct bk_str string, bool at_end)
{
	const unsigned char byte = string.len ? (unsigned char)string.ptr[at_end ? string.len - 1 : 0] : 0;

	if (byte != '"' && byte != '\'' && byte < 0x80)
		return 0;
	for (size_t i = 0; quotes[i]; i++) {
		const struct bk_str quote = bk_str_of(quotes[i]);

		if (at_end ? bk_str_ends(string, quote) : bk_str_starts(string, quote))
			return quote.len;
	}
	return 0;
}

static size_t skip_blanks_and_emphasis(struct bk_str string, size_t at)
{
	while (at < string.len &&
		(bk_is_space(string.ptr[at]) || string.ptr[at] == '*' ||
			(string.ptr[at] == '_' && at + 1 < string.len && bk_is_alpha(string.ptr[at + 1]))))
		at++;
	return at;
}

/* ---- Labels --------------------------------------------------------------------------------------- */

static size_t digits_at(struct bk_str string, size_t at)
{
	size_t len = 0;

	while (at + len < string.len && bk_is_digit(string.ptr[at + len]))
		len++;
	return len;
}

static bool is_numeral(char letter)
{
	const char small = bk_to_lower(letter);

	return small == 'i' || small == 'v' || small == 'x' || small == 'l';
}

/* One or two letters alike in case, or a roman number: what stands in "(a)", "iv)". */
static size_t counter_letters_at(struct bk_str string, size_t at)
{
	size_t len = 0;
	bool roman = true;

	while (at + len < string.len && bk_is_alpha(string.ptr[at + len]) && len < 8) {
		roman = roman && is_numeral(string.ptr[at + len]);
		len++;
	}
	if (len == 2 && !roman && string.ptr[at] != string.ptr[at + 1])
		return 0;
	return len <= 2 || roman ? len : 0;
}

/* "bis", " ter", "alt 2" after a number. */
static size_t suffix_at(struct bk_str string, size_t at)
{
	static const char *const suffixes[] = {"bis", "ter", "quater", "quinquies", "sexies", "septies",
		"octies", "nonies", "novies", "decies", "undecies", "duodecies", "terdecies", "quat", "ses",
		"sept", "alt", "supra", NULL};
	const size_t blank = at < string.len && bk_is_blank(string.ptr[at]);

	for (size_t i = 0; suffixes[i]; i++) {
		const size_t len = strlen(suffixes[i]);
		const struct bk_str rest = bk_str_skip(string, at + blank);

		if (bk_str_starts_nocase(rest, bk_str_of(suffixes[i])) &&
			(rest.len == len || !bk_is_alpha(rest.ptr[len])))
			return blank + len;
	}
	return 0;
}

static size_t suffixes_at(struct bk_str string, size_t at)
{
	size_t len = 0, more;

	while ((more = suffix_at(string, at + len)) > 0)
		len += more;
	return len;
}

/* "12", "3.1", "3.3bis": returns its bytes, and whether it is more than a plain number. */
static size_t number_at(struct bk_str string, size_t at, bool *rich)
{
	size_t len = digits_at(string, at), more;

	*rich = false;
	if (len == 0 || len > 3)
		return 0;
	while (at + len < string.len && string.ptr[at + len] == '.' &&
		(more = digits_at(string, at + len + 1)) > 0) {
		len += 1 + more;
		*rich = true;
	}
	more = suffixes_at(string, at + len);
	*rich = *rich || more;
	return len + more;
}

/* "PP2", "OP 14 bis". */
static size_t paragraph_code_at(struct bk_str string, size_t at)
{
	const struct bk_str rest = bk_str_skip(string, at);
	size_t len = 2;
	bool rich;
	size_t number;

	if (!bk_str_starts(rest, BK_STR("PP")) && !bk_str_starts(rest, BK_STR("OP")) &&
		!bk_str_starts(rest, BK_STR("CP")))
		return 0;
	len += len < rest.len && bk_is_blank(rest.ptr[len]);
	number = number_at(rest, len, &rich);
	return number ? len + number : 0;
}

static bool blank_or_emphasis(struct bk_str string, size_t at)
{
	return at < string.len && (bk_is_space(string.ptr[at]) || string.ptr[at] == '*');
}

/* Most brackets begin with a word: three letters that are no numeral begin no label. */
static bool begins_word(struct bk_str string)
{
	const char *letters = string.ptr;

	return string.len > 2 && bk_is_alpha(letters[0]) && bk_is_alpha(letters[1]) &&
	       bk_is_alpha(letters[2]) &&
	       !(is_numeral(letters[0]) && is_numeral(letters[1]) && is_numeral(letters[2]));
}

/* Cheap: a figure, or a few letters with a mark, a blank or a figure after them; in parentheses "a bis". */
static bool may_be_label(struct bk_str string, size_t at, bool open)
{
	for (size_t i = at; i < string.len && i < at + 9; i++) {
		const char c = string.ptr[i];

		if (!bk_is_alpha(c))
			return bk_is_digit(c) || c == ')' || c == '.' || c == ':' ||
			       (i == at + 2 && c == ' ') || (open && c == ' ');
	}
	return false;
}

/* The label proper at `at`, its closing mark included, or 0. */
static size_t label_core(struct bk_str inside, size_t at)
{
	const bool open = at < inside.len && inside.ptr[at] == '(';
	size_t len, end, next;
	bool rich;

	if (!may_be_label(inside, at + open, open))
		return 0;
	len = paragraph_code_at(inside, at);
	rich = len > 0;
	if (!len)
		len = number_at(inside, at + open, &rich);
	if (!len && (len = counter_letters_at(inside, at + open)) > 0 && open)
		len += suffixes_at(inside, at + open + len);
	if (!len)
		return 0;
	end = at + open + len;
	if (end < inside.len && inside.ptr[end] == ')')
		return end + 1 - at + suffixes_at(inside, end + 1);
	if (open)
		return 0;
	if (end < inside.len && (inside.ptr[end] == '.' || inside.ptr[end] == ':'))
		return end + 1 - at;
	/* A bare number of several parts is a label only before a capital: "6.2 An", not "1.5 per cent". */
	for (next = end; next < inside.len && bk_is_space(inside.ptr[next]);)
		next++;
	return rich && next > end && next < inside.len && bk_is_upper(inside.ptr[next]) ? end - at : 0;
}

size_t bk_phrase_label(struct bk_str inside)
{
	size_t start, len, end;

	if (begins_word(inside))
		return 0;
	start = skip_blanks_and_emphasis(inside, 0);
	len = label_core(inside, start);
	end = start + len;
	if (!len || !blank_or_emphasis(inside, end))
		return 0;
	end = skip_blanks_and_emphasis(inside, end);
	return end < inside.len ? end : 0;
}

/* "Option 1:", "Sub-option 2", "Alt. 3": the word and a number or letter with a mark or line end after it. */
static bool opens_option(struct bk_str words)
{
	size_t at = 0, len;
	bool open, rich;

	while (at < words.len && bk_is_alpha(words.ptr[at]))
		at++;
	if (at == words.len) /* one word, as most are */
		return false;
	at = bk_lexicon_prefix(BK_LEXICON_OPTION, words);
	if (at == 0 || (at < words.len && words.ptr[at] == '.'))
		at += at > 0;
	if (at == 0)
		return false;
	while (at < words.len && bk_is_blank(words.ptr[at]))
		at++;
	open = at < words.len && words.ptr[at] == '(';
	len = number_at(words, at + open, &rich);
	if (!len)
		len = counter_letters_at(words, at + open);
	at += open + len;
	at += open && at < words.len && words.ptr[at] == ')';
	while (at < words.len && bk_is_emphasis(words.ptr[at]))
		at++;
	return len && (at == words.len || strchr(":.\n\r", words.ptr[at]));
}

/* "Article 4" with a line end after it, or Markdown's mark. */
static bool opens_heading(struct bk_str words)
{
	size_t at;

	if (words.len && words.ptr[0] == '#')
		return true;
	if (!words.len || !bk_is_upper(words.ptr[0]) || !memchr(words.ptr, '\n', words.len))
		return false;
	at = bk_lexicon_prefix(BK_LEXICON_HEADING, words);
	if (at == 0 || at == words.len || !bk_is_blank(words.ptr[at]))
		return false;
	at++;
	while (at < words.len && (bk_is_word(words.ptr[at]) || words.ptr[at] == '.' || words.ptr[at] == ':'))
		at++;
	while (at < words.len && (bk_is_blank(words.ptr[at]) || bk_is_emphasis(words.ptr[at])))
		at++;
	return at < words.len && words.ptr[at] == '\n';
}

bool bk_phrase_is_label(struct bk_str inside)
{
	inside = bk_str_trim(inside);
	return inside.len > 1 && memchr(inside.ptr, ')', inside.len) && label_core(inside, 0) == inside.len;
}

/* "2 The Chair understands": a footnote or paragraph whose number nothing closes. */
static bool opens_with_number(struct bk_str words)
{
	const size_t len = digits_at(words, 0);
	size_t at = len;

	while (at < words.len && bk_is_blank(words.ptr[at]))
		at++;
	return len && len <= 3 && at > len && at + 1 < words.len && bk_is_upper(words.ptr[at]) &&
	       (bk_is_lower(words.ptr[at + 1]) || bk_is_blank(words.ptr[at + 1]));
}

bool bk_phrase_opens_block(struct bk_str inside, bool first_on_line)
{
	size_t at = skip_blanks_and_emphasis(inside, 0);
	size_t label;

	for (size_t i = 0; i < NESTED_MAX && at < inside.len && inside.ptr[at] == '['; i++)
		at = skip_blanks_and_emphasis(inside, at + 1);
	inside = bk_str_skip(inside, at);
	label = bk_phrase_label(inside);
	if (label && (first_on_line || bk_is_upper(inside.ptr[label]) || inside.ptr[label - 1] == '*'))
		return true;
	return (first_on_line && opens_with_number(inside)) || opens_option(inside) || opens_heading(inside);
}

/* ---- Bare words ------------------------------------------------------------------------------------- */

/* Bytes of a no-break space at the start of string, or 0. */
static size_t hard_blank(struct bk_str string)
{
	if (bk_str_starts(string, BK_STR("\xc2\xa0")))
		return 2;
	return bk_str_starts(string, BK_STR("\xe2\x80\xaf")) ? 3 : 0;
}

/* An underscore is emphasis when a letter stands on one side of it only. */
static bool underscore_is_mark(struct bk_str string, size_t at)
{
	const bool before = at > 0 && bk_is_word(string.ptr[at - 1]);
	const bool after = at + 1 < string.len && bk_is_word(string.ptr[at + 1]);

	return before != after;
}

static void put_blank(struct bk_bare *out)
{
	if (out->len && out->bytes[out->len - 1] != ' ')
		out->bytes[out->len++] = ' ';
}

/* A byte that may be something else than itself: a blank, emphasis, the first of a no-break space. */
static const bool is_odd[256] = {
	[0 ... ' '] = true, ['*'] = true, ['_'] = true, [0xc2] = true, [0xe2] = true};

/* Copy bytes up to the next odd one; returns how many. */
static size_t copy_plain(struct bk_str from, struct bk_bare *out)
{
	const size_t room = BK_BARE_MAX - out->len, most = from.len < room ? from.len : room;
	char *to = out->bytes + out->len;
	size_t n;

	for (n = 0; n < most && !is_odd[(unsigned char)from.ptr[n]]; n++)
		to[n] = from.ptr[n];
	out->len += n;
	return n;
}

static void copy_words(struct bk_str from, struct bk_bare *out)
{
	size_t at = 0;

	while (at < from.len && out->len < BK_BARE_MAX) {
		const size_t plain = copy_plain(bk_str_skip(from, at), out);
		size_t hard;
		char c;

		at += plain;
		if (plain > 0)
			continue;
		c = from.ptr[at];
		hard = (unsigned char)c >= 0xc2 ? hard_blank(bk_str_skip(from, at)) : 0;
		if (hard || bk_is_space(c))
			put_blank(out);
		else if (c != '*' && !(c == '_' && underscore_is_mark(from, at)))
			out->bytes[out->len++] = c;
		at += hard ? hard : 1;
	}
	out->cut = at < from.len;
}

/* The string without quotation marks and blanks at its ends. */
static struct bk_str strip_quotes(struct bk_str words, bool cut)
{
	size_t len;

	words = bk_str_trim(words);
	while ((len = quote_at(words, false)) > 0)
		words = bk_str_trim(bk_str_skip(words, len));
	while (!cut && (len = quote_at(words, true)) > 0) {
		words.len -= len;
		words = bk_str_trim(words);
	}
	return words;
}

/* The words in one parenthesis that is around all of them. */
static struct bk_str strip_parenthesis(struct bk_str words)
{
	size_t depth = 0;

	if (words.len < 2 || words.ptr[0] != '(' || words.ptr[words.len - 1] != ')')
		return words;
	for (size_t i = 0; i < words.len; i++) {
		depth += words.ptr[i] == '(';
		depth -= words.ptr[i] == ')' && depth > 0;
		if (depth == 0 && i + 1 < words.len)
			return words;
	}
	return (struct bk_str){words.ptr + 1, words.len - 2};
}

void bk_phrase_bare(struct bk_str inside, struct bk_bare *out)
{
	struct bk_str words;

	out->len = 0;
	copy_words(bk_str_skip(inside, bk_phrase_label(inside)), out);
	words = strip_quotes((struct bk_str){out->bytes, out->len}, out->cut);
	if (!out->cut && words.len && words.ptr[0] == '(')
		words = strip_quotes(strip_parenthesis(words), false);
	memmove(out->bytes, words.ptr, words.len);
	out->len = words.len;
}

struct bk_str bk_bare_words(const struct bk_bare *bare)
{
	return (struct bk_str){bare->bytes, bare->len};
}

void bk_bare_drop_brackets(struct bk_bare *bare)
{
	size_t len = 0;

	for (size_t i = 0; i < bare->len; i++) {
		if (bare->bytes[i] != '[' && bare->bytes[i] != ']')
			bare->bytes[len++] = bare->bytes[i];
	}
	bare->len = len;
}
