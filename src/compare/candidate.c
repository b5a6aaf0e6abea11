/*
 * Blocks of the same bytes in the same order need no more thought, nor do blocks between these that are alike
 * one by one; in a revision that is nearly all.  Of the rest, a block asks for its likes by its pairs of
 * neighbouring words: each rare pair that stands in a block of the new text is a vote for that block, and the
 * blocks with most votes are looked at word by word.  Blocks of the same words are candidates where their turn
 * among equals is the same.
 */
#include "compare/candidate.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "compare/posting.h"

#include <math.h>
#include <stdlib.h>

enum {
	CALLED = 6,  /* candidates of one block */
	COMMON = 12, /* blocks that hold a pair which says little */
	VOTED = 64,  /* blocks that votes of one block are counted for */
	LONG = 1024, /* words from which on a block is long */
	SHORT = 16,  /* times that another one must be shorter to be looked up in it */
};

static const float NEAR = 0.6f; /* as alike as that, blocks between the same neighbours are the same */

/* Which keys may be asked for: by the highest bits of a key, those that are, and by chance some others. */
struct asked {
	bool *keys;
	unsigned shift;
};

struct vote {
	uint32_t block;
	float weight;
};

struct caller {
	struct bk_likelies *likelies;
	const struct bk_words *old, *now;
	const struct bk_stop *stop;
	struct bk_postings pairs;  /* of the new text, by key: those that the old one asks for */
	uint32_t *to_new, *to_old; /* the partner of each block that is sure, or BK_NONE */
	struct bk_postings
		whole; /* blocks of the new text by all of their words, those of the same words in order */
};

/* ---- Weights ------------------------------------------------------------------------------------------- */

static int weigh_words(struct caller *caller, size_t numbers)
{
	struct bk_likelies *likelies = caller->likelies;
	const struct bk_words *texts[] = {caller->old, caller->now};
	const double all = (double)(caller->old->blocks.list.len + caller->now->blocks.list.len);
	uint32_t *last = bk_malloc((numbers ? numbers : 1) * sizeof *last);

	likelies->rarity = bk_calloc(numbers ? numbers : 1, sizeof *likelies->rarity);
	if (!last || !likelies->rarity) {
		bk_free(last);
		return bk_fail_memory();
	}
	for (size_t t = 0; t < 2; t++) {
		memset(last, 0xff, numbers * sizeof *last);
		for (uint32_t b = 0; b < texts[t]->blocks.list.len; b++) {
			const struct bk_block *block = &texts[t]->blocks.list.items[b];

			for (uint32_t w = block->first; w < block->last; w++) {
				const uint32_t number = texts[t]->items.items[w].number;

				likelies->rarity[number] += last[number] != b;
				last[number] = b;
			}
		}
	}
	for (size_t i = 0; i < numbers; i++)
		likelies->rarity[i] = (float)log(1.2 + all / (1 + likelies->rarity[i]));
	bk_free(last);
	return BK_OK;
}

static float *weigh_blocks(const struct bk_words *words, const float *rarity)
{
	float *weights = bk_calloc(words->blocks.list.len ? words->blocks.list.len : 1, sizeof *weights);

	for (size_t b = 0; weights && b < words->blocks.list.len; b++) {
		const struct bk_block *block = &words->blocks.list.items[b];

		for (uint32_t w = block->first; w < block->last; w++)
			weights[b] += rarity[words->items.items[w].number];
	}
	return weights;
}

/* ---- Long blocks --------------------------------------------------------------------------------------- */

