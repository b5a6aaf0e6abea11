/*
 * Keys and their names.
 *
 *	Ctrl-S   Alt-Up   Shift-F2   Ctrl-Space   F10   Enter   a   Alt-U (shifted)   Alt-u
 *
 * A key is a character or a named key, with modifiers.  With Ctrl the case of a letter does not matter
 * (a terminal does not tell); with Alt it does.
 */
#ifndef BRACKED_TUI_KEY_H
#define BRACKED_TUI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum bk_key_modifier {
	BK_MOD_CTRL = 1,
	BK_MOD_ALT = 2,
	BK_MOD_SHIFT = 4,
};

/* Codes of named keys, above all characters. */
enum bk_key_code {
	BK_KEY_ENTER = 0x110000,
	BK_KEY_TAB,
	BK_KEY_ESCAPE,
	BK_KEY_BACKSPACE,
	BK_KEY_DELETE,
	BK_KEY_INSERT,
	BK_KEY_UP,
	BK_KEY_DOWN,
	BK_KEY_LEFT,
	BK_KEY_RIGHT,
	BK_KEY_HOME,
	BK_KEY_END,
	BK_KEY_PAGE_UP,
	BK_KEY_PAGE_DOWN,
	BK_KEY_F1, /* F2 .. F24 follow */
	BK_KEY_LAST = BK_KEY_F1 + 24,
};

struct bk_key {
	uint32_t code;
	uint8_t mods;
};

#define BK_KEY_NAME 32

bool bk_key_equal(struct bk_key a, struct bk_key b);
/* True for a character that typing puts into the text. */
bool bk_key_is_text(struct bk_key key);
/* The key of a name of len bytes; case of the names of modifiers and keys does not matter. */
bool bk_key_parse(const char *name, size_t len, struct bk_key *out);
/* The name, as help shows it. */
void bk_key_name(struct bk_key key, char out[BK_KEY_NAME]);
/* The key that a control character or DEL stands for: 0x13 is Ctrl-S, 0x0d Enter, 0x7f Backspace. */
struct bk_key bk_key_of_control(unsigned char byte);

#endif
