/*
 * What was typed ahead: inputs that came while the screen waited for something, kept in their order until the
 * loop takes them.
 */
#ifndef BRACKED_TUI_AHEAD_H
#define BRACKED_TUI_AHEAD_H

#include "base/vec.h"
#include "tui/terminal.h"

struct bk_ahead {
	BK_VEC(struct bk_input) inputs; /* each with bytes of its own */
	size_t next;			/* of them, the first not yet taken */
};

/* Keep an input behind those that are kept.  BK_ENOMEM. */
int bk_ahead_keep(struct bk_ahead *ahead, const struct bk_input *input);
/* Take the next one, its text borrowed until the one after it; false when there is none. */
bool bk_ahead_take(struct bk_ahead *ahead, struct bk_input *out);
/* Forget what has not been taken; returns how many there were. */
size_t bk_ahead_forget(struct bk_ahead *ahead);
void bk_ahead_release(struct bk_ahead *ahead);

#endif
