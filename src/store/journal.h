/*
 * The inside of a journal, and the story that a journal's file tells.
 */
#ifndef BRACKED_STORE_JOURNAL_H
#define BRACKED_STORE_JOURNAL_H

#include "base/buf.h"
#include "base/vec.h"
#include "store/journal_record.h"

#include <bracked/store.h>
#include <pthread.h>
#include <signal.h>

struct bk_journal {
	int descriptor;
	char *name;	    /* of the file */
	char *path;	    /* of the draft */
	char *kept;	    /* an older journal, set aside; NULL: none */
	size_t cursor, top; /* the place found, or said last */
	char *folds;
	bk_text *text;
	uint64_t sequence;     /* of the next record */
	size_t size;	       /* bytes of valid records in the file */
	size_t reserved;       /* room on the disk up to here */
	struct bk_buf pending; /* records not yet written */
	int64_t pending_since; /* milliseconds; -1: not yet seen by tick */
	int64_t synced_since, retry_at;
	bool unsynced, lost, told;  /* lost: memory ran out for a record; told: the failure was reported */
	bool distrusted;	    /* an fsync of the file has failed: only a new file will do */
	volatile sig_atomic_t busy; /* pending is being changed */
	size_t stand, last_step;    /* the step of the file on disk; where the journal ended */
	uint64_t hash;		    /* of the file on disk */
	bool saving;		    /* and it is being replaced by the text of saving_step */
	uint64_t saving_hash;
	size_t saving_step;
	bool named; /* the folder was synced since the file was made; the thread's while it is wanted or syncing */

	pthread_t thread; /* that calls fdatasync */
	pthread_mutex_t mutex;
	pthread_cond_t wake, done;
	bool threaded;
	bool wanted, syncing, ending, sync_failed; /* the mutex's while threaded */
};

/* Append a record to what is pending. */
void bk_journal_append(bk_journal *journal, const struct bk_journal_record *record);
int bk_journal_write_pending(bk_journal *journal);
/* Read the file and take up what it holds when it fits, else begin anew.  hash 0: that of the text as it is. */
int bk_journal_take_up(
	bk_journal *journal, uint64_t hash, struct bk_journal_found *found, struct bk_journal_place *place);
/* Begin a journal of a text that has a history, of which the file holds the step journal->stand. */
int bk_journal_take_over(bk_journal *journal);
/* Write the whole history into a new file, sync it, and give it the name: where an fsync failed or a record was
 * lost.  On failure the journal goes on with the old file, distrusted. */
int bk_journal_renew(bk_journal *journal);

struct bk_journal_edit {
	size_t step;
	struct bk_edit edit; /* bytes borrowed from the journal's bytes */
};

struct bk_journal_story_step {
	size_t parent;
	int64_t time;
	size_t first, count; /* in edits */
};

struct bk_journal_mark {
	uint64_t hash;
	size_t step;
	bool saved; /* the file held it; else a save was about to make it so */
};

/* What a journal's bytes say, up to the first record that is not valid. */
struct bk_journal_story {
	size_t valid; /* bytes up to there; 0: not a journal of this draft */
	uint64_t records;
	size_t step_count; /* step 0 included */
	size_t current;	   /* where the text stood at the end */
	int64_t time;	   /* of the last edit */
	size_t cursor, top;
	struct bk_str folds;
	BK_VEC(struct bk_journal_story_step) steps;
	BK_VEC(struct bk_journal_edit) edits;
	BK_VEC(struct bk_journal_mark) marks; /* BEGIN, each SAVED and SAVING */
};

/* Read the bytes of a journal of the draft at path.  Any bytes are accepted.  BK_ENOMEM. */
int bk_journal_story_read(struct bk_journal_story *out, struct bk_str bytes, const char *path);
void bk_journal_story_release(struct bk_journal_story *story);
/* True when some mark has this hash; *step is the newest such mark's step and *history is set. */
bool bk_journal_story_fits(const struct bk_journal_story *story, uint64_t hash, bool *history, size_t *step);
/* True when the story ends in a text that no mark says was saved. */
bool bk_journal_story_is_unsaved(const struct bk_journal_story *story);
/* Add all its steps to a text. */
int bk_journal_story_add(const struct bk_journal_story *story, bk_text *text);

#endif
