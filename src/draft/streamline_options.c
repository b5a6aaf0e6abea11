/*
 * Numbering the options of a family in order, each in the style that it has.
 *
 *	Option 1:  Option 3:  Option 3:     ->   Option 1:  Option 2:  Option 3:
 *	Option I:  Option III:              ->   Option I:  Option II:
 *	Option 0:  Option 2:                ->   Option 0:  Option 1:        (0 stands for no text)
 *	Option 1:  Option 1 bis:            ->   as it is
 *
 * A series is the options of one word and one style below one parent.  It begins anew with an option that is the
 * first of its kind by name, so that an option named like the one before it goes on with the same series.  Names of
 * several parts, "1 (a)", and those that are in brackets are left alone, and count for nothing.
 *
 * No name of an option that stands elsewhere in the text may come to mean another option: the series of those that it
 * may mean are left as they are, for which of several is meant, a person knows.
 */
#include "base/buf.h"
#include "base/error.h"
#include "draft/lexicon.h"
#include "draft/option.h"
#include "draft/streamline_private.h"

enum { FARTHEST = 200 }; /* options between two of a series */

struct option {
	uint32_t node;
	uint8_t word, style;
	struct bk_span number; /* its digits or letters */
	uint32_t was, is;
	bool suffix; /* "1 bis": shares the number of the one before */
	size_t lead; /* the first of its series */
	size_t next; /* of its series; SIZE_MAX for the last */
	bool held;   /* of the first: the series is left as it is */
};

struct numbering {
	struct bk_streamline *streamline;
	const struct bk_draft *draft;
	BK_VEC(struct option) list;
	uint32_t heading; /* the last one before */
};

/* ---- Names ------------------------------------------------------------------------------------------- */

/* The digits or letters of a name that has one part. */
static bool take_number(struct bk_str name, const struct bk_label *label, size_t *at, size_t *len)
{
	uint32_t value;

	*at = name.len > 0 && name.ptr[0] == '(' ? 1 : 0;
	*len = bk_label_number(bk_str_skip(name, *at), &value);
	if (*len == 0 && (label->style == BK_LABEL_ROMAN || label->style == BK_LABEL_ROMAN_UPPER))
		bk_label_roman(bk_str_skip(name, *at), len);
	else if (*len == 0 && *at < name.len && bk_is_alpha(name.ptr[*at]))
		*len = *at + 1 < name.len && name.ptr[*at + 1] == name.ptr[*at] ? 2 : 1;
	return *len > 0 && (*at + *len == name.len || !bk_is_alpha(name.ptr[*at + *len]));
}

/* Read the header of an option; false when it has no name that can be numbered. */
static bool read_option(const struct bk_draft *draft, uint32_t node, struct option *out)
{
	const struct bk_node *it = &draft->nodes[node];
	const size_t row = bk_snapshot_line_of(draft->snapshot, it->offset);
	const size_t start = bk_snapshot_line_start(draft->snapshot, row);
	struct bk_str line = {draft->bytes.ptr + start, bk_snapshot_line_end(draft->snapshot, row) - start};
	struct bk_option_header header;
	struct bk_lead lead;
	size_t at, len;

	if (line.len > 0 && line.ptr[line.len - 1] == '\r')
		line.len--;
	bk_lead_parse(line, &lead);
	if (!bk_option_parse(line, &lead, &header) || start + header.offset != it->offset ||
		header.word == BK_OPTION_LABEL || header.name.count != 1)
		return false;
	if (header.name.roman > 0 && header.name.style == BK_LABEL_UPPER)
		bk_label_as_roman(&header.name);
	if (!take_number((struct bk_str){line.ptr + header.end - header.name.len, header.name.len},
		    &header.name, &at, &len))
		return false;
	at += start + header.end - header.name.len;
	*out = (struct option){
		.node = node,
		.word = header.word,
		.style = header.name.style,
		.number = {at, at + len},
		.was = header.name.parts[0],
		.suffix = header.name.suffix > 0,
	};
	return true;
}

/* ---- Series ------------------------------------------------------------------------------------------ */

