/*
 * Nesting: which heading, provision or option stands in which.
 *
 * Items come in the order of the text; a stack holds what is open:
 *
 *	Article 4  >  3  >  Option 2  >  (b)        innermost last
 *
 * A new item closes what it follows or outranks and opens below the rest.  Labels say most: 4 follows 3, (c)
 * follows (b).  Columns decide between two that fit, on one page; pages may be indented each in its own way.
 */
#ifndef BRACKED_DRAFT_NEST_H
#define BRACKED_DRAFT_NEST_H

#include "base/map.h"
#include "base/vec.h"
#include "draft/draft.h"
#include "draft/label.h"

#define BK_NEST_DEPTH 24 /* what would stand deeper stands beside the innermost */

/* A heading, provision or option as it was read on its line; offsets are the text's. */
struct bk_item {
	uint8_t kind;  /* enum bk_node_kind */
	uint8_t word;  /* options: enum bk_option_word */
	bool labelled; /* an option whose word follows a label on its line */
	bool titled;   /* a provision whose line is a title */
	uint32_t rank; /* headings */
	uint32_t page; /* columns compare within one */
	size_t column;
	size_t start;	    /* of the first byte that belongs to it */
	size_t offset;	    /* of its label or word */
	size_t behind;	    /* where that ends */
	size_t text;	    /* where its own text begins */
	struct bk_str name; /* what the node is called */
	struct bk_str title;
	struct bk_label label; /* number of a heading, label of a provision, name of an option */
};

/* An item that is open, or an option that its bracket has closed and that may go on. */
struct bk_open {
	uint32_t node;
	uint32_t family;
	size_t path_len;
	size_t limit;	    /* where the bracket that holds it closes, or SIZE_MAX */
	size_t first_child; /* where its first child begins, or SIZE_MAX */
	struct bk_item item;
};

struct bk_nest {
	struct bk_draft *draft;
	BK_VEC(struct bk_node) nodes;
	struct bk_open stack[BK_NEST_DEPTH];
	size_t depth;
	struct bk_open
		dormant[BK_NEST_DEPTH]; /* closed options of the node above: dormant[d] stood at depth d */
	uint32_t families;
	struct bk_map bases; /* "parent:base" of alternatives of a label -> family */
	size_t next_bracket; /* the cursor over the draft's brackets */
	uint32_t bracket;    /* innermost at the cursor */
};

/* Open item below what it belongs to; what was read as a letter may become the numeral it is.  BK_ENOMEM. */
int bk_nest_add(struct bk_nest *nest, struct bk_item *item);
/* Whether the label follows the last provision, so that a line beginning with it is no accident. */
bool bk_nest_expects(const struct bk_nest *nest, const struct bk_label *label);
/* The open provision with this very label on the stack, for an option that repeats it: "5. Option 2". */
bool bk_nest_repeats(const struct bk_nest *nest, const struct bk_label *label, const struct bk_label *option,
	uint8_t word);
/* Close all that is open at the end of the text. */
void bk_nest_finish(struct bk_nest *nest);

/* ---- Inside the room ------------------------------------------------------------------------------ */

bool bk_nest_comparable(const struct bk_item *a, const struct bk_item *b); /* their columns, that is */
bool bk_nest_is_led(const struct bk_item *item); /* a provision, or an alternative of a label */
/* Labels of one list: the same kind of number in the same dress; OP1 and 1 number the same paragraphs. */
bool bk_nest_same_list(const struct bk_label *a, const struct bk_label *b);
bool bk_nest_is_blank(const struct bk_nest *nest, size_t from, size_t to);
/* End an open item at `at`; `same` when the next header of its family stands there. */
void bk_nest_end(struct bk_nest *nest, const struct bk_open *open, size_t at, bool same);
void bk_nest_pop(struct bk_nest *nest, size_t depth, size_t at);
/* Lay aside an option whose bracket has closed: it opens nothing more, but its family may go on. */
void bk_nest_lay_aside(struct bk_nest *nest, size_t at);
int bk_nest_push(struct bk_nest *nest, const struct bk_item *item, uint32_t family);
/* nest_list.c: close what item follows or does not stand in; a letter may turn out to be a numeral. */
void bk_nest_make_room(struct bk_nest *nest, struct bk_item *item);
/* nest_option.c */
int bk_nest_option_score(const struct bk_open *open, const struct bk_item *item);
int bk_nest_add_option(struct bk_nest *nest, const struct bk_item *item);
/* The family of the alternatives of one label below one parent. */
int bk_nest_label_family(struct bk_nest *nest, const struct bk_item *item, uint32_t *family);

#endif
