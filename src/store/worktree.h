/*
 * Files of the work tree that follow a revision which was made past it.
 *
 *	before the branch moves		each file is as the branch has it, and the new one lies beside it, synced
 *	after it			the new ones take their places, what is gone goes, the index follows
 *
 * So what can be refused is refused while nothing has changed yet.
 */
#ifndef BRACKED_STORE_WORKTREE_H
#define BRACKED_STORE_WORKTREE_H

#include "base/file.h"
#include "base/vec.h"
#include "store/git.h"

struct bk_worktree_file {
	const char *name;
	struct bk_branch_file old, now;
	/* internal */
	char *path;
	struct bk_str bytes; /* of now, by bk_store_free */
	bk_replacing *replacing;
};

struct bk_worktree {
	const struct bk_repository *repository;
	BK_VEC(struct bk_worktree_file) files;
	/* internal */
	BK_VEC(char *) folders;		 /* that were made for new files */
	BK_VEC(git_tree_update) updates; /* of the index, as bk_index_update takes them */
	BK_VEC(struct bk_save_file) saved;
	bool finished;
};

void bk_worktree_init(struct bk_worktree *worktree, const struct bk_repository *repository);
/* A file that becomes another, comes or goes; name is borrowed.  BK_ENOMEM. */
int bk_worktree_add(struct bk_worktree *worktree, const char *name, const struct bk_branch_file *old,
	const struct bk_branch_file *now);
/*
 * Lay all new files beside the old ones.  BK_ECHANGED: one is not as it was, in the work tree or in the
 * index; BK_EGIT: one is a link or module; BK_EEXISTS, BK_EIO as bk_file_replace; BK_ENOMEM.
 */
int bk_worktree_prepare(struct bk_worktree *worktree);
/* Put them in their places, and their entries in the index.  All are tried; the message of a failure begins with "the
 * revision is saved". */
int bk_worktree_finish(struct bk_worktree *worktree);
/* Takes away what was laid there and not put in its place. */
void bk_worktree_release(struct bk_worktree *worktree);

#endif
