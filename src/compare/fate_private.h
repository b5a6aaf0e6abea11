/* What the rooms of fate share: pairing brackets, then telling what became of those without a partner. */
#ifndef BRACKED_COMPARE_FATE_PRIVATE_H
#define BRACKED_COMPARE_FATE_PRIVATE_H

#include "compare/fate.h"

enum {
	BK_FATE_CLIMB = 32,		  /* brackets around a word that are looked at */
	BK_FATE_EFFORT = 40 * 1000 * 1000 /* ... and in all: more is met in hostile texts alone */
};

/* A bracket in numbers. */
struct bk_extent {
	uint32_t first, last; /* own words */
	bool disputed;	      /* a disputed bracket, no brace */
};

struct bk_side {
	const struct bk_words *words;
	const struct bk_draft *draft;
	struct bk_extent *extents; /* of each bracket */
	uint64_t *hashes;	   /* of the words before each: see bk_extent_key */
	uint64_t *powers;	   /* of what a hash is multiplied by */
	uint32_t *of_word;	   /* the innermost bracket around each word by plain matching, or BK_NONE */
};

struct bk_fater {
	struct bk_fates *fates;
	const struct bk_matches *matches;
	struct bk_side old, now;
	bool *full;	 /* of each number: the word says something when it stands alone */
	uint32_t *tally; /* by bracket or enclosure of the new text; all 0 between uses */
	BK_VEC(uint32_t) touched;
	size_t effort; /* of BK_FATE_EFFORT */
};

/* Words in a row of which some stand in the other text. */
struct bk_standing {
	size_t words, found, full; /* full: found, and say something alone */
};

/* fate_word.c: a text in numbers, and which words are full; release in any case.  BK_ENOMEM. */
int bk_side_prepare(struct bk_side *side, const struct bk_words *words);
void bk_side_release(struct bk_side *side);
int bk_fater_weigh(struct bk_fater *fater);
/* Whether enough words of a row stand in the other text for the row to do so; what says nothing word by word
 * stands only whole. */
bool bk_standing_holds(const struct bk_standing *standing);

/* fate_pair.c: brackets that stand in both texts, best first. */
int bk_fater_pair(struct bk_fater *fater);

/* fate_split.c: whether an old bracket without a partner fell into several; these are split then, too.  BK_ENOMEM. */
int bk_fater_split(struct bk_fater *fater, uint32_t old);
/* One more in tally for what stands at `at`, and all of them back to 0. */
int bk_fater_tally(struct bk_fater *fater, uint32_t at);
void bk_fater_forget(struct bk_fater *fater);

/* fate_gone.c: what became of an old bracket without a partner.  BK_ENOMEM. */
int bk_fater_tell_gone(struct bk_fater *fater, uint32_t old);
/* Where several brackets were put into one and fill it, it is the largest of them that was worded anew.
 * BK_ENOMEM. */
int bk_fater_pair_largest(struct bk_fater *fater);

/* fate_option.c: whether a place is in an option; what happened to the one that an old bracket opens with, as
 * details, 0 when it opens with none. */
bool bk_fate_in_option(const struct bk_draft *draft, size_t offset);
uint16_t bk_fater_option(const struct bk_fater *fater, uint32_t old);

/* fate_group.c: accepted and deleted members of a group become chosen where a choice was made. */
void bk_fater_choose(struct bk_fater *fater);

/* Whether there is effort left for so many words; it is spent. */
static inline bool bk_fater_affords(struct bk_fater *fater, size_t words)
{
	if (fater->effort + words > BK_FATE_EFFORT)
		return false;
	fater->effort += words;
	return true;
}

/* Where a word stands now, or stood, in its order or out of it; BK_NONE. */
static inline uint32_t bk_fate_place(const struct bk_fater *fater, uint32_t old_word)
{
	const uint32_t word = fater->matches->to_new[old_word];

	return word != BK_NONE ? word : fater->matches->strays_to_new[old_word];
}

static inline uint32_t bk_fate_source(const struct bk_fater *fater, uint32_t new_word)
{
	const uint32_t word = fater->matches->to_old[new_word];

	return word != BK_NONE ? word : fater->matches->strays_to_old[new_word];
}

/* One more word, by its number, which stands in the other text when `found`. */
static inline void bk_standing_count(
	const struct bk_fater *fater, struct bk_standing *standing, uint32_t number, bool found)
{
	standing->words++;
	standing->found += found;
	standing->full += found && fater->full[number];
}

static inline size_t bk_extent_len(const struct bk_extent *extent)
{
	return extent->last - extent->first;
}

/* The same for brackets of the same words, of whichever text.  O(1). */
static inline uint64_t bk_extent_key(const struct bk_side *side, const struct bk_extent *extent)
{
	return side->hashes[extent->last] -
	       side->hashes[extent->first] * side->powers[extent->last - extent->first];
}

#endif
