/*
 * Locks: one process edits a draft at a time.
 *
 *	locks/HASH-NAME.locks     held by flock(2), which the kernel gives up when the process ends
 *	                          holds "host\nuser\nprocess\nseconds\n"; emptied on release
 *
 * When flock is free but the file names a process of another host, that host may see another kernel's locks
 * (a shared home): the draft counts as open until that host gives it up, or its file is removed by hand.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "store/state_file.h"

#include <bracked/store.h>
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

struct bk_lock {
	int descriptor;
};

static void fill_host(char host[256])
{
	if (gethostname(host, 256) < 0)
		snprintf(host, 256, "unknown");
	host[255] = '\0';
}

static void fill_user(char user[64])
{
	struct passwd entry, *found = NULL;
	char buffer[4096];

	if (getpwuid_r(geteuid(), &entry, buffer, sizeof buffer, &found) == 0 && found)
		snprintf(user, 64, "%.63s", found->pw_name);
	else
		snprintf(user, 64, "user %ld", (long)geteuid());
}

/* What the file says; false when it says nothing that can be read. */
static bool read_owner(int descriptor, struct bk_lock_owner *owner)
{
	char bytes[512];
	const ssize_t len = pread(descriptor, bytes, sizeof bytes - 1, 0);
	long long since;

	*owner = (struct bk_lock_owner){0};
	if (len <= 0)
		return false;
	bytes[len] = '\0';
	if (sscanf(bytes, "%255[^\n]\n%63[^\n]\n%ld\n%lld\n", owner->host, owner->user, &owner->process,
		    &since) != 4)
		return false;
	owner->since = since;
	return true;
}

/* On a full disk the lock holds without a name: nobody here can take it, though nobody is told whose it is. */
static int write_owner(int descriptor)
{
	struct bk_lock_owner self = {.process = (long)getpid(), .since = (int64_t)time(NULL)};
	char bytes[512];
	int len;

	fill_host(self.host);
	fill_user(self.user);
	len = snprintf(bytes, sizeof bytes, "%s\n%s\n%ld\n%lld\n", self.host, self.user, self.process,
		(long long)self.since);
	if (ftruncate(descriptor, 0) == 0) {
		const ssize_t written = pwrite(descriptor, bytes, (size_t)len, 0);

		if (written == len)
			return BK_OK;
		if (written >= 0 || errno == ENOSPC || errno == EDQUOT)
			return ftruncate(descriptor, 0) == 0
				       ? BK_OK
				       : bk_fail_errno(
						 errno, "could not write the lock in", "the state folder");
	}
	return bk_fail_errno(errno, "could not write the lock in", "the state folder");
}

int bk_lock_refuse(const struct bk_lock_owner *owner, const char *name)
{
	static const char advice[] = "close it there to change it here; reading it needs no waiting";

	if (!owner->process)
		return bk_fail(BK_ELOCKED, "'%s' is open in another editor: %s", name, advice);
	return bk_fail(BK_ELOCKED, "'%s' is open in another editor, %s on %s, process %ld: %s", name,
		owner->user, owner->host, owner->process, advice);
}

static int refuse(const struct bk_lock_owner *found, const char *path, struct bk_lock_owner *owner)
{
	if (owner)
		*owner = *found;
	return bk_lock_refuse(found, path);
}

/* The flock is ours: is the name in the file that of a process elsewhere that may still be there? */
static bool held_elsewhere(const struct bk_lock_owner *found)
{
	char host[256];

	fill_host(host);
	return strcmp(found->host, host) != 0;
}

int bk_lock_new(bk_lock **out, const char *state_folder, const char *path, struct bk_lock_owner *owner)
{
	struct bk_lock_owner found;
	bk_lock *lock = bk_calloc(1, sizeof *lock);
	char *name;
	int status;

	if (!lock)
		return bk_fail_memory();
	lock->descriptor = -1;
	status = bk_state_file_name(&name, state_folder, "locks", path);
	if (status == BK_OK) {
		status = bk_state_file_open(&lock->descriptor, name);
		bk_free(name);
	}
	if (status == BK_OK && flock(lock->descriptor, LOCK_EX | LOCK_NB) < 0) {
		status = errno == EWOULDBLOCK ? BK_ELOCKED : bk_fail_errno(errno, "could not lock", path);
		if (status == BK_ELOCKED) {
			read_owner(lock->descriptor, &found);
			refuse(&found, path, owner);
		}
	} else if (status == BK_OK && read_owner(lock->descriptor, &found) && held_elsewhere(&found)) {
		status = refuse(&found, path, owner);
	} else if (status == BK_OK) {
		status = write_owner(lock->descriptor);
	}
	if (status < 0) {
		if (lock->descriptor >= 0)
			close(lock->descriptor);
		bk_free(lock);
		return status;
	}
	*out = lock;
	return BK_OK;
}

void bk_lock_free(bk_lock *lock)
{
	if (!lock)
		return;
	/* Emptied before it is given up: an empty file names nobody. A failure leaves our name,
	 * of a process that is gone. */
	if (ftruncate(lock->descriptor, 0) < 0)
		errno = 0;
	close(lock->descriptor);
	bk_free(lock);
}
