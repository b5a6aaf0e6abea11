/*
 * The terminal of a person, by ncurses: the only file that knows it.
 *
 * Curses reads keys, sets the terminal's modes, and knows its words; what they say is composed in paint.c,
 * for curses would write each row by itself.  Pastes and the mouse are read here, for curses would wait for
 * the rest of a report that was cut.  Signals come through a pipe of the loop's; those that mean a
 * crash reset the terminal with write(2) on a stack of their own.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "base/lease.h"
#include "base/utf8.h"
#include "tui/clipboard.h"
#include "tui/clock.h"
#include "tui/key_sequence.h"
#include "tui/mouse_report.h"
#include "tui/paint.h"
#include "tui/signals.h"
#include "tui/terminal.h"
#include "tui/terminal_curses_words.h"

#include <errno.h>
#include <langinfo.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

#include <curses.h>
#undef lines
#undef columns

enum {
	KEY_PASTE = KEY_MAX + 1,
	KEY_PASTE_END,
	KEY_FOCUS_IN,
	KEY_FOCUS_OUT,
	KEY_REPORT,
	KEY_OLD_REPORT,
	KEY_MODIFIED, /* + base * 8 + modifier from here on */
	PASTE_LIMIT = 64 << 20,
	REPORT_LIMIT = 64, /* bytes: no terminal says as much of its mouse */
	/* Milliseconds for the rest of a sequence that a slow line has cut, */
	PATIENCE = 500,
	/* and for what comes first behind what is also a key with Alt: CSI, others, and ESC by itself. */
	CONTROL_PATIENCE = 250,
	OTHER_PATIENCE = 50,
	ESCAPE_PATIENCE = 100,
};

/* What a terminal is told at the start and at the end besides what curses says. */
#define ENTER_MODES "\033[?2004h\033[?1004h"
#define ENTER_MOUSE "\033[?1000h\033[?1006h"
#define LEAVE_MOUSE "\033[?1006l\033[?1000l"
#define LEAVE_MODES "\033[?2004l\033[?1004l\033[?1000l\033[?1002l\033[?1006l"

