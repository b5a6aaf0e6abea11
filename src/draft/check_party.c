/* Names that nobody in the roster has, and alternatives without words. */
#include "draft/check.h"

#include "base/error.h"

/* ---- Parties ----------------------------------------------------------------------------------------- */

int bk_check_parties(struct bk_checker *checker)
{
	const struct bk_draft *draft = checker->draft;
	int status = BK_OK;

	if (!draft->names.code)
		return BK_OK;
	for (size_t i = 0; i < draft->attribution_count && status == BK_OK; i++) {
		const struct bk_attribution *it = &draft->attributions[i];

		if (!it->known)
			status = bk_check_report(checker, BK_RULE_UNKNOWN_PARTY, it->written,
				"'%.*s' is no party or group of the roster",
				(int)(it->written.end - it->written.start > 100
						? 100
						: it->written.end - it->written.start),
				draft->bytes.ptr + it->written.start);
	}
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
	size_t at = node->offset + strlen(node->label);

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
				(struct bk_span){node->offset, node->offset + strlen(node->label)},
				"'%s' has no words: write 'No text' if that is meant", node->label);
	}
	return status;
}
