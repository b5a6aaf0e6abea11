/*
 * The draft beside a revision, or two revisions beside each other: compared on a thread, with drafts of its own, so
 * that neither typing nor reading the draft anew touches what is shown.
 */
#ifndef BRACKED_TUI_VERSUS_H
#define BRACKED_TUI_VERSUS_H

#include "app/session.h"
#include "base/vec.h"

#include <bracked/compare.h>
#include <stdatomic.h>

/* What is known of a difference beside its kind. */
enum bk_versus_flag {
	BK_VERSUS_BINDS = 1,   /* a word that binds changed in it */
	BK_VERSUS_OUTSIDE = 2, /* of all disputed brackets */
	BK_VERSUS_AGREED = 4,  /* a word that binds changed in text that was agreed, */
	BK_VERSUS_CLEAN = 8,   /* or in text that nobody disputes */
};

struct bk_versus {
	/* The question. */
	char *path, *name;  /* the file; as the repository names it */
	char *before, *now; /* revisions; now: NULL for the draft */
	uint64_t version;   /* of the draft's text */
	const bk_roster *roster;
	const char *at; /* the date of memberships; NULL: that of what was said */
	atomic_bool cancel;

	/* The answer. */
	struct bk_analysis old_side, new_side; /* both texts read, with what was said of them then */
	const bk_draft *old_draft, *new_draft; /* of these */
	char old_blob[41], new_blob[41];       /* their bytes, as git names them */
	bk_comparison *comparison;
	struct bk_balance balance;
	uint8_t *flags; /* enum bk_versus_flag, by difference */
	int status;
	char *message; /* why there is none */
};

/* A party as it may stand in what changed. */
struct bk_versus_party {
	const char *code;
	BK_VEC(const char *) names;  /* by which the words may name it, borrowed from the roster */
	BK_VEC(const char *) groups; /* that speak for it, now or at some time */
};

/* A task about the session's draft; before NULL: HEAD.  NULL when memory ran out. */
struct bk_versus *bk_versus_new(const struct bk_session *session, const char *before, const char *now);
/* Do it: the task is `versus`. */
void bk_versus_run(void *versus);
void bk_versus_free(struct bk_versus *versus);
/* True when it answers this question about the session's draft as it is now. */
bool bk_versus_answers(const struct bk_versus *versus, const struct bk_session *session, const char *before,
	const char *now);
/* Stop the task soon; its thread is still to be waited for. */
void bk_versus_stop(struct bk_versus *versus);

/* A party of the roster, by code.  BK_ENOMEM; release in any case. */
int bk_versus_party_find(struct bk_versus_party *out, const struct bk_versus *versus, const char *code);
void bk_versus_party_release(struct bk_versus_party *party);
/* True when a difference is about a bracket on which the party holds a position in either text, itself or by a group,
 * or when the words that changed name it.  Cost: O(words that changed). */
bool bk_versus_concerns(const struct bk_versus *versus, const struct bk_difference *difference,
	const struct bk_versus_party *party);

/* Where an offset of one text stands in the other, or the place where it would.  O(log n). */
size_t bk_versus_across(const struct bk_versus *versus, size_t offset, bool to_old);

#endif
