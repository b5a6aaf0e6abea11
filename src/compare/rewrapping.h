/*
 * Texts whose lines break at other words: how a line breaks changes how it reads, as where "(a)" or "Article 3" comes
 * to stand at its head, and nothing is to be said of that.
 *
 *	old   4. Parties shall:        new   4. Parties should: (a) report;        laid   4. Parties should:
 *	      (a) report; (b) rest.          (b) rest.                                    (a) report; (b) rest.
 *
 * So where something opens in one of the texts for the sake of a break, the new text is laid out as the old one is; it
 * is compared like that, and what is found is put where it stands in the text that was asked for.  Blank lines end
 * paragraphs and stay; what came new keeps its lines, but for those that end where they are full.
 */
#ifndef BRACKED_COMPARE_REWRAPPING_H
#define BRACKED_COMPARE_REWRAPPING_H

#include "compare/match.h"

#include <bracked/compare.h>

/* Blanks that are others in the two layouts of one text. */
struct bk_break {
	struct bk_span laid, asked;
};

struct bk_rewrapping {
	const bk_draft *asked; /* the new draft as it is, borrowed */
	const bk_draft *laid; /* the same brackets, laid out anew: the old draft, or own; else asked itself */
	bk_draft *own;	      /* laid, when it is neither of the two drafts */
	BK_VEC(struct bk_break) breaks; /* in their order */
};

/* Begin with nothing laid out anew, unless the two texts differ in their breaks alone: then the new one laid out is
 * the old one.  Cost: O(n) up to the first byte that differs.  BK_ENOMEM; release in any case. */
int bk_rewrapping_find(struct bk_rewrapping *rewrapping, const bk_draft *old, const bk_draft *now);
/*
 * Lay out the new text of matches when lines break elsewhere and that makes provisions of words, or words of
 * provisions; laid stays asked when it does not, when less than three quarters of the words stand where they stood,
 * when line ends have carriage returns, and over some millions of words.
 * Cost: none but a look at the passages where lines break alike; else that of reading the draft, and O(n log n) in
 * words.  BK_ENOMEM; BK_ELIMIT when it is stopped.
 */
int bk_rewrapping_lay(struct bk_rewrapping *rewrapping, const struct bk_matches *matches);
/* Take the new text as it is after all.  What was matched with laid must not be read any more. */
void bk_rewrapping_undo(struct bk_rewrapping *rewrapping);
void bk_rewrapping_release(struct bk_rewrapping *rewrapping);

/* Where an offset of the one text is in the other; within blanks that differ, where they end.  O(log n) in breaks. */
size_t bk_rewrapping_to_asked(const struct bk_rewrapping *rewrapping, size_t laid);
size_t bk_rewrapping_to_laid(const struct bk_rewrapping *rewrapping, size_t asked);
struct bk_span bk_rewrapping_span_to_asked(const struct bk_rewrapping *rewrapping, struct bk_span laid);
struct bk_span bk_rewrapping_span_to_laid(const struct bk_rewrapping *rewrapping, struct bk_span asked);

#endif
