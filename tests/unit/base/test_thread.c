/* Threads: which signals they leave to others. */
#include "base/thread.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

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

/* Writes more than the limit on the stack that this program was started with. */
static void *write_much(void *unused)
{
	volatile char much[1 << 20];

	for (size_t i = 0; i < sizeof much; i += 512)
		much[i] = 1;
	return unused;
}

static int start_under_a_limit(void)
{
	pthread_t thread;

	if (!bk_thread_start(&thread, write_much, NULL))
		return EXIT_FAILURE;
	pthread_join(thread, NULL);
	return EXIT_SUCCESS;
}

static void a_limit_on_the_stack_is_none_on_that_of_threads(void **state)
{
	const pid_t child = fork();
	int ended;

	(void)state;
	if (child == 0) {
		const struct rlimit limit = {256 << 10, 256 << 10};

		if (setrlimit(RLIMIT_STACK, &limit) == 0)
			execl("/proc/self/exe", "test_thread", "under-a-limit", (char *)NULL);
		_exit(EXIT_FAILURE);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &ended, 0), child);
	assert_true(WIFEXITED(ended));
	assert_int_equal(WEXITSTATUS(ended), EXIT_SUCCESS);
}

int main(int argc, char **argv)
{
	(void)argv;
	if (argc > 1)
		return start_under_a_limit();

	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_thread_takes_no_signals_but_those_of_a_crash),
		cmocka_unit_test(whoever_starts_a_thread_takes_signals_as_before),
		cmocka_unit_test(a_limit_on_the_stack_is_none_on_that_of_threads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