struct curses {
	bk_terminal terminal;
	SCREEN *screen;
	WINDOW *keys; /* a pad: reading a key from a window would draw it */
	struct bk_paint paint;
	struct bk_terminal_words words;
	struct bk_buf out; /* of one paint */
	struct bk_buf paste;
	struct bk_mouse_report report;
	int64_t escaped; /* when ESC came by itself */
	bool modes;	 /* the terminal was told ENTER_MODES */
	bool mouse;	 /* and ENTER_MOUSE */
	bool lost;	 /* the other end is gone */
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

/* ---- Keys ---- */

static int modified(struct bk_key key)
{
	return KEY_MODIFIED + (int)(key.code - BK_KEY_ENTER) * 8 + key.mods;
}

static void define(const char *sequence, struct bk_key key, bool plain)
{
	if (!plain || key_defined(sequence) <= 0)
		define_key(sequence, modified(key));
}

/* Whether the terminal says where its mouse is, and as one of its kin: its description or its name tells. */
static bool knows_mouse(void)
{
	const char *const begins = key_mouse, *const term = getenv("TERM");
	if (begins != NULL && begins != (char *)-1 && *begins != '\0')
		return strcmp(begins, "\033[<") == 0 || strcmp(begins, "\033[M") == 0;
	return term != NULL && strstr(term, "xterm") != NULL;
}

static void define_keys(void)
{
	define_key("\033[200~", KEY_PASTE);
	define_key("\033[201~", KEY_PASTE_END);
	define_key("\033[I", KEY_FOCUS_IN);
	define_key("\033[O", KEY_FOCUS_OUT);
	bk_key_sequences(define);
	if (knows_mouse()) {
		define_key("\033[<", KEY_REPORT);
		define_key("\033[M", KEY_OLD_REPORT);
	}
}

static const struct {
	int curses;
	uint32_t code;
	uint8_t mods;
} curses_keys[] = {
	{KEY_UP, BK_KEY_UP, 0},
	{KEY_DOWN, BK_KEY_DOWN, 0},
	{KEY_LEFT, BK_KEY_LEFT, 0},
	{KEY_RIGHT, BK_KEY_RIGHT, 0},
	{KEY_HOME, BK_KEY_HOME, 0},
	{KEY_END, BK_KEY_END, 0},
	{KEY_A1, BK_KEY_HOME, 0},
	{KEY_C1, BK_KEY_END, 0},
	{KEY_FIND, BK_KEY_HOME, 0},
	{KEY_SELECT, BK_KEY_END, 0},
	{KEY_PPAGE, BK_KEY_PAGE_UP, 0},
	{KEY_NPAGE, BK_KEY_PAGE_DOWN, 0},
	{KEY_DC, BK_KEY_DELETE, 0},
	{KEY_IC, BK_KEY_INSERT, 0},
	{KEY_BACKSPACE, BK_KEY_BACKSPACE, 0},
	{KEY_ENTER, BK_KEY_ENTER, 0},
	{KEY_BTAB, BK_KEY_TAB, BK_MOD_SHIFT},
	{KEY_SR, BK_KEY_UP, BK_MOD_SHIFT},
	{KEY_SF, BK_KEY_DOWN, BK_MOD_SHIFT},
	{KEY_SLEFT, BK_KEY_LEFT, BK_MOD_SHIFT},
	{KEY_SRIGHT, BK_KEY_RIGHT, BK_MOD_SHIFT},
	{KEY_SHOME, BK_KEY_HOME, BK_MOD_SHIFT},
	{KEY_SEND, BK_KEY_END, BK_MOD_SHIFT},
	{KEY_SDC, BK_KEY_DELETE, BK_MOD_SHIFT},
	{KEY_SPREVIOUS, BK_KEY_PAGE_UP, BK_MOD_SHIFT},
	{KEY_SNEXT, BK_KEY_PAGE_DOWN, BK_MOD_SHIFT},
};

static bool named_key(int code, struct bk_key *key)
{
	if (code >= KEY_MODIFIED) {
		*key = (struct bk_key){BK_KEY_ENTER + (uint32_t)((code - KEY_MODIFIED) / 8),
			(uint8_t)((code - KEY_MODIFIED) % 8)};
		return true;
	}
	if (code >= KEY_F(1) && code <= KEY_F(12)) {
		*key = (struct bk_key){BK_KEY_F1 + (uint32_t)(code - KEY_F(1)), 0};
		return true;
	}
	if (code >= KEY_F(13) && code <= KEY_F(24)) {
		*key = (struct bk_key){BK_KEY_F1 + (uint32_t)(code - KEY_F(13)), BK_MOD_SHIFT};
		return true;
	}
	for (size_t i = 0; i < sizeof curses_keys / sizeof *curses_keys; i++)
		if (curses_keys[i].curses == code) {
			*key = (struct bk_key){curses_keys[i].code, curses_keys[i].mods};
			return true;
		}
	return false;
}

/*
 * A bracketed paste, byte by byte from the terminal itself: curses has read no further than the mark that
 * begins it, and nothing inside may be taken for a key.
 */
static void read_paste(struct curses *curses, struct bk_input *out)
{
	static const char end[] = "\033[201~";
	struct bk_buf *const paste = &curses->paste;
	bk_buf_clear(paste);
	while (paste->len < PASTE_LIMIT) {
		struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
		if (poll(&in, 1, 5000) <= 0)
			break;
		char byte;
		if (read(STDIN_FILENO, &byte, 1) != 1)
			break;
		bk_buf_putc(paste, byte);
		if (byte == '~' && bk_str_ends(bk_buf_str(paste), BK_STR("\033[201~"))) {
			paste->len -= sizeof end - 1;
			break;
		}
	}
	*out = (struct bk_input){.kind = BK_INPUT_PASTE, .text = bk_buf_str(paste)};
}

/*
 * A report of the mouse, from the terminal itself as well.  A key that comes instead of the rest is still one; in
 * the older form nothing tells it from the rest but the time.
 */
static bool read_mouse(struct curses *curses, bool old, struct bk_input *out)
{
	bk_mouse_report_begin(&curses->report, old);
	for (int i = 0; i < REPORT_LIMIT; i++) {
		struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
		unsigned char byte;
		if (poll(&in, 1, old ? ESCDELAY : PATIENCE) <= 0 || read(STDIN_FILENO, &byte, 1) != 1)
			return false;
		switch (bk_mouse_report_take(&curses->report, byte, out)) {
		case BK_MOUSE_MORE: break;
		case BK_MOUSE_WHOLE: return out->kind != BK_INPUT_NONE;
		case BK_MOUSE_BROKEN: ungetch(byte); return false;
		case BK_MOUSE_GONE: return false;
		}
	}
	return false;
}

static bool special_key(struct curses *curses, int code, struct bk_input *out)
{
	if (code == KEY_PASTE) {
		read_paste(curses, out);
		return true;
	}
	if (code == KEY_FOCUS_IN) {
		out->kind = BK_INPUT_FOCUS;
		return true;
	}
	if (code == KEY_REPORT || code == KEY_OLD_REPORT)
		return read_mouse(curses, code == KEY_OLD_REPORT, out);
	out->kind = named_key(code, &out->key) ? BK_INPUT_KEY : BK_INPUT_NONE;
	return out->kind == BK_INPUT_KEY;
}

static void character_key(wint_t code, struct bk_input *out)
{
	out->kind = BK_INPUT_KEY;
	out->key = code < 0x20 || code == 0x7f ? bk_key_of_control((unsigned char)code)
					       : (struct bk_key){(uint32_t)code, 0};
}

enum reading { NO_KEY, IGNORED, GOT_KEY };

static enum reading read_code(struct curses *curses, struct bk_input *out)
{
	wint_t code;
	const int kind = wget_wch(curses->keys, &code);
	if (kind == ERR)
		return NO_KEY;
	if (kind == KEY_CODE_YES)
		return special_key(curses, (int)code, out) ? GOT_KEY : IGNORED;
	character_key(code, out);
	return GOT_KEY;
}

/* ---- Sequences that curses does not know, or has given up ---- */

/* The next character, if it comes in time; a key that comes instead is left. */
static bool wait_character(struct curses *curses, int milliseconds, wint_t *code)
{
	int kind = wget_wch(curses->keys, code);
	if (kind == ERR) {
		struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
		if (poll(&in, 1, milliseconds) <= 0)
			return false;
		kind = wget_wch(curses->keys, code);
	}
	if (kind == KEY_CODE_YES)
		ungetch((int)*code);
	return kind == OK;
}

/* What a sequence that has come to its end says to us. */
static enum reading sequence_input(
	struct curses *curses, const struct bk_sequence *sequence, struct bk_input *out)
{
	*out = (struct bk_input){.kind = BK_INPUT_NONE};
	if (bk_sequence_is(sequence, 200, '~'))
		read_paste(curses, out);
	else if (bk_sequence_is(sequence, 0, 'I'))
		out->kind = BK_INPUT_FOCUS;
	else if (bk_sequence_key(sequence, &out->key))
		out->kind = BK_INPUT_KEY;
	return out->kind == BK_INPUT_NONE ? IGNORED : GOT_KEY;
}

/*
 * A sequence behind ESC and its introducer, which are in `out` as a key, and stay there when nothing comes that
 * could go on with it: then it was that key.
 */
static enum reading read_sequence(struct curses *curses, struct bk_input *out)
{
	struct bk_sequence sequence;
	wint_t code;
	bk_sequence_begin(&sequence, out->key.code);
	for (;;) {
		const int first = sequence.introducer == '[' ? CONTROL_PATIENCE : OTHER_PATIENCE;
		if (!wait_character(curses, sequence.taken ? PATIENCE : first, &code))
			return sequence.taken ? IGNORED : GOT_KEY;
		switch (bk_sequence_take(&sequence, code)) {
		case BK_SEQUENCE_MORE: break;
		case BK_SEQUENCE_WHOLE: return sequence_input(curses, &sequence, out);
		case BK_SEQUENCE_MOUSE: return read_mouse(curses, code == 'M', out) ? GOT_KEY : IGNORED;
		case BK_SEQUENCE_BROKEN: unget_wch((wchar_t)code); return sequence.taken ? IGNORED : GOT_KEY;
		}
	}
}

/*
 * What comes at once behind ESC: a sequence, or a key with Alt.  Another ESC is a key of its own, and what goes
 * with it is read with it.
 */
static enum reading read_behind_escape(struct curses *curses, struct bk_input *out)
{
	const enum reading reading = read_code(curses, out);
	if (reading != GOT_KEY || out->kind != BK_INPUT_KEY)
		return reading;
	if (out->key.code == BK_KEY_ESCAPE && out->key.mods == 0) {
		ungetch(0x1b);
		return NO_KEY;
	}
	const bool begins = out->key.mods == 0 && bk_sequence_begins(out->key.code);
	out->key.mods |= BK_MOD_ALT;
	return begins ? read_sequence(curses, out) : GOT_KEY;
}

/*
 * A line may cut a sequence behind its ESC, which counts as Esc then; nobody types [ as soon after, but
 * in vi's manner one may type O.  A sequence that says nothing, or is a character, becomes Alt-[: the Esc must not be
 * kept for the next key, nor give that character an Alt.
 */
static enum reading read_late_sequence(struct curses *curses, struct bk_input *out)
{
	struct bk_input late = *out;
	late.key.mods = BK_MOD_ALT;
	const struct bk_input alone = late;
	const enum reading reading = read_sequence(curses, &late);
	if (reading == IGNORED || (late.kind == BK_INPUT_KEY && bk_key_is_text(late.key)))
		*out = alone;
	else if (late.kind != BK_INPUT_KEY || !bk_key_equal(late.key, alone.key))
		*out = late;
	return GOT_KEY;
}

/* A key that curses has or can read now. */
static enum reading read_input(struct curses *curses, struct bk_input *out)
{
	const bool late = curses->escaped > 0 && bk_now_ms() - curses->escaped < ESCAPE_PATIENCE;
	enum reading reading = read_code(curses, out);
	if (reading != GOT_KEY || out->kind != BK_INPUT_KEY || out->key.mods != 0)
		return reading;
	curses->escaped = 0;
	if (late && out->key.code != 'O' && bk_sequence_begins(out->key.code))
		return read_late_sequence(curses, out);
	if (out->key.code != BK_KEY_ESCAPE)
		return GOT_KEY;
	reading = read_behind_escape(curses, out);
	if (reading != NO_KEY)
		return reading;
	curses->escaped = bk_now_ms();
	*out = (struct bk_input){.kind = BK_INPUT_KEY, .key = {BK_KEY_ESCAPE, 0}};
	return GOT_KEY;
}

static bool read_key(struct curses *curses, struct bk_input *out)
{
	enum reading reading = IGNORED;
	while (reading == IGNORED)
		reading = read_input(curses, out);
	return reading == GOT_KEY;
}

/* ---- The loop's questions ---- */

static void take_size(struct curses *curses)
{
	struct winsize size;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0)
		resizeterm(size.ws_row, size.ws_col);
	curses->terminal.rows = LINES;
	curses->terminal.cols = COLS;
}

