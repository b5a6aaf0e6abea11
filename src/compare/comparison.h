/*
 * The inside of a comparison, shared by the rooms that tell what differs.  Each adds its own differences:
 *
 *	comparison   what happened to each bracket, from the fates
 *	wording      words and labels outside of these brackets; punctuation and paragraphs in those that are kept, too
 *	replacement  bytes
 *	unseen       bytes that show nothing
 */
#ifndef BRACKED_COMPARE_COMPARISON_H
#define BRACKED_COMPARE_COMPARISON_H

#include "compare/fate.h"
#include "compare/rewrapping.h"

struct bk_comparison {
	/* The new draft is the one laid out as the old one is: matches and fates have offsets in that; differences
	 * and replacements in the one that was asked for. */
	const bk_draft *old_draft, *new_draft;
	struct bk_rewrapping rewrapping;
	struct bk_arena arena;
	struct bk_matches matches;
	struct bk_fates fates;
	BK_VEC(struct bk_difference) differences;
	BK_VEC(struct bk_replacement) replacements;
};

/* difference.c */
/* Add one, whose new span is put where it stands in the draft that was asked for; its path is filled in.
 * BK_ENOMEM. */
int bk_comparison_add(struct bk_comparison *comparison, const struct bk_difference *difference);

/* wording.c */
int bk_wording_find(struct bk_comparison *comparison);
/* replacement.c */
int bk_replacements_find(struct bk_comparison *comparison);
/* unseen.c */
int bk_unseen_find(struct bk_comparison *comparison);

#endif
