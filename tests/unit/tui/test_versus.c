/* Two states of a draft: what of their differences binds, stands outside of brackets, and concerns whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "lib/scratch.h"
#include "tui/versus.h"

#include <string.h>
#include <unistd.h>

static struct bk_session *open_draft(unsigned flags)
{
	const struct bk_session_options options = {.state_folder = scratch};
	struct bk_session *session;
	assert_int_equal(bk_session_open(&session, scratch_path("draft.txt"), flags, &options), BK_OK);
	assert_int_equal(bk_session_complete(session), BK_OK);
	return session;
}

static const char before[] = "1. Parties should report [by 2020].\n\n"
			     "2. [G77: Developed countries pay] [US: all pay].\n\n"
			     "3. [Nothing is free.] The European Union hosts the meeting.\n\n"
			     "4. [EU: Hills stand.]\n\n5. Norway pays.\n\n6. They meet in Paris.\n";
static const char after[] = "1. Parties shall report [by 2025].\n\n"
			    "2. [G77: Developed countries alone pay] [US: all shall pay].\n\n"
			    "3. [Nothing is ever free.] The European Union leads the meeting.\n\n"
			    "4. [EU: High hills stand.]\n\n5. The UK pays.\n\n6. They meet in PAREU.\n";

static int begin(void **state)
{
	bk_repository *repository = NULL;
	struct bk_session *session;
	char id[41];
	assert_int_equal(scratch_make(state), 0);
	assert_int_equal(setenv("HOME", scratch, 1), 0);
	assert_int_equal(setenv("GIT_CONFIG_NOSYSTEM", "1", 1), 0);
	scratch_write(scratch_path(".gitconfig"), "[user]\n\tname = Ana\n\temail = ana@example.org\n");
	scratch_write(scratch_path("draft.txt"), before);
	assert_int_equal(bk_repository_init(&repository, scratch), BK_OK);
	bk_repository_free(repository);
	session = open_draft(BK_SESSION_CHANGE);
	assert_int_equal(bk_session_save(session, "before", NULL, id), BK_OK);
	bk_session_free(session);
	scratch_write(scratch_path("draft.txt"), after);
	return 0;
}

static struct bk_versus *compare(const struct bk_session *session)
{
	struct bk_versus *const versus = bk_versus_new(session, NULL, NULL);
	assert_non_null(versus);
	bk_versus_run(versus);
	assert_int_equal(versus->status, BK_OK);
	return versus;
}

/* The index of the difference whose words of now hold these. */
static size_t find(const struct bk_versus *versus, enum bk_difference_kind kind, const char *words)
{
	size_t count, len;
	const char *const bytes = bk_draft_bytes(versus->new_draft, &len);
	const struct bk_difference *const all = bk_comparison_list(versus->comparison, &count);
	for (size_t i = 0; i < count; i++) {
		const struct bk_span span = all[i].new_span;
		if (all[i].kind == kind && all[i].in_new &&
			memmem(bytes + span.start, span.end - span.start, words, strlen(words)) != NULL)
			return i;
	}
	fail_msg("no such difference: %s", words);
	return 0;
}

static const struct bk_difference *at(const struct bk_versus *versus, size_t index)
{
	size_t count;
	return &bk_comparison_list(versus->comparison, &count)[index];
}

static void what_binds_and_what_stands_outside_is_told(void **state)
{
	struct bk_session *const session = open_draft(BK_SESSION_READ);
	struct bk_versus *const versus = compare(session);
	(void)state;
	const size_t shall = find(versus, BK_DIFFERENCE_TEXT_CHANGED, "shall");
	assert_true(versus->flags[shall] & BK_VERSUS_BINDS);
	assert_true(versus->flags[shall] & BK_VERSUS_OUTSIDE);
	assert_true(versus->flags[shall] & BK_VERSUS_CLEAN);
	const size_t ever = find(versus, BK_DIFFERENCE_REWORDED, "ever");
	assert_false(versus->flags[ever] & (BK_VERSUS_BINDS | BK_VERSUS_OUTSIDE));
	const size_t pay = find(versus, BK_DIFFERENCE_REWORDED, "all shall pay");
	assert_true(versus->flags[pay] & BK_VERSUS_BINDS);
	assert_false(versus->flags[pay] & (BK_VERSUS_OUTSIDE | BK_VERSUS_CLEAN));
	bk_versus_free(versus);
	bk_session_free(session);
}

static bool concerns(const struct bk_versus *versus, size_t index, const char *code)
{
	struct bk_versus_party party;
	assert_int_equal(bk_versus_party_find(&party, versus, code), BK_OK);
	const bool answer = bk_versus_concerns(versus, at(versus, index), &party);
	bk_versus_party_release(&party);
	return answer;
}

