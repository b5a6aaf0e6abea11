#include "compare/word.h"

#include "base/error.h"
#include "base/utf8.h"

#include <stdlib.h>

/* ---- What is no word ----------------------------------------------------------------------------------- */

typedef BK_VEC(struct bk_span) span_list;

static int add_span(span_list *spans, size_t start, size_t end)
{
	struct bk_span *span = BK_VEC_PUSH(spans);

	if (!span)
		return bk_fail_memory();
	*span = (struct bk_span){start, end};
	return BK_OK;
}

/* What a link says is words. */
bool bk_bracket_is_mark(const bk_draft *draft, const struct bk_bracket *bracket)
{
	struct bk_str inside;

	if (bracket->class != BK_CLASS_REFERENCE)
		return false;
	inside = bk_bracket_inside(draft, bracket);
	if (inside.len && inside.ptr[0] == '^')
		return true;
	for (size_t i = 0; i < inside.len; i++)
		if (!bk_is_digit(inside.ptr[i]))
			return false;
	return true;
}

static int compare_spans(const void *a, const void *b)
{
	const struct bk_span *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end < y->end ? -1 : x->end > y->end;
}

/* What is no word, while it is gathered in the order of the text. */
struct gathering {
	const struct bk_words *words;
	const bool *spared;
	span_list spans;
	uint32_t block; /* in which the last one began */
};

static bool is_spared(struct gathering *gathering, size_t offset)
{
	gathering->block = bk_blocks_near(&gathering->words->blocks, offset, gathering->block);
	return gathering->spared[gathering->block];
}

/* Add a span, unless nothing needs to be known of the blocks it lies in. */
static int add_wordless(struct gathering *gathering, size_t start, size_t end)
{
	const struct bk_blocks *blocks = &gathering->words->blocks;

	if (start == end)
		return BK_OK;
	if (is_spared(gathering, start) &&
		gathering->spared[bk_blocks_near(blocks, end - 1, gathering->block)])
		return BK_OK;
	return add_span(&gathering->spans, start, end);
}

static int find_wordless(struct gathering *gathering)
{
	const struct bk_draft *draft = gathering->words->draft;
	span_list *const spans = &gathering->spans;
	int status = BK_OK;

	for (size_t i = 0; i < draft->attribution_count && status == BK_OK; i++) {
		const struct bk_span *notation = &draft->attributions[i].notation;

		if (i == 0 || notation->start != draft->attributions[i - 1].notation.start)
			status = add_wordless(gathering, notation->start, notation->end);
	}
	for (size_t i = 0; i < draft->bracket_count && status == BK_OK; i++)
		if (bk_bracket_is_mark(draft, &draft->brackets[i]))
			status = add_wordless(gathering, draft->brackets[i].start, draft->brackets[i].end);
	for (size_t i = 0; i < draft->node_count && status == BK_OK; i++)
		if (bk_node_has_label(draft, (uint32_t)i) &&
			!is_spared(
				gathering, draft->nodes[i].offset)) /* a label lies in the block it opens */
			status = add_wordless(gathering, draft->nodes[i].offset, draft->nodes[i].behind);
	if (status == BK_OK && spans->len)
		qsort(spans->items, spans->len, sizeof *spans->items, compare_spans);
	return status;
}

/* ---- One word ------------------------------------------------------------------------------------------ */

/* Scripts that put no blanks between words: each character is one. */
static bool is_word_alone(uint32_t code)
{
	return (code >= 0x2E80 && code <= 0x9FFF) || (code >= 0xAC00 && code <= 0xD7AF) ||
	       (code >= 0xF900 && code <= 0xFAFF) || (code >= 0x20000 && code <= 0x3FFFF);
}

static bool is_apostrophe(uint32_t code)
{
	return code == '\'' || code == 0x2019;
}

/* What no word says but a sum or a share: currencies, per cent and per mille, more or less. */
static bool is_sign(uint32_t code)
{
	return (code >= 0xA2 && code <= 0xA5) || code == 0xB1 || code == 0x2030 ||
	       (code >= 0x20A0 && code <= 0x20CF) || code == 0x2264 || code == 0x2265;
}

/* Whether code goes on a word; what hides in one is part of it. */
static bool goes_on(uint32_t code)
{
	if (code < 0x80)
		return bk_is_alpha((char)code) || bk_is_digit((char)code);
	return code != BK_UTF8_BAD && !is_word_alone(code) &&
	       (bk_utf8_is_letter(code) || bk_utf8_is_digit(code) || bk_utf8_is_mark(code) ||
		       bk_utf8_hidden(code, 0, 0) == BK_HIDDEN_ZERO_WIDTH || code == 0x200C ||
		       code == 0x200D);
}

/* "1.5", "100,000": a stop between figures is part of the number. */
static bool is_inside_number(struct bk_str bytes, size_t at)
{
	return (bytes.ptr[at] == '.' || bytes.ptr[at] == ',') && bk_is_digit(bytes.ptr[at - 1]) &&
	       at + 1 < bytes.len && bk_is_digit(bytes.ptr[at + 1]);
}

