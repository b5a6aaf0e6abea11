/*
 * Renumbering: paragraphs in order, and with them what refers to them.
 *
 *	3.  3 bis.  5. ... "paragraph 5"      3.  4.  5. ... "paragraph 5"
 *	7.  7 bis.  9. ... "paragraph 7 bis"  7.  8.  9. ... "paragraph 8"
 *
 * A reference to a paragraph is looked up as check does: under the heading it stands under, where that has numbers
 * from 1 on, else in the whole text; "Article 4, paragraph 3" under the one heading that is Article 4.  Of several
 * paragraphs, those of the reference's own option are meant.  Where it could still be more than one, and these come to
 * have different numbers, it is left, and told.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "draft/label.h"
#include "draft/reference.h"
#include "draft/paragraph.h"
#include "draft/streamline_private.h"

#include <stdlib.h>

enum { CANDIDATES_MAX = 64, QUOTED = 40 };

/* A replacement for the suggestion of one series. */
struct edit {
	size_t series;
	struct bk_span span;
	const char *text;
	bool reference;
};

struct renumber {
	struct bk_streamline *streamline;
	const struct bk_draft *draft;
	struct bk_paragraphs paragraphs;
	uint32_t *sorted; /* paragraphs by number, suffix and place */
	size_t count;
	uint32_t *ends; /* behind the nodes below each node */
	bool *firsts;	/* of headings: a paragraph 1 stands under it */
	BK_VEC(struct edit) edits;
};

static int add_edit(
	struct renumber *renumber, size_t series, struct bk_span span, uint32_t number, bool reference)
{
	struct edit *slot = BK_VEC_PUSH(&renumber->edits);

	if (!slot)
		return bk_fail_memory();
	*slot = (struct edit){.series = series,
		.span = span,
		.text = bk_arena_printf(&renumber->streamline->arena, "%u", number),
		.reference = reference};
	return slot->text ? BK_OK : bk_fail_memory();
}

/* ---- Labels ------------------------------------------------------------------------------------------ */

static int edit_label(struct renumber *renumber, const struct bk_paragraph *it)
{
	struct edit *slot;
	int status = BK_OK;

	if (it->is != it->was)
		status = add_edit(renumber, it->series, it->number, it->is, false);
	if (status < 0 || it->had == 0 || it->keeps)
		return status;
	slot = BK_VEC_PUSH(&renumber->edits);
	if (!slot)
		return bk_fail_memory();
	*slot = (struct edit){.series = it->series, .span = it->suffix, .text = ""};
	return BK_OK;
}

/* ---- Looking up -------------------------------------------------------------------------------------- */

static int compare_paragraphs(const void *a, const void *b, void *context)
{
	const struct bk_paragraph *list = context;
	const struct bk_paragraph *x = &list[*(const uint32_t *)a], *y = &list[*(const uint32_t *)b];

	if (x->was != y->was)
		return x->was < y->was ? -1 : 1;
	if (x->had != y->had)
		return x->had < y->had ? -1 : 1;
	return x->node < y->node ? -1 : x->node > y->node;
}

/* Those that a reference can mean: no alternatives, and none that stand below others. */
static void sort_paragraphs(struct renumber *renumber)
{
	const struct bk_paragraph *list = renumber->paragraphs.list.items;

	for (uint32_t i = 0; i < renumber->paragraphs.list.len; i++) {
		if (!list[i].below && !list[i].alternative)
			renumber->sorted[renumber->count++] = i;
	}
	if (renumber->count > 0)
		qsort_r(renumber->sorted, renumber->count, sizeof *renumber->sorted, compare_paragraphs,
			renumber->paragraphs.list.items);
}

static void mark_firsts(struct renumber *renumber)
{
	const struct bk_draft *draft = renumber->draft;

	for (size_t i = 0; i < renumber->count; i++) {
		const struct bk_paragraph *it = &renumber->paragraphs.list.items[renumber->sorted[i]];

		for (uint32_t up = it->node; it->was == 1 && up != BK_NONE; up = draft->nodes[up].parent)
			renumber->firsts[up] |= draft->nodes[up].kind == BK_NODE_HEADING;
	}
}

static void find_ends(struct renumber *renumber)
{
	const struct bk_node *nodes = renumber->draft->nodes;

	for (size_t i = renumber->draft->node_count; i-- > 0;) {
		const uint32_t parent = nodes[i].parent;

		if (renumber->ends[i] < i + 1)
			renumber->ends[i] = (uint32_t)i + 1;
		if (parent != BK_NONE && renumber->ends[parent] < renumber->ends[i])
			renumber->ends[parent] = renumber->ends[i];
	}
}

