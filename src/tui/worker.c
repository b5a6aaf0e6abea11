/* Background work on threads. */
#include "tui/worker.h"

#include "base/thread.h"

#include <unistd.h>

static void *work(void *context)
{
	struct bk_worker *const worker = context;
	worker->run(worker->task);
	atomic_store(&worker->done, true);
	/* A full pipe wakes the loop just as well. */
	const ssize_t written = write(worker->wake, "", 1);
	(void)written;
	return NULL;
}

void bk_worker_start(struct bk_worker *worker, int wake, void (*run)(void *task), void *task)
{
	worker->run = run;
	worker->task = task;
	worker->wake = wake;
	worker->busy = true;
	atomic_store(&worker->done, false);
	if (bk_thread_start(&worker->thread, work, worker))
		return;
	work(worker);
	worker->thread = pthread_self();
}

void bk_worker_wait(struct bk_worker *worker)
{
	if (!worker->busy)
		return;
	if (!pthread_equal(worker->thread, pthread_self()))
		pthread_join(worker->thread, NULL);
	worker->busy = false;
}

bool bk_worker_finish(struct bk_worker *worker)
{
	if (!worker->busy || !atomic_load(&worker->done))
		return false;
	bk_worker_wait(worker);
	return true;
}
