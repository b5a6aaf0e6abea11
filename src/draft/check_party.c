/* Names that nobody in the roster has, and alternatives without words. */
#include "draft/check.h"

#include "base/error.h"
#include "draft/naming.h"

/* A list of names is no longer than this. */
enum { LIST_MOST = 200 };

/* ---- Parties ----------------------------------------------------------------------------------------- */

static int report_name(struct bk_checker *checker, struct bk_span written)
{
	const size_t len = written.end - written.start;

	return bk_check_report(checker, BK_RULE_UNKNOWN_PARTY, written,
		"'%.*s' is no party or group of the roster", (int)(len > 100 ? 100 : len),
		checker->draft->bytes.ptr + written.start);
}

static bool is_known(const struct bk_draft *draft, struct bk_str part, bool unknown_codes, bool *says)
{
	const struct bk_naming naming = {.names = draft->names, .unknown_codes = unknown_codes};
	bk_named_list names = BK_VEC_INIT;
	bool is = false;

	/* A list that memory ran out for is taken for none: the check goes on. */
	if (bk_naming_parse(&naming, part, BK_NAMING_STRICT, &names, &is) < 0)
		is = false;
	*says = is && names.len && names.items[0].act != BK_ACT_PROPOSE;
	BK_VEC_RELEASE(&names);
	return is;
}

/* "delete", "oppose" or "opposes", and so on for each act. */
static bool is_verb(struct bk_str word)
{
	for (int act = 0; act < BK_ACT_COUNT; act++) {
		const struct bk_str name = bk_str_of(bk_act_name((enum bk_act)act));

		if (bk_str_equal(word, name) ||
			(bk_str_starts(word, name) && bk_str_equal(bk_str_skip(word, name.len), BK_STR("s"))))
			return true;
	}
	return false;
}

/* One capitalised word, alone or before a verb: what looks like a name. */
static struct bk_str name_in(struct bk_str part)
{
	size_t len = 0;

	while (len < part.len && (bk_is_alpha(part.ptr[len]) || bk_is_digit(part.ptr[len])))
		len++;
	if (len < 2 || len > 16 || !bk_is_upper(part.ptr[0]))
		return BK_STR("");
	if (len < part.len && !is_verb(bk_str_trim(bk_str_skip(part, part.ptr[len] == ':' ? len + 1 : len))))
		return BK_STR("");
	return (struct bk_str){part.ptr, len};
}

/* The next part of a list between separators; the list moves on. */
static struct bk_str next_part(struct bk_str *list)
{
	size_t end = 0;
	struct bk_str part;

	while (end < list->len && !strchr(",/;&", list->ptr[end]))
		end++;
	part = bk_str_trim((struct bk_str){list->ptr, end});
	*list = bk_str_skip(*list, end + 1);
	return part;
}

static bool names_somebody(const struct bk_draft *draft, struct bk_str list)
{
	bool says;

	while (list.len)
		if (is_known(draft, next_part(&list), false, &says))
			return true;
	return false;
}

/*
 * A list that would be an attribution if only all its names were known: one of them is, or a verb says that
 * it is one.
 */
static int check_list(struct bk_checker *checker, struct bk_span span)
{
	const struct bk_draft *draft = checker->draft;
	struct bk_str list = {draft->bytes.ptr + span.start, span.end - span.start};
	const bool some = names_somebody(draft, list);
	int status = BK_OK;

	while (list.len && status == BK_OK) {
		const struct bk_str part = next_part(&list), name = name_in(part);
		const size_t start = (size_t)(name.ptr - draft->bytes.ptr);
		bool says;

		if (!name.len || is_known(draft, part, false, &says))
			continue;
		if (some || (is_known(draft, part, true, &says) && says))
			status = report_name(checker, (struct bk_span){start, start + name.len});
	}
	return status;
}

