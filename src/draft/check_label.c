/*
 * Labels and options out of order.
 *
 * A list is a row of provisions of one parent whose labels are of one kind: (a) (b) (c), or 1. 2. 3.  It
 * begins anew where a label comes that can open a list: numbering starts again in every option, table and
 * quotation.  What is disputed, `[1][3].`, and alternatives, `2 alt`, are no part of it; behind what is
 * disputed nothing is missed, for it may have the number.
 *
 * Of paragraphs that count on (paragraph.h), a number that stands twice is found wherever the two are: a new 56 beside
 * the old one is read as a list of that, and of 56 57 56 57 the second 56 does not follow the first.
 */
#include "draft/check.h"

#include "base/error.h"
#include "draft/label.h"
#include "draft/paragraph.h"

#include <stdlib.h>

enum { STYLES = BK_LABEL_CHINESE + 1, CLOSES = BK_LABEL_ROUND + 1, WIDEST_GAP = 9, FARTHEST = 200 };

struct list {
	struct bk_label last;
	uint32_t node; /* whose label it is; BK_NONE before the first */
	bool disputed; /* one whose label is disputed stands behind it */
};

struct lists {
	struct bk_checker *checker;
	const struct bk_draft *draft;
	uint32_t *child, *sibling; /* first provision of each node (the last entry: of none), the next one */
	bool *doubled;		   /* of nodes: their label is reported as a duplicate */
	struct list lists[STYLES][CLOSES];
};

/* ---- Families ---------------------------------------------------------------------------------------- */

static uint32_t slot_of(const struct lists *lists, uint32_t node)
{
	return node == BK_NONE ? (uint32_t)lists->draft->node_count : node;
}

/* Link the provisions of each parent, in order. */
static int link_children(struct lists *lists)
{
	const struct bk_draft *draft = lists->draft;
	struct bk_arena *arena = &lists->checker->findings->arena;

	lists->child = bk_arena_array(arena, draft->node_count + 1, sizeof *lists->child);
	lists->sibling = bk_arena_array(arena, draft->node_count + 1, sizeof *lists->sibling);
	lists->doubled = bk_arena_array(arena, draft->node_count + 1, sizeof *lists->doubled);
	if (!lists->child || !lists->sibling || !lists->doubled)
		return bk_fail_memory();
	for (size_t i = 0; i <= draft->node_count; i++)
		lists->child[i] = lists->sibling[i] = BK_NONE;
	for (size_t i = draft->node_count; i-- > 0;) {
		const uint32_t slot = slot_of(lists, draft->nodes[i].parent);

		if (draft->nodes[i].kind != BK_NODE_PROVISION)
			continue;
		lists->sibling[i] = lists->child[slot];
		lists->child[slot] = (uint32_t)i;
	}
	return BK_OK;
}

static struct bk_str line_from(const struct bk_draft *draft, size_t offset)
{
	const struct bk_str rest = bk_str_skip(draft->bytes, offset);

	return (struct bk_str){rest.ptr, bk_str_find(rest, '\n')};
}

static struct bk_span label_span(const struct bk_draft *draft, uint32_t node, const struct bk_label *label)
{
	const size_t start = draft->nodes[node].offset;

	return (struct bk_span){start, start + (label->name_len ? label->name_len : label->len)};
}

/* ---- Duplicates and gaps ----------------------------------------------------------------------------- */

static int report_duplicate(
	struct lists *lists, uint32_t first, uint32_t second, const struct bk_label *label)
{
	const struct bk_draft *draft = lists->draft;
	const size_t line = bk_snapshot_line_of(draft->snapshot, draft->nodes[first].offset) + 1;
	const bool rivals = bk_paragraph_is_bracketed(draft, first, label->len) &&
			    bk_paragraph_is_bracketed(draft, second, label->len);

	lists->doubled[second] = true;
	return bk_check_report(lists->checker, BK_RULE_DUPLICATE_LABEL, label_span(draft, second, label),
		"label '%s' stands already in line %zu%s", draft->nodes[second].label, line,
		rivals ? ": both are in brackets and may be rivals" : "");
}

static int report_gap(
	struct lists *lists, const struct list *list, uint32_t node, const struct bk_label *label)
{
	return bk_check_report(lists->checker, BK_RULE_LABEL_GAP, label_span(lists->draft, node, label),
		"label '%s' follows '%s': something between is missing", lists->draft->nodes[node].label,
		lists->draft->nodes[list->node].label);
}

/* Whether a label's last number waits to be given: "3.x". */
static bool is_waiting(const struct bk_label *label)
{
	return label->count > 1 && label->parts[label->count - 1] == 'x' - 'a' + 1;
}

