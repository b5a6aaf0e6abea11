/*
 * Anchors: where a bracket stood and what it said, so that it can be found in another text.
 */
#ifndef BRACKED_LEDGER_ANCHOR_H
#define BRACKED_LEDGER_ANCHOR_H

#include "base/str.h"

#include <bracked/ledger.h>

#define BK_ANCHOR_TEXT	  ((size_t)400)
#define BK_ANCHOR_CONTEXT ((size_t)80)

/*
 * A number for the words of bytes: the same when they differ in blanks, line ends, emphasis, the case of
 * ASCII letters or in which bad bytes they hold.
 */
uint64_t bk_anchor_words(struct bk_str bytes);
/* The same for the first bytes only: what is enough to look a bracket up by. */
uint64_t bk_anchor_head(struct bk_str bytes);

/* The bytes of a bracket, brackets included. */
struct bk_str bk_anchor_bytes(const bk_draft *draft, uint32_t bracket);
/*
 * True when the bracket says now what it said then.  Who is named in front of its words (`[EU: text]`) does
 * not count.
 */
bool bk_anchor_same_words(const struct bk_anchor *anchor, const bk_draft *draft, uint32_t bracket);

#endif
