#include "compare/sequence.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/vec.h"

#include <bracked/draft.h>
#include <stdbool.h>
#include <string.h>

enum {
	LEAST_PATIENCE = 256, /* edits that one search follows at least */
};

/* A part of both that is still to be matched. */
struct box {
	uint32_t a, a_end, b, b_end;
};

/* The items that both have, and where they stood. */
struct side {
	uint32_t *items, *places;
	uint32_t len;
};

struct bk_sequencer {
	uint32_t *seen; /* by item: the round in which it was seen in a, in b */
	uint32_t *other;
	size_t items;
	uint32_t round;
	struct side a, b;
	int64_t *forward, *backward; /* furthest a by diagonal */
	size_t room;		     /* of sides and diagonals, in items */
	BK_VEC(struct box) boxes;
};

int bk_sequencer_new(struct bk_sequencer **out, size_t items)
{
	struct bk_sequencer *sequencer = bk_calloc(1, sizeof *sequencer);
	int status = sequencer ? bk_sequencer_widen(sequencer, items ? items : 1) : bk_fail_memory();

	if (status == BK_OK)
		*out = sequencer;
	else
		bk_sequencer_free(sequencer);
	return status;
}

int bk_sequencer_widen(struct bk_sequencer *sequencer, size_t items)
{
	uint32_t *seen, *other;

	if (items <= sequencer->items)
		return BK_OK;
	items += items / 2;
	seen = bk_calloc(items, sizeof *seen);
	other = bk_calloc(items, sizeof *other);
	if (!seen || !other) {
		bk_free(seen);
		bk_free(other);
		return bk_fail_memory();
	}
	bk_free(sequencer->seen);
	bk_free(sequencer->other);
	sequencer->seen = seen; /* nothing was seen before the next round */
	sequencer->other = other;
	sequencer->items = items;
	return BK_OK;
}

static void release_room(struct bk_sequencer *sequencer)
{
	bk_free(sequencer->a.items);
	bk_free(sequencer->a.places);
	bk_free(sequencer->b.items);
	bk_free(sequencer->b.places);
	bk_free(sequencer->forward);
	bk_free(sequencer->backward);
	sequencer->a = sequencer->b = (struct side){0};
	sequencer->forward = sequencer->backward = NULL;
	sequencer->room = 0;
}

void bk_sequencer_free(struct bk_sequencer *sequencer)
{
	if (!sequencer)
		return;
	release_room(sequencer);
	bk_free(sequencer->seen);
	bk_free(sequencer->other);
	BK_VEC_RELEASE(&sequencer->boxes);
	bk_free(sequencer);
}

static int make_room(struct bk_sequencer *sequencer, size_t len)
{
	if (len <= sequencer->room)
		return BK_OK;
	release_room(sequencer);
	len += len / 2 + 64;
	sequencer->a.items = bk_malloc(len * sizeof(uint32_t));
	sequencer->a.places = bk_malloc(len * sizeof(uint32_t));
	sequencer->b.items = bk_malloc(len * sizeof(uint32_t));
	sequencer->b.places = bk_malloc(len * sizeof(uint32_t));
	sequencer->forward = bk_malloc((2 * len + 3) * sizeof(int64_t));
	sequencer->backward = bk_malloc((2 * len + 3) * sizeof(int64_t));
	if (!sequencer->a.items || !sequencer->a.places || !sequencer->b.items || !sequencer->b.places ||
		!sequencer->forward || !sequencer->backward) {
		release_room(sequencer);
		return bk_fail_memory();
	}
	sequencer->room = len;
	return BK_OK;
}

/* ---- What both have ------------------------------------------------------------------------------------ */

static void mark(uint32_t *seen, uint32_t round, const uint32_t *items, size_t len)
{
	for (size_t i = 0; i < len; i++)
		seen[items[i]] = round;
}

static void keep_seen(
	struct side *side, const uint32_t *seen, uint32_t round, const uint32_t *items, size_t len)
{
	side->len = 0;
	for (size_t i = 0; i < len; i++) {
		if (seen[items[i]] != round)
			continue;
		side->items[side->len] = items[i];
		side->places[side->len++] = (uint32_t)i;
	}
}

/* ---- The middle of a shortest way ---------------------------------------------------------------------- */

