/* The kernel finds what a loop over single bytes finds, with vectors and without. */
#include "draft/kernel.h"
#include "draft/text_tally.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static const char alphabet[] = "[[]]\\\\\\\n\r{}ab \xe3\x80\x90\0";

static void fill(char *bytes, size_t len, unsigned *seed)
{
	/* long runs of backslashes now and then: they are what crosses borders */
	for (size_t i = 0; i < len;) {
		size_t run = rand_r(seed) % 50 == 0 ? (size_t)rand_r(seed) % 200 : 1;
		const char c = run > 1 ? '\\' : alphabet[(size_t)rand_r(seed) % sizeof alphabet];

		while (run-- && i < len)
			bytes[i++] = c;
	}
}

static void check_mask(const char *bytes, size_t len, bool escaped)
{
	struct bk_kernel_mask mask;
	bool vector_escaped = escaped;
	const size_t words = bk_kernel_mask(&mask, bytes, len, &vector_escaped);
	size_t opens = 0, closes = 0, lines = 0;

	assert_int_equal(words, (len + 63) / 64);
	for (size_t i = 0; i < words * 64; i++) {
		const char c = i < len ? bytes[i] : 'x';

		assert_int_equal(mask.open[i / 64] >> i % 64 & 1, c == '[' && !escaped);
		assert_int_equal(mask.close[i / 64] >> i % 64 & 1, c == ']' && !escaped);
		assert_int_equal(mask.line[i / 64] >> i % 64 & 1, c == '\n');
		opens += c == '[' && !escaped;
		closes += c == ']' && !escaped;
		lines += c == '\n';
		if (i < len)
			escaped = c == '\\' && !escaped;
	}
	assert_int_equal(vector_escaped, escaped);
	assert_int_equal(mask.opens, opens);
	assert_int_equal(mask.closes, closes);
	assert_int_equal(mask.lines, lines);
}

static void check_index(const char *bytes, size_t len, const char *members, size_t count)
{
	static uint32_t offsets[BK_KERNEL_WINDOW + 8];
	struct bk_byte_set set;
	bool escaped = false, literal = false;
	size_t found, next = 0;

	bk_byte_set_init(&set, members, count);
	found = bk_kernel_index(&set, bytes, len, &escaped, offsets);
	for (size_t i = 0; i < len; i++) {
		if (memchr(members, bytes[i], count) && !literal) {
			assert_true(next < found);
			assert_int_equal(offsets[next++], i);
		}
		literal = bytes[i] == '\\' && !literal;
	}
	assert_int_equal(next, found);
	assert_int_equal(escaped, literal);
	found = bk_kernel_index(&set, bytes, len, NULL, offsets);
	for (size_t i = next = 0; i < len; i++)
		if (memchr(members, bytes[i], count))
			assert_int_equal(offsets[next++], i);
	assert_int_equal(next, found);
	for (size_t i = 0, from = 0; i <= found; i++) {
		const size_t at = i < found ? offsets[i] : len;

		assert_int_equal(bk_kernel_find(&set, bytes + from, len - from), at - from);
		from = i < found ? at + 1 : len;
	}
}

static void every_structural_byte_has_its_bit(void **state)
{
	static char bytes[BK_KERNEL_WINDOW];
	unsigned seed = 1;

	(void)state;
	for (int portable = 0; portable < 2; portable++) {
		bk_kernel_use_portable(portable);
		for (size_t len = 0; len <= 300; len++) {
			fill(bytes, len, &seed);
			check_mask(bytes, len, len & 1);
		}
		for (int i = 0; i < 50; i++) {
			fill(bytes, sizeof bytes, &seed);
			check_mask(bytes, sizeof bytes, i & 1);
		}
	}
	bk_kernel_use_portable(false);
}

