/*
 * Nesting items on a stack.  The rules are scores: a candidate that the new item may follow gains by sequence,
 * by column and by being innermost; the best one closes.
 */
#include "draft/nest.h"

#include "base/buf.h"
#include "base/error.h"
#include "draft/heading.h"
#include "draft/option.h"

/* ---- Columns and keys ----------------------------------------------------------------------------- */

static bool comparable(const struct bk_item *a, const struct bk_item *b)
{
	return a->page == b->page && !a->labelled && !b->labelled;
}

/* Provisions and alternatives of labels: what a label leads. */
static bool is_led_by_label(const struct bk_item *item)
{
	return item->kind == BK_NODE_PROVISION ||
	       (item->kind == BK_NODE_OPTION && item->word == BK_OPTION_LABEL);
}

/* Labels of one list: the same kind of number in the same dress; OP1 and 1 number the same paragraphs. */
static bool same_list(const struct bk_label *a, const struct bk_label *b)
{
	const uint8_t left = a->style == BK_LABEL_OPERATIVE ? BK_LABEL_ARABIC : a->style;
	const uint8_t right = b->style == BK_LABEL_OPERATIVE ? BK_LABEL_ARABIC : b->style;
	const uint8_t left_close = a->close == BK_LABEL_DOT ? BK_LABEL_BARE : a->close;
	const uint8_t right_close = b->close == BK_LABEL_DOT ? BK_LABEL_BARE : b->close;

	return left == right && left_close == right_close && a->count == b->count;
}

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

/* ---- Brackets ------------------------------------------------------------------------------------- */

/* Where the innermost bracket that holds offset and reaches beyond `after` closes; SIZE_MAX when none does. */
static size_t limit_at(struct bk_nest *nest, size_t offset, size_t after)
{
	const struct bk_bracket *brackets = nest->draft->brackets;
	uint32_t bracket;

	while (nest->next_bracket < nest->draft->bracket_count &&
		brackets[nest->next_bracket].start <= offset) {
		if (!brackets[nest->next_bracket].brace)
			nest->bracket = (uint32_t)nest->next_bracket;
		nest->next_bracket++;
	}
	while (nest->bracket != BK_NONE && brackets[nest->bracket].end <= offset)
		nest->bracket = brackets[nest->bracket].parent;
	bracket = nest->bracket;
	while (bracket != BK_NONE && brackets[bracket].end <= after + 1)
		bracket = brackets[bracket].parent;
	return bracket == BK_NONE ? SIZE_MAX : brackets[bracket].end;
}

static bool is_blank_between(const struct bk_nest *nest, size_t from, size_t to)
{
	const char *bytes = nest->draft->bytes.ptr;

	for (size_t i = from; i < to; i++) {
		if (!bk_is_space(bytes[i]) && bytes[i] != '*')
			return false;
	}
	return true;
}

/* ---- Closing -------------------------------------------------------------------------------------- */

/* End an open item at `at`; `same` when the next header of its family stands there. */
static void end_open(struct bk_nest *nest, const struct bk_open *open, size_t at, bool same)
{
	struct bk_node *node = &nest->nodes.items[open->node];

	node->end = at;
	if (open->limit < at && !(same && !is_blank_between(nest, open->limit, at)))
		node->end = open->limit;
	if (node->kind == BK_NODE_OPTION) {
		const size_t to = node->end < open->first_child ? node->end : open->first_child;
		const struct bk_label *name = &open->item.label;

		if (open->item.word != BK_OPTION_LABEL && name->count > 0 && name->style == BK_LABEL_ARABIC &&
			name->parts[name->count - 1] == 0)
			node->no_text = true;
		else if (open->item.text < to)
			node->no_text = bk_option_no_text((struct bk_str){
				nest->draft->bytes.ptr + open->item.text, to - open->item.text});
	}
}

static void pop_to(struct bk_nest *nest, size_t depth, size_t at)
{
	while (nest->depth > depth)
		end_open(nest, &nest->stack[--nest->depth], at, false);
}

