/*
 * The ledger as a revision has it.
 */
#ifndef BRACKED_APP_REVISION_LEDGER_H
#define BRACKED_APP_REVISION_LEDGER_H

#include <bracked/ledger.h>
#include <bracked/store.h>

/*
 * How many positions the ledger of a revision holds: events that a party speaks by, not what became of brackets or
 * whole texts.  0 when it has no ledger.  Cost: its ledger is read.  BK_ENOMEM, BK_EGIT.
 */
int bk_revision_count_positions(bk_repository *repository, const struct bk_revision *revision, size_t *out);

#endif
