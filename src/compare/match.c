#include "compare/match.h"

#include "base/alloc.h"
#include "base/error.h"
#include "compare/sequence.h"

enum {
	SLIDE_MAX = 200, /* words that a run is slid over at the most */
	PHRASE = 3,	 /* words in a row that are the same out of order by no chance */
};

/* What matching needs beside the result. */
struct matcher {
	struct bk_matches *matches;
	struct bk_sequencer *sequencer;
	uint32_t *old, *now; /* numbers of all words */
	/* words without a partner: which they are, their numbers, and what each is matched with */
	uint32_t *old_free, *now_free, *old_numbers, *now_numbers, *found;
};

static void range_of(
	const struct bk_words *words, uint32_t from, uint32_t to, uint32_t *first, uint32_t *last)
{
	*first = *last = 0;
	if (from == to)
		return;
	*first = words->blocks.list.items[from].first;
	*last = words->blocks.list.items[to - 1].last;
}

void bk_matches_old_words(const struct bk_matches *matches, uint32_t passage, uint32_t *first, uint32_t *last)
{
	const struct bk_passage *it = &matches->alignment.passages.items[passage];

	range_of(&matches->old, it->old_first, it->old_last, first, last);
}

void bk_matches_new_words(const struct bk_matches *matches, uint32_t passage, uint32_t *first, uint32_t *last)
{
	const struct bk_passage *it = &matches->alignment.passages.items[passage];

	range_of(&matches->now, it->new_first, it->new_last, first, last);
}

/* ---- Sliding ------------------------------------------------------------------------------------------- */

/* How good a border between two things the gap before a word is. */
static int border(const struct bk_words *words, uint32_t word)
{
	const struct bk_str bytes = words->draft->bytes;
	const size_t from = word ? words->items.items[word - 1].end : 0;
	const size_t to = word < words->items.len ? words->items.items[word].start : bytes.len;
	int best = 0;

	for (size_t at = from; at < to; at++) {
		const char c = bytes.ptr[at];
		const int good = c == '[' || c == ']'		    ? 4
				 : c == '.' || c == ';' || c == ':' ? 3
				 : c == ','			    ? 2
								    : 0;

		best = good > best ? good : best;
	}
	return best;
}

/* One text's words and what each is matched with, and the other text's. */
struct slide {
	const struct bk_words *words;
	const uint32_t *numbers;
	uint32_t *to, *back;
	uint32_t first, last; /* of the passage */
};

/* Move the run first..last of unmatched words one to the left: the word before it takes the match's place. */
static void step_left(struct slide *slide, uint32_t first, uint32_t last)
{
	const uint32_t partner = slide->to[first - 1];

	slide->to[last - 1] = partner;
	slide->to[first - 1] = BK_NONE;
	slide->back[partner] = last - 1;
}

static void step_right(struct slide *slide, uint32_t first, uint32_t last)
{
	const uint32_t partner = slide->to[last];

	slide->to[first] = partner;
	slide->to[last] = BK_NONE;
	slide->back[partner] = first;
}

/* Slide a run as far left as it goes, then right to the best of the borders passed. */
static void slide_run(struct slide *slide, uint32_t *first, uint32_t *last)
{
	const uint32_t *numbers = slide->numbers;
	uint32_t steps = 0, best_steps = 0;
	int best;

	while (steps<SLIDE_MAX && * first> slide->first && slide->to[*first - 1] != BK_NONE &&
		numbers[*first - 1] == numbers[*last - 1]) {
		step_left(slide, (*first)--, *last);
		--*last;
		steps++;
	}
	best = border(slide->words, *first) + border(slide->words, *last);
	for (steps = 0; steps < SLIDE_MAX && *last < slide->last && slide->to[*last] != BK_NONE &&
			numbers[*first] == numbers[*last];) {
		int good;

		step_right(slide, *first, *last);
		++*first;
		++*last;
		steps++;
		good = border(slide->words, *first) + border(slide->words, *last);
		if (good >= best) {
			best = good;
			best_steps = steps;
		}
	}
	for (; steps > best_steps; steps--) {
		step_left(slide, (*first)--, *last);
		--*last;
	}
}

