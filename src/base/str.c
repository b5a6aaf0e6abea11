/* Borrowed bytes: what is too long to stand in the header. */
#include "base/str.h"

#include <stdint.h>

int bk_str_compare(struct bk_str a, struct bk_str b)
{
	const size_t len = a.len < b.len ? a.len : b.len;
	const int order = len ? memcmp(a.ptr, b.ptr, len) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* Eight bytes at once, wherever they lie. */
static uint64_t eight(const char *bytes)
{
	uint64_t value;

	memcpy(&value, bytes, sizeof value);
	return value;
}

size_t bk_str_common_start(struct bk_str a, struct bk_str b)
{
	const size_t most = a.len < b.len ? a.len : b.len;
	size_t len = 0;

	while (len + 8 <= most && eight(a.ptr + len) == eight(b.ptr + len))
		len += 8;
	while (len < most && a.ptr[len] == b.ptr[len])
		len++;
	return len;
}

size_t bk_str_common_end(struct bk_str a, struct bk_str b)
{
	const char *const a_end = a.ptr + a.len, *const b_end = b.ptr + b.len;
	const size_t most = a.len < b.len ? a.len : b.len;
	size_t len = 0;

	while (len + 8 <= most && eight(a_end - len - 8) == eight(b_end - len - 8))
		len += 8;
	while (len < most && a_end[-1 - (ptrdiff_t)len] == b_end[-1 - (ptrdiff_t)len])
		len++;
	return len;
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
