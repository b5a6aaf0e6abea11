/* What the files of seams share: one seam, and the rules that mend it one after the other. */
#ifndef BRACKED_DRAFT_SEAM_PRIVATE_H
#define BRACKED_DRAFT_SEAM_PRIVATE_H

#include "draft/seam.h"

struct bk_seam {
	struct bk_str text;
	const struct bk_cut *cut, *first, *last; /* this one, and all */
	size_t low, high;			 /* what is kept near: from the cut before to the cut after */
	size_t text_end;			 /* where the last of what is kept ends */
	size_t start, end;
	size_t left, right; /* blanks before start, after end */
	char before; /* the bytes beyond them: '\n' at a line's end or the text's, 'a' for what is not seen */
	char after;
	char put[8];
	size_t put_len;
};

/* A letter that becomes one. */
struct bk_capital {
	size_t at;
	size_t len; /* 0: none is due */
	char put[4];
	size_t put_len;
};

/* See what stands on both sides, after start or end moved. */
void bk_seam_look(struct bk_seam *seam);

/* seam_line.c: grow the cuts that leave a line nothing but its label, so that the line goes too, or what its
 * provision says further down moves up. */
void bk_seam_lines(const struct bk_draft *draft, bk_cuts *cuts);
/* Bytes of the line from start that its lead, labels or option header take. */
size_t bk_seam_prefix(struct bk_str text, size_t start);

/* seam_emphasis.c: emphasis round nothing goes, and the half that stands beside a cut that took the other half;
 * parentheses round nothing go. */
void bk_seam_mend_emphasis(struct bk_seam *seam);
void bk_seam_mend_parentheses(struct bk_seam *seam);

/* seam_sentence.c: whether a sentence begins at the seam; the letter that begins it now, when the cut took its first
 * word and its capital. */
bool bk_seam_begins_sentence(const struct bk_seam *seam);
struct bk_capital bk_seam_find_capital(const struct bk_draft *draft, const struct bk_seam *seam);

/* seam_word.c: of two marks that meet one stays; blanks as words and marks want them. */
void bk_seam_mend_marks(struct bk_seam *seam);
void bk_seam_mend_blanks(struct bk_seam *seam);

#endif
