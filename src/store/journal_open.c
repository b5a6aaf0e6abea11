/*
 * Taking up a journal: what the file of the time before says becomes the history of the text.
 *
 * A journal fits the file on disk when its bytes hash to what the last SAVED of a step, or BEGIN for step 0,
 * says: then its steps come back, and the text stands at that step.  What comes after the last valid record
 * is cut off.  A journal of other bytes, one too long, and one that cannot be read are set aside under a name
 * of their own when they may hold what was never saved; a new one is begun.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "store/journal.h"
#include "store/state_file.h"

#include <errno.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* A journal above this is not taken up; one above COMPACT is written anew from the steps when it is opened. */
static const size_t LIMIT = (size_t)512 << 20;
static const size_t COMPACT = (size_t)8 << 20;

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
	bk_journal_append(
		journal, &(struct bk_journal_record){
				 .kind = BK_JOURNAL_BEGIN, .hash = hash, .bytes = bk_str_of(journal->path)});
	return journal->lost ? bk_fail_memory() : BK_OK;
}

/* Move the journal out of the way, under a name that is free, and open a new one. */
static int set_aside(bk_journal *journal)
{
	struct bk_buf name = BK_BUF_INIT;
	int status = BK_OK, linked = -1;

	for (int turn = 0; linked < 0 && status == BK_OK; turn++) {
		bk_buf_clear(&name);
		bk_buf_printf(&name, "%s.kept-%lld-%d", journal->name, (long long)time(NULL), turn);
		status = bk_buf_status(&name);
		if (status == BK_OK)
			linked = link(journal->name, bk_buf_string(&name));
		if (status == BK_OK && linked < 0 && errno != EEXIST)
			status = bk_fail_errno(errno, "could not keep the journal", journal->name);
	}
	if (status == BK_OK && unlink(journal->name) < 0)
		status = bk_fail_errno(errno, "could not keep the journal", journal->name);
	if (status < 0) {
		bk_buf_release(&name);
		return status;
	}
	bk_free(journal->kept);
	journal->kept = bk_buf_detach(&name, NULL);
	close(journal->descriptor);
	journal->descriptor = -1;
	return bk_state_file_open(&journal->descriptor, journal->name);
}

/* A new file does not know what "=" means until it is told the place whole. */
static void append_place(bk_journal *journal)
{
	bk_journal_append(journal, &(struct bk_journal_record){.kind = BK_JOURNAL_PLACE,
					   .cursor = journal->cursor,
					   .top = journal->top,
					   .bytes = bk_str_of(journal->folds ? journal->folds : "")});
}

/* Steps of the text so far as records, from an empty file: what typing left as many small edits becomes one. */
static int rewrite(bk_journal *journal, size_t current)
{
	struct bk_step step;
	int status = begin(journal, 0);

	for (size_t i = 1; i < bk_text_step_count(journal->text) && status == BK_OK; i++) {
		status = bk_text_step_get(journal->text, i, &step);
		for (size_t k = 0; k < step.edit_count && status == BK_OK; k++)
			bk_journal_append(journal, &(struct bk_journal_record){.kind = BK_JOURNAL_EDIT,
							   .step = i,
							   .parent = step.parent,
							   .edit = step.edits[k],
							   .time = step.time});
	}
	bk_journal_append(
		journal, &(struct bk_journal_record){
				 .kind = BK_JOURNAL_SAVED, .hash = journal->hash, .step = journal->stand});
	if (journal->saving)
		bk_journal_append(journal, &(struct bk_journal_record){.kind = BK_JOURNAL_SAVING,
						   .hash = journal->saving_hash,
						   .step = journal->saving_step});
	bk_journal_append(journal, &(struct bk_journal_record){.kind = BK_JOURNAL_GO, .step = current});
	append_place(journal);
	if (status == BK_OK && journal->lost)
		status = bk_fail_memory();
	return status == BK_OK ? bk_journal_write_pending(journal) : status;
}

static int fill_new(bk_journal *journal, const char *name)
{
	int status = bk_state_file_open(&journal->descriptor, name);

	if (status == BK_OK)
		status = rewrite(journal, bk_text_step(journal->text));
	if (status == BK_OK && (fdatasync(journal->descriptor) < 0 || rename(name, journal->name) < 0))
		status = bk_fail(BK_EIO,
			"the journal of '%s' does not reach the disk: write the file often, or elsewhere",
			journal->path);
	return status;
}

int bk_journal_renew(bk_journal *journal)
{
	const bk_journal before = *journal;
	struct bk_buf name = BK_BUF_INIT;
	int status;

	bk_buf_printf(&name, "%s.new", journal->name);
	status = bk_buf_status(&name);
	if (status < 0)
		return status;
	unlink(bk_buf_string(&name)); /* of an earlier failure */
	journal->pending = (struct bk_buf)BK_BUF_INIT;
	journal->descriptor = -1;
	journal->lost = false;
	status = fill_new(journal, bk_buf_string(&name));
	if (status == BK_OK) {
		struct bk_buf old = before.pending;

		close(before.descriptor);
		bk_buf_release(&old);
		journal->unsynced = journal->named = journal->distrusted = false;
	} else {
		bk_buf_release(&journal->pending);
		if (journal->descriptor >= 0)
			close(journal->descriptor);
		unlink(bk_buf_string(&name));
		*journal = before;
		journal->unsynced = journal->distrusted = true;
	}
	bk_buf_release(&name);
	return status;
}