/* Lay aside an option whose bracket has closed: it opens nothing more, but its family may go on. */
static void lay_aside(struct bk_nest *nest, size_t at)
{
	const struct bk_open *top = &nest->stack[nest->depth - 1];

	nest->dormant[nest->depth - 1] = *top;
	end_open(nest, top, at, false);
	nest->depth--;
}

/* ---- Opening -------------------------------------------------------------------------------------- */

#define NAME_MOST 120 /* bytes of a heading in a path */

static const char *copy_name(struct bk_nest *nest, struct bk_str name)
{
	size_t len = name.len < NAME_MOST ? name.len : NAME_MOST;

	while (len > 0 && len < name.len && ((unsigned char)name.ptr[len] & 0xC0) == 0x80)
		len--;
	return bk_arena_dup(&nest->draft->arena, name.ptr, len);
}

static const char *make_path(struct bk_nest *nest, uint32_t parent, const char *label)
{
	if (parent == BK_NONE)
		return label;
	return bk_arena_printf(&nest->draft->arena, "%s > %s", nest->nodes.items[parent].path, label);
}

/* Open item on top of the stack. */
static int push(struct bk_nest *nest, const struct bk_item *item, uint32_t family)
{
	const size_t depth = nest->depth < BK_NEST_DEPTH ? nest->depth : BK_NEST_DEPTH - 1;
	struct bk_open *open = &nest->stack[depth];
	struct bk_node node = {
		.start = item->start, .offset = item->offset, .kind = item->kind, .family = family};
	struct bk_node *slot;

	pop_to(nest, depth, item->start);
	node.level = (uint32_t)depth + 1;
	node.parent = depth > 0 ? nest->stack[depth - 1].node : BK_NONE;
	node.label = copy_name(nest, item->name);
	node.title = item->title.len > 0 ? bk_arena_dup(&nest->draft->arena, item->title.ptr, item->title.len)
					 : "";
	node.path = node.label ? make_path(nest, node.parent, node.label) : NULL;
	slot = BK_VEC_PUSH(&nest->nodes);
	if (!slot || !node.label || !node.title || !node.path || nest->nodes.len >= BK_NONE)
		return bk_fail_memory();
	*slot = node;
	if (depth > 0 && nest->stack[depth - 1].first_child == SIZE_MAX)
		nest->stack[depth - 1].first_child = item->start;
	*open = (struct bk_open){.node = (uint32_t)(nest->nodes.len - 1),
		.family = family,
		.item = *item,
		.first_child = SIZE_MAX};
	open->limit = limit_at(nest, item->offset, item->text);
	nest->depth = depth + 1;
	if (nest->depth < BK_NEST_DEPTH)
		nest->dormant[nest->depth].item.kind = BK_NODE_HEADING;
	return BK_OK;
}

/* ---- Headings ------------------------------------------------------------------------------------- */

/* Whether the innermost open option has had no text yet: a heading then opens in it. */
static bool awaits_text(const struct bk_nest *nest, size_t at)
{
	const struct bk_open *top = &nest->stack[nest->depth - 1];

	return nest->depth > 1 && top->item.kind == BK_NODE_OPTION &&
	       is_blank_between(nest, top->item.text, at);
}

static int add_letter_heading(struct bk_nest *nest, struct bk_item *item)
{
	size_t depth = 0;

	for (size_t i = 0; i < nest->depth; i++) {
		const struct bk_item *open = &nest->stack[i].item;
		struct bk_label roman = item->label;

		if (open->kind != BK_NODE_HEADING)
			continue;
		depth = i + 1;
		if (open->rank != BK_HEADING_LETTER)
			continue;
		if (open->label.style == BK_LABEL_ROMAN_UPPER && bk_label_as_roman(&roman) &&
			bk_label_follows(&open->label, &roman))
			item->label = roman;
		if (open->label.style == item->label.style) {
			depth = i;
			break;
		}
	}
	if (item->label.style == BK_LABEL_UPPER && item->label.roman == 1)
		bk_label_as_roman(&item->label);
	pop_to(nest, depth, item->start);
	return push(nest, item, 0);
}

