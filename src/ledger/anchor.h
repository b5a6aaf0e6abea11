/*
 * Anchors: where a bracket stood and what it said, so that it can be found in another text.
 */
#ifndef BRACKED_LEDGER_ANCHOR_H
#define BRACKED_LEDGER_ANCHOR_H

#include "base/str.h"
#include "ledger/digest.h"

#include <bracked/ledger.h>

#define BK_ANCHOR_TEXT	  ((size_t)400)
#define BK_ANCHOR_CONTEXT ((size_t)80)

/* The digest of the first bytes only: what is enough to look a bracket up by. */
uint64_t bk_anchor_head(struct bk_str bytes);

/* The bytes of a bracket, brackets included. */
struct bk_str bk_anchor_bytes(const bk_draft *draft, uint32_t bracket);
/*
 * True when the bracket says now what it said then.  Who is named in front of its words (`[EU: text]`) does
 * not count.
 */
bool bk_anchor_same_words(const struct bk_anchor *anchor, const struct bk_digests *digests, uint32_t bracket);

/* As bk_anchor_of, for many brackets of one draft. */
int bk_anchor_of_digested(
	const struct bk_digests *digests, uint32_t bracket, const char *blob, bk_anchor_copy **out);

#endif
