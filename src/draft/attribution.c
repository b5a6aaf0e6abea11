/*
 * Attributions: who asks for a bracket's words, in the four forms of the notation.
 *
 *	[EU, AOSIS: text]   prefix        |notation |
 *	[text] (G77) (EU: delete)                    |nota| |notation   |   one parenthesis each
 *	[text - US; G77 delete]                 |notation          |        dash
 *	[text]12  [text][^9]                                 |nn|           footnote: its mark
 *
 * Also the words of each bracket that are its own.  Lists of names are read by naming.c.
 */
#include "base/error.h"
#include "draft/conventions.h"
#include "draft/footnote.h"
#include "draft/kernel.h"
#include "draft/lexicon.h"
#include "draft/naming.h"
#include "draft/naming_verb.h"
#include "draft/bare.h"

#include "base/vec.h"

/* No list of names is longer than this, and no bracket of alternatives between slashes. */
enum {
	PREFIX_MAX = 400,
	DASH_MAX = 400,
	PARENTHESIS_MAX = 1200,
	NOTE_MAX = 300,
	VERB_MAX = 40,
	ALTERNATIVES_MAX = 4096
};

const char *bk_act_name(enum bk_act act)
{
	static const char *const names[BK_ACT_COUNT] = {
		"propose", "support", "oppose", "delete", "retain", "reserve", "reflect", "withdraw"};

	return names[act];
}

struct finder {
	struct bk_draft *draft;
	struct bk_naming naming;
	struct bk_footnotes_found footnotes;
	bk_named_list names; /* of the list being read */
	BK_VEC(struct bk_attribution) found;
	uint32_t bracket;
	struct bk_byte_set marks; /* bytes of colons and dashes: a bracket without any names nobody inside */
	size_t next_mark;	  /* none stands between the last bracket's opening and it */
};

/* ---- Taking a list over ------------------------------------------------------------------------------ */

static int add_name(struct finder *finder, const struct bk_named *named, size_t base, enum bk_form form,
	struct bk_span notation)
{
	struct bk_draft *draft = finder->draft;
	const struct bk_span written = {base + named->written.start, base + named->written.end};
	const char *party = named->code;
	struct bk_attribution *slot;

	if (!party)
		party = bk_arena_dup(
			&draft->arena, draft->bytes.ptr + written.start, written.end - written.start);
	slot = party ? BK_VEC_PUSH(&finder->found) : NULL;
	if (!slot)
		return bk_fail_memory();
	*slot = (struct bk_attribution){
		.bracket = finder->bracket,
		.act = (uint8_t)named->act,
		.form = (uint8_t)form,
		.party = party,
		.known = named->code != NULL,
		.written = written,
		.notation = notation,
	};
	return BK_OK;
}

/* An acronym in parentheses after its words is no list of parties: one known name or a verb is needed. */
static bool is_acronym_only(const struct finder *finder, enum bk_form form)
{
	if (form == BK_FORM_PREFIX || !finder->naming.names.code)
		return false;
	for (size_t i = 0; i < finder->names.len; i++) {
		if (finder->names.items[i].code || finder->names.items[i].act != BK_ACT_PROPOSE)
			return false;
	}
	return true;
}

/* Read list (bytes of the draft) as names; when it is one, note it and set *is. */
static int take_list(
	struct finder *finder, struct bk_str list, enum bk_form form, struct bk_span notation, bool *is)
{
	const size_t base = (size_t)(list.ptr - finder->draft->bytes.ptr);
	int status;

	finder->names.len = 0;
	/* "NO text": nothing is meant, and not Norway. */
	if (bk_lexicon_prefix(BK_LEXICON_NO_TEXT, list))
		return BK_OK;
	status = bk_naming_parse(&finder->naming, list,
		form == BK_FORM_PREFIX ? BK_NAMING_STRICT : BK_NAMING_LOOSE, &finder->names, is);
	*is = *is && !is_acronym_only(finder, form);
	for (size_t i = 0; status == BK_OK && *is && i < finder->names.len; i++)
		status = add_name(finder, &finder->names.items[i], base, form, notation);
	return status;
}

