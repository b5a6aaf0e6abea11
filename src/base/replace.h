/* Shared by the two ways of replacing a file: by rename (replace.c) and in place (overwrite.c). */
#ifndef BRACKED_BASE_REPLACE_H
#define BRACKED_BASE_REPLACE_H

#include "base/file.h"

#include <sys/stat.h>

struct replacing {
	const char *path;  /* as the caller names it */
	char *target;	   /* after one link */
	const char *name;  /* within target */
	int folder;	   /* descriptor of the folder that holds it */
	int old;	   /* the file that is there, for reading; -1 */
	struct stat about; /* of it */
	bool exists;
	char temporary[32]; /* name in the folder, "" when there is none */
	int file;	    /* the temporary file, for writing; -1 */
	uint64_t hash;	    /* of the new bytes */
	uint64_t size;	    /* how many they are */
	uint64_t inode;	    /* of the new file */
};

int bk_replace_write_all(int file, struct bk_str bytes, const char *path);
/* Write into the file that is there; see bk_file_replace. */
int bk_replace_in_place(struct replacing *r, const struct bk_file_source *source);

#endif
