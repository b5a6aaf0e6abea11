/* What is told of a place of a merge when memory runs out: words, never none. */
#include "base/alloc.h"
#include "tui/pane_merge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "draft/drafting.h"

static void words_are_empty_where_there_is_no_memory_for_them(void **state)
{
	bk_draft *const draft = draft_of("Parties [EU: shall][US delete: will] act.\n");
	const struct bk_placing_names known = {.draft = draft};
	const struct bk_placing_place place = {.won = 0, .target_count = 1, .offset = 8};
	const struct bk_placing_place target = {.bracket = 1, .offset = 19};
	(void)state;
	for (size_t n = 0; n < 20; n++) {
		struct bk_arena arena = BK_ARENA_INIT;
		struct bk_merge_choice choices[BK_MERGE_CHOICES] = {{0}};
		bk_alloc_fail_once(n);
		assert_non_null(bk_merge_names(&known, 0, false, &arena));
		assert_non_null(bk_merge_outcome(&known, 0, true, false, &arena));
		bk_arena_release(&arena);
		assert_non_null(bk_merge_outcome(&known, 1, false, false, &arena));
		bk_arena_release(&arena);
		assert_non_null(bk_merge_move_outcome(&known, &place, &arena));
		bk_arena_release(&arena);
		const size_t count = bk_merge_move_choices(&known, &place, &target, &arena, choices);
		bk_alloc_fail_after(SIZE_MAX);
		assert_int_equal(count, 2);
		for (size_t i = 0; i < count; i++) {
			assert_non_null(choices[i].names);
			assert_non_null(choices[i].none);
			assert_non_null(choices[i].done);
		}
		bk_arena_release(&arena);
	}
	bk_draft_free(draft);
}

/* `[IN, AU; US oppose; BO reserve; CA delete: ...]` */
static void who_opposes_words_asks_for_them_to_be_gone(void **state)
{
	bk_draft *const draft = draft_of("Parties [IN, AU; US oppose; BO reserve; CA delete: shall] act.\n");
	const struct bk_placing_names known = {.draft = draft};
	struct bk_arena arena = BK_ARENA_INIT;
	(void)state;
	assert_string_equal(bk_merge_names(&known, 0, false, &arena), "IN, AU; BO reserve");
	assert_string_equal(bk_merge_outcome(&known, 0, true, false, &arena), "taken: IN, AU; BO reserve");
	assert_string_equal(bk_merge_outcome(&known, 0, false, false, &arena), "deleted: US, CA");
	bk_arena_release(&arena);
	bk_draft_free(draft);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_empty_where_there_is_no_memory_for_them),
		cmocka_unit_test(who_opposes_words_asks_for_them_to_be_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
