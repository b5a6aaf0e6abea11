/* Patterns: what matches, what gives up and says so, and what a replacement becomes. */
#include "base/alloc.h"
#include "base/buf.h"
#include "base/regex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <time.h>
#include <cmocka.h>

static bk_regex *pattern(const char *bytes, unsigned flags)
{
	bk_regex *regex = NULL;

	if (bk_regex_new(&regex, bk_str_of(bytes), flags) != BK_OK)
		fail_msg("%s", bk_error_message());
	return regex;
}

static void groups_are_byte_offsets_and_unset_ones_say_so(void **state)
{
	bk_regex *regex = pattern("(s)(x)?(hall)", 0);
	struct bk_match groups[5];

	(void)state;
	assert_int_equal(bk_regex_find(regex, BK_STR("we shall"), 0, groups, 5), BK_OK);
	assert_int_equal(groups[0].start, 3);
	assert_int_equal(groups[0].end, 8);
	assert_true(groups[2].start == SIZE_MAX && groups[4].start == SIZE_MAX);
	assert_int_equal(groups[3].start, 4);
	assert_int_equal(bk_regex_find(regex, BK_STR("we shall"), 4, groups, 5), BK_ENOTFOUND);
	assert_int_equal(bk_regex_find(regex, BK_STR("we"), 9, groups, 5), BK_ENOTFOUND);
	bk_regex_free(regex);
}

static void flags_do_what_they_say(void **state)
{
	struct {
		const char *pattern, *subject;
		unsigned flags;
		bool found;
	} cases[] = {
		{"SHALL", "shall", BK_REGEX_NOCASE, true},
		{"\xD0\x96", "\xD0\xB6", BK_REGEX_NOCASE, true},
		{"SHALL", "shall", 0, false},
		{"[a].", "x[a].y", BK_REGEX_LITERAL, true},
		{"[a].", "aa", BK_REGEX_LITERAL, false},
		{"^b", "a\nb", BK_REGEX_MULTILINE, true},
		{"^b", "a\nb", 0, false},
		{"b", "ab", BK_REGEX_ANCHORED, false},
		{"\\bl\xC3\xA9gal", "l\xC3\xA9gal", 0, true},
		{"\\w{3}", "\xC3\xA9t\xC3\xA9", 0, true},
		{"b",
			"\xFF\xFF"
			"b\xFF",
			0, true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bk_regex *regex = pattern(cases[i].pattern, cases[i].flags);

		if (bk_regex_matches(regex, bk_str_of(cases[i].subject)) != cases[i].found)
			fail_msg("'%s' in '%s'", cases[i].pattern, cases[i].subject);
		bk_regex_free(regex);
	}
}

static void a_bad_pattern_is_refused_with_its_place(void **state)
{
	static const char *const bad[] = {"a(b", "\\C", "a(?C1)b", "[z-a]", "\xFF"};
	bk_regex *regex = NULL;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(bk_regex_new(&regex, bk_str_of(bad[i]), 0), BK_EINVAL);
		assert_null(regex);
	}
	assert_int_equal(bk_regex_new(&regex, BK_STR("a(b"), 0), BK_EINVAL);
	assert_non_null(strstr(bk_error_message(), "at byte 3"));
}

static size_t count_all(const char *bytes, struct bk_str subject)
{
	bk_regex *regex = pattern(bytes, 0);
	struct bk_regex_search search = {.regex = regex, .subject = subject};
	struct bk_match groups[1];
	size_t count = 0;

	while (bk_regex_next(&search, groups, 1) == BK_OK)
		count++;
	bk_regex_free(regex);
	return count;
}

