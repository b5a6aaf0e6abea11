/*
 * Journals: the steps of a text, written while they are made.  Taking one up again is in journal_open.c.
 *
 *	observer -> pending -> write(2) within 250 ms -> fsync within a second, on a thread of its own
 *
 * The format is in journal_record.h.  A failed fsync is not tried again on the same file, for
 * the kernel may have thrown away what it could not write: the whole history is written into a
 * new file, which takes the name.
 */
#include "store/journal.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/thread.h"
#include "store/state_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	WRITE_AFTER = 150,  /* milliseconds from the first unwritten record */
	SYNC_AFTER = 800,   /* milliseconds from the first unsynced write */
	RETRY_AFTER = 2000, /* milliseconds after a failed write */
	RESERVE = 256 * 1024,
};

/* Once a record is lost those after it would be edits of another text: they wait for a new file. */
void bk_journal_append(bk_journal *journal, const struct bk_journal_record *record)
{
	const bool first = journal->pending.len == 0;

	if (journal->lost)
		return;
	journal->busy = 1;
	bk_journal_put(&journal->pending, record, journal->sequence);
	if (!journal->pending.failed)
		journal->sequence++;
	else
		journal->lost = true;
	journal->pending.failed = false;
	journal->busy = 0;
	if (first)
		journal->pending_since = -1;
}

/* Every change of the text is a record; where an undo or redo led to is one GO. */
static void observe(void *context, const struct bk_text_news *news)
{
	bk_journal *journal = context;
	struct bk_step step;
	struct bk_journal_record record = {.kind = BK_JOURNAL_GO, .step = news->step};

	if (!news->moved) {
		record.kind = BK_JOURNAL_EDIT;
		record.edit = *news->edit;
		if (bk_text_step_get(journal->text, news->step, &step) == BK_OK) {
			record.parent = step.parent;
			record.time = step.time;
		}
	}
	bk_journal_append(journal, &record);
}

/* ---- Writing -------------------------------------------------------------------------------------- */

static void reserve_room(bk_journal *journal)
{
	/* Room kept ahead lets typing reach the disk for a while after it is full.
	 * Not every file system can. */
	if (journal->size + journal->pending.len + RESERVE / 4 <= journal->reserved)
		return;
	if (fallocate(journal->descriptor, FALLOC_FL_KEEP_SIZE, (off_t)journal->size, RESERVE) == 0)
		journal->reserved = journal->size + RESERVE;
}

int bk_journal_write_pending(bk_journal *journal)
{
	size_t done = 0;

	if (!journal->pending.len)
		return BK_OK;
	reserve_room(journal);
	while (done < journal->pending.len) {
		const ssize_t written = pwrite(journal->descriptor, journal->pending.bytes + done,
			journal->pending.len - done, (off_t)(journal->size + done));

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
			return bk_fail(BK_EIO,
				"the journal of '%s' cannot be written: %s: write the file often until there "
				"is room",
				journal->path, written < 0 ? strerror(errno) : "the disk is full");
		done += (size_t)written;
	}
	journal->size += done;
	bk_buf_clear(&journal->pending);
	journal->unsynced = true;
	return BK_OK;
}

/* The file and, once, its name in the folder. */
static int sync_file(const bk_journal *journal)
{
	if (journal->distrusted || fdatasync(journal->descriptor) < 0)
		return -1;
	return journal->named ? 0 : bk_state_file_sync_name(journal->name);
}

static void *sync_thread(void *context)
{
	bk_journal *journal = context;

	pthread_mutex_lock(&journal->mutex);
	for (;;) {
		while (!journal->wanted && !journal->ending)
			pthread_cond_wait(&journal->wake, &journal->mutex);
		/* What was asked for before the end is still done. */
		if (!journal->wanted)
			break;
		journal->wanted = false;
		journal->syncing = true;
		pthread_mutex_unlock(&journal->mutex);
		const bool failed = sync_file(journal) < 0;

		pthread_mutex_lock(&journal->mutex);
		journal->syncing = false;
		journal->sync_failed |= failed;
		journal->named |= !failed;
		pthread_cond_signal(&journal->done);
	}
	pthread_mutex_unlock(&journal->mutex);
	return NULL;
}

static void stop_thread(bk_journal *journal)
{
	if (!journal->threaded)
		return;
	pthread_mutex_lock(&journal->mutex);
	journal->ending = true;
	pthread_cond_signal(&journal->wake);
	pthread_mutex_unlock(&journal->mutex);
	pthread_join(journal->thread, NULL);
	journal->threaded = journal->ending = journal->wanted = false;
}

/* Wait for what the thread was asked to do; true when a sync of it has failed.  The fields that it shares are
 * the caller's until it is asked again. */
