/*
 * Paragraphs that count: their numbers as they are, and as they are in order.
 */
#ifndef BRACKED_DRAFT_PARAGRAPH_H
#define BRACKED_DRAFT_PARAGRAPH_H

#include "base/vec.h"
#include "draft/draft.h"

struct bk_paragraph {
	uint32_t node;
	bool below; /* another paragraph: it is none of its heading's */
	bool bracketed, alternative;
	struct bk_span number; /* the digits of its label */
	struct bk_span suffix; /* with the blank before it; empty when it cannot go */
	uint32_t was, had;     /* number and suffix */
	uint32_t is;	       /* the number it comes to have */
	bool keeps;	       /* its suffix */
	size_t series;	       /* from 1 */
};

struct bk_paragraphs {
	BK_VEC(struct bk_paragraph) list; /* in order */
	size_t series;
};

/* Find and number them; suffixes stay or become numbers of their own.  Cost: O(nodes + paragraphs).  BK_ENOMEM. */
int bk_paragraphs_number(struct bk_paragraphs *paragraphs, const struct bk_draft *draft, bool keep_suffixes);
void bk_paragraphs_release(struct bk_paragraphs *paragraphs);

/* Whether its label comes to be another. */
static inline bool bk_paragraph_changes(const struct bk_paragraph *it)
{
	return it->is != it->was || (it->had > 0 && !it->keeps);
}

/* Whether the words of a provision stand in a bracket, or its label does, which takes label_len bytes. */
bool bk_paragraph_is_bracketed(const struct bk_draft *draft, uint32_t node, size_t label_len);

#endif
