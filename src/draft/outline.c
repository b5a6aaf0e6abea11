/*
 * The outline: walks the lines, asks of each whether it opens a heading, a provision or an option, and has the
 * nest put it in its place.  Looks at line starts alone, so that long lines cost a search for their end.
 *
 * Who stands in a line is none of it: names that are written, or written in another style, move no provision.
 * Text taken from a PDF wraps its lines, repeats heads and sets footnotes between: a line that is the forced
 * break of a sentence opens nothing, nor does an entry of a table of contents.
 */
#include "base/error.h"
#include "draft/conventions.h"
#include "draft/heading.h"
#include "draft/kernel.h"
#include "draft/lexicon.h"
#include "draft/nameless.h"
#include "draft/nest.h"
#include "draft/option.h"

#define WRAP_WIDTH 40 /* lines shorter than this were not wrapped */

struct walk {
	struct bk_draft *draft;
	struct bk_nest nest;
	struct bk_name_spans name_spans;
	struct bk_nameless lines[3];
	struct bk_nameless *previous, *line, *below; /* the last one that is not blank; this one; the next */
	/* Of the lines near, older ones counting less: a single one may run over the margin. */
	size_t widest, second_widest;
	bool blank_before;
	bool leaders; /* dot leaders stand somewhere in the text */
	uint32_t page;
};

const char *bk_node_kind_name(enum bk_node_kind kind)
{
	static const char *const names[] = {"heading", "provision", "option"};

	return names[kind];
}

/* ---- Lines that open nothing ------------------------------------------------------------------------ */

static size_t first_word(struct bk_str line, size_t at)
{
	size_t n = at;

	while (n < line.len && !bk_is_space(line.ptr[n]))
		n++;
	return n - at;
}

/* Whether line is the forced break of a sentence: the line before is full and ends no sentence. */
static bool is_wrapped(const struct walk *walk, struct bk_str line, const struct bk_lead *lead)
{
	const struct bk_str previous = walk->previous->text;

	if (walk->blank_before || previous.len < WRAP_WIDTH || lead->mark || lead->hashes > 0)
		return false;
	if (bk_label_may_follow(previous))
		return false;
	return previous.len + 1 + first_word(line, lead->first) >
	       (walk->second_widest > line.len ? walk->second_widest : line.len);
}

/* "on the terms of" and "Annex III": a heading that ends the sentence of the line before is cited there. */
static bool is_cited(const struct walk *walk)
{
	const struct bk_str previous = bk_str_trim(walk->previous->text);
	size_t start = previous.len;
	struct bk_str word;

	if (start == 0 || walk->blank_before)
		return false;
	while (start > 0 && bk_is_word(previous.ptr[start - 1]))
		start--;
	word = bk_str_skip(previous, start);
	return bk_lexicon_has(BK_LEXICON_PREPOSITION, word) || bk_lexicon_has(BK_LEXICON_DETERMINER, word);
}

/* A tab or two blanks behind a label: set as a label, not wrapped there. */
static bool is_set_off(struct bk_str line, size_t at)
{
	return at < line.len && (line.ptr[at] == '\t' || (line.ptr[at] == ' ' && at + 1 < line.len &&
								 bk_is_blank(line.ptr[at + 1])));
}

static bool has_leader(struct bk_str bytes)
{
	return bk_kernel_has_row('.', bytes.ptr, bytes.len);
}

/* An entry of a table of contents: dots lead to its page, perhaps lines below. */
static bool is_contents(const struct walk *walk)
{
	const char *end = walk->draft->bytes.ptr + walk->draft->bytes.len;
	const char *at = walk->draft->bytes.ptr + walk->line->end;

	if (!walk->leaders)
		return false;
	if (has_leader(walk->line->text))
		return true;

	struct bk_lead lead;
	struct bk_label label;

	for (int i = 0; i < 3 && at < end; i++) {
		const char *start = at + 1;
		const char *stop;
		struct bk_str next;

		if (start >= end)
			return false;
		stop = memchr(start, '\n', (size_t)(end - start));
		at = stop ? stop : end;
		next = (struct bk_str){start, (size_t)(at - start)};
		bk_lead_parse(next, &lead);
		if (lead.len >= next.len || bk_label_parse(bk_str_skip(next, lead.len), &label))
			return false;
		if (has_leader(next))
			return true;
	}
	return false;
}

