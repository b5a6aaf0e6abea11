/* The text's bytes, lines and brackets against a model that reads everything from the start each time. */
#include "base/alloc.h"
#include "lib/text_model.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

static size_t below(unsigned *seed, size_t limit)
{
	return limit ? ((size_t)rand_r(seed) << 15 ^ (size_t)rand_r(seed)) % limit : 0;
}

static void fill(char *bytes, size_t len, unsigned *seed)
{
	static const char alphabet[] = "[[]]\\\n\r\nab, words";

	for (size_t i = 0; i < len;) {
		size_t run = below(seed, 100) == 0 ? below(seed, 300) : 1;
		const char c = alphabet[run == 1 ? below(seed, sizeof alphabet - 1) : below(seed, 5)];

		while (run-- && i < len)
			bytes[i++] = c;
	}
}

static void assert_agrees(
	const struct model *model, const bk_snapshot *snapshot, size_t probes, unsigned *seed)
{
	const char *question = model_differs(model, snapshot);

	if (question)
		fail_msg("%s", question);
	for (size_t i = 0; i < probes; i++) {
		const size_t at = i ? below(seed, model->len + 1) : model->len;

		question = model_differs_at(model, snapshot, at);
		if (question)
			fail_msg("%s at %zu of %zu", question, at, model->len);
	}
}

/* A span of the text, mostly short, sometimes long. */
static struct bk_span some_span(size_t size, unsigned *seed)
{
	const size_t reach = below(seed, 10) ? 40 : size;
	struct bk_span span;

	span.start = below(seed, size + 1);
	span.end = span.start + below(seed, 2) * below(seed, reach + 1);
	if (span.end > size)
		span.end = size;
	return span;
}

static void edit_both(bk_text *text, struct model *model, unsigned *seed, unsigned flags)
{
	static char bytes[100000];
	const struct bk_span span = some_span(model->len, seed);
	const size_t len = below(seed, 20) ? below(seed, 30) : below(seed, sizeof bytes);

	fill(bytes, len, seed);
	assert_int_equal(bk_text_replace(text, span, bytes, len, flags), BK_OK);
	model_replace(model, span, bytes, len);
}

static void start_both(bk_text **text, struct model *model, size_t len, unsigned *seed)
{
	char *bytes = malloc(len + 1);

	fill(bytes, len, seed);
	*model = (struct model){0};
	model_replace(model, (struct bk_span){0, 0}, bytes, len);
	assert_int_equal(bk_text_new(text, bytes, len), BK_OK);
	free(bytes);
}

static void every_answer_stays_right_through_random_edits(void **state)
{
	unsigned seed = 4;
	struct model model;
	bk_text *text;

	(void)state;
	for (int round = 0; round < 12; round++) {
		start_both(&text, &model, round < 4 ? below(&seed, 50) : below(&seed, 200000), &seed);
		for (int i = 0; i < 60; i++) {
			model_read(&model);
			assert_agrees(&model, bk_text_now(text), 6, &seed);
			edit_both(text, &model, &seed, 0);
		}
		bk_text_free(text);
		model_release(&model);
	}
}

static void every_offset_of_a_small_text_is_right(void **state)
{
	unsigned seed = 5;
	struct model model;
	bk_text *text;

	(void)state;
	for (int round = 0; round < 200; round++) {
		start_both(&text, &model, below(&seed, 200), &seed);
		model_read(&model);
		for (size_t at = 0; at <= model.len; at++)
			assert_null(model_differs_at(&model, bk_text_now(text), at));
		bk_text_free(text);
		model_release(&model);
	}
}

