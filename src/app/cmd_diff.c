/* bracked diff: what happened to every bracket and to the words between two texts. */
#include "app/pair.h"
#include "app/redline.h"
#include "app/subject.h"

#include <string.h>

static const struct bk_option options[] = {
	BK_OPTION_JSON,
	{.name = "summary", .help = "print the counts alone"},
	{.name = "context", .help = "print what stands around each change"},
	{.name = "all", .help = "print brackets that were kept, too"},
	{0},
};

enum { EXCERPT = 64, CONTEXT = 60 };

/* ---- JSON ---------------------------------------------------------------------------------------------- */

/* Of a side: its bracket, or for words that stand without theirs the depth of the one in the other text. */
static uint32_t depth_of(const struct bk_session *session, uint32_t bracket, uint32_t otherwise)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(session->draft, &count);

	return bracket == BK_NONE ? otherwise : brackets[bracket].depth;
}

static bk_json *side_json(
	const struct bk_session *session, struct bk_span span, uint32_t bracket, uint32_t depth)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(session->draft, &count);
	bk_json *object = bk_json_object();
	const bool whole = bracket != BK_NONE && brackets[bracket].start == span.start;

	bk_json_set_string(object, "id", whole ? brackets[bracket].id : NULL);
	bk_json_set_size(object, "start", span.start);
	bk_json_set_size(object, "end", span.end);
	bk_subject_set_text(object, session, span, depth);
	return object;
}

static void print_json(
	struct bk_output *output, const struct bk_pair *pair, const struct bk_difference *difference)
{
	bk_json *object = bk_output_object();
	const uint32_t old_depth = depth_of(pair->old, difference->old_bracket, 0);
	const uint32_t new_depth = depth_of(pair->now, difference->new_bracket, old_depth);

	bk_json_set_string(object, "kind", bk_difference_kind_name(difference->kind));
	bk_json_set_text(object, "path", bk_str_of(difference->path));
	bk_json_set_size(object, "line",
		bk_pair_line(pair, difference->in_new, difference->old_span, difference->new_span));
	if (difference->in_old)
		bk_json_set(object, "old",
			side_json(pair->old, difference->old_span, difference->old_bracket,
				old_depth ? old_depth : new_depth));
	else
		bk_json_set_null(object, "old");
	if (difference->in_new)
		bk_json_set(object, "new",
			side_json(pair->now, difference->new_span, difference->new_bracket, new_depth));
	else
		bk_json_set_null(object, "new");
	bk_json_set_string(object, "detail", difference->detail);
	bk_output_json(output, object);
}

/* What turns the old bytes into the new ones.  Bytes that are no UTF-8 have no place in JSON: they are
 * numbers. */
static bk_json *edits_json(const struct bk_pair *pair)
{
	size_t count;
	const struct bk_replacement *all = bk_comparison_replacements(pair->comparison, &count);
	bk_json *array = bk_json_array();

	for (size_t i = 0; i < count; i++) {
		const struct bk_str bytes = bk_subject_bytes(pair->now, all[i].new_span);
		bk_json *object = bk_json_object();

		bk_json_set_size(object, "start", all[i].old_span.start);
		bk_json_set_size(object, "end", all[i].old_span.end);
		bk_json_set_bytes(object, "text", "bytes", bytes);
		bk_json_add(array, object);
	}
	return array;
}

static void print_json_balance(
	struct bk_output *output, const struct bk_pair *pair, const struct bk_balance *balance, bool edits)
{
	bk_json *object = bk_output_object();

	bk_json_set_string(object, "kind", "balance");
	bk_json_set_size(object, "old", balance->old_count);
	for (int kind = BK_DIFFERENCE_KEPT; kind <= BK_DIFFERENCE_JOINED; kind++)
		bk_json_set_size(object, bk_difference_kind_name(kind), balance->of_old[kind]);
	bk_json_set_size(object, "opened", balance->of_new[BK_DIFFERENCE_OPENED]);
	bk_json_set_size(object, "reopened", balance->of_new[BK_DIFFERENCE_REOPENED]);
	bk_json_set_size(object, "new", balance->new_count);
	bk_json_set_int(object, "remainder", balance->remainder);
	bk_json_set_size(object, "pieces", balance->of_new[BK_DIFFERENCE_SPLIT]);
	bk_json_set_size(object, "in_option", balance->in_option);
	bk_json_set_size(object, "words_deleted", balance->words_deleted);
	bk_json_set_size(object, "words_added", balance->words_added);
	if (edits)
		bk_json_set(object, "edits", edits_json(pair));
	bk_output_json(output, object);
}

/* ---- For people ---------------------------------------------------------------------------------------- */

