/*
 * How a run falls into groups.
 *
 *	[prepare] [intended] [proposed] [NDMC*][INDC] [, among others,] [shall][should][other]
 *	 undecided undecided undecided   one           independent        one
 *
 * From left to right: what adds is set aside, commas make a list of independent members, tight neighbours are
 * rivals, and singles parted by blanks are rivals when they are alike.
 *
 *	[equity,][JP: science;] [, and lakes][EU: and rivers][US: or rivers]
 *	 one                     one
 *
 * But what somebody proposes tight behind words that are nobody's is to stand in their place, whatever either of the
 * two says: the run falls into groups as if it were not there, and it joins the group of those words.
 */
#ifndef BRACKED_DRAFT_GROUPING_H
#define BRACKED_DRAFT_GROUPING_H

#include "base/map.h"
#include "base/vec.h"
#include "draft/draft.h"

struct bk_member;

struct bk_grouping {
	struct bk_draft *draft;
	uint32_t run;
	BK_VEC(struct bk_member) members; /* of this run: those that are in no other's place */
	BK_VEC(uint32_t) in_place;	  /* brackets in the place of a member, by member */
	BK_VEC(size_t) picked;		  /* members of the group being made */
	BK_VEC(struct bk_group) groups;	  /* of all runs so far */
	size_t turn;			  /* of the last member of all runs */
	struct bk_map proposed;		  /* by party: the turn of the last member that it proposes */
};

/* Begin a run; add its brackets in order; end it, which sets their run, group and choice.  BK_ENOMEM. */
void bk_grouping_begin(struct bk_grouping *grouping, size_t run);
int bk_grouping_add(struct bk_grouping *grouping, uint32_t bracket);
int bk_grouping_end(struct bk_grouping *grouping);
void bk_grouping_release(struct bk_grouping *grouping);

#endif
