#include "compare/align.h"

#include "base/alloc.h"
#include "base/error.h"
#include "compare/candidate.h"

#include <stdlib.h>

enum { EFFORT = 20 * 1000 * 1000 }; /* blocks and words that labels are looked for in: more is hostile */

static const float SAME_LABEL = 0.15f; /* what an equal label and path add to likeness */
static const float ALIKE = 0.35f;      /* blocks in order are the same from here on */
static const float MOVED = 0.55f;      /* ... and out of order, where chance is greater */
static const float MOVED_WEIGHT = 12;
static const float WHOLE = 0.75f; /* ... or much of both and nearly all of one: it was cut, or added to */
static const float CUT = 0.4f;
static const float WITHIN = 0.6f; /* of what is far away in what it went into */
static const float PIECE = 0.5f;  /* of a neighbour in what it is part of */
static const double SURE = 1e6;	  /* more than any other can weigh */
static const float FAINT = 0.12f; /* the only two between the same neighbours, or of the same label there */

struct aligner {
	const struct bk_words *old, *now;
	struct bk_likelies likelies;
	uint32_t *to_new, *to_old; /* the partner of each block, or BK_NONE */
	bool *moved;		   /* by old block */
	size_t effort;		   /* of EFFORT */
};

/* ---- Labels -------------------------------------------------------------------------------------------- */

static const struct bk_node *node_of(const struct bk_words *words, uint32_t block)
{
	const uint32_t node = words->blocks.list.items[block].node;

	return node == BK_NONE ? NULL : &words->draft->nodes[node];
}

/* Blocks that open provisions of the same path, or lie in such. */
static bool same_path(const struct aligner *aligner, uint32_t old, uint32_t now)
{
	const struct bk_node *a = node_of(aligner->old, old), *b = node_of(aligner->now, now);

	if (!a || !b)
		return a == b;
	return aligner->old->blocks.list.items[old].labelled ==
		       aligner->now->blocks.list.items[now].labelled &&
	       strcmp(a->path, b->path) == 0;
}

static bool same_label(const struct aligner *aligner, uint32_t old, uint32_t now)
{
	const struct bk_node *a = node_of(aligner->old, old), *b = node_of(aligner->now, now);

	return a && b && aligner->old->blocks.list.items[old].labelled &&
	       aligner->now->blocks.list.items[now].labelled && strcmp(a->label, b->label) == 0;
}

/* ---- The chain of pairs in order ----------------------------------------------------------------------- */

/* The heaviest chain that ends before a block of the new text, as a Fenwick tree of maxima. */
struct chain {
	double weight;
	uint32_t likely; /* its last pair, or BK_NONE */
};

static void raise(struct chain *tree, size_t len, size_t at, struct chain value)
{
	for (at++; at <= len; at += at & -at)
		if (tree[at].weight < value.weight)
			tree[at] = value;
}

static struct chain best_before(const struct chain *tree, size_t at)
{
	struct chain best = {0, BK_NONE};

	for (; at > 0; at -= at & -at)
		if (tree[at].weight > best.weight)
			best = tree[at];
	return best;
}

/* What a pair adds to a chain; 0 for one that is none. */
static double pair_weight(const struct aligner *aligner, const struct bk_likely *likely)
{
	const float alike = likely->alike + (same_path(aligner, likely->old, likely->now) ? SAME_LABEL : 0);

	if (likely->sure)
		return SURE;
	if (alike < ALIKE)
		return 0;
	return (likely->weight + 1) * alike;
}

static void follow(struct aligner *aligner, const uint32_t *before, uint32_t likely)
{
	for (; likely != BK_NONE; likely = before[likely]) {
		const struct bk_likely *pair = &aligner->likelies.items.items[likely];

		aligner->to_new[pair->old] = pair->now;
		aligner->to_old[pair->now] = pair->old;
	}
}

static int chain_pairs(struct aligner *aligner)
{
	const size_t count = aligner->likelies.items.len, blocks = aligner->now->blocks.list.len;
	struct chain *tree = bk_malloc((blocks + 1) * sizeof *tree);
	struct chain *ends = bk_malloc((count + 1) * sizeof *ends);
	uint32_t *before = bk_malloc((count + 1) * sizeof *before);
	int status = BK_OK;

	if (tree && ends && before) {
		for (size_t i = 0; i <= blocks; i++)
			tree[i] = (struct chain){0, BK_NONE};
		for (uint32_t i = 0, next; i < count; i = next) {
			const uint32_t old = aligner->likelies.items.items[i].old;

			/* pairs of one old block are not to follow each other */
			for (next = i; next < count && aligner->likelies.items.items[next].old == old;
				next++) {
				const struct bk_likely *pair = &aligner->likelies.items.items[next];
				const double weight = pair_weight(aligner, pair);
				const struct chain best = best_before(tree, pair->now);

				before[next] = best.likely;
				ends[next] = (struct chain){weight > 0 ? best.weight + weight : 0, next};
			}
			for (uint32_t j = i; j < next; j++)
				if (ends[j].weight > 0)
					raise(tree, blocks, aligner->likelies.items.items[j].now, ends[j]);
		}
		follow(aligner, before, best_before(tree, blocks).likely);
	} else {
		status = bk_fail_memory();
	}
	bk_free(tree);
	bk_free(ends);
	bk_free(before);
	return status;
}

