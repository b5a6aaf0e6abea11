/* Undo goes back byte for byte on any branch, typing is grouped by words, and observers hear of it all. */
#include "base/alloc.h"
#include "lib/text_model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

static size_t below(unsigned *seed, size_t limit)
{
	return limit ? ((size_t)rand_r(seed) << 15 ^ (size_t)rand_r(seed)) % limit : 0;
}

static bk_text *text_of(const char *string)
{
	bk_text *text = NULL;

	assert_int_equal(bk_text_new(&text, string, strlen(string)), BK_OK);
	return text;
}

static void insert(bk_text *text, size_t at, const char *string, unsigned flags)
{
	assert_int_equal(
		bk_text_replace(text, (struct bk_span){at, at}, string, strlen(string), flags), BK_OK);
}

static void cut(bk_text *text, size_t start, size_t end, unsigned flags)
{
	assert_int_equal(bk_text_replace(text, (struct bk_span){start, end}, NULL, 0, flags), BK_OK);
}

/* Type a string a letter at a time. */
static void type(bk_text *text, size_t at, const char *string)
{
	for (; *string; string++, at++)
		assert_int_equal(
			bk_text_replace(text, (struct bk_span){at, at}, string, 1, BK_EDIT_TYPED), BK_OK);
}

static void assert_reads(const bk_text *text, const char *string)
{
	const char *bytes;
	size_t len;

	assert_int_equal(bk_snapshot_flat(bk_text_now(text), &bytes, &len), BK_OK);
	assert_int_equal(len, strlen(string));
	assert_memory_equal(bytes, string, len);
}

static void undo_to(bk_text *text, const char *string)
{
	assert_int_equal(bk_text_undo(text, NULL), BK_OK);
	assert_reads(text, string);
}

static void typed_letters_are_undone_by_words(void **state)
{
	bk_text *text = text_of("The  Parties");

	(void)state;
	type(text, 4, "developed  country");
	assert_reads(text, "The developed  country Parties");
	assert_int_equal(bk_text_step_count(text), 3);
	undo_to(text, "The developed   Parties");
	undo_to(text, "The  Parties");
	assert_int_equal(bk_text_undo(text, NULL), BK_ENOTFOUND);
	assert_int_equal(bk_text_redo(text, NULL), BK_OK);
	assert_int_equal(bk_text_redo(text, NULL), BK_OK);
	assert_reads(text, "The developed  country Parties");
	assert_int_equal(bk_text_redo(text, NULL), BK_ENOTFOUND);
	bk_text_free(text);
}

static void backspaces_and_deletes_are_undone_by_words_too(void **state)
{
	bk_text *text = text_of("one two three");

	(void)state;
	for (size_t end = 13; end > 4; end--)
		cut(text, end - 1, end, BK_EDIT_TYPED);
	assert_reads(text, "one ");
	undo_to(text, "one two");
	undo_to(text, "one two three");
	for (int i = 0; i < 7; i++)
		cut(text, 0, 1, BK_EDIT_TYPED);
	assert_reads(text, " three");
	undo_to(text, "two three");
	undo_to(text, "one two three");
	bk_text_free(text);
}

static void a_slip_mended_while_typing_is_part_of_the_word(void **state)
{
	bk_text *text = text_of("");

	(void)state;
	type(text, 0, "shlal");
	cut(text, 4, 5, BK_EDIT_TYPED);
	cut(text, 3, 4, BK_EDIT_TYPED);
	cut(text, 2, 3, BK_EDIT_TYPED);
	type(text, 2, "all");
	assert_reads(text, "shall");
	undo_to(text, "");
	bk_text_free(text);
}

static void typing_elsewhere_or_after_a_break_is_a_step_of_its_own(void **state)
{
	bk_text *text = text_of("----");

	(void)state;
	type(text, 0, "ab");
	type(text, 4, "cd");
	bk_text_break(text);
	type(text, 6, "ef");
	assert_reads(text, "ab--cdef--");
	undo_to(text, "ab--cd--");
	undo_to(text, "ab----");
	undo_to(text, "----");
	bk_text_free(text);
}