static bool may_begin_name(char c)
{
	return bk_is_upper(c) || (unsigned char)c >= 0x80;
}

/* "the ", "la ", "les " before a name. */
static bool may_begin_list(struct bk_str string)
{
	static const char *const articles[] = {
		"the ", "la ", "le ", "les ", "l'", "el ", "los ", "las ", NULL};

	if (string.len && may_begin_name(string.ptr[0]))
		return true;
	/* most words begin with another letter */
	if (string.len == 0 || (string.ptr[0] != 't' && string.ptr[0] != 'l' && string.ptr[0] != 'e'))
		return false;
	for (size_t i = 0; articles[i]; i++) {
		if (bk_str_starts(string, bk_str_of(articles[i])))
			return true;
	}
	return false;
}

static bool reads(const struct finder *finder, enum bk_form form)
{
	return bk_conventions_reads(finder->draft->conventions, form);
}

/* ---- The forms ------------------------------------------------------------------------------------- */

/* Bytes of a colon, full-width or not, or 0. */
static size_t colon_at(struct bk_str string)
{
	if (bk_str_starts(string, BK_STR("：")))
		return strlen("：");
	return string.len && string.ptr[0] == ':';
}

/* Offset of the colon that may end a prefix, or inside.len. */
static size_t prefix_colon(struct bk_str inside, size_t from)
{
	static const bool ends[256] = {[':'] = true,
		['['] = true,
		[']'] = true,
		['{'] = true,
		['"'] = true,
		['#'] = true,
		[0xEF] = true};
	const size_t max = inside.len - from < PREFIX_MAX ? inside.len : from + PREFIX_MAX;
	size_t at = from;

	while (at < max && !ends[(unsigned char)inside.ptr[at]])
		at++;
	return colon_at(bk_str_skip(inside, at)) && at < max ? at : inside.len;
}

/* `[EU: delete: text]`: offset of a colon behind a verb that follows the one at `colon`, or `colon`. */
static size_t verb_colon(struct bk_str inside, size_t colon)
{
	const size_t next = prefix_colon(inside, colon + 1);
	struct bk_str words = {inside.ptr + colon + 1, next - colon - 1}, rest;
	enum bk_act act;

	words = bk_str_trim(words);
	if (next == inside.len || words.len > VERB_MAX || !words.len || !bk_is_lower(words.ptr[0]) ||
		!bk_verb_read(words, &act, &rest) || !bk_verb_all(rest))
		return colon;
	return next;
}

/* `[US: delete; Japan: reserve]`: acts and no words. */
static bool is_all_acts(struct bk_str inside)
{
	size_t parts = 0;

	if (inside.len > DASH_MAX || !memchr(inside.ptr, ';', inside.len))
		return false;
	for (; inside.len; parts++) {
		const size_t len = bk_str_find(inside, ';');
		const struct bk_str part = {inside.ptr, len};
		const size_t colon = bk_str_find(part, ':');

		if (colon >= len || !bk_naming_refuses(bk_str_skip(part, colon + 1)))
			return false;
		inside = bk_str_skip(inside, len + 1);
	}
	return parts > 1;
}

/* `[EU, AOSIS: text]`; moves text's start past it. */
static int find_prefix(struct finder *finder, struct bk_span *text)
{
	const char *bytes = finder->draft->bytes.ptr;
	const struct bk_str inside = {bytes + text->start, text->end - text->start};
	size_t from = 0, colon, end;
	bool is = false;
	int status;

	while (from < inside.len && (bk_is_space(inside.ptr[from]) || inside.ptr[from] == '*'))
		from++;
	if (!may_begin_list(bk_str_skip(inside, from)))
		return BK_OK;
	colon = end = prefix_colon(inside, from);
	if (colon == inside.len || !reads(finder, BK_FORM_PREFIX))
		return BK_OK;
	colon = end = verb_colon(inside, colon);
	for (end += colon_at(bk_str_skip(inside, end));
		end < inside.len && (bk_is_space(inside.ptr[end]) || inside.ptr[end] == '*');)
		end++;
	/* `[BR, IN: reserve]` has a verb where the words would stand. */
	if (bk_naming_refuses(bk_str_skip(inside, end)) || is_all_acts(bk_str_skip(inside, from)))
		colon = end = inside.len;
	status = take_list(finder, (struct bk_str){inside.ptr + from, colon - from}, BK_FORM_PREFIX,
		(struct bk_span){text->start + from, text->start + end}, &is);
	if (is)
		text->start += end;
	return status;
}