static size_t word_end_wide(struct bk_str bytes, size_t at, size_t limit)
{
	size_t size;

	while (at < limit) {
		const uint32_t code = bk_utf8_decode(bk_str_skip(bytes, at), &size);

		if (goes_on(code))
			at += size;
		else if (is_apostrophe(code) && at + size < limit &&
			 goes_on(bk_utf8_decode(bk_str_skip(bytes, at + size), &(size_t){0})))
			at += size;
		else if (is_inside_number(bytes, at))
			at++;
		else
			break;
	}
	return at;
}

/* What a byte is to the walk over words. */
enum byte {
	APART, /* no part of a word: nearly all that is no letter */
	PART,  /* an ASCII letter or digit */
	SIGN,  /* a word of its own */
	WIDE,  /* of a character that must be looked at */
};

static const uint8_t bytes_of_words[256] = {['0' ... '9'] = PART,
	['A' ... 'Z'] = PART,
	['a' ... 'z'] = PART,
	['$'] = SIGN,
	['%'] = SIGN,
	[0x80 ... 0xff] = WIDE};

static const uint64_t EACH = 0x0101010101010101u;

/* Bit 7 of each of eight bytes that is PART: bits 0 to 6 of one that lies in a range reach bit 7 when what is
 * missing to its beginning is added, and do not when what is missing behind its end is. */
static uint64_t find_parts(uint64_t bytes)
{
	const uint64_t low = bytes & 0x7f * EACH, letters = low | 0x20 * EACH;
	const uint64_t letter = (letters + (0x80 - 'a') * EACH) & ~(letters + (0x7f - 'z') * EACH);
	const uint64_t digit = (low + (0x80 - '0') * EACH) & ~(low + (0x7f - '9') * EACH);

	return (letter | digit) & ~bytes & 0x80 * EACH;
}

static size_t word_end(struct bk_str bytes, size_t at, size_t limit)
{
	while (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ && limit - at >= 8) {
		uint64_t eight, others;

		memcpy(&eight, bytes.ptr + at, sizeof eight);
		others = ~find_parts(eight) & 0x80 * EACH;
		if (others) {
			at += (size_t)__builtin_ctzll(others) / 8;
			break;
		}
		at += 8;
	}
	while (at < limit && bytes_of_words[(unsigned char)bytes.ptr[at]] == PART)
		at++;
	if (at == limit || bk_is_space(bytes.ptr[at]))
		return at;
	return word_end_wide(bytes, at, limit);
}

/* A word that begins with a character that is not ASCII; where none does, *size is what to pass over. */
static bool begins_wide(struct bk_str bytes, size_t at, size_t limit, struct bk_span *out, size_t *size)
{
	const uint32_t code = bk_utf8_decode(bk_str_skip(bytes, at), size);

	if (code == BK_UTF8_BAD)
		return false;
	*out = (struct bk_span){at, at + *size};
	if (bk_utf8_is_space(code) || bk_utf8_hidden(code, 0, 0) != BK_HIDDEN_NOT)
		return false;
	if (is_word_alone(code) || is_sign(code))
		return true;
	if (!goes_on(code))
		return false;
	out->end = word_end(bytes, at + *size, limit);
	return true;
}

/* The first word in at..limit; false when there is none. */
static bool next_word(struct bk_str bytes, size_t at, size_t limit, struct bk_span *out)
{
	while (at < limit) {
		const uint8_t kind = bytes_of_words[(unsigned char)bytes.ptr[at]];
		size_t size = 1;

		if (kind == PART) {
			*out = (struct bk_span){at, word_end(bytes, at + 1, limit)};
			return true;
		}
		if (kind == SIGN) {
			*out = (struct bk_span){at, at + 1};
			return true;
		}
		if (kind == WIDE && begins_wide(bytes, at, limit, out, &size))
			return true;
		at += size;
	}
	return false;
}

/* ---- All words ----------------------------------------------------------------------------- */

/* What words are cut with. */
struct cutter {
	struct bk_words *words;
	struct bk_vocabulary *vocabulary;
	const struct bk_words *like; /* the other text, whose words are known; NULL: none is */
	uint32_t guess;		     /* its word that is likely to be the next */
};

/*
 * Whether the likely word stands at `at`: the same bytes with a blank behind them, which ends a word whatever it is
 * made of.  Most words of a changed paragraph are those of before, and so need not be looked up.
 */
