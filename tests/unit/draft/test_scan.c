/* Brackets by plain matching, and the questions of place that a draft answers. */
#include "drafting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <time.h>
#include <cmocka.h>

static void assert_bracket(const bk_draft *draft, size_t index, size_t start, size_t end, uint32_t depth)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);

	assert_true(index < count);
	assert_int_equal(brackets[index].start, start);
	assert_int_equal(brackets[index].end, end);
	assert_int_equal(brackets[index].depth, depth);
}

static void assert_unmatched(const bk_draft *draft, size_t index, size_t offset, bool open)
{
	size_t count;
	const struct bk_unmatched *unmatched = bk_draft_unmatched(draft, &count);

	assert_true(index < count);
	assert_int_equal(unmatched[index].offset, offset);
	assert_int_equal(unmatched[index].open, open);
}

/* ---- Matching ---------------------------------------------------------------------------------------- */

static void brackets_nest_and_come_in_order_of_their_start(void **state)
{
	bk_draft *draft = draft_of("a [b [c] d [e]] f [g]");
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);

	(void)state;
	assert_int_equal(count, 4);
	assert_bracket(draft, 0, 2, 15, 1);
	assert_bracket(draft, 1, 5, 8, 2);
	assert_bracket(draft, 2, 11, 14, 2);
	assert_bracket(draft, 3, 18, 21, 1);
	assert_int_equal(brackets[0].parent, BK_NONE);
	assert_int_equal(brackets[2].parent, 0);
	bk_draft_free(draft);
}

static void a_close_without_open_and_an_open_without_close_are_unmatched(void **state)
{
	bk_draft *draft = draft_of("a] [b [c] ]] [d [e]");
	size_t count;
	struct bk_counts counts;

	(void)state;
	bk_draft_unmatched(draft, &count);
	assert_int_equal(count, 3);
	assert_unmatched(draft, 0, 1, false);
	assert_unmatched(draft, 1, 11, false);
	assert_unmatched(draft, 2, 13, true);
	bk_draft_count(draft, &counts);
	assert_int_equal(counts.pairs, 3);
	assert_int_equal(counts.opens, 4);
	assert_int_equal(counts.closes, 5);
	assert_int_equal(counts.depth, 2);
	bk_draft_free(draft);
}

static void depth_and_parent_pass_over_an_unmatched_open(void **state)
{
	bk_draft *draft = draft_of("[a [b] c");
	size_t count;
	struct bk_counts counts;

	(void)state;
	assert_int_equal(bk_draft_brackets(draft, &count)[0].parent, BK_NONE);
	assert_bracket(draft, 0, 3, 6, 1);
	bk_draft_count(draft, &counts);
	assert_int_equal(counts.depth, 2);
	bk_draft_free(draft);
}

static void a_bracket_after_an_odd_number_of_backslashes_is_literal(void **state)
{
	bk_draft *draft = draft_of("\\[a] \\\\[b] \\\\\\[c [d\\]]");
	size_t count;

	(void)state;
	bk_draft_brackets(draft, &count);
	assert_int_equal(count, 2);
	assert_bracket(draft, 0, 7, 10, 1);
	assert_unmatched(draft, 0, 3, false);
	bk_draft_free(draft);
}

static void braces_are_matched_apart_and_may_cross_brackets(void **state)
{
	bk_draft *draft = draft_of("[a {b] c} {d");
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);
	struct bk_counts counts;

	(void)state;
	assert_int_equal(count, 2);
	assert_false(brackets[0].brace);
	assert_true(brackets[1].brace);
	assert_int_equal(brackets[1].parent, BK_NONE);
	assert_int_equal(bk_draft_bracket_at(draft, 4), 1);
	assert_int_equal(bk_draft_bracket_at(draft, 1), 0);
	assert_int_equal(bk_draft_bracket_at(draft, 7), 1);
	bk_draft_count(draft, &counts);
	assert_int_equal(counts.pairs, 1);
	assert_int_equal(counts.braces, 1);
	assert_int_equal(counts.unmatched_open, 0);
	bk_draft_free(draft);
}