static void a_snapshot_stays_as_it_was_whatever_comes_after(void **state)
{
	enum { KEPT = 20 };
	bk_snapshot *snapshots[KEPT];
	struct model models[KEPT], model;
	unsigned seed = 6;
	bk_text *text;

	(void)state;
	start_both(&text, &model, 50000, &seed);
	for (int i = 0; i < KEPT; i++) {
		snapshots[i] = bk_text_snapshot(text);
		models[i] = (struct model){0};
		model_replace(&models[i], (struct bk_span){0, 0}, model.bytes, model.len);
		edit_both(text, &model, &seed, 0);
	}
	bk_text_free(text);
	for (int i = 0; i < KEPT; i++) {
		const char *bytes;
		size_t len;

		model_read(&models[i]);
		assert_agrees(&models[i], snapshots[i], 3, &seed);
		assert_int_equal(bk_snapshot_flat(snapshots[i], &bytes, &len), BK_OK);
		assert_int_equal(len, models[i].len);
		assert_memory_equal(bytes, models[i].bytes, len);
		assert_null(model_differs(&models[i], snapshots[i])); /* also by way of the flat copy */
		bk_snapshot_free(snapshots[i]);
		model_release(&models[i]);
	}
	model_release(&model);
}

static void an_empty_text_answers_too(void **state)
{
	struct bk_span span;
	const char *bytes;
	bk_text *text;
	size_t len;

	(void)state;
	assert_int_equal(bk_text_new(&text, NULL, 0), BK_OK);
	assert_int_equal(bk_snapshot_lines(bk_text_now(text)), 0);
	assert_int_equal(bk_snapshot_line_of(bk_text_now(text), 0), 0);
	assert_false(bk_snapshot_enclosing(bk_text_now(text), 0, &span));
	assert_int_equal(bk_snapshot_match(bk_text_now(text), 0), BK_NOWHERE);
	assert_int_equal(bk_snapshot_brackets(bk_text_now(text)).opens, 0);
	assert_int_equal(bk_snapshot_opens(bk_text_now(text), 0), 0);
	assert_int_equal(bk_snapshot_flat(bk_text_now(text), &bytes, &len), BK_OK);
	assert_int_equal(len, 0);
	assert_int_equal(bytes[0], 0);
	bk_text_free(text);
}

static void a_replacement_outside_the_text_is_refused(void **state)
{
	bk_text *text;

	(void)state;
	assert_int_equal(bk_text_new(&text, "[abc]", 5), BK_OK);
	assert_int_equal(bk_text_replace(text, (struct bk_span){4, 6}, "x", 1, 0), BK_ERANGE);
	assert_int_equal(bk_text_replace(text, (struct bk_span){3, 2}, "x", 1, 0), BK_ERANGE);
	assert_int_equal(bk_text_replace(text, (struct bk_span){0, 0}, "x", SIZE_MAX, 0), BK_ENOMEM);
	assert_int_equal(bk_text_version(text), 0);
	assert_int_equal(bk_text_step_count(text), 1);
	bk_text_free(text);
}

static void nesting_as_deep_as_the_text_is_long_is_matched(void **state)
{
	const size_t deep = 300000;
	char *bytes = malloc(2 * deep);
	struct bk_bracket_counts counts;
	struct bk_span span;
	bk_text *text;

	(void)state;
	memset(bytes, '[', deep);
	memset(bytes + deep, ']', deep);
	assert_int_equal(bk_text_new(&text, bytes, 2 * deep), BK_OK);
	counts = bk_snapshot_brackets(bk_text_now(text));
	assert_int_equal(counts.depth, deep);
	assert_int_equal(counts.pairs, deep);
	assert_int_equal(bk_snapshot_opens(bk_text_now(text), 2 * deep), deep);
	for (size_t at = 0; at < deep; at += 9973)
		assert_int_equal(bk_snapshot_opens(bk_text_now(text), at), at);
	for (size_t at = 0; at < deep; at += 9973)
		assert_int_equal(bk_snapshot_match(bk_text_now(text), at), 2 * deep - 1 - at);
	assert_int_equal(bk_text_replace(text, (struct bk_span){deep, deep}, "x[", 2, 0), BK_OK);
	assert_true(bk_snapshot_enclosing(bk_text_now(text), deep, &span));
	assert_int_equal(span.start, deep - 1);
	assert_int_equal(span.end, deep + 4);
	assert_int_equal(bk_snapshot_brackets(bk_text_now(text)).unmatched_open, 1);
	bk_text_free(text);
	free(bytes);
}

