/*
 * Pairs of brackets: the shared words are at least half of the longer one's.  Best share first, then in place, then
 * the earlier one.  In place is what the matched words say; out of it, brackets pair only when their words are the
 * same, say something, and stand nowhere else.
 */
#include "compare/fate_private.h"

#include "base/error.h"

#include <stdlib.h>

enum {
	SAME_PASSAGE = 3, /* words that pair in the same passage though their order changed */
	ELSEWHERE = 4,	  /* ... and in another one */
	EQUALS = 32,
};

struct pair {
	uint32_t old, now;
	uint32_t shared, longer;
	bool in_place;
};

struct equal {
	uint64_t key;
	uint32_t bracket;
};

struct pairer {
	struct bk_fater *fater;
	BK_VEC(struct pair) pairs;
	BK_VEC(struct equal) now; /* brackets of the new text by the key of their own words */
};

static int add_pair(struct pairer *pairer, struct pair pair)
{
	struct pair *added = BK_VEC_PUSH(&pairer->pairs);

	if (!added)
		return bk_fail_memory();
	*added = pair;
	return BK_OK;
}

static uint32_t passage_of(const uint32_t *of_block, const struct bk_side *side, uint32_t bracket)
{
	return of_block[bk_blocks_at(&side->words->blocks, side->draft->brackets[bracket].start)];
}

static bool is_over_several(const struct bk_side *side, uint32_t bracket)
{
	const struct bk_blocks *blocks = &side->words->blocks;
	const struct bk_bracket *it = &side->draft->brackets[bracket];

	return bk_blocks_at(blocks, it->start) != bk_blocks_at(blocks, it->end - 1);
}

/* Whether two brackets stand in the same provision, as it was and is; one over several stands where its words do. */
static bool is_here(const struct bk_fater *fater, uint32_t old, uint32_t now)
{
	const struct bk_alignment *alignment = &fater->matches->alignment;

	return is_over_several(&fater->old, old) || is_over_several(&fater->now, now) ||
	       passage_of(alignment->of_old, &fater->old, old) ==
		       passage_of(alignment->of_new, &fater->now, now);
}

static bool same_words(const struct bk_fater *fater, uint32_t old, uint32_t now)
{
	const struct bk_extent *a = &fater->old.extents[old], *b = &fater->now.extents[now];

	return bk_extent_len(a) == bk_extent_len(b) &&
	       bk_extent_key(&fater->old, a) == bk_extent_key(&fater->now, b);
}

/* ---- In place ------------------------------------------------------------------------------------------ */

static int tally_word(struct pairer *pairer, uint32_t word)
{
	struct bk_fater *fater = pairer->fater;
	uint32_t bracket = fater->now.of_word[word];

	for (size_t i = 0; i < BK_FATE_CLIMB && bracket != BK_NONE; i++) {
		if (fater->now.extents[bracket].disputed && fater->tally[bracket]++ == 0) {
			uint32_t *touched = BK_VEC_PUSH(&fater->touched);

			if (!touched)
				return bk_fail_memory();
			*touched = bracket;
		}
		bracket = fater->now.draft->brackets[bracket].parent;
		fater->effort++;
	}
	return BK_OK;
}

static int pair_in_place(struct pairer *pairer, uint32_t old)
{
	struct bk_fater *fater = pairer->fater;
	const struct bk_extent *extent = &fater->old.extents[old];
	int status = BK_OK;

	for (uint32_t w = extent->first;
		w < extent->last && status == BK_OK && fater->effort < BK_FATE_EFFORT; w++) {
		const uint32_t word = bk_fate_place(fater, w);

		fater->effort++;
		if (word != BK_NONE)
			status = tally_word(pairer, word);
	}
	for (size_t i = 0; i < fater->touched.len; i++) {
		const uint32_t now = fater->touched.items[i];
		const size_t a = bk_extent_len(extent), b = bk_extent_len(&fater->now.extents[now]);
		const uint32_t longer = (uint32_t)(a > b ? a : b);
		/* A word that stands twice in a row may be matched with the other one. */
		const uint32_t shared = same_words(fater, old, now) ? longer : fater->tally[now];

		fater->tally[now] = 0;
		if (status == BK_OK && 2 * (size_t)shared >= longer)
			status = add_pair(
				pairer, (struct pair){old, now, shared, longer, is_here(fater, old, now)});
	}
	fater->touched.len = 0;
	return status;
}

/* ---- Brackets that hold punctuation alone -------------------------------------------------------------- */

static struct bk_str inside(const struct bk_side *side, uint32_t bracket)
{
	return bk_str_trim(bk_bracket_inside(side->draft, &side->draft->brackets[bracket]));
}