static bool settle_sync(bk_journal *journal)
{
	bool failed;

	pthread_mutex_lock(&journal->mutex);
	while (journal->threaded && (journal->wanted || journal->syncing))
		pthread_cond_wait(&journal->done, &journal->mutex);
	failed = journal->sync_failed;
	pthread_mutex_unlock(&journal->mutex);
	return failed;
}

static bool has_failed(bk_journal *journal)
{
	bool failed;

	pthread_mutex_lock(&journal->mutex);
	failed = journal->sync_failed;
	pthread_mutex_unlock(&journal->mutex);
	return failed;
}

/* The file let us down: the history goes into a new one, and the thread syncs that from now on. */
static int renew(bk_journal *journal)
{
	/* One that is being freed has stopped its thread for good. */
	const bool threaded = journal->threaded;
	int status;

	stop_thread(journal);
	status = bk_journal_renew(journal);
	journal->sync_failed = status < 0;
	journal->threaded = threaded && bk_thread_start(&journal->thread, sync_thread, journal);
	return status;
}

int bk_journal_flush(bk_journal *journal)
{
	const int status = bk_journal_write_pending(journal);

	if (status < 0)
		return status;
	if (settle_sync(journal) || journal->lost)
		return renew(journal);
	if (!journal->unsynced)
		return BK_OK;
	if (sync_file(journal) < 0)
		return renew(journal);
	journal->unsynced = false;
	journal->named = true;
	return BK_OK;
}

/* Ask the thread for an fsync; do it here when there is no thread. */
static int ask_sync(bk_journal *journal)
{
	if (!journal->threaded)
		return bk_journal_flush(journal);
	pthread_mutex_lock(&journal->mutex);
	journal->wanted = true;
	pthread_cond_signal(&journal->wake);
	pthread_mutex_unlock(&journal->mutex);
	journal->unsynced = false;
	return BK_OK;
}

static int64_t write_when_due(bk_journal *journal, int64_t now_ms, int *status)
{
	if (!journal->pending.len)
		return INT64_MAX;
	if (journal->pending_since < 0)
		journal->pending_since = now_ms;
	if (now_ms < journal->pending_since + WRITE_AFTER)
		return journal->pending_since + WRITE_AFTER;
	if (now_ms < journal->retry_at)
		return journal->retry_at;
	if (!journal->unsynced)
		journal->synced_since = now_ms;
	*status = bk_journal_write_pending(journal);
	if (*status == BK_OK)
		return INT64_MAX;
	journal->retry_at = now_ms + RETRY_AFTER;
	return journal->retry_at;
}

int bk_journal_tick(bk_journal *journal, int64_t now_ms)
{
	int status = BK_OK;
	int64_t due = write_when_due(journal, now_ms, &status);

	bool failed = journal->lost || has_failed(journal);

	if (status == BK_OK && failed && now_ms >= journal->retry_at) {
		status = renew(journal);
		failed = status < 0;
		if (failed)
			journal->retry_at = due = now_ms + RETRY_AFTER;
	}
	if (status == BK_OK && journal->unsynced && !failed) {
		if (now_ms >= journal->synced_since + SYNC_AFTER)
			status = ask_sync(journal);
		else if (journal->synced_since + SYNC_AFTER < due)
			due = journal->synced_since + SYNC_AFTER;
	}
	if (status < 0) {
		const bool told = journal->told;

		journal->told = true;
		if (!told)
			return status;
	} else {
		journal->told = false;
	}
	return due == INT64_MAX || due - now_ms > 60000 ? 60000 : (int)(due > now_ms ? due - now_ms : 0);
}

void bk_journal_flush_from_signal(bk_journal *journal)
{
	size_t done = 0;

	if (!journal || journal->busy)
		return;
	while (done < journal->pending.len) {
		const ssize_t written = pwrite(journal->descriptor, journal->pending.bytes + done,
			journal->pending.len - done, (off_t)(journal->size + done));

		if (written <= 0)
			return;
		done += (size_t)written;
	}
}

/* ---- Marks ------------------------------------------------------------------------------------------ */

/* Written now, synced by the thread at the next tick. */
static int append_mark(bk_journal *journal, const struct bk_journal_record *record)
{
	bk_journal_append(journal, record);
	journal->synced_since = 0;
	return bk_journal_write_pending(journal);
}

int bk_journal_saving(bk_journal *journal, uint64_t hash, size_t step)
{
	journal->saving = true;
	journal->saving_hash = hash;
	journal->saving_step = step;
	return append_mark(
		journal, &(struct bk_journal_record){.kind = BK_JOURNAL_SAVING, .hash = hash, .step = step});
}

