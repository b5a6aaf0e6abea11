/*
 * The stack of what is open: opening, closing, and where headings go.
 */
#include "draft/nest.h"

#include "base/error.h"
#include "draft/heading.h"
#include "draft/option.h"
#include "draft/siblings.h"

/* ---- Columns and keys ----------------------------------------------------------------------------- */

bool bk_nest_comparable(const struct bk_item *a, const struct bk_item *b)
{
	return a->page == b->page && !a->labelled && !b->labelled;
}

/* Provisions and alternatives of labels: what a label leads. */
bool bk_nest_is_led(const struct bk_item *item)
{
	return item->kind == BK_NODE_PROVISION ||
	       (item->kind == BK_NODE_OPTION && item->word == BK_OPTION_LABEL);
}

/* Labels of one list: the same kind of number in the same dress; OP1 and 1 number the same paragraphs. */
bool bk_nest_same_list(const struct bk_label *a, const struct bk_label *b)
{
	const uint8_t left = a->style == BK_LABEL_OPERATIVE ? BK_LABEL_ARABIC : a->style;
	const uint8_t right = b->style == BK_LABEL_OPERATIVE ? BK_LABEL_ARABIC : b->style;
	const uint8_t left_close = a->close == BK_LABEL_DOT ? BK_LABEL_BARE : a->close;
	const uint8_t right_close = b->close == BK_LABEL_DOT ? BK_LABEL_BARE : b->close;

	return left == right && left_close == right_close && a->count == b->count;
}

/* ---- Brackets ------------------------------------------------------------------------------------- */

/* The first word or bracket from at to the end of its line, or SIZE_MAX when nothing but closing marks stands there: a
 * bracket round a block ends so, one that closes amid a sentence is misplaced. */
static size_t find_in_line(const struct bk_nest *nest, size_t at)
{
	const struct bk_str bytes = nest->draft->bytes;

	for (; at < bytes.len && bytes.ptr[at] != '\n'; at++) {
		if (bk_is_word(bytes.ptr[at]) || bytes.ptr[at] == '[')
			return at;
	}
	return SIZE_MAX;
}

/* Where the innermost bracket that holds offset and reaches beyond `after` ends with the names behind it; SIZE_MAX
 * when none does. */
static size_t limit_at(struct bk_nest *nest, size_t offset, size_t after)
{
	const struct bk_bracket *brackets = nest->draft->brackets;
	size_t from = 0, word = 0; /* the first in its line from there on */

	while (nest->next_bracket < nest->draft->bracket_count &&
		brackets[nest->next_bracket].start <= offset) {
		if (!brackets[nest->next_bracket].brace)
			nest->bracket = (uint32_t)nest->next_bracket;
		nest->next_bracket++;
	}
	while (nest->bracket != BK_NONE && brackets[nest->bracket].end <= offset)
		nest->bracket = brackets[nest->bracket].parent;
	for (uint32_t i = nest->bracket; i != BK_NONE; i = brackets[i].parent) {
		size_t end;

		if (brackets[i].end <= after + 1)
			continue;
		end = bk_siblings_end(nest->draft, i);
		/* of a row of closes each has the same word behind it */
		if (end >= from && end <= word)
			continue;
		from = end;
		word = find_in_line(nest, end);
		if (word == SIZE_MAX)
			return end;
	}
	return SIZE_MAX;
}

