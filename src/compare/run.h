/*
 * Runs: what came and went between words that stand in both texts.
 *
 *	old   the final draft negotiating text of October
 *	new   the first draft agreement  and   decision
 *	      ---======------===========----------------   runs: final -> first, negotiating text of October -> ...
 *
 * Words that say nothing alone ("of", "the", "and") and stand in both by chance, between words that changed, are
 * told as part of one run.
 */
#ifndef BRACKED_COMPARE_RUN_H
#define BRACKED_COMPARE_RUN_H

#include "compare/match.h"

/* Words old up to, not with, old_end gave way to now up to now_end; either may be empty. */
struct bk_run {
	uint32_t old, old_end, now, now_end;
};

/* A walk over the runs of one passage. */
struct bk_runs {
	const struct bk_matches *matches;
	struct bk_run left; /* what is still to be walked */
};

struct bk_runs bk_runs_of(const struct bk_matches *matches, uint32_t passage);
/* The next run, which is not empty; false when there is none any more. */
bool bk_runs_next(struct bk_runs *runs, struct bk_run *out);

#endif
