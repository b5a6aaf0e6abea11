/*
 * Panes: what stands beside the text, or instead of it.  Each is one record of functions.
 *
 * Most panes are lists: lines of fields, one chosen, narrowed by typing words that must all be found in the
 * line.  A list pane fills in its lines anew when the draft has been read anew; the line chosen before stays
 * chosen by its key.
 */
#ifndef BRACKED_TUI_PANE_H
#define BRACKED_TUI_PANE_H

#include "base/arena.h"
#include "base/vec.h"
#include "tui/cell.h"
#include "tui/key.h"
#include "tui/theme.h"

#include <bracked/text.h>
#include <stdint.h>

struct bk_screen;

enum { BK_LINE_FIELDS = 8 };

struct bk_field {
	const char *text; /* in the list's arena, or for ever */
	int16_t width;	  /* cells; 0: what is left (at most one a line) */
	uint8_t role;	  /* enum bk_role */
	bool right;	  /* set to the right */
	uint8_t rank; /* 0: always shown; the higher, the sooner it is left out where room is short; from 2 on
			   * also rather than that words before it are cut */
};

struct bk_line {
	struct bk_field fields[BK_LINE_FIELDS];
	size_t count;
	size_t offset;	  /* place in the text, or BK_NOWHERE */
	size_t key;	  /* what it is about: an index of the pane's own */
	bool passive;	  /* cannot be chosen: a heading */
	const char *find; /* more words for filtering; may be NULL */
};

struct bk_list {
	struct bk_arena arena;
	BK_VEC(struct bk_line) lines;
	BK_VEC(uint32_t) shown; /* indexes of lines that pass the filter */
	struct bk_buf filter;
	size_t chosen, top; /* of shown */
	int sort;
	int height;	     /* of the last drawing */
	int side;	     /* columns scrolled to the right */
	const char *note;    /* shown when there is no line */
	const char *sum;     /* what the lines come to, shown for their number; may be NULL */
	uint64_t made_of[3]; /* draft, its version, the revisions */
	void *data;	     /* of the pane */
	void (*free_data)(void *data);
};

struct bk_pane {
	const char *name; /* the command that opens it */
	const char *title;
	bool wide; /* instead of the text */
	/* Fill in the lines (bk_list_add). */
	void (*fill)(struct bk_screen *screen, struct bk_list *list);
	/* Enter on a line: NULL goes to its place. */
	void (*enter)(struct bk_screen *screen, const struct bk_line *line);
	/* A key before the list sees it; true when it was used up.  May be NULL. */
	bool (*key)(struct bk_screen *screen, struct bk_key key);
	/* Rows drawn above the lines: returns how many.  May be NULL. */
	int (*head)(struct bk_screen *screen, struct bk_rect rect);
	/* Draw over a line that has been drawn, in its row.  May be NULL. */
	void (*decorate)(struct bk_screen *screen, const struct bk_line *line, struct bk_rect rect);
	const char *const *sorts;		  /* names of the orders, NULL-terminated; NULL: one only */
	const char *hints;			  /* for the bottom line */
	void (*closed)(struct bk_screen *screen); /* Esc; may be NULL */
	bool no_filter;				  /* letters are no filter */
};

extern const struct bk_pane bk_pane_brackets, bk_pane_outline, bk_pane_positions, bk_pane_history,
	bk_pane_check, bk_pane_help, bk_pane_reading, bk_pane_replace, bk_pane_recovery, bk_pane_theirs;

/* Open a pane (or close it, when it is open), close it, fill it anew. */
void bk_pane_open(struct bk_screen *screen, const struct bk_pane *pane);
void bk_pane_close(struct bk_screen *screen);
void bk_pane_refill(struct bk_screen *screen);
/* Fill anew when the draft is no longer the one the lines were made from: they borrow its strings. */
void bk_pane_sync(struct bk_screen *screen);

void bk_list_release(struct bk_list *list);
/* A new line at the end, or NULL. */
struct bk_line *bk_list_add(struct bk_list *list);
/* Add a field; text lives as long as the list's arena. */
void bk_line_field(struct bk_line *line, const char *text, int width, enum bk_role role);
void bk_line_field_right(struct bk_line *line, const char *text, int width, enum bk_role role);
/* Let the field added last be left out where room is short: the same in each line, for columns to stand. */
void bk_line_rank(struct bk_line *line, int rank);
/* The chosen line, or NULL. */
const struct bk_line *bk_list_chosen(const struct bk_list *list);
void bk_list_draw(struct bk_screen *screen, struct bk_rect rect);
bool bk_list_key(struct bk_screen *screen, struct bk_key key);
/* Put pasted words, as far as the first line goes, to the filter. */
void bk_list_paste(struct bk_screen *screen, struct bk_str text);
void bk_list_click(struct bk_screen *screen, int row);
void bk_list_move(struct bk_screen *screen, long step);

#endif
