/* Windows show what differs in two paragraphs, and as little as can be of what does not. */
#include "base/buf.h"
#include "compare/amendment_private.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <bracked/draft.h>
#include <cmocka.h>

enum { MAX = 4000 };

/* Two paragraphs and their windows. */
struct paragraphs {
	struct bk_base base;
	struct bk_amendments amendments;
	bk_windows windows;
	bool are_found;
};

static void find(struct paragraphs *paragraphs, struct bk_str base, struct bk_str file)
{
	*paragraphs = (struct paragraphs){.base.vocabulary = BK_VOCABULARY_INIT,
		.amendments = {.base = &paragraphs->base, .bytes = file}};
	assert_int_equal(bk_tokens_init(&paragraphs->base.tokens, base), BK_OK);
	assert_int_equal(bk_tokens_init(&paragraphs->amendments.tokens, file), BK_OK);
	assert_int_equal(paragraphs->base.tokens.paragraphs.len, 1);
	assert_int_equal(paragraphs->amendments.tokens.paragraphs.len, 1);
	assert_int_equal(
		bk_windows_find(&paragraphs->windows, &paragraphs->amendments, 0, 0, &paragraphs->are_found),
		BK_OK);
}

static void release(struct paragraphs *paragraphs)
{
	bk_tokens_release(&paragraphs->base.tokens);
	bk_tokens_release(&paragraphs->amendments.tokens);
	bk_vocabulary_release(&paragraphs->base.vocabulary);
	BK_VEC_RELEASE(&paragraphs->windows);
}

static void assert_window(
	const struct paragraphs *paragraphs, size_t index, const char *base, const char *file)
{
	const struct bk_window *window = &paragraphs->windows.items[index];

	assert_true(index < paragraphs->windows.len);
	assert_true(bk_str_equal(bk_part(paragraphs->base.tokens.bytes, window->base.start, window->base.end),
		bk_str_of(base)));
	assert_true(bk_str_equal(bk_part(paragraphs->amendments.bytes, window->file.start, window->file.end),
		bk_str_of(file)));
}

static void a_word_is_shown_with_the_words_beside_it(void **state)
{
	struct paragraphs paragraphs;

	(void)state;
	find(&paragraphs,
		BK_STR("Each Party shall communicate to the Conference of the Parties what it does."),
		BK_STR("Each Party shall communicate to the Assembly of the Parties what it does."));
	assert_true(paragraphs.are_found);
	assert_int_equal(paragraphs.windows.len, 1);
	assert_window(&paragraphs, 0, "communicate to the Conference of the Parties what",
		"communicate to the Assembly of the Parties what");
	assert_false(paragraphs.windows.items[0].begins);
	assert_false(paragraphs.windows.items[0].ends);
	release(&paragraphs);
}

static void what_lies_near_is_shown_together_and_what_lies_far_apart(void **state)
{
	struct paragraphs paragraphs;

	(void)state;
	find(&paragraphs,
		BK_STR("Each Party shall take measures, and report on them every year to the Conference of "
		       "the Parties "
		       "in full."),
		BK_STR("Each State should take measures, and report on them every year to the Conference of "
		       "the "
		       "Parties."));
	assert_true(paragraphs.are_found);
	assert_int_equal(paragraphs.windows.len, 2);
	assert_window(&paragraphs, 0, "Each Party shall take measures, and",
		"Each State should take measures, and");
	assert_window(&paragraphs, 1, "Conference of the Parties in full.", "Conference of the Parties.");
	assert_true(paragraphs.windows.items[0].begins);
	assert_true(paragraphs.windows.items[1].ends);
	release(&paragraphs);
}

static void paragraphs_of_which_less_than_half_is_the_same_have_none(void **state)
{
	struct paragraphs paragraphs;

	(void)state;
	find(&paragraphs,
		BK_STR("Each Party shall communicate to the Conference of the Parties what it does."),
		BK_STR("Each Party shall enhance action."));
	assert_false(paragraphs.are_found);
	assert_int_equal(paragraphs.windows.len, 0);
	release(&paragraphs);
}

/* ---- Any paragraphs ------------------------------------------------------------------------------------ */

static size_t put(char *out, size_t len, const char *piece)
{
	const size_t more = strlen(piece);

	assert_true(len + more < MAX);
	memcpy(out + len, piece, more);
	return len + more;
}

/* One of few pieces, so that they repeat themselves; blanks and none between. */
static const char *any_piece(void)
{
	static const char *const pieces[] = {"the ", "Parties ", "shall ", "of ", ", ", "[", "] ", "and\t",
		"1.5 ", "\\[", "[^3]", "  ", "report", "-", "\xD8\xB9\xD8\xB1 ", "\xE6\xAC\xA7",
		"communicate "};

	return pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)];
}