static int compare_tallies(const void *a, const void *b)
{
	const struct bk_tally *x = a, *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

/* The words of a block, each once, at the end of the tallies. */
static int tally_block(struct bk_likelies *likelies, const struct bk_words *words,
	const struct bk_block *block, struct bk_tallied *out)
{
	const struct bk_word *items = words->items.items;
	int status = BK_OK;

	out->first = (uint32_t)likelies->tallies.len;
	for (uint32_t w = block->first; w < block->last; w++)
		likelies->counts[items[w].number]++;
	for (uint32_t w = block->first; w < block->last; w++) {
		uint32_t *count = &likelies->counts[items[w].number];
		struct bk_tally *added = *count && status == BK_OK ? BK_VEC_PUSH(&likelies->tallies) : NULL;

		if (*count && !added)
			status = bk_fail_memory();
		else if (*count)
			*added = (struct bk_tally){items[w].number, *count};
		*count = 0;
	}
	out->last = (uint32_t)likelies->tallies.len;
	if (out->last > out->first)
		qsort(likelies->tallies.items + out->first, out->last - out->first,
			sizeof *likelies->tallies.items, compare_tallies);
	return status;
}

/* One block of a whole draft may be a candidate of each paragraph of the other: its words are counted once. */
static int tally_long(struct bk_likelies *likelies, const struct bk_words *words, struct bk_tallied **out)
{
	const size_t count = words->blocks.list.len;
	int status = BK_OK;

	*out = bk_calloc(count ? count : 1, sizeof **out);
	if (!*out)
		return bk_fail_memory();
	for (size_t b = 0; b < count && status == BK_OK; b++) {
		const struct bk_block *block = &words->blocks.list.items[b];

		if (block->last - block->first >= LONG)
			status = tally_block(likelies, words, block, &(*out)[b]);
	}
	return status;
}

/* ---- Postings ------------------------------------------------------------------------------------------ */

static uint64_t pair_key(const struct bk_word *words)
{
	return ((uint64_t)words[0].number << 32 | words[1].number) * 0x9E3779B97F4A7C15u;
}

/* A block without words is told by what it says all the same: "Option 2:". */
static uint64_t whole_key(const struct bk_words *words, const struct bk_block *block)
{
	uint64_t key = 0;

	if (block->first == block->last) {
		const struct bk_str bytes =
			bk_blocks_bytes(&words->blocks, (uint32_t)(block - words->blocks.list.items));

		return bk_hash(bytes.ptr, bytes.len) | 1;
	}
	for (uint32_t w = block->first; w < block->last; w++)
		key = bk_hash_seed(&words->items.items[w].number, sizeof(uint32_t), key);
	return key & ~(uint64_t)1;
}

static int post_whole(const struct bk_words *words, const uint32_t *taken, struct bk_postings *out)
{
	int status = BK_OK;

	for (uint32_t b = 0; b < words->blocks.list.len && status == BK_OK; b++)
		if (taken[b] == BK_NONE)
			status = bk_postings_add(out, whole_key(words, &words->blocks.list.items[b]), b);
	return status == BK_OK ? bk_postings_sort(out) : status;
}

/* What the blocks of the old text that have no partner ask for. */
static int list_asked(const struct caller *caller, struct asked *asked)
{
	const struct bk_words *words = caller->old;
	size_t count = 0;

	for (uint32_t b = 0; b < words->blocks.list.len; b++)
		if (caller->to_new[b] == BK_NONE)
			count += words->blocks.list.items[b].last - words->blocks.list.items[b].first;
	asked->shift = 64 - bk_postings_bits(4 * count);
	asked->keys = bk_calloc((size_t)1 << (64 - asked->shift), sizeof *asked->keys);
	if (!asked->keys)
		return bk_fail_memory();
	for (uint32_t b = 0; b < words->blocks.list.len; b++) {
		const struct bk_block *block = &words->blocks.list.items[b];

		for (uint32_t w = block->first; caller->to_new[b] == BK_NONE && w + 1 < block->last; w++)
			asked->keys[pair_key(&words->items.items[w]) >> asked->shift] = true;
	}
	return BK_OK;
}

/* Of the blocks of the new text that are not unchanged: what is settled may have taken in more. */
static int post_pairs(struct caller *caller, const uint32_t *unchanged)
{
	const struct bk_words *words = caller->now;
	struct asked asked;
	int status = list_asked(caller, &asked);

	for (uint32_t b = 0; b < words->blocks.list.len && status == BK_OK; b++) {
		const struct bk_block *block = &words->blocks.list.items[b];

		if (unchanged[b] != BK_NONE)
			continue;
		for (uint32_t w = block->first; w + 1 < block->last && status == BK_OK; w++) {
			const uint64_t key = pair_key(&words->items.items[w]);

			if (asked.keys[key >> asked.shift])
				status = bk_postings_add(&caller->pairs, key, b);
		}
	}
	bk_free(asked.keys);
	return status == BK_OK ? bk_postings_sort(&caller->pairs) : status;
}

/* ---- Likeness ------------------------------------------------------------------------------------------ */

/* What a block has in common with a long one. */
static float weigh_in_long(const struct bk_likelies *likelies, const struct bk_tallied *in,
	const struct bk_words *words, const struct bk_block *block)
{
	const struct bk_tally *tallies = likelies->tallies.items + in->first;
	const struct bk_word *items = words->items.items;
	const uint32_t len = in->last - in->first;
	uint32_t *counts = likelies->counts;
	float weight = 0;

	for (uint32_t w = block->first; w < block->last; w++) {
		const uint32_t number = items[w].number;
		const size_t at = BK_SEARCH(i, len, tallies[i].number < number);

		if (at == len || tallies[at].number != number || counts[number] == tallies[at].count)
			continue;
		counts[number]++;
		weight += likelies->rarity[number];
	}
	for (uint32_t w = block->first; w < block->last; w++)
		counts[items[w].number] = 0;
	return weight;
}

static bool is_short(const struct bk_block *block, const struct bk_block *beside)
{
	return (block->last - block->first) < (beside->last - beside->first) / SHORT;
}

/* What two blocks have in common, each word as often as both have it. */
static float weigh_common(const struct bk_likelies *likelies, uint32_t old_block, uint32_t new_block)
{
	const struct bk_block *old = &likelies->old->blocks.list.items[old_block];
	const struct bk_block *now = &likelies->now->blocks.list.items[new_block];
	const struct bk_tallied *old_long = &likelies->old_long[old_block];
	const struct bk_tallied *now_long = &likelies->now_long[new_block];
	const struct bk_word *old_words = likelies->old->items.items, *words = likelies->now->items.items;
	uint32_t *counts = likelies->counts;
	float weight = 0;

	if (old_long->last > old_long->first && is_short(now, old))
		return weigh_in_long(likelies, old_long, likelies->now, now);
	if (now_long->last > now_long->first && is_short(old, now))
		return weigh_in_long(likelies, now_long, likelies->old, old);
	for (uint32_t w = old->first; w < old->last; w++)
		counts[old_words[w].number]++;
	for (uint32_t w = now->first; w < now->last; w++) {
		if (counts[words[w].number]) {
			weight += likelies->rarity[words[w].number];
			counts[words[w].number]--;
		}
	}
	for (uint32_t w = old->first; w < old->last; w++)
		counts[old_words[w].number] = 0;
	return weight;
}

static float share_of(float part, float whole)
{
	return whole > 0 ? (part < whole ? part / whole : 1) : 0;
}

struct bk_likely bk_likelies_compare(const struct bk_likelies *likelies, uint32_t old, uint32_t now)
{
	const float a = likelies->old_weight[old], b = likelies->now_weight[now];
	const float common = weigh_common(likelies, old, now);

	if (a + b <= 0 && bk_str_equal(bk_blocks_bytes(&likelies->old->blocks, old),
				  bk_blocks_bytes(&likelies->now->blocks, now)))
		return (struct bk_likely){old, now, false, 0, 1, 1};
	return (struct bk_likely){
		old, now, false, common, share_of(2 * common, a + b), share_of(common, a < b ? a : b)};
}

static int add_likely(struct caller *caller, uint32_t old, uint32_t now)
{
	struct bk_likely *likely = BK_VEC_PUSH(&caller->likelies->items);

	if (!likely)
		return bk_fail_memory();
	*likely = bk_likelies_compare(caller->likelies, old, now);
	return BK_OK;
}

static int add_sure(struct caller *caller, uint32_t old)
{
	struct bk_likely *likely = BK_VEC_PUSH(&caller->likelies->items);

	if (!likely)
		return bk_fail_memory();
	*likely = (struct bk_likely){old, caller->to_new[old], true, caller->likelies->old_weight[old], 1, 1};
	return BK_OK;
}

/* ---- Between what is the same -------------------------------------------------------------------------- */

/* Blocks between the same neighbours, as many in both texts: those that are alike one by one need no calling. */
static void settle_gap(struct caller *caller, uint32_t old, uint32_t now, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		if (bk_likelies_compare(caller->likelies, old + i, now + i).alike < NEAR)
			continue;
		caller->to_new[old + i] = now + i;
		caller->to_old[now + i] = old + i;
	}
}