/* The words of the other text around a run that stands only here are neighbours there. */
static bool stands_alone(const struct slide *slide, uint32_t first, uint32_t last)
{
	if (first == slide->first || last == slide->last)
		return true;
	return slide->to[last] == slide->to[first - 1] + 1;
}

static void slide_all(struct slide *slide)
{
	for (uint32_t at = slide->first, end; at < slide->last; at = end) {
		uint32_t first = at;

		end = at + 1;
		if (slide->to[at] != BK_NONE)
			continue;
		while (end < slide->last && slide->to[end] == BK_NONE)
			end++;
		if (stands_alone(slide, first, end))
			slide_run(slide, &first, &end);
	}
}

/* ---- Matching ------------------------------------------------------------------------------------------ */

static int match_passage(struct matcher *matcher, uint32_t passage)
{
	struct bk_matches *matches = matcher->matches;
	uint32_t a, a_end, b, b_end;
	int status;

	bk_matches_old_words(matches, passage, &a, &a_end);
	bk_matches_new_words(matches, passage, &b, &b_end);
	if (a == a_end || b == b_end)
		return BK_OK;
	status = bk_sequencer_match(matcher->sequencer, matcher->old + a, a_end - a, matcher->now + b,
		b_end - b, matches->to_new + a);
	if (status != BK_OK)
		return status;
	for (uint32_t w = a; w < a_end; w++) {
		if (matches->to_new[w] == BK_NONE)
			continue;
		matches->to_new[w] += b;
		matches->to_old[matches->to_new[w]] = w;
	}
	slide_all(&(struct slide){&matches->old, matcher->old, matches->to_new, matches->to_old, a, a_end});
	slide_all(&(struct slide){&matches->now, matcher->now, matches->to_old, matches->to_new, b, b_end});
	return BK_OK;
}

/* ---- Strays -------------------------------------------------------------------------------------------- */

/* The words from first up to last that have no place yet. */
static size_t gather_free(uint32_t first, uint32_t last, const uint32_t *to, const uint32_t *stray,
	const uint32_t *numbers, uint32_t *out, uint32_t *out_numbers)
{
	size_t count = 0;

	for (uint32_t w = first; w < last; w++) {
		if (to[w] != BK_NONE || stray[w] != BK_NONE)
			continue;
		out[count] = w;
		out_numbers[count++] = numbers[w];
	}
	return count;
}

/* Phrases, of what was found: words in a row in both texts. */
static void take_phrases(struct matcher *matcher, size_t count)
{
	struct bk_matches *matches = matcher->matches;

	for (size_t at = 0, end; at < count; at = end) {
		end = at + 1;
		if (matcher->found[at] == BK_NONE)
			continue;
		while (end < count && matcher->found[end] != BK_NONE &&
			matcher->old_free[end] == matcher->old_free[end - 1] + 1 &&
			matcher->now_free[matcher->found[end]] ==
				matcher->now_free[matcher->found[end - 1]] + 1)
			end++;
		for (size_t i = at; i < end && end - at >= PHRASE; i++) {
			const uint32_t old = matcher->old_free[i], now = matcher->now_free[matcher->found[i]];

			matches->strays_to_new[old] = now;
			matches->strays_to_old[now] = old;
		}
	}
}

static int match_free(struct matcher *matcher, uint32_t a, uint32_t a_end, uint32_t b, uint32_t b_end)
{
	const struct bk_matches *matches = matcher->matches;
	const size_t old = gather_free(a, a_end, matches->to_new, matches->strays_to_new, matcher->old,
		matcher->old_free, matcher->old_numbers);
	const size_t now = gather_free(b, b_end, matches->to_old, matches->strays_to_old, matcher->now,
		matcher->now_free, matcher->now_numbers);
	int status;

	if (old < PHRASE || now < PHRASE)
		return BK_OK;
	status = bk_sequencer_match(
		matcher->sequencer, matcher->old_numbers, old, matcher->now_numbers, now, matcher->found);
	if (status == BK_OK)
		take_phrases(matcher, old);
	return status;
}

/* The option that a block lies in, or BK_NONE. */
static uint32_t option_of(const struct bk_words *words, uint32_t block)
{
	const bk_draft *draft = words->draft;
	uint32_t node = words->blocks.list.items[block].node;

	while (node != BK_NONE && draft->nodes[node].kind != BK_NODE_OPTION)
		node = draft->nodes[node].parent;
	return node;
}

