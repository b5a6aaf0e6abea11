/*
 * Numbers in brackets that open a paragraph, as a compilation has them where parties numbered differently:
 *
 *	[56.][EU: 57.] Parties shall act.        [57]
 *	                                         [EU: 58]. Parties shall see to it.
 */
#include "base/error.h"
#include "draft/label.h"
#include "draft/paragraph.h"
#include "draft/siblings.h"

enum { NEAR = 64 }; /* bytes from one number to the next of its run */

/* Whether a bracket holds a number and its dot, or the dot follows: "[56.]", "[57][EU: 58]. Parties". */
static bool holds_number(const struct bk_draft *draft, uint32_t bracket)
{
	const struct bk_bracket *b = &draft->brackets[bracket];
	const struct bk_str words =
		bk_str_trim((struct bk_str){draft->bytes.ptr + b->text.start, b->text.end - b->text.start});
	uint32_t value, suffix, last = bracket;
	size_t len = bk_label_number(words, &value);
	struct bk_str rest;

	if (len == 0 || b->brace)
		return false;
	rest = bk_str_trim(bk_str_skip(words, len));
	rest = bk_str_trim(bk_str_skip(rest, bk_label_suffix(rest, &suffix)));
	if (rest.len == 1 && rest.ptr[0] == '.')
		return true;
	for (uint32_t next = bracket; rest.len == 0 && next < draft->bracket_count; next++) {
		if (draft->brackets[next].parent == b->parent && draft->brackets[next].run == b->run)
			last = next;
		if (b->run == 0 || draft->brackets[next].start > b->end + NEAR)
			break;
	}
	rest = bk_str_skip(draft->bytes, bk_siblings_end(draft, last));
	return bk_str_starts(rest, BK_STR("."));
}

/* Whether nothing but blanks and marks stands before an offset in its line, and a line without words above. */
static bool opens_paragraph(const struct bk_draft *draft, size_t offset)
{
	size_t at = offset, lines = 0;

	while (at > 0 && lines < 2 && memchr(" \t\r\n*>-|", draft->bytes.ptr[at - 1], 9))
		lines += draft->bytes.ptr[--at] == '\n';
	return at == 0 || lines == 2;
}

static bool is_disputed_label(const struct bk_draft *draft, const struct bk_node *node)
{
	struct bk_str rest = bk_str_skip(draft->bytes, node->offset);
	struct bk_label label;

	rest.len = bk_str_find(rest, '\n');
	return node->kind == BK_NODE_PROVISION && bk_label_parse(rest, &label) && label.disputed;
}

/* The series beside an offset cannot be numbered: those of the paragraphs before and behind it, and of the text's. */
static int dispute(struct bk_paragraphs *paragraphs, size_t offset)
{
	const struct bk_paragraph *list = paragraphs->list.items;
	const size_t count = paragraphs->list.len;
	const size_t behind = BK_SEARCH(i, count, list[i].number.start < offset);
	size_t before = behind, after = behind;
	struct bk_undecided *slot = BK_VEC_PUSH(&paragraphs->undecided);

	if (!slot)
		return bk_fail_memory();
	*slot = (struct bk_undecided){.offset = offset, .kind = BK_UNDECIDED_NUMBER};
	slot->series[0] = behind > 0 ? list[behind - 1].series : 0;
	slot->series[1] = behind < count ? list[behind].series : 0;
	while (before > 0 && list[before - 1].below)
		before--;
	while (after < count && list[after].below)
		after++;
	slot->series[2] = before > 0 ? list[before - 1].series : 0;
	slot->series[3] = after < count ? list[after].series : 0;
	return BK_OK;
}

int bk_paragraphs_dispute(struct bk_paragraphs *paragraphs, const struct bk_draft *draft)
{
	int status = BK_OK;

	for (size_t i = 0; i < draft->node_count && status == BK_OK; i++) {
		if (is_disputed_label(draft, &draft->nodes[i]))
			status = dispute(paragraphs, draft->nodes[i].offset);
	}
	for (uint32_t i = 0; i < draft->bracket_count && status == BK_OK; i++) {
		const size_t start = draft->brackets[i].start;
		const uint32_t node = bk_draft_node_at(draft, start);

		if (opens_paragraph(draft, start) && holds_number(draft, i) &&
			(node == BK_NONE || !is_disputed_label(draft, &draft->nodes[node]) ||
				draft->nodes[node].offset != start))
			status = dispute(paragraphs, start);
	}
	return status;
}
