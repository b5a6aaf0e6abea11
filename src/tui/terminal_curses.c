/*
 * The terminal of a person, by ncurses, which only the rooms of this name know.
 *
 * Curses reads keys (terminal_curses_keys.c), sets the terminal's modes, and knows its words
 * (terminal_curses_words.c); what they say is composed in paint.c, for curses would write each row by itself.
 * Signals come through a pipe of the loop's; those that mean a crash reset the terminal with write(2): see signals.h.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "base/lease.h"
#include "tui/clipboard.h"
#include "tui/curses.h"
#include "tui/paint.h"
#include "tui/signals.h"
#include "tui/terminal.h"
#include "tui/terminal_curses_keys.h"
#include "tui/terminal_curses_words.h"

#include <errno.h>
#include <langinfo.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* What a terminal is told at the start and at the end besides what curses says. */
#define ENTER_MODES "\033[?2004h\033[?1004h"
#define ENTER_MOUSE "\033[?1000h\033[?1006h"
#define LEAVE_MOUSE "\033[?1006l\033[?1000l"
#define LEAVE_MODES "\033[?2004l\033[?1004l\033[?1000l\033[?1002l\033[?1006l"

struct curses {
	bk_terminal terminal;
	SCREEN *screen;
	struct bk_terminal_keys keys;
	struct bk_paint paint;
	struct bk_terminal_words words;
	struct bk_buf out; /* of one paint */
	bool modes;	   /* the terminal was told ENTER_MODES */
	bool mouse;	   /* and ENTER_MOUSE */
	bool lost;	   /* the other end is gone */
};

/* ---- Writing ---- */

static void tell(const char *bytes, size_t len)
{
	while (len > 0) {
		const ssize_t written = write(STDOUT_FILENO, bytes, len);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0 && errno == EAGAIN) {
			struct pollfd out = {.fd = STDOUT_FILENO, .events = POLLOUT};
			poll(&out, 1, 1000);
			continue;
		}
		if (written <= 0)
			return;
		bytes += written;
		len -= (size_t)written;
	}
}

static void paint(bk_terminal *terminal, const struct bk_grid *grid, bool anew)
{
	struct curses *const curses = (struct curses *)terminal;
	struct bk_buf *const out = &curses->out;
	bk_buf_clear(out);
	if (bk_paint_grid(&curses->paint, grid, anew, out) < 0) {
		bk_paint_forget(&curses->paint);
		bk_buf_release(out);
		return;
	}
	if (!curses->modes)
		bk_buf_puts(out, curses->mouse ? ENTER_MODES ENTER_MOUSE : ENTER_MODES);
	curses->modes = true;
	tell(bk_buf_string(out), out->len);
}

static void show_cursor(struct curses *curses)
{
	const char *const word = curses->paint.words.show;
	if (curses->paint.hidden && word != NULL)
		tell(word, strlen(word));
	bk_paint_forget(&curses->paint);
}

static void copy(bk_terminal *terminal, struct bk_str bytes)
{
	(void)terminal;
	/* Terminals give up on more than this. */
	if (bytes.len > 74000)
		return;
	struct bk_buf out = BK_BUF_INIT;
	bk_clipboard_put(&out, bytes);
	if (!out.failed)
		tell(out.bytes, out.len);
	bk_buf_release(&out);
}

/* ---- The loop's questions ---- */

static void take_size(struct curses *curses)
{
	struct winsize size;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
		bk_curses.resizeterm(size.ws_row, size.ws_col);
	curses->terminal.rows = *bk_curses.LINES;
	curses->terminal.cols = *bk_curses.COLS;
}

/* Without another screen to go back to, what is shown stays: the shell begins on a cleared row of its own below. */
static void leave_row(const struct curses *curses)
{
	if (exit_ca_mode != NULL && exit_ca_mode != (char *)-1)
		return;
	bk_curses.putp(exit_attribute_mode != NULL ? exit_attribute_mode : "");
	/* A terminal of another size once may scroll a part of itself only. */
	if (change_scroll_region != NULL)
		bk_curses.putp(bk_curses.tparm(
			change_scroll_region, 0, curses->terminal.rows - 1, 0, 0, 0, 0, 0, 0, 0));
	bk_curses.putp(bk_curses.tparm(cursor_address, curses->terminal.rows - 1, 0, 0, 0, 0, 0, 0, 0, 0));
	bk_curses.putp("\r\n");
	bk_curses.putp(clr_eol != NULL ? clr_eol : "");
	fflush(stdout);
}

static void suspend(bk_terminal *terminal)
{
	struct curses *const curses = (struct curses *)terminal;
	show_cursor(curses);
	bk_curses.endwin();
	leave_row(curses);
	tell(LEAVE_MODES, sizeof LEAVE_MODES - 1);
	bk_lease_settle(); /* whoever wants to write into a mapped file must not wait for one who is stopped */
	bk_signals_stop();
	bk_curses.refresh();
	curses->modes = false;
	take_size(curses);
}

/* A signal that came through the pipe. */
static bool take_signal(struct curses *curses, struct bk_input *out)
{
	const int number = bk_signals_next();
	if (number == 0)
		return false;
	if (number == SIGTSTP) {
		suspend(&curses->terminal);
		out->kind = BK_INPUT_RESIZE;
	} else if (number == SIGWINCH || number == SIGCONT) {
		take_size(curses);
		if (number == SIGCONT)
			bk_paint_forget(&curses->paint);
		out->kind = BK_INPUT_RESIZE;
	} else {
		*out = (struct bk_input){.kind = BK_INPUT_SIGNAL, .signal = number};
	}
	return true;
}