static bool is_likely(const struct cutter *cutter, size_t at, size_t limit, struct bk_word *out)
{
	const struct bk_str bytes = cutter->words->draft->bytes;
	const struct bk_word *word;
	const char *there;
	size_t len;

	if (!cutter->like || cutter->guess >= cutter->like->items.len)
		return false;
	word = &cutter->like->items.items[cutter->guess];
	there = cutter->like->draft->bytes.ptr + word->start;
	len = word->end - word->start;
	if (len > limit - at || at + len == bytes.len || bytes.ptr[at + len] != ' ' ||
		memcmp(bytes.ptr + at, there, len) != 0 || word->end == cutter->like->draft->bytes.len ||
		there[len] != ' ')
		return false;
	*out = (struct bk_word){(uint32_t)at, (uint32_t)(at + len), word->number};
	return true;
}

/* The likely word did not come: another in its place, or it is gone. */
static void guess_again(struct cutter *cutter, uint32_t number)
{
	const struct bk_words *like = cutter->like;

	cutter->guess++;
	if (like && cutter->guess < like->items.len && like->items.items[cutter->guess].number == number)
		cutter->guess++;
}

static int cut_word(struct cutter *cutter, struct bk_span span, struct bk_word *word)
{
	const struct bk_str bytes = cutter->words->draft->bytes;
	int status;

	word->start = (uint32_t)span.start;
	word->end = (uint32_t)span.end;
	status = bk_vocabulary_add(cutter->vocabulary,
		(struct bk_str){bytes.ptr + span.start, span.end - span.start}, bytes.len - span.end,
		&word->number);
	if (status == BK_OK)
		guess_again(cutter, word->number);
	return status;
}

static int cut_span(struct cutter *cutter, size_t at, size_t limit)
{
	const struct bk_str bytes = cutter->words->draft->bytes;
	int status = BK_OK;

	while (status == BK_OK) {
		struct bk_word word;
		struct bk_span span;
		struct bk_word *added;

		while (at < limit && bytes_of_words[(unsigned char)bytes.ptr[at]] == APART)
			at++;
		if (at < limit && bytes_of_words[(unsigned char)bytes.ptr[at]] == PART &&
			is_likely(cutter, at, limit, &word))
			cutter->guess++;
		else if (next_word(bytes, at, limit, &span))
			status = cut_word(cutter, span, &word);
		else
			return BK_OK;
		added = BK_VEC_PUSH(&cutter->words->items);
		if (!added)
			return bk_fail_memory();
		*added = word;
		at = word.end;
	}
	return status;
}

/* The words of a block, but for what the wordless spans from *next on cover. */
static int cut_block(
	struct cutter *cutter, const struct bk_block *block, const span_list *wordless, size_t *next)
{
	size_t at = block->start;
	int status = BK_OK;

	for (size_t i = *next; i < wordless->len && wordless->items[i].start < block->end && status == BK_OK;
		i++) {
		const struct bk_span *span = &wordless->items[i];

		if (span->start > at)
			status = cut_span(cutter, at, span->start);
		if (span->end > at)
			at = span->end;
		if (span->end <= block->end)
			*next = i + 1;
	}
	return status == BK_OK && at < block->end ? cut_span(cutter, at, block->end) : status;
}

/* The words of the block behind the one that was met last are likely to be those of this one. */
static void guess_block(struct cutter *cutter, uint32_t *likely, uint32_t partner)
{
	const struct bk_words *like = cutter->like;

	*likely = partner == BK_NONE ? *likely + 1 : partner;
	if (*likely < like->blocks.list.len)
		cutter->guess = like->blocks.list.items[*likely].first;
}

int bk_words_cut(struct bk_words *words, struct bk_vocabulary *vocabulary, const bool *spared,
	const struct bk_words *like, const uint32_t *partner)
{
	struct cutter cutter = {words, vocabulary, like, 0};
	uint32_t likely = BK_NONE;
	struct gathering gathering = {.words = words, .spared = spared};
	const span_list *const wordless = &gathering.spans;
	size_t next = 0;
	int status = find_wordless(&gathering);

	for (uint32_t b = 0; b < words->blocks.list.len && status == BK_OK; b++) {
		struct bk_block *block = &words->blocks.list.items[b];

		while (next < wordless->len && wordless->items[next].end <= block->start)
			next++;
		if (like)
			guess_block(&cutter, &likely, partner[b]);
		block->first = (uint32_t)words->items.len;
		if (!spared[b])
			status = cut_block(&cutter, block, wordless, &next);
		block->last = (uint32_t)words->items.len;
	}
	BK_VEC_RELEASE(&gathering.spans);
	return status;
}

void bk_words_release(struct bk_words *words)
{
	BK_VEC_RELEASE(&words->items);
	bk_blocks_release(&words->blocks);
}

uint32_t bk_words_from(const struct bk_words *words, size_t offset)
{
	return (uint32_t)BK_SEARCH(i, words->items.len, words->items.items[i].start < offset);
}

int bk_stop_check(const struct bk_stop *stop)
{
	return stop->is_stopped && stop->is_stopped(stop->context)
		       ? bk_fail(BK_ELIMIT, "the comparison was stopped")
		       : BK_OK;
}
