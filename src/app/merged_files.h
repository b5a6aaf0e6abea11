/*
 * The files of a merge, written so that at no moment a compilation stands without what proves it.
 *
 *	OUT, PROOF           all new bytes beside them, synced: a full disk shows here
 *	PROOF.before-merge   gets the proof of the OUT that stands, if PROOF is that
 *	OUT.ledger           gains its new lines, which about the old OUT say nothing of its brackets
 *	PROOF, then OUT      take their names
 *	PROOF.before-merge   goes
 *
 * PROOF.before-merge is only written, or taken away, where it is a proof in a plain file, such as a merge that was
 * killed leaves, or nothing; else all is refused.
 * Killed before OUT has its name, the old one has its proof in PROOF.before-merge; after that, the new one in
 * PROOF.  What fails before that is taken back, and where even that fails it is as if it had been killed.
 */
#ifndef BRACKED_APP_MERGED_FILES_H
#define BRACKED_APP_MERGED_FILES_H

#include "app/merging.h"

/* What the proof of the OUT that stands is called while it is kept: PROOF with this behind it. */
#define BK_MERGED_FORMER ".before-merge"

/*
 * Write the compilation to out, with its ledger, and its proof; out NULL: print it once the proof is written; proof
 * NULL: write none.  A compilation that was edited is not written over, nor anything else, by a proof what is
 * none, or is that of another compilation that stands, unless `force` is set.
 * BK_ECHANGED, also when something else is called PROOF.before-merge; BK_ELOCKED when somebody has out open; codes
 * of writing files.
 */
int bk_merged_files_write(const struct bk_merging *merging, struct bk_invocation *invocation, const char *out,
	const char *proof);

/* Where the proof at path is not of the compilation, but what a merge that was killed left of the one before it is:
 * that in its place.  Whether it is so. */
bool bk_merged_files_former(bk_proof **proof, const char *path, struct bk_str compilation);

#endif
