/* Shared by the two ways of replacing a file: by rename (replace.c) and in place (overwrite.c). */
#ifndef BRACKED_BASE_REPLACE_H
#define BRACKED_BASE_REPLACE_H

#include "base/buf.h"
#include "base/file.h"

#include <sys/stat.h>

enum { BK_TEMPORARY_NAME = 48 };

struct bk_replacing {
	char *path; /* as the caller names it */
	unsigned flags;
	char *target;	   /* after one link */
	const char *name;  /* within target */
	int folder;	   /* descriptor of the folder that holds it */
	int old;	   /* the file that is there, for reading; -1 */
	struct stat about; /* of it */
	bool exists;
	char temporary[BK_TEMPORARY_NAME]; /* name in the folder, "" when there is none */
	int file;			   /* the temporary file, for writing; -1 */
	uint64_t hash;			   /* of the new bytes */
	uint64_t size;			   /* how many they are */
	uint64_t inode;			   /* of the new file */
	bool placed;			   /* the new bytes stand under the name */
	struct bk_buf bytes, before;	   /* in place: the new bytes, and those that are there */
};

int bk_replace_write_all(int file, struct bk_str bytes, const char *path);
/* Gather what writing into the file that is there needs; see bk_file_replace. */
int bk_replace_gather(bk_replacing *r, const struct bk_file_source *source);
int bk_replace_in_place(bk_replacing *r);

/* A name for a temporary file of this process; -1 and errno when none can be drawn. */
int bk_temporary_name(char out[BK_TEMPORARY_NAME]);
/* Take away what saves that were killed left in a folder (a descriptor): see sweep.c. */
void bk_temporary_sweep(int folder);

#endif
