/* One open draft on the screen: opening, marks, readings. */
#include "tui/desk.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/vec.h"
#include "tui/clock.h"
#include "tui/motion.h"
#include "tui/past.h"

#include <string.h>

/* ---- Opening ---- */

static void carry_view(struct bk_view *view, const struct bk_edit *edit)
{
	view->top = bk_edit_carry(edit, view->top, false);
	view->cursor = bk_edit_carry(edit, view->cursor, true);
	if (view->anchor != BK_NOWHERE)
		view->anchor = bk_edit_carry(edit, view->anchor, false);
}

static void on_edit(void *context, const struct bk_text_news *news)
{
	struct bk_desk *const desk = context;
	bk_carry_add(&desk->carry, news->edit);
	bk_carry_add(&desk->window.carry, news->edit);
	bk_carry_add(&desk->compared, news->edit);
	bk_carry_add(&desk->lived, news->edit);
	bk_folds_edit(&desk->folds, news->edit, news->moved ? BK_NOWHERE : desk->view.cursor);
	/* What is changed stays in sight, wherever that is. */
	bk_folds_edit(&desk->ajar, news->edit, BK_NOWHERE);
	carry_view(&desk->view, news->edit);
	desk->edited = bk_now_ms();
}

/* Where the line begins that holds offset, by its bytes alone; 0 when that is far. */
static size_t begin_of_line(const struct bk_desk *desk, size_t offset)
{
	enum { FAR = 8192 };
	const bk_snapshot *const now = bk_text_now(desk->session->text);
	for (size_t at = offset; at > 0 && offset - at < FAR; at--)
		if (bk_motion_byte(now, at - 1) == '\n')
			return at;
	return 0;
}

void bk_desk_take_place(struct bk_desk *desk)
{
	const size_t size = bk_snapshot_size(bk_text_now(desk->session->text));
	const struct bk_journal_place *const place = &desk->session->place;
	desk->view = (struct bk_view){.anchor = BK_NOWHERE, .goal = -1};
	if (place->cursor <= size && place->top <= place->cursor) {
		desk->view.cursor = place->cursor;
		desk->view.top = place->top;
	}
	/* What others changed may have moved the letters: the line is near enough. */
	if (!desk->session->found.history)
		desk->view.top = desk->view.cursor = begin_of_line(desk, desk->view.cursor);
	bk_desk_take_folds(desk, place->folds, desk->session->found.history);
}

int bk_desk_open(
	struct bk_desk **out, const char *file, unsigned flags, const struct bk_session_options *options)
{
	struct bk_desk *const desk = bk_calloc(1, sizeof *desk);
	if (desk == NULL)
		return bk_fail_memory();
	desk->read_only = !(flags & BK_SESSION_EDIT);
	desk->failed_version = desk->placed = UINT64_MAX;
	int status = bk_session_open(&desk->session, file, flags, options);
	if (status == BK_OK)
		status = bk_text_observe(desk->session->text, on_edit, desk);
	if (status < 0) {
		bk_session_free(desk->session);
		bk_free(desk);
		return status;
	}
	bk_desk_take_place(desk);
	*out = desk;
	return BK_OK;
}

void bk_desk_take_over(struct bk_desk *desk, struct bk_desk *other)
{
	struct bk_str bytes;
	bk_desk_end_work(other);
	/* Without the memory for it the place is that of the journal. */
	if (bk_desk_read(other, NULL, NULL) < 0 ||
		bk_snapshot_flat(bk_text_now(desk->session->text), &bytes.ptr, &bytes.len) < 0 ||
		bk_session_replace_all(other->session, bytes) < 0 ||
		bk_folds_copy(&desk->folds, &other->folds) < 0 ||
		bk_folds_copy(&desk->ajar, &other->ajar) < 0)
		return;
	desk->view = other->view;
}

void bk_desk_keep_place(struct bk_desk *desk, bool all)
{
	struct bk_buf folds = BK_BUF_INIT;
	if (desk->session->journal == NULL)
		return;
	bk_desk_put_folds(desk, all, &folds);
	const struct bk_journal_place place = {
		.cursor = desk->view.cursor, .top = desk->view.top, .folds = bk_buf_string(&folds)};
	const bool folded = strcmp(place.folds, "=") != 0;
	const bool news = place.cursor != desk->kept.cursor || place.top != desk->kept.top || folded;
	/* What it could not take for want of memory it is told at the next look. */
	if (news && bk_buf_status(&folds) == BK_OK &&
		bk_journal_set_place(desk->session->journal, &place) == BK_OK) {
		desk->kept = (struct bk_journal_place){.cursor = place.cursor, .top = place.top};
		if (folded)
			bk_desk_note_told(desk);
	}
	bk_buf_release(&folds);
}

static void free_reading(struct bk_text_reading *reading)
{
	if (reading == NULL)
		return;
	bk_text_free(reading->text);
	bk_reading_free(reading->reading);
	bk_free(reading->name);
	bk_free(reading);
}

