/*
 * Files: reading, mapping, replacing whole, and knowing whether somebody else changed one.
 */
#ifndef BRACKED_BASE_FILE_H
#define BRACKED_BASE_FILE_H

#include "base/buf.h"
#include "base/str.h"

#include <bracked/error.h>
#include <stdint.h>

/* Texts above this are refused before anything is read. */
#define BK_FILE_LIMIT ((size_t)2 << 30)

/* What a file was when it was read. */
struct bk_file_stamp {
	uint64_t device, inode, size;
	int64_t seconds, nanoseconds;		      /* of the last change of its bytes */
	int64_t touched_seconds, touched_nanoseconds; /* of the last change of anything about it */
	uint64_t hash;				      /* bk_hash of its bytes; 0 when not taken */
	bool exists;
};

/* The bytes of a file, read or mapped. */
struct bk_file_bytes {
	struct bk_str str;
	void *map;		/* internal: NULL when the bytes are malloc'ed */
	struct bk_lease *lease; /* internal: keeps mapped bytes as they are */
	struct bk_file_stamp stamp;
};

/* Files of this size and more are mapped. */
#define BK_FILE_MAPPED ((size_t)4 << 20)

/*
 * Read path ("-" is not special here).  Files of 4 MiB and more are mapped under a lease (base/lease.h), so
 * that the bytes stay what they were when others write into the file; smaller ones are copied, and those on
 * which there is no lease to be had.  The hash of a mapped file is not taken.
 * A device, FIFO or directory is refused; at BK_FILE_LIMIT and above BK_ETOOBIG before anything is read.
 * BK_ENOTFOUND, BK_EIO, BK_ETOOBIG.
 */
int bk_file_read(struct bk_file_bytes *out, const char *path);
/* The same for one who does not ask later whether it has changed: no hash is taken. */
int bk_file_read_once(struct bk_file_bytes *out, const char *path);
/* As bk_file_read for a file that came with others: a symbolic link in its place is BK_EIO and not followed. */
int bk_file_read_plain(struct bk_file_bytes *out, const char *path);
/* All of a descriptor (standard input), capped in the same way. */
int bk_file_read_descriptor(struct bk_buf *out, int descriptor, const char *name);
void bk_file_release(struct bk_file_bytes *bytes);

/* The stamp of path now, without the hash; a missing file gives exists = false and BK_OK. */
int bk_file_stat(struct bk_file_stamp *out, const char *path);
/*
 * True when path is no longer what stamp says: its device, inode, size or times differ and, where the stamp
 * has a hash, its bytes do too.  A file that was only touched, or replaced by its like, has not changed.
 */
int bk_file_changed(const struct bk_file_stamp *stamp, const char *path, bool *changed);

enum bk_replace_flag {
	BK_REPLACE_IN_PLACE =
		1, /* hard-linked, or foreign-owned: write into the file behind a synced backup */
	BK_REPLACE_PRIVATE = 2, /* mode 0600 for a new file, whatever the umask */
	BK_REPLACE_FORCE = 4,	/* do not compare with the stamp */
};

/* Where bytes come from, so that a text need not be flattened to be saved: called until it sets chunk->len =
 * 0. */
struct bk_file_source {
	int (*next)(void *context, struct bk_str *chunk);
	void *context;
};

/*
 * Replace path whole or not at all: follow one symbolic link; compare with `expected` (may be NULL);
 * temporary file of mode 0600 in the same folder; write all; owner, mode, ACL and extended attributes
 * of the old file; fsync; rename; fsync the folder.  A new file gets 0666 less the umask.
 * On success *stamp (may be NULL) is the new stamp with hash.  On failure path is as it was, no temporary
 * file stays; but when only what comes last fails (the sync of the folder), the new bytes stand there, *stamp
 * is set all the same, and the message begins with that.
 * What killed saves left in the folder long ago is taken away.
 * BK_ECHANGED when the file is not as expected; BK_EEXISTS when it has several hard links, is
 * read-only or another's (ask, then pass BK_REPLACE_IN_PLACE); BK_EIO with the reason (disk full, quota ...).
 *
 * In place, the bytes are gathered in memory, the old ones are copied to NAME.before-save and synced, then the
 * file is written, synced, and the copy removed; when writing fails the old bytes are put back, and where even
 * that fails the copy stays and is named.  BK_ETOOBIG for a file of BK_FILE_MAPPED bytes and more, which may
 * be mapped.
 */
int bk_file_replace(const char *path, const struct bk_file_source *source,
	const struct bk_file_stamp *expected, unsigned flags, struct bk_file_stamp *stamp);
int bk_file_replace_bytes(const char *path, struct bk_str bytes, const struct bk_file_stamp *expected,
	unsigned flags, struct bk_file_stamp *stamp);
/*
 * Whether bk_file_replace without flags would begin, with its errors and their messages; nothing is written, so
 * that a full disk, or an owner or attribute that cannot be kept, shows only when it is done.
 */
int bk_file_may_replace(const char *path, const struct bk_file_stamp *expected);

/*
 * bk_file_replace in two halves, so that what must be true before the file changes can be seen to in between: after
 * bk_replacing_new all bytes are written and synced beside path, which is as it was; bk_replacing_finish puts
 * them in its place; bk_replacing_free takes away what is left, and all when it was not finished.  May be
 * called on any thread, also on several in turn.  Errors as bk_file_replace; cost: the bytes are written by
 * the first half.
 */
typedef struct bk_replacing bk_replacing;
int bk_replacing_new(bk_replacing **out, const char *path, const struct bk_file_source *source,
	const struct bk_file_stamp *expected, unsigned flags);
/* The same for bytes in one piece. */
int bk_replacing_new_bytes(bk_replacing **out, const char *path, struct bk_str bytes,
	const struct bk_file_stamp *expected, unsigned flags);
uint64_t bk_replacing_hash(const bk_replacing *replacing); /* of the new bytes */
int bk_replacing_finish(bk_replacing *replacing, struct bk_file_stamp *stamp);
void bk_replacing_free(bk_replacing *replacing); /* takes NULL */

/*
 * Append bytes to path in one write under an OS lock, creating it; fsync.  A symbolic link is refused.
 * When the write stops half-way the file is cut back.  Used for ledgers.
 */
int bk_file_append(const char *path, struct bk_str bytes);
/*
 * The same, with the lock still held and the way back open: bk_appending_free keeps what was appended, or
 * with `undo` cuts the file back to what it was.  BK_EIO when it cannot be appended to, and when it cannot be
 * cut: the message names the byte; BK_ENOMEM.  Waits for whoever holds the lock.
 */
typedef struct bk_appending bk_appending;
int bk_appending_new(bk_appending **out, const char *path, struct bk_str bytes);
int bk_appending_free(bk_appending *appending, bool undo); /* takes NULL */

/* Take away what saves that were killed left in a folder, as replacing a file in it does. */
void bk_file_sweep(const char *folder);
/* Make folders, each with mode 0700 when it is missing, as mkdir -p. */
int bk_file_make_folders(const char *path);
/* The absolute path with links resolved; the last part need not exist.  *out by bk_free. */
int bk_file_real_path(char **out, const char *path);
/*
 * Whether two paths name one file, by whatever name, link or hard link; also one that is not there yet, where
 * a link may point to it.  What cannot be looked at is another file.
 */
bool bk_file_is_same(const char *a, const char *b);

#endif
