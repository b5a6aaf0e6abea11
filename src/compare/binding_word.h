/* Binding words: which words of a treaty text carry its force, in the languages of the United Nations. */
#ifndef BRACKED_COMPARE_BINDING_WORD_H
#define BRACKED_COMPARE_BINDING_WORD_H

#include "base/str.h"

#include <bracked/compare.h>

/* The kind of a folded word: modal, number, date, negation, and/or, party or term; BK_GAVEL_KIND_COUNT for others.
 * Cost: O(log of the list). */
enum bk_gavel_kind bk_binding_word_kind(struct bk_str word);

/* For a test: the list is in order of bytes, each word once. */
bool bk_binding_words_are_in_order(void);

#endif