/* ---- Items ----------------------------------------------------------------------------------------- */

static struct bk_str span_of(struct bk_str line, struct bk_span span)
{
	return (struct bk_str){line.ptr + span.start, span.end - span.start};
}

/* The offset in the text of a byte of the line, and of the end of what is not empty there. */
static size_t offset_of(const struct walk *walk, size_t at)
{
	return bk_nameless_offset(walk->line, at);
}

static size_t end_of(const struct walk *walk, size_t at)
{
	return offset_of(walk, at - 1) + 1;
}

static struct bk_item base_item(const struct walk *walk, const struct bk_lead *lead)
{
	return (struct bk_item){
		.page = walk->page, .column = lead->column, .start = offset_of(walk, lead->first)};
}

static int add_heading(
	struct walk *walk, struct bk_str line, const struct bk_lead *lead, const struct bk_heading *heading)
{
	struct bk_item item = base_item(walk, lead);

	item.kind = BK_NODE_HEADING;
	item.rank = heading->rank;
	item.offset = offset_of(walk, heading->name.start);
	item.behind = end_of(walk, heading->name.end);
	item.text = offset_of(walk, line.len);
	item.name = span_of(line, heading->name);
	item.title = span_of(line, heading->title);
	item.label = heading->number;
	return bk_nest_add(&walk->nest, &item);
}

/* What follows a label on its line is a title, not a sentence that the next line goes on with: the provision
 * is one that others stand in. */
static bool is_titled(const struct walk *walk, struct bk_str line, size_t at)
{
	if (!bk_heading_is_title(bk_str_skip(line, at)))
		return false;

	const struct bk_str next = walk->below->text;
	struct bk_label label;
	struct bk_lead lead;

	bk_lead_parse(next, &lead);
	if (lead.len >= next.len || !bk_is_lower(next.ptr[lead.len]) ||
		bk_label_parse(bk_str_skip(next, lead.len), &label))
		return true;
	/* A title of two lines breaks where its sense does, not where the line is full. */
	return line.len + 8 + first_word(next, lead.first) <= walk->widest;
}

static int add_provision(
	struct walk *walk, struct bk_str line, struct bk_item *item, size_t at, const struct bk_label *label)
{
	item->kind = label->alt ? BK_NODE_OPTION : BK_NODE_PROVISION;
	item->word = BK_OPTION_LABEL;
	item->offset = offset_of(walk, at);
	item->behind = end_of(walk, at + label->name_len);
	item->text = offset_of(walk, at + label->len);
	item->name = (struct bk_str){line.ptr + at, label->name_len};
	item->titled = is_titled(walk, line, at + label->len);
	item->label = *label;
	return bk_nest_add(&walk->nest, item);
}

/* A provision, and a second label behind the first: "7. (a) ...". */
static int add_provisions(
	struct walk *walk, struct bk_str line, const struct bk_lead *lead, const struct bk_label *label)
{
	struct bk_item item = base_item(walk, lead);
	struct bk_label second;
	size_t at;
	int status = add_provision(walk, line, &item, lead->len, label);

	if (status < 0 || !bk_label_second(line, lead->len + label->len, label, &at, &second))
		return status;
	item.start = offset_of(walk, at);
	item.column += at - lead->first;
	return add_provision(walk, line, &item, at, &second);
}

