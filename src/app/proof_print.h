/* Proofs for programs and sheets: every proposal as a line of CSV. */
#ifndef BRACKED_APP_PROOF_PRINT_H
#define BRACKED_APP_PROOF_PRINT_H

#include "app/output.h"

#include <bracked/merge.h>

/* Each proposal with its party, act, fate, words, those that they replace, where it is in the party's file, and where
 * it stands.
 * Of one party, or of all (BK_NONE).  The proof is read.  BK_ENOMEM. */
int bk_proof_print_proposals(struct bk_output *output, const bk_proof *proof, uint32_t party);

#endif
