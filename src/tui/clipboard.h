/* The clipboard of the person's own machine, reached through the terminal (OSC 52). */
#ifndef BRACKED_TUI_CLIPBOARD_H
#define BRACKED_TUI_CLIPBOARD_H

#include "base/buf.h"

/* Append what tells a terminal to keep bytes in its clipboard. */
void bk_clipboard_put(struct bk_buf *out, struct bk_str bytes);

#endif
