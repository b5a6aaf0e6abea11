/* Borrowed bytes: what is too long to stand in the header. */
#include "base/str.h"

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

size_t bk_str_find(struct bk_str string, char c)
{
	const char *at = string.len ? memchr(string.ptr, c, string.len) : NULL;

	return at ? (size_t)(at - string.ptr) : string.len;
}