/* Without another screen to go back to, what is shown stays: the shell begins on a cleared row of its own below. */
static void leave_row(const struct curses *curses)
{
	if (exit_ca_mode != NULL && exit_ca_mode != (char *)-1)
		return;
	putp(exit_attribute_mode != NULL ? exit_attribute_mode : "");
	/* A terminal of another size once may scroll a part of itself only. */
	if (change_scroll_region != NULL)
		putp(tparm(change_scroll_region, 0, curses->terminal.rows - 1, 0, 0, 0, 0, 0, 0, 0));
	putp(tparm(cursor_address, curses->terminal.rows - 1, 0, 0, 0, 0, 0, 0, 0, 0));
	putp("\r\n");
	putp(clr_eol != NULL ? clr_eol : "");
	fflush(stdout);
}

static void suspend(bk_terminal *terminal)
{
	struct curses *const curses = (struct curses *)terminal;
	show_cursor(curses);
	endwin();
	leave_row(curses);
	tell(LEAVE_MODES, sizeof LEAVE_MODES - 1);
	bk_lease_settle(); /* whoever wants to write into a mapped file must not wait for one who is stopped */
	bk_signals_stop();
	refresh();
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
	if (take_signal(curses, out) || read_key(curses, out))
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
	if ((ends[0].revents & POLLIN) && read_key(curses, out))
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
	curses->mouse = wanted && knows_mouse();
	curses->modes = false;
}

