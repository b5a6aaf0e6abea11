/*
 * Paragraphs that count: their numbers as they are, and as they are in order.
 */
#ifndef BRACKED_DRAFT_PARAGRAPH_H
#define BRACKED_DRAFT_PARAGRAPH_H

#include "base/vec.h"
#include "draft/draft.h"

struct bk_paragraph {
	uint32_t node;
	uint32_t
		parent; /* the node that it is numbered below, or BK_NONE; of a peer, that of the paragraph above */
	bool peer;  /* it stands below another in the outline, and is counted beside that */
	bool below; /* another paragraph: it is none of its heading's */
	bool bracketed, alternative;
	struct bk_span number; /* the digits of its label */
	struct bk_span suffix; /* with the blank before it; empty when it cannot go */
	uint32_t was, had;     /* number and suffix */
	uint32_t turn;	       /* the 2 of "3 bis 2" */
	uint32_t is;	       /* the number it comes to have */
	bool keeps;	       /* its suffix */
	size_t series;	       /* from 1 */
	size_t numbering;      /* from 1: series in which no number should stand twice */
};

enum bk_undecided_kind {
	BK_UNDECIDED_NUMBER,	  /* a number in brackets: [56.][57.] */
	BK_UNDECIDED_SUFFIX,	  /* 3 bis does not follow 3 */
	BK_UNDECIDED_ALTERNATIVE, /* 3 alt does not follow 3 */
	BK_UNDECIDED_FAR,	  /* so many numbers are left out that another numbering may begin */
};

/* What the numbers alone do not tell. */
struct bk_undecided {
	size_t offset;
	enum bk_undecided_kind kind;
	size_t series[4]; /* that cannot be numbered for it; 0 for none */
};

struct bk_paragraphs {
	BK_VEC(struct bk_paragraph) list; /* in order */
	size_t series;
	BK_VEC(struct bk_undecided) undecided;
};

/* Find and number them; suffixes stay or become numbers of their own.  Cost: O(nodes + brackets).  BK_ENOMEM. */
int bk_paragraphs_number(struct bk_paragraphs *paragraphs, const struct bk_draft *draft, bool keep_suffixes);
/* paragraph_disputed.c: find numbers in brackets, and what cannot be numbered for them.  BK_ENOMEM. */
int bk_paragraphs_dispute(struct bk_paragraphs *paragraphs, const struct bk_draft *draft);
void bk_paragraphs_release(struct bk_paragraphs *paragraphs);

/* Whether its label comes to be another. */
static inline bool bk_paragraph_changes(const struct bk_paragraph *it)
{
	return it->is != it->was || (it->had > 0 && !it->keeps);
}

/* Whether the words of a provision stand in a bracket, or its label does, which takes label_len bytes. */
bool bk_paragraph_is_bracketed(const struct bk_draft *draft, uint32_t node, size_t label_len);
/* Whether two nodes stand in options that are rivals. */
bool bk_paragraph_are_rivals(const struct bk_draft *draft, uint32_t a, uint32_t b);

#endif
