/* Keys and their names. */
#include "tui/key.h"

#include "base/str.h"
#include "base/utf8.h"

#include <stdio.h>

struct key_word {
	const char *name;
	uint32_t code;
};

/* The first name of a code is the one shown. */
static const struct key_word words[] = {
	{"Enter", BK_KEY_ENTER},
	{"Return", BK_KEY_ENTER},
	{"Tab", BK_KEY_TAB},
	{"Esc", BK_KEY_ESCAPE},
	{"Escape", BK_KEY_ESCAPE},
	{"Backspace", BK_KEY_BACKSPACE},
	{"Del", BK_KEY_DELETE},
	{"Delete", BK_KEY_DELETE},
	{"Ins", BK_KEY_INSERT},
	{"Insert", BK_KEY_INSERT},
	{"Up", BK_KEY_UP},
	{"Down", BK_KEY_DOWN},
	{"Left", BK_KEY_LEFT},
	{"Right", BK_KEY_RIGHT},
	{"Home", BK_KEY_HOME},
	{"End", BK_KEY_END},
	{"PgUp", BK_KEY_PAGE_UP},
	{"PageUp", BK_KEY_PAGE_UP},
	{"PgDn", BK_KEY_PAGE_DOWN},
	{"PageDown", BK_KEY_PAGE_DOWN},
	{"Space", ' '},
	{"Minus", '-'},
};

static const struct key_word modifiers[] = {
	{"Ctrl-", BK_MOD_CTRL},
	{"C-", BK_MOD_CTRL},
	{"Alt-", BK_MOD_ALT},
	{"M-", BK_MOD_ALT},
	{"Shift-", BK_MOD_SHIFT},
	{"S-", BK_MOD_SHIFT},
};

bool bk_key_equal(struct bk_key a, struct bk_key b)
{
	return a.code == b.code && a.mods == b.mods;
}

bool bk_key_is_text(struct bk_key key)
{
	return key.mods == 0 && key.code >= 0x20 && key.code != 0x7f && key.code < 0x110000;
}

static struct bk_str take_modifiers(struct bk_str name, uint8_t *mods)
{
	bool found = true;
	while (found) {
		found = false;
		for (size_t i = 0; i < sizeof modifiers / sizeof *modifiers; i++) {
			const struct bk_str prefix = bk_str_of(modifiers[i].name);
			if (name.len > prefix.len && bk_str_starts_nocase(name, prefix)) {
				*mods |= (uint8_t)modifiers[i].code;
				name = bk_str_skip(name, prefix.len);
				found = true;
				break;
			}
		}
	}
	return name;
}

static bool parse_function_key(struct bk_str name, uint32_t *code)
{
	if (name.len < 2 || name.len > 3 || (name.ptr[0] != 'F' && name.ptr[0] != 'f'))
		return false;
	unsigned number = 0;
	for (size_t i = 1; i < name.len; i++) {
		if (!bk_is_digit(name.ptr[i]))
			return false;
		number = number * 10 + (unsigned)(name.ptr[i] - '0');
	}
	if (number < 1 || number > 24)
		return false;
	*code = BK_KEY_F1 + number - 1;
	return true;
}

static bool parse_code(struct bk_str name, uint32_t *code)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (bk_str_equal_nocase(name, bk_str_of(words[i].name))) {
			*code = words[i].code;
			return true;
		}
	if (parse_function_key(name, code))
		return true;
	if (name.len == 0)
		return false;
	size_t size;
	*code = bk_utf8_decode(name, &size);
	return *code != BK_UTF8_BAD && size == name.len && *code >= 0x20 && *code != 0x7f;
}

bool bk_key_parse(const char *name, size_t len, struct bk_key *out)
{
	uint8_t mods = 0;
	uint32_t code;
	const struct bk_str rest = take_modifiers((struct bk_str){name, len}, &mods);
	if (!parse_code(rest, &code))
		return false;
	if ((mods & BK_MOD_CTRL) && code < 0x80)
		code = (uint32_t)(unsigned char)bk_to_lower((char)code);
	if ((mods & BK_MOD_SHIFT) && code < 0x110000) {
		code = bk_utf8_to_upper(code);
		mods &= (uint8_t)~BK_MOD_SHIFT;
	}
	*out = (struct bk_key){code, mods};
	return true;
}

static const char *word_of(uint32_t code)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (words[i].code == code && code != '-')
			return words[i].name;
	return NULL;
}

void bk_key_name(struct bk_key key, char out[BK_KEY_NAME])
{
	char code[16] = "";
	const char *const word = word_of(key.code);
	if (word != NULL) {
		snprintf(code, sizeof code, "%s", word);
	} else if (key.code >= BK_KEY_F1 && key.code < BK_KEY_LAST) {
		snprintf(code, sizeof code, "F%u", (unsigned)(key.code - BK_KEY_F1 + 1));
	} else if (key.code < 0x110000) {
		const bool upper = (key.mods & BK_MOD_CTRL) != 0;
		const size_t len = bk_utf8_encode(upper ? bk_utf8_to_upper(key.code) : key.code, code);
		code[len] = '\0';
	}
	snprintf(out, BK_KEY_NAME, "%s%s%s%s", key.mods & BK_MOD_CTRL ? "Ctrl-" : "",
		key.mods & BK_MOD_ALT ? "Alt-" : "", key.mods & BK_MOD_SHIFT ? "Shift-" : "", code);
}

struct bk_key bk_key_of_control(unsigned char byte)
{
	switch (byte) {
	case '\r':
	case '\n': return (struct bk_key){BK_KEY_ENTER, 0};
	case '\t': return (struct bk_key){BK_KEY_TAB, 0};
	case 0x1b: return (struct bk_key){BK_KEY_ESCAPE, 0};
	case 0x7f:
	case 0x08: return (struct bk_key){BK_KEY_BACKSPACE, 0};
	case 0x00: return (struct bk_key){' ', BK_MOD_CTRL};
	default: break;
	}
	if (byte <= 0x1a)
		return (struct bk_key){(uint32_t)(byte + 'a' - 1), BK_MOD_CTRL};
	return (struct bk_key){(uint32_t)(byte + '@'), BK_MOD_CTRL};
}
