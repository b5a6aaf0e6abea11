/* Branches that are to become one, from the inside. */
#ifndef BRACKED_STORE_GATHERING_H
#define BRACKED_STORE_GATHERING_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "store/git.h"

/* What git has of one branch. */
struct bk_gathering_tip {
	git_commit *commit;
	git_tree *tree;
};

struct bk_gathering {
	bk_repository *repository;
	char ref[BK_REF_MAX]; /* of the target */
	bool checked_out;
	BK_VEC(struct bk_branch) branches;
	BK_VEC(struct bk_gathering_tip) tips; /* of the branches, one each */
	char base[41];
	git_tree *base_tree;
	BK_VEC(struct bk_branch_path) paths;
	struct bk_map names; /* of paths -> index */
	struct bk_arena arena;
};

#endif
