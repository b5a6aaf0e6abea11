/*
 * A terminal: where the grid is painted and where keys come from.
 *
 * There are two: curses (terminal_curses.c) and a script (terminal_script.c), which reads keys from a file
 * and has no terminal at all.  The loop asks for one input after another and paints in between.
 */
#ifndef BRACKED_TUI_TERMINAL_H
#define BRACKED_TUI_TERMINAL_H

#include "tui/cell.h"
#include "tui/key.h"

#include <bracked/error.h>

enum bk_input_kind {
	BK_INPUT_NONE, /* the time is over */
	BK_INPUT_KEY,
	BK_INPUT_PASTE,	       /* text, as it came */
	BK_INPUT_CLICK,	       /* row, col */
	BK_INPUT_WHEEL,	       /* amount: rows, negative is up */
	BK_INPUT_RESIZE,       /* the terminal has its new size already */
	BK_INPUT_WAKE,	       /* background work has something to say */
	BK_INPUT_FOCUS,	       /* the terminal has been looked at again */
	BK_INPUT_SIGNAL,       /* signal: HUP TERM INT QUIT; a closed terminal is HUP */
	BK_INPUT_DUMP,	       /* of a script: show the screen as text */
	BK_INPUT_PICTURE,      /* of a script: text is the name of an SVG file to write */
	BK_INPUT_WAIT,	       /* of a script: until background work is done */
	BK_INPUT_HOLD,	       /* of a script: until the next wait, what is saved from here on goes on */
	BK_INPUT_HOLD_READING, /* of a script: the same for what is read */
	BK_INPUT_END,	       /* of a script */
};

struct bk_input {
	enum bk_input_kind kind;
	struct bk_key key;
	struct bk_str text; /* borrowed until the next input */
	int row, col, amount, signal;
	bool drag; /* a click that goes on from the last one */
};

typedef struct bk_terminal bk_terminal;

struct bk_terminal_kind {
	/* The next input, waiting at most so many milliseconds (-1: for ever, 0: not at all). */
	int (*next)(bk_terminal *terminal, struct bk_input *out, int milliseconds);
	/* Show the grid; only cells that differ from what is shown are written.  `anew`: write all. */
	void (*paint)(bk_terminal *terminal, const struct bk_grid *grid, bool anew);
	/* Give bytes to the clipboard of the person's own machine (OSC 52). */
	void (*copy)(bk_terminal *terminal, struct bk_str bytes);
	/* Stop the program as Ctrl-Z in a shell does; returns when it goes on. */
	void (*suspend)(bk_terminal *terminal);
	/* Ask for the mouse, or leave it to the terminal, which selects and copies with it. */
	void (*mouse)(bk_terminal *terminal, bool wanted);
	void (*close)(bk_terminal *terminal); /* the terminal is as it was before; frees */
};

struct bk_terminal {
	const struct bk_terminal_kind *kind;
	int rows, cols;
	int colours;	/* 0 or 2: none */
	bool utf8;	/* else only what the locale's character set has is shown */
	bool script;	/* nobody looks: no clock, no waiting */
	int wake_write; /* background threads write a byte here */
	int wake_read;
};

/*
 * Take over the terminal of standard input and output, without its mouse.  BK_EIO with what to do when it
 * is no terminal or one that cannot address its cursor.
 */
int bk_terminal_curses_open(bk_terminal **out);
/* Load what that needs, when it is not loaded yet.  BK_EIO where it is not installed. */
int bk_terminal_curses_start(void);
/*
 * Keys from a file; WxH is the size of the screen ("80x24").  The lines of the file:
 *
 *	# words			a remark; blank lines are passed over
 *	Ctrl-N Alt-o "words" Enter	keys by name, and typed text in quotes (\" \\ \n \r \t \e inside)
 *	@screen			print the screen as text
 *	@svg FILE		write it as a picture
 *	@resize WxH
 *	@wait			until background work is done
 *	@hold			what is saved from here on goes on until the next @wait
 *	@hold reading		what is read from here on, likewise
 *	@paste "words"		a bracketed paste
 *	@click ROW COL		counted from 1; @wheel ROWS
 *
 * BK_ENOTFOUND, BK_EIO; BK_EFORMAT with FILE:LINE for a line that is none of these.
 */
int bk_terminal_script_open(bk_terminal **out, const char *file, const char *screen);

/* What a person would see by now: all that was painted, cell by cell. */
const struct bk_grid *bk_terminal_script_shown(const bk_terminal *terminal);

/* Both ends of the pipe by which threads wake the loop.  BK_EIO. */
int bk_terminal_open_wake(bk_terminal *terminal);
void bk_terminal_close_wake(bk_terminal *terminal);
/* Take all bytes out of it; true when there were any. */
bool bk_terminal_drain_wake(bk_terminal *terminal);
/* Parse "80x24"; rows 2..500, columns 20..1000.  BK_EINVAL. */
int bk_terminal_parse_size(const char *size, int *rows, int *cols);

#endif
