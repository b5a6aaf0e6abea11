/*
 * A draft of several parties as one: what they made of the text that they all began with, whichever of them
 * have been merged before.
 *
 *	ours		the text that the others go into, and the history that made it
 *	others		one version of each party
 *
 * Where ours is what merging gives, of versions that stand in its history, the others join these, and all are
 * merged anew: so it does not matter in which order they come, or whether at once, and a party's new version
 * takes the place of its older one.  What a person did to it since can be done again to the result, where it
 * is about other words than those that differ.  Else ours is one version among the others.
 */
#ifndef BRACKED_APP_COMPILATION_H
#define BRACKED_APP_COMPILATION_H

#include "base/str.h"
#include "base/vec.h"

#include <bracked/ledger.h>
#include <bracked/merge.h>
#include <bracked/store.h>

struct bk_compilation_side {
	const char *party;    /* the roster's code, or a title */
	const char *name;     /* of the text, for the proof */
	const char *revision; /* that has it; NULL: its history is not asked */
	struct bk_str bytes;
};

struct bk_compilation_plan {
	const bk_repository *repository; /* may be NULL when no side has a revision */
	const bk_tips *tips;		 /* likewise */
	const bk_roster *roster;
	const char *path; /* as the repository names it */
	struct bk_merge_options options;
	bool edits; /* what persons did to ours after a merge is done again; then merge is not all of the text */
	struct bk_str base; /* what ours and the others come from, where its history does not tell better */
	const char *base_name;
	const struct bk_compilation_side *ours; /* NULL: nobody's */
	const struct bk_compilation_side *others;
	size_t count;
};

struct bk_compilation {
	bk_merge *merge;
	struct bk_str bytes;   /* the text: that of merge, with edits done to it again */
	const char *base_name; /* for the proof */
	/* internal */
	BK_VEC(struct bk_version) versions;
	BK_VEC(char *) memory;
};

/*
 * Texts of the plan must outlive it; release in any case.  Errors as bk_merge_new, and of reading revisions.
 */
int bk_compilation_make(struct bk_compilation *out, const struct bk_compilation_plan *plan);
/* How many places are in dispute that one of the others has a part in. */
size_t bk_compilation_disputes(
	const struct bk_compilation *compilation, const struct bk_compilation_plan *plan);
void bk_compilation_release(struct bk_compilation *compilation);

#endif
