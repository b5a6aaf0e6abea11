/*
 * What becomes of each file when branches become one.
 *
 *	a draft		compiled of the versions of all parties; its proof stands beside it, as NAME.proof
 *	a ledger	the union of all
 *	another file	taken from the branch that changed it; refused where two changed it otherwise
 *
 * A draft is a file *.txt or *.md, or one with a ledger beside it.  Nothing is written but objects.
 */
#ifndef BRACKED_APP_JOINING_H
#define BRACKED_APP_JOINING_H

#include "base/str.h"
#include "base/vec.h"

#include <bracked/ledger.h>
#include <bracked/merge.h>
#include <bracked/store.h>

enum bk_joined_kind {
	BK_JOINED_TAKEN,
	BK_JOINED_UNITED,
	BK_JOINED_COMPILED,
	BK_JOINED_PROOF,
};

struct bk_joined {
	enum bk_joined_kind kind;
	const char *name;	    /* borrowed of the gathering, or kept */
	const char *from;	    /* name of the branch that a file is taken from */
	struct bk_branch_file file; /* mode 0: it goes */
	struct bk_branch_file old;  /* as the target has it */
	size_t disputes, taken;	    /* places of a draft, */
	size_t names_left;	    /* and changes of names in brackets that are left out */
};

struct bk_joining {
	bk_repository *repository;
	const bk_gathering *gathering;
	const bk_roster *roster;
	struct bk_merge_options options;
	BK_VEC(struct bk_joined) files; /* what changes in the target */
	BK_VEC(const char *) parties;	/* one for each branch that is not joined yet, then NULL */
	/* internal */
	BK_VEC(char *) memory;
};

/*
 * Find out what becomes of all files.  repository, gathering, roster and options are set before.  BK_EINVAL:
 * two branches of one party; BK_ECHANGED names the files that cannot be taken, for two branches changed them
 * otherwise; errors of merging and of reading.  Release in any case.
 */
int bk_joining_plan(struct bk_joining *joining);
void bk_joining_release(struct bk_joining *joining);

#endif
