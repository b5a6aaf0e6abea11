/* The alternatives between which a choice on a bracket chooses. */
#ifndef BRACKED_DRAFT_ALTERNATIVE_H
#define BRACKED_DRAFT_ALTERNATIVE_H

#include "base/vec.h"
#include "draft/draft.h"

typedef BK_VEC(struct bk_alternative) bk_alternative_list;

/* Offset of the next slash outside inner brackets at or after from, with blanks round it or without; or the end.
 * O(length). */
size_t bk_alternative_slash(struct bk_str text, size_t from, bool blanks);

/*
 * Append the parts that `/` splits a disputed bracket's words into: two or more, or none when nothing is split.
 * BK_ENOMEM.
 */
int bk_alternative_split(const struct bk_draft *draft, uint32_t bracket, bk_alternative_list *out);

/* Those of a bracket's alternatives that are its own parts: NULL when it is not split.  O(log n). */
const struct bk_alternative *bk_alternative_parts(
	const struct bk_draft *draft, uint32_t bracket, size_t *count);

/* The alternative of its bracket that a name is about, from 1 as in bk_draft_alternatives; 0 where that is all of it.
 * O(alternatives and names). */
size_t bk_alternative_of_name(const struct bk_draft *draft, const struct bk_attribution *name);

/* Fill the draft's alternatives once groups and choices stand.  BK_ENOMEM. */
int bk_alternative_find(struct bk_draft *draft);

/* The bracket that an alternative of a bracket is, from 1 as in bk_draft_alternatives; BK_NONE when it is a part of
 * one, or not there.  O(alternatives). */
uint32_t bk_alternative_member(const struct bk_draft *draft, uint32_t bracket, size_t alternative);

#endif
