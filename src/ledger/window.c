/*
 * Words around a bracket.
 *
 *	... each of the Parties [shall] take measures with a ...
 *	     4   3   2    1        0      1     2    3
 *
 * A word near the bracket says more than a far one, a rare one more than a common one, and one at nearly the
 * same distance more than one that has wandered.  That tells a bracket from the sixty others with the same
 * words in paragraphs that begin alike, also when some words around it have changed.
 */
#include "ledger/window.h"

#include "base/utf8.h"

#include <math.h>

enum { SCRATCH = 192 };

/* At NEAR words' distance a word says half as much.  Of the words around a bracket, about KEPT of ten survive
 * heavy editing. */
static const double NEAR = 4, KEPT = 0.7, KEPT_PAIR = 0.5, WANDERED = 0.1;

/* ---- Words ----------------------------------------------------------------------------------------- */

/* Scripts that put no blanks between words: each character is a word. */
static bool is_word_alone(uint32_t code)
{
	return (code >= 0x2E80 && code <= 0x9FFF) || (code >= 0xAC00 && code <= 0xD7AF) ||
	       (code >= 0xF900 && code <= 0xFAFF) || (code >= 0x20000 && code <= 0x3FFFF);
}

static uint32_t add_byte(uint32_t hash, char c)
{
	return (hash ^ (unsigned char)bk_to_lower(c)) * 16777619u;
}

/* The word at *at, which is moved past it; false for anything else, one byte of which is passed. */
static bool next_word(struct bk_str bytes, size_t *at, uint32_t *hash)
{
	size_t size;

	*hash = 2166136261u;
	if (!bk_is_word(bytes.ptr[*at])) {
		(*at)++;
		return false;
	}
	while (*at < bytes.len && bk_is_word(bytes.ptr[*at])) {
		const bool high = (unsigned char)bytes.ptr[*at] >= 0xe2;
		const bool alone = high && is_word_alone(bk_utf8_decode(bk_str_skip(bytes, *at), &size));

		if (alone && *hash != 2166136261u)
			return true;
		for (size_t i = 0; i < (alone ? size : 1); i++)
			*hash = add_byte(*hash, bytes.ptr[(*at)++]);
		if (alone)
			return true;
	}
	return true;
}

/* Numbers of one or two digits are mostly labels, which change with every renumbering: their hashes are odd. */
static bool is_label(struct bk_str word)
{
	return word.len <= 2 && bk_is_digit(word.ptr[0]) && bk_is_digit(word.ptr[word.len - 1]);
}

size_t bk_window_words(struct bk_str bytes, uint32_t *out, size_t max)
{
	size_t count = 0;

	for (size_t at = 0; at < bytes.len && count < max;) {
		const size_t from = at;
		uint32_t hash;

		if (next_word(bytes, &at, &hash))
			out[count++] = is_label((struct bk_str){bytes.ptr + from, at - from}) ? hash | 1
											      : hash & ~1u;
	}
	return count;
}

void bk_window_of(struct bk_window *window, struct bk_str before, struct bk_str after, const bool torn[2])
{
	uint32_t words[SCRATCH];
	size_t count = bk_window_words(before, words, SCRATCH);
	const size_t first = torn[0] && before.len && bk_is_word(before.ptr[0]) ? 1 : 0;

	window->counts[0] = 0;
	for (size_t i = count; i > first && window->counts[0] < BK_WINDOW_WORDS; i--)
		window->words[0][window->counts[0]++] = words[i - 1];
	count = bk_window_words(after, window->words[1], BK_WINDOW_WORDS);
	if (torn[1] && count > 0 && count < BK_WINDOW_WORDS && bk_is_word(after.ptr[after.len - 1]))
		count--;
	window->counts[1] = count;
}

/* ---- Features -------------------------------------------------------------------------------------- */

static uint64_t key_of(uint32_t word, uint32_t next, uint32_t side)
{
	uint64_t key = ((uint64_t)word << 32 | next) ^ side;

	key = (key ^ key >> 31) * 0x9E3779B97F4A7C15u;
	key = (key ^ key >> 29) * 0xBF58476D1CE4E5B9u;
	key ^= key >> 32;
	return key ? key : 1;
}

size_t bk_window_features(const struct bk_window *window, struct bk_feature out[BK_WINDOW_FEATURES])
{
	size_t count = 0;

	for (uint32_t side = 0; side < 2; side++) {
		const uint32_t *words = window->words[side];

		for (uint32_t i = 0; i < window->counts[side]; i++) {
			out[count++] =
				(struct bk_feature){key_of(words[i], 0, side), side, i, false, words[i] & 1};
			if (i + 1 < window->counts[side])
				out[count++] = (struct bk_feature){key_of(words[i], words[i + 1], side), side,
					i, true, (words[i] | words[i + 1]) & 1};
		}
	}
	return count;
}

/* ---- Likeness -------------------------------------------------------------------------------------- */

static unsigned beside(const struct bk_window *then, const struct bk_window *now, int side)
{
	unsigned equal = 0;

	while (equal < 2 && equal < then->counts[side] && equal < now->counts[side] &&
		then->words[side][equal] == now->words[side][equal])
		equal++;
	if (equal < 2 && equal == then->counts[side] && equal == now->counts[side])
		return 2;
	return equal;
}

/* How near to its old place the feature is found now: 1 at the same, 0 when it is not there. */
static double meet(
	const struct bk_feature *feature, const struct bk_window *then, const struct bk_window *now)
{
	const uint32_t *old = then->words[feature->side] + feature->place;
	const uint32_t *words = now->words[feature->side];
	const size_t count = now->counts[feature->side];
	double best = 0;

	for (size_t i = 0; i + feature->pair < count; i++) {
		const double away =
			i > feature->place ? (double)i - feature->place : feature->place - (double)i;
		double near = 1 - away / (3 + feature->place / 2.0);

		if (words[i] != old[0] || (feature->pair && words[i + 1] != old[1]))
			continue;
		near = near < WANDERED ? WANDERED : near;
		best = near > best ? near : best;
	}
	return best;
}

/* What it says for the same place that a feature is found there (met 1) or not (0), after Bayes.  A feature
 * that is everywhere says nothing. */
static double evidence_of(double met, double kept, double share)
{
	const double present = log(kept / share), absent = log((1 - kept) / (1 - share));

	return met * (present > 0 ? present : 0) + (1 - met) * (absent < 0 ? absent : 0);
}

struct bk_likeness bk_window_compare(
	const struct bk_window *then, const struct bk_window *now, bk_window_share share, const void *context)
{
	struct bk_feature features[BK_WINDOW_FEATURES];
	const size_t count = bk_window_features(then, features);
	struct bk_likeness likeness = {.beside = {beside(then, now, 0), beside(then, now, 1)}};
	double found = 0, all = 0;

	for (size_t i = 0; i < count; i++) {
		const double part = share(context, features[i].key), far = features[i].place / NEAR;
		const double counts = (features[i].pair || features[i].label ? 0.5 : 1) / (1 + far * far);
		const double met = meet(&features[i], then, now);
		const double common = part < 0.001 ? 0.001 : part > 0.95 ? 0.95 : part;

		found += counts * (1 - 0.9 * common) * met;
		all += counts * (1 - 0.9 * common);
		likeness.evidence += counts * evidence_of(met, features[i].pair ? KEPT_PAIR : KEPT, common);
	}
	likeness.all = all > 0 ? found / all : now->counts[0] + now->counts[1] == 0;
	return likeness;
}
