/* Sequences of keys with modifiers. */
#include "tui/key_sequence.h"

#include <stdio.h>

static const struct {
	char final;
	uint32_t code;
} letters[] = {
	{'A', BK_KEY_UP},
	{'B', BK_KEY_DOWN},
	{'C', BK_KEY_RIGHT},
	{'D', BK_KEY_LEFT},
	{'H', BK_KEY_HOME},
	{'F', BK_KEY_END},
	{'P', BK_KEY_F1},
	{'Q', BK_KEY_F1 + 1},
	{'R', BK_KEY_F1 + 2},
	{'S', BK_KEY_F1 + 3},
};

static const struct {
	int number;
	uint32_t code;
} numbers[] = {
	{1, BK_KEY_HOME},
	{2, BK_KEY_INSERT},
	{3, BK_KEY_DELETE},
	{4, BK_KEY_END},
	{5, BK_KEY_PAGE_UP},
	{6, BK_KEY_PAGE_DOWN},
	{15, BK_KEY_F1 + 4},
	{17, BK_KEY_F1 + 5},
	{18, BK_KEY_F1 + 6},
	{19, BK_KEY_F1 + 7},
	{20, BK_KEY_F1 + 8},
	{21, BK_KEY_F1 + 9},
	{23, BK_KEY_F1 + 10},
	{24, BK_KEY_F1 + 11},
};

/* M less one is a set of bits: Shift 1, Alt 2, Ctrl 4. */
static uint8_t mods_of(int parameter)
{
	const int bits = parameter - 1;
	return (uint8_t)((bits & 1 ? BK_MOD_SHIFT : 0) | (bits & 2 ? BK_MOD_ALT : 0) |
			 (bits & 4 ? BK_MOD_CTRL : 0));
}

void bk_key_sequences(void (*tell)(const char *sequence, struct bk_key key, bool plain))
{
	char sequence[32];
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
		for (int parameter = 2; parameter <= 8; parameter++) {
			snprintf(sequence, sizeof sequence, "\033[1;%d%c", parameter, letters[i].final);
			tell(sequence, (struct bk_key){letters[i].code, mods_of(parameter)}, false);
		}
		snprintf(sequence, sizeof sequence, "\033O%c", letters[i].final);
		tell(sequence, (struct bk_key){letters[i].code, 0}, true);
		if (letters[i].code >= BK_KEY_F1)
			continue;
		snprintf(sequence, sizeof sequence, "\033[%c", letters[i].final);
		tell(sequence, (struct bk_key){letters[i].code, 0}, true);
	}
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		for (int parameter = 2; parameter <= 8; parameter++) {
			snprintf(sequence, sizeof sequence, "\033[%d;%d~", numbers[i].number, parameter);
			tell(sequence, (struct bk_key){numbers[i].code, mods_of(parameter)}, false);
		}
		snprintf(sequence, sizeof sequence, "\033[%d~", numbers[i].number);
		tell(sequence, (struct bk_key){numbers[i].code, 0}, true);
	}
}
