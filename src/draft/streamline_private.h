/*
 * The inside of streamlining: how a tidying makes its suggestions.
 *
 *	bk_suggest_begin, changes and heirs, then bk_suggest or bk_suggest_nothing
 */
#ifndef BRACKED_DRAFT_STREAMLINE_PRIVATE_H
#define BRACKED_DRAFT_STREAMLINE_PRIVATE_H

#include "base/vec.h"
#include "draft/changes.h"
#include "draft/draft.h"
#include "draft/streamline.h"

struct bk_streamline {
	const struct bk_draft *draft;
	const struct bk_tidying *tidying;
	struct bk_streamline_terms terms;
	struct bk_arena arena;
	BK_VEC(struct bk_suggestion) list;
	BK_VEC(struct bk_left) left;
	bool once;		      /* whether it would find more after it was done is not asked */
	bool *moves;		      /* of nodes: they may come to stand elsewhere in the outline; or NULL */
	bk_changes *changes;	      /* of the suggestion that is being made, or NULL */
	BK_VEC(struct bk_heir) heirs; /* of the same */
};

/* bk_streamline_new, with the member of that name. */
int bk_streamline_make(struct bk_streamline **out, const struct bk_draft *draft,
	const struct bk_tidying *tidying, const struct bk_streamline_terms *terms, bool once);

/* Begin a suggestion; what was begun before and not made is forgotten.  BK_ENOMEM. */
int bk_suggest_begin(struct bk_streamline *streamline);
/* Replace a span, in ascending order.  BK_ENOMEM. */
int bk_suggest_change(struct bk_streamline *streamline, struct bk_span span, struct bk_str bytes);
int bk_suggest_heir(struct bk_streamline *streamline, uint32_t bracket, uint32_t heir);
/* The suggestion is made.  BK_ENOMEM. */
int bk_suggest(struct bk_streamline *streamline, struct bk_span span, uint32_t bracket, const char *format,
	...) __attribute__((format(printf, 4, 5)));
/* Tell what is left, and why.  BK_ENOMEM. */
int bk_suggest_left(struct bk_streamline *streamline, size_t offset, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The words of a span in the quotation marks of messages, cut after a line's length.  In the arena; NULL. */
const char *bk_suggest_quote(struct bk_streamline *streamline, struct bk_span span);

/* The first disputed bracket that opens in a span, or BK_NONE: that of an act which is about none, and may be objected
 * to there. */
uint32_t bk_suggest_bracket(const struct bk_streamline *streamline, struct bk_span span);

/* streamline_trial.c: take back each suggestion after which the text is read in another way.  BK_ENOMEM. */
int bk_streamline_try(struct bk_streamline *streamline);

/* The acts. */
int bk_streamline_join(bk_streamline *streamline);
int bk_streamline_lift(bk_streamline *streamline);
int bk_streamline_fold(bk_streamline *streamline);
int bk_streamline_options(bk_streamline *streamline);
int bk_streamline_renumber(bk_streamline *streamline);

/* The members of a group, in order: the first, and the one behind a member; BK_NONE after the last. */
uint32_t bk_streamline_next(const struct bk_draft *draft, uint32_t member);
/* Whether nothing but attributions and blanks stands in a bracket beside its words: no label, no option's header. */
bool bk_streamline_is_plain(const struct bk_draft *draft, uint32_t bracket);

#endif
