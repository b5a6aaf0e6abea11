/*
 * Shells: what of a bracket is notation, read from the text around it alone, without a draft of the whole.
 *
 *	[AOSIS; EU support: shall] (US: delete)
 *	-------------------^^^^^--------------	words, and the shell before and behind them
 */
#ifndef BRACKED_COMPARE_SHELL_H
#define BRACKED_COMPARE_SHELL_H

#include "base/str.h"
#include "compare/pairing.h"

/* How texts of a negotiation are read. */
struct bk_notation {
	const bk_conventions *conventions;
	const struct bk_names *names; /* may be NULL */
};

struct bk_shell {
	bk_draft *draft; /* of the text around the bracket, from window on */
	size_t window;
	uint32_t bracket;     /* in that draft */
	struct bk_span words; /* what it says, without blanks around */
	size_t start, end;    /* of the open, and behind the close and the parentheses that say who */
	bool disputed;
};

/*
 * Read the shell of the pair whose characters are open and close.  Offsets are those of bytes.  Cost: O(bytes
 * between, and some hundred around).  BK_ENOMEM; release in any case.
 */
int bk_shell_read(struct bk_shell *shell, const struct bk_notation *notation, struct bk_str bytes,
	const struct bk_mark *open, const struct bk_mark *close);
void bk_shell_release(struct bk_shell *shell);
/* The names in it, and their acts: of the draft; borrowed.  *count is how many. */
const struct bk_attribution *bk_shell_names(const struct bk_shell *shell, size_t *count);
/* Whether no other party than this one is named in it. */
bool bk_shell_is_of(const struct bk_shell *shell, const char *party);

#endif
