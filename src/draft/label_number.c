/*
 * The numbers of labels, in digits, letters and numerals of several scripts, and the Latin suffixes.
 */
#include "draft/label.h"

#include <stdio.h>

/* One digit in any of the three scripts; its length, 0 when none. */
static size_t digit_at(struct bk_str s, uint32_t *value)
{
	const unsigned char *b = (const unsigned char *)s.ptr;

	if (s.len >= 1 && bk_is_digit(s.ptr[0])) {
		*value = (uint32_t)(b[0] - '0');
		return 1;
	}
	if (s.len >= 2 && (b[0] == 0xD9 && b[1] >= 0xA0 && b[1] <= 0xA9)) { /* Arabic-Indic */
		*value = b[1] - 0xA0u;
		return 2;
	}
	if (s.len >= 3 && b[0] == 0xEF && b[1] == 0xBC && b[2] >= 0x90 && b[2] <= 0x99) { /* full width */
		*value = b[2] - 0x90u;
		return 3;
	}
	return 0;
}

size_t bk_label_number(struct bk_str string, uint32_t *value)
{
	size_t at = 0, n;
	uint32_t digit;

	*value = 0;
	while ((n = digit_at(bk_str_skip(string, at), &digit)) > 0) {
		if (*value < 10000)
			*value = *value * 10 + digit;
		at += n;
	}
	return at;
}

/* Index of the character at the start of s in a row of UTF-8 characters of `width` bytes each, from 1. */
static uint32_t index_in(struct bk_str s, const char *row, size_t width)
{
	const size_t len = strlen(row);

	if (s.len < width)
		return 0;
	for (size_t i = 0; i < len; i += width) {
		if (memcmp(s.ptr, row + i, width) == 0)
			return (uint32_t)(i / width + 1);
	}
	return 0;
}

size_t bk_label_chinese(struct bk_str string, uint32_t *value)
{
	static const char *const digits = "一二三四五六七八九";
	uint32_t tens = 0, ones, n;
	size_t at = 0;

	*value = 0;
	if (string.len == 0 || (unsigned char)string.ptr[0] < 0x80)
		return 0;
	n = index_in(string, digits, 3);
	at += n ? 3 : 0;
	if (bk_str_starts(bk_str_skip(string, at), BK_STR("十"))) {
		tens = n ? n : 1;
		at += 3;
		ones = index_in(bk_str_skip(string, at), digits, 3);
		at += ones ? 3 : 0;
	} else {
		ones = n;
	}
	*value = tens * 10 + ones;
	return at;
}

static uint32_t roman_digit(char c)
{
	switch (c) {
	case 'i': return 1;
	case 'v': return 5;
	case 'x': return 10;
	case 'l': return 50;
	default: return 0;
	}
}

static const struct {
	uint32_t value;
	const char *letters;
} steps[] = {{50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}};

/* Whether letters spell value as a Roman numeral is written: iv, not iiii. */
static bool is_canonical(const char *letters, size_t len, uint32_t value)
{
	size_t at = 0;

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		const size_t n = strlen(steps[i].letters);

		while (value >= steps[i].value) {
			if (len - at < n || memcmp(letters + at, steps[i].letters, n) != 0)
				return false;
			at += n;
			value -= steps[i].value;
		}
	}
	return at == len;
}

uint32_t bk_label_roman(struct bk_str string, size_t *len)
{
	const bool upper = string.len > 0 && bk_is_upper(string.ptr[0]);
	char letters[8];
	uint32_t value = 0;
	size_t n = 0;

	while (n < string.len && n < sizeof letters && bk_is_upper(string.ptr[n]) == upper &&
		roman_digit(bk_to_lower(string.ptr[n]))) {
		letters[n] = bk_to_lower(string.ptr[n]);
		n++;
	}
	*len = n;
	if (n == 0 || (n < string.len && bk_is_alpha(string.ptr[n])))
		return 0;
	for (size_t i = 0; i < n; i++) {
		const uint32_t digit = roman_digit(letters[i]);

		value += i + 1 < n && digit < roman_digit(letters[i + 1]) ? (uint32_t)-digit : digit;
	}
	return value > 0 && value < 90 && is_canonical(letters, n, value) ? value : 0;
}

/* ---- Writing ------------------------------------------------------------------------------------- */

static void write_roman(uint32_t value, char out[16])
{
	size_t at = 0;

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		for (; value >= steps[i].value; value -= steps[i].value) {
			memcpy(out + at, steps[i].letters, strlen(steps[i].letters));
			at += strlen(steps[i].letters);
		}
	}
	out[at] = '\0';
}

