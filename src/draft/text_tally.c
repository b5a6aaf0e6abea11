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

/* The balance as it moves over a run. */
struct balance {
	int64_t net, low, high, peak;
};

static inline void rise(struct balance *balance, int by)
{
	balance->net += by;
	if (balance->net > balance->high)
		balance->high = balance->net;
	if (balance->net - balance->low > balance->peak)
		balance->peak = balance->net - balance->low;
}

static inline void fall(struct balance *balance, int by)
{
	balance->net -= by;
	if (balance->net < balance->low)
		balance->low = balance->net;
}

/* Walk the brackets of 64 bytes, run of one kind by run of one kind. */
static inline void walk(struct balance *balance, uint64_t open, uint64_t close)
{
	while (open | close) {
		const bool up = open && (!close || __builtin_ctzll(open) < __builtin_ctzll(close));
		uint64_t *same = up ? &open : &close;
		const uint64_t other = up ? close : open;
		/* all bits of this kind below the next bit of the other */
		const uint64_t run = *same & ((other & -other) - 1);
		const int count = run & (run - 1) ? __builtin_popcountll(run) : 1;

		if (up)
			rise(balance, count);
		else
			fall(balance, count);
		*same &= ~run;
	}
}

void bk_tally_bytes(struct bk_tally *tally, const char *bytes, size_t len, bool escaped)
{
	struct balance balance = {0};
	struct bk_kernel_mask mask;

	*tally = (struct bk_tally){0};
	while (len) {
		const size_t part = len < BK_KERNEL_WINDOW ? len : BK_KERNEL_WINDOW;
		const size_t words = bk_kernel_mask(&mask, bytes, part, &escaped);

		for (size_t i = 0; i < words && (mask.opens | mask.closes); i++)
			walk(&balance, mask.open[i], mask.close[i]);
		tally->opens += mask.opens;
		tally->closes += mask.closes;
		tally->lines += mask.lines;
		bytes += part;
		len -= part;
	}
	tally->lacking = (size_t)-balance.low;
	tally->high = (size_t)balance.high;
	tally->peak = (size_t)balance.peak;
	tally->escapes = escaped;
}
