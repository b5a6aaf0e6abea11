/*
 * Candidates: for each place that is not found yet, the brackets it may stand at, with their scores.
 *
 * Features are words, and pairs of words, before and after a bracket (window.c).  One walk over the draft's
 * brackets counts how common each recorded feature is now; a second lets each bracket vote for the places
 * with which it shares rare ones.
 */
#include "ledger/finder.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>

enum { LISTED = 32, INSIDE_WORDS = 96 };

/* Evidence, in the units of bk_window_compare. */
static const double SAME_PATH = 2.5, OTHER_PATH = -0.5, SAME_ID = 1, TORN = -0.8;

/* One recorded feature and whose it is. */
struct occurrence {
	uint64_t key;
	uint32_t place;
};

struct slot {
	uint64_t key;	       /* 0: free */
	uint32_t first, count; /* in occurrences */
	uint32_t brackets;     /* of the draft around which it is found */
};

struct vote {
	uint32_t bracket;
	float weight;
};

struct search {
	struct bk_finder *finder;
	struct occurrence *occurrences;
	size_t occurrence_count;
	struct slot *slots;
	size_t mask;
	float *tally;	    /* of each place, for one bracket */
	uint32_t *touched;  /* places with a tally */
	struct vote *votes; /* BK_VOTED for each place, best anywhere */
};

/* ---- The table of features ------------------------------------------------------------------------- */

static struct slot *slot_of(const struct search *search, uint64_t key)
{
	size_t at = key & search->mask;

	while (search->slots[at].key != 0 && search->slots[at].key != key)
		at = (at + 1) & search->mask;
	return &search->slots[at];
}

