/* Wrapping paragraphs to rows, and finding places in them. */
#include "tui/layout.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
	bk_text *text;
	struct bk_layouts layouts;
	const struct bk_layout *layout;
	struct bk_layout_rules rules;
};

static struct fixture *lay_out(const char *bytes, size_t offset, int width)
{
	static struct fixture fixture;
	bk_text_free(fixture.text);
	bk_layouts_release(&fixture.layouts);
	fixture = (struct fixture){.rules = {.width = width}};
	assert_int_equal(bk_text_new(&fixture.text, bytes, strlen(bytes)), BK_OK);
	assert_int_equal(bk_layout_make(&fixture.layouts, bk_text_now(fixture.text), offset, &fixture.rules,
				 &fixture.layout),
		BK_OK);
	return &fixture;
}

static const struct bk_row *row(const struct fixture *f, size_t index)
{
	assert_true(index < f->layout->rows.len);
	return &f->layout->rows.items[index];
}

static void rows_break_at_blanks(void **state)
{
	(void)state;
	const struct fixture *const f = lay_out("one two three four", 0, 9);
	assert_int_equal(f->layout->rows.len, 3);
	assert_int_equal(row(f, 1)->start, 8);
	assert_int_equal(row(f, 2)->start, 14);
	assert_true(row(f, 2)->last);
}

static void a_blank_that_does_not_fit_hangs_over_the_edge(void **state)
{
	(void)state;
	const struct fixture *const f = lay_out("abcd efgh", 0, 4);
	assert_int_equal(f->layout->rows.len, 2);
	assert_int_equal(row(f, 1)->start, 5);
}

static void a_word_longer_than_a_row_is_cut(void **state)
{
	(void)state;
	const struct fixture *const f = lay_out("abcdefghij", 0, 4);
	assert_int_equal(f->layout->rows.len, 3);
	assert_int_equal(row(f, 1)->start, 4);
}

static void rows_after_the_first_are_indented_to_the_words_after_a_label(void **state)
{
	(void)state;
	const struct fixture *const f = lay_out("  (a) reducing emissions by a great deal", 0, 24);
	assert_int_equal(row(f, 0)->indent, 0);
	assert_int_equal(row(f, 1)->indent, 6);
}

static void neighbouring_brackets_may_stand_on_two_rows(void **state)
{
	(void)state;
	const struct fixture *const f = lay_out("ab [shall][should] go", 0, 11);
	assert_int_equal(row(f, 1)->start, 10);
}

static void wide_and_combining_characters_count_as_they_are_shown(void **state)
{
	(void)state;
	const struct fixture *f = lay_out("\xe4\xb8\xad\xe6\x96\x87\xe5\xad\x97", 0, 4);
	assert_int_equal(f->layout->rows.len, 2);
	assert_int_equal(bk_layout_col_of(f->layout, 0, 3), 2);
	f = lay_out("e\xcc\x81x", 0, 10);
	assert_int_equal(f->layout->glyphs.len, 2);
	assert_int_equal(bk_layout_col_of(f->layout, 0, 3), 1);
}

static void a_column_and_its_offset_find_each_other(void **state)
{
	(void)state;
	const struct fixture *const f = lay_out("one two three\nnext", 0, 8);
	for (size_t offset = 0; offset <= 13; offset++) {
		const size_t r = bk_layout_row_of(f->layout, offset);
		const int col = bk_layout_col_of(f->layout, r, offset);
		assert_int_equal(bk_layout_offset_at(f->layout, r, col), offset);
	}
}

static void walking_rows_down_and_up_meets_the_same_rows(void **state)
{
	(void)state;
	struct fixture *const f = lay_out(
		"first paragraph of some words\n\n  (b) second one, longer than a row\nlast\n", 0, 12);
	const bk_snapshot *const now = bk_text_now(f->text);
	size_t starts[64], count = 0, at = 0;
	bool moved = true;
	while (moved && count < 64) {
		starts[count++] = at;
		assert_int_equal(bk_layout_next_row(&f->layouts, now, at, &f->rules, &at, &moved), BK_OK);
	}
	assert_int_equal(starts[count - 1], bk_snapshot_size(now));
	for (size_t i = count - 1; i > 0; i--) {
		assert_int_equal(bk_layout_previous_row(&f->layouts, now, starts[i], &f->rules, &at), BK_OK);
		assert_int_equal(at, starts[i - 1]);
	}
}