static int add_option(struct walk *walk, struct bk_str line, const struct bk_lead *lead,
	const struct bk_option_header *header)
{
	struct bk_item item = base_item(walk, lead);
	const bool labelled = header->has_label && header->word != BK_OPTION_LABEL;

	if (labelled && !bk_nest_repeats(&walk->nest, &header->label, &header->name, header->word)) {
		int status = add_provision(walk, line, &item, header->label_at, &header->label);

		if (status < 0)
			return status;
		item.start = offset_of(walk, header->label_at + header->label.len);
	}
	item.kind = BK_NODE_OPTION;
	item.word = header->word;
	item.labelled = labelled;
	item.titled = false;
	item.offset = offset_of(walk, header->offset);
	item.behind = end_of(walk, header->end);
	item.text = offset_of(walk, header->text);
	item.name = (struct bk_str){line.ptr + header->offset, header->end - header->offset};
	item.label = header->name;
	if (header->word == BK_OPTION_LABEL)
		item.name = (struct bk_str){line.ptr + header->label_at, header->label.name_len};
	return bk_nest_add(&walk->nest, &item);
}

/* ---- The walk --------------------------------------------------------------------------------------- */

/* A header that its own marks or place make sure, also behind a full line: one alone on its line is a broken
 * sentence only when the next line goes on in small letters. */
static bool is_firm(const struct walk *walk, struct bk_str line, const struct bk_lead *lead,
	const struct bk_option_header *header)
{
	struct bk_str next;
	struct bk_lead below;

	if (header->closed || header->has_label || lead->emphasis || lead->brackets > 0 ||
		is_set_off(line, header->end))
		return true;
	if (header->text < line.len)
		return false;
	next = walk->below->text;
	bk_lead_parse(next, &below);
	return below.len >= next.len || !bk_is_lower(next.ptr[below.len]);
}

#define OWN_LABEL_MOST 120 /* bytes looked at for a label of the conventions */

/* A label in the conventions' own style: "Article QQ.A.1", "MOD 5/12". */
static int read_own_label(struct walk *walk, struct bk_str line, const struct bk_lead *lead)
{
	struct bk_str rest = bk_str_skip(line, lead->len);
	struct bk_label label = {0};
	int status;

	if (!bk_is_alpha(rest.ptr[0]) && rest.ptr[0] != '(')
		return BK_OK;
	rest.len = rest.len < OWN_LABEL_MOST ? rest.len : OWN_LABEL_MOST;
	status = bk_conventions_label(walk->draft->conventions, rest, &label.len);
	if (status < 0)
		return status;
	label.name_len = label.len;
	while (label.name_len > 0 && strchr(".: ", rest.ptr[label.name_len - 1]))
		label.name_len--;
	label.base_len = label.name_len;
	if (label.name_len == 0 || is_wrapped(walk, line, lead))
		return BK_OK;
	return add_provisions(walk, line, lead, &label);
}

static int read_line(struct walk *walk, struct bk_str line, const struct bk_lead *lead)
{
	struct bk_option_header header;
	struct bk_heading heading;
	struct bk_label label;
	const bool labelled = bk_label_parse(bk_str_skip(line, lead->len), &label);

	if (bk_option_parse_at(line, lead, labelled ? &label : NULL, &header)) {
		if (!is_firm(walk, line, lead, &header) && is_wrapped(walk, line, lead))
			return BK_OK;
		return is_contents(walk) ? BK_OK : add_option(walk, line, lead, &header);
	}
	if (bk_heading_parse_at(line, lead, labelled ? &label : NULL, &heading)) {
		if (is_wrapped(walk, line, lead) || is_cited(walk) || is_contents(walk))
			return BK_OK;
		return add_heading(walk, line, lead, &heading);
	}
	if (!labelled)
		return read_own_label(walk, line, lead);
	if (!is_set_off(line, lead->len + label.len) && is_wrapped(walk, line, lead) &&
		!bk_nest_expects(&walk->nest, &label))
		return BK_OK;
	return is_contents(walk) ? BK_OK : add_provisions(walk, line, lead, &label);
}

static size_t towards(size_t width, size_t len)
{
	return len > width ? len : width - (width - len) / 32;
}

static void take_width(struct walk *walk, size_t len)
{
	if (len > walk->widest) {
		walk->second_widest = walk->widest;
		walk->widest = len;
		return;
	}
	walk->widest = towards(walk->widest, len);
	walk->second_widest = towards(walk->second_widest, len);
}