/* The last option of the series that an option goes on with, or SIZE_MAX. */
static size_t find_previous(const struct numbering *numbering, const struct option *option)
{
	const struct bk_node *nodes = numbering->draft->nodes;
	const size_t count = numbering->list.len, from = count > FARTHEST ? count - FARTHEST : 0;

	if (option->was <= 1 && !option->suffix)
		return SIZE_MAX;
	for (size_t i = count; i-- > from;) {
		const struct option *it = &numbering->list.items[i];

		if (nodes[it->node].parent == nodes[option->node].parent && it->word == option->word &&
			it->style == option->style)
			return i;
	}
	return SIZE_MAX;
}

/* Option 1 goes on with Option 0. */
static size_t find_zero(const struct numbering *numbering, const struct option *option)
{
	const size_t count = numbering->list.len;
	const struct bk_node *nodes = numbering->draft->nodes;

	if (count == 0 || option->was != 1 || option->suffix)
		return SIZE_MAX;
	const struct option *last = &numbering->list.items[count - 1];

	return last->was == 0 && last->style == option->style && last->word == option->word &&
			       nodes[last->node].parent == nodes[option->node].parent
		       ? count - 1
		       : SIZE_MAX;
}

/* Whether an option that comes before this one stands elsewhere under the same heading: then it may go on there. */
static bool is_led_from_afar(const struct numbering *numbering, const struct option *option)
{
	const size_t count = numbering->list.len, from = count > FARTHEST ? count - FARTHEST : 0;

	for (size_t i = count; i-- > from;) {
		const struct option *it = &numbering->list.items[i];

		if (numbering->heading != BK_NONE && it->node < numbering->heading)
			return false;
		if (it->word == option->word && it->style == option->style && it->was < option->was)
			return true;
	}
	return false;
}

static int add_option(struct numbering *numbering, uint32_t node)
{
	struct option option, *slot;
	size_t previous;

	if (!read_option(numbering->draft, node, &option))
		return BK_OK;
	previous = find_previous(numbering, &option);
	if (previous == SIZE_MAX)
		previous = find_zero(numbering, &option);
	option.next = SIZE_MAX;
	option.lead = previous == SIZE_MAX ? numbering->list.len : numbering->list.items[previous].lead;
	if (previous != SIZE_MAX)
		option.is = numbering->list.items[previous].is + !option.suffix;
	else
		option.is = option.was <= 1 || is_led_from_afar(numbering, &option) ? option.was : 1;
	slot = BK_VEC_PUSH(&numbering->list);
	if (!slot)
		return bk_fail_memory();
	*slot = option;
	if (previous != SIZE_MAX)
		numbering->list.items[previous].next = numbering->list.len - 1;
	return BK_OK;
}

/* ---- Mentions ---------------------------------------------------------------------------------------- */

static bool is_changed(const struct option *option, char written[16])
{
	return option->was != option->is && bk_label_write(option->style, option->is, written);
}

static bool begins_with_name(struct bk_str rest, struct bk_str name)
{
	return bk_str_starts_nocase(rest, name) && (name.len == rest.len || !bk_is_word(rest.ptr[name.len]));
}

/* Whether words begin with the name that an option has, or would have: "Option 3", "Option 2". */
static bool are_name(const struct numbering *numbering, const struct option *it, struct bk_str rest)
{
	const struct bk_node *node = &numbering->draft->nodes[it->node];
	const struct bk_str word = {
		numbering->draft->bytes.ptr + node->offset, it->number.start - node->offset};
	char written[16];

	if (!is_changed(it, written))
		return false;
	return begins_with_name(rest, bk_str_of(node->label)) ||
	       (bk_str_starts_nocase(rest, word) &&
		       begins_with_name(bk_str_skip(rest, word.len), bk_str_of(written)));
}

static bool is_header(const struct bk_draft *draft, size_t offset)
{
	const uint32_t node = bk_draft_node_at(draft, offset);

	return node != BK_NONE && draft->nodes[node].offset == offset;
}

