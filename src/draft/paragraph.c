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
 *	  those of the option before it; the text goes on from the highest;
 *	- a number far from the one before it begins anew, with what stands there.
 *
 * Without a suffix to keep, 3 bis becomes the next number.  An alternative ("7 alt") has the number of what it is an
 * alternative of, and so has a rival of the same label when both are in brackets.
 *
 * Series that begin with a 1, under a heading of their own or as a rival are numberings of their own.
 */
#include "draft/paragraph.h"

#include "base/alloc.h"
#include "base/error.h"
#include "draft/label.h"

enum {
	FAR = 9,	/* numbers that are left out at most within a series */
	FARTHEST = 200, /* and at all: more are a year, or a misreading */
	DEEPEST = 64,
};

/* How far a series has counted. */
struct counter {
	size_t series; /* 0: it has not begun */
	size_t numbering;
	uint32_t heading; /* under which it began */
	size_t last;	  /* its last paragraph that is no alternative */
	uint32_t behind;  /* the node of its last paragraph */
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
	size_t numberings;
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

bool bk_paragraph_are_rivals(const struct bk_draft *draft, uint32_t a, uint32_t b)
{
	const struct bk_node *nodes = draft->nodes;

	for (size_t i = 0; i < DEEPEST && a != BK_NONE; i++, a = nodes[a].parent) {
		uint32_t up = nodes[a].kind == BK_NODE_OPTION ? b : BK_NONE;

		for (size_t n = 0; n < DEEPEST && up != BK_NONE; n++, up = nodes[up].parent) {
			if (up != a && nodes[up].kind == BK_NODE_OPTION &&
				nodes[up].family == nodes[a].family)
				return true;
		}
	}
	return false;
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
		.had = label.suffix,
		.turn = label.suffix_number};
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

/* Begin a series with what stands there; `apart`: it is a numbering of its own. */
static void begin(
	struct numbering *numbering, struct counter *counter, const struct bk_paragraph *it, bool apart)
{
	*counter = (struct counter){.series = ++numbering->out->series,
		.numbering = apart || counter->series == 0 ? ++numbering->numberings : counter->numbering,
		.heading = heading_above(numbering->draft, it->node),
		.last = SIZE_MAX,
		.is = it->was - 1,
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
	begin(numbering, counter, it, true);
}

/* ---- Counting ---------------------------------------------------------------------------------------- */

static const struct bk_paragraph *last_of(const struct numbering *numbering, const struct counter *counter)
{
	return counter->last == SIZE_MAX ? NULL : &numbering->out->list.items[counter->last];
}

static bool has_same_label(const struct bk_paragraph *a, const struct bk_paragraph *b)
{
	return a->was == b->was && a->had == b->had && a->turn == b->turn;
}

static bool shares_number(
	const struct numbering *numbering, const struct counter *counter, const struct bk_paragraph *it)
{
	const struct bk_paragraph *last = last_of(numbering, counter);

	if (!last || it->was != last->was)
		return false;
	if (it->had > 0 && it->keeps)
		return true;
	return has_same_label(it, last) && it->bracketed && last->bracketed;
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
	const struct bk_paragraph *last = last_of(numbering, counter);

	if (!last || it->was > last->was || shares_number(numbering, counter, it))
		return false;
	for (uint32_t i = counter->behind + 1; i < it->node; i++) {
		if (numbering->draft->nodes[i].kind == BK_NODE_OPTION)
			return true;
	}
	return false;
}

static bool is_far(
	const struct numbering *numbering, const struct counter *counter, const struct bk_paragraph *it)
{
	return last_of(numbering, counter) && (it->was > counter->was + FAR || it->was + FAR < counter->was);
}

static int tell(struct numbering *numbering, const struct bk_paragraph *it, enum bk_undecided_kind kind)
{
	struct bk_undecided *slot = BK_VEC_PUSH(&numbering->out->undecided);

	if (!slot)
		return bk_fail_memory();
	*slot = (struct bk_undecided){.offset = it->number.start, .kind = kind, .series = {it->series}};
	return BK_OK;
}

/* Begin anew where the paragraph does not go on the series of its counter. */
static int find_series(struct numbering *numbering, struct counter *counter, struct bk_paragraph *it)
{
	const size_t series = counter->series;
	int status = BK_OK;

	if (it->alternative && series > 0) {
		it->series = series;
		it->numbering = counter->numbering;
		return BK_OK;
	}
	if (series == 0 || (it->was <= 1 && it->had == 0 && !shares_number(numbering, counter, it)))
		begin(numbering, counter, it, true);
	else if (counter == &numbering->counters[numbering->draft->node_count])
		pass_heading(numbering, counter, it);
	if (goes_back(numbering, counter, it)) {
		begin(numbering, counter, it, true);
	} else if (is_far(numbering, counter, it)) {
		status = tell(numbering, it, BK_UNDECIDED_FAR);
		begin(numbering, counter, it, false);
	}
	it->series = counter->series;
	it->numbering = counter->numbering;
	return status;
}

/* The paragraph that an alternative is one of: the last of its label in its series, or NULL. */
static const struct bk_paragraph *find_twin(const struct numbering *numbering, const struct bk_paragraph *it)
{
	const struct bk_paragraph *list = numbering->out->list.items;
	const size_t count = numbering->out->list.len;

	for (size_t i = count; i-- > (count > FARTHEST ? count - FARTHEST : 0);) {
		if (list[i].series == it->series && has_same_label(&list[i], it))
			return &list[i];
	}
	return NULL;
}

/* Give a paragraph its number; false when there is none for it. */
static bool count_paragraph(struct numbering *numbering, struct counter *counter, struct bk_paragraph *it)
{
	const struct bk_paragraph *last = last_of(numbering, counter);
	const struct bk_paragraph *twin = it->alternative ? find_twin(numbering, it) : NULL;

	if (it->alternative ? !twin : it->had > 0 && (!last || last->was != it->was)) {
		it->is = it->was;
		it->keeps = true;
		return false;
	}
	if (twin) {
		it->is = twin->is;
		it->keeps = twin->keeps;
		return true;
	}
	it->is = shares_number(numbering, counter, it) ? counter->is : counter->is + 1;
	counter->is = it->is;
	counter->was = it->was;
	counter->last = numbering->out->list.len;
	return true;
}

static size_t column_of(const struct bk_draft *draft, uint32_t node)
{
	const size_t start = draft->nodes[node].start;

	return start - bk_snapshot_line_start(draft->snapshot, bk_snapshot_line_of(draft->snapshot, start));
}

/*
 * Whether a paragraph below another is counted beside it: numbers that go back or stand still are read as a list of
 * the paragraph above them, but such a list begins with 1 or stands further right.
 */
static bool is_peer(const struct numbering *numbering, const struct bk_paragraph *it, uint32_t above)
{
	const struct bk_draft *draft = numbering->draft;
	struct bk_paragraph other;

	return it->was > 1 && draft->nodes[above].kind == BK_NODE_PROVISION &&
	       numbering->counters[above].series == 0 &&
	       column_of(draft, it->node) <= column_of(draft, above) &&
	       read_paragraph(numbering, above, &other);
}

static void find_parent(const struct numbering *numbering, struct bk_paragraph *it)
{
	const struct bk_node *nodes = numbering->draft->nodes;
	uint32_t up = nodes[it->node].parent;

	for (; up != BK_NONE && is_peer(numbering, it, up); up = nodes[up].parent)
		it->peer = true;
	it->parent = up;
	while (up != BK_NONE && nodes[up].kind == BK_NODE_OPTION)
		up = nodes[up].parent;
	it->below = up != BK_NONE && nodes[up].kind == BK_NODE_PROVISION;
}

static int take(struct numbering *numbering, struct bk_paragraph *it)
{
	struct counter *counter = counter_below(numbering, it->parent, it);
	struct bk_paragraph *slot;
	int status;

	/* The first of all may have any number. */
	if (numbering->out->list.len && it->was > counter->was + FARTHEST)
		return BK_OK;
	status = find_series(numbering, counter, it);
	if (status == BK_OK && !count_paragraph(numbering, counter, it))
		status =
			tell(numbering, it, it->alternative ? BK_UNDECIDED_ALTERNATIVE : BK_UNDECIDED_SUFFIX);
	if (status < 0)
		return status;
	slot = BK_VEC_PUSH(&numbering->out->list);
	if (!slot)
		return bk_fail_memory();
	*slot = *it;
	counter->behind = it->node;
	raise_above(numbering, it->parent, counter);
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

/* ---- All of them ------------------------------------------------------------------------------------- */

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
		find_parent(&numbering, &it);
		status = take(&numbering, &it);
	}
	if (status == BK_OK)
		status = bk_paragraphs_dispute(paragraphs, draft);
	bk_free(numbering.counters);
	bk_free(numbering.families);
	return status;
}

void bk_paragraphs_release(struct bk_paragraphs *paragraphs)
{
	BK_VEC_RELEASE(&paragraphs->list);
	BK_VEC_RELEASE(&paragraphs->undecided);
}
