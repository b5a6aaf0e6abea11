/*
 * A saving: the text as it is at one moment on its way to the disk, while it may be edited on.
 *
 *	new    session's thread   snapshot, proof of the bytes, what is to be recorded about brackets
 *	run    any thread         the proof; all bytes beside the file, synced
 *	take   session's thread   a mark in the journal; the caller runs it again
 *	run    any thread         ledger, rename, commit
 *	take   session's thread   the session knows what is saved; done
 *
 * The order is such that a failure leaves file and ledger as they were: the ledger's lines are appended before
 * the new file takes the name, and are taken back when it cannot.  A program killed in between leaves the old
 * file or the new one, and a journal that fits either.  With the old file the ledger may have got lines that
 * speak of the new one: each names the old bytes, and says nothing of a draft that is just those, so that every
 * bracket is found there as before.
 */
#ifndef BRACKED_APP_SAVING_H
#define BRACKED_APP_SAVING_H

#include "app/session.h"

struct bk_saving_request {
	unsigned flags;	     /* as bk_file_replace */
	const char *path;    /* write there, and go on there; NULL: the session's own file */
	const char *message; /* of a revision; NULL: the file alone */
	const char *symbol;  /* of a revision; NULL: none */
};

struct bk_guard_proof;

struct bk_saving {
	/* What came of it, once it is done. */
	int status;
	char *error;	/* of a failure; NULL when memory ran out for it */
	char *remark;	/* what was left undone although all is saved; NULL */
	char id[41];	/* of the revision; "" when there is none */
	bool placed;	/* the file holds the text, also where the revision failed */
	bool unchanged; /* the revision would be the same as the last */

	/* internal */
	enum { BK_SAVING_WRITE, BK_SAVING_MARK, BK_SAVING_PLACE, BK_SAVING_DONE } stage;
	struct bk_session *session;
	bk_snapshot *snapshot;	/* what is saved */
	bk_snapshot *received;	/* of a revision: the text before all edits, */
	size_t ledger_received; /* and how many bytes its ledger had */
	size_t step;
	struct bk_guard *guard; /* over what is typed meanwhile */
	struct bk_guard_proof *proof;
	bool write; /* the file; else the revision alone */
	bool elsewhere, forced, marked;
	unsigned flags;
	char *path, *ledger_path;
	struct bk_file_stamp expected, stamp;
	bk_lock *lock; /* of the other file */
	bk_replacing *replacing;
	struct bk_analysis analysis; /* of the snapshot, when the track has something to tell */
	bool analysing, appended;
	struct bk_buf lines; /* for the ledger */
	struct bk_buf said;  /* of these, those that were recorded along with the edits */
	char *message, *symbol, *party, *name;
};

/*
 * Begin.  Strings are copied.  Codes as bk_session_write and bk_session_save, before anything is touched.
 * Cost: O(untouched stretches of the file), to copy what proves them.  Where brackets are recorded, or for a
 * revision, settings, roster and ledger are read first if nobody has, with libgit2; for another file its lock is
 * taken.
 */
int bk_saving_new(
	struct bk_saving **out, struct bk_session *session, const struct bk_saving_request *request);
void bk_saving_run(struct bk_saving *saving);
/* False: run it again.  True: it is done; a failure's message is this thread's, too. */
bool bk_saving_take(struct bk_saving *saving);
/* The message of a save that failed; borrowed from it. */
const char *bk_saving_why(const struct bk_saving *saving);
void bk_saving_free(struct bk_saving *saving); /* takes NULL */

/* Of the files of the saving: the last failure is what was left undone. */
void bk_saving_put_remark(struct bk_saving *saving);
/* Commit what is saved as one revision, the first of its file after what was received; called by bk_saving_run
 * (saving_revision.c). */
int bk_saving_commit(struct bk_saving *saving);

#endif
