/* The words of a command line. */
#include "app/args.h"
#include "app/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static const char *const colours[] = {"red", "blue", NULL};

static const struct bk_option options[] = {
	{.name = "json", .help = "flag"},
	{.name = "message", .letter = 'm', .value = "TEXT", .help = "value"},
	{.name = "if", .value = "TEXT", .repeat = true, .help = "repeated"},
	{.name = "colour", .value = "WHEN", .choices = colours, .help = "choices"},
	{.name = "dry-run", .letter = 'n', .help = "flag"},
	{0},
};
static const struct bk_option *const tables[] = {options, NULL};

static int parse(struct bk_args *args, int count, const char **words)
{
	return bk_args_parse(args, tables, count, (char **)words, false);
}

static void options_may_follow_arguments(void **state)
{
	const char *words[] = {"file", "--json", "-m", "two words", "id"};
	struct bk_args args;

	(void)state;
	assert_int_equal(parse(&args, 5, words), BK_OK);
	assert_int_equal(args.rest_count, 2);
	assert_string_equal(args.rest[0], "file");
	assert_string_equal(args.rest[1], "id");
	assert_true(bk_args_has(&args, "json"));
	assert_string_equal(bk_args_value(&args, "message"), "two words");
	bk_args_release(&args);
}

static void two_dashes_end_the_options(void **state)
{
	const char *words[] = {"--", "--json", "-m"};
	struct bk_args args;

	(void)state;
	assert_int_equal(parse(&args, 3, words), BK_OK);
	assert_int_equal(args.rest_count, 2);
	assert_false(bk_args_has(&args, "json"));
	bk_args_release(&args);
}

static void one_dash_alone_is_an_argument(void **state)
{
	const char *words[] = {"-"};
	struct bk_args args;

	(void)state;
	assert_int_equal(parse(&args, 1, words), BK_OK);
	assert_string_equal(args.rest[0], "-");
	bk_args_release(&args);
}

static void a_value_may_be_glued_or_stand_apart(void **state)
{
	const char *words[] = {"--message=a=b", "-nmx", "--if", "1", "--if=2"};
	struct bk_args args;
	size_t from = 0;

	(void)state;
	assert_int_equal(parse(&args, 5, words), BK_OK);
	assert_string_equal(bk_args_value(&args, "message"), "x");
	assert_true(bk_args_has(&args, "dry-run"));
	assert_string_equal(bk_args_next(&args, "if", &from), "1");
	assert_string_equal(bk_args_next(&args, "if", &from), "2");
	assert_null(bk_args_next(&args, "if", &from));
	bk_args_release(&args);
}

static void an_unknown_option_names_the_nearest(void **state)
{
	const char *words[] = {"--mesage", "x"};
	struct bk_args args;

	(void)state;
	assert_int_equal(parse(&args, 2, words), BK_EINVAL);
	assert_string_equal(bk_error_message(), "no option '--mesage': did you mean '--message'?");
}

static void an_option_before_its_command_is_told_to_go_behind(void **state)
{
	static const struct bk_option *const globals[] = {bk_global_options, NULL};
	const char *json[] = {"--json", "list"}, *dry[] = {"-n", "resolve"}, *none[] = {"--jsno", "list"};
	struct bk_args args;

	(void)state;
	assert_int_equal(bk_args_parse(&args, globals, 2, (char **)json, true), BK_EINVAL);
	assert_string_equal(bk_error_message(), "option '--json' goes behind the name of its command");
	assert_int_equal(bk_args_parse(&args, globals, 2, (char **)dry, true), BK_EINVAL);
	assert_string_equal(bk_error_message(), "option '-n' goes behind the name of its command");
	assert_int_equal(bk_args_parse(&args, globals, 2, (char **)none, true), BK_EINVAL);
	assert_non_null(strstr(bk_error_message(), "no option '--jsno'"));
}

static void a_missing_value_and_a_wrong_choice_are_refused(void **state)
{
	const char *missing[] = {"--message"}, *wrong[] = {"--colour=green"}, *extra[] = {"--json=1"};
	struct bk_args args;

	(void)state;
	assert_int_equal(parse(&args, 1, missing), BK_EINVAL);
	assert_int_equal(parse(&args, 1, wrong), BK_EINVAL);
	assert_string_equal(
		bk_error_message(), "option '--colour' does not take 'green': it is one of red, blue");
	assert_int_equal(parse(&args, 1, extra), BK_EINVAL);
}

static void numbers_and_spans_fill_the_whole_word(void **state)
{
	size_t start, end;

	(void)state;
	assert_true(bk_args_parse_span("12:40", &start, &end));
	assert_int_equal(start, 12);
	assert_int_equal(end, 40);
	assert_false(bk_args_parse_span("40:12", &start, &end));
	assert_false(bk_args_parse_span("1:2x", &start, &end));
	assert_false(bk_args_parse_size("-1", &start));
	assert_false(bk_args_parse_size("99999999999999999999999", &start));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_may_follow_arguments),
		cmocka_unit_test(two_dashes_end_the_options),
		cmocka_unit_test(one_dash_alone_is_an_argument),
		cmocka_unit_test(a_value_may_be_glued_or_stand_apart),
		cmocka_unit_test(an_unknown_option_names_the_nearest),
		cmocka_unit_test(an_option_before_its_command_is_told_to_go_behind),
		cmocka_unit_test(a_missing_value_and_a_wrong_choice_are_refused),
		cmocka_unit_test(numbers_and_spans_fill_the_whole_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
