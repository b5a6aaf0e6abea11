/* A draft is read in steps none of which waits. */
#include "base/alloc.h"
#include "base/error.h"
#include "lib/scratch.h"
#include "tui/desk.h"
#include "tui/placed.h"

#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct bk_desk *desk;
static int wake[2];

static int open_desk(void **state)
{
	static const char text[] = "Article 1\n\n1. The Parties [shall][should] act.\n";
	char name[256], folder[256];
	(void)state;
	snprintf(name, sizeof name, "%s/draft.txt", scratch);
	snprintf(folder, sizeof folder, "%s/state", scratch);
	const struct bk_session_options options = {.state_folder = folder};
	FILE *const file = fopen(name, "w");
	if (file == NULL || fputs(text, file) < 0 || fclose(file) != 0)
		return -1;
	return pipe(wake) == 0 && bk_desk_open(&desk, name, BK_SESSION_EDIT, &options) == BK_OK ? 0 : -1;
}

static int close_desk(void **state)
{
	(void)state;
	bk_desk_free(desk);
	close(wake[0]);
	close(wake[1]);
	return 0;
}

/* Steps until the draft is fresh; how many there were that left something to wait for. */
static int freshen(void)
{
	struct pollfd woken = {.fd = wake[0], .events = POLLIN};
	bool fresh = false;
	int waits = 0;
	char byte;
	for (;;) {
		assert_int_equal(bk_desk_freshen(desk, wake[1], &fresh), BK_OK);
		if (fresh)
			return waits;
		waits++;
		assert_int_equal(poll(&woken, 1, 20000), 1);
		assert_int_equal(read(wake[0], &byte, 1), 1);
	}
}

static size_t brackets(void)
{
	size_t count;
	bk_draft_brackets(desk->session->draft, &count);
	return count;
}

static void type(const char *words)
{
	assert_int_equal(
		bk_text_replace(desk->session->text, (struct bk_span){0, 0}, words, strlen(words), 0), BK_OK);
}

static void the_draft_is_that_of_the_text_as_it_was_asked_for(void **state)
{
	(void)state;
	assert_true(freshen() > 0);
	assert_int_equal(brackets(), 2);
	assert_int_equal(desk->marks.tally.open, 2);
	type("[New]\n");
	assert_true(freshen() > 0);
	assert_int_equal(brackets(), 3);
	assert_int_equal(freshen(), 0);
}

/* Of a large draft it takes long: the loop only hands it on. */
static void what_a_new_reading_replaces_is_let_go_of_on_a_thread(void **state)
{
	(void)state;
	freshen();
	type("[New]\n");
	freshen();
	assert_true(desk->sweeper.busy);
	assert_null(desk->analysis.snapshot);
	assert_null(desk->coming.marks);
	bk_worker_wait(&desk->sweeper);
	assert_null(desk->rubbish.analysis.draft);
	assert_null(desk->rubbish.marks.marks);
	assert_int_equal(desk->marks.tally.open, 3);
}

static void a_reading_of_an_older_text_is_not_taken_for_the_new_one(void **state)
{
	bool fresh;
	(void)state;
	freshen();
	type("[New]\n");
	assert_int_equal(bk_desk_freshen(desk, wake[1], &fresh), BK_OK);
	assert_false(fresh);
	type("[Newer]\n");
	freshen();
	assert_int_equal(brackets(), 4);
	assert_int_equal(desk->session->draft_version, bk_text_version(desk->session->text));
}

static void what_the_session_read_by_itself_stands(void **state)
{
	bool fresh;
	(void)state;
	freshen();
	type("[New]\n");
	assert_int_equal(bk_desk_freshen(desk, wake[1], &fresh), BK_OK);
	assert_int_equal(bk_session_refresh(desk->session), BK_OK);
	bk_desk_news(desk);
	const bk_draft *const draft = desk->session->draft;
	bk_worker_wait(&desk->analyst);
	assert_int_equal(freshen(), 0);
	assert_ptr_equal(desk->session->draft, draft);
}

