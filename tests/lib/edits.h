/*
 * Parties' versions of a base text, made by a seeded editor that knows what it did.
 *
 *	base      Parties shall act. [Each] Party reports.
 *	edits             ^-replaced-^  ^-unbracketed  ^-added
 *	version   Parties should act. Each Party [also] reports.
 *
 * The same seed makes the same version.  What is taken out or put in is balanced in brackets, but for faults.
 */
#ifndef BRACKED_TESTS_EDITS_H
#define BRACKED_TESTS_EDITS_H

#include "base/buf.h"
#include "base/vec.h"

#include <bracked/text.h>

/* How often, of a thousand. */
struct edit_rates {
	unsigned words; /* of words: another in its place, one put before it, or gone */
	unsigned
		clauses; /* of words: some from there on gone, others in their place, or others put before it */
	unsigned reservations; /* of words: brackets put round some from there on */
	unsigned brackets;     /* of brackets: taken away, other words in them, or another beside them */
	unsigned names;	       /* of brackets: a name of a party put to them */
	unsigned paragraphs;   /* of paragraphs: gone, or a new one put before */
	unsigned moves;	       /* of paragraphs: put elsewhere, some of the words changed, too */
	unsigned blanks;       /* of blanks: a line end, or one more */
	unsigned
		faults; /* of words: a stray bracket, NUL, a backslash or bytes that are no UTF-8 put before */
	bool crlf;	/* lines end so */
	const char *const *vocabulary; /* NULL-terminated: the words to put in; NULL: those of the text */
};

struct edited {
	struct bk_buf bytes;
	BK_VEC(struct bk_span) edits; /* of the base, in order; blanks alone are no edit, a move is two */
};

#define EDITED_INIT                                                                                          \
	{                                                                                                    \
		BK_BUF_INIT, BK_VEC_INIT                                                                     \
	}

/* Ends the program without memory. */
void edit_text(struct bk_str base, const struct edit_rates *rates, uint64_t seed, struct edited *out);
void edited_release(struct edited *edited);

/* How many heaps the edits of so many versions make, where those that overlap are one. */
size_t edits_clusters(const struct edited *versions, size_t count);

#endif
