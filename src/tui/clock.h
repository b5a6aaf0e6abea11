/* The clock by which the screen waits: milliseconds that only ever grow; and days as they are shown. */
#ifndef BRACKED_TUI_CLOCK_H
#define BRACKED_TUI_CLOCK_H

#include <stdint.h>

int64_t bk_now_ms(void);

/* "2010-12-10": the day of an instant, in seconds since 1970, where it was so many minutes east of UTC. */
void bk_clock_day(int64_t time, int offset, char out[16]);

#endif
