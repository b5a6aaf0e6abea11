/* What a save, or a merge of branches, that was killed has left undone: see bk_gathering_settle and
 * bk_repository_find_behind. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/file.h"
#include "store/claim.h"
#include "store/git.h"
#include "store/index.h"

#include <stdio.h>
#include <string.h>

struct behind {
	bk_repository *repository;
	git_commit *commit; /* the newest of the target */
	git_tree *before, *now;
	git_diff *diff; /* what it changed of its first parent */
	git_index *index;
	bool mend, merged; /* merged: a merge that was killed is finished, and what is as before is its own */
	struct bk_behind found;
};

/* Whether there is a work tree, with nothing under way in it. */
static bool is_at_rest(const bk_repository *repository)
{
	return !bk_git.repository_is_bare(repository->git) &&
	       bk_git.repository_state(repository->git) == GIT_REPOSITORY_STATE_NONE;
}

/* Whether it has this branch checked out; its ref. */
static bool is_checked_out(const bk_repository *repository, const char *into, char ref[BK_REF_MAX])
{
	git_reference *head = NULL;
	bool is;

	if (!is_at_rest(repository) || bk_git.reference_lookup(&head, repository->git, "HEAD") < 0)
		return false;
	snprintf(ref, BK_REF_MAX, "refs/heads/%s", into);
	is = bk_git.reference_type(head) == GIT_REFERENCE_SYMBOLIC &&
	     strcmp(bk_git.reference_symbolic_target(head), ref) == 0;
	bk_git.reference_free(head);
	return is;
}

/* No diff is opened where the newest revision has fewer parents, or there is none. */
static int open_trees(struct behind *behind, unsigned least_parents)
{
	git_repository *git = behind->repository->git;
	git_commit *parent = NULL;
	git_oid id;
	int code = bk_git.reference_name_to_id(&id, git, "HEAD");

	if (code == GIT_ENOTFOUND)
		return BK_OK;
	if (code == 0)
		code = bk_git.commit_lookup(&behind->commit, git, &id);
	if (code == 0 && bk_git.commit_parentcount(behind->commit) < least_parents)
		return BK_OK;
	if (code == 0 && bk_git.commit_parentcount(behind->commit) > 0) {
		code = bk_git.commit_parent(&parent, behind->commit, 0);
		if (code == 0)
			code = bk_git.commit_tree(&behind->before, parent);
	}
	if (code == 0)
		code = bk_git.commit_tree(&behind->now, behind->commit);
	if (code == 0)
		code = bk_git.diff_tree_to_tree(&behind->diff, git, behind->before, behind->now, NULL);
	if (code == 0)
		code = bk_git.repository_index(&behind->index, git);
	if (code == 0)
		code = bk_git.index_read(behind->index, 0);
	bk_git.commit_free(parent);
	return code < 0 ? bk_git_fail(code, "reading the newest revision of", behind->repository->folder)
			: BK_OK;
}

static void close_trees(struct behind *behind)
{
	bk_git.index_free(behind->index);
	bk_git.diff_free(behind->diff);
	bk_git.tree_free(behind->now);
	bk_git.tree_free(behind->before);
	bk_git.commit_free(behind->commit);
}

