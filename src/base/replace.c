/*
 * Replacing a file whole or not at all, in two halves.
 *
 *	folder/.bracked-...        new bytes, owner, mode, attributes, synced
 *	        |                  begun: NAME is as it was; the caller may do what must come first
 *	        | rename
 *	folder/NAME                old bytes until here, new bytes from here on
 *	        | sync of the folder
 *	        done: only now is it called saved
 *
 * A process killed anywhere leaves the old or the new file whole, at worst with the temporary file beside it,
 * which a later save in that folder takes away (sweep.c).
 * Writing in place, for files that must stay the same inode, is in overwrite.c.
 */
#include "base/replace.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

/* ---- Where to ---------------------------------------------------------------------------------------- */

/* The path that is replaced: that of a link's target when path is a symbolic link. */
static int follow_once(const char *path, char **out)
{
	char target[PATH_MAX];
	const char *slash = strrchr(path, '/');
	struct bk_buf joined = BK_BUF_INIT;
	struct stat about;
	ssize_t len = readlink(path, target, sizeof target - 1);

	if (len < 0)
		len = 0;
	target[len] = '\0';
	if (len > 0 && target[0] != '/' && slash)
		bk_buf_put(&joined, path, (size_t)(slash + 1 - path));
	bk_buf_puts(&joined, len > 0 ? target : path);
	*out = bk_buf_detach(&joined, NULL);
	if (!*out) {
		bk_buf_release(&joined);
		return bk_fail_memory();
	}
	if (len > 0 && lstat(*out, &about) == 0 && S_ISLNK(about.st_mode)) {
		bk_free(*out);
		*out = NULL;
		return bk_fail(
			BK_EIO, "saving '%s': a link to a link is not followed: name the file itself", path);
	}
	return BK_OK;
}

