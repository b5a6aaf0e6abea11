/*
 * The vocabulary of two texts: one number a word, the same for words that read the same.
 *
 * Words that differ only in the case of their letters, in invisible characters, in how accents are composed or
 * in look-alike letters of another alphabet read the same, and so have the same number: what is told of them
 * is that they differ in what nobody sees.
 */
#ifndef BRACKED_COMPARE_VOCABULARY_H
#define BRACKED_COMPARE_VOCABULARY_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/vec.h"
#include "draft/lexicon.h"

#include <stdint.h>

struct bk_entry {
	const char *folded;
	uint32_t len;
	uint32_t hash;
	uint64_t head[2]; /* the bytes of a word that has no more than these hold, zeroes behind it */
};

struct bk_vocabulary {
	BK_VEC(struct bk_entry) entries; /* by number */
	uint32_t *slots;		 /* entries by hash; BK_NONE where free */
	size_t mask;
	uint64_t seed; /* drawn once a process */
	struct bk_arena arena;
	struct bk_buf folding;
};

#define BK_VOCABULARY_INIT                                                                                   \
	{                                                                                                    \
		BK_VEC_INIT, NULL, 0, 0, BK_ARENA_INIT, BK_BUF_INIT                                          \
	}

/* The number of a word, a new one the first time.  behind: how many bytes may be read behind it, which spares time.
 * Cost: O(length).  BK_ENOMEM. */
int bk_vocabulary_add(struct bk_vocabulary *vocabulary, struct bk_str word, size_t behind, uint32_t *number);
/* How the word reads: folded.  Lives as long as the vocabulary. */
struct bk_str bk_vocabulary_word(const struct bk_vocabulary *vocabulary, uint32_t number);
/* Whether it is in one of so many lists of the lexicon. */
bool bk_vocabulary_is_listed(
	const struct bk_vocabulary *vocabulary, uint32_t number, const enum bk_lexicon *lists, size_t count);
void bk_vocabulary_release(struct bk_vocabulary *vocabulary);

#endif
