/*
 * The inside of a comparison, shared by the rooms that tell what differs.  Each adds its own differences:
 *
 *	comparison   what happened to each bracket, from the fates
 *	wording      words, punctuation and labels outside of these brackets
 *	replacement  bytes
 *	unseen       bytes that show nothing
 *	rewrapping   that there is nothing to tell but the bytes where lines break
 */
#ifndef BRACKED_COMPARE_COMPARISON_H
#define BRACKED_COMPARE_COMPARISON_H

#include "compare/fate.h"

struct bk_comparison {
	const bk_draft *old_draft, *new_draft;
	bool rewrapped; /* then matches and fates are of the old draft with itself */
	struct bk_arena arena;
	struct bk_matches matches;
	struct bk_fates fates;
	BK_VEC(struct bk_difference) differences;
	BK_VEC(struct bk_replacement) replacements;
};

/* difference.c */
/* Add one; its path is filled in.  BK_ENOMEM. */
int bk_comparison_add(struct bk_comparison *comparison, const struct bk_difference *difference);

/* wording.c */
int bk_wording_find(struct bk_comparison *comparison);
/* replacement.c */
int bk_replacements_find(struct bk_comparison *comparison);
/* unseen.c */
int bk_unseen_find(struct bk_comparison *comparison);

#endif
