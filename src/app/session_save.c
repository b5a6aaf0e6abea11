/* Saving a session at one go: for commands, which have nothing else to do meanwhile. */
#include "app/saving.h"
#include "app/session_private.h"
#include "base/alloc.h"
#include "base/error.h"

#include <string.h>

/* What belonged to the old file's place is looked up anew for the new one. */
void bk_session_leave_place(struct bk_session *session)
{
	bk_journal_free(session->journal);
	bk_lock_free(session->lock);
	bk_repository_free(session->repository);
	bk_free(session->repository_name);
	bk_free(session->journal_error);
	session->journal = NULL;
	session->lock = NULL;
	session->repository = NULL;
	session->repository_name = NULL;
	session->journal_error = NULL;
	bk_buf_clear(&session->ledger_bytes);
	session->ledger_on_disk = 0;
	session->ledger_stamp = (struct bk_file_stamp){0};
	session->ledger_version++;
}

static int save(struct bk_session *session, const struct bk_saving_request *request, char id[41])
{
	struct bk_saving *saving;
	int status = bk_saving_new(&saving, session, request);

	bk_session_put_remark(session, NULL);
	if (status < 0)
		return status;
	do
		bk_saving_run(saving);
	while (!bk_saving_take(saving));
	status = saving->status;
	if (saving->remark)
		bk_session_put_remark(session, saving->remark);
	if (id)
		memcpy(id, saving->id, sizeof saving->id);
	bk_saving_free(saving);
	return status;
}

int bk_session_write(struct bk_session *session, unsigned flags)
{
	return save(session, &(struct bk_saving_request){.flags = flags}, NULL);
}

int bk_session_write_as(struct bk_session *session, const char *path, unsigned flags)
{
	return save(session, &(struct bk_saving_request){.path = path, .flags = flags}, NULL);
}

int bk_session_save(struct bk_session *session, const char *message, const char *symbol, char id[41])
{
	return save(session, &(struct bk_saving_request){.message = message, .symbol = symbol}, id);
}

int bk_session_need_repository(struct bk_session *session)
{
	char *name;
	int status;

	if (!session->path && !session->revision)
		return bk_fail(BK_EINVAL, "'%s' is no file in a repository", session->name);
	if (!session->repository) {
		status = bk_repository_open(&session->repository, session->path);
		if (status < 0)
			return status;
	}
	if (session->repository_name)
		return BK_OK;
	status = bk_repository_name(session->repository, session->path, &name);
	if (status < 0)
		return status;
	session->repository_name = bk_strdup(name);
	bk_store_free(name);
	return session->repository_name ? BK_OK : bk_fail_memory();
}

int bk_session_may_save(struct bk_session *session)
{
	int status = bk_session_complete(session);

	if (status == BK_OK)
		status = bk_session_need_repository(session);
	return status == BK_OK ? bk_revision_check(session->repository) : status;
}
