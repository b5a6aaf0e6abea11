#include "compare/token.h"

#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "draft/draft.h"
#include "draft/label.h"
#include "draft/option.h"

#include <bracked/text.h>

/* ---- Blanks -------------------------------------------------------------------------------------------- */

/* Bytes of the blank beyond ASCII that stands at an offset, or 0. */
static size_t wide_blank_at(struct bk_str bytes, size_t at)
{
	size_t size;
	const uint32_t code = bk_utf8_decode(bk_str_skip(bytes, at), &size);

	return code != BK_UTF8_BAD && bk_utf8_is_space(code) ? size : 0;
}

static inline size_t blanks_end(struct bk_str bytes, size_t at)
{
	for (size_t size = 1; at < bytes.len && size; at += size) {
		if (bk_is_space(bytes.ptr[at]))
			size = 1;
		else
			size = (unsigned char)bytes.ptr[at] < 0x80 ? 0 : wide_blank_at(bytes, at);
	}
	return at;
}

size_t bk_token_blanks(struct bk_str bytes, size_t at)
{
	return blanks_end(bytes, at);
}

/* ---- Tokens -------------------------------------------------------------------------------------------- */

/* Nearly all of a text. */
static inline bool is_plain(char c)
{
	static const bool plain[256] = {['0' ... '9'] = true, ['A' ... 'Z'] = true, ['a' ... 'z'] = true};

	return plain[(unsigned char)c];
}

/* Scripts that put no blanks between words: each character is a word. */
static bool stands_alone(uint32_t code)
{
	return (code >= 0x2E80 && code <= 0x9FFF) || (code >= 0xAC00 && code <= 0xD7AF) ||
	       (code >= 0xF900 && code <= 0xFAFF) || (code >= 0x20000 && code <= 0x3FFFF);
}

/* Whether a character beyond ASCII goes on a word: what hides in one is part of it. */
static bool is_wide_letter(uint32_t code)
{
	return code != BK_UTF8_BAD && !stands_alone(code) &&
	       (bk_utf8_is_letter(code) || bk_utf8_is_digit(code) || bk_utf8_is_mark(code) ||
		       bk_utf8_hidden(code, 0, 0) == BK_HIDDEN_ZERO_WIDTH || code == 0x200C ||
		       code == 0x200D);
}

static size_t wide_letter_at(struct bk_str bytes, size_t at)
{
	size_t size;

	return is_wide_letter(bk_utf8_decode(bk_str_skip(bytes, at), &size)) ? size : 0;
}

/* Bytes of the letter, digit or mark at `at`; 0 when none stands there. */
static inline size_t letter_at(struct bk_str bytes, size_t at)
{
	if (at >= bytes.len)
		return 0;
	if (is_plain(bytes.ptr[at]))
		return 1;
	return (unsigned char)bytes.ptr[at] < 0x80 ? 0 : wide_letter_at(bytes, at);
}

/* What joins two letters or two digits to one word: "so-called", "Party's", "1.5", "100,000". */
static inline size_t joint_at(struct bk_str bytes, size_t at)
{
	const char c = bytes.ptr[at];

	if (c == '-' || c == '\'')
		return 1;
	if ((c == '.' || c == ',') && at > 0 && bk_is_digit(bytes.ptr[at - 1]))
		return at + 1 < bytes.len && bk_is_digit(bytes.ptr[at + 1]) ? 1 : 0;
	if (c != '\xE2')
		return 0;
	return bk_str_starts(bk_str_skip(bytes, at), BK_STR("\xE2\x80\x99")) ? 3 : 0; /* U+2019 */
}

static inline size_t plain_end(struct bk_str bytes, size_t at)
{
	while (at < bytes.len && is_plain(bytes.ptr[at]))
		at++;
	return at;
}

static inline size_t word_end(struct bk_str bytes, size_t at)
{
	for (size_t size; (at = plain_end(bytes, at)) < bytes.len; at += size) {
		if (bytes.ptr[at] == ' ') /* behind nearly all of them */
			break;
		size = (unsigned char)bytes.ptr[at] < 0x80 ? 0 : wide_letter_at(bytes, at);
		if (size == 0) {
			size = joint_at(bytes, at);
			if (size == 0 || letter_at(bytes, at + size) == 0)
				break;
		}
	}
	return at;
}

size_t bk_token_footnote(struct bk_str bytes, size_t at)
{
	const size_t max = bytes.len - at < BK_TOKEN_REACH ? bytes.len : at + BK_TOKEN_REACH;

	if (!bk_str_starts(bk_str_skip(bytes, at), BK_STR("[^")))
		return 0;
	for (size_t i = at + 2; i < max && bytes.ptr[i] != '[' && !bk_is_space(bytes.ptr[i]); i++) {
		if (bytes.ptr[i] == ']')
			return i > at + 2 ? i + 1 - at : 0;
	}
	return 0;
}

