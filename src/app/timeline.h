/*
 * The revisions of a session's draft, and each of them read as a draft.
 *
 *	timeline   -> revision, revision, revision      newest first
 *	               |
 *	               +-> read: draft, and if asked for ledger, binding and positions of then
 *
 * All are read by the conventions and the roster of the session, so that they can be compared.
 */
#ifndef BRACKED_APP_TIMELINE_H
#define BRACKED_APP_TIMELINE_H

#include "app/session.h"

#include <bracked/compare.h>

struct bk_timeline {
	const struct bk_session *session;
	bk_revisions *revisions;
	const struct bk_revision *list;
	size_t count;
	bool unsaved;	 /* the session's text is none of the newest revision */
	size_t *brought; /* of each revision: the oldest one with the same text that it comes from */
	size_t *latest;	 /* of each that brought a text: the newest one that still has it */
};

/* Walk the revisions of the session's draft; remarks when the history ends early.  BK_ENOREPO, BK_ENOTFOUND,
 * BK_EGIT, BK_ENOMEM. */
int bk_timeline_open(struct bk_timeline *out, struct bk_session *session);
/* The same for a session that has its repository already, and without remarks: on a thread.  BK_ENOTFOUND, BK_EGIT,
 * BK_ENOMEM. */
int bk_timeline_begin(struct bk_timeline *out, const struct bk_session *session);
void bk_timeline_release(struct bk_timeline *timeline);

/* One revision's bytes, read. */
struct bk_past {
	char *bytes;
	size_t len;
	bk_text *text;
	struct bk_analysis reading;
	const bk_draft *draft; /* of the reading */
};
enum bk_past_depth {
	BK_PAST_COUNTS, /* for counts alone */
	BK_PAST_DRAFT,
	BK_PAST_LEDGER, /* bind and derive positions, too, and heed what persons said */
};
/* BK_EGIT, BK_ENOMEM. */
int bk_past_read(struct bk_past *out, const struct bk_timeline *timeline, const struct bk_revision *revision,
	enum bk_past_depth depth);
void bk_past_release(struct bk_past *past);

/*
 * A text and one that it comes from, compared.  Indexes are of revisions in the list; `newer` is BK_NOWHERE for a
 * text that is in none yet.  Of revisions with one text the oldest stands for all: the one that brought it.
 */
struct bk_pair_of_texts {
	size_t older, newer;
	bool last; /* `newer` comes from no other text that was not told yet: more than one only after a merge */
	const bk_draft *old, *now;
	const bk_comparison *comparison;
};
/*
 * Call `each` with all pairs, from the session's text back to the oldest ones, until it returns no BK_OK:
 * BK_ELIMIT ends the walk, and is no failure.  All pairs of a newer text come together, before those of any text
 * that it comes from.  Cost: each text is read once, and compared once with each that it comes from.
 */
int bk_timeline_walk(const struct bk_timeline *timeline,
	int (*each)(void *context, const struct bk_pair_of_texts *pair), void *context);
/* The text that the walk begins with. */
size_t bk_timeline_head(const struct bk_timeline *timeline);

/*
 * The other way: from the oldest text to the session's.  The first call has that text alone: no older one, no
 * comparison.  Of a merge the line of its first parent is walked: what the others brought came with the merge.
 */
int bk_timeline_walk_forward(const struct bk_timeline *timeline,
	int (*each)(void *context, const struct bk_pair_of_texts *pair), void *context);

/* The symbol of the text in a revision of a list, newest first, or "": what was only said about a text since is no
 * other text.  Borrowed from the list. */
const char *bk_timeline_symbol(const struct bk_revision *list, size_t count, size_t index);
/* "2010-12-10T23:40:00-06:00"; and its first ten characters are the day. */
void bk_timeline_time(const struct bk_revision *revision, char out[40]);

#endif