static void a_joined_edit_is_undone_with_the_step_before(void **state)
{
	bk_text *text = text_of("[shall]");

	(void)state;
	cut(text, 0, 1, 0);
	cut(text, 5, 6, BK_EDIT_JOIN);
	assert_reads(text, "shall");
	assert_int_equal(bk_text_step_count(text), 2);
	undo_to(text, "[shall]");
	insert(text, 0, "x", BK_EDIT_JOIN); /* there is no step to join: nothing is lost */
	undo_to(text, "[shall]");
	assert_int_equal(bk_text_earlier(text, NULL), BK_ENOTFOUND);
	assert_int_equal(bk_text_go(text, 1, NULL), BK_OK);
	assert_reads(text, "shall");
	bk_text_free(text);
}

static void several_changes_are_one_step(void **state)
{
	bk_text *text = text_of("a [b] c [d] e");
	const struct bk_change changes[] = {
		{{2, 3}, "", 0}, {{4, 5}, "", 0}, {{6, 6}, "new ", 4}, {{8, 11}, "[D]", 3}};
	const struct bk_change crossed[] = {{{2, 5}, "", 0}, {{4, 6}, "", 0}};

	(void)state;
	assert_int_equal(bk_text_apply(text, changes, 4), BK_OK);
	assert_reads(text, "a b new c [D] e");
	assert_int_equal(bk_text_apply(text, crossed, 2), BK_EINVAL);
	assert_int_equal(bk_text_apply(text, NULL, 0), BK_OK);
	assert_int_equal(bk_text_step_count(text), 2);
	undo_to(text, "a [b] c [d] e");
	bk_text_free(text);
}

static void a_change_of_nothing_is_no_step(void **state)
{
	bk_text *text = text_of("abc");

	(void)state;
	cut(text, 1, 1, 0);
	assert_int_equal(bk_text_step_count(text), 1);
	assert_int_equal(bk_text_version(text), 0);
	bk_text_free(text);
}

static void nothing_typed_is_lost_by_typing_after_an_undo(void **state)
{
	bk_text *text = text_of("");
	struct bk_step step;

	(void)state;
	insert(text, 0, "1", 0);
	insert(text, 1, "2", 0);
	undo_to(text, "1");
	insert(text, 1, "3", 0);
	insert(text, 2, "4", 0);
	assert_int_equal(bk_text_step_get(text, 3, &step), BK_OK);
	assert_int_equal(step.parent, 1);
	assert_int_equal(step.newest_child, 4);
	assert_int_equal(bk_text_go(text, 2, NULL), BK_OK);
	assert_reads(text, "12");
	assert_int_equal(bk_text_later(text, NULL), BK_OK);
	assert_reads(text, "13");
	assert_int_equal(bk_text_earlier(text, NULL), BK_OK);
	assert_reads(text, "12");
	assert_int_equal(bk_text_undo(text, NULL), BK_OK);
	assert_int_equal(bk_text_redo(text, NULL), BK_OK);
	assert_reads(text, "13"); /* the newest child */
	assert_int_equal(bk_text_go(text, 99, NULL), BK_ERANGE);
	bk_text_free(text);
}

static void any_step_of_a_random_tree_gives_its_bytes_back(void **state)
{
	enum { STEPS = 150 };
	struct model models[STEPS + 1] = {{0}};
	unsigned seed = 21;
	bk_text *text = text_of("[a] b [c]");
	size_t last = 0;

	(void)state;
	model_replace(&models[0], (struct bk_span){0, 0}, "[a] b [c]", 9);
	while (last < STEPS) {
		const size_t from = bk_text_step(text), size = models[from].len;
		struct bk_span span = {below(&seed, size + 1), 0};
		const size_t len = below(&seed, 12) ? below(&seed, 10) : below(&seed, 40000);
		char *bytes = malloc(len + 1);
		struct bk_change changes[2];

		span.end = span.start + below(&seed, size - span.start < 20 ? size - span.start + 1 : 20);
		memset(bytes, "[]x\n"[below(&seed, 4)], len);
		changes[0] = (struct bk_change){{0, 0}, ">", 1};
		changes[1] = (struct bk_change){span, bytes, len};
		assert_int_equal(bk_text_apply(text, changes, 2), BK_OK);
		last++;
		assert_int_equal(bk_text_step(text), last);
		model_replace(&models[last], (struct bk_span){0, 0}, models[from].bytes, size);
		model_replace(&models[last], span, bytes, len);
		model_replace(&models[last], (struct bk_span){0, 0}, ">", 1);
		free(bytes);
		if (below(&seed, 3) == 0)
			assert_int_equal(bk_text_go(text, below(&seed, last + 1), NULL), BK_OK);
	}
	for (int i = 0; i < 400; i++) {
		const size_t step = below(&seed, last + 1);

		assert_int_equal(bk_text_go(text, step, NULL), BK_OK);
		assert_int_equal(bk_text_step(text), step);
		model_read(&models[step]);
		assert_null(model_differs(&models[step], bk_text_now(text)));
	}
	for (size_t i = 0; i <= STEPS; i++)
		model_release(&models[i]);
	bk_text_free(text);
}

