/*
 * Inscriptions: who says what of a bracket, as it is written into a text.  attribution.c reads what stands here.
 *
 *	[US, AU; EU support: text]          prefix        |inside       |
 *	[text] (US, AU; EU support)         parenthesis          |behind            |
 *	[text - US, AU; EU support]         dash                |end              |
 *
 * One list is written in all three: who proposes first and without a verb, then a part for each act, in the order in
 * which the acts come.  The same names with the same acts are read from it again, if each name is one that is read.
 */
#ifndef BRACKED_DRAFT_INSCRIPTION_H
#define BRACKED_DRAFT_INSCRIPTION_H

#include "base/buf.h"

#include <bracked/draft.h>

/* Who says what of a bracket. */
struct bk_inscribed {
	const char *party;
	enum bk_act act;
};

/* What a style writes of them: behind the opening character, before the closing one, and behind that.  All zero is
 * an empty one. */
struct bk_inscription {
	struct bk_buf inside, end, behind;
};

/* Append what style writes of list to out, which is nothing for an empty list and for BK_STYLE_NONE.  BK_ENOMEM. */
int bk_inscription_write(
	struct bk_inscription *out, enum bk_style style, const struct bk_inscribed *list, size_t count);
void bk_inscription_release(struct bk_inscription *out);
/* Empty it, and keep its memory. */
void bk_inscription_clear(struct bk_inscription *out);

/*
 * Append the insertions to changes that add list to the names of a bracket; who stands there with the same act
 * already is left out.  They go into the attribution that it has in this style, `[AOSIS; EU support: shall]`, else
 * into one of its own.  Where that could not be read, as before the words of `[EU: reserve]`, another style is
 * taken: a parenthesis, or a prefix where a footnote's mark is in its way.  Nothing before the bracket's start is
 * touched, nor behind the attributions that follow it.  BK_ENOMEM.
 */
int bk_inscription_add(const struct bk_draft *draft, uint32_t bracket, enum bk_style style,
	const struct bk_inscribed *list, size_t count, struct bk_changes *changes);

/* The style that writes a form; for a footnote, which is not written, the prefix. */
enum bk_style bk_style_of(enum bk_form form);

#endif
