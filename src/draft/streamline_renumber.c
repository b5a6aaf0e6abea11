/*
 * Renumbering: paragraphs in order, and with them what refers to them.
 *
 *	3.  3 bis.  5. ... "paragraph 5"      3.  4.  5. ... "paragraph 5"
 *	7.  7 bis.  9. ... "paragraph 7 bis"  7.  8.  9. ... "paragraph 8"
 *
 * What is numbered is in one suggestion with the references to it.  What cannot be is told (streamline_law.c).
 */
#include "base/error.h"
#include "draft/streamline_renumber.h"

#include <stdlib.h>

/* A replacement for the suggestion of one series. */
struct edit {
	size_t series;
	struct bk_span span;
	const char *text;
	bool reference;
};

struct edits {
	struct bk_renumber *renumber;
	const struct bk_paragraphs *paragraphs;
	BK_VEC(struct edit) list;
};

static int add_edit(struct edits *edits, const struct edit *edit)
{
	struct edit *slot = edit->text ? BK_VEC_PUSH(&edits->list) : NULL;

	if (!slot)
		return bk_fail_memory();
	*slot = *edit;
	return BK_OK;
}

static const char *write_number(struct edits *edits, uint32_t number)
{
	return bk_arena_printf(&edits->renumber->streamline->arena, "%u", number);
}

/* ---- Labels and references --------------------------------------------------------------------------- */

static int edit_label(struct edits *edits, const struct bk_paragraph *it)
{
	int status = BK_OK;

	if (it->is != it->was)
		status = add_edit(edits, &(struct edit){.series = it->series,
						 .span = it->number,
						 .text = write_number(edits, it->is)});
	if (status == BK_OK && it->had > 0 && !it->keeps)
		status =
			add_edit(edits, &(struct edit){.series = it->series, .span = it->suffix, .text = ""});
	return status;
}

/* With its suffix, when that goes. */
static int edit_number(
	struct edits *edits, const struct bk_reference *reference, const struct bk_reference_number *number)
{
	const struct bk_paragraph_name was = {number->value, number->suffix};
	struct bk_paragraph_name is;
	struct bk_meant meant;

	bk_targets_find(edits->renumber, reference, was, BK_BEFORE, &meant);
	if (!bk_targets_name(edits->renumber, &meant, &is) || bk_paragraph_name_equal(was, is))
		return BK_OK;
	return add_edit(edits, &(struct edit){.series = edits->paragraphs->list.items[meant.list[0]].series,
				       .span = {number->name.start,
					       is.suffix == was.suffix ? number->name.start + number->digits
								       : number->name.end},
				       .text = write_number(edits, is.number),
				       .reference = true});
}

static int edit_all(struct edits *edits)
{
	const struct bk_renumber *renumber = edits->renumber;
	struct bk_reference reference;
	int status = BK_OK;

	for (size_t i = 0; i < edits->paragraphs->list.len && status == BK_OK; i++)
		status = edit_label(edits, &edits->paragraphs->list.items[i]);
	for (size_t i = 0; i < renumber->references.len && edits->list.len > 0; i++) {
		bk_reference_read(renumber->draft, renumber->references.items[i], &reference);
		for (size_t n = 0; n < reference.count && status == BK_OK; n++)
			status = edit_number(edits, &reference, &reference.numbers[n]);
	}
	return status;
}

/* ---- Suggestions ------------------------------------------------------------------------------------- */

static int compare_edits(const void *a, const void *b)
{
	const struct edit *x = a, *y = b;

	if (x->series != y->series)
		return x->series < y->series ? -1 : 1;
	if (x->span.start != y->span.start)
		return x->span.start < y->span.start ? -1 : 1;
	return x->span.end < y->span.end ? -1 : x->span.end > y->span.end;
}

/* From the first paragraph of each series to the end of its last. */
static struct bk_span *find_spans(const struct edits *edits)
{
	const struct bk_paragraphs *paragraphs = edits->paragraphs;
	struct bk_span *spans =
		bk_arena_array(&edits->renumber->streamline->arena, paragraphs->series + 1, sizeof *spans);

	for (size_t i = 0; spans && i < paragraphs->list.len; i++) {
		const struct bk_paragraph *it = &paragraphs->list.items[i];
		const struct bk_node *node = &edits->renumber->draft->nodes[it->node];

		if (spans[it->series].end == 0)
			spans[it->series].start = node->start;
		if (spans[it->series].end < node->end)
			spans[it->series].end = node->end;
	}
	return spans;
}

