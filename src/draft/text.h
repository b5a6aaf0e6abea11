/*
 * A text from inside: the snapshot of now, the way here, and who wants to hear of changes.
 */
#ifndef BRACKED_DRAFT_TEXT_H
#define BRACKED_DRAFT_TEXT_H

#include "draft/text_history.h"
#include "draft/text_snapshot.h"

struct bk_text_watcher {
	bk_text_observer observer;
	void *context;
};

struct bk_text {
	bk_snapshot *now;
	/* Of a lazy text, from its opening to its end: another thread may look at it meanwhile. */
	struct bk_tail *tail;
	struct bk_history history;
	uint64_t version;
	int64_t (*clock)(void);
	BK_VEC(struct bk_text_watcher) watchers;
};

/* The text after one edit, which must lie in the ready part; NULL when memory ran out. */
struct bk_snapshot *bk_text_edited(const bk_snapshot *now, const struct bk_edit *edit);
/* Make next, taken over, the text of now. */
void bk_text_put(struct bk_text *text, struct bk_snapshot *next);
void bk_text_tell(struct bk_text *text, const struct bk_edit *edit, bool moved);
/* Join the tail of a lazy text to its tree.  BK_ENOMEM. */
int bk_text_join_tail(struct bk_text *text);

#endif
