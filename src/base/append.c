/*
 * Appending to a file that others append to as well: under flock(2), in one write, synced, with a way back.
 *
 *	|........old bytes........|new bytes|      undo: cut at size, or unlink the file when it was made here
 *	                          size
 */
#include "base/alloc.h"
#include "base/error.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define TRIES 100

struct bk_appending {
	char *path;
	int file;   /* -1: there was nothing to append */
	off_t size; /* before */
	bool made;  /* there was no file before */
};

static int sync_folder_of(const char *path)
{
	char *folder = bk_strdup(path);
	char *slash = folder ? strrchr(folder, '/') : NULL;
	int descriptor, status = BK_OK;

	if (!folder)
		return bk_fail_memory();
	if (slash)
		slash[slash == folder] = '\0';
	descriptor = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (descriptor < 0 || (fsync(descriptor) < 0 && errno != EINVAL))
		status = bk_fail_errno(errno, "syncing the folder of", path);
	if (descriptor >= 0)
		close(descriptor);
	bk_free(folder);
	return status;
}

/* Whether the file that is open here is still the one at path: not removed, nor replaced. */
static bool stands(const bk_appending *appending)
{
	struct stat open_one, there;

	return fstat(appending->file, &open_one) == 0 && lstat(appending->path, &there) == 0 &&
	       open_one.st_dev == there.st_dev && open_one.st_ino == there.st_ino;
}

static int open_locked(bk_appending *appending)
{
	const char *path = appending->path;
	struct bk_file_stamp before;
	struct stat about;
	int status = bk_file_stat(&before, path);

	if (status != BK_OK)
		return status;
	appending->file = open(
		path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0666);
	if (appending->file < 0 && errno == ELOOP)
		return bk_fail(BK_EIO, "appending to '%s': it is a symbolic link: remove it", path);
	if (appending->file < 0)
		return bk_fail_errno(errno, "appending to", path);
	if (flock(appending->file, LOCK_EX) < 0 || fstat(appending->file, &about) < 0)
		return bk_fail_errno(errno, "locking", path);
	if (!S_ISREG(about.st_mode))
		return bk_fail(BK_EIO, "appending to '%s': it is no regular file: move it away", path);
	appending->size = about.st_size;
	appending->made = !before.exists && about.st_size == 0;
	return BK_OK;
}

/* While one waits for the lock, its holder may take the file away, or git put another there: what is appended
 * to the old one would be lost. */
static int open_standing(bk_appending *appending)
{
	for (int tries = 0; tries < TRIES; tries++) {
		const int status = open_locked(appending);

		if (status < 0 || stands(appending))
			return status;
		close(appending->file);
		appending->file = -1;
		appending->made = false;
	}
	return bk_fail(BK_ECHANGED, "'%s' is replaced by others all the time: try again", appending->path);
}

/* What is appended so far goes again; error is why. */
static int cut_back(const bk_appending *appending, int error)
{
	if (ftruncate(appending->file, appending->size) < 0)
		return bk_fail(BK_EIO,
			"appending to '%s': %s, and its last line is torn: cut it at byte %lld",
			appending->path, strerror(error), (long long)appending->size);
	return bk_fail_errno(error, "appending to", appending->path);
}

static int write_synced(const bk_appending *appending, struct bk_str bytes)
{
	const ssize_t put = write(appending->file, bytes.ptr, bytes.len);

	if (put < 0)
		return bk_fail_errno(errno, "appending to", appending->path);
	if (put < (ssize_t)bytes.len)
		return cut_back(appending, ENOSPC);
	if (fsync(appending->file) < 0)
		return cut_back(appending, errno);
	return BK_OK;
}

static int append(bk_appending *appending, struct bk_str bytes)
{
	int status = open_standing(appending);

	if (status == BK_OK)
		status = write_synced(appending, bytes);
	if (status == BK_OK && appending->made) {
		status = sync_folder_of(appending->path);
		if (status < 0 && ftruncate(appending->file, 0) < 0)
			return bk_fail(BK_EIO,
				"'%s' is written, but neither its folder could be synced nor it be taken "
				"back: look at it",
				appending->path);
	}
	return status;
}

static int give_up(bk_appending *appending)
{
	const int failed = appending->file >= 0 ? close(appending->file) : 0;

	bk_free(appending->path);
	bk_free(appending);
	return failed;
}

int bk_appending_new(bk_appending **out, const char *path, struct bk_str bytes)
{
	bk_appending *appending = bk_calloc(1, sizeof *appending);
	int status;

	if (!appending)
		return bk_fail_memory();
	appending->file = -1;
	appending->path = bk_strdup(path);
	if (!appending->path)
		status = bk_fail_memory();
	else
		status = bytes.len ? append(appending, bytes) : BK_OK;
	if (status < 0) {
		/* A file that was made here and holds nothing is as good as none. */
		if (appending->file >= 0 && appending->made && stands(appending))
			unlink(path);
		give_up(appending);
		return status;
	}
	*out = appending;
	return BK_OK;
}

static int undo(const bk_appending *appending)
{
	if (ftruncate(appending->file, appending->size) < 0)
		return bk_fail(BK_EIO,
			"'%s' could not be brought back to what it was (%s): cut it at byte %lld",
			appending->path, strerror(errno), (long long)appending->size);
	if (appending->made && stands(appending) && unlink(appending->path) < 0)
		return bk_fail_errno(errno, "removing", appending->path);
	return fsync(appending->file) < 0 ? bk_fail_errno(errno, "syncing", appending->path) : BK_OK;
}

int bk_appending_free(bk_appending *appending, bool back)
{
	int status = BK_OK;

	if (!appending)
		return BK_OK;
	if (back && appending->file >= 0)
		status = undo(appending);
	/* All is synced by now: a close that fails has nothing left to lose. */
	give_up(appending);
	return status;
}

int bk_file_append(const char *path, struct bk_str bytes)
{
	bk_appending *appending;
	const int status = bk_appending_new(&appending, path, bytes);

	return status == BK_OK ? bk_appending_free(appending, false) : status;
}
