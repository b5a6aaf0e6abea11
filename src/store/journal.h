/*
 * The inside of a journal, and the story that a journal's file tells.
 */
#ifndef BRACKED_STORE_JOURNAL_H
#define BRACKED_STORE_JOURNAL_H

#include "base/buf.h"
#include "store/journal_record.h"

#include <bracked/store.h>
#include <pthread.h>
#include <signal.h>

struct bk_journal {
	int descriptor;
	char *name;  /* of the file */
	char *path;  /* of the draft */
	char *folds; /* of the place found */
	bk_text *text;
	uint64_t sequence;     /* of the next record */
	size_t size;	       /* bytes of valid records in the file */
	size_t reserved;       /* room on the disk up to here */
	struct bk_buf pending; /* records not yet written */
	int64_t pending_since; /* milliseconds; -1: not yet seen by tick */
	int64_t synced_since, retry_at;
	bool unsynced, lost, told;  /* lost: memory ran out for a record; told: the failure was reported */
	volatile sig_atomic_t busy; /* pending is being changed */
	size_t stand, last_step;    /* the step of the file on disk; where the journal ended */

	pthread_t thread; /* that calls fdatasync */
	pthread_mutex_t mutex;
	pthread_cond_t wake;
	bool threaded, wanted, ending, sync_failed;
};

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
	BK_VEC(struct bk_journal_mark) marks; /* BEGIN and each SAVED */
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
