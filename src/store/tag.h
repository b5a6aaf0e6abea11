/* Freeze tags: annotated tags that give a revision a document symbol. */
#ifndef BRACKED_STORE_TAG_H
#define BRACKED_STORE_TAG_H

#include "store/git.h"

/* Call each(context, commit, symbol) for every annotated tag on a commit, in the order of names, until it gives
 * other than BK_OK.  The symbol is the tag's Symbol trailer, else its name. */
int bk_tags_each(const struct bk_repository *repository,
	int (*each)(void *context, const git_oid *commit, const char *symbol), void *context);

#endif