static int add_heading(struct bk_nest *nest, const struct bk_item *item)
{
	struct bk_item copy = *item;
	size_t depth = nest->depth, heading = 0;

	if (item->rank == BK_HEADING_LETTER)
		return add_letter_heading(nest, &copy);
	for (size_t i = nest->depth; i-- > 0;) {
		const struct bk_item *open = &nest->stack[i].item;

		if (open->kind != BK_NODE_HEADING)
			continue;
		if (open->rank >= item->rank)
			depth = i;
		else if (heading == 0)
			heading = i + 1;
	}
	if (depth == nest->depth && !awaits_text(nest, item->start))
		depth = heading;
	pop_to(nest, depth, item->start);
	return push(nest, item, 0);
}

/* ---- Provisions ----------------------------------------------------------------------------------- */

/* How well item's label goes on after the open one; only for labels of one list. */
static int sequence_score(const struct bk_label *last, const struct bk_label *label)
{
	if (bk_label_follows(last, label))
		return 4;
	if (bk_label_compare(last, label) < 0)
		return label->parts[label->count - 1] <= last->parts[last->count - 1] + 3 ? 1 : 0;
	return bk_label_first(label) ? -5 : -3;
}

static int column_score(const struct bk_item *last, const struct bk_item *item)
{
	const size_t a = last->column, b = item->column;

	if (!comparable(last, item))
		return 0;
	if (a <= b + 1 && b <= a + 1)
		return 3;
	return b > a ? -4 : -3;
}

/* The score of closing stack[i] for item, as its next; INT_MIN-like when they are of different lists.  A letter
 * that reads as a numeral is taken as what fits better. */
static int provision_score(const struct bk_open *open, const struct bk_item *item, struct bk_label *label)
{
	struct bk_label roman = item->label;
	int score = -100;

	if (!is_led_by_label(&open->item))
		return -100;
	*label = item->label;
	if (same_list(&open->item.label, label))
		score = sequence_score(&open->item.label, label);
	if (bk_label_as_roman(&roman) && same_list(&open->item.label, &roman)) {
		const int as_roman = sequence_score(&open->item.label, &roman);

		if (as_roman > score) {
			score = as_roman;
			*label = roman;
		}
	}
	if (score == -100)
		return score;
	return score + column_score(&open->item, item) +
	       (open->item.kind == BK_NODE_PROVISION && item->kind == BK_NODE_PROVISION
			       ? (open->item.titled == item->titled ? 2 : -1)
			       : 0);
}

/* Whether an item that follows nothing open stands beside or above the innermost provision, not in it. */
static bool leaves(const struct bk_open *top, const struct bk_item *item)
{
	if (is_prefix(&top->item.label, &item->label))
		return false;
	if (comparable(&top->item, item)) {
		if (item->column > top->item.column + 1)
			return false;
		if (item->column + 1 < top->item.column)
			return true;
	}
	if (same_list(&top->item.label, &item->label))
		return true;
	return style_rank(&item->label) <= style_rank(&top->item.label);
}

static void close_for_list(struct bk_nest *nest, const struct bk_item *item)
{
	while (nest->depth > 0) {
		const struct bk_open *top = &nest->stack[nest->depth - 1];

		if (top->item.kind == BK_NODE_OPTION && top->item.word != BK_OPTION_LABEL) {
			if (top->limit > item->start)
				return;
			lay_aside(nest, item->start);
		} else if (is_led_by_label(&top->item) && (leaves(top, item) || top->limit <= item->start)) {
			pop_to(nest, nest->depth - 1, item->start);
		} else {
			return;
		}
	}
}

/* A lone i where no list of letters waits for it begins a list of numerals. */
static void settle_numeral(struct bk_item *item)
{
	if (item->label.roman == 1)
		bk_label_as_roman(&item->label);
}

