/*
 * What goes when brackets are settled: cuts for decisions, one a bracket.
 */
#ifndef BRACKED_DRAFT_SETTLE_H
#define BRACKED_DRAFT_SETTLE_H

#include "draft/draft.h"
#include "draft/seam.h"

/* Its words stand; its characters, attributions and, when it holds one, its option header go.  BK_ENOMEM. */
int bk_settle_accept(const struct bk_draft *draft, uint32_t bracket, bk_cuts *cuts);
/* It goes whole.  BK_ENOMEM. */
int bk_settle_delete(const struct bk_draft *draft, uint32_t bracket, bk_cuts *cuts);
/* Of its own alternatives, parted by a slash, the one in span stands.  BK_ENOMEM. */
int bk_settle_part(const struct bk_draft *draft, uint32_t bracket, struct bk_span span, bk_cuts *cuts);
/* As it is given (enum bk_decision) for all brackets, with the "or" between members of a run of which one goes.  A
 * bracket all of which goes, goes too, whether it was left or accepted, and one that is accepted and says that there
 * is no text.  BK_ENOMEM. */
int bk_settle_all(const struct bk_draft *draft, const uint8_t *given, bk_cuts *cuts);
/* The same "or" for one run. */
int bk_settle_run(
	const struct bk_draft *draft, uint32_t first, uint32_t last, const uint8_t *decisions, bk_cuts *cuts);
/* The group of choice one that a bracket is of; or NULL. */
const struct bk_group *bk_settle_choice(const struct bk_draft *draft, uint32_t bracket);
/* Whether a bracket's words stand for no text. */
bool bk_settle_no_text(const struct bk_draft *draft, uint32_t bracket);
/* Whether nothing stands of a bracket, with the alternatives to it, where that is chosen.  In `Option 2: [Stay
 * here.][JP: No text]` it does: an option that says so is one that can be chosen. */
bool bk_settle_can_be_empty(const struct bk_draft *draft, uint32_t bracket);
/* Both: whether nothing stands of a bracket that is accepted, as its words say. */
bool bk_settle_leaves_nothing(const struct bk_draft *draft, uint32_t bracket);

#endif
