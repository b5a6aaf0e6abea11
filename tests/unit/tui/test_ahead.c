/* What was typed ahead is kept in its order. */
#include "tui/ahead.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void keep_key(struct bk_ahead *ahead, uint32_t code)
{
	const struct bk_input input = {.kind = BK_INPUT_KEY, .key = {code, 0}};
	assert_int_equal(bk_ahead_keep(ahead, &input), BK_OK);
}

static void assert_key(struct bk_ahead *ahead, uint32_t code)
{
	struct bk_input input;
	assert_true(bk_ahead_take(ahead, &input));
	assert_int_equal(input.kind, BK_INPUT_KEY);
	assert_int_equal(input.key.code, code);
}

static void what_comes_while_one_is_taken_stands_behind_the_rest(void **state)
{
	(void)state;
	struct bk_ahead ahead = {0};
	struct bk_input input;
	keep_key(&ahead, 'a');
	keep_key(&ahead, 'b');
	assert_key(&ahead, 'a');
	keep_key(&ahead, 'c');
	assert_key(&ahead, 'b');
	assert_key(&ahead, 'c');
	assert_false(bk_ahead_take(&ahead, &input));
	keep_key(&ahead, 'd');
	assert_key(&ahead, 'd');
	bk_ahead_release(&ahead);
}

static void a_paste_outlives_the_bytes_it_came_in(void **state)
{
	(void)state;
	struct bk_ahead ahead = {0};
	char bytes[] = "pasted";
	struct bk_input input = {.kind = BK_INPUT_PASTE, .text = {bytes, sizeof bytes - 1}};
	assert_int_equal(bk_ahead_keep(&ahead, &input), BK_OK);
	memset(bytes, 'x', sizeof bytes);
	assert_true(bk_ahead_take(&ahead, &input));
	assert_int_equal(input.text.len, 6);
	assert_memory_equal(input.text.ptr, "pasted", 6);
	/* What it made the screen wait for may bring more. */
	keep_key(&ahead, 'a');
	assert_memory_equal(input.text.ptr, "pasted", 6);
	bk_ahead_release(&ahead);
}

static void what_is_forgotten_is_counted_and_does_not_come(void **state)
{
	(void)state;
	struct bk_ahead ahead = {0};
	struct bk_input input;
	keep_key(&ahead, 'a');
	keep_key(&ahead, 'b');
	keep_key(&ahead, 'c');
	assert_key(&ahead, 'a');
	assert_int_equal(bk_ahead_forget(&ahead), 2);
	assert_false(bk_ahead_take(&ahead, &input));
	assert_int_equal(bk_ahead_forget(&ahead), 0);
	bk_ahead_release(&ahead);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_comes_while_one_is_taken_stands_behind_the_rest),
		cmocka_unit_test(a_paste_outlives_the_bytes_it_came_in),
		cmocka_unit_test(what_is_forgotten_is_counted_and_does_not_come),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
