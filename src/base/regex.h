/*
 * PCRE2 with its limits always set: match limit 10^5, depth 2000, heap 8 MiB, and a
 * budget of time for a whole search.  A search that gives up says so (BK_ELIMIT) and
 * is never taken for "no match".
 */
#ifndef BRACKED_BASE_REGEX_H
#define BRACKED_BASE_REGEX_H

#include "base/str.h"

#include <bracked/error.h>
#include <stdatomic.h>

typedef struct bk_regex bk_regex;

enum bk_regex_flag {
	BK_REGEX_NOCASE = 1,
	BK_REGEX_LITERAL = 2,
	BK_REGEX_MULTILINE = 4,
	BK_REGEX_ANCHORED = 8,
};

struct bk_match {
	size_t start, end; /* byte offsets into the subject */
};

/*
 * Compile.  Patterns and subjects are UTF with Unicode properties, and subjects that are not UTF-8 are searched in
 * their valid parts (PCRE2_MATCH_INVALID_UTF).  A pattern that is asked much becomes machine code where that exists.
 * BK_EINVAL with the offset in the message for a bad pattern; \C and callouts are refused.
 */
int bk_regex_new(bk_regex **out, struct bk_str pattern, unsigned flags);
void bk_regex_free(bk_regex *regex);

/*
 * First match in subject at or after `from`.  BK_OK; BK_ENOTFOUND; BK_ELIMIT.
 * groups[0] is the whole match, then `count - 1` groups ({SIZE_MAX,SIZE_MAX} when unset).
 */
int bk_regex_find(
	const bk_regex *regex, struct bk_str subject, size_t from, struct bk_match *groups, size_t count);

/* True when the pattern matches anywhere in subject; false also when the search gave up. For rules, not for
 * users' searches. */
bool bk_regex_matches(const bk_regex *regex, struct bk_str subject);

/* A walk over all matches, with a budget. */
struct bk_regex_search {
	const bk_regex *regex;
	struct bk_str subject;
	size_t at;		   /* where the next search begins; set to 0 */
	unsigned milliseconds;	   /* for the whole walk; 0: no budget */
	const atomic_bool *cancel; /* may be NULL */
	long long started;	   /* internal */
};
/* The next match; BK_OK, BK_ENOTFOUND at the end, BK_ELIMIT when out of budget or cancelled.  Empty matches
 * advance by one cluster. */
int bk_regex_next(struct bk_regex_search *search, struct bk_match *groups, size_t count);

/* Expand $1, ${name}, \n, \t in a replacement for the match and append it.  BK_EINVAL for an unknown group.
 */
struct bk_buf;
int bk_regex_expand(const bk_regex *regex, struct bk_str subject, const struct bk_match *groups, size_t count,
	struct bk_str replacement, struct bk_buf *out);

#endif
