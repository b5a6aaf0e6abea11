/* Recording steps, grouping typed words, and finding the way between two steps. */
#include "draft/text_history.h"
#include "base/alloc.h"
#include "base/error.h"

#include <string.h>

/* ---- Edits that own their bytes ----------------------------------------------------------------- */

/* Memory for len bytes comes in powers of two, so that what is typed a letter at a time grows seldom. */
static size_t capacity(size_t len)
{
	size_t cap = 16;

	while (cap < len && cap <= SIZE_MAX / 2)
		cap *= 2;
	return cap < len ? len : cap;
}

/* Room for `more` bytes behind the len that *bytes, a block of ours, holds. */
static bool widen(const char **bytes, size_t len, size_t more)
{
	char *wider;

	if (*bytes && capacity(len) >= len + more)
		return true;
	wider = bk_realloc((char *)(uintptr_t)*bytes, capacity(len + more));
	if (wider)
		*bytes = wider;
	return wider != NULL;
}

static void release_edit(struct bk_edit *edit)
{
	bk_free((char *)(uintptr_t)edit->removed);
	bk_free((char *)(uintptr_t)edit->inserted);
	*edit = (struct bk_edit){0};
}

int bk_edits_add(struct bk_edits *edits, const struct bk_edit *edit)
{
	struct bk_edit copy = {.start = edit->start};
	struct bk_edit *slot;

	if (!widen(&copy.removed, 0, edit->removed_len) || !widen(&copy.inserted, 0, edit->inserted_len) ||
		!(slot = BK_VEC_PUSH(&edits->list))) {
		release_edit(&copy);
		return bk_fail_memory();
	}
	copy.removed_len = edit->removed_len;
	copy.inserted_len = edit->inserted_len;
	if (copy.removed_len)
		memcpy((char *)(uintptr_t)copy.removed, edit->removed, copy.removed_len);
	if (copy.inserted_len)
		memcpy((char *)(uintptr_t)copy.inserted, edit->inserted, copy.inserted_len);
	*slot = copy;
	return BK_OK;
}

void bk_edits_release(struct bk_edits *edits)
{
	for (size_t i = 0; i < edits->list.len; i++)
		release_edit(&edits->list.items[i]);
	BK_VEC_RELEASE(&edits->list);
}

/* ---- Joining what is typed ---------------------------------------------------------------------- */

/* How an edit goes on from the one before it, if both come to one edit. */
enum merge {
	MERGE_NONE,
	MERGE_INSERTED,	      /* typed on behind it */
	MERGE_REMOVED_BEFORE, /* Backspace again */
	MERGE_REMOVED_AFTER,  /* Delete again */
};

static enum merge merge_of(const struct bk_edit *last, const struct bk_edit *edit)
{
	if (!edit->removed_len && edit->start == last->start + last->inserted_len)
		return MERGE_INSERTED;
	if (edit->inserted_len || last->inserted_len)
		return MERGE_NONE;
	if (edit->start + edit->removed_len == last->start)
		return MERGE_REMOVED_BEFORE;
	return edit->start == last->start ? MERGE_REMOVED_AFTER : MERGE_NONE;
}

