/*
 * Postings: in which blocks of a text a key stands, a pair of words or all words of a block.
 */
#ifndef BRACKED_COMPARE_POSTING_H
#define BRACKED_COMPARE_POSTING_H

#include "base/vec.h"

#include <stddef.h>
#include <stdint.h>

/* A pair of words, or all words of a block, and where it stands. */
struct bk_posting {
	uint64_t key;
	uint32_t block;
};

/*
 * Postings by key.  Keys are hashes, so their highest bits spread them evenly: starts says for each value of these
 * where its postings begin.
 */
struct bk_postings {
	BK_VEC(struct bk_posting) list;
	uint32_t *starts;
	unsigned shift; /* of a key to its highest bits */
};

/* Add one, in any order.  BK_ENOMEM. */
int bk_postings_add(struct bk_postings *postings, uint64_t key, uint32_t block);
/* Put them in order, each once.  Cost: O(n), unless many have one key.  BK_ENOMEM. */
int bk_postings_sort(struct bk_postings *postings);
/* Those of a key once they are sorted: the first of them, and how many. */
const struct bk_posting *bk_postings_find(const struct bk_postings *postings, uint64_t key, size_t *count);
void bk_postings_release(struct bk_postings *postings);
/* Bits to tell so many keys apart by. */
unsigned bk_postings_bits(size_t count);

#endif
