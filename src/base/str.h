/*
 * A borrowed run of bytes: not owned, not NUL-terminated, any bytes.
 */
#ifndef BRACKED_BASE_STR_H
#define BRACKED_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct bk_str {
	const char *ptr;
	size_t len;
};

/* A literal as a bk_str. */
#define BK_STR(literal) ((struct bk_str){(literal), sizeof(literal) - 1})

static inline struct bk_str bk_str_of(const char *string)
{
	return (struct bk_str){string, strlen(string)};
}

/* The string, or "" for none. */
static inline const char *bk_or_empty(const char *string)
{
	return string ? string : "";
}

/* These stand here, not in str.c: readers of a text ask them of every byte. */

static inline bool bk_is_blank(char c) /* space or tab */
{
	return c == ' ' || c == '\t';
}

static inline bool bk_is_space(char c) /* blank or line end, FF, VT */
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline bool bk_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool bk_is_upper(char c) /* ASCII */
{
	return c >= 'A' && c <= 'Z';
}

static inline bool bk_is_lower(char c) /* ASCII */
{
	return c >= 'a' && c <= 'z';
}

static inline bool bk_is_alpha(char c) /* ASCII letter */
{
	return bk_is_upper(c) || bk_is_lower(c);
}

static inline bool bk_is_emphasis(char c) /* of Markdown */
{
	return c == '*' || c == '_';
}

static inline bool bk_is_word(char c) /* ASCII letter, digit, or any byte >= 0x80 */
{
	return bk_is_alpha(c) || bk_is_digit(c) || (unsigned char)c >= 0x80;
}

static inline char bk_to_lower(char c) /* ASCII */
{
	return bk_is_upper(c) ? (char)(c + ('a' - 'A')) : c;
}

/* From `from` to the end; the empty string at the end when from is past it. */
static inline struct bk_str bk_str_skip(struct bk_str string, size_t from)
{
	if (from > string.len)
		from = string.len;
	return (struct bk_str){string.ptr + from, string.len - from};
}

static inline bool bk_str_equal(struct bk_str a, struct bk_str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool bk_str_starts(struct bk_str string, struct bk_str prefix)
{
	if (string.len < prefix.len)
		return false;
	/* most differ in their first byte */
	return prefix.len == 0 ||
	       (string.ptr[0] == prefix.ptr[0] && memcmp(string.ptr, prefix.ptr, prefix.len) == 0);
}

static inline bool bk_str_ends(struct bk_str string, struct bk_str suffix)
{
	if (string.len < suffix.len)
		return false;
	/* most differ in their last byte */
	return suffix.len == 0 ||
	       (string.ptr[string.len - 1] == suffix.ptr[suffix.len - 1] &&
		       memcmp(string.ptr + string.len - suffix.len, suffix.ptr, suffix.len) == 0);
}

/* Bytes of the dash that it starts with, which may be a hyphen; 0: none. */
static inline size_t bk_str_dash(struct bk_str string)
{
	if (bk_str_starts(string, BK_STR("-")))
		return 1;
	return bk_str_starts(string, BK_STR("–")) || bk_str_starts(string, BK_STR("—")) ? strlen("–") : 0;
}

static inline bool bk_str_starts_nocase(struct bk_str string, struct bk_str prefix)
{
	if (string.len < prefix.len)
		return false;
	for (size_t i = 0; i < prefix.len; i++)
		if (bk_to_lower(string.ptr[i]) != bk_to_lower(prefix.ptr[i]))
			return false;
	return true;
}

/* Equal but for the case of ASCII letters. */
static inline bool bk_str_equal_nocase(struct bk_str a, struct bk_str b)
{
	return a.len == b.len && bk_str_starts_nocase(a, b);
}

/* How many bytes two strings begin with alike, and end with. */
size_t bk_str_common_start(struct bk_str a, struct bk_str b);
size_t bk_str_common_end(struct bk_str a, struct bk_str b);

/* <0, 0, >0 by bytes, shorter first. */
int bk_str_compare(struct bk_str a, struct bk_str b);

/* The string without ASCII blanks (space, tab, CR, LF, FF, VT) at both ends. */
struct bk_str bk_str_trim(struct bk_str string);
/* Offset of byte c, or string.len. */
size_t bk_str_find(struct bk_str string, char c);

#endif