/* A file that ends within its very first record holds nothing yet. */
static bool is_unborn(const bk_journal *journal, struct bk_str bytes)
{
	const size_t begun = sizeof BK_JOURNAL_MAGIC - 1 + 32 + strlen(journal->path);

	return bytes.len < begun && bk_str_starts(BK_STR(BK_JOURNAL_MAGIC),
					    (struct bk_str){bytes.ptr, bytes.len < 18 ? bytes.len : 18});
}

/* Begin anew; what the file holds is kept when some of it may never have reached the draft. */
static int begin_anew(bk_journal *journal, uint64_t hash, bool keep, struct bk_journal_found *found)
{
	const int status = keep ? set_aside(journal) : BK_OK;

	found->kept = journal->kept;
	return status == BK_OK ? begin(journal, hash) : status;
}

/* The place is given out for a changed text too: it is near, and folds are found again by their words. */
static int give_place(
	bk_journal *journal, const struct bk_journal_story *story, struct bk_journal_place *place)
{
	journal->cursor = story->cursor;
	journal->top = story->top;
	journal->folds = bk_memdup(story->folds.ptr, story->folds.len);
	*place = (struct bk_journal_place){journal->cursor, journal->top, journal->folds};
	return journal->folds ? BK_OK : bk_fail_memory();
}

/* A long journal is written anew in a file of its own.  Where there is no room for that, the long one stays. */
static void compact(bk_journal *journal)
{
	const bool unsynced = journal->unsynced, distrusted = journal->distrusted;

	if (bk_journal_renew(journal) == BK_OK)
		return;
	journal->unsynced = unsynced;
	journal->distrusted = distrusted;
}

static int adopt(bk_journal *journal, const struct bk_journal_story *story, struct bk_journal_found *found,
	struct bk_journal_place *place)
{
	int status = bk_journal_story_add(story, journal->text);

	if (status == BK_OK)
		status = bk_text_stand(journal->text, journal->stand);
	if (status < 0)
		return status;
	journal->last_step = story->current;
	journal->sequence = story->records;
	journal->size = story->valid;
	found->unsaved = story->current != journal->stand;
	found->time = story->time;
	status = give_place(journal, story, place);
	if (status < 0)
		return status;
	if (ftruncate(journal->descriptor, (off_t)story->valid) < 0)
		return bk_fail_errno(errno, "could not cut the torn end of", journal->name);
	if (story->valid > COMPACT && !found->unsaved)
		compact(journal);
	return BK_OK;
}

static int take_up_bytes(bk_journal *journal, struct bk_str bytes, struct bk_journal_found *found,
	struct bk_journal_place *place)
{
	struct bk_journal_story story;
	int status = bk_journal_story_read(&story, bytes, journal->path);

	if (status < 0)
		return status;
	found->steps = story.step_count ? story.step_count - 1 : 0;
	if (bk_journal_story_fits(&story, journal->hash, &found->history, &journal->stand))
		status = adopt(journal, &story, found, place);
	else
		status = begin_anew(journal, journal->hash,
			story.valid ? bk_journal_story_is_unsaved(&story) : !is_unborn(journal, bytes),
			found);
	if (status == BK_OK && !journal->folds) {
		status = give_place(journal, &story, place);
		append_place(journal);
	}
	bk_journal_story_release(&story);
	return status;
}

int bk_journal_take_up(
	bk_journal *journal, uint64_t hash, struct bk_journal_found *found, struct bk_journal_place *place)
{
	struct bk_file_bytes bytes;
	struct bk_str text;
	int status = BK_OK;

	/* The hash of a large file is not taken when it is read. */
	if (!hash) {
		status = bk_snapshot_flat(bk_text_now(journal->text), &text.ptr, &text.len);
		if (status < 0)
			return status;
		hash = bk_hash(text.ptr, text.len);
	}
	journal->hash = hash;
	status = bk_file_read(&bytes, journal->name);
	if (status == BK_ETOOBIG)
		return begin_anew(journal, hash, true, found);
	if (status < 0)
		return status;
	if (bytes.str.len > LIMIT)
		status = begin_anew(journal, hash, true, found);
	else
		status = take_up_bytes(journal, bytes.str, found, place);
	bk_file_release(&bytes);
	return status;
}

/* Whether the file may hold typing that no draft has. */
static int may_hold_typing(const bk_journal *journal, bool *keep)
{
	struct bk_journal_story story;
	struct bk_file_bytes bytes;
	int status = bk_file_read(&bytes, journal->name);

	*keep = true;
	if (status < 0)
		return status == BK_ETOOBIG ? BK_OK : status;
	if (bytes.str.len <= LIMIT) {
		status = bk_journal_story_read(&story, bytes.str, journal->path);
		if (status == BK_OK) {
			*keep = story.valid ? bk_journal_story_is_unsaved(&story)
					    : !is_unborn(journal, bytes.str);
			bk_journal_story_release(&story);
		}
	}
	bk_file_release(&bytes);
	return status;
}

int bk_journal_take_over(bk_journal *journal)
{
	bool keep;
	int status = may_hold_typing(journal, &keep);

	if (status == BK_OK && keep)
		status = set_aside(journal);
	return status == BK_OK ? rewrite(journal, bk_text_step(journal->text)) : status;
}
