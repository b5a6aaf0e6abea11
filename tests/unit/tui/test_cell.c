/* The grid: what goes in is visible, and comes out as text and as a picture. */
#include "tui/cell.h"

#include <bracked/error.h>
#include "tui/prompt.h"
#include "tui/svg.h"
#include "tui/theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct bk_grid grid;
static struct bk_buf dump;

static const char *dumped(void)
{
	bk_buf_clear(&dump);
	bk_grid_dump(&grid, &dump);
	return bk_buf_string(&dump);
}

static int fresh(void **state)
{
	(void)state;
	return bk_grid_resize(&grid, 2, 20);
}

static int done(void **state)
{
	(void)state;
	bk_grid_release(&grid);
	bk_buf_release(&dump);
	return 0;
}

static void escapes_become_marks(void **state)
{
	(void)state;
	bk_grid_puts(&grid, 0, 0, 20, BK_LOOK_PLAIN, "a\033[31mb");
	assert_string_equal(dumped(), "a<1B>[31mb\n\n");
	bk_grid_clear(&grid);
	bk_grid_puts(&grid, 0, 0, 20, BK_LOOK_PLAIN, "x\xe2\x80\xaey");
	assert_string_equal(dumped(), "x<U+202E>y\n\n");
	bk_grid_clear(&grid);
	bk_grid_puts(&grid, 0, 0, 20, BK_LOOK_PLAIN, "\xff\nz");
	assert_string_equal(dumped(), "<FF><0A>z\n\n");
}

static void what_runs_to_the_left_is_put_as_it_is_seen(void **state)
{
	(void)state;
	assert_int_equal(bk_grid_puts(&grid, 0, 0, 20, BK_LOOK_PLAIN, "a [אבג] b"), 9);
	bk_grid_put_cut(&grid, 1, 0, 5, BK_LOOK_PLAIN, BK_STR("אב[גד] 12"));
	assert_string_equal(dumped(), "a [גבא] b\n…ג]בא\n");
	assert_int_equal(bk_grid_col_of(&grid, BK_STR("אבג"), 0), 2);
	assert_int_equal(bk_grid_col_of(&grid, BK_STR("אבג"), 4), 0);
	assert_int_equal(bk_grid_col_of(&grid, BK_STR("אבג"), 6), -1);
	assert_int_equal(bk_grid_col_of(&grid, BK_STR("a אבג"), 8), 5);
	bk_grid_clear(&grid);
	grid.bidi = BK_BIDI_TERMINAL;
	bk_grid_puts(&grid, 0, 0, 20, BK_LOOK_PLAIN, "a [אבג] b");
	assert_int_equal(bk_grid_col_of(&grid, BK_STR("אבג"), 2), 1);
	grid.bidi = BK_BIDI_OWN;
	assert_string_equal(dumped(), "a [אבג] b\n\n");
}

static void nothing_is_written_past_the_limit(void **state)
{
	(void)state;
	assert_int_equal(bk_grid_puts(&grid, 0, 15, 18, BK_LOOK_PLAIN, "abcdef"), 18);
	assert_int_equal(bk_grid_puts(&grid, 1, 17, 40, BK_LOOK_PLAIN, "abcdef"), 23);
	assert_string_equal(dumped(), "               abc\n                 abc\n");
}

static void half_a_wide_character_leaves_a_blank(void **state)
{
	(void)state;
	bk_grid_puts(&grid, 0, 0, 20, BK_LOOK_PLAIN, "\xe4\xb8\xad\xe6\x96\x87");
	bk_grid_puts(&grid, 0, 1, 20, BK_LOOK_PLAIN, "x");
	assert_string_equal(dumped(), " x\xe6\x96\x87\n\n");
	bk_grid_puts(&grid, 0, 19, 20, BK_LOOK_PLAIN, "\xe4\xb8\xad");
	assert_int_equal(bk_grid_at(&grid, 0, 19)->bytes[0], ' ');
}

static void what_does_not_fit_ends_in_an_ellipsis(void **state)
{
	(void)state;
	bk_grid_put_cut(&grid, 0, 0, 6, BK_LOOK_PLAIN, BK_STR("abcdefgh"));
	bk_grid_put_cut(&grid, 1, 0, 6, BK_LOOK_PLAIN, BK_STR("abcdef"));
	assert_string_equal(dumped(), "abcde\xe2\x80\xa6\nabcdef\n");
}

