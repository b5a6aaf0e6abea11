/*
 * Sentences that parties put in at one point, or clauses behind commas, each of which stands there once:
 *
 *	EU     They report. They pay.		[AU, EU: They report.] [EU, US: They pay.]
 *	AU     They report.
 *	US     They pay.
 *
 * Voices are cut where a sentence ends, or begins, beside which some of those who have it have another one.  So those
 * that always stand together stay so, and what nobody else has is cut only off from what others have.
 */
#include "compare/merge_place.h"

#include "base/alloc.h"

#include <stdlib.h>

enum { ABBREVIATED = 2 }; /* bytes of a word with a capital whose stop may end no sentence: "No.", "Dr." */

/* A sentence, or all that a voice says which is not to be cut. */
struct sentence {
	uint64_t hash;		 /* of what it says, */
	uint64_t before, behind; /* and of what those beside it in its voice do; 0: there are none */
	uint32_t voice;
	size_t start; /* in what that says */
	bool cut;     /* before it, */
	bool cut_behind;
};

typedef BK_VEC(struct sentence) sentence_list;

/* Whether a sentence ends with a token, behind another one. */
static bool ends_sentence(
	struct bk_str words, struct bk_span before, struct bk_span token, struct bk_span next)
{
	const char mark = words.ptr[token.start], first = next.start < next.end ? words.ptr[next.start] : ' ';
	const struct bk_str word = {words.ptr + before.start, before.end - before.start};

	return token.end - token.start == 1 && (mark == '.' || mark == '!' || mark == '?') &&
	       next.start > token.end && (bk_is_upper(first) || (unsigned char)first >= 0x80) && word.len &&
	       !memchr(word.ptr, '.', word.len) && (word.len > ABBREVIATED || !bk_is_upper(word.ptr[0]));
}

/* Whether a clause begins with a token, where what a voice says begins with a mark. */
static bool begins_clause(struct bk_str words, struct bk_span token, struct bk_span next)
{
	return (words.ptr[0] == ',' || words.ptr[0] == ';') && token.end - token.start == 1 &&
	       words.ptr[token.start] == words.ptr[0] && !bk_is_space(words.ptr[token.start - 1]) &&
	       next.start > token.end;
}

static int add_sentence(sentence_list *list, uint32_t voice, struct bk_str words, size_t start, size_t end)
{
	struct sentence *it = BK_VEC_PUSH(list);

	if (!it)
		return bk_fail_memory();
	*it = (struct sentence){.hash = bk_token_hash((struct bk_str){words.ptr + start, end - start}),
		.voice = voice,
		.start = start};
	if (start > 0) {
		it->before = it[-1].hash;
		it[-1].behind = it->hash;
	}
	return BK_OK;
}

/* List what a voice says, sentence by sentence. */
static int list_sentences(const struct bk_placing_region *placing, uint32_t voice, sentence_list *list)
{
	const struct bk_str words = placing->voices.items[voice].said;
	struct bk_span before = {0, 0}, token = bk_token_next(words, 0), next;
	size_t start = 0;
	int status = BK_OK;

	if (!bk_voice_may_be_cut(placing, &placing->voices.items[voice]))
		return add_sentence(list, voice, words, 0, words.len);
	for (; token.start < token.end && status == BK_OK; before = token, token = next) {
		size_t end = start;

		next = bk_token_next(words, token.end);
		if (ends_sentence(words, before, token, next))
			end = next.start;
		else if (token.start > 0 && begins_clause(words, token, next))
			end = token.start;
		if (end > start)
			status = add_sentence(list, voice, words, start, end);
		start = end;
	}
	return status == BK_OK ? add_sentence(list, voice, words, start, words.len) : status;
}

static int compare_hashes(const void *a, const void *b)
{
	const struct sentence *x = *(struct sentence *const *)a, *y = *(struct sentence *const *)b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x < y ? -1 : x > y;
}

/* Cut before sentences that are the same, and behind them, where those beside them are not. */
static void find_cuts(struct sentence **same, size_t count)
{
	bool cut = false, cut_behind = false;

	for (size_t i = 1; i < count; i++) {
		cut = cut || same[i]->before != same[0]->before;
		cut_behind = cut_behind || same[i]->behind != same[0]->behind;
	}
	for (size_t i = 0; i < count; i++) {
		same[i]->cut = cut;
		same[i]->cut_behind = cut_behind;
	}
}

static int find_all_cuts(const sentence_list *list)
{
	struct sentence **sorted = bk_malloc((list->len + 1) * sizeof *sorted);

	if (!sorted)
		return bk_fail_memory();
	for (size_t i = 0; i < list->len; i++)
		sorted[i] = &list->items[i];
	qsort(sorted, list->len, sizeof *sorted, compare_hashes);
	for (size_t i = 0, end; i < list->len; i = end) {
		for (end = i + 1; end < list->len && sorted[end]->hash == sorted[i]->hash;)
			end++;
		find_cuts(sorted + i, end - i);
	}
	bk_free(sorted);
	return BK_OK;
}

/* Whether a voice is cut before a sentence. */
static bool is_cut(const sentence_list *list, size_t index)
{
	const struct sentence *it = &list->items[index];

	return it->start > 0 && (it->cut || it[-1].cut_behind);
}

/* Cut all voices, from the last on: each goes to where it stands among the parts. */
static int cut_all(struct bk_placing_region *placing, const sentence_list *list)
{
	size_t parts = 0, from = list->len;

	for (size_t i = 0; i < list->len; i++)
		parts += is_cut(list, i);
	if (!BK_VEC_RESERVE(&placing->voices, parts))
		return bk_fail_memory();
	placing->voices.len += parts;
	while (parts) {
		const size_t end = from;
		const char *said;
		struct bk_voice *voice;

		for (from--; list->items[from].start > 0; from--)
			parts -= is_cut(list, from);
		voice = &placing->voices.items[list->items[from].voice + parts];
		*voice = placing->voices.items[list->items[from].voice];
		said = voice->said.ptr;
		for (size_t i = from + 1; i < end; i++)
			if (is_cut(list, i)) {
				bk_voice_cut(placing, voice,
					list->items[i].start - (size_t)(voice->said.ptr - said));
				voice++;
			}
	}
	return BK_OK;
}

int bk_voices_cut_sentences(struct bk_placing_region *placing)
{
	const struct bk_voice *voices = placing->voices.items;
	sentence_list list = {0};
	int status = BK_OK;

	for (uint32_t i = 0; i < placing->voices.len && status == BK_OK; i++) {
		if (!voices[i].text.len || !bk_texts_are_spaced_alike(voices[i].text, voices[0].text))
			break;
		status = list_sentences(placing, i, &list);
	}
	if (status == BK_OK && list.len && list.items[list.len - 1].voice + 1 == placing->voices.len)
		status = find_all_cuts(&list);
	if (status == BK_OK)
		status = cut_all(placing, &list);
	BK_VEC_RELEASE(&list);
	return status;
}
