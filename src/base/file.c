/*
 * Reading files, telling whether they changed, appending to them, and paths.  Replacing whole is replace.c.
 */
#include "base/file.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/lease.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static struct bk_file_stamp stamp_of(const struct stat *about)
{
	return (struct bk_file_stamp){
		.device = about->st_dev,
		.inode = about->st_ino,
		.size = (uint64_t)about->st_size,
		.seconds = about->st_mtim.tv_sec,
		.nanoseconds = about->st_mtim.tv_nsec,
		.touched_seconds = about->st_ctim.tv_sec,
		.touched_nanoseconds = about->st_ctim.tv_nsec,
		.exists = true,
	};
}

static bool same_state(const struct bk_file_stamp *a, const struct bk_file_stamp *b)
{
	return a->exists == b->exists && a->device == b->device && a->inode == b->inode &&
	       a->size == b->size && a->seconds == b->seconds && a->nanoseconds == b->nanoseconds &&
	       a->touched_seconds == b->touched_seconds && a->touched_nanoseconds == b->touched_nanoseconds;
}

/* ---- Reading ------------------------------------------------------------------------------------- */

static int check_regular(const struct stat *about, const char *name)
{
	if (S_ISDIR(about->st_mode))
		return bk_fail(BK_EIO, "'%s' is a folder: name a file in it", name);
	if (!S_ISREG(about->st_mode))
		return bk_fail(BK_EIO, "'%s' is a device or a pipe, not a file", name);
	if ((uint64_t)about->st_size >= BK_FILE_LIMIT)
		return bk_fail(BK_ETOOBIG, "'%s' has %lld bytes: the limit is %zu", name,
			(long long)about->st_size, BK_FILE_LIMIT - 1);
	return BK_OK;
}

enum { READ_LEAST = 65536 }; /* bytes that there is room for, and is some left of behind the last */

