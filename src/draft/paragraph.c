/*
 * Numbering paragraphs.
 *
 * Numbered are those whose label is one number (12. OP3 PP2), with or without a suffix.  A series is a row of them
 * that counts on:
 *
 *	- below a paragraph, those of that paragraph;
 *	- else those of the text, through its headings, beginning anew with each 1.  Where several headings begin with
 *	  1, as articles do, numbers that go back under another heading begin anew as well, with what stands there;
 *	- options are rivals: each counts on from where the first of its family did, unless its numbers go on from
 *	  those of the option before it; the text goes on from the highest.
 *
 * Without a suffix to keep, 3 bis becomes the next number.  An alternative ("7 alt"), and a rival of the same label
 * when both are in brackets, share a number.
 */
#include "draft/paragraph.h"

#include "base/alloc.h"
#include "base/error.h"
#include "draft/label.h"

enum {
	FARTHEST = 200,
	DEEPEST = 64
}; /* numbers that are left out at most: more are a year, or a misreading */

/* How far a series has counted. */
struct counter {
	size_t series;	  /* 0: it has not begun */
	uint32_t heading; /* under which it began */
	size_t last;	  /* its last paragraph */
	uint32_t is, was;
};

struct family {
	struct counter start, highest; /* as the first option found it, and as far as any has counted */
	uint32_t option;
	bool begun;
};

struct numbering {
	const struct bk_draft *draft;
	struct bk_paragraphs *out;
	struct counter *counters; /* of what stands below each node, and of the text at the end */
	struct family *families;
	size_t firsts; /* headings that begin with 1 */
	bool keep_suffixes;
};

/* ---- Reading labels ---------------------------------------------------------------------------------- */

bool bk_paragraph_is_bracketed(const struct bk_draft *draft, uint32_t node, size_t label_len)
{
	const struct bk_node *it = &draft->nodes[node];
	const struct bk_str rest = bk_str_skip(draft->bytes, it->offset);
	const struct bk_str line = {rest.ptr, bk_str_find(rest, '\n')};
	size_t at = label_len;

	while (at < line.len && (bk_is_blank(line.ptr[at]) || line.ptr[at] == '*'))
		at++;
	return (at < line.len && line.ptr[at] == '[') ||
	       (it->start < it->offset && memchr(draft->bytes.ptr + it->start, '[', it->offset - it->start));
}

/* Where the suffix stands that may go: " bis" of "3 bis.", but nothing of "3 [bis]." and "OP2 bis 3". */
static struct bk_span suffix_of(struct bk_str bytes, size_t number_end, const struct bk_label *label)
{
	size_t start = number_end, word;
	uint32_t value;
	size_t len;

	if (start < bytes.len && bytes.ptr[start] == '.')
		start++;
	for (word = start; word < bytes.len && bk_is_blank(bytes.ptr[word]); word++)
		;
	len = bk_label_suffix(bk_str_skip(bytes, word), &value);
	if (len == 0 || value != label->suffix || label->suffix_number > 0 || value == 1)
		return (struct bk_span){number_end, number_end};
	return (struct bk_span){start, word + len};
}

/* The label of a paragraph, or of an alternative of one, which is an option: "7 alt". */
static bool read_label(
	const struct bk_draft *draft, const struct bk_node *node, struct bk_str *rest, struct bk_label *label)
{
	size_t start = node->offset;
	struct bk_lead lead;

	if (node->kind == BK_NODE_HEADING)
		return false;
	if (node->kind == BK_NODE_OPTION) {
		start = bk_snapshot_line_start(
			draft->snapshot, bk_snapshot_line_of(draft->snapshot, node->offset));
		*rest = bk_str_skip(draft->bytes, start);
		bk_lead_parse((struct bk_str){rest->ptr, bk_str_find(*rest, '\n')}, &lead);
		start += lead.len;
	}
	*rest = bk_str_skip(draft->bytes, start);
	rest->len = bk_str_find(*rest, '\n');
	return bk_label_parse(*rest, label) && label->count == 1 && !label->disputed &&
	       (node->kind != BK_NODE_OPTION || (label->alt && start + label->alt_at == node->offset)) &&
	       (label->style == BK_LABEL_ARABIC || label->style == BK_LABEL_OPERATIVE ||
		       label->style == BK_LABEL_PREAMBLE);
}