static void release_count(void *context)
{
	++*(int *)context;
}

static void borrowed_bytes_are_released_with_the_last_snapshot(void **state)
{
	static const char bytes[] = "one [two] three";
	bk_snapshot *snapshot;
	int released = 0;
	bk_text *text;
	const char *flat;
	size_t len;

	(void)state;
	assert_int_equal(
		bk_text_borrow(&text, bytes, sizeof bytes - 1, release_count, &released, false), BK_OK);
	snapshot = bk_text_snapshot(text);
	assert_int_equal(bk_snapshot_flat(snapshot, &flat, &len), BK_OK);
	assert_ptr_equal(flat, bytes);
	assert_int_equal(bk_text_replace(text, (struct bk_span){0, 15}, "x", 1, 0), BK_OK);
	bk_text_free(text);
	assert_int_equal(released, 0);
	bk_snapshot_free(snapshot);
	assert_int_equal(released, 1);
}

/* ---- Lazy texts --------------------------------------------------------------------------------- */

static void *prepare(void *text)
{
	bk_text_rest *rest = NULL;

	bk_text_prepare(text, &rest);
	return rest;
}

static void lazy_both(bk_text **text, struct model *model, unsigned *seed)
{
	const size_t len = (3u << 20) / 2;
	char *bytes = malloc(len);

	fill(bytes, len, seed);
	*model = (struct model){0};
	model_replace(model, (struct bk_span){0, 0}, bytes, len);
	assert_int_equal(bk_text_borrow(text, bytes, len, free, bytes, true), BK_OK);
	assert_int_equal(bk_text_ready(*text), 1 << 20);
}

static void a_lazy_text_is_edited_while_another_thread_sums_up_the_rest(void **state)
{
	unsigned seed = 7;
	bk_snapshot *before;
	struct model model;
	pthread_t thread;
	bk_text *text;
	void *rest;

	(void)state;
	lazy_both(&text, &model, &seed);
	before = bk_text_snapshot(text);
	assert_int_equal(pthread_create(&thread, NULL, prepare, text), 0);
	for (int i = 0; i < 200; i++) {
		const size_t at = below(&seed, 100000);

		assert_int_equal(bk_text_replace(text, (struct bk_span){at, at + 3}, "[new", 4, 0), BK_OK);
		model_replace(&model, (struct bk_span){at, at + 3}, "[new", 4);
	}
	assert_int_equal(pthread_join(thread, &rest), 0);
	assert_non_null(rest);
	assert_int_equal(bk_text_complete(text, rest), BK_OK);
	assert_int_equal(bk_text_ready(text), model.len);
	model_read(&model);
	assert_agrees(&model, bk_text_now(text), 3, &seed);
	assert_int_equal(bk_text_go(text, 0, NULL), BK_OK);
	assert_int_equal(bk_snapshot_brackets(before).pairs, bk_snapshot_brackets(bk_text_now(text)).pairs);
	bk_snapshot_free(before);
	bk_text_free(text);
	model_release(&model);
}

static void *ask_all(void *context)
{
	const bk_snapshot *snapshot = context;
	const struct bk_bracket_counts counts = bk_snapshot_brackets(snapshot);
	const char *bytes;
	size_t len;

	if (bk_snapshot_flat(snapshot, &bytes, &len) < 0 || len != bk_snapshot_size(snapshot))
		return NULL;
	return (void *)(counts.pairs + bk_snapshot_lines(snapshot));
}

