/* What stands for a character on a terminal whose character set has it not. */
#ifndef BRACKED_TUI_ASCII_H
#define BRACKED_TUI_ASCII_H

#include <stdint.h>

/* '#' for a diamond, '|' for a border, '-' for a dash ...; '?' for what has no likeness. */
char bk_ascii_of(uint32_t code);

#endif
