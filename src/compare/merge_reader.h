/*
 * Readers: the words of a text as a party wants it, without a ledger, and with nobody in any group: of a merge, each
 * speaks for itself.
 *
 *	They [shall][EU: may] act [US: now].	as EU wants it:  they may act
 */
#ifndef BRACKED_COMPARE_MERGE_READER_H
#define BRACKED_COMPARE_MERGE_READER_H

#include "base/vec.h"
#include "compare/shell.h"

#include <bracked/ledger.h>

struct bk_read_word {
	uint64_t hash; /* of its letters, the first one small */
	size_t source; /* where it stands in the text that was read */
	bool open; /* it may stand or not: the party left it, of several to choose from, or where others gave it up;
		      or it is of a label, which goes with what stands behind, or of names in parentheses */
};

/* In order: no brackets, names beside them and marks. */
typedef BK_VEC(struct bk_read_word) bk_read_words;

struct bk_reader {
	struct bk_notation notation;
	bk_ledger *ledger; /* which says nothing */
};

/* BK_ENOMEM; release in any case. */
int bk_reader_begin(struct bk_reader *reader, const struct bk_notation *notation);
void bk_reader_release(struct bk_reader *reader);
/* The words of a draft as a party wants it, in place of those listed.  Cost: O(its bytes).  BK_ENOMEM. */
int bk_reader_read(struct bk_reader *reader, const bk_draft *draft, const char *party, bk_read_words *words);

#endif
