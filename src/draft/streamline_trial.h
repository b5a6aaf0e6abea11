/*
 * The inside of trying suggestions: the text before and after, and which suggestion is to blame for what.
 */
#ifndef BRACKED_DRAFT_STREAMLINE_TRIAL_H
#define BRACKED_DRAFT_STREAMLINE_TRIAL_H

#include "draft/streamline_private.h"

/* What would be read in another way. */
enum bk_trial_fault {
	BK_TRIAL_NONE,
	BK_TRIAL_BRACKET,
	BK_TRIAL_NEW_BRACKET,
	BK_TRIAL_NAMES,
	BK_TRIAL_CHOICE,
	BK_TRIAL_OUTLINE,
	BK_TRIAL_WORDS,
	BK_TRIAL_NUMBER
};

/* Why a suggestion is taken back. */
struct bk_blame {
	enum bk_trial_fault fault;
	size_t offset; /* in the old text */
};

struct bk_trial {
	struct bk_streamline *streamline;
	const struct bk_draft *old;
	struct bk_draft *now;
	bk_changes *changes;
	const struct bk_change *list;
	size_t count;
	ptrdiff_t *shifts;	 /* how far what follows the change moves */
	uint32_t *heirs;	 /* of each old bracket */
	uint32_t *stands;	 /* the new bracket that an old one is, or BK_NONE */
	struct bk_blame *blamed; /* of each suggestion */
	bool any;
};

/* Where an offset of the old text stands in the new one; BK_NOWHERE when it was replaced. */
size_t bk_trial_moved(const struct bk_trial *trial, size_t offset);
/* Blame the suggestion nearest to an offset, the narrowest of several; what is told of it is what was found first. */
void bk_trial_blame(struct bk_trial *trial, enum bk_trial_fault fault, size_t offset);
/* streamline_compare.c: blame what is read in another way; what was found first hides the rest.  BK_ENOMEM. */
int bk_trial_compare(struct bk_trial *trial);

#endif
