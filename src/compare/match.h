/*
 * Matches: where each word of the old text stands in the new one.
 *
 * Passages are taken from the alignment, and within each the words that stand in both are matched in order.  A
 * run of words that could as well have begun a word earlier or later ("the [big] big dog") begins where a bracket,
 * a sentence or a clause does.
 *
 *	old   1. Parties [in need] and others shall report.	  3. They [shall be heard].
 *	new   1. Others and Parties [in need] shall report, and they shall be heard.
 *
 * A phrase that changed places within its passage, or that went into another provision with most of its own, is
 * a stray: it is told apart, since matched words of a passage are in order.  So are the words of an option that stand
 * in the paragraph which another option for it became.
 */
#ifndef BRACKED_COMPARE_MATCH_H
#define BRACKED_COMPARE_MATCH_H

#include "compare/align.h"

/* Two texts, cut and matched.  Indexes are of words; BK_NONE: it stands in one text only. */
struct bk_matches {
	struct bk_vocabulary vocabulary;
	struct bk_stop stop;
	struct bk_words old, now; /* of spared blocks none are cut */
	struct bk_unchanged unchanged;
	struct bk_alignment alignment;
	uint32_t *to_new, *to_old;
	uint32_t *strays_to_new, *strays_to_old; /* of phrases that stand out of that order */
	uint32_t *anchors;			 /* of each old word: see bk_matches_anchor */
};

/* Both drafts must outlive the matches; stop may be NULL.  Cost: O(n log n) in words.  BK_ENOMEM, BK_ELIMIT; release
 * in any case. */
int bk_matches_make(
	struct bk_matches *matches, const bk_draft *old, const bk_draft *now, const struct bk_stop *stop);
/*
 * The byte of the new text behind the last thing before offset, of the old one, that stands there; for an
 * offset in what is unchanged, just its place.  O(log n).
 */
size_t bk_matches_anchor(const struct bk_matches *matches, size_t offset);
/*
 * match_label.c: false where a span of the old text lies in no label, which have no words, or in one of more than 256
 * bytes.  Else *out is the label of what that block became, where it is the old one without its brackets but this span
 * of them, as far as it is in the bracket that it begins in; empty where it is not.
 */
bool bk_matches_label(const struct bk_matches *matches, struct bk_span old, struct bk_span *out);
/* Whether such a span lies in a label that is as it was, brackets and all: where it stands in that. */
bool bk_matches_same_label(const struct bk_matches *matches, struct bk_span old, struct bk_span *out);
void bk_matches_release(struct bk_matches *matches);

/* The words of a passage in one of the texts: from first up to, not with, last. */
void bk_matches_old_words(
	const struct bk_matches *matches, uint32_t passage, uint32_t *first, uint32_t *last);
void bk_matches_new_words(
	const struct bk_matches *matches, uint32_t passage, uint32_t *first, uint32_t *last);

#endif
