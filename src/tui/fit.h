/*
 * Words that share a row: what does not fit is left out whole, the least important first, so that no number is
 * ever cut.
 */
#ifndef BRACKED_TUI_FIT_H
#define BRACKED_TUI_FIT_H

#include "base/buf.h"

#include <stdbool.h>

struct bk_fit {
	struct bk_str words;
	int rank;  /* 0: stays whatever happens; the higher, the sooner it is left out */
	bool kept; /* told by bk_fit_put */
};

/* Which of several is left out next; rank 0: none may be.  Begins as {0}. */
struct bk_fit_next {
	size_t index;
	int rank;
};
/* Take one that is still kept into account: the highest rank goes first, of equal ones the last. */
void bk_fit_consider(struct bk_fit_next *next, size_t index, int rank);

/* Join with gaps what fits into room cells, in order; appended.  Empty words are no field. */
void bk_fit_put(struct bk_fit *fields, size_t count, const char *gap, int room, struct bk_buf *out);

#endif