void bk_desk_free(struct bk_desk *desk)
{
	if (desk == NULL)
		return;
	bk_saver_release(&desk->saver);
	bk_desk_end_work(desk);
	bk_desk_drop_scout(desk);
	bk_past_free(desk->past);
	bk_window_release(&desk->window);
	bk_desk_keep_place(desk, true);
	free_reading(desk->reading);
	bk_text_unobserve(desk->session->text, on_edit, desk);
	bk_session_free(desk->session);
	bk_carry_release(&desk->carry);
	bk_carry_release(&desk->compared);
	bk_carry_release(&desk->lived);
	bk_desk_release_folds(desk);
	BK_VEC_RELEASE(&desk->origins);
	BK_VEC_RELEASE(&desk->given);
	bk_marks_release(&desk->marks);
	bk_free(desk);
}

/* ---- Marks ---- */

struct bk_marks_source bk_desk_source(const struct bk_desk *desk)
{
	const struct bk_session *const session = desk->session;
	return (struct bk_marks_source){.draft = session->draft,
		.binding = session->binding,
		.positions = session->positions,
		.ledger = session->ledger,
		.roster = session->roster,
		.party = bk_session_party(session)};
}

void bk_desk_count_marks(struct bk_desk *desk)
{
	const struct bk_marks_source source = bk_desk_source(desk);
	bk_marks_release(&desk->marks);
	bk_marks_make(&desk->marks, &source);
	bk_desk_find_folds(desk);
}

uint8_t bk_desk_shade(const struct bk_desk *desk, uint32_t bracket)
{
	return desk->marks.shades != NULL && bracket != BK_NONE ? desk->marks.shades[bracket] : 0;
}

uint8_t bk_desk_marks(const struct bk_desk *desk, uint32_t bracket)
{
	return desk->marks.marks != NULL && bracket != BK_NONE ? desk->marks.marks[bracket] : 0;
}

/* ---- Readings ---- */

/* Where an offset of a reading stands in the text it was made from, and back. */
static size_t through_pieces(const bk_reading *reading, size_t offset, bool back)
{
	size_t count, best = 0;
	const struct bk_reading_piece *const pieces = bk_reading_pieces(reading, &count);
	for (size_t i = 0; i < count; i++) {
		const size_t from = back ? pieces[i].source : pieces[i].at;
		if (from > offset)
			break;
		const size_t into = offset - from < pieces[i].len ? offset - from : pieces[i].len;
		best = (back ? pieces[i].at : pieces[i].source) + into;
	}
	return best;
}

int bk_desk_read(struct bk_desk *desk, const char *name, bk_reading *reading)
{
	struct bk_text_reading *const old = desk->reading;
	if (old != NULL && old->reading != NULL)
		desk->view.cursor = through_pieces(old->reading, old->view.cursor, false);
	desk->reading = NULL;
	free_reading(old);
	if (reading == NULL)
		return BK_OK;
	struct bk_text_reading *const fresh = bk_calloc(1, sizeof *fresh);
	size_t len;
	const char *const bytes = bk_reading_bytes(reading, &len);
	if (fresh != NULL)
		fresh->name = bk_strdup(name);
	int status = fresh != NULL && fresh->name != NULL ? bk_text_new(&fresh->text, bytes, len)
							  : bk_fail_memory();
	if (status < 0) {
		free_reading(fresh);
		bk_reading_free(reading);
		return status;
	}
	fresh->reading = reading;
	fresh->view = (struct bk_view){.anchor = BK_NOWHERE, .goal = -1};
	fresh->view.cursor = through_pieces(reading, desk->view.cursor, true);
	fresh->view.top = through_pieces(reading, desk->view.top, true);
	desk->reading = fresh;
	return BK_OK;
}

/* ---- Asking ---- */

const bk_snapshot *bk_desk_shown(const struct bk_desk *desk)
{
	return bk_text_now(desk->reading != NULL ? desk->reading->text : desk->session->text);
}

struct bk_view *bk_desk_view(struct bk_desk *desk)
{
	return desk->reading != NULL ? &desk->reading->view : &desk->view;
}

const bk_draft *bk_desk_colours(const struct bk_desk *desk, size_t *start, const struct bk_carry **carry)
{
	*start = 0;
	*carry = &desk->carry;
	if (desk->reading != NULL)
		return NULL;
	if (desk->session->draft != NULL)
		return desk->session->draft;
	*start = desk->window.start;
	*carry = &desk->window.carry;
	return desk->window.draft;
}

size_t bk_desk_lived(const struct bk_desk *desk, size_t offset)
{
	return bk_carry_back(&desk->lived, offset);
}

uint32_t bk_desk_here(const struct bk_desk *desk)
{
	if (desk->session->draft == NULL || desk->reading != NULL)
		return BK_NONE;
	return bk_draft_bracket_at(desk->session->draft, bk_carry_back(&desk->carry, desk->view.cursor));
}

struct bk_span bk_desk_span(const struct bk_desk *desk, const struct bk_bracket *bracket)
{
	return (struct bk_span){
		bk_carry_forward(&desk->carry, bracket->start, true),
		bk_carry_forward(&desk->carry, bracket->end, false),
	};
}

struct bk_span bk_view_selection(const struct bk_view *view)
{
	if (view->anchor == BK_NOWHERE)
		return (struct bk_span){view->cursor, view->cursor};
	if (view->anchor < view->cursor)
		return (struct bk_span){view->anchor, view->cursor};
	return (struct bk_span){view->cursor, view->anchor};
}
