/*
 * The laws of a merge, looked at for any texts: by random ones, by issued ones and by a fuzzer.
 *
 *	recovery     each party's text and the base come back byte for byte from the compilation and its proof
 *	words        each word of the base and of a party stands in the compilation, or all wanted it gone
 *	proposals    each has its words where it says, in the party's text and in the compilation, and its names there;
 *	             what a party changed is all proposed
 *	names        what is said of brackets where names are not written is what is written elsewhere
 *	substance    what stands in brackets has words, in the base or in a party's text
 *	moves        what moved is taken at both ends or at none, and so is a whole paragraph that went and came with
 *	             equal words
 *	order        in which order versions are given changes nothing, nor in how many stretches regions are placed
 *	balance      no bracket or brace is unmatched that no text leaves unmatched
 *	identity     what nobody changed is the base, what all changed alike is their text
 */
#ifndef BRACKED_TESTS_MERGE_LAWS_H
#define BRACKED_TESTS_MERGE_LAWS_H

#include "base/str.h"

#include <bracked/merge.h>

struct merging {
	struct bk_str base;
	const struct bk_version *versions;
	size_t count;
	struct bk_merge_options options;
};

/* Summed up over merges. */
struct merge_figures {
	size_t merges, proposals, left, places, bracketed, words;
};

/*
 * Merge, and look at all laws but identity: NULL when they hold, else the one that does not, in words (borrowed until
 * the next call).  figures may be NULL.
 */
const char *merge_laws(const struct merging *merging, struct merge_figures *figures);

/* As merge_laws, of balance, recovery, substance, moves and order alone. */
const char *merge_recovers(const struct merging *merging, struct merge_figures *figures);

/* As merge_laws, of order, with regions in so many stretches and in one; 0: as many as bk_merge_new makes. */
const char *merge_in_stretches(const struct merging *merging, size_t stretches);

/* As merge_laws, of identity: a base, and one version of it that is given under one to three names. */
const char *merge_identities(struct bk_str base, struct bk_str version,
	const struct bk_merge_options *options, struct merge_figures *figures);

/* How many brackets and braces are unmatched; those behind an odd number of backslashes are none. */
size_t count_unmatched(struct bk_str bytes);

#endif
