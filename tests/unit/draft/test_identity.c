/* Ids of brackets, and finding a bracket by what a person writes. */
#include "base/error.h"
#include "drafting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

static const struct bk_bracket *bracket_of(const bk_draft *draft, size_t index)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);

	assert_true(index < count);
	return &brackets[index];
}

static void an_id_is_five_or_more_characters_that_are_not_mistaken(void **state)
{
	static const char soup[] = "1. [a] [b [c]] [d]\n\n2. [a][a] {e} [[]]\n";
	bk_draft *draft = draft_of(soup);
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		assert_true(strlen(brackets[i].id) >= 5);
		assert_int_equal(
			strspn(brackets[i].id, "23456789abcdefghjkmnpqrstuvwxyz"), strlen(brackets[i].id));
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(brackets[i].id, brackets[j].id);
	}
	bk_draft_free(draft);
}

static void the_same_bytes_have_the_same_ids_everywhere(void **state)
{
	bk_draft *one = draft_of("Article 1\n\n1. Each [shall][should] pay.\n");

	(void)state;
	assert_string_equal(bracket_of(one, 0)->id, "6un5q");
	bk_draft_free(one);
}

static void an_id_stays_when_other_places_change(void **state)
{
	bk_draft *before = draft_of("Article 1\n\n1. Each [shall] pay [all].\n\n2. It [may] ask.\n");
	bk_draft *after = draft_of("Title\n\nArticle 1\n\n1. [Today] each\n  [  *Shall* ] pay [all and] "
				   "more.\n\n2. It [may] ask.\n");

	(void)state;
	assert_string_equal(bracket_of(before, 0)->id, bracket_of(after, 1)->id);
	assert_string_not_equal(bracket_of(before, 1)->id, bracket_of(after, 2)->id);
	assert_string_equal(bracket_of(before, 2)->id, bracket_of(after, 3)->id);
	bk_draft_free(before);
	bk_draft_free(after);
}

static void equal_words_in_one_provision_are_told_apart_by_their_turn(void **state)
{
	bk_draft *one = draft_of("1. [a] b [a]\n");
	bk_draft *two = draft_of("1. [a] b [a] c [a]\n");

	(void)state;
	assert_string_not_equal(bracket_of(one, 0)->id, bracket_of(one, 1)->id);
	assert_string_equal(bracket_of(one, 1)->id, bracket_of(two, 1)->id);
	bk_draft_free(one);
	bk_draft_free(two);
}

static void an_inner_change_leaves_the_outer_id(void **state)
{
	bk_draft *one = draft_of("1. [Parties shall [promptly] pay]\n");
	bk_draft *two = draft_of("1. [Parties shall [soon][at once] pay]\n");

	(void)state;
	assert_string_equal(bracket_of(one, 0)->id, bracket_of(two, 0)->id);
	bk_draft_free(one);
	bk_draft_free(two);
}

static void names_behind_an_inner_bracket_leave_the_outer_id(void **state)
{
	static const char *const styled[] = {"1. [Parties shall [EU, NO: promptly], pay]\n",
		"1. [Parties shall [promptly] (EU, NO), pay]\n",
		"1. [Parties shall [promptly - EU, NO], pay]\n",
		"1. [Parties shall [promptly][^1], pay]\n\n[^1]: EU, NO\n"};
	bk_draft *bare = draft_of("1. [Parties shall [promptly], pay]\n");

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		bk_draft *draft = draft_of(styled[i]);

		assert_string_equal(bracket_of(draft, 0)->id, bracket_of(bare, 0)->id);
		assert_string_equal(bracket_of(draft, 1)->id, bracket_of(bare, 1)->id);
		bk_draft_free(draft);
	}
	bk_draft_free(bare);
}

static void a_pinned_id_wins_and_others_make_way(void **state)
{
	static const char text[] = "1. [a] [b]";
	bk_draft *plain = draft_of(text);
	const struct bk_override pins[] = {
		{.start = 7, .id = bracket_of(plain, 0)->id},
		{.start = 99, .id = "nowhere"},
	};
	const struct bk_draft_options options = {.overrides = pins, .override_count = 2};
	bk_draft *pinned = draft_of_bytes(text, sizeof text - 1, &options);

	(void)state;
	assert_string_equal(bracket_of(pinned, 1)->id, bracket_of(plain, 0)->id);
	assert_int_equal(strlen(bracket_of(pinned, 0)->id), 6);
	assert_memory_equal(bracket_of(pinned, 0)->id, bracket_of(plain, 0)->id, 5);
	bk_draft_free(pinned);
	bk_draft_free(plain);
}

static void of_two_brackets_pinned_to_one_id_the_first_keeps_it(void **state)
{
	static const char text[] = "[a] [b]";
	const struct bk_override pins[] = {{.start = 4, .id = "same1"}, {.start = 0, .id = "same1"}};
	const struct bk_draft_options options = {.overrides = pins, .override_count = 2};
	bk_draft *draft = draft_of_bytes(text, sizeof text - 1, &options);

	(void)state;
	assert_string_equal(bracket_of(draft, 0)->id, "same1");
	assert_string_not_equal(bracket_of(draft, 1)->id, "same1");
	bk_draft_free(draft);
}

