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

/* Whether words stand behind a bracket in its paragraph, and past the brackets beside it, before the next
 * provision: of `1. [G77: Developed country] Parties` the bracket holds a part alone. */
static bool goes_on(const bk_draft *draft, uint32_t bracket, uint32_t node)
{
	size_t count, node_count, len;
	const char *const bytes = bk_draft_bytes(draft, &len);
	const struct bk_bracket *const all = bk_draft_brackets(draft, &count);
	const struct bk_node *const nodes = bk_draft_nodes(draft, &node_count);
	size_t at = bk_placing_whole(draft, &all[bracket]).end;
	while (node < node_count && nodes[node].start < at)
		node++;
	const size_t end = node < node_count ? nodes[node].start : len;
	for (size_t feeds = 0; at < end && feeds < 2;) {
		const uint32_t beside = bytes[at] == '[' ? bk_draft_bracket_from(draft, at) : BK_NONE;
		if (beside < count && all[beside].start == at) {
			at = bk_placing_whole(draft, &all[beside]).end;
			continue;
		}
		if (bk_is_word(bytes[at]))
			return true;
		feeds = bytes[at] == '\n' ? feeds + 1 : bk_is_space(bytes[at]) ? feeds : 0;
		at++;
	}
	return false;
}

/* The one that stands before a bracket in its line, of which the bracket is the whole. */
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
	if ((around != BK_NONE && all[around].end <= open) || behind > open || goes_on(draft, bracket, node))
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
