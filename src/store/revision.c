/*
 * Saving a revision: some files, and the rest of HEAD's tree as it is, as one commit; then our entries in the
 * index, and those alone.  No work tree is touched and nothing is staged for anybody.
 */
#include "base/error.h"
#include "store/commit.h"
#include "store/index.h"
#include "store/signature.h"

static int write_blobs(struct bk_commit *commit, const struct bk_save *save)
{
	for (size_t i = 0; i < save->file_count; i++) {
		const struct bk_save_file *file = &save->files[i];
		git_tree_update *update;
		int code, status = bk_git_check_name(file->name);

		if (status != BK_OK)
			return status;
		update = BK_VEC_PUSH(&commit->updates);
		if (!update)
			return bk_fail_memory();
		*update = (git_tree_update){
			.action = GIT_TREE_UPDATE_UPSERT, .filemode = GIT_FILEMODE_BLOB, .path = file->name};
		code = bk_git.blob_create_from_buffer(
			&update->id, commit->repository->git, file->bytes ? file->bytes : "", file->len);
		status = code < 0 ? bk_git_fail(code, "storing", file->name)
				  : bk_git_require(commit->repository, &update->id, "storing", file->name);
		if (status != BK_OK)
			return status;
	}
	return BK_OK;
}

static int prepare(struct bk_commit *commit, const struct bk_save *save)
{
	const struct bk_trailer trailers[] = {{"Symbol", save->symbol}, {"Party", save->party}};
	int status = bk_commit_may(commit->repository);

	if (status == BK_OK)
		bk_claims_clear(commit->repository);
	if (status == BK_OK && save->file_count == 0)
		status = bk_fail(BK_EINVAL, "no file to save");
	if (status == BK_OK)
		status = bk_signature_make(
			commit->repository, save->author, save->date, &commit->author, &commit->committer);
	if (status == BK_OK)
		status = bk_commit_say(commit, save->message, trailers, sizeof trailers / sizeof *trailers,
			save->files[0].name);
	if (status == BK_OK)
		status = bk_index_check(commit->repository);
	return status == BK_OK ? write_blobs(commit, save) : status;
}

int bk_revision_check(bk_repository *repository)
{
	git_signature *author, *committer;
	int status = bk_commit_may(repository);

	if (status == BK_OK)
		status = bk_signature_make(repository, NULL, NULL, &author, &committer);
	if (status < 0)
		return status;
	bk_git.signature_free(author);
	bk_git.signature_free(committer);
	return BK_OK;
}

/* Nothing is to be saved; but what saved it may have been killed before the index followed. */
static int catch_up(const struct bk_commit *commit, const struct bk_save *save)
{
	char said[BK_ERROR_MESSAGE];
	int status;

	bk_error_keep(said);
	status = bk_index_catch_up(
		commit->repository, commit->updates.items, commit->updates.len, save->files);
	return status < 0 ? status : bk_fail(BK_EEXISTS, "%s", said);
}

int bk_revision_save(bk_repository *repository, const struct bk_save *save, char id[41])
{
	struct bk_commit commit;
	int status;

	bk_commit_init(&commit, repository);
	status = prepare(&commit, save);
	if (status == BK_OK)
		status = bk_commit_make(&commit);
	if (commit.moved)
		bk_git.oid_tostr(id, 41, &commit.id);
	bk_claim_touch(&commit.claim);
	if (status == BK_OK)
		status = bk_index_update(repository, commit.updates.items, commit.updates.len, save->files);
	else if (status == BK_EEXISTS)
		status = catch_up(&commit, save);
	bk_commit_release(&commit);
	return status;
}
