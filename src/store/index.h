/* git's index: ours are only the entries of the files that were saved. */
#ifndef BRACKED_STORE_INDEX_H
#define BRACKED_STORE_INDEX_H

#include "store/git.h"

#define BK_INDEX_LOCK "index.lock" /* in git's folder */

/* BK_OK when the index can be read and nobody holds it, waiting a little; BK_ELOCKED; BK_EGIT. */
int bk_index_check(const struct bk_repository *repository);

/*
 * Bring the entries of the updated files up to date, or take them out; what else is staged stays.  After a
 * commit: a failure says that the revision is saved all the same.
 */
int bk_index_update(const struct bk_repository *repository, const git_tree_update *updates, size_t count,
	const struct bk_save_file *files);

/*
 * The same where HEAD has all of these files already, for entries that a save left behind which was killed once
 * the branch had moved: those that differ while the work tree has the bytes of HEAD.
 */
int bk_index_catch_up(const struct bk_repository *repository, const git_tree_update *updates, size_t count,
	const struct bk_save_file *files);

#endif
