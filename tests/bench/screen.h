/*
 * What a terminal shows: bytes of a program in, characters at their places out.  Colours and attributes are
 * passed over.
 *
 * It knows what xterm's description in terminfo lets programs send: moving, erasing, inserting, deleting,
 * scrolling, repeating; UTF-8 with wide characters.  Combining marks are left out.
 */
#ifndef BRACKED_BENCH_SCREEN_H
#define BRACKED_BENCH_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SCREEN_ROWS = 50, SCREEN_COLS = 160 };

struct screen {
	uint32_t cells[SCREEN_ROWS][SCREEN_COLS]; /* 0: blank, or the right half of a wide character */
	int row, col;				  /* col may stand behind the last cell */
	int saved_row, saved_col;
	int top, bottom; /* of what scrolls; bottom is the row after it */
	uint32_t last;	 /* the character put last */

	int state; /* of the reader of sequences */
	int parameters[8], count;
	bool private;
	char character[4]; /* bytes of one that has not ended */
	size_t have, want;
};

/* Rows from row up to (not with) end, columns from col up to last. */
struct screen_part {
	int row, end, col, last;
};

void screen_init(struct screen *screen);
void screen_take(struct screen *screen, const char *bytes, size_t len);
/* True when a part of both shows the same. */
bool screen_same(const struct screen *a, const struct screen *b, struct screen_part part);
/* Cells of a part that are not blank. */
size_t screen_filled(const struct screen *screen, struct screen_part part);
/* True when an ASCII string stands in one of the part's rows. */
bool screen_holds(const struct screen *screen, struct screen_part part, const char *string);

#endif
