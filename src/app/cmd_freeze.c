/* bracked freeze: mark a circulated version. */
#include "app/subject.h"

static int freeze(struct bk_invocation *invocation)
{
	struct bk_session *session;
	char tag[256], id[41];
	int status;
	int exit = bk_subject_open(invocation, invocation->args[0], BK_SESSION_READ, &session);

	if (exit != BK_EXIT_OK)
		return exit;
	status = bk_session_need_repository(session);
	if (status == BK_OK)
		status = bk_revision_freeze(
			session->repository, session->repository_name, invocation->args[1], tag, id);
	bk_session_free(session);
	if (status < 0)
		return bk_subject_failed(status);
	invocation->changed = true;
	bk_output_printf(
		invocation->output, "%s is tagged %s: revision %.10s\n", invocation->args[1], tag, id);
	return BK_EXIT_OK;
}

static int run(struct bk_invocation *invocation)
{
	return invocation->arg_count == 2 ? freeze(invocation) : bk_subject_usage(invocation);
}

const struct bk_command bk_cmd_freeze = {
	.name = "freeze",
	.group = "Revisions",
	.summary = "mark the newest revision as a circulated version",
	.arguments = "FILE SYMBOL",
	.examples = {"bracked freeze outcome.txt FCCC/AWGLCA/2010/14",
		"bracked freeze outcome.txt L.7/Rev.2"},
	.run = run,
};
