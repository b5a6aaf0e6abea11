/*
 * Amendments: what one version of a text changed of it, to the byte.
 *
 *	base     Parties shall     take      [urgent] action,  and report.
 *	version  Parties should    take [new] urgent  action,      report.
 *	                 ^^^^^^         ===== =      =        ^^^^
 *
 * All of a version's amendments together make it out of the base; apart from each other they change what they
 * can stand for by themselves: words up to words that stand in both, whole paragraphs one by one, blanks
 * alone, and brackets that were put round words or taken away from them, one character each with its partner.
 *
 * Paragraphs that stand in both to the byte are found first; of what lies between, the tokens are matched as
 * sequence.h does it, by itself for each such gap, and of paragraphs that are alike in most only round what differs.
 * A paragraph of which less than half stands in the other is another one; one that went here and came there has moved.
 */
#ifndef BRACKED_COMPARE_AMENDMENT_H
#define BRACKED_COMPARE_AMENDMENT_H

#include "base/table.h"
#include "compare/pairing.h"
#include "compare/shell.h"
#include "compare/token.h"

enum bk_amendment_kind {
	BK_AMENDMENT_WORDS,
	BK_AMENDMENT_LAYOUT, /* blanks gave way to blanks, also in a label */
	BK_AMENDMENT_HALF,   /* a bracket of the base is gone whose other end is too far to be told with it */
	BK_AMENDMENT_OPEN, /* brackets round words of the base: what opens them, with the own name behind it, */
	BK_AMENDMENT_CLOSE,	/* and what closes them */
	BK_AMENDMENT_BARE_OPEN, /* brackets of the base that are gone, with the names in them */
	BK_AMENDMENT_BARE_CLOSE,
};

struct bk_amendment {
	struct bk_span base, file; /* what gave way, and to what */
	uint32_t partner;	   /* the other end of brackets, or of a paragraph that moved; or BK_NONE */
	uint32_t mark;		   /* of brackets of the base that are gone: the open in the base's pairing */
	uint32_t
		tie; /* index of the span of the base which it can only stand for with all in it; or BK_NONE */
	uint8_t kind; /* enum bk_amendment_kind */
	uint8_t act;  /* of brackets round words: enum bk_act, what the own name in them says */
	bool whole;   /* paragraphs that came or went as such */
};

/* A base that many versions are compared with. */
struct bk_base {
	struct bk_notation notation;
	struct bk_tokens tokens; /* cut where a version differs so much that windows do not show it */
	struct bk_pairing pairing, braces;
	struct bk_shells shells;
	struct bk_vocabulary vocabulary; /* of the base and all versions */
	struct bk_table by_bytes;	 /* paragraphs, by their bytes */
	bool borrows;			 /* pairings and table are another base's */
};

/*
 * The bytes must outlive it.  Its brackets are paired and its paragraphs numbered in any order, or at once by two
 * threads; then versions can be compared with it.  Cost: O(bytes) each.  BK_ETOOBIG, BK_ENOMEM; release in any case.
 */
void bk_base_begin(struct bk_base *base, struct bk_str bytes, const struct bk_notation *notation);
int bk_base_pair(struct bk_base *base);
int bk_base_number(struct bk_base *base);
/* The same base for another thread, before anything is compared with either: what comparing does not change is that of
 * the other, which must outlive it.  BK_ENOMEM; release in any case. */
int bk_base_borrow(struct bk_base *base, const struct bk_base *from);
void bk_base_release(struct bk_base *base);

struct bk_amendments {
	struct bk_base *base;
	struct bk_str bytes; /* of the version */
	const char *party;
	struct bk_tokens tokens;
	struct bk_pairing pairing, braces;
	struct bk_shells shells;
	BK_VEC(struct bk_amendment) list; /* in order of both texts */
	BK_VEC(struct bk_span) ties;	  /* spans of the base, apart: by number */
};

/*
 * Find what a party's version changed; base and bytes must outlive the amendments.  Cost: O(bytes), and that of
 * sequence.h in the tokens that are matched.  BK_ETOOBIG, BK_ENOMEM; release in any case.
 */
int bk_amendments_find(
	struct bk_amendments *amendments, struct bk_base *base, struct bk_str bytes, const char *party);
void bk_amendments_release(struct bk_amendments *amendments);

#endif