/* What stands before the first colon in a bracket; false when no list can. */
static bool find_prefix(const struct bk_draft *draft, const struct bk_bracket *bracket, struct bk_span *list)
{
	const size_t start = bracket->start + bracket->open_len;
	const size_t most = bracket->end - start < LIST_MOST ? bracket->end - start : LIST_MOST;

	for (size_t i = 0; i < most; i++) {
		const char c = draft->bytes.ptr[start + i];

		if (c == ':') {
			*list = (struct bk_span){start, start + i};
			return i > 0;
		}
		if (c == '[' || c == ']' || c == '(' || c == '.')
			return false;
	}
	return false;
}

/* The inside of the parenthesis that follows at offset, after a blank or none; *after is behind it. */
static bool find_parenthesis(const struct bk_draft *draft, size_t at, struct bk_span *list, size_t *after)
{
	const struct bk_str bytes = draft->bytes;

	if (at < bytes.len && bytes.ptr[at] == ' ')
		at++;
	if (at >= bytes.len || bytes.ptr[at] != '(')
		return false;
	for (size_t end = at + 1; end < bytes.len && end - at < LIST_MOST; end++) {
		if (bytes.ptr[end] == ')') {
			*list = (struct bk_span){at + 1, end};
			*after = end + 1;
			return end > at + 1;
		}
		if (bytes.ptr[end] == '[' || bytes.ptr[end] == '(')
			return false;
	}
	return false;
}

/* What stands behind the last dash between blanks in a bracket. */
static bool find_dash(const struct bk_draft *draft, const struct bk_bracket *bracket, struct bk_span *list)
{
	const size_t end = bracket->end - bracket->close_len, start = bracket->start + bracket->open_len;

	for (size_t at = end - 1; at > start + 2 && end - at < LIST_MOST; at--) {
		const char *bytes = draft->bytes.ptr + at;

		if (bytes[0] == '[' || bytes[0] == ']')
			return false;
		if (bytes[0] == ' ' && bytes[-1] == '-' && bytes[-2] == ' ') {
			*list = (struct bk_span){at + 1, end};
			return true;
		}
	}
	return false;
}

static int check_bracket(struct bk_checker *checker, const struct bk_bracket *bracket)
{
	struct bk_span list;
	size_t at = bracket->end;
	int status = BK_OK;

	if (find_prefix(checker->draft, bracket, &list))
		status = check_list(checker, list);
	if (status == BK_OK && find_dash(checker->draft, bracket, &list))
		status = check_list(checker, list);
	while (status == BK_OK && find_parenthesis(checker->draft, at, &list, &at))
		status = check_list(checker, list);
	return status;
}

int bk_check_parties(struct bk_checker *checker)
{
	const struct bk_draft *draft = checker->draft;
	int status = BK_OK;

	if (!draft->names.code)
		return BK_OK;
	for (size_t i = 0; i < draft->attribution_count && status == BK_OK; i++)
		if (!draft->attributions[i].known && draft->attributions[i].form == BK_FORM_FOOTNOTE)
			status = report_name(checker, draft->attributions[i].written);
	for (size_t i = 0; i < draft->bracket_count && status == BK_OK; i++)
		if (draft->brackets[i].class == BK_CLASS_DISPUTED && !draft->brackets[i].brace)
			status = check_bracket(checker, &draft->brackets[i]);
	return status;
}

/* ---- Alternatives ------------------------------------------------------------------------------------ */

static bool is_empty(const struct bk_draft *draft, struct bk_span span)
{
	for (size_t at = span.start; at < span.end; at++) {
		if (!bk_is_space(draft->bytes.ptr[at]) && draft->bytes.ptr[at] != '*')
			return false;
	}
	return true;
}

/* Whether another bracket ends or begins right beside this one. */
static bool is_beside_another(const struct bk_draft *draft, const struct bk_bracket *bracket)
{
	const char *bytes = draft->bytes.ptr;

	return (bracket->start > 0 && bytes[bracket->start - 1] == ']') ||
	       (bracket->end < draft->bytes.len && bytes[bracket->end] == '[');
}