/* Where the token that begins at `at` ends. */
static size_t token_end(struct bk_str bytes, size_t at)
{
	const char c = bytes.ptr[at];
	size_t size;

	if (letter_at(bytes, at))
		return word_end(bytes, at);
	if (c == '\\' && letter_at(bytes, at + 1))
		return word_end(bytes, at + 1);
	if (c == '\\' && at + 1 < bytes.len && !bk_is_space(bytes.ptr[at + 1])) {
		bk_utf8_decode(bk_str_skip(bytes, at + 1), &size);
		return at + 1 + size;
	}
	if (c == '[' && (size = bk_token_footnote(bytes, at)))
		return at + size;
	if ((unsigned char)c < 0x80)
		return at + 1;
	bk_utf8_decode(bk_str_skip(bytes, at), &size);
	return at + size;
}

struct bk_span bk_token_next(struct bk_str bytes, size_t at)
{
	at = blanks_end(bytes, at);
	return (struct bk_span){at, at < bytes.len ? token_end(bytes, at) : at};
}

struct bk_span bk_token_trim(struct bk_str bytes, struct bk_span span)
{
	const struct bk_str until = {bytes.ptr, span.end};
	const size_t start = bk_token_blanks(until, span.start);
	size_t end = start;

	if (start == span.end)
		return (struct bk_span){span.end, span.end};
	/* Blanks beyond ASCII are read forward, from the last byte that is surely none. */
	for (end = span.end; bk_is_space(bytes.ptr[end - 1]);)
		end--;
	while (end > start && (unsigned char)bytes.ptr[end - 1] >= 0x80) {
		size_t begin = end - 1;

		while (begin > start && ((unsigned char)bytes.ptr[begin] & 0xC0) == 0x80)
			begin--;
		if (bk_token_blanks((struct bk_str){bytes.ptr, end}, begin) != end)
			break;
		for (end = begin; end > start && bk_is_space(bytes.ptr[end - 1]);)
			end--;
	}
	return (struct bk_span){start, end};
}

bool bk_token_equal(struct bk_str a, struct bk_str b)
{
	size_t i = 0, j = 0;

	if (bk_str_equal(a, b))
		return true;
	for (;;) {
		const struct bk_span x = bk_token_next(a, i), y = bk_token_next(b, j);

		/* Where one has a blank between two tokens and the other has none they read otherwise. */
		if (i > 0 && x.start < x.end && (x.start > i) != (y.start > j))
			return false;
		if (!bk_str_equal((struct bk_str){a.ptr + x.start, x.end - x.start},
			    (struct bk_str){b.ptr + y.start, y.end - y.start}))
			return false;
		if (x.start == x.end)
			return true;
		i = x.end;
		j = y.end;
	}
}

uint64_t bk_token_hash(struct bk_str bytes)
{
	uint64_t hash = 0;

	for (struct bk_span span = bk_token_next(bytes, 0); span.start < span.end;
		span = bk_token_next(bytes, span.end))
		hash = bk_hash_seed(bytes.ptr + span.start, span.end - span.start, hash);
	return hash;
}

uint64_t bk_token_hash_word(struct bk_str word)
{
	size_t size;
	const uint32_t first = bk_utf8_decode(word, &size);

	return bk_hash_seed(word.ptr + size, word.len - size, bk_utf8_to_lower(first));
}

/* ---- Paragraphs ---------------------------------------------------------------------------------------- */

enum { USUAL = 128 }; /* bytes of a paragraph, about */

static int add_paragraph(struct bk_tokens *tokens, size_t start)
{
	const size_t count = tokens->paragraphs.len;
	struct bk_paragraph *paragraph = BK_VEC_PUSH(&tokens->paragraphs);

	if (!paragraph)
		return bk_fail_memory();
	paragraph->start = (uint32_t)start;
	if (count)
		tokens->paragraphs.items[count - 1].end = (uint32_t)start;
	return BK_OK;
}

/* Whether a line begins as an item of a list does: "a)", "ii)", "a.", "ii."; but "act." ends a sentence. */
static bool is_item(struct bk_str line)
{
	size_t letters = 0, figures = 0;

	while (letters < line.len && bk_is_lower(line.ptr[letters]))
		figures += memchr("ivxl", line.ptr[letters++], 4) != NULL;
	if (letters == 0 || letters > 4 || letters == line.len)
		return false;
	return line.ptr[letters] == ')' ||
	       (line.ptr[letters] == '.' && (letters == 1 || figures == letters) && letters + 1 < line.len &&
		       bk_is_space(line.ptr[letters + 1]));
}

/* Whether figures at the head of a line go on the one above: "of Article", "4, paragraph 7,". */
static bool goes_on_behind_figures(struct bk_str line)
{
	size_t at = 0;

	while (at < line.len && bk_is_digit(line.ptr[at]))
		at++;
	return at < line.len && memchr(",;%", line.ptr[at], 3) != NULL;
}

/* "PP2", "OP14": a paragraph of a resolution. */
static bool is_resolution(struct bk_str line)
{
	return line.len > 2 && bk_is_upper(line.ptr[0]) && line.ptr[1] == 'P' && bk_is_digit(line.ptr[2]);
}

static bool is_option(struct bk_str line)
{
	struct bk_option_header header;
	struct bk_lead lead;

	bk_lead_parse(line, &lead);
	return bk_option_parse(line, &lead, &header);
}