int bk_file_read_descriptor(struct bk_buf *out, int descriptor, const char *name)
{
	const size_t before = out->len;
	int status = BK_OK;

	for (;;) {
		ssize_t got;

		bk_buf_reserve(out, READ_LEAST);
		if (out->failed)
			break;
		got = read(descriptor, out->bytes + out->len, out->cap - out->len - 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			status = bk_fail_errno(errno, "reading", name);
		if (got <= 0)
			break;
		out->len += (size_t)got;
		out->bytes[out->len] = '\0';
		if (out->len - before >= BK_FILE_LIMIT) {
			status = bk_fail(BK_ETOOBIG, "'%s' is too long: the limit is %zu bytes", name,
				BK_FILE_LIMIT - 1);
			break;
		}
	}
	if (status == BK_OK)
		status = bk_buf_status(out);
	if (status != BK_OK && out->len > before)
		bk_buf_remove(out, before, out->len - before);
	return status;
}

enum how { READ_PLAIN = 1, READ_ONCE = 2 }; /* as the functions that are called so */

/* A file that is being written meanwhile is read again, some times. */
static int read_copied(
	struct bk_file_bytes *out, int descriptor, struct stat *about, unsigned how, const char *path)
{
	struct bk_file_stamp before;
	struct bk_buf bytes = BK_BUF_INIT;
	size_t len = 0;
	int status;

	for (int tries = 0; tries < 5; tries++) {
		before = stamp_of(about);
		bk_buf_clear(&bytes);
		bk_buf_reserve(&bytes, (size_t)about->st_size + READ_LEAST);
		if (lseek(descriptor, 0, SEEK_SET) < 0)
			status = bk_fail_errno(errno, "reading", path);
		else
			status = bk_file_read_descriptor(&bytes, descriptor, path);
		if (status != BK_OK || fstat(descriptor, about) < 0)
			break;
		out->stamp = stamp_of(about);
		if (same_state(&before, &out->stamp))
			break;
	}
	if (status == BK_OK) {
		if (!(how & READ_ONCE))
			out->stamp.hash = bk_hash(bk_buf_string(&bytes), bytes.len);
		out->str.ptr = bk_buf_detach(&bytes, &len);
		out->str.len = len;
		out->map = NULL;
		status = out->str.ptr ? BK_OK : bk_fail_memory();
	}
	bk_buf_release(&bytes);
	return status;
}

/* Mapped under a lease; where none is to be had the file is read, since others could change what is mapped. */
static int read_large(
	struct bk_file_bytes *out, int descriptor, struct stat *about, unsigned how, const char *path)
{
	bk_lease *lease = bk_lease_new(descriptor);
	int status = BK_OK;
	void *map;

	if (!lease)
		return read_copied(out, descriptor, about, how, path);
	if (fstat(descriptor, about) < 0)
		status = bk_fail_errno(errno, "reading", path);
	else
		status = check_regular(about, path);
	if (status == BK_OK && (size_t)about->st_size < BK_FILE_MAPPED) {
		bk_lease_free(lease);
		return read_copied(out, descriptor, about, how, path);
	}
	map = status == BK_OK ? mmap(NULL, (size_t)about->st_size, PROT_READ, MAP_PRIVATE, descriptor, 0)
			      : MAP_FAILED;
	if (status == BK_OK && map == MAP_FAILED)
		status = bk_fail_errno(errno, "mapping", path);
	if (status != BK_OK) {
		bk_lease_free(lease);
		return status;
	}
	bk_lease_cover(lease, map, (size_t)about->st_size);
	*out = (struct bk_file_bytes){
		.str = {map, (size_t)about->st_size}, .map = map, .lease = lease, .stamp = stamp_of(about)};
	return BK_OK;
}

static int read_opened(struct bk_file_bytes *out, unsigned how, const char *path)
{
	const int follow = how & READ_PLAIN ? O_NOFOLLOW : 0;
	const int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | follow);
	struct bk_file_bytes bytes = {.str = BK_STR("")};
	struct stat about;
	int status;

	if (descriptor < 0 && errno == ELOOP && how & READ_PLAIN)
		return bk_fail(BK_EIO,
			"reading '%s': it is a symbolic link, which is not followed: put the file itself "
			"there",
			path);
	if (descriptor < 0)
		return bk_fail_errno(errno, "reading", path);
	if (fstat(descriptor, &about) < 0)
		status = bk_fail_errno(errno, "reading", path);
	else
		status = check_regular(&about, path);
	if (status == BK_OK && (size_t)about.st_size >= BK_FILE_MAPPED)
		status = read_large(&bytes, descriptor, &about, how, path);
	else if (status == BK_OK)
		status = read_copied(&bytes, descriptor, &about, how, path);
	close(descriptor);
	if (status == BK_OK)
		*out = bytes;
	return status;
}

int bk_file_read(struct bk_file_bytes *out, const char *path)
{
	return read_opened(out, 0, path);
}

int bk_file_read_once(struct bk_file_bytes *out, const char *path)
{
	return read_opened(out, READ_ONCE, path);
}

int bk_file_read_plain(struct bk_file_bytes *out, const char *path)
{
	return read_opened(out, READ_PLAIN, path);
}

void bk_file_release(struct bk_file_bytes *bytes)
{
	bk_lease_free(bytes->lease);
	if (bytes->map)
		munmap(bytes->map, bytes->str.len);
	else if (bytes->stamp.exists)
		bk_free((char *)bytes->str.ptr);
	*bytes = (struct bk_file_bytes){.str = BK_STR("")};
}

/* ---- Stamps -------------------------------------------------------------------------------------- */

int bk_file_stat(struct bk_file_stamp *out, const char *path)
{
	struct stat about;

	if (stat(path, &about) == 0)
		*out = stamp_of(&about);
	else if (errno == ENOENT || errno == ENOTDIR)
		*out = (struct bk_file_stamp){.exists = false};
	else
		return bk_fail_errno(errno, "looking at", path);
	return BK_OK;
}

static int hash_of(const char *path, uint64_t *hash)
{
	struct bk_file_bytes bytes;
	const int status = bk_file_read_once(&bytes, path);

	if (status != BK_OK)
		return status;
	*hash = bk_hash(bytes.str.ptr, bytes.str.len);
	bk_file_release(&bytes);
	return BK_OK;
}

