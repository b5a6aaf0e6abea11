/* Work that is shared out among threads is done once, all of it, and fails as it would on one thread. */
#include "base/error.h"
#include "compare/share.h"

#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>
#include <unistd.h>

enum { PIECES = 500, NONE = PIECES };

/* How often each piece was done, and the first one that fails: all behind it do, too. */
struct done {
	atomic_int times[PIECES];
	size_t fails;
};

static int do_piece(void *context, size_t piece)
{
	struct done *done = context;

	atomic_fetch_add(&done->times[piece], 1);
	return piece < done->fails ? BK_OK : bk_fail(BK_EINVAL, "piece '%zu' failed", piece);
}

static void all_pieces_are_done_once_on_any_number_of_threads(void **state)
{
	(void)state;
	for (size_t threads = 1; threads < 2 * BK_SHARE_THREADS; threads++) {
		struct done done = {.fails = NONE};

		assert_int_equal(bk_share_out(do_piece, &done, PIECES, threads), BK_OK);
		for (size_t i = 0; i < PIECES; i++)
			assert_int_equal(atomic_load(&done.times[i]), 1);
	}
}

/* A piece that is done once as many have begun as there are threads; or after ten seconds, when it has failed. */
static int meet_others(void *context, size_t piece)
{
	atomic_size_t *begun = context;

	(void)piece;
	atomic_fetch_add(begun, 1);
	for (int i = 0; i < 10000 && atomic_load(begun) < BK_SHARE_THREADS; i++)
		usleep(1000);
	return atomic_load(begun) < BK_SHARE_THREADS ? bk_fail(BK_EINVAL, "no other thread came") : BK_OK;
}

static void threads_are_at_work_at_once(void **state)
{
	atomic_size_t begun = 0;

	(void)state;
	assert_int_equal(bk_share_out(meet_others, &begun, BK_SHARE_THREADS, BK_SHARE_THREADS), BK_OK);
}

static void the_first_piece_in_the_row_that_fails_is_told(void **state)
{
	(void)state;
	for (size_t fails = 0; fails < PIECES; fails += 7) {
		struct done done = {.fails = fails};
		char message[40];

		snprintf(message, sizeof message, "piece '%zu' failed", fails);
		assert_int_equal(bk_share_out(do_piece, &done, PIECES, BK_SHARE_THREADS), BK_EINVAL);
		assert_string_equal(bk_error_message(), message);
	}
}

static void no_pieces_are_no_work(void **state)
{
	struct done done = {.fails = 0};

	(void)state;
	assert_int_equal(bk_share_out(do_piece, &done, 0, BK_SHARE_THREADS), BK_OK);
}

static void there_is_a_thread_and_not_more_than_are_asked_for(void **state)
{
	(void)state;
	assert_int_equal(bk_share_threads(0), 1);
	assert_int_equal(bk_share_threads(1), 1);
	assert_true(bk_share_threads(2) <= 2);
	assert_true(bk_share_threads(SIZE_MAX) <= BK_SHARE_THREADS);
}

static void there_is_one_thread_where_there_is_one_processor_for_us(void **state)
{
	cpu_set_t before, one;

	(void)state;
	assert_int_equal(sched_getaffinity(0, sizeof before, &before), 0);
	CPU_ZERO(&one);
	CPU_SET((size_t)sched_getcpu(), &one);
	assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
	assert_int_equal(bk_share_threads(SIZE_MAX), 1);
	assert_int_equal(sched_setaffinity(0, sizeof before, &before), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_pieces_are_done_once_on_any_number_of_threads),
		cmocka_unit_test(threads_are_at_work_at_once),
		cmocka_unit_test(the_first_piece_in_the_row_that_fails_is_told),
		cmocka_unit_test(no_pieces_are_no_work),
		cmocka_unit_test(there_is_a_thread_and_not_more_than_are_asked_for),
		cmocka_unit_test(there_is_one_thread_where_there_is_one_processor_for_us),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
