/*
 * Seams: what is left when words or brackets are cut out of a text, mended so that it reads as if written so.
 *
 *	Parties [shall] [, in time,] act.        cut both:   Parties act.
 *	x [EU: , including y], and z             cut marks:  x, including y, and z
 *	end. [In time,] parties act              cut words:  end. Parties act
 *
 * Mended are blanks, commas and their like that meet, one capital, emphasis marks and parentheses round
 * nothing, and lines left with nothing but their label.  Nothing else outside a cut changes.
 */
#ifndef BRACKED_DRAFT_SEAM_H
#define BRACKED_DRAFT_SEAM_H

#include "draft/cut.h"

/* Turn cuts of the draft's text into the changes that make them and mend their seams, appended to out.  The cuts
 * are sorted and joined on the way.  Cost: O(n log n + bytes cut and near).  BK_ENOMEM. */
int bk_seam_mend(const struct bk_draft *draft, bk_cuts *cuts, bk_changes *out);
/* The same as changes of their own, unless cutting had ended with a status that is none of BK_OK, which is returned.
 * Releases the cuts in any case. */
int bk_seam_finish(const struct bk_draft *draft, int status, bk_cuts *cuts, bk_changes **out);

#endif
