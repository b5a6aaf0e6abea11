/*
 * Lives of brackets: in which revision each was opened, and what became of it since.
 *
 *	revision   1          2          3          now
 *	bracket    [a b]  ->  [a b]  ->  [a b c] -> [a b c]      opened in 1, reworded in 3
 *	                      [d]    ->  [d]        [d]          opened in 2
 */
#ifndef BRACKED_APP_LIFE_H
#define BRACKED_APP_LIFE_H

#include "app/timeline.h"
#include "base/vec.h"

struct bk_life_step {
	size_t revision; /* in the timeline; BK_NOWHERE: in no revision yet */
	enum bk_difference_kind kind;
};

struct bk_life {
	uint32_t bracket;		   /* of the session's draft, disputed */
	size_t opened;			   /* the revision that first has it; BK_NOWHERE: none has */
	enum bk_difference_kind kind;	   /* OPENED, REOPENED */
	bool always;			   /* it stood in the first text that there is */
	BK_VEC(struct bk_life_step) steps; /* newest first, without where it was kept */
};

typedef BK_VEC(struct bk_life) bk_lives;

/* enum bk_difference_kind of each bracket of the newer text: what the comparison tells it as, OPENED when it tells
 * nothing of it.  By bk_free; NULL: no memory. */
uint8_t *bk_life_kinds(const struct bk_pair_of_texts *pair);

/*
 * A bracket told as opened may be what is left of a longer one: it begins with the same word, and at least half of its
 * words are from there.  Most of what that one said went, and so it is another bracket for the balance, but nobody
 * opened it then.  The longer one in the older text, or BK_NONE.
 */
uint32_t bk_life_longer(const struct bk_pair_of_texts *pair, uint32_t bracket);

/* The lives of all disputed brackets of the session's draft, or of one.  BK_EGIT, BK_ENOMEM; release in any case. */
int bk_lives_find(bk_lives *out, const struct bk_timeline *timeline, uint32_t only);
void bk_lives_release(bk_lives *lives);

#endif
