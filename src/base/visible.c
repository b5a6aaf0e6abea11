/*
 * What hides from the eye or would reach the terminal as a command, and the mark shown in its stead.
 * Not here: widths and clusters (utf8.c).
 */
#include "base/utf8.h"
#include "base/vec.h"

#include <stdio.h>

struct range {
	uint32_t first, last;
	enum bk_hidden why;
};

/* Ascending.  Joiners and variation selectors are not here: they hang on what stands before them. */
static const struct range hidden[] = {
	{0x00, 0x08, BK_HIDDEN_CONTROL},
	{0x0B, 0x1F, BK_HIDDEN_CONTROL},
	{0x7F, 0x84, BK_HIDDEN_CONTROL},
	{0x85, 0x85, BK_HIDDEN_SEPARATOR},
	{0x86, 0x9F, BK_HIDDEN_CONTROL},
	{0xAD, 0xAD, BK_HIDDEN_ZERO_WIDTH},
	{0x34F, 0x34F, BK_HIDDEN_ZERO_WIDTH},
	{0x61C, 0x61C, BK_HIDDEN_BIDI},
	{0x115F, 0x1160, BK_HIDDEN_ZERO_WIDTH},
	{0x17B4, 0x17B5, BK_HIDDEN_ZERO_WIDTH},
	{0x180E, 0x180E, BK_HIDDEN_ZERO_WIDTH},
	{0x200B, 0x200B, BK_HIDDEN_ZERO_WIDTH},
	{0x200E, 0x200F, BK_HIDDEN_BIDI},
	{0x2028, 0x2029, BK_HIDDEN_SEPARATOR},
	{0x202A, 0x202E, BK_HIDDEN_BIDI},
	{0x2060, 0x2065, BK_HIDDEN_ZERO_WIDTH},
	{0x2066, 0x2069, BK_HIDDEN_BIDI},
	{0x206A, 0x206F, BK_HIDDEN_ZERO_WIDTH},
	{0x2800, 0x2800, BK_HIDDEN_BLANK},
	{0x3164, 0x3164, BK_HIDDEN_ZERO_WIDTH},
	{0xFEFF, 0xFEFF, BK_HIDDEN_ZERO_WIDTH},
	{0xFFA0, 0xFFA0, BK_HIDDEN_ZERO_WIDTH},
	{0xFFF9, 0xFFFB, BK_HIDDEN_ZERO_WIDTH},
	{0x16FE4, 0x16FE4, BK_HIDDEN_ZERO_WIDTH},
	{0x1BCA0, 0x1BCA3, BK_HIDDEN_ZERO_WIDTH},
	{0x1D173, 0x1D17A, BK_HIDDEN_ZERO_WIDTH},
	{0xE0000, 0xE01EF, BK_HIDDEN_TAG},
};

/* Beside the scripts in which joiners are spelling: what a variation selector gives another shape. */
static const struct range shaped[] = {
	{0xA9, 0xA9, BK_HIDDEN_NOT},
	{0xAE, 0xAE, BK_HIDDEN_NOT},
	{0x203C, 0x203C, BK_HIDDEN_NOT},
	{0x2049, 0x2049, BK_HIDDEN_NOT},
	{0x2100, 0xFDFF, BK_HIDDEN_NOT}, /* signs, emoji, Han */
	{0xFE10, 0x10FFFF, BK_HIDDEN_NOT},
};

/* The scripts in which a joiner or non-joiner is spelling, and emoji, which it binds into one picture. */
static const struct range joining[] = {
	{0x0600, 0x08FF, BK_HIDDEN_NOT}, /* Arabic, Syriac, Thaana, N'Ko */
	{0x0900, 0x0DFF, BK_HIDDEN_NOT}, /* Devanagari to Sinhala */
	{0x0F00, 0x109F, BK_HIDDEN_NOT}, /* Tibetan, Myanmar */
	{0x1780, 0x18AF, BK_HIDDEN_NOT}, /* Khmer, Mongolian */
	{0x2600, 0x27BF, BK_HIDDEN_NOT},
	{0xA8E0, 0xA8FF, BK_HIDDEN_NOT},
	{0xFB50, 0xFDFF, BK_HIDDEN_NOT},
	{0xFE0F, 0xFE0F, BK_HIDDEN_NOT},
	{0xFE70, 0xFEFC, BK_HIDDEN_NOT},
	{0x11000, 0x11DFF, BK_HIDDEN_NOT},
	{0x1F000, 0x1FAFF, BK_HIDDEN_NOT},
};

static const struct range *range_of(const struct range *ranges, size_t count, uint32_t code)
{
	const size_t low = BK_SEARCH(i, count, code > ranges[i].last);

	return low < count && code >= ranges[low].first ? &ranges[low] : NULL;
}

static bool is_variation_selector(uint32_t code)
{
	return (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0x180B && code <= 0x180F && code != 0x180E);
}

