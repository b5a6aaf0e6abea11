/* Saving a session at one go: for commands, which have nothing else to do meanwhile. */
#include "app/saving.h"
#include "app/session_private.h"

#include <string.h>

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
