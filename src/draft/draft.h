/*
 * The inside of a draft, shared by the rooms of this floor.  Each room fills in its own part, in this order:
 *
 *	scan         matched, unmatched
 *	bracket      brackets, from matched
 *	attribution  attributions; brackets[].attribution, .attribution_count, .text
 *	outline      nodes; brackets[].node
 *	classify     brackets[].class
 *	run          groups; brackets[].run, .group, .choice
 *	alternative  alternatives, choices
 *	identity     brackets[].id
 *
 * and draft.c, the facade, calls them; bracket.c is also what they share.  Everything lives in the draft's arena.
 */
#ifndef BRACKED_DRAFT_DRAFT_H
#define BRACKED_DRAFT_DRAFT_H

#include "base/arena.h"
#include "base/str.h"
#include "base/table.h"
#include "base/vec.h"

#include <bracked/draft.h>

/* A bracket as plain matching finds it, when nothing else is known of it yet. */
struct bk_matched {
	uint32_t start, end; /* as of bk_bracket */
	uint32_t parent;     /* the innermost of its kind round it, or BK_NONE */
	uint8_t open_len, close_len;
	bool brace;
};

/* The alternatives of one bracket: `count` of the draft's from `first` on. */
struct bk_choices {
	uint32_t first, count;
};

struct bk_draft {
	uint64_t serial; /* no two drafts of a process have the same */
	struct bk_arena arena;
	bk_snapshot *snapshot;
	struct bk_str bytes;
	const bk_conventions *conventions;
	bk_conventions *own_conventions; /* when the caller gave none */
	struct bk_names names;		 /* .code may be NULL */
	struct bk_override *overrides;	 /* sorted by start */
	size_t override_count;
	bool has_asked;	    /* only one bracket is asked for: */
	size_t asked;	    /* where it opens, */
	bool is_classified; /* and whether its class is known */

	BK_VEC(struct bk_matched) matched; /* until brackets are made of them */
	struct bk_bracket *brackets;
	size_t bracket_count;
	struct bk_unmatched *unmatched;
	size_t unmatched_count;
	struct bk_node *nodes;
	size_t node_count;
	struct bk_attribution *attributions;
	size_t attribution_count;
	struct bk_group *groups;
	size_t group_count;
	struct bk_alternative *alternatives;
	struct bk_choices *choices; /* one a bracket; NULL when there is no bracket */
	size_t run_count;
	size_t option_count;  /* option nodes */
	size_t depth;	      /* most brackets open at once (plain matching, unmatched opens included) */
	size_t opens, closes; /* bracket characters: those of extra pairs too, but no braces */
	struct bk_table ids;  /* of brackets */
	/* Where brackets and braces both stand: the last bracket of the other kind before each, or BK_NONE.
	 */
	uint32_t *other_kind;
};

/* scan.c: of a draft without a snapshot, too, when it has bytes and conventions. */
int bk_scan_brackets(struct bk_draft *draft);
/* In some parts of it alone, in order and apart, each of which begins where nothing is escaped. */
int bk_scan_brackets_in(struct bk_draft *draft, const struct bk_span *parts, size_t count);
/* Whether offsets of a text with so many bytes can be told.  BK_ETOOBIG. */
int bk_scan_fits(size_t len);
/* attribution.c */
int bk_attribution_find(struct bk_draft *draft);
/* attribution_behind.c: where names in parentheses may open behind an offset: past blanks, emphasis and at most one
 * line end. */
size_t bk_attribution_next(struct bk_str bytes, size_t at);
/* outline.c */
int bk_outline_build(struct bk_draft *draft);
/* classify.c: where one bracket is asked for, that one alone, and those beside it on which its class may depend. */
int bk_classify_brackets(struct bk_draft *draft);
/* run.c */
int bk_run_find(struct bk_draft *draft);
/* identity.c */
int bk_identity_assign(struct bk_draft *draft);
/* The bracket with this id, or BK_NONE. */
uint32_t bk_draft_bracket_named(const struct bk_draft *draft, const char *id);

/*
 * draft.c: read the bracket that opens at an offset, with its names: a draft of these bytes would say the same of it.
 * There is no snapshot, no serial, no run and no id, and of no bracket the class.  An outline, which is read
 * beside the names of all brackets, is made only where it is wanted; else no name is known of brackets in
 * other ones.  Bytes and conventions are borrowed, and both must be there.  BK_ETOOBIG, BK_ENOMEM.
 */
int bk_draft_read_bracket(bk_draft **out, struct bk_str bytes, size_t open, bool outlined,
	const bk_conventions *conventions, const struct bk_names *names);
/* And find its class, which the words beside it may tell; in a draft of all brackets there is nothing to do.
 * BK_EINVAL, BK_ENOMEM. */
int bk_draft_classify_asked(bk_draft *draft);

/* bracket.c */
/* Make the brackets of what matches, which is released.  BK_ENOMEM. */
int bk_brackets_make(struct bk_draft *draft);
/* The bytes between a bracket's opening and closing characters. */
struct bk_str bk_bracket_inside(const struct bk_draft *draft, const struct bk_bracket *bracket);
/* What it holds, its label too, without who speaks of it. */
struct bk_str bk_bracket_said(const struct bk_draft *draft, const struct bk_bracket *bracket);
/* The attributions of a bracket, which are its count from here on; NULL when the draft has none. */
static inline const struct bk_attribution *bk_bracket_attributions(
	const struct bk_draft *draft, const struct bk_bracket *bracket)
{
	return draft->attribution_count ? draft->attributions + bracket->attribution : NULL;
}
/* What anybody says of a bracket whose name stands beside it or is kept for it: 1 << enum bk_act each. */
unsigned bk_bracket_acts(const struct bk_draft *draft, const struct bk_bracket *bracket);
static inline bool bk_bracket_is_proposed(const struct bk_draft *draft, const struct bk_bracket *bracket)
{
	return bk_bracket_acts(draft, bracket) >> BK_ACT_PROPOSE & 1;
}
/* What is known of the bracket that opens at start beside the text, or NULL.  O(log n). */
const struct bk_override *bk_draft_override(const struct bk_draft *draft, size_t start);

#endif
