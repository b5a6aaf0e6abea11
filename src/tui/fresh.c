/*
 * Waiting for the draft as the text is now, which an act is about to ask: it is read on a thread, while the
 * screen goes on being painted and what is typed is kept.
 *
 *	act: fresh? -- the thread reads --------------------------> the act goes on
 *	                  |  after QUIET: "reading the draft ..."
 *	                  |  keys: kept for the loop
 *	                  |  Esc: the act is given up, the thread reads on
 *	                  |  a signal: given up, and the loop's next input
 *
 * No key is taken in here, so no act begins within another.
 */
#include "tui/ahead.h"
#include "tui/clock.h"
#include "tui/screen.h"

/* So long, in milliseconds, nothing is said: most texts are read by then. */
enum { QUIET = 25 };

/* What one waiting has to put back, or to tell, at its end. */
struct waiting {
	struct bk_buf message;
	bool is_error;
	bool stopped;
	const char *what; /* is being done */
	int (*step)(struct bk_screen *screen, bool *there);
	size_t forgotten; /* inputs typed for what was stopped */
};

/* Tells what is waited for, in place of what was told before. */
static void announce(struct bk_screen *screen, struct waiting *waiting)
{
	waiting->message = screen->message;
	waiting->is_error = screen->message_is_error;
	screen->message = (struct bk_buf)BK_BUF_INIT;
	screen->waiting = true;
	bk_screen_say(screen, "%s ...  Esc stops", waiting->what);
	bk_screen_show(screen);
}

static void end_announcing(struct bk_screen *screen, struct waiting *waiting)
{
	if (!screen->waiting)
		return;
	bk_buf_release(&screen->message);
	screen->message = waiting->message;
	screen->message_is_error = waiting->is_error;
	screen->waiting = false;
}

/* A key of the line at the bottom, by the mouse: it says Esc. */
static bool is_stop(const struct bk_screen *screen, const struct bk_input *input)
{
	if (!screen->waiting)
		return false;
	if (input->kind == BK_INPUT_CLICK)
		return input->row == screen->grid.rows - 1;
	return input->kind == BK_INPUT_KEY && input->key.code == BK_KEY_ESCAPE && input->key.mods == 0;
}

void bk_screen_hold_reading(struct bk_screen *screen, bool held)
{
	screen->reading_held = held;
	for (size_t i = 0; i < screen->desks.len; i++)
		screen->desks.items[i]->held = held;
}

/* What a script says of the waiting itself; false when it is no such thing. */
static bool take_script(struct bk_screen *screen, const struct bk_input *input)
{
	switch (input->kind) {
	case BK_INPUT_DUMP: bk_screen_dump(screen); return true;
	case BK_INPUT_HOLD: screen->held = true; return true;
	case BK_INPUT_HOLD_READING: return true;
	case BK_INPUT_WAIT:
		screen->held = false;
		bk_screen_hold_reading(screen, false);
		return true;
	default: return false;
	}
}

/* What comes while the screen waits. */
static int take_input(struct bk_screen *screen, struct waiting *waiting, const struct bk_input *input)
{
	if (take_script(screen, input))
		return BK_OK;
	if (is_stop(screen, input)) {
		/* What was typed ahead was meant for what does not come now. */
		waiting->forgotten = bk_ahead_forget(&screen->ahead);
		waiting->stopped = true;
		return BK_OK;
	}
	switch (input->kind) {
	case BK_INPUT_RESIZE: bk_screen_show(screen); return BK_OK;
	case BK_INPUT_SIGNAL:
	case BK_INPUT_END:
		waiting->stopped = true;
		bk_ahead_forget(&screen->ahead);
		return bk_ahead_keep(&screen->ahead, input);
	case BK_INPUT_KEY:
	case BK_INPUT_PASTE:
	case BK_INPUT_PICTURE: return bk_ahead_keep(&screen->ahead, input);
	/* A click is meant for what stands there when it is made. */
	default: return BK_OK;
	}
}

/* Wait for the next input or for the thread, but not longer than the journals or the quiet allow. */
static int take_next(struct bk_screen *screen, struct waiting *waiting, int quiet)
{
	struct bk_input input;
	const int due = bk_screen_tick(screen);
	const int wait = screen->reading_held ? -1 : !screen->waiting && quiet < due ? quiet : due;
	const int status = screen->terminal->kind->next(screen->terminal, &input, wait);
	return status == BK_OK ? take_input(screen, waiting, &input) : status;
}

static int wait_for(struct bk_screen *screen, struct waiting *waiting)
{
	const int64_t since = bk_now_ms();
	bool fresh = false;
	int status = BK_OK;
	while (status == BK_OK && !waiting->stopped) {
		if (!screen->reading_held)
			status = waiting->step(screen, &fresh);
		if (status < 0 || fresh)
			break;
		const int quiet = QUIET - (int)(bk_now_ms() - since);
		if (!screen->waiting && (quiet <= 0 || screen->reading_held))
			announce(screen, waiting);
		status = take_next(screen, waiting, quiet);
	}
	return status;
}

static void tell_stopped(struct bk_screen *screen, size_t forgotten)
{
	struct bk_buf words = BK_BUF_INIT;
	bk_buf_puts(&words, "stopped, nothing was done; the draft is read on meanwhile");
	if (forgotten > 0)
		bk_buf_printf(&words, "; what was typed for it (%zu key%s) is forgotten", forgotten,
			forgotten == 1 ? "" : "s");
	bk_screen_complain(screen, "%s", bk_buf_string(&words));
	bk_buf_release(&words);
}

/* What failed before is tried again: a person asks. */
static bool wait(struct bk_screen *screen, struct waiting *waiting)
{
	bool there = false;
	bk_screen_desk(screen)->failed_version = UINT64_MAX;
	int status = waiting->step(screen, &there);
	if (status == BK_OK && !there)
		status = wait_for(screen, waiting);
	end_announcing(screen, waiting);
	if (waiting->stopped)
		tell_stopped(screen, waiting->forgotten);
	if (status < 0)
		bk_ahead_forget(&screen->ahead);
	return bk_screen_report(screen, status) == BK_OK && !waiting->stopped;
}

static int freshen(struct bk_screen *screen, bool *there)
{
	return bk_desk_freshen(bk_screen_desk(screen), screen->terminal->wake_write, there);
}

bool bk_screen_fresh(struct bk_screen *screen)
{
	struct waiting waiting = {.message = BK_BUF_INIT, .what = "reading the draft", .step = freshen};
	return wait(screen, &waiting);
}

static int place(struct bk_screen *screen, bool *there)
{
	const int status = freshen(screen, there);
	return status == BK_OK && *there
		       ? bk_desk_place(bk_screen_desk(screen), screen->terminal->wake_write, false, there)
		       : status;
}

bool bk_screen_placed(struct bk_screen *screen)
{
	struct waiting waiting = {.message = BK_BUF_INIT, .what = "following the places", .step = place};
	return wait(screen, &waiting);
}
