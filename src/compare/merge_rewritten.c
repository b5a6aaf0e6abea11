/*
 * Words that a party took away at one place and put in at another, changed on the way: no paragraph that moved as it
 * was, but as much one edit.
 *
 *	base   2. Parties shall act every year.   3. Meet.
 *	EU     2. Meet.   3. Parties shall act every second year.
 *
 * They are known by pairs of words side by side, of which a third at least came along; whole paragraphs that are the
 * same, by all their words, however few.
 */
#include "compare/merge_whole.h"

#include "base/alloc.h"
#include "base/map.h"

enum {
	LEAST = 24, /* bytes of words that are known again though they changed */
	SHARE = 3,  /* of so many pairs one at least came along */
};

/* What one party took away. */
struct gone {
	struct bk_map
		wholes; /* paragraphs by their words: the first amendment that took it away, SIZE_MAX once found */
	struct bk_map pairs; /* of words, each in the first amendment that took it away */
	uint32_t *found;     /* of each amendment: how many of its pairs another one brought */
	uint32_t *count;     /* pairs of each */
};

static struct bk_str words_of(struct bk_str bytes, struct bk_span span)
{
	span = bk_token_trim(bytes, span);
	span.start = bk_merge_behind_label(bytes, span);
	return (struct bk_str){bytes.ptr + span.start, span.end - span.start};
}

static bool may_move(const struct bk_merge *merge, uint32_t party, uint32_t index)
{
	const struct bk_amendment *it = &merge->amendments[party].list.items[index];

	return it->kind == BK_AMENDMENT_WORDS && it->partner == BK_NONE &&
	       merge->region_of[party][index] != BK_NONE;
}

/* The pair of words that begins with a word, which is set to the second one; nothing behind the last one. */
static struct bk_str next_pair(struct bk_str words, struct bk_span *word)
{
	const struct bk_span first = *word;

	*word = bk_token_next(words, first.end);
	return (struct bk_str){
		words.ptr + first.start, word->start < word->end ? word->end - first.start : 0};
}

static int list_gone(struct gone *gone, struct bk_str words, uint32_t index)
{
	struct bk_span word = bk_token_next(words, 0);

	for (struct bk_str pair = next_pair(words, &word); pair.len; pair = next_pair(words, &word)) {
		if (!bk_map_slot(&gone->pairs, pair, index))
			return bk_fail_memory();
		gone->count[index]++;
	}
	return BK_OK;
}

/* The amendment that took away most of the pairs of words that came, or BK_NONE. */
static uint32_t find_source(struct gone *gone, struct bk_str words)
{
	struct bk_span word = bk_token_next(words, 0);
	uint32_t best = BK_NONE, count = 0;
	size_t index;

	for (struct bk_str pair = next_pair(words, &word); pair.len; pair = next_pair(words, &word), count++)
		if (bk_map_get(&gone->pairs, pair, &index) &&
			(gone->found[index]++, best == BK_NONE || gone->found[index] > gone->found[best]))
			best = (uint32_t)index;
	if (best != BK_NONE &&
		(gone->found[best] * SHARE < count || gone->found[best] * SHARE < gone->count[best]))
		best = BK_NONE;
	word = bk_token_next(words, 0);
	for (struct bk_str pair = next_pair(words, &word); pair.len; pair = next_pair(words, &word))
		if (bk_map_get(&gone->pairs, pair, &index))
			gone->found[index] = 0;
	return best;
}

/* A whole paragraph that went, however short it is. */
static int list_whole(struct gone *gone, struct bk_str words, uint32_t index)
{
	return !words.len || bk_map_slot(&gone->wholes, words, index) ? BK_OK : bk_fail_memory();
}

static int list_all_gone(struct bk_merge *merge, uint32_t party, struct gone *gone)
{
	const struct bk_amendments *amendments = &merge->amendments[party];
	int status = BK_OK;

	for (uint32_t i = 0; i < amendments->list.len && status == BK_OK; i++) {
		const struct bk_amendment *it = &amendments->list.items[i];
		const bool whole = it->whole && it->file.start == it->file.end,
			   many = it->base.end - it->base.start >= LEAST;
		struct bk_str words;

		if ((!whole && !many) || !may_move(merge, party, i))
			continue;
		words = words_of(amendments->base->tokens.bytes, it->base);
		if (whole)
			status = list_whole(gone, words, i);
		if (many && status == BK_OK)
			status = list_gone(gone, words, i);
	}
	return status;
}

/* The same paragraph that went and was not found yet, or BK_NONE. */
static int find_whole(struct gone *gone, struct bk_str words, uint32_t *source)
{
	size_t *slot = bk_map_slot(&gone->wholes, words, SIZE_MAX);

	if (!slot)
		return bk_fail_memory();
	*source = *slot == SIZE_MAX ? BK_NONE : (uint32_t)*slot;
	*slot = SIZE_MAX;
	return BK_OK;
}

static int find_rewritten_of(struct bk_merge *merge, uint32_t party, struct gone *gone, bk_bonds *bonds)
{
	const struct bk_amendments *amendments = &merge->amendments[party];
	const uint32_t *region_of = merge->region_of[party];
	int status = list_all_gone(merge, party, gone);

	for (uint32_t i = 0;
		i < amendments->list.len && gone->wholes.count + gone->pairs.count && status == BK_OK; i++) {
		const struct bk_amendment *it = &amendments->list.items[i];
		const bool whole = it->whole && it->base.start == it->base.end,
			   many = it->file.end - it->file.start >= LEAST;
		uint32_t source = BK_NONE;
		struct bk_str words;

		if ((!whole && !many) || !may_move(merge, party, i))
			continue;
		words = words_of(amendments->bytes, it->file);
		if (whole)
			status = find_whole(gone, words, &source);
		if (many && source == BK_NONE)
			source = find_source(gone, words);
		if (source != BK_NONE && source != i && status == BK_OK)
			status = bk_bonds_add(bonds, region_of[source], region_of[i], true);
	}
	return status;
}

int bk_merge_find_rewritten(struct bk_merge *merge, bk_bonds *bonds)
{
	int status = BK_OK;

	for (uint32_t p = 0; p < merge->count && status == BK_OK; p++) {
		const size_t count = merge->amendments[p].list.len;
		struct gone gone = {.wholes = BK_MAP_INIT,
			.pairs = BK_MAP_INIT,
			.found = bk_calloc(count + 1, sizeof *gone.found),
			.count = bk_calloc(count + 1, sizeof *gone.count)};

		status = gone.found && gone.count ? find_rewritten_of(merge, p, &gone, bonds)
						  : bk_fail_memory();
		bk_map_release(&gone.wholes);
		bk_map_release(&gone.pairs);
		bk_free(gone.found);
		bk_free(gone.count);
	}
	return status;
}
