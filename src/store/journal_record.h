/*
 * The format of a journal.
 *
 *	file    magic record*
 *	magic   "bracked journal 1\n"
 *	record  length kind sequence payload checksum
 *	        u32    u32  u64      length   u64
 *
 * Numbers are little-endian.  sequence counts records from 0.  checksum is the XXH3 hash of the payload with
 * seed sequence * 8 + kind.  A record is valid if and only if it lies whole in the file, its sequence is the
 * number of records before it, its kind is known, its checksum holds and its payload parses; the journal ends
 * before the first that is not.
 *
 *	kind    payload
 *	BEGIN   u64 hash, path bytes          the first record: the text as loaded (step 0) hashes to hash
 *	EDIT    u64 step parent start removed inserted, i64 time, removed bytes, inserted bytes
 *	                                      step is the last step (it grows) or one more (it is new, below parent)
 *	GO      u64 step                      the text went to a step
 *	SAVED   u64 hash step                 the file holds the text of step
 *	PLACE   u64 cursor top, folds bytes   where the reader was; folds "=": as the PLACE before says
 *	SAVING  u64 hash step                 the file is about to hold the text of step; it may have come to
 *	                                      nothing
 */
#ifndef BRACKED_STORE_JOURNAL_RECORD_H
#define BRACKED_STORE_JOURNAL_RECORD_H

#include "base/buf.h"
#include "base/str.h"

#include <bracked/text.h>

#define BK_JOURNAL_MAGIC "bracked journal 1\n"

enum bk_journal_kind {
	BK_JOURNAL_BEGIN,
	BK_JOURNAL_EDIT,
	BK_JOURNAL_GO,
	BK_JOURNAL_SAVED,
	BK_JOURNAL_PLACE,
	BK_JOURNAL_SAVING,
	BK_JOURNAL_KINDS,
};

struct bk_journal_record {
	enum bk_journal_kind kind;
	uint64_t hash;	     /* BEGIN, SAVED, SAVING */
	size_t step, parent; /* EDIT, GO, SAVED, SAVING */
	struct bk_edit edit; /* EDIT: bytes borrowed from the input */
	int64_t time;	     /* EDIT */
	size_t cursor, top;  /* PLACE */
	struct bk_str bytes; /* BEGIN: path; PLACE: folds; borrowed */
};

/* Append one record.  sequence is its number in the file. */
void bk_journal_put(struct bk_buf *out, const struct bk_journal_record *record, uint64_t sequence);
/*
 * Read the record at the start of bytes; *size is how many bytes it took.  False when no valid record with
 * that sequence stands there.  Never reads past bytes; sizes in it are checked before they are used.
 */
bool bk_journal_take(struct bk_str bytes, uint64_t sequence, struct bk_journal_record *out, size_t *size);

#endif