/* ---- Moves --------------------------------------------------------------------------------------------- */

static int compare_likelies(const void *a, const void *b)
{
	const struct bk_likely *x = a, *y = b;
	const float left = x->weight * x->alike, right = y->weight * y->alike;

	if (left != right)
		return left > right ? -1 : 1;
	return x->old != y->old ? (x->old < y->old ? -1 : 1) : x->now < y->now ? -1 : x->now > y->now;
}

static bool is_moved(const struct bk_likely *pair)
{
	return pair->weight >= MOVED_WEIGHT &&
	       (pair->alike >= MOVED || (pair->alike >= CUT && pair->within >= WHOLE));
}

/* The order of candidates is lost: this comes last of those who need it. */
static void pair_moved(struct aligner *aligner)
{
	struct bk_likely *items = aligner->likelies.items.items;

	if (aligner->likelies.items.len)
		qsort(items, aligner->likelies.items.len, sizeof *items, compare_likelies);
	for (size_t i = 0; i < aligner->likelies.items.len; i++) {
		const struct bk_likely *pair = &items[i];

		if (aligner->to_new[pair->old] != BK_NONE || aligner->to_old[pair->now] != BK_NONE ||
			!is_moved(pair))
			continue;
		aligner->to_new[pair->old] = pair->now;
		aligner->to_old[pair->now] = pair->old;
		aligner->moved[pair->old] = true;
	}
}

/* ---- Between neighbours -------------------------------------------------------------------------------- */

/* Blocks without partner between two pairs in order. */
struct gap {
	uint32_t old, old_end, now, now_end;
};

static uint32_t count_free(const uint32_t *partner, uint32_t first, uint32_t end, uint32_t *only)
{
	uint32_t count = 0;

	for (uint32_t b = first; b < end; b++) {
		if (partner[b] != BK_NONE)
			continue;
		*only = b;
		count++;
	}
	return count;
}

/* Two headings or numbers without a word in their blocks: nothing but their place says that they are the same. */
static bool are_bare_labels(const struct aligner *aligner, uint32_t old, uint32_t now)
{
	const struct bk_block *was = &aligner->old->blocks.list.items[old];
	const struct bk_block *is = &aligner->now->blocks.list.items[now];

	return was->labelled && is->labelled && was->first == was->last && is->first == is->last &&
	       node_of(aligner->old, old)->kind == node_of(aligner->now, now)->kind;
}

/* Pair what has at least a faint likeness. */
static bool join_pair(struct aligner *aligner, uint32_t old, uint32_t now)
{
	const struct bk_block *was = &aligner->old->blocks.list.items[old];

	aligner->effort += was->last - was->first;
	if (!are_bare_labels(aligner, old, now) &&
		bk_likelies_compare(&aligner->likelies, old, now).alike < FAINT)
		return false;
	aligner->to_new[old] = now;
	aligner->to_old[now] = old;
	return true;
}

/* What votes did not find: the same label between the same neighbours. */
static void pair_by_label(struct aligner *aligner, const struct gap *gap)
{
	uint32_t from = gap->now;

	for (uint32_t old = gap->old; old < gap->old_end; old++) {
		if (aligner->to_new[old] != BK_NONE || !aligner->old->blocks.list.items[old].labelled)
			continue;
		for (uint32_t now = from; now < gap->now_end && aligner->effort++ < EFFORT; now++) {
			if (aligner->to_old[now] != BK_NONE || !same_label(aligner, old, now) ||
				!join_pair(aligner, old, now))
				continue;
			from = now + 1;
			break;
		}
	}
}

/* ... and the only two that are left there. */
static void pair_last(struct aligner *aligner, const struct gap *gap)
{
	uint32_t old = 0, now = 0;

	if (count_free(aligner->to_new, gap->old, gap->old_end, &old) == 1 &&
		count_free(aligner->to_old, gap->now, gap->now_end, &now) == 1 &&
		aligner->old->blocks.list.items[old].labelled ==
			aligner->now->blocks.list.items[now].labelled)
		join_pair(aligner, old, now);
}

