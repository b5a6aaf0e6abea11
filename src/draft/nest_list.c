/*
 * Where a provision goes.  The rules are scores: a candidate that the new label may follow gains by sequence,
 * by column and by being innermost; the best one closes, and none when all are poor.
 */
#include "draft/nest.h"
#include "draft/option.h"

/* Whether a's numbers begin b's: 3 and 3.1. */
static bool is_prefix(const struct bk_label *a, const struct bk_label *b)
{
	if (a->count == 0 || a->count >= b->count)
		return false;
	for (uint8_t i = 0; i < a->count; i++) {
		if (a->parts[i] != b->parts[i])
			return false;
	}
	return true;
}

/* How deep a style of label usually stands. */
static int style_rank(const struct bk_label *label)
{
	switch (label->style) {
	case BK_LABEL_ROMAN_UPPER: return 0;
	case BK_LABEL_UPPER: return label->close == BK_LABEL_DOT ? 1 : 5;
	case BK_LABEL_ROMAN: return 4;
	case BK_LABEL_ARABIC:
		return label->close == BK_LABEL_ROUND || label->close == BK_LABEL_HALF
			       ? 5
			       : 1 + (label->count > 1);
	case BK_LABEL_PREAMBLE:
	case BK_LABEL_OPERATIVE:
	case BK_LABEL_CHINESE: return 1 + (label->count > 1);
	default: return 3;
	}
}

/* How well item's label goes on after the open one; only for labels of one list. */
static int sequence_score(const struct bk_label *last, const struct bk_label *label)
{
	if (bk_label_follows(last, label))
		return 4;
	if (bk_label_compare(last, label) < 0)
		return label->parts[label->count - 1] <= last->parts[last->count - 1] + 3 ? 1 : -1;
	return bk_label_first(label) ? -5 : -3;
}

static int column_score(const struct bk_item *last, const struct bk_item *item)
{
	const size_t a = last->column, b = item->column;

	if (!bk_nest_comparable(last, item))
		return 0;
	if (a <= b + 1 && b <= a + 1)
		return 3;
	return b > a ? -4 : -3;
}

/* The score of closing open for item, as its next; UNLIKE when they are of different lists. */
#define UNLIKE (-100)

/* A letter that reads as a numeral is taken as what fits better: *as_roman. */
static int provision_score(
	const struct bk_open *open, const struct bk_item *item, const struct bk_label *roman, bool *as_roman)
{
	int score = UNLIKE;

	*as_roman = false;
	if (!bk_nest_is_led(&open->item))
		return UNLIKE;
	if (bk_nest_same_list(&open->item.label, &item->label))
		score = sequence_score(&open->item.label, &item->label);
	if (roman && bk_nest_same_list(&open->item.label, roman)) {
		const int other = sequence_score(&open->item.label, roman);

		*as_roman = other > score;
		score = other > score ? other : score;
	}
	if (score == UNLIKE)
		return score;
	if (open->item.kind == BK_NODE_PROVISION && item->kind == BK_NODE_PROVISION)
		score += open->item.titled == item->titled ? 2 : -1;
	return score + column_score(&open->item, item);
}

/* Whether an item that follows nothing open stands beside or above the innermost provision, not in it. */
static bool leaves(const struct bk_open *top, const struct bk_item *item)
{
	if (is_prefix(&top->item.label, &item->label))
		return false;
	if (bk_nest_comparable(&top->item, item)) {
		if (item->column > top->item.column + 1)
			return false;
		if (item->column + 1 < top->item.column)
			return true;
	}
	/* Paragraphs below a title that is numbered as they are. */
	if (bk_nest_same_list(&top->item.label, &item->label))
		return item->titled || !top->item.titled;
	return style_rank(&item->label) <= style_rank(&top->item.label);
}

/* Close what item does not stand in; of lists like its own only the innermost, which it begins anew. */
static void close_for_list(struct bk_nest *nest, const struct bk_item *item)
{
	bool anew = false;

	while (nest->depth > 0) {
		const struct bk_open *top = &nest->stack[nest->depth - 1];

		if (top->item.kind == BK_NODE_OPTION && top->item.word != BK_OPTION_LABEL) {
			if (top->limit > item->start)
				return;
			bk_nest_lay_aside(nest, item->start);
		} else if (bk_nest_is_led(&top->item) && (leaves(top, item) || top->limit <= item->start)) {
			const bool alike = bk_nest_same_list(&top->item.label, &item->label);

			if (anew && alike)
				return;
			anew |= alike;
			bk_nest_pop(nest, nest->depth - 1, item->start);
		} else {
			return;
		}
	}
}

/* A lone i begins a list of numerals, where no open list of letters has just had its h. */
static void settle_numeral(const struct bk_nest *nest, struct bk_item *item)
{
	if (item->label.roman != 1)
		return;
	for (size_t i = nest->depth; i-- > 0;) {
		const struct bk_item *open = &nest->stack[i].item;

		if (bk_nest_is_led(open) && bk_nest_same_list(&open->label, &item->label) &&
			bk_label_follows(&open->label, &item->label))
			return;
	}
	bk_label_as_roman(&item->label);
}

void bk_nest_make_room(struct bk_nest *nest, struct bk_item *item)
{
	int best = 0;
	size_t at;
	bool innermost = true, beyond = false, chosen = false, as_roman;
	const struct bk_label *roman;

	settle_numeral(nest, item);

	struct bk_label other = item->label;

	roman = bk_label_as_roman(&other) ? &other : NULL;
	at = nest->depth;
	for (size_t i = nest->depth; i-- > 0;) {
		const struct bk_open *open = &nest->stack[i];
		int score;

		/* Beyond a heading that stands in an option, only the very next is believed. */
		beyond |= open->item.kind == BK_NODE_HEADING;
		score = provision_score(open, item, roman, &as_roman);
		if (score == UNLIKE ||
			(beyond && !bk_label_follows(&open->item.label, as_roman ? roman : &item->label)))
			continue;
		score += innermost;
		innermost = false;
		if (score > best) {
			best = score;
			at = i;
			chosen = as_roman;
		}
	}
	if (at == nest->depth) {
		close_for_list(nest, item);
		return;
	}
	if (chosen)
		item->label = other;
	bk_nest_pop(nest, at, item->start);
}
