/* What fits into a row, and what is left out. */
#include "tui/fit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_fits(int room, const char *expected)
{
	struct bk_fit fields[] = {
		{BK_STR("214 open"), 0, false},
		{BK_STR("12 block EU"), 1, false},
		{BK_STR(""), 0, false},
		{BK_STR("3 ripe"), 3, false},
		{BK_STR("1 fault"), 2, false},
	};
	struct bk_buf out = BK_BUF_INIT;
	bk_fit_put(fields, sizeof fields / sizeof *fields, " · ", room, &out);
	assert_string_equal(bk_buf_string(&out), expected);
	bk_buf_release(&out);
}

static void the_least_important_is_left_out_whole(void **state)
{
	(void)state;
	assert_fits(80, "214 open · 12 block EU · 3 ripe · 1 fault");
	assert_fits(41, "214 open · 12 block EU · 3 ripe · 1 fault");
	assert_fits(40, "214 open · 12 block EU · 1 fault");
	assert_fits(31, "214 open · 12 block EU");
	assert_fits(21, "214 open");
}

static void what_must_stay_stays_in_any_room(void **state)
{
	(void)state;
	assert_fits(3, "214 open");
	assert_fits(-5, "214 open");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_least_important_is_left_out_whole),
		cmocka_unit_test(what_must_stay_stays_in_any_room),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
