/*
 * The keys of a person's terminal, which curses reads, and with them pastes and the mouse, which it would wait for
 * where the rest of one was cut.  Of terminal_curses.c: the screen must have been set up.
 */
#ifndef BRACKED_TUI_TERMINAL_CURSES_KEYS_H
#define BRACKED_TUI_TERMINAL_CURSES_KEYS_H

#include "tui/mouse_report.h"
#include "tui/terminal.h"

struct bk_terminal_keys {
	void *pad; /* a window of curses that is not on the screen: reading a key from one that is would draw it */
	struct bk_buf paste;
	struct bk_mouse_report report;
	int64_t escaped; /* when ESC came by itself */
};

/* Tell curses what keys there are, and to wait for none.  BK_ENOMEM. */
int bk_terminal_keys_open(struct bk_terminal_keys *keys);
void bk_terminal_keys_release(struct bk_terminal_keys *keys);
/* A key, paste or report that is there or on its way; false when there is none.  A paste is borrowed until the
 * next one. */
bool bk_terminal_keys_read(struct bk_terminal_keys *keys, struct bk_input *out);
/* Whether the terminal says where its mouse is, and as one of its kin: its description or its name tells. */
bool bk_terminal_keys_know_mouse(void);

#endif