static void settle_gaps(struct caller *caller, const uint32_t *same)
{
	const uint32_t count = (uint32_t)caller->old->blocks.list.len;
	const uint32_t new_count = (uint32_t)caller->now->blocks.list.len;
	uint32_t old = 0, now = 0;

	for (uint32_t b = 0; b <= count; b++) {
		const uint32_t partner = b < count ? same[b] : new_count;

		if (partner == BK_NONE)
			continue;
		if (b - old == partner - now)
			settle_gap(caller, old, now, b - old);
		old = b + 1;
		now = partner + 1;
	}
}

static int settle(struct caller *caller, const struct bk_unchanged *unchanged)
{
	const size_t old = caller->old->blocks.list.len, now = caller->now->blocks.list.len;

	caller->to_new = bk_malloc((old + 1) * sizeof *caller->to_new);
	caller->to_old = bk_malloc((now + 1) * sizeof *caller->to_old);
	if (!caller->to_new || !caller->to_old)
		return bk_fail_memory();
	memcpy(caller->to_new, unchanged->to_new, old * sizeof *caller->to_new);
	memcpy(caller->to_old, unchanged->to_old, now * sizeof *caller->to_old);
	settle_gaps(caller, unchanged->to_new);
	return BK_OK;
}

/* ---- Calling ------------------------------------------------------------------------------------------- */

static void give(struct vote *votes, size_t *count, uint32_t block, float weight)
{
	for (size_t i = 0; i < *count; i++) {
		if (votes[i].block == block) {
			votes[i].weight += weight;
			return;
		}
	}
	if (*count < VOTED)
		votes[(*count)++] = (struct vote){block, weight};
}

