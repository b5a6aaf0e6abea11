/*
 * Footnotes of a text: where their texts stand, and how their marks are written.
 *
 *	[^9]: EU, AOSIS            a note with a bracketed mark: the bracket's own line
 *	12 Proposed by AILAC.      a note with a bare mark: the number opens the line
 */
#ifndef BRACKED_DRAFT_FOOTNOTE_H
#define BRACKED_DRAFT_FOOTNOTE_H

#include "base/map.h"
#include "base/vec.h"
#include "draft/draft.h"

enum { BK_FOOTNOTE_NAME_MAX = 64 }; /* bytes of a bracketed mark's name at the most, with its `^` */

struct bk_footnote_line {
	unsigned number;
	bool stopped; /* "12." or "12)": a label, unless nothing else says 12 */
	struct bk_span text;
};

/* Filled when first asked. */
struct bk_footnotes_found {
	const struct bk_draft *draft;
	bool named_ready, bare_ready;
	struct bk_map named;		      /* "9" -> bracket */
	BK_VEC(struct bk_footnote_line) bare; /* by number, those with a stop last, then by offset */
};

void bk_footnotes_init(struct bk_footnotes_found *found, const struct bk_draft *draft);
void bk_footnotes_release(struct bk_footnotes_found *found);

/* True when this bracket is the mark before a note's text: `[^9]: ` first on its line, or in a bracket which the note
 * is disputed in, `[EU: [^9]: `. */
bool bk_footnote_defines(const struct bk_draft *draft, const struct bk_bracket *bracket);

/* Where the text of the note with this mark ends: with its paragraph and the indented ones after it, and no later than
 * the bracket which it is disputed in. */
size_t bk_footnote_end(const struct bk_draft *draft, const struct bk_bracket *bracket);

/* The text of the note marked `[^name]`; *is false when there is none.  BK_ENOMEM. */
int bk_footnote_named(struct bk_footnotes_found *found, struct bk_str name, struct bk_str *text, bool *is);
/* The note `number` that follows offset most nearly, else the last before it; a line whose number has no stop
 * behind it goes before one that has.  NULL when there is none.  BK_ENOMEM. */
int bk_footnote_bare(struct bk_footnotes_found *found, unsigned number, size_t offset,
	const struct bk_footnote_line **line);

/* Whether the figures at `at` are glued to the end of a word of small letters, "purpose18 ", or to a close. */
bool bk_footnote_is_bare_mark(struct bk_str bytes, size_t at);
/* How many figures stand glued to words as footnote marks without brackets.  Cost: O(n). */
size_t bk_footnote_count_bare_marks(const struct bk_draft *draft);

/* The value of the figure at the start of bytes, plain or raised ("¹"), and its bytes; -1 when there is none. */
int bk_footnote_digit(struct bk_str bytes, size_t *len);

#endif
