/* The screen as a whole: the editor that `bracked FILE` opens. */
#ifndef BRACKED_TUI_TUI_H
#define BRACKED_TUI_TUI_H

#include <stddef.h>

struct bk_invocation;

/*
 * Edit files on the terminal, or by a script (options `script` and `screen` of the invocation).  Returns the
 * exit status of the program: enum bk_exit, or 128 and the number of the signal that ended it.
 */
int bk_tui_edit(struct bk_invocation *invocation, const char *const *files, size_t count);

#endif
