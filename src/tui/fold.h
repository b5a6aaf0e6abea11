/*
 * Folds: which lines of a text are put away, so that only the first row of each run is seen.
 *
 *	lines    1  2 [3  4 [5  6] 7] 8       [ ] folds
 *	seen     1  2  3 ...          8       5 is put away too, and folded still when 3 is unfolded
 *
 * A fold holds whole lines: it starts where its first line does and ends where the line after its last one
 * starts, or with the text.  Two folds are apart or one holds the other.  They follow edits: one before a fold
 * moves it along, one in what it puts away opens it, and one that a person types in its first line leaves it.
 *
 * Folds stand in one array by start, the longer first.  Those from `gap` on lie `shift` further than written,
 * so that an edit costs what lies between it and the edit before, and typing on nothing.
 */
#ifndef BRACKED_TUI_FOLD_H
#define BRACKED_TUI_FOLD_H

#include "base/vec.h"

#include <bracked/text.h>

struct bk_fold {
	size_t start, end;
	uint32_t outer; /* the next one that holds it; UINT32_MAX: none */
	bool open_end;	/* ends with the text, and no line end stands there */
};

struct bk_folds {
	BK_VEC(struct bk_fold) items;
	size_t gap, shift;
	uint64_t changes; /* grows when a fold comes or goes */
	uint64_t moves;	  /* grows when one is moved */
};

void bk_folds_release(struct bk_folds *folds);
void bk_folds_clear(struct bk_folds *folds);
size_t bk_folds_count(const struct bk_folds *folds);
/* Where fold number i stands now. */
struct bk_span bk_folds_get(const struct bk_folds *folds, size_t i);

/*
 * Add folds, in any order; of those that would cross one another the later in the text is left out, those that
 * are there already are no second time.  open_end as above, of those that end with the text.  Cost: O(n log n).
 * BK_ENOMEM, and nothing has changed.
 */
int bk_folds_add(
	struct bk_folds *folds, const struct bk_span *spans, size_t count, size_t text_size, bool open_end);
/* The outermost fold that holds offset, its first line included.  O(log n + depth). */
bool bk_folds_at(const struct bk_folds *folds, size_t offset, struct bk_span *out);
/* Open the outermost fold that holds offset; what is folded in it stays so.  False when there is none.  O(n). */
bool bk_folds_open(struct bk_folds *folds, size_t offset);
/* Give the folds that do not hold offset to others.  BK_ENOMEM, and nothing has changed. */
int bk_folds_give(struct bk_folds *from, size_t offset, struct bk_folds *to);
/* A copy of another's folds.  BK_ENOMEM, and nothing has changed. */
int bk_folds_copy(struct bk_folds *to, const struct bk_folds *from);
/* Follow an edit; `cursor` is where a person types, before it, or BK_NOWHERE. */
void bk_folds_edit(struct bk_folds *folds, const struct bk_edit *edit, size_t cursor);

#endif
