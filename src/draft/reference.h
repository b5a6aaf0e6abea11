/*
 * References to paragraphs and articles of the same text, as they are written.
 *
 *	reference = ("paragraph" | "paragraphs" | "article" | "articles") number {and number}
 *	and       = "," | "and" | "or" | "to" | "-"
 *	number    = digits [suffix] {"(" letter ")"}
 *
 * A reference that goes on "of the Convention", or of anything but this text or one of its articles, or that is
 * "its", speaks of another text; numbers in brackets wait to be given.  What it refers to is not looked up here.
 */
#ifndef BRACKED_DRAFT_REFERENCE_H
#define BRACKED_DRAFT_REFERENCE_H

#include "draft/draft.h"

enum { BK_REFERENCE_NUMBERS = 32 };

struct bk_reference_number {
	struct bk_span span; /* with its item */
	struct bk_span name; /* digits and suffix */
	size_t digits;	     /* bytes of the digits alone */
	uint32_t value, suffix;
	char item; /* the c of 1 (c), or 0 */
};

struct bk_reference {
	size_t word; /* offset of "paragraph" or "article" */
	size_t end;
	bool article;
	struct bk_reference_number numbers[BK_REFERENCE_NUMBERS];
	size_t count;
	/* Of paragraphs: the article that they are of, "Article 3, paragraph 2", "paragraph 2 of Article 3". */
	bool has_article;
	struct bk_reference_number of; /* its value 0 when it could not be read */
};

/* Read the reference whose word begins at offset.  False when none does, when it speaks of another text, and where a
 * heading or provision names itself. */
bool bk_reference_read(const struct bk_draft *draft, size_t offset, struct bk_reference *out);

#endif
