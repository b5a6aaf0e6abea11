#include "app/proof_unnumbered.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/error.h"
#include "draft/cut.h"
#include "draft/draft.h"
#include "draft/footnote.h"

enum { NAME_MOST = 40 }; /* bytes of a cell that a row is called by */

static struct bk_span line_at(struct bk_str text, size_t start)
{
	return (struct bk_span){start, start + bk_str_find(bk_str_skip(text, start), '\n')};
}

/* Whether a line of a table is but the rule below its head. */
static bool is_rule(const bk_draft *draft, struct bk_span line)
{
	const struct bk_str text = draft->bytes;

	for (size_t at = line.start; at < line.end;) {
		if (text.ptr[at] == '[')
			at = bk_cut_words_at(draft, (struct bk_span){at, line.end});
		else if (text.ptr[at] && strchr("|-: \t\r]", text.ptr[at]))
			at++;
		else
			return false;
	}
	return true;
}

/* The first cell behind a bar that says something. */
static struct bk_str first_cell(struct bk_str row)
{
	struct bk_str cell = {row.ptr, 0};

	while (row.len && !cell.len) {
		row = bk_str_skip(row, 1);
		cell = bk_str_trim((struct bk_str){row.ptr, bk_str_find(row, '|')});
		row = bk_str_skip(row, bk_str_find(row, '|'));
	}
	return cell;
}

static int add(bk_unnumbered_list *list, struct bk_unnumbered unnumbered, const char *above, const char *kind,
	struct bk_str name)
{
	struct bk_buf path = BK_BUF_INIT;
	size_t len = name.len;
	int status;

	while (len > NAME_MOST || (len < name.len && ((unsigned char)name.ptr[len] & 0xC0) == 0x80))
		len--;
	if (above)
		bk_buf_printf(&path, "%s > ", above);
	bk_buf_printf(&path, "%s %.*s%s", kind, (int)len, name.ptr, len < name.len ? "…" : "");
	status = bk_buf_status(&path);
	if (status == BK_OK && !BK_VEC_RESERVE(list, 1))
		status = bk_fail_memory();
	if (status == BK_OK && !(unnumbered.path = bk_strdup(bk_buf_string(&path))))
		status = bk_fail_memory();
	if (status == BK_OK)
		*BK_VEC_PUSH(list) = unnumbered;
	bk_buf_release(&path);
	return status;
}

/* A row of a table, whose first bar stands at an offset; the rule goes with the row above it. */
static int add_row(bk_unnumbered_list *list, const bk_draft *draft, struct bk_span line, size_t bar)
{
	const uint32_t node = bk_draft_node_at(draft, line.start);
	struct bk_unnumbered *last = list->len ? &list->items[list->len - 1] : NULL;

	if (last && last->end + 1 == line.start && is_rule(draft, line)) {
		last->end = line.end;
		return BK_OK;
	}
	return add(list, (struct bk_unnumbered){line.start, bar, bar, line.end, NULL},
		node == BK_NONE ? NULL : draft->nodes[node].path, "row",
		first_cell((struct bk_str){draft->bytes.ptr + bar, line.end - bar}));
}

/* A note whose mark is the bracket with this index. */
static int add_note(bk_unnumbered_list *list, const bk_draft *draft, size_t start, uint32_t mark)
{
	const struct bk_bracket *bracket = &draft->brackets[mark];

	return add(list,
		(struct bk_unnumbered){
			start, bracket->start, bracket->end + 1, bk_footnote_end(draft, bracket), NULL},
		NULL, "note", bk_str_skip(bk_bracket_inside(draft, bracket), 1));
}

/* The bracket whose inside begins at an offset, if it is the mark of a note; or BK_NONE. */
static uint32_t mark_at(const bk_draft *draft, size_t at)
{
	const uint32_t bracket = at ? bk_draft_bracket_from(draft, at - 1) : BK_NONE;

	return bracket != BK_NONE && bracket < draft->bracket_count &&
			       draft->brackets[bracket].start + 1 == at &&
			       bk_footnote_defines(draft, &draft->brackets[bracket])
		       ? bracket
		       : BK_NONE;
}

int bk_unnumbered_find(bk_unnumbered_list *list, const bk_draft *draft)
{
	const struct bk_str text = draft->bytes;
	int status = BK_OK;

	for (size_t start = 0; start < text.len && status == BK_OK;) {
		const struct bk_span line = line_at(text, start);
		const size_t at = bk_cut_words_at(draft, line);
		const uint32_t mark = at < line.end && text.ptr[at] == '^' ? mark_at(draft, at) : BK_NONE;

		if (at < line.end && text.ptr[at] == '|')
			status = add_row(list, draft, line, at);
		else if (mark != BK_NONE)
			status = add_note(list, draft, start, mark);
		start = line.end + 1;
	}
	return status;
}

const struct bk_unnumbered *bk_unnumbered_at(const bk_unnumbered_list *list, size_t offset)
{
	const size_t behind = BK_SEARCH(at, list->len, list->items[at].start <= offset);

	return behind && offset <= list->items[behind - 1].end ? &list->items[behind - 1] : NULL;
}

void bk_unnumbered_release(bk_unnumbered_list *list)
{
	for (size_t i = 0; i < list->len; i++)
		bk_free(list->items[i].path);
	BK_VEC_RELEASE(list);
}
