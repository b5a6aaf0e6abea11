/* bracked outline: headings, provisions and options with their open brackets. */
#include "app/proposed.h"
#include "app/subject.h"
#include "base/alloc.h"
#include "base/error.h"

static const struct bk_option options[] = {
	BK_OPTION_JSON,
	{0},
};

static void print_json(
	struct bk_output *output, const struct bk_session *session, uint32_t index, uint32_t open)
{
	size_t count;
	const struct bk_node *node = &bk_draft_nodes(session->draft, &count)[index];
	bk_json *object = bk_output_object();
	size_t line, column;

	bk_draft_place(session->draft, node->offset, &line, &column);
	bk_json_set_string(object, "kind", bk_node_kind_name(node->kind));
	bk_json_set_text(object, "label", bk_str_of(node->label));
	bk_json_set_text(object, "path", bk_str_of(node->path));
	bk_json_set_size(object, "line", line);
	bk_json_set_size(object, "offset", node->offset);
	bk_json_set_size(object, "end", node->end);
	bk_json_set_size(object, "level", node->level);
	bk_json_set_size(object, "open", open);
	bk_json_set_bool(object, "no_text", node->no_text);
	bk_proposed_set_node(session, index, object);
	bk_output_json(output, object);
}

static void print_text(
	struct bk_output *output, const struct bk_session *session, uint32_t index, uint32_t open)
{
	size_t count;
	const struct bk_node *node = &bk_draft_nodes(session->draft, &count)[index];
	struct bk_proposal proposal;
	size_t line, column;

	bk_draft_place(session->draft, node->offset, &line, &column);
	bk_output_printf(output, "%5zu  ", line);
	if (open)
		bk_output_printf(output, "%4u  ", open);
	else
		bk_output_puts(output, "   .  ");
	bk_output_printf(output, "%*s", (int)(node->level < 20 ? node->level - 1 : 20) * 2, "");
	bk_output_excerpt(output, node->kind == BK_NODE_HEADING ? BK_INK_STRONG : BK_INK_PLAIN,
		bk_str_of(node->label), 50);
	if (node->title && *node->title) {
		bk_output_puts(output, "  ");
		bk_output_excerpt(output, BK_INK_PLAIN, bk_str_of(node->title), 70);
	}
	bk_output_puts(output, node->no_text ? "  (no text)\n" : "\n");
	if (bk_node_proposal(session->draft, index, &proposal)) {
		bk_output_printf(output, "%13s%*s", "", (int)(node->level < 20 ? node->level : 20) * 2, "");
		bk_output_puts(output, "proposed for all of them: ");
		bk_output_excerpt(output, BK_INK_FAINT, bk_subject_bytes(session, proposal.after), 50);
		bk_output_puts(output, "\n");
	}
}

/* The open points that begin in each node and below it; freed by the caller, NULL when memory ran out. */
static uint32_t *count_open(const struct bk_session *session)
{
	size_t count, node_count;
	const struct bk_bracket *brackets = bk_draft_brackets(session->draft, &count);
	const struct bk_node *nodes = bk_draft_nodes(session->draft, &node_count);
	uint32_t *open = bk_calloc(node_count + 1, sizeof *open);

	for (uint32_t i = 0; i < count && open; i++)
		if (brackets[i].node != BK_NONE && bk_subject_is_open(session, i))
			open[brackets[i].node]++;
	for (size_t i = node_count; i-- > 0 && open;)
		if (nodes[i].parent != BK_NONE)
			open[nodes[i].parent] += open[i];
	return open;
}

static int outline(struct bk_invocation *invocation, struct bk_session *session)
{
	const bool json = bk_args_has(invocation->given, "json");
	size_t count;

	bk_draft_nodes(session->draft, &count);
	uint32_t *open = count_open(session);

	if (!open)
		return bk_subject_failed(bk_fail_memory());
	for (uint32_t i = 0; i < count; i++)
		(json ? print_json : print_text)(invocation->output, session, i, open[i]);
	bk_free(open);
	return BK_EXIT_OK;
}

static int run(struct bk_invocation *invocation)
{
	return invocation->arg_count == 1 ? bk_subject_each(invocation, 0, outline)
					  : bk_subject_usage(invocation);
}

const struct bk_command bk_cmd_outline = {
	.name = "outline",
	.group = "Reading a draft",
	.summary = "print headings, provisions and options with their open brackets",
	.arguments = "FILE",
	.options = options,
	.examples = {"bracked outline outcome.txt", "bracked outline --json HEAD~1:outcome.txt"},
	.run = run,
};
