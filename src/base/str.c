/* Borrowed bytes and ASCII classes, independent of the locale. */
#include "base/str.h"

bool bk_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

bool bk_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool bk_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool bk_is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

bool bk_is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

bool bk_is_alpha(char c)
{
	return bk_is_upper(c) || bk_is_lower(c);
}

bool bk_is_word(char c)
{
	return bk_is_alpha(c) || bk_is_digit(c) || (unsigned char)c >= 0x80;
}

char bk_to_lower(char c)
{
	return bk_is_upper(c) ? (char)(c + ('a' - 'A')) : c;
}

bool bk_str_equal(struct bk_str a, struct bk_str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool bk_str_equal_nocase(struct bk_str a, struct bk_str b)
{
	return a.len == b.len && bk_str_starts_nocase(a, b);
}

bool bk_str_starts(struct bk_str string, struct bk_str prefix)
{
	return string.len >= prefix.len && bk_str_equal((struct bk_str){string.ptr, prefix.len}, prefix);
}

bool bk_str_starts_nocase(struct bk_str string, struct bk_str prefix)
{
	if (string.len < prefix.len)
		return false;
	for (size_t i = 0; i < prefix.len; i++)
		if (bk_to_lower(string.ptr[i]) != bk_to_lower(prefix.ptr[i]))
			return false;
	return true;
}

bool bk_str_ends(struct bk_str string, struct bk_str suffix)
{
	return string.len >= suffix.len && bk_str_equal(bk_str_skip(string, string.len - suffix.len), suffix);
}

int bk_str_compare(struct bk_str a, struct bk_str b)
{
	const size_t len = a.len < b.len ? a.len : b.len;
	const int order = len ? memcmp(a.ptr, b.ptr, len) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

struct bk_str bk_str_trim(struct bk_str string)
{
	while (string.len && bk_is_space(string.ptr[0]))
		string = bk_str_skip(string, 1);
	while (string.len && bk_is_space(string.ptr[string.len - 1]))
		string.len--;
	return string;
}

struct bk_str bk_str_skip(struct bk_str string, size_t from)
{
	if (from > string.len)
		from = string.len;
	return (struct bk_str){string.ptr + from, string.len - from};
}

size_t bk_str_find(struct bk_str string, char c)
{
	const char *at = string.len ? memchr(string.ptr, c, string.len) : NULL;

	return at ? (size_t)(at - string.ptr) : string.len;
}
