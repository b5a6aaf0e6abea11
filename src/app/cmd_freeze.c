/* bracked freeze: mark a circulated version. */
#include "app/subject.h"

/* Whether the file on disk is what the revision holds. */
static int is_frozen(const struct bk_session *session, const char *id, bool *same)
{
	struct bk_str now, then;
	char *memory;
	int status = bk_snapshot_flat(session->saved, &now.ptr, &now.len);

	if (status == BK_OK)
		status = bk_revision_read(
			session->repository, id, session->repository_name, &memory, &then.len);
	if (status < 0)
		return status;
	then.ptr = memory;
	*same = bk_str_equal(now, then);
	bk_store_free(memory);
	return BK_OK;
}

/* The tag is made: what goes wrong now is only remarked. */
static void tell(
	struct bk_invocation *invocation, const struct bk_session *session, const char *tag, const char *id)
{
	bool same = true;

	if (!session->revision && is_frozen(session, id, &same) < 0)
		bk_output_failure();
	if (!same)
		bk_output_remark(
			"'%s' has changed since that revision: what it holds now is not in this version",
			session->name);
	bk_output_printf(
		invocation->output, "%s is tagged %s: revision %.10s\n", invocation->args[1], tag, id);
}

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
		status = bk_revision_freeze(session->repository, session->repository_name, session->revision,
			invocation->args[1], tag, id);
	invocation->changed = status == BK_OK;
	if (status < 0)
		exit = bk_subject_failed(status);
	else
		tell(invocation, session, tag, id);
	bk_session_free(session);
	return exit;
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
