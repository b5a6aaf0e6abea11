/* Labels that paragraphs begin with: each is one, and goes with the words behind it. */
#include "compare/amendment_private.h"
#include "draft/option.h"

enum {
	LABEL = 8, /* tokens that a label has at most */
};

/* The line that a paragraph begins with. */
static struct bk_str first_line(const struct bk_tokens *tokens, uint32_t paragraph)
{
	const struct bk_paragraph *it = &tokens->paragraphs.items[paragraph];
	struct bk_str line = bk_part(tokens->bytes, it->start, it->end);

	line.len = bk_str_find(line, '\n');
	return line;
}

/* Bytes of the line up to behind the label that it begins with; 0 when it has none. */
static size_t label_len(struct bk_str line)
{
	struct bk_label label;
	struct bk_lead lead;

	bk_lead_parse(line, &lead);
	if (lead.hashes || lead.brackets || !bk_label_parse(bk_str_skip(line, lead.len), &label))
		return 0;
	return lead.len + label.len;
}

/* Items of a paragraph, from its first one on, that end in the first bytes of its line. */
static size_t count_items(const struct bk_gap_side *side, size_t first, size_t len)
{
	const size_t end = side->tokens->paragraphs.items[side->owners.items[first]].start + len;
	size_t count = 0;

	while (count < LABEL && first + count < side->items.len &&
		side->items.items[first + count].end <= end)
		count++;
	return count;
}

size_t bk_gap_count_label(const struct bk_gap_side *side, size_t first)
{
	return count_items(side, first, label_len(first_line(side->tokens, side->owners.items[first])));
}

size_t bk_paragraph_count_label(const struct bk_tokens *tokens, uint32_t index)
{
	const struct bk_paragraph *paragraph = &tokens->paragraphs.items[index];
	const size_t end = paragraph->start + label_len(first_line(tokens, index));
	size_t count = 0;

	while (count < LABEL && paragraph->first + count < paragraph->last &&
		tokens->items.items[paragraph->first + count].end <= end)
		count++;
	return count;
}

/* Items of a paragraph that are its label, or the header of an option. */
static size_t count_opening(const struct bk_gap_side *side, size_t first)
{
	const struct bk_str line = first_line(side->tokens, side->owners.items[first]);
	struct bk_option_header option;
	struct bk_lead lead;

	bk_lead_parse(line, &lead);
	return bk_option_parse(line, &lead, &option) ? count_items(side, first, option.end)
						     : bk_gap_count_label(side, first);
}

bool bk_gap_open_alike(
	const struct bk_gap_side *side, size_t first, const struct bk_gap_side *other, size_t other_first)
{
	const size_t count = count_opening(side, first);

	if (!count || count != count_opening(other, other_first))
		return false;
	for (size_t i = 0; i < count; i++)
		if (side->items.items[first + i].number != other->items.items[other_first + i].number)
			return false;
	return true;
}

/* Whether some items stand in both texts, and some do not. */
static bool are_torn(const struct bk_gap_side *side, size_t from, size_t to)
{
	size_t lone = 0;

	for (size_t i = from; i < to; i++)
		lone += side->match.items[i] == BK_NONE;
	return lone && lone < to - from;
}

/* Whether a label stands in another paragraph than the words behind it. */
static bool is_parted(
	const struct bk_gap_side *side, const struct bk_gap_side *other, size_t first, size_t end)
{
	const uint32_t owner = side->owners.items[first], there = side->match.items[first];
	size_t i = end;

	while (i < side->items.len && side->owners.items[i] == owner && side->match.items[i] == BK_NONE)
		i++;
	return there != BK_NONE && i < side->items.len && side->owners.items[i] == owner &&
	       other->owners.items[side->match.items[i]] != other->owners.items[there];
}

void bk_gap_part_labels(
	struct bk_gap_match *gap, const struct bk_gap_side *side, const struct bk_gap_side *other)
{
	const bool many = bk_gap_are_many(gap);

	for (size_t i = 0; i < side->items.len; i++) {
		const size_t near = i + LABEL < side->items.len ? i + LABEL : side->items.len;
		size_t count;

		if (!bk_gap_is_first(side, i) || (i == 0 && gap->window && !gap->window->begins) ||
			!(many || are_torn(side, i, near)))
			continue;
		count = bk_gap_count_label(side, i);
		if (!are_torn(side, i, i + count) && !(count && many && is_parted(side, other, i, i + count)))
			continue;
		for (size_t t = i; t < i + count; t++)
			if (side->match.items[t] != BK_NONE)
				bk_gap_part(gap, side == &gap->base ? t : side->match.items[t]);
	}
}
