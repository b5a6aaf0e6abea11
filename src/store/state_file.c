/* Opening files of our own, with distrust. */
#include "store/state_file.h"
#include "base/alloc.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int check_folder(const char *folder)
{
	struct stat info;

	if (lstat(folder, &info) < 0)
		return bk_fail_errno(errno, "could not look at", folder);
	if (!S_ISDIR(info.st_mode) || info.st_uid != geteuid() || info.st_mode & 077)
		return bk_fail(BK_EIO,
			"cannot trust '%s': it must be a folder of yours that nobody else may enter "
			"(chmod 700)",
			folder);
	return BK_OK;
}

/* Long names are cut: the hash tells drafts apart, the name is for people. */
static void put_name(struct bk_buf *out, const char *kind, const char *path)
{
	const char *slash = strrchr(path, '/');

	bk_buf_printf(out, "/%016" PRIx64 "-%.100s.%s", bk_hash(path, strlen(path)), slash ? slash + 1 : path,
		kind);
}

int bk_state_file_name(char **out, const char *state, const char *kind, const char *path)
{
	struct bk_buf name = BK_BUF_INIT;
	int status;

	bk_buf_printf(&name, "%s/%s", state, kind);
	status = bk_buf_status(&name);
	if (status == BK_OK)
		status = bk_file_make_folders(bk_buf_string(&name));
	if (status == BK_OK)
		status = check_folder(bk_buf_string(&name));
	put_name(&name, kind, path);
	if (status == BK_OK)
		status = bk_buf_status(&name);
	if (status == BK_OK)
		*out = bk_buf_detach(&name, NULL);
	bk_buf_release(&name);
	return status;
}

bool bk_state_file_exists(const char *state, const char *kind, const char *path)
{
	struct bk_buf name = BK_BUF_INIT;
	struct stat info;
	bool exists;

	bk_buf_printf(&name, "%s/%s", state, kind);
	put_name(&name, kind, path);
	exists = name.failed || lstat(bk_buf_string(&name), &info) == 0 || errno != ENOENT;
	bk_buf_release(&name);
	return exists;
}

int bk_state_file_open(int *out, const char *name)
{
	const int flags = O_RDWR | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
	struct stat info;
	int descriptor = open(name, flags | O_CREAT | O_EXCL, 0600);

	if (descriptor < 0 && errno == EEXIST)
		descriptor = open(name, flags);
	if (descriptor < 0)
		return bk_fail_errno(errno, "could not open", name);
	if (fstat(descriptor, &info) < 0 || !S_ISREG(info.st_mode) || info.st_uid != geteuid() ||
		info.st_mode & 077 || info.st_nlink != 1) {
		close(descriptor);
		return bk_fail(BK_EIO,
			"cannot trust '%s': it must be a file of yours alone (mode 600, one name): move it "
			"away",
			name);
	}
	*out = descriptor;
	return BK_OK;
}

int bk_state_file_sync_name(const char *name)
{
	const char *slash = strrchr(name, '/');
	char *folder = slash ? bk_memdup(name, (size_t)(slash - name)) : bk_strdup(".");
	int descriptor, failed;

	if (!folder)
		return -1;
	descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	failed = descriptor < 0 || (fsync(descriptor) < 0 && errno != EINVAL);
	if (descriptor >= 0)
		close(descriptor);
	bk_free(folder);
	return failed ? -1 : 0;
}
