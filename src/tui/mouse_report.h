/*
 * What a terminal says of its mouse, byte by byte behind the bytes that begin a report: CSI < (numbers, then M
 * or m) and the older CSI M (three bytes).
 *
 * It is no work of curses, which waits for the rest of a report however long that takes.
 */
#ifndef BRACKED_TUI_MOUSE_REPORT_H
#define BRACKED_TUI_MOUSE_REPORT_H

#include "tui/terminal.h"

enum bk_mouse_step {
	BK_MOUSE_MORE,	 /* the report goes on */
	BK_MOUSE_WHOLE,	 /* the report is there, and was for us when its input is not BK_INPUT_NONE */
	BK_MOUSE_BROKEN, /* it was cut: the byte is no part of it, but a key of its own */
	BK_MOUSE_GONE,	 /* it was cut, and what came behind it is used up too */
};

struct bk_mouse_report {
	unsigned numbers[3];
	unsigned char state, count;
	bool held; /* the left button is down: kept from one report to the next */
};

/* Begin a report; old: the form of three bytes. */
void bk_mouse_report_begin(struct bk_mouse_report *report, bool old);
/* Take its next byte. */
enum bk_mouse_step bk_mouse_report_take(
	struct bk_mouse_report *report, unsigned char byte, struct bk_input *out);

#endif
