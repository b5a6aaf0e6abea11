/* One commit of several branches, and the work tree after it. */
#include "base/error.h"
#include "store/commit.h"
#include "store/gathering.h"
#include "store/index.h"
#include "store/signature.h"
#include "store/worktree.h"

struct joining {
	bk_gathering *gathering;
	const struct bk_gathered *gathered;
	struct bk_commit commit;
	struct bk_worktree worktree;
};

static int say(struct joining *joining)
{
	const struct bk_gathered *gathered = joining->gathered;
	BK_VEC(struct bk_trailer) trailers = BK_VEC_INIT;
	int status = BK_OK;

	for (size_t i = 0; gathered->parties && gathered->parties[i] && status == BK_OK; i++) {
		struct bk_trailer *trailer = BK_VEC_PUSH(&trailers);

		if (trailer)
			*trailer = (struct bk_trailer){"Party", gathered->parties[i]};
		else
			status = bk_fail_memory();
	}
	if (status == BK_OK)
		status = bk_commit_say(&joining->commit, gathered->message, trailers.items, trailers.len,
			gathered->file_count ? gathered->files[0].name : NULL);
	BK_VEC_RELEASE(&trailers);
	return status;
}

static int join_parents(struct joining *joining)
{
	const bk_gathering *gathering = joining->gathering;

	bk_git.oid_cpy(&joining->commit.parent_id, bk_git.commit_id(gathering->tips.items[0].commit));
	joining->commit.stands = true;
	memcpy(joining->commit.branch, gathering->ref, sizeof gathering->ref);
	for (size_t i = 1; i < gathering->tips.len; i++) {
		git_commit **parent;
		int code;

		if (gathering->branches.items[i].joined)
			continue;
		parent = BK_VEC_PUSH(&joining->commit.joined);
		if (!parent)
			return bk_fail_memory();
		code = bk_git.commit_lookup(parent, gathering->repository->git,
			bk_git.commit_id(gathering->tips.items[i].commit));
		if (code < 0)
			return bk_git_fail(code, "reading the branch", gathering->branches.items[i].name);
	}
	return BK_OK;
}

static int put_file(
	struct joining *joining, const struct bk_gathered_file *file, const struct bk_branch_file *old)
{
	git_tree_update *update = BK_VEC_PUSH(&joining->commit.updates);
	int code = 0;

	if (!update)
		return bk_fail_memory();
	*update =
		(git_tree_update){.action = file->file.mode ? GIT_TREE_UPDATE_UPSERT : GIT_TREE_UPDATE_REMOVE,
			.filemode = (git_filemode_t)file->file.mode,
			.path = file->name};
	if (file->file.mode)
		code = bk_git.oid_fromstr(&update->id, file->file.blob);
	if (code < 0)
		return bk_fail(BK_EINVAL, "'%s' is no object name", file->file.blob);
	return joining->gathering->checked_out
		       ? bk_worktree_add(&joining->worktree, file->name, old, &file->file)
		       : BK_OK;
}

/* Those that differ from what the target has. */
static int put_files(struct joining *joining)
{
	int status = BK_OK;

	for (size_t i = 0; status == BK_OK && i < joining->gathered->file_count; i++) {
		const struct bk_gathered_file *file = &joining->gathered->files[i];
		struct bk_branch_file old;

		status = bk_git_check_name(file->name);
		if (status == BK_OK)
			status = bk_gathering_find(joining->gathering, file->name, &old);
		if (status == BK_OK &&
			(old.mode != file->file.mode || strcmp(old.blob, file->file.blob) != 0))
			status = put_file(joining, file, &old);
	}
	return status;
}

static int prepare(struct joining *joining)
{
	const struct bk_gathered *gathered = joining->gathered;
	bk_repository *repository = joining->gathering->repository;
	const bool checked_out = joining->gathering->checked_out;
	int status = checked_out ? bk_commit_may(repository) : BK_OK;

	if (status == BK_OK)
		bk_claims_clear(repository);
	if (status == BK_OK)
		status = bk_signature_make(repository, gathered->author, gathered->date,
			&joining->commit.author, &joining->commit.committer);
	if (status == BK_OK)
		status = say(joining);
	if (status == BK_OK)
		status = join_parents(joining);
	if (status == BK_OK)
		status = put_files(joining);
	if (status == BK_OK && checked_out)
		status = bk_index_check(repository);
	return status == BK_OK && checked_out ? bk_worktree_prepare(&joining->worktree) : status;
}

int bk_gathering_save(bk_gathering *gathering, const struct bk_gathered *gathered, char id[41])
{
	struct joining joining = {.gathering = gathering, .gathered = gathered};
	int status;

	bk_commit_init(&joining.commit, gathering->repository);
	bk_worktree_init(&joining.worktree, gathering->repository);
	status = prepare(&joining);
	if (status == BK_OK)
		status = bk_commit_make(&joining.commit);
	if (joining.commit.moved)
		bk_git.oid_tostr(id, 41, &joining.commit.id);
	bk_claim_touch(&joining.commit.claim);
	if (joining.commit.moved && gathering->checked_out) {
		const int followed = bk_worktree_finish(&joining.worktree);

		status = status == BK_OK ? followed : status;
	}
	bk_worktree_release(&joining.worktree);
	bk_commit_release(&joining.commit);
	return status;
}
