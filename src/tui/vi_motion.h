/* Motions of vi: where a key goes, and what an operator makes of it. */
#ifndef BRACKED_TUI_VI_MOTION_H
#define BRACKED_TUI_VI_MOTION_H

#include <bracked/text.h>

struct bk_screen;
struct bk_vi;

struct bk_vi_motion {
	size_t target;
	bool lines;	/* an operator takes whole lines */
	bool inclusive; /* and the character at the target */
	bool word;	/* an operator stops at the end of the line */
	bool known;
};

/* How often: the count typed, times that before the operator. */
size_t bk_vi_count(const struct bk_vi *vi);
/* The motion of a key from the cursor; .known is false when it is none. */
struct bk_vi_motion bk_vi_motion_of(struct bk_screen *screen, uint32_t code);
/* f F t T: the count'th place of a character on the line; at when there is none. */
size_t bk_vi_find_char(const bk_snapshot *snapshot, size_t at, uint32_t kind, uint32_t wanted, size_t count);
size_t bk_vi_repeat(
	size_t (*step)(const bk_snapshot *, size_t), const bk_snapshot *snapshot, size_t at, size_t count);
/* The first word of a line of the text, the last line when there are fewer. */
size_t bk_vi_go_line(const bk_snapshot *snapshot, size_t line);
/* The start of the line so many lines away. */
size_t bk_vi_vertical(const bk_snapshot *snapshot, size_t at, long lines);

#endif
