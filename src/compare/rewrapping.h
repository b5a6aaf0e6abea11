/*
 * Two texts that differ in nothing but where their lines break: then nothing is to be said of them, however a break
 * makes each of them read, as where "(a)" or "Article 3" comes to stand at the head of a line.
 *
 *	old   4. Parties shall:        new   4. Parties shall: (a) report;
 *	      (a) report; (b) rest.          (b) rest.
 *
 * Such texts are compared as the old one with itself, and what is found is put where it stands in the new one.
 */
#ifndef BRACKED_COMPARE_REWRAPPING_H
#define BRACKED_COMPARE_REWRAPPING_H

#include "compare/comparison.h"

/* Find out whether it is so; if it is, the replacements of the comparison are filled in.  Cost: O(n) up to the
 * first byte that differs.  BK_ENOMEM. */
int bk_rewrapping_find(struct bk_comparison *comparison);

/* Where a byte of the old text that is no blank stands in the new one, and back; the same offset where nothing is
 * rewrapped.  O(log n) in breaks. */
size_t bk_rewrapping_to_new(const struct bk_comparison *comparison, size_t old_offset);
size_t bk_rewrapping_to_old(const struct bk_comparison *comparison, size_t new_offset);

#endif
