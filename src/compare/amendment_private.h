/*
 * The inside of amendments, shared by their rooms, in the order in which they are called:
 *
 *	amendment_paragraph  which paragraphs stand in both as they are, and the gaps between them
 *	amendment_window     what has to be matched of paragraphs that are alike in most
 *	amendment_match      which tokens of a gap stand in both
 *	amendment_chance     those that do by chance
 *	amendment_opening    which paragraph is which, where words alone do not tell
 *	amendment_split      and in another paragraph than the one that theirs became
 *	amendment_partner    brackets that are others than they seem
 *	amendment_label      labels, each with its words
 *	amendment_settle     where what came or went begins
 *	amendment_slice      what lies between these, as amendments; those of brackets apart
 *	amendment            the gaps one by one
 *	amendment_move       paragraphs that went here and came there
 *	amendment_tie        what must stand as one
 *	amendment_cut        amendments that went as one, and those cut where such brackets are
 *	amendment_bracket    brackets put round words and taken away, and what must stand as one for their sake
 */
#ifndef BRACKED_COMPARE_AMENDMENT_PRIVATE_H
#define BRACKED_COMPARE_AMENDMENT_PRIVATE_H

#include "base/error.h"
#include "compare/amendment.h"
#include "compare/sequence.h"

/* Bytes between the two ends of brackets or braces that may be told as one for the sake of these.  In a text with
 * faults an end may find another one pages away. */
enum { BK_AMENDMENT_REACH = 1000 };

/* Paragraphs of either text between some that stand in both: from up to, not with, the end. */
struct bk_gap {
	uint32_t base, base_end, file, file_end;
};

typedef BK_VEC(struct bk_gap) bk_gaps;

/* Number the version's paragraphs as the base's are, and find the gaps, in order.  Cost: O(bytes), and that of
 * sequence.h in the paragraphs.  BK_ENOMEM. */
int bk_amendments_find_gaps(struct bk_amendments *amendments, bk_gaps *gaps);

/* A part of a paragraph of the base, and what stands there in one of the version. */
struct bk_window {
	struct bk_span base,
		file; /* the same bytes at either end; blanks part them from the rest of the paragraph */
	uint32_t base_paragraph, file_paragraph;
	bool begins, ends; /* where the paragraphs do */
};

typedef BK_VEC(struct bk_window) bk_windows;

/*
 * Append the windows of a paragraph of the base and one of the version, in order; what lies between them is the same.
 * Not found, and none appended, when less than half of the longer one stands in both, or what differs goes on too far.
 * Cost: O(bytes).  BK_ENOMEM.
 */
int bk_windows_find(bk_windows *windows, const struct bk_amendments *amendments, uint32_t base, uint32_t file,
	bool *are_found);

/* One side of a gap, or of a window in one. */
struct bk_gap_side {
	const struct bk_tokens *tokens;
	uint32_t paragraph, paragraph_end;
	struct bk_span span; /* what is matched of them */
	BK_VEC(struct bk_token) items;
	/* Of each item; they are as long as the items, whatever their len. */
	BK_VEC(uint32_t) owners;  /* its paragraph */
	BK_VEC(uint32_t) numbers; /* in the vocabulary; in a window BK_NONE where nobody has asked for it */
	BK_VEC(uint32_t) match;	  /* the item of the other side, or BK_NONE */
	BK_VEC(uint32_t)
	partners; /* of brackets the other end, or BK_NONE; where somebody has asked for them */
	BK_VEC(uint32_t) listed;	 /* items that are compared */
	BK_VEC(uint32_t) listed_numbers; /* of each of these */
};

struct bk_gap_match {
	struct bk_gap_side base, file;
	struct bk_vocabulary *vocabulary;
	struct bk_sequencer *sequencer;
	/* Of each listed item of the base, the one of the version; once these are matched, the base's words that stand
	 * in both. */
	BK_VEC(uint32_t) found;
	size_t head, tail;		/* items that both begin and end with, with the blanks between them */
	const struct bk_window *window; /* or NULL */
	bool falls_short;		/* what differs may go on beyond the window */
};

/* Match the tokens of paragraphs, which are cut, in place of another gap's.  BK_ENOMEM; release in any case. */
int bk_gap_match_find(struct bk_gap_match *gap, const struct bk_gap *paragraphs);
/* The same of the tokens in a window.  BK_ENOMEM. */
int bk_gap_match_find_window(struct bk_gap_match *gap, const struct bk_window *window);
void bk_gap_match_release(struct bk_gap_match *gap);
/* Of all places where what stands in one text alone can as well begin, let it begin at the most natural one; and a
 * stop behind words that gave way is the first of those there. */
