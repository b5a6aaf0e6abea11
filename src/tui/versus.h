/*
 * The draft beside a revision, or two revisions beside each other: compared on a thread, with drafts of its own, so
 * that neither typing nor reading the draft anew touches what is shown.
 */
#ifndef BRACKED_TUI_VERSUS_H
#define BRACKED_TUI_VERSUS_H

#include "app/session.h"

#include <bracked/compare.h>
#include <stdatomic.h>

/* What is known of a difference beside its kind. */
enum bk_versus_flag {
	BK_VERSUS_BINDS = 1,   /* a word that binds changed in it */
	BK_VERSUS_OUTSIDE = 2, /* of all disputed brackets */
};

struct bk_versus {
	/* The question. */
	char *path, *name;  /* the file; as the repository names it */
	char *before, *now; /* revisions; now: NULL for the draft */
	bk_snapshot *shown; /* the draft's text */
	uint64_t version;   /* and which it is */
	const bk_conventions *conventions;
	const bk_roster *roster;
	atomic_bool cancel;

	/* The answer. */
	bk_draft *old_draft, *new_draft;
	bk_comparison *comparison;
	uint8_t *flags; /* enum bk_versus_flag, by difference */
	int status;
	char *message; /* why there is none */
};

/* A task about the session's draft; before NULL: HEAD.  NULL when memory ran out. */
struct bk_versus *bk_versus_new(const struct bk_session *session, const char *before, const char *now);
/* Do it: the task is `versus`. */
void bk_versus_run(void *versus);
void bk_versus_free(struct bk_versus *versus);
/* True when it answers this question about the session's draft as it is now. */
bool bk_versus_answers(const struct bk_versus *versus, const struct bk_session *session, const char *before,
	const char *now);
/* Where an offset of one text stands in the other, or the place where it would.  O(log n). */
size_t bk_versus_across(const struct bk_versus *versus, size_t offset, bool to_old);

#endif
