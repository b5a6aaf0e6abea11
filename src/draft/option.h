/*
 * Option headers: the line that opens one of several alternative blocks.
 *
 *	lead [label] word name [close] text
 *
 *	    1. **Option 2:** Each Party ...      label "1", word Option, name "2"
 *	       [Sub-option (a)                   word Sub-option, name "(a)"
 *	    OP1 Alt 2. No text.                  an alternative of the label OP1
 *
 * Read from the bytes of one line alone.
 */
#ifndef BRACKED_DRAFT_OPTION_H
#define BRACKED_DRAFT_OPTION_H

#include "draft/label.h"

enum bk_option_word {
	BK_OPTION_PLAIN,       /* Option, and its like in other languages */
	BK_OPTION_SUB,	       /* Sub-option */
	BK_OPTION_ALTERNATIVE, /* Alternative A */
	BK_OPTION_ALT,	       /* Alt 1 */
	BK_OPTION_LABEL,       /* alt after a label */
};

struct bk_option_header {
	uint8_t word;	/* enum bk_option_word */
	size_t offset;	/* of the word */
	size_t end;	/* after the name */
	size_t text;	/* where the line's own text begins, the length of the line when there is none */
	bool has_label; /* a label stands before the word; always with BK_OPTION_LABEL */
	size_t label_at;
	struct bk_label label;
	struct bk_label name; /* count 0 when the header has no name of its own: "Alt:" */
	bool closed;	      /* by a colon, a dot, a dash or emphasis: no accident of a wrapped line */
};

/* Whether line is an option header.  lead is that of the line. */
bool bk_option_parse(struct bk_str line, const struct bk_lead *lead, struct bk_option_header *out);

/* The same where the label that follows the lead is known; NULL for none. */
bool bk_option_parse_at(struct bk_str line, const struct bk_lead *lead, const struct bk_label *label,
	struct bk_option_header *out);

/* Whether the word of a header stands first in rest: cheaper than to read the header, and told of most lines by their
 * first bytes. */
bool bk_option_has_word(struct bk_str rest);

/* Read the name of an option from *at on: "2", "4.A", "text 3", "two"; *at becomes where it begins. */
bool bk_option_name(struct bk_str line, size_t *at, struct bk_label *name);

/*
 * Where a remark on the header ends, its colon included: "Alternative 1 to paragraph 3:", "Option 2, as
 * proposed by AOSIS:"; 0 when there is none.  A header without a name needs to say what it is an alternative
 * to.
 */
size_t bk_option_remark(struct bk_str line, size_t from, bool named);

/*
 * Whether words stand for having no text: "No text", "no article", "No reference to ...", "No provision on
 * ...", "in lieu of ...", "Option 0"; brackets, emphasis and quotation marks round them do not count, a
 * sentence of treaty language ("No provision of this Agreement shall ...") is none.
 */
bool bk_option_no_text(struct bk_str words);

#endif
