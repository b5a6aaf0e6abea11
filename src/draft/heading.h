/*
 * Headings: "## Article 4 *(adaptation)*", "ARTICLE 6", "[Chapter II] Finance", "Annex", "A. Title".
 *
 *	lead [keyword number] [close] title
 *
 * Read from the bytes of one line alone.
 */
#ifndef BRACKED_DRAFT_HEADING_H
#define BRACKED_DRAFT_HEADING_H

#include "draft/label.h"

#include <bracked/text.h>

enum {
	/* Ranks: 1 to 6 are Markdown's own, words come below them. */
	BK_HEADING_WORD = 10,
	BK_HEADING_LETTER = 90, /* "A." and "I.": as deep as where they stand */
};

struct bk_heading {
	uint32_t rank; /* smaller is higher */
	struct bk_span
		name; /* "Article 4 bis", "A", or all of a Markdown heading without a number; in the line */
	struct bk_span title;	/* may be empty */
	struct bk_label number; /* count 0 when it has none */
};

bool bk_heading_parse(struct bk_str line, const struct bk_lead *lead, struct bk_heading *out);

/* The same where the label that follows the lead is known; NULL for none. */
bool bk_heading_parse_at(
	struct bk_str line, const struct bk_lead *lead, const struct bk_label *label, struct bk_heading *out);

/* Whether a line's text reads as a title: short, begins with a capital or a bracket, ends as no sentence
 * does. */
bool bk_heading_is_title(struct bk_str text);

#endif