static void a_line_of_a_megabyte_is_laid_out_in_pieces(void **state)
{
	(void)state;
	const size_t len = 1 << 20;
	char *const bytes = malloc(len + 1);
	assert_non_null(bytes);
	for (size_t i = 0; i < len; i++)
		bytes[i] = i % 7 == 6 ? ' ' : 'a';
	bytes[len] = '\0';
	struct fixture *const f = lay_out(bytes, len / 2, 80);
	assert_true(f->layout->end - f->layout->start <= 2 * BK_LAYOUT_PIECE);
	assert_true(f->layout->start <= len / 2 && f->layout->end >= len / 2);
	const size_t next = f->layout->next;
	assert_int_equal(
		bk_layout_make(&f->layouts, bk_text_now(f->text), next, &f->rules, &f->layout), BK_OK);
	assert_int_equal(f->layout->start, next);
	free(bytes);
}

static void text_from_right_to_left_is_shown_reversed(void **state)
{
	(void)state;
	/* alef bet gimel */
	const struct fixture *const f = lay_out("\xd7\x90\xd7\x91\xd7\x92", 0, 10);
	assert_true(f->layout->rtl);
	assert_int_equal(bk_layout_col_of(f->layout, 0, 0), 9);
	assert_int_equal(bk_layout_col_of(f->layout, 0, 4), 7);
	assert_int_equal(bk_layout_offset_at(f->layout, 0, 8), 2);
}

static void latin_words_inside_keep_their_direction(void **state)
{
	(void)state;
	const struct fixture *const f = lay_out("\xd7\x90 ab \xd7\x91", 0, 6);
	assert_int_equal(bk_layout_col_of(f->layout, 0, 0), 5);
	assert_int_equal(bk_layout_col_of(f->layout, 0, 3), 2);
	assert_int_equal(bk_layout_col_of(f->layout, 0, 4), 3);
	assert_int_equal(bk_layout_col_of(f->layout, 0, 6), 0);
}

/* What is kept of a layout is its picture: place, direction of what follows and rules are those of now. */
static void a_paragraph_laid_out_before_is_laid_out_where_it_stands_now(void **state)
{
	(void)state;
	struct fixture *const f = lay_out("one two three", 0, 9);
	assert_int_equal(row(f, 1)->start, 8);
	assert_true(row(f, 1)->last);
	assert_int_equal(bk_text_replace(f->text, (struct bk_span){0, 0}, "ab\n", 3, 0), BK_OK);
	assert_int_equal(bk_layout_make(&f->layouts, bk_text_now(f->text), 5, &f->rules, &f->layout), BK_OK);
	assert_int_equal(row(f, 0)->start, 3);
	assert_int_equal(row(f, 1)->start, 11);
	assert_int_equal(row(f, 1)->end, 16);
	assert_int_equal(f->layout->next, 16);
	assert_false(f->layout->ends_line);
	assert_int_equal(bk_text_replace(f->text, (struct bk_span){16, 16}, "\nc", 2, 0), BK_OK);
	assert_int_equal(bk_layout_make(&f->layouts, bk_text_now(f->text), 5, &f->rules, &f->layout), BK_OK);
	assert_true(f->layout->ends_line);
	assert_int_equal(f->layout->next, 17);
	f->rules.width = 5;
	assert_int_equal(bk_layout_make(&f->layouts, bk_text_now(f->text), 5, &f->rules, &f->layout), BK_OK);
	assert_int_equal(f->layout->rows.len, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_break_at_blanks),
		cmocka_unit_test(a_blank_that_does_not_fit_hangs_over_the_edge),
		cmocka_unit_test(a_word_longer_than_a_row_is_cut),
		cmocka_unit_test(rows_after_the_first_are_indented_to_the_words_after_a_label),
		cmocka_unit_test(neighbouring_brackets_may_stand_on_two_rows),
		cmocka_unit_test(wide_and_combining_characters_count_as_they_are_shown),
		cmocka_unit_test(a_column_and_its_offset_find_each_other),
		cmocka_unit_test(walking_rows_down_and_up_meets_the_same_rows),
		cmocka_unit_test(a_line_of_a_megabyte_is_laid_out_in_pieces),
		cmocka_unit_test(text_from_right_to_left_is_shown_reversed),
		cmocka_unit_test(latin_words_inside_keep_their_direction),
		cmocka_unit_test(a_paragraph_laid_out_before_is_laid_out_where_it_stands_now),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
