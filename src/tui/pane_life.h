/* The life of one bracket: which, before the pane is opened. */
#ifndef BRACKED_TUI_PANE_LIFE_H
#define BRACKED_TUI_PANE_LIFE_H

struct bk_screen;

/* Open the pane about the bracket that the diff pane has chosen, or else about the one at the cursor; complains where
 * there is none. */
void bk_life_open(struct bk_screen *screen);

#endif