/* ---- Steps from outside ------------------------------------------------------------------------- */

static void a_history_from_disk_is_redone(void **state)
{
	bk_text *text = text_of("ab");
	const struct bk_edit first = {.start = 1, .inserted = "XY", .inserted_len = 2};
	const struct bk_edit second = {
		.start = 0, .removed = "aX", .removed_len = 2, .inserted = "-", .inserted_len = 1};
	struct bk_step step;

	(void)state;
	assert_int_equal(bk_text_add_step(text, 0, &first, 1, 77), BK_OK);
	assert_int_equal(bk_text_add_step(text, 1, &second, 1, 78), BK_OK);
	assert_int_equal(bk_text_add_step(text, 9, &second, 1, 78), BK_ERANGE);
	assert_int_equal(bk_text_step(text), 0);
	assert_int_equal(bk_text_go(text, 2, NULL), BK_OK);
	assert_reads(text, "-Yb");
	assert_int_equal(bk_text_step_get(text, 1, &step), BK_OK);
	assert_int_equal(step.time, 77);
	undo_to(text, "aXYb");
	undo_to(text, "ab");
	bk_text_free(text);
}

static void a_step_that_does_not_fit_the_text_is_refused_when_gone_to(void **state)
{
	const struct bk_edit other = {.start = 0, .removed = "zz", .removed_len = 2};
	const struct bk_edit beyond = {.start = SIZE_MAX, .removed = "ab", .removed_len = 2};
	bk_text *text = text_of("ab");

	(void)state;
	insert(text, 2, "c", 0);
	assert_int_equal(bk_text_add_step(text, 1, &other, 1, 0), BK_OK);
	assert_int_equal(bk_text_add_step(text, 0, &beyond, 1, 0), BK_OK);
	assert_int_equal(bk_text_go(text, 2, NULL), BK_EFORMAT);
	assert_int_equal(bk_text_go(text, 3, NULL), BK_EFORMAT);
	assert_int_equal(bk_text_step(text), 1);
	assert_reads(text, "abc");
	bk_text_free(text);
}

/* ---- Observers ---------------------------------------------------------------------------------- */

struct mirror {
	struct model model;
	size_t heard, moved;
	size_t step;
};

static void follow(void *context, const struct bk_text_news *news)
{
	struct mirror *mirror = context;
	const struct bk_edit *edit = news->edit;

	assert_memory_equal(mirror->model.bytes + edit->start, edit->removed, edit->removed_len);
	model_replace(&mirror->model, (struct bk_span){edit->start, edit->start + edit->removed_len},
		edit->inserted, edit->inserted_len);
	mirror->heard++;
	mirror->moved += news->moved;
	mirror->step = news->step;
}

