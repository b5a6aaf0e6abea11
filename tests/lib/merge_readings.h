/*
 * Reading back: who reads a compilation as a party wants it reads what its version says, read as it wants that.
 *
 *	version   Parties should act [soon]
 *	OUT       Parties [shall][EU: should] act [soon] [AU: and report]
 *	as EU     Parties should act [soon]
 *
 * The words are the same, in the same order.  Brackets are not looked at: a party that says nothing about a place
 * has the base's words of it in brackets where others want it otherwise (notation: what X says nothing on stays in
 * brackets).  Nor are blanks, punctuation and capitals, which are mended at seams.
 */
#ifndef BRACKED_TESTS_MERGE_READINGS_H
#define BRACKED_TESTS_MERGE_READINGS_H

#include "lib/merge_laws.h"

#include <bracked/ledger.h>

/* Summed up over merges. */
struct reading_figures {
	size_t readings; /* that were compared */
	size_t notation; /* not compared: the version has other names or labels than the base */
	size_t faulty;	 /* not compared: a text has unmatched brackets, or no names are written */
};

/*
 * Merge, and read as each party: NULL when all readings are alike, else whose is not, and where (borrowed until the
 * next call).
 */
const char *merge_reads_back(
	const struct merging *merging, const bk_roster *roster, struct reading_figures *figures);

#endif
