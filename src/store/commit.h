/*
 * A revision under way: changes of a tree, as one commit on a branch.
 *
 *	changes -> tree (the branch's, with them put in) -> commit -> the branch moves if it still stands where we
 *	read it, else all over again, some times
 *
 * No work tree and no index is touched.  Everything is on the disk before the branch moves.
 */
#ifndef BRACKED_STORE_COMMIT_H
#define BRACKED_STORE_COMMIT_H

#include "base/buf.h"
#include "base/vec.h"
#include "store/claim.h"
#include "store/git.h"

struct bk_commit {
	bk_repository *repository;
	git_signature *author, *committer;
	struct bk_buf message;
	BK_VEC(git_tree_update) updates; /* what is put into the tree, or taken out of it */
	BK_VEC(git_commit *) joined;	 /* parents behind the branch's own, freed with the rest */
	char branch[BK_REF_MAX];	 /* the ref that moves; "": that of HEAD */
	bool stands;			 /* the branch is to stand at parent_id and nowhere else */
	git_oid parent_id;
	git_oid id; /* of the commit */
	bool moved; /* the branch stands at id */
	/* internal */
	git_oid *seen; /* our files in the parent that we saw first: zero where it has none */
	bool looked;   /* seen is filled */
	git_commit *parent;
	git_tree *base;
	struct bk_claim claim;
};

struct bk_trailer {
	const char *key, *value; /* a value of NULL or "": none */
};

/* No claim, no branch, nothing to put in. */
void bk_commit_init(struct bk_commit *commit, bk_repository *repository);
void bk_commit_release(struct bk_commit *commit);

/* What would stop any commit: BK_EGIT while a merge is under way. */
int bk_commit_may(const bk_repository *repository);
/*
 * The message, trimmed, then the trailers as a paragraph of their own, so that what a person wrote is none of
 * them; where the last lines of that look like trailers and there are none of ours, the draft's name stands
 * behind them.  BK_EINVAL for an empty message, and a trailer of several lines.
 */
int bk_commit_say(struct bk_commit *commit, const char *message, const struct bk_trailer *trailers,
	size_t count, const char *draft);
/*
 * Make the commit and move the branch.  Where it has one parent alone, BK_EEXISTS when it changes nothing.
 * BK_ECHANGED: the branch was moved, or one of the files saved, by others.  Afterwards the claim is still
 * held, for the index; bk_commit_release gives it back.
 */
int bk_commit_make(struct bk_commit *commit);

#endif
