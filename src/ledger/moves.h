/*
 * Words that a party moves: it wants them gone at one place, and proposes the same at another.
 *
 *	2. [EU delete: Reports are made public.]  ...  4. [EU: Reports are made public.]
 */
#ifndef BRACKED_LEDGER_MOVES_H
#define BRACKED_LEDGER_MOVES_H

#include <bracked/ledger.h>

/*
 * Of each position, in the order of bk_positions_list, the index of the one at the other end; of one that moves
 * nothing, the number of positions.  What is said of an alternative, no longer holds, or is about no bracket of the
 * draft moves nothing, nor do few words.  The draft is that of the positions.
 *
 * BK_OK with an array that the caller frees; BK_ENOMEM.
 */
int bk_moves_find(size_t **out, const bk_draft *draft, const bk_positions *positions);

#endif
