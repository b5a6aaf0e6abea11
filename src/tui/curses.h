/*
 * ncurses, loaded when a terminal is opened (base/library.h): most commands show no screen.
 *
 *	endwin()		in the manual of curses
 *	bk_curses.endwin()	here
 *	LINES			there
 *	*bk_curses.LINES	here
 *
 * What a terminal's description says has its name of terminfo, as in cursor_address.  All is there once
 * bk_curses_start has said BK_OK.
 */
#ifndef BRACKED_TUI_CURSES_H
#define BRACKED_TUI_CURSES_H

/* refresh and its like as functions: macros would ask for variables that are not linked. */
#define NCURSES_NOMACROS

#include <term.h>
#include <wchar.h>

#include <curses.h>
#undef lines
#undef columns

/* Each function and variable that the rooms of the terminal use. */
/* clang-format off */
#define BK_CURSES_NAMES(NAME) \
	NAME(COLS) \
	NAME(ESCDELAY) \
	NAME(LINES) \
	NAME(cur_term) \
	NAME(define_key) \
	NAME(delscreen) \
	NAME(endwin) \
	NAME(intrflush) \
	NAME(key_defined) \
	NAME(keypad) \
	NAME(meta) \
	NAME(newpad) \
	NAME(newterm) \
	NAME(nodelay) \
	NAME(noecho) \
	NAME(nonl) \
	NAME(putp) \
	NAME(raw) \
	NAME(refresh) \
	NAME(resizeterm) \
	NAME(set_escdelay) \
	NAME(setupterm) \
	NAME(tiparm) \
	NAME(tparm) \
	NAME(tputs) \
	NAME(typeahead) \
	NAME(unget_wch) \
	NAME(ungetch) \
	NAME(wget_wch)
/* clang-format on */

struct bk_curses {
#define NAME(name) __typeof__(name) *name;
	BK_CURSES_NAMES(NAME)
#undef NAME
};

extern struct bk_curses bk_curses;

/* Through which <term.h> reads the description. */
#undef CUR
#define CUR ((TERMTYPE *)(*bk_curses.cur_term))->

/* Load the library.  BK_EIO where it is not installed. */
int bk_curses_start(void);

#endif