bool bk_nest_is_blank(const struct bk_nest *nest, size_t from, size_t to)
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
void bk_nest_end(struct bk_nest *nest, const struct bk_open *open, size_t at, bool same)
{
	struct bk_node *node = &nest->nodes.items[open->node];

	node->end = at;
	if (open->limit < at && !(same && !bk_nest_is_blank(nest, open->limit, at)))
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

void bk_nest_pop(struct bk_nest *nest, size_t depth, size_t at)
{
	while (nest->depth > depth)
		bk_nest_end(nest, &nest->stack[--nest->depth], at, false);
}

/* Lay aside an option whose bracket has closed: it opens nothing more, but its family may go on. */
void bk_nest_lay_aside(struct bk_nest *nest, size_t at)
{
	const struct bk_open *top = &nest->stack[nest->depth - 1];

	nest->dormant[nest->depth - 1] = *top;
	bk_nest_end(nest, top, at, false);
	nest->depth--;
}

/* ---- Opening -------------------------------------------------------------------------------------- */

#define NAME_MOST 120 /* bytes of a heading in a path */

static size_t name_len(struct bk_str name)
{
	size_t len = name.len < NAME_MOST ? name.len : NAME_MOST;

	while (len > 0 && len < name.len && ((unsigned char)name.ptr[len] & 0xC0) == 0x80)
		len--;
	return len;
}

/* The path of what is called name below the parent at depth - 1; the node's label is its tail. */
static bool make_path(struct bk_nest *nest, size_t depth, struct bk_str name, struct bk_node *node)
{
	static const char joint[] = " > ";
	const size_t own = name_len(name);
	const size_t above = depth > 0 ? nest->stack[depth - 1].path_len + sizeof joint - 1 : 0;
	char *path = bk_arena_room(&nest->draft->arena, above + own + 1, 1);

	if (!path)
		return false;
	if (depth > 0) {
		memcpy(path, nest->nodes.items[node->parent].path, above - (sizeof joint - 1));
		memcpy(path + above - (sizeof joint - 1), joint, sizeof joint - 1);
	}
	memcpy(path + above, name.ptr, own);
	path[above + own] = '\0';
	node->path = path;
	node->label = path + above;
	return true;
}

/* Open item on top of the stack. */
int bk_nest_push(struct bk_nest *nest, const struct bk_item *item, uint32_t family)
{
	const size_t depth = nest->depth < BK_NEST_DEPTH ? nest->depth : BK_NEST_DEPTH - 1;
	struct bk_open *open = &nest->stack[depth];
	struct bk_node node = {.start = item->start,
		.offset = item->offset,
		.behind = item->behind,
		.kind = item->kind,
		.family = family};

	bk_nest_pop(nest, depth, item->start);
	node.level = (uint32_t)depth + 1;
	node.parent = depth > 0 ? nest->stack[depth - 1].node : BK_NONE;
	node.title = item->title.len > 0 ? bk_arena_dup(&nest->draft->arena, item->title.ptr, item->title.len)
					 : "";
	if (!node.title || !make_path(nest, depth, item->name, &node) || nest->nodes.len >= BK_NONE ||
		!BK_VEC_RESERVE(&nest->nodes, 1))
		return bk_fail_memory();
	nest->nodes.items[nest->nodes.len++] = node;
	if (depth > 0 && nest->stack[depth - 1].first_child == SIZE_MAX)
		nest->stack[depth - 1].first_child = item->start;
	open->node = (uint32_t)(nest->nodes.len - 1);
	open->family = family;
	open->item = *item;
	open->first_child = SIZE_MAX;
	open->path_len = (size_t)(node.label - node.path) + name_len(item->name);
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
	const struct bk_open *top;

	if (nest->depth < 2)
		return false;
	top = &nest->stack[nest->depth - 1];
	return top->item.kind == BK_NODE_OPTION && bk_nest_is_blank(nest, top->item.text, at);
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
	bk_nest_pop(nest, depth, item->start);
	return bk_nest_push(nest, item, 0);
}

static int add_heading(struct bk_nest *nest, struct bk_item *item)
{
	size_t depth = nest->depth, heading = 0;

	if (item->rank == BK_HEADING_LETTER)
		return add_letter_heading(nest, item);
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
	bk_nest_pop(nest, depth, item->start);
	return bk_nest_push(nest, item, 0);
}

/* ---- The door ------------------------------------------------------------------------------------- */

int bk_nest_add(struct bk_nest *nest, struct bk_item *item)
{
	uint32_t family = 0;

	if (item->kind == BK_NODE_HEADING)
		return add_heading(nest, item);
	if (item->kind == BK_NODE_OPTION && item->word != BK_OPTION_LABEL)
		return bk_nest_add_option(nest, item);
	bk_nest_make_room(nest, item);
	if (item->kind == BK_NODE_OPTION) {
		int status = bk_nest_label_family(nest, item, &family);

		if (status < 0)
			return status;
	}
	return bk_nest_push(nest, item, family);
}

bool bk_nest_expects(const struct bk_nest *nest, const struct bk_label *label)
{
	struct bk_label roman = *label;

	bk_label_as_roman(&roman);
	for (size_t i = nest->depth; i-- > 0;) {
		const struct bk_open *open = &nest->stack[i];

		if (open->item.kind == BK_NODE_HEADING)
			return false;
		if (!bk_nest_is_led(&open->item))
			continue;
		if ((bk_nest_same_list(&open->item.label, label) &&
			    bk_label_follows(&open->item.label, label)) ||
			(bk_nest_same_list(&open->item.label, &roman) &&
				bk_label_follows(&open->item.label, &roman)))
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

		if (open->item.kind == BK_NODE_OPTION && bk_nest_option_score(open, &probe) > 0)
			goes_on = true;
		if (open->item.kind == BK_NODE_PROVISION && bk_nest_same_list(&open->item.label, label) &&
			bk_label_compare(&open->item.label, label) == 0)
			return goes_on;
	}
	return false;
}

/* What goes on in its children did not end with the bracket round its header: that close was misplaced. */
static void cover_children(struct bk_nest *nest)
{
	for (size_t i = nest->nodes.len; i-- > 0;) {
		const struct bk_node *node = &nest->nodes.items[i];
		struct bk_node *parent = node->parent == BK_NONE ? NULL : &nest->nodes.items[node->parent];

		if (parent && parent->end < node->end)
			parent->end = node->end;
	}
}

void bk_nest_finish(struct bk_nest *nest)
{
	bk_nest_pop(nest, 0, nest->draft->bytes.len);
	cover_children(nest);
}
