/* What stands in both texts by chance, and says nothing of either. */
#include "compare/amendment_private.h"

enum {
	FEW = 2, /* tokens that may stand in both by chance */
};

/* Tokens of a paragraph; of several, words behind what it opens with. */
static size_t count_tokens(const struct bk_gap_match *gap, const struct bk_gap_side *side, uint32_t paragraph)
{
	const struct bk_tokens *tokens = side->tokens;
	const struct bk_paragraph *it = &tokens->paragraphs.items[paragraph];
	size_t count = 0;

	if (!bk_gap_are_many(gap))
		return it->last - it->first;
	for (size_t i = it->first + bk_paragraph_count_opening(tokens, paragraph); i < it->last; i++)
		count += bk_is_word(tokens->bytes.ptr[tokens->items.items[i].start]);
	return count;
}

/* A label that two paragraphs begin with is theirs, whatever comes behind it. */
static size_t common_beginning(const struct bk_gap_match *gap, size_t from, size_t to)
{
	size_t i = from;

	if (bk_gap_are_many(gap))
		return from;
	while (i < to && gap->base.match.items[i] == i)
		i++;
	return from == 0 ? i : from;
}

/* Whether one paragraph stands on either side, and ends that both have are at least half of them. */
static bool is_alike_in_most(const struct bk_gap_match *gap)
{
	return gap->base.paragraph + 1 == gap->base.paragraph_end &&
	       gap->file.paragraph + 1 == gap->file.paragraph_end &&
	       2 * (gap->head + gap->tail) >= gap->base.items.len;
}

bool bk_gap_part_unlike(struct bk_gap_match *gap)
{
	const struct bk_gap_side *base = &gap->base, *file = &gap->file;
	const bool many = bk_gap_are_many(gap);
	bool any = false;
	size_t count;

	if (is_alike_in_most(gap))
		return false;
	for (size_t i = 0, end; i < base->items.len; i = end) {
		const size_t opening = many && bk_gap_is_first(base, i) ? bk_gap_count_opening(base, i) : 0;
		size_t owner = BK_NONE, least;

		count = 0;
		for (end = i; end < base->items.len && base->owners.items[end] == base->owners.items[i];
			end++) {
			const uint32_t there = base->match.items[end];

			if (there == BK_NONE)
				continue;
			if (owner == BK_NONE)
				owner = file->owners.items[there];
			else if (owner != file->owners.items[there])
				break;
			count += !many ||
				 (end >= i + opening &&
					 bk_is_word(base->tokens->bytes.ptr[base->items.items[end].start]));
		}
		if (owner == BK_NONE)
			continue;
		least = count_tokens(gap, base, base->owners.items[i]);
		if (count_tokens(gap, file, (uint32_t)owner) < least)
			least = count_tokens(gap, file, (uint32_t)owner);
		if (2 * count >= least)
			continue;
		any = true;
		for (size_t t = common_beginning(gap, i, end); t < end; t++)
			bk_gap_part(gap, t);
	}
	return any;
}

/* "of", "the", a comma: what says nothing alone. */
static bool is_weak(const struct bk_gap_match *gap, size_t base)
{
	static const enum bk_lexicon lists[] = {
		BK_LEXICON_PREPOSITION, BK_LEXICON_DETERMINER, BK_LEXICON_CONJUNCTION};
	const struct bk_str bytes = bk_gap_bytes(&gap->base, base);

	if (!bk_is_word(bytes.ptr[0]))
		return bytes.ptr[0] != '[' && bytes.ptr[0] != ']' && bytes.ptr[0] != '(' &&
		       bytes.ptr[0] != ')';
	return bk_vocabulary_is_listed(
		gap->vocabulary, gap->base.numbers.items[base], lists, sizeof lists / sizeof *lists);
}

/* Tokens before `at` that stand in one text only. */
static size_t count_lone_before(const struct bk_gap_side *side, size_t at)
{
	size_t count = 0;

	while (count < at && side->match.items[at - 1 - count] == BK_NONE)
		count++;
	return count;
}

/* Words of one text alone on both sides of items that stand in both. */
static bool is_in_midst(const struct bk_gap_match *gap, size_t from, size_t to)
{
	const struct bk_gap_side *base = &gap->base, *file = &gap->file;
	const size_t there = base->match.items[from];

	return count_lone_before(base, from) >= FEW && count_lone_before(file, there) >= FEW &&
	       bk_gap_lone_from(base, to) >= FEW && bk_gap_lone_from(file, there + (to - from)) >= FEW;
}

int bk_gap_part_weak(struct bk_gap_match *gap)
{
	struct bk_gap_side *base = &gap->base;
	int status = BK_OK;

	for (size_t i = gap->head, end; i + gap->tail < base->items.len && status == BK_OK; i = end) {
		size_t weak = i;

		for (end = i; end < base->items.len && base->match.items[end] != BK_NONE &&
			      (end == i || base->match.items[end] == base->match.items[end - 1] + 1);)
			end++;
		if (end == i) {
			end++;
			continue;
		}
		if (end - i > FEW || !is_in_midst(gap, i, end))
			continue;
		status = bk_gap_number(gap, base, i, end);
		while (status == BK_OK && weak < end && is_weak(gap, weak))
			weak++;
		for (size_t t = i; t < end && weak == end; t++)
			bk_gap_part(gap, t);
	}
	return status;
}
