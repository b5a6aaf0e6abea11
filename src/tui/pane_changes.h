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

/* pane_changes_filter.c: what is asked of the changes that are shown. */
bool bk_changes_filtered(const struct bk_screen *screen);
/* Ask for words, a kind or a heading that the lines must have. */
void bk_changes_ask_filter(struct bk_screen *screen);
/* Ask for the party that they concern; when there is one, let go of it.  Here and below: true, the key was known. */
bool bk_changes_toggle_party(struct bk_screen *screen);
/* Turn one of the flags of the screen's changes over. */
bool bk_changes_toggle(struct bk_screen *screen, bool *flag);
bool bk_changes_show_all(struct bk_screen *screen);

#endif
