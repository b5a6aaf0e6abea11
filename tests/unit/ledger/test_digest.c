/* Digests of what brackets say: the same for the same words, by whatever way they are made, and in even time. */
#include "ledger/digest.h"

#include "base/buf.h"
#include "draft/draft.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>

static bk_draft *draft_of(struct bk_str bytes)
{
	bk_text *text;
	bk_draft *draft;

	assert_int_equal(bk_text_new(&text, bytes.ptr, bytes.len), BK_OK);
	assert_int_equal(bk_draft_new(&draft, bk_text_now(text), NULL), BK_OK);
	bk_text_free(text);
	return draft;
}

static void words_alone_count(void **state)
{
	static const char *const same[] = {"[Parties [shall] act]", "[parties  [shall]\n act ]",
		"[ **Parties**[ shall ]act]", "[PARTIES [SHALL] ACT] "};
	static const char *const other[] = {"[Parties [shall] acts]", "[Parties shall act]",
		"[Parties[shall act]]", "[Parties [shall] a ct]", "Parties [shall] act]", ""};

	(void)state;
	for (size_t i = 1; i < sizeof same / sizeof *same; i++)
		assert_true(bk_digest(bk_str_of(same[0])) == bk_digest(bk_str_of(same[i])));
	for (size_t i = 0; i < sizeof other / sizeof *other; i++)
		assert_true(bk_digest(bk_str_of(same[0])) != bk_digest(bk_str_of(other[i])));
	assert_true(bk_digest(BK_STR("[a\xff]")) == bk_digest(BK_STR("[a\xfe]")));
}

/* Of each bracket, whichever is asked first. */
static void expect_as_of_bytes(struct bk_str text, bool backwards)
{
	bk_draft *draft = draft_of(text);
	struct bk_digests digests;

	assert_int_equal(bk_digests_init(&digests, draft), BK_OK);
	for (uint32_t k = 0; k < draft->bracket_count; k++) {
		const uint32_t i = backwards ? (uint32_t)draft->bracket_count - 1 - k : k;
		const struct bk_bracket *at = &draft->brackets[i];

		assert_true(bk_digests_whole(&digests, i) ==
			    bk_digest((struct bk_str){draft->bytes.ptr + at->start, at->end - at->start}));
		assert_true(bk_digests_own(&digests, i) ==
			    bk_digest((struct bk_str){
				    draft->bytes.ptr + at->text.start, at->text.end - at->text.start}));
	}
	bk_digests_release(&digests);
	bk_draft_free(draft);
}

static void brackets_have_the_digests_of_their_bytes(void **state)
{
	static const char *const pieces[] = {"[", "[", "]", "{", "}", " ", "\n", "EU: ", "Act", " - US", "**",
		"\xc3\xa9", "\xff", "\\[", "(EU)", "1. ", "sustainable development of all Parties, "};

	(void)state;
	srand(1);
	for (int round = 0; round < 200; round++) {
		struct bk_buf text = BK_BUF_INIT;

		for (int i = 0; i < 400; i++)
			bk_buf_puts(&text, pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]);
		expect_as_of_bytes(bk_buf_str(&text), round % 2);
		bk_buf_release(&text);
	}
}

/* The seconds of the process in which those of brackets in brackets are made; the least of some. */
static double seconds_for(size_t count)
{
	struct bk_buf text = BK_BUF_INIT;
	double least = 1e9;
	bk_draft *draft;

	for (size_t i = 0; i < count; i++)
		bk_buf_printf(&text, "[EU: word%zu ", i);
	for (size_t i = 0; i < count; i++)
		bk_buf_putc(&text, ']');
	draft = draft_of(bk_buf_str(&text));
	for (int k = 0; k < 3; k++) {
		const clock_t start = clock();
		struct bk_digests digests;
		double seconds;

		assert_int_equal(bk_digests_init(&digests, draft), BK_OK);
		for (uint32_t i = 0; i < draft->bracket_count; i++)
			assert_true(bk_digests_whole(&digests, i) != bk_digests_own(&digests, i));
		bk_digests_release(&digests);
		seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
		least = seconds < least ? seconds : least;
	}
	bk_draft_free(draft);
	bk_buf_release(&text);
	return least;
}

/* With the square of it, four times as many would take sixteen times as long. */
static void depth_takes_no_more_time_than_number(void **state)
{
	enum { SOME = 4000 };
	const double once = seconds_for(SOME), fourfold = seconds_for(4 * SOME);

	(void)state;
	print_message("%d nested: %.1f ms, four times as many: %.1f ms\n", SOME, once * 1e3, fourfold * 1e3);
	assert_true(fourfold < 8 * once);
}

/* Each of nested brackets is read for its earlier digest, which some bytes are set aside for. */
static void earlier_digests_take_no_endless_time(void **state)
{
	enum { NESTED = 20000 };
	struct bk_buf text = BK_BUF_INIT;
	struct bk_digests digests;
	uint64_t first, again;
	uint32_t made = 0;
	bk_draft *draft;

	(void)state;
	for (int i = 0; i < NESTED; i++)
		bk_buf_puts(&text, "[EU: word ");
	for (int i = 0; i < NESTED; i++)
		bk_buf_putc(&text, ']');
	draft = draft_of(bk_buf_str(&text));
	assert_int_equal(bk_digests_init(&digests, draft), BK_OK);
	assert_true(bk_digests_earlier(&digests, 0, &first));
	assert_true(first == bk_digest_earlier(bk_buf_str(&text)));
	while (made < NESTED && bk_digests_earlier(&digests, made, &again))
		made++;
	assert_in_range(made, 300, 400);
	assert_true(bk_digests_earlier(&digests, 0, &again));
	assert_true(first == again);
	bk_digests_release(&digests);
	bk_draft_free(draft);
	bk_buf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_alone_count),
		cmocka_unit_test(brackets_have_the_digests_of_their_bytes),
		cmocka_unit_test(depth_takes_no_more_time_than_number),
		cmocka_unit_test(earlier_digests_take_no_endless_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
