/*
 * What terminals send for keys with modifiers, beyond what their descriptions say: the forms of xterm and its
 * kin, CSI 1 ; M A and CSI N ; M ~.
 */
#ifndef BRACKED_TUI_KEY_SEQUENCE_H
#define BRACKED_TUI_KEY_SEQUENCE_H

#include "tui/key.h"

/* Call tell for each sequence; `plain` ones have no modifier and matter only when nothing else claims them. */
void bk_key_sequences(void (*tell)(const char *sequence, struct bk_key key, bool plain));

#endif