static void make(char *base, size_t *base_len, char *file, size_t *file_len)
{
	const size_t pieces = (size_t)rand() % 120;
	const int rate = 2 + rand() % 60;

	*base_len = put(base, 0, "x");
	*file_len = put(file, 0, "x");
	for (size_t i = 0; i < pieces; i++) {
		const char *piece = any_piece();
		const int deed = rand() % rate;

		if (deed != 0)
			*base_len = put(base, *base_len, piece);
		if (deed != 1)
			*file_len = put(file, *file_len, deed == 2 ? any_piece() : piece);
	}
}

static bool ends_at_blank(struct bk_str bytes, size_t at)
{
	return at == bytes.len || bk_is_space(bytes.ptr[at]);
}

/* Tokens of a window are those that the paragraph has there. */
static void check_tokens(struct bk_str bytes, struct bk_span window)
{
	const struct bk_str part = {bytes.ptr, window.end};
	struct bk_span whole = bk_token_next(bytes, 0), token = bk_token_next(part, window.start);

	while (whole.start < window.start && whole.start < whole.end)
		whole = bk_token_next(bytes, whole.end);
	for (; token.start < token.end; token = bk_token_next(part, token.end)) {
		assert_int_equal(token.start, whole.start);
		assert_int_equal(token.end, whole.end);
		whole = bk_token_next(bytes, whole.end);
	}
}

static void check(const struct paragraphs *paragraphs, struct bk_str base, struct bk_str file)
{
	size_t at = 0, in_file = 0;

	for (size_t i = 0; i <= paragraphs->windows.len; i++) {
		const bool is_end = i == paragraphs->windows.len;
		const struct bk_window end = {.base = {base.len, base.len}, .file = {file.len, file.len}},
				       *it = is_end ? &end : &paragraphs->windows.items[i];

		assert_true(it->base.start >= at && it->file.start >= in_file);
		assert_true(bk_str_equal(
			bk_part(base, at, it->base.start), bk_part(file, in_file, it->file.start)));
		at = it->base.end;
		in_file = it->file.end;
		if (is_end)
			continue;
		assert_true(it->begins ? it->base.start == 0 : bk_is_space(base.ptr[it->base.start - 1]));
		assert_true(it->ends ? at == base.len : ends_at_blank(base, at));
		check_tokens(base, it->base);
		check_tokens(file, it->file);
	}
}

static void between_windows_all_is_the_same_and_their_tokens_are_the_paragraphs_own(void **state)
{
	static char base[MAX], file[MAX];
	size_t base_len, file_len, found = 0, windows = 0;

	(void)state;
	srand(20261130);
	for (size_t turn = 0; turn < 20000; turn++) {
		struct paragraphs paragraphs;

		make(base, &base_len, file, &file_len);
		find(&paragraphs, (struct bk_str){base, base_len}, (struct bk_str){file, file_len});
		if (paragraphs.are_found)
			check(&paragraphs, (struct bk_str){base, base_len}, (struct bk_str){file, file_len});
		else
			assert_int_equal(paragraphs.windows.len, 0);
		found += paragraphs.are_found;
		windows += paragraphs.windows.len;
		release(&paragraphs);
	}
	print_message("20000 pairs of paragraphs: %zu with %zu windows\n", found, windows);
	assert_true(found > 10000 && windows > found);
}

/* ---- What is matched in them --------------------------------------------------------------------------- */

/* A version of many paragraphs, each with another word. */
static void put_provisions(struct bk_buf *base, struct bk_buf *file, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bk_buf_printf(base,
			"%zu. Each Party shall communicate to the Conference of the Parties, every two "
			"years, "
			"what it does.\n\n",
			i + 1);
		bk_buf_printf(file,
			"%zu. Each Party %s communicate to the Conference of the Parties, every %s years, "
			"what it does.\n\n",
			i + 1, i % 2 ? "should" : "shall", i % 2 ? "two" : "five");
	}
	assert_int_equal(bk_buf_status(base), BK_OK);
	assert_int_equal(bk_buf_status(file), BK_OK);
}

static void of_paragraphs_that_are_alike_in_most_no_tokens_are_cut_but_in_windows(void **state)
{
	enum { COUNT = 40 };
	struct bk_buf base = BK_BUF_INIT, file = BK_BUF_INIT;
	struct bk_amendments amendments;
	struct bk_notation notation = {0};
	bk_conventions *conventions;
	struct bk_base it;

	(void)state;
	put_provisions(&base, &file, COUNT);
	assert_int_equal(bk_conventions_new(&conventions, NULL, NULL, 0), BK_OK);
	notation.conventions = conventions;
	bk_base_begin(&it, bk_buf_str(&base), &notation);
	assert_int_equal(bk_base_pair(&it), BK_OK);
	assert_int_equal(bk_base_number(&it), BK_OK);
	assert_int_equal(bk_amendments_find(&amendments, &it, bk_buf_str(&file), "EU"), BK_OK);
	assert_int_equal(amendments.list.len, COUNT);
	assert_int_equal(it.tokens.items.len, 0);
	assert_int_equal(amendments.tokens.items.len, 0);
	bk_amendments_release(&amendments);
	bk_base_release(&it);
	bk_conventions_free(conventions);
	bk_buf_release(&base);
	bk_buf_release(&file);
}