/* "31 bis" of a disputed label or "[^10]" of a disputed footnote: they have no words either. */
static bool is_number(struct bk_str text)
{
	return text.len && (bk_is_word(text.ptr[0]) || text.ptr[0] == '[');
}

/* How alike two brackets without words are: marks are the same or not, two numbers at least stand for each other. */
static uint32_t likeness(const struct bk_fater *fater, uint32_t old, uint32_t now)
{
	const struct bk_str was = inside(&fater->old, old), is = inside(&fater->now, now);

	if (bk_str_equal(was, is))
		return 2;
	return is_number(was) && is_number(is) && (was.ptr[0] == '[') == (is.ptr[0] == '[');
}

/* Where the gap before a word begins: behind the word before it, or where its block does. */
static size_t gap_start(const struct bk_words *words, uint32_t word)
{
	const size_t before = word ? words->items.items[word - 1].end : 0;
	size_t start;

	if (word == words->items.len)
		return before;
	start = words->blocks.list.items[bk_blocks_at(&words->blocks, words->items.items[word].start)].start;
	return start > before ? start : before;
}

/* The block that a bracket's one became, where neither has words: `[Option 2:]` alone; else BK_NONE. */
static uint32_t wordless_block(const struct bk_fater *fater, uint32_t old)
{
	const struct bk_alignment *alignment = &fater->matches->alignment;
	const struct bk_blocks *was = &fater->old.words->blocks, *now = &fater->now.words->blocks;
	const uint32_t at = bk_blocks_at(was, fater->old.draft->brackets[old].start);
	const struct bk_passage *passage = &alignment->passages.items[alignment->of_old[at]];
	const uint32_t partner = passage->new_first;

	return was->list.items[at].first == was->list.items[at].last && partner < passage->new_last &&
			       now->list.items[partner].first == now->list.items[partner].last
		       ? partner
		       : BK_NONE;
}

/* `[,]` is the same where the word before or behind it is, or where its whole block is. */
static int pair_wordless(struct pairer *pairer, uint32_t old)
{
	const struct bk_fater *fater = pairer->fater;
	const struct bk_words *was = fater->old.words, *now = fater->now.words;
	const uint32_t word = fater->old.extents[old].first, *to_new = fater->matches->to_new;
	const uint32_t block = wordless_block(fater, old);
	uint32_t next, bracket, last;
	int status = BK_OK;

	if (block != BK_NONE) {
		next = now->blocks.list.items[block].last;
		bracket = bk_draft_bracket_from(now->draft, now->blocks.list.items[block].start);
	} else if (word < was->items.len && to_new[word] != BK_NONE &&
		   gap_start(was, word) <= fater->old.draft->brackets[old].start) {
		/* At the end of its block, the word behind it would be another block's affair. */
		next = to_new[word];
		bracket = bk_draft_bracket_from(now->draft, gap_start(now, next));
	} else if (word > 0 && to_new[word - 1] != BK_NONE) {
		next = to_new[word - 1] + 1;
		bracket = bk_draft_bracket_from(now->draft, now->items.items[next - 1].end);
	} else {
		return BK_OK;
	}
	last = bracket + EQUALS < now->draft->bracket_count ? bracket + EQUALS
							    : (uint32_t)now->draft->bracket_count;
	for (; bracket < last && status == BK_OK; bracket++) {
		const struct bk_extent *extent = &fater->now.extents[bracket];

		if (next < now->items.len &&
			now->draft->brackets[bracket].start > now->items.items[next].start)
			break;
		if (extent->disputed && bk_extent_len(extent) == 0 && likeness(fater, old, bracket))
			status = add_pair(
				pairer, (struct pair){old, bracket, likeness(fater, old, bracket), 2, true});
	}
	return status;
}

/* ---- The same words out of place ----------------------------------------------------------------------- */

static int compare_equals(const void *a, const void *b)
{
	const struct equal *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->bracket < y->bracket ? -1 : x->bracket > y->bracket;
}

/* What must stand in a bracket that is to be known again elsewhere. */
static bool says_something(const struct bk_fater *fater, const struct bk_extent *extent, size_t least)
{
	size_t full = 0;

	for (uint32_t w = extent->first; w < extent->last; w++)
		full += fater->full[fater->old.words->items.items[w].number];
	return bk_extent_len(extent) >= least && full >= 2;
}

