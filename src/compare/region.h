/*
 * Regions: where in the base what many parties claim meets.
 *
 *	base     a   b   c   d   e   f   g
 *	EU           b'  c'			   flat: overlapping claims are one region
 *	AU               c"  d"
 *	US                           [f   g]	   around: others' claims inside of it are regions of their own
 *	CN                               g'
 *
 * Claims on words are flat.  Brackets put round words, brackets taken away, and the deletion of what others
 * changed inside are around: regions may lie in them, but neither cross them nor, being flat, enclose them;
 * those that would are made flat.  So regions nest, and no flat one has another in it.  Regions that only
 * touch stay apart, but for what comes in glued to words that others take away: it goes with these.  Where words
 * and whole paragraphs come in at one point, those that go on the line there come first, and are apart from these.
 */
#ifndef BRACKED_COMPARE_REGION_H
#define BRACKED_COMPARE_REGION_H

#include "compare/amendment.h"

enum bk_claim_kind {
	BK_CLAIM_WORDS,
	BK_CLAIM_DELETION, /* of words */
	BK_CLAIM_ROUND,	   /* brackets round words of the base */
	BK_CLAIM_BARE,	   /* brackets of the base that are gone */
	BK_CLAIM_LAYOUT,
};

/* What one party wants at one place. */
struct bk_claim {
	uint32_t party;
	uint32_t first, last; /* its amendments: from first up to, not with, last */
	struct bk_span base;  /* all that gives way; of brackets, from the open to behind the close */
	struct bk_span words; /* the same without blanks around */
	uint32_t region;      /* index */
	uint8_t kind;	      /* enum bk_claim_kind */
	bool around;
	bool glued;  /* words come in behind others, with no blank between and no brackets */
	bool whole;  /* a paragraph comes in */
	bool second; /* of what comes in at one point, words and paragraphs: it stands behind the others */
};

struct bk_region {
	struct bk_span base, words;
	uint32_t first, count; /* of its claims, by party */
	uint8_t kind; /* of those around: enum bk_claim_kind; else BK_CLAIM_WORDS, or BK_CLAIM_LAYOUT */
	bool around;
	bool second;	    /* as of its claims */
	bool struck_by_all; /* it is flat, and some of them strike more, as bk_regions_agree finds, */
	bool at_end; /* and a deletion round it ends with it: the blanks before it go with it, none behind */
	uint32_t proposal, proposal_end; /* for whoever makes proposals of them */
	uint32_t goes, comes; /* for whoever finds moves: the one that is taken from it, to it; BK_NONE */
	/* For whoever takes what is unopposed: the party that is round it, or BK_NONE; and whether another party wants
	 * something just beside it, with no word between, opposes another part of the same edit, or gives its number
	 * to another paragraph. */
	uint32_t round;
	bool touched;
	bool is_number; /* it is the number of a paragraph, and no word of it */
};

struct bk_regions {
	BK_VEC(struct bk_claim) claims; /* by region, then party */
	BK_VEC(struct bk_region) list;	/* the flat ones by start, then the others */
	size_t flat;			/* how many are flat */
};

/* Cost: O(n log n) in amendments.  BK_ENOMEM; release in any case. */
int bk_regions_find(struct bk_regions *regions, const struct bk_amendments *amendments, size_t parties);
/* Find which of them all parties strike, some with more.  Cost: O(n log n), and that of what lies in deletions,
 * in each of them.  BK_ENOMEM. */
int bk_regions_agree(struct bk_regions *regions, const struct bk_amendments *amendments, size_t parties);
void bk_regions_release(struct bk_regions *regions);

#endif
