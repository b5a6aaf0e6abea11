/* Brackets that follow those of another text are paired as they are when nothing is known of it. */
#include "base/buf.h"
#include "base/error.h"
#include "compare/pairing.h"
#include "draft/conventions.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

enum { TEXTS = 4000, LINES = 12, PIECES = 8 };

/* Lines of a text, some of which became others. */
struct texts {
	struct bk_buf was, is;
	struct bk_changed_part changed[LINES];
	size_t count;
};

static size_t below(uint64_t *random, size_t count)
{
	*random = *random * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(*random >> 33) % count;
}

static void put_line(struct bk_buf *out, uint64_t *random)
{
	static const char *const pieces[] = {
		"[", "]", "{", "}", "\\", "\\[", "word ", "[a]", " ", "<<", ">>"};

	for (size_t i = below(random, PIECES); i > 0; i--)
		bk_buf_puts(out, pieces[below(random, sizeof pieces / sizeof *pieces)]);
	bk_buf_putc(out, '\n');
}

static void put_changed(struct texts *texts, uint64_t *random)
{
	struct bk_changed_part *changed = &texts->changed[texts->count++];

	changed->was.start = texts->was.len;
	changed->is.start = texts->is.len;
	for (size_t i = below(random, 3); i > 0; i--)
		put_line(&texts->was, random);
	for (size_t i = below(random, 3); i > 0; i--)
		put_line(&texts->is, random);
	changed->was.end = texts->was.len;
	changed->is.end = texts->is.len;
}

static void make(struct texts *texts, uint64_t *random)
{
	*texts = (struct texts){.was = BK_BUF_INIT, .is = BK_BUF_INIT};
	for (size_t i = 0; i < LINES; i++) {
		const size_t start = texts->was.len;

		if (below(random, 3) == 0) {
			put_changed(texts, random);
			continue;
		}
		put_line(&texts->was, random);
		bk_buf_put(&texts->is, bk_buf_string(&texts->was) + start, texts->was.len - start);
	}
	assert_int_equal(bk_buf_status(&texts->was), BK_OK);
	assert_int_equal(bk_buf_status(&texts->is), BK_OK);
}

static void assert_same(const struct bk_pairing *a, const struct bk_pairing *b)
{
	assert_int_equal(a->marks.len, b->marks.len);
	for (size_t i = 0; i < a->marks.len; i++) {
		assert_int_equal(a->marks.items[i].start, b->marks.items[i].start);
		assert_int_equal(a->marks.items[i].len, b->marks.items[i].len);
		assert_int_equal(a->marks.items[i].partner, b->marks.items[i].partner);
		assert_int_equal(a->marks.items[i].parent, b->marks.items[i].parent);
		assert_int_equal(a->marks.items[i].open, b->marks.items[i].open);
	}
}

static void compare(const struct texts *texts, const bk_conventions *conventions)
{
	const struct bk_str is = bk_buf_str(&texts->is);
	struct bk_pairing was, was_braces, alone, alone_braces, followed, followed_braces;

	assert_int_equal(bk_pairing_find(&was, &was_braces, bk_buf_str(&texts->was), conventions), BK_OK);
	assert_int_equal(bk_pairing_find(&alone, &alone_braces, is, conventions), BK_OK);
	assert_int_equal(bk_pairing_follow(&followed, &followed_braces, is, conventions, &was, &was_braces,
				 texts->changed, texts->count),
		BK_OK);
	assert_same(&followed, &alone);
	assert_same(&followed_braces, &alone_braces);
	bk_pairing_release(&was);
	bk_pairing_release(&was_braces);
	bk_pairing_release(&alone);
	bk_pairing_release(&alone_braces);
	bk_pairing_release(&followed);
	bk_pairing_release(&followed_braces);
}

static void compare_all(const struct bk_setting *settings, size_t count)
{
	bk_conventions *conventions;
	uint64_t random = 1;

	assert_int_equal(bk_conventions_new(&conventions, NULL, settings, count), BK_OK);
	for (size_t i = 0; i < TEXTS; i++) {
		struct texts texts;

		make(&texts, &random);
		compare(&texts, conventions);
		bk_buf_release(&texts.was);
		bk_buf_release(&texts.is);
	}
	bk_conventions_free(conventions);
}

static void a_text_that_follows_another_is_paired_as_by_itself(void **state)
{
	(void)state;
	compare_all(NULL, 0);
}

static void so_it_is_with_brackets_that_reach_over_the_end_of_a_line(void **state)
{
	static const struct bk_setting pairs[] = {
		{"conventions.pair", "<< >>"}, {"conventions.pair", "<<\n> >>\n<"}};

	(void)state;
	compare_all(pairs, sizeof pairs / sizeof *pairs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_that_follows_another_is_paired_as_by_itself),
		cmocka_unit_test(so_it_is_with_brackets_that_reach_over_the_end_of_a_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
