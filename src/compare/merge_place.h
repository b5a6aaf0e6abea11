/*
 * One region while it is placed, shared by the rooms that place it:
 *
 *	merge_voice   what each party says in place of it
 *	merge_member  the brackets of the base that it is, or fills
 *	merge_place   what stands there
 */
#ifndef BRACKED_COMPARE_MERGE_PLACE_H
#define BRACKED_COMPARE_MERGE_PLACE_H

#include "compare/merge_private.h"

/* What one party says in place of a region. */
struct bk_voice {
	uint32_t party;
	uint32_t first, last; /* its amendments */
	struct bk_span base;  /* what it is about, without blanks around */
	struct bk_span file;  /* the part of its text, without blanks around */
	struct bk_str text;   /* all of it */
	struct bk_str words;  /* without blanks around, and without brackets of its own round the whole */
	enum bk_act act;      /* its own word for them */
	bool bracketed;	      /* there were such brackets */
	uint32_t same;	      /* the first voice with these words */
};

typedef BK_VEC(struct bk_voice) voice_list;

/* One region while it is placed. */
struct bk_placing_region {
	struct bk_merge *merge;
	const struct bk_region *region;
	uint32_t place;
	voice_list voices;
	BK_VEC(uint32_t)
	members;	    /* brackets of the base that the region is, or the one it fills: their opens */
	struct bk_span run; /* from the first of them to where an alternative to them comes in */
	struct bk_buf text;
	bool begins_line;    /* what stands there begins a line: labels are left outside of brackets */
	struct bk_str label; /* that of the base there */
};

/* merge_voice.c: hear the parties that claim something there; those with the same words speak as the first
 * of them. BK_ENOMEM. */
int bk_voices_hear(struct bk_placing_region *placing);
void bk_voices_join(struct bk_placing_region *placing);

/* merge_member.c: the members of a region that is disputed brackets side by side, and no others; or of one
 * that fills a bracket, too.  BK_ENOMEM. */
int bk_members_of_brackets(struct bk_placing_region *placing);
int bk_members_find(struct bk_placing_region *placing);
/* Whether a voice says what the member does, with its own name added: then its words are the member's.
 * BK_ENOMEM. */
int bk_members_named(struct bk_placing_region *placing, struct bk_voice *voice);
/* The member whose words these are, or BK_NONE.  BK_ENOMEM. */
int bk_members_chosen(struct bk_placing_region *placing, struct bk_str words, uint32_t *chosen);

#endif