/* The same words, with a sign where a paragraph ends. */
static void print_paragraphs(struct bk_output *output, enum bk_ink ink, struct bk_str text)
{
	struct bk_buf signs = BK_BUF_INIT;

	for (size_t at = 0, feeds = 0; at < text.len; at++) {
		feeds = bk_is_space(text.ptr[at]) ? feeds + (text.ptr[at] == '\n') : 0;
		if (feeds == 2 && text.ptr[at] == '\n')
			bk_buf_puts(&signs, " \u00B6");
		bk_buf_putc(&signs, text.ptr[at]);
	}
	output->pending.failed |= signs.failed;
	bk_output_excerpt(output, ink, bk_buf_str(&signs), 2 * EXCERPT);
	bk_buf_release(&signs);
}

static void print_side(struct bk_output *output, const struct bk_session *session, struct bk_span span,
	enum bk_ink ink, const char *mark, const char *detail)
{
	const struct bk_str text = bk_subject_bytes(session, span);

	bk_output_printf(output, "          %s ", mark);
	if (strcmp(detail, "invisible") == 0)
		bk_output_unseen(output, ink, text);
	else if (strcmp(detail, "paragraphs") == 0)
		print_paragraphs(output, ink, text);
	else
		bk_output_excerpt(output, ink, text, 2 * EXCERPT);
	bk_output_puts(output, "\n");
}

/* Words before and behind a change, on a line of their own. */
static void print_context(struct bk_output *output, const struct bk_session *session, struct bk_span span)
{
	const struct bk_str before = bk_pair_context(session->draft, span.start, -CONTEXT);
	const struct bk_str after = bk_pair_context(session->draft, span.end, CONTEXT);

	bk_output_puts(output, "            … ");
	bk_output_excerpt(output, BK_INK_FAINT, before, 0);
	bk_output_puts(output, " ‖ ");
	bk_output_excerpt(output, BK_INK_FAINT, after, 0);
	bk_output_puts(output, " …\n");
}

static void print_text(struct bk_output *output, const struct bk_pair *pair,
	const struct bk_difference *difference, bool context)
{
	const bool both = difference->in_old && difference->in_new &&
			  !bk_str_equal(bk_subject_bytes(pair->old, difference->old_span),
				  bk_subject_bytes(pair->now, difference->new_span));
	const char *kind = bk_difference_kind_name(difference->kind);

	bk_pair_print_line(output, pair, difference->in_new, difference->old_span, difference->new_span);
	bk_output_styled(output, bk_redline_ink(difference->kind), bk_str_of(kind));
	if (*difference->detail)
		bk_output_printf(output, " (%s)", difference->detail);
	if (*difference->path) {
		bk_output_puts(output, "  ");
		bk_output_excerpt(output, BK_INK_FAINT, bk_str_of(difference->path), EXCERPT);
	}
	bk_output_puts(output, "\n");
	if (difference->in_old)
		print_side(output, pair->old, difference->old_span, BK_INK_REMOVED, both ? "-" : " ",
			difference->detail);
	if (difference->in_new && (both || !difference->in_old))
		print_side(output, pair->now, difference->new_span, BK_INK_ADDED, both ? "+" : " ",
			difference->detail);
	if (context && difference->in_new)
		print_context(output, pair->now, difference->new_span);
	else if (context)
		print_context(output, pair->old, difference->old_span);
}

/* ---- The command --------------------------------------------------------------------------------------- */

static bool is_change(const struct bk_difference *difference)
{
	return difference->kind != BK_DIFFERENCE_KEPT;
}

static int compare(struct bk_invocation *invocation, const struct bk_pair *pair)
{
	const bool json = bk_args_has(invocation->given, "json"),
		   summary = bk_args_has(invocation->given, "summary");
	const bool context = bk_args_has(invocation->given, "context"),
		   all = bk_args_has(invocation->given, "all");
	size_t count, changes = 0;
	const struct bk_difference *differences = bk_comparison_list(pair->comparison, &count);
	struct bk_balance balance;

	bk_comparison_balance(pair->comparison, &balance);
	for (size_t i = 0; i < count; i++) {
		changes += is_change(&differences[i]);
		if (summary)
			continue;
		if (json)
			print_json(invocation->output, pair, &differences[i]);
		else if (all || is_change(&differences[i]))
			print_text(invocation->output, pair, &differences[i], context);
	}
	if (json)
		print_json_balance(invocation->output, pair, &balance, !summary);
	else if (summary || changes)
		bk_redline_balance(invocation->output, &balance);
	return changes ? BK_EXIT_FOUND : BK_EXIT_OK;
}

static int run(struct bk_invocation *invocation)
{
	return bk_pair_each(invocation, compare);
}

const struct bk_command bk_cmd_diff = {
	.name = "diff",
	.group = "Comparing revisions",
	.summary = "tell what happened to every bracket and to the words",
	.arguments = "OLD NEW | [REV [REV]] -- FILE",
	.options = options,
	.examples = {"bracked diff HEAD~1:outcome.txt outcome.txt",
		"bracked diff --json 2010-08.txt 2010-12.txt"},
	.run = run,
};