/*
 * Diagonal k holds the points with (a - box->a) - (b - box->b) = k; forward[k] is the furthest a reached on it
 * from the beginning, backward[k] from the end.
 */
struct search {
	const struct bk_sequencer *sequencer;
	struct box box;
	int64_t *forward, *backward; /* moved so that diagonal 0 of the box is at 0 */
	int64_t least, most;	     /* diagonals there are */
	int64_t patience;
};

static int64_t slide_forward(const struct search *search, int64_t a, int64_t k)
{
	const uint32_t *x = search->sequencer->a.items, *y = search->sequencer->b.items;
	int64_t b = a - search->box.a - k + search->box.b;

	while (a < search->box.a_end && b < search->box.b_end && x[a] == y[b])
		a++, b++;
	return a;
}

static int64_t slide_backward(const struct search *search, int64_t a, int64_t k)
{
	const uint32_t *x = search->sequencer->a.items, *y = search->sequencer->b.items;
	int64_t b = a - search->box.a - k + search->box.b;

	while (a > search->box.a && b > search->box.b && x[a - 1] == y[b - 1])
		a--, b--;
	return a;
}

/* One more edit from the beginning; true when the two searches meet, at *a on diagonal *k. */
static bool step_forward(struct search *search, int64_t low, int64_t high, bool odd, int64_t back_low,
	int64_t back_high, int64_t *a, int64_t *k)
{
	for (int64_t d = high; d >= low; d -= 2) {
		int64_t from = search->forward[d - 1] + 1; /* one item of a goes */

		if (search->forward[d + 1] > from)
			from = search->forward[d + 1]; /* one of b comes */
		search->forward[d] = slide_forward(search, from, d);
		if (odd && d >= back_low && d <= back_high && search->backward[d] <= search->forward[d]) {
			*a = search->forward[d];
			*k = d;
			return true;
		}
	}
	return false;
}

static bool step_backward(struct search *search, int64_t low, int64_t high, bool odd, int64_t fore_low,
	int64_t fore_high, int64_t *a, int64_t *k)
{
	for (int64_t d = high; d >= low; d -= 2) {
		int64_t from = search->backward[d + 1] - 1;

		if (search->backward[d - 1] < from)
			from = search->backward[d - 1];
		search->backward[d] = slide_backward(search, from, d);
		if (!odd && d >= fore_low && d <= fore_high && search->backward[d] <= search->forward[d]) {
			*a = search->backward[d];
			*k = d;
			return true;
		}
	}
	return false;
}

/* Widen the band of diagonals by one at each end, or draw it in at the border of the box. */
static void widen(
	int64_t *values, int64_t *low, int64_t *high, const struct search *search, int64_t unreached)
{
	if (*low > search->least)
		values[--*low - 1] = unreached;
	else
		++*low;
	if (*high < search->most)
		values[++*high + 1] = unreached;
	else
		--*high;
}

/* The furthest point from the beginning, or from the end if that search got further. */
static void furthest(
	const struct search *search, const int64_t fore[2], const int64_t back[2], int64_t *a, int64_t *k)
{
	int64_t best = -1, best_back = INT64_MAX, back_k = 0;
	const struct box *box = &search->box;

	for (int64_t d = fore[0]; d <= fore[1]; d += 2) {
		const int64_t x = search->forward[d] < box->a_end ? search->forward[d] : box->a_end;
		int64_t sum = 2 * (x - box->a) - d;

		if (x - box->a - d > box->b_end - box->b)
			sum = 2 * (int64_t)(box->b_end - box->b) + d;
		if (sum > best) {
			best = sum;
			*a = x - box->a - d > box->b_end - box->b ? box->a + box->b_end - box->b + d : x;
			*k = d;
		}
	}
	for (int64_t d = back[0]; d <= back[1]; d += 2) {
		int64_t x = search->backward[d] > box->a ? search->backward[d] : box->a;

		if (x - box->a - d < 0)
			x = box->a + d;
		if (2 * (x - box->a) - d < best_back) {
			best_back = 2 * (x - box->a) - d;
			back_k = d;
		}
	}
	if ((int64_t)(box->a_end - box->a) + (box->b_end - box->b) - best_back > best) {
		int64_t x = search->backward[back_k] > box->a ? search->backward[back_k] : box->a;

		*a = x - box->a - back_k < 0 ? box->a + back_k : x;
		*k = back_k;
	}
}

