/* Where single words went between two texts, and where they came from.  What is unchanged has no words cut: there
 * bytes are followed. */
#include "compare/comparison.h"

static void extend(struct bk_span *span, size_t start, size_t end)
{
	if (span->start == span->end) {
		*span = (struct bk_span){start, end};
		return;
	}
	if (start < span->start)
		span->start = start;
	if (end > span->end)
		span->end = end;
}

/* Part of a block that is unchanged: all of its words stand. */
static void follow_bytes(
	const struct bk_comparison *comparison, const struct bk_span *part, struct bk_followed *out)
{
	struct bk_counts counts;
	size_t start;

	bk_draft_count_span(comparison->old_draft, *part, &counts);
	if (!counts.words)
		return;
	start = bk_unchanged_offset(&comparison->matches.unchanged, part->start);
	out->words += counts.words;
	out->standing += counts.words;
	extend(&out->span, start, start + (part->end - part->start));
}

static void follow_words(const struct bk_comparison *comparison, const struct bk_block *block,
	const struct bk_span *part, struct bk_followed *out)
{
	const struct bk_matches *matches = &comparison->matches;

	for (uint32_t w = block->first; w < block->last; w++) {
		const struct bk_word *word = &matches->old.items.items[w];
		const uint32_t there =
			matches->to_new[w] != BK_NONE ? matches->to_new[w] : matches->strays_to_new[w];

		if (word->start < part->start || word->end > part->end)
			continue;
		out->words++;
		if (there == BK_NONE)
			continue;
		out->standing++;
		extend(&out->span, matches->now.items.items[there].start,
			matches->now.items.items[there].end);
	}
}

void bk_comparison_follow(const bk_comparison *comparison, struct bk_span old_span, struct bk_followed *out)
{
	const struct bk_matches *matches = &comparison->matches;
	const struct bk_blocks *blocks = &matches->old.blocks;

	*out = (struct bk_followed){0};
	for (uint32_t b = bk_blocks_at(blocks, old_span.start);
		b < blocks->list.len && blocks->list.items[b].start < old_span.end; b++) {
		const struct bk_block *block = &blocks->list.items[b];
		struct bk_span part = old_span;

		if (part.start < block->text)
			part.start = block->text;
		if (part.end > block->text_end)
			part.end = block->text_end;
		if (part.start >= part.end)
			continue;
		if (matches->unchanged.old_spared[b])
			follow_bytes(comparison, &part, out);
		else
			follow_words(comparison, block, &part, out);
	}
	out->span = bk_rewrapping_span_to_asked(&comparison->rewrapping, out->span);
}

void bk_comparison_follow_label(
	const bk_comparison *comparison, struct bk_span old_span, struct bk_followed *out)
{
	*out = (struct bk_followed){0};
	if (!bk_matches_same_label(&comparison->matches, old_span, &out->span) &&
		!bk_matches_label(&comparison->matches, old_span, &out->span))
		return;
	out->words = 1;
	out->standing = out->span.start < out->span.end;
	out->span = bk_rewrapping_span_to_asked(&comparison->rewrapping, out->span);
}

/* Count the words of a part of a new block, and those of them that were in old_span. */
static void follow_back(const struct bk_comparison *comparison, uint32_t b, struct bk_span part,
	struct bk_span old_span, struct bk_followed *out)
{
	const struct bk_matches *matches = &comparison->matches;
	const struct bk_block *block = &matches->now.blocks.list.items[b];

	if (matches->unchanged.new_spared[b]) {
		struct bk_counts counts;
		const size_t from = bk_unchanged_origin(&matches->unchanged, part.start);

		bk_draft_count_span(matches->now.draft, part, &counts);
		out->words += counts.words;
		if (from < old_span.start || from + (part.end - part.start) > old_span.end || !counts.words)
			return;
		out->standing += counts.words;
		extend(&out->span, from, from + (part.end - part.start));
		return;
	}
	for (uint32_t w = block->first; w < block->last; w++) {
		const struct bk_word *word = &matches->now.items.items[w];
		const uint32_t there =
			matches->to_old[w] != BK_NONE ? matches->to_old[w] : matches->strays_to_old[w];
		const struct bk_word *before = there == BK_NONE ? NULL : &matches->old.items.items[there];

		if (word->start < part.start || word->end > part.end)
			continue;
		out->words++;
		if (!before || before->start < old_span.start || before->end > old_span.end)
			continue;
		out->standing++;
		extend(&out->span, before->start, before->end);
	}
}

void bk_comparison_follow_back(const bk_comparison *comparison, struct bk_span new_span,
	struct bk_span old_span, struct bk_followed *out)
{
	const struct bk_blocks *blocks = &comparison->matches.now.blocks;

	*out = (struct bk_followed){0};
	new_span = bk_rewrapping_span_to_laid(&comparison->rewrapping, new_span);
	for (uint32_t b = bk_blocks_at(blocks, new_span.start);
		b < blocks->list.len && blocks->list.items[b].start < new_span.end; b++) {
		const struct bk_block *block = &blocks->list.items[b];
		const struct bk_span part = {
			new_span.start > block->text ? new_span.start : block->text,
			new_span.end < block->text_end ? new_span.end : block->text_end,
		};

		if (part.start < part.end)
			follow_back(comparison, b, part, old_span, out);
	}
}

size_t bk_comparison_word_origin(const bk_comparison *comparison, size_t new_offset)
{
	const struct bk_matches *matches = &comparison->matches;
	const struct bk_blocks *blocks = &matches->now.blocks;
	uint32_t block, word, there;

	new_offset = bk_rewrapping_to_laid(&comparison->rewrapping, new_offset);
	block = bk_blocks_at(blocks, new_offset);

	if (block < blocks->list.len && matches->unchanged.new_spared[block])
		return bk_unchanged_origin(&matches->unchanged, new_offset);
	word = bk_words_from(&matches->now, new_offset);
	if (word == matches->now.items.len || matches->now.items.items[word].start != new_offset)
		return BK_NOWHERE;
	there = matches->to_old[word] != BK_NONE ? matches->to_old[word] : matches->strays_to_old[word];
	return there == BK_NONE ? BK_NOWHERE : matches->old.items.items[there].start;
}
