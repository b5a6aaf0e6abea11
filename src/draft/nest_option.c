/*
 * Where an option goes: on with a family that is open, or was until its bracket closed, or into a new one.
 */
#include "base/buf.h"
#include "base/error.h"
#include "draft/nest.h"
#include "draft/option.h"

static bool same_kind(const struct bk_item *a, const struct bk_item *b)
{
	return a->kind == BK_NODE_OPTION && b->kind == BK_NODE_OPTION && a->word == b->word;
}

/* How well an option goes on after another of its kind. */
int bk_nest_option_score(const struct bk_open *open, const struct bk_item *item)
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
	if (bk_nest_comparable(&open->item, item)) {
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
		const bool level = bk_nest_comparable(&top->item, item);
		bool closes = false;

		if (top->item.kind == BK_NODE_HEADING)
			return;
		if (top->limit <= item->start)
			closes = true;
		else if (bk_nest_is_led(&top->item))
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
			bk_nest_lay_aside(nest, item->start);
		else
			bk_nest_pop(nest, nest->depth - 1, item->start);
	}
}

/* An option laid aside that item goes on: its depth, or SIZE_MAX. */
static size_t find_dormant(const struct bk_nest *nest, const struct bk_item *item)
{
	for (size_t i = nest->depth + 1; i-- > 0;) {
		if (i < BK_NEST_DEPTH && bk_nest_option_score(&nest->dormant[i], item) > 0)
			return i;
	}
	return SIZE_MAX;
}

/* The next of a family: close stack[at] there. */
static int go_on(struct bk_nest *nest, const struct bk_item *item, size_t at)
{
	const struct bk_open last = nest->stack[at];

	bk_nest_pop(nest, at + 1, item->start);
	nest->depth = at;
	bk_nest_end(nest, &last, item->start, true);
	return bk_nest_push(nest, item, last.family);
}

int bk_nest_add_option(struct bk_nest *nest, const struct bk_item *item)
{
	int best = 0;
	size_t at = nest->depth, dormant;

	for (size_t i = nest->depth; i-- > 0;) {
		const int score = bk_nest_option_score(&nest->stack[i], item);

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

		bk_nest_pop(nest, dormant, item->start);
		if (!bk_nest_is_blank(nest, last.limit, item->start))
			nest->nodes.items[last.node].end = item->start;
		return bk_nest_push(nest, item, last.family);
	}
	close_for_family(nest, item);
	return bk_nest_push(nest, item, ++nest->families);
}

/* The family of the alternatives of one label below one parent. */
int bk_nest_label_family(struct bk_nest *nest, const struct bk_item *item, uint32_t *family)
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
