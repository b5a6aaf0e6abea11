/*
 * Places that stand where they stood: the same words between the same words, and nowhere else.
 *
 * Brackets are looked up by a number made of their words and the 16 bytes on either side, and then compared
 * in full.
 */
#include "ledger/finder.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/vec.h"

#include <stdlib.h>

enum { BESIDE = 16, TRIES = 64 };

struct key {
	uint64_t key;
	uint32_t place;
};

static uint64_t key_of(uint64_t head, struct bk_str before, struct bk_str after)
{
	const size_t left = before.len < BESIDE ? before.len : BESIDE;

	head = bk_hash_seed(before.ptr + before.len - left, left, head);
	return bk_hash_seed(after.ptr, after.len < BESIDE ? after.len : BESIDE, head);
}

static int compare_keys(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

static size_t first_key(const struct key *keys, size_t count, uint64_t key)
{
	return BK_SEARCH(i, count, keys[i].key < key);
}

static bool fits(const struct bk_finder *finder, const struct bk_place *place, uint32_t bracket)
{
	struct bk_str before, after;

	bk_finder_context(finder, bracket, &before, &after);
	return place->head == finder->heads[bracket] &&
	       bk_str_ends(before, bk_str_of(place->anchor->before)) &&
	       bk_str_starts(after, bk_str_of(place->anchor->after)) &&
	       bk_anchor_same_words(place->anchor, &finder->digests, bracket);
}

/* How many brackets fit each place, and how many places each bracket; a place keeps the last that fits. */
struct fit {
	uint32_t bracket, count;
};

static void try_bracket(struct bk_finder *finder, const struct key *keys, size_t count, uint32_t bracket,
	struct fit *fits_place, uint8_t *fits_bracket)
{
	struct bk_str before, after;
	uint64_t key;

	bk_finder_context(finder, bracket, &before, &after);
	key = key_of(finder->heads[bracket], before, after);
	for (size_t i = first_key(keys, count, key), tries = 0;
		i < count && keys[i].key == key && tries < TRIES; i++, tries++) {
		struct fit *fit = &fits_place[keys[i].place];

		if (!fits(finder, &finder->places[keys[i].place], bracket))
			continue;
		fit->bracket = bracket;
		fit->count++;
		fits_bracket[bracket] += fits_bracket[bracket] < 2;
	}
}

static void take_single(struct bk_finder *finder, const struct fit *fits_place, const uint8_t *fits_bracket)
{
	for (size_t i = 0; i < finder->place_count; i++) {
		const struct fit *fit = &fits_place[i];

		if (fit->count != 1 || fits_bracket[fit->bracket] != 1 || finder->taken[fit->bracket])
			continue;
		finder->places[i].bracket = fit->bracket;
		finder->places[i].exact = true;
		finder->places[i].likeness = 1;
		finder->taken[fit->bracket] = true;
	}
}

int bk_finder_exact(struct bk_finder *finder)
{
	const size_t places = finder->place_count, brackets = finder->draft->bracket_count;
	struct key *keys = bk_calloc(places + 1, sizeof *keys);
	struct fit *fits_place = bk_calloc(places + 1, sizeof *fits_place);
	uint8_t *fits_bracket = bk_calloc(brackets + 1, 1);
	int status = BK_OK;

	if (keys && fits_place && fits_bracket) {
		for (uint32_t i = 0; i < places; i++)
			keys[i] = (struct key){
				key_of(finder->places[i].head, bk_str_of(finder->places[i].anchor->before),
					bk_str_of(finder->places[i].anchor->after)),
				i};
		qsort(keys, places, sizeof *keys, compare_keys);
		for (uint32_t i = 0; i < brackets; i++)
			try_bracket(finder, keys, places, i, fits_place, fits_bracket);
		take_single(finder, fits_place, fits_bracket);
	} else {
		status = bk_fail_memory();
	}
	bk_free(keys);
	bk_free(fits_place);
	bk_free(fits_bracket);
	return status;
}