static void an_observer_that_follows_every_edit_holds_the_same_text(void **state)
{
	bk_text *text = text_of("[a]");
	struct mirror mirror = {.heard = 0};
	unsigned seed = 22;

	(void)state;
	model_replace(&mirror.model, (struct bk_span){0, 0}, "[a]", 3);
	assert_int_equal(bk_text_observe(text, follow, &mirror), BK_OK);
	for (int i = 0; i < 400; i++) {
		const size_t at = below(&seed, mirror.model.len + 1);
		const size_t count = bk_text_step_count(text);

		switch (below(&seed, 5)) {
		case 0: bk_text_undo(text, NULL); break;
		case 1: bk_text_go(text, below(&seed, count), NULL); break;
		case 2: cut(text, at / 2, at, below(&seed, 3)); break;
		case 3: type(text, at, "so be it"); break;
		default: insert(text, at, "[new text]", below(&seed, 3)); break;
		}
		model_read(&mirror.model);
		assert_null(model_differs(&mirror.model, bk_text_now(text)));
		assert_true(mirror.step == bk_text_step(text) || mirror.heard == 0);
	}
	assert_true(mirror.moved > 0);
	bk_text_unobserve(text, follow, &mirror);
	mirror.heard = 0;
	insert(text, 0, "x", 0);
	assert_int_equal(mirror.heard, 0);
	bk_text_free(text);
	model_release(&mirror.model);
}

static void when_memory_runs_out_history_and_observers_know_of_nothing(void **state)
{
	bk_text *text = text_of("[a] [b] [c]");
	struct mirror mirror = {.heard = 0};
	int status = BK_ENOMEM;

	(void)state;
	model_replace(&mirror.model, (struct bk_span){0, 0}, "[a] [b] [c]", 11);
	assert_int_equal(bk_text_observe(text, follow, &mirror), BK_OK);
	type(text, 3, "old ");
	for (size_t allowed = 0; status < 0; allowed++) {
		bk_alloc_fail_after(allowed);
		status = bk_text_replace(
			text, (struct bk_span){7, 7}, "typed", 5, BK_EDIT_TYPED | BK_EDIT_JOIN);
		bk_alloc_fail_after(SIZE_MAX);
		if (status < 0) {
			assert_int_equal(mirror.heard, 4);
			assert_int_equal(bk_text_step_count(text), 2);
			assert_reads(text, "[a]old  [b] [c]");
		}
	}
	assert_reads(text, "[a]old typed [b] [c]");
	for (status = BK_ENOMEM; status < 0;) {
		static size_t allowed;

		bk_alloc_fail_after(allowed++);
		status = bk_text_undo(text, NULL);
		bk_alloc_fail_after(SIZE_MAX);
		assert_int_equal(bk_text_step(text), status < 0 ? 1 : 0);
	}
	assert_reads(text, "[a] [b] [c]");
	bk_text_free(text);
	model_release(&mirror.model);
}

static int64_t noon(void)
{
	return 43200;
}

static void a_step_knows_when_it_was_made(void **state)
{
	bk_text *text = text_of("");
	struct bk_step step;

	(void)state;
	bk_text_set_clock(text, noon);
	insert(text, 0, "x", 0);
	assert_int_equal(bk_text_step_get(text, 1, &step), BK_OK);
	assert_int_equal(step.time, 43200);
	assert_int_equal(step.edit_count, 1);
	assert_int_equal(bk_text_step_get(text, 2, &step), BK_ERANGE);
	bk_text_free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typed_letters_are_undone_by_words),
		cmocka_unit_test(backspaces_and_deletes_are_undone_by_words_too),
		cmocka_unit_test(a_slip_mended_while_typing_is_part_of_the_word),
		cmocka_unit_test(typing_elsewhere_or_after_a_break_is_a_step_of_its_own),
		cmocka_unit_test(a_joined_edit_is_undone_with_the_step_before),
		cmocka_unit_test(several_changes_are_one_step),
		cmocka_unit_test(a_change_of_nothing_is_no_step),
		cmocka_unit_test(nothing_typed_is_lost_by_typing_after_an_undo),
		cmocka_unit_test(any_step_of_a_random_tree_gives_its_bytes_back),
		cmocka_unit_test(a_history_from_disk_is_redone),
		cmocka_unit_test(a_step_that_does_not_fit_the_text_is_refused_when_gone_to),
		cmocka_unit_test(an_observer_that_follows_every_edit_holds_the_same_text),
		cmocka_unit_test(when_memory_runs_out_history_and_observers_know_of_nothing),
		cmocka_unit_test(a_step_knows_when_it_was_made),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
