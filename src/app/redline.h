/*
 * Differences for people: how each kind looks, two passages in one with what went and came, and the balance.
 *
 *	Parties {-[shall]-}{+should+} act … by {-2025-}{+2030+}
 *
 * The marks are not git's, whose brackets could be those of a draft; colours come beside them, not instead.
 */
#ifndef BRACKED_APP_REDLINE_H
#define BRACKED_APP_REDLINE_H

#include "app/output.h"

#include <bracked/compare.h>

enum bk_ink bk_redline_ink(enum bk_difference_kind kind);

/* The text of one difference, with `before` and `after`, which stand in both texts, round it. */
struct bk_redline {
	struct bk_str before, old, now, after;
	bool spaced_before, spaced_after; /* blanks stand there */
	bool unseen;			  /* it differs in what nobody sees: that is shown as marks */
};

/*
 * Print it word by word, wrapped, each line behind a blank.  Long stretches that stand in both are left out but for
 * their ends.  Cost: O(n * sqrt n) in words at worst.  BK_ENOMEM.
 */
int bk_redline_put(struct bk_output *output, const struct bk_redline *redline);

/* How many brackets became what, and how many words went and came: three lines at most. */
void bk_redline_balance(struct bk_output *output, const struct bk_balance *balance);

#endif
