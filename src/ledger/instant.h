/*
 * Instants: what a time as written means, so that times of different offsets can be put in order.
 */
#ifndef BRACKED_LEDGER_INSTANT_H
#define BRACKED_LEDGER_INSTANT_H

#include "base/str.h"

#include <stdint.h>

struct bk_instant {
	int64_t seconds; /* since 1970-01-01T00:00:00Z */
	int32_t nanoseconds;
};

/*
 * RFC 3339: "2015-12-04T18:30:00.25+01:00", "...Z"; a date alone is its first instant in UTC.  False for
 * anything else, such as the 30th of February.
 */
bool bk_instant_parse(struct bk_str time, struct bk_instant *out);
/* <0, 0, >0 */
int bk_instant_compare(struct bk_instant a, struct bk_instant b);

#endif
