/* The folds of a desk: what can be folded, what is kept of it, and what is found again. */
#include "base/alloc.h"
#include "base/hash.h"
#include "lib/scratch.h"
#include "tui/desk.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const char words[] = "Draft\n"
			    "\n"
			    "Article 1\n"
			    "Aim\n"
			    "\n"
			    "1. The Parties [shall][should] act:\n"
			    "\n"
			    "   (a) soon [and well];\n"
			    "\n"
			    "   (b) together [always\n"
			    "   and everywhere];\n"
			    "\n"
			    "Article 2\n"
			    "\n"
			    "2. Money [flows].\n";

struct fixture {
	struct bk_session session;
	struct bk_desk desk;
};

static void open_text(struct fixture *f, const char *bytes)
{
	*f = (struct fixture){.desk.view.anchor = BK_NOWHERE};
	f->desk.session = &f->session;
	assert_int_equal(bk_text_new(&f->session.text, bytes, strlen(bytes)), BK_OK);
	assert_int_equal(bk_draft_new(&f->session.draft, bk_text_now(f->session.text), NULL), BK_OK);
	f->session.draft_version = bk_text_version(f->session.text);
}

static void close_text(struct fixture *f)
{
	bk_desk_release_folds(&f->desk);
	bk_carry_release(&f->desk.carry);
	bk_draft_free(f->session.draft);
	bk_text_free(f->session.text);
}

/* The lines of the node that is labelled so. */
static struct bk_span span_of(const struct fixture *f, const char *label)
{
	size_t count;
	const struct bk_node *const nodes = bk_draft_nodes(f->session.draft, &count);
	struct bk_span span = {0, 0};
	for (size_t i = 0; i < count; i++)
		if (strcmp(nodes[i].label, label) == 0)
			assert_true(bk_fold_span_of(f->session.draft, &nodes[i], 0, &span));
	return span;
}

static void assert_lines(const char *text, struct bk_span span, const char *first, const char *last)
{
	const char *const end = text + span.end;
	assert_true(strncmp(text + span.start, first, strlen(first)) == 0);
	assert_true(strncmp(end - strlen(last), last, strlen(last)) == 0);
}

static void a_fold_holds_whole_lines_without_the_blank_ones_behind(void **state)
{
	(void)state;
	struct fixture f;
	open_text(&f, words);
	assert_lines(words, span_of(&f, "Article 1"), "Article 1\n", "and everywhere];\n");
	assert_lines(words, span_of(&f, "1"), "1. The", "and everywhere];\n");
	assert_lines(words, span_of(&f, "(a)"), "   (a)", "[and well];\n");
	assert_lines(words, span_of(&f, "Article 2"), "Article 2\n", "[flows].\n");
	close_text(&f);
}

static void what_opens_in_a_span_is_counted(void **state)
{
	(void)state;
	struct fixture f;
	open_text(&f, words);
	bk_marks_sum(&f.desk.marks, f.session.draft);
	assert_int_equal(bk_desk_sums(&f.desk, span_of(&f, "Article 1")).open, 4);
	assert_int_equal(bk_desk_sums(&f.desk, span_of(&f, "(b)")).open, 1);
	assert_int_equal(bk_desk_sums(&f.desk, (struct bk_span){0, sizeof words - 1}).open, 5);
	bk_marks_release(&f.desk.marks);
	close_text(&f);
}

static void fold(struct fixture *f, const char *label)
{
	const struct bk_span span = span_of(f, label);
	assert_int_equal(bk_desk_fold(&f->desk, &span, 1), BK_OK);
}

static void assert_folds(const struct fixture *f, const char *const *labels)
{
	size_t i = 0;
	for (; labels[i] != NULL; i++) {
		assert_true(i < bk_folds_count(&f->desk.folds));
		const struct bk_span span = span_of(f, labels[i]), found = bk_folds_get(&f->desk.folds, i);
		assert_int_equal(found.start, span.start);
		assert_int_equal(found.end, span.end);
	}
	assert_int_equal(bk_folds_count(&f->desk.folds), i);
}

/* What the journal is told about the folds of words. */
static void keep(struct bk_buf *out)
{
	struct fixture f;
	open_text(&f, words);
	fold(&f, "1");
	fold(&f, "(b)");
	fold(&f, "Article 2");
	bk_desk_put_folds(&f.desk, false, out);
	bk_desk_note_told(&f.desk);
	struct bk_buf again = BK_BUF_INIT;
	bk_desk_put_folds(&f.desk, false, &again);
	assert_string_equal(bk_buf_string(&again), "=");
	bk_buf_release(&again);
	close_text(&f);
}

static void folds_come_back_where_they_stood(void **state)
{
	(void)state;
	static const char *const labels[] = {"1", "(b)", "Article 2", NULL};
	struct bk_buf kept = BK_BUF_INIT;
	struct fixture f;
	keep(&kept);
	open_text(&f, words);
	bk_desk_take_folds(&f.desk, bk_buf_string(&kept), true);
	assert_folds(&f, labels);
	bk_buf_release(&kept);
	close_text(&f);
}

