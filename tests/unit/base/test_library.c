/* Libraries loaded when they are first needed. */
#include "base/library.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

struct calls {
	size_t (*strlen)(const char *string);
	int (*abs)(int number);
};

static const struct bk_library_name names[] = {
	{"strlen", offsetof(struct calls, strlen)},
	{"abs", offsetof(struct calls, abs)},
};

static void what_is_used_of_a_library_stands_in_its_table(void **state)
{
	struct calls calls;

	(void)state;
	assert_null(bk_library_load("libc.so.6", &calls, names, 2));
	assert_int_equal(calls.strlen("bracket"), 7);
	assert_int_equal(calls.abs(-3), 3);
}

static void a_library_that_is_not_there_is_named(void **state)
{
	struct calls calls;

	(void)state;
	assert_non_null(strstr(bk_library_load("libnowhere.so.7", &calls, names, 2), "libnowhere.so.7"));
}

static void what_a_library_lacks_is_named(void **state)
{
	static const struct bk_library_name lacking[] = {{"strlen", 0}, {"bk_nobody_has_this", 0}};
	struct calls calls;

	(void)state;
	assert_non_null(strstr(bk_library_load("libc.so.6", &calls, lacking, 2), "bk_nobody_has_this"));
}

/* The names of libc's versions are symbols whose value is nothing. */
static void what_a_library_has_nothing_of_is_lacking(void **state)
{
	static const struct bk_library_name nothing[] = {{"strlen", 0}, {"GLIBC_2.17", 0}};
	struct calls calls;

	(void)state;
	assert_non_null(bk_library_load("libc.so.6", &calls, nothing, 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_used_of_a_library_stands_in_its_table),
		cmocka_unit_test(a_library_that_is_not_there_is_named),
		cmocka_unit_test(what_a_library_lacks_is_named),
		cmocka_unit_test(what_a_library_has_nothing_of_is_lacking),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