static void pairs_of_the_conventions_count_as_brackets_on_the_one_stack(void **state)
{
	static const char text[] = "\xEF\xBC\xBB"
				   "a [b"
				   "\xEF\xBC\xBD"
				   " c]";
	const struct bk_setting setting = {"conventions.pair", "\xEF\xBC\xBB\xEF\xBC\xBD"};
	bk_conventions *conventions;
	struct bk_draft_options options = {0};
	bk_draft *draft;
	size_t count;

	(void)state;
	assert_int_equal(bk_conventions_new(&conventions, "unfccc", &setting, 1), BK_OK);
	options.conventions = conventions;
	draft = draft_of_bytes(text, sizeof text - 1, &options);
	bk_draft_brackets(draft, &count);
	assert_int_equal(count, 2);
	assert_bracket(draft, 0, 0, sizeof text - 1, 1);
	assert_bracket(draft, 1, 5, 10, 2);
	bk_draft_free(draft);
	bk_conventions_free(conventions);
}

/* ---- Against naive programs -------------------------------------------------------------------------- */

static void fill_soup(char *bytes, size_t len, unsigned *seed)
{
	static const char alphabet[] = "[[]]{}ab .\n";

	for (size_t i = 0; i < len; i++)
		bytes[i] = alphabet[(size_t)rand_r(seed) % (sizeof alphabet - 1)];
}

static void assert_matched_as_counted(const char *bytes, size_t len)
{
	bk_draft *draft = draft_of_bytes(bytes, len, NULL);
	size_t count, unmatched_count, seen = 0, closes = 0, opens = 0;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);
	const struct bk_unmatched *unmatched = bk_draft_unmatched(draft, &unmatched_count);

	for (size_t i = 0; i < len; i++) {
		const size_t mate = bytes[i] == '[' || bytes[i] == '{' ? naive_mate(bytes, len, i) : SIZE_MAX;

		opens += bytes[i] == '[' || bytes[i] == '{';
		closes += bytes[i] == ']' || bytes[i] == '}';
		if (mate == SIZE_MAX)
			continue;
		assert_true(seen < count);
		assert_int_equal(brackets[seen].start, i);
		assert_int_equal(brackets[seen].end, mate + 1);
		seen++;
	}
	assert_int_equal(seen, count);
	assert_int_equal(unmatched_count, opens + closes - 2 * count);
	for (size_t i = 0; i < unmatched_count; i++)
		assert_true(i == 0 || unmatched[i].offset > unmatched[i - 1].offset);
	bk_draft_free(draft);
}

static void random_brackets_are_matched_as_by_counting(void **state)
{
	unsigned seed = 20261;
	char bytes[300];

	(void)state;
	for (int i = 0; i < 3000; i++) {
		const size_t len = (size_t)rand_r(&seed) % sizeof bytes;

		fill_soup(bytes, len, &seed);
		assert_matched_as_counted(bytes, len);
	}
}

static uint32_t naive_bracket_at(const struct bk_bracket *brackets, size_t count, size_t offset)
{
	uint32_t found = BK_NONE;

	for (uint32_t i = 0; i < count; i++) {
		if (brackets[i].start <= offset && offset < brackets[i].end)
			found = i;
	}
	return found;
}

static void the_innermost_bracket_at_a_place_is_found_among_braces_too(void **state)
{
	unsigned seed = 7;
	char bytes[200];

	(void)state;
	for (int i = 0; i < 300; i++) {
		bk_draft *draft;
		size_t count;
		const struct bk_bracket *brackets;

		fill_soup(bytes, sizeof bytes, &seed);
		draft = draft_of_bytes(bytes, sizeof bytes, NULL);
		brackets = bk_draft_brackets(draft, &count);
		for (size_t at = 0; at <= sizeof bytes; at++)
			assert_int_equal(
				bk_draft_bracket_at(draft, at), naive_bracket_at(brackets, count, at));
		assert_int_equal(bk_draft_bracket_at(draft, SIZE_MAX), BK_NONE);
		bk_draft_free(draft);
	}
}

