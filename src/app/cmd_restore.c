/* bracked restore: the text of an earlier revision, as a new change. */
#include "app/subject.h"
#include "base/error.h"

#include <string.h>

static const struct bk_option options[] = {
	BK_OPTION_DRY_RUN,
	{0},
};

/* Whether a revision of the file has this text. */
static int find_text(const struct bk_session *session, const char blob[41], bool *found)
{
	bk_revisions *revisions;
	const struct bk_revision *list;
	size_t count;
	const int status = bk_revisions_walk(&revisions, session->repository, session->repository_name, NULL);

	*found = false;
	if (status < 0)
		return status == BK_ENOTFOUND ? BK_OK : status;
	list = bk_revisions_list(revisions, &count);
	for (size_t i = 0; i < count && !*found; i++)
		*found = strcmp(list[i].blob, blob) == 0;
	bk_revisions_free(revisions);
	return BK_OK;
}

/* The text that is about to go is in no revision, maybe: then it is kept, as `blob`, else that is "". */
static int keep_unsaved(const struct bk_session *session, char blob[41])
{
	struct bk_str old;
	bool found;
	int status = bk_snapshot_flat(session->saved, &old.ptr, &old.len);

	if (status < 0)
		return status;
	bk_blob_name(old.ptr, old.len, blob);
	status = find_text(session, blob, &found);
	if (status == BK_OK && !found)
		return bk_blob_keep(session->repository, old.ptr, old.len, blob);
	blob[0] = '\0';
	return status;
}

static int write_restored(struct bk_invocation *invocation, struct bk_session *session)
{
	char blob[41] = "";
	int exit;

	if (!session->options.dry_run && bk_session_is_changed(session)) {
		const int status = keep_unsaved(session, blob);

		if (status < 0)
			return bk_subject_failed(status);
	}
	exit = bk_subject_finish(invocation, session);
	if (exit == BK_EXIT_OK && blob[0])
		bk_output_remark(
			"the text before was in no revision: git cat-file blob %.10s prints it", blob);
	return exit;
}

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
	exit = status < 0 ? bk_subject_failed(status) : write_restored(invocation, session);
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
