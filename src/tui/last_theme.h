/*
 * The theme of last time, kept in the person's state folder: the first screen is painted before git's
 * settings are read, and should not change its colours when they are.
 */
#ifndef BRACKED_TUI_LAST_THEME_H
#define BRACKED_TUI_LAST_THEME_H

#include <stdbool.h>

#define BK_LAST_THEME 32

/* False when none is kept.  state_folder may be NULL. */
bool bk_last_theme(const char *state_folder, char name[BK_LAST_THEME]);
/* Keep it for next time, when it is shorter than BK_LAST_THEME.  That it cannot be kept is nobody's trouble. */
void bk_last_theme_keep(const char *state_folder, const char *name);

#endif
