/* Reports of the mouse: read byte by byte, and never trusted to be whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tui/mouse_report.h"

#include <string.h>

/* Give bytes until the report is no longer MORE; what it came to, and how many were taken. */
static enum bk_mouse_step give(
	struct bk_mouse_report *report, bool old, const char *bytes, struct bk_input *out, size_t *taken)
{
	enum bk_mouse_step step = BK_MOUSE_MORE;

	bk_mouse_report_begin(report, old);
	for (*taken = 0; bytes[*taken] && step == BK_MOUSE_MORE; ++*taken)
		step = bk_mouse_report_take(report, (unsigned char)bytes[*taken], out);
	return step;
}

static struct bk_input whole(struct bk_mouse_report *report, bool old, const char *bytes)
{
	struct bk_input input;
	size_t taken;

	assert_int_equal(give(report, old, bytes, &input, &taken), BK_MOUSE_WHOLE);
	assert_int_equal(taken, strlen(bytes));
	return input;
}

static void assert_click(struct bk_input input, int row, int col, bool drag)
{
	assert_int_equal(input.kind, BK_INPUT_CLICK);
	assert_int_equal(input.row, row);
	assert_int_equal(input.col, col);
	assert_int_equal(input.drag, drag);
}

static void a_button_goes_down_and_up(void **state)
{
	struct bk_mouse_report report = {0};

	(void)state;
	assert_click(whole(&report, false, "0;5;3M"), 2, 4, false);
	assert_click(whole(&report, false, "0;9;4m"), 3, 8, true);
	assert_click(whole(&report, true, " !\""), 1, 0, false);
	assert_click(whole(&report, true, "#%#"), 2, 4, true);
	assert_click(whole(&report, false, "16;500;200M"), 199, 499, false);
}

static void the_wheel_goes_up_and_down(void **state)
{
	struct bk_mouse_report report = {0};

	(void)state;
	assert_int_equal(whole(&report, false, "64;5;3M").amount, -3);
	assert_int_equal(whole(&report, false, "65;5;3M").amount, 3);
	assert_int_equal(whole(&report, true, "`%#").amount, -3);
	assert_int_equal(whole(&report, true, "a%#").amount, 3);
}

static void other_buttons_and_places_say_nothing(void **state)
{
	static const char *const reports[] = {"1;5;3M", "2;5;3M", "2;5;3m", "32;5;3M", "66;5;3M", "128;5;3M",
		"0;0;3M", "0;5;0M", "0;5;3m", "99999999999999999999;5;3M"};
	struct bk_mouse_report report = {0};

	(void)state;
	for (size_t i = 0; i < sizeof reports / sizeof *reports; i++)
		assert_int_equal(whole(&report, false, reports[i]).kind, BK_INPUT_NONE);
	assert_int_equal(whole(&report, true, "#%#").kind, BK_INPUT_NONE);
}

static void a_key_behind_a_cut_report_is_still_a_key(void **state)
{
	struct bk_mouse_report report = {0};
	struct bk_input input;
	size_t taken;

	(void)state;
	assert_int_equal(give(&report, false, "0;5;3a", &input, &taken), BK_MOUSE_BROKEN);
	assert_int_equal(taken, 6);
	assert_int_equal(give(&report, false, "0;5M", &input, &taken), BK_MOUSE_BROKEN);
	assert_int_equal(give(&report, true, " \x11", &input, &taken), BK_MOUSE_BROKEN);
	assert_int_equal(give(&report, false, "0;5", &input, &taken), BK_MOUSE_MORE);
}

static void a_report_behind_a_cut_one_is_read(void **state)
{
	struct bk_mouse_report report = {0};
	struct bk_input input;
	size_t taken;

	(void)state;
	assert_click(whole(&report, false, "0;5\033[<0;7;8M"), 7, 6, false);
	assert_int_equal(whole(&report, true, "\033[Ma%#").amount, 3);
	/* any other sequence goes with it, whole */
	assert_int_equal(give(&report, false, "0;5;3;4;5Mabc", &input, &taken), BK_MOUSE_GONE);
	assert_int_equal(taken, 10);
	assert_int_equal(give(&report, false, "0;5\033[1;2Aabc", &input, &taken), BK_MOUSE_GONE);
	assert_int_equal(taken, 9);
	assert_int_equal(give(&report, false, "0;5\033OPabc", &input, &taken), BK_MOUSE_GONE);
	assert_int_equal(taken, 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_button_goes_down_and_up),
		cmocka_unit_test(the_wheel_goes_up_and_down),
		cmocka_unit_test(other_buttons_and_places_say_nothing),
		cmocka_unit_test(a_key_behind_a_cut_report_is_still_a_key),
		cmocka_unit_test(a_report_behind_a_cut_one_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
