/*
 * The places of a compilation, followed to the draft on a thread, with a draft of its own, so that neither typing nor
 * reading the draft anew touches what is shown.
 */
#ifndef BRACKED_TUI_PLACED_H
#define BRACKED_TUI_PLACED_H

#include "app/placing.h"

#include <stdatomic.h>

struct bk_placed {
	/* The question. */
	struct bk_analysis side; /* the draft's text, read with what was said of it */
	char *path;
	bk_snapshot *saved, *received;
	bk_text *steps;	       /* those that led to the text, and no words; NULL: `known` tells */
	char *repository_name; /* of the draft's file; the same */
	const bk_draft *known; /* the compilation as it was merged, as one before found it; or NULL */
	const struct bk_session *session; /* for what never changes of it */
	atomic_bool cancel;

	/* The answer. */
	bk_placing *placing;
	int status;
	char *message; /* why there is none */
};

/* A task about the session's text as it is now; known must outlive it.  Cost: without `known` the bytes of all steps
 * that led to the text.  NULL when memory ran out. */
struct bk_placed *bk_placed_new(const struct bk_session *session, const bk_draft *known);
/* Do it: the task is `placed`. */
void bk_placed_run(void *placed);
void bk_placed_free(struct bk_placed *placed);
/* True when it answers for the session's text as it is now. */
bool bk_placed_answers(const struct bk_placed *placed, const struct bk_session *session);
/* Stop the task soon; its thread is still to be waited for. */
void bk_placed_stop(struct bk_placed *placed);

#endif
