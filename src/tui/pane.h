/*
 * Panes: what stands beside the text, or instead of it.  Each is one record of functions.
 *
 * Most panes are lists: lines of fields, one chosen, narrowed by typing words that must all be found in the
 * line.  A list pane fills in its lines anew when the draft has been read anew; the line chosen before stays
 * chosen by its key.
 *
 * A pane of many lines says only how many it has, and makes each when it is shown or looked through.  Sorting and
 * filtering then go on in parts between keys (bk_list_work): what is sorted keeps its old order until the new one is
 * there, what is filtered shows what was found so far.  Esc, another order or more letters need not wait for it.
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

/* What a line is sorted by: words first, none last; then the number, the smaller first; then its place. */
struct bk_sort_key {
	const char *words; /* in the list's arena, or for ever; "" for none */
	uint64_t number;
};

/* Sorting by merging from one array into another, stopped anywhere. */
struct bk_list_order {
	uint32_t *items; /* lines as they are sorted; NULL: as they come */
	struct bk_sort_key *keys;
	uint32_t *from, *to;
	size_t keyed, width, start, left, right, out;
	bool busy;
};

/* Filtering: first what passed the shorter filter before, then the lines from `next` on. */
struct bk_list_narrowing {
	size_t again, until, kept; /* of shown: kept <= again <= until */
	size_t next;
	size_t wanted; /* the key of the line to be chosen, SIZE_MAX: none */
	bool busy;
	bool follow; /* at the end the text shows the chosen line */
};

struct bk_list {
	struct bk_arena arena;
	BK_VEC(struct bk_line) lines;
	BK_VEC(uint32_t) shown; /* indexes of lines that pass the filter */
	size_t count;		/* of lines that are made when they are asked for */
	int who;		/* columns of the parties in them */
	struct bk_line made;	/* the one asked for last */
	struct bk_arena made_arena;
	struct bk_list_order order;
	struct bk_list_narrowing narrowing;
	struct bk_buf filter;
	size_t chosen, top; /* of shown */
	int sort;
	int height;	  /* of the last drawing */
	int side;	  /* columns scrolled to the right */
	const char *note; /* shown when there is no line */
	const char *sum;  /* what the lines come to, shown for their number; may be NULL */
	/* Draft, its version, the revisions, what was compared, lives, columns, places. */
	uint64_t made_of[7];
	void *data; /* of the pane */
	void (*free_data)(void *data);
};

/* A key that a pane answers to, for the bottom line and for help. */
struct bk_pane_key {
	const char *key;     /* "n/p": two that belong together */
	const char *label;   /* one word for the bottom line; NULL: not there */
	const char *summary; /* for help */
};

struct bk_pane {
	const char *name; /* the command that opens it */
	const char *title;
	bool wide; /* instead of the text */
	/* Fill in the lines (bk_list_add). */
	void (*fill)(struct bk_screen *screen, struct bk_list *list);
	/* Make a line that fill has only counted (list->count), whose key is its index.  NULL: fill adds all lines. */
	void (*make)(struct bk_screen *screen, struct bk_arena *arena, uint32_t index, struct bk_line *line);
	/* With make: go on counting for so many milliseconds; true while there may be more lines.  NULL: fill
	 * counts. */
	bool (*work)(struct bk_screen *screen, int milliseconds);
	/* With make: what a line is sorted by, and which begins last before an offset, SIZE_MAX: none. */
	struct bk_sort_key (*sort_key)(struct bk_screen *screen, struct bk_list *list, uint32_t index);
	size_t (*nearest)(struct bk_screen *screen, size_t offset);
	/* Enter on a line: NULL goes to its place. */
	void (*enter)(struct bk_screen *screen, const struct bk_line *line);
	/* A key before the list sees it; true when it was used up.  May be NULL. */
	bool (*key)(struct bk_screen *screen, struct bk_key key);
	/* Rows drawn above the lines: returns how many.  May be NULL. */
	int (*head)(struct bk_screen *screen, struct bk_rect rect);
	/* Draw over a line that has been drawn, in its row.  May be NULL. */
	void (*decorate)(struct bk_screen *screen, const struct bk_line *line, struct bk_rect rect);
	const char *const *sorts;	/* names of the orders, NULL-terminated; NULL: one only */
	const char *hints;		/* for the bottom line, */
	const struct bk_pane_key *keys; /* or its own keys, which help tells too; ends with key NULL */
	void (*closed)(struct bk_screen *screen); /* Esc; may be NULL */
	bool no_filter;				  /* letters are no filter */
	bool goes_back;				  /* Esc shows the pane again that one came from */
};

extern const struct bk_pane bk_pane_brackets, bk_pane_outline, bk_pane_positions, bk_pane_history,
	bk_pane_changes, bk_pane_life, bk_pane_check, bk_pane_help, bk_pane_reading, bk_pane_replace,
	bk_pane_recovery, bk_pane_theirs, bk_pane_merge;

/* Open a pane (or close it, when it is open), close it, fill it anew. */
void bk_pane_open(struct bk_screen *screen, const struct bk_pane *pane);
void bk_pane_close(struct bk_screen *screen);
void bk_pane_refill(struct bk_screen *screen);
/* False when the lines were made from what has gone since. */
bool bk_pane_is_current(const struct bk_screen *screen);
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
/* The line shown at an index, and the chosen one; NULL when there is none.  Right until the next is asked for. */
const struct bk_line *bk_list_line(struct bk_screen *screen, size_t index);
const struct bk_line *bk_list_chosen(struct bk_screen *screen);
/* Its key, which is had without its draft, or SIZE_MAX. */
size_t bk_list_chosen_key(struct bk_screen *screen);
/* Show in the text what the chosen line is about. */
void bk_list_preview(struct bk_screen *screen);
size_t bk_list_shown(const struct bk_list *list);

/* pane_narrow.c: begin to filter, or with `longer` to filter further what passed a shorter filter; the line with the
 * key is to be chosen.  Begin to sort by list->sort.  Forget both. */
void bk_list_narrow(struct bk_screen *screen, size_t key, bool longer);
void bk_list_sort(struct bk_screen *screen);
void bk_list_forget(struct bk_list *list);
/* Go on for so many milliseconds; true while there is more to do.  Nobody waits for a script: there all is done, or
 * while what is read is held a few lines. */
bool bk_list_work(struct bk_screen *screen, int milliseconds);
void bk_list_draw(struct bk_screen *screen, struct bk_rect rect);
bool bk_list_key(struct bk_screen *screen, struct bk_key key);
/* Put pasted words, as far as the first line goes, to the filter. */
void bk_list_paste(struct bk_screen *screen, struct bk_str text);
void bk_list_click(struct bk_screen *screen, int row);
void bk_list_move(struct bk_screen *screen, long step);

#endif
