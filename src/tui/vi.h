/*
 * Modal keys in the manner of vi: normal, insert and visual.  Counts, the operators d c y with motions and
 * text objects, and ex commands :w :q :wq :x and a line number.
 */
#ifndef BRACKED_TUI_VI_H
#define BRACKED_TUI_VI_H

#include "tui/key.h"

#include <stdbool.h>
#include <stddef.h>

struct bk_screen;

enum bk_vi_mode {
	BK_VI_OFF,
	BK_VI_NORMAL,
	BK_VI_INSERT,
	BK_VI_VISUAL,
	BK_VI_VISUAL_LINE,
};

struct bk_vi {
	enum bk_vi_mode mode;
	size_t count, operator_count;
	uint32_t operation;	       /* 'd', 'c', 'y' or 0 */
	uint32_t pending;	       /* 'g', 'f', 'i', 'r' ...: the next key completes it */
	uint32_t find_kind, find_char; /* for ; and , */
};

/* A key in vi mode; false when it means nothing here and the keymap may have it. */
bool bk_vi_key(struct bk_screen *screen, struct bk_key key);

#endif
