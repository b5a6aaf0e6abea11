/*
 * Finding: all matches of a pattern in the text shown, and which one the cursor is at.
 */
#ifndef BRACKED_TUI_FIND_H
#define BRACKED_TUI_FIND_H

#include "base/buf.h"
#include "base/vec.h"

#include <bracked/text.h>

struct bk_screen;

enum bk_find_scope {
	BK_FIND_ALL,
	BK_FIND_DISPUTED, /* inside disputed brackets */
	BK_FIND_CLEAN,	  /* outside of them */
	BK_FIND_PARTY,	  /* inside brackets of my party */
	BK_FIND_SCOPES
};

struct bk_find {
	struct bk_buf pattern;
	enum bk_find_scope scope;
	BK_VEC(struct bk_span) matches;
	bool active;	  /* matches are shown */
	bool incomplete;  /* the search gave up */
	bool bad;	  /* the pattern is none */
	uint64_t version; /* of the text the matches are of */
	size_t origin;	  /* where the cursor was when the search began */
	struct bk_buf replacement;
};

void bk_find_release(struct bk_find *find);
const char *bk_find_scope_name(enum bk_find_scope scope);
/* Search the text shown for find->pattern. */
void bk_find_run(struct bk_screen *screen);
/* Forget the matches. */
void bk_find_clear(struct bk_screen *screen);
/* Index of the first match at or after offset (backwards: the last one before it), going round; SIZE_MAX:
 * none. */
size_t bk_find_next(const struct bk_find *find, size_t offset, bool backwards);
/* Ask for a pattern; the cursor follows while it is typed. */
void bk_find_ask(struct bk_screen *screen);
/* Go to the next match from the cursor on. */
void bk_find_step(struct bk_screen *screen, bool backwards);
/* Ask for a pattern and what to put instead, then show what would change. */
void bk_replace_ask(struct bk_screen *screen);

#endif
