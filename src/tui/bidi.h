/*
 * The order of characters on a line of mixed direction, by the Unicode bidirectional algorithm (FriBidi).
 *
 * Some terminals reorder by themselves: bracked.bidi says who does it.  `own`: we do; `terminal`: it does,
 * we write in logical order; `auto`: the terminal when it is known to, else we.
 */
#ifndef BRACKED_TUI_BIDI_H
#define BRACKED_TUI_BIDI_H

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

enum bk_bidi {
	BK_BIDI_OWN,
	BK_BIDI_TERMINAL,
};

/* What a person's setting means in an environment; the strings are values of its variables, or NULL. */
enum bk_bidi bk_bidi_mode(const char *setting, const char *term, const char *term_program,
	const char *vte_version, const char *konsole_version);
/* False when no character of bytes is written from right to left: then order is as it is. */
bool bk_bidi_needed(struct bk_str bytes);
/*
 * The embedding level of each code point of a paragraph; *rtl says whether the paragraph itself runs from
 * right to left.  BK_ENOMEM.
 */
int bk_bidi_levels(const uint32_t *codes, size_t count, int8_t *levels, bool *rtl);
/*
 * The visual order of a row of clusters with these levels: order[i] is the index of the cluster shown at
 * place i, counted from the left.
 */
void bk_bidi_order(const int8_t *levels, size_t count, uint32_t *order);
/* The character that stands for code in text from right to left: "(" for ")". */
uint32_t bk_bidi_mirror(uint32_t code);

#endif
