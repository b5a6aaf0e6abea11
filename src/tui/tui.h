/* The screen as a whole: the editor that `bracked FILE` opens. */
#ifndef BRACKED_TUI_TUI_H
#define BRACKED_TUI_TUI_H

#include "app/command.h"

/*
 * It edits files on the terminal, or by a script (options `script` and `screen` of the invocation), and gives the
 * exit status of the program: enum bk_exit, or 128 and the number of the signal that ended it.
 */
extern const struct bk_editor bk_tui;

#endif
