/* Sequences of keys with modifiers. */
#include "tui/key_sequence.h"

#include "base/str.h"
#include "base/utf8.h"

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
	unsigned number;
	uint32_t code;
} numbers[] = {
	{1, BK_KEY_HOME},
	{2, BK_KEY_INSERT},
	{3, BK_KEY_DELETE},
	{4, BK_KEY_END},
	{5, BK_KEY_PAGE_UP},
	{6, BK_KEY_PAGE_DOWN},
	{7, BK_KEY_HOME},
	{8, BK_KEY_END},
	{11, BK_KEY_F1},
	{12, BK_KEY_F1 + 1},
	{13, BK_KEY_F1 + 2},
	{14, BK_KEY_F1 + 3},
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
static uint8_t mods_of(unsigned parameter)
{
	const unsigned bits = parameter > 0 ? parameter - 1 : 0;
	return (uint8_t)((bits & 1 ? BK_MOD_SHIFT : 0) | (bits & 2 ? BK_MOD_ALT : 0) |
			 (bits & 4 ? BK_MOD_CTRL : 0));
}

void bk_key_sequences(void (*tell)(const char *sequence, struct bk_key key, bool plain))
{
	char sequence[32];
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
		for (unsigned parameter = 2; parameter <= 8; parameter++) {
			snprintf(sequence, sizeof sequence, "\033[1;%u%c", parameter, letters[i].final);
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
		for (unsigned parameter = 2; parameter <= 8; parameter++) {
			snprintf(sequence, sizeof sequence, "\033[%u;%u~", numbers[i].number, parameter);
			tell(sequence, (struct bk_key){numbers[i].code, mods_of(parameter)}, false);
		}
		snprintf(sequence, sizeof sequence, "\033[%u~", numbers[i].number);
		tell(sequence, (struct bk_key){numbers[i].code, 0}, true);
	}
}

/* ---- Taking one, a character at a time ---- */

enum {
	ESC = 0x1b,
	BEL = 0x07,
	LARGEST = 0x110000,  /* numbers beyond are no character's */
	SUPER = 8 | 16 | 32, /* bits of modifiers that no key of ours has */
};

bool bk_sequence_begins(uint32_t character)
{
	return character == '[' || character == 'O' || character == 'P' || character == ']' ||
	       character == '_';
}

void bk_sequence_begin(struct bk_sequence *sequence, uint32_t introducer)
{
	*sequence = (struct bk_sequence){.introducer = (unsigned char)introducer};
}

static void take_parameter(struct bk_sequence *sequence, uint32_t character)
{
	unsigned *const number = &sequence->numbers[sequence->count];
	if (character == ';') {
		sequence->sub = false;
		if (sequence->count + 1u < sizeof sequence->numbers / sizeof *sequence->numbers)
			sequence->count++;
		else
			sequence->odd = true;
	} else if (character == ':') {
		/* Of modifiers: whether the key went down, is held or was let go; the last is no key. */
		sequence->sub = true;
	} else if (character < '0' || character > '9') {
		sequence->odd = true;
	} else if (sequence->sub) {
		sequence->odd |= sequence->count == 1 && character == '3';
	} else {
		*number = *number < LARGEST ? *number * 10 + (character - '0') : LARGEST;
	}
}

static enum bk_sequence_step take_control(struct bk_sequence *sequence, uint32_t character)
{
	const bool first = !sequence->taken;
	sequence->taken = true;
	if (first && (character == '<' || character == 'M'))
		return BK_SEQUENCE_MOUSE;
	/* The console of Linux: CSI [ A is F1. */
	if (first && character == '[') {
		sequence->odd = true;
		return BK_SEQUENCE_MORE;
	}
	if (character >= 0x20 && character < 0x40) {
		take_parameter(sequence, character);
		return BK_SEQUENCE_MORE;
	}
	sequence->final = (unsigned char)character;
	return BK_SEQUENCE_WHOLE;
}

static enum bk_sequence_step take_shifted(struct bk_sequence *sequence, uint32_t character)
{
	sequence->taken = true;
	if (character >= '0' && character <= '9')
		return BK_SEQUENCE_MORE;
	sequence->final = (unsigned char)character;
	return BK_SEQUENCE_WHOLE;
}

/* Whether a string begins as terminals answer: ESC P and a letter is more likely Alt-P and a letter. */
static bool is_answer(unsigned char introducer, uint32_t character)
{
	switch (introducer) {
	case 'P': return character > 0x20 && character < 0x40;
	case ']': return (character >= '0' && character <= '9') || character == 'l' || character == 'L';
	default: return character == 'G';
	}
}

static enum bk_sequence_step take_string(struct bk_sequence *sequence, uint32_t character)
{
	if (!sequence->taken && !is_answer(sequence->introducer, character))
		return BK_SEQUENCE_BROKEN;
	sequence->taken = true;
	if (character == BEL || sequence->ends) {
		sequence->odd = true;
		return character == BEL || character == '\\' ? BK_SEQUENCE_WHOLE : BK_SEQUENCE_BROKEN;
	}
	sequence->ends = character == ESC;
	return character >= 0x20 || sequence->ends ? BK_SEQUENCE_MORE : BK_SEQUENCE_BROKEN;
}

enum bk_sequence_step bk_sequence_take(struct bk_sequence *sequence, uint32_t character)
{
	const bool string = sequence->introducer != '[' && sequence->introducer != 'O';
	if (string)
		return take_string(sequence, character);
	if (character < 0x20 || character > 0x7e)
		return BK_SEQUENCE_BROKEN;
	return sequence->introducer == '[' ? take_control(sequence, character)
					   : take_shifted(sequence, character);
}

bool bk_sequence_is(const struct bk_sequence *sequence, unsigned number, char final)
{
	return sequence->introducer == '[' && !sequence->odd && sequence->count == 0 &&
	       sequence->numbers[0] == number && sequence->final == (unsigned char) final;
}

/* The key of a character with modifiers, as the keyboard would send it if it could say both. */
static bool character_key(unsigned character, unsigned parameter, struct bk_key *out)
{
	uint8_t mods = mods_of(parameter);
	if (parameter > 0 && ((parameter - 1) & SUPER))
		return false;
	if (character < 0x20 || character == 0x7f) {
		const struct bk_key key = bk_key_of_control((unsigned char)character);
		if (key.code < BK_KEY_ENTER)
			return false;
		/* Only Tab is another key with Shift. */
		if (key.code != BK_KEY_TAB)
			mods &= (uint8_t)~BK_MOD_SHIFT;
		*out = (struct bk_key){key.code, mods};
		return true;
	}
	/* Halves of characters, and private ones, by which some terminals mean keys that we have not. */
	if ((character >= 0x80 && character < 0xa0) || (character >= 0xd800 && character < 0xf900) ||
		character >= LARGEST)
		return false;
	if ((mods & BK_MOD_CTRL) && character < 0x80)
		character = (unsigned char)bk_to_lower((char)character);
	else if (mods & BK_MOD_SHIFT)
		character = bk_utf8_to_upper(character);
	*out = (struct bk_key){character, mods & (uint8_t)~BK_MOD_SHIFT};
	return true;
}

static bool lettered_key(const struct bk_sequence *sequence, struct bk_key *out)
{
	if (sequence->final == 'Z') {
		*out = (struct bk_key){BK_KEY_TAB, BK_MOD_SHIFT};
		return true;
	}
	if (sequence->numbers[0] > 1 || sequence->count > 1)
		return false;
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		if (letters[i].final == (char)sequence->final) {
			*out = (struct bk_key){letters[i].code, mods_of(sequence->numbers[1])};
			return true;
		}
	return false;
}

static bool numbered_key(const struct bk_sequence *sequence, struct bk_key *out)
{
	if (sequence->numbers[0] == 27 && sequence->count == 2)
		return character_key(sequence->numbers[2], sequence->numbers[1], out);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers && sequence->count < 2; i++)
		if (numbers[i].number == sequence->numbers[0]) {
			*out = (struct bk_key){numbers[i].code, mods_of(sequence->numbers[1])};
			return true;
		}
	return false;
}

/* The keypad sends each character 0x40 higher. */
static bool keypad_key(unsigned char final, struct bk_key *out)
{
	if (final == 'X')
		return character_key('=', 0, out);
	return ((final >= 'j' && final <= 'y') || final == 'M' || final == 'I') &&
	       character_key(final - 0x40u, 0, out);
}

bool bk_sequence_key(const struct bk_sequence *sequence, struct bk_key *out)
{
	if (sequence->odd)
		return false;
	if (sequence->introducer == 'O')
		return keypad_key(sequence->final, out) || lettered_key(sequence, out);
	switch (sequence->final) {
	case 'u':
		return sequence->count < 3 && character_key(sequence->numbers[0], sequence->numbers[1], out);
	case '~': return numbered_key(sequence, out);
	default: return lettered_key(sequence, out);
	}
}
