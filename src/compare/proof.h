/* What writing and reading a proof share. */
#ifndef BRACKED_COMPARE_PROOF_H
#define BRACKED_COMPARE_PROOF_H

#include "base/str.h"

enum { BK_PROOF_HASH = 17 };

/* Of the bytes, as 16 hexadecimal digits. */
void bk_proof_hash(struct bk_str bytes, char out[BK_PROOF_HASH]);

#endif
