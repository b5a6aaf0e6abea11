#include "compare/merge_doubt.h"

#include "draft/lexicon.h"

#include <string.h>

static bool has_brackets(struct bk_str bytes, struct bk_span span)
{
	return memchr(bytes.ptr + span.start, '[', span.end - span.start) ||
	       memchr(bytes.ptr + span.start, ']', span.end - span.start);
}

enum bk_between bk_between(struct bk_str base, size_t one, size_t next)
{
	struct bk_str joint;

	if (next <= one)
		return BK_BETWEEN_NOTHING;
	if (next - one > BK_DOUBT_JOINT)
		return BK_BETWEEN_WORDS;
	joint = bk_str_trim((struct bk_str){base.ptr + one, next - one});
	if (!joint.len)
		return BK_BETWEEN_BLANKS;
	return bk_str_equal(joint, BK_STR("/")) || bk_lexicon_has(BK_LEXICON_CONJUNCTION, joint)
		       ? BK_BETWEEN_JOINT
		       : BK_BETWEEN_WORDS;
}

/* Words that stand in for those of the base, or strike them, have their rivals tight behind these, and what a blank
 * parts from them is another matter; but modals rival each other across blanks, and what comes in may rival what is in
 * brackets beside it.  See draft/grouping.h. */
static bool may_rival(struct bk_str base, const struct bk_region *region)
{
	return region->words.start == region->words.end ||
	       bk_lexicon_prefix(BK_LEXICON_MODAL, (struct bk_str){base.ptr + region->words.start,
							   region->words.end - region->words.start});
}

/* What stands between words and the bracket of the base that closes before them, or opens behind them: of both the
 * nearer. */
static enum bk_between beside_brackets(const struct bk_base *base, struct bk_span words)
{
	const struct bk_str bytes = base->tokens.bytes;
	const struct bk_mark *marks = base->pairing.marks.items;
	const uint32_t at = bk_pairing_from(&base->pairing, words.start),
		       behind = bk_pairing_from(&base->pairing, words.end);
	enum bk_between before = BK_BETWEEN_WORDS, after = BK_BETWEEN_WORDS;

	if (at && !marks[at - 1].open)
		before = bk_between(bytes, marks[at - 1].start + marks[at - 1].len, words.start);
	if (behind < base->pairing.marks.len && marks[behind].open)
		after = bk_between(bytes, words.end, marks[behind].start);
	return before > after ? before : after;
}

static bool is_beside_brackets(const struct bk_base *base, const struct bk_region *region)
{
	const enum bk_between it = beside_brackets(base, region->words);

	return it > BK_BETWEEN_BLANKS || (it == BK_BETWEEN_BLANKS && may_rival(base->tokens.bytes, region));
}

/* Whether they fill brackets of the base, in which others may be named or beside which others stand. */
static bool fills_brackets(const struct bk_base *base, const struct bk_region *region)
{
	const struct bk_str bytes = base->tokens.bytes;
	const struct bk_mark *marks = base->pairing.marks.items;
	const struct bk_span words = region->words;
	const uint32_t behind = bk_pairing_from(&base->pairing, words.end),
		       around = bk_pairing_around(&base->pairing, words.start);

	if (around == BK_NONE || behind != marks[around].partner ||
		bk_between(bytes, words.end, marks[behind].start) == BK_BETWEEN_WORDS ||
		words.start - marks[around].start > BK_DOUBT_NOTATION)
		return false;
	if (bk_between(bytes, marks[around].start + marks[around].len, words.start) == BK_BETWEEN_WORDS)
		return true;
	return beside_brackets(base, (struct bk_span){marks[around].start,
					     marks[behind].start + marks[behind].len}) != BK_BETWEEN_WORDS;
}

/* Whether two places are read together. */
static bool are_beside(struct bk_str base, const struct bk_region *one, const struct bk_region *next)
{
	const enum bk_between it = bk_between(base, one->words.end, next->words.start);

	if (it == BK_BETWEEN_WORDS || it == BK_BETWEEN_JOINT)
		return it == BK_BETWEEN_JOINT;
	return may_rival(base, one) == may_rival(base, next) &&
	       (it == BK_BETWEEN_NOTHING || may_rival(base, one));
}

/* Whether words of the base are a bracket and nothing else, with nothing else in it. */
static bool is_one_bracket(const struct bk_base *base, struct bk_span words)
{
	const struct bk_mark *marks = base->pairing.marks.items;
	const uint32_t open = bk_pairing_from(&base->pairing, words.start);

	return open < base->pairing.marks.len && marks[open].start == words.start &&
	       marks[open].partner == open + 1 && marks[open + 1].start + marks[open + 1].len == words.end;
}

/* Whether parties have others there, or they are in what the region is about. */
static bool changes_brackets(const struct bk_merge *merge, const struct bk_region *region)
{
	if (region->around ||
		(has_brackets(merge->base.tokens.bytes, region->base) &&
			(!is_one_bracket(&merge->base, region->words) ||
				beside_brackets(&merge->base, region->words) != BK_BETWEEN_WORDS)))
		return true;
	for (size_t i = 0; i < region->count; i++) {
		const struct bk_claim *claim = &merge->regions.claims.items[region->first + i];
		const struct bk_amendments *amendments = &merge->amendments[claim->party];

		if (has_brackets(amendments->bytes,
			    (struct bk_span){amendments->list.items[claim->first].file.start,
				    amendments->list.items[claim->last - 1].file.end}))
			return true;
	}
	return false;
}

enum bk_doubt bk_doubt_of(const struct bk_merge *merge, size_t index)
{
	const struct bk_str base = merge->base.tokens.bytes;
	const struct bk_regions *regions = &merge->regions;
	const struct bk_region *region = &regions->list.items[index];

	if (region->kind == BK_CLAIM_LAYOUT)
		return BK_DOUBT_NONE;
	if (changes_brackets(merge, region))
		return BK_DOUBT_BRACKETS;
	if (is_beside_brackets(&merge->base, region) || fills_brackets(&merge->base, region) ||
		(index + 1 < regions->flat && are_beside(base, region, region + 1)) ||
		(index > 0 && index < regions->flat && are_beside(base, region - 1, region)))
		return BK_DOUBT_BESIDE;
	return BK_DOUBT_NONE;
}
