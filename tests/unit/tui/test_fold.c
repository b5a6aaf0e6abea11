/* Folds: which lines are put away, and what edits do to them. */
#include "tui/fold.h"

#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void add(struct bk_folds *folds, size_t start, size_t end)
{
	const struct bk_span span = {start, end};
	assert_int_equal(bk_folds_add(folds, &span, 1, SIZE_MAX, false), BK_OK);
}

static void edit(
	struct bk_folds *folds, size_t start, const char *removed, const char *inserted, size_t cursor)
{
	const struct bk_edit change = {start, removed, strlen(removed), inserted, strlen(inserted)};
	bk_folds_edit(folds, &change, cursor);
}

static void assert_fold(const struct bk_folds *folds, size_t i, size_t start, size_t end)
{
	const struct bk_span span = bk_folds_get(folds, i);
	assert_int_equal(span.start, start);
	assert_int_equal(span.end, end);
}

static void the_outermost_fold_is_what_is_seen(void **state)
{
	(void)state;
	struct bk_folds folds = {0};
	struct bk_span span;
	add(&folds, 30, 40);
	add(&folds, 10, 100);
	add(&folds, 10, 20);
	add(&folds, 200, 300);
	assert_true(bk_folds_at(&folds, 35, &span));
	assert_int_equal(span.end, 100);
	assert_false(bk_folds_at(&folds, 100, &span));
	assert_false(bk_folds_at(&folds, 9, &span));
	assert_true(bk_folds_open(&folds, 35));
	assert_true(bk_folds_at(&folds, 35, &span));
	assert_int_equal(span.start, 30);
	assert_int_equal(span.end, 40);
	assert_int_equal(bk_folds_count(&folds), 3);
	bk_folds_release(&folds);
}

static void folds_never_cross_and_stand_once(void **state)
{
	(void)state;
	struct bk_folds folds = {0};
	add(&folds, 10, 50);
	add(&folds, 10, 50);
	add(&folds, 40, 80);
	assert_int_equal(bk_folds_count(&folds), 1);
	assert_fold(&folds, 0, 10, 50);
	bk_folds_release(&folds);
}

static void an_edit_elsewhere_moves_a_fold_along(void **state)
{
	(void)state;
	struct bk_folds folds = {0};
	add(&folds, 100, 200);
	add(&folds, 300, 400);
	edit(&folds, 250, "", "twelve bytes", BK_NOWHERE);
	assert_fold(&folds, 0, 100, 200);
	assert_fold(&folds, 1, 312, 412);
	edit(&folds, 5, "five!", "", BK_NOWHERE);
	assert_fold(&folds, 0, 95, 195);
	assert_fold(&folds, 1, 307, 407);
	edit(&folds, 500, "", "behind all", BK_NOWHERE);
	edit(&folds, 195, "", "right behind the first", BK_NOWHERE);
	assert_fold(&folds, 0, 95, 195);
	assert_fold(&folds, 1, 329, 429);
	bk_folds_release(&folds);
}

static void an_edit_that_reaches_into_it_opens_it(void **state)
{
	(void)state;
	struct bk_folds folds = {0};
	add(&folds, 100, 200);
	add(&folds, 120, 140);
	add(&folds, 300, 400);
	edit(&folds, 150, "", "x", BK_NOWHERE);
	assert_int_equal(bk_folds_count(&folds), 2);
	assert_fold(&folds, 0, 120, 140);
	assert_fold(&folds, 1, 301, 401);
	edit(&folds, 110, "0123456789ab", "", BK_NOWHERE);
	assert_int_equal(bk_folds_count(&folds), 1);
	assert_fold(&folds, 0, 289, 389);
	edit(&folds, 288, "\n", "", BK_NOWHERE);
	assert_int_equal(bk_folds_count(&folds), 0);
	bk_folds_release(&folds);
}

static void typing_in_the_first_line_leaves_it_folded(void **state)
{
	(void)state;
	struct bk_folds folds = {0};
	add(&folds, 100, 200);
	add(&folds, 100, 150);
	add(&folds, 250, 260);
	edit(&folds, 100, "", "a", 100);
	edit(&folds, 105, "", "b", 105);
	edit(&folds, 105, "b", "", 106);
	assert_fold(&folds, 0, 100, 201);
	assert_fold(&folds, 1, 100, 151);
	assert_fold(&folds, 2, 251, 261);
	edit(&folds, 104, "", "\n", 104);
	assert_int_equal(bk_folds_count(&folds), 1);
	bk_folds_release(&folds);
}

