/*
 * The ledgers of versions as one, for their compilation: all that was said, each on its words there.
 */
#ifndef BRACKED_APP_MERGED_LEDGER_H
#define BRACKED_APP_MERGED_LEDGER_H

#include "app/merging.h"

/*
 * Append to out the lines that the ledger of the compilation gains: those of base and versions that it does not
 * have, one for each recorded bracket that would not be found by its words, and the names that the style keeps out
 * of the text.  Names that an earlier compilation kept and this one does not say are taken back, also those of
 * brackets that are gone.  session is of the compilation, unwritten (bk_session_open_unwritten); old is the hash of
 * the bytes that it takes the place of, of which lines about brackets and names say nothing, 0: none.  Codes of
 * reading drafts.
 */
int bk_merged_ledger_put(
	const struct bk_merging *merging, struct bk_session *session, uint64_t old, struct bk_buf *out);

#endif
