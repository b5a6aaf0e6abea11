/* Motions and text objects over a snapshot. */
#include "tui/motion.h"
#include "tui/vi_object.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bk_text *text;

static const bk_snapshot *load(const char *bytes)
{
	bk_text_free(text);
	text = NULL;
	assert_int_equal(bk_text_new(&text, bytes, strlen(bytes)), BK_OK);
	return bk_text_now(text);
}

static int unload(void **state)
{
	(void)state;
	bk_text_free(text);
	text = NULL;
	return 0;
}

static void a_cluster_is_one_step_there_and_back(void **state)
{
	(void)state;
	const bk_snapshot *const s = load("e\xcc\x81\r\n\xe4\xb8\xad");
	assert_int_equal(bk_motion_next(s, 0), 3);
	assert_int_equal(bk_motion_next(s, 3), 5);
	assert_int_equal(bk_motion_next(s, 5), 8);
	assert_int_equal(bk_motion_next(s, 8), 8);
	assert_int_equal(bk_motion_previous(s, 8), 5);
	assert_int_equal(bk_motion_previous(s, 5), 3);
	assert_int_equal(bk_motion_previous(s, 3), 0);
	assert_int_equal(bk_motion_previous(s, 0), 0);
}

static void words_and_brackets_are_apart(void **state)
{
	(void)state;
	const bk_snapshot *const s = load("one [two] three");
	assert_int_equal(bk_motion_word_next(s, 0), 4);
	assert_int_equal(bk_motion_word_next(s, 4), 5);
	assert_int_equal(bk_motion_word_next(s, 5), 8);
	assert_int_equal(bk_motion_word_next(s, 8), 10);
	assert_int_equal(bk_motion_word_previous(s, 10), 8);
	assert_int_equal(bk_motion_word_end(s, 0), 2);
}

static void an_impossible_motion_stays(void **state)
{
	(void)state;
	const bk_snapshot *const s = load("");
	assert_int_equal(bk_motion_word_next(s, 0), 0);
	assert_int_equal(bk_motion_word_previous(s, 0), 0);
	assert_int_equal(bk_motion_line_start(s, 0), 0);
	assert_int_equal(bk_motion_line_end(s, 0), 0);
	assert_int_equal(bk_motion_paragraph_next(s, 0), 0);
	assert_int_equal(bk_motion_paragraph_previous(s, 0), 0);
}

static void lines_and_paragraphs_begin_and_end(void **state)
{
	(void)state;
	const bk_snapshot *const s = load("  a b\nc\n\nd\n");
	assert_int_equal(bk_motion_line_first(s, 4), 2);
	assert_int_equal(bk_motion_line_end(s, 0), 5);
	assert_int_equal(bk_motion_line_next(s, 0), 6);
	assert_int_equal(bk_motion_paragraph_next(s, 0), 8);
	assert_int_equal(bk_motion_paragraph_previous(s, 10), 8);
	assert_int_equal(bk_motion_paragraph_previous(s, 7), 0);
}

static void object(const bk_snapshot *s, size_t at, char kind, bool around, size_t start, size_t end)
{
	struct bk_span span;
	assert_true(bk_vi_object(s, at, (uint32_t)kind, around, &span));
	assert_int_equal(span.start, start);
	assert_int_equal(span.end, end);
}

static void objects_are_what_stands_inside_or_around(void **state)
{
	(void)state;
	const bk_snapshot *const s = load("a [b (c d) \"e\"] f");
	struct bk_span span;
	object(s, 3, '[', false, 3, 14);
	object(s, 3, ']', true, 2, 15);
	object(s, 7, '(', false, 6, 9);
	object(s, 7, 'b', true, 5, 10);
	object(s, 12, '"', false, 12, 13);
	object(s, 0, 'w', true, 0, 2);
	assert_false(bk_vi_object(s, 0, '[', true, &span));
	assert_false(bk_vi_object(s, 0, 'z', true, &span));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_cluster_is_one_step_there_and_back, unload),
		cmocka_unit_test_teardown(words_and_brackets_are_apart, unload),
		cmocka_unit_test_teardown(an_impossible_motion_stays, unload),
		cmocka_unit_test_teardown(lines_and_paragraphs_begin_and_end, unload),
		cmocka_unit_test_teardown(objects_are_what_stands_inside_or_around, unload),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