/* Write the text anew from its spans and what lies between them. */
static void spans_and_what_lies_between_give_back_every_byte(void **state)
{
	unsigned seed = 99;
	char bytes[400];

	(void)state;
	for (int round = 0; round < 200; round++) {
		bk_draft *draft;
		struct bk_buf out = BK_BUF_INIT;
		size_t count, at = 0;
		const struct bk_bracket *brackets;

		fill_soup(bytes, sizeof bytes, &seed);
		draft = draft_of_bytes(bytes, sizeof bytes, NULL);
		brackets = bk_draft_brackets(draft, &count);
		for (size_t i = 0; i < count; i++) {
			assert_true(brackets[i].start >= at || i > 0);
			bk_buf_put(&out, bytes + at, brackets[i].start - at);
			bk_buf_put(&out, bytes + brackets[i].start, brackets[i].open_len);
			at = brackets[i].start + brackets[i].open_len;
			if (brackets[i].parent != BK_NONE)
				assert_true(brackets[i].end < brackets[brackets[i].parent].end);
		}
		bk_buf_put(&out, bytes + at, sizeof bytes - at);
		assert_int_equal(out.len, sizeof bytes);
		assert_memory_equal(out.bytes, bytes, sizeof bytes);
		bk_buf_release(&out);
		bk_draft_free(draft);
	}
}

/* ---- Issued drafts ----------------------------------------------------------------------------------- */

struct expected {
	const char *name;
	size_t opens, closes, pairs, depth;
	size_t unmatched_opens[10], unmatched_closes[5];
};

static void assert_issued(const struct expected *it, const struct bk_buf *bytes)
{
	bk_draft *draft = draft_of_bytes(bytes->bytes, bytes->len, NULL);
	struct bk_counts counts;
	size_t count, opens = 0, closes = 0;
	const struct bk_unmatched *unmatched = bk_draft_unmatched(draft, &count);

	bk_draft_count(draft, &counts);
	assert_int_equal(counts.opens, it->opens);
	assert_int_equal(counts.closes, it->closes);
	assert_int_equal(counts.pairs, it->pairs);
	assert_int_equal(counts.depth, it->depth);
	for (size_t i = 0; i < count; i++) {
		if (unmatched[i].brace)
			continue;
		if (unmatched[i].open)
			assert_int_equal(unmatched[i].offset, it->unmatched_opens[opens++]);
		else
			assert_int_equal(unmatched[i].offset, it->unmatched_closes[closes++]);
	}
	assert_int_equal(opens, it->opens - it->pairs);
	assert_int_equal(closes, it->closes - it->pairs);
	bk_draft_free(draft);
	assert_matched_as_counted(bytes->bytes, bytes->len);
}

static void issued_drafts_have_the_counts_of_an_independent_program(void **state)
{
	static const struct expected all[] = {
		{"paris-2015-10-23.md", 1052, 1053, 1051, 7, {102801}, {1095, 2546}},
		{"paris-2015-12-04.md", 1055, 1058, 1054, 10, {97060}, {1589, 3877, 4970, 87040}},
		{"plastics-inc4-3.txt", 1884, 1876, 1875, 12,
			{100207, 162559, 176054, 178635, 184687, 209018, 222615, 237361, 240159}, {76087}},
		{"bbnj-prepcom-2026.txt", 31, 31, 31, 3, {0}, {0}},
	};

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct bk_buf bytes = BK_BUF_INIT;

		if (!read_below("BRACKED_CORPUS", all[i].name, &bytes)) {
			print_message("skipped: %s is not at hand\n", all[i].name);
			skip();
		}
		assert_issued(&all[i], &bytes);
		bk_buf_release(&bytes);
	}
}

/* ---- Size, memory ------------------------------------------------------------------------------------ */

