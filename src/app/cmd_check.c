/* bracked check: report faults and propose repairs. */
#include "app/subject.h"

static const struct bk_option options[] = {
	BK_OPTION_JSON,
	{0},
};

static bk_json *repair_object(const struct bk_repair *repair)
{
	bk_json *object = bk_json_object();

	bk_json_set_size(object, "offset", repair->offset);
	if (repair->insert)
		bk_json_set_string(object, "insert", repair->insert);
	else
		bk_json_set_size(object, "delete", repair->remove);
	bk_json_set_string(object, "why", repair->why);
	return object;
}

static void print_json(
	struct bk_output *output, const struct bk_session *session, const struct bk_finding *finding)
{
	bk_json *object = bk_output_object();
	bk_json *repairs = bk_json_array();
	size_t line, column;

	bk_draft_place(session->draft, finding->span.start, &line, &column);
	bk_json_set_text(object, "file", bk_str_of(session->name));
	bk_json_set_string(object, "rule", bk_rule_name(finding->rule));
	bk_json_set_size(object, "line", line);
	bk_json_set_size(object, "column", column);
	bk_json_set_size(object, "offset", finding->span.start);
	bk_json_set_size(object, "end", finding->span.end);
	bk_json_set_text(object, "message", bk_str_of(finding->message));
	for (size_t i = 0; i < finding->repair_count; i++)
		bk_json_add(repairs, repair_object(&finding->repairs[i]));
	bk_json_set(object, "repairs", repairs);
	bk_output_json(output, object);
}

static void print_repair(
	struct bk_output *output, const struct bk_session *session, const struct bk_repair *repair)
{
	size_t line, column;

	bk_draft_place(session->draft, repair->offset, &line, &column);
	bk_output_styled(output, BK_INK_GOOD, BK_STR("    repair "));
	if (repair->insert)
		bk_output_printf(output, "insert %s at %zu:%zu (offset %zu)", repair->insert, line, column,
			repair->offset);
	else
		bk_output_printf(
			output, "delete the bracket at %zu:%zu (offset %zu)", line, column, repair->offset);
	bk_output_printf(output, ": %s\n", repair->why);
}

static void print_text(
	struct bk_output *output, const struct bk_session *session, const struct bk_finding *finding)
{
	bk_subject_place(output, session, finding->span.start);
	bk_output_puts(output, ": ");
	bk_output_styled(output, BK_INK_BAD, bk_str_of(bk_rule_name(finding->rule)));
	bk_output_printf(output, ": %s\n", finding->message);
	for (size_t i = 0; i < finding->repair_count; i++)
		print_repair(output, session, &finding->repairs[i]);
}

static int check(struct bk_invocation *invocation, struct bk_session *session)
{
	const bool json = bk_args_has(invocation->given, "json");
	bk_findings *findings;
	const struct bk_finding *list;
	size_t count;
	const int status = bk_draft_check(session->draft, &findings);

	if (status < 0)
		return bk_subject_failed(status);
	list = bk_findings_list(findings, &count);
	for (size_t i = 0; i < count; i++)
		(json ? print_json : print_text)(invocation->output, session, &list[i]);
	bk_findings_free(findings);
	return count ? BK_EXIT_FOUND : BK_EXIT_OK;
}

static int run(struct bk_invocation *invocation)
{
	return bk_subject_each(invocation, 0, check);
}

const struct bk_command bk_cmd_check = {
	.name = "check",
	.group = "Reading a draft",
	.summary = "report faults of the text and propose repairs",
	.arguments = "FILE...",
	.options = options,
	.examples = {"bracked check outcome.txt", "bracked check --json HEAD~1:outcome.txt"},
	.run = run,
};
