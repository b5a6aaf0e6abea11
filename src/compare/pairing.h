/*
 * Pairing: which bracket characters of a text belong together, by plain matching, for who needs nothing else
 * of it.
 *
 *	bytes     a [ b [ c ] d ] ] e
 *	marks       0   1   2   3 4		in order
 *	partner     3   2   1   0 -		- unmatched
 */
#ifndef BRACKED_COMPARE_PAIRING_H
#define BRACKED_COMPARE_PAIRING_H

#include "base/str.h"
#include "base/vec.h"

#include <bracked/draft.h>

struct bk_mark {
	uint32_t start;	   /* bytes */
	uint32_t len : 31; /* bytes */
	uint32_t open : 1; /* else it closes */
	uint32_t partner;  /* index, or BK_NONE */
	uint32_t parent;   /* the open of the innermost pair around it, or BK_NONE */
};

struct bk_pairing {
	BK_VEC(struct bk_mark) marks;
};

typedef BK_VEC(uint32_t) bk_offsets;

/* Brackets, and braces apart; `braces` may be NULL.  Cost: O(bytes), at gigabytes a second.  BK_ETOOBIG,
 * BK_ENOMEM; release both in any case. */
int bk_pairing_find(struct bk_pairing *pairing, struct bk_pairing *braces, struct bk_str bytes,
	const bk_conventions *conventions);

/* A part of one text, and what stands there in another.  In both it begins where a line does, or behind a blank, and
 * ends so, or before a blank: no backslash stands on one side of what it escapes. */
struct bk_changed_part {
	struct bk_span was, is;
};

/*
 * The same of a text of which most stands in another one, whose brackets and braces are paired: in order of both, what
 * changed; all between is the same.  Cost: O(marks), and O(bytes) of what changed; where conventions have pairs of
 * their own, O(bytes).  BK_ETOOBIG, BK_ENOMEM; release both in any case.
 */
int bk_pairing_follow(struct bk_pairing *pairing, struct bk_pairing *braces, struct bk_str bytes,
	const bk_conventions *conventions, const struct bk_pairing *was, const struct bk_pairing *was_braces,
	const struct bk_changed_part *changed, size_t count);
void bk_pairing_release(struct bk_pairing *pairing);
/* Append the offsets, in order, of brackets and braces that have no other end.  Cost: O(bytes).  BK_ETOOBIG,
 * BK_ENOMEM. */
int bk_pairing_list_lone(bk_offsets *offsets, struct bk_str bytes, const bk_conventions *conventions);
/* The first mark at or behind offset; the count when there is none.  O(log n). */
uint32_t bk_pairing_from(const struct bk_pairing *pairing, size_t offset);
/* The open of the innermost pair with open <= offset < close, or BK_NONE.  O(log n). */
uint32_t bk_pairing_around(const struct bk_pairing *pairing, size_t offset);

#endif
