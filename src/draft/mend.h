/*
 * The inside of repair: bracket characters in a list that grows and shrinks as changes are made, what a pair
 * costs, and the search for the best change.
 *
 * A search starts at a bracket u that has no mate.  Take an unmatched open u and the
 * brackets open at some later place p:
 *
 *	u   a   b   p   B   A            plain:     a-A  b-B   u alone
 *	[   [   [   .   ]   ]            ] at p:    b-p  a-B  u-A
 *
 * A close put at p goes to b, and each close after it to the bracket one further out.  So with the cost of a
 * pair saying how odd it is that a bracket opens there and closes there, the reading with a close at p costs
 *
 *	shift(b) + pair(b, p) + place(p)    where shift(u) = 0 and shift(b) = shift(a) + pair(a, B) - pair(b, B)
 *
 * and with b deleted instead shift(b) + deletion(b).  One sweep to the right of u with the open brackets on a
 * stack finds the least of all.  Closes are mended alike, sweeping to the left.
 */
#ifndef BRACKED_DRAFT_MEND_H
#define BRACKED_DRAFT_MEND_H

#include "base/vec.h"
#include "draft/segment.h"

/* How a bracket's open stands to the words before it, or its close to those behind. */
enum bk_edge {
	BK_EDGE_SEGMENT,  /* begins or ends its segment */
	BK_EDGE_SENTENCE, /* begins or ends a sentence or clause in it */
	BK_EDGE_MIDDLE,
};

/* Where a bracket character stands or might. */
struct bk_spot {
	size_t offset;
	uint32_t segment;
	uint8_t edge;	 /* enum bk_edge */
	bool after_stop; /* a close behind the last stop of its segment */
};

/* A bracket character. */
struct bk_token {
	struct bk_spot spot;
	uint32_t match, next, previous; /* indexes, or BK_NONE */
	uint8_t len;			/* 0: inserted */
	bool open;
};

/* A bracket met open in a search; kept after it is closed, for the best change may lie in it. */
struct bk_frame {
	uint32_t token;
	uint32_t below; /* the frame around it, or BK_NONE */
	double shift;
};

/* One change of one bracket character. */
struct bk_mending {
	double cost;
	struct bk_spot spot;
	uint32_t frame; /* of the innermost bracket around it, in the search that found it */
	uint32_t after; /* the token to the left of what is inserted, or BK_NONE */
	uint32_t mate;	/* the token that it goes with, or that it deletes */
	bool remove;
	const char *why; /* static */
};

struct bk_search {
	BK_VEC(struct bk_frame) frames;
	uint32_t top; /* the innermost frame still open */
	struct bk_mending best;
};

struct bk_mender {
	const struct bk_draft *draft;
	const struct bk_segments *segments;
	BK_VEC(struct bk_token) tokens;
	uint32_t first; /* token, or BK_NONE */
	bool brace;	/* braces, not brackets */
	size_t effort;	/* tokens that searches may still look at */
};

/* How far a search looks: up to the token `stop`, or so many tokens and bytes, and no more bytes of one gap. */
struct bk_reach {
	uint32_t stop;
	size_t tokens, bytes;
};

/* mend_list.c: all bracket characters of one kind, matched as plain matching does.  BK_ENOMEM. */
int bk_mender_fill(struct bk_mender *mender, bool brace);
/* The offset where a token ends (0 for BK_NONE), and where it starts (the end of the text for BK_NONE). */
size_t bk_mender_end(const struct bk_mender *mender, uint32_t token);
size_t bk_mender_start(const struct bk_mender *mender, uint32_t token);
/* Make the change that search found: each mate of the brackets around it goes to the one further out. */
int bk_mender_apply(struct bk_mender *mender, const struct bk_search *search);

/* mend_cost.c: how odd a pair is that opens at o and closes at c. */
double bk_mender_pair_cost(const struct bk_mender *mender, const struct bk_spot *o, const struct bk_spot *c);
/* The spot of an open that stands or might at offset; of a close of len bytes. */
struct bk_spot bk_mender_open_spot(const struct bk_mender *mender, size_t offset);
struct bk_spot bk_mender_close_spot(const struct bk_mender *mender, size_t offset, size_t len);

/* mend_search.c: the best change for token u, taken to have no mate.  Its cost is INFINITY when none is in
 * reach.  BK_ENOMEM. */
int bk_mender_search(
	struct bk_mender *mender, uint32_t u, const struct bk_reach *reach, struct bk_search *out);

#endif
