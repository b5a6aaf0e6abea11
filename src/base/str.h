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

bool bk_str_equal(struct bk_str a, struct bk_str b);
/* Equal but for the case of ASCII letters. */
bool bk_str_equal_nocase(struct bk_str a, struct bk_str b);
bool bk_str_starts(struct bk_str string, struct bk_str prefix);
bool bk_str_starts_nocase(struct bk_str string, struct bk_str prefix);
bool bk_str_ends(struct bk_str string, struct bk_str suffix);
/* <0, 0, >0 by bytes, shorter first. */
int bk_str_compare(struct bk_str a, struct bk_str b);

/* The string without ASCII blanks (space, tab, CR, LF, FF, VT) at both ends. */
struct bk_str bk_str_trim(struct bk_str string);
/* From `from` to the end; the empty string at the end when from is past it. */
struct bk_str bk_str_skip(struct bk_str string, size_t from);
/* Offset of byte c, or string.len. */
size_t bk_str_find(struct bk_str string, char c);

bool bk_is_blank(char c); /* space or tab */
bool bk_is_space(char c); /* blank or line end, FF, VT */
bool bk_is_digit(char c);
bool bk_is_upper(char c); /* ASCII */
bool bk_is_lower(char c); /* ASCII */
bool bk_is_alpha(char c); /* ASCII letter */
bool bk_is_word(char c);  /* ASCII letter, digit, or any byte >= 0x80 */
char bk_to_lower(char c); /* ASCII */

#endif
