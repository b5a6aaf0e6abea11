/*
 * Words that a party took away and put in elsewhere in their paragraph, however few:
 *
 *	base   They need mitigation and adaptation.
 *	EU     They need adaptation and mitigation.	two amendments, and one edit
 *	US     They need loss and adaptation.		who edits the words opposes both
 *
 * They are known by the words that say something, in any order.  What stands for them now, or stood for them, is the
 * other words of a swap, or nothing: else words are the same by chance, as "30 days and 60 days" is now "60 days and
 * 90 days".
 */
#include "compare/merge_whole.h"

#include <stdlib.h>

/* What an amendment took away, or put in. */
struct side {
	uint64_t words;	 /* a number for them; 0: they say nothing */
	uint64_t others; /* for what it put in, or took away */
	uint32_t amendment;
	bool put;
};

typedef BK_VEC(struct side) side_list;

static bool says_something(struct bk_str word)
{
	return bk_is_word(word.ptr[0]) && !bk_lexicon_has(BK_LEXICON_PREPOSITION, word) &&
	       !bk_lexicon_has(BK_LEXICON_DETERMINER, word) && !bk_lexicon_has(BK_LEXICON_CONJUNCTION, word);
}

/* A number for words, in any order. */
static uint64_t number_of_words(struct bk_str bytes, struct bk_span span)
{
	const struct bk_str text = {bytes.ptr, span.end};
	uint64_t number = 0;

	for (struct bk_span token = bk_token_next(text, span.start); token.start < token.end;
		token = bk_token_next(text, token.end)) {
		const struct bk_str word = {bytes.ptr + token.start, token.end - token.start};

		if (says_something(word))
			number += bk_token_hash_word(word);
	}
	return number;
}

static bool may_swap(const struct bk_merge *merge, uint32_t party, uint32_t index)
{
	const struct bk_amendment *it = &merge->amendments[party].list.items[index];
	const uint32_t region = merge->region_of[party][index];

	return it->kind == BK_AMENDMENT_WORDS && it->partner == BK_NONE && !it->whole && region != BK_NONE &&
	       !merge->regions.list.items[region].is_number;
}

static int list_sides(side_list *sides, const struct bk_amendments *amendments, uint32_t index)
{
	const struct bk_amendment *it = &amendments->list.items[index];
	const uint64_t took = number_of_words(amendments->base->tokens.bytes, it->base),
		       put = number_of_words(amendments->bytes, it->file);

	if (!BK_VEC_RESERVE(sides, 2))
		return bk_fail_memory();
	if (took && took != put)
		*BK_VEC_PUSH(sides) = (struct side){took, put, index, false};
	if (put && took != put)
		*BK_VEC_PUSH(sides) = (struct side){put, took, index, true};
	return BK_OK;
}

static int compare_sides(const void *a, const void *b)
{
	const struct side *x = a, *y = b;

	if (x->words != y->words)
		return x->words < y->words ? -1 : 1;
	if (x->put != y->put)
		return x->put ? 1 : -1;
	return x->amendment < y->amendment ? -1 : x->amendment > y->amendment;
}

/* Bind those of one paragraph that took away what others of it put in, one by one. */
static int bind_sides(struct bk_merge *merge, uint32_t party, side_list *sides, bk_bonds *bonds)
{
	const uint32_t *region_of = merge->region_of[party];
	const struct side *list = sides->items;
	int status = BK_OK;

	if (sides->len)
		qsort(sides->items, sides->len, sizeof *sides->items, compare_sides);
	for (size_t took = 0, put, end; took < sides->len && status == BK_OK; took = end) {
		for (put = took; put < sides->len && list[put].words == list[took].words && !list[put].put;)
			put++;
		for (end = put; end < sides->len && list[end].words == list[took].words;)
			end++;
		for (size_t i = took, k = put; i < put && k < end && status == BK_OK; i++, k++)
			if (!list[i].others || !list[k].others || list[i].others == list[k].others)
				status = bk_bonds_add(bonds, region_of[list[i].amendment],
					region_of[list[k].amendment], true);
	}
	sides->len = 0;
	return status;
}

/* Where the paragraph of the base ends in which an amendment begins. */
static size_t end_of_paragraph(const struct bk_tokens *tokens, const struct bk_amendment *it)
{
	const size_t behind =
		BK_SEARCH(i, tokens->paragraphs.len, tokens->paragraphs.items[i].start <= it->base.start);

	return behind < tokens->paragraphs.len ? tokens->paragraphs.items[behind].start : SIZE_MAX;
}

static int find_swaps_of(struct bk_merge *merge, uint32_t party, side_list *sides, bk_bonds *bonds)
{
	const struct bk_amendments *amendments = &merge->amendments[party];
	const size_t count = amendments->list.len;
	int status = BK_OK;

	for (uint32_t i = 0; i < count && status == BK_OK;) {
		const size_t end = end_of_paragraph(&merge->base.tokens, &amendments->list.items[i]);
		uint32_t behind = i + 1;

		while (behind < count && amendments->list.items[behind].base.start < end)
			behind++;
		for (bool lone = behind == i + 1; i < behind && status == BK_OK; i++)
			if (!lone && may_swap(merge, party, i))
				status = list_sides(sides, amendments, i);
		if (status == BK_OK)
			status = bind_sides(merge, party, sides, bonds);
	}
	return status;
}

int bk_merge_find_swaps(struct bk_merge *merge, bk_bonds *bonds)
{
	side_list sides = {0};
	int status = BK_OK;

	for (uint32_t p = 0; p < merge->count && status == BK_OK; p++)
		status = find_swaps_of(merge, p, &sides, bonds);
	BK_VEC_RELEASE(&sides);
	return status;
}