static void make_room(struct bk_nest *nest, struct bk_item *item)
{
	int best = 0;
	size_t at = nest->depth;
	struct bk_label label, chosen = item->label;
	bool innermost = true;

	for (size_t i = nest->depth; i-- > 0;) {
		int score;

		if (nest->stack[i].item.kind == BK_NODE_HEADING)
			break;
		score = provision_score(&nest->stack[i], item, &label);
		if (score == -100)
			continue;
		score += innermost;
		innermost = false;
		if (score > best) {
			best = score;
			at = i;
			chosen = label;
		}
	}
	if (at < nest->depth) {
		item->label = chosen;
		pop_to(nest, at, item->start);
		return;
	}
	settle_numeral(item);
	close_for_list(nest, item);
}

/* ---- Options -------------------------------------------------------------------------------------- */

static bool same_kind(const struct bk_item *a, const struct bk_item *b)
{
	return a->kind == BK_NODE_OPTION && b->kind == BK_NODE_OPTION && a->word == b->word;
}

/* How well an option goes on after another of its kind. */
static int option_score(const struct bk_open *open, const struct bk_item *item)
{
	const struct bk_label *last = &open->item.label;
	struct bk_label label = item->label, before = *last;
	int score = -100;

	if (!same_kind(&open->item, item))
		return -100;
	if (label.count == 0 && last->count == 0)
		return 4;
	/* Option I, Option II, Option V: one of them may have been read as a letter. */
	if (label.style != before.style) {
		bk_label_as_roman(&label);
		bk_label_as_roman(&before);
	}
	if (label.count != before.count || label.style != before.style || label.count == 0)
		return -100;
	for (uint8_t i = 0; i + 1 < label.count; i++) {
		if (label.parts[i] != before.parts[i])
			return bk_label_compare(&before, &label) < 0 ? 2 : -100;
	}
	if (bk_label_follows(&before, &label))
		score = 4;
	else
		score = bk_label_compare(&before, &label) < 0 ? 2 : (bk_label_first(&label) ? -5 : -4);
	if (comparable(&open->item, item)) {
		const bool level =
			open->item.column <= item->column + 2 && item->column <= open->item.column + 2;

		score += level ? 2 : -2;
	}
	return score;
}

/* Close what a new family of options does not stand in. */
static void close_for_family(struct bk_nest *nest, const struct bk_item *item)
{
	while (nest->depth > 0) {
		const struct bk_open *top = &nest->stack[nest->depth - 1];
		const bool level = comparable(&top->item, item);
		bool closes = false;

		if (top->item.kind == BK_NODE_HEADING)
			return;
		if (top->limit <= item->start)
			closes = true;
		else if (is_led_by_label(&top->item))
			closes = (level && item->column + 1 < top->item.column) ||
				 (item->word == BK_OPTION_SUB && nest->depth > 1 &&
					 nest->stack[nest->depth - 2].item.kind == BK_NODE_OPTION);
		else if (same_kind(&top->item, item) && top->item.label.style == item->label.style &&
			 top->item.label.count == item->label.count)
			closes = !(level && item->column > top->item.column + 2);
		else
			closes = top->item.word == BK_OPTION_SUB && item->word != BK_OPTION_SUB;
		if (!closes)
			return;
		if (top->item.kind == BK_NODE_OPTION && top->limit <= item->start)
			lay_aside(nest, item->start);
		else
			pop_to(nest, nest->depth - 1, item->start);
	}
}

/* An option laid aside that item goes on: its depth, or SIZE_MAX. */
static size_t find_dormant(const struct bk_nest *nest, const struct bk_item *item)
{
	for (size_t i = nest->depth + 1; i-- > 0;) {
		if (i < BK_NEST_DEPTH && option_score(&nest->dormant[i], item) > 0)
			return i;
	}
	return SIZE_MAX;
}

/* The next of a family: close stack[at] there. */
static int go_on(struct bk_nest *nest, const struct bk_item *item, size_t at)
{
	const struct bk_open last = nest->stack[at];

	pop_to(nest, at + 1, item->start);
	nest->depth = at;
	end_open(nest, &last, item->start, true);
	return push(nest, item, last.family);
}

