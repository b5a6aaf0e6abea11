/*
 * Tracks: where the brackets that something was recorded about stand, followed through every edit made here.
 *
 * An edit that settles a bracket (accept, delete, choose) makes it `gone`; one that removes its characters
 * in any other way (typing, cutting) makes its place unknown, so that words and surroundings find it again,
 * here or where they were pasted.
 */
#ifndef BRACKED_APP_TRACK_H
#define BRACKED_APP_TRACK_H

#include <bracked/ledger.h>
#include <bracked/text.h>

struct bk_track;

/* Watch text until freed; the text must outlive it. */
int bk_track_new(struct bk_track **out, bk_text *text);
void bk_track_free(struct bk_track *track);
/* Start following what a binding of the text as it is now has found; what is gone stays so. */
int bk_track_follow(struct bk_track *track, const bk_binding *binding, const bk_draft *draft);
/*
 * What is recorded of id belongs to another bracket from the step on that was just made: that with its opening
 * character at start and its closing one at end.  It holds when undo and redo come back to that step, and no more
 * where the step is undone: there words find the id again.  BK_ENOMEM.
 */
int bk_track_inherit(struct bk_track *track, const char *id, size_t start, size_t end);
/* Edits from now on settle brackets, or do not. */
void bk_track_settling(struct bk_track *track, bool settling);
/* All places are unknown: the bytes came from elsewhere. */
void bk_track_clear(struct bk_track *track);
/* What is known now; borrowed until the next change of the text. */
const struct bk_carried *bk_track_list(const struct bk_track *track, size_t *count);

#endif