/* Merge edit into last, which has room. */
static void merge(struct bk_edit *last, const struct bk_edit *edit)
{
	char *removed = (char *)(uintptr_t)last->removed, *inserted = (char *)(uintptr_t)last->inserted;

	switch (merge_of(last, edit)) {
	case MERGE_NONE: break;
	case MERGE_INSERTED:
		memcpy(inserted + last->inserted_len, edit->inserted, edit->inserted_len);
		last->inserted_len += edit->inserted_len;
		break;
	case MERGE_REMOVED_BEFORE:
		memmove(removed + edit->removed_len, removed, last->removed_len);
		memcpy(removed, edit->removed, edit->removed_len);
		last->removed_len += edit->removed_len;
		last->start = edit->start;
		break;
	case MERGE_REMOVED_AFTER:
		memcpy(removed + last->removed_len, edit->removed, edit->removed_len);
		last->removed_len += edit->removed_len;
		break;
	}
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The byte of an edit next to the caret before it (first) or after it. */
static char edge_byte(const struct bk_edit *edit, size_t caret, bool first)
{
	const bool backspace = edit->start != caret;

	if (edit->inserted_len)
		return edit->inserted[first ? 0 : edit->inserted_len - 1];
	return edit->removed[first == backspace ? edit->removed_len - 1 : 0];
}

static bool goes_on(const struct bk_history *history, const struct bk_edit *edit)
{
	if (!history->typing)
		return false;
	if (edit->start != history->caret && edit->start + edit->removed_len != history->caret)
		return false;
	return !history->blank || is_blank(edge_byte(edit, history->caret, true));
}

static struct bk_history_step *current_step(const struct bk_history *history)
{
	return &history->steps.items[history->current];
}

bool bk_history_joins(const struct bk_history *history, const struct bk_edit *edit, unsigned flags)
{
	/* a step that others follow stays as it is: they stand on it */
	if (!history->current || current_step(history)->newest_child != BK_NOWHERE)
		return false;
	return flags & BK_EDIT_JOIN || (flags & BK_EDIT_TYPED && goes_on(history, edit));
}

static void note_typing(struct bk_history *history, const struct bk_edit *edit, unsigned flags)
{
	const size_t before = history->typing ? history->caret : edit->start + edit->removed_len;

	history->typing = flags & BK_EDIT_TYPED;
	history->blank = is_blank(edge_byte(edit, before, false));
	history->caret = edit->start + edit->inserted_len;
}

/* ---- Recording ---------------------------------------------------------------------------------- */

int bk_history_init(struct bk_history *history)
{
	struct bk_history_step *loaded;

	*history = (struct bk_history){0};
	loaded = BK_VEC_PUSH(&history->steps);
	if (!loaded)
		return bk_fail_memory();
	loaded->newest_child = BK_NOWHERE;
	return BK_OK;
}

void bk_history_release(struct bk_history *history)
{
	for (size_t i = 0; i < history->steps.len; i++)
		bk_edits_release(&history->steps.items[i].edits);
	BK_VEC_RELEASE(&history->steps);
}

static struct bk_edit *last_edit(const struct bk_history *history)
{
	const struct bk_history_step *step = current_step(history);

	return step->edits.list.len ? &step->edits.list.items[step->edits.list.len - 1] : NULL;
}

int bk_history_reserve(struct bk_history *history, const struct bk_edits *edits, bool joins)
{
	const struct bk_edit *first = &edits->list.items[0];
	struct bk_edit *last = joins ? last_edit(history) : NULL;

	if (!joins)
		return BK_VEC_RESERVE(&history->steps, 1) ? BK_OK : bk_fail_memory();
	if (!BK_VEC_RESERVE(&current_step(history)->edits.list, edits->list.len))
		return bk_fail_memory();
	last = last_edit(history); /* the list has moved */
	if (last && (!widen(&last->removed, last->removed_len, first->removed_len) ||
			    !widen(&last->inserted, last->inserted_len, first->inserted_len)))
		return bk_fail_memory();
	return BK_OK;
}

void bk_history_commit(
	struct bk_history *history, struct bk_edits *edits, bool joins, unsigned flags, int64_t time)
{
	struct bk_edit *items = edits->list.items;
	const size_t count = edits->list.len;
	struct bk_history_step *step;

	for (size_t i = 0; i < count; i++)
		note_typing(history, &items[i], flags);
	if (!joins) {
		step = BK_VEC_PUSH(&history->steps);
		step->parent = history->current;
		step->newest_child = BK_NOWHERE;
		step->time = time;
		step->edits = *edits;
		current_step(history)->newest_child = history->steps.len - 1;
		history->current = history->steps.len - 1;
		*edits = (struct bk_edits){0};
		return;
	}
	step = current_step(history);
	for (size_t i = 0; i < count; i++) {
		struct bk_edit *last = last_edit(history);

		if (i == 0 && last && merge_of(last, &items[i]) != MERGE_NONE) {
			merge(last, &items[i]);
			release_edit(&items[i]);
		} else {
			step->edits.list.items[step->edits.list.len++] = items[i];
		}
	}
	BK_VEC_RELEASE(&edits->list);
}

int bk_history_add(
	struct bk_history *history, size_t parent, const struct bk_edit *edits, size_t count, int64_t time)
{
	struct bk_history_step *step;
	struct bk_edits copies = {0};

	if (parent >= history->steps.len)
		return bk_fail(BK_ERANGE, "no step '%zu' in the history: the last is %zu", parent,
			history->steps.len - 1);
	for (size_t i = 0; i < count; i++) {
		if (bk_edits_add(&copies, &edits[i]) < 0) {
			bk_edits_release(&copies);
			return BK_ENOMEM;
		}
	}
	step = BK_VEC_PUSH(&history->steps);
	if (!step) {
		bk_edits_release(&copies);
		return bk_fail_memory();
	}
	step->parent = parent;
	step->newest_child = BK_NOWHERE;
	step->edits = copies;
	step->time = time;
	step->foreign = true;
	history->steps.items[parent].newest_child = history->steps.len - 1;
	return BK_OK;
}

/* ---- Moving ------------------------------------------------------------------------------------- */

static struct bk_edit inverse(const struct bk_edit *edit)
{
	return (struct bk_edit){.start = edit->start,
		.removed = edit->inserted,
		.removed_len = edit->inserted_len,
		.inserted = edit->removed,
		.inserted_len = edit->removed_len};
}

/* The edits of a step, or with `up` what undoes them. */
static bool add_moves(struct bk_moves *moves, const struct bk_history_step *step, bool up)
{
	const size_t count = step->edits.list.len;

	for (size_t i = 0; i < count; i++) {
		struct bk_move *move = BK_VEC_PUSH(&moves->list);

		if (!move)
			return false;
		move->edit = up ? inverse(&step->edits.list.items[count - 1 - i]) : step->edits.list.items[i];
		move->foreign = step->foreign;
	}
	return true;
}

int bk_history_path(const struct bk_history *history, size_t step, struct bk_moves *out)
{
	const struct bk_history_step *steps = history->steps.items;
	BK_VEC(size_t) down = BK_VEC_INIT;
	size_t from = history->current, to = step;
	bool ok = true;

	/* parents have lower numbers: the higher of two steps goes up until both meet */
	while (ok && from != to) {
		if (from > to) {
			ok = add_moves(out, &steps[from], true);
			from = steps[from].parent;
		} else {
			size_t *slot = BK_VEC_PUSH(&down);

			ok = slot != NULL;
			if (slot)
				*slot = to;
			to = steps[to].parent;
		}
	}
	while (ok && down.len)
		ok = add_moves(out, &steps[down.items[--down.len]], false);
	BK_VEC_RELEASE(&down);
	return ok ? BK_OK : bk_fail_memory();
}

void bk_history_arrive(struct bk_history *history, size_t step)
{
	struct bk_history_step *steps = history->steps.items;
	size_t from = history->current, to = step;

	while (from != to) {
		size_t *higher = from > to ? &from : &to;

		steps[*higher].foreign = false;
		*higher = steps[*higher].parent;
	}
	history->current = step;
	history->typing = false;
}
