/*
 * The inside of reading a label: a cursor walks the bytes; whatever cannot go on as a label puts the cursor back.
 */
#ifndef BRACKED_DRAFT_LABEL_CURSOR_H
#define BRACKED_DRAFT_LABEL_CURSOR_H

#include "draft/label.h"

#include <stddef.h>

struct bk_cursor {
	struct bk_str s;
	size_t at;
	bool plain; /* read no suffix behind a dot and a blank: "5. Alt title" */
};

/* The byte `ahead` from the cursor; 0 past the end. */
static inline char bk_cursor_peek(const struct bk_cursor *c, size_t ahead)
{
	return ahead < c->s.len - c->at ? c->s.ptr[c->at + ahead] : '\0';
}

static inline struct bk_str bk_cursor_rest(const struct bk_cursor *c)
{
	return bk_str_skip(c->s, c->at);
}

static inline bool bk_cursor_take_byte(struct bk_cursor *c, char byte)
{
	if (bk_cursor_peek(c, 0) != byte)
		return false;
	c->at++;
	return true;
}

static inline bool bk_cursor_is_wide(const struct bk_cursor *c)
{
	return (unsigned char)bk_cursor_peek(c, 0) >= 0x80;
}

/* A character of more than a byte, or a word. */
static inline bool bk_cursor_take(struct bk_cursor *c, const char *literal)
{
	if (bk_cursor_peek(c, 0) != literal[0] || !bk_str_starts(bk_cursor_rest(c), bk_str_of(literal)))
		return false;
	c->at += strlen(literal);
	return true;
}

static inline size_t bk_cursor_take_blanks(struct bk_cursor *c, size_t most)
{
	size_t n = 0;

	while (n < most && bk_is_blank(bk_cursor_peek(c, 0))) {
		c->at++;
		n++;
	}
	return n;
}

/* label_suffix.c: a suffix or alt, perhaps in brackets of its own, after a dot, a blank or nothing. */
bool bk_label_take_suffix(struct bk_cursor *c, struct bk_label *label);

#endif