/* Bytes of a dash at the start of string, or 0. */
static size_t dash_at(struct bk_str string)
{
	if (bk_str_starts(string, BK_STR("-")))
		return 1;
	return bk_str_starts(string, BK_STR("–")) || bk_str_starts(string, BK_STR("—")) ? 3 : 0;
}

/* Whether a dash with blanks round it stands at `at`; before a capital a blank on one side will do: "text -US".
 */
static bool parts_words(struct bk_str inside, size_t at)
{
	const size_t len = dash_at(bk_str_skip(inside, at));
	size_t next = at + len, blanks;

	if (!len || next >= inside.len)
		return false;
	blanks = (size_t)bk_is_space(inside.ptr[at - 1]) + bk_is_space(inside.ptr[next]);
	next += bk_is_space(inside.ptr[next]);
	return blanks == 2 || (blanks == 1 && next < inside.len && bk_is_upper(inside.ptr[next]));
}

/* The last byte c in [from, end), or `from` when there is none behind it. */
static size_t last_byte(struct bk_str inside, size_t from, size_t end, char c)
{
	const char *at = end > from ? memrchr(inside.ptr + from, c, end - from) : NULL;

	return at ? (size_t)(at - inside.ptr) : from;
}

/* Offset of the last dash that parts words in inside, or of the blank before it, no bracket behind it; or
 * inside.len. */
static size_t last_dash(struct bk_str inside)
{
	const size_t least = inside.len > DASH_MAX ? inside.len - DASH_MAX : 0;
	size_t hyphen = last_byte(inside, least, inside.len, '-');
	size_t wide = last_byte(inside, least, inside.len, "–"[0]);
	size_t at = hyphen > wide ? hyphen : wide;

	while (at > least && !parts_words(inside, at)) {
		if (at == hyphen)
			hyphen = last_byte(inside, least, at, '-');
		else
			wide = last_byte(inside, least, at, "–"[0]);
		at = hyphen > wide ? hyphen : wide;
	}
	if (at == least || memchr(inside.ptr + at, '[', inside.len - at) ||
		memchr(inside.ptr + at, ']', inside.len - at))
		return inside.len;
	return bk_is_space(inside.ptr[at - 1]) ? at - 1 : at;
}

static struct bk_str after_dash(struct bk_str inside, size_t at)
{
	const struct bk_str list = bk_str_skip(inside, at + bk_is_space(inside.ptr[at]));

	return bk_str_trim(bk_str_skip(list, dash_at(list)));
}

/* "delete", "do not support": what is done, and nobody who does it. */
static bool is_act(struct bk_str words)
{
	enum bk_act act;
	struct bk_str rest;

	return bk_verb_read(words, &act, &rest) && bk_verb_word(rest).len == 0;
}

/* A slash that parts alternatives, and not two names: a blank stands beside it, and it is outside inner
 * brackets. */
static size_t next_slash(struct bk_str inside, size_t from)
{
	size_t depth = 0;

	for (size_t i = from; i < inside.len; i++) {
		const char c = inside.ptr[i];

		depth += c == '[';
		depth -= c == ']' && depth > 0;
		if (c == '/' && depth == 0 && i && i + 1 < inside.len &&
			(bk_is_space(inside.ptr[i - 1]) || bk_is_space(inside.ptr[i + 1])))
			return i;
	}
	return inside.len;
}

