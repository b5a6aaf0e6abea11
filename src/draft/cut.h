/*
 * Cuts: what is to be taken out of a text, in any order at first; then in theirs, and those that touch as one.
 */
#ifndef BRACKED_DRAFT_CUT_H
#define BRACKED_DRAFT_CUT_H

#include "base/str.h"
#include "base/vec.h"

#include <bracked/draft.h>

enum bk_cut_kind {
	BK_CUT_MARK, /* notation alone: brackets, attributions, an option's header; the words beside it meet as they
			 stand */
	BK_CUT_WORDS, /* words of the text */
};

struct bk_cut {
	struct bk_span span;
	uint8_t kind; /* enum bk_cut_kind */
	size_t after; /* filled in: where text goes on below its line */
	bool capital; /* filled in: the words began with a capital */
	bool lines;   /* filled in: whole lines */
	bool blank;   /* filled in: joined over blanks */
};

typedef BK_VEC(struct bk_cut) bk_cuts;

/* Add a cut, in any order; cuts may overlap.  BK_ENOMEM. */
int bk_cuts_add(bk_cuts *cuts, size_t start, size_t end, enum bk_cut_kind kind);

/* Sort by start, longer first. */
void bk_cuts_sort(bk_cuts *cuts);

/* Sort, and join what overlaps, touches, or is parted by blanks alone.  Cost: O(n log n + bytes between). */
void bk_cuts_join(const struct bk_draft *draft, bk_cuts *cuts);

/* Where the words of a span begin: behind brackets with who stands in them, emphasis and quotation marks; or its
 * end. */
size_t bk_cut_words_at(const struct bk_draft *draft, struct bk_span span);

#endif
