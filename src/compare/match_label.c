/*
 * Labels, which have no words: where one stands that was in dispute, or stood already.
 *
 *	old   [5 bis.][EU: 6.] Parties act.	  5 bis. Parties act.
 *	new   6. Parties act.			  5 bis. Parties act now.
 */
#include "compare/match.h"

#include <assert.h>

enum { MOST = 256 }; /* bytes of a label */

struct settled {
	char bytes[MOST];
	size_t len;
};

/* What is put together of a label is parts of it, each once. */
static void put(struct settled *out, struct bk_str bytes)
{
	assert(bytes.len <= MOST - out->len);
	memcpy(out->bytes + out->len, bytes.ptr, bytes.len);
	out->len += bytes.len;
}

/* The outermost bracket around an offset that lies in a label; BK_NONE where none does. */
static uint32_t bracket_in(const bk_draft *draft, struct bk_span label, size_t offset)
{
	uint32_t found = BK_NONE;

	for (uint32_t at = bk_draft_bracket_at(draft, offset); at != BK_NONE; at = draft->brackets[at].parent)
		if (draft->brackets[at].start >= label.start && draft->brackets[at].end <= label.end)
			found = at;
	return found;
}

/* A label as it is when of all that stands in brackets in it nothing is left but one span, as far as that is in the
 * bracket that it begins in. */
static void write_settled(
	const bk_draft *draft, struct bk_span label, struct bk_span stands, struct settled *out)
{
	const uint32_t own = bracket_in(draft, label, stands.start);
	const struct bk_bracket *around = own == BK_NONE ? NULL : &draft->brackets[own];

	if (around && stands.start < around->start + around->open_len)
		stands.start = around->start + around->open_len;
	if (around && stands.end > around->end - around->close_len)
		stands.end = around->end - around->close_len;
	for (size_t at = label.start; at < label.end;) {
		const uint32_t bracket = bracket_in(draft, label, at);

		if (bracket == BK_NONE) {
			put(out, (struct bk_str){draft->bytes.ptr + at++, 1});
			continue;
		}
		if (bracket == own && stands.start < stands.end)
			put(out, (struct bk_str){draft->bytes.ptr + stands.start, stands.end - stands.start});
		at = draft->brackets[bracket].end;
	}
}

/* Whether two labels are the same but for blanks. */
static bool are_same(struct bk_str one, struct bk_str other)
{
	size_t i = 0, k = 0;

	for (;;) {
		while (i < one.len && bk_is_space(one.ptr[i]))
			i++;
		while (k < other.len && bk_is_space(other.ptr[k]))
			k++;
		if (i == one.len || k == other.len)
			return i == one.len && k == other.len;
		if (one.ptr[i++] != other.ptr[k++])
			return false;
	}
}

static struct bk_span label_of(const struct bk_block *block)
{
	return (struct bk_span){block->start, block->labelled ? block->text : block->start};
}

/* The label around a span of the old text, and its block; false where the span lies in none. */
static bool find_label(
	const struct bk_matches *matches, struct bk_span old, struct bk_span *label, uint32_t *block)
{
	const struct bk_blocks *was = &matches->old.blocks;

	if (!was->list.len || old.start == old.end)
		return false;
	*block = bk_blocks_at(was, old.start);
	*label = label_of(&was->list.items[*block]);
	return old.start >= label->start && old.end <= label->end;
}

/* The label that reads so, of what a block of the old text became; empty where there is none. */
static struct bk_span find_written(const struct bk_matches *matches, uint32_t block, struct bk_str wanted)
{
	const struct bk_passage *passage =
		&matches->alignment.passages.items[matches->alignment.of_old[block]];
	const char *bytes = matches->now.draft->bytes.ptr;

	for (uint32_t b = passage->new_first; b < passage->new_last; b++) {
		const struct bk_span there = label_of(&matches->now.blocks.list.items[b]);

		if (are_same((struct bk_str){bytes + there.start, there.end - there.start}, wanted))
			return there;
	}
	return (struct bk_span){0, 0};
}

/* Without the blanks around. */
static struct bk_span trim(const bk_draft *draft, struct bk_span span)
{
	const struct bk_str bytes =
		bk_str_trim((struct bk_str){draft->bytes.ptr + span.start, span.end - span.start});
	const size_t start = (size_t)(bytes.ptr - draft->bytes.ptr);

	return (struct bk_span){start, start + bytes.len};
}

bool bk_matches_label(const struct bk_matches *matches, struct bk_span old, struct bk_span *out)
{
	struct settled settled = {.len = 0};
	struct bk_span label;
	uint32_t block;

	*out = (struct bk_span){0, 0};
	if (!find_label(matches, old, &label, &block) || label.end - label.start > MOST)
		return false;
	write_settled(matches->old.draft, label, old, &settled);
	*out = trim(matches->now.draft,
		find_written(matches, block, (struct bk_str){settled.bytes, settled.len}));
	return true;
}

bool bk_matches_same_label(const struct bk_matches *matches, struct bk_span old, struct bk_span *out)
{
	struct bk_span label, there;
	uint32_t block;

	if (!find_label(matches, old, &label, &block))
		return false;
	const struct bk_str bytes = {matches->old.draft->bytes.ptr + label.start, label.end - label.start};

	there = find_written(matches, block, bytes);
	if (there.end - there.start != bytes.len)
		return false;
	*out = (struct bk_span){
		there.start + (old.start - label.start), there.start + (old.end - label.start)};
	return true;
}
