/*
 * Blocks: paragraphs, as what is paired before any word is looked at.
 *
 * A block begins after a blank line, where a provision, an option or a heading opens, and at a list mark.
 *
 *	1. The Parties shall ...      block: labelled
 *	   (a) report;                block: labelled
 *	   (b) act.                   block: labelled
 *
 *	They meet.                    block: lies in the same provision
 */
#ifndef BRACKED_COMPARE_BLOCK_H
#define BRACKED_COMPARE_BLOCK_H

#include "base/vec.h"
#include "draft/draft.h"

struct bk_block {
	uint32_t start, end;	 /* bytes */
	uint32_t text, text_end; /* the same without the blanks and line ends around, and without its label */
	uint32_t first, last;	 /* its words: from first up to, not with, last */
	uint32_t node;		 /* the provision, option or heading it lies in, or BK_NONE */
	bool labelled;		 /* the node opens in it */
};

struct bk_blocks {
	const bk_draft *draft;
	BK_VEC(struct bk_block) list; /* all of the text, in order */
};

/* Cut a draft, which must outlive the blocks; their words are not known yet.  Cost: O(bytes), at a gigabyte a
 * second and more.  BK_ENOMEM; release in any case. */
int bk_blocks_cut(struct bk_blocks *blocks, const bk_draft *draft);
void bk_blocks_release(struct bk_blocks *blocks);

/* Index of the block that holds offset, or of the last one before it; 0 when there is none.  O(log n). */
uint32_t bk_blocks_at(const struct bk_blocks *blocks, size_t offset);
/* The same near a guess: O(1) when it is right or little before. */
uint32_t bk_blocks_near(const struct bk_blocks *blocks, size_t offset, uint32_t guess);
/* From its text to its text_end. */
struct bk_str bk_blocks_bytes(const struct bk_blocks *blocks, uint32_t block);

/* Whether a node has a label that is apart from its words: not a heading without a number, as "## Preamble" is. */
bool bk_node_has_label(const bk_draft *draft, uint32_t node);
/* Where what closes the label of a node ends: a stop, a parenthesis, the end of emphasis. */
size_t bk_node_behind_label(const bk_draft *draft, uint32_t node);

/*
 * Blocks of the same text in the same order, under whatever label, which in a revision are nearly all: partner[b]
 * becomes the block of `now` for each of `old`, or BK_NONE.  Short ones, which stand all over, count only beside
 * others that are sure.  partner has room for one a block.  Cost: O(n log n) in blocks.  BK_ENOMEM.
 */
int bk_blocks_find_equal(const struct bk_blocks *old, const struct bk_blocks *now, uint32_t *partner);

#endif
