/* The clock by which the screen waits: milliseconds that only ever grow. */
#ifndef BRACKED_TUI_CLOCK_H
#define BRACKED_TUI_CLOCK_H

#include <stdint.h>

int64_t bk_now_ms(void);

#endif
