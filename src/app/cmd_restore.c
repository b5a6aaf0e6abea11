/* bracked restore: the text of an earlier revision, as a new change. */
#include "app/subject.h"

static const struct bk_option options[] = {
	BK_OPTION_DRY_RUN,
	{0},
};

static int restore(struct bk_invocation *invocation)
{
	struct bk_session *session;
	struct bk_str bytes;
	char *memory;
	int status;
	int exit = bk_subject_open(invocation, invocation->args[1], BK_SESSION_CHANGE, &session);

	if (exit != BK_EXIT_OK)
		return exit;
	status = bk_session_need_repository(session);
	if (status == BK_OK)
		status = bk_revision_read(session->repository, invocation->args[0], session->repository_name,
			&memory, &bytes.len);
	if (status == BK_OK) {
		bytes.ptr = memory;
		status = bk_session_replace_all(session, bytes);
		bk_store_free(memory);
	}
	exit = status < 0 ? bk_subject_failed(status) : bk_subject_finish(invocation, session);
	bk_session_free(session);
	return exit;
}

static int run(struct bk_invocation *invocation)
{
	return invocation->arg_count == 2 ? restore(invocation) : bk_subject_usage(invocation);
}

const struct bk_command bk_cmd_restore = {
	.name = "restore",
	.group = "Revisions",
	.summary = "put the text of a revision back into the file",
	.arguments = "REV FILE",
	.options = options,
	.examples = {"bracked restore HEAD~1 outcome.txt", "bracked restore -n L.7-Rev.2 outcome.txt"},
	.run = run,
};
