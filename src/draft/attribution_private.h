/*
 * What the rooms of attribution share: the finder, which is at one bracket, and taking a list of names over.  The
 * four forms are drawn in attribution.c.
 */
#ifndef BRACKED_DRAFT_ATTRIBUTION_PRIVATE_H
#define BRACKED_DRAFT_ATTRIBUTION_PRIVATE_H

#include "base/vec.h"
#include "draft/conventions.h"
#include "draft/footnote.h"
#include "draft/kernel.h"
#include "draft/naming.h"

struct bk_attribution_finder {
	struct bk_draft *draft;
	struct bk_naming naming;
	struct bk_footnotes_found footnotes;
	bk_named_list names; /* of the list being read */
	BK_VEC(struct bk_attribution) found;
	uint32_t bracket;
	struct bk_byte_set marks; /* bytes of colons and dashes: a bracket without any names nobody inside */
	size_t next_mark;	  /* none stands between the last bracket's opening and it */
};

/* Read list (bytes of the draft) as names, which are noted when it is one; *is tells.  BK_ENOMEM. */
int bk_attribution_take_list(struct bk_attribution_finder *finder, struct bk_str list, enum bk_form form,
	struct bk_span notation, bool *is);

/* attribution_inside.c: the prefix and the dash inside a bracket; text moves past what they say.  BK_ENOMEM. */
int bk_attribution_inside(struct bk_attribution_finder *finder, struct bk_span *text);

/* attribution_behind.c: parentheses and footnotes behind a bracket.  BK_ENOMEM. */
int bk_attribution_behind(struct bk_attribution_finder *finder, const struct bk_bracket *bracket);

/* Whether the process of the draft has a form. */
static inline bool bk_attribution_reads(const struct bk_attribution_finder *finder, enum bk_form form)
{
	return bk_conventions_reads(finder->draft->conventions, form);
}

#endif
