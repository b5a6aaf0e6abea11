/* Of all that changed, what binds. */
#include "compare/binding_word.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "comparing.h"

static void the_list_of_binding_words_is_in_order(void **state)
{
	(void)state;
	assert_true(bk_binding_words_are_in_order());
	assert_int_equal(bk_binding_word_kind(BK_STR("shall")), BK_GAVEL_MODAL);
	assert_int_equal(bk_binding_word_kind(BK_STR("1990")), BK_GAVEL_DATE);
	assert_int_equal(bk_binding_word_kind(BK_STR("30")), BK_GAVEL_NUMBER);
	assert_int_equal(bk_binding_word_kind(BK_STR("shallow")), BK_GAVEL_KIND_COUNT);
}

/* "modal should>shall; date 2025>2030" */
static void expect(const char *old, const char *now, const char *lines)
{
	struct compared compared = compare(old, now);
	struct bk_buf found = BK_BUF_INIT;
	bk_gavel *gavel;
	size_t count;
	const struct bk_gavel_line *all;

	assert_int_equal(bk_gavel_new(&gavel, compared.comparison, NULL, 0), BK_OK);
	all = bk_gavel_list(gavel, &count);
	for (size_t i = 0; i < count; i++) {
		bk_buf_printf(&found, "%s%s%s ", i ? "; " : "", bk_gavel_kind_name(all[i].kind),
			all[i].agreed	 ? "!"
			: all[i].outside ? ""
					 : "*");
		if (all[i].in_old)
			bk_buf_put(&found, old + all[i].old_span.start,
				all[i].old_span.end - all[i].old_span.start);
		bk_buf_puts(&found, ">");
		if (all[i].in_new)
			bk_buf_put(&found, now + all[i].new_span.start,
				all[i].new_span.end - all[i].new_span.start);
	}
	assert_string_equal(bk_buf_string(&found), lines);
	bk_buf_release(&found);
	bk_gavel_free(gavel);
	compared_free(&compared);
}

static void a_modal_that_changed_binds(void **state)
{
	(void)state;
	expect("Each Party should act on forests.", "Each Party shall act on forests.", "modal should>shall");
	expect("Each Party shall act on forests.", "Each Party is encouraged to act on forests.",
		"modal shall>encouraged");
	expect("Each Party shall act on forests.", "Each Party shall not act on forests.", "negation >not");
	expect("Chaque Partie doit agir ensemble.", "Chaque Partie devrait agir ensemble.",
		"modal doit>devrait");
	expect("Каждая Сторона должна сообщать данные.", "Каждая Сторона может сообщать данные.",
		"modal должна>может");
}

static void a_verb_behind_its_modal_binds(void **state)
{
	(void)state;
	expect("The Conference shall decide on the matter.", "The Conference shall consider on the matter.",
		"modal shall decide>shall consider");
}

static void figures_dates_and_actors_bind(void **state)
{
	(void)state;
	expect("a sum of 30 billion by 2012", "a sum of 10 billion by 2012", "number 30>10");
	expect("a sum of 30 billion by 2012", "a sum of 30 billion by 2020", "date 2012>2020");
	expect("Developed country Parties report to it.", "All country Parties report to it.",
		"party Developed>");
	expect("plans and measures are told", "plans or measures are told", "and/or and>or");
}

static void wording_that_does_not_bind_is_left_out(void **state)
{
	(void)state;
	expect("Each Party shall act on forests.", "Each Party shall act on woods.", "");
	expect("Each Party shall act\non forests.", "Each Party shall act on\nforests.", "");
}

static void what_is_outside_of_brackets_comes_first(void **state)
{
	(void)state;
	expect("1. Parties [shall act on forests][may do so].\n\n2. Parties should report.\n",
		"1. Parties [should act on forests][may do so].\n\n2. Parties shall report.\n",
		"modal should>shall; modal* shall>should");
}

static void agreed_text_comes_before_all(void **state)
{
	(void)state;
	expect("1. Parties should act.\n\n2. Parties may report. [agreed]\n",
		"1. Parties shall act.\n\n2. Parties shall report. [agreed]\n",
		"modal! may>shall; modal should>shall");
}

static void what_nobody_sees_is_told(void **state)
{
	(void)state;
	expect("Each Party shall act.", "Each Party sh\xd0\xb0ll act.", "invisible shall>sh\xd0\xb0ll");
}

static void a_sentence_that_went_is_told_once(void **state)
{
	(void)state;
	expect("Parties act on forests. Each developed country Party shall provide 100 billion dollars a "
	       "year by 2020. All "
	       "report on it.",
		"Parties act on forests. All report on it.",
		"sentence Each developed country Party shall provide 100 billion dollars a year by 2020>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_of_binding_words_is_in_order),
		cmocka_unit_test(a_modal_that_changed_binds),
		cmocka_unit_test(a_verb_behind_its_modal_binds),
		cmocka_unit_test(figures_dates_and_actors_bind),
		cmocka_unit_test(wording_that_does_not_bind_is_left_out),
		cmocka_unit_test(what_is_outside_of_brackets_comes_first),
		cmocka_unit_test(agreed_text_comes_before_all),
		cmocka_unit_test(what_nobody_sees_is_told),
		cmocka_unit_test(a_sentence_that_went_is_told_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
