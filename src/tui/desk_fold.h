/*
 * The folds of a desk: what of the outline can be folded, what a fold puts away, and how folds outlive the
 * program.
 *
 * Kept in the journal as text, a fold after the other: bytes from the start of the one before, length, and the
 * hash of its first line, as in "120+4410/9f3c02d1;".  A fold stands where it stood when that line still
 * does; else it is looked for among what the outline holds, by that line, nearest to its old place; else it is
 * forgotten.
 */
#ifndef BRACKED_TUI_DESK_FOLD_H
#define BRACKED_TUI_DESK_FOLD_H

#include "base/buf.h"
#include "tui/fold.h"

#include <bracked/draft.h>

struct bk_desk;

struct bk_fold_kept {
	size_t start, len;
	uint32_t hash; /* of the first line */
};

/* What a desk knows of its folds beside where they are. */
struct bk_fold_care {
	BK_VEC(struct bk_fold_kept) lost; /* to be found again when the draft is read */
	uint64_t changes, moves;	  /* of the folds when they were last told to the journal */
	bool told;			  /* they were */
};

/* The folds that are in force: NULL while a reading is shown. */
const struct bk_folds *bk_desk_folds(const struct bk_desk *desk);
void bk_desk_release_folds(struct bk_desk *desk);

/* Find lost folds in the draft that has just been read. */
void bk_desk_find_folds(struct bk_desk *desk);
struct bk_fold_sums {
	size_t open, blocks, faults;
	bool known; /* false: the draft has not been read */
};
/* What opens in a span of the text.  O(log n). */
struct bk_fold_sums bk_desk_sums(const struct bk_desk *desk, struct bk_span span);

/*
 * The lines of a node, blank ones at its end left out, as offsets of the text that `shift` bytes stand before
 * the draft in.  False when there are none of its own.
 */
bool bk_fold_span_of(const bk_draft *draft, const struct bk_node *node, size_t shift, struct bk_span *out);
/* Fold these spans of the text as it is now.  BK_ENOMEM. */
int bk_desk_fold(struct bk_desk *desk, const struct bk_span *spans, size_t count);

/* The folds for the journal: "=" when what it was told last still serves; with `all` they are always written.
 * Appended; see bk_buf_status. */
void bk_desk_put_folds(const struct bk_desk *desk, bool all, struct bk_buf *out);
/* The journal has taken them. */
void bk_desk_note_told(struct bk_desk *desk);
/*
 * Take up what the journal kept; `same` says that the text is the one it was kept for.  Those that do not stand,
 * or for which memory ran out, are looked for when the draft has been read.
 */
void bk_desk_take_folds(struct bk_desk *desk, const char *kept, bool same);

#endif
