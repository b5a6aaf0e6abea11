/* The guard over the bytes that no edit touched. */
#include "app/guard.h"

#include <bracked/text.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* What a save asks. */
static int prove(const struct bk_guard *guard)
{
	struct bk_guard_proof *proof;

	assert_int_equal(bk_guard_proof_new(&proof, guard), BK_OK);
	const int status = bk_guard_proof_check(proof);

	bk_guard_proof_free(proof);
	return status;
}

static void edits_and_their_undoing_leave_the_rest_proved(void **state)
{
	const char *bytes = "1. Parties [shall][should] report [25][40] per cent.\n";
	struct bk_guard *guard;
	bk_text *text;

	(void)state;
	assert_int_equal(bk_text_new(&text, bytes, strlen(bytes)), BK_OK);
	assert_int_equal(bk_guard_new(&guard, text), BK_OK);
	assert_int_equal(bk_text_replace(text, (struct bk_span){11, 26}, "shall", 5, 0), BK_OK);
	assert_int_equal(prove(guard), BK_OK);
	assert_int_equal(bk_text_undo(text, NULL), BK_OK);
	assert_int_equal(prove(guard), BK_OK);
	bk_guard_free(guard);
	bk_text_free(text);
}

static void random_edits_never_raise_a_false_alarm(void **state)
{
	const unsigned seed = 20101210;
	struct bk_guard *guard;
	bk_text *text;
	char bytes[4096];

	(void)state;
	printf("seed %u\n", seed);
	srand(seed);
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)('a' + rand() % 26);
	assert_int_equal(bk_text_new(&text, bytes, sizeof bytes), BK_OK);
	assert_int_equal(bk_guard_new(&guard, text), BK_OK);
	for (size_t i = 0; i < 2000; i++) {
		const size_t size = bk_snapshot_size(bk_text_now(text));
		const size_t start = (size_t)rand() % (size + 1);
		const size_t len = (size_t)rand() % 40 % (size - start + 1);

		assert_int_equal(bk_text_replace(text, (struct bk_span){start, start + len}, "new words",
					 (size_t)rand() % 10, 0),
			BK_OK);
		if (i % 7 == 0)
			bk_text_undo(text, NULL);
		if (i % 100 == 0) {
			assert_int_equal(prove(guard), BK_OK);
			assert_int_equal(bk_guard_reset(guard), BK_OK);
		}
	}
	assert_int_equal(prove(guard), BK_OK);
	bk_guard_free(guard);
	bk_text_free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edits_and_their_undoing_leave_the_rest_proved),
		cmocka_unit_test(random_edits_never_raise_a_false_alarm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
