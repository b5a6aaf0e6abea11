/*
 * Work that is shared out among threads: pieces in a row, each done once, by whichever thread is free.
 *
 *	pieces		0   1   2   3   4   5
 *	our thread	0-------2---3-------5----
 *	another	     (starts) 1-------4------
 *
 * No piece may ask for what another one makes: it writes what is its own, and reads what nobody changes meanwhile.  So
 * what comes out does not depend on how many threads there are, nor on which was free.
 */
#ifndef BRACKED_COMPARE_SHARE_H
#define BRACKED_COMPARE_SHARE_H

#include <stddef.h>

enum { BK_SHARE_THREADS = 4 };

/* As many threads as there are processors for us, and at most BK_SHARE_THREADS and `most`; at least one. */
size_t bk_share_threads(size_t most);

/* BK_OK, or a failure with its message. */
typedef int bk_piece_worker(void *context, size_t piece);

/*
 * Have all pieces done, by this thread and others; those that cannot be had are done without, and those that come when
 * none is left are not waited for: they may still run here after this returned, and so the library must stay loaded,
 * but they do not look at `context` any more.  On failure the status and the message are those of the first piece in
 * the row that failed, and some behind it may not have been done; BK_ENOMEM.  Cost: a thread takes up to a
 * millisecond.
 */
int bk_share_out(bk_piece_worker *work, void *context, size_t pieces, size_t threads);

#endif