bool bk_label_write(uint8_t style, uint32_t value, char out[16])
{
	const bool upper = style == BK_LABEL_UPPER || style == BK_LABEL_ROMAN_UPPER;

	switch (style) {
	case BK_LABEL_ARABIC:
	case BK_LABEL_PREAMBLE:
	case BK_LABEL_OPERATIVE: snprintf(out, 16, "%u", value); return value < 10000;
	case BK_LABEL_LOWER:
	case BK_LABEL_UPPER:
		if (value == 0 || value > 52)
			return false;
		out[0] = (char)('a' + (value - 1) % 26);
		out[1] = value > 26 ? out[0] : '\0';
		out[2] = '\0';
		break;
	case BK_LABEL_ROMAN:
	case BK_LABEL_ROMAN_UPPER:
		if (value == 0 || value > 89)
			return false;
		write_roman(value, out);
		break;
	default: return false;
	}
	for (size_t i = 0; upper && out[i]; i++)
		out[i] = (char)(out[i] - ('a' - 'A'));
	return true;
}

/* ---- Suffixes ------------------------------------------------------------------------------------ */

static bool ends_word(struct bk_str s, size_t at)
{
	return at >= s.len || !(bk_is_alpha(s.ptr[at]) || (unsigned char)s.ptr[at] >= 0xC3);
}

/* clang-format off */
#define SUFFIXES(WORD) \
	WORD("bis", 2) \
	WORD("ter", 3) \
	WORD("quater", 4) WORD("quat", 4) \
	WORD("quinquies", 5) WORD("quinques", 5) \
	WORD("sexies", 6) WORD("ses", 6) \
	WORD("septies", 7) WORD("sept", 7) \
	WORD("octies", 8) \
	WORD("novies", 9) WORD("nonies", 9) \
	WORD("decies", 10) \
	WORD("undecies", 11) \
	WORD("duodecies", 12) \
	WORD("terdecies", 13) \
	WORD("supra", 1)
/* clang-format on */

bool bk_label_may_begin_suffix(char c)
{
#define FIRST(word, number) | 1u << (*(word) - 'a')
	const uint32_t firsts = 0 SUFFIXES(FIRST);
#undef FIRST
	const char lower = bk_to_lower(c);

	return lower >= 'a' && lower <= 'z' && (firsts >> (lower - 'a') & 1);
}

size_t bk_label_suffix(struct bk_str string, uint32_t *number)
{
#define ENTRY(word, number) {{word, sizeof word - 1}, number},
	static const struct {
		struct bk_str word;
		uint32_t number;
	} words[] = {SUFFIXES(ENTRY)};
#undef ENTRY
	const char first = string.len > 2 ? bk_to_lower(string.ptr[0]) : '\0';

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (words[i].word.ptr[0] == first && bk_str_starts_nocase(string, words[i].word) &&
			ends_word(string, words[i].word.len)) {
			*number = words[i].number;
			return words[i].word.len;
		}
	}
	return 0;
}

size_t bk_label_letter(struct bk_str string, uint8_t *style, uint32_t *value)
{
	static const struct {
		const char *row;
		uint8_t style;
	} scripts[] = {
		{"абвгдежзиклмнопрстуфхцчшщэюя", BK_LABEL_CYRILLIC},
		{"АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ", BK_LABEL_CYRILLIC},
		{"αβγδεζηθικλμνξοπρστυφχψω", BK_LABEL_GREEK},
		{"أبجدهوزحطيكلمنسعفصقرشت", BK_LABEL_ARABIC_LETTER},
		{"ابجدهـ", BK_LABEL_ARABIC_LETTER},
	};

	if (string.len == 0 || (unsigned char)string.ptr[0] < 0x80)
		return 0;
	for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
		const uint32_t index = index_in(string, scripts[i].row, 2);

		if (index > 0) {
			*style = scripts[i].style;
			*value = index;
			return 2;
		}
	}
	return 0;
}

static bool is_roman_letter(char c)
{
	return strchr("ivxlIVXL", c) != NULL;
}

bool bk_label_begins_word(struct bk_str rest)
{
	const char *letters = rest.ptr;

	if (rest.len < 2 || !bk_is_alpha(letters[0]) || !bk_is_alpha(letters[1]) || letters[0] == letters[1])
		return false;
	return !(letters[0] == 'O' && letters[1] == 'P') &&
	       !(is_roman_letter(letters[0]) && is_roman_letter(letters[1]));
}