/* How many labels of a series change; the first of them. */
static size_t count_changed(
	const struct bk_paragraphs *paragraphs, size_t series, const struct bk_paragraph **first)
{
	size_t count = 0;

	for (size_t i = 0; i < paragraphs->list.len; i++) {
		const struct bk_paragraph *it = &paragraphs->list.items[i];

		if (it->series == series && bk_paragraph_changes(it) && count++ == 0)
			*first = it;
	}
	return count;
}

/* The first bracket in a paragraph that comes to have another label. */
static uint32_t first_bracket(const struct edits *edits, size_t series)
{
	uint32_t bracket = BK_NONE;

	for (size_t i = 0; i < edits->paragraphs->list.len && bracket == BK_NONE; i++) {
		const struct bk_paragraph *it = &edits->paragraphs->list.items[i];
		const struct bk_node *node = &edits->renumber->draft->nodes[it->node];

		if (it->series == series && bk_paragraph_changes(it))
			bracket = bk_suggest_bracket(
				edits->renumber->streamline, (struct bk_span){node->start, node->end});
	}
	return bracket;
}

/* All edits of one series, which are of at least one label. */
static int suggest(const struct edits *edits, const struct edit *list, size_t count, struct bk_span span)
{
	struct bk_streamline *streamline = edits->renumber->streamline;
	const struct bk_paragraph *first = NULL;
	const size_t changed = count_changed(edits->paragraphs, list->series, &first);
	const uint32_t bracket = first_bracket(edits, list->series);
	size_t references = 0;
	int status = bk_suggest_begin(streamline);

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		references += list[i].reference;
		status = bk_suggest_change(streamline, list[i].span, bk_str_of(list[i].text));
	}
	if (status == BK_OK && bracket != BK_NONE)
		status = bk_suggest_heir(streamline, bracket, bracket);
	if (status < 0)
		return status;
	return bk_suggest(streamline, span, bracket,
		"renumber %zu paragraph%s, '%s' becoming %u%s, and %zu reference%s", changed,
		changed == 1 ? "" : "s", edits->renumber->draft->nodes[first->node].label, first->is,
		changed == 1 ? "" : " and so on", references, references == 1 ? "" : "s");
}

static int suggest_all(struct edits *edits)
{
	const struct bk_span *spans = find_spans(edits);
	const struct edit *list = edits->list.items;
	const size_t count = edits->list.len;
	int status = spans ? BK_OK : bk_fail_memory();

	if (count > 0)
		qsort(edits->list.items, count, sizeof *edits->list.items, compare_edits);
	for (size_t first = 0, end; first < count && status == BK_OK; first = end) {
		for (end = first + 1; end < count && list[end].series == list[first].series; end++)
			;
		status = suggest(edits, &list[first], end - first, spans[list[first].series]);
	}
	return status;
}

/* Numbers that stood still are read as a list of the paragraph above: when they count on, they stand beside it. */
static int tell_moves(const struct bk_renumber *renumber)
{
	bool *moves =
		bk_arena_array(&renumber->streamline->arena, renumber->draft->node_count + 1, sizeof *moves);

	for (size_t i = 0; moves && i < renumber->paragraphs.list.len; i++) {
		const struct bk_paragraph *it = &renumber->paragraphs.list.items[i];

		for (uint32_t node = it->node; it->peer && !moves[node] && node < renumber->ends[it->node];
			node++)
			moves[node] = true;
	}
	renumber->streamline->moves = moves;
	return moves ? BK_OK : bk_fail_memory();
}

int bk_streamline_renumber(bk_streamline *streamline)
{
	struct bk_renumber renumber = {.streamline = streamline, .draft = streamline->draft};
	struct edits edits = {.renumber = &renumber, .paragraphs = &renumber.paragraphs};
	int status = bk_paragraphs_number(
		&renumber.paragraphs, streamline->draft, streamline->terms.keep_suffixes);

	if (status == BK_OK)
		status = bk_targets_prepare(&renumber);
	if (status == BK_OK)
		status = bk_renumber_hold(&renumber);
	if (status == BK_OK)
		status = tell_moves(&renumber);
	if (status == BK_OK)
		status = edit_all(&edits);
	if (status == BK_OK)
		status = suggest_all(&edits);
	bk_targets_release(&renumber);
	bk_paragraphs_release(&renumber.paragraphs);
	BK_VEC_RELEASE(&edits.list);
	return status;
}