int bk_journal_saved(bk_journal *journal, uint64_t hash, size_t step)
{
	journal->saving = false;
	journal->hash = hash;
	journal->stand = step;
	return append_mark(
		journal, &(struct bk_journal_record){.kind = BK_JOURNAL_SAVED, .hash = hash, .step = step});
}

int bk_journal_set_place(bk_journal *journal, const struct bk_journal_place *place)
{
	const char *const folds = place->folds ? place->folds : "";

	/* A new file must be told what "=" means. */
	if (strcmp(folds, "=") != 0) {
		char *copy = bk_strdup(folds);

		if (!copy)
			return bk_fail_memory();
		bk_free(journal->folds);
		journal->folds = copy;
	}
	journal->cursor = place->cursor;
	journal->top = place->top;
	bk_journal_append(journal, &(struct bk_journal_record){
					   .kind = BK_JOURNAL_PLACE,
					   .cursor = place->cursor,
					   .top = place->top,
					   .bytes = bk_str_of(folds),
				   });
	return BK_OK;
}

int bk_journal_recover(bk_journal *journal, bk_text *text)
{
	return bk_text_go(text, journal->last_step, NULL);
}

size_t bk_journal_last_step(const bk_journal *journal)
{
	return journal->last_step;
}

int bk_journal_decline(bk_journal *journal)
{
	bk_journal_append(journal,
		&(struct bk_journal_record){.kind = BK_JOURNAL_GO, .step = bk_text_step(journal->text)});
	return bk_journal_flush(journal);
}

/* ---- Opening and closing ---------------------------------------------------------------------------- */

static int open_file(bk_journal *journal, const char *state_folder, const char *path)
{
	int status;

	journal->path = bk_strdup(path);
	status = journal->path ? bk_state_file_name(&journal->name, state_folder, "journals", path)
			       : bk_fail_memory();
	return status == BK_OK ? bk_state_file_open(&journal->descriptor, journal->name) : status;
}

static bk_journal *new_journal(bk_text *text)
{
	bk_journal *journal = bk_calloc(1, sizeof *journal);

	if (!journal)
		return NULL;
	journal->descriptor = -1;
	journal->text = text;
	pthread_mutex_init(&journal->mutex, NULL);
	pthread_cond_init(&journal->wake, NULL);
	pthread_cond_init(&journal->done, NULL);
	return journal;
}

/* From now on each change is a record; a journal that could not be opened goes. */
static int watch(bk_journal **out, bk_journal *journal, int status)
{
	if (status == BK_OK)
		status = bk_text_observe(journal->text, observe, journal);
	if (status < 0) {
		bk_journal_free(journal);
		return status;
	}
	journal->threaded = bk_thread_start(&journal->thread, sync_thread, journal);
	*out = journal;
	return BK_OK;
}

bool bk_journal_exists(const char *state_folder, const char *path)
{
	return bk_state_file_exists(state_folder, "journals", path);
}

int bk_journal_open(bk_journal **out, const char *state_folder, const char *path, uint64_t hash,
	bk_text *text, struct bk_journal_found *found, struct bk_journal_place *place)
{
	bk_journal *journal = new_journal(text);
	struct bk_journal_found seen = {0};
	struct bk_journal_place where = {0};
	int status;

	if (!journal)
		return bk_fail_memory();
	status = open_file(journal, state_folder, path);
	if (status == BK_OK)
		status = bk_journal_take_up(journal, hash, &seen, &where);
	status = watch(out, journal, status);
	if (status < 0)
		return status;
	*found = seen;
	*place = where;
	return BK_OK;
}

int bk_journal_open_for(bk_journal **out, const char *state_folder, const char *path, uint64_t hash,
	bk_text *text, size_t step)
{
	bk_journal *journal = new_journal(text);
	int status;

	if (!journal)
		return bk_fail_memory();
	journal->hash = hash;
	journal->stand = step;
	status = open_file(journal, state_folder, path);
	if (status == BK_OK)
		status = bk_journal_take_over(journal);
	return watch(out, journal, status);
}

void bk_journal_free(bk_journal *journal)
{
	if (!journal)
		return;
	bk_text_unobserve(journal->text, observe, journal);
	stop_thread(journal);
	if (journal->descriptor >= 0) {
		bk_journal_flush(journal);
		close(journal->descriptor);
	}
	pthread_cond_destroy(&journal->wake);
	pthread_cond_destroy(&journal->done);
	pthread_mutex_destroy(&journal->mutex);
	bk_buf_release(&journal->pending);
	bk_free(journal->folds);
	bk_free(journal->name);
	bk_free(journal->kept);
	bk_free(journal->path);
	bk_free(journal);
}
