/*
 * A draft as clauses: what git compares line by line, so that a bracket or clause that changed is a line that did.
 *
 *	12. Parties [shall][should] act,	12. Parties
 *	by 2030 [in accordance with Article 3]	[shall][should]
 *	(EU).					act,
 *						by 2030
 *						[in accordance with Article 3]
 *						(EU).
 *
 * A line ends where a bracket or its names begin or end, behind punctuation and before a modal verb; provisions,
 * options and headings begin one, and paragraphs keep an empty line between.  How the text was wrapped makes no
 * difference: two texts come out alike if, and only if, they differ in nothing but blanks between words.  Where a line
 * ends and there was no blank it ends in `\`; but not behind the punctuation of Chinese and Japanese, which has none.
 */
#ifndef BRACKED_APP_CLAUSE_H
#define BRACKED_APP_CLAUSE_H

#include "base/buf.h"

#include <bracked/draft.h>

/* Append the clauses of a draft, with visible marks for what must not reach a terminal.  Cost: O(bytes).
 * BK_ENOMEM. */
int bk_clauses_put(const bk_draft *draft, struct bk_buf *out);

#endif