/* Whether the block stood beside what became the other one, as another option for it. */
static bool are_rivals(const struct bk_matches *matches, uint32_t block, uint32_t now)
{
	const struct bk_passage *passage = &matches->alignment.passages.items[matches->alignment.of_new[now]];
	const uint32_t a = option_of(&matches->old, block), b = option_of(&matches->old, passage->old_first);

	return a != BK_NONE && b != BK_NONE && a != b &&
	       matches->old.draft->nodes[a].parent == matches->old.draft->nodes[b].parent;
}

/* Options for one paragraph share its words: what one of them won with, another may have had, too. */
static int match_rival(struct matcher *matcher, const struct bk_block *old, const struct bk_block *now)
{
	struct bk_matches *matches = matcher->matches;
	int status = bk_sequencer_match(matcher->sequencer, matcher->old + old->first, old->last - old->first,
		matcher->now + now->first, now->last - now->first, matcher->found);

	for (uint32_t w = old->first; w < old->last && status == BK_OK; w++) {
		const uint32_t found = matcher->found[w - old->first];

		if (found != BK_NONE && matches->to_new[w] == BK_NONE && matches->strays_to_new[w] == BK_NONE)
			matches->strays_to_new[w] = found + now->first;
	}
	return status;
}

static int match_strays(struct matcher *matcher)
{
	const struct bk_matches *matches = matcher->matches;
	int status = BK_OK;

	for (uint32_t p = 0; p < matches->alignment.passages.len && status == BK_OK; p++) {
		uint32_t a, a_end, b, b_end;

		bk_matches_old_words(matches, p, &a, &a_end);
		bk_matches_new_words(matches, p, &b, &b_end);
		status = bk_stop_check(&matches->stop);
		if (status == BK_OK)
			status = match_free(matcher, a, a_end, b, b_end);
	}
	for (size_t i = 0; i < matches->alignment.strays.len && status == BK_OK; i++) {
		const struct bk_stray *stray = &matches->alignment.strays.items[i];
		const struct bk_block *old = &matches->old.blocks.list.items[stray->old];
		const struct bk_block *now = &matches->now.blocks.list.items[stray->now];

		status = match_free(matcher, old->first, old->last, now->first, now->last);
		if (status == BK_OK && are_rivals(matches, stray->old, stray->now))
			status = match_rival(matcher, old, now);
	}
	return status;
}

/* ---- All of it ----------------------------------------------------------------------------------------- */

static uint32_t *numbers_of(const struct bk_words *words)
{
	uint32_t *numbers = bk_malloc((words->items.len + 1) * sizeof *numbers);

	for (size_t i = 0; numbers && i < words->items.len; i++)
		numbers[i] = words->items.items[i].number;
	return numbers;
}

static uint32_t *nowhere(size_t count)
{
	uint32_t *places = bk_malloc((count + 1) * sizeof *places);

	if (places)
		memset(places, 0xff, (count + 1) * sizeof *places);
	return places;
}

static int match_all(struct bk_matches *matches)
{
	struct matcher matcher = {.matches = matches};
	int status = bk_sequencer_new(&matcher.sequencer, matches->vocabulary.entries.len);

	matcher.old = numbers_of(&matches->old);
	matcher.now = numbers_of(&matches->now);
	matches->to_new = nowhere(matches->old.items.len);
	matches->to_old = nowhere(matches->now.items.len);
	matches->strays_to_new = nowhere(matches->old.items.len);
	matches->strays_to_old = nowhere(matches->now.items.len);
	matcher.old_free = nowhere(matches->old.items.len);
	matcher.now_free = nowhere(matches->now.items.len);
	matcher.old_numbers = nowhere(matches->old.items.len);
	matcher.now_numbers = nowhere(matches->now.items.len);
	matcher.found = nowhere(matches->old.items.len);
	if (status == BK_OK &&
		(!matcher.old || !matcher.now || !matches->to_new || !matches->to_old ||
			!matches->strays_to_new || !matches->strays_to_old || !matcher.old_free ||
			!matcher.now_free || !matcher.old_numbers || !matcher.now_numbers || !matcher.found))
		status = bk_fail_memory();
	for (uint32_t p = 0; p < matches->alignment.passages.len && status == BK_OK; p++) {
		status = bk_stop_check(&matches->stop);
		if (status == BK_OK)
			status = match_passage(&matcher, p);
	}
	if (status == BK_OK)
		status = match_strays(&matcher);
	bk_free(matcher.old);
	bk_free(matcher.now);
	bk_free(matcher.old_free);
	bk_free(matcher.now_free);
	bk_free(matcher.old_numbers);
	bk_free(matcher.now_numbers);
	bk_free(matcher.found);
	bk_sequencer_free(matcher.sequencer);
	return status;
}

