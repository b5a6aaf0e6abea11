/*
 * Libraries of others that are loaded when they are first needed: to load one takes as long as much of what a short
 * command does, and longer where there are others behind it.
 *
 * The door of such a library has a table, a struct of pointers to what is used of it, in the types of the library's
 * own headers, which are all that is needed to build.
 */
#ifndef BRACKED_BASE_LIBRARY_H
#define BRACKED_BASE_LIBRARY_H

#include <stddef.h>

struct bk_library_name {
	const char *name; /* of a function or a variable */
	size_t place;	  /* where in the table its pointer goes, in bytes */
};

/*
 * Load the library that the loader finds as `file`, to stay, and fill the table.
 *
 * Returns NULL when all of it is there; else why not, in words of the loader's or ours that are borrowed until this
 * thread loads something else: then the table must not be used.
 */
const char *bk_library_load(const char *file, void *table, const struct bk_library_name *names, size_t count);

#endif
