/*
 * The ledgers of versions as one, beside their compilation: all that was said, each on its words there.
 */
#ifndef BRACKED_APP_MERGED_LEDGER_H
#define BRACKED_APP_MERGED_LEDGER_H

#include "app/merging.h"

/*
 * Write the ledger of the compilation at path, which is written: the union of those of base and versions and
 * of the one that is there, with a line for each recorded bracket that would not be found by its words, and
 * with the names that the style keeps out of the text.  Nothing is written when there is nothing to say.
 * Codes of opening and writing drafts.
 */
int bk_merged_ledger_write(
	const struct bk_merging *merging, const struct bk_invocation *invocation, const char *path);

#endif