static int add_option(struct bk_nest *nest, const struct bk_item *item)
{
	int best = 0;
	size_t at = nest->depth, dormant;

	for (size_t i = nest->depth; i-- > 0;) {
		const int score = option_score(&nest->stack[i], item);

		if (score > best) {
			best = score;
			at = i;
		}
	}
	if (at < nest->depth)
		return go_on(nest, item, at);
	dormant = find_dormant(nest, item);
	if (dormant != SIZE_MAX) {
		const struct bk_open last = nest->dormant[dormant];

		pop_to(nest, dormant, item->start);
		if (!is_blank_between(nest, last.limit, item->start))
			nest->nodes.items[last.node].end = item->start;
		return push(nest, item, last.family);
	}
	close_for_family(nest, item);
	return push(nest, item, ++nest->families);
}

/* The family of the alternatives of one label below one parent. */
static int label_family(struct bk_nest *nest, const struct bk_item *item, uint32_t *family)
{
	struct bk_buf key = BK_BUF_INIT;
	const uint32_t parent = nest->depth > 0 ? nest->stack[nest->depth - 1].node : BK_NONE;
	size_t base = item->label.base_len < item->name.len ? item->label.base_len : item->name.len;
	size_t *slot;

	bk_buf_printf(&key, "%u:", parent);
	bk_buf_put(&key, item->name.ptr, base);
	slot = key.failed ? NULL : bk_map_slot(&nest->bases, bk_buf_str(&key), 0);
	bk_buf_release(&key);
	if (!slot)
		return bk_fail_memory();
	if (*slot == 0)
		*slot = ++nest->families;
	*family = (uint32_t)*slot;
	return BK_OK;
}

/* ---- The door ------------------------------------------------------------------------------------- */

int bk_nest_add(struct bk_nest *nest, const struct bk_item *item)
{
	struct bk_item copy = *item;
	uint32_t family = 0;

	if (item->kind == BK_NODE_HEADING)
		return add_heading(nest, item);
	if (item->kind == BK_NODE_OPTION && item->word != BK_OPTION_LABEL)
		return add_option(nest, item);
	make_room(nest, &copy);
	if (item->kind == BK_NODE_OPTION) {
		int status = label_family(nest, item, &family);

		if (status < 0)
			return status;
	}
	return push(nest, &copy, family);
}

bool bk_nest_expects(const struct bk_nest *nest, const struct bk_label *label)
{
	struct bk_label roman = *label;

	bk_label_as_roman(&roman);
	for (size_t i = nest->depth; i-- > 0;) {
		const struct bk_open *open = &nest->stack[i];

		if (open->item.kind == BK_NODE_HEADING)
			return false;
		if (!is_led_by_label(&open->item))
			continue;
		if ((same_list(&open->item.label, label) && bk_label_follows(&open->item.label, label)) ||
			(same_list(&open->item.label, &roman) && bk_label_follows(&open->item.label, &roman)))
			return true;
	}
	return false;
}

bool bk_nest_repeats(
	const struct bk_nest *nest, const struct bk_label *label, const struct bk_label *option, uint8_t word)
{
	bool goes_on = false;
	const struct bk_item probe = {
		.kind = BK_NODE_OPTION, .word = word, .labelled = true, .label = *option};

	for (size_t i = nest->depth; i-- > 0;) {
		const struct bk_open *open = &nest->stack[i];

		if (open->item.kind == BK_NODE_OPTION && option_score(open, &probe) > 0)
			goes_on = true;
		if (open->item.kind == BK_NODE_PROVISION && same_list(&open->item.label, label) &&
			bk_label_compare(&open->item.label, label) == 0)
			return goes_on;
	}
	return false;
}

void bk_nest_finish(struct bk_nest *nest)
{
	pop_to(nest, 0, nest->draft->bytes.len);
}
