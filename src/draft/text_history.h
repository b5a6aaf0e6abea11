/*
 * The history: a tree of steps, each a list of edits with the bytes they took and gave.
 *
 *	steps   0 <- 1 <- 2 <- 5          a step knows its parent, which was made before it,
 *	              \<- 3 <- 4          and the newest of its children
 *
 * It records; moving a text along it is text.c's.  Recording is in two halves, so that a text can get ready
 * everything that may fail before it changes anything: bk_history_reserve, then bk_history_commit.
 */
#ifndef BRACKED_DRAFT_TEXT_HISTORY_H
#define BRACKED_DRAFT_TEXT_HISTORY_H

#include "base/vec.h"

#include <bracked/text.h>

/* Edits that own their bytes. */
struct bk_edits {
	BK_VEC(struct bk_edit) list;
};

struct bk_history_step {
	size_t parent, newest_child;
	struct bk_edits edits;
	int64_t time;
	bool foreign; /* came from outside; its edits were not yet seen to fit */
};

struct bk_history {
	BK_VEC(struct bk_history_step) steps; /* [0]: as loaded */
	size_t current;
	bool typing;  /* the change before was typed, and typing may join it */
	size_t caret; /* where it ended */
	bool blank;   /* it ended in a blank: another word is another step */
};

/* Add a copy of an edit.  BK_ENOMEM. */
int bk_edits_add(struct bk_edits *edits, const struct bk_edit *edit);
void bk_edits_release(struct bk_edits *edits);

/* BK_ENOMEM. */
int bk_history_init(struct bk_history *history);
void bk_history_release(struct bk_history *history);

/* Whether an edit with these flags (enum bk_edit_flag) joins the current step. */
bool bk_history_joins(const struct bk_history *history, const struct bk_edit *edit, unsigned flags);
/* Room for a change of `edits`, in a step of its own or joined to the current one.  BK_ENOMEM. */
int bk_history_reserve(struct bk_history *history, const struct bk_edits *edits, bool joins);
/* Record edits, which are taken over and left empty, in the room reserved; the step they are in is current.
 */
void bk_history_commit(
	struct bk_history *history, struct bk_edits *edits, bool joins, unsigned flags, int64_t time);

/* Add a step below parent, without going there.  BK_ERANGE; BK_ENOMEM. */
int bk_history_add(
	struct bk_history *history, size_t parent, const struct bk_edit *edits, size_t count, int64_t time);

/* One edit on the way from step to step, borrowed from the history. */
struct bk_move {
	struct bk_edit edit;
	bool foreign;
};
struct bk_moves {
	BK_VEC(struct bk_move) list;
};
/* The edits that lead from the current step to this one, in order.  BK_ENOMEM. */
int bk_history_path(const struct bk_history *history, size_t step, struct bk_moves *out);
/* We are at step now, and the steps on the way were seen to fit. */
void bk_history_arrive(struct bk_history *history, size_t step);

#endif
