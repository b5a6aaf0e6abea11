/* Shared by the files of the diff pane. */
#ifndef BRACKED_TUI_PANE_CHANGES_H
#define BRACKED_TUI_PANE_CHANGES_H

#include "tui/cell.h"
#include "tui/versus.h"

struct bk_screen;

enum { BK_CHANGES_BESIDE_FROM = 100 }; /* columns: two sides beside each other, names in lines */

/* What is compared, when it has been. */
const struct bk_versus *bk_changes_versus(const struct bk_screen *screen);
/* The difference that the chosen line is about, and its index; NULL when there is none. */
const struct bk_difference *bk_changes_chosen(struct bk_screen *screen, size_t *index);
/* A revision as people name it, appended: its symbol, or its date and id. */
void bk_changes_put_revision(const struct bk_screen *screen, const char *revision, struct bk_buf *out);
/* What is compared, its balance, and the chosen difference in full; the rows taken. */
int bk_changes_head(struct bk_screen *screen, struct bk_rect rect);
/* Parties that hold or are named in the brackets of a difference, appended, each once. */
void bk_changes_put_parties(
	const struct bk_versus *versus, const struct bk_difference *difference, struct bk_buf *out);

#endif
