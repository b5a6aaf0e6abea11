/* The theme of last time. */
#include "tui/last_theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/bracked-theme-XXXXXX";

static void write_theme(const char *bytes)
{
	char path[64];
	snprintf(path, sizeof path, "%s/theme", folder);
	FILE *const file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(bytes, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void a_theme_that_was_kept_is_there_next_time(void **state)
{
	char name[BK_LAST_THEME];
	(void)state;
	assert_false(bk_last_theme(folder, name));
	bk_last_theme_keep(folder, "light");
	assert_true(bk_last_theme(folder, name));
	assert_string_equal(name, "light");
	bk_last_theme_keep(folder, "colour-blind");
	assert_true(bk_last_theme(folder, name));
	assert_string_equal(name, "colour-blind");
}

static void without_a_state_folder_none_is_kept(void **state)
{
	char name[BK_LAST_THEME];
	(void)state;
	bk_last_theme_keep(NULL, "light");
	assert_false(bk_last_theme(NULL, name));
	bk_last_theme_keep("/nowhere/at/all", "light");
	assert_false(bk_last_theme("/nowhere/at/all", name));
}

static void what_is_no_word_is_no_theme(void **state)
{
	char name[BK_LAST_THEME];
	(void)state;
	write_theme(" \n");
	assert_false(bk_last_theme(folder, name));
	write_theme("a name that is longer than any theme's name could ever be\n");
	assert_false(bk_last_theme(folder, name));
	bk_last_theme_keep(folder, "light");
	bk_last_theme_keep(folder, "another name that is longer than any theme's name could ever be");
	assert_true(bk_last_theme(folder, name));
	assert_string_equal(name, "light");
}

static int make(void **state)
{
	(void)state;
	return mkdtemp(folder) != NULL ? 0 : -1;
}

static int clean(void **state)
{
	char path[64];
	(void)state;
	snprintf(path, sizeof path, "%s/theme", folder);
	unlink(path);
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_theme_that_was_kept_is_there_next_time),
		cmocka_unit_test(without_a_state_folder_none_is_kept),
		cmocka_unit_test(what_is_no_word_is_no_theme),
	};
	return cmocka_run_group_tests(tests, make, clean);
}
