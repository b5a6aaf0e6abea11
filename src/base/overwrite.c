/*
 * Writing into a file in place, behind a synced copy of what it held.
 *
 *	NAME               -> copied to NAME.before-save, synced, its folder synced
 *	NAME  written, cut, synced; then the copy is removed
 *
 * A process killed half-way leaves NAME torn, and the copy whole beside it.
 */
#include "base/error.h"
#include "base/hash.h"
#include "base/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define SUFFIX ".before-save"

/* All of the new bytes, before anything is touched: the source may read the very file. */
static int gather(const struct bk_file_source *source, struct bk_buf *out)
{
	struct bk_str chunk = BK_STR("");
	int status;

	while ((status = source->next(source->context, &chunk)) == BK_OK && chunk.len)
		bk_buf_put_str(out, chunk);
	return status == BK_OK ? bk_buf_status(out) : status;
}

static int make_copy(const bk_replacing *r, const char *copy, struct bk_str bytes)
{
	const int file = openat(r->folder, copy, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	int status;

	if (file < 0 && errno == EEXIST)
		return bk_fail(BK_EIO,
			"saving '%s' in place: '%s' of an earlier save is beside it: look at it, then remove "
			"it",
			r->path, copy);
	if (file < 0)
		return bk_fail_errno(errno, "copying the old bytes before saving", r->path);
	status = bk_replace_write_all(file, bytes, copy);
	if (status == BK_OK && fsync(file) < 0)
		status = bk_fail_errno(errno, "syncing", copy);
	if (close(file) < 0 && status == BK_OK)
		status = bk_fail_errno(errno, "closing", copy);
	if (status == BK_OK && fsync(r->folder) < 0 && errno != EINVAL)
		status = bk_fail_errno(errno, "syncing the folder of", copy);
	if (status != BK_OK)
		unlinkat(r->folder, copy, 0);
	return status;
}

static int fill(int file, struct bk_str bytes, const char *path)
{
	int status = lseek(file, 0, SEEK_SET) < 0 ? bk_fail_errno(errno, "writing", path) : BK_OK;

	if (status == BK_OK)
		status = bk_replace_write_all(file, bytes, path);
	if (status == BK_OK && ftruncate(file, (off_t)bytes.len) < 0)
		status = bk_fail_errno(errno, "writing", path);
	if (status == BK_OK && fsync(file) < 0)
		status = bk_fail_errno(errno, "syncing", path);
	return status;
}

/* Open for writing the very file that was looked at; *lifted when it was read-only and ours to open. */
static int open_same(const bk_replacing *r, int *file, bool *lifted)
{
	const int options = O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
	struct stat about;

	*lifted = false;
	*file = openat(r->folder, r->name, options);
	if (*file < 0 && errno == EACCES && fchmod(r->old, (r->about.st_mode & 07777) | S_IWUSR) == 0) {
		*lifted = true;
		*file = openat(r->folder, r->name, options);
	}
	if (*file < 0)
		return bk_fail_errno(errno, "writing into", r->path);
	if (fstat(*file, &about) < 0 || about.st_ino != r->about.st_ino || about.st_dev != r->about.st_dev)
		return bk_fail(
			BK_ECHANGED, "'%s' was replaced by somebody else meanwhile: save again", r->path);
	return BK_OK;
}

/* The new bytes, or the old ones again; *whole tells that the file holds one or the other. */
static int overwrite(bk_replacing *r, const char *copy, bool *whole)
{
	bool lifted;
	int file, status = open_same(r, &file, &lifted);

	*whole = true;
	if (status == BK_OK) {
		status = fill(file, bk_buf_str(&r->bytes), r->path);
		r->placed = status == BK_OK;
		if (status != BK_OK) {
			char why[BK_ERROR_MESSAGE];

			bk_error_keep(why);
			*whole = fill(file, bk_buf_str(&r->before), r->path) == BK_OK;
			if (*whole)
				bk_fail(status, "%s", why);
			else
				bk_fail(status, "%s; the old bytes are whole in '%s' beside it", why, copy);
		}
	}
	if (lifted && fchmod(r->old, r->about.st_mode & 07777) < 0 && status == BK_OK)
		status = bk_fail_errno(errno, "setting the mode of", r->path);
	if (file >= 0 && close(file) < 0 && status == BK_OK)
		status = bk_fail_errno(errno, "closing", r->path);
	return status;
}

int bk_replace_gather(bk_replacing *r, const struct bk_file_source *source)
{
	int status;

	if ((size_t)r->about.st_size >= BK_FILE_MAPPED)
		return bk_fail(
			BK_ETOOBIG, "'%s' is too large to be written in place: save elsewhere", r->path);
	status = gather(source, &r->bytes);
	if (status == BK_OK)
		status = bk_file_read_descriptor(&r->before, r->old, r->path);
	r->hash = bk_hash(bk_buf_string(&r->bytes), r->bytes.len);
	r->size = r->bytes.len;
	r->inode = r->about.st_ino;
	return status;
}

int bk_replace_in_place(bk_replacing *r)
{
	struct bk_buf copy = BK_BUF_INIT;
	bool whole = true;
	int status;

	bk_buf_printf(&copy, "%s" SUFFIX, r->name);
	status = bk_buf_status(&copy);
	if (status == BK_OK)
		status = make_copy(r, copy.bytes, bk_buf_str(&r->before));
	if (status == BK_OK) {
		status = overwrite(r, copy.bytes, &whole);
		if (whole)
			unlinkat(r->folder, copy.bytes, 0);
	}
	bk_buf_release(&copy);
	return status;
}
