/*
 * Walking the commits of a shallow clone, in which the parents of some are not there.
 */
#ifndef BRACKED_STORE_WALK_H
#define BRACKED_STORE_WALK_H

#include "store/git.h"

#include <stdbool.h>

/* Call each with every commit from start on, children before parents, the younger first where that leaves a
 * choice, until it returns no BK_OK.  *cut tells whether a parent was missing. */
int bk_walk_shallow(const struct bk_repository *repository, const git_oid *start,
	int (*each)(void *context, const git_oid *id), void *context, bool *cut);

#endif
