/* Brackets followed through the revisions: which became which, through merges too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/process.h"
#include "lib/scratch.h"
#include "tui/lineage.h"

/* Run git in the folder. */
#define GIT(...) git((const char *const[]){"git", __VA_ARGS__, NULL})

static void git(const char *const *argv)
{
	const struct bk_process process = {.argv = argv, .folder = scratch};
	int status = -1;
	assert_int_equal(bk_process_run(&process, NULL, NULL, &status), BK_OK);
	assert_int_equal(status, 0);
}

static void commit(const char *text)
{
	scratch_write(scratch_path("draft.txt"), text);
	GIT("add", "draft.txt");
	GIT("commit", "-m", "revision");
}

static int begin(void **state)
{
	assert_int_equal(scratch_make(state), 0);
	assert_int_equal(setenv("HOME", scratch, 1), 0);
	assert_int_equal(setenv("GIT_CONFIG_NOSYSTEM", "1", 1), 0);
	scratch_write(scratch_path(".gitconfig"),
		"[user]\n\tname = Ana\n\temail = ana@example.org\n[init]\n\tdefaultBranch = main\n");
	GIT("init");
	commit("1. Parties [shall] report [by 2020].\n\n2. [Nobody pays for it twice.]\n");
	commit("1. Parties [shall] report [by 2025].\n\n2. [Nobody pays for it twice.]\n");
	GIT("checkout", "-b", "side", "HEAD~1");
	commit("1. Parties [shall] report [by 2020].\n\n2. [Nobody ever pays for it twice.]\n\n3. [All are "
	       "heard.]\n");
	GIT("checkout", "main");
	GIT("merge", "-s", "ours", "--no-commit", "side");
	commit("1. Parties shall report [by 2025].\n\n2. [Nobody ever pays for it twice.]\n\n3. [All are "
	       "heard.]\n");
	return 0;
}

static struct bk_session *open_file(const char *name)
{
	const struct bk_session_options options = {.state_folder = scratch};
	struct bk_session *session;
	assert_int_equal(bk_session_open(&session, scratch_path(name), BK_SESSION_READ, &options), BK_OK);
	assert_int_equal(bk_session_complete(session), BK_OK);
	return session;
}

static struct bk_session *open_draft(void)
{
	return open_file("draft.txt");
}

static struct bk_lineage *follow(const struct bk_session *session)
{
	struct bk_lineage *const lineage = bk_lineage_new(session);
	assert_non_null(lineage);
	bk_lineage_run(lineage);
	assert_int_equal(lineage->status, BK_OK);
	return lineage;
}

static struct bk_lineage_place find(
	const struct bk_lineage *lineage, const struct bk_session *session, const char *words)
{
	const char *bytes;
	size_t len;
	assert_int_equal(bk_snapshot_flat(bk_text_now(session->text), &bytes, &len), BK_OK);
	const char *const at = memmem(bytes, len, words, strlen(words));
	assert_non_null(at);
	const struct bk_lineage_place place = bk_lineage_find(lineage, 0, (size_t)(at - bytes));
	assert_int_not_equal(place.bracket, BK_NONE);
	return place;
}

static void a_bracket_comes_from_the_side_of_a_merge_where_it_is_the_same(void **state)
{
	struct bk_session *const session = open_draft();
	struct bk_lineage *const lineage = follow(session);
	(void)state;
	assert_int_equal(lineage->texts.len, 4);
	const struct bk_lineage_bracket *const ever =
		bk_lineage_at(lineage, find(lineage, session, "[Nobody"));
	assert_int_equal(ever->came, BK_DIFFERENCE_KEPT);
	const struct bk_lineage_bracket *const side = bk_lineage_at(lineage, ever->before);
	assert_int_equal(side->came, BK_DIFFERENCE_REWORDED);
	assert_string_equal(side->words, "[Nobody ever pays for it twice.]");
	const struct bk_lineage_bracket *const first = bk_lineage_at(lineage, side->before);
	assert_int_equal(first->came, BK_DIFFERENCE_OPENED);
	assert_string_equal(first->words, "[Nobody pays for it twice.]");
	const struct bk_lineage_bracket *const year =
		bk_lineage_at(lineage, find(lineage, session, "[by 2025"));
	assert_int_equal(year->came, BK_DIFFERENCE_KEPT);
	assert_string_equal(bk_lineage_at(lineage, year->before)->words, "[by 2025]");
	bk_lineage_free(lineage);
	bk_session_free(session);
}

