/* What paragraphs open with, as labels: each goes with the words behind it. */
#include "compare/amendment_private.h"
#include "draft/heading.h"
#include "draft/option.h"

enum {
	OPENING = 12, /* tokens that it has at most */
	HEADING = 64, /* bytes of a paragraph that may be a heading without a title */
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

/* The same of a heading with a number. */
static size_t heading_len(struct bk_str line)
{
	struct bk_heading heading;
	struct bk_lead lead;

	bk_lead_parse(line, &lead);
	return !lead.brackets && bk_heading_parse(line, &lead, &heading) && heading.number.count
		       ? heading.name.end
		       : 0;
}

/* The same of any, or of the header of an option. */
static size_t opening_len(struct bk_str line)
{
	struct bk_option_header option;
	struct bk_lead lead;
	size_t len;

	bk_lead_parse(line, &lead);
	if (bk_option_parse(line, &lead, &option))
		return option.end;
	len = heading_len(line);
	return len ? len : label_len(line);
}

/* Tokens from the first one on that end before an offset; no more than there are. */
static size_t count_before(const struct bk_token *tokens, size_t most, size_t end)
{
	size_t count = 0;

	while (count < OPENING && count < most && tokens[count].end <= end)
		count++;
	return count;
}

size_t bk_gap_count_label(const struct bk_gap_side *side, size_t first)
{
	const uint32_t owner = side->owners.items[first];

	return count_before(side->items.items + first, side->items.len - first,
		side->tokens->paragraphs.items[owner].start + label_len(first_line(side->tokens, owner)));
}

static size_t opening_of(const struct bk_tokens *tokens, uint32_t index)
{
	const struct bk_paragraph *it = &tokens->paragraphs.items[index];

	return it->opening ? it->opening : it->start + opening_len(first_line(tokens, index));
}

void bk_paragraph_find_opening(struct bk_tokens *tokens, uint32_t index)
{
	tokens->paragraphs.items[index].opening = (uint32_t)opening_of(tokens, index);
}

size_t bk_gap_count_opening(const struct bk_gap_side *side, size_t first)
{
	return count_before(side->items.items + first, side->items.len - first,
		opening_of(side->tokens, side->owners.items[first]));
}

size_t bk_paragraph_count_opening(const struct bk_tokens *tokens, uint32_t index)
{
	const struct bk_paragraph *paragraph = &tokens->paragraphs.items[index];

	if (paragraph->first == paragraph->last)
		return 0;
	return count_before(tokens->items.items + paragraph->first, paragraph->last - paragraph->first,
		opening_of(tokens, index));
}

bool bk_paragraph_is_heading(const struct bk_tokens *tokens, uint32_t index)
{
	const struct bk_paragraph *it = &tokens->paragraphs.items[index];
	const size_t len = it->end - it->start <= HEADING ? heading_len(first_line(tokens, index)) : 0;

	return len && bk_part_is_blank(tokens->bytes, it->start + len, it->end);
}

bool bk_gap_open_alike(
	const struct bk_gap_side *side, size_t first, const struct bk_gap_side *other, size_t other_first)
{
	const size_t count = bk_gap_count_opening(side, first);

	if (!count || count != bk_gap_count_opening(other, other_first))
		return false;
	for (size_t i = 0; i < count; i++)
		if (side->items.items[first + i].number != other->items.items[other_first + i].number)
			return false;
	return true;
}

/* The label of the paragraph of an item; false when it has none. */
static bool read_label(const struct bk_gap_side *side, size_t first, struct bk_label *label)
{
	const struct bk_str line = first_line(side->tokens, side->owners.items[first]);
	struct bk_lead lead;

	bk_lead_parse(line, &lead);
	return !lead.hashes && !lead.brackets && bk_label_parse(bk_str_skip(line, lead.len), label);
}

int bk_gap_compare_labels(
	const struct bk_gap_side *side, size_t first, const struct bk_gap_side *other, size_t other_first)
{
	struct bk_label label, there;

	if (!read_label(side, first, &label) || !read_label(other, other_first, &there) ||
		label.style != there.style)
		return 0;
	return bk_label_compare(&label, &there);
}

/* Whether some items stand in both texts, and some do not. */
static bool are_torn(const struct bk_gap_side *side, size_t from, size_t to)
{
	size_t lone = 0;

	for (size_t i = from; i < to; i++)
		lone += side->match.items[i] == BK_NONE;
	return lone && lone < to - from;
}

/* The first item behind what a paragraph opens with that stands in both; BK_NONE.  Where that is all of the
 * paragraph, as a heading whose title stands below, the words are those of the next one. */
static uint32_t first_word(const struct bk_gap_side *side, size_t first, size_t end)
{
	uint32_t owner = side->owners.items[first];
	size_t i = end;

	if (i < side->items.len && side->owners.items[i] != owner)
		owner = side->owners.items[i];
	while (i < side->items.len && side->owners.items[i] == owner && side->match.items[i] == BK_NONE)
		i++;
	return i < side->items.len && side->owners.items[i] == owner ? (uint32_t)i : BK_NONE;
}

/* The paragraph of the other text that opens as one of this does which has words there. */
static uint32_t owner_there(
	const struct bk_gap_side *side, const struct bk_gap_side *other, size_t first, uint32_t word)
{
	return other->owners.items[side->match.items[word]] -
	       (side->owners.items[word] - side->owners.items[first]);
}

/* Whether some of what a paragraph opens with stands in another one than the words behind it. */
static bool is_parted(
	const struct bk_gap_side *side, const struct bk_gap_side *other, size_t first, size_t end)
{
	const uint32_t word = first_word(side, first, end);

	for (size_t i = first; i < end && word != BK_NONE; i++)
		if (side->match.items[i] != BK_NONE &&
			owner_there(side, other, first, word) != other->owners.items[side->match.items[i]])
			return true;
	return false;
}

static void part_items(struct bk_gap_match *gap, const struct bk_gap_side *side, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (side->match.items[i] != BK_NONE)
			bk_gap_part(gap, side == &gap->base ? i : side->match.items[i]);
}

/* What the paragraph of its words opens with is what it became: "## Article [4][EU: 5] Finance". */
static void join_opening(struct bk_gap_match *gap, const struct bk_gap_side *side,
	const struct bk_gap_side *other, size_t first, size_t count)
{
	const uint32_t word = first_word(side, first, first + count);
	const uint32_t owner = owner_there(side, other, first, word);
	size_t there = side->match.items[word], other_count;

	while (there > 0 && (other->owners.items[there] > owner || !bk_gap_is_first(other, there)))
		there--;
	if (other->owners.items[there] != owner)
		return;
	other_count = bk_gap_count_opening(other, there);
	for (size_t i = 0; i < count && i < other_count; i++) {
		const bool is_base = side == &gap->base;

		if (side->match.items[first + i] == BK_NONE && other->match.items[there + i] == BK_NONE &&
			bk_str_equal(bk_gap_bytes(side, first + i), bk_gap_bytes(other, there + i)))
			bk_gap_join(gap, is_base ? first + i : there + i, is_base ? there + i : first + i);
	}
}

/* The first item behind the emphasis that opens right before a label: "**5.** End." keeps that when its number
 * goes. */
static size_t behind_emphasis(const struct bk_gap_side *side, size_t first, size_t end)
{
	const struct bk_token *items = side->items.items;
	size_t at = first;

	while (at + 1 < end && items[at + 1].start == items[at].end) {
		const struct bk_str bytes = bk_gap_bytes(side, at);

		if (side->match.items[at] == BK_NONE || !bytes.len || !bk_is_emphasis(bytes.ptr[0]) ||
			!bk_is_emphasis(bytes.ptr[bytes.len - 1]))
			break;
		at++;
	}
	return at;
}

void bk_gap_part_labels(
	struct bk_gap_match *gap, const struct bk_gap_side *side, const struct bk_gap_side *other)
{
	const bool many = bk_gap_are_many(gap);

	for (size_t i = 0; i < side->items.len; i++) {
		const size_t near = i + OPENING < side->items.len ? i + OPENING : side->items.len;
		size_t count, label;

		if (!bk_gap_is_first(side, i) || (i == 0 && gap->window && !gap->window->begins) ||
			!(many || are_torn(side, i, near)))
			continue;
		label = bk_gap_count_label(side, i);
		count = many ? bk_gap_count_opening(side, i) : label;
		if (count && many && is_parted(side, other, i, i + count)) {
			part_items(gap, side, i, i + count);
			if (count != label)
				join_opening(gap, side, other, i, count);
		} else if (label) {
			const size_t from = behind_emphasis(side, i, i + label);

			if (are_torn(side, from, i + label))
				part_items(gap, side, from, i + label);
		}
	}
}
