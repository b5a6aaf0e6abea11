/*
 * Journals: the steps of a text, written while they are made, and taken up again by the next program.
 *
 *	observer -> pending -> write(2) within 250 ms -> fsync within a second, on a thread of its own
 *
 * The format is in journal_record.h.  A journal fits the file on disk when its bytes hash to what the last SAVED of a step, or BEGIN for
 * step 0, says: then its steps come back, and the text stands at that step.  What comes after the last valid record is cut off.
 */
#include "store/journal.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/file.h"
#include "store/state_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	WRITE_AFTER = 150,  /* milliseconds from the first unwritten record */
	SYNC_AFTER = 800,   /* milliseconds from the first unsynced write */
	RETRY_AFTER = 2000, /* milliseconds after a failed write */
	RESERVE = 256 * 1024,
};
/* A journal above this is not taken up; one above COMPACT is written anew from the steps when it is opened. */
static const size_t LIMIT = (size_t)512 << 20;
static const size_t COMPACT = (size_t)8 << 20;

static void append(bk_journal *journal, const struct bk_journal_record *record)
{
	const bool first = journal->pending.len == 0;

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
	append(journal, &record);
}

/* ---- Writing -------------------------------------------------------------------------------------- */

static void reserve_room(bk_journal *journal)
{
	/* Room kept ahead lets typing reach the disk for a while after it is full. Not every file system can. */
	if (journal->size + journal->pending.len + RESERVE / 4 <= journal->reserved)
		return;
	if (fallocate(journal->descriptor, FALLOC_FL_KEEP_SIZE, (off_t)journal->size, RESERVE) == 0)
		journal->reserved = journal->size + RESERVE;
}

static int write_pending(bk_journal *journal)
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
				"the journal of '%s' cannot be written: %s: save the draft elsewhere",
				journal->path, written < 0 ? strerror(errno) : "the disk is full");
		done += (size_t)written;
	}
	journal->size += done;
	bk_buf_clear(&journal->pending);
	journal->unsynced = true;
	return BK_OK;
}

int bk_journal_flush(bk_journal *journal)
{
	const int status = write_pending(journal);

	if (status < 0)
		return status;
	if (journal->unsynced && fdatasync(journal->descriptor) < 0)
		return bk_fail_errno(errno, "could not sync the journal of", journal->path);
	journal->unsynced = false;
	return BK_OK;
}

static void *sync_thread(void *context)
{
	bk_journal *journal = context;

	pthread_mutex_lock(&journal->mutex);
	for (;;) {
		while (!journal->wanted && !journal->ending)
			pthread_cond_wait(&journal->wake, &journal->mutex);
		if (journal->ending)
			break;
		journal->wanted = false;
		pthread_mutex_unlock(&journal->mutex);
		const bool failed = fdatasync(journal->descriptor) < 0;

		pthread_mutex_lock(&journal->mutex);
		journal->sync_failed |= failed;
	}
	pthread_mutex_unlock(&journal->mutex);
	return NULL;
}

/* Ask the thread for an fsync; do it here when there is no thread. */
static int ask_sync(bk_journal *journal)
{
	bool failed;

	if (!journal->threaded) {
		failed = fdatasync(journal->descriptor) < 0;
	} else {
		pthread_mutex_lock(&journal->mutex);
		failed = journal->sync_failed;
		journal->sync_failed = false;
		journal->wanted = true;
		pthread_cond_signal(&journal->wake);
		pthread_mutex_unlock(&journal->mutex);
	}
	journal->unsynced = false;
	return failed ? bk_fail(BK_EIO,
				"the journal of '%s' does not reach the disk: save the draft elsewhere",
				journal->path)
		      : BK_OK;
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
	*status = write_pending(journal);
	if (*status == BK_OK)
		return INT64_MAX;
	journal->retry_at = now_ms + RETRY_AFTER;
	return journal->retry_at;
}

