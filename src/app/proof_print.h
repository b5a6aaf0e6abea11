/*
 * Proofs for people: every proposal as a line of CSV, and the table that secretariats hand out with a
 * compilation.
 *
 *	New number   Contributors  Old number  How it was consolidated
 *	Outcome > 1  EU, US        Outcome > 1 replaced by EU, US
 *	Outcome > 3  CN            -           added by CN
 */
#ifndef BRACKED_APP_PROOF_PRINT_H
#define BRACKED_APP_PROOF_PRINT_H

#include "app/output.h"
#include "app/session.h"

#include <bracked/merge.h>

/* Each proposal with its party, act, fate, words, those that they replace, where it is in the party's file, and where
 * it stands.
 * Of one party, or of all (BK_NONE).  The proof is read.  BK_ENOMEM. */
int bk_proof_print_proposals(struct bk_output *output, const bk_proof *proof, uint32_t party);

/* Each heading, provision and option of the compilation, whose bytes these are, or those alone that a party
 * contributed to: as CSV, or in columns.
 * session says how texts are read.  The proof is read.  Codes of bk_proof_recover. */
int bk_proof_print_table(struct bk_output *output, const struct bk_session *session, const bk_proof *proof,
	struct bk_str compilation, uint32_t party, bool csv);

#endif