/* Whether labels between last and next are missing, and not so many that these are two lists.  2 bis says
 * nothing of what should stand before it, unless that is a 2. */
static bool is_gap(const struct bk_label *last, const struct bk_label *next)
{
	const uint32_t from = last->parts[0], to = next->parts[0];

	if (last->count != next->count || is_waiting(next) || bk_label_compare(last, next) >= 0 ||
		(next->suffix > 0 && from != to))
		return false;
	if (from == to && last->count == 1 && next->suffix > 0)
		return next->suffix > (last->suffix > 1 ? last->suffix : 1) + 1;
	if (bk_label_follows(last, next))
		return false;
	return to - from <= WIDEST_GAP;
}

/* Whether an option begins between two nodes: it may hold a list of its own, or the label that is missed. */
static bool is_option_between(const struct bk_draft *draft, uint32_t first, uint32_t second)
{
	for (uint32_t i = first + 1; i < second; i++) {
		if (draft->nodes[i].kind == BK_NODE_OPTION)
			return true;
	}
	return false;
}

/* Take the next provision of a list. */
static int take(struct lists *lists, struct list *list, uint32_t node, const struct bk_label *label)
{
	const struct list before = *list;

	*list = (struct list){.last = *label, .node = node};
	if (before.node == BK_NONE || bk_label_first(label) ||
		is_option_between(lists->draft, before.node, node))
		return BK_OK;
	if (bk_label_compare(&before.last, label) == 0)
		return report_duplicate(lists, before.node, node, label);
	return is_gap(&before.last, label) && !before.disputed ? report_gap(lists, &before, node, label)
							       : BK_OK;
}

/* The list that a label belongs to: a lone (i) goes on after (h), and else counts as Roman one. */
static struct list *list_of(struct lists *lists, struct bk_label *label)
{
	struct list *letters = &lists->lists[label->style][label->close];

	if (label->roman == 0 || label->style == BK_LABEL_ROMAN || label->style == BK_LABEL_ROMAN_UPPER)
		return letters;
	if (letters->node != BK_NONE && bk_label_follows(&letters->last, label))
		return letters;
	bk_label_as_roman(label);
	return &lists->lists[label->style][label->close];
}

/* Whatever would close its label when it is settled. */
static void pass_disputed(struct lists *lists, const struct bk_label *label)
{
	for (size_t close = 0; close < CLOSES; close++)
		lists->lists[label->style][close].disputed = true;
}

static int check_children(struct lists *lists, uint32_t first)
{
	int status = BK_OK;

	for (size_t style = 0; style < STYLES; style++) {
		for (size_t close = 0; close < CLOSES; close++)
			lists->lists[style][close] = (struct list){.node = BK_NONE};
	}
	for (uint32_t node = first; node != BK_NONE && status == BK_OK; node = lists->sibling[node]) {
		struct bk_label label;

		if (!bk_label_parse(line_from(lists->draft, lists->draft->nodes[node].offset), &label) ||
			label.alt || label.count == 0)
			continue;
		if (label.disputed)
			pass_disputed(lists, &label);
		else
			status = take(lists, list_of(lists, &label), node, &label);
	}
	return status;
}

/* ---- Paragraphs -------------------------------------------------------------------------------------- */

static int compare_paragraphs(const void *a, const void *b, void *context)
{
	const struct bk_paragraph *list = context;
	const struct bk_paragraph *x = &list[*(const uint32_t *)a], *y = &list[*(const uint32_t *)b];
	const uint32_t left[] = {(uint32_t)x->series, x->was, x->had, x->turn, x->node};
	const uint32_t right[] = {(uint32_t)y->series, y->was, y->had, y->turn, y->node};

	for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
		if (left[i] != right[i])
			return left[i] < right[i] ? -1 : 1;
	}
	return 0;
}

static bool is_doubled(
	const struct lists *lists, const struct bk_paragraph *first, const struct bk_paragraph *second)
{
	return first->series == second->series && first->was == second->was && first->had == second->had &&
	       first->turn == second->turn && !first->alternative && !second->alternative &&
	       !lists->doubled[second->node] &&
	       !bk_paragraph_are_rivals(lists->draft, first->node, second->node);
}

