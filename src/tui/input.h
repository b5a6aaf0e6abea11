/* What an input does: keys to the prompt, the pane, vi, the keymap or the text; mouse, paste, signals. */
#ifndef BRACKED_TUI_INPUT_H
#define BRACKED_TUI_INPUT_H

#include "tui/terminal.h"

struct bk_screen;

/* Take one input in; everything but what scripts alone say. */
void bk_input_take(struct bk_screen *screen, const struct bk_input *input);

#endif
