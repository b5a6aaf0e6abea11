/* Keys of names: one spelling for all the ways of writing a party. */
#include "ledger/party.h"

#include "base/utf8.h"

/* Capital and small letters of Latin-1 from U+00C0 and what they are without accents; a blank keeps them. */
static const char plain_latin[] = "aaaaaa ceeeeiiii nooooo ouuuuy  "
				  "aaaaaa ceeeeiiii nooooo ouuuuy y";

static const char *const words_as_codes[] = {"BASIC"};

static bool is_short_code(struct bk_str name)
{
	if (name.len > 3)
		return false;
	for (size_t i = 0; i < name.len; i++)
		if (!bk_is_alpha(name.ptr[i]))
			return false;
	return true;
}

static bool is_exact(struct bk_str name)
{
	if (is_short_code(name))
		return true;
	for (size_t i = 0; i < sizeof words_as_codes / sizeof *words_as_codes; i++)
		if (bk_str_equal_nocase(name, bk_str_of(words_as_codes[i])))
			return true;
	return false;
}

/* The letter that stands for an ASCII one in keys; 0 drops it. */
static char plain_ascii(char c)
{
	if (c == '`')
		return '\'';
	return bk_is_space(c) ? ' ' : bk_to_lower(c);
}

/* The same for a code point beyond; UINT32_MAX keeps it as it is. */
static uint32_t plain(uint32_t code)
{
	if (code >= 0xC0 && code <= 0xFF && plain_latin[code - 0xC0] != ' ')
		return (uint32_t)plain_latin[code - 0xC0];
	if (code == 0xAD || code == 0x200B || code == 0xFEFF)
		return 0;
	if (code == 0xA0 || code == 0x202F || code == 0x2009)
		return ' ';
	if (code == 0x2018 || code == 0x2019 || code == 0x2BC || code == 0xB4)
		return '\'';
	if ((code >= 0x2010 && code <= 0x2015) || code == 0x2212)
		return '-';
	return code == BK_UTF8_BAD ? UINT32_MAX : bk_utf8_to_lower(code);
}

/* The letter for the character at the start of rest, nothing, or its byte as it is; how many bytes it has. */
static inline size_t fold_one(struct bk_str rest, char out[4], size_t *size)
{
	uint32_t code;

	if ((unsigned char)*rest.ptr < 0x80) { /* nearly all of them */
		*size = 1;
		out[0] = plain_ascii(*rest.ptr);
		return out[0] != 0;
	}
	code = plain(bk_utf8_decode(rest, size));
	if (code >= 0x80 && code != UINT32_MAX)
		return bk_utf8_encode(code, out);
	out[0] = code == UINT32_MAX ? *rest.ptr : (char)code;
	return code != 0;
}

static size_t fold(struct bk_str name, char *out)
{
	size_t len = 0;

	for (size_t at = 0, size; at < name.len; at += size) {
		char bytes[4];
		const size_t count = fold_one(bk_str_skip(name, at), bytes, &size);

		if (count == 0 || (bytes[0] == ' ' && (len == 0 || out[len - 1] == ' ')))
			continue;
		if (len + count >= BK_PARTY_NAME_MAX)
			return 0;
		out[len++] = bytes[0];
		for (size_t i = 1; i < count; i++)
			out[len++] = bytes[i];
	}
	while (len > 0 && out[len - 1] == ' ')
		len--;
	return len;
}

size_t bk_party_key(struct bk_str name, char out[BK_PARTY_KEY_MAX])
{
	size_t len;

	name = bk_str_trim(name);
	if (name.len == 0 || name.len > BK_PARTY_NAME_MAX)
		return 0;
	if (is_exact(name)) {
		memcpy(out, name.ptr, name.len);
		return name.len;
	}
	out[0] = '~'; /* no code begins so: a folded name is never taken for an exact one */
	len = fold(name, out + 1);
	if (len > 4 && memcmp(out + 1, "the ", 4) == 0) {
		len -= 4;
		memmove(out + 1, out + 5, len);
	}
	return len ? len + 1 : 0;
}

bool bk_party_is_code(struct bk_str code)
{
	if (code.len == 0 || code.len > 32)
		return false;
	for (size_t i = 0; i < code.len; i++)
		if (!bk_is_word(code.ptr[i]) && !strchr("-_.+&", code.ptr[i]))
			return false;
	return memchr(code.ptr, '\0', code.len) == NULL;
}

static int number_at(struct bk_str date, size_t at, size_t count)
{
	int number = 0;

	for (size_t i = at; i < at + count && i < date.len; i++)
		number = number * 10 + date.ptr[i] - '0';
	return number;
}

static int days_in(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return month == 2 && leap ? 29 : days[month - 1];
}

bool bk_party_is_date(struct bk_str date)
{
	static const char shape[] = "0000-00-00";
	int year, month, day;

	if (date.len != 0 && date.len != 4 && date.len != 7 && date.len != 10)
		return false;
	for (size_t i = 0; i < date.len; i++)
		if (shape[i] == '-' ? date.ptr[i] != '-' : !bk_is_digit(date.ptr[i]))
			return false;
	year = number_at(date, 0, 4);
	month = date.len >= 7 ? number_at(date, 5, 2) : 1;
	day = date.len == 10 ? number_at(date, 8, 2) : 1;
	return date.len == 0 ||
	       (year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days_in(year, month));
}