static int next(bk_terminal *terminal, struct bk_input *out, int milliseconds)
{
	struct curses *const curses = (struct curses *)terminal;
	*out = (struct bk_input){.kind = BK_INPUT_NONE};
	if (take_signal(curses, out) || bk_terminal_keys_read(&curses->keys, out))
		return BK_OK;
	struct pollfd ends[] = {
		{.fd = STDIN_FILENO, .events = POLLIN},
		{.fd = bk_signals_descriptor(), .events = POLLIN},
		{.fd = terminal->wake_read, .events = POLLIN},
	};
	const int ready = poll(ends, 3, milliseconds);
	if (ready <= 0)
		return BK_OK;
	if (ends[1].revents && take_signal(curses, out))
		return BK_OK;
	if ((ends[0].revents & POLLIN) && bk_terminal_keys_read(&curses->keys, out))
		return BK_OK;
	int unread = 0;
	if (ends[0].revents & (POLLHUP | POLLERR | POLLNVAL) ||
		((ends[0].revents & POLLIN) && ioctl(STDIN_FILENO, FIONREAD, &unread) == 0 && unread == 0 &&
			!isatty(STDIN_FILENO))) {
		*out = (struct bk_input){.kind = BK_INPUT_SIGNAL, .signal = SIGHUP};
		curses->lost = true;
		return BK_OK;
	}
	if (ends[2].revents && bk_terminal_drain_wake(terminal))
		out->kind = BK_INPUT_WAKE;
	return BK_OK;
}

static void take_mouse(bk_terminal *terminal, bool wanted)
{
	struct curses *const curses = (struct curses *)terminal;
	if (curses->mouse && !wanted)
		tell(LEAVE_MOUSE, sizeof LEAVE_MOUSE - 1);
	curses->mouse = wanted && bk_terminal_keys_know_mouse();
	curses->modes = false;
}

static void curses_close(bk_terminal *terminal)
{
	struct curses *const curses = (struct curses *)terminal;
	if (curses->screen != NULL) {
		show_cursor(curses);
		bk_curses.endwin();
		leave_row(curses);
		tell(LEAVE_MODES, sizeof LEAVE_MODES - 1);
		bk_signals_give_back();
		bk_curses.delscreen(curses->screen);
	}
	bk_terminal_close_wake(terminal);
	bk_paint_release(&curses->paint);
	bk_terminal_words_release(&curses->words);
	bk_buf_release(&curses->out);
	bk_terminal_keys_release(&curses->keys);
	bk_free(curses);
}

static const struct bk_terminal_kind kind = {
	.next = next,
	.paint = paint,
	.copy = copy,
	.suspend = suspend,
	.mouse = take_mouse,
	.close = curses_close,
};

/* What a crash has to write to bring the terminal back. */
static void prepare_reset(void)
{
	const char *const parts[] = {
		LEAVE_MODES, exit_attribute_mode, cursor_normal, keypad_local, exit_ca_mode};
	struct bk_buf reset = BK_BUF_INIT;
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (parts[i] != NULL && parts[i] != (char *)-1)
			bk_buf_puts(&reset, parts[i]);
	bk_signals_set_reset(bk_buf_string(&reset), reset.len);
	bk_buf_release(&reset);
}

/* Refusals in words, before curses would end the program by itself. */
static int check_terminal(void)
{
	const char *const term = getenv("TERM");
	int error = 0;
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
		return bk_fail(BK_EIO, "the editor needs a terminal: use --script to run keys from a file");
	if (term == NULL || *term == '\0')
		return bk_fail(
			BK_EIO, "TERM is not set: export TERM=xterm-256color, or whatever your terminal is");
	const int status = bk_curses_start();
	if (status < 0)
		return status;
	if (bk_curses.setupterm(term, STDOUT_FILENO, &error) != OK)
		return bk_fail(BK_EIO,
			"unknown terminal '%s': set TERM to one that is known here, as in TERM=vt100 bracked "
			"...",
			term);
	if (cursor_address == NULL)
		return bk_fail(BK_EIO,
			"terminal '%s' cannot place its cursor: set TERM to what it is, as in TERM=vt100 "
			"bracked ...",
			term);
	return BK_OK;
}

static int start_curses(struct curses *curses)
{
	prepare_reset();
	bk_curses.set_escdelay(25);
	curses->screen = bk_curses.newterm(NULL, stdout, stdin);
	if (curses->screen == NULL)
		return bk_fail(BK_EIO, "cannot start the screen on terminal '%s'", getenv("TERM"));
	bk_curses.raw();
	bk_curses.noecho();
	bk_curses.nonl();
	const int status = bk_terminal_keys_open(&curses->keys);
	if (status < 0)
		return status;
	bk_terminal_words_find(&curses->words, curses->terminal.utf8);
	curses->paint.words = curses->words.paint;
	curses->terminal.colours = curses->words.colours;
	return bk_signals_take();
}

int bk_terminal_curses_start(void)
{
	return bk_curses_start();
}

int bk_terminal_curses_open(bk_terminal **out)
{
	int status = check_terminal();
	if (status < 0)
		return status;
	struct curses *const curses = bk_calloc(1, sizeof *curses);
	if (curses == NULL)
		return bk_fail_memory();
	curses->terminal = (bk_terminal){.kind = &kind, .wake_read = -1, .wake_write = -1};
	curses->terminal.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	status = bk_terminal_open_wake(&curses->terminal);
	if (status == BK_OK)
		status = start_curses(curses);
	if (status < 0) {
		curses_close(&curses->terminal);
		return status;
	}
	take_size(curses);
	*out = &curses->terminal;
	return BK_OK;
}
