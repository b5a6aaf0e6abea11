/*
 * What stands inside a bracket of who asks for it.
 *
 *	[EU, AOSIS: text]                 prefix: up to a colon, and another one behind a verb
 *	[text - US; G77 delete]           dash: from the last one that parts words
 *	[change - EU / promote - US]      a dash in each alternative
 */
#include "draft/attribution_private.h"
#include "draft/naming_verb.h"

/* No list of names is longer than this, and no bracket of alternatives between slashes. */
enum { PREFIX_MAX = 400, DASH_MAX = 400, ALTERNATIVES_MAX = 4096 };

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
	const struct bk_str words = {inside.ptr + colon + 1, next - colon - 1};

	return next < inside.len && bk_naming_is_act(words) ? next : colon;
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

/* Marks of emphasis that open before a list and are not closed in it: `**EU:** text` has two. */
static size_t open_stars(struct bk_str inside, size_t from, size_t colon)
{
	size_t before = 0, within = 0;

	for (size_t i = 0; i < colon; i++)
		*(i < from ? &before : &within) += inside.ptr[i] == '*';
	return before > within ? before - within : 0;
}

/* `[EU, AOSIS: text]`; moves text's start past it. */
static int find_prefix(struct bk_attribution_finder *finder, struct bk_span *text)
{
	const char *bytes = finder->draft->bytes.ptr;
	const struct bk_str inside = {bytes + text->start, text->end - text->start};
	size_t from = 0, colon, end, stars;
	bool is = false;
	int status;

	while (from < inside.len && (bk_is_space(inside.ptr[from]) || inside.ptr[from] == '*'))
		from++;
	if (!may_begin_list(bk_str_skip(inside, from)))
		return BK_OK;
	colon = end = prefix_colon(inside, from);
	if (colon == inside.len || !bk_attribution_reads(finder, BK_FORM_PREFIX))
		return BK_OK;
	colon = end = verb_colon(inside, colon);
	stars = open_stars(inside, from, colon);
	for (end += colon_at(bk_str_skip(inside, end));
		end < inside.len &&
		(bk_is_space(inside.ptr[end]) || (inside.ptr[end] == '*' && stars && stars--));)
		end++;
	/* `[BR, IN: reserve]` has a verb where the words would stand. */
	if (bk_naming_refuses(bk_str_skip(inside, end)) || is_all_acts(bk_str_skip(inside, from)))
		colon = end = inside.len;
	status = bk_attribution_take_list(finder, (struct bk_str){inside.ptr + from, colon - from},
		BK_FORM_PREFIX, (struct bk_span){text->start + from, text->start + end}, &is);
	if (is)
		text->start += end;
	return status;
}

/* Whether a dash with blanks round it stands at `at`; before a capital a blank on one side will do: "text -US".
 */
static bool parts_words(struct bk_str inside, size_t at)
{
	const size_t len = bk_str_dash(bk_str_skip(inside, at));
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

	return bk_str_trim(bk_str_skip(list, bk_str_dash(list)));
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
static int find_inner_dashes(struct bk_attribution_finder *finder, struct bk_str inside)
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
			status = bk_attribution_take_list(finder, after_dash(part, at), BK_FORM_DASH,
				(struct bk_span){base + from + at, base + from + part.len}, &is);
		from = slash + 1;
	}
	return status;
}

/* `[text - US; G77 delete]`; moves text's end before it. */
static int find_dash(struct bk_attribution_finder *finder, struct bk_span *text)
{
	const struct bk_str inside = {finder->draft->bytes.ptr + text->start, text->end - text->start};
	size_t at = bk_attribution_reads(finder, BK_FORM_DASH) ? last_dash(inside) : inside.len;
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
		status = bk_attribution_take_list(
			finder, list, BK_FORM_DASH, (struct bk_span){text->start + at, text->end}, &is);
	if (is)
		text->end = text->start + at;
	return status;
}

int bk_attribution_inside(struct bk_attribution_finder *finder, struct bk_span *text)
{
	const int status = find_prefix(finder, text);

	return status == BK_OK ? find_dash(finder, text) : status;
}