static void folds_are_found_again_in_a_text_that_others_changed(void **state)
{
	(void)state;
	static const char changed[] =
		"Draft\n\nArticle 0\n\n0. New [words].\n\n"
		"Article 1\nAim\n\n1. The Parties [shall][should] act:\n\n"
		"   (a) soon [and well];\n\n   (a bis) once more;\n\n"
		"   (b) together [never];\n   really\n\nArticle 2\n\n2. Money [flows].\n";
	static const char *const labels[] = {"1", "Article 2", NULL};
	struct bk_buf kept = BK_BUF_INIT;
	struct fixture f;
	keep(&kept);
	open_text(&f, changed);
	bk_desk_take_folds(&f.desk, bk_buf_string(&kept), false);
	assert_int_equal(bk_folds_count(&f.desk.folds), 0);
	bk_desk_find_folds(&f.desk);
	assert_folds(&f, labels);
	bk_buf_release(&kept);
	close_text(&f);
}

/* Memory that runs out while folds come back costs none of them: the draft, when it is read, has them. */
static void folds_that_found_no_memory_are_found_once_the_draft_is_read(void **state)
{
	(void)state;
	static const char *const labels[] = {"1", "(b)", "Article 2", NULL};
	struct bk_buf kept = BK_BUF_INIT;
	keep(&kept);
	size_t left = 1;
	for (size_t after = 1; after < 40 && left > 0; after++) {
		struct fixture f;
		open_text(&f, words);
		bk_alloc_fail_after(after);
		bk_desk_take_folds(&f.desk, bk_buf_string(&kept), true);
		const size_t made = bk_alloc_fail_after(SIZE_MAX);
		left = made > after;
		bk_desk_find_folds(&f.desk);
		assert_folds(&f, labels);
		close_text(&f);
	}
	assert_int_equal(left, 0);
	bk_buf_release(&kept);
}

static void folds_are_looked_for_again_after_memory_ran_out(void **state)
{
	(void)state;
	static const char *const labels[] = {"1", "(b)", "Article 2", NULL};
	struct bk_buf kept = BK_BUF_INIT;
	keep(&kept);
	for (size_t after = 0; after < 12; after++) {
		struct fixture f;
		open_text(&f, words);
		bk_desk_take_folds(&f.desk, bk_buf_string(&kept), false);
		bk_alloc_fail_after(after);
		bk_desk_find_folds(&f.desk);
		bk_alloc_fail_after(SIZE_MAX);
		bk_desk_find_folds(&f.desk);
		assert_folds(&f, labels);
		close_text(&f);
	}
	bk_buf_release(&kept);
}

static void open_journal(struct fixture *f, struct bk_journal_place *place)
{
	struct bk_journal_found found;
	assert_int_equal(bk_journal_open(&f->session.journal, scratch, "/talks/folds.txt",
				 bk_hash(words, sizeof words - 1), f->session.text, &found, place),
		BK_OK);
}

/* A place that the journal could not take is told again. */
static void a_place_that_was_not_taken_is_told_again(void **state)
{
	(void)state;
	struct bk_buf kept = BK_BUF_INIT;
	keep(&kept);
	for (size_t after = 0; after < 6; after++) {
		struct bk_journal_place place;
		struct fixture f;
		open_text(&f, words);
		open_journal(&f, &place);
		bk_desk_keep_place(&f.desk, true);
		fold(&f, "1");
		fold(&f, "(b)");
		fold(&f, "Article 2");
		f.desk.view.cursor = 7 + after;
		bk_alloc_fail_after(after);
		bk_desk_keep_place(&f.desk, false);
		bk_alloc_fail_after(SIZE_MAX);
		bk_desk_keep_place(&f.desk, false);
		bk_journal_free(f.session.journal);
		open_journal(&f, &place);
		assert_int_equal(place.cursor, 7 + after);
		assert_string_equal(place.folds, bk_buf_string(&kept));
		bk_journal_free(f.session.journal);
		close_text(&f);
	}
	bk_buf_release(&kept);
}

static void what_cannot_be_read_is_no_fold(void **state)
{
	(void)state;
	static const char *const odd[] = {"=", "x", "6+", "6+4/", "6+4/zz;", "99999999+4/1;",
		"6+99999999999/1;", "18446744073709551615+18446744073709551615/ffffffff;1+1/1;", "0+3/0;;;"};
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		struct fixture f;
		open_text(&f, words);
		bk_desk_take_folds(&f.desk, odd[i], true);
		bk_desk_find_folds(&f.desk);
		assert_int_equal(bk_folds_count(&f.desk.folds), 0);
		close_text(&f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fold_holds_whole_lines_without_the_blank_ones_behind),
		cmocka_unit_test(what_opens_in_a_span_is_counted),
		cmocka_unit_test(folds_come_back_where_they_stood),
		cmocka_unit_test(folds_are_found_again_in_a_text_that_others_changed),
		cmocka_unit_test(folds_that_found_no_memory_are_found_once_the_draft_is_read),
		cmocka_unit_test(folds_are_looked_for_again_after_memory_ran_out),
		cmocka_unit_test(a_place_that_was_not_taken_is_told_again),
		cmocka_unit_test(what_cannot_be_read_is_no_fold),
	};
	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
