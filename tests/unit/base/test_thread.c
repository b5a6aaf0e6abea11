/* Threads: which signals they leave to others. */
#include "base/thread.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static void *look(void *blocked)
{
	pthread_sigmask(SIG_SETMASK, NULL, blocked);
	return NULL;
}

static void a_thread_takes_no_signals_but_those_of_a_crash(void **state)
{
	sigset_t blocked;
	pthread_t thread;

	(void)state;
	assert_true(bk_thread_start(&thread, look, &blocked));
	pthread_join(thread, NULL);
	assert_true(sigismember(&blocked, SIGTERM));
	assert_true(sigismember(&blocked, SIGWINCH));
	assert_true(sigismember(&blocked, SIGRTMIN + 5));
	assert_false(sigismember(&blocked, SIGSEGV));
	assert_false(sigismember(&blocked, SIGBUS));
	assert_false(sigismember(&blocked, SIGABRT));
}

static void whoever_starts_a_thread_takes_signals_as_before(void **state)
{
	sigset_t blocked, seen;
	pthread_t thread;

	(void)state;
	assert_true(bk_thread_start(&thread, look, &seen));
	pthread_join(thread, NULL);
	pthread_sigmask(SIG_SETMASK, NULL, &blocked);
	assert_false(sigismember(&blocked, SIGTERM));
	assert_false(sigismember(&blocked, SIGWINCH));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_thread_takes_no_signals_but_those_of_a_crash),
		cmocka_unit_test(whoever_starts_a_thread_takes_signals_as_before),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
