/*
 * The screen: all that is shown and all that keys can change, in one place.
 *
 *	 name  symbol  party                     214 open · 12 block EU	top line
 *	 text pane                      | side pane or another pane
 *	 edit   path                 line, column, depth, which of how many	status line, or the prompt
 *	 F1 Help  F2 Brackets ...					keys that act here
 *
 * Files of this floor that hold a part of it: frame (the whole), pane_*, prompt, menu, find, vi, act_*.
 */
#ifndef BRACKED_TUI_SCREEN_H
#define BRACKED_TUI_SCREEN_H

#include "app/command.h"
#include "tui/ahead.h"
#include "tui/desk.h"
#include "tui/find.h"
#include "tui/keymap.h"
#include "tui/layout.h"
#include "tui/lineage.h"
#include "tui/pane.h"
#include "tui/prompt.h"
#include "tui/terminal.h"
#include "tui/theme.h"
#include "tui/vi.h"

struct bk_screen {
	bk_terminal *terminal;
	struct bk_grid grid;
	struct bk_theme theme;
	struct bk_keymap keymap;
	struct bk_invocation *invocation;
	enum bk_bidi bidi;

	BK_VEC(struct bk_desk *) desks;
	size_t current;

	const struct bk_pane *pane; /* beside or instead of the text; NULL: none */
	const struct bk_pane *left; /* the one that stood there before it; NULL: none */
	struct bk_list list;	    /* its lines */
	struct {
		bool beside, binds, outside; /* side by side; only such changes */
		char party[64];		     /* only what concerns it; "": all */
		size_t of;		     /* the change shown in full; SIZE_MAX: none */
		struct bk_span aim; /* of the old and the new text: offsets; the difference to be chosen */
		bool aimed;
		size_t wish; /* the line to be chosen; SIZE_MAX: none in particular */
		int top;     /* rows of it that are scrolled away */
	} changes;	     /* of the diff pane */
	struct {
		struct bk_lineage_place of;  /* the bracket */
		const struct bk_lineage *in; /* as long as that is the desk's */
	} life;				     /* of the pane of a bracket's life */
	size_t merge_of;    /* of the merge pane: the place whose proof is shown; SIZE_MAX: none */
	size_t merge_shown; /* the place shown in full, */
	int merge_top;	    /* and rows of it that are scrolled away */
	bool side;	    /* the side pane was asked for, or put away */
	bool side_asked;
	int side_top;	     /* rows of it that are scrolled away */
	uint32_t side_of;    /* the bracket it is about */
	struct bk_grid tall; /* scratch: all there is to say about it */

	/* Where the text stood before a pane or a search showed other places. */
	struct {
		const struct bk_desk *desk; /* NULL: nowhere */
		const struct bk_text_reading *reading;
		uint64_t version; /* of its text */
		struct bk_view view;
		struct bk_folds folds, ajar;
	} before;

	struct bk_prompt prompt;
	struct bk_find find;
	struct bk_vi vi;
	struct bk_buf clipboard;
	bool clipboard_lines; /* it holds whole lines (vi) */

	bool meta; /* Esc was pressed for nothing: the next key counts as with Alt */

	int64_t typed; /* when the last key or paste came: milliseconds; 0 since a save was asked for */
	struct bk_buf message;
	bool message_is_error;

	struct bk_layouts layouts, passages; /* of the text; of what panes wrap */
	const struct bk_layout *layout;	     /* the one asked for last */
	struct bk_layout_rules rules;
	struct bk_rect text_rect, pane_rect; /* of the last drawing */
	struct bk_span seen;		     /* bytes of the text on the screen */
	struct {
		int col, end;
		struct bk_key key;
	} buttons[16]; /* of the bottom line, for clicks */
	int button_count;

	struct bk_ahead ahead; /* typed while the screen waited for the draft */
	bool waiting;	       /* it says so */

	/* Scripts try what happens meanwhile: what is saved, or read, is not taken in. */
	bool held, reading_held;
	bool settled; /* theme and keys are the person's own */
	bool redraw_all;
	bool quit;
	int exit_status; /* enum bk_exit, or 128 + signal */
	int last_col;	 /* scratch of the text pane */
};

static inline struct bk_desk *bk_screen_desk(const struct bk_screen *screen)
{
	return screen->desks.items[screen->current];
}

