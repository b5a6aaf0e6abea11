/*
 * The window of a large text: a piece round the screen, read on a thread for its colours alone.
 *
 *	text    ------------[=== window ===]------------------------   100 MB
 *	                        [screen]
 */
#ifndef BRACKED_TUI_WINDOW_H
#define BRACKED_TUI_WINDOW_H

#include "tui/carry.h"
#include "tui/worker.h"

#include <bracked/draft.h>

struct bk_window {
	bk_draft *draft; /* of the bytes from start to end, as they were before carry */
	size_t start, end;
	struct bk_carry carry;

	struct bk_worker worker;
	bk_snapshot *snapshot; /* the task */
	struct bk_span coming_span;
	bk_draft *coming;
	const bk_conventions *conventions;
};

/* Read anew, when what is seen lies outside or the text was changed.  ready: how far the text is known. */
void bk_window_read(struct bk_window *window, int wake, const bk_snapshot *now, size_t ready,
	struct bk_span seen, const bk_conventions *conventions);
/* Take in what has been read; true when there was something. */
bool bk_window_take(struct bk_window *window);
void bk_window_release(struct bk_window *window);

#endif
