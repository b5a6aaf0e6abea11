/* What stands in both texts by chance, and says nothing of either. */
#include "compare/amendment_private.h"

enum {
	FEW = 2,   /* tokens that may stand in both by chance */
	SMALL = 5, /* words of both texts that edits side by side change at most */
};

/* Whether words alone tell what is alike, behind what paragraphs open with: of several, and of two with labels that
 * are not the same. */
static bool are_words_asked(const struct bk_gap_match *gap)
{
	return bk_gap_are_many(gap) ||
	       (!gap->window && bk_gap_compare_labels(&gap->base, 0, &gap->file, 0) != 0);
}

/* Tokens of a paragraph; where words are asked, these. */
static size_t count_tokens(const struct bk_gap_match *gap, const struct bk_gap_side *side, uint32_t paragraph)
{
	const struct bk_tokens *tokens = side->tokens;
	const struct bk_paragraph *it = &tokens->paragraphs.items[paragraph];
	size_t count = 0;

	if (!are_words_asked(gap))
		return it->last - it->first;
	for (size_t i = it->first + bk_paragraph_count_opening(tokens, paragraph); i < it->last; i++)
		count += bk_is_word(tokens->bytes.ptr[tokens->items.items[i].start]);
	return count;
}

/* A label that two paragraphs begin with is theirs, whatever comes behind it. */
static size_t common_beginning(const struct bk_gap_match *gap, size_t from, size_t to)
{
	size_t i = from;

	if (are_words_asked(gap))
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

/* Items of one paragraph of the base of which those that stand in both do so in one of the version. */
struct shared {
	size_t first, end;
	size_t behind;	/* what it opens with, where there are several paragraphs */
	uint32_t owner; /* that one; BK_NONE: none does */
	size_t words;	/* that stand in both: of several paragraphs, those behind what it opens with */
};

static struct shared shared_from(const struct bk_gap_match *gap, size_t first)
{
	const struct bk_gap_side *base = &gap->base, *file = &gap->file;
	const bool many = are_words_asked(gap);
	struct shared shared = {.first = first, .end = first, .behind = first, .owner = BK_NONE};

	if (many && bk_gap_is_first(base, first))
		shared.behind += bk_gap_count_opening(base, first);

	for (; shared.end < base->items.len && base->owners.items[shared.end] == base->owners.items[first];
		shared.end++) {
		const uint32_t there = base->match.items[shared.end];

		if (there == BK_NONE)
			continue;
		if (shared.owner == BK_NONE)
			shared.owner = file->owners.items[there];
		else if (shared.owner != file->owners.items[there])
			break;
		shared.words += !many || (shared.end >= shared.behind &&
						 bk_is_word(bk_gap_bytes(base, shared.end).ptr[0]));
	}
	return shared;
}

/* Whether fewer words stand in both than half of the shorter one of two paragraphs. */
static bool are_few(const struct bk_gap_match *gap, const struct shared *shared)
{
	const size_t there = count_tokens(gap, &gap->file, shared->owner),
		     here = count_tokens(gap, &gap->base, gap->base.owners.items[shared->first]);

	return 2 * shared->words < (here < there ? here : there);
}

/* Whether a paragraph of the base seems to be a part of one in which another one stands, before it or behind it. */
static bool is_taken_in(
	const struct bk_gap_match *gap, const struct shared *shared, const struct shared *before)
{
	const uint32_t *owners = gap->base.owners.items;
	size_t at = shared->end;
	struct shared next;

	if (before->owner == shared->owner && owners[before->first] != owners[shared->first])
		return true;
	while (at < gap->base.items.len && gap->base.match.items[at] == BK_NONE)
		at++;
	if (at == gap->base.items.len || owners[at] == owners[shared->first] ||
		gap->file.owners.items[gap->base.match.items[at]] != shared->owner)
		return false;
	while (!bk_gap_is_first(&gap->base, at))
		at--;
	next = shared_from(gap, at);
	return next.owner == shared->owner && !are_few(gap, &next);
}

/* Words that say something: not "may", "of the", "and". */
static bool says_something(const struct bk_gap_match *gap, size_t base)
{
	static const enum bk_lexicon lists[] = {BK_LEXICON_MODAL, BK_LEXICON_PREPOSITION,
		BK_LEXICON_DETERMINER, BK_LEXICON_CONJUNCTION, BK_LEXICON_AUXILIARY};

	return bk_is_word(bk_gap_bytes(&gap->base, base).ptr[0]) &&
	       !bk_vocabulary_is_listed(
		       gap->vocabulary, gap->base.numbers.items[base], lists, sizeof lists / sizeof *lists);
}

/* Whether less than half of what a part of a paragraph says stands in both. */
static bool says_other(const struct bk_gap_match *gap, const struct shared *shared)
{
	size_t said = 0, kept = 0;

	for (size_t i = shared->behind; i < shared->end; i++) {
		const bool says = says_something(gap, i);

		said += says;
		kept += says && gap->base.match.items[i] != BK_NONE;
	}
	return 2 * kept < said;
}

static bool is_chance(
	const struct bk_gap_match *gap, const struct shared *shared, const struct shared *before)
{
	return are_few(gap, shared) ||
	       (bk_gap_are_many(gap) && is_taken_in(gap, shared, before) && says_other(gap, shared));
}

bool bk_gap_part_unlike(struct bk_gap_match *gap)
{
	struct shared shared, before = {.owner = BK_NONE};
	bool any = false;

	if (is_alike_in_most(gap))
		return false;
	for (size_t i = 0; i < gap->base.items.len; i = shared.end) {
		shared = shared_from(gap, i);
		if (shared.owner == BK_NONE)
			continue;
		if (!is_chance(gap, &shared, &before)) {
			before = shared;
			continue;
		}
		any = true;
		for (size_t t = common_beginning(gap, i, shared.end); t < shared.end; t++)
			bk_gap_part(gap, t);
	}
	return any;
}

/* "of", "the", a comma: what says nothing alone; a stop ends what is said. */
static bool is_weak(const struct bk_gap_match *gap, size_t base)
{
	static const enum bk_lexicon lists[] = {
		BK_LEXICON_PREPOSITION, BK_LEXICON_DETERMINER, BK_LEXICON_CONJUNCTION};
	const struct bk_str bytes = bk_gap_bytes(&gap->base, base);

	if (!bk_is_word(bytes.ptr[0]))
		return !memchr("[]().", bytes.ptr[0], 5);
	return bk_vocabulary_is_listed(
		gap->vocabulary, gap->base.numbers.items[base], lists, sizeof lists / sizeof *lists);
}

/* So many weak items from one on that stand side by side in both texts; 0: another one, or too many.  BK_ENOMEM. */
static int count_weak(struct bk_gap_match *gap, size_t from, size_t *count)
{
	struct bk_gap_side *base = &gap->base;
	const uint32_t *match = base->match.items;
	size_t to = from;
	int status;

	*count = 0;
	while (to + gap->tail < base->items.len && match[to] != BK_NONE &&
		match[to] - match[from] == to - from)
		to++;
	if (to - from > FEW)
		return BK_OK;
	status = bk_gap_number(gap, base, from, to);
	while (status == BK_OK && from + *count < to && is_weak(gap, from + *count))
		++*count;
	if (from + *count < to)
		*count = 0;
	return status;
}

/* Whether items, from up to, not with, to, are of one paragraph. */
static bool are_of_one(const struct bk_gap_side *side, size_t from, size_t to)
{
	return to <= from || side->owners.items[to - 1] == side->owners.items[from];
}

/*
 * Words from an item on that gave way to others at places with nothing but weak words between:
 *
 *	base     shall provide adequate support and finance to		"and" stands there by chance
 *	version  shall ensure  timely   action  and reports to
 *
 * At some of these words may have come, or gone, alone.  *end is behind them.  Where they are few, these are small
 * edits side by side.
 */
static int part_from(struct bk_gap_match *gap, size_t from, size_t *end)
{
	const struct bk_gap_side *base = &gap->base, *file = &gap->file;
	const size_t there = from ? base->match.items[from - 1] + 1 : 0;
	size_t at = from, file_at = there, words = 0, weak = 0;
	bool any_replaced = false;
	int status = BK_OK;

	*end = from + bk_gap_lone_from(base, from);
	while (status == BK_OK) {
		const size_t went = bk_gap_lone_from(base, at), came = bk_gap_lone_from(file, file_at),
			     changed = bk_gap_count_words(base, (struct bk_item_range){at, at + went}) +
				       bk_gap_count_words(
					       file, (struct bk_item_range){file_at, file_at + came});
		const bool is_replaced = went && came;

		if ((!is_replaced && !changed) || !are_of_one(base, from, at + went) ||
			!are_of_one(file, there, file_at + came))
			break;
		words += changed;
		any_replaced |= is_replaced;
		*end = at + went;
		status = count_weak(gap, *end, &weak);
		if (!weak)
			break;
		at = *end + weak;
		file_at += came + weak;
	}
	for (size_t i = from; i < *end && any_replaced && words > SMALL; i++)
		bk_gap_part(gap, i);
	return status;
}

int bk_gap_part_weak(struct bk_gap_match *gap)
{
	int status = BK_OK;

	for (size_t i = gap->head, end; i + gap->tail < gap->base.items.len && status == BK_OK; i = end + 1)
		status = part_from(gap, i, &end);
	return status;
}