static void collect_votes(
	const struct caller *caller, const struct bk_block *block, struct vote *votes, size_t *count)
{
	for (uint32_t w = block->first; w + 1 < block->last; w++) {
		size_t found;
		const struct bk_posting *pairs =
			bk_postings_find(&caller->pairs, pair_key(&caller->old->items.items[w]), &found);

		for (size_t i = 0; i < found && found <= COMMON; i++)
			give(votes, count, pairs[i].block, 1.0f / (float)found);
	}
}

static int compare_votes(const void *a, const void *b)
{
	const struct vote *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	return x->block < y->block ? -1 : x->block > y->block;
}

static int call_likes(struct caller *caller, uint32_t old)
{
	struct vote votes[VOTED];
	size_t count = 0;
	int status = BK_OK;

	collect_votes(caller, &caller->old->blocks.list.items[old], votes, &count);
	qsort(votes, count, sizeof *votes, compare_votes);
	for (size_t i = 0; i < count && i < CALLED && status == BK_OK; i++)
		status = add_likely(caller, old, votes[i].block);
	return status;
}

/* The block of the same words whose turn among equals is that of `turn`, or BK_NONE. */
static uint32_t twin(const struct caller *caller, uint64_t key, size_t turn)
{
	size_t found;
	const struct bk_posting *of_key = bk_postings_find(&caller->whole, key, &found);

	return turn < found ? of_key[turn].block : BK_NONE;
}

static int call_all(struct caller *caller, const struct bk_postings *old_whole)
{
	uint32_t *twins = bk_malloc((caller->old->blocks.list.len + 1) * sizeof *twins);
	int status = BK_OK;

	if (!twins)
		return bk_fail_memory();
	for (size_t i = 0, turn = 0; i < old_whole->list.len; i++) {
		turn = i && old_whole->list.items[i].key == old_whole->list.items[i - 1].key ? turn + 1 : 0;
		twins[old_whole->list.items[i].block] = twin(caller, old_whole->list.items[i].key, turn);
	}
	for (uint32_t b = 0; b < caller->old->blocks.list.len && status == BK_OK; b++) {
		if (caller->to_new[b] != BK_NONE) {
			status = add_sure(caller, b);
			continue;
		}
		status = twins[b] == BK_NONE ? BK_OK : add_likely(caller, b, twins[b]);
		if (status == BK_OK)
			status = bk_stop_check(caller->stop);
		/* few words stand in many places: others may be the better ones */
		if (status == BK_OK && (twins[b] == BK_NONE || caller->likelies->old_weight[b] < 40))
			status = call_likes(caller, b);
	}
	bk_free(twins);
	return status;
}

int bk_likelies_find(struct bk_likelies *likelies, const struct bk_words *old, const struct bk_words *now,
	const struct bk_unchanged *unchanged, size_t numbers, const struct bk_stop *stop)
{
	struct caller caller = {.likelies = likelies, .old = old, .now = now, .stop = stop};
	struct bk_postings old_whole = {0};
	int status;

	*likelies = (struct bk_likelies){.old = old, .now = now};
	status = weigh_words(&caller, numbers);
	if (status == BK_OK) {
		likelies->old_weight = weigh_blocks(old, likelies->rarity);
		likelies->now_weight = weigh_blocks(now, likelies->rarity);
		likelies->counts = bk_calloc(numbers ? numbers : 1, sizeof *likelies->counts);
		if (!likelies->old_weight || !likelies->now_weight || !likelies->counts)
			status = bk_fail_memory();
	}
	if (status == BK_OK)
		status = tally_long(likelies, old, &likelies->old_long);
	if (status == BK_OK)
		status = tally_long(likelies, now, &likelies->now_long);
	if (status == BK_OK)
		status = settle(&caller, unchanged);
	if (status == BK_OK)
		status = bk_stop_check(stop);
	if (status == BK_OK)
		status = post_pairs(&caller, unchanged->to_old);
	if (status == BK_OK)
		status = post_whole(now, caller.to_old, &caller.whole);
	if (status == BK_OK)
		status = post_whole(old, caller.to_new, &old_whole);
	if (status == BK_OK)
		status = call_all(&caller, &old_whole);
	bk_free(caller.to_new);
	bk_free(caller.to_old);
	bk_postings_release(&caller.pairs);
	bk_postings_release(&caller.whole);
	bk_postings_release(&old_whole);
	return status;
}

void bk_likelies_release(struct bk_likelies *likelies)
{
	BK_VEC_RELEASE(&likelies->items);
	bk_free(likelies->rarity);
	bk_free(likelies->old_weight);
	bk_free(likelies->now_weight);
	bk_free(likelies->counts);
	BK_VEC_RELEASE(&likelies->tallies);
	bk_free(likelies->old_long);
	bk_free(likelies->now_long);
}