/* `[change - EU / promote - US]`: the lists of all alternatives of inside but the last. */
static int find_inner_dashes(struct finder *finder, struct bk_str inside)
{
	const size_t base = (size_t)(inside.ptr - finder->draft->bytes.ptr);
	size_t slash, from = 0;
	int status = BK_OK;

	while (status == BK_OK && (slash = next_slash(inside, from)) < inside.len) {
		struct bk_str part = {inside.ptr + from, slash - from};
		bool is;
		size_t at;

		while (part.len && bk_is_space(part.ptr[part.len - 1]))
			part.len--;
		at = last_dash(part);
		if (at < part.len)
			status = take_list(finder, after_dash(part, at), BK_FORM_DASH,
				(struct bk_span){base + from + at, base + from + part.len}, &is);
		from = slash + 1;
	}
	return status;
}

/* `[text - US; G77 delete]`; moves text's end before it. */
static int find_dash(struct finder *finder, struct bk_span *text)
{
	const struct bk_str inside = {finder->draft->bytes.ptr + text->start, text->end - text->start};
	size_t at = reads(finder, BK_FORM_DASH) ? last_dash(inside) : inside.len;
	struct bk_str list;
	bool is = false;
	int status;

	if (at == inside.len)
		return BK_OK;
	list = after_dash(inside, at);
	/* `[text – India – delete]`: the names stand before the last dash. */
	if (is_act(list)) {
		const size_t before = last_dash((struct bk_str){inside.ptr, at});

		at = before < at ? before : at;
		list = after_dash(inside, at);
	}
	if (!list.len || !(may_begin_name(list.ptr[0]) || bk_is_lower(list.ptr[0])))
		return BK_OK;
	status = at < ALTERNATIVES_MAX ? find_inner_dashes(finder, (struct bk_str){inside.ptr, at}) : BK_OK;
	if (status == BK_OK)
		status = take_list(
			finder, list, BK_FORM_DASH, (struct bk_span){text->start + at, text->end}, &is);
	if (is)
		text->end = text->start + at;
	return status;
}

/* Past blanks, emphasis and at most one line end. */
static size_t skip_to_parenthesis(struct bk_str bytes, size_t at)
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
static int find_parentheses(struct finder *finder, const struct bk_bracket *bracket)
{
	const struct bk_str bytes = finder->draft->bytes;
	size_t open = skip_to_parenthesis(bytes, bracket->end);
	bool is = opens_parenthesis(bytes, open) && reads(finder, BK_FORM_PARENTHESIS) &&
		  !is_mark(finder->draft, bracket);
	int status = BK_OK;

	while (is && status == BK_OK && opens_parenthesis(bytes, open)) {
		const size_t close = closing_parenthesis(bytes, open);

		is = false;
		if (close == bytes.len)
			break;
		status = take_list(finder, (struct bk_str){bytes.ptr + open + 1, close - open - 1},
			BK_FORM_PARENTHESIS, (struct bk_span){open, close + 1}, &is);
		open = skip_to_parenthesis(bytes, close + 1);
	}
	return status;
}

