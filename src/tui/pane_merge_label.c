/* The label of the provision that words are the whole of: in their bracket, or before it in its line. */
#include "tui/pane_merge.h"

#include "base/str.h"

static bool says_nothing(struct bk_str bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if (bk_is_word(bytes.ptr[i]))
			return false;
	return true;
}

/* The label that a bracket begins with, behind its names; empty when there is none. */
static struct bk_str label_inside(const bk_draft *draft, uint32_t bracket)
{
	size_t count, len;
	const char *const bytes = bk_draft_bytes(draft, &len);
	const struct bk_bracket *const it = &bk_draft_brackets(draft, &count)[bracket];
	const struct bk_attribution *const names = bk_draft_attributions(draft, &count) + it->attribution;
	size_t start = it->start + it->open_len;
	for (uint32_t i = 0; i < it->attribution_count; i++)
		if (names[i].notation.end <= it->text.start && names[i].notation.end > start)
			start = names[i].notation.end;
	return bk_str_trim((struct bk_str){bytes + start, it->text.start - start});
}

/* The one that stands before a bracket in its line. */
static struct bk_str label_before(const bk_draft *draft, uint32_t bracket, size_t text)
{
	const struct bk_str none = {"", 0};
	size_t count, len;
	const char *const bytes = bk_draft_bytes(draft, &len);
	const uint32_t node = bk_draft_node_at(draft, text);
	if (node == BK_NONE)
		return none;
	const struct bk_node *const it = &bk_draft_nodes(draft, &count)[node];
	const struct bk_bracket *const all = bk_draft_brackets(draft, &count);
	const uint32_t around = bk_draft_bracket_at(draft, it->offset);
	const size_t open = all[bracket].start, behind = it->behind;
	/* One in a bracket that ends before is what that bracket is about. */
	if ((around != BK_NONE && all[around].end <= open) || behind > open)
		return none;
	const struct bk_str between = {bytes + behind, open - behind};
	if (!says_nothing(between) || bk_str_find(between, '\n') < between.len)
		return none;
	size_t start = it->offset;
	while (start > 0 && bk_is_emphasis(bytes[start - 1]))
		start--;
	return bk_str_trim((struct bk_str){bytes + start, open - start});
}

const char *bk_merge_label(
	const bk_draft *draft, uint32_t bracket, struct bk_span text, struct bk_arena *arena)
{
	size_t count, len;
	const char *const bytes = bk_draft_bytes(draft, &len);
	struct bk_str label = {"", 0};
	if (text.start == bk_draft_brackets(draft, &count)[bracket].text.start)
		label = label_inside(draft, bracket);
	if (label.len == 0)
		label = label_before(draft, bracket, text.start);
	if (label.len == 0)
		return "";
	const char *const words = bk_arena_printf(arena, "%.*s%s", (int)label.len, label.ptr,
		text.start < text.end && bk_is_emphasis(bytes[text.start]) ? "" : " ");
	return bk_or_empty(words);
}
