/* Loading ncurses. */
#include "tui/curses.h"

#include "base/error.h"
#include "base/library.h"

#define TEXT(number)   #number
#define TEXT_OF(macro) TEXT(macro)
/* The one whose headers we were built with. */
#define LIBRARY "libncursesw.so." TEXT_OF(NCURSES_VERSION_MAJOR)

struct bk_curses bk_curses;

int bk_curses_start(void)
{
	static const struct bk_library_name names[] = {
#define NAME(name) {#name, offsetof(struct bk_curses, name)},
		BK_CURSES_NAMES(NAME)
#undef NAME
	};
	const char *const why = bk_library_load(LIBRARY, &bk_curses, names, sizeof names / sizeof *names);
	if (why == NULL)
		return BK_OK;
	return bk_fail(BK_EIO,
		"ncurses, which shows the screen, does not work here: %s: install libncursesw%d", why,
		NCURSES_VERSION_MAJOR);
}
