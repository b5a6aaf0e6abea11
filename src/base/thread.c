#include "base/thread.h"

#include <sched.h>
#include <signal.h>

/* Processors that a new thread may begin on; false when it may on any, since there is no other than ours. */
static bool find_others(cpu_set_t *all, cpu_set_t *others)
{
	const int here = sched_getcpu();

	if (here < 0 || here >= CPU_SETSIZE || sched_getaffinity(0, sizeof *all, all) < 0)
		return false;
	*others = *all;
	CPU_CLR((size_t)here, others);
	return CPU_COUNT(others) > 0;
}

/* A new thread may wait behind us for milliseconds while another processor is idle: it is made to begin on another,
 * and goes where it is sent from then on. */
static int create_elsewhere(
	pthread_t *thread, pthread_attr_t *begins, void *(*run)(void *context), void *context)
{
	cpu_set_t all, others;
	int status;

	if (!find_others(&all, &others) || pthread_attr_setaffinity_np(begins, sizeof others, &others) != 0)
		return pthread_create(thread, begins, run, context);
	status = pthread_create(thread, begins, run, context);
	if (status == 0) {
		(void)pthread_setaffinity_np(*thread, sizeof all, &all);
		return 0;
	}
	(void)pthread_attr_setaffinity_np(begins, sizeof all, &all);
	return pthread_create(thread, begins, run, context);
}

static int create(pthread_t *thread, void *(*run)(void *context), void *context)
{
	pthread_attr_t begins;
	int status = pthread_attr_init(&begins);

	if (status != 0)
		return status;
	status = pthread_attr_setstacksize(&begins, BK_THREAD_STACK);
	if (status == 0)
		status = create_elsewhere(thread, &begins, run, context);
	pthread_attr_destroy(&begins);
	return status;
}

bool bk_thread_start(pthread_t *thread, void *(*run)(void *context), void *context)
{
	sigset_t blocked, before;
	bool started;

	sigfillset(&blocked);
	sigdelset(&blocked, SIGSEGV);
	sigdelset(&blocked, SIGBUS);
	sigdelset(&blocked, SIGABRT);
	pthread_sigmask(SIG_SETMASK, &blocked, &before);
	started = create(thread, run, context) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return started;
}
