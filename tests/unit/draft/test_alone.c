/*
 * A bracket that is read alone says what it does in a draft of the same bytes: its names, its own words, its class;
 * and so does the outline, where it is wanted.  In random texts and in passages of issued ones, cut anywhere.
 */
#include "base/error.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#include "drafting.h"
#include "lib/generate.h"
#include "names.h"

enum { SEEDS = 300, PASSAGE = 700, STEP = 1900 };

static bool is_same_name(const struct bk_attribution *one, const struct bk_attribution *other)
{
	return strcmp(one->party, other->party) == 0 && one->act == other->act && one->form == other->form &&
	       one->written.start == other->written.start && one->written.end == other->written.end &&
	       one->notation.start == other->notation.start && one->notation.end == other->notation.end;
}

static void expect_same(const bk_draft *alone, const bk_draft *draft, uint32_t index)
{
	const struct bk_bracket *is = &alone->brackets[index], *was = &draft->brackets[index];

	assert_int_equal(is->start, was->start);
	assert_int_equal(is->end, was->end);
	assert_int_equal(is->text.start, was->text.start);
	assert_int_equal(is->text.end, was->text.end);
	assert_int_equal(is->parent, was->parent);
	if (is->class != was->class)
		fail_msg("[%.*s] in \"%.*s\" is %d, not %d", (int)(was->text.end - was->text.start),
			draft->bytes.ptr + was->text.start, (int)draft->bytes.len, draft->bytes.ptr,
			is->class, was->class);
	assert_int_equal(is->attribution_count, was->attribution_count);
	for (uint32_t i = 0; i < is->attribution_count; i++)
		assert_true(is_same_name(&alone->attributions[is->attribution + i],
			&draft->attributions[was->attribution + i]));
}

static void expect_same_outline(const bk_draft *alone, const bk_draft *draft)
{
	assert_int_equal(alone->node_count, draft->node_count);
	for (size_t i = 0; i < draft->node_count; i++) {
		assert_int_equal(alone->nodes[i].kind, draft->nodes[i].kind);
		assert_int_equal(alone->nodes[i].offset, draft->nodes[i].offset);
		assert_int_equal(alone->nodes[i].behind, draft->nodes[i].behind);
		assert_int_equal(alone->nodes[i].end, draft->nodes[i].end);
	}
}

/* How many brackets there are in it. */
static size_t look_at_text(struct bk_str text, const bk_conventions *conventions)
{
	const struct bk_draft_options options = {.conventions = conventions, .names = test_names()};
	bk_draft *draft = draft_of_bytes(text.ptr, text.len, &options);
	const size_t count = draft->bracket_count;

	for (uint32_t i = 0; i < count; i++) {
		const bool outlined = i % 2;
		bk_draft *alone = NULL;

		assert_int_equal(bk_draft_read_bracket(&alone, text, draft->brackets[i].start, outlined,
					 conventions, test_names()),
			BK_OK);
		assert_int_equal(bk_draft_classify_asked(alone), BK_OK);
		assert_int_equal(bk_draft_bracket_at(alone, draft->brackets[i].start), i);
		expect_same(alone, draft, i);
		if (outlined)
			expect_same_outline(alone, draft);
		bk_draft_free(alone);
	}
	bk_draft_free(draft);
	return count;
}

static void a_bracket_of_a_random_text_is_read_alone(void **state)
{
	bk_conventions *conventions = NULL;
	size_t brackets = 0;

	(void)state;
	assert_int_equal(bk_conventions_new(&conventions, NULL, NULL, 0), BK_OK);
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		struct generated text = seed % 6 ? generate_small_text(seed) : generate_text(2000, seed);

		brackets += look_at_text((struct bk_str){text.bytes, text.len}, conventions);
		generated_release(&text);
	}
	print_message("random texts: %zu brackets read alone\n", brackets);
	bk_conventions_free(conventions);
}

static size_t look_at_passages(const char *name, const bk_conventions *conventions)
{
	struct bk_buf text = BK_BUF_INIT;
	size_t brackets = 0;

	if (!read_below("BRACKED_CORPUS", name, &text))
		skip();
	for (size_t at = 0; at + PASSAGE < text.len; at += STEP)
		brackets += look_at_text((struct bk_str){bk_buf_string(&text) + at, PASSAGE}, conventions);
	bk_buf_release(&text);
	return brackets;
}

static void a_bracket_of_an_issued_text_is_read_alone(void **state)
{
	static const char *const names[] = {
		"paris-2015-10-23.md", "paris-2015-12-04.md", "bbnj-prepcom-2026.txt", "plastics-inc4-3.txt"};
	bk_conventions *conventions = NULL;
	size_t brackets = 0;

	(void)state;
	assert_int_equal(bk_conventions_new(&conventions, NULL, NULL, 0), BK_OK);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		brackets += look_at_passages(names[i], conventions);
	print_message("issued texts: %zu brackets read alone\n", brackets);
	bk_conventions_free(conventions);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bracket_of_a_random_text_is_read_alone),
		cmocka_unit_test(a_bracket_of_an_issued_text_is_read_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