static void any_set_of_bytes_is_found(void **state)
{
	static char bytes[BK_KERNEL_WINDOW];
	char members[256];
	unsigned seed = 2;

	(void)state;
	for (int portable = 0; portable < 2; portable++) {
		bk_kernel_use_portable(portable);
		for (int i = 0; i < 200; i++) {
			const size_t count = (size_t)rand_r(&seed) % 12;
			const size_t len = i < 150 ? (size_t)i : sizeof bytes;

			fill(bytes, len, &seed);
			for (size_t j = 0; j < count; j++)
				members[j] =
					i % 2 ? (char)rand_r(&seed) : alphabet[(size_t)rand_r(&seed) % 16];
			check_index(bytes, len, members, count);
		}
		for (int byte = 0; byte < 256; byte++) {
			for (size_t j = 0; j < sizeof bytes; j++)
				bytes[j] = (char)(j % 256);
			members[0] = (char)byte;
			check_index(bytes, sizeof bytes, members, 1);
		}
	}
	bk_kernel_use_portable(false);
}

static void a_row_is_found_wherever_it_stands(void **state)
{
	char bytes[200];

	(void)state;
	for (int portable = 0; portable < 2; portable++) {
		bk_kernel_use_portable(portable);
		for (size_t at = 0; at + BK_KERNEL_ROW <= sizeof bytes; at++) {
			memset(bytes, 'a', sizeof bytes);
			memset(bytes + at, '.', BK_KERNEL_ROW);
			assert_true(bk_kernel_has_row('.', bytes, sizeof bytes));
			assert_true(bk_kernel_has_row('.', bytes, at + BK_KERNEL_ROW));
			assert_false(bk_kernel_has_row('.', bytes, at + BK_KERNEL_ROW - 1));
			assert_false(bk_kernel_has_row('.', bytes + at + 1, sizeof bytes - at - 1));
			bytes[at + at % BK_KERNEL_ROW] = 'a';
			assert_false(bk_kernel_has_row('.', bytes, sizeof bytes));
		}
	}
	bk_kernel_use_portable(false);
}

/* The tally by going through the bytes one by one. */
static struct bk_tally plain_tally(const char *bytes, size_t len, bool escaped)
{
	struct bk_tally tally = {0};
	size_t open = 0;

	for (size_t i = 0; i < len; i++) {
		tally.lines += bytes[i] == '\n';
		if (bytes[i] == '[' && !escaped) {
			tally.opens++;
			open++;
		} else if (bytes[i] == ']' && !escaped) {
			tally.closes++;
			if (open)
				open--;
			else
				tally.lacking++;
		}
		if (tally.opens > tally.closes && tally.opens - tally.closes > tally.high)
			tally.high = tally.opens - tally.closes;
		tally.peak = open > tally.peak ? open : tally.peak;
		escaped = bytes[i] == '\\' && !escaped;
	}
	tally.escapes = escaped;
	return tally;
}

static void assert_same(const struct bk_tally *a, const struct bk_tally *b)
{
	assert_int_equal(a->lines, b->lines);
	assert_int_equal(a->opens, b->opens);
	assert_int_equal(a->closes, b->closes);
	assert_int_equal(a->lacking, b->lacking);
	assert_int_equal(a->high, b->high);
	assert_int_equal(a->peak, b->peak);
	assert_int_equal(a->escapes, b->escapes);
}

static void tallies_of_neighbours_add_up_wherever_they_are_cut(void **state)
{
	static char bytes[10000];
	struct bk_tally whole, first, second;
	unsigned seed = 3;

	(void)state;
	for (int i = 0; i < 2000; i++) {
		const size_t len = i < 1900 ? (size_t)i % 150 : sizeof bytes - (size_t)i % 100;
		const size_t cut = len ? (size_t)rand_r(&seed) % (len + 1) : 0;
		const bool escaped = i & 1;
		struct bk_tally plain;

		fill(bytes, len, &seed);
		plain = plain_tally(bytes, len, escaped);
		bk_tally_bytes(&whole, bytes, len, escaped);
		assert_same(&whole, &plain);
		bk_tally_bytes(&first, bytes, cut, escaped);
		bk_tally_bytes(&second, bytes + cut, len - cut, first.escapes);
		bk_tally_add(&first, &second);
		assert_same(&first, &plain);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_structural_byte_has_its_bit),
		cmocka_unit_test(any_set_of_bytes_is_found),
		cmocka_unit_test(a_row_is_found_wherever_it_stands),
		cmocka_unit_test(tallies_of_neighbours_add_up_wherever_they_are_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