static void swap(struct bk_nameless **a, struct bk_nameless **b)
{
	struct bk_nameless *const other = *a;

	*a = *b;
	*b = other;
}

static int take_line(struct walk *walk)
{
	const struct bk_str line = walk->line->text;
	struct bk_lead lead;
	int status = BK_OK;

	if (memchr(line.ptr, '\f', line.len < 4 ? line.len : 4)) {
		walk->page++;
		walk->previous->text.len = 0;
		walk->widest = walk->second_widest = 0; /* each page has its own margin */
	}
	bk_lead_parse(line, &lead);
	if (lead.first >= line.len) {
		/* nothing but names go on with the line before */
		walk->blank_before |= walk->line->omissions.len == 0;
		return BK_OK;
	}
	if (lead.len < line.len)
		status = read_line(walk, line, &lead);
	take_width(walk, line.len);
	walk->blank_before = false;
	swap(&walk->previous, &walk->line);
	return status;
}

/* Read the line that begins at *at, which becomes where the next one does. */
static int look_below(struct walk *walk, size_t *at)
{
	const size_t end = *at + bk_str_find(bk_str_skip(walk->draft->bytes, *at), '\n');
	const int status = bk_nameless_read(&walk->name_spans, *at, end, walk->below);

	*at = end < walk->draft->bytes.len ? end + 1 : end;
	return status;
}

static int walk_lines(struct walk *walk)
{
	size_t at = 0, next = 0;
	int status = look_below(walk, &next);

	while (status == BK_OK && at < walk->draft->bytes.len) {
		swap(&walk->line, &walk->below);
		at = next;
		status = look_below(walk, &next);
		if (status == BK_OK)
			status = take_line(walk);
	}
	bk_nest_finish(&walk->nest);
	return status;
}

/* ---- What is kept ------------------------------------------------------------------------------------ */

/* Each bracket with the node it opens in. */
static void place_brackets(struct bk_draft *draft)
{
	size_t node = 0;

	for (size_t i = 0; i < draft->bracket_count; i++) {
		struct bk_bracket *const bracket = &draft->brackets[i];
		uint32_t found;

		while (node < draft->node_count && draft->nodes[node].start <= bracket->start)
			node++;
		found = node > 0 ? (uint32_t)(node - 1) : BK_NONE;
		while (found != BK_NONE && draft->nodes[found].end <= bracket->start)
			found = draft->nodes[found].parent;
		bracket->node = found;
	}
}

static int keep_nodes(struct bk_draft *draft, const struct bk_nest *nest)
{
	draft->nodes = bk_arena_room(&draft->arena, nest->nodes.len, sizeof *draft->nodes);
	if (!draft->nodes && nest->nodes.len > 0)
		return bk_fail_memory();
	if (nest->nodes.len > 0)
		memcpy(draft->nodes, nest->nodes.items, nest->nodes.len * sizeof *draft->nodes);
	draft->node_count = nest->nodes.len;
	draft->option_count = 0;
	for (size_t i = 0; i < draft->node_count; i++)
		draft->option_count += draft->nodes[i].kind == BK_NODE_OPTION;
	return BK_OK;
}

int bk_outline_build(struct bk_draft *draft)
{
	struct walk walk = {.draft = draft, .blank_before = true};
	int status = bk_name_spans_init(&walk.name_spans, draft);

	walk.nest.draft = draft;
	walk.nest.bracket = BK_NONE;
	walk.previous = &walk.lines[0];
	walk.line = &walk.lines[1];
	walk.below = &walk.lines[2];
	walk.leaders = has_leader(draft->bytes);
	if (status == BK_OK)
		status = walk_lines(&walk);
	if (status == BK_OK)
		status = keep_nodes(draft, &walk.nest);
	if (status == BK_OK)
		place_brackets(draft);
	BK_VEC_RELEASE(&walk.nest.nodes);
	bk_map_release(&walk.nest.bases);
	bk_name_spans_release(&walk.name_spans);
	for (size_t i = 0; i < sizeof walk.lines / sizeof *walk.lines; i++)
		bk_nameless_release(&walk.lines[i]);
	return status;
}