static bool read_paragraph(const struct numbering *numbering, uint32_t node, struct bk_paragraph *out)
{
	const struct bk_draft *draft = numbering->draft;
	struct bk_label label;
	struct bk_str rest;
	size_t at = 0, len, number;
	uint32_t value;

	if (!read_label(draft, &draft->nodes[node], &rest, &label))
		return false;
	while (at < label.len && !bk_is_digit(rest.ptr[at]))
		at++;
	for (len = 0; at + len < label.len && bk_is_digit(rest.ptr[at + len]); len++)
		;
	if (len == 0 || bk_label_number(bk_str_skip(rest, at), &value) != len || value != label.parts[0])
		return false;
	number = (size_t)(rest.ptr - draft->bytes.ptr) + at;
	*out = (struct bk_paragraph){.node = node,
		.bracketed = bk_paragraph_is_bracketed(draft, node, label.len),
		.alternative = label.alt,
		.number = {number, number + len},
		.was = value,
		.had = label.suffix};
	if (label.suffix > 0)
		out->suffix = suffix_of(draft->bytes, out->number.end, &label);
	out->keeps = numbering->keep_suffixes || out->suffix.end == out->suffix.start;
	return true;
}

/* ---- Which series ------------------------------------------------------------------------------------ */

static uint32_t heading_above(const struct bk_draft *draft, uint32_t node)
{
	while (node != BK_NONE && draft->nodes[node].kind != BK_NODE_HEADING)
		node = draft->nodes[node].parent;
	return node;
}

static bool stands_in(const struct bk_draft *draft, uint32_t node, uint32_t above)
{
	while (node != BK_NONE && node != above)
		node = draft->nodes[node].parent;
	return node == above;
}

static void begin(
	struct numbering *numbering, struct counter *counter, const struct bk_paragraph *it, uint32_t is)
{
	*counter = (struct counter){.series = ++numbering->out->series,
		.heading = heading_above(numbering->draft, it->node),
		.last = SIZE_MAX,
		.is = is - 1,
		.was = it->was - 1};
}

/* Begin the counter of an option with the one round it: the first of a family, and its rivals, where it stood then. */
static void begin_option(struct numbering *numbering, uint32_t option, const struct counter *around,
	const struct bk_paragraph *it)
{
	struct family *family = &numbering->families[numbering->draft->nodes[option].family];
	struct counter *counter = &numbering->counters[option];

	if (!family->begun)
		*family = (struct family){.start = *around, .highest = *around, .begun = true};
	*counter = it->was > family->highest.was ? family->highest : family->start;
	family->option = option;
}

/* The counter for what stands right below a node. */
static struct counter *counter_below(
	struct numbering *numbering, uint32_t node, const struct bk_paragraph *it)
{
	const struct bk_draft *draft = numbering->draft;
	uint32_t up[DEEPEST];
	size_t depth = 0;
	struct counter *counter;

	for (; node != BK_NONE && draft->nodes[node].kind == BK_NODE_OPTION && depth < DEEPEST;
		node = draft->nodes[node].parent)
		up[depth++] = node;
	counter = &numbering->counters[node != BK_NONE && draft->nodes[node].kind == BK_NODE_PROVISION
					       ? node
					       : draft->node_count];
	while (depth-- > 0) {
		if (numbering->counters[up[depth]].series == 0 && counter->series > 0)
			begin_option(numbering, up[depth], counter, it);
		counter = &numbering->counters[up[depth]];
	}
	return counter;
}

/* Another heading than that under which the series began. */
static void pass_heading(struct numbering *numbering, struct counter *counter, const struct bk_paragraph *it)
{
	const uint32_t heading = heading_above(numbering->draft, it->node);

	if (numbering->firsts < 2 || it->was >= counter->was ||
		stands_in(numbering->draft, heading, counter->heading))
		return;
	begin(numbering, counter, it, it->was);
}

/* ---- Counting ---------------------------------------------------------------------------------------- */

static bool shares_number(
	const struct numbering *numbering, const struct counter *counter, const struct bk_paragraph *it)
{
	const struct bk_paragraph *last =
		counter->last == SIZE_MAX ? NULL : &numbering->out->list.items[counter->last];

	if (!last || it->was != last->was)
		return false;
	if (it->had == last->had)
		return it->alternative || last->alternative || (it->bracketed && last->bracketed);
	return it->had > 0 && it->keeps;
}