static void a_bracket_opened_on_one_side_was_opened_there(void **state)
{
	struct bk_session *const session = open_draft();
	struct bk_lineage *const lineage = follow(session);
	(void)state;
	const struct bk_lineage_place all = find(lineage, session, "[All are");
	const struct bk_lineage_bracket *const now = bk_lineage_at(lineage, all);
	assert_int_equal(now->came, BK_DIFFERENCE_KEPT);
	const struct bk_lineage_bracket *const side = bk_lineage_at(lineage, now->before);
	assert_int_equal(side->came, BK_DIFFERENCE_OPENED);
	assert_int_equal(side->before.bracket, BK_NONE);
	assert_int_not_equal(lineage->texts.items[now->before.text].parent, BK_NONE);
	bk_lineage_free(lineage);
	bk_session_free(session);
}

static void what_stands_no_more_tells_how_it_went(void **state)
{
	struct bk_session *const session = open_draft();
	struct bk_lineage *const lineage = follow(session);
	size_t ended = 0;
	(void)state;
	for (uint32_t text = 1; text < lineage->texts.len; text++)
		for (uint32_t b = 0; b < lineage->texts.items[text].count; b++) {
			const struct bk_lineage_place place = {text, b};
			const struct bk_lineage_bracket *const bracket = bk_lineage_at(lineage, place);
			if (bk_lineage_next(lineage, place).bracket != BK_NONE)
				continue;
			assert_int_equal(bracket->went, BK_DIFFERENCE_ACCEPTED);
			assert_int_equal(bk_lineage_next(lineage, place).text, 0);
			ended++;
		}
	assert_true(ended >= 1);
	bk_lineage_free(lineage);
	bk_session_free(session);
}

static void a_split_bracket_goes_on_at_its_largest_piece(void **state)
{
	scratch_write(scratch_path("split.txt"),
		"Parties [strengthen their plans and report on the provided finance every second year].\n");
	GIT("add", "split.txt");
	GIT("commit", "-m", "whole");
	scratch_write(scratch_path("split.txt"),
		"Parties [strengthen their plans] and [report on the provided finance].\n");
	struct bk_session *const session = open_file("split.txt");
	struct bk_lineage *const lineage = follow(session);
	(void)state;
	const struct bk_lineage_place largest = find(lineage, session, "[report");
	const struct bk_lineage_place whole = bk_lineage_at(lineage, largest)->before;
	assert_int_equal(bk_lineage_next(lineage, whole).bracket, largest.bracket);
	bk_lineage_free(lineage);
	bk_session_free(session);
}

static void a_stopped_walk_has_no_more_texts_than_it_saw(void **state)
{
	struct bk_session *const session = open_draft();
	struct bk_lineage *const lineage = bk_lineage_new(session);
	(void)state;
	bk_lineage_stop(lineage);
	bk_lineage_run(lineage);
	assert_int_equal(lineage->status, BK_ELIMIT);
	assert_int_equal(bk_lineage_find(lineage, 0, 0).bracket, BK_NONE);
	bk_lineage_free(lineage);
	bk_session_free(session);
}

static void since_counts_the_revisions_that_have_it(void **state)
{
	struct bk_session *const session = open_draft();
	struct bk_lineage *const lineage = follow(session);
	struct bk_buf since = BK_BUF_INIT;
	(void)state;
	const struct bk_lineage_place place = find(lineage, session, "[by 2025");
	const int64_t then = lineage->texts.items[0].time;
	bk_lineage_put_since(lineage, place, then + 3 * 86400 + 100, &since);
	assert_non_null(strstr(bk_buf_string(&since), " (3 revisions, 3 days)"));
	bk_buf_release(&since);
	bk_lineage_free(lineage);
	bk_session_free(session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bracket_comes_from_the_side_of_a_merge_where_it_is_the_same),
		cmocka_unit_test(a_bracket_opened_on_one_side_was_opened_there),
		cmocka_unit_test(what_stands_no_more_tells_how_it_went),
		cmocka_unit_test(a_split_bracket_goes_on_at_its_largest_piece),
		cmocka_unit_test(a_stopped_walk_has_no_more_texts_than_it_saw),
		cmocka_unit_test(since_counts_the_revisions_that_have_it),
	};
	return cmocka_run_group_tests(tests, begin, scratch_remove);
}
