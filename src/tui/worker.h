/*
 * Background work: one thread at a time for one kind of task, which tells the loop when it is done.
 *
 *	loop:   start(run, task) ---------------------------> finish: task is the loop's again
 *	thread:        run(task) ... done, a byte into the pipe
 */
#ifndef BRACKED_TUI_WORKER_H
#define BRACKED_TUI_WORKER_H

#include <bracked/error.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

struct bk_worker {
	pthread_t thread;
	bool busy;	  /* the loop's: started and not yet finished */
	atomic_bool done; /* the thread's */
	void (*run)(void *task);
	void *task;
	int wake; /* descriptor to write to */
};

/* Run a task on a thread of its own; where no thread can be had, here and now.  The worker must not be busy. */
void bk_worker_start(struct bk_worker *worker, int wake, void (*run)(void *task), void *task);
/* True when the task is done; it is then the caller's, and the worker free. */
bool bk_worker_finish(struct bk_worker *worker);
/* Wait for the task, if any; it is then the caller's. */
void bk_worker_wait(struct bk_worker *worker);

#endif
