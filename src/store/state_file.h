/*
 * Files of our own in the person's state folder: mode 0600 in folders of mode 0700, never
 * through a link, never another's.
 */
#ifndef BRACKED_STORE_STATE_FILE_H
#define BRACKED_STORE_STATE_FILE_H

#include <bracked/error.h>
#include <stdbool.h>

/*
 * The name of the file that belongs to the draft at `path` in folder `state/kind`, made when missing:
 * "16 hex digits of the path's hash-last part of the path.kind".  *out by bk_free.
 * BK_EIO when the folder is a link, another's, or open to others.
 */
int bk_state_file_name(char **out, const char *state, const char *kind, const char *path);
/* True when that file is there, whatever it is; nothing is made. */
bool bk_state_file_exists(const char *state, const char *kind, const char *path);
/*
 * Open for reading and writing, made when missing.  BK_EIO for a link, a file of another owner, one that
 * others may read or write, one with several names.  Returns the descriptor in *out.
 */
int bk_state_file_open(int *out, const char *name);

/* Sync the folder of a file, so that its name stays after a power cut.  -1 and errno when that fails. */
int bk_state_file_sync_name(const char *name);

#endif
