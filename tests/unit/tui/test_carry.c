/* Offsets carried through edits. */
#include "tui/carry.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void edit(struct bk_carry *carry, size_t start, size_t removed, size_t inserted)
{
	const struct bk_edit change = {.start = start, .removed_len = removed, .inserted_len = inserted};
	bk_carry_add(carry, &change);
}

static void typing_is_kept_as_one_edit(void **state)
{
	(void)state;
	struct bk_carry carry = {0};
	for (size_t i = 0; i < 100; i++)
		edit(&carry, 50 + i, 0, 1);
	edit(&carry, 149, 1, 0);
	assert_int_equal(carry.edits.len, 1);
	assert_int_equal(bk_carry_forward(&carry, 49, true), 49);
	assert_int_equal(bk_carry_forward(&carry, 60, true), 159);
	bk_carry_release(&carry);
}

static void an_offset_comes_back_to_where_it_was(void **state)
{
	(void)state;
	struct bk_carry carry = {0};
	edit(&carry, 10, 0, 5);
	edit(&carry, 100, 20, 3);
	edit(&carry, 3, 2, 0);
	for (size_t offset = 0; offset < 200; offset++) {
		const bool gone = (offset >= 3 && offset < 5) || (offset >= 95 && offset < 115);
		if (!gone && offset != 10)
			assert_int_equal(
				bk_carry_back(&carry, bk_carry_forward(&carry, offset, true)), offset);
	}
	bk_carry_release(&carry);
}

static void what_was_typed_since_goes_back_to_its_place(void **state)
{
	(void)state;
	struct bk_carry carry = {0};
	edit(&carry, 10, 0, 5);
	assert_int_equal(bk_carry_back(&carry, 12), 10);
	assert_int_equal(bk_carry_back(&carry, 15), 10);
	assert_int_equal(bk_carry_back(&carry, 16), 11);
	bk_carry_release(&carry);
}

static void a_reading_of_the_marked_text_needs_only_what_came_after(void **state)
{
	(void)state;
	struct bk_carry carry = {0};
	edit(&carry, 10, 0, 5);
	bk_carry_set_mark(&carry);
	edit(&carry, 15, 0, 1);
	edit(&carry, 0, 0, 7);
	bk_carry_drop_marked(&carry);
	assert_int_equal(carry.edits.len, 2);
	assert_int_equal(bk_carry_forward(&carry, 14, true), 21);
	assert_int_equal(bk_carry_forward(&carry, 20, true), 28);
	bk_carry_release(&carry);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typing_is_kept_as_one_edit),
		cmocka_unit_test(an_offset_comes_back_to_where_it_was),
		cmocka_unit_test(what_was_typed_since_goes_back_to_its_place),
		cmocka_unit_test(a_reading_of_the_marked_text_needs_only_what_came_after),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
