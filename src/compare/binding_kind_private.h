/* The inside of binding kinds: what marks the words of one text. */
#ifndef BRACKED_COMPARE_BINDING_KIND_PRIVATE_H
#define BRACKED_COMPARE_BINDING_KIND_PRIVATE_H

#include "compare/binding_kind.h"

struct bk_marker {
	const struct bk_words *words, *others; /* of the other text */
	const struct bk_vocabulary *vocabulary;
	const uint32_t *matched; /* which of the others each word is, or BK_NONE */
	uint8_t *kinds; /* of each word: enum bk_gavel_kind, BK_GAVEL_KIND_COUNT for those that bind nobody */
};

/* Whether a word is one of a list, which ends with NULL. */
bool bk_marker_reads(const struct bk_marker *marker, uint32_t word, const char *const *list);
/* "IV": Roman figures in capitals. */
bool bk_marker_is_roman(struct bk_str bytes);
/* Whether there is such a word, and it is a number or a date. */
bool bk_marker_is_quantity(const struct bk_marker *marker, uint32_t word);

/*
 * binding_kind_measure.c: what binds beside a word that does: bounds and units of numbers, how many Parties act, the
 * letters of what is referred to.  Once the kinds of all other words are known; O(words).
 */
void bk_marker_measure(const struct bk_marker *marker);

#endif
