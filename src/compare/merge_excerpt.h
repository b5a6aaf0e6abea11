/*
 * Excerpts: a few words of the base, as they stand in the compilation and in every version.
 *
 *	base      1. They [pay][lend].  |  2. They report to the Board.  |  3. It meets.
 *	OUT       1. They [EU: pay][lend].  |  2. They report [US: now] to the Board.  |  3. It meets.
 *	          -----------------------       an excerpt is what stands between two bounds
 *
 * A bound is the start of a paragraph, or a blank with some bytes to spare from brackets and from what anybody
 * changes; the byte before it stands in all texts.
 */
#ifndef BRACKED_COMPARE_MERGE_EXCERPT_H
#define BRACKED_COMPARE_MERGE_EXCERPT_H

#include "compare/merge_doubt.h"

struct bk_excerpt {
	struct bk_span base, out;
};

struct bk_excerpts {
	const struct bk_merge *merge;
	BK_VEC(struct bk_excerpt) list; /* in order */
	uint8_t *doubts;		/* of each region: enum bk_doubt */
};

/* Find those in which brackets are changed, or words so close to each other that they may be read together: there a
 * compilation may say what no party does.  Of the whole base, or of `within`, parts of it in order.  Cost: O(n log n)
 * in amendments, and O(log n) for each bound and party.  BK_ENOMEM; release in any case. */
int bk_excerpts_find(struct bk_excerpts *excerpts, const struct bk_merge *merge, const bk_spans *within);
void bk_excerpts_release(struct bk_excerpts *excerpts);
/* The greatest doubt in it; of all parties, those who want something there that is in doubt are marked. */
enum bk_doubt bk_excerpt_doubt(
	const struct bk_excerpt *excerpt, const struct bk_excerpts *excerpts, bool *parties);
/* Whether brackets of two places, or one of a place and one of the base, are of one choice in the draft of its
 * compilation, or are joined there.  BK_ENOMEM. */
int bk_excerpt_is_mixed(const struct bk_excerpt *excerpt, const struct bk_excerpts *excerpts,
	const bk_draft *out, bool *mixed);
/* What a party has there in its version. */
struct bk_span bk_excerpt_in_version(
	const struct bk_excerpt *excerpt, const struct bk_merge *merge, uint32_t party);
/* Whether names in it that a party has for others are left out: then its words there are not compared, for it would
 * read names that are not put in.  Cost: O(log n + proposals there). */
bool bk_excerpt_leaves_names(const struct bk_excerpt *excerpt, const struct bk_merge *merge, uint32_t party);
/* Where what stands at an offset of that stands in the base, or what gave way to it. */
size_t bk_excerpt_in_base(
	const struct bk_excerpt *excerpt, const struct bk_merge *merge, uint32_t party, size_t offset);
/* What of a part of the base stands in the paragraph of a word in it, without the label that this begins with and
 * brackets that have their other end elsewhere. */
struct bk_span bk_excerpt_in_paragraph(const struct bk_excerpts *excerpts, struct bk_span span, size_t word);
/* What of the base may be read together round a word of it: from the last such place that begins before, to the first
 * that ends behind it in its paragraph, with the brackets side by side with them; and with the words beside. */
struct bk_span bk_excerpt_tie_span(
	const struct bk_excerpt *excerpt, const struct bk_excerpts *excerpts, size_t word, bool beside);

#endif