static int check_empty_brackets(struct bk_checker *checker)
{
	const struct bk_draft *draft = checker->draft;
	int status = BK_OK;

	for (size_t i = 0; i < draft->bracket_count && status == BK_OK; i++) {
		const struct bk_bracket *bracket = &draft->brackets[i];
		const struct bk_str inside = bk_bracket_inside(draft, bracket);
		const size_t from = (size_t)(inside.ptr - draft->bytes.ptr);
		const bool hollow = is_empty(draft, (struct bk_span){from, from + inside.len});

		if (bracket->brace || !is_empty(draft, bracket->text))
			continue;
		if (hollow ? is_beside_another(draft, bracket) : bracket->attribution_count > 0)
			status = bk_check_report(checker, BK_RULE_EMPTY_ALTERNATIVE,
				(struct bk_span){bracket->start, bracket->end},
				"an alternative without words: write 'No text' if that is meant");
	}
	return status;
}

/* A slash between blanks with nothing on one side, inside a bracket. */
static int check_slash(struct bk_checker *checker, const struct bk_bracket *bracket)
{
	const struct bk_draft *draft = checker->draft;
	const struct bk_span text = bracket->text;
	size_t from = text.start;

	for (size_t at = text.start; at < text.end; at++) {
		const char c = draft->bytes.ptr[at];

		if (c == '[' || c == ']')
			return BK_OK;
		if (c != '/' || at == text.start || !bk_is_space(draft->bytes.ptr[at - 1]))
			continue;
		if (is_empty(draft, (struct bk_span){from, at}) ||
			is_empty(draft, (struct bk_span){at + 1, text.end}))
			return bk_check_report(checker, BK_RULE_EMPTY_ALTERNATIVE,
				(struct bk_span){at, at + 1},
				"nothing stands beside the slash: write 'No text' if that is meant");
		from = at + 1;
	}
	return BK_OK;
}

static int check_slashes(struct bk_checker *checker)
{
	const struct bk_draft *draft = checker->draft;
	int status = BK_OK;

	for (size_t i = 0; i < draft->bracket_count && status == BK_OK; i++) {
		if (draft->brackets[i].class == BK_CLASS_DISPUTED)
			status = check_slash(checker, &draft->brackets[i]);
	}
	return status;
}

/* ---- Options ----------------------------------------------------------------------------------------- */

/* Whether an option has words of its own behind its header. */
static bool has_words(const struct bk_draft *draft, const struct bk_node *node)
{
	size_t at = node->behind;

	for (; at < node->end; at++) {
		const char c = draft->bytes.ptr[at];

		if (bk_is_word(c) || c == '[')
			return true;
	}
	return false;
}

/* Options without words, but not where the words behind the last one are a tail that all share. */
int bk_check_alternatives(struct bk_checker *checker)
{
	const struct bk_draft *draft = checker->draft;
	uint32_t *with_words =
		bk_arena_array(&checker->findings->arena, draft->node_count + 1, sizeof *with_words);
	int status = with_words ? check_empty_brackets(checker) : bk_fail_memory();

	if (status == BK_OK)
		status = check_slashes(checker);
	for (size_t i = 0; i < draft->node_count && status == BK_OK; i++) {
		const struct bk_node *node = &draft->nodes[i];

		if (node->kind == BK_NODE_OPTION && node->family <= draft->node_count)
			with_words[node->family] += has_words(draft, node);
	}
	for (size_t i = 0; i < draft->node_count && status == BK_OK; i++) {
		const struct bk_node *node = &draft->nodes[i];

		if (node->kind == BK_NODE_OPTION && !node->no_text && node->family <= draft->node_count &&
			with_words[node->family] > 1 && !has_words(draft, node))
			status = bk_check_report(checker, BK_RULE_EMPTY_ALTERNATIVE,
				(struct bk_span){node->offset, node->behind},
				"'%s' has no words: write 'No text' if that is meant", node->label);
	}
	return status;
}
