/* The outline: headings, provisions and options, with a bar for the open points of each. */
#include "tui/screen.h"

#include <string.h>

enum { BAR = 12 };

/* A bar of eighths, as long as value is beside most. */
static const char *bar(struct bk_arena *arena, size_t value, size_t most)
{
	static const char *const parts[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
	if (most == 0 || value == 0)
		return "";
	size_t eighths = value * BAR * 8 / most;
	eighths = eighths == 0 ? 1 : eighths;
	struct bk_buf out = BK_BUF_INIT;
	for (size_t i = 0; i < eighths / 8; i++)
		bk_buf_puts(&out, "█");
	bk_buf_puts(&out, parts[eighths % 8]);
	const char *const copy = bk_arena_dup(arena, bk_buf_string(&out), out.len);
	bk_buf_release(&out);
	return copy != NULL ? copy : "";
}

/* The first words of a provision, after its label. */
static const char *words_of(const bk_draft *draft, const struct bk_node *node, struct bk_arena *arena)
{
	size_t len;
	const char *const bytes = bk_draft_bytes(draft, &len);
	if (node->kind == BK_NODE_HEADING)
		return node->title;
	const size_t label = strlen(node->label);
	size_t at = node->offset;
	if (node->kind == BK_NODE_OPTION && label <= len - at && memcmp(bytes + at, node->label, label) == 0)
		at += label;
	while (at < len && !bk_is_space(bytes[at]))
		at++;
	size_t end = at;
	while (end < len && end < node->end && end - at < 120 && bytes[end] != '\n' && bytes[end] != '\r')
		end++;
	while (end > at && ((unsigned char)bytes[end] & 0xc0) == 0x80)
		end--;
	const struct bk_str words = bk_str_trim((struct bk_str){bytes + at, end - at});
	const char *const copy = bk_arena_dup(arena, words.ptr, words.len);
	return copy != NULL ? copy : "";
}

static void add_line(struct bk_list *list, const struct bk_desk *desk, const struct bk_node *node,
	size_t index, size_t most)
{
	const bk_draft *const draft = desk->session->draft;
	const uint32_t open = bk_marks_open_in(&desk->marks, draft, node);
	static const uint8_t roles[] = {BK_ROLE_HEADING, BK_ROLE_LABEL, BK_ROLE_PLACEHOLDER};
	struct bk_line *const line = bk_list_add(list);
	if (line == NULL)
		return;
	const int indent = node->level > 1 ? (int)(node->level - 1) * 2 : 0;
	const int shown = indent > 12 ? 12 : indent;
	const char *const label = bk_arena_printf(&list->arena, "%*s%s", shown, "", node->label);
	if (label == NULL)
		return;
	const int width = (int)strlen(label) + 1;
	bk_line_field(line, label, width > 28 ? 28 : width, (enum bk_role)roles[node->kind]);
	bk_line_field(line, node->no_text ? "no text" : words_of(draft, node, &list->arena), 0,
		node->kind == BK_NODE_HEADING ? BK_ROLE_HEADING : BK_ROLE_TEXT);
	/* what never was in brackets is clean, which is not agreed */
	bk_line_field_right(line,
		open > 0	 ? bk_arena_printf(&list->arena, "%u", open)
		: node->open > 0 ? "✓"
				 : "",
		5, open > 0 ? BK_ROLE_TEXT : BK_ROLE_GUTTER_AGREED);
	if (most > 0)
		bk_line_field(line, bar(&list->arena, open, most), BAR + 1, BK_ROLE_BARS);
	line->offset = node->offset;
	line->key = index;
	line->find = node->path;
}

/* Tab shows all, or headings alone. */
static const char *const sorts[] = {"headings", "all", NULL};

static void fill(struct bk_screen *screen, struct bk_list *list)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	const bk_draft *const draft = desk->session->draft;
	size_t count, most = 0, headings = 0;
	list->note = "the draft has no headings and no labels";
	if (draft == NULL)
		return;
	const struct bk_node *const nodes = bk_draft_nodes(draft, &count);
	for (size_t i = 0; i < count; i++) {
		const uint32_t open = bk_marks_open_in(&desk->marks, draft, &nodes[i]);
		most = open > most ? open : most;
		headings += nodes[i].kind == BK_NODE_HEADING;
	}
	/* Words before pictures where there is little room. */
	most = screen->grid.cols < 60 ? 0 : most;
	const bool all = list->sort == 1 || headings < 2;
	for (size_t i = 0; i < count; i++)
		if (all || nodes[i].kind == BK_NODE_HEADING)
			add_line(list, desk, &nodes[i], i, most);
}

const struct bk_pane bk_pane_outline = {
	.name = "outline-pane",
	.title = "Outline",
	.fill = fill,
	.sorts = sorts,
	.hints = "Enter go   type to filter   Tab headings or all   Esc close",
};