int bk_journal_tick(bk_journal *journal, int64_t now_ms)
{
	int status = BK_OK;
	int64_t due = write_when_due(journal, now_ms, &status);

	if (status == BK_OK && journal->lost) {
		journal->lost = false;
		return bk_fail_memory();
	}
	if (status == BK_OK && journal->unsynced) {
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

int bk_journal_saved(bk_journal *journal, uint64_t hash, size_t step)
{
	append(journal, &(struct bk_journal_record){.kind = BK_JOURNAL_SAVED, .hash = hash, .step = step});
	return bk_journal_flush(journal);
}

int bk_journal_set_place(bk_journal *journal, const struct bk_journal_place *place)
{
	append(journal, &(struct bk_journal_record){
				.kind = BK_JOURNAL_PLACE,
				.cursor = place->cursor,
				.top = place->top,
				.bytes = bk_str_of(place->folds ? place->folds : ""),
			});
	return BK_OK;
}

int bk_journal_recover(bk_journal *journal, bk_text *text)
{
	return bk_text_go(text, journal->last_step, NULL);
}

int bk_journal_decline(bk_journal *journal)
{
	append(journal,
		&(struct bk_journal_record){.kind = BK_JOURNAL_GO, .step = bk_text_step(journal->text)});
	return bk_journal_flush(journal);
}

/* ---- Opening and closing ---------------------------------------------------------------------------- */

static bool start_thread(bk_journal *journal)
{
	sigset_t all, old;
	bool started;

	/* Signals are the main thread's. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	started = pthread_create(&journal->thread, NULL, sync_thread, journal) == 0;
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return started;
}

/* Empty the file and begin: the text as it is now is step 0. */
static int begin(bk_journal *journal, uint64_t hash)
{
	static const char magic[] = BK_JOURNAL_MAGIC;

	if (ftruncate(journal->descriptor, 0) < 0)
		return bk_fail_errno(errno, "could not begin the journal", journal->name);
	journal->size = journal->reserved = 0;
	journal->sequence = 0;
	bk_buf_clear(&journal->pending);
	bk_buf_put(&journal->pending, magic, sizeof magic - 1);
	append(journal, &(struct bk_journal_record){
				.kind = BK_JOURNAL_BEGIN, .hash = hash, .bytes = bk_str_of(journal->path)});
	return BK_OK;
}

/* Move a journal that holds unsaved changes of other bytes out of the way, under a name that is free. */
static int set_aside(bk_journal *journal)
{
	struct bk_buf name = BK_BUF_INIT;
	int status;

	bk_buf_printf(&name, "%s.kept-%lld", journal->name, (long long)time(NULL));
	status = bk_buf_status(&name);
	if (status == BK_OK && link(journal->name, bk_buf_string(&name)) < 0 && errno != EEXIST)
		status = bk_fail_errno(errno, "could not keep the journal", journal->name);
	if (status == BK_OK && unlink(journal->name) < 0)
		status = bk_fail_errno(errno, "could not keep the journal", journal->name);
	bk_buf_release(&name);
	if (status < 0)
		return status;
	close(journal->descriptor);
	journal->descriptor = -1;
	return bk_state_file_open(&journal->descriptor, journal->name);
}

/* Steps of the text so far as records, from an empty file: what typing left as many small edits becomes one. */
static int rewrite(bk_journal *journal, uint64_t hash, size_t stand)
{
	struct bk_step step;
	int status = begin(journal, 0);

	for (size_t i = 1; i < bk_text_step_count(journal->text) && status == BK_OK; i++) {
		status = bk_text_step_get(journal->text, i, &step);
		for (size_t k = 0; k < step.edit_count && status == BK_OK; k++)
			append(journal, &(struct bk_journal_record){.kind = BK_JOURNAL_EDIT,
						.step = i,
						.parent = step.parent,
						.edit = step.edits[k],
						.time = step.time});
	}
	append(journal, &(struct bk_journal_record){.kind = BK_JOURNAL_SAVED, .hash = hash, .step = stand});
	append(journal, &(struct bk_journal_record){.kind = BK_JOURNAL_GO, .step = journal->last_step});
	return status == BK_OK ? write_pending(journal) : status;
}

/* Take up what the file holds, when it fits. */
static int take_up(
	bk_journal *journal, uint64_t hash, struct bk_journal_found *found, struct bk_journal_place *place)
{
	struct bk_file_bytes bytes;
	struct bk_journal_story story;
	int status = bk_file_read(&bytes, journal->name);

	if (status < 0)
		return status;
	if (bytes.str.len > LIMIT)
		bytes.str.len = 0;
	status = bk_journal_story_read(&story, bytes.str, journal->path);
	if (status < 0)
		goto done;
	found->steps = story.step_count ? story.step_count - 1 : 0;
	if (!bk_journal_story_fits(&story, hash, &found->history, &journal->stand)) {
		found->stale = story.valid && bk_journal_story_is_unsaved(&story);
		status = found->stale ? set_aside(journal) : BK_OK;
		if (status == BK_OK)
			status = begin(journal, hash);
		goto done;
	}
	status = bk_journal_story_add(&story, journal->text);
	if (status == BK_OK)
		status = bk_text_stand(journal->text, journal->stand);
	if (status < 0)
		goto done;
	journal->last_step = story.current;
	journal->sequence = story.records;
	journal->size = story.valid;
	found->unsaved = story.current != journal->stand;
	found->time = story.time;
	*place = (struct bk_journal_place){.cursor = story.cursor, .top = story.top};
	journal->folds = bk_memdup(story.folds.ptr, story.folds.len);
	place->folds = journal->folds;
	if (!journal->folds)
		status = bk_fail_memory();
	else if (ftruncate(journal->descriptor, (off_t)story.valid) < 0)
		status = bk_fail_errno(errno, "could not cut the torn end of", journal->name);
	else if (story.valid > COMPACT && !found->unsaved)
		status = rewrite(journal, hash, journal->stand);
done:
	bk_journal_story_release(&story);
	bk_file_release(&bytes);
	return status;
}

static int open_steps(bk_journal *journal, const char *state_folder, uint64_t hash,
	struct bk_journal_found *found, struct bk_journal_place *place)
{
	int status = bk_state_file_name(&journal->name, state_folder, "journals", journal->path);

	if (status == BK_OK)
		status = bk_state_file_open(&journal->descriptor, journal->name);
	if (status == BK_OK)
		status = take_up(journal, hash, found, place);
	return status == BK_OK ? bk_text_observe(journal->text, observe, journal) : status;
}

int bk_journal_open(bk_journal **out, const char *state_folder, const char *path, uint64_t hash,
	bk_text *text, struct bk_journal_found *found, struct bk_journal_place *place)
{
	bk_journal *journal = bk_calloc(1, sizeof *journal);
	struct bk_journal_found seen = {0};
	struct bk_journal_place where = {0};
	int status;

	if (!journal)
		return bk_fail_memory();
	journal->descriptor = -1;
	journal->text = text;
	journal->path = bk_strdup(path);
	pthread_mutex_init(&journal->mutex, NULL);
	pthread_cond_init(&journal->wake, NULL);
	status = journal->path ? open_steps(journal, state_folder, hash, &seen, &where) : bk_fail_memory();
	if (status < 0) {
		bk_journal_close(journal);
		return status;
	}
	journal->threaded = start_thread(journal);
	*found = seen;
	*place = where;
	*out = journal;
	return BK_OK;
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
}

void bk_journal_close(bk_journal *journal)
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
	pthread_mutex_destroy(&journal->mutex);
	bk_buf_release(&journal->pending);
	bk_free(journal->folds);
	bk_free(journal->name);
	bk_free(journal->path);
	bk_free(journal);
}