static int prepare(struct renumber *renumber)
{
	const size_t nodes = renumber->draft->node_count;

	renumber->sorted = bk_calloc(renumber->paragraphs.list.len + 1, sizeof *renumber->sorted);
	renumber->ends = bk_calloc(nodes + 1, sizeof *renumber->ends);
	renumber->firsts = bk_calloc(nodes + 1, sizeof *renumber->firsts);
	if (!renumber->sorted || !renumber->ends || !renumber->firsts)
		return bk_fail_memory();
	sort_paragraphs(renumber);
	mark_firsts(renumber);
	find_ends(renumber);
	return BK_OK;
}

/* Whether a heading is called "Article 4 bis". */
static bool is_article(const struct bk_node *node, const struct bk_reference_number *number)
{
	struct bk_str label = bk_str_of(node->label);
	uint32_t value = 0, suffix = 0;

	if (node->kind != BK_NODE_HEADING || !bk_str_starts_nocase(label, BK_STR("article")))
		return false;
	label = bk_str_trim(bk_str_skip(label, 7));
	label = bk_str_trim(bk_str_skip(label, bk_label_number(label, &value)));
	bk_label_suffix(label, &suffix);
	return value == number->value && suffix == number->suffix;
}

/* The nodes among which a reference is looked up: those below a heading, or all.  False when there are none. */
static bool find_scope(
	const struct renumber *renumber, const struct bk_reference *reference, uint32_t *from, uint32_t *to)
{
	const struct bk_draft *draft = renumber->draft;
	uint32_t node = bk_draft_node_at(draft, reference->word), heading = BK_NONE;

	*from = 0;
	*to = (uint32_t)draft->node_count;
	if (reference->has_article) {
		for (uint32_t i = 0; i < draft->node_count; i++) {
			if (!is_article(&draft->nodes[i], &reference->of))
				continue;
			if (heading != BK_NONE)
				return false;
			heading = i;
		}
		if (heading == BK_NONE)
			return false;
	}
	for (; heading == BK_NONE && node != BK_NONE; node = draft->nodes[node].parent) {
		if (renumber->firsts[node])
			heading = node;
	}
	if (heading != BK_NONE) {
		*from = heading;
		*to = renumber->ends[heading];
	}
	return true;
}

static uint32_t option_above(const struct bk_draft *draft, uint32_t node)
{
	while (node != BK_NONE && draft->nodes[node].kind == BK_NODE_PROVISION)
		node = draft->nodes[node].parent;
	return node != BK_NONE && draft->nodes[node].kind == BK_NODE_OPTION ? node : BK_NONE;
}

/* What a number of a reference may mean. */
struct meant {
	const struct bk_paragraph *one;
	bool several; /* with different numbers to come */
	bool changes; /* one of them */
};

static void add_meant(struct meant *meant, const struct bk_paragraph *it)
{
	if (meant->one && (meant->one->is != it->is || meant->one->keeps != it->keeps))
		meant->several = true;
	if (!meant->one)
		meant->one = it;
	meant->changes |= bk_paragraph_changes(it);
}

static bool comes_before(
	const struct bk_paragraph *it, const struct bk_reference_number *number, uint32_t node)
{
	if (it->was != number->value)
		return it->was < number->value;
	return it->had != number->suffix ? it->had < number->suffix : it->node < node;
}

/* What a number means among the nodes from..to: what stands in the option of the reference, else anything there. */
static struct meant look_up(const struct renumber *renumber, const struct bk_reference_number *number,
	uint32_t option, uint32_t from, uint32_t to)
{
	const struct bk_paragraph *list = renumber->paragraphs.list.items;
	size_t at = BK_SEARCH(i, renumber->count, comes_before(&list[renumber->sorted[i]], number, from));
	struct meant near = {0}, all = {0};

	for (size_t seen = 0; at < renumber->count; at++) {
		const struct bk_paragraph *it = &list[renumber->sorted[at]];

		if (it->was != number->value || it->had != number->suffix || it->node >= to)
			break;
		if (++seen > CANDIDATES_MAX)
			all.several = near.several = true;
		if (seen > CANDIDATES_MAX)
			break;
		add_meant(&all, it);
		if (option != BK_NONE && it->node > option && it->node < renumber->ends[option])
			add_meant(&near, it);
	}
	return near.one ? near : all;
}

/* ---- References -------------------------------------------------------------------------------------- */

static int edit_number(struct renumber *renumber, const struct bk_reference *reference,
	const struct bk_reference_number *number, const struct meant *meant)
{
	const struct bk_span digits = {number->name.start, number->name.start + number->digits};
	const size_t len = reference->end - reference->word;

	if (!meant->changes)
		return BK_OK;
	if (meant->several)
		return bk_suggest_left(renumber->streamline, number->span.start,
			"left: of '%.*s' it is not certain which paragraph is meant",
			(int)(len > QUOTED ? QUOTED : len), renumber->draft->bytes.ptr + reference->word);
	return add_edit(renumber, meant->one->series,
		number->suffix > 0 && !meant->one->keeps ? number->name : digits, meant->one->is, true);
}

