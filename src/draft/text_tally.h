/*
 * A tally: what a run of bytes adds to the lines and brackets of a text, seen alone.
 *
 *	run       ] ] [ [ ] [              the balance, one step a bracket:
 *	opens 3   closes 3
 *	lacking 2: its lowest point        0 \      /\  /     high 0
 *	high 0: its highest point         -1  \    /  \/
 *	left 2: opens nothing here closes -2   \__/           peak 2: most open at once from none
 *
 * Tallies of neighbours add up to the tally of both, exactly.
 */
#ifndef BRACKED_DRAFT_TEXT_TALLY_H
#define BRACKED_DRAFT_TEXT_TALLY_H

#include <stdbool.h>
#include <stddef.h>

struct bk_tally {
	size_t lines; /* LF */
	size_t opens; /* brackets that are not literal */
	size_t closes;
	size_t lacking; /* closes that find nothing open in the run */
	size_t high;	/* most opens beyond closes at any point, from the start; 0 at least */
	size_t peak;	/* most brackets open at once when none is at the start */
	bool escapes;	/* the byte behind the run stands after an odd number of backslashes */
};

/* Opens that nothing in the run closes. */
static inline size_t bk_tally_left(const struct bk_tally *tally)
{
	return tally->opens + tally->lacking - tally->closes;
}

/* Add the tally of the run that follows. */
void bk_tally_add(struct bk_tally *sum, const struct bk_tally *next);

/* The tally of len bytes; escaped: the first stands after an odd number of backslashes. */
void bk_tally_bytes(struct bk_tally *tally, const char *bytes, size_t len, bool escaped);

#endif
