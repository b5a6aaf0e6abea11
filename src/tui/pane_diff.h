/*
 * What two texts differ in, as lines of a pane: the places by line, what was taken out with - and what was put in
 * with +, a few lines round them.
 */
#ifndef BRACKED_TUI_PANE_DIFF_H
#define BRACKED_TUI_PANE_DIFF_H

#include "base/str.h"
#include "tui/pane.h"

/*
 * Add the differences below a title, which lives as long as the list's arena; nothing when there are none.
 * BK_ENOMEM, BK_EGIT.
 */
int bk_diff_fill(struct bk_list *list, const char *title, struct bk_str old, struct bk_str now);

#endif
