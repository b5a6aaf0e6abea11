/* What the bytes of a journal say. */
#include "base/error.h"
#include "store/journal.h"

/* The edits of one step need not stand together: a step grows as long as it is the last, so they do. */
static int add_edit(struct bk_journal_story *story, const struct bk_journal_record *record, bool *valid)
{
	struct bk_journal_story_step *step;
	struct bk_journal_edit *edit;

	*valid = false;
	if (record->step == story->step_count) {
		if (record->parent >= story->step_count)
			return BK_OK;
		step = BK_VEC_PUSH(&story->steps);
		if (!step)
			return bk_fail_memory();
		*step = (struct bk_journal_story_step){record->parent, record->time, story->edits.len, 0};
		story->step_count++;
	} else if (!record->step || record->step + 1 != story->step_count) {
		return BK_OK;
	}
	edit = BK_VEC_PUSH(&story->edits);
	if (!edit)
		return bk_fail_memory();
	*edit = (struct bk_journal_edit){record->step, record->edit};
	story->steps.items[record->step].count++;
	story->current = record->step;
	story->time = record->time;
	*valid = true;
	return BK_OK;
}

static int add_mark(struct bk_journal_story *story, uint64_t hash, size_t step, bool saved)
{
	struct bk_journal_mark *mark = BK_VEC_PUSH(&story->marks);

	if (!mark)
		return bk_fail_memory();
	*mark = (struct bk_journal_mark){hash, step, saved};
	return BK_OK;
}

static int begin(
	struct bk_journal_story *story, const struct bk_journal_record *record, const char *path, bool *valid)
{
	*valid = story->records == 0 && bk_str_equal(record->bytes, bk_str_of(path));
	if (!*valid)
		return BK_OK;
	story->step_count = 1;
	return BK_VEC_PUSH(&story->steps) ? add_mark(story, record->hash, 0, true) : bk_fail_memory();
}

/* Fold one record into the story; *valid is false when it does not fit what came before. */
static int fold(
	struct bk_journal_story *story, const struct bk_journal_record *record, const char *path, bool *valid)
{
	*valid = record->kind == BK_JOURNAL_BEGIN || (story->records && record->step < story->step_count);
	if (record->kind == BK_JOURNAL_BEGIN)
		return begin(story, record, path, valid);
	if (record->kind == BK_JOURNAL_EDIT && story->records)
		return add_edit(story, record, valid);
	if (!*valid)
		return BK_OK;
	if (record->kind == BK_JOURNAL_SAVED || record->kind == BK_JOURNAL_SAVING)
		return add_mark(story, record->hash, record->step, record->kind == BK_JOURNAL_SAVED);
	if (record->kind == BK_JOURNAL_GO) {
		story->current = record->step;
	} else {
		story->cursor = record->cursor;
		story->top = record->top;
		if (!bk_str_equal(record->bytes, BK_STR("=")))
			story->folds = record->bytes;
	}
	return BK_OK;
}

int bk_journal_story_read(struct bk_journal_story *out, struct bk_str bytes, const char *path)
{
	struct bk_journal_story story = {.folds = BK_STR("")};
	struct bk_journal_record record;
	size_t at = sizeof BK_JOURNAL_MAGIC - 1, size;
	bool valid = true;
	int status = BK_OK;

	if (bk_str_starts(bytes, BK_STR(BK_JOURNAL_MAGIC)))
		while (status == BK_OK && valid &&
			bk_journal_take(bk_str_skip(bytes, at), story.records, &record, &size)) {
			status = fold(&story, &record, path, &valid);
			if (status == BK_OK && valid) {
				story.records++;
				at += size;
				story.valid = at;
			}
		}
	*out = story;
	if (status < 0)
		bk_journal_story_release(out);
	return status;
}

void bk_journal_story_release(struct bk_journal_story *story)
{
	BK_VEC_RELEASE(&story->steps);
	BK_VEC_RELEASE(&story->edits);
	BK_VEC_RELEASE(&story->marks);
	*story = (struct bk_journal_story){.folds = BK_STR("")};
}

bool bk_journal_story_fits(const struct bk_journal_story *story, uint64_t hash, bool *history, size_t *step)
{
	*history = false;
	for (size_t i = story->marks.len; i-- > 0;)
		if (story->marks.items[i].hash == hash) {
			*step = story->marks.items[i].step;
			*history = true;
			return true;
		}
	return false;
}

bool bk_journal_story_is_unsaved(const struct bk_journal_story *story)
{
	for (size_t i = story->marks.len; i-- > 0;)
		if (story->marks.items[i].saved)
			return story->marks.items[i].step != story->current;
	return false;
}

int bk_journal_story_add(const struct bk_journal_story *story, bk_text *text)
{
	struct bk_edit *edits = NULL;
	size_t cap = 0;
	int status = BK_OK;

	for (size_t i = 1; i < story->step_count && status == BK_OK; i++) {
		const struct bk_journal_story_step *step = &story->steps.items[i];

		if (!bk_vec_reserve((void **)&edits, &cap, 0, step->count, sizeof *edits)) {
			status = bk_fail_memory();
			break;
		}
		for (size_t k = 0; k < step->count; k++)
			edits[k] = story->edits.items[step->first + k].edit;
		status = bk_text_add_step(text, step->parent, edits, step->count, step->time);
	}
	bk_vec_free(edits);
	return status;
}
