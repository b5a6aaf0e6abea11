/* Loading and starting libgit2. */
#include "store/libgit2.h"
#include "base/error.h"
#include "base/library.h"

#include <pthread.h>
#include <stdio.h>

/* The one whose headers we were built with. */
#define LIBRARY "libgit2.so." LIBGIT2_SOVERSION

struct bk_git_calls bk_git;

static const struct bk_library_name calls[] = {
#define CALL(name) {"git_" #name, offsetof(struct bk_git_calls, name)},
	BK_GIT_CALLS(CALL)
#undef CALL
};

static char refusal[512]; /* why it cannot be used; empty when it can */

static void refuse(const char *why)
{
	snprintf(refusal, sizeof refusal,
		"libgit2, which reads git's settings and keeps revisions, does not work here: %s: install "
		"libgit2-%s",
		why, LIBGIT2_SOVERSION);
}

static void start(void)
{
	const char *const why = bk_library_load(LIBRARY, &bk_git, calls, sizeof calls / sizeof *calls);

	if (why) {
		refuse(why);
		return;
	}
	if (bk_git.libgit2_init() < 0) {
		refuse("it does not start");
		return;
	}
	/* Acknowledged means on the disk; our own objects need no second look at their hash when read. */
	bk_git.libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	bk_git.libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
}

int bk_git_start(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, start);
	return refusal[0] ? bk_fail(BK_EGIT, "%s", refusal) : BK_OK;
}
