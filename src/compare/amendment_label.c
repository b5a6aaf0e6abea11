/* Labels that paragraphs begin with: each is one, and goes with the words behind it. */
#include "compare/amendment_private.h"
#include "draft/label.h"

enum {
	LABEL = 8, /* tokens that a label has at most */
};

size_t bk_gap_count_label(const struct bk_gap_side *side, size_t first)
{
	const struct bk_paragraph *paragraph = &side->tokens->paragraphs.items[side->owners.items[first]];
	struct bk_str line = bk_part(side->tokens->bytes, paragraph->start, paragraph->end);
	struct bk_label label;
	struct bk_lead lead;
	size_t end, count = 0;

	line.len = bk_str_find(line, '\n');
	bk_lead_parse(line, &lead);
	if (lead.hashes || lead.brackets || !bk_label_parse(bk_str_skip(line, lead.len), &label))
		return 0;
	end = paragraph->start + lead.len + label.len;
	while (count < LABEL && first + count < side->items.len &&
		side->items.items[first + count].end <= end)
		count++;
	return count;
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
