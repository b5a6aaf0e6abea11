/* Rows as folds leave them. */
#include "tui/rows.h"

#include "tui/motion.h"
#include "tui/screen.h"

static const bk_snapshot *shown(const struct bk_screen *screen)
{
	return bk_desk_shown(bk_screen_desk(screen));
}

static bool fold_at(const struct bk_screen *screen, size_t offset, struct bk_span *fold)
{
	const struct bk_folds *const folds = bk_desk_folds(bk_screen_desk(screen));
	fold->start = fold->end = BK_NOWHERE;
	return folds != NULL && bk_folds_at(folds, offset, fold);
}

int bk_rows_room(int width)
{
	return width >= 60 ? 26 : width >= 36 ? 14 : width / 3;
}

int bk_rows_layout(struct bk_screen *screen, size_t offset, struct bk_span *fold)
{
	struct bk_layout_rules rules = screen->rules;
	if (!fold_at(screen, offset, fold))
		return bk_layout_make(&screen->layouts, shown(screen), offset, &rules, &screen->layout);
	rules.width -= bk_rows_room(rules.width);
	return bk_layout_make(&screen->layouts, shown(screen), fold->start, &rules, &screen->layout);
}

bool bk_rows_after_fold(const struct bk_screen *screen, struct bk_span fold, size_t *out)
{
	const size_t size = bk_snapshot_size(shown(screen));
	if (fold.end >= size && (size == 0 || bk_motion_byte(shown(screen), size - 1) != '\n'))
		return false;
	*out = fold.end < size ? fold.end : size;
	return true;
}

int bk_rows_start(struct bk_screen *screen, size_t offset, size_t *out)
{
	struct bk_span fold;
	if (!fold_at(screen, offset, &fold))
		return bk_layout_row_start(&screen->layouts, shown(screen), offset, &screen->rules, out);
	*out = fold.start;
	return BK_OK;
}

int bk_rows_previous(struct bk_screen *screen, size_t offset, size_t *out)
{
	struct bk_span fold;
	size_t at = offset;
	if (fold_at(screen, at, &fold))
		at = fold.start;
	const int status = bk_layout_previous_row(&screen->layouts, shown(screen), at, &screen->rules, &at);
	if (status < 0)
		return status;
	*out = fold_at(screen, at, &fold) ? fold.start : at;
	return BK_OK;
}

int bk_rows_next(struct bk_screen *screen, size_t offset, size_t *out, bool *moved)
{
	struct bk_span fold;
	if (!fold_at(screen, offset, &fold))
		return bk_layout_next_row(
			&screen->layouts, shown(screen), offset, &screen->rules, out, moved);
	*moved = bk_rows_after_fold(screen, fold, out);
	if (!*moved)
		*out = fold.start;
	return BK_OK;
}

/* ---- What is put away ---- */

bool bk_rows_hides(struct bk_screen *screen, size_t offset, struct bk_folded *out)
{
	struct bk_span fold;
	if (!fold_at(screen, offset, &fold) || bk_rows_layout(screen, offset, &fold) < 0)
		return false;
	const struct bk_layout *const layout = screen->layout;
	const struct bk_row *const row = &layout->rows.items[0];
	const bool whole = row->last;
	*out = (struct bk_folded){
		.fold = fold, .from = whole ? row->end + 1 : row->end, .last_seen = row->end};
	if (!whole && row->count > 0)
		out->last_seen = layout->start + layout->glyphs.items[row->first + row->count - 1].at;
	return offset > out->last_seen;
}

/* Nothing folds under a selection, which may begin in what the cursor has left.  Where memory runs out it stays
 * open until the next time. */
static void fold_what_was_left(struct bk_screen *screen)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	if (desk->reading == NULL && desk->view.anchor == BK_NOWHERE)
		(void)bk_folds_give(&desk->ajar, desk->view.cursor, &desk->folds);
}

/* What cannot be remembered for want of memory stays open. */
static void remember(struct bk_desk *desk, struct bk_span fold)
{
	const bk_snapshot *const now = bk_text_now(desk->session->text);
	const size_t size = bk_snapshot_size(now);
	const bool open_end = size > 0 && bk_motion_byte(now, size - 1) != '\n';
	(void)bk_folds_add(&desk->ajar, &fold, 1, size, open_end);
}

void bk_rows_reveal(struct bk_screen *screen)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	struct bk_folded hidden;
	fold_what_was_left(screen);
	while (bk_rows_hides(screen, bk_desk_view(desk)->cursor, &hidden)) {
		if (!bk_folds_open(&desk->folds, hidden.fold.start))
			return;
		remember(desk, hidden.fold);
	}
}