/* Leave the series of all options that a name outside of their headers may come to mean, or to mean no more. */
static int hold_named(struct numbering *numbering, size_t offset)
{
	const struct bk_draft *draft = numbering->draft;
	const struct bk_str rest = bk_str_skip(draft->bytes, offset);
	const struct option *named = NULL;
	char written[16];

	if (bk_lexicon_prefix(BK_LEXICON_OPTION, rest) == 0 || is_header(draft, offset))
		return BK_OK;
	for (size_t i = 0; i < numbering->list.len; i++) {
		const struct option *it = &numbering->list.items[i];

		if (!are_name(numbering, it, rest))
			continue;
		named = named ? named : it;
		numbering->list.items[it->lead].held = true;
	}
	if (!named)
		return BK_OK;
	is_changed(named, written);
	return bk_suggest_left(numbering->streamline, offset,
		"left: this may speak of '%s' in line %zu, which would become %s: say in other words which "
		"option is "
		"meant, then number them",
		draft->nodes[named->node].label,
		bk_snapshot_line_of(draft->snapshot, draft->nodes[named->node].offset) + 1, written);
}

static int hold_mentioned(struct numbering *numbering)
{
	const struct bk_draft *draft = numbering->draft;
	int status = BK_OK;

	for (size_t i = 0; i < draft->bytes.len && status == BK_OK; i++) {
		if (memchr("OoAaSs", draft->bytes.ptr[i], 6) &&
			(i == 0 || !bk_is_word(draft->bytes.ptr[i - 1])))
			status = hold_named(numbering, i);
	}
	return status;
}

/* ---- Suggestions ------------------------------------------------------------------------------------- */

static int put_number(struct numbering *numbering, const struct option *option, struct bk_buf *message)
{
	char written[16];

	if (!is_changed(option, written))
		return BK_OK;
	bk_buf_printf(message, "%s'%s' becomes %s", message->len > 0 ? ", " : "",
		numbering->draft->nodes[option->node].label, written);
	return bk_suggest_change(numbering->streamline, option->number, bk_str_of(written));
}

/* The first bracket in an option that comes to have another number. */
static uint32_t first_bracket(const struct numbering *numbering, size_t first)
{
	uint32_t bracket = BK_NONE;
	char written[16];

	for (size_t i = first; i != SIZE_MAX && bracket == BK_NONE; i = numbering->list.items[i].next) {
		const struct bk_node *node = &numbering->draft->nodes[numbering->list.items[i].node];

		if (is_changed(&numbering->list.items[i], written))
			bracket = bk_suggest_bracket(
				numbering->streamline, (struct bk_span){node->start, node->end});
	}
	return bracket;
}

/* One series, from its first option to the end of its last. */
static int suggest(struct numbering *numbering, size_t first)
{
	const struct bk_node *nodes = numbering->draft->nodes;
	struct bk_buf message = BK_BUF_INIT;
	struct bk_span span = {nodes[numbering->list.items[first].node].start, 0};
	const uint32_t bracket = first_bracket(numbering, first);
	int status = bk_suggest_begin(numbering->streamline);

	for (size_t i = first; i != SIZE_MAX && status == BK_OK; i = numbering->list.items[i].next) {
		status = put_number(numbering, &numbering->list.items[i], &message);
		span.end = nodes[numbering->list.items[i].node].end;
	}
	if (status == BK_OK)
		status = bk_buf_status(&message);
	if (status == BK_OK && bracket != BK_NONE)
		status = bk_suggest_heir(numbering->streamline, bracket, bracket);
	if (status == BK_OK && message.len > 0)
		status = bk_suggest(numbering->streamline, span, bracket, "number the options in order: %s",
			bk_buf_string(&message));
	bk_buf_release(&message);
	return status;
}

int bk_streamline_options(bk_streamline *streamline)
{
	struct numbering numbering = {
		.streamline = streamline, .draft = streamline->draft, .heading = BK_NONE};
	bool any = false;
	char written[16];
	int status = BK_OK;

	for (uint32_t i = 0; i < streamline->draft->node_count && status == BK_OK; i++) {
		if (streamline->draft->nodes[i].kind == BK_NODE_HEADING)
			numbering.heading = i;
		if (streamline->draft->nodes[i].kind == BK_NODE_OPTION)
			status = add_option(&numbering, i);
	}
	for (size_t i = 0; i < numbering.list.len && !any; i++)
		any = is_changed(&numbering.list.items[i], written);
	if (status == BK_OK && any)
		status = hold_mentioned(&numbering);
	for (size_t i = 0; i < numbering.list.len && status == BK_OK; i++) {
		if (numbering.list.items[i].lead == i && !numbering.list.items[i].held)
			status = suggest(&numbering, i);
	}
	BK_VEC_RELEASE(&numbering.list);
	return status;
}