static int list_equals(struct pairer *pairer)
{
	const struct bk_fater *fater = pairer->fater;

	for (uint32_t b = 0; b < fater->now.draft->bracket_count; b++) {
		struct equal *equal;

		if (!fater->now.extents[b].disputed || bk_extent_len(&fater->now.extents[b]) < SAME_PASSAGE)
			continue;
		equal = BK_VEC_PUSH(&pairer->now);
		if (!equal)
			return bk_fail_memory();
		*equal = (struct equal){bk_extent_key(&fater->now, &fater->now.extents[b]), b};
	}
	if (pairer->now.len)
		qsort(pairer->now.items, pairer->now.len, sizeof *pairer->now.items, compare_equals);
	return BK_OK;
}

/* The brackets of the new text with the words of an old one. */
static int pair_equals(struct pairer *pairer, uint32_t old)
{
	const struct bk_fater *fater = pairer->fater;
	const struct bk_extent *extent = &fater->old.extents[old];
	const uint64_t key = bk_extent_key(&fater->old, extent);
	const size_t first = BK_SEARCH(i, pairer->now.len, pairer->now.items[i].key < key);
	size_t last = first;
	int status = BK_OK;

	while (last < pairer->now.len && pairer->now.items[last].key == key && last - first <= EQUALS)
		last++;
	for (size_t i = first; i < last && status == BK_OK; i++) {
		const uint32_t now = pairer->now.items[i].bracket, words = (uint32_t)bk_extent_len(extent);
		const bool here = is_here(fater, old, now);

		if (here || (last - first == 1 && bk_fater_affords(pairer->fater, bk_extent_len(extent)) &&
				    says_something(fater, extent, ELSEWHERE)))
			status = add_pair(pairer, (struct pair){old, now, words, words, here});
	}
	return status;
}

/* ---- Best first ---------------------------------------------------------------------------------------- */

static int compare_pairs(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	const uint64_t left = (uint64_t)x->shared * y->longer, right = (uint64_t)y->shared * x->longer;

	if (left != right)
		return left > right ? -1 : 1;
	if (x->in_place != y->in_place)
		return x->in_place ? -1 : 1;
	if (x->old != y->old)
		return x->old < y->old ? -1 : 1;
	return x->now < y->now ? -1 : x->now > y->now;
}

static void take_pairs(struct pairer *pairer)
{
	struct bk_fater *fater = pairer->fater;
	struct bk_fates *fates = fater->fates;

	if (pairer->pairs.len)
		qsort(pairer->pairs.items, pairer->pairs.len, sizeof *pairer->pairs.items, compare_pairs);
	for (size_t i = 0; i < pairer->pairs.len; i++) {
		const struct pair *pair = &pairer->pairs.items[i];
		const bool same = same_words(fater, pair->old, pair->now);
		struct bk_fate fate = {.kind = BK_DIFFERENCE_MOVED};

		if (fates->old[pair->old].partner != BK_NONE || fates->now[pair->now].partner != BK_NONE)
			continue;
		if (pair->in_place)
			fate.kind = same ? BK_DIFFERENCE_KEPT : BK_DIFFERENCE_REWORDED;
		else
			fate.details = same ? 0 : BK_DETAIL_REWORDED;
		fates->old[pair->old] = fates->now[pair->now] = fate;
		fates->old[pair->old].partner = pair->now;
		fates->now[pair->now].partner = pair->old;
	}
}

/* What is unchanged is kept, whatever stands elsewhere. */
static void pair_unchanged(struct bk_fater *fater)
{
	for (uint32_t b = 0; b < fater->old.draft->bracket_count; b++) {
		const uint32_t now = bk_unchanged_bracket(&fater->matches->unchanged, b);

		if (now == BK_NONE)
			continue;
		fater->fates->old[b] = (struct bk_fate){now, BK_DIFFERENCE_KEPT, 0};
		fater->fates->now[now] = (struct bk_fate){b, BK_DIFFERENCE_KEPT, 0};
	}
}

int bk_fater_pair(struct bk_fater *fater)
{
	struct pairer pairer = {.fater = fater};
	int status;

	pair_unchanged(fater);
	status = list_equals(&pairer);
	for (uint32_t b = 0; b < fater->old.draft->bracket_count && status == BK_OK; b++) {
		const struct bk_extent *extent = &fater->old.extents[b];

		if (!extent->disputed || fater->fates->old[b].partner != BK_NONE)
			continue;
		if (bk_extent_len(extent) == 0) {
			status = pair_wordless(&pairer, b);
			continue;
		}
		status = bk_stop_check(&fater->matches->stop);
		if (status == BK_OK)
			status = pair_in_place(&pairer, b);
		if (status == BK_OK && bk_extent_len(extent) >= SAME_PASSAGE)
			status = pair_equals(&pairer, b);
	}
	if (status == BK_OK)
		take_pairs(&pairer);
	BK_VEC_RELEASE(&pairer.pairs);
	BK_VEC_RELEASE(&pairer.now);
	return status;
}
