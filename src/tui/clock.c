/* The clock by which the screen waits, and days. */
#include "tui/clock.h"

#include <time.h>

int64_t bk_now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void bk_clock_day(int64_t time, int offset, char out[16])
{
	const time_t local = (time_t)(time + (int64_t)offset * 60);
	struct tm parts = {0};
	gmtime_r(&local, &parts);
	if (strftime(out, 16, "%Y-%m-%d", &parts) == 0)
		out[0] = '\0';
}