static void a_million_nested_brackets_are_read_in_little_time(void **state)
{
	enum { COUNT = 1000000 };
	char *bytes = malloc(2 * COUNT);
	clock_t start;
	bk_draft *draft;
	struct bk_counts counts;
	double seconds;

	(void)state;
	memset(bytes, '[', COUNT);
	memset(bytes + COUNT, ']', COUNT);
	start = clock();
	draft = draft_of_bytes(bytes, 2 * COUNT, NULL);
	seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
	print_message("a draft of 10^6 nested brackets: %.2f s\n", seconds);
	bk_draft_count(draft, &counts);
	assert_int_equal(counts.pairs, COUNT);
	assert_int_equal(counts.depth, COUNT);
	assert_true(seconds < 20);
	bk_draft_free(draft);
	free(bytes);
}

static void a_draft_that_cannot_be_made_leaves_nothing_behind(void **state)
{
	static const char text[] = "Article 1\n\n1. [EU: a [b]] {c} d] [e\n\n(a) [f][g]\n\nOption 1: [h]\n";
	struct bk_draft_options options = {0};
	bk_conventions *conventions;
	bk_draft *draft = NULL;

	(void)state;
	assert_int_equal(bk_conventions_new(&conventions, NULL, NULL, 0), BK_OK);
	options.conventions = conventions;
	for (size_t after = 0; !draft; after++) {
		assert_true(after < 100000);
		bk_alloc_fail_after(after);
		draft = draft_try(text, sizeof text - 1, &options);
		bk_alloc_fail_after(SIZE_MAX);
	}
	bk_draft_free(draft);
	bk_conventions_free(conventions);
	bk_draft_free(NULL);
}

/* ---- Places ------------------------------------------------------------------------------------------ */

static void places_count_lines_and_clusters_from_one(void **state)
{
	bk_draft *draft = draft_of("ab\ne\xCC\x81x[y]\n");
	size_t line, column, offset;

	(void)state;
	bk_draft_place(draft, 7, &line, &column);
	assert_int_equal(line, 2);
	assert_int_equal(column, 3);
	assert_int_equal(bk_draft_offset(draft, 2, 3, &offset), BK_OK);
	assert_int_equal(offset, 7);
	assert_int_equal(bk_draft_offset(draft, 2, 99, &offset), BK_ERANGE);
	assert_int_equal(bk_draft_offset(draft, 9, 1, &offset), BK_ERANGE);
	assert_int_equal(bk_draft_offset(draft, 0, 1, &offset), BK_ERANGE);
	bk_draft_free(draft);
}

/* U+0600 is of one cluster with what follows it, a bracket too. */
static void a_column_does_not_depend_on_what_was_asked_before(void **state)
{
	bk_draft *draft = draft_of("\xD8\x80[a] b");
	size_t line, first, again;

	(void)state;
	bk_draft_place(draft, 5, &line, &first);
	bk_draft_place(draft, 2, &line, &again);
	bk_draft_place(draft, 5, &line, &again);
	assert_int_equal(first, 4);
	assert_int_equal(again, first);
	bk_draft_free(draft);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_column_does_not_depend_on_what_was_asked_before),
		cmocka_unit_test(brackets_nest_and_come_in_order_of_their_start),
		cmocka_unit_test(a_close_without_open_and_an_open_without_close_are_unmatched),
		cmocka_unit_test(depth_and_parent_pass_over_an_unmatched_open),
		cmocka_unit_test(a_bracket_after_an_odd_number_of_backslashes_is_literal),
		cmocka_unit_test(braces_are_matched_apart_and_may_cross_brackets),
		cmocka_unit_test(pairs_of_the_conventions_count_as_brackets_on_the_one_stack),
		cmocka_unit_test(random_brackets_are_matched_as_by_counting),
		cmocka_unit_test(the_innermost_bracket_at_a_place_is_found_among_braces_too),
		cmocka_unit_test(spans_and_what_lies_between_give_back_every_byte),
		cmocka_unit_test(issued_drafts_have_the_counts_of_an_independent_program),
		cmocka_unit_test(a_million_nested_brackets_are_read_in_little_time),
		cmocka_unit_test(a_draft_that_cannot_be_made_leaves_nothing_behind),
		cmocka_unit_test(places_count_lines_and_clusters_from_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