static void a_walk_finds_all_matches_and_passes_empty_ones(void **state)
{
	struct bk_buf long_text = BK_BUF_INIT;

	(void)state;
	assert_int_equal(count_all("a+", BK_STR("baaacaa")), 2);
	assert_int_equal(count_all("x*", BK_STR("e\xCC\x81\xE4\xB8\xAD")), 3);
	assert_int_equal(count_all("", BK_STR("")), 1);
	for (int i = 0; i < 3000; i++) {
		bk_buf_fill(&long_text, ' ', (size_t)(i * 7 % 900));
		bk_buf_puts(&long_text, "\xE4\xB8\xAD[shall]");
	}
	assert_int_equal(count_all("\\[sh\\w+\\]", bk_buf_str(&long_text)), 3000);
	assert_int_equal(count_all("(?<=\xE4\xB8\xAD)\\[", bk_buf_str(&long_text)), 3000);
	bk_buf_release(&long_text);
}

static long long run_of_a(unsigned milliseconds, const char *bytes, size_t size, int *status)
{
	bk_regex *regex = pattern(bytes, 0);
	struct bk_buf subject = BK_BUF_INIT;
	struct bk_regex_search search = {.regex = regex, .milliseconds = milliseconds};
	struct bk_match groups[1];
	struct timespec from, to;

	bk_buf_fill(&subject, 'a', size);
	search.subject = bk_buf_str(&subject);
	clock_gettime(CLOCK_MONOTONIC, &from);
	*status = bk_regex_next(&search, groups, 1);
	clock_gettime(CLOCK_MONOTONIC, &to);
	bk_regex_free(regex);
	bk_buf_release(&subject);
	return (to.tv_sec - from.tv_sec) * 1000 + (to.tv_nsec - from.tv_nsec) / 1000000;
}

static void a_search_that_gives_up_is_not_taken_for_no_match(void **state)
{
	int status;

	(void)state;
	run_of_a(0, "(a|aa)+[bc]", 5000, &status);
	assert_int_equal(status, BK_ELIMIT);
	assert_non_null(strstr(bk_error_message(), "search incomplete"));
}

static void a_budget_of_time_ends_a_slow_walk(void **state)
{
	int status;
	const long long took = run_of_a(50, "a{1,900}?a{1,90}?[bc]", 4000000, &status);

	(void)state;
	assert_int_equal(status, BK_ELIMIT);
	print_message("gave up after %lld ms\n", took);
	assert_true(took < 5000);
}

static void a_cancelled_walk_stops(void **state)
{
	bk_regex *regex = pattern("a", 0);
	const atomic_bool cancel = true;
	struct bk_regex_search search = {.regex = regex, .subject = BK_STR("a"), .cancel = &cancel};

	(void)state;
	assert_int_equal(bk_regex_next(&search, NULL, 0), BK_ELIMIT);
	bk_regex_free(regex);
}

static int expand(const char *bytes, const char *subject, const char *replacement, char out[64])
{
	bk_regex *regex = pattern(bytes, 0);
	struct bk_match groups[4];
	struct bk_buf buf = BK_BUF_INIT;
	int status;

	assert_int_equal(bk_regex_find(regex, bk_str_of(subject), 0, groups, 4), BK_OK);
	bk_buf_puts(&buf, "=");
	status = bk_regex_expand(regex, bk_str_of(subject), groups, 4, bk_str_of(replacement), &buf);
	strncpy(out, bk_buf_string(&buf), 63);
	bk_regex_free(regex);
	bk_buf_release(&buf);
	return status;
}

static void a_replacement_takes_groups_by_number_and_name(void **state)
{
	char out[64] = "";

	(void)state;
	assert_int_equal(
		expand("(\\w+) (?<to>\\w+)( x)?", "shall may", "$2/${to}/$1$3\\n\\$5 $ \\d", out), BK_OK);
	assert_string_equal(out, "=may/may/shall\n$5 $ \\d");
	assert_int_equal(expand("(a)", "a", "${1}0 $0", out), BK_OK);
	assert_string_equal(out, "=a0 a");
	assert_int_equal(expand("(a)", "a", "x$2", out), BK_EINVAL);
	assert_string_equal(out, "=");
	assert_int_equal(expand("(a)", "a", "x${nobody}", out), BK_EINVAL);
	assert_int_equal(expand("(a)", "a", "$99999999999999999999", out), BK_EINVAL);
}

