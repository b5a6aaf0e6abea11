/*
 * Traces: what became of the proposals of one party over all revisions.
 *
 *	revision   1                  2                            3
 *	           [by 2020] {EU}     by 2020, where possible      by 2025, where possible
 *	           proposed           accepted                     reworded: 1 of 2 words stands
 *
 * A proposal is a bracket under which the party's name stands as one who proposes, or one that the ledger says it
 * proposed.  It is followed as a bracket for as long as it is one, then as words.
 */
#ifndef BRACKED_APP_TRACE_H
#define BRACKED_APP_TRACE_H

#include "app/timeline.h"
#include "base/arena.h"
#include "base/vec.h"

/* In the place of a revision: none did that; BK_NOWHERE is the text that is in none yet. */
#define BK_NEVER (BK_NOWHERE - 1)

struct bk_trace_step {
	size_t revision;
	enum bk_difference_kind kind;
	const char *detail;
	size_t words, standing; /* of the text before: how many, and how many of them stand */
};

/* A proposal that is followed. */
struct bk_traced {
	const struct bk_event *event; /* NULL: it stands in the text alone */
	size_t first; /* the revision that first has it; BK_NEVER: the ledger names a text that none has */
	const char *path, *text;
	size_t line;
	struct bk_span first_span;
	uint32_t here; /* the bracket in the newest text; BK_NONE: words, or lost */
	struct bk_span span;
	enum bk_difference_kind state;	    /* the last thing that happened to it */
	bool told;			    /* the text names the party as well */
	size_t merged, weakened, lost;	    /* the revisions that did so */
	BK_VEC(struct bk_trace_step) steps; /* oldest first, without where it was kept */
};

struct bk_trace {
	struct bk_session *session;
	struct bk_timeline timeline;
	const char *party;
	struct bk_arena arena;
	BK_VEC(struct bk_traced)
	proposals; /* as they first stand in the texts, then those of the ledger alone */
};

/* Trace the proposals of a party, by its code, through the revisions of the session's draft.  Both must outlive the
 * trace.  Cost: each text is read and compared once.  BK_EGIT, BK_ENOMEM; release in any case. */
int bk_trace_find(struct bk_trace *out, struct bk_session *session, const char *party);
void bk_trace_release(struct bk_trace *trace);

#endif