static void fill_gaps(
	struct aligner *aligner, void (*fill_gap)(struct aligner *aligner, const struct gap *gap))
{
	struct gap gap = {0};

	for (uint32_t old = 0; old <= aligner->old->blocks.list.len; old++) {
		const bool end = old == aligner->old->blocks.list.len;

		if (!end && (aligner->to_new[old] == BK_NONE || aligner->moved[old]))
			continue;
		gap.old_end = old;
		gap.now_end = end ? (uint32_t)aligner->now->blocks.list.len : aligner->to_new[old];
		if (gap.old < gap.old_end && gap.now < gap.now_end)
			fill_gap(aligner, &gap);
		if (!end) {
			gap.old = old + 1;
			gap.now = aligner->to_new[old] + 1;
		}
	}
}

/* ---- Passages ------------------------------------------------------------------------------------------ */

/* How many free blocks next to `at`, going one way up to `end`, are pieces of `whole`, a block of the other text. */
static uint32_t count_pieces(
	const struct aligner *aligner, uint32_t whole, uint32_t at, int step, uint32_t end, bool of_new)
{
	const uint32_t *partner = of_new ? aligner->to_old : aligner->to_new;
	const float *weight = of_new ? aligner->likelies.now_weight : aligner->likelies.old_weight;
	const float all = of_new ? aligner->likelies.old_weight[whole] : aligner->likelies.now_weight[whole];
	float taken = weight[at];
	uint32_t count = 0;

	for (uint32_t piece = at + (uint32_t)step; piece != end; piece += (uint32_t)step) {
		const uint32_t old = of_new ? whole : piece, now = of_new ? piece : whole;
		struct bk_likely likely;

		if (partner[piece] != BK_NONE || weight[piece] <= 0)
			break;
		likely = bk_likelies_compare(&aligner->likelies, old, now);
		taken += weight[piece];
		if (likely.weight < PIECE * weight[piece] || taken > 1.25f * all)
			break;
		count++;
	}
	return count;
}

static struct bk_passage passage_of(struct aligner *aligner, uint32_t old)
{
	const uint32_t now = aligner->to_new[old];
	struct bk_passage passage = {
		old, old + 1, now, now + 1, aligner->moved[old] ? BK_PASSAGE_MOVED : BK_PASSAGE_SAME};
	uint32_t more;

	more = count_pieces(aligner, old, now, 1, (uint32_t)aligner->now->blocks.list.len, true);
	passage.new_last += more;
	more = count_pieces(aligner, old, now, -1, BK_NONE, true);
	passage.new_first -= more;
	if (passage.new_last - passage.new_first > 1) {
		passage.kind = BK_PASSAGE_SPLIT;
		return passage;
	}
	passage.old_last +=
		count_pieces(aligner, now, old, 1, (uint32_t)aligner->old->blocks.list.len, false);
	passage.old_first -= count_pieces(aligner, now, old, -1, BK_NONE, false);
	if (passage.old_last - passage.old_first > 1)
		passage.kind = BK_PASSAGE_JOINED;
	return passage;
}

/* Claim the blocks of a passage, so that no other takes them. */
static void claim(struct aligner *aligner, const struct bk_passage *passage, uint32_t old)
{
	for (uint32_t b = passage->old_first; b < passage->old_last; b++)
		if (b != old)
			aligner->to_new[b] = passage->new_first;
	for (uint32_t b = passage->new_first; b < passage->new_last; b++)
		if (aligner->to_old[b] == BK_NONE)
			aligner->to_old[b] = passage->old_first;
}

static int add_passage(struct bk_alignment *alignment, const struct bk_passage *passage)
{
	struct bk_passage *added = BK_VEC_PUSH(&alignment->passages);

	if (!added)
		return bk_fail_memory();
	*added = *passage;
	return BK_OK;
}

static int add_pairs(struct bk_alignment *alignment, struct aligner *aligner)
{
	int status = BK_OK;
	bool *paired = bk_calloc(aligner->old->blocks.list.len + 1, sizeof *paired);

	if (!paired)
		return bk_fail_memory();
	for (uint32_t old = 0; old < aligner->old->blocks.list.len; old++)
		paired[old] = aligner->to_new[old] != BK_NONE;
	for (uint32_t old = 0; old < aligner->old->blocks.list.len && status == BK_OK; old++) {
		struct bk_passage passage;

		if (!paired[old])
			continue;
		passage = passage_of(aligner, old);
		claim(aligner, &passage, old);
		status = add_passage(alignment, &passage);
	}
	bk_free(paired);
	return status;
}

