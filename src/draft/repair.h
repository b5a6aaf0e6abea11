/*
 * Repaired matching: for each bracket that plain matching leaves alone, one change of one bracket character,
 * such that after all of them every bracket is matched, and the result is the likeliest reading there is.
 */
#ifndef BRACKED_DRAFT_REPAIR_H
#define BRACKED_DRAFT_REPAIR_H

#include "draft/draft.h"

/* fixes[i] mends unmatched[i] of the draft; the array and its strings live in arena.  BK_ENOMEM. */
int bk_repair_find(const struct bk_draft *draft, struct bk_arena *arena, struct bk_repair **fixes);

#endif
