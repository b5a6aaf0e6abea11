/*
 * Signals for the screen.
 *
 * Those that ask something of the program (HUP TERM INT QUIT WINCH TSTP CONT) become bytes in a pipe that the
 * loop reads.  Those that mean a crash (SEGV BUS ABRT), in whichever thread, reset the terminal with write(2), do in
 * a hook what must still be done, and are raised again.  On the main thread they run on a stack of their own.
 */
#ifndef BRACKED_TUI_SIGNALS_H
#define BRACKED_TUI_SIGNALS_H

#include <stdbool.h>
#include <stddef.h>

/* Take the signals over; remembers the settings of the terminal as they are now.  BK_EIO. */
int bk_signals_take(void);
void bk_signals_give_back(void);
/* The descriptor to wait on, and the next signal that came, 0 for none. */
int bk_signals_descriptor(void);
int bk_signals_next(void);
/* Stop as the shell's Ctrl-Z does; returns when the program goes on. */
void bk_signals_stop(void);
/* What brings the terminal back after a crash: bytes to write. */
void bk_signals_set_reset(const char *bytes, size_t len);
/* Called in the handler of a crash, by the thread that crashed, while others go on: async-signal-safe work only. */
void bk_signals_set_crash(void (*hook)(void));

#endif
