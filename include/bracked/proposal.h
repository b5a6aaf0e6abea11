/*
 * Proposals: what the rules of the notation offer and do not take, since only a person can know.
 *
 *	[developed / developing countries]	a slash whose parts share a tail, or that reaches out
 *	[^3]: the fund [to be named]		a bracket in a footnote's text, with no name: its class is a proposal
 *	[shall] [may] ... [shall] [may]		a person's word on the first pair, offered for the second
 *	Option 1: / Option 2: / text		what belongs to a family of options as a whole
 *
 * They are read when asked for and kept nowhere.
 */
#ifndef BRACKED_PROPOSAL_H
#define BRACKED_PROPOSAL_H

#include <bracked/draft.h>

enum bk_proposal_kind {
	BK_PROPOSAL_SPLIT,  /* parts are alternatives; shared words stand before and after each */
	BK_PROPOSAL_NOTE,   /* the class */
	BK_PROPOSAL_REPEAT, /* what a person said of `like` */
	BK_PROPOSAL_TAIL,   /* shared.after: text of all options of a family */
};
/* "split", "note" ...  Static. */
BK_API const char *bk_proposal_kind_name(enum bk_proposal_kind kind);

enum { BK_PROPOSAL_PARTS = 8, BK_PROPOSALS_MAX = 3 };

/* Spans are bytes of the draft's text. */
struct bk_proposal {
	uint8_t kind;				 /* enum bk_proposal_kind */
	uint8_t choice;				 /* of a repeat: enum bk_choice, or NONE */
	bool has_class;				 /* of a repeat */
	uint8_t BK_MEMBER_CLASS;		 /* of a repeat or note */
	uint32_t like;				 /* of a repeat: the bracket that a person spoke of */
	struct bk_span parts[BK_PROPOSAL_PARTS]; /* of a split, in order */
	size_t part_count;
	struct bk_span before, after; /* shared by all parts; empty when nothing is */
};

/* What is proposed about a bracket: how many, at most BK_PROPOSALS_MAX.  Cost: O(its words + persons' words). */
BK_API size_t bk_bracket_proposals(
	const bk_draft *draft, uint32_t bracket, struct bk_proposal out[BK_PROPOSALS_MAX]);
/* What is proposed about the family of options whose last one the node is.  Cost: O(its text + the family). */
BK_API bool bk_node_proposal(const bk_draft *draft, uint32_t node, struct bk_proposal *out);

#endif
