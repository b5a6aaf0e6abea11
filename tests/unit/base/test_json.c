/* JSON: values go out and come back, faults name their place, memory that runs out is told. */
#include "base/alloc.h"
#include "base/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static bk_json *sample(void)
{
	bk_json *object = bk_json_object();
	bk_json *list = bk_json_array();
	bk_json *inner = bk_json_object();

	bk_json_set_string(object, "party", "EU");
	bk_json_set_text(object, "text", BK_STR("[shall]\xFF\0\n"));
	bk_json_set_size(object, "at", 42);
	bk_json_set_int(object, "net", -3);
	bk_json_set_bool(object, "open", true);
	bk_json_set_null(object, "reason");
	bk_json_set_string(object, "absent", NULL);
	bk_json_add_text(list, BK_STR("one"));
	bk_json_set_bool(inner, "deep", false);
	bk_json_add(list, inner);
	bk_json_set(object, "list", list);
	return object;
}

static const char expected[] =
	"{\"party\":\"EU\",\"text\":\"[shall]\xEF\xBF\xBD\\u0000\\n\",\"at\":42,\"net\":-3,"
	"\"open\":true,\"reason\":null,\"absent\":null,"
	"\"list\":[\"one\",{\"deep\":false}]}";

static void values_are_written_on_one_line_in_the_order_they_were_set(void **state)
{
	struct bk_buf out = BK_BUF_INIT;
	bk_json *object = sample();

	(void)state;
	bk_buf_puts(&out, "> ");
	assert_int_equal(bk_json_write(object, &out), BK_OK);
	assert_string_equal(bk_buf_string(&out) + 2, expected);
	bk_json_free(object);
	bk_buf_release(&out);
}

static void what_ends_a_line_for_some_is_escaped(void **state)
{
	static const char separators[] = "a\xC2\x85\xE2\x80\xA8\xC2\xA0\xE2\x80\xA9\xE2\x80\x99 z";
	struct bk_buf out = BK_BUF_INIT;
	bk_json *object = bk_json_object(), *back;

	(void)state;
	bk_json_set_string(object, "text", separators);
	assert_int_equal(bk_json_write(object, &out), BK_OK);
	assert_string_equal(
		bk_buf_string(&out), "{\"text\":\"a\\u0085\\u2028\xC2\xA0\\u2029\xE2\x80\x99 z\"}");
	assert_int_equal(bk_json_parse(&back, bk_buf_str(&out), "x"), BK_OK);
	assert_string_equal(bk_json_get_string(back, "text"), separators);
	bk_json_free(back);
	bk_json_free(object);
	bk_buf_release(&out);
}

static void what_was_written_is_read_back(void **state)
{
	bk_json *value = NULL;
	const bk_json *list;
	size_t at;
	long long net;

	(void)state;
	assert_int_equal(bk_json_parse(&value, BK_STR(expected), "x"), BK_OK);
	assert_string_equal(bk_json_get_string(value, "party"), "EU");
	assert_null(bk_json_get_string(value, "text")); /* holds NUL */
	assert_null(bk_json_get_string(value, "at"));
	assert_true(bk_json_get_size(value, "at", &at) && at == 42);
	assert_false(bk_json_get_size(value, "net", &at));
	assert_true(bk_json_get_int(value, "net", &net) && net == -3);
	list = bk_json_get(value, "list");
	assert_true(bk_json_is_array(list) && bk_json_is_object(value) && !bk_json_is_object(list));
	assert_int_equal(bk_json_count(list), 2);
	assert_string_equal(bk_json_string(bk_json_at(list, 0)), "one");
	assert_null(bk_json_at(list, 2));
	bk_json_free(value);
}

static void a_fault_names_file_line_and_column(void **state)
{
	bk_json *value = NULL;

	(void)state;
	assert_int_equal(bk_json_parse(&value, BK_STR("{\"a\":1,\n\"b\" 2}"), "some.ledger"), BK_EFORMAT);
	assert_non_null(strstr(bk_error_message(), "some.ledger:2:"));
	assert_int_equal(bk_json_parse(&value, BK_STR("{\"a\":1,\"a\":2}"), "x"), BK_EFORMAT);
	assert_int_equal(bk_json_parse(&value, BK_STR("{} {}"), "x"), BK_EFORMAT);
	assert_int_equal(bk_json_parse(&value, BK_STR(""), "x"), BK_EFORMAT);
	assert_int_equal(bk_json_parse(&value, BK_STR("\"\xFF\""), "x"), BK_EFORMAT);
	assert_null(value);
}

static void nesting_is_bounded(void **state)
{
	struct bk_buf deep = BK_BUF_INIT;
	bk_json *value = NULL;

	(void)state;
	bk_buf_fill(&deep, '[', 1000000);
	assert_int_equal(bk_json_parse(&value, bk_buf_str(&deep), "x"), BK_EFORMAT);
	assert_null(value);
	bk_buf_release(&deep);
}

static void memory_that_runs_out_is_told_when_writing(void **state)
{
	size_t count;

	(void)state;
	bk_alloc_fail_after(SIZE_MAX);
	bk_json_free(sample());
	count = bk_alloc_fail_after(SIZE_MAX);
	for (size_t n = 0; n < count; n++) {
		struct bk_buf out = BK_BUF_INIT;
		bk_json *object;

		bk_alloc_fail_after(n);
		object = sample();
		bk_alloc_fail_after(SIZE_MAX);
		assert_int_equal(bk_json_write(object, &out), BK_ENOMEM);
		assert_int_equal(out.len, 0);
		bk_json_free(object);
		bk_buf_release(&out);
	}
}

static void memory_that_runs_out_while_reading_leaks_nothing(void **state)
{
	bk_json *value = NULL;
	int status = BK_ENOMEM;

	(void)state;
	for (size_t n = 0; status != BK_OK; n++) {
		bk_alloc_fail_after(n);
		status = bk_json_parse(&value, BK_STR(expected), "x");
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK || !value);
	}
	bk_json_free(value);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_written_on_one_line_in_the_order_they_were_set),
		cmocka_unit_test(what_ends_a_line_for_some_is_escaped),
		cmocka_unit_test(what_was_written_is_read_back),
		cmocka_unit_test(a_fault_names_file_line_and_column),
		cmocka_unit_test(nesting_is_bounded),
		cmocka_unit_test(memory_that_runs_out_is_told_when_writing),
		cmocka_unit_test(memory_that_runs_out_while_reading_leaks_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
