/* Who made a revision and when. */
#ifndef BRACKED_STORE_SIGNATURE_H
#define BRACKED_STORE_SIGNATURE_H

#include "store/git.h"

/*
 * Author ("Name <mail>"; NULL: the repository's) and committer, each as the repository's identity has it, else git's
 * configuration; both at `date` (NULL: the identity's, else now).  BK_ENOIDENTITY; BK_EINVAL for a malformed
 * author or date.
 */
int bk_signature_make(const struct bk_repository *repository, const char *author, const char *date,
	git_signature **made_author, git_signature **made_committer);

#endif
