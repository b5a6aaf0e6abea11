/*
 * What the terminal's description (terminfo) says about painting.  Of terminal_curses.c: the description must
 * have been set up.
 */
#ifndef BRACKED_TUI_TERMINAL_CURSES_WORDS_H
#define BRACKED_TUI_TERMINAL_CURSES_WORDS_H

#include "tui/paint.h"

struct bk_terminal_words {
	struct bk_paint_words paint; /* its strings are those kept */
	int colours;		     /* 0: none */
	struct bk_buf kept[16];
	int count;
};

void bk_terminal_words_find(struct bk_terminal_words *words, bool utf8);
void bk_terminal_words_release(struct bk_terminal_words *words);

#endif
