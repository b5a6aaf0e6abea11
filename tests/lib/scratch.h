/* A folder for one test program, removed with all in it at the end. */
#ifndef BRACKED_TESTS_SCRATCH_H
#define BRACKED_TESTS_SCRATCH_H

#include <dirent.h>
#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char scratch[] = "/tmp/bracked-test-XXXXXX";

static inline int scratch_remove_entry(const char *path, const struct stat *info, int kind, struct FTW *place)
{
	(void)info;
	(void)kind;
	(void)place;
	return remove(path);
}

/* Group set-up and tear-down. */
static inline int scratch_make(void **state)
{
	(void)state;
	return mkdtemp(scratch) ? 0 : -1;
}

static inline int scratch_remove(void **state)
{
	(void)state;
	return nftw(scratch, scratch_remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

/* True when the folder below scratch has an entry whose name holds `part`. */
static inline bool scratch_has(const char *folder, const char *part)
{
	char path[512];
	const struct dirent *entry;
	bool found = false;
	DIR *dir;

	snprintf(path, sizeof path, "%s/%s", scratch, folder);
	dir = opendir(path);
	while (dir && !found && (entry = readdir(dir)))
		found = strstr(entry->d_name, part) != NULL;
	if (dir)
		closedir(dir);
	return found;
}

/* The path of a file in the folder; four are there at a time. */
static inline const char *scratch_path(const char *name)
{
	static char path[4][256];
	static size_t turn;

	turn = (turn + 1) % 4;
	snprintf(path[turn], sizeof path[turn], "%s/%s", scratch, name);
	return path[turn];
}

/* A file of just this text; the test program ends where it cannot be written. */
static inline void scratch_write(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (!file || fputs(text, file) < 0 || fclose(file) != 0) {
		perror(path);
		exit(1);
	}
}

#endif
