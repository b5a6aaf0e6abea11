/* The stack that the main thread works on. */
#include "base/stack.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_t main_thread;

/* Writes more than the limit on the stack that this program was started with. */
static int write_much(void *context)
{
	volatile char much[1 << 20];

	for (size_t i = 0; i < sizeof much; i += 512)
		much[i] = 1;
	return pthread_equal(pthread_self(), main_thread) ? *(const int *)context : 0;
}

static int start_under_a_limit(void)
{
	int handed = 7, returned;

	main_thread = pthread_self();
	return bk_stack_run(write_much, &handed, &returned) == 0 ? returned : EXIT_FAILURE;
}

static int end_of_a_start_under(size_t limit)
{
	const pid_t child = fork();
	int ended;

	if (child == 0) {
		const struct rlimit both = {limit, limit};

		if (setrlimit(RLIMIT_STACK, &both) == 0)
			execl("/proc/self/exe", "test_stack", "under-a-limit", (char *)NULL);
		_exit(EXIT_FAILURE);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &ended, 0), child);
	assert_true(WIFEXITED(ended));
	return WEXITSTATUS(ended);
}

static void the_main_thread_works_on_whatever_limit_its_stack_has(void **state)
{
	(void)state;
	assert_int_equal(end_of_a_start_under((size_t)256 << 10), 7);
	assert_int_equal(end_of_a_start_under((size_t)2 << 20), 7);
	assert_int_equal(end_of_a_start_under((size_t)8 << 20), 7);
}

int main(int argc, char **argv)
{
	(void)argv;
	if (argc > 1)
		return start_under_a_limit();

	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_main_thread_works_on_whatever_limit_its_stack_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
