/* The alternatives between which a choice on a bracket chooses. */
#ifndef BRACKED_DRAFT_ALTERNATIVE_H
#define BRACKED_DRAFT_ALTERNATIVE_H

#include "base/vec.h"
#include "draft/draft.h"

typedef BK_VEC(struct bk_alternative) bk_alternative_list;

/*
 * Append the parts that `/` splits a disputed bracket's words into: two or more, or none when nothing is split.
 * BK_ENOMEM.
 */
int bk_alternative_split(const struct bk_draft *draft, uint32_t bracket, bk_alternative_list *out);

/* Fill the draft's alternatives once groups and choices stand.  BK_ENOMEM. */
int bk_alternative_find(struct bk_draft *draft);

#endif
