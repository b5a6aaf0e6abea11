/* What stands out about brackets. */
#include "tui/marks.h"

#include "base/alloc.h"
#include "base/vec.h"
#include "ledger/status.h"

#include <string.h>

static bool is_for(const struct bk_position *position)
{
	return strcmp(position->act, "support") == 0 || strcmp(position->act, "propose") == 0 ||
	       strcmp(position->act, "accept") == 0;
}

static bool is_against(const struct bk_position *position)
{
	return strcmp(position->act, "object") == 0 || strcmp(position->act, "reserve") == 0 ||
	       position->condition_count > 0;
}

static uint8_t marks_of(const struct bk_marks_source *source, uint32_t bracket, bool events)
{
	size_t count;
	const struct bk_position *const list = bk_positions_of(source->positions, bracket, &count);
	uint8_t marks = 0;
	bool wanted = false, opposed = false;
	for (size_t i = 0; i < count; i++) {
		wanted = wanted || (is_for(&list[i]) && strcmp(list[i].source, "text") != 0);
		opposed = opposed || is_against(&list[i]);
	}
	marks |= (uint8_t)(count > 0 ? BK_MARK_SPOKEN : 0);
	marks |= (uint8_t)(wanted && !opposed ? BK_MARK_RIPE : 0);
	if (source->party != NULL && count > 0 &&
		bk_positions_blocks(source->positions, bracket, source->party, source->roster))
		marks |= BK_MARK_BLOCKS;
	if (!events)
		return marks;
	const enum bk_span_status status = bk_status_of(source->binding, source->ledger, bracket, NULL);
	if (bk_span_status_agreed(status))
		marks |= BK_MARK_AGREED;
	return marks;
}

/* True when a heading begins inside the bracket. */
static bool crosses_heading(const struct bk_bracket *bracket, const size_t *headings, size_t count)
{
	const size_t low = BK_SEARCH(i, count, headings[i] <= bracket->start);
	return low < count && headings[low] < bracket->end;
}

static uint8_t *make_shades(const bk_draft *draft)
{
	size_t count, node_count, heading_count = 0;
	const struct bk_bracket *const brackets = bk_draft_brackets(draft, &count);
	const struct bk_node *const nodes = bk_draft_nodes(draft, &node_count);
	size_t *const headings = bk_calloc(node_count + 1, sizeof *headings);
	uint8_t *const shades = bk_calloc(count + 1, 1);
	for (size_t i = 0; i < node_count && headings != NULL; i++)
		if (nodes[i].kind == BK_NODE_HEADING)
			headings[heading_count++] = nodes[i].offset;
	for (size_t i = 0; i < count && shades != NULL; i++) {
		const uint32_t parent = brackets[i].parent;
		const uint8_t outer = parent != BK_NONE ? shades[parent] : 0;
		const bool counts =
			headings != NULL && !crosses_heading(&brackets[i], headings, heading_count);
		shades[i] = outer < 200 ? (uint8_t)(outer + counts) : outer;
	}
	bk_free(headings);
	return shades;
}

static bool is_disputed(const struct bk_bracket *bracket)
{
	return bracket->class == BK_CLASS_DISPUTED && !bracket->brace;
}

/* An open point: disputed, and not agreed. */
static bool is_open(const struct bk_bracket *bracket, const uint8_t *marks, size_t index)
{
	return is_disputed(bracket) && (marks == NULL || !(marks[index] & BK_MARK_AGREED));
}

void bk_marks_sum(struct bk_marks *marks, const bk_draft *draft)
{
	size_t count;
	const struct bk_bracket *const brackets = bk_draft_brackets(draft, &count);
	marks->open = bk_calloc(count + 1, sizeof *marks->open);
	marks->blocks = bk_calloc(count + 1, sizeof *marks->blocks);
	for (size_t i = 0; i < count && marks->open != NULL && marks->blocks != NULL; i++) {
		const bool blocks = marks->marks != NULL && (marks->marks[i] & BK_MARK_BLOCKS) != 0;
		marks->open[i + 1] = marks->open[i] + is_open(&brackets[i], marks->marks, i);
		marks->blocks[i + 1] = marks->blocks[i] + blocks;
	}
}

void bk_marks_make(struct bk_marks *out, const struct bk_marks_source *source)
{
	size_t count, events, faults;
	const struct bk_bracket *const brackets = bk_draft_brackets(source->draft, &count);
	bk_draft_unmatched(source->draft, &faults);
	bk_ledger_events(source->ledger, &events);
	uint8_t *const marks = bk_calloc(count + 1, 1);
	*out = (struct bk_marks){
		.marks = marks, .shades = make_shades(source->draft), .tally = {.faults = faults}};
	for (size_t i = 0; i < count && marks != NULL; i++) {
		if (!is_disputed(&brackets[i]))
			continue;
		marks[i] = marks_of(source, (uint32_t)i, events > 0);
		out->tally.open += is_open(&brackets[i], marks, i);
		out->tally.blocks += (marks[i] & BK_MARK_BLOCKS) != 0;
		out->tally.ripe += (marks[i] & BK_MARK_RIPE) != 0;
	}
	bk_marks_sum(out, source->draft);
}

uint32_t bk_marks_open_in(const struct bk_marks *marks, const bk_draft *draft, const struct bk_node *node)
{
	if (marks->open == NULL)
		return node->open;
	return marks->open[bk_draft_bracket_from(draft, node->end)] -
	       marks->open[bk_draft_bracket_from(draft, node->start)];
}

void bk_marks_release(struct bk_marks *marks)
{
	bk_free(marks->marks);
	bk_free(marks->shades);
	bk_free(marks->open);
	bk_free(marks->blocks);
	*marks = (struct bk_marks){0};
}
