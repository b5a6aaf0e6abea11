/*
 * The past of a draft: its revisions with their counts, and since when each bracket stands.  Read on a thread
 * with a repository handle of its own.
 */
#ifndef BRACKED_TUI_PAST_H
#define BRACKED_TUI_PAST_H

#include "app/session.h"
#include "base/arena.h"
#include "base/map.h"

#include <stdatomic.h>

/* Revisions of the draft, read in the background. */
struct bk_past_revision {
	char id[41];
	int64_t time;
	int offset; /* minutes east of UTC */
	const char *author, *party, *symbol, *message;
	size_t disputed, pairs;
	size_t positions; /* recorded in its ledger */
	bool same_text;	  /* only the ledger changed */
};
struct bk_past {
	struct bk_arena arena;
	struct bk_past_revision *revisions; /* newest first */
	size_t count;
	struct bk_map since; /* bracket id -> index of the oldest revision of the unbroken row that has it */
	int status;	     /* BK_ENOREPO, BK_ENOTFOUND ... */
	char *message;
	atomic_bool cancel;
	bk_ledger *
		ledger; /* the task: a copy, for brackets whose words have changed since they were spoken of */
	char *path;
	char *name;
	const bk_conventions *conventions;
	const bk_roster *roster;
};

/* A task for the session's draft; NULL when memory ran out. */
struct bk_past *bk_past_new(const struct bk_session *session);
/* Read it: the task is `past`.  Failures are kept in past->status and past->message. */
void bk_past_run(void *past);
void bk_past_free(struct bk_past *past);
/* How many of the revisions newer than one changed the text. */
size_t bk_past_texts(const struct bk_past *past, size_t index);
/* "since Rev.1 (3 revisions, 41 days)" about a bracket's id, appended; nothing when unknown. */
void bk_past_put_since(const struct bk_past *past, const char *id, int64_t now, struct bk_buf *out);

#endif
