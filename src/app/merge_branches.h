/* bracked merge --into: the branches of parties as one, in one revision. */
#ifndef BRACKED_APP_MERGE_BRANCHES_H
#define BRACKED_APP_MERGE_BRANCHES_H

#include "app/command.h"

/* With the options --into, --message, --style, --unopposed and --dry-run.  Exit status. */
int bk_merge_branches(struct bk_invocation *invocation);

#endif