static void a_party_is_concerned_by_what_it_holds_itself_or_by_its_group(void **state)
{
	struct bk_session *const session = open_draft(BK_SESSION_READ);
	struct bk_versus *const versus = compare(session);
	(void)state;
	const size_t ours = find(versus, BK_DIFFERENCE_REWORDED, "Developed");
	const size_t theirs = find(versus, BK_DIFFERENCE_REWORDED, "all shall pay");
	assert_true(concerns(versus, ours, "G77"));
	assert_true(concerns(versus, ours, "BR")); /* of the group */
	assert_false(concerns(versus, ours, "US"));
	assert_true(concerns(versus, theirs, "US"));
	assert_false(concerns(versus, theirs, "BR"));
	bk_versus_free(versus);
	bk_session_free(session);
}

static void a_party_is_concerned_where_the_words_that_changed_name_it(void **state)
{
	struct bk_session *const session = open_draft(BK_SESSION_READ);
	struct bk_versus *const versus = compare(session);
	(void)state;
	struct bk_difference named = *at(versus, find(versus, BK_DIFFERENCE_TEXT_CHANGED, "leads"));
	size_t len;
	const char *const bytes = bk_draft_bytes(versus->new_draft, &len);
	assert_false(concerns(versus, find(versus, BK_DIFFERENCE_TEXT_CHANGED, "leads"), "EU"));
	named.new_span.start = (size_t)((const char *)memmem(bytes, len, "European", 8) - bytes);
	struct bk_versus_party party;
	assert_int_equal(bk_versus_party_find(&party, versus, "EU"), BK_OK);
	assert_true(bk_versus_concerns(versus, &named, &party));
	bk_versus_party_release(&party);
	bk_versus_free(versus);
	bk_session_free(session);
}

static void a_group_speaks_for_who_was_in_it_then(void **state)
{
	struct bk_session *const session = open_draft(BK_SESSION_READ);
	struct bk_versus *const versus = compare(session);
	(void)state;
	const size_t hills = find(versus, BK_DIFFERENCE_REWORDED, "High hills");
	versus->at = "2010-12-10";
	assert_true(concerns(versus, hills, "GB"));
	versus->at = "2021-01-01";
	assert_false(concerns(versus, hills, "GB"));
	assert_true(concerns(versus, hills, "FR"));
	bk_versus_free(versus);
	bk_session_free(session);
}

static void a_party_is_named_by_any_of_its_names_as_a_word(void **state)
{
	struct bk_session *const session = open_draft(BK_SESSION_READ);
	struct bk_versus *const versus = compare(session);
	(void)state;
	const size_t pays = find(versus, BK_DIFFERENCE_TEXT_CHANGED, "UK");
	assert_true(concerns(versus, pays, "GB"));
	assert_true(concerns(versus, pays, "NO"));
	assert_false(concerns(versus, find(versus, BK_DIFFERENCE_TEXT_CHANGED, "PAREU"), "EU"));
	bk_versus_free(versus);
	bk_session_free(session);
}

static void a_stopped_comparison_says_so_and_has_no_answer(void **state)
{
	struct bk_session *const session = open_draft(BK_SESSION_READ);
	struct bk_versus *const versus = bk_versus_new(session, NULL, NULL);
	(void)state;
	bk_versus_stop(versus);
	bk_versus_run(versus);
	assert_int_equal(versus->status, BK_ELIMIT);
	assert_null(versus->comparison);
	bk_versus_free(versus);
	bk_session_free(session);
}

static void offsets_are_found_across(void **state)
{
	struct bk_session *const session = open_draft(BK_SESSION_READ);
	struct bk_versus *const versus = compare(session);
	(void)state;
	size_t old_len, new_len;
	const char *const old = bk_draft_bytes(versus->old_draft, &old_len);
	const char *const now = bk_draft_bytes(versus->new_draft, &new_len);
	const size_t then = (size_t)((const char *)memmem(old, old_len, "Nothing", 7) - old);
	const size_t today = (size_t)((const char *)memmem(now, new_len, "Nothing", 7) - now);
	assert_int_equal(bk_versus_across(versus, then, false), today);
	assert_int_equal(bk_versus_across(versus, today, true), then);
	bk_versus_free(versus);
	bk_session_free(session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_binds_and_what_stands_outside_is_told),
		cmocka_unit_test(a_party_is_concerned_by_what_it_holds_itself_or_by_its_group),
		cmocka_unit_test(a_party_is_concerned_where_the_words_that_changed_name_it),
		cmocka_unit_test(a_group_speaks_for_who_was_in_it_then),
		cmocka_unit_test(a_party_is_named_by_any_of_its_names_as_a_word),
		cmocka_unit_test(a_stopped_comparison_says_so_and_has_no_answer),
		cmocka_unit_test(offsets_are_found_across),
	};
	return cmocka_run_group_tests(tests, begin, scratch_remove);
}
