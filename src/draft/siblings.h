/* Which bracket stands before which in the same parent, and what lies between the two. */
#ifndef BRACKED_DRAFT_SIBLINGS_H
#define BRACKED_DRAFT_SIBLINGS_H

#include "draft/draft.h"

/*
 * For each bracket the one before it of the same kind and parent, or BK_NONE; bk_free by the caller.
 * NULL when memory ran out (with its message), or when there is no bracket.
 */
uint32_t *bk_siblings_before(const struct bk_draft *draft);

/* Where the text goes on after a bracket, its parentheses and footnote mark. */
size_t bk_siblings_end(const struct bk_draft *draft, uint32_t bracket);

enum bk_gap {
	BK_GAP_TEXT,  /* other words: no neighbours */
	BK_GAP_TIGHT, /* nothing, or `/` */
	BK_GAP_BLANK, /* blanks or one line end */
	BK_GAP_OR,
	BK_GAP_AND_OR,
};
/*
 * What stands from the end of `before`, its attributions and footnote marks passed over, to the start of
 * `after`.  Emphasis counts as nothing.
 */
enum bk_gap bk_siblings_gap(const struct bk_draft *draft, uint32_t before, uint32_t after);

#endif
