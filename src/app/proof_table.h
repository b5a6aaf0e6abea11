/*
 * The table that secretariats hand out with a compilation: of each heading, provision and option what it was and who
 * contributed.
 *
 *	New number   Contributors  Old number   How it was consolidated
 *	Outcome > 1  EU, US        Outcome > 1  reworded by EU, US
 *	Outcome > 3  CN            -            added by CN
 */
#ifndef BRACKED_APP_PROOF_TABLE_H
#define BRACKED_APP_PROOF_TABLE_H

#include "app/output.h"
#include "app/session.h"

#include <bracked/merge.h>

/* That of a compilation, whose bytes these are, or the rows alone that a party contributed to, not BK_NONE: as CSV, or
 * in columns.  session says how texts are read.  The proof is read.  Codes of bk_proof_recover. */
int bk_proof_table_print(struct bk_output *output, const struct bk_session *session, const bk_proof *proof,
	struct bk_str compilation, uint32_t party, bool csv);

#endif
