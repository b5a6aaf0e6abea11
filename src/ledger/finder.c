/*
 * Which recorded place stands at which bracket: rounds of finding, and who gets a bracket that several want.
 */
#include "ledger/finder.h"

#include "base/alloc.h"
#include "base/error.h"

#include <float.h>
#include <stdlib.h>

/* Words as long as this, in brackets once in a text, are no stock phrase. */
enum { LONG = 100 };

/* How far from its expected place half of what nearness is worth is lost. */
static const double NEARBY = 400;
/* Evidence from which the same words are taken to stand at the same place. */
static const double SURE = 2;
/* Evidence from which nothing else is asked. */
static const double CERTAIN = 8;
/* Evidence that does when no other candidate comes near it. */
static const double LITTLE = -3, STANDS_OUT = 4;

/* ---- The draft's side ------------------------------------------------------------------------------ */

void bk_finder_context(
	const struct bk_finder *finder, uint32_t bracket, struct bk_str *before, struct bk_str *after)
{
	const struct bk_bracket *at = &finder->draft->brackets[bracket];
	const struct bk_str bytes = finder->draft->bytes;
	const size_t left = at->start < BK_WINDOW_BYTES ? at->start : BK_WINDOW_BYTES;
	const size_t rest = bytes.len - at->end;

	*before = (struct bk_str){bytes.ptr + at->start - left, left};
	*after = (struct bk_str){bytes.ptr + at->end, rest < BK_WINDOW_BYTES ? rest : BK_WINDOW_BYTES};
}

static int compare_heads(const void *a, const void *b, void *context)
{
	const struct bk_finder *finder = context;
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	if (finder->heads[x] != finder->heads[y])
		return finder->heads[x] < finder->heads[y] ? -1 : 1;
	return x < y ? -1 : x > y;
}

/* First index whose bracket is at or after (head, start). */
static size_t lower_bound(const struct bk_finder *finder, uint64_t head, size_t start)
{
	const uint32_t *order = finder->by_head;
	const uint64_t *heads = finder->heads;
	const struct bk_bracket *brackets = finder->draft->brackets;

	return BK_SEARCH(i, finder->draft->bracket_count,
		heads[order[i]] < head || (heads[order[i]] == head && brackets[order[i]].start < start));
}

size_t bk_finder_with_head(
	const struct bk_finder *finder, uint64_t head, size_t start, size_t *first, size_t *end)
{
	*first = lower_bound(finder, head, 0);
	*end = head == UINT64_MAX ? finder->draft->bracket_count : lower_bound(finder, head + 1, 0);
	return lower_bound(finder, head, start);
}

int bk_finder_init(struct bk_finder *finder, const bk_draft *draft)
{
	const size_t count = draft->bracket_count;

	*finder = (struct bk_finder){.draft = draft};
	finder->heads = bk_calloc(count + 1, sizeof *finder->heads);
	finder->by_head = bk_calloc(count + 1, sizeof *finder->by_head);
	finder->taken = bk_calloc(count + 1, sizeof *finder->taken);
	if (!finder->heads || !finder->by_head || !finder->taken ||
		bk_digests_init(&finder->digests, draft) < 0) {
		bk_finder_release(finder);
		return bk_fail_memory();
	}
	for (uint32_t i = 0; i < count; i++) {
		finder->heads[i] = bk_anchor_head(bk_anchor_bytes(draft, i));
		finder->by_head[i] = i;
	}
	qsort_r(finder->by_head, count, sizeof *finder->by_head, compare_heads, finder);
	return BK_OK;
}

void bk_finder_release(struct bk_finder *finder)
{
	bk_free(finder->heads);
	bk_free(finder->by_head);
	bk_free(finder->taken);
	bk_digests_release(&finder->digests);
	BK_VEC_RELEASE(&finder->pairs);
	*finder = (struct bk_finder){0};
}

/* ---- Judgement ------------------------------------------------------------------------------------- */

static double away(const struct bk_finder *finder, const struct bk_pair *pair)
{
	const size_t now = finder->draft->brackets[pair->bracket].start;
	const size_t expected = finder->places[pair->place].expected;

	return now > expected ? (double)(now - expected) : (double)(expected - now);
}

/* Little evidence, and much more than for any other. */
static bool stands_out(const struct bk_finder *finder, const struct bk_pair *pair)
{
	const struct bk_place *place = &finder->places[pair->place];

	return pair->evidence >= LITTLE && pair->evidence == place->best &&
	       place->best - place->second >= STANDS_OUT;
}

/* Look for the place's spot once, and keep the answer. */
static void look_for_spot(const struct bk_finder *finder, struct bk_place *place)
{
	if (place->looked)
		return;
	place->looked = true;
	place->spot_kind = bk_spot_find(finder->draft->bytes, place->anchor, place->expected, &place->spot);
}

/* Where the old surroundings still meet, only a bracket between them can be the one: with its
 * words, or filling the spot. */
static bool stands_in_spot(
	const struct bk_finder *finder, const struct bk_place *place, const struct bk_pair *pair)
{
	const struct bk_bracket *bracket = &finder->draft->brackets[pair->bracket];

	if (bracket->start < place->spot.start || bracket->end > place->spot.end)
		return false;
	return pair->same_text || (bk_spot_is_wordless(finder->draft->bytes,
					   (struct bk_span){place->spot.start, bracket->start}) &&
					  bk_spot_is_wordless(finder->draft->bytes,
						  (struct bk_span){bracket->end, place->spot.end}));
}