/* A footnote's text that says who: "EU, AOSIS", "Proposed by AILAC.", with the mark as notation. */
static int take_note(struct finder *finder, struct bk_str text, struct bk_span mark)
{
	bool is;

	/* Any number of marks may share a note. */
	if (text.len > NOTE_MAX)
		return BK_OK;
	text = bk_str_trim(text);
	while (text.len && text.ptr[text.len - 1] == '.')
		text.len--;
	return take_list(finder, text, BK_FORM_FOOTNOTE, mark, &is);
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
static int find_bare_footnotes(struct finder *finder, size_t at)
{
	const struct bk_str bytes = finder->draft->bytes;
	bool is = true;
	int status = BK_OK;

	while (is && status == BK_OK) {
		unsigned number;
		struct bk_str text;
		const size_t end = mark_end(bytes, at, &number), first = finder->found.len;

		if (end == at || (end < bytes.len && (bk_is_word(bytes.ptr[end]) || bytes.ptr[end] == '%')))
			break;
		status = bk_footnote_bare(&finder->footnotes, number, end, &text, &is);
		if (is)
			status = take_note(finder, text, (struct bk_span){at, end});
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

static int find_footnote(struct finder *finder, const struct bk_bracket *bracket)
{
	const struct bk_draft *draft = finder->draft;
	const struct bk_str bytes = draft->bytes;
	const struct bk_str rest = bk_str_skip(bytes, bracket->end);
	struct bk_str text;
	size_t len;
	bool is = false;
	int status;

	if (!rest.len || !may_be_mark(rest.ptr[0]) || !reads(finder, BK_FORM_FOOTNOTE))
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

/* ---- One bracket ------------------------------------------------------------------------------------ */

static void trim_span(struct bk_str bytes, struct bk_span *span)
{
	while (span->start < span->end && bk_is_space(bytes.ptr[span->start]))
		span->start++;
	while (span->end > span->start && bk_is_space(bytes.ptr[span->end - 1]))
		span->end--;
}

static void skip_label(struct bk_str bytes, struct bk_span *span)
{
	span->start += bk_phrase_label((struct bk_str){bytes.ptr + span->start, span->end - span->start});
}

/* Whether a colon or dash stands in text, the words of bracket.  Asked of brackets in their order. */
static bool has_mark(struct finder *finder, const struct bk_bracket *bracket, const struct bk_span *text)
{
	const struct bk_str rest = bk_str_skip(finder->draft->bytes, bracket->start);

	if (finder->next_mark < bracket->start)
		finder->next_mark = bracket->start + bk_kernel_find(&finder->marks, rest.ptr, rest.len);
	return finder->next_mark < text->end;
}

static int find_inside(struct finder *finder, struct bk_span *text)
{
	const int status = find_prefix(finder, text);

	return status == BK_OK ? find_dash(finder, text) : status;
}

static int find_behind(struct finder *finder, const struct bk_bracket *bracket)
{
	const int status = find_parentheses(finder, bracket);

	return status == BK_OK ? find_footnote(finder, bracket) : status;
}

static int read_bracket(struct finder *finder, struct bk_bracket *bracket)
{
	const struct bk_str bytes = finder->draft->bytes;
	const size_t first = finder->found.len;
	struct bk_span text = {bracket->start + bracket->open_len, bracket->end - bracket->close_len};
	int status = BK_OK;

	skip_label(bytes, &text);
	if (!bracket->brace && has_mark(finder, bracket, &text))
		status = find_inside(finder, &text);
	if (!bracket->brace && status == BK_OK)
		status = find_behind(finder, bracket);
	if (finder->found.len > first)
		skip_label(bytes, &text);
	trim_span(bytes, &text);
	bracket->text = text;
	bracket->attribution = (uint32_t)first;
	bracket->attribution_count = (uint32_t)(finder->found.len - first);
	return status;
}

int bk_attribution_find(struct bk_draft *draft)
{
	struct finder finder = {
		.draft = draft,
		.naming = {draft->names,
			!draft->names.code || bk_conventions_unknown_codes(draft->conventions)},
	};
	/* of the wide ones, "：", "–" and "—", the first byte */
	static const char marks[] = {':', '-', '\xEF', '\xE2'};
	int status = BK_OK;

	bk_byte_set_init(&finder.marks, marks, sizeof marks);
	bk_footnotes_init(&finder.footnotes, draft);
	for (size_t i = 0; status == BK_OK && i < draft->bracket_count; i++) {
		finder.bracket = (uint32_t)i;
		status = read_bracket(&finder, &draft->brackets[i]);
	}
	if (status == BK_OK && finder.found.len) {
		draft->attributions =
			bk_arena_array(&draft->arena, finder.found.len, sizeof *draft->attributions);
		if (draft->attributions)
			memcpy(draft->attributions, finder.found.items,
				finder.found.len * sizeof *draft->attributions);
		status = draft->attributions ? BK_OK : bk_fail_memory();
	}
	draft->attribution_count = status == BK_OK ? finder.found.len : 0;
	bk_footnotes_release(&finder.footnotes);
	BK_VEC_RELEASE(&finder.names);
	BK_VEC_RELEASE(&finder.found);
	return status;
}