static void many_threads_ask_one_snapshot_at_once(void **state)
{
	enum { THREADS = 4 };
	pthread_t threads[THREADS];
	unsigned seed = 11;
	struct model model;
	bk_snapshot *snapshot;
	bk_text *text;

	(void)state;
	lazy_both(&text, &model, &seed);
	edit_both(text, &model, &seed, 0);
	snapshot = bk_text_snapshot(text);
	model_read(&model);
	for (int i = 0; i < THREADS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, ask_all, snapshot), 0);
	bk_text_free(text);
	for (int i = 0; i < THREADS; i++) {
		void *answer;

		assert_int_equal(pthread_join(threads[i], &answer), 0);
		assert_int_equal((size_t)answer, model.counts.pairs + bk_snapshot_lines(snapshot));
	}
	bk_snapshot_free(snapshot);
	model_release(&model);
}

static void a_question_beyond_the_ready_part_is_answered(void **state)
{
	unsigned seed = 8;
	struct model model;
	bk_text *text;

	(void)state;
	lazy_both(&text, &model, &seed);
	edit_both(text, &model, &seed, 0);
	model_read(&model);
	assert_agrees(&model, bk_text_now(text), 3, &seed);
	edit_both(text, &model, &seed, 0);
	model_read(&model);
	assert_agrees(&model, bk_text_now(text), 3, &seed);
	bk_text_free(text);
	model_release(&model);
}

static void an_unread_text_is_summed_up_when_it_is_asked_or_edited(void **state)
{
	static const size_t sizes[] = {0, 1, 17, 20000, 70001};
	unsigned seed = 5;

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct model model = {0};
		char *bytes = malloc(sizes[i] + 1);
		const char *flat;
		bk_text *text;
		size_t len;

		fill(bytes, sizes[i], &seed);
		model_replace(&model, (struct bk_span){0, 0}, bytes, sizes[i]);
		assert_int_equal(bk_text_borrow_unread(&text, bytes, sizes[i], free, bytes), BK_OK);
		assert_int_equal(bk_text_ready(text), 0);
		assert_int_equal(bk_snapshot_flat(bk_text_now(text), &flat, &len), BK_OK);
		assert_true(len == sizes[i] && (!len || flat == bytes));
		model_read(&model);
		assert_agrees(&model, bk_text_now(text), 3, &seed);
		for (int edits = 0; edits < 3; edits++) {
			edit_both(text, &model, &seed, 0);
			model_read(&model);
			assert_agrees(&model, bk_text_now(text), 3, &seed);
		}
		bk_text_free(text);
		model_release(&model);
	}
}

static void without_memory_a_lazy_text_is_summed_up_all_the_same(void **state)
{
	unsigned seed = 9;
	struct bk_bracket_counts counts;
	struct model model;
	bk_text *text;
	bk_text_rest *rest = NULL;

	(void)state;
	lazy_both(&text, &model, &seed);
	model_read(&model);
	bk_alloc_fail_after(3);
	counts = bk_snapshot_brackets(bk_text_now(text));
	assert_memory_equal(&counts, &model.counts, sizeof counts);
	for (size_t at = 7; at < model.len; at += model.len / 5)
		assert_null(model_differs_at(&model, bk_text_now(text), at));
	assert_int_equal(bk_text_prepare(text, &rest), BK_ENOMEM);
	assert_null(rest);
	assert_int_equal(bk_text_complete(text, NULL), BK_ENOMEM);
	bk_alloc_fail_after(SIZE_MAX);
	assert_int_equal(bk_text_complete(text, NULL), BK_OK);
	assert_agrees(&model, bk_text_now(text), 2, &seed);
	bk_text_free(text);
	model_release(&model);
}

/* ---- Failing ------------------------------------------------------------------------------------ */

