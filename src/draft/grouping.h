/*
 * How a run falls into groups.
 *
 *	[prepare] [intended] [proposed] [NDMC*][INDC] [, among others,] [shall][should][other]
 *	 undecided undecided undecided   one           independent        one
 *
 * From left to right: what adds is set aside, commas make a list of independent members, tight neighbours are
 * rivals, and singles parted by blanks are rivals when they are alike.
 */
#ifndef BRACKED_DRAFT_GROUPING_H
#define BRACKED_DRAFT_GROUPING_H

#include "base/vec.h"
#include "draft/draft.h"

struct bk_member;

struct bk_grouping {
	struct bk_draft *draft;
	uint32_t run;
	BK_VEC(struct bk_member) members; /* of this run */
	BK_VEC(size_t) picked;		  /* members of the group being made */
	BK_VEC(struct bk_group) groups;	  /* of all runs so far */
};

/* Begin a run; add its brackets in order; end it, which sets their run, group and choice.  BK_ENOMEM. */
void bk_grouping_begin(struct bk_grouping *grouping, size_t run);
int bk_grouping_add(struct bk_grouping *grouping, uint32_t bracket);
int bk_grouping_end(struct bk_grouping *grouping);
void bk_grouping_release(struct bk_grouping *grouping);

#endif