int bk_file_changed(const struct bk_file_stamp *stamp, const char *path, bool *changed)
{
	struct bk_file_stamp now = {0};
	uint64_t hash = 0;
	int status = bk_file_stat(&now, path);

	if (status != BK_OK)
		return status;
	if (!stamp->exists && !now.exists) {
		*changed = false;
	} else if (same_state(stamp, &now)) {
		*changed = false;
	} else if (!stamp->exists || !now.exists || stamp->size != now.size || !stamp->hash) {
		*changed = true;
	} else {
		status = hash_of(path, &hash);
		if (status == BK_OK)
			*changed = hash != stamp->hash;
	}
	return status;
}

/* ---- Paths ----------------------------------------------------------------------------------------- */

int bk_file_make_folders(const char *path)
{
	char *part = bk_strdup(path);
	int status = BK_OK;

	if (!part)
		return bk_fail_memory();
	for (char *slash = part + 1; slash && *part && status == BK_OK; slash++) {
		slash = strchr(slash, '/');
		if (slash)
			*slash = '\0';
		if (mkdir(part, 0700) < 0 && errno != EEXIST)
			status = bk_fail_errno(errno, "making the folder", part);
		if (!slash)
			break;
		*slash = '/';
	}
	bk_free(part);
	return status;
}

int bk_file_real_path(char **out, const char *path)
{
	char resolved[PATH_MAX], *folder;
	const char *slash = strrchr(path, '/');
	const char *last = slash ? slash + 1 : path;
	struct bk_buf joined = BK_BUF_INIT;

	if (realpath(path, resolved)) {
		*out = bk_strdup(resolved);
		return *out ? BK_OK : bk_fail_memory();
	}
	if (errno != ENOENT || !*last)
		return bk_fail_errno(errno, "finding", path);
	folder = slash ? bk_memdup(path, slash == path ? 1 : (size_t)(slash - path)) : bk_strdup(".");
	if (!folder)
		return bk_fail_memory();
	if (!realpath(folder, resolved)) {
		const int status = bk_fail_errno(errno, "finding the folder", folder);

		bk_free(folder);
		return status;
	}
	bk_free(folder);
	bk_buf_printf(&joined, "%s%s%s", resolved, resolved[1] ? "/" : "", last);
	folder = bk_buf_detach(&joined, NULL);
	if (!folder) {
		bk_buf_release(&joined);
		return bk_fail_memory();
	}
	*out = folder;
	return BK_OK;
}

/* Where a file would be made that is not there: behind the link that dangles, if one does. */
static int find_place(char **out, const char *path)
{
	char target[PATH_MAX];
	const char *slash = strrchr(path, '/');
	const ssize_t len = readlink(path, target, sizeof target - 1);
	struct bk_buf joined = BK_BUF_INIT;
	int status;

	if (len <= 0)
		return bk_file_real_path(out, path);
	target[len] = '\0';
	if (target[0] != '/' && slash)
		bk_buf_put(&joined, path, (size_t)(slash + 1 - path));
	bk_buf_puts(&joined, target);
	status = bk_buf_status(&joined);
	if (status == BK_OK)
		status = bk_file_real_path(out, bk_buf_string(&joined));
	bk_buf_release(&joined);
	return status;
}

bool bk_file_is_same(const char *a, const char *b)
{
	struct stat about_a, about_b;
	const bool there_a = stat(a, &about_a) == 0, there_b = stat(b, &about_b) == 0;
	char *place_a = NULL, *place_b = NULL;
	bool same;

	if (there_a && there_b)
		return about_a.st_dev == about_b.st_dev && about_a.st_ino == about_b.st_ino;
	if (there_a != there_b)
		return false;
	same = strcmp(a, b) == 0 || (find_place(&place_a, a) == BK_OK && find_place(&place_b, b) == BK_OK &&
					    strcmp(place_a, place_b) == 0);
	bk_free(place_a);
	bk_free(place_b);
	return same;
}
