/*
 * Themes: which colours and attributes a thing on the screen has.
 *
 * A thing has a role; a theme says how each role looks with 256 colours.  With 16 or 8 colours the nearest
 * ones are taken and shades are left out; with none (mono, NO_COLOR) attributes alone tell roles apart.
 * Nothing is told by colour alone: a letter, a mark, an underline or a place says the same.
 */
#ifndef BRACKED_TUI_THEME_H
#define BRACKED_TUI_THEME_H

#include "tui/cell.h"

enum bk_role {
	BK_ROLE_TEXT,
	BK_ROLE_DIM,
	BK_ROLE_BAR,	   /* the top line */
	BK_ROLE_BAR_NAME,  /* the draft's name in it */
	BK_ROLE_BAR_COUNT, /* counts in it */
	BK_ROLE_BAR_ALERT,
	BK_ROLE_STATUS, /* the line above the keys */
	BK_ROLE_STATUS_PATH,
	BK_ROLE_KEY,	   /* "F1" */
	BK_ROLE_KEY_LABEL, /* "Help" */
	BK_ROLE_PROMPT,
	BK_ROLE_PROMPT_INPUT,
	BK_ROLE_MESSAGE,
	BK_ROLE_ERROR,
	BK_ROLE_BORDER,
	BK_ROLE_HEADING, /* headings of the text */
	BK_ROLE_LABEL,	 /* labels of provisions and options */
	BK_ROLE_ATTRIBUTION,
	BK_ROLE_DEPTH_1, /* text inside brackets, by depth */
	BK_ROLE_DEPTH_2,
	BK_ROLE_DEPTH_3,
	BK_ROLE_DEPTH_4,
	BK_ROLE_DISPUTED, /* bracket characters, by class */
	BK_ROLE_PLACEHOLDER,
	BK_ROLE_NOTE,
	BK_ROLE_REFERENCE,
	BK_ROLE_CLASS_STATUS,
	BK_ROLE_AGREED, /* a bracket with a status of agreement */
	BK_ROLE_FAULT,
	BK_ROLE_HERE,	    /* the bracket at the cursor: its two characters */
	BK_ROLE_HERE_WORDS, /* and what stands between */
	BK_ROLE_SELECTION,
	BK_ROLE_MATCH,
	BK_ROLE_MATCH_NOW,
	BK_ROLE_MARK, /* a visible mark of a hidden character */
	BK_ROLE_GUTTER,
	BK_ROLE_GUTTER_BLOCKS,
	BK_ROLE_GUTTER_OPEN,
	BK_ROLE_GUTTER_AGREED,
	BK_ROLE_GUTTER_FAULT,
	BK_ROLE_TITLE, /* of a pane */
	BK_ROLE_PARTY,
	BK_ROLE_FOR,	  /* supports, proposes */
	BK_ROLE_AGAINST,  /* objects, reserves */
	BK_ROLE_MAYBE,	  /* accepts on a condition */
	BK_ROLE_SELECTED, /* the line chosen in a list */
	BK_ROLE_BARS,	  /* bars and curves */
	BK_ROLE_ADDED,
	BK_ROLE_REMOVED,
	BK_ROLE_COUNT
};

struct bk_theme {
	const char *name;
	uint32_t page, ink; /* of a picture: 0xRRGGBB */
	struct bk_look roles[BK_ROLE_COUNT];
};

/* The names of all themes, NULL-terminated. */
const char *const *bk_theme_names(void);
/*
 * Make the theme `name` (dark, light, colour-blind, mono) for a terminal of so many colours; fewer than 8
 * give mono.  BK_ENOTFOUND.
 */
int bk_theme_make(struct bk_theme *out, const char *name, int colours);
struct bk_look bk_theme_style(const struct bk_theme *theme, enum bk_role role);
/* The style of text at a depth of nesting, 0 for none. */
struct bk_look bk_theme_depth(const struct bk_theme *theme, size_t depth);
/* 0xRRGGBB of one of xterm's 256 colours. */
uint32_t bk_theme_rgb(int colour);

#endif
