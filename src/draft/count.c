/*
 * Counts: what the trackers of a negotiation put in their tables.
 *
 * A word is what people count by hand: a run of bytes without a blank in it that holds a letter or a digit,
 * in any script.  Two brackets that touch, `[shall][should]`, part words; a bracket inside a word,
 * `chemical[s]`, does not.  Each Han, Hiragana and Katakana character is a word of its own, as Chinese and
 * Japanese texts are counted.  A word stands where its first letter or digit does.
 *
 * A modal is that word alone, in any case: not `shallow`, and not the month in `12 May 2015`.
 */
#include "draft/draft.h"

#include "base/utf8.h"

/* A walk over the words of a span. */
struct words {
	const struct bk_draft *draft;
	struct bk_counts *out;
	uint32_t next;	/* the first bracket that opens past what was walked */
	size_t covered; /* disputed words end here */
	bool counted;	/* the run of non-blanks at hand is a word already */
};

/* ---- Words ------------------------------------------------------------------------------------------ */

/* Whether a disputed bracket holds offset; offsets come in ascending order. */
static bool is_disputed(struct words *words, size_t offset)
{
	const struct bk_draft *draft = words->draft;

	for (; words->next < draft->bracket_count && draft->brackets[words->next].start <= offset;
		words->next++) {
		const struct bk_bracket *bracket = &draft->brackets[words->next];

		if (bracket->class == BK_CLASS_DISPUTED && !bracket->brace && bracket->end > words->covered)
			words->covered = bracket->end;
	}
	return offset < words->covered;
}

/* What of a bracket and of those around it is disputed covers the words up to its end. */
static void cover(struct words *words, uint32_t bracket)
{
	for (; bracket != BK_NONE; bracket = words->draft->brackets[bracket].parent) {
		const struct bk_bracket *it = &words->draft->brackets[bracket];

		if (it->class == BK_CLASS_DISPUTED && !it->brace && it->end > words->covered)
			words->covered = it->end;
	}
}

/* Begin at offset, which brackets that opened before it may cover. */
static void begin_words(struct words *words, size_t offset)
{
	const struct bk_draft *draft = words->draft;
	const uint32_t around = bk_draft_bracket_at(draft, offset);

	words->next = bk_draft_bracket_from(draft, offset);
	cover(words, around);
	if (around != BK_NONE && draft->other_kind) /* braces and brackets are apart */
		cover(words, draft->other_kind[around]);
}

static void count_word(struct words *words, size_t offset)
{
	words->out->words++;
	words->out->words_disputed += is_disputed(words, offset);
	words->counted = true;
}

static bool counts_each(uint32_t code)
{
	return (code >= 0x3041 && code <= 0x30FF) || (code >= 0x3400 && code <= 0x4DBF) ||
	       (code >= 0x4E00 && code <= 0x9FFF) || (code >= 0xF900 && code <= 0xFAFF) ||
	       (code >= 0x20000 && code <= 0x3FFFF);
}

/* NEL and the separators of lines and paragraphs: no line end of ours, but they part words. */
static bool is_separator(uint32_t code)
{
	return code == 0x85 || code == 0x2028 || code == 0x2029;
}

/* Count the code point at `at`, which is not ASCII; returns its bytes. */
static size_t walk_code(struct words *words, struct bk_str bytes, size_t at)
{
	size_t size;
	const uint32_t code = bk_utf8_decode(bk_str_skip(bytes, at), &size);

	if (code == BK_UTF8_BAD)
		return 1;
	if (counts_each(code)) {
		count_word(words, at);
		words->counted = false;
	} else if (bk_utf8_is_space(code) || is_separator(code)) {
		words->counted = false;
	} else if (!words->counted && (bk_utf8_is_letter(code) || bk_utf8_is_digit(code))) {
		count_word(words, at);
	}
	return size;
}

static bool is_border(struct bk_str bytes, size_t at)
{
	return bk_is_space(bytes.ptr[at]) || (bytes.ptr[at] == '[' && at > 0 && bytes.ptr[at - 1] == ']');
}

/* ---- Modals ----------------------------------------------------------------------------------------- */

static bool is_number_near(struct bk_str bytes, size_t start, size_t end)
{
	while (end < bytes.len && bk_is_blank(bytes.ptr[end]))
		end++;
	while (start > 0 && bk_is_blank(bytes.ptr[start - 1]))
		start--;
	return (end < bytes.len && bk_is_digit(bytes.ptr[end])) ||
	       (start > 0 && bk_is_digit(bytes.ptr[start - 1]));
}

/* Whether what is at `at` goes on with a word: a letter, digit or mark of any script, not a quotation mark. */
static bool is_of_word(struct bk_str bytes, size_t at)
{
	size_t size;
	uint32_t code;

	if (at >= bytes.len || (unsigned char)bytes.ptr[at] < 0x80)
		return at < bytes.len && bk_is_word(bytes.ptr[at]);
	code = bk_utf8_decode(bk_str_skip(bytes, at), &size);
	return code != BK_UTF8_BAD &&
	       (bk_utf8_is_letter(code) || bk_utf8_is_digit(code) || bk_utf8_is_mark(code));
}

/* Where the character that ends before `at` begins; at > 0. */
static size_t before(struct bk_str bytes, size_t at)
{
	const size_t least = at > 4 ? at - 4 : 0;

	do
		at--;
	while (at > least && ((unsigned char)bytes.ptr[at] & 0xC0) == 0x80);
	return at;
}

