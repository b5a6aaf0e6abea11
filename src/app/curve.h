/*
 * A picture of counts over time, for a report: what is open above, words in dispute below, on one line of time.
 */
#ifndef BRACKED_APP_CURVE_H
#define BRACKED_APP_CURVE_H

#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

struct bk_curve_point {
	int64_t time;	    /* seconds since 1970, by the clock of the place */
	const char *symbol; /* of the document, or "" */
};

/* A value at each point. */
struct bk_curve_line {
	const char *name;
	const size_t *values;
	uint8_t colour; /* below BK_CURVE_COLOURS */
	bool dashed;
};

enum { BK_CURVE_COLOURS = 8 };

/* One part of the picture, with a scale of its own. */
struct bk_curve_part {
	const char *caption; /* or NULL */
	const struct bk_curve_line *lines;
	size_t count;
	bool legend; /* the lines are named above it */
};

/* Append the picture as SVG: no script, nothing from elsewhere, all text escaped.  Points from the oldest on, at
 * least one. */
void bk_curve_svg(struct bk_buf *out, struct bk_str title, const struct bk_curve_point *points, size_t count,
	const struct bk_curve_part *above, const struct bk_curve_part *below);

#endif
