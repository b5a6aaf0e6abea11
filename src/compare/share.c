#include "compare/share.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/thread.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>

/* It outlives the sharing out where a thread comes to it when all is done. */
struct shared {
	bk_piece_worker *work;
	void *context;
	size_t pieces;
	atomic_size_t holders; /* threads that may look here: the last one frees it */
	pthread_mutex_t mutex; /* of all below */
	pthread_cond_t idle;
	size_t next;			/* piece that nobody has taken */
	size_t busy;			/* threads that are at one */
	size_t failed;			/* the first of those that failed, */
	int status;			/* what became of it, */
	char message[BK_ERROR_MESSAGE]; /* and why it failed */
};

static struct shared *shared_new(bk_piece_worker *work, void *context, size_t pieces)
{
	struct shared *shared = bk_calloc(1, sizeof *shared);

	if (!shared)
		return NULL;
	*shared = (struct shared){.work = work, .context = context, .pieces = pieces, .failed = SIZE_MAX};
	atomic_init(&shared->holders, 1);
	pthread_mutex_init(&shared->mutex, NULL);
	pthread_cond_init(&shared->idle, NULL);
	return shared;
}

static void leave(struct shared *shared)
{
	if (atomic_fetch_sub(&shared->holders, 1) > 1)
		return;
	pthread_cond_destroy(&shared->idle);
	pthread_mutex_destroy(&shared->mutex);
	bk_free(shared);
}

static bool take(struct shared *shared, size_t *piece)
{
	bool taken;

	pthread_mutex_lock(&shared->mutex);
	taken = shared->status == BK_OK && shared->next < shared->pieces;
	if (taken) {
		*piece = shared->next++;
		shared->busy++;
	}
	pthread_mutex_unlock(&shared->mutex);
	return taken;
}

/* All pieces before one that was taken were taken, too: the first that failed is among those that did. */
static void finish(struct shared *shared, size_t piece, int status)
{
	pthread_mutex_lock(&shared->mutex);
	if (status != BK_OK && piece < shared->failed) {
		shared->failed = piece;
		shared->status = status;
		bk_error_keep(shared->message);
	}
	if (--shared->busy == 0)
		pthread_cond_signal(&shared->idle);
	pthread_mutex_unlock(&shared->mutex);
}

static void take_pieces(struct shared *shared)
{
	size_t piece;

	while (take(shared, &piece))
		finish(shared, piece, shared->work(shared->context, piece));
}

static void *help(void *shared)
{
	take_pieces(shared);
	leave(shared);
	return NULL;
}

static void start_helper(struct shared *shared)
{
	pthread_t thread;

	atomic_fetch_add(&shared->holders, 1);
	if (bk_thread_start(&thread, help, shared))
		pthread_detach(thread);
	else
		leave(shared);
}

static void wait_until_idle(struct shared *shared)
{
	pthread_mutex_lock(&shared->mutex);
	while (shared->busy)
		pthread_cond_wait(&shared->idle, &shared->mutex);
	pthread_mutex_unlock(&shared->mutex);
}

size_t bk_share_threads(size_t most)
{
	cpu_set_t ours;
	size_t threads = BK_SHARE_THREADS; /* where there are more than a set has room for */

	if (sched_getaffinity(0, sizeof ours, &ours) == 0)
		threads = (size_t)CPU_COUNT(&ours);
	if (threads > BK_SHARE_THREADS)
		threads = BK_SHARE_THREADS;
	if (threads > most)
		threads = most;
	return threads ? threads : 1;
}

int bk_share_out(bk_piece_worker *work, void *context, size_t pieces, size_t threads)
{
	struct shared *const shared = shared_new(work, context, pieces);
	int status;

	if (!shared)
		return bk_fail_memory();
	if (threads > pieces)
		threads = pieces;
	if (threads > BK_SHARE_THREADS)
		threads = BK_SHARE_THREADS;
	for (size_t i = 1; i < threads; i++)
		start_helper(shared);
	take_pieces(shared);
	wait_until_idle(shared);
	status = shared->status == BK_OK ? BK_OK : bk_fail(shared->status, "%s", shared->message);
	leave(shared);
	return status;
}
