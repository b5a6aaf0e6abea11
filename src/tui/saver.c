/* Saving a draft on a thread. */
#include "tui/saver.h"
#include "base/error.h"

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

static void join_note(struct bk_buf *notes, const char *note)
{
	if (notes->len > 0 && note[0] != '\0')
		bk_buf_puts(notes, "; ");
	bk_buf_puts(notes, note);
}

int bk_saver_wait_for(struct bk_saver *saver, const struct bk_saving_request *request)
{
	struct bk_buf notes = BK_BUF_INIT;
	bk_buf_put_str(&notes, bk_buf_str(&saver->wanted_note));
	if (request->message != NULL)
		join_note(&notes, request->message);
	const int status = bk_buf_status(&notes);
	if (status < 0) {
		bk_buf_release(&notes);
		return status;
	}
	bk_buf_release(&saver->wanted_note);
	saver->wanted_note = notes;
	saver->wanted = true;
	saver->wanted_revision = saver->wanted_revision || request->message != NULL;
	saver->wanted_flags |= request->flags;
	return BK_OK;
}

void bk_saver_forget_waiting(struct bk_saver *saver)
{
	saver->wanted = saver->wanted_revision = false;
	saver->wanted_flags = 0;
	bk_buf_clear(&saver->wanted_note);
}

void bk_saver_put_note(struct bk_saver *saver, const char *note)
{
	join_note(&saver->note, note);
}

void bk_saver_take_notes_back(struct bk_saver *saver, const struct bk_saving *saving)
{
	if (saving->message != NULL)
		bk_saver_put_note(saver, saving->message);
	if (saver->wanted_revision)
		bk_saver_put_note(saver, bk_buf_string(&saver->wanted_note));
	bk_saver_forget_waiting(saver);
}

int bk_saver_finish(struct bk_saver *saver)
{
	if (saver->saving != NULL) {
		bk_worker_wait(&saver->worker);
		while (!bk_saving_take(saver->saving))
			bk_saving_run(saver->saving);
		saver->done = saver->saving;
		saver->saving = NULL;
		saver->told = false;
	}
	const struct bk_saving *const done = saver->done;
	if (done == NULL || done->status == BK_OK || saver->told)
		return BK_OK;
	return bk_fail(done->status, "%s", bk_saving_why(done));
}

void bk_saver_release(struct bk_saver *saver)
{
	(void)bk_saver_finish(saver); /* whoever can still tell has asked before */
	bk_saving_free(saver->done);
	saver->done = NULL;
	bk_buf_release(&saver->note);
	bk_buf_release(&saver->wanted_note);
}