/* What stands before each old word that stands in the new text too, or before an unchanged block. */
static int find_anchors(struct bk_matches *matches)
{
	uint32_t anchor = 0;

	matches->anchors = bk_malloc((matches->old.items.len + 1) * sizeof *matches->anchors);
	if (!matches->anchors)
		return bk_fail_memory();
	for (uint32_t b = 0; b < matches->old.blocks.list.len; b++) {
		const struct bk_block *block = &matches->old.blocks.list.items[b];
		const uint32_t now = matches->unchanged.to_new[b];

		for (uint32_t w = block->first; w < block->last; w++) {
			matches->anchors[w] = anchor;
			if (matches->to_new[w] != BK_NONE)
				anchor = matches->now.items.items[matches->to_new[w]].end;
		}
		if (now != BK_NONE)
			anchor = matches->now.blocks.list.items[now].end;
	}
	matches->anchors[matches->old.items.len] = anchor;
	return BK_OK;
}

size_t bk_matches_anchor(const struct bk_matches *matches, size_t offset)
{
	const size_t there = bk_unchanged_offset(&matches->unchanged, offset);

	return there != BK_NOWHERE ? there : matches->anchors[bk_words_from(&matches->old, offset)];
}

static int cut_all(struct bk_matches *matches, const bk_draft *old, const bk_draft *now)
{
	struct bk_unchanged *unchanged = &matches->unchanged;
	int status = bk_blocks_cut(&matches->old.blocks, old);

	if (status == BK_OK)
		status = bk_blocks_cut(&matches->now.blocks, now);
	if (status == BK_OK)
		status = bk_stop_check(&matches->stop);
	if (status == BK_OK)
		status = bk_unchanged_find(unchanged, &matches->old.blocks, &matches->now.blocks);
	if (status == BK_OK)
		status = bk_words_cut(&matches->old, &matches->vocabulary, unchanged->old_spared, NULL, NULL);
	if (status == BK_OK)
		status = bk_stop_check(&matches->stop);
	if (status == BK_OK)
		status = bk_words_cut(&matches->now, &matches->vocabulary, unchanged->new_spared,
			&matches->old, unchanged->to_old);
	return status;
}

int bk_matches_make(
	struct bk_matches *matches, const bk_draft *old, const bk_draft *now, const struct bk_stop *stop)
{
	int status;

	*matches = (struct bk_matches){
		.vocabulary = BK_VOCABULARY_INIT, .old = {.draft = old}, .now = {.draft = now}};
	if (stop)
		matches->stop = *stop;
	status = cut_all(matches, old, now);
	if (status == BK_OK)
		status = bk_stop_check(&matches->stop);
	if (status == BK_OK)
		status = bk_alignment_make(&matches->alignment, &matches->old, &matches->now,
			&matches->unchanged, matches->vocabulary.entries.len, &matches->stop);
	if (status == BK_OK)
		status = match_all(matches);
	return status == BK_OK ? find_anchors(matches) : status;
}

void bk_matches_release(struct bk_matches *matches)
{
	bk_vocabulary_release(&matches->vocabulary);
	bk_words_release(&matches->old);
	bk_words_release(&matches->now);
	bk_unchanged_release(&matches->unchanged);
	bk_alignment_release(&matches->alignment);
	bk_free(matches->to_new);
	bk_free(matches->to_old);
	bk_free(matches->strays_to_new);
	bk_free(matches->strays_to_old);
	bk_free(matches->anchors);
}