bool bk_token_opens(struct bk_str line)
{
	struct bk_str rest;
	size_t at = 0;

	while (at < line.len && (bk_is_blank(line.ptr[at]) || line.ptr[at] == '[' || line.ptr[at] == '*')) {
		const size_t mark = line.ptr[at] == '[' ? bk_token_footnote(line, at) : 0;

		if (mark)
			return at + mark < line.len && line.ptr[at + mark] == ':';
		at++;
	}
	rest = bk_str_skip(line, at);
	if (rest.len == 0)
		return false;
	if (bk_is_digit(rest.ptr[0]))
		return !goes_on_behind_figures(rest);
	if (bk_is_lower(rest.ptr[0]) ? is_item(rest) : memchr("#(-|", rest.ptr[0], 4) || is_resolution(rest))
		return true;
	return bk_option_has_word(rest) && is_option(line);
}

/* Bytes of the figures that a line begins with: "1850", "1.5", "10 000". */
static size_t count_figures(struct bk_str line)
{
	size_t at = 0;

	while (at < line.len && (bk_is_digit(line.ptr[at]) || bk_is_blank(line.ptr[at]) ||
					(memchr(".,", line.ptr[at], 2) && at + 1 < line.len &&
						bk_is_digit(line.ptr[at + 1]))))
		at++;
	return at;
}

/* Figures that are no label, behind a line that ended no clause: "emitted since", "1850 came"; "below",
 * "1.5 °C"; "in 2009 and", "2010. They".  Before a capital they may be the number of a note. */
static bool goes_on_with_figures(struct bk_str bytes, size_t before_end, struct bk_str line)
{
	struct bk_str before = {bytes.ptr, before_end};
	struct bk_label label;
	size_t at = bk_token_blanks(line, 0);

	line = bk_str_skip(line, at);
	if (line.len == 0 || !bk_is_digit(line.ptr[0]) || bk_label_parse(line, &label))
		return false;
	at = count_figures(line);
	if (at == line.len ||
		(bk_is_blank(line.ptr[at - 1]) ? bk_is_upper(line.ptr[at]) : line.ptr[at] != '.'))
		return false;
	for (at = before_end - 1; at > 0 && bytes.ptr[at - 1] != '\n';)
		at--;
	return !bk_label_may_follow(bk_str_skip(before, at));
}

static bool is_blank_line(struct bk_str line)
{
	return bk_token_blanks(line, 0) == line.len;
}

int bk_tokens_init(struct bk_tokens *tokens, struct bk_str bytes)
{
	bool after_blank = false;
	int status = bk_scan_fits(bytes.len);

	*tokens = (struct bk_tokens){.bytes = bytes};
	if (status == BK_OK && !BK_VEC_RESERVE(&tokens->paragraphs, bytes.len / USUAL))
		status = bk_fail_memory();
	for (size_t at = 0, end; at < bytes.len && status == BK_OK; at = end) {
		const char *feed = memchr(bytes.ptr + at, '\n', bytes.len - at);
		struct bk_str line;

		end = feed ? (size_t)(feed - bytes.ptr) + 1 : bytes.len;
		line = (struct bk_str){bytes.ptr + at, end - at};
		if (at > 0 && is_blank_line(line)) {
			after_blank = true;
			continue;
		}
		if (at == 0 || after_blank || bk_lead_goes_anew(bytes, at, at) ||
			(bk_token_opens(line) && !goes_on_with_figures(bytes, at, line)))
			status = add_paragraph(tokens, at);
		after_blank = false;
	}
	if (status == BK_OK && tokens->paragraphs.len)
		tokens->paragraphs.items[tokens->paragraphs.len - 1].end = (uint32_t)bytes.len;
	return status;
}

void bk_tokens_release(struct bk_tokens *tokens)
{
	BK_VEC_RELEASE(&tokens->paragraphs);
	BK_VEC_RELEASE(&tokens->items);
}

/* ---- Cutting ------------------------------------------------------------------------------------------- */

int bk_tokens_cut(struct bk_tokens *tokens, struct bk_vocabulary *vocabulary, uint32_t index)
{
	struct bk_paragraph *paragraph = &tokens->paragraphs.items[index];
	const struct bk_str bytes = {tokens->bytes.ptr, paragraph->end};
	int status = BK_OK;

	if (paragraph->cut)
		return BK_OK;
	paragraph->first = (uint32_t)tokens->items.len;
	for (struct bk_span span = bk_token_next(bytes, paragraph->start);
		span.start < span.end && status == BK_OK; span = bk_token_next(bytes, span.end)) {
		struct bk_token *token = BK_VEC_PUSH(&tokens->items);

		if (!token)
			return bk_fail_memory();
		token->start = (uint32_t)span.start;
		token->end = (uint32_t)span.end;
		status = bk_vocabulary_add(vocabulary,
			bk_str_skip((struct bk_str){bytes.ptr, span.end}, span.start),
			tokens->bytes.len - span.end, &token->number);
	}
	paragraph->last = (uint32_t)tokens->items.len;
	paragraph->cut = status == BK_OK;
	return status;
}
