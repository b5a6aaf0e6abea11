/*
 * The spot of an anchor in another text: between the words that stood before its
 * bracket and those that stood after.
 *
 *	then   Parties [shall][should] report their inventories
 *	now    Parties should report their inventories
 *	              ^ the spot is empty: the bracket was settled
 *
 * Equal words elsewhere are other brackets.
 */
#ifndef BRACKED_LEDGER_SPOT_H
#define BRACKED_LEDGER_SPOT_H

#include "base/str.h"

#include <bracked/ledger.h>

enum bk_spot_kind {
	BK_SPOT_NONE,	   /* the surroundings have changed too much to say, or memory ran out */
	BK_SPOT_PARAGRAPH, /* the words of its own paragraph meet, and nowhere else: the bracket may stand there */
	BK_SPOT_SURROUNDINGS, /* all that stood around it does: the bracket stands there or nowhere */
};

/*
 * Look for it near offset `expected`; *spot is the bytes between the words, found in order and not further
 * apart than what stood between them.
 */
enum bk_spot_kind bk_spot_find(
	struct bk_str text, const struct bk_anchor *anchor, size_t expected, struct bk_span *spot);
/* True when nothing but blanks, punctuation and brackets stands in the span. */
bool bk_spot_is_wordless(struct bk_str text, struct bk_span span);

#endif
