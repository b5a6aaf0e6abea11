/* Sequences are matched in order, and by the shortest way where they are short. */
#include "compare/sequence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <bracked/draft.h>
#include <cmocka.h>

enum { MAX = 60 };

static size_t longest_common(const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len)
{
	size_t best[MAX + 1][MAX + 1] = {{0}};

	for (size_t i = 1; i <= a_len; i++) {
		for (size_t j = 1; j <= b_len; j++) {
			best[i][j] = best[i - 1][j] > best[i][j - 1] ? best[i - 1][j] : best[i][j - 1];
			if (a[i - 1] == b[j - 1] && best[i - 1][j - 1] + 1 > best[i][j])
				best[i][j] = best[i - 1][j - 1] + 1;
		}
	}
	return best[a_len][b_len];
}

/* How many items are matched; each with its equal, in order. */
static size_t check_match(
	const uint32_t *a, size_t a_len, const uint32_t *b, size_t b_len, const uint32_t *match)
{
	size_t count = 0;
	int64_t last = -1;

	for (size_t i = 0; i < a_len; i++) {
		if (match[i] == BK_NONE)
			continue;
		assert_true(match[i] < b_len && (int64_t)match[i] > last);
		assert_int_equal(a[i], b[match[i]]);
		last = match[i];
		count++;
	}
	return count;
}

static void short_sequences_are_matched_by_the_shortest_way(void **state)
{
	struct bk_sequencer *sequencer;
	const unsigned seed = 20261128;

	(void)state;
	print_message("seed %u\n", seed);
	srand(seed);
	assert_int_equal(bk_sequencer_new(&sequencer, 8), BK_OK);
	for (size_t turn = 0; turn < 20000; turn++) {
		uint32_t a[MAX], b[MAX], match[MAX];
		const size_t a_len = (size_t)rand() % MAX, b_len = (size_t)rand() % MAX;
		const uint32_t kinds = 1 + (uint32_t)rand() % 8;

		for (size_t i = 0; i < a_len; i++)
			a[i] = (uint32_t)rand() % kinds;
		for (size_t i = 0; i < b_len; i++)
			b[i] = (uint32_t)rand() % kinds;
		assert_int_equal(bk_sequencer_match(sequencer, a, a_len, b, b_len, match), BK_OK);
		assert_int_equal(check_match(a, a_len, b, b_len, match), longest_common(a, a_len, b, b_len));
	}
	bk_sequencer_free(sequencer);
}

/* Nothing in common, everything doubled, turned round: the search gives up in time, and what it says holds. */
static void hostile_sequences_end(void **state)
{
	enum { LONG = 200000 };
	struct bk_sequencer *sequencer;
	uint32_t *a = malloc(LONG * sizeof *a), *b = malloc(LONG * sizeof *b),
		 *match = malloc(LONG * sizeof *match);

	(void)state;
	assert_true(a && b && match);
	assert_int_equal(bk_sequencer_new(&sequencer, 2 * LONG), BK_OK);
	for (uint32_t i = 0; i < LONG; i++) {
		a[i] = i % 2;
		b[i] = (i + 1) % 2;
	}
	assert_int_equal(bk_sequencer_match(sequencer, a, LONG, b, LONG, match), BK_OK);
	assert_true(check_match(a, LONG, b, LONG, match) >= LONG - 2);
	for (uint32_t i = 0; i < LONG; i++) {
		a[i] = i;
		b[i] = LONG - 1 - i;
	}
	assert_int_equal(bk_sequencer_match(sequencer, a, LONG, b, LONG, match), BK_OK);
	assert_true(check_match(a, LONG, b, LONG, match) >= 1);
	for (uint32_t i = 0; i < LONG; i++)
		b[i] = LONG + i;
	assert_int_equal(bk_sequencer_match(sequencer, a, LONG, b, LONG, match), BK_OK);
	assert_int_equal(check_match(a, LONG, b, LONG, match), 0);
	bk_sequencer_free(sequencer);
	free(a);
	free(b);
	free(match);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(short_sequences_are_matched_by_the_shortest_way),
		cmocka_unit_test(hostile_sequences_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