static void when_memory_runs_out_the_text_is_as_it_was(void **state)
{
	unsigned seed = 10;
	struct model model;
	bk_text *text;

	(void)state;
	start_both(&text, &model, 100000, &seed);
	model_read(&model);
	for (int i = 0; i < 60; i++) {
		const struct bk_span span = some_span(model.len, &seed);
		char bytes[40];
		size_t allowed = 0;
		int status;

		fill(bytes, sizeof bytes, &seed);
		do {
			bk_alloc_fail_after(allowed++);
			status = bk_text_replace(text, span, bytes, sizeof bytes, i % 2 ? BK_EDIT_JOIN : 0);
			bk_alloc_fail_after(SIZE_MAX);
			if (status == BK_OK)
				break;
			assert_int_equal(status, BK_ENOMEM);
			assert_int_equal(bk_text_version(text), i);
			assert_null(model_differs(&model, bk_text_now(text)));
		} while (allowed < 1000);
		assert_int_equal(status, BK_OK);
		model_replace(&model, span, bytes, sizeof bytes);
		model_read(&model);
		assert_agrees(&model, bk_text_now(text), 2, &seed);
	}
	bk_text_free(text);
	model_release(&model);
}

static void opening_fails_cleanly_at_every_allocation(void **state)
{
	static const char bytes[100000];
	int released = 0, status = BK_ENOMEM;
	bk_text *text = NULL;

	(void)state;
	for (size_t allowed = 0; status < 0; allowed++) {
		bk_alloc_fail_after(allowed);
		status = bk_text_borrow(&text, bytes, sizeof bytes, release_count, &released, false);
		bk_alloc_fail_after(SIZE_MAX);
		assert_int_equal(released, 0);
		assert_true(status == BK_OK || text == NULL);
	}
	bk_text_free(text);
	assert_int_equal(released, 1);
}

static void an_offset_is_carried_over_an_edit(void **state)
{
	const struct bk_edit replaced = {.start = 10, .removed_len = 4, .inserted_len = 7};
	const struct bk_edit inserted = {.start = 10, .inserted_len = 3};

	(void)state;
	assert_int_equal(bk_edit_carry(&replaced, 9, true), 9);
	assert_int_equal(bk_edit_carry(&replaced, 10, false), 10);
	assert_int_equal(bk_edit_carry(&replaced, 12, false), 10);
	assert_int_equal(bk_edit_carry(&replaced, 12, true), 17);
	assert_int_equal(bk_edit_carry(&replaced, 14, false), 17);
	assert_int_equal(bk_edit_carry(&replaced, 20, false), 23);
	assert_int_equal(bk_edit_carry(&inserted, 10, false), 10);
	assert_int_equal(bk_edit_carry(&inserted, 10, true), 13);
	assert_int_equal(bk_edit_carry(&inserted, 11, false), 14);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_answer_stays_right_through_random_edits),
		cmocka_unit_test(every_offset_of_a_small_text_is_right),
		cmocka_unit_test(a_snapshot_stays_as_it_was_whatever_comes_after),
		cmocka_unit_test(an_empty_text_answers_too),
		cmocka_unit_test(a_replacement_outside_the_text_is_refused),
		cmocka_unit_test(nesting_as_deep_as_the_text_is_long_is_matched),
		cmocka_unit_test(borrowed_bytes_are_released_with_the_last_snapshot),
		cmocka_unit_test(a_lazy_text_is_edited_while_another_thread_sums_up_the_rest),
		cmocka_unit_test(many_threads_ask_one_snapshot_at_once),
		cmocka_unit_test(a_question_beyond_the_ready_part_is_answered),
		cmocka_unit_test(an_unread_text_is_summed_up_when_it_is_asked_or_edited),
		cmocka_unit_test(without_memory_a_lazy_text_is_summed_up_all_the_same),
		cmocka_unit_test(when_memory_runs_out_the_text_is_as_it_was),
		cmocka_unit_test(opening_fails_cleanly_at_every_allocation),
		cmocka_unit_test(an_offset_is_carried_over_an_edit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