/* Whether code, which shows nothing itself, does something to what is shown before it. */
static bool hangs_on(uint32_t code, uint32_t before)
{
	const bool selects = is_variation_selector(code);

	if (range_of(hidden, sizeof hidden / sizeof *hidden, before) ||
		(selects && is_variation_selector(before)))
		return false;
	return range_of(joining, sizeof joining / sizeof *joining, before) ||
	       (selects && range_of(shaped, sizeof shaped / sizeof *shaped, before));
}

enum bk_hidden bk_utf8_hidden(uint32_t code, uint32_t before, uint32_t after)
{
	const struct range *range;

	(void)after;
	if (code >= ' ' && code < 0x7F)
		return BK_HIDDEN_NOT;
	if (code == BK_UTF8_BAD)
		return BK_HIDDEN_BAD;
	/* A mark stands in place of what hides itself: that joins nothing. */
	if (code == 0x200C || code == 0x200D || is_variation_selector(code))
		return hangs_on(code, before) ? BK_HIDDEN_NOT : BK_HIDDEN_ZERO_WIDTH;
	range = range_of(hidden, sizeof hidden / sizeof *hidden, code);
	return range ? range->why : BK_HIDDEN_NOT;
}

size_t bk_utf8_mark(uint32_t code, unsigned char byte, char out[16])
{
	const char *format = code == BK_UTF8_BAD || code < 0x80 ? "<%02X>" : "<U+%04X>";

	return (size_t)snprintf(out, 16, format, code == BK_UTF8_BAD ? byte : code);
}

/* How many printable ASCII bytes string begins with. */
static size_t plain_prefix(struct bk_str string)
{
	size_t at = 0;

	while (string.len - at >= 8) {
		bool plain = true;

		for (size_t i = 0; i < 8; i++)
			plain &= (unsigned char)(string.ptr[at + i] - ' ') < 0x7F - ' ';
		if (!plain)
			break;
		at += 8;
	}
	while (at < string.len && (unsigned char)(string.ptr[at] - ' ') < 0x7F - ' ')
		at++;
	return at;
}

void bk_utf8_put_visible(struct bk_buf *buf, struct bk_str string, bool keep_lines)
{
	uint32_t before = 0;
	char mark[16];

	while (string.len) {
		const size_t plain = plain_prefix(string);
		uint32_t code;
		size_t size;

		bk_buf_put(buf, string.ptr, plain);
		if (plain)
			before = (unsigned char)string.ptr[plain - 1];
		string = bk_str_skip(string, plain);
		if (!string.len)
			break;
		code = bk_utf8_decode(string, &size);
		before = bk_utf8_hidden(code, before, 0) ? BK_UTF8_BAD : code;
		if (before == BK_UTF8_BAD || (!keep_lines && (code == '\t' || code == '\n')))
			bk_buf_put(buf, mark, bk_utf8_mark(code, (unsigned char)string.ptr[0], mark));
		else
			bk_buf_put(buf, string.ptr, size);
		string = bk_str_skip(string, size);
	}
}

char bk_utf8_latin_lookalike(uint32_t code)
{
	static const struct {
		uint32_t code;
		char latin;
	} pairs[] = {
		{0x391, 'A'},
		{0x392, 'B'},
		{0x395, 'E'},
		{0x396, 'Z'},
		{0x397, 'H'},
		{0x399, 'I'},
		{0x39A, 'K'},
		{0x39C, 'M'},
		{0x39D, 'N'},
		{0x39F, 'O'},
		{0x3A1, 'P'},
		{0x3A4, 'T'},
		{0x3A5, 'Y'},
		{0x3A7, 'X'},
		{0x3B9, 'i'},
		{0x3BD, 'v'},
		{0x3BF, 'o'},
		{0x3C1, 'p'},
		{0x3C5, 'u'},
		{0x3F2, 'c'},
		{0x3F3, 'j'},
		{0x3F9, 'C'},
		{0x405, 'S'},
		{0x406, 'I'},
		{0x408, 'J'},
		{0x410, 'A'},
		{0x412, 'B'},
		{0x415, 'E'},
		{0x41A, 'K'},
		{0x41C, 'M'},
		{0x41D, 'H'},
		{0x41E, 'O'},
		{0x420, 'P'},
		{0x421, 'C'},
		{0x422, 'T'},
		{0x423, 'Y'},
		{0x425, 'X'},
		{0x430, 'a'},
		{0x435, 'e'},
		{0x43E, 'o'},
		{0x440, 'p'},
		{0x441, 'c'},
		{0x443, 'y'},
		{0x445, 'x'},
		{0x455, 's'},
		{0x456, 'i'},
		{0x458, 'j'},
		{0x4AE, 'Y'},
		{0x4BB, 'h'},
		{0x4CF, 'l'},
		{0x501, 'd'},
		{0x51B, 'q'},
		{0x51D, 'w'},
	};

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs && code >= 0x391; i++)
		if (pairs[i].code == code)
			return pairs[i].latin;
	return 0;
}