static int edit_reference(struct renumber *renumber, const struct bk_reference *reference)
{
	uint32_t from, to;
	const uint32_t option =
		option_above(renumber->draft, bk_draft_node_at(renumber->draft, reference->word));
	int status = BK_OK;

	if (!find_scope(renumber, reference, &from, &to))
		return BK_OK;
	for (size_t i = 0; i < reference->count && status == BK_OK; i++) {
		const struct meant meant = look_up(renumber, &reference->numbers[i], option, from, to);

		status = edit_number(renumber, reference, &reference->numbers[i], &meant);
	}
	return status;
}

static int edit_all(struct renumber *renumber)
{
	struct bk_reference reference;
	int status = BK_OK;

	for (size_t i = 0; i < renumber->paragraphs.list.len && status == BK_OK; i++)
		status = edit_label(renumber, &renumber->paragraphs.list.items[i]);
	for (size_t i = 0; i < renumber->draft->bytes.len && renumber->edits.len > 0 && status == BK_OK;
		i++) {
		if (bk_reference_read(renumber->draft, i, &reference) && !reference.article)
			status = edit_reference(renumber, &reference);
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
static struct bk_span *find_spans(struct renumber *renumber)
{
	struct bk_span *spans =
		bk_arena_array(&renumber->streamline->arena, renumber->paragraphs.series + 1, sizeof *spans);

	for (size_t i = 0; spans && i < renumber->paragraphs.list.len; i++) {
		const struct bk_paragraph *it = &renumber->paragraphs.list.items[i];
		const struct bk_node *node = &renumber->draft->nodes[it->node];

		if (spans[it->series].end == 0)
			spans[it->series].start = node->start;
		if (spans[it->series].end < node->end)
			spans[it->series].end = node->end;
	}
	return spans;
}

/* The first label of a series that changes. */
static const struct bk_paragraph *first_changed(const struct renumber *renumber, size_t series)
{
	const struct bk_paragraph *list = renumber->paragraphs.list.items;
	size_t i = 0;

	while (list[i].series != series || !bk_paragraph_changes(&list[i]))
		i++;
	return &list[i];
}

static size_t count_changed(const struct renumber *renumber, size_t series)
{
	size_t count = 0;

	for (size_t i = 0; i < renumber->paragraphs.list.len; i++) {
		const struct bk_paragraph *it = &renumber->paragraphs.list.items[i];

		count += it->series == series && bk_paragraph_changes(it);
	}
	return count;
}

static int suggest(struct renumber *renumber, const struct edit *edits, size_t count, struct bk_span span)
{
	const struct bk_paragraph *first = first_changed(renumber, edits->series);
	const size_t changed = count_changed(renumber, edits->series);
	size_t references = 0;
	int status = bk_suggest_begin(renumber->streamline);

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		references += edits[i].reference;
		status = bk_suggest_change(renumber->streamline, edits[i].span, bk_str_of(edits[i].text));
	}
	if (status < 0)
		return status;
	return bk_suggest(renumber->streamline, span, BK_NONE,
		"renumber %zu paragraph%s, '%s' becoming %u%s, and %zu reference%s", changed,
		changed == 1 ? "" : "s", renumber->draft->nodes[first->node].label, first->is,
		changed == 1 ? "" : " and so on", references, references == 1 ? "" : "s");
}

static int suggest_all(struct renumber *renumber)
{
	const struct bk_span *spans = find_spans(renumber);
	const size_t count = renumber->edits.len;
	int status = spans ? BK_OK : bk_fail_memory();

	if (count > 0)
		qsort(renumber->edits.items, count, sizeof *renumber->edits.items, compare_edits);
	for (size_t first = 0, end; first < count && status == BK_OK; first = end) {
		const struct edit *edits = &renumber->edits.items[first];

		for (end = first + 1; end < count && renumber->edits.items[end].series == edits->series;
			end++)
			;
		status = suggest(renumber, edits, end - first, spans[edits->series]);
	}
	return status;
}

int bk_streamline_renumber(bk_streamline *streamline)
{
	struct renumber renumber = {.streamline = streamline, .draft = streamline->draft};
	int status = bk_paragraphs_number(
		&renumber.paragraphs, streamline->draft, streamline->terms.keep_suffixes);

	if (status == BK_OK)
		status = prepare(&renumber);
	if (status == BK_OK)
		status = edit_all(&renumber);
	if (status == BK_OK)
		status = suggest_all(&renumber);
	bk_paragraphs_release(&renumber.paragraphs);
	BK_VEC_RELEASE(&renumber.edits);
	bk_free(renumber.sorted);
	bk_free(renumber.ends);
	bk_free(renumber.firsts);
	return status;
}