static void ids_of_a_hundred_thousand_brackets_all_differ(void **state)
{
	enum { COUNT = 100000 };
	struct bk_buf buf = BK_BUF_INIT;
	bk_draft *draft;
	uint32_t found;

	(void)state;
	for (int i = 0; i < COUNT; i++)
		bk_buf_printf(&buf, "[word%d] ", i);
	draft = draft_of_bytes(buf.bytes, buf.len, NULL);
	for (uint32_t i = 0; i < COUNT; i += 997) {
		assert_int_equal(bk_draft_find(draft, bracket_of(draft, i)->id, &found), BK_OK);
		assert_int_equal(found, i);
	}
	bk_draft_free(draft);
	bk_buf_release(&buf);
}

/* ---- Finding ----------------------------------------------------------------------------------------- */

static void a_bracket_is_found_by_id_beginning_place_and_number(void **state)
{
	bk_draft *draft = draft_of("1. [a [b]]\n[c]\n");
	char beginning[5] = {0};
	uint32_t found = 99;

	(void)state;
	memcpy(beginning, bracket_of(draft, 1)->id, 4);
	assert_int_equal(bk_draft_find(draft, beginning, &found), BK_OK);
	assert_int_equal(found, 1);
	assert_int_equal(bk_draft_find(draft, "@1:8", &found), BK_OK);
	assert_int_equal(found, 1);
	assert_int_equal(bk_draft_find(draft, "@1:5", &found), BK_OK);
	assert_int_equal(found, 0);
	assert_int_equal(bk_draft_find(draft, "#3", &found), BK_OK);
	assert_int_equal(found, 2);
	bk_draft_free(draft);
}

static void assert_not_found(const bk_draft *draft, const char *name, int status)
{
	uint32_t found = 12345;

	assert_int_equal(bk_draft_find(draft, name, &found), status);
	assert_int_equal(found, 12345);
	assert_non_null(strchr(bk_error_message(), '\''));
}

static void a_name_that_means_nothing_says_why(void **state)
{
	static const char text[] = "[a] b [c]";
	const struct bk_override pins[] = {{.start = 0, .id = "abcde2"}, {.start = 6, .id = "abcde3"}};
	const struct bk_draft_options options = {.overrides = pins, .override_count = 2};
	bk_draft *draft = draft_of_bytes(text, sizeof text - 1, &options);

	(void)state;
	assert_not_found(draft, "", BK_EINVAL);
	assert_not_found(draft, "#0", BK_EINVAL);
	assert_not_found(draft, "#x", BK_EINVAL);
	assert_not_found(draft, "#3", BK_ENOTFOUND);
	assert_not_found(draft, "#99999999999999999999999", BK_EINVAL);
	assert_not_found(draft, "@1", BK_EINVAL);
	assert_not_found(draft, "@1:2:3", BK_EINVAL);
	assert_not_found(draft, "@1:5", BK_ENOTFOUND);
	assert_not_found(draft, "@7:1", BK_ENOTFOUND);
	assert_not_found(draft, "zzzzz", BK_ENOTFOUND);
	assert_not_found(draft, "abcde", BK_EAMBIGUOUS);
	assert_string_equal(
		bk_error_message(), "bracket 'abcde' may be 'abcde2' or 'abcde3': write more of the id");
	bk_draft_free(draft);
}

static void an_id_that_fits_whole_wins_over_longer_ones(void **state)
{
	static const char text[] = "[a] b [c]";
	const struct bk_override pins[] = {{.start = 0, .id = "abcde2"}, {.start = 6, .id = "abcde"}};
	const struct bk_draft_options options = {.overrides = pins, .override_count = 2};
	bk_draft *draft = draft_of_bytes(text, sizeof text - 1, &options);
	uint32_t found;

	(void)state;
	assert_int_equal(bk_draft_find(draft, "abcde", &found), BK_OK);
	assert_int_equal(found, 1);
	bk_draft_free(draft);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_id_is_five_or_more_characters_that_are_not_mistaken),
		cmocka_unit_test(the_same_bytes_have_the_same_ids_everywhere),
		cmocka_unit_test(an_id_stays_when_other_places_change),
		cmocka_unit_test(equal_words_in_one_provision_are_told_apart_by_their_turn),
		cmocka_unit_test(an_inner_change_leaves_the_outer_id),
		cmocka_unit_test(names_behind_an_inner_bracket_leave_the_outer_id),
		cmocka_unit_test(a_pinned_id_wins_and_others_make_way),
		cmocka_unit_test(of_two_brackets_pinned_to_one_id_the_first_keeps_it),
		cmocka_unit_test(ids_of_a_hundred_thousand_brackets_all_differ),
		cmocka_unit_test(a_bracket_is_found_by_id_beginning_place_and_number),
		cmocka_unit_test(a_name_that_means_nothing_says_why),
		cmocka_unit_test(an_id_that_fits_whole_wins_over_longer_ones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
