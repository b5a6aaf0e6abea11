/*
 * Marks that a person gives to places of a merge: that they stay in brackets, or are put off.  They stand in the
 * proof and not in the text, but are undone and done again among the acts that change it:
 *
 *	step 4 --mark, mark--> step 4 --act--> step 5		Ctrl-Z takes back the act, the second mark, the first
 */
#include "tui/pane_merge.h"

#include "base/error.h"
#include "tui/placed.h"
#include "tui/screen.h"

/* Others have written the proof. */
static void follow_anew(struct bk_screen *screen)
{
	bool there;
	if (bk_desk_place(bk_screen_desk(screen), screen->terminal->wake_write, true, &there) == BK_OK)
		bk_pane_refill(screen);
}

static int put(struct bk_screen *screen, size_t place, enum bk_proof_mark as)
{
	bk_placing *const placing = bk_screen_desk(screen)->places->placing;
	const int status = bk_screen_report(screen, bk_placing_mark(placing, place, as));
	if (status < 0)
		follow_anew(screen);
	else
		bk_pane_refill(screen);
	return status;
}

static enum bk_proof_mark mark_of(const bk_placing *placing, size_t place)
{
	size_t count;
	const size_t first = bk_placing_places(placing, &count)[place].first;
	return bk_proof_places(bk_placing_proof(placing), &count)[first].mark;
}

int bk_merge_mark(struct bk_screen *screen, size_t place, enum bk_proof_mark as)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	const enum bk_proof_mark before = mark_of(desk->places->placing, place);
	const int status = put(screen, place, as);
	if (status < 0)
		return status;
	bk_text_break(desk->session->text);
	/* Without memory for it, it stays when what was done before it is undone. */
	struct bk_desk_mark *const given = BK_VEC_PUSH(&desk->given);
	if (given != NULL)
		*given = (struct bk_desk_mark){.step = bk_text_step(desk->session->text),
			.place = place,
			.before = before,
			.after = as};
	return BK_OK;
}

/* Whether a mark was taken back, and nothing was done since. */
static bool can_redo(const struct bk_desk *desk, size_t index)
{
	for (size_t i = index + 1; i < desk->given.len; i++)
		if (desk->given.items[i].undone == 0)
			return false;
	return desk->given.items[index].undone == bk_text_step_count(desk->session->text);
}

/* Of the marks given in the text as it is now, the one that is next to be taken back, or to be given again. */
static struct bk_desk_mark *find_next(struct bk_desk *desk, bool redo)
{
	const size_t step = bk_text_step(desk->session->text);
	struct bk_desk_mark *found = NULL;
	for (size_t i = 0; i < desk->given.len && !(redo && found != NULL); i++) {
		struct bk_desk_mark *const one = &desk->given.items[i];
		if (one->step == step && (redo ? can_redo(desk, i) : one->undone == 0))
			found = one;
	}
	return found;
}

bool bk_merge_undo_mark(struct bk_screen *screen, bool redo)
{
	static const char *const words[BK_PROOF_MARK_COUNT] = {[BK_PROOF_UNMARKED] = "unplaced again",
		[BK_PROOF_KEPT] = "stays in brackets",
		[BK_PROOF_DEFERRED] = "deferred"};
	struct bk_desk *const desk = bk_screen_desk(screen);
	size_t count;
	if (find_next(desk, redo) == NULL)
		return false;
	if (!bk_screen_placed(screen))
		return true;
	/* None where another proof lies there since. */
	struct bk_desk_mark *const mark = find_next(desk, redo);
	const bk_placing *const placing = desk->places->placing;
	const struct bk_placing_place *const places =
		placing != NULL ? bk_placing_places(placing, &count) : NULL;
	if (mark == NULL || places == NULL || mark->place >= count)
		return false;
	const enum bk_proof_mark as = redo ? mark->after : mark->before;
	if (put(screen, mark->place, as) < 0)
		return true;
	mark->undone = redo ? 0 : bk_text_step_count(desk->session->text);
	if (places[mark->place].offset != BK_NOWHERE)
		bk_screen_go(screen, places[mark->place].offset, false);
	bk_screen_say(screen, "%s: %s", redo ? "done again" : "undone", words[as]);
	return true;
}
