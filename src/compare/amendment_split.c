/* Paragraphs of which words stand in several, and which of these is what each of them became. */
#include "compare/amendment_private.h"

static bool is_behind_blank_line(const struct bk_gap_side *side, size_t first)
{
	const size_t start = side->tokens->paragraphs.items[side->owners.items[first]].start;

	return start > 1 && side->tokens->bytes.ptr[start - 1] == '\n' &&
	       side->tokens->bytes.ptr[start - 2] == '\n';
}

/* Whether a paragraph has a label of its own, or stands below a blank line and begins with words of its own: one that
 * begins with words of the other text was but parted from what stood before them. */
static bool begins_anew(const struct bk_gap_side *side, size_t first)
{
	const size_t count = bk_gap_count_opening(side, first);

	for (size_t i = first; i < first + count; i++)
		if (side->match.items[i] == BK_NONE)
			return true;
	return !count && side->match.items[first] == BK_NONE && is_behind_blank_line(side, first);
}

/* Items of a paragraph from one on that stand in the same one of the other text, or in none. */
struct part {
	size_t end;	/* behind the last of them */
	size_t words;	/* that stand there */
	uint32_t there; /* the first item there, or BK_NONE */
};

static struct part part_from(
	const struct bk_gap_side *side, const struct bk_gap_side *other, size_t from, size_t end)
{
	struct part part = {.end = from, .there = BK_NONE};

	for (; part.end < end; part.end++) {
		const uint32_t there = side->match.items[part.end];

		if (there == BK_NONE)
			continue;
		if (part.there == BK_NONE)
			part.there = there;
		else if (other->owners.items[there] != other->owners.items[part.there])
			break;
		part.words += bk_is_word(bk_gap_bytes(side, part.end).ptr[0]);
	}
	return part;
}

/* Whether a part begins its paragraph, behind what that opens with, in both texts. */
static bool begins_both(
	const struct bk_gap_side *side, const struct bk_gap_side *other, size_t from, const struct part *part)
{
	const struct bk_token *it = &other->items.items[part->there];
	const size_t opening = other->tokens->paragraphs.items[other->owners.items[part->there]].opening;

	return side->match.items[from] == part->there && it->start >= opening &&
	       (bk_gap_is_first(other, part->there) || it[-1].end <= opening);
}

/* Whether items stand in several paragraphs of the other text: matches are in order. */
static bool are_split(
	const struct bk_gap_side *side, const struct bk_gap_side *other, size_t from, size_t end)
{
	const uint32_t *match = side->match.items;

	while (from < end && match[from] == BK_NONE)
		from++;
	while (end > from && match[end - 1] == BK_NONE)
		end--;
	return from < end && other->owners.items[match[from]] != other->owners.items[match[end - 1]];
}

/* The item of the other text in whose paragraph words go on that are split: that which begins as theirs does, else
 * that which has most of them. */
static uint32_t find_kept(
	const struct bk_gap_side *side, const struct bk_gap_side *other, size_t from, size_t end)
{
	uint32_t kept = BK_NONE;
	size_t most = 0;

	for (size_t i = from; i < end;) {
		struct part part = part_from(side, other, i, end);

		if (i == from && begins_both(side, other, from, &part))
			part.words = SIZE_MAX;
		if (part.there != BK_NONE && (kept == BK_NONE || part.words > most)) {
			kept = part.there;
			most = part.words;
		}
		i = part.end;
	}
	return kept;
}

/* Whether words that stand in a paragraph of the other text are but a few of it. */
static bool are_few(const struct bk_gap_side *other, const struct part *part)
{
	struct bk_item_range words = bk_gap_paragraph(other, part->there);

	words.first += bk_gap_count_opening(other, words.first);
	return 2 * part->words <= bk_gap_count_words(other, words);
}

/* Words of a paragraph that stand in others which begin anew are words of these.  What was joined to it, most of
 * another one, stays in it: of options one was chosen. */
static bool part_paragraph(struct bk_gap_match *gap, const struct bk_gap_side *side,
	const struct bk_gap_side *other, size_t first, size_t end)
{
	const bool is_base = side == &gap->base;
	const size_t from = first + bk_gap_count_opening(side, first);
	uint32_t kept;
	bool any = false;

	if (!are_split(side, other, from, end))
		return false;
	kept = find_kept(side, other, from, end);
	for (size_t i = from; i < end;) {
		const struct part part = part_from(side, other, i, end);
		const bool goes = part.there != BK_NONE &&
				  other->owners.items[part.there] != other->owners.items[kept] &&
				  begins_anew(other, bk_gap_paragraph(other, part.there).first) &&
				  (is_base || are_few(other, &part));

		for (; i < part.end; i++)
			if (goes && side->match.items[i] != BK_NONE)
				bk_gap_part(gap, is_base ? i : side->match.items[i]);
		any |= goes;
	}
	return any;
}

bool bk_gap_part_split(
	struct bk_gap_match *gap, const struct bk_gap_side *side, const struct bk_gap_side *other)
{
	bool any = false;

	for (size_t i = 0, end; i < side->items.len; i = end) {
		end = bk_gap_paragraph(side, i).end;
		any |= part_paragraph(gap, side, other, i, end);
	}
	return any;
}
