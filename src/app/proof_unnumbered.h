/*
 * What has a row of its own in the table of a compilation though it has no place in the outline: rows of tables, and
 * notes.
 *
 *	1. They act.
 *
 *	| Who | What |		"1 > row Who", with the rule below it
 *	| --- | --- |
 *	| EU  | pays |		"1 > row EU"
 *
 *	[^1]: A note.		"note 1"
 */
#ifndef BRACKED_APP_PROOF_UNNUMBERED_H
#define BRACKED_APP_PROOF_UNNUMBERED_H

#include "base/vec.h"

#include <bracked/draft.h>

struct bk_unnumbered {
	size_t start;  /* of its line */
	size_t offset; /* of its bar, or its mark */
	size_t behind; /* where that ends */
	size_t end;
	char *path;
};

typedef BK_VEC(struct bk_unnumbered) bk_unnumbered_list;

/* All of a draft, in order.  Cost: O(bytes), and O(log n) of its brackets a line.  BK_ENOMEM; release in any case. */
int bk_unnumbered_find(bk_unnumbered_list *list, const bk_draft *draft);
/* The one that holds an offset; NULL: none does. */
const struct bk_unnumbered *bk_unnumbered_at(const bk_unnumbered_list *list, size_t offset);
void bk_unnumbered_release(bk_unnumbered_list *list);

#endif
