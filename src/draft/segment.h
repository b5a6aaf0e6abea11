/*
 * Segments: the paragraphs of a text, as places where a bracket may begin or end.
 *
 *	[12. ][**][The Parties shall ... text][.][**]
 *	^start    ^body                      ^tail   ^end
 *	      ^lead: where a missing open would go; close, within the tail: where a missing close would go
 *
 * A segment begins after a blank line and at each line that opens with a heading, an option header, a label or
 * a list mark.  Its weight says how unlikely it is that a bracket runs over its beginning by mistake.
 */
#ifndef BRACKED_DRAFT_SEGMENT_H
#define BRACKED_DRAFT_SEGMENT_H

#include "draft/draft.h"

enum bk_weight {
	BK_WEIGHT_FLOW = 1,	 /* a blank line inside a sentence: the foot of a page */
	BK_WEIGHT_PARAGRAPH = 3, /* a blank line */
	BK_WEIGHT_LABEL = 4,
	BK_WEIGHT_OPTION = 5,
	BK_WEIGHT_HEADING = 9,
};

struct bk_segment {
	size_t start, end;
	size_t lead, body;
	size_t tail, close;
	double sum;	/* weights of all segments up to this one */
	uint8_t weight; /* enum bk_weight */
	bool colon;	/* ends in a colon: what follows goes on with it */
};

struct bk_segments {
	struct bk_segment *items;
	size_t count;
	uint8_t *highest; /* rows of `count`: the greatest weight of 2^row segments from each */
};

/* Both arrays live in arena.  BK_ENOMEM. */
int bk_segments_build(const struct bk_draft *draft, struct bk_arena *arena, struct bk_segments *out);
/* Index of the segment that holds offset, or of the one before it; 0 when there is none before. */
size_t bk_segments_at(const struct bk_segments *segments, size_t offset);
/* The greatest weight of the segments after from up to to; 0 when from is to. */
uint8_t bk_segments_highest(const struct bk_segments *segments, size_t from, size_t to);

#endif
