/*
 * Other editors, and ours, each in a terminal of its own (a pseudo-terminal of 160 by 50 that nobody draws).
 *
 * What is timed is bytes: the last one that answers a key, or the one with which the words of the text stand
 * on the screen where they stay.  Colours, marks and counts may come later, for all of them.
 */
#ifndef BRACKED_BENCH_PEER_H
#define BRACKED_BENCH_PEER_H

#include "screen.h"

#include <sys/types.h>

struct peer_editor {
	const char *name;
	const char *program;	  /* found on PATH */
	const char *arguments[6]; /* before the file */
	const char *insert;	  /* keys that begin typing, or NULL */
	const char *leave;	  /* keys that end it */
	const char *save;	  /* keys that write the file */
	struct screen_part text;  /* where words of the text stand, whatever else is shown beside them */
};

extern const struct peer_editor peer_editors[]; /* others */
extern const size_t peer_editor_count;
/* Ours; program is for the caller to fill in. */
extern const struct peer_editor peer_ours;

struct peer {
	const struct peer_editor *editor;
	pid_t pid;
	int fd;
	double started;
	size_t bytes; /* it has written so far */
	struct screen screen;
	char home[64];
};

/* False when it is not installed or no terminal is to be had. */
bool peer_start(struct peer *peer, const struct peer_editor *editor, const char *file);
/*
 * Wait until it shows the first words of the text and has been still for so long; its screen is then what it
 * stays.  False when it shows none.
 */
bool peer_ready(struct peer *peer, double still);
/* Seconds from start until a part of the screen is as in wanted; false when it never is. */
bool peer_shows(struct peer *peer, const struct screen *wanted, struct screen_part part, double *seconds);
/* Send keys that move the cursor to a row of the screen; seconds until it stands there, at rest for 1 ms. */
bool peer_moves(struct peer *peer, const char *keys, int row, double *seconds);
/* Send keys; seconds until the last byte of the answer, whose length goes to *bytes. */
bool peer_key(struct peer *peer, const char *keys, double *seconds, size_t *bytes);
/*
 * Send one letter that is typed into the text; seconds until the cursor stands behind it.  *place is where it stood
 * in the text before, and stands then: in between something else may be said, and a prompt may have the cursor.
 */
struct peer_place {
	int row, col;
};
bool peer_types(struct peer *peer, char letter, struct peer_place *place, double *seconds);
/* Read what it writes until it has been still for so long; when the last byte came, 0 when none did. */
double peer_settle(struct peer *peer, double seconds);
/* End it, whatever it is doing. */
void peer_end(struct peer *peer);

#endif