void bk_gap_settle(struct bk_gap_match *gap);
/* The ends that both sides have go no further than items, from up to, not with, to, of which one side has no other. */
void bk_gap_cut_ends(struct bk_gap_match *gap, const struct bk_gap_side *side, size_t from, size_t to);
/* Items of a side. */
struct bk_item_range {
	size_t first, end;
};

/* All of the paragraph that an item is in, as far as the side goes.  O(log items). */
struct bk_item_range bk_gap_paragraph(const struct bk_gap_side *side, size_t item);
/* How many of some items are words. */
size_t bk_gap_count_words(const struct bk_gap_side *side, struct bk_item_range range);

/*
 * Match items of both sides that are matched with none yet.  Brackets are as many as words and all alike, and labels
 * of a list that was numbered anew are those of other items: words are matched first, and the others between these.
 *
 *	base     [shall][should] pay [1][2] per cent		"pay" stands in both, and "[1]" is no "[may]"
 *	version  [shall][should][may] pay [2] per cent
 *
 * BK_ENOMEM.
 */
int bk_gap_match_ranges(struct bk_gap_match *gap, struct bk_item_range base, struct bk_item_range file);
/* How many words these would match.  BK_ENOMEM. */
int bk_gap_count_common(
	struct bk_gap_match *gap, struct bk_item_range base, struct bk_item_range file, size_t *count);
/* An item of the base is one of the version. */
void bk_gap_join(struct bk_gap_match *gap, size_t base, size_t file);
/* It is none any more. */
void bk_gap_part(struct bk_gap_match *gap, size_t base);
/* Give items of a window their numbers in the vocabulary.  BK_ENOMEM. */
int bk_gap_number(struct bk_gap_match *gap, struct bk_gap_side *side, size_t from, size_t to);

/* Words that stand in both of two paragraphs by chance: fewer than half of the shorter one; or, in a paragraph that
 * seems to be a part of another one, less than half of what it says.  Whether there were any. */
bool bk_gap_part_unlike(struct bk_gap_match *gap);
/*
 * Words that stand in another paragraph than the one that theirs became, where that other one begins anew.  Whether
 * there were any.
 *
 *	base     (b) pay; and			"and" is of (b bis), and gone from (b)
 *	version  (b) pay soon; (b bis) report; and
 */
bool bk_gap_part_split(
	struct bk_gap_match *gap, const struct bk_gap_side *side, const struct bk_gap_side *other);
/* Of paragraphs that are about as much like one, the one that opens as it does is it.  BK_ENOMEM. */
int bk_gap_follow_openings(struct bk_gap_match *gap);
/*
 * Brackets that stand in both texts without a word in them that does: of those whose other ends stand in one text each
 * neither end is the same; nor are those beside brackets that were taken away from words that stand, for who takes one
 * of several has chosen.
 *
 *	base     [Each Party][Parties] shall act	"[should]" stands for "shall", not for "[Parties]"
 *	version   Each Party [should] act
 *
 * BK_ENOMEM.
 */
int bk_gap_part_brackets(struct bk_gap_match *gap);
/* A weak word or two in the midst of words that gave way to others, unless these are small edits.  BK_ENOMEM. */
int bk_gap_part_weak(struct bk_gap_match *gap);

/* Items of a paragraph, from its first one on, that are its label with all that belongs to it: "(b)", "3 bis.". */
size_t bk_gap_count_label(const struct bk_gap_side *side, size_t first);
/* All that it opens with: its label, the header of an option, "## Article 4". */
size_t bk_gap_count_opening(const struct bk_gap_side *side, size_t first);
/* Find that of a paragraph, and keep it in mind. */
void bk_paragraph_find_opening(struct bk_tokens *tokens, uint32_t index);
/* The same of a paragraph that is cut, wherever it stands. */
size_t bk_paragraph_count_opening(const struct bk_tokens *tokens, uint32_t index);
/* Whether a paragraph is a heading with a number and no title: "Article 4" above it. */
bool bk_paragraph_is_heading(const struct bk_tokens *tokens, uint32_t index);
/* Whether two paragraphs begin with the same label or header of an option; their first items. */
bool bk_gap_open_alike(
	const struct bk_gap_side *side, size_t first, const struct bk_gap_side *other, size_t other_first);
/* The order of their labels in one list: <0, 0, >0; 0 also where these are of no list. */
int bk_gap_compare_labels(
	const struct bk_gap_side *side, size_t first, const struct bk_gap_side *other, size_t other_first);
/* A label of which a part gave way has given way: "[(b)][EU: (c)] Three", for in brackets a part of it is none.  So
 * has all that a paragraph opens with whose words have another. */
void bk_gap_part_labels(
	struct bk_gap_match *gap, const struct bk_gap_side *side, const struct bk_gap_side *other);

/* A slice of one text between two places that stand in both: bytes, and the items of the gap in it. */
struct bk_slice {
	const struct bk_gap_side *side;
	size_t start, end;
	size_t item, item_end;
};

