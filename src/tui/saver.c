/* Saving a draft on a thread. */
#include "tui/saver.h"

static void run(void *task)
{
	bk_saving_run(task);
}

int bk_saver_start(
	struct bk_saver *saver, struct bk_session *session, const struct bk_saving_request *request, int wake)
{
	const int status = bk_saving_new(&saver->saving, session, request);
	if (status == BK_OK)
		bk_worker_start(&saver->worker, wake, run, saver->saving);
	return status;
}

bool bk_saver_take(struct bk_saver *saver)
{
	if (!bk_worker_finish(&saver->worker))
		return saver->done != NULL;
	if (!bk_saving_take(saver->saving)) {
		bk_worker_start(&saver->worker, saver->worker.wake, run, saver->saving);
		return false;
	}
	saver->done = saver->saving;
	saver->saving = NULL;
	saver->told = false;
	return true;
}

bool bk_saver_is_busy(const struct bk_saver *saver)
{
	return saver->saving != NULL || saver->done != NULL;
}

void bk_saver_clear(struct bk_saver *saver)
{
	bk_saving_free(saver->done);
	saver->done = NULL;
}

void bk_saver_release(struct bk_saver *saver)
{
	if (saver->saving != NULL) {
		bk_worker_wait(&saver->worker);
		while (!bk_saving_take(saver->saving))
			bk_saving_run(saver->saving);
		bk_saving_free(saver->saving);
		saver->saving = NULL;
	}
	bk_saver_clear(saver);
	bk_buf_release(&saver->note);
}
