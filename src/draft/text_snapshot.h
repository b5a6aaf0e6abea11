/*
 * A snapshot from inside: a tree, and for a lazy text the tail that is not summed up yet.
 *
 *	lazy        root (ready part, edited) | tail: bytes of the source, as loaded
 *	complete    root
 *
 * All snapshots of a lazy text share one tail.  Whoever first needs its tree makes it, under the tail's lock;
 * what is made is kept, so the others find it.
 */
#ifndef BRACKED_DRAFT_TEXT_SNAPSHOT_H
#define BRACKED_DRAFT_TEXT_SNAPSHOT_H

#include "draft/text_chunk.h"

#include <pthread.h>

struct bk_tail {
	atomic_size_t holders;
	struct bk_source *source;
	size_t start; /* of the tail in the source */
	pthread_mutex_t lock;
	struct bk_chunk *tree; /* NULL until made */
	/* stands for the tree where memory does not reach for it: one leaf, slower but as right */
	struct bk_chunk whole;
	bool summed; /* whole is filled in */
};

/* NULL when memory ran out.  The source is counted. */
struct bk_tail *bk_tail_new(struct bk_source *source, size_t start);
struct bk_tail *bk_tail_keep(struct bk_tail *tail);
void bk_tail_free(struct bk_tail *tail);
/* Make the tree unless it is there.  BK_ENOMEM. */
int bk_tail_sum(struct bk_tail *tail);

struct bk_snapshot {
	atomic_size_t holders;
	size_t size;
	struct bk_chunk *root;			 /* NULL when nothing is ready */
	struct bk_tail *tail;			 /* NULL when all is */
	struct bk_source *loaded;		 /* the text as it was loaded is this source, else NULL */
	_Atomic(char *) copy;			 /* made by bk_snapshot_flat */
	struct bk_chunk top;			 /* over root and the tail's tree */
	_Atomic(const struct bk_chunk *) joined; /* the root of everything, once it was asked for */
};

/* Takes root and tail over, also on failure, where it returns NULL; loaded (may be NULL) is counted. */
struct bk_snapshot *bk_snapshot_new(struct bk_chunk *root, struct bk_tail *tail, struct bk_source *loaded);

/* How much of it is summed up. */
static inline size_t bk_snapshot_ready(const struct bk_snapshot *snapshot)
{
	return snapshot->tail ? bk_chunk_size(snapshot->root) : snapshot->size;
}

#endif
