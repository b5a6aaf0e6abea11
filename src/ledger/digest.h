/*
 * Digests: numbers for the words of bytes, the same when these differ in blanks, line ends, emphasis, the case of
 * ASCII letters or in which bad bytes they hold.
 *
 * The digest of what consists of parts is made from theirs.  So of brackets in brackets each byte is read once.
 */
#ifndef BRACKED_LEDGER_DIGEST_H
#define BRACKED_LEDGER_DIGEST_H

#include "base/str.h"

#include <bracked/draft.h>

/* Whether blanks beside it do not count. */
static inline bool bk_digest_is_bracket(char c)
{
	return c == '[' || c == ']' || c == '{' || c == '}';
}

uint64_t bk_digest(struct bk_str bytes);
/* Another number of the same words, which earlier ledgers hold: for reading these. */
uint64_t bk_digest_earlier(struct bk_str bytes);

/* Those of the brackets of a draft, each made when it is first asked for. */
struct bk_digests {
	const bk_draft *draft;
	struct bk_digests_made *made;
};

/* BK_ENOMEM. */
int bk_digests_init(struct bk_digests *digests, const bk_draft *draft);
void bk_digests_release(struct bk_digests *digests);

/*
 * As bk_digest says of a bracket's bytes, brackets included, and of its own words: bk_bracket.text.
 *
 * Cost: O(its bytes) up to 400 bytes.  The first one asked for that is longer makes all in the same outermost bracket:
 * O(bytes of that one), once.  Not from two threads.
 */
uint64_t bk_digests_whole(const struct bk_digests *digests, uint32_t bracket);
uint64_t bk_digests_own(const struct bk_digests *digests, uint32_t bracket);
/*
 * As bk_digest_earlier says of a bracket's bytes.  Of brackets in brackets each reads all its bytes, once: false where
 * they are more than is left of 64 MiB for all.
 */
bool bk_digests_earlier(const struct bk_digests *digests, uint32_t bracket, uint64_t *earlier);

#endif