/* A point on a shortest way through the box, or on a way that is not much longer. */
static void find_middle(struct search *search, uint32_t *a, uint32_t *b)
{
	const struct box *box = &search->box;
	const int64_t delta = (int64_t)(box->a_end - box->a) - (int64_t)(box->b_end - box->b);
	const bool odd = delta & 1;
	int64_t fore[2] = {0, 0}, back[2] = {delta, delta}, at = 0, k = 0;

	search->forward[0] = slide_forward(search, box->a, 0);
	search->backward[delta] = slide_backward(search, box->a_end, delta);
	for (int64_t edits = 1;; edits++) {
		widen(search->forward, &fore[0], &fore[1], search, -1);
		if (step_forward(search, fore[0], fore[1], odd, back[0], back[1], &at, &k))
			break;
		widen(search->backward, &back[0], &back[1], search, INT64_MAX / 2);
		if (step_backward(search, back[0], back[1], odd, fore[0], fore[1], &at, &k))
			break;
		if (edits >= search->patience) {
			furthest(search, fore, back, &at, &k);
			break;
		}
	}
	*a = (uint32_t)at;
	*b = (uint32_t)(at - box->a - k + box->b);
}

/* ---- Boxes --------------------------------------------------------------------------------------------- */

static int push(struct bk_sequencer *sequencer, uint32_t a, uint32_t a_end, uint32_t b, uint32_t b_end)
{
	struct box *box;

	if (a == a_end || b == b_end)
		return BK_OK;
	box = BK_VEC_PUSH(&sequencer->boxes);
	if (!box)
		return bk_fail_memory();
	*box = (struct box){a, a_end, b, b_end};
	return BK_OK;
}

static void trim(struct bk_sequencer *sequencer, struct box *box, uint32_t *match)
{
	const struct side *a = &sequencer->a, *b = &sequencer->b;

	while (box->a < box->a_end && box->b < box->b_end && a->items[box->a] == b->items[box->b])
		match[a->places[box->a++]] = b->places[box->b++];
	while (box->a < box->a_end && box->b < box->b_end &&
		a->items[box->a_end - 1] == b->items[box->b_end - 1])
		match[a->places[--box->a_end]] = b->places[--box->b_end];
}

static int64_t patience_for(const struct box *box)
{
	int64_t root = LEAST_PATIENCE;
	const int64_t size = (int64_t)(box->a_end - box->a) + (box->b_end - box->b);

	while (root * root < size)
		root *= 2;
	return root;
}

static int split(struct bk_sequencer *sequencer, struct box box)
{
	struct search search = {.sequencer = sequencer, .box = box, .patience = patience_for(&box)};
	uint32_t a, b;
	int status;

	search.least = -(int64_t)(box.b_end - box.b);
	search.most = box.a_end - box.a;
	search.forward = sequencer->forward + 1 - search.least;
	search.backward = sequencer->backward + 1 - search.least;
	find_middle(&search, &a, &b);
	if ((a == box.a && b == box.b) || (a == box.a_end && b == box.b_end))
		return BK_OK; /* a search that lost patience found nothing */
	status = push(sequencer, box.a, a, box.b, b);
	return status == BK_OK ? push(sequencer, a, box.a_end, b, box.b_end) : status;
}

int bk_sequencer_match(struct bk_sequencer *sequencer, const uint32_t *a, size_t a_len, const uint32_t *b,
	size_t b_len, uint32_t *match)
{
	int status = make_room(sequencer, a_len + b_len);

	if (status != BK_OK)
		return status;
	memset(match, 0xff, a_len * sizeof *match);
	sequencer->round++;
	mark(sequencer->seen, sequencer->round, a, a_len);
	mark(sequencer->other, sequencer->round, b, b_len);
	keep_seen(&sequencer->a, sequencer->other, sequencer->round, a, a_len);
	keep_seen(&sequencer->b, sequencer->seen, sequencer->round, b, b_len);
	sequencer->boxes.len = 0;
	status = push(sequencer, 0, sequencer->a.len, 0, sequencer->b.len);
	while (status == BK_OK && sequencer->boxes.len) {
		struct box box = sequencer->boxes.items[--sequencer->boxes.len];

		trim(sequencer, &box, match);
		if (box.a < box.a_end && box.b < box.b_end)
			status = split(sequencer, box);
	}
	return status;
}