static inline struct bk_look bk_screen_style(const struct bk_screen *screen, enum bk_role role)
{
	return bk_theme_style(&screen->theme, role);
}

/* A line for the person, until the next key. */
void bk_screen_say(struct bk_screen *screen, const char *format, ...) __attribute__((format(printf, 2, 3)));
void bk_screen_complain(struct bk_screen *screen, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* True when a key has come a moment ago: what is not asked for waits. */
bool bk_screen_is_typed_on(const struct bk_screen *screen);
/* Say what the last failure was, when status is one; returns status. */
int bk_screen_report(struct bk_screen *screen, int status);
/*
 * Open a draft in a desk of its own, which becomes the current one; read only, with a word about it, when
 * another editor has it.  With `later` lock and journal may wait for bk_screen_claim.  Errors as
 * bk_desk_open; BK_ENOMEM.
 */
int bk_screen_open(struct bk_screen *screen, const char *file, bool later);
/*
 * The current draft, which was opened to be read, opened anew in its place to be changed: as the file is now, at
 * the place where one stood.  BK_ELOCKED while another has it; codes of bk_desk_open.
 */
int bk_screen_reopen(struct bk_screen *screen);
/* Lock and journal of all drafts that wait for theirs; one that another editor has got becomes read only. */
int bk_screen_claim(struct bk_screen *screen);
/* Say why a draft may only be read, and what to do about it. */
void bk_screen_complain_read_only(struct bk_screen *screen);
/* True when the text may be changed; says why when not. */
bool bk_screen_may_change(struct bk_screen *screen);

/*
 * Make the draft that of the text now, for an act that asks it (fresh.c).  False when that cannot be, or was
 * given up: the person has been told, and the act changes nothing.  Where it takes long the screen is drawn
 * meanwhile, so that what a pane's lines point to may have gone by the time it returns.
 */
bool bk_screen_fresh(struct bk_screen *screen);
/* The same of the places of a compilation, which the merge pane shows. */
bool bk_screen_placed(struct bk_screen *screen);
/* Let nothing that was read be taken over in the desks that there are, or let it be: for scripts. */
void bk_screen_hold_reading(struct bk_screen *screen, bool held);
/* Write the journals that are due to be; milliseconds until the next is. */
int bk_screen_tick(struct bk_screen *screen);

/* Draw everything and paint it; of a script, print it as text or write it as a picture (show.c). */
void bk_screen_show(struct bk_screen *screen);
void bk_screen_dump(struct bk_screen *screen);
int bk_screen_picture(struct bk_screen *screen, struct bk_str file);
/* Draw everything into the grid (frame.c), and the lowest row of it (frame_keys.c). */
void bk_screen_draw(struct bk_screen *screen);
void bk_screen_draw_keys(struct bk_screen *screen, int row);
/* How many rows the keys take. */
int bk_screen_key_rows(const struct bk_screen *screen);
/* A screen of so many columns shows the side pane unless it was put away. */
enum { BK_SIDE_FROM = 100 };
/* Scroll so that the cursor is seen, in the middle when it was far away (view.c). */
void bk_screen_show_cursor(struct bk_screen *screen);
/* Scroll back where the text would end before the pane does (view.c). */
void bk_screen_fill(struct bk_screen *screen);
/* Put the cursor at an offset; `select` keeps or begins a selection (view.c). */
void bk_screen_go(struct bk_screen *screen, size_t offset, bool select);
/* Move by rows of the screen; a page is the height of the pane less two (view.c). */
void bk_screen_move_rows(struct bk_screen *screen, long rows, bool select);
void bk_screen_scroll(struct bk_screen *screen, long rows);
/* Keep the place and the folds; go back to them, unless the text has changed since (view.c). */
void bk_screen_remember(struct bk_screen *screen);
void bk_screen_return(struct bk_screen *screen);
/* The offset shown at a cell of the text pane (view.c). */
size_t bk_screen_offset_at(struct bk_screen *screen, int row, int col);

/* The text pane and the side pane (pane_text.c, pane_side.c). */
void bk_pane_text_draw(struct bk_screen *screen, struct bk_rect rect);
void bk_pane_side_draw(struct bk_screen *screen, struct bk_rect rect);

/* Replace a span of the draft; complains and returns the status (act_edit.c). */
int bk_screen_replace(struct bk_screen *screen, struct bk_span span, struct bk_str bytes, unsigned flags);

#endif
