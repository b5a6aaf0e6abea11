/*
 * What terminals send for keys with modifiers, beyond what their descriptions say: the forms of xterm and its
 * kin, CSI 1 ; M A and CSI N ; M ~, those for characters, CSI 27 ; M ; C ~ and CSI C ; M u, and SS3 of the
 * keypad.
 *
 * A sequence that nobody knows is taken to its end by the rules of ECMA-48, for the rest of it would be typed:
 *
 *	CSI  ESC [  parameters 0x30-0x3f  intermediates 0x20-0x2f  final 0x40-0x7e
 *	SS3  ESC O  digits  final
 *	DCS  ESC P, OSC  ESC ], APC  ESC _  anything, up to BEL or ESC \
 *
 * ESC and one of these characters are also a key with Alt, so of a string the byte behind must be one that
 * terminals answer with.
 */
#ifndef BRACKED_TUI_KEY_SEQUENCE_H
#define BRACKED_TUI_KEY_SEQUENCE_H

#include "tui/key.h"

/* Call tell for each sequence; `plain` ones have no modifier and matter only when nothing else claims them. */
void bk_key_sequences(void (*tell)(const char *sequence, struct bk_key key, bool plain));

enum bk_sequence_step {
	BK_SEQUENCE_MORE,
	BK_SEQUENCE_WHOLE,
	BK_SEQUENCE_MOUSE,  /* CSI < or CSI M: a report of the mouse begins behind it */
	BK_SEQUENCE_BROKEN, /* the character is no part of it */
};

struct bk_sequence {
	unsigned numbers[4];
	unsigned char introducer, final;
	unsigned char count; /* of semicolons */
	bool taken;	     /* more than its introducer */
	bool odd;	     /* it has what no key's sequence has */
	bool sub;	     /* inside what follows a colon, which says more of a number */
	bool ends;	     /* of a string: ESC came */
};

/* Whether ESC and this character begin a sequence. */
bool bk_sequence_begins(uint32_t character);
void bk_sequence_begin(struct bk_sequence *sequence, uint32_t introducer);
enum bk_sequence_step bk_sequence_take(struct bk_sequence *sequence, uint32_t character);
/* Whether a whole sequence is CSI NUMBER FINAL; 0 for none. */
bool bk_sequence_is(const struct bk_sequence *sequence, unsigned number, char final);
/* The key that a whole sequence stands for; false when it is none. */
bool bk_sequence_key(const struct bk_sequence *sequence, struct bk_key *out);

#endif
