/*
 * The words of brackets in numbers: where they begin and end, which words say something alone, and whether a
 * row of them stands in the other text.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "compare/fate_private.h"
#include "draft/lexicon.h"

void bk_fate_words(const struct bk_words *words, uint32_t bracket, uint32_t *first, uint32_t *last)
{
	const struct bk_bracket *it = &words->draft->brackets[bracket];

	*first = bk_words_from(words, it->text.start);
	*last = bk_words_from(words, it->text.end);
}

/* Figures, modals, conjunctions and stop words say nothing alone. */
static bool is_full(const struct bk_vocabulary *vocabulary, uint32_t number)
{
	static const enum bk_lexicon small[] = {BK_LEXICON_MODAL, BK_LEXICON_CONJUNCTION, BK_LEXICON_FIGURE,
		BK_LEXICON_PREPOSITION, BK_LEXICON_DETERMINER, BK_LEXICON_AUXILIARY, BK_LEXICON_CLAUSE};
	const struct bk_str word = bk_vocabulary_word(vocabulary, number);

	return word.len && !bk_is_digit(word.ptr[0]) &&
	       !bk_vocabulary_is_listed(vocabulary, number, small, sizeof small / sizeof *small);
}

int bk_fater_weigh(struct bk_fater *fater)
{
	const struct bk_vocabulary *vocabulary = &fater->matches->vocabulary;

	fater->full = bk_malloc(vocabulary->entries.len + 1);
	if (!fater->full)
		return bk_fail_memory();
	for (uint32_t i = 0; i < vocabulary->entries.len; i++)
		fater->full[i] = is_full(vocabulary, i);
	return BK_OK;
}

static void find_brackets_of_words(struct bk_side *side)
{
	const struct bk_draft *draft = side->draft;
	uint32_t around = BK_NONE, next = 0;

	for (uint32_t w = 0; w < side->words->items.len; w++) {
		const size_t at = side->words->items.items[w].start;

		for (; next < draft->bracket_count && draft->brackets[next].start <= at; next++)
			if (!draft->brackets[next].brace)
				around = next;
		while (around != BK_NONE && draft->brackets[around].end <= at)
			around = draft->brackets[around].parent;
		side->of_word[w] = around;
	}
}

enum { MULTIPLIER = 0x01000193 };

/* A hash of all words before each, so that the key of any row of words is a difference of two. */
static void hash_words(struct bk_side *side)
{
	side->hashes[0] = 0;
	side->powers[0] = 1;
	for (uint32_t w = 0; w < side->words->items.len; w++) {
		const uint64_t number = (side->words->items.items[w].number + 1) * 0x9E3779B97F4A7C15u;

		side->hashes[w + 1] = side->hashes[w] * MULTIPLIER + (number ^ number >> 29);
		side->powers[w + 1] = side->powers[w] * MULTIPLIER;
	}
}

int bk_side_prepare(struct bk_side *side, const struct bk_words *words)
{
	*side = (struct bk_side){.words = words, .draft = words->draft};
	side->extents = bk_malloc((side->draft->bracket_count + 1) * sizeof *side->extents);
	side->of_word = bk_malloc((words->items.len + 1) * sizeof *side->of_word);
	side->hashes = bk_malloc((words->items.len + 1) * sizeof *side->hashes);
	side->powers = bk_malloc((words->items.len + 1) * sizeof *side->powers);
	if (!side->extents || !side->of_word || !side->hashes || !side->powers)
		return bk_fail_memory();
	hash_words(side);
	for (uint32_t b = 0; b < side->draft->bracket_count; b++) {
		struct bk_extent *extent = &side->extents[b];
		const struct bk_bracket *bracket = &side->draft->brackets[b];

		bk_fate_words(words, b, &extent->first, &extent->last);
		extent->disputed = !bracket->brace && bracket->class == BK_CLASS_DISPUTED;
	}
	find_brackets_of_words(side);
	return BK_OK;
}

void bk_side_release(struct bk_side *side)
{
	bk_free(side->extents);
	bk_free(side->of_word);
	bk_free(side->hashes);
	bk_free(side->powers);
}

bool bk_standing_holds(const struct bk_standing *standing)
{
	return 2 * standing->found >= standing->words &&
	       (standing->full > 0 || standing->found == standing->words);
}
