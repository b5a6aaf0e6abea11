/* Keeping git's index in step with a revision saved past it. */
#include "store/index.h"
#include "base/error.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/vec.h"

#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define WAITS 20 /* of 50 ms */

static void nap(void)
{
	const struct timespec wait = {.tv_nsec = 50000000};

	nanosleep(&wait, NULL);
}

static int fail_locked(const struct bk_repository *repository, const char *lock)
{
	return bk_fail(BK_ELOCKED,
		"another git is at work in '%s': try again; when none is running, remove '%s'",
		repository->folder, lock);
}

int bk_index_check(const struct bk_repository *repository)
{
	git_index *index = NULL;
	char lock[4096];
	int code;

	if (bk_git.repository_is_bare(repository->git))
		return BK_OK;
	code = bk_git.repository_index(&index, repository->git);
	if (code == 0)
		code = bk_git.index_read(index, 0);
	if (code == 0)
		snprintf(lock, sizeof lock, "%s.lock", bk_git.index_path(index));
	bk_git.index_free(index);
	if (code < 0)
		return bk_git_fail(code, "reading the index of", repository->folder);
	for (int i = 0; access(lock, F_OK) == 0; i++) {
		if (i == WAITS)
			return fail_locked(repository, lock);
		nap();
	}
	return BK_OK;
}

/* Whether the work tree has these bytes in a file of this name; what it is. */
static bool stands(
	const struct bk_repository *repository, const struct bk_save_file *file, struct stat *about)
{
	struct bk_buf path = BK_BUF_INIT;
	struct bk_file_bytes bytes;
	bool same = false;

	bk_buf_printf(&path, "%s/%s", repository->folder, file->name);
	if (!path.failed && lstat(bk_buf_string(&path), about) == 0 && S_ISREG(about->st_mode) &&
		(size_t)about->st_size == file->len &&
		bk_file_read_plain(&bytes, bk_buf_string(&path)) == BK_OK) {
		same = bk_str_equal(bytes.str, (struct bk_str){file->bytes, file->len});
		bk_file_release(&bytes);
	}
	bk_buf_release(&path);
	return same;
}

/* What git notes of a file so as not to read it again; nothing when the work tree has other bytes. */
static void note_file(
	const struct bk_repository *repository, const struct bk_save_file *file, git_index_entry *entry)
{
	struct stat about;

	if (!stands(repository, file, &about))
		return;
	entry->ctime.seconds = (int32_t)about.st_ctim.tv_sec;
	entry->ctime.nanoseconds = (uint32_t)about.st_ctim.tv_nsec;
	entry->mtime.seconds = (int32_t)about.st_mtim.tv_sec;
	entry->mtime.nanoseconds = (uint32_t)about.st_mtim.tv_nsec;
	entry->dev = (uint32_t)about.st_dev;
	entry->ino = (uint32_t)about.st_ino;
	entry->uid = about.st_uid;
	entry->gid = about.st_gid;
	entry->file_size = (uint32_t)about.st_size;
}

static int write_entries(const struct bk_repository *repository, const git_tree_update *updates, size_t count,
	const struct bk_save_file *files)
{
	git_index *index = NULL;
	int code = bk_git.repository_index(&index, repository->git);

	if (code == 0)
		code = bk_git.index_read(index, 1);
	for (size_t i = 0; i < count && code == 0; i++) {
		git_index_entry entry = {.mode = updates[i].filemode, .path = updates[i].path};

		bk_git.index_remove(index, updates[i].path, 0); /* an older entry, whatever its kind */
		if (updates[i].action == GIT_TREE_UPDATE_REMOVE)
			continue;
		bk_git.oid_cpy(&entry.id, &updates[i].id);
		note_file(repository, &files[i], &entry);
		code = bk_git.index_add(index, &entry);
	}
	if (code == 0)
		code = bk_git.index_write(index);
	bk_git.index_free(index);
	return code;
}

int bk_index_update(const struct bk_repository *repository, const git_tree_update *updates, size_t count,
	const struct bk_save_file *files)
{
	int code;

	if (bk_git.repository_is_bare(repository->git))
		return BK_OK;
	for (int i = 0;; i++) {
		code = write_entries(repository, updates, count, files);
		if (code != GIT_ELOCKED || i == WAITS)
			break;
		nap();
	}
	if (code == 0)
		return BK_OK;
	if (code == GIT_ELOCKED)
		return bk_fail(BK_ELOCKED,
			"the revision is saved, but another git is at work on the index: when no git is "
			"running, "
			"remove '%s" BK_INDEX_LOCK "', then: git reset -q -- '%s'",
			bk_git.repository_path(repository->git), updates[0].path);
	return bk_fail(BK_EGIT,
		"the revision is saved, but git's index could not be brought up to date (%s): git reset -q "
		"-- '%s'",
		bk_git.error_last() ? bk_git.error_last()->message : "git refused", updates[0].path);
}

static bool is_entry(const git_index_entry *entry, const git_tree_update *update)
{
	return entry && entry->mode == (uint32_t)update->filemode &&
	       bk_git.oid_equal(&entry->id, &update->id);
}

int bk_index_catch_up(const struct bk_repository *repository, const git_tree_update *updates, size_t count,
	const struct bk_save_file *files)
{
	BK_VEC(git_tree_update) behind = BK_VEC_INIT;
	BK_VEC(struct bk_save_file) saved = BK_VEC_INIT;
	git_index *index = NULL;
	int code, status = BK_OK;

	if (bk_git.repository_is_bare(repository->git))
		return BK_OK;
	code = bk_git.repository_index(&index, repository->git);
	if (code == 0)
		code = bk_git.index_read(index, 0);
	if (code < 0)
		status = bk_git_fail(code, "reading the index of", repository->folder);
	for (size_t i = 0; status == BK_OK && i < count; i++) {
		struct stat about;
		git_tree_update *update;
		struct bk_save_file *file;

		if (is_entry(bk_git.index_get_bypath(index, updates[i].path, 0), &updates[i]) ||
			!stands(repository, &files[i], &about))
			continue;
		update = BK_VEC_PUSH(&behind);
		file = BK_VEC_PUSH(&saved);
		if (!update || !file) {
			status = bk_fail_memory();
			break;
		}
		*update = updates[i];
		*file = files[i];
	}
	bk_git.index_free(index);
	if (status == BK_OK && behind.len)
		status = bk_index_update(repository, behind.items, behind.len, saved.items);
	BK_VEC_RELEASE(&behind);
	BK_VEC_RELEASE(&saved);
	return status;
}

bool bk_repository_has_staged(const bk_repository *repository, const char *name)
{
	git_index *index = NULL;
	bool has = true;

	if (bk_git.repository_is_bare(repository->git))
		return has;
	if (bk_git.repository_index(&index, repository->git) == 0 && bk_git.index_read(index, 0) == 0)
		has = bk_git.index_get_bypath(index, name, 0) != NULL;
	bk_git.index_free(index);
	return has;
}
