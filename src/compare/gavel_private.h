/*
 * What the rooms of the gavel share:
 *
 *	gavel          which changes bind, and which sentences
 *	gavel_phrase   a change's binding words as phrases: "30 billion", "is encouraged to"
 *	gavel_line     what is told of a change, where it stands, and in which order
 *
 * `first` and `last` are indexes of words, the last one not included.
 */
#ifndef BRACKED_COMPARE_GAVEL_PRIVATE_H
#define BRACKED_COMPARE_GAVEL_PRIVATE_H

#include "compare/binding_kind.h"
#include "compare/comparison.h"
#include "compare/renumbering.h"
#include "compare/run.h"

struct bk_gavel {
	BK_VEC(struct bk_gavel_line) lines;
};

/* Parts of a text: of which nothing is asked before they are in order. */
typedef BK_VEC(struct bk_span) bk_gavel_spans;

struct bk_gaveller {
	const struct bk_comparison *comparison;
	const struct bk_matches *matches;
	struct bk_gavel *gavel;
	struct bk_binding_kinds kinds;
	struct bk_renumbering renumbering;
	bk_gavel_spans agreed;		     /* of the old text */
	bk_gavel_spans old_notes, new_notes; /* to the drafters */
};

/* ---- gavel_line.c -------------------------------------------------------------------------------------- */

/* Add a line, unless one that was added lately says the same; `near`, a byte of the old text, is where it stands when
 * it has no old span.  BK_ENOMEM. */
int bk_gaveller_add(struct bk_gaveller *gaveller, struct bk_gavel_line line, size_t near);
/* The same of words; a side whose end is its beginning has none.  BK_ENOMEM. */
int bk_gaveller_tell(struct bk_gaveller *gaveller, enum bk_gavel_kind kind, const struct bk_run *words);
/* One more span.  BK_ENOMEM. */
int bk_gavel_spans_add(bk_gavel_spans *spans, struct bk_span span);
/* By start, those that overlap made one: that much less is looked at for each line. */
void bk_gavel_spans_order(bk_gavel_spans *spans);
/* All lines in the order of bk_gavel_list.  Cost: O(n log n) in lines.  BK_ENOMEM. */
int bk_gaveller_order(struct bk_gaveller *gaveller);

/* ---- gavel_phrase.c ------------------------------------------------------------------------------------ */

/* Kinds that are told together: "31 March 2011", "the secretariat" that was "Parties". */
enum bk_gavel_group {
	BK_GAVEL_MODALS,
	BK_GAVEL_NEGATIONS,
	BK_GAVEL_QUANTITIES,
	BK_GAVEL_CONJUNCTIONS,
	BK_GAVEL_ACTORS,
	BK_GAVEL_GROUP_COUNT
};

/* A text, and what its words are. */
struct bk_gavel_side {
	const struct bk_vocabulary *vocabulary;
	const struct bk_words *words;
	const uint8_t *kinds;
	const uint32_t *matched; /* the word of the other text */
	const uint32_t *strays;
};

/* Binding words of one group, side by side: "30 billion"; none when first is last. */
struct bk_gavel_item {
	uint32_t first, last;
};

enum { BK_GAVEL_ITEMS = 64 }; /* of one group in one change; more than that came or went as a whole */

struct bk_gavel_items {
	struct bk_gavel_item list[BK_GAVEL_ITEMS];
	size_t count;
};

/* Those among words first up to last. */
void bk_gavel_items_collect(const struct bk_gavel_side *side, uint32_t first, uint32_t last,
	enum bk_gavel_group group, struct bk_gavel_items *items);
/* Without what both sides have: that has only moved within the change. */
void bk_gavel_items_drop_common(const struct bk_gavel_side *was, struct bk_gavel_items *old,
	const struct bk_gavel_side *is, struct bk_gavel_items *now);
/* Figures of one reference or list become one: "4, paragraph 9", "10, 11 and 13". */
void bk_gavel_items_join(const struct bk_gavel_side *side, struct bk_gavel_items *items);

/* The whole phrase that an item is part of; what did not change included. */
struct bk_gavel_item bk_gavel_item_widen(
	const struct bk_gavel_side *side, struct bk_gavel_item item, enum bk_gavel_group group);
/* `other`, an item of the other text, with what the words of `item` are there; of few words. */
struct bk_gavel_item bk_gavel_item_counterpart(
	const struct bk_gavel_side *side, struct bk_gavel_item item, struct bk_gavel_item other);
/* With the words beside it, in a change of few words: "All" of "All Parties" where "Developed country Parties" stood,
 * from `first` up to `last`. */
struct bk_gavel_item bk_gavel_item_cover(
	const struct bk_gavel_side *side, struct bk_gavel_item item, uint32_t first, uint32_t last);
/* Whether both are the same words. */
bool bk_gavel_item_same(const struct bk_gavel_side *was, struct bk_gavel_item old,
	const struct bk_gavel_side *is, struct bk_gavel_item now);

#endif
