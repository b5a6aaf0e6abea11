/*
 * The ledger from the inside.
 */
#ifndef BRACKED_LEDGER_LEDGER_H
#define BRACKED_LEDGER_LEDGER_H

#include "base/map.h"
#include "base/vec.h"
#include "ledger/event.h"

struct bk_ledger {
	struct bk_arena arena;		    /* strings of events and faults */
	BK_VEC(struct bk_event) events;	    /* in order of (instant, event) */
	BK_VEC(struct bk_instant) instants; /* of the same */
	struct bk_map ids;		    /* event -> 1 */
	BK_VEC(const char *) faults;	    /* NULL-terminated */
};

/* One line of a ledger that can be read. */
struct bk_ledger_line {
	struct bk_str bytes; /* without its line end */
	size_t number;	     /* from 1 */
	struct bk_event event;
	struct bk_instant instant;
};

/* Order of (instant, event, bytes). */
int bk_ledger_line_compare(const void *a, const void *b);

/*
 * Walk the lines of a ledger from *at, which begins at 0: *line without its end, also when blank.  A byte order mark
 * at the start is passed over.  False at the end.
 */
bool bk_ledger_next_line(struct bk_str bytes, size_t *at, struct bk_str *line);

/* An id for an event recorded now (milliseconds since 1970), sorting after `last` (may be NULL).  BK_EIO. */
#define BK_EVENT_ID_LEN 26
int bk_event_id_make(uint64_t milliseconds, const char *last, char out[BK_EVENT_ID_LEN + 1]);

#endif
