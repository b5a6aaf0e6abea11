/*
 * A note that a revision is being made, so that the locks of a process that was killed meanwhile are known to
 * be its own.
 *
 *	.git/bracked-saving.PROCESS	"bracked-saving\nhost\nmachine\nprocess\nstart\nref\n", and behind it the
 *					revision that ref is about to stand at; changed anew before each
 *					lock is taken, taken away at the end
 *	.git/index.lock, REF.lock	ours when the process of the note is gone, and they were made
 *					within a moment after the note was last touched
 */
#ifndef BRACKED_STORE_CLAIM_H
#define BRACKED_STORE_CLAIM_H

#include "store/git.h"

#include <stdbool.h>

struct bk_claim {
	int file; /* -1: there is none */
	char path[4096];
	size_t len; /* of the note, without the revision */
};

/* Note that ref is about to move; nothing is noted while another thread of this process does so. */
int bk_claim_take(struct bk_claim *claim, const struct bk_repository *repository, const char *ref);
/* Note the revision, in the place of one noted before.  BK_EIO. */
int bk_claim_name(const struct bk_claim *claim, const git_oid *revision);
/* A lock is about to be taken. */
void bk_claim_touch(const struct bk_claim *claim);
/* All is done, well or not; also of a claim that was never taken (file -1). */
void bk_claim_give(struct bk_claim *claim);
/*
 * Take away what killed saves left: their locks, when these are surely theirs, of this host and two seconds
 * old (that long is waited for), and their notes.  What is not sure stays: whoever needs the lock says so.
 */
void bk_claims_clear(const struct bk_repository *repository);
/* Whether one that was about to move ref to this revision was killed, and its note is there yet. */
bool bk_claims_have(const struct bk_repository *repository, const char *ref, const git_oid *revision);

#endif
