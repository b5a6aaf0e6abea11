#include "compare/share.h"

#include "base/error.h"
#include "base/thread.h"

#include <sched.h>
#include <stdatomic.h>

struct shared {
	bk_piece_worker *work;
	void *context;
	size_t pieces;
	atomic_size_t next; /* piece that nobody has taken */
	atomic_bool failed;
};

/* What one thread does of it. */
struct worker {
	struct shared *shared;
	pthread_t thread;
	bool started;
	size_t piece;			/* the last one taken, */
	int status;			/* what became of it, */
	char message[BK_ERROR_MESSAGE]; /* and why it failed */
};

static void *take_pieces(void *context)
{
	struct worker *worker = context;
	struct shared *shared = worker->shared;

	while (worker->status == BK_OK && !atomic_load(&shared->failed)) {
		worker->piece = atomic_fetch_add(&shared->next, 1);
		if (worker->piece >= shared->pieces)
			break;
		worker->status = shared->work(shared->context, worker->piece);
	}
	if (worker->status != BK_OK) {
		atomic_store(&shared->failed, true);
		bk_error_keep(worker->message);
	}
	return NULL;
}

/* All pieces before one that was taken were taken, too: the first that failed is among those that did. */
static int first_failure(const struct worker *workers, size_t threads)
{
	const struct worker *first = NULL;

	for (size_t i = 0; i < threads; i++)
		if (workers[i].status != BK_OK && (!first || workers[i].piece < first->piece))
			first = &workers[i];
	return first ? bk_fail(first->status, "%s", first->message) : BK_OK;
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
	struct shared shared = {.work = work, .context = context, .pieces = pieces};
	struct worker workers[BK_SHARE_THREADS];

	if (threads > pieces)
		threads = pieces;
	if (threads > BK_SHARE_THREADS)
		threads = BK_SHARE_THREADS;
	for (size_t i = 0; i < threads; i++) {
		workers[i] = (struct worker){.shared = &shared};
		workers[i].started = i > 0 && bk_thread_start(&workers[i].thread, take_pieces, &workers[i]);
	}
	if (threads)
		take_pieces(&workers[0]);
	for (size_t i = 1; i < threads; i++)
		if (workers[i].started)
			pthread_join(workers[i].thread, NULL);
	return first_failure(workers, threads);
}
