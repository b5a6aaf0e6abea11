/*
 * The inside of amendments, shared by their rooms, in the order in which they are called:
 *
 *	amendment_match    which tokens of a gap between equal paragraphs stand in both
 *	amendment          what lies between these, as amendments; those of brackets apart
 *	amendment_move     paragraphs that went here and came there
 *	amendment_bracket  brackets put round words and taken away, and what must stand as one for their sake
 */
#ifndef BRACKED_COMPARE_AMENDMENT_PRIVATE_H
#define BRACKED_COMPARE_AMENDMENT_PRIVATE_H

#include "base/error.h"
#include "compare/amendment.h"
#include "compare/sequence.h"

/* Paragraphs of base and version between two that are equal. */
struct bk_gap_side {
	const struct bk_tokens *tokens;
	uint32_t paragraph, paragraph_end;
	BK_VEC(struct bk_token) items;
	BK_VEC(uint32_t) owners;  /* the paragraph of each */
	BK_VEC(uint32_t) numbers; /* of each */
	BK_VEC(uint32_t) match;	  /* the item of the other side, or BK_NONE */
};

struct bk_gap_match {
	struct bk_gap_side base, file;
	const struct bk_vocabulary *vocabulary;
	size_t head, tail; /* items that both begin and end with, with the blanks between them */
};

/* Match the tokens of paragraphs that are cut, in place of another gap's.  BK_ENOMEM; release in any case. */
int bk_gap_match_find(struct bk_gap_match *gap, struct bk_sequencer *sequencer);
void bk_gap_match_release(struct bk_gap_match *gap);

struct bk_amendment *bk_amendments_add(struct bk_amendments *amendments, struct bk_span base,
	struct bk_span file, enum bk_amendment_kind kind);

/* BK_ENOMEM. */
int bk_amendments_find_moves(struct bk_amendments *amendments);
int bk_amendments_find_brackets(struct bk_amendments *amendments);

static inline struct bk_str bk_part(struct bk_str bytes, size_t start, size_t end)
{
	return (struct bk_str){bytes.ptr + start, end - start};
}

#endif
