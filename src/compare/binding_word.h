/* Binding words: which words of a treaty text carry its force, in the languages of the United Nations. */
#ifndef BRACKED_COMPARE_BINDING_WORD_H
#define BRACKED_COMPARE_BINDING_WORD_H

#include "base/str.h"

#include <bracked/compare.h>

/* The kind of a folded word: modal, number, date, negation, and/or, party or term; BK_GAVEL_KIND_COUNT for others.
 * Cost: O(log of the list). */
enum bk_gavel_kind bk_binding_word_kind(struct bk_str word);

/* For tests: the list is in order of bytes, each word once; and each stands as a vocabulary folds it. */
bool bk_binding_words_are_in_order(void);
bool bk_binding_words_are_folded(void);

#endif