static bool is_plain(const git_diff_file *file)
{
	return file->mode == 0 || file->mode == GIT_FILEMODE_BLOB ||
	       file->mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

static bool is_staged(const struct behind *behind, const char *name, const git_diff_file *file)
{
	const git_index_entry *entry = bk_git.index_get_bypath(behind->index, name, 0);

	return entry ? entry->mode == file->mode && bk_git.oid_equal(&entry->id, &file->id) : file->mode == 0;
}

/* Whether these bytes, or none, are those of a file as a tree has it. */
static bool is_file(const git_diff_file *file, bool there, struct bk_str bytes)
{
	char name[41], blob[41];

	if (!there || file->mode == 0)
		return !there && file->mode == 0;
	bk_blob_name(bytes.ptr, bytes.len, name);
	bk_git.oid_tostr(blob, sizeof blob, &file->id);
	return strcmp(name, blob) == 0;
}

static int follow(
	const struct behind *behind, const char *name, const git_diff_file *now, struct bk_str bytes)
{
	const git_tree_update update = {.action = now->mode ? GIT_TREE_UPDATE_UPSERT : GIT_TREE_UPDATE_REMOVE,
		.id = now->id,
		.filemode = (git_filemode_t)now->mode,
		.path = name};
	const struct bk_save_file saved = {name, bytes.ptr, bytes.len};

	return bk_index_update(behind->repository, &update, 1, &saved);
}

static int keep_first(char **first, const char *name)
{
	if (!*first)
		*first = bk_strdup(name);
	return *first ? BK_OK : bk_fail_memory();
}

/*
 * Whether an entry is older than the newest revision, as a save that was killed leaves it.  git notes no times of
 * what a person stages from a revision, and later ones of what is staged from the work tree later; of no entry
 * nobody can tell.
 */
static bool is_older(const struct behind *behind, const char *name)
{
	const git_index_entry *const entry = bk_git.index_get_bypath(behind->index, name, 0);

	return entry && entry->mtime.seconds != 0 &&
	       (git_time_t)(uint32_t)entry->ctime.seconds < bk_git.commit_time(behind->commit);
}

/* The entry of a file that the work tree has as the newest revision has it. */
static int settle_entry(
	struct behind *behind, const char *name, const git_diff_file *now, struct bk_str bytes)
{
	const bool left = behind->merged || is_older(behind, name);
	const int status = keep_first(left ? &behind->found.entry : &behind->found.staged, name);

	behind->found.entries += left;
	return status == BK_OK && left && behind->mend ? follow(behind, name, now, bytes) : status;
}

static int settle_file(struct behind *behind, const git_diff_delta *delta)
{
	const char *const name = delta->new_file.path;
	struct bk_buf path = BK_BUF_INIT;
	struct bk_file_bytes bytes = {.str = BK_STR("")};
	int status;
	bool there;

	if (!is_plain(&delta->old_file) || !is_plain(&delta->new_file) ||
		!is_staged(behind, name, &delta->old_file))
		return BK_OK;
	bk_buf_printf(&path, "%s/%s", behind->repository->folder, name);
	status = bk_buf_status(&path);
	if (status == BK_OK)
		status = bk_file_read_plain(&bytes, bk_buf_string(&path));
	there = status == BK_OK;
	bk_buf_release(&path);
	if (status == BK_ENOMEM || (status < 0 && status != BK_ENOTFOUND))
		return status == BK_ENOMEM ? status : BK_OK; /* a link, say: somebody's */
	status = BK_OK;
	if (is_file(&delta->new_file, there, bytes.str))
		status = settle_entry(behind, name, &delta->new_file, bytes.str);
	else if (is_file(&delta->old_file, there, bytes.str))
		status = keep_first(&behind->found.file, name);
	bk_file_release(&bytes);
	return status;
}

/* The folder of a file, cut off in place. */
static int sweep_beside(const struct behind *behind, const char *name)
{
	const char *const slash = strrchr(name, '/');
	struct bk_buf path = BK_BUF_INIT;
	int status;

	bk_buf_printf(&path, "%s/%.*s", behind->repository->folder, slash ? (int)(slash - name) : 0, name);
	status = bk_buf_status(&path);
	if (status == BK_OK)
		bk_file_sweep(bk_buf_string(&path));
	bk_buf_release(&path);
	return status;
}

static size_t count_files(const struct behind *behind)
{
	return behind->diff ? bk_git.diff_num_deltas(behind->diff) : 0;
}

static int settle(struct behind *behind)
{
	const size_t count = count_files(behind);
	int status = BK_OK;

	for (size_t i = 0; status == BK_OK && i < count; i++)
		status = settle_file(behind, bk_git.diff_get_delta(behind->diff, i));
	return status;
}

static int sweep(const struct behind *behind)
{
	const size_t count = count_files(behind);
	int status = BK_OK;

	for (size_t i = 0; status == BK_OK && i < count; i++)
		status = sweep_beside(behind, bk_git.diff_get_delta(behind->diff, i)->new_file.path);
	return status;
}

/* Whether another git holds the index, also after it was waited for: by which lock. */
static int look_at_lock(struct behind *behind)
{
	struct bk_buf path = BK_BUF_INIT;

	if (bk_index_check(behind->repository) != BK_ELOCKED)
		return BK_OK;
	bk_buf_printf(&path, "%s" BK_INDEX_LOCK, bk_git.repository_path(behind->repository->git));
	behind->found.lock = path.failed ? NULL : bk_strdup(bk_buf_string(&path));
	bk_buf_release(&path);
	return behind->found.lock ? BK_OK : bk_fail_memory();
}

void bk_behind_release(struct bk_behind *behind)
{
	bk_free(behind->entry);
	bk_free(behind->staged);
	bk_free(behind->file);
	bk_free(behind->lock);
	*behind = (struct bk_behind){0};
}

static int look(bk_repository *repository, bool mend, struct bk_behind *out)
{
	struct behind behind = {.repository = repository, .mend = mend};
	int status;

	*out = (struct bk_behind){0};
	if (!is_at_rest(repository))
		return BK_OK;
	status = look_at_lock(&behind);
	if (status == BK_OK)
		status = open_trees(&behind, 0);
	if (status == BK_OK)
		status = settle(&behind);
	close_trees(&behind);
	if (status == BK_OK)
		*out = behind.found;
	else
		bk_behind_release(&behind.found);
	return status;
}

int bk_repository_find_behind(bk_repository *repository, struct bk_behind *out)
{
	return look(repository, false, out);
}

int bk_repository_mend_behind(bk_repository *repository, struct bk_behind *out)
{
	return look(repository, true, out);
}

int bk_gathering_settle(bk_repository *repository, const char *into, char **left)
{
	struct behind behind = {.repository = repository};
	char ref[BK_REF_MAX];
	int status;

	*left = NULL;
	if (!is_checked_out(repository, into, ref))
		return BK_OK;
	bk_file_sweep(repository->folder);
	status = open_trees(&behind, 2);
	behind.merged = behind.mend =
		behind.diff && bk_claims_have(repository, ref, bk_git.commit_id(behind.commit));
	if (status == BK_OK)
		status = settle(&behind);
	if (status == BK_OK)
		status = sweep(&behind);
	close_trees(&behind);
	if (status == BK_OK) {
		bk_claims_clear(repository);
		*left = behind.found.file;
		behind.found.file = NULL;
	}
	bk_behind_release(&behind.found);
	return status;
}