/*
 * Whether a pair is sure enough to carry a position over.  Short words such as [shall], and stock phrases
 * such as [sustainable development], need their surroundings; whole clauses speak for themselves; other
 * words need to stand between the same words as the old.  A position on the wrong bracket is worse than one
 * that has to be put back by hand.
 */
static bool is_sure(const struct bk_finder *finder, const struct bk_pair *pair)
{
	struct bk_place *place = &finder->places[pair->place];
	const double far = away(finder, pair), like = pair->likeness;

	if (place->by_words && pair->alike < 0.5f)
		return false;
	look_for_spot(finder, place);
	if (place->spot_kind != BK_SPOT_NONE && stands_in_spot(finder, place, pair))
		return true;
	if (place->spot_kind == BK_SPOT_SURROUNDINGS)
		return false;
	if (!pair->same_text) {
		if (pair->beside >= 2 && like >= 0.55)
			return true;
		return pair->alike >= 0.5 && (like >= 0.35 || (pair->alike >= 0.75 && like >= 0.2));
	}
	if (pair->evidence >= CERTAIN || (pair->lone && strlen(place->anchor->text) >= LONG))
		return true;
	return pair->evidence + (far <= NEARBY ? 0.5 : 0) + (pair->lone && like > 0 ? 2 : 0) >= SURE ||
	       stands_out(finder, pair);
}

static void add_distance(struct bk_finder *finder)
{
	for (size_t i = 0; i < finder->pairs.len; i++) {
		struct bk_pair *pair = &finder->pairs.items[i];

		pair->total = pair->score + 0.8 / (1 + away(finder, pair) / NEARBY);
	}
}

static int compare_pairs(const void *a, const void *b)
{
	const struct bk_pair *x = a, *y = b;

	if (x->total != y->total)
		return x->total > y->total ? -1 : 1;
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return x->bracket < y->bracket ? -1 : x->bracket > y->bracket;
}

static void take(struct bk_finder *finder, const struct bk_pair *pair)
{
	struct bk_place *place = &finder->places[pair->place];

	place->bracket = pair->bracket;
	place->likeness = pair->likeness;
	finder->taken[pair->bracket] = true;
}

/* Note the two best candidates with its words of each place.  Pairs are still by place. */
static void rank(struct bk_finder *finder)
{
	for (size_t i = 0; i < finder->place_count; i++)
		finder->places[i].best = finder->places[i].second = -DBL_MAX;
	for (size_t i = 0; i < finder->pairs.len; i++) {
		const double evidence = finder->pairs.items[i].evidence;
		struct bk_place *place = &finder->places[finder->pairs.items[i].place];

		if (!finder->pairs.items[i].same_text)
			continue;
		if (evidence > place->best) {
			place->second = place->best;
			place->best = evidence;
		} else if (evidence > place->second) {
			place->second = evidence;
		}
	}
}

/* Pairs that leave no doubt. */
static void take_clear(struct bk_finder *finder)
{
	for (size_t i = 0; i < finder->pairs.len; i++) {
		const struct bk_pair *pair = &finder->pairs.items[i];
		const struct bk_place *place = &finder->places[pair->place];

		if (pair->same_text && pair->evidence == place->best && pair->evidence >= CERTAIN &&
			place->best - place->second >= 3 && !finder->taken[pair->bracket] &&
			place->bracket == BK_NONE)
			take(finder, pair);
	}
}

static void take_best(struct bk_finder *finder)
{
	qsort(finder->pairs.items, finder->pairs.len, sizeof *finder->pairs.items, compare_pairs);
	for (size_t i = 0; i < finder->pairs.len; i++) {
		const struct bk_pair *pair = &finder->pairs.items[i];

		if (finder->places[pair->place].bracket == BK_NONE && !finder->taken[pair->bracket] &&
			is_sure(finder, pair))
			take(finder, pair);
	}
}

/* ---- A round --------------------------------------------------------------------------------------- */

static void fill(struct bk_place *place)
{
	const struct bk_anchor *anchor = place->anchor;
	const struct bk_str before = bk_str_of(anchor->before), after = bk_str_of(anchor->after);
	const bool torn[2] = {anchor->start > before.len, after.len + 8 >= BK_ANCHOR_CONTEXT};

	bk_window_of(&place->window, before, after, torn);
	place->head = bk_anchor_head(bk_str_of(anchor->text));
	place->bracket = BK_NONE;
	place->expected = anchor->start;
	place->looked = false;
}

static int compare_places(const void *a, const void *b)
{
	const struct bk_place *x = a, *y = b;

	if (x->anchor->start != y->anchor->start)
		return x->anchor->start < y->anchor->start ? -1 : 1;
	return strcmp(x->ids[0], y->ids[0]);
}

static bool all_found(const struct bk_finder *finder)
{
	for (size_t i = 0; i < finder->place_count; i++)
		if (finder->places[i].bracket == BK_NONE)
			return false;
	return true;
}

int bk_finder_run(struct bk_finder *finder, struct bk_place *places, size_t count)
{
	int status;

	finder->places = places;
	finder->place_count = count;
	finder->pairs.len = 0;
	for (size_t i = 0; i < count; i++)
		fill(&places[i]);
	qsort(places, count, sizeof *places, compare_places);
	status = bk_finder_exact(finder);
	if (status < 0 || all_found(finder))
		return status;
	status = bk_finder_expect(finder);
	if (status == BK_OK)
		status = bk_finder_candidates(finder);
	if (status < 0 || finder->pairs.len == 0)
		return status;
	rank(finder);
	take_clear(finder);
	status = bk_finder_expect(finder);
	if (status == BK_OK) {
		add_distance(finder);
		take_best(finder);
	}
	return status;
}
