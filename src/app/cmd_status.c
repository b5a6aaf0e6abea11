/* bracked agree, bracked reopen: the status of brackets, as the chair calls it. */
#include "app/subject.h"

static const char *const statuses[] = {"agreed in group", "ad referendum", "agreed", "agreed pending", NULL};

static const struct bk_option agree_options[] = {
	{.name = "as",
		.value = "STATUS",
		.choices = statuses,
		.help = "agreed in group, ad referendum (default), agreed, agreed pending"},
	{.name = "reason", .value = "TEXT", .help = "on what: kept in the ledger"},
	{0},
};

static const struct bk_option reopen_options[] = {
	{.name = "reason", .value = "TEXT", .help = "why: kept in the ledger"},
	{0},
};

/* Record one status on every bracket named; all names are looked up before anything is written. */
static int record(struct bk_invocation *invocation, struct bk_session *session, const char *value)
{
	const struct bk_statement statement = {
		.act = BK_EVENT_STATUS,
		.value = value,
		.reason = bk_args_value(invocation->given, "reason"),
	};
	uint32_t bracket;

	for (size_t i = 1; i < invocation->arg_count; i++)
		if (bk_draft_find(session->draft, invocation->args[i], &bracket) < 0)
			return bk_subject_failed(BK_ENOTFOUND);
	for (size_t i = 1; i < invocation->arg_count; i++) {
		int status = bk_draft_find(session->draft, invocation->args[i], &bracket);

		if (status == BK_OK)
			status = bk_session_state(session, bracket, &statement);
		if (status < 0)
			return bk_subject_failed(status);
	}
	return BK_EXIT_OK;
}

static int set_status(struct bk_invocation *invocation, const char *value)
{
	struct bk_session *session;
	int exit;

	if (invocation->arg_count < 2)
		return bk_subject_usage(invocation);
	exit = bk_subject_open(invocation, invocation->args[0], BK_SESSION_CHANGE, &session);
	if (exit == BK_EXIT_OK)
		exit = record(invocation, session, value);
	bk_session_free(session);
	return exit;
}

static int run_agree(struct bk_invocation *invocation)
{
	const char *as = bk_args_value(invocation->given, "as");

	return set_status(invocation, as ? as : bk_span_status_name(BK_STATUS_AD_REFERENDUM));
}

static int run_reopen(struct bk_invocation *invocation)
{
	return set_status(invocation, bk_span_status_name(BK_STATUS_REOPENED));
}

const struct bk_command bk_cmd_agree = {
	.name = "agree",
	.group = "Positions",
	.summary = "record that brackets are agreed, ad referendum unless said otherwise",
	.arguments = "FILE ID...",
	.options = agree_options,
	.examples = {"bracked agree outcome.txt k3f9q", "bracked agree --as agreed outcome.txt k3f9q m2x8r"},
	.run = run_agree,
};

const struct bk_command bk_cmd_reopen = {
	.name = "reopen",
	.group = "Positions",
	.summary = "record that brackets once agreed are open again",
	.arguments = "FILE ID...",
	.options = reopen_options,
	.examples = {"bracked reopen outcome.txt k3f9q",
		"bracked reopen --reason 'new mandate' outcome.txt k3f9q"},
	.run = run_reopen,
};
