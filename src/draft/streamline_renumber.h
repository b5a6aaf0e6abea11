/*
 * The inside of renumbering: what references mean, and what may not be numbered.
 */
#ifndef BRACKED_DRAFT_STREAMLINE_RENUMBER_H
#define BRACKED_DRAFT_STREAMLINE_RENUMBER_H

#include "draft/paragraph.h"
#include "draft/reference.h"
#include "draft/streamline_private.h"

enum bk_when { BK_BEFORE, BK_AFTER };

struct bk_renumber {
	struct bk_streamline *streamline;
	const struct bk_draft *draft;
	struct bk_paragraphs paragraphs;
	BK_VEC(size_t) references; /* offsets of those to paragraphs */
	/* Of before and after renumbering: */
	uint32_t *sorted[2]; /* paragraphs that a reference can mean, by number, suffix and place */
	bool *firsts[2];     /* of nodes: a heading with a paragraph 1 below it */
	size_t count;	     /* of those sorted */
	uint32_t *ends;	     /* behind the nodes below each node */
};

/* A paragraph's number and suffix. */
struct bk_paragraph_name {
	uint32_t number, suffix;
};

static inline struct bk_paragraph_name bk_paragraph_name(const struct bk_paragraph *it, enum bk_when when)
{
	return when == BK_BEFORE ? (struct bk_paragraph_name){it->was, it->had}
				 : (struct bk_paragraph_name){it->is, it->keeps ? it->had : 0};
}

static inline bool bk_paragraph_name_equal(struct bk_paragraph_name a, struct bk_paragraph_name b)
{
	return a.number == b.number && a.suffix == b.suffix;
}

enum { BK_MEANT_MAX = 64 };

/* The paragraphs that a number of a reference can mean, as indices in order of place. */
struct bk_meant {
	uint32_t list[BK_MEANT_MAX];
	size_t count;
	bool more; /* than there is room for */
};

/* ---- streamline_target.c: looking up what references mean -------------------------------------------- */

/* Find references and what they are looked up in; for BK_AFTER bk_targets_sort must follow each change of what
 * paragraphs come to be.  BK_ENOMEM.  What it made is freed by bk_targets_release. */
int bk_targets_prepare(struct bk_renumber *renumber);
void bk_targets_release(struct bk_renumber *renumber);
void bk_targets_sort(struct bk_renumber *renumber, enum bk_when when);
/* What a number of a reference means: a paragraph of that name. */
void bk_targets_find(const struct bk_renumber *renumber, const struct bk_reference *reference,
	struct bk_paragraph_name name, enum bk_when when, struct bk_meant *out);
/* What all of them come to be called, when that is one name; else false.  None: false. */
bool bk_targets_name(
	const struct bk_renumber *renumber, const struct bk_meant *meant, struct bk_paragraph_name *out);

/* ---- streamline_law.c: what may not be numbered ------------------------------------------------------ */

/*
 * Leave those series as they are that cannot be numbered: no two paragraphs of a numbering may come to have one
 * number, whichever series are numbered and which are not, and no reference may come to mean another paragraph than
 * before.  Each is told.  BK_ENOMEM.
 */
int bk_renumber_hold(struct bk_renumber *renumber);

#endif