static void words_are_wrapped_with_a_hanging_indent(void **state)
{
	(void)state;
	const struct bk_rect rect = {0, 0, 2, 14};
	assert_int_equal(
		bk_grid_put_words(&grid, rect, 0, 2, BK_LOOK_PLAIN, BK_STR("one two three four")), 2);
	assert_string_equal(dumped(), "one two three\n  four\n");
}

static void a_picture_has_the_words_and_the_colours(void **state)
{
	struct bk_theme theme;
	(void)state;
	assert_int_equal(bk_theme_make(&theme, "dark", 256), BK_OK);
	bk_grid_puts(&grid, 0, 0, 20, (struct bk_look){196, 21, BK_ATTR_BOLD}, "a<b");
	bk_buf_clear(&dump);
	bk_svg_put(&grid, &theme, &dump);
	assert_non_null(strstr(dump.bytes, ">a&lt;b<"));
	assert_non_null(strstr(dump.bytes, "#ff0000"));
	assert_non_null(strstr(dump.bytes, "#0000ff"));
	assert_non_null(strstr(dump.bytes, "bold"));
}

static void mono_tells_roles_apart_without_colour(void **state)
{
	struct bk_theme theme;
	(void)state;
	assert_int_equal(bk_theme_make(&theme, "light", 2), BK_OK);
	for (int role = 0; role < BK_ROLE_COUNT; role++) {
		assert_int_equal(theme.roles[role].fg, -1);
		assert_int_equal(theme.roles[role].bg, -1);
	}
	assert_int_not_equal(theme.roles[BK_ROLE_HERE].attributes, 0);
	assert_int_equal(bk_theme_make(&theme, "pink", 256), BK_ENOTFOUND);
}

static void few_colours_stay_within_those_there_are(void **state)
{
	struct bk_theme theme;
	(void)state;
	for (const char *const *name = bk_theme_names(); *name != NULL; name++) {
		assert_int_equal(bk_theme_make(&theme, *name, 8), BK_OK);
		for (int role = 0; role < BK_ROLE_COUNT; role++) {
			assert_true(theme.roles[role].fg < 8);
			assert_true(theme.roles[role].bg < 8);
		}
	}
}

static void letters_in_order_fit_and_beginnings_of_words_fit_best(void **state)
{
	(void)state;
	assert_int_equal(bk_fuzzy_score(BK_STR("xyz"), BK_STR("next-open")), -1);
	assert_true(bk_fuzzy_score(BK_STR("no"), BK_STR("next-open")) >
		    bk_fuzzy_score(BK_STR("no"), BK_STR("cannot-open")));
	assert_true(bk_fuzzy_score(BK_STR("obj"), BK_STR("object")) >
		    bk_fuzzy_score(BK_STR("obj"), BK_STR("of bad jam")));
	assert_true(bk_fuzzy_score(BK_STR("OBJ"), BK_STR("object")) > 0);
	assert_int_equal(bk_fuzzy_score(BK_STR(""), BK_STR("object")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(escapes_become_marks, fresh, done),
		cmocka_unit_test_setup_teardown(what_runs_to_the_left_is_put_as_it_is_seen, fresh, done),
		cmocka_unit_test_setup_teardown(nothing_is_written_past_the_limit, fresh, done),
		cmocka_unit_test_setup_teardown(half_a_wide_character_leaves_a_blank, fresh, done),
		cmocka_unit_test_setup_teardown(what_does_not_fit_ends_in_an_ellipsis, fresh, done),
		cmocka_unit_test_setup_teardown(words_are_wrapped_with_a_hanging_indent, fresh, done),
		cmocka_unit_test_setup_teardown(a_picture_has_the_words_and_the_colours, fresh, done),
		cmocka_unit_test(mono_tells_roles_apart_without_colour),
		cmocka_unit_test(few_colours_stay_within_those_there_are),
		cmocka_unit_test(letters_in_order_fit_and_beginnings_of_words_fit_best),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