static int add_rest(struct bk_alignment *alignment, const struct aligner *aligner)
{
	int status = BK_OK;

	for (uint32_t b = 0; b < aligner->old->blocks.list.len && status == BK_OK; b++)
		if (aligner->to_new[b] == BK_NONE)
			status = add_passage(
				alignment, &(struct bk_passage){b, b + 1, 0, 0, BK_PASSAGE_DROPPED});
	for (uint32_t b = 0; b < aligner->now->blocks.list.len && status == BK_OK; b++)
		if (aligner->to_old[b] == BK_NONE)
			status = add_passage(
				alignment, &(struct bk_passage){0, 0, b, b + 1, BK_PASSAGE_ADDED});
	return status;
}

static int index_passages(struct bk_alignment *alignment, size_t old, size_t now)
{
	alignment->of_old = bk_malloc((old + 1) * sizeof *alignment->of_old);
	alignment->of_new = bk_malloc((now + 1) * sizeof *alignment->of_new);
	if (!alignment->of_old || !alignment->of_new)
		return bk_fail_memory();
	for (uint32_t p = 0; p < alignment->passages.len; p++) {
		const struct bk_passage *passage = &alignment->passages.items[p];

		for (uint32_t b = passage->old_first; b < passage->old_last; b++)
			alignment->of_old[b] = p;
		for (uint32_t b = passage->new_first; b < passage->new_last; b++)
			alignment->of_new[b] = p;
	}
	return BK_OK;
}

/* ---- Strays -------------------------------------------------------------------------------------------- */

/*
 * What is left without a partner, though most of it stands in one block: two paragraphs far apart were put into one.
 * Likelies are in the order of pair_moved, best first.
 */
static int add_strays(struct bk_alignment *alignment, const struct aligner *aligner)
{
	for (size_t i = 0; i < aligner->likelies.items.len; i++) {
		const struct bk_likely *pair = &aligner->likelies.items.items[i];
		struct bk_stray *stray;

		if (pair->within < WITHIN || pair->weight < MOVED_WEIGHT ||
			aligner->to_new[pair->old] != BK_NONE || aligner->to_old[pair->now] == BK_NONE)
			continue;
		stray = BK_VEC_PUSH(&alignment->strays);
		if (!stray)
			return bk_fail_memory();
		*stray = (struct bk_stray){pair->old, pair->now};
	}
	return BK_OK;
}

/* ---- All of it ----------------------------------------------------------------------------------------- */

static int prepare(struct aligner *aligner)
{
	const size_t old = aligner->old->blocks.list.len, now = aligner->now->blocks.list.len;

	aligner->to_new = bk_malloc((old + 1) * sizeof *aligner->to_new);
	aligner->to_old = bk_malloc((now + 1) * sizeof *aligner->to_old);
	aligner->moved = bk_calloc(old + 1, sizeof *aligner->moved);
	if (!aligner->to_new || !aligner->to_old || !aligner->moved)
		return bk_fail_memory();
	memset(aligner->to_new, 0xff, (old + 1) * sizeof *aligner->to_new);
	memset(aligner->to_old, 0xff, (now + 1) * sizeof *aligner->to_old);
	return BK_OK;
}

int bk_alignment_make(struct bk_alignment *alignment, const struct bk_words *old, const struct bk_words *now,
	const struct bk_unchanged *unchanged, size_t numbers, const struct bk_stop *stop)
{
	struct aligner aligner = {.old = old, .now = now};
	int status;

	*alignment = (struct bk_alignment){0};
	status = bk_likelies_find(&aligner.likelies, old, now, unchanged, numbers, stop);
	if (status == BK_OK)
		status = prepare(&aligner);
	if (status == BK_OK)
		status = chain_pairs(&aligner);
	if (status == BK_OK)
		status = bk_stop_check(stop);
	if (status == BK_OK) {
		fill_gaps(&aligner, pair_by_label);
		pair_moved(&aligner);
		fill_gaps(&aligner, pair_last);
		status = add_pairs(alignment, &aligner);
	}
	if (status == BK_OK)
		status = add_strays(alignment, &aligner);
	if (status == BK_OK)
		status = add_rest(alignment, &aligner);
	if (status == BK_OK)
		status = index_passages(alignment, old->blocks.list.len, now->blocks.list.len);
	bk_likelies_release(&aligner.likelies);
	bk_free(aligner.to_new);
	bk_free(aligner.to_old);
	bk_free(aligner.moved);
	return status;
}

void bk_alignment_release(struct bk_alignment *alignment)
{
	BK_VEC_RELEASE(&alignment->passages);
	BK_VEC_RELEASE(&alignment->strays);
	bk_free(alignment->of_old);
	bk_free(alignment->of_new);
}