static void memory_that_runs_out_changes_nothing(void **state)
{
	int status = BK_ENOMEM;

	(void)state;
	for (size_t n = 0; status != BK_OK; n++) {
		bk_regex *regex = NULL;
		struct bk_match groups[1];

		bk_alloc_fail_after(n);
		status = bk_regex_new(&regex, BK_STR("(a|b)+c"), 0);
		if (status == BK_OK)
			status = bk_regex_find(regex, BK_STR("aabc"), 0, groups, 1);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK || status == BK_ENOMEM);
		bk_regex_free(regex);
	}
}

/* Fills a subject with so many bytes in which nothing is found, and what is found at their end. */
static void put_subject(struct bk_buf *subject, size_t len)
{
	bk_buf_fill(subject, 'x', len);
	bk_buf_puts(subject, " abab-c");
	assert_int_equal(bk_buf_status(subject), BK_OK);
}

static void a_pattern_that_is_asked_much_says_what_it_said_before(void **state)
{
	struct bk_buf subject = BK_BUF_INIT;
	struct bk_match few[2], many[2];
	bk_regex *regex;

	(void)state;
	put_subject(&subject, 4000);
	assert_int_equal(bk_regex_new(&regex, BK_STR("(?<= )(ab)+-(?=c)"), 0), BK_OK);
	assert_int_equal(bk_regex_find(regex, bk_buf_str(&subject), 0, few, 2), BK_OK);
	for (int i = 0; i < 100; i++) {
		assert_int_equal(bk_regex_find(regex, bk_buf_str(&subject), 0, many, 2), BK_OK);
		assert_memory_equal(few, many, sizeof few);
	}
	bk_regex_free(regex);
	bk_buf_release(&subject);
}

/* So much is asked that it becomes machine code on the way. */
static void memory_that_runs_out_while_matching_is_told_and_no_match_is_wrong(void **state)
{
	struct bk_buf subject = BK_BUF_INIT;
	int status = BK_ENOMEM;

	(void)state;
	put_subject(&subject, 100000);
	for (size_t n = 0; status != BK_OK; n++) {
		struct bk_match groups[1] = {{0, 0}};
		bk_regex *regex;

		assert_int_equal(bk_regex_new(&regex, BK_STR("(ab)+-c"), 0), BK_OK);
		bk_alloc_fail_after(n);
		status = bk_regex_find(regex, bk_buf_str(&subject), 0, groups, 1);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_ENOMEM || (status == BK_OK && groups[0].start == 100001));
		assert_int_equal(bk_regex_find(regex, bk_buf_str(&subject), 0, groups, 1), BK_OK);
		assert_int_equal(groups[0].start, 100001);
		bk_regex_free(regex);
	}
	bk_buf_release(&subject);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(groups_are_byte_offsets_and_unset_ones_say_so),
		cmocka_unit_test(flags_do_what_they_say),
		cmocka_unit_test(a_bad_pattern_is_refused_with_its_place),
		cmocka_unit_test(a_walk_finds_all_matches_and_passes_empty_ones),
		cmocka_unit_test(a_search_that_gives_up_is_not_taken_for_no_match),
		cmocka_unit_test(a_budget_of_time_ends_a_slow_walk),
		cmocka_unit_test(a_cancelled_walk_stops),
		cmocka_unit_test(a_replacement_takes_groups_by_number_and_name),
		cmocka_unit_test(memory_that_runs_out_changes_nothing),
		cmocka_unit_test(a_pattern_that_is_asked_much_says_what_it_said_before),
		cmocka_unit_test(memory_that_runs_out_while_matching_is_told_and_no_match_is_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
