/*
 * Moving a text through its history: undo, redo, and going to any step.
 *
 * All edits on the way are tried on snapshots; the text moves when the last of them has gone well.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "draft/text.h"

#include <string.h>

size_t bk_text_step(const bk_text *text)
{
	return text->history.current;
}

size_t bk_text_step_count(const bk_text *text)
{
	return text->history.steps.len;
}

int bk_text_step_get(const bk_text *text, size_t step, struct bk_step *out)
{
	const struct bk_history_step *found;

	if (step >= text->history.steps.len)
		return bk_fail(BK_ERANGE, "no step '%zu' in the history: the last is %zu", step,
			text->history.steps.len - 1);
	found = &text->history.steps.items[step];
	*out = (struct bk_step){.parent = found->parent,
		.newest_child = found->newest_child,
		.edits = found->edits.list.items,
		.edit_count = found->edits.list.len,
		.time = found->time};
	return BK_OK;
}

int bk_text_stand(bk_text *text, size_t step)
{
	if (text->version || text->history.current)
		return bk_fail(BK_EINVAL, "the text has changed already: it stands where it stands");
	if (step >= text->history.steps.len)
		return bk_fail(BK_ERANGE, "no step '%zu' in the history: the last is %zu", step,
			text->history.steps.len - 1);
	text->history.current = step;
	return BK_OK;
}

/* Whether an edit from outside removes what stands there. */
static bool fits(const bk_snapshot *snapshot, const struct bk_edit *edit)
{
	size_t done = 0, end;

	if (!bk_size_add(edit->start, edit->removed_len, &end) || end > snapshot->size)
		return false;
	while (done < edit->removed_len) {
		const char *bytes;
		size_t len;

		bk_snapshot_piece(snapshot, edit->start + done, &bytes, &len);
		if (len > edit->removed_len - done)
			len = edit->removed_len - done;
		if (memcmp(bytes, edit->removed + done, len) != 0)
			return false;
		done += len;
	}
	return true;
}

/* The snapshot at the end of moves; the text itself stays where it is. */
static int walk(struct bk_text *text, const struct bk_moves *moves, size_t step, struct bk_snapshot **out)
{
	struct bk_snapshot *at = bk_snapshot_keep(text->now), *next;

	for (size_t i = 0; i < moves->list.len; i++) {
		const struct bk_move *move = &moves->list.items[i];

		if (move->foreign && !fits(at, &move->edit)) {
			bk_snapshot_free(at);
			return bk_fail(BK_EFORMAT,
				"cannot go to step '%zu': its change at %zu does not fit the text", step,
				move->edit.start);
		}
		next = bk_text_edited(at, &move->edit);
		bk_snapshot_free(at);
		if (!next)
			return bk_fail_memory();
		at = next;
	}
	*out = at;
	return BK_OK;
}

/* Edits of a lazy text end within its ready part only while nothing from outside says otherwise. */
static int reach(struct bk_text *text, const struct bk_moves *moves)
{
	size_t ready = bk_text_ready(text);

	for (size_t i = 0; i < moves->list.len; i++) {
		const struct bk_edit *edit = &moves->list.items[i].edit;

		if (edit->start > ready || edit->removed_len > ready - edit->start)
			return bk_text_join_tail(text);
		ready = ready - edit->removed_len + edit->inserted_len;
	}
	return BK_OK;
}

int bk_text_go(bk_text *text, size_t step, size_t *at)
{
	struct bk_moves moves = {0};
	struct bk_snapshot *next;
	int status;

	if (step >= text->history.steps.len)
		return bk_fail(BK_ERANGE, "no step '%zu' in the history: the last is %zu", step,
			text->history.steps.len - 1);
	status = bk_history_path(&text->history, step, &moves);
	if (status == BK_OK)
		status = reach(text, &moves);
	if (status == BK_OK)
		status = walk(text, &moves, step, &next);
	if (status == BK_OK) {
		bk_history_arrive(&text->history, step);
		bk_text_put(text, next);
		for (size_t i = 0; i < moves.list.len; i++)
			bk_text_tell(text, &moves.list.items[i].edit, true);
		if (at && moves.list.len)
			*at = moves.list.items[moves.list.len - 1].edit.start;
	}
	BK_VEC_RELEASE(&moves.list);
	return status;
}

int bk_text_undo(bk_text *text, size_t *at)
{
	if (!text->history.current)
		return bk_fail(BK_ENOTFOUND, "nothing to undo: this is the text as it was loaded");
	return bk_text_go(text, text->history.steps.items[text->history.current].parent, at);
}

int bk_text_redo(bk_text *text, size_t *at)
{
	const size_t child = text->history.steps.items[text->history.current].newest_child;

	if (child == BK_NOWHERE)
		return bk_fail(BK_ENOTFOUND, "nothing to redo: this is the newest text");
	return bk_text_go(text, child, at);
}

int bk_text_earlier(bk_text *text, size_t *at)
{
	if (!text->history.current)
		return bk_fail(BK_ENOTFOUND, "nothing earlier: this is the text as it was loaded");
	return bk_text_go(text, text->history.current - 1, at);
}

int bk_text_later(bk_text *text, size_t *at)
{
	if (text->history.current + 1 >= text->history.steps.len)
		return bk_fail(BK_ENOTFOUND, "nothing later: this is the last change made");
	return bk_text_go(text, text->history.current + 1, at);
}

void bk_text_break(bk_text *text)
{
	text->history.typing = false;
}

int bk_text_add_step(bk_text *text, size_t parent, const struct bk_edit *edits, size_t count, int64_t time)
{
	return bk_history_add(&text->history, parent, edits, count, time);
}

void bk_text_set_clock(bk_text *text, int64_t (*now)(void))
{
	text->clock = now;
}