static void a_line_put_before_it_pushes_it_on(void **state)
{
	(void)state;
	struct bk_folds folds = {0};
	add(&folds, 100, 200);
	edit(&folds, 100, "", "\n", 100);
	assert_fold(&folds, 0, 101, 201);
	edit(&folds, 90, "last words\n", "other\n", BK_NOWHERE);
	assert_fold(&folds, 0, 96, 196);
	bk_folds_release(&folds);
}

static void what_is_typed_behind_the_end_of_the_text_opens_the_last_fold(void **state)
{
	(void)state;
	struct bk_folds folds = {0};
	struct bk_span span = {100, 200};
	assert_int_equal(bk_folds_add(&folds, &span, 1, 200, true), BK_OK);
	assert_true(bk_folds_at(&folds, 200, &span));
	edit(&folds, 200, "", "x", BK_NOWHERE);
	assert_int_equal(bk_folds_count(&folds), 0);
	bk_folds_release(&folds);
}

/* The same by the plainest means: every line has a number, folds are pairs of numbers. */
static void those_that_do_not_hold_a_place_are_given_away(void **state)
{
	(void)state;
	struct bk_folds from = {0}, to = {0};
	add(&from, 10, 100);
	add(&from, 30, 40);
	add(&from, 50, 60);
	add(&to, 30, 40);
	edit(&from, 0, "", "12345", BK_NOWHERE);
	edit(&to, 0, "", "12345", BK_NOWHERE);
	assert_int_equal(bk_folds_give(&from, 56, &to), BK_OK);
	assert_int_equal(bk_folds_count(&from), 2);
	assert_fold(&from, 0, 15, 105);
	assert_fold(&from, 1, 55, 65);
	assert_int_equal(bk_folds_count(&to), 1);
	assert_fold(&to, 0, 35, 45);
	assert_int_equal(bk_folds_give(&from, BK_NOWHERE, &to), BK_OK);
	assert_int_equal(bk_folds_count(&from), 0);
	assert_int_equal(bk_folds_count(&to), 3);
	assert_fold(&to, 0, 15, 105);
	bk_folds_release(&from);
	bk_folds_release(&to);
}

static void folds_follow_a_thousand_edits_among_them(void **state)
{
	(void)state;
	enum { LINES = 400, LINE = 10 };
	struct bk_folds folds = {0};
	struct bk_span spans[LINES / 4];
	bool open[LINES / 4] = {false};
	for (size_t i = 0; i < LINES / 4; i++)
		spans[i] = (struct bk_span){i * 4 * LINE, (i * 4 + 3) * LINE};
	assert_int_equal(bk_folds_add(&folds, spans, LINES / 4, SIZE_MAX, false), BK_OK);
	srand(7);
	for (int turn = 0; turn < 1000; turn++) {
		const size_t place = (size_t)rand() % (LINES / 4);
		const bool hit = rand() % 50 == 0;
		/* In the line between two folds, or in the second line of one. */
		const size_t at = hit ? spans[place].start + LINE + 2 : spans[place].end + 3;
		const bool erase = rand() % 3 == 0 && at > 1 && !hit;
		edit(&folds, erase ? at - 1 : at, erase ? "x" : "", erase ? "y" : "zz", BK_NOWHERE);
		open[place] = open[place] || hit;
		if (!erase)
			for (size_t i = 0; i < LINES / 4; i++) {
				spans[i].start += spans[i].start > at ? 2 : 0;
				spans[i].end += spans[i].end > at ? 2 : 0;
			}
		size_t k = 0;
		for (size_t i = 0; i < LINES / 4; i++)
			if (!open[i])
				assert_fold(&folds, k++, spans[i].start, spans[i].end);
		assert_int_equal(bk_folds_count(&folds), k);
	}
	bk_folds_release(&folds);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_outermost_fold_is_what_is_seen),
		cmocka_unit_test(folds_never_cross_and_stand_once),
		cmocka_unit_test(an_edit_elsewhere_moves_a_fold_along),
		cmocka_unit_test(an_edit_that_reaches_into_it_opens_it),
		cmocka_unit_test(typing_in_the_first_line_leaves_it_folded),
		cmocka_unit_test(a_line_put_before_it_pushes_it_on),
		cmocka_unit_test(what_is_typed_behind_the_end_of_the_text_opens_the_last_fold),
		cmocka_unit_test(those_that_do_not_hold_a_place_are_given_away),
		cmocka_unit_test(folds_follow_a_thousand_edits_among_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