static int compare_occurrences(const void *a, const void *b)
{
	const struct occurrence *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static void collect(struct search *search)
{
	const struct bk_finder *finder = search->finder;

	for (uint32_t i = 0; i < finder->place_count; i++) {
		struct bk_feature features[BK_WINDOW_FEATURES];
		size_t count;

		if (finder->places[i].bracket != BK_NONE)
			continue;
		count = bk_window_features(&finder->places[i].window, features);
		for (size_t f = 0; f < count; f++)
			search->occurrences[search->occurrence_count++] =
				(struct occurrence){features[f].key, i};
	}
	qsort(search->occurrences, search->occurrence_count, sizeof *search->occurrences,
		compare_occurrences);
	for (uint32_t i = 0; i < search->occurrence_count; i++) {
		struct slot *slot = slot_of(search, search->occurrences[i].key);

		if (slot->key == 0)
			*slot = (struct slot){.key = search->occurrences[i].key, .first = i};
		slot->count++;
	}
}

static size_t count_features(const struct bk_finder *finder)
{
	size_t count = 0;

	for (size_t i = 0; i < finder->place_count; i++)
		if (finder->places[i].bracket == BK_NONE)
			count +=
				2 * (finder->places[i].window.counts[0] + finder->places[i].window.counts[1]);
	return count;
}

static void window_of(const struct bk_finder *finder, uint32_t bracket, struct bk_window *window)
{
	static const bool torn[2] = {false, false};
	struct bk_str before, after;

	bk_finder_context(finder, bracket, &before, &after);
	bk_window_of(window, before, after, torn);
}

static void count_common(struct search *search)
{
	for (uint32_t b = 0; b < search->finder->draft->bracket_count; b++) {
		struct bk_feature features[BK_WINDOW_FEATURES];
		struct bk_window window;
		size_t count;

		window_of(search->finder, b, &window);
		count = bk_window_features(&window, features);
		for (size_t f = 0; f < count; f++) {
			struct slot *slot = slot_of(search, features[f].key);

			slot->brackets += slot->key != 0;
		}
	}
}

static double share(const void *context, uint64_t key)
{
	const struct search *search = context;

	return slot_of(search, key)->brackets / (double)search->finder->draft->bracket_count;
}

/* ---- Votes ----------------------------------------------------------------------------------------- */

static void keep_vote(struct vote *votes, struct vote vote)
{
	size_t least = 0;

	for (size_t i = 1; i < BK_VOTED; i++)
		if (votes[i].weight < votes[least].weight)
			least = i;
	if (votes[least].weight < vote.weight)
		votes[least] = vote;
}

static size_t tally_up(struct search *search, uint32_t bracket)
{
	struct bk_feature features[BK_WINDOW_FEATURES];
	struct bk_window window;
	size_t count, touched = 0;

	window_of(search->finder, bracket, &window);
	count = bk_window_features(&window, features);
	for (size_t f = 0; f < count; f++) {
		const struct slot *slot = slot_of(search, features[f].key);
		const float rare = slot->key ? 1.0f / (float)(1 + slot->brackets) : 0;

		for (uint32_t i = 0; slot->key && i < slot->count && i < LISTED; i++) {
			const uint32_t place = search->occurrences[slot->first + i].place;

			if (search->tally[place] == 0)
				search->touched[touched++] = place;
			search->tally[place] += rare;
		}
	}
	return touched;
}

static void vote(struct search *search)
{
	for (uint32_t b = 0; b < search->finder->draft->bracket_count; b++) {
		size_t touched;

		if (search->finder->taken[b])
			continue;
		touched = tally_up(search, b);
		for (size_t i = 0; i < touched; i++) {
			const uint32_t place = search->touched[i];

			keep_vote(&search->votes[(size_t)place * BK_VOTED],
				(struct vote){b, search->tally[place]});
			search->tally[place] = 0;
		}
	}
}

/* ---- Scores ---------------------------------------------------------------------------------------- */

static int compare_words(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static size_t sorted_words(struct bk_str bytes, uint32_t words[INSIDE_WORDS])
{
	size_t count;

	bytes.len = bytes.len > BK_ANCHOR_TEXT ? BK_ANCHOR_TEXT : bytes.len;
	count = bk_window_words(bytes, words, INSIDE_WORDS);
	qsort(words, count, sizeof *words, compare_words);
	return count;
}

/* Share of words that two brackets have in common (Dice). */
static double alike(struct bk_str a, struct bk_str b)
{
	uint32_t left[INSIDE_WORDS], right[INSIDE_WORDS];
	const size_t lefts = sorted_words(a, left), rights = sorted_words(b, right);
	size_t common = 0;

	for (size_t i = 0, j = 0; i < lefts && j < rights;) {
		if (left[i] == right[j]) {
			common++;
			i++;
			j++;
		} else if (left[i] < right[j]) {
			i++;
		} else {
			j++;
		}
	}
	return lefts + rights ? 2.0 * (double)common / (double)(lefts + rights) : 0;
}

static bool has_id(const struct bk_place *place, const char *id)
{
	for (size_t i = 0; i < place->count; i++)
		if (strcmp(place->ids[i], id) == 0)
			return true;
	return false;
}

static void judge(const struct search *search, struct bk_pair *pair)
{
	const struct bk_finder *finder = search->finder;
	const struct bk_place *place = &finder->places[pair->place];
	struct bk_likeness likeness;
	struct bk_window window;
	size_t first, end;

	window_of(finder, pair->bracket, &window);
	likeness = bk_window_compare(&place->window, &window, share, search);
	bk_finder_with_head(finder, finder->heads[pair->bracket], 0, &first, &end);
	pair->likeness = likeness.all;
	pair->beside = likeness.beside[0] + likeness.beside[1];
	if (likeness.beside[0] == 0 || likeness.beside[1] == 0)
		pair->beside = pair->beside > 1 ? 1 : pair->beside;
	pair->lone = end - first == 1;
	pair->same_text = bk_anchor_same_words(place->anchor, &finder->digests, pair->bracket);
	pair->alike = pair->same_text ? 1
				      : (float)alike(bk_str_of(place->anchor->text),
						bk_anchor_bytes(finder->draft, pair->bracket));
	pair->same_path = strcmp(place->anchor->path, bk_draft_path(finder->draft, pair->bracket)) == 0;
	pair->same_id = has_id(place, finder->draft->brackets[pair->bracket].id);
	pair->evidence = likeness.evidence + (pair->same_path ? SAME_PATH : OTHER_PATH) +
			 (pair->same_id ? SAME_ID : 0) + (likeness.beside[0] ? 0 : TORN) +
			 (likeness.beside[1] ? 0 : TORN);
	pair->score =
		0.35 * pair->evidence + 0.25 * pair->beside + (pair->same_text ? 2 : 1.5 * pair->alike - 0.5);
}

static int add_pair(struct search *search, uint32_t place, uint32_t bracket, size_t first)
{
	struct bk_finder *finder = search->finder;
	struct bk_pair *pair;

	if (finder->taken[bracket])
		return BK_OK;
	for (size_t i = first; i < finder->pairs.len; i++)
		if (finder->pairs.items[i].bracket == bracket)
			return BK_OK;
	pair = BK_VEC_PUSH(&finder->pairs);
	if (!pair)
		return bk_fail_memory();
	*pair = (struct bk_pair){.place = place, .bracket = bracket};
	judge(search, pair);
	return BK_OK;
}

/* The nearest brackets with the place's own words, on either side of where it should stand. */
static int add_nearest(struct search *search, uint32_t place, size_t before)
{
	const struct bk_finder *finder = search->finder;
	size_t first, end;
	size_t right = bk_finder_with_head(
		finder, finder->places[place].head, finder->places[place].expected, &first, &end);
	size_t left = right;
	int status = BK_OK;

	for (int tries = 0; tries < BK_NEAREST / 2 && status == BK_OK; tries++) {
		while (left > first && finder->taken[finder->by_head[left - 1]])
			left--;
		while (right < end && finder->taken[finder->by_head[right]])
			right++;
		if (left > first)
			status = add_pair(search, place, finder->by_head[--left], before);
		if (right < end && status == BK_OK)
			status = add_pair(search, place, finder->by_head[right++], before);
	}
	return status;
}

static int add_candidates(struct search *search, uint32_t place)
{
	struct bk_finder *finder = search->finder;
	const struct bk_place *of = &finder->places[place];
	const size_t before = finder->pairs.len;
	int status = add_nearest(search, place, before);

	for (size_t i = 0; i < BK_VOTED && status == BK_OK; i++) {
		const struct vote *vote = &search->votes[(size_t)place * BK_VOTED + i];

		if (vote->weight > 0)
			status = add_pair(search, place, vote->bracket, before);
	}
	for (size_t i = 0; i < of->count && status == BK_OK; i++) {
		const uint32_t bracket = bk_draft_bracket_named(finder->draft, of->ids[i]);

		if (bracket != BK_NONE)
			status = add_pair(search, place, bracket, before);
	}
	return status;
}

static int allocate(struct search *search)
{
	const size_t features = count_features(search->finder), places = search->finder->place_count;
	size_t size = 64;

	while (size < features * 2)
		size *= 2;
	search->mask = size - 1;
	search->occurrences = bk_calloc(features + 1, sizeof *search->occurrences);
	search->slots = bk_calloc(size, sizeof *search->slots);
	search->tally = bk_calloc(places + 1, sizeof *search->tally);
	search->touched = bk_calloc(places + 1, sizeof *search->touched);
	search->votes = bk_calloc(places + 1, BK_VOTED * sizeof *search->votes);
	return search->occurrences && search->slots && search->tally && search->touched && search->votes
		       ? BK_OK
		       : bk_fail_memory();
}

int bk_finder_candidates(struct bk_finder *finder)
{
	struct search search = {.finder = finder};
	int status = allocate(&search);

	if (status == BK_OK) {
		collect(&search);
		count_common(&search);
		vote(&search);
	}
	for (uint32_t i = 0; i < finder->place_count && status == BK_OK; i++)
		if (finder->places[i].bracket == BK_NONE)
			status = add_candidates(&search, i);
	bk_free(search.occurrences);
	bk_free(search.slots);
	bk_free(search.tally);
	bk_free(search.touched);
	bk_free(search.votes);
	return status;
}
