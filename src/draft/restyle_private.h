/*
 * What the rooms of restyle share.
 *
 *	plan     what each bracket has of names, and which bytes of its attributions go, or why it is left
 *	edits    of all plans that are not left, in order, and what is written in their place
 *	proof    the new text as it is read: plans whose brackets are not what they were are left, and all begins anew
 */
#ifndef BRACKED_DRAFT_RESTYLE_PRIVATE_H
#define BRACKED_DRAFT_RESTYLE_PRIVATE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"
#include "draft/changes.h"
#include "draft/draft.h"
#include "draft/footnote.h"

/* A run of `count` items from `first` on, in a list of the restyling. */
struct bk_restyle_part {
	size_t first, count;
};

/* A bracket with names. */
struct bk_restyle_plan {
	uint32_t bracket;
	struct bk_restyle_part names, cuts, notes, breaks;
	size_t blanks;	  /* runs of blanks in its lists of names so far */
	const char *left; /* why it is left as it is; NULL: it is rewritten */
	size_t round;	  /* of the proof in which it was left, from 1; 0: in none */
	enum bk_style style;
	const char *instead; /* why another style than was asked for is tried; NULL: none is */
	bool settled;	     /* nothing leaves it any more */
	size_t turn;	     /* in which it is tried apart from those near it */
};

/*
 * A line end in an attribution, with the blanks round it, which is kept at the same blank of what is written:
 *
 *	[EU, US delete: text]     [text] (EU, US delete)     [text - EU, US delete]
 *	    1  2       0                0   1  2                     0  1  2
 */
struct bk_restyle_break {
	size_t blank;
	struct bk_span span;
};

/* A footnote that says who asks for brackets. */
struct bk_restyle_note {
	struct bk_span line; /* all of it, with its line end */
	size_t marks;	     /* that lead to it in the text */
	size_t going;	     /* of these, those that go */
};

/* How often marks stand in the text, and notes: counted when the first is asked for. */
struct bk_restyle_marks {
	bool counted;
	struct bk_map named;   /* "^9" -> brackets that are this mark */
	struct bk_map defined; /* "^9" -> notes with this mark */
	struct bk_map bare;    /* number -> figures that are this mark, whatever note it leads to */
	struct bk_map notes;   /* where a note's text starts -> its index in the notes of the restyling */
};

/* A replacement; its new bytes stand in `bytes` of the restyling. */
struct bk_restyle_edit {
	struct bk_span span;
	size_t bytes, len;
	size_t shift; /* what follows is moved by, modulo SIZE_MAX + 1 */
};

/* What stands in a line before `at`: whether words, and how many brackets and parentheses are open there. */
struct bk_restyle_line {
	size_t at, brackets, parentheses;
	bool has_words;
};

struct bk_restyling {
	struct bk_arena arena;
	const struct bk_draft *draft;
	enum bk_style style;
	BK_VEC(struct bk_restyle_plan) plans; /* by bracket */
	BK_VEC(struct bk_beside) names;
	BK_VEC(struct bk_span) cuts;
	BK_VEC(struct bk_restyle_break) breaks;
	BK_VEC(size_t) uses; /* of notes, by index */
	BK_VEC(struct bk_restyle_note) notes;
	struct bk_restyle_marks marks;
	struct bk_restyle_line line; /* of the bracket that was planned last */
	struct bk_footnotes_found footnotes;
	BK_VEC(struct bk_restyle_edit) edits;
	struct bk_buf bytes;
	bk_changes *changes;
	BK_VEC(struct bk_beside) written;
	BK_VEC(struct bk_restyle_left) left;
};

/* restyle_cut.c: add the cuts of a bracket's attributions, and the notes they use, or set plan->left.  BK_ENOMEM. */
int bk_restyle_cut(struct bk_restyling *restyling, struct bk_restyle_plan *plan);

/* restyle_note.c: the note behind the mark that is an attribution's notation; *why when it cannot go.  BK_ENOMEM. */
int bk_restyle_note(struct bk_restyling *restyling, const struct bk_attribution *attribution, size_t *note,
	struct bk_str *text, const char **why);
void bk_restyle_marks_release(struct bk_restyle_marks *marks);

/* What an edit puts there. */
static inline struct bk_str bk_restyle_bytes(
	const struct bk_restyling *restyling, const struct bk_restyle_edit *edit)
{
	return edit->len ? (struct bk_str){restyling->bytes.bytes + edit->bytes, edit->len} : BK_STR("");
}

/* restyle_edit.c: the edits of all plans that are not left.  BK_ENOMEM. */
int bk_restyle_edits(struct bk_restyling *restyling);
/* The offset in the new text of one in the old, where an edit may begin or end: behind what is put there, or before
 * it. */
size_t bk_restyle_behind(const struct bk_restyling *restyling, size_t offset);
size_t bk_restyle_before(const struct bk_restyling *restyling, size_t offset);
/* The offset in the old text of one in the new. */
size_t bk_restyle_source(const struct bk_restyling *restyling, size_t offset);
/* Whether the byte at offset goes. */
bool bk_restyle_goes(const struct bk_restyling *restyling, size_t offset);

/* restyle_proof.c: read the new text; *changed tells that plans were left because of what it says, more of them in
 * later rounds.  BK_ENOMEM; BK_ETOOBIG. */
int bk_restyle_prove(struct bk_restyling *restyling, size_t round, bool *changed);

#endif