/* Where each token of the base that begins at an offset stands in the version; BK_NONE where it does not. */
struct standings {
	uint32_t at[MAX];
};

static void note_matches(struct standings *standings, const struct bk_gap_match *match)
{
	for (size_t i = 0; i < match->base.items.len; i++) {
		const uint32_t there = match->base.match.items[i];

		standings->at[match->base.items.items[i].start] =
			there == BK_NONE ? BK_NONE : match->file.items.items[there].start;
	}
}

/* What is outside of windows stands in both.  False when one shows what differs only in part. */
static bool note_windows(
	struct standings *standings, struct bk_gap_match *match, const struct paragraphs *paragraphs)
{
	size_t at = 0, in_file = 0;

	for (size_t i = 0; i <= paragraphs->windows.len; i++) {
		const bool is_end = i == paragraphs->windows.len;
		const struct bk_window *window = is_end ? NULL : &paragraphs->windows.items[i];
		const size_t end = is_end ? paragraphs->base.tokens.bytes.len : window->base.start;

		for (; at < end; at++, in_file++)
			standings->at[at] = (uint32_t)in_file;
		if (is_end)
			break;
		assert_int_equal(bk_gap_match_find_window(match, window), BK_OK);
		if (match->falls_short)
			return false;
		note_matches(standings, match);
		at = window->base.end;
		in_file = window->file.end;
	}
	return true;
}

/* The same tokens are matched in windows and in paragraphs as a whole; false when these are to be matched so. */
static bool compare_matches(struct paragraphs *paragraphs)
{
	static struct standings whole, windows;
	struct bk_tokens *base = &paragraphs->base.tokens, *file = &paragraphs->amendments.tokens;
	struct bk_gap_match match = {
		.base.tokens = base, .file.tokens = file, .vocabulary = &paragraphs->base.vocabulary};

	bool are_shown;

	assert_int_equal(bk_sequencer_new(&match.sequencer, MAX), BK_OK);
	are_shown = note_windows(&windows, &match, paragraphs);
	assert_int_equal(bk_tokens_cut(base, match.vocabulary, 0), BK_OK);
	assert_int_equal(bk_tokens_cut(file, match.vocabulary, 0), BK_OK);
	assert_int_equal(bk_gap_match_find(&match, &(struct bk_gap){0, 1, 0, 1}), BK_OK);
	note_matches(&whole, &match);
	for (size_t i = 0; i < base->items.len && are_shown; i++) {
		const uint32_t at = base->items.items[i].start;

		assert_int_equal(windows.at[at], whole.at[at]);
	}
	bk_sequencer_free(match.sequencer);
	bk_gap_match_release(&match);
	return are_shown;
}

/* A paragraph of words that are all different, and one with some that went, came, or gave way to others. */
static void make_different(struct bk_buf *base, struct bk_buf *file)
{
	const size_t words = 20 + (size_t)rand() % 100;

	bk_buf_clear(base);
	bk_buf_clear(file);
	for (size_t i = 0, since = 0; i < words; i++, since++) {
		const int deed = since > 3 ? rand() % 20 : 20;

		if (deed != 0)
			bk_buf_printf(base, "%sw%zu", base->len ? " " : "", i);
		if (deed != 1)
			bk_buf_printf(file, deed == 2 ? "%sother%zu" : "%sw%zu", file->len ? " " : "", i);
		since = deed < 3 ? 0 : since;
	}
	assert_int_equal(bk_buf_status(base), BK_OK);
	assert_int_equal(bk_buf_status(file), BK_OK);
}

static void windows_match_what_paragraphs_match_as_a_whole(void **state)
{
	struct bk_buf base = BK_BUF_INIT, file = BK_BUF_INIT;
	size_t compared = 0;

	(void)state;
	srand(77);
	for (size_t turn = 0; turn < 3000; turn++) {
		struct paragraphs paragraphs;

		make_different(&base, &file);
		find(&paragraphs, bk_buf_str(&base), bk_buf_str(&file));
		if (paragraphs.are_found && compare_matches(&paragraphs))
			compared++;
		release(&paragraphs);
	}
	print_message("3000 pairs of paragraphs: %zu matched in windows\n", compared);
	assert_true(compared > 2000);
	bk_buf_release(&base);
	bk_buf_release(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_is_shown_with_the_words_beside_it),
		cmocka_unit_test(what_lies_near_is_shown_together_and_what_lies_far_apart),
		cmocka_unit_test(paragraphs_of_which_less_than_half_is_the_same_have_none),
		cmocka_unit_test(between_windows_all_is_the_same_and_their_tokens_are_the_paragraphs_own),
		cmocka_unit_test(of_paragraphs_that_are_alike_in_most_no_tokens_are_cut_but_in_windows),
		cmocka_unit_test(windows_match_what_paragraphs_match_as_a_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
