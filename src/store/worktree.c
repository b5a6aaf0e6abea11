/* Files of the work tree that follow a revision. */
#include "store/worktree.h"
#include "base/alloc.h"
#include "base/error.h"
#include "store/index.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

void bk_worktree_init(struct bk_worktree *worktree, const struct bk_repository *repository)
{
	*worktree = (struct bk_worktree){.repository = repository};
}

int bk_worktree_add(struct bk_worktree *worktree, const char *name, const struct bk_branch_file *old,
	const struct bk_branch_file *now)
{
	struct bk_worktree_file *file = BK_VEC_PUSH(&worktree->files);
	struct bk_buf path = BK_BUF_INIT;

	if (!file)
		return bk_fail_memory();
	*file = (struct bk_worktree_file){.name = name, .old = *old, .now = *now};
	bk_buf_printf(&path, "%s/%s", worktree->repository->folder, name);
	file->path = bk_buf_detach(&path, NULL);
	return file->path ? BK_OK : bk_fail_memory();
}

/* ---- What is there ------------------------------------------------------------------------------------- */

static bool is_plain(uint32_t mode)
{
	return mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

static int fail_changed(const struct bk_worktree_file *file)
{
	return bk_fail(BK_ECHANGED,
		"'%s' holds changes that no revision has: save them, or put them away by git stash, then "
		"merge",
		file->name);
}

/* What is staged must be what the branch has. */
static int check_index(git_index *index, const struct bk_worktree_file *file)
{
	const git_index_entry *entry = bk_git.index_get_bypath(index, file->name, 0);
	char blob[41] = "";

	if (entry)
		bk_git.oid_tostr(blob, sizeof blob, &entry->id);
	if (strcmp(blob, file->old.blob) == 0 && (!entry || entry->mode == file->old.mode))
		return BK_OK;
	return bk_fail(BK_ECHANGED,
		"'%s' is staged with changes that no revision has: commit them, or git restore --staged it, "
		"then merge",
		file->name);
}

/* Nothing on the way to the file may lead out of the work tree. */
static int check_way(const struct bk_worktree *worktree, const struct bk_worktree_file *file)
{
	char *slash = file->path + strlen(worktree->repository->folder);
	struct stat about;
	bool leads = true;

	while (leads && (slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		leads = lstat(file->path, &about) < 0 ? errno == ENOENT : S_ISDIR(about.st_mode);
		*slash = '/';
	}
	return leads ? BK_OK
		     : bk_fail(BK_ECHANGED, "'%s' is in no folder of the work tree: move what is in its way",
			       file->name);
}

/* The file as it should be; its stamp for the replacing. */
static int check_file(const struct bk_worktree_file *file, struct bk_file_stamp *stamp)
{
	struct bk_file_bytes bytes;
	struct stat about;
	char blob[41];
	int status;

	*stamp = (struct bk_file_stamp){.exists = false};
	if (lstat(file->path, &about) < 0) {
		if (errno != ENOENT)
			return bk_fail_errno(errno, "looking at", file->path);
		return file->old.mode ? fail_changed(file) : BK_OK;
	}
	if (!file->old.mode)
		return bk_fail(BK_ECHANGED, "'%s' is in the way, and no revision has it: move it, then merge",
			file->name);
	if (!S_ISREG(about.st_mode))
		return fail_changed(file);
	status = bk_file_read_plain(&bytes, file->path);
	if (status != BK_OK)
		return status;
	bk_blob_name(bytes.str.ptr, bytes.str.len, blob);
	*stamp = bytes.stamp;
	bk_file_release(&bytes);
	return strcmp(blob, file->old.blob) == 0 ? BK_OK : fail_changed(file);
}

/* ---- What comes -------------------------------------------------------------------------------------- */

/* A folder for a new file, which goes again when nothing comes of it. */
static int make_folder(struct bk_worktree *worktree, const char *path)
{
	char *copy = bk_strdup(path);
	char **made = copy ? BK_VEC_PUSH(&worktree->folders) : NULL;
	int failed;

	if (!made) {
		bk_free(copy);
		return bk_fail_memory();
	}
	*made = copy;
	if (mkdir(path, 0777) == 0)
		return BK_OK;
	worktree->folders.len--;
	failed = errno;
	bk_free(copy);
	return failed == EEXIST ? BK_OK : bk_fail_errno(failed, "making the folder", path);
}

static int make_folders(struct bk_worktree *worktree, const struct bk_worktree_file *file)
{
	char *slash = file->path + strlen(worktree->repository->folder);
	int status = BK_OK;

	while (status == BK_OK && (slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		status = make_folder(worktree, file->path);
		*slash = '/';
	}
	return status;
}

static int lay_beside(struct bk_worktree *worktree, struct bk_worktree_file *file)
{
	struct bk_file_stamp stamp;
	char *bytes = NULL;
	int status = check_way(worktree, file);

	if (status == BK_OK)
		status = check_file(file, &stamp);
	if (status != BK_OK || !file->now.mode)
		return status;
	status = bk_revision_read_blob(
		(bk_repository *)worktree->repository, file->now.blob, &bytes, &file->bytes.len);
	if (status == BK_OK)
		file->bytes.ptr = bytes;
	if (status == BK_OK)
		status = make_folders(worktree, file);
	if (status == BK_OK)
		status = bk_replacing_new_bytes(&file->replacing, file->path, file->bytes, &stamp, 0);
	return status;
}

/* What the index will need, while memory may still be refused. */
static int plan_index(struct bk_worktree *worktree)
{
	for (size_t i = 0; i < worktree->files.len; i++) {
		const struct bk_worktree_file *file = &worktree->files.items[i];
		git_tree_update *update = BK_VEC_PUSH(&worktree->updates);
		struct bk_save_file *saved = BK_VEC_PUSH(&worktree->saved);

		if (!update || !saved)
			return bk_fail_memory();
		*saved = (struct bk_save_file){file->name, file->bytes.ptr, file->bytes.len};
		*update = (git_tree_update){
			.action = file->now.mode ? GIT_TREE_UPDATE_UPSERT : GIT_TREE_UPDATE_REMOVE,
			.filemode = (git_filemode_t)file->now.mode,
			.path = file->name};
		if (file->now.mode)
			bk_git.oid_fromstr(&update->id, file->now.blob);
	}
	return BK_OK;
}

int bk_worktree_prepare(struct bk_worktree *worktree)
{
	git_index *index = NULL;
	int code = bk_git.repository_index(&index, worktree->repository->git);
	int status = BK_OK;

	if (code == 0)
		code = bk_git.index_read(index, 0);
	if (code < 0)
		status = bk_git_fail(code, "reading the index of", worktree->repository->folder);
	for (size_t i = 0; status == BK_OK && i < worktree->files.len; i++) {
		struct bk_worktree_file *file = &worktree->files.items[i];

		if ((file->old.mode && !is_plain(file->old.mode)) ||
			(file->now.mode && !is_plain(file->now.mode)))
			status = bk_fail(BK_EGIT,
				"'%s' is a link or another repository: check another branch out, then merge",
				file->name);
		if (status == BK_OK)
			status = check_index(index, file);
		if (status == BK_OK)
			status = lay_beside(worktree, file);
	}
	bk_git.index_free(index);
	return status == BK_OK ? plan_index(worktree) : status;
}

/* ---- Taking their places ------------------------------------------------------------------------------ */

/* Folders that are empty now go, as git lets them. */
static void remove_folders(const struct bk_worktree *worktree, char *path)
{
	const size_t top = strlen(worktree->repository->folder);
	char *slash;

	while ((slash = strrchr(path + top + 1, '/'))) {
		*slash = '\0';
		if (rmdir(path) < 0)
			return;
	}
}

static int remove_file(const struct bk_worktree *worktree, struct bk_worktree_file *file)
{
	struct bk_file_stamp stamp;
	int status = check_file(file, &stamp);

	if (status == BK_OK && unlink(file->path) < 0)
		status = bk_fail_errno(errno, "removing", file->path);
	if (status == BK_OK)
		remove_folders(worktree, file->path);
	return status;
}

/* Whoever may read it may run it, as git has it; or nobody may. */
static int set_mode(const struct bk_worktree_file *file)
{
	const bool executable = file->now.mode == GIT_FILEMODE_BLOB_EXECUTABLE;
	struct stat about;
	mode_t mode;

	if (executable == (file->old.mode == GIT_FILEMODE_BLOB_EXECUTABLE))
		return BK_OK;
	if (stat(file->path, &about) < 0)
		return bk_fail_errno(errno, "looking at", file->path);
	mode = executable ? about.st_mode | ((about.st_mode & 0444) >> 2) : about.st_mode & ~(mode_t)0111;
	return chmod(file->path, mode) < 0 ? bk_fail_errno(errno, "setting the mode of", file->path) : BK_OK;
}

static int take_place(struct bk_worktree *worktree, struct bk_worktree_file *file)
{
	int status;

	if (!file->replacing)
		return remove_file(worktree, file);
	status = bk_replacing_finish(file->replacing, NULL);
	return status == BK_OK ? set_mode(file) : status;
}

static int fail_behind(const struct bk_worktree_file *file)
{
	char said[512];

	snprintf(said, sizeof said, "%s", bk_error_message());
	return bk_fail(BK_EIO,
		"the revision is saved, but '%s' in the work tree is not that of it (%s): git checkout HEAD "
		"-- '%s'",
		file->name, said, file->name);
}

/*
 * Entries of files that stayed behind are those of the revision all the same: so git tells that they differ.
 */
int bk_worktree_finish(struct bk_worktree *worktree)
{
	char said[1024];
	int first = BK_OK, status;

	worktree->finished = true;
	for (size_t i = 0; i < worktree->files.len; i++) {
		struct bk_worktree_file *file = &worktree->files.items[i];

		if (take_place(worktree, file) == BK_OK || first != BK_OK)
			continue;
		first = fail_behind(file);
		snprintf(said, sizeof said, "%s", bk_error_message());
	}
	status = worktree->updates.len ? bk_index_update(worktree->repository, worktree->updates.items,
						 worktree->updates.len, worktree->saved.items)
				       : BK_OK;
	return first == BK_OK ? status : bk_fail(first, "%s", said);
}

void bk_worktree_release(struct bk_worktree *worktree)
{
	for (size_t i = 0; i < worktree->files.len; i++) {
		bk_replacing_free(worktree->files.items[i].replacing);
		bk_store_free((char *)worktree->files.items[i].bytes.ptr);
		bk_free(worktree->files.items[i].path);
	}
	for (size_t i = worktree->folders.len; i-- > 0;) {
		if (!worktree->finished)
			rmdir(worktree->folders.items[i]);
		bk_free(worktree->folders.items[i]);
	}
	BK_VEC_RELEASE(&worktree->folders);
	BK_VEC_RELEASE(&worktree->saved);
	BK_VEC_RELEASE(&worktree->updates);
	BK_VEC_RELEASE(&worktree->files);
}
