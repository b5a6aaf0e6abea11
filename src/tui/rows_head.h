/*
 * What is said of a fold on its row: how much it puts away, and the most urgent sign of that.
 */
#ifndef BRACKED_TUI_ROWS_HEAD_H
#define BRACKED_TUI_ROWS_HEAD_H

#include "tui/desk_fold.h"

struct bk_screen;

struct bk_fold_head {
	size_t lines; /* put away; the rest of the first one counts as one */
	struct bk_fold_sums sums;
	size_t brackets; /* that open in them: all that is known of a text that has not been read */
	uint8_t gutter;	 /* enum bk_role of the most urgent sign: my party blocks, a fault, open; 0: none */
};

/* A fold whose first line is seen up to `from`.  O(log n). */
struct bk_fold_head bk_fold_head(const struct bk_screen *screen, struct bk_span fold, size_t from);
/* The words of the line below the first, as "Article 4" has its title there; nothing for a long one.
 * Appended. */
void bk_fold_put_title(const struct bk_screen *screen, struct bk_span fold, struct bk_buf *out);
/*
 * "… 12 lines · 3 open", of a text that has not been read "… 12 lines · 4 brackets", as much of it as room cells
 * hold: numbers are left out rather than cut.  Appended.
 */
void bk_fold_put_head(const struct bk_fold_head *head, int room, struct bk_buf *out);
/* How urgent the sign of a gutter is beside others, on the row of a fold. */
int bk_fold_urgency(uint8_t gutter);

#endif
