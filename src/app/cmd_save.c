/* bracked save: draft and ledger as one revision in git. */
#include "app/subject.h"

static const struct bk_option options[] = {
	{.name = "message", .letter = 'm', .value = "MESSAGE", .help = "what this revision is"},
	{.name = "symbol", .value = "SYMBOL", .help = "document symbol, kept as a trailer"},
	{0},
};

static int save(struct bk_invocation *invocation, struct bk_session *session)
{
	const char *message = bk_args_value(invocation->given, "message");
	char id[41] = "";
	int status;

	if (!message || !*message) {
		bk_output_remark("no message: say what this revision is by -m MESSAGE");
		return BK_EXIT_USAGE;
	}
	status = bk_session_save(session, message, bk_args_value(invocation->given, "symbol"), id);
	if (status < 0)
		return bk_subject_failed(status);
	if (!id[0]) {
		bk_output_puts(invocation->output, "nothing has changed since the last revision\n");
		return BK_EXIT_OK;
	}
	invocation->changed = true;
	if (session->remark)
		bk_output_remark("%s", session->remark);
	bk_output_printf(invocation->output, "%.10s %s\n", id, message);
	return BK_EXIT_OK;
}

static int run(struct bk_invocation *invocation)
{
	return bk_subject_change(invocation, 1, save);
}

const struct bk_command bk_cmd_save = {
	.name = "save",
	.group = "Revisions",
	.summary = "commit draft and ledger as one revision",
	.arguments = "FILE",
	.options = options,
	.examples = {"bracked save outcome.txt -m 'after the second reading'",
		"bracked save outcome.txt -m 'circulated' --symbol L.7/Rev.2"},
	.run = run,
};
