/*
 * The brackets of a draft over all its revisions: which became which, and what happened on the way.  Read on a thread,
 * with a draft and a repository handle of its own.
 *
 *	text     2 (oldest)     1              0 (the draft)
 *	         [a b] ------- [a b c] ------- [a b c]		opened in 2, reworded in 1
 *	         [d] --------- deleted				opened in 2, deleted in 1
 *
 * After a merge a text comes from several: a bracket from the one in which it was the same, or from the first.
 */
#ifndef BRACKED_TUI_LINEAGE_H
#define BRACKED_TUI_LINEAGE_H

#include "app/session.h"
#include "base/arena.h"
#include "base/vec.h"

#include <bracked/compare.h>
#include <stdatomic.h>

/* A bracket of a lineage. */
struct bk_lineage_place {
	uint32_t text, bracket; /* bracket BK_NONE: none */
};

/* A disputed bracket of one text. */
struct bk_lineage_bracket {
	struct bk_span span;
	struct bk_lineage_place before; /* what it was in an older text */
	struct bk_lineage_place
		after;	    /* what it is in a newer text, or that text alone; text BK_NONE: none is newer */
	uint8_t came, went; /* enum bk_difference_kind: by which; OPENED where nothing is known of before */
	const char *detail; /* of what became of it in the newer text: "won" */
	const char *words;  /* its beginning, of one that did not come as it was; else NULL */
};

struct bk_lineage_text {
	char revision[41]; /* the one that brought it; "" for what is in none yet */
	char blob[41];
	int64_t time;
	int offset; /* minutes east of UTC */
	const char *author, *party, *symbol;
	size_t index;			     /* of the revision, BK_NOWHERE for none */
	uint32_t parent;		     /* a text that it comes from; BK_NONE: none that is known */
	struct bk_lineage_bracket *brackets; /* in order */
	size_t count;
};

struct bk_lineage {
	/* The task. */
	char *path, *name;
	struct bk_analysis draft; /* its reading */
	atomic_bool cancel;

	/* The answer. */
	struct bk_arena arena;
	BK_VEC(struct bk_lineage_text) texts; /* newest first */
	bool cut;			      /* there are older ones, which would take too much room */
	int status;
	char *message;
};

/* A task about the session's draft; NULL when memory ran out. */
struct bk_lineage *bk_lineage_new(const struct bk_session *session);
/* Do it: the task is `lineage`. */
void bk_lineage_run(void *lineage);
void bk_lineage_stop(struct bk_lineage *lineage);
void bk_lineage_free(struct bk_lineage *lineage);

/* The bracket that begins at an offset of a text; O(log n).  And the text of git's object name, BK_NOWHERE: none. */
struct bk_lineage_place bk_lineage_find(const struct bk_lineage *lineage, size_t text, size_t start);
size_t bk_lineage_text_of(const struct bk_lineage *lineage, const char *blob);
/* One text on: bracket BK_NONE in the text that has it no more, text BK_NONE behind the newest. */
struct bk_lineage_place bk_lineage_next(const struct bk_lineage *lineage, struct bk_lineage_place place);
const struct bk_lineage_bracket *bk_lineage_at(
	const struct bk_lineage *lineage, struct bk_lineage_place place);
/* "since Rev.1 (3 revisions, 41 days)" of a bracket of the newest text, appended. */
void bk_lineage_put_since(
	const struct bk_lineage *lineage, struct bk_lineage_place place, int64_t now, struct bk_buf *out);

#endif
