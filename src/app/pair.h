/*
 * Two drafts to be compared: opened, compared, and what the commands that print the answer share.
 */
#ifndef BRACKED_APP_PAIR_H
#define BRACKED_APP_PAIR_H

#include "app/command.h"
#include "base/json.h"
#include "base/str.h"

#include <bracked/compare.h>

struct bk_pair {
	struct bk_session *old, *now;
	bk_comparison *comparison;
};

/* Open the two arguments OLD and NEW to be read, or what git diff takes: REV REV FILE and REV..REV FILE,
 * the file in both revisions; REV FILE, in one and as it is; FILE, in HEAD and as it is.  Compare them,
 * and run `answer`.  Exit status. */
int bk_pair_each(struct bk_invocation *invocation,
	int (*answer)(struct bk_invocation *invocation, const struct bk_pair *pair));

/* The line of something: in the new text where it stands there, else in the old one. */
size_t bk_pair_line(
	const struct bk_pair *pair, bool in_new, struct bk_span old_span, struct bk_span new_span);

/* That line for people, "-12  " where it is one of the old text. */
void bk_pair_print_line(struct bk_output *output, const struct bk_pair *pair, bool in_new,
	struct bk_span old_span, struct bk_span new_span);

/* Where the text of a draft was agreed, as its ledger says: spans for the gavel, by bk_free.  BK_ENOMEM. */
int bk_pair_agreed(const bk_draft *draft, const bk_binding *binding, const bk_ledger *ledger,
	struct bk_span **out, size_t *count);

/* Up to |bytes| bytes of whole words behind offset, or with a number below 0 before it, in the same
 * paragraph. */
struct bk_str bk_pair_context(const bk_draft *draft, size_t offset, int bytes);

#endif
