/* What all terminals share: the pipe that wakes the loop, and sizes. */
#include "tui/terminal.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

int bk_terminal_open_wake(bk_terminal *terminal)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) < 0)
		return bk_fail_errno(errno, "cannot make a pipe", "");
	terminal->wake_read = ends[0];
	terminal->wake_write = ends[1];
	return BK_OK;
}

void bk_terminal_close_wake(bk_terminal *terminal)
{
	if (terminal->wake_read != terminal->wake_write) {
		close(terminal->wake_read);
		close(terminal->wake_write);
	}
	terminal->wake_read = terminal->wake_write = -1;
}

bool bk_terminal_drain_wake(bk_terminal *terminal)
{
	char bytes[64];
	bool any = false;
	while (read(terminal->wake_read, bytes, sizeof bytes) > 0)
		any = true;
	return any;
}

int bk_terminal_parse_size(const char *size, int *rows, int *cols)
{
	char *end = NULL;
	const long width = strtol(size, &end, 10);
	if (end != size && *end == 'x') {
		const char *const second = end + 1;
		const long height = strtol(second, &end, 10);
		if (end != second && *end == '\0' && width >= 20 && width <= 1000 && height >= 2 &&
			height <= 500) {
			*rows = (int)height;
			*cols = (int)width;
			return BK_OK;
		}
	}
	return bk_fail(BK_EINVAL, "no size of a screen: '%s': write WIDTHxHEIGHT, as in 80x24", size);
}
