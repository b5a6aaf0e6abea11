/*
 * Rows of the text pane as folds leave them: of a fold only the first row is there, a little narrower, so that
 * what is said about the rest stands behind it.
 */
#ifndef BRACKED_TUI_ROWS_H
#define BRACKED_TUI_ROWS_H

#include <bracked/text.h>

struct bk_screen;

/*
 * Lay out what is seen where offset stands, as screen->layout: its piece, or of a fold that holds it the
 * first row, which is row 0.  *fold is that fold; its start is BK_NOWHERE when there is none.  BK_ENOMEM.
 */
int bk_rows_layout(struct bk_screen *screen, size_t offset, struct bk_span *fold);
/* Start of the row that offset is seen on; of one that is put away, of its fold's row. */
int bk_rows_start(struct bk_screen *screen, size_t offset, size_t *out);
/* The row before; the first stays itself. */
int bk_rows_previous(struct bk_screen *screen, size_t offset, size_t *out);
/* The row after; the last stays itself, and *moved tells. */
int bk_rows_next(struct bk_screen *screen, size_t offset, size_t *out, bool *moved);
/* Where the row after a fold begins; false when the text ends with it. */
bool bk_rows_after_fold(const struct bk_screen *screen, struct bk_span fold, size_t *out);

/* What a fold puts away of its lines: from where on, and the last place that can still be seen. */
struct bk_folded {
	struct bk_span fold;
	size_t from, last_seen;
};
/* True when a fold puts the place away. */
bool bk_rows_hides(struct bk_screen *screen, size_t offset, struct bk_folded *out);
/* Open what puts the cursor away, and fold again what was opened so and it has left. */
void bk_rows_reveal(struct bk_screen *screen);
/* Cells kept free behind a fold's row in a pane so wide. */
int bk_rows_room(int width);

#endif