/* Report what stands already in its series, though other numbers or another parent are between. */
static int check_series(struct lists *lists, const struct bk_paragraphs *paragraphs)
{
	const struct bk_paragraph *list = paragraphs->list.items;
	const size_t count = paragraphs->list.len;
	uint32_t *order = bk_arena_array(&lists->checker->findings->arena, count + 1, sizeof *order);
	int status = order ? BK_OK : bk_fail_memory();

	for (uint32_t i = 0; status == BK_OK && i < count; i++)
		order[i] = i;
	if (status == BK_OK && count > 0)
		qsort_r(order, count, sizeof *order, compare_paragraphs, paragraphs->list.items);
	for (size_t i = 1; i < count && status == BK_OK; i++) {
		const struct bk_paragraph *first = &list[order[i - 1]], *second = &list[order[i]];
		struct bk_label label;

		if (is_doubled(lists, first, second) &&
			bk_label_parse(
				line_from(lists->draft, lists->draft->nodes[second->node].offset), &label))
			status = report_duplicate(lists, first->node, second->node, &label);
	}
	return status;
}

static int check_paragraphs(struct lists *lists)
{
	struct bk_paragraphs paragraphs = {0};
	int status = bk_paragraphs_number(&paragraphs, lists->draft, false);

	if (status == BK_OK)
		status = check_series(lists, &paragraphs);
	bk_paragraphs_release(&paragraphs);
	return status;
}

int bk_check_labels(struct bk_checker *checker)
{
	struct lists lists = {.checker = checker, .draft = checker->draft};
	int status = link_children(&lists);

	for (size_t i = 0; i <= checker->draft->node_count && status == BK_OK; i++)
		status = check_children(&lists, lists.child[i]);
	return status == BK_OK ? check_paragraphs(&lists) : status;
}

/* ---- Options ----------------------------------------------------------------------------------------- */

/* Read the name behind the word of an option: 2 of "Option 2".  False for "3 alt" and the like. */
static bool option_name(const struct bk_draft *draft, const struct bk_node *node, struct bk_label *out)
{
	const struct bk_str line = line_from(draft, node->offset);
	size_t at = 0;

	if (bk_to_lower(node->label[0]) != bk_to_lower(line.ptr[0]))
		return false;
	while (at < line.len && (bk_is_alpha(line.ptr[at]) || line.ptr[at] == '-' || (line.ptr[at] & 0x80)))
		at++;
	while (at < line.len && (bk_is_blank(line.ptr[at]) || line.ptr[at] == '.' || line.ptr[at] == '*'))
		at++;
	if (!bk_label_name(bk_str_skip(line, at), out))
		return false;
	if (out->roman > 0 && out->style == BK_LABEL_UPPER)
		bk_label_as_roman(out);
	return true;
}

/* Whether the option before this one stands in another family not far before, under the same heading. */
static bool has_predecessor(const struct bk_draft *draft, size_t index, const struct bk_label *label)
{
	const size_t from = index > FARTHEST ? index - FARTHEST : 0;

	for (size_t i = index; i-- > from && draft->nodes[i].kind != BK_NODE_HEADING;) {
		struct bk_label other;

		if (draft->nodes[i].kind == BK_NODE_OPTION && option_name(draft, &draft->nodes[i], &other) &&
			other.style == label->style && bk_label_follows(&other, label))
			return true;
	}
	return false;
}

static int report_stray(struct bk_checker *checker, const struct bk_node *node, const struct bk_node *last)
{
	const struct bk_span span = {node->offset, node->behind};

	if (!last)
		return bk_check_report(checker, BK_RULE_STRAY_OPTION, span,
			"'%s' opens a choice: the options before it are missing", node->label);
	return bk_check_report(checker, BK_RULE_STRAY_OPTION, span,
		"'%s' follows '%s': an option between is missing", node->label, last->label);
}

int bk_check_options(struct bk_checker *checker)
{
	const struct bk_draft *draft = checker->draft;
	uint32_t *last = bk_arena_array(&checker->findings->arena, draft->node_count + 1, sizeof *last);
	int status = last ? BK_OK : bk_fail_memory();

	for (size_t i = 0; i < draft->node_count && status == BK_OK; i++) {
		const struct bk_node *node = &draft->nodes[i];
		const struct bk_node *before;
		struct bk_label label, old;

		if (node->kind != BK_NODE_OPTION || node->family > draft->node_count ||
			!option_name(draft, node, &label))
			continue;
		before = last[node->family] > 0 ? &draft->nodes[last[node->family] - 1] : NULL;
		last[node->family] = (uint32_t)i + 1;
		if (!before && !bk_label_first(&label) && !has_predecessor(draft, i, &label))
			status = report_stray(checker, node, NULL);
		else if (before && option_name(draft, before, &old) && old.style == label.style &&
			 is_gap(&old, &label))
			status = report_stray(checker, node, before);
	}
	return status;
}
