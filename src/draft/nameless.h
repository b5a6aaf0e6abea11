/*
 * Lines without the names that stand in them, so that a text is outlined alike in whatever style they are written:
 *
 *	2. [Grants are paid.] (AOSIS)	2. [Grants are paid.]
 *	[EU: 3. Each Party shall	[3. Each Party shall
 *
 * Marks of footnotes stay, and so do names that break over a line's end.
 */
#ifndef BRACKED_DRAFT_NAMELESS_H
#define BRACKED_DRAFT_NAMELESS_H

#include "base/buf.h"
#include "base/vec.h"
#include "draft/draft.h"

/* What was left out at `at` of a line without names: so many bytes. */
struct bk_omission {
	size_t at, len;
};

/* A line without names.  All zero is an empty one. */
struct bk_nameless {
	struct bk_str text; /* the draft's bytes where nobody stands in them, else of copy */
	size_t start, end;  /* in the draft, without the line end */
	struct bk_buf copy;
	BK_VEC(struct bk_omission) omissions;
};

/* Where the names of a draft stand that are left out, in order. */
struct bk_name_spans {
	const struct bk_draft *draft;
	BK_VEC(struct bk_span) spans;
};

/* Needs the draft's attributions.  O(names log names).  BK_ENOMEM. */
int bk_name_spans_init(struct bk_name_spans *name_spans, const struct bk_draft *draft);
void bk_name_spans_release(struct bk_name_spans *name_spans);
/* Read the line from start on, which ends at end; a carriage return is none of it.  What stood in out goes.
 * O(length of a line with names + log names).  BK_ENOMEM. */
int bk_nameless_read(
	const struct bk_name_spans *name_spans, size_t start, size_t end, struct bk_nameless *out);
/* The offset in the draft of a byte of the line's text, behind what was left out before it. */
size_t bk_nameless_offset(const struct bk_nameless *line, size_t at);
void bk_nameless_release(struct bk_nameless *line);

#endif
