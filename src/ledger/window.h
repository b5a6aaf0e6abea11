/*
 * Windows: the words around a bracket, nearest first, and how alike two of them are.
 */
#ifndef BRACKED_LEDGER_WINDOW_H
#define BRACKED_LEDGER_WINDOW_H

#include "base/str.h"

#include <stdint.h>

enum { BK_WINDOW_WORDS = 28, BK_WINDOW_FEATURES = 4 * BK_WINDOW_WORDS };

/* What is read of a draft on each side of a bracket: more than an anchor holds, since words may have come in
 * between. */
#define BK_WINDOW_BYTES ((size_t)160)

struct bk_window {
	uint32_t words[2][BK_WINDOW_WORDS]; /* hashes; before (0) and after (1), nearest first */
	size_t counts[2];
};

/* The words of a context; a word that a cut at the far end may have torn is left out when `torn`. */
void bk_window_of(struct bk_window *window, struct bk_str before, struct bk_str after, const bool torn[2]);

/* Words of bytes in order, at most max; returns how many. */
size_t bk_window_words(struct bk_str bytes, uint32_t *out, size_t max);

/* A word, or a word and the next further one, at a place on one side. */
struct bk_feature {
	uint64_t key;
	uint32_t side, place;
	bool pair, label; /* label: holds a number that may be one */
};
/* All features of a window; returns how many. */
size_t bk_window_features(const struct bk_window *window, struct bk_feature out[BK_WINDOW_FEATURES]);

/* The share of the draft's brackets around which a feature is found, from 0 to 1. */
typedef double (*bk_window_share)(const void *context, uint64_t key);

struct bk_likeness {
	double all; /* share of what was around then that is around now, rare features counting more; 0 to 1 */
	double evidence; /* log of how much likelier this is the same place than any: above 0 speaks for it */
	unsigned beside
		[2]; /* words equal in a row beside the bracket, at most 2; 2 also where both texts end */
};
/* then: of an anchor; now: of a draft. */
struct bk_likeness bk_window_compare(const struct bk_window *then, const struct bk_window *now,
	bk_window_share share, const void *context);

#endif