static void a_failed_thread_is_told_in_its_words_and_not_tried_again(void **state)
{
	bool fresh;
	(void)state;
	freshen();
	type("[New]\n");
	assert_int_equal(bk_desk_freshen(desk, wake[1], &fresh), BK_OK);
	bk_worker_wait(&desk->analyst);
	desk->analyst.busy = true;
	desk->analyst.thread = pthread_self();
	desk->analysis.status = BK_EFORMAT;
	desk->analysis.error = bk_strdup("the ledger is torn");
	assert_int_equal(bk_desk_freshen(desk, wake[1], &fresh), BK_EFORMAT);
	assert_string_equal(bk_error_message(), "the ledger is torn");
	assert_false(desk->analyst.busy);
	assert_int_equal(bk_desk_freshen(desk, wake[1], &fresh), BK_EFORMAT);
	desk->failed_version = UINT64_MAX;
	freshen();
	assert_int_equal(brackets(), 3);
}

static void memory_that_runs_out_before_the_thread_is_told_too(void **state)
{
	bool fresh;
	(void)state;
	freshen();
	type("[New]\n");
	bk_alloc_fail_after(0);
	const int status = bk_desk_freshen(desk, wake[1], &fresh);
	bk_alloc_fail_after(SIZE_MAX);
	assert_int_equal(status, BK_ENOMEM);
	assert_false(fresh);
	assert_int_equal(brackets(), 2);
}

/* A draft in which the EU wants other words than the US, with its proof beside it. */
static void merge(const char *words)
{
	static const char base[] = "1. Parties shall act.\n";
	const struct bk_version versions[] = {
		{"EU", "eu.txt", words, strlen(words)}, {"US", "us.txt", base, strlen(base)}};
	const struct bk_span all = {0, bk_snapshot_size(bk_text_now(desk->session->text))};
	bk_merge *made;
	char *json;
	size_t len;
	assert_int_equal(
		bk_merge_new(&made, base, strlen(base), versions, 2, &(struct bk_merge_options){0}), BK_OK);
	const char *const bytes = bk_merge_bytes(made, &len);
	assert_int_equal(bk_text_replace(desk->session->text, all, bytes, len, 0), BK_OK);
	assert_int_equal(bk_merge_prove(made, "draft.txt", "base.txt", &json, &len), BK_OK);
	scratch_write(scratch_path("draft.txt.proof"), json);
	bk_proof_free_bytes(json);
	bk_merge_free(made);
}

/* Follow the places of it, of which there is one. */
static void follow(void)
{
	struct pollfd woken = {.fd = wake[0], .events = POLLIN};
	const uint64_t before = desk->places_count;
	bool there;
	size_t count;
	char byte;
	freshen();
	assert_int_equal(bk_desk_place(desk, wake[1], true, &there), BK_OK);
	for (; desk->places_count == before; bk_desk_take(desk)) {
		assert_int_equal(poll(&woken, 1, 20000), 1);
		assert_int_equal(read(wake[0], &byte, 1), 1);
	}
	bk_placing_places(desk->places->placing, &count);
	assert_int_equal(count, 1);
	assert_true(bk_placing_is_exact(desk->places->placing));
}

static void marks_of_a_compilation_are_none_of_another_one(void **state)
{
	(void)state;
	merge("1. Parties should act.\n");
	follow();
	*BK_VEC_PUSH(&desk->given) = (struct bk_desk_mark){.after = BK_PROOF_KEPT};
	type("Draft\n\n");
	follow();
	assert_int_equal(desk->given.len, 1);
	merge("1. Parties may act.\n");
	follow();
	assert_int_equal(desk->given.len, 0);
}

#define DESK_TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		DESK_TEST(the_draft_is_that_of_the_text_as_it_was_asked_for),
		DESK_TEST(what_a_new_reading_replaces_is_let_go_of_on_a_thread),
		DESK_TEST(a_reading_of_an_older_text_is_not_taken_for_the_new_one),
		DESK_TEST(what_the_session_read_by_itself_stands),
		DESK_TEST(a_failed_thread_is_told_in_its_words_and_not_tried_again),
		DESK_TEST(memory_that_runs_out_before_the_thread_is_told_too),
		DESK_TEST(marks_of_a_compilation_are_none_of_another_one),
	};
	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
