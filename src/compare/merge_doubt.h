/*
 * Doubts: what stands beside each other may be read together, and so otherwise than each by itself.
 *
 *	They give [EU delete: timely] or [adequate][US: sufficient] support.	"or" is the joint of a choice
 *	[shall][EU: may] [will] act.						modals rival each other across blanks
 */
#ifndef BRACKED_COMPARE_MERGE_DOUBT_H
#define BRACKED_COMPARE_MERGE_DOUBT_H

#include "compare/merge_private.h"

enum {
	BK_DOUBT_JOINT = 24,	/* bytes at most between words that may be read together */
	BK_DOUBT_NOTATION = 64, /* and of names between a bracket and words that fill it */
};

/* How what stands at two places would be read, by what stands between them; from the loosest on. */
enum bk_between {
	BK_BETWEEN_WORDS, /* each by itself */
	BK_BETWEEN_BLANKS,
	BK_BETWEEN_NOTHING,
	BK_BETWEEN_JOINT, /* a conjunction or a slash, as in "timely or adequate" */
};
/* What stands between where one ends and where the next one begins.  O(1). */
enum bk_between bk_between(struct bk_str bytes, size_t one, size_t next);

/* Whether what stands at a place may be read otherwise than each party wants it. */
enum bk_doubt {
	BK_DOUBT_NONE,
	BK_DOUBT_BESIDE,   /* if it is read together with what stands beside it */
	BK_DOUBT_BRACKETS, /* brackets are changed */
};
/* Of a region, by its index.  Cost: O(log n + bytes that parties have there). */
enum bk_doubt bk_doubt_of(const struct bk_merge *merge, size_t region);

#endif