/* Count the run of letters start..end when it is a modal. */
static void count_modal(struct bk_counts *out, struct bk_str bytes, size_t start, size_t end)
{
	static const struct bk_str modals[BK_MODAL_COUNT] = {
		{"shall", 5}, {"should", 6}, {"may", 3}, {"will", 4}, {"must", 4}};
	const struct bk_str word = {bytes.ptr + start, end - start};
	const char first = bk_to_lower(word.ptr[0]);

	if (word.len < 3 || word.len > 6 || (first != 's' && first != 'm' && first != 'w'))
		return;
	for (size_t i = 0; i < BK_MODAL_COUNT; i++) {
		if (!bk_str_equal_nocase(word, modals[i]) ||
			(start > 0 && is_of_word(bytes, before(bytes, start))) || is_of_word(bytes, end))
			continue;
		if (i != BK_MODAL_MAY || !bk_is_upper(word.ptr[0]) || !is_number_near(bytes, start, end))
			out->modals[i]++;
	}
}

/* ---- One walk over the span --------------------------------------------------------------------------- */

/* Count the run of ASCII letters at `at`; returns its length. */
static size_t walk_letters(struct words *words, struct bk_str bytes, size_t at, size_t limit)
{
	size_t end = at + 1;

	while (end < limit && bk_is_alpha(bytes.ptr[end]))
		end++;
	if (!words->counted)
		count_word(words, at);
	count_modal(words->out, bytes, at, end);
	return end - at;
}

static void count_words(const struct bk_draft *draft, struct bk_span span, struct bk_counts *out)
{
	const struct bk_str bytes = draft->bytes;
	struct words words = {.draft = draft, .out = out};

	begin_words(&words, span.start);
	for (size_t at = span.start; at < span.end;) {
		const char c = bytes.ptr[at];

		if ((unsigned char)c >= 0x80) {
			at += walk_code(&words, bytes, at);
			continue;
		}
		if (is_border(bytes, at))
			words.counted = false;
		if (bk_is_alpha(c)) {
			at += walk_letters(&words, bytes, at, span.end);
			continue;
		}
		if (!words.counted && bk_is_digit(c))
			count_word(&words, at);
		at++;
	}
}

/* ---- Brackets, nodes, runs ------------------------------------------------------------------------------
 */

static bool opens_run(const struct bk_draft *draft, uint32_t index)
{
	const struct bk_bracket *bracket = &draft->brackets[index];
	const uint32_t group = bracket->group;

	return bracket->run != 0 && group != 0 && draft->groups[group - 1].first == index &&
	       (group == 1 || draft->groups[group - 2].run != bracket->run);
}

static void count_brackets(const struct bk_draft *draft, struct bk_span span, struct bk_counts *out)
{
	for (uint32_t i = bk_draft_bracket_from(draft, span.start);
		i < draft->bracket_count && draft->brackets[i].start < span.end; i++) {
		const struct bk_bracket *bracket = &draft->brackets[i];

		if (bracket->brace) {
			out->braces++;
			continue;
		}
		out->pairs++;
		out->classes[bracket->class]++;
		out->runs += opens_run(draft, i);
		if (bracket->depth > out->depth)
			out->depth = bracket->depth;
	}
	for (size_t i = BK_SEARCH(u, draft->unmatched_count, draft->unmatched[u].offset < span.start);
		i < draft->unmatched_count && draft->unmatched[i].offset < span.end; i++) {
		const struct bk_unmatched *unmatched = &draft->unmatched[i];

		if (unmatched->brace)
			continue;
		out->unmatched_open += unmatched->open;
		out->unmatched_close += !unmatched->open;
	}
	out->opens = out->pairs + out->unmatched_open;
	out->closes = out->pairs + out->unmatched_close;
}

static void count_nodes(const struct bk_draft *draft, struct bk_span span, struct bk_counts *out)
{
	for (size_t i = BK_SEARCH(n, draft->node_count, draft->nodes[n].offset < span.start);
		i < draft->node_count && draft->nodes[i].offset < span.end; i++) {
		const struct bk_node *node = &draft->nodes[i];

		out->options += node->kind == BK_NODE_OPTION;
		out->provisions += node->kind == BK_NODE_PROVISION;
		out->provisions_clean += node->kind == BK_NODE_PROVISION && node->open == 0;
	}
}

static size_t count_lines(const struct bk_draft *draft, struct bk_span span)
{
	size_t last;

	if (span.start == span.end)
		return 0;
	last = bk_snapshot_line_of(draft->snapshot, span.end - 1);
	return last - bk_snapshot_line_of(draft->snapshot, span.start) + 1;
}

void bk_draft_count_span(const bk_draft *draft, struct bk_span span, struct bk_counts *out)
{
	*out = (struct bk_counts){0};
	if (span.end > draft->bytes.len)
		span.end = draft->bytes.len;
	if (span.start >= span.end)
		return;
	out->bytes = span.end - span.start;
	out->lines = count_lines(draft, span);
	count_words(draft, span, out);
	count_brackets(draft, span, out);
	count_nodes(draft, span, out);
}

void bk_draft_count(const bk_draft *draft, struct bk_counts *out)
{
	bk_draft_count_span(draft, (struct bk_span){0, draft->bytes.len}, out);
	out->depth = draft->depth;
}
