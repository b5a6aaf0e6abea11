/*
 * Blocks of the same bytes in the same order need no more thought; in a revision they are nearly all.  Of the
 * rest, a block asks for its likes by its pairs of neighbouring words: each rare pair that stands in a block
 * of the new text is a vote for that block, and the blocks with most votes are looked at word by word.  Blocks
 * of the same words are candidates where their turn among equals is the same.
 */
#include "compare/candidate.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "compare/sequence.h"

#include <math.h>
#include <stdlib.h>

enum {
	CALLED = 6,  /* candidates of one block */
	COMMON = 12, /* blocks that hold a pair which says little */
	VOTED = 64,  /* blocks that votes of one block are counted for */
	LONG = 32,   /* bytes of a block that is known again for sure */
};

/* A pair of words, or all words of a block, and where it stands. */
struct posting {
	uint64_t key;
	uint32_t block;
};

struct postings {
	struct posting *items;
	size_t len;
};

struct vote {
	uint32_t block;
	float weight;
};

struct caller {
	struct bk_likelies *likelies;
	const struct bk_words *old, *now;
	struct postings pairs; /* of the new text, by key */
	uint32_t *sure; /* the block of the new text with the same bytes, of each old one, or BK_NONE */
	bool *taken;	/* whether a block of the new text is one of these */
	struct postings
		whole; /* blocks of the new text by all of their words, those of the same words in order */
};

/* ---- Weights ------------------------------------------------------------------------------------------- */

