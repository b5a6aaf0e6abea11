/* The message of a failure. */
#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

/* A message of `blanks` bytes and then some character again and again. */
static void fail_long(int blanks, const char *character)
{
	char words[2048] = "";

	memset(words, 'x', (size_t)blanks);
	for (size_t len = (size_t)blanks; len + 4 < sizeof words; len += strlen(character))
		memcpy(words + len, character, strlen(character));
	assert_int_equal(bk_fail(BK_EIO, "%s", words), BK_EIO);
}

static void a_long_message_is_cut_between_characters(void **state)
{
	static const char *const characters[] = {"x", "é", "…", "𝄞"};

	(void)state;
	for (size_t i = 0; i < sizeof characters / sizeof *characters; i++)
		for (int blanks = 0; blanks < 4; blanks++) {
			const size_t len = strlen(characters[i]);

			fail_long(blanks, characters[i]);
			assert_int_equal((strlen(bk_error_message()) - (size_t)blanks) % len, 0);
			assert_true(strlen(bk_error_message()) > BK_ERROR_MESSAGE - 1 - len);
		}
}

static void a_message_that_was_kept_can_be_set_again(void **state)
{
	char kept[BK_ERROR_MESSAGE], before[BK_ERROR_MESSAGE];

	(void)state;
	fail_long(3, "…");
	memcpy(before, bk_error_message(), strlen(bk_error_message()) + 1);
	bk_error_keep(kept);
	bk_fail(BK_EIO, "something else");
	assert_int_equal(bk_fail(BK_EGIT, "%s", kept), BK_EGIT);
	assert_string_equal(bk_error_message(), before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_long_message_is_cut_between_characters),
		cmocka_unit_test(a_message_that_was_kept_can_be_set_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