/* What an option counts, its family and what is round it have counted. */
static void raise_above(struct numbering *numbering, uint32_t node, const struct counter *counter)
{
	const struct bk_draft *draft = numbering->draft;

	for (; node != BK_NONE && draft->nodes[node].kind == BK_NODE_OPTION;
		node = draft->nodes[node].parent) {
		struct family *family = &numbering->families[draft->nodes[node].family];
		const uint32_t parent = draft->nodes[node].parent;
		struct counter *around =
			&numbering->counters[parent == BK_NONE || draft->nodes[parent].kind == BK_NODE_HEADING
						     ? draft->node_count
						     : parent];

		if (family->highest.series == counter->series && family->highest.is < counter->is)
			family->highest = *counter;
		if (around->series != counter->series)
			return;
		if (around->is < counter->is)
			*around = *counter;
	}
}

/* Whether numbers go back behind an option that is no part of what is numbered: it may be a rival's. */
static bool goes_back(
	const struct numbering *numbering, const struct counter *counter, const struct bk_paragraph *it)
{
	const struct bk_paragraph *last =
		counter->last == SIZE_MAX ? NULL : &numbering->out->list.items[counter->last];

	if (!last || it->was > last->was || shares_number(numbering, counter, it))
		return false;
	for (uint32_t i = last->node + 1; i < it->node; i++) {
		if (numbering->draft->nodes[i].kind == BK_NODE_OPTION)
			return true;
	}
	return false;
}

static int take(struct numbering *numbering, struct bk_paragraph *it)
{
	const uint32_t parent = numbering->draft->nodes[it->node].parent;
	struct counter *counter = counter_below(numbering, parent, it);
	struct bk_paragraph *slot;

	if (counter->series == 0 || (it->was <= 1 && it->had == 0 && !shares_number(numbering, counter, it)))
		begin(numbering, counter, it, it->was);
	else if (counter == &numbering->counters[numbering->draft->node_count])
		pass_heading(numbering, counter, it);
	if (goes_back(numbering, counter, it))
		begin(numbering, counter, it, it->was);
	if (it->was > counter->was + FARTHEST && counter->last != SIZE_MAX)
		return BK_OK;
	it->is = shares_number(numbering, counter, it) ? counter->is : counter->is + 1;
	it->series = counter->series;
	slot = BK_VEC_PUSH(&numbering->out->list);
	if (!slot)
		return bk_fail_memory();
	*slot = *it;
	counter->is = it->is;
	counter->was = it->was;
	counter->last = numbering->out->list.len - 1;
	raise_above(numbering, parent, counter);
	return BK_OK;
}

/* How many headings have a 1 that is not below a paragraph. */
static void count_firsts(struct numbering *numbering)
{
	const struct bk_draft *draft = numbering->draft;
	uint32_t last = BK_NONE;

	for (uint32_t i = 0; i < draft->node_count; i++) {
		const uint32_t parent = draft->nodes[i].parent;
		struct bk_paragraph it;

		if (parent == BK_NONE || draft->nodes[parent].kind != BK_NODE_HEADING || parent == last ||
			!read_paragraph(numbering, i, &it) || it.was != 1)
			continue;
		last = parent;
		numbering->firsts++;
	}
}

static bool is_below(const struct bk_draft *draft, uint32_t node)
{
	uint32_t up = draft->nodes[node].parent;

	while (up != BK_NONE && draft->nodes[up].kind == BK_NODE_OPTION)
		up = draft->nodes[up].parent;
	return up != BK_NONE && draft->nodes[up].kind == BK_NODE_PROVISION;
}

int bk_paragraphs_number(struct bk_paragraphs *paragraphs, const struct bk_draft *draft, bool keep_suffixes)
{
	struct numbering numbering = {.draft = draft, .out = paragraphs, .keep_suffixes = keep_suffixes};
	int status = BK_OK;

	numbering.counters = bk_calloc(draft->node_count + 1, sizeof *numbering.counters);
	numbering.families = bk_calloc(draft->node_count + 2, sizeof *numbering.families);
	if (!numbering.counters || !numbering.families)
		status = bk_fail_memory();
	if (status == BK_OK)
		count_firsts(&numbering);
	for (uint32_t i = 0; i < draft->node_count && status == BK_OK; i++) {
		struct bk_paragraph it;

		if (!read_paragraph(&numbering, i, &it))
			continue;
		it.below = is_below(draft, i);
		status = take(&numbering, &it);
	}
	bk_free(numbering.counters);
	bk_free(numbering.families);
	return status;
}

void bk_paragraphs_release(struct bk_paragraphs *paragraphs)
{
	BK_VEC_RELEASE(&paragraphs->list);
}
