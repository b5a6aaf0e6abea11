/* Tallies of bytes, and their sum. */
#include "draft/text_tally.h"
#include "draft/kernel.h"

#include <stdint.h>

static size_t more(size_t a, size_t b)
{
	return a > b ? a : b;
}

void bk_tally_add(struct bk_tally *sum, const struct bk_tally *next)
{
	const size_t left = bk_tally_left(sum);
	const size_t risen = sum->opens + next->high; /* beyond sum->closes */

	sum->peak = more(sum->peak, more(left + next->high, next->peak));
	if (risen > sum->closes)
		sum->high = more(sum->high, risen - sum->closes);
	if (next->lacking > left)
		sum->lacking += next->lacking - left;
	sum->lines += next->lines;
	sum->opens += next->opens;
	sum->closes += next->closes;
	sum->escapes = next->escapes;
}

/* What a few brackets do to the balance. */
struct step {
	int8_t net, low, high, peak;
};

/* By four brackets, the first in the lowest bit, 1 for an open. */
static const struct step steps[16] = {
	{-4, -4, 0, 0}, /* ]]]] */
	{-2, -2, 1, 1}, /* []]] */
	{-2, -2, 0, 1}, /* ][]] */
	{0, 0, 2, 2},	/* [[]] */
	{-2, -2, 0, 1}, /* ]][] */
	{0, 0, 1, 1},	/* [][] */
	{0, -1, 1, 2},	/* ][[] */
	{2, 0, 3, 3},	/* [[[] */
	{-2, -3, 0, 1}, /* ]]][ */
	{0, -1, 1, 1},	/* []][ */
	{0, -1, 0, 1},	/* ][][ */
	{2, 0, 2, 2},	/* [[][ */
	{0, -2, 0, 2},	/* ]][[ */
	{2, 0, 2, 2},	/* [][[ */
	{2, -1, 2, 3},	/* ][[[ */
	{4, 0, 4, 4},	/* [[[[ */
};
static const struct step up = {1, 0, 1, 1}, down = {-1, -1, 0, 0};

/* The balance as it moves over a run. */
struct balance {
	int64_t net, low, high, peak;
};

static inline int64_t larger(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static inline void go(struct balance *balance, const struct step *step)
{
	balance->peak = larger(balance->peak, larger(balance->net - balance->low + step->high, step->peak));
	balance->high = larger(balance->high, balance->net + step->high);
	balance->low = -larger(-balance->low, -(balance->net + step->low));
	balance->net += step->net;
}

static void walk(struct balance *balance, const struct bk_kernel_turns *turns)
{
	size_t i = 0;

	for (; i + 4 <= turns->count; i += 4)
		go(balance, &steps[turns->open[i / 64] >> i % 64 & 15]);
	for (; i < turns->count; i++)
		go(balance, turns->open[i / 64] >> i % 64 & 1 ? &up : &down);
}

void bk_tally_bytes(struct bk_tally *tally, const char *bytes, size_t len, bool escaped)
{
	struct balance balance = {0};
	struct bk_kernel_turns turns;

	*tally = (struct bk_tally){0};
	while (len) {
		const size_t part = len < BK_KERNEL_WINDOW ? len : BK_KERNEL_WINDOW;

		bk_kernel_turns(&turns, bytes, part, &escaped);
		walk(&balance, &turns);
		tally->opens += turns.opens;
		tally->closes += turns.count - turns.opens;
		tally->lines += turns.lines;
		bytes += part;
		len -= part;
	}
	tally->lacking = (size_t)-balance.low;
	tally->high = (size_t)balance.high;
	tally->peak = (size_t)balance.peak;
	tally->escapes = escaped;
}