static int weigh_words(struct caller *caller, size_t numbers)
{
	struct bk_likelies *likelies = caller->likelies;
	const struct bk_words *texts[] = {caller->old, caller->now};
	const double all = (double)(caller->old->blocks.len + caller->now->blocks.len);
	uint32_t *last = bk_malloc((numbers ? numbers : 1) * sizeof *last);

	likelies->rarity = bk_calloc(numbers ? numbers : 1, sizeof *likelies->rarity);
	if (!last || !likelies->rarity) {
		bk_free(last);
		return bk_fail_memory();
	}
	for (size_t t = 0; t < 2; t++) {
		memset(last, 0xff, numbers * sizeof *last);
		for (uint32_t b = 0; b < texts[t]->blocks.len; b++) {
			const struct bk_block *block = &texts[t]->blocks.items[b];

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
	float *weights = bk_calloc(words->blocks.len ? words->blocks.len : 1, sizeof *weights);

	for (size_t b = 0; weights && b < words->blocks.len; b++) {
		const struct bk_block *block = &words->blocks.items[b];

		for (uint32_t w = block->first; w < block->last; w++)
			weights[b] += rarity[words->items.items[w].number];
	}
	return weights;
}

/* ---- Postings ------------------------------------------------------------------------------------------ */

static uint64_t pair_key(const struct bk_word *words)
{
	return ((uint64_t)words[0].number << 32 | words[1].number) * 0x9E3779B97F4A7C15u;
}

static struct bk_str block_bytes(const struct bk_words *words, uint32_t block)
{
	const struct bk_block *it = &words->blocks.items[block];

	return bk_str_trim((struct bk_str){words->draft->bytes.ptr + it->start, it->end - it->start});
}

/* A block without words is told by what it says all the same: "Option 2:". */
static uint64_t whole_key(const struct bk_words *words, const struct bk_block *block)
{
	uint64_t key = 0;

	if (block->first == block->last) {
		const struct bk_str bytes = block_bytes(words, (uint32_t)(block - words->blocks.items));

		return bk_hash(bytes.ptr, bytes.len) | 1;
	}
	for (uint32_t w = block->first; w < block->last; w++)
		key = bk_hash_seed(&words->items.items[w].number, sizeof(uint32_t), key);
	return key & ~(uint64_t)1;
}

static int compare_postings(const void *a, const void *b)
{
	const struct posting *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->block < y->block ? -1 : x->block > y->block;
}

static void sort_postings(struct postings *postings)
{
	size_t kept = 0;

	if (postings->len)
		qsort(postings->items, postings->len, sizeof *postings->items, compare_postings);
	for (size_t i = 0; i < postings->len; i++) /* the same pair twice in a block is one */
		if (i == 0 || compare_postings(&postings->items[i], &postings->items[kept - 1]) != 0)
			postings->items[kept++] = postings->items[i];
	postings->len = kept;
}

static size_t first_posting(const struct postings *postings, uint64_t key)
{
	return BK_SEARCH(i, postings->len, postings->items[i].key < key);
}

static int post_whole(const struct bk_words *words, const bool *taken, struct postings *out)
{
	out->items = bk_malloc((words->blocks.len + 1) * sizeof *out->items);
	if (!out->items)
		return bk_fail_memory();
	for (uint32_t b = 0; b < words->blocks.len; b++)
		if (!taken || !taken[b])
			out->items[out->len++] =
				(struct posting){whole_key(words, &words->blocks.items[b]), b};
	sort_postings(out);
	return BK_OK;
}

/* Of the blocks of the new text that are not taken. */
static int post_pairs(const struct bk_words *words, const bool *taken, struct postings *out)
{
	size_t room = 0;

	for (uint32_t b = 0; b < words->blocks.len; b++)
		room += taken[b] ? 0 : words->blocks.items[b].last - words->blocks.items[b].first;
	out->items = bk_malloc((room + 1) * sizeof *out->items);
	if (!out->items)
		return bk_fail_memory();
	for (uint32_t b = 0; b < words->blocks.len; b++) {
		const struct bk_block *block = &words->blocks.items[b];

		if (taken[b])
			continue;
		for (uint32_t w = block->first; w + 1 < block->last; w++)
			out->items[out->len++] = (struct posting){pair_key(&words->items.items[w]), b};
	}
	sort_postings(out);
	return BK_OK;
}

/* ---- The same bytes in the same order ------------------------------------------------------------------ */

/* Number the blocks of both texts such that the same bytes have the same number. */
static int number_blocks(const struct caller *caller, uint32_t *old, uint32_t *now, uint32_t *count)
{
	const size_t first = caller->old->blocks.len, all = first + caller->now->blocks.len;
	struct posting *keys = bk_malloc((all + 1) * sizeof *keys);

	if (!keys)
		return bk_fail_memory();
	for (uint32_t i = 0; i < all; i++) {
		const struct bk_str bytes = i < first ? block_bytes(caller->old, i)
						      : block_bytes(caller->now, i - (uint32_t)first);

		keys[i] = (struct posting){bk_hash(bytes.ptr, bytes.len), i};
	}
	qsort(keys, all, sizeof *keys, compare_postings);
	*count = 0;
	for (size_t i = 0; i < all; i++) {
		*count += i == 0 || keys[i].key != keys[i - 1].key;
		if (keys[i].block < first)
			old[keys[i].block] = *count;
		else
			now[keys[i].block - first] = *count;
	}
	++*count;
	bk_free(keys);
	return BK_OK;
}

/* Whether the neighbour of a block, one before or behind it, is sure and stands beside its partner too. */
static bool is_beside_sure(const struct caller *caller, uint32_t block, uint32_t neighbour)
{
	const uint32_t now = caller->sure[block] + (neighbour - block);

	if (neighbour == BK_NONE) /* before the first */
		return caller->sure[block] == 0;
	return neighbour < caller->old->blocks.len && now != BK_NONE && caller->sure[neighbour] == now &&
	       caller->taken[now];
}

/* Short blocks stand all over: they are sure only beside others that are. */
static void doubt_short(struct caller *caller)
{
	const uint32_t count = (uint32_t)caller->old->blocks.len;

	for (uint32_t b = 0; b < count; b++)
		if (caller->sure[b] != BK_NONE &&
			(block_bytes(caller->old, b).len >= LONG || is_beside_sure(caller, b, b - 1)))
			caller->taken[caller->sure[b]] = true;
	for (uint32_t b = count; b-- > 0;) {
		if (caller->sure[b] == BK_NONE || caller->taken[caller->sure[b]])
			continue;
		if (is_beside_sure(caller, b, b + 1))
			caller->taken[caller->sure[b]] = true;
		else
			caller->sure[b] = BK_NONE;
	}
}

static int find_sure(struct caller *caller)
{
	const size_t old = caller->old->blocks.len, now = caller->now->blocks.len;
	uint32_t *numbers = bk_malloc((old + now + 1) * sizeof *numbers), count = 0;
	struct bk_sequencer *sequencer = NULL;
	int status = BK_OK;

	caller->sure = bk_malloc((old + 1) * sizeof *caller->sure);
	caller->taken = bk_calloc(now + 1, sizeof *caller->taken);
	if (!numbers || !caller->sure || !caller->taken)
		status = bk_fail_memory();
	if (status == BK_OK)
		status = number_blocks(caller, numbers, numbers + old, &count);
	if (status == BK_OK)
		status = bk_sequencer_new(&sequencer, count);
	if (status == BK_OK)
		status = bk_sequencer_match(sequencer, numbers, old, numbers + old, now, caller->sure);
	if (status == BK_OK)
		doubt_short(caller);
	bk_sequencer_free(sequencer);
	bk_free(numbers);
	return status;
}

/* ---- Likeness ------------------------------------------------------------------------------------------ */

/* What two blocks have in common, each word as often as both have it. */
static float weigh_common(
	const struct bk_likelies *likelies, const struct bk_block *old, const struct bk_block *now)
{
	const struct bk_word *old_words = likelies->old->items.items, *words = likelies->now->items.items;
	uint32_t *counts = likelies->counts;
	float weight = 0;

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
	const float common =
		weigh_common(likelies, &likelies->old->blocks.items[old], &likelies->now->blocks.items[now]);

	if (a + b <= 0 && bk_str_equal(block_bytes(likelies->old, old), block_bytes(likelies->now, now)))
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
	*likely = (struct bk_likely){old, caller->sure[old], true, caller->likelies->old_weight[old], 1, 1};
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
	const struct postings *pairs = &caller->pairs;

	for (uint32_t w = block->first; w + 1 < block->last; w++) {
		const uint64_t key = pair_key(&caller->old->items.items[w]);
		const size_t first = first_posting(pairs, key);
		size_t last = first;

		while (last < pairs->len && pairs->items[last].key == key && last - first <= COMMON)
			last++;
		for (size_t i = first; i < last && last - first <= COMMON; i++)
			give(votes, count, pairs->items[i].block, 1.0f / (float)(last - first));
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

	collect_votes(caller, &caller->old->blocks.items[old], votes, &count);
	qsort(votes, count, sizeof *votes, compare_votes);
	for (size_t i = 0; i < count && i < CALLED && status == BK_OK; i++)
		status = add_likely(caller, old, votes[i].block);
	return status;
}

/* The block of the same words whose turn among equals is that of `turn`, or BK_NONE. */
static uint32_t twin(const struct caller *caller, uint64_t key, size_t turn)
{
	const size_t at = first_posting(&caller->whole, key) + turn;

	return at < caller->whole.len && caller->whole.items[at].key == key ? caller->whole.items[at].block
									    : BK_NONE;
}

static int call_all(struct caller *caller, const struct postings *old_whole)
{
	uint32_t *twins = bk_malloc((caller->old->blocks.len + 1) * sizeof *twins);
	int status = BK_OK;

	if (!twins)
		return bk_fail_memory();
	for (size_t i = 0, turn = 0; i < old_whole->len; i++) {
		turn = i && old_whole->items[i].key == old_whole->items[i - 1].key ? turn + 1 : 0;
		twins[old_whole->items[i].block] = twin(caller, old_whole->items[i].key, turn);
	}
	for (uint32_t b = 0; b < caller->old->blocks.len && status == BK_OK; b++) {
		if (caller->sure[b] != BK_NONE) {
			status = add_sure(caller, b);
			continue;
		}
		status = twins[b] == BK_NONE ? BK_OK : add_likely(caller, b, twins[b]);
		/* few words stand in many places: others may be the better ones */
		if (status == BK_OK && (twins[b] == BK_NONE || caller->likelies->old_weight[b] < 40))
			status = call_likes(caller, b);
	}
	bk_free(twins);
	return status;
}

int bk_likelies_find(
	struct bk_likelies *likelies, const struct bk_words *old, const struct bk_words *now, size_t numbers)
{
	struct caller caller = {.likelies = likelies, .old = old, .now = now};
	struct postings old_whole = {0};
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
		status = find_sure(&caller);
	if (status == BK_OK)
		status = post_pairs(now, caller.taken, &caller.pairs);
	if (status == BK_OK)
		status = post_whole(now, caller.taken, &caller.whole);
	if (status == BK_OK)
		status = post_whole(old, NULL, &old_whole);
	if (status == BK_OK)
		status = call_all(&caller, &old_whole);
	bk_free(caller.sure);
	bk_free(caller.taken);
	bk_free(caller.pairs.items);
	bk_free(caller.whole.items);
	bk_free(old_whole.items);
	return status;
}

void bk_likelies_release(struct bk_likelies *likelies)
{
	BK_VEC_RELEASE(&likelies->items);
	bk_free(likelies->rarity);
	bk_free(likelies->old_weight);
	bk_free(likelies->now_weight);
	bk_free(likelies->counts);
}