static void curses_close(bk_terminal *terminal)
{
	struct curses *const curses = (struct curses *)terminal;
	if (curses->screen != NULL) {
		show_cursor(curses);
		endwin();
		leave_row(curses);
		tell(LEAVE_MODES, sizeof LEAVE_MODES - 1);
		bk_signals_give_back();
		delscreen(curses->screen);
	}
	bk_terminal_close_wake(terminal);
	bk_paint_release(&curses->paint);
	bk_terminal_words_release(&curses->words);
	bk_buf_release(&curses->out);
	bk_buf_release(&curses->paste);
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
	if (setupterm(term, STDOUT_FILENO, &error) != OK)
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
	set_escdelay(25);
	curses->screen = newterm(NULL, stdout, stdin);
	if (curses->screen == NULL)
		return bk_fail(BK_EIO, "cannot start the screen on terminal '%s'", getenv("TERM"));
	raw();
	noecho();
	nonl();
	curses->keys = newpad(1, 1);
	if (curses->keys == NULL)
		return bk_fail_memory();
	keypad(curses->keys, TRUE);
	meta(curses->keys, TRUE);
	intrflush(curses->keys, FALSE);
	nodelay(curses->keys, TRUE);
	typeahead(-1);
	bk_terminal_words_find(&curses->words, curses->terminal.utf8);
	curses->paint.words = curses->words.paint;
	curses->terminal.colours = curses->words.colours;
	define_keys();
	return bk_signals_take();
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