/* Add what was changed between the same two places of base and version.  BK_ENOMEM. */
int bk_amendments_add_slices(
	struct bk_amendments *amendments, const struct bk_slice *base, const struct bk_slice *file);

struct bk_amendment *bk_amendments_add(struct bk_amendments *amendments, struct bk_span base,
	struct bk_span file, enum bk_amendment_kind kind);

/*
 * Ties.  They may overlap until they are settled: grown so that no amendment and no pair of brackets of the base
 * has one end alone in them, and joined where they meet.  What touches a tie without being in it stands beside it.
 * Each BK_ENOMEM.
 */
int bk_amendments_tie(struct bk_amendments *amendments, size_t start, size_t end);
/* All from one amendment to another, whichever is first. */
int bk_amendments_tie_from_to(struct bk_amendments *amendments, uint32_t a, uint32_t b);
int bk_amendments_tie_places(struct bk_amendments *amendments, struct bk_span a, struct bk_span b);
/* Pairs of braces of which one end is in an amendment that the other is not in. */
int bk_amendments_tie_braces(struct bk_amendments *amendments);
/* What changes the notation of a bracket of the base is tied to the whole of it, and words are tied to names in
 * parentheses behind them. */
int bk_amendments_tie_notations(struct bk_amendments *amendments);
/* Cost: O(n log n). */
void bk_amendments_settle_ties(struct bk_amendments *amendments);
/* Of settled ties. */
bool bk_amendments_is_tied(const struct bk_amendments *amendments, uint32_t index);
/* Let each amendment know its tie. */
void bk_amendments_number_ties(struct bk_amendments *amendments);

/* Two ends in two amendments: brackets round words of the base, or of the base and gone. */
struct bk_bracket_pair {
	uint32_t open, close; /* amendments */
	uint32_t mark;	      /* the open, in the pairing of its text */
	bool gone;
	bool tied;		      /* it cannot stand by itself */
	struct bk_span opens, closes; /* with the notation beside them, in their text */
	uint8_t act;		      /* enum bk_act */
};

typedef BK_VEC(struct bk_bracket_pair) bk_bracket_pairs;

/* Tie pairs that cannot be cut out of what they stand in; *again: there were some.  BK_ENOMEM. */
int bk_amendments_tie_uncut(struct bk_amendments *amendments, bk_bracket_pairs *pairs, bool *again);
/* Paragraphs that went side by side with brackets round words of them went as one.  Cost: O(n log n).  BK_ENOMEM. */
int bk_amendments_join_gone(struct bk_amendments *amendments);
/* Cut brackets of the base out of what they went with, each as a half; by marks of the base.  BK_ENOMEM. */
int bk_amendments_cut_halves(struct bk_amendments *amendments, const bool *halves);
/* Cut all pairs out that are not tied.  BK_ENOMEM, and nothing has changed. */
int bk_amendments_cut(struct bk_amendments *amendments, const bk_bracket_pairs *pairs);

/* BK_ENOMEM. */
int bk_amendments_find_moves(struct bk_amendments *amendments);
int bk_amendments_find_brackets(struct bk_amendments *amendments);

static inline struct bk_str bk_part(struct bk_str bytes, size_t start, size_t end)
{
	return (struct bk_str){bytes.ptr + start, end - start};
}

static inline struct bk_str bk_gap_bytes(const struct bk_gap_side *side, size_t item)
{
	return bk_part(side->tokens->bytes, side->items.items[item].start, side->items.items[item].end);
}

static inline bool bk_gap_is_bracket(const struct bk_gap_side *side, size_t item, char c)
{
	const struct bk_str bytes = bk_gap_bytes(side, item);

	return bytes.len == 1 && bytes.ptr[0] == c;
}

static inline bool bk_gap_is_first(const struct bk_gap_side *side, size_t item)
{
	return item == 0 || side->owners.items[item] != side->owners.items[item - 1];
}

/* Items from one on that stand in one text alone. */
static inline size_t bk_gap_lone_from(const struct bk_gap_side *side, size_t at)
{
	size_t count = 0;

	while (at + count < side->items.len && side->match.items[at + count] == BK_NONE)
		count++;
	return count;
}

/* Whether several paragraphs of either text are matched: which label is whose shows in their words. */
static inline bool bk_gap_are_many(const struct bk_gap_match *gap)
{
	return gap->base.paragraph + 1 < gap->base.paragraph_end ||
	       gap->file.paragraph + 1 < gap->file.paragraph_end;
}

static inline struct bk_str bk_slice_bytes(const struct bk_slice *it)
{
	return bk_part(it->side->tokens->bytes, it->start, it->end);
}

static inline bool bk_part_is_blank(struct bk_str bytes, size_t start, size_t end)
{
	return bk_token_blanks((struct bk_str){bytes.ptr, end}, start) >= end;
}

#endif