static int open_folder(bk_replacing *r)
{
	char *slash = strrchr(r->target, '/');

	r->name = slash ? slash + 1 : r->target;
	if (!*r->name || strcmp(r->name, ".") == 0 || strcmp(r->name, "..") == 0)
		return bk_fail(BK_EIO, "saving '%s': it is a folder: name a file in it", r->path);
	if (slash == r->target)
		r->folder = open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	else if (slash) {
		*slash = '\0';
		r->folder = open(r->target, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		*slash = '/';
	} else
		r->folder = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return r->folder < 0 ? bk_fail_errno(errno, "opening the folder of", r->path) : BK_OK;
}

/* ---- What is there ----------------------------------------------------------------------------------- */

static int look(bk_replacing *r)
{
	if (fstatat(r->folder, r->name, &r->about, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? BK_OK : bk_fail_errno(errno, "looking at", r->path);
	if (!S_ISREG(r->about.st_mode))
		return bk_fail(BK_EIO, "saving '%s': it is no regular file: name one that is", r->path);
	r->exists = true;
	r->old = openat(r->folder, r->name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	return r->old < 0 ? bk_fail_errno(errno, "opening", r->path) : BK_OK;
}

static int compare(const bk_replacing *r, const struct bk_file_stamp *expected)
{
	bool changed = false;
	const int status = bk_file_changed(expected, r->target, &changed);

	if (status != BK_OK || !changed)
		return status;
	if (!r->exists)
		return bk_fail(
			BK_ECHANGED, "'%s' is gone since it was read: put it back, and begin again", r->path);
	if (!expected->exists)
		return bk_fail(BK_ECHANGED,
			"'%s' was made by somebody else meanwhile: begin again with what it holds now",
			r->path);
	return bk_fail(BK_ECHANGED,
		"'%s' was changed by somebody else since it was read: begin again with what it holds now",
		r->path);
}

/* Files that must be asked about: what replacing them would undo. */
static int ask(const bk_replacing *r)
{
	const char *why = NULL;

	if (r->about.st_nlink > 1)
		why = "has several hard links: part it from them";
	else if (r->about.st_uid != geteuid())
		why = "belongs to somebody else: let them write it";
	else if (!(r->about.st_mode & S_IWUSR) || faccessat(r->folder, r->name, W_OK, AT_EACCESS) < 0)
		why = "is read-only: make it writable";
	return why ? bk_fail(BK_EEXISTS, "'%s' %s, or change a copy", r->path, why) : BK_OK;
}

/* ---- The temporary file ------------------------------------------------------------------------------- */

static int open_temporary(bk_replacing *r)
{
	/* The kernel takes the umask and the folder's default ACL into account for a new file. */
	const mode_t mode = r->exists || (r->flags & BK_REPLACE_PRIVATE) ? 0600 : 0666;

	for (int tries = 0; tries < 16; tries++) {
		if (bk_temporary_name(r->temporary) < 0)
			return bk_fail_errno(errno, "drawing a name for", r->path);
		r->file = openat(
			r->folder, r->temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
		if (r->file >= 0 || errno != EEXIST)
			break;
	}
	if (r->file >= 0)
		return BK_OK;
	r->temporary[0] = '\0';
	return bk_fail_errno(errno, "making a file beside", r->path);
}

int bk_replace_write_all(int file, struct bk_str bytes, const char *path)
{
	while (bytes.len) {
		const ssize_t put = write(file, bytes.ptr, bytes.len);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return bk_fail_errno(errno, "writing", path);
		if (put == 0)
			return bk_fail_errno(ENOSPC, "writing", path);
		bytes = bk_str_skip(bytes, (size_t)put);
	}
	return BK_OK;
}

/* Write what source gives, and take its hash on the way. */
static int write_source(bk_replacing *r, const struct bk_file_source *source)
{
	struct bk_hash_stream *hash = bk_hash_begin();
	struct bk_str chunk = BK_STR("");
	int status = hash ? BK_OK : bk_fail_memory();

	while (status == BK_OK) {
		status = source->next(source->context, &chunk);
		if (status != BK_OK || chunk.len == 0)
			break;
		bk_hash_add(hash, chunk.ptr, chunk.len);
		r->size += chunk.len;
		status = bk_replace_write_all(r->file, chunk, r->path);
	}
	r->hash = bk_hash_end(hash);
	return status;
}

/* The attributes that only the system sets; where they cannot be carried over nothing of the user's is lost. */
static bool is_systems_own(const char *name)
{
	return strncmp(name, "security.", 9) == 0 || strncmp(name, "trusted.", 8) == 0;
}

static int copy_attribute(const bk_replacing *r, const char *name)
{
	const ssize_t size = fgetxattr(r->old, name, NULL, 0);
	char *value = size < 0 ? NULL : bk_malloc((size_t)size);
	ssize_t got;
	int status = BK_OK;

	if (size < 0)
		return errno == ENODATA || is_systems_own(name)
			       ? BK_OK
			       : bk_fail_errno(errno, "reading attributes of", r->path);
	if (!value)
		return bk_fail_memory();
	got = fgetxattr(r->old, name, value, (size_t)size);
	if ((got < 0 || fsetxattr(r->file, name, value, (size_t)got, 0) < 0) && !is_systems_own(name))
		status = bk_fail(BK_EEXISTS,
			"the attribute %s of '%s' cannot be kept (%s): remove it, or change a copy", name,
			r->path, strerror(errno));
	bk_free(value);
	return status;
}

/* ACLs are extended attributes too. */
static int copy_attributes(const bk_replacing *r)
{
	const ssize_t size = flistxattr(r->old, NULL, 0);
	char *names;
	ssize_t got;
	int status = BK_OK;

	if (size <= 0)
		return BK_OK; /* none, or a file system without any */
	names = bk_malloc((size_t)size);
	if (!names)
		return bk_fail_memory();
	got = flistxattr(r->old, names, (size_t)size);
	for (ssize_t at = 0; at < got && status == BK_OK; at += (ssize_t)strlen(names + at) + 1)
		status = copy_attribute(r, names + at);
	bk_free(names);
	return status;
}

/* The owner before the mode, for a change of owner clears bits; attributes last, for the mode alters ACLs. */
static int copy_rights(const bk_replacing *r)
{
	struct stat made;

	if (fstat(r->file, &made) < 0)
		return bk_fail_errno(errno, "looking at the new file for", r->path);
	if ((made.st_uid != r->about.st_uid || made.st_gid != r->about.st_gid) &&
		fchown(r->file, r->about.st_uid, r->about.st_gid) < 0)
		return bk_fail(BK_EEXISTS,
			"owner and group of '%s' cannot be kept (%s): let its owner write it, or change a "
			"copy",
			r->path, strerror(errno));
	if (fchmod(r->file, r->about.st_mode & 07777) < 0)
		return bk_fail_errno(errno, "setting the mode of the new", r->path);
	return copy_attributes(r);
}

static int finish_temporary(bk_replacing *r)
{
	struct stat made;
	int status = BK_OK;

	if (fsync(r->file) < 0)
		status = bk_fail_errno(errno, "syncing", r->path);
	else if (fstat(r->file, &made) < 0)
		status = bk_fail_errno(errno, "looking at the new file for", r->path);
	else
		r->inode = made.st_ino;
	if (close(r->file) < 0 && status == BK_OK)
		status = bk_fail_errno(errno, "closing", r->path);
	r->file = -1;
	return status;
}

/* ---- The rename ---------------------------------------------------------------------------------------- */

/* Between the comparison and now somebody may have written: look once more, without reading. */
static int look_again(const bk_replacing *r)
{
	struct stat now;

	if (fstatat(r->folder, r->name, &now, AT_SYMLINK_NOFOLLOW) < 0) {
		if (errno != ENOENT)
			return bk_fail_errno(errno, "looking at", r->path);
		return r->exists ? bk_fail(BK_ECHANGED, "'%s' is gone meanwhile: save again", r->path)
				 : BK_OK;
	}
	if (r->exists && now.st_ino == r->about.st_ino && now.st_size == r->about.st_size &&
		now.st_mtim.tv_sec == r->about.st_mtim.tv_sec &&
		now.st_mtim.tv_nsec == r->about.st_mtim.tv_nsec)
		return BK_OK;
	return bk_fail(BK_ECHANGED,
		"'%s' was changed by somebody else meanwhile: begin again with what it holds now", r->path);
}

static int put_in_place(bk_replacing *r)
{
	const unsigned flags = r->exists ? 0 : RENAME_NOREPLACE;
	int failed = renameat2(r->folder, r->temporary, r->folder, r->name, flags);

	if (failed && flags && (errno == EINVAL || errno == ENOSYS))
		failed = renameat(r->folder, r->temporary, r->folder, r->name);
	if (failed && errno == EEXIST)
		return bk_fail(BK_ECHANGED,
			"'%s' was made by somebody else meanwhile: begin again with what it holds now",
			r->path);
	if (failed)
		return bk_fail_errno(errno, "replacing", r->path);
	r->temporary[0] = '\0';
	r->placed = true;
	if (fsync(r->folder) < 0 && errno != EINVAL)
		return bk_fail(BK_EIO,
			"'%s' is written, but its folder could not be synced (%s), so that a power cut may "
			"still take it back: save again",
			r->path, strerror(errno));
	return BK_OK;
}

static int make_temporary(bk_replacing *r, const struct bk_file_source *source)
{
	int status = r->exists ? ask(r) : BK_OK;

	if (status == BK_OK)
		status = open_temporary(r);
	if (status == BK_OK)
		status = write_source(r, source);
	if (status == BK_OK && r->exists)
		status = copy_rights(r);
	return status == BK_OK ? finish_temporary(r) : status;
}

/*
 * The stamp of what is there now.  The file is saved by now, so nothing here may fail: where it
 * cannot be looked at, or was replaced again already, size and hash alone tell whether it is
 * ours when it is next compared.
 */
static void stamp_new(const bk_replacing *r, struct bk_file_stamp *stamp)
{
	struct bk_file_stamp now = {.exists = false};

	if (bk_file_stat(&now, r->target) != BK_OK || !now.exists || now.inode != r->inode)
		now = (struct bk_file_stamp){.size = r->size, .exists = true};
	now.hash = r->hash;
	*stamp = now;
}

/* ---- All of it ----------------------------------------------------------------------------------------- */

static bool is_in_place(const bk_replacing *r)
{
	return r->exists && (r->flags & BK_REPLACE_IN_PLACE);
}

/* Find what path names, and whether it is as expected. */
static int find(bk_replacing *r, const struct bk_file_stamp *expected)
{
	int status = follow_once(r->path, &r->target);

	if (status == BK_OK)
		status = open_folder(r);
	if (status == BK_OK)
		status = look(r);
	if (status == BK_OK && expected && !(r->flags & BK_REPLACE_FORCE))
		status = compare(r, expected);
	return status;
}

static int begin(bk_replacing *r, const struct bk_file_source *source, const struct bk_file_stamp *expected)
{
	const int status = find(r, expected);

	if (status != BK_OK)
		return status;
	return is_in_place(r) ? bk_replace_gather(r, source) : make_temporary(r, source);
}

static bk_replacing *make(const char *path, unsigned flags)
{
	bk_replacing *r = bk_calloc(1, sizeof *r);

	if (r) {
		r->flags = flags;
		r->folder = r->old = r->file = -1;
		r->path = bk_strdup(path);
	}
	if (r && r->path)
		return r;
	bk_free(r);
	bk_fail_memory();
	return NULL;
}

int bk_file_may_replace(const char *path, const struct bk_file_stamp *expected)
{
	bk_replacing *r = make(path, 0);
	int status = r ? find(r, expected) : BK_ENOMEM;

	if (status == BK_OK && r->exists)
		status = ask(r);
	if (status == BK_OK && faccessat(r->folder, ".", W_OK | X_OK, AT_EACCESS) < 0)
		status = bk_fail_errno(errno, "making a file beside", path);
	bk_replacing_free(r);
	return status;
}

int bk_replacing_new(bk_replacing **out, const char *path, const struct bk_file_source *source,
	const struct bk_file_stamp *expected, unsigned flags)
{
	bk_replacing *r = make(path, flags);
	const int status = r ? begin(r, source, expected) : BK_ENOMEM;

	if (status < 0) {
		bk_replacing_free(r);
		return status;
	}
	*out = r;
	return BK_OK;
}

uint64_t bk_replacing_hash(const bk_replacing *r)
{
	return r->hash;
}

int bk_replacing_finish(bk_replacing *r, struct bk_file_stamp *stamp)
{
	int status = BK_OK;

	if (is_in_place(r)) {
		status = bk_replace_in_place(r);
	} else {
		if (!(r->flags & BK_REPLACE_FORCE))
			status = look_again(r);
		if (status == BK_OK)
			status = put_in_place(r);
	}
	if (r->placed && stamp)
		stamp_new(r, stamp);
	if (r->placed)
		bk_temporary_sweep(r->folder);
	return status;
}

void bk_replacing_free(bk_replacing *r)
{
	if (!r)
		return;
	if (r->file >= 0)
		close(r->file);
	if (r->temporary[0])
		unlinkat(r->folder, r->temporary, 0);
	if (r->old >= 0)
		close(r->old);
	if (r->folder >= 0)
		close(r->folder);
	bk_buf_release(&r->bytes);
	bk_buf_release(&r->before);
	bk_free(r->target);
	bk_free(r->path);
	bk_free(r);
}

int bk_file_replace(const char *path, const struct bk_file_source *source,
	const struct bk_file_stamp *expected, unsigned flags, struct bk_file_stamp *stamp)
{
	bk_replacing *r;
	int status = bk_replacing_new(&r, path, source, expected, flags);

	if (status < 0)
		return status;
	status = bk_replacing_finish(r, stamp);
	bk_replacing_free(r);
	return status;
}

static int next_of_one(void *context, struct bk_str *chunk)
{
	struct bk_str *rest = context;

	*chunk = *rest;
	*rest = BK_STR("");
	return BK_OK;
}

int bk_replacing_new_bytes(bk_replacing **out, const char *path, struct bk_str bytes,
	const struct bk_file_stamp *expected, unsigned flags)
{
	const struct bk_file_source source = {.next = next_of_one, .context = &bytes};

	return bk_replacing_new(out, path, &source, expected, flags);
}

int bk_file_replace_bytes(const char *path, struct bk_str bytes, const struct bk_file_stamp *expected,
	unsigned flags, struct bk_file_stamp *stamp)
{
	const struct bk_file_source source = {.next = next_of_one, .context = &bytes};

	return bk_file_replace(path, &source, expected, flags, stamp);
}
