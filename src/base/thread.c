#include "base/thread.h"

#include <signal.h>

bool bk_thread_start(pthread_t *thread, void *(*run)(void *context), void *context)
{
	sigset_t blocked, before;
	bool started;

	sigfillset(&blocked);
	sigdelset(&blocked, SIGSEGV);
	sigdelset(&blocked, SIGBUS);
	sigdelset(&blocked, SIGABRT);
	pthread_sigmask(SIG_SETMASK, &blocked, &before);
	started = pthread_create(thread, NULL, run, context) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return started;
}
