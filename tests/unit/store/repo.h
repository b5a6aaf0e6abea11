/* A folder and a repository of a test's own; what git itself says of it. */
#ifndef BRACKED_TEST_REPO_H
#define BRACKED_TEST_REPO_H

#include "base/buf.h"
#include "base/process.h"

#include <bracked/store.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static char repo_home[] = "/tmp/bracked-store-XXXXXX";

/* No configuration but the test's own; must come before the first call of the library. */
static inline int repo_start(void **state)
{
	(void)state;
	if (!mkdtemp(repo_home) || chdir(repo_home) < 0)
		return -1;
	setenv("HOME", repo_home, 1);
	setenv("XDG_CONFIG_HOME", repo_home, 1);
	setenv("GIT_CONFIG_NOSYSTEM", "1", 1);
	setenv("LC_ALL", "C", 1);
	return 0;
}

static inline int repo_remove(const char *path, const struct stat *about, int kind, struct FTW *where)
{
	(void)about;
	(void)kind;
	(void)where;
	return remove(path);
}

static inline int repo_stop(void **state)
{
	(void)state;
	return chdir("/") < 0 ? -1 : nftw(repo_home, repo_remove, 16, FTW_DEPTH | FTW_PHYS);
}

/* Run the git program in folder; its output, or a failed test. */
static inline const char *repo_git(const char *folder, const char *const *argv)
{
	static struct bk_buf out, err;
	const struct bk_process process = {.argv = argv, .folder = folder};
	int status = -1;

	bk_buf_clear(&out);
	bk_buf_clear(&err);
	if (bk_process_run(&process, &out, &err, &status) != BK_OK || status != 0)
		fail_msg("git %s in %s: %d %s%s", argv[1], folder, status, bk_buf_string(&out),
			bk_buf_string(&err));
	return bk_buf_string(&out);
}

#define GIT(folder, ...) repo_git((folder), (const char *const[]){"git", __VA_ARGS__, NULL})

static inline void repo_write(const char *path, const char *bytes)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(bytes, file);
	assert_int_equal(fclose(file), 0);
}

#define OK(call)                                                                                             \
	do {                                                                                                 \
		if ((call) != BK_OK)                                                                         \
			fail_msg("%s: %s", #call, bk_error_message());                                       \
	} while (0)

/* A repository with an identity in a new folder of this name. */
static inline bk_repository *repo_new(const char *name)
{
	bk_repository *repository = NULL;

	OK(bk_repository_init(&repository, name));
	OK(bk_repository_configure(repository, "user.name", "Ana Chair"));
	OK(bk_repository_configure(repository, "user.email", "ana@example.org"));
	return repository;
}

static inline int repo_save(
	bk_repository *repository, const char *name, const char *bytes, const char *message, char id[41])
{
	const struct bk_save_file file = {.name = name, .bytes = bytes, .len = strlen(bytes)};
	const struct bk_save save = {.files = &file, .file_count = 1, .message = message};

	return bk_revision_save(repository, &save, id);
}

#endif
