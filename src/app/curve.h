/*
 * A picture of counts over time, for a report: what is open above, words in dispute below, on one line of time.
 */
#ifndef BRACKED_APP_CURVE_H
#define BRACKED_APP_CURVE_H

#include "base/buf.h"

#include <stdint.h>

struct bk_curve_point {
	int64_t time;	    /* seconds since 1970, by the clock of the place */
	const char *symbol; /* of the document, or "" */
	size_t disputed, placeholders, words_disputed;
};

/* Append the picture as SVG: no script, nothing from elsewhere, all text escaped.  Points from the oldest on, at
 * least one. */
void bk_curve_svg(struct bk_buf *out, struct bk_str title, const struct bk_curve_point *points, size_t count);

#endif
