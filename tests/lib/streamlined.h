/*
 * All that a tidying suggests for a draft, done, with what has to hold of it: the readings stay, brackets balance as
 * before, the act done again finds nothing, of lift after it was done for each choice that is round others, and undo
 * gives the text back to the byte.
 *
 * A reading stays when its words are those of before, whatever the blanks between them:
 *
 *	join     as the first alternative spells them
 *	lift     and what was lifted stands in the agreed reading too, as somebody without a name held all of it
 *	fold     and what was agreed stands in the agreed reading too
 *	options, renumber    but for the numbers that were changed
 *
 * Readings are the clean one, the agreed one, and that of each party named, in which what the party leaves open is
 * accepted, or the first of what it leaves open of a choice.  Of doubled brackets a party wants what it wants of the
 * one that stays.
 */
#ifndef BRACKED_TESTS_STREAMLINED_H
#define BRACKED_TESTS_STREAMLINED_H

#include "base/buf.h"
#include "draft/streamline.h"

#include <bracked/ledger.h>

/* How a fault is told: as a sentence. */
typedef void streamlined_fault(bool fault, const char *what);

struct streamlined {
	streamlined_fault *stop_if;
	const struct bk_draft_options *options;
	const bk_roster *roster;
	const struct bk_tidying *tidying;   /* the act whose turn it is */
	size_t texts, done, left, readings; /* sums */
};

/* Each act on the text as it is, and fold once more with some of its brackets agreed. */
void streamlined_round(struct streamlined *run, struct bk_str bytes);

#endif
