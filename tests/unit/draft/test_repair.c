/*
 * Repaired matching: with the changes that check proposes everything is matched, and a bracket that was taken
 * away is asked back in its own paragraph.
 */
#include "base/error.h"
#include "drafting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#include <time.h>

/* The proposals for brackets, in order. */
struct proposal {
	size_t finding;
	struct bk_repair repair;
};

static size_t proposals_of(const char *bytes, size_t len, struct proposal *out, size_t room)
{
	bk_draft *draft = draft_of_bytes(bytes, len, NULL);
	bk_findings *findings;
	size_t count, found = 0;
	const struct bk_finding *list;

	assert_int_equal(bk_draft_check(draft, &findings), BK_OK);
	list = bk_findings_list(findings, &count);
	for (size_t i = 0; i < count; i++) {
		if (list[i].rule > BK_RULE_UNMATCHED_CLOSE)
			continue;
		assert_int_equal(list[i].repair_count, 1);
		assert_true(strlen(list[i].repairs->why) > 10);
		if (found < room)
			out[found] = (struct proposal){list[i].span.start, *list[i].repairs};
		found++;
	}
	bk_findings_free(findings);
	bk_draft_free(draft);
	return found;
}

static size_t count_unmatched(const struct bk_buf *bytes)
{
	bk_draft *draft = draft_of_bytes(bytes->bytes ? bytes->bytes : "", bytes->len, NULL);
	size_t count;

	bk_draft_unmatched(draft, &count);
	bk_draft_free(draft);
	return count;
}

/* What the text is after all repairs. */
static void assert_repaired(const char *text, const char *expected)
{
	struct bk_buf out = BK_BUF_INIT;

	apply_repairs(text, strlen(text), &out);
	assert_string_equal(bk_buf_string(&out), expected);
	bk_buf_release(&out);
}

/* ---- Where a bracket is asked back ------------------------------------------------------------------- */

static void a_close_lost_in_a_paragraph_is_put_at_its_end(void **state)
{
	(void)state;
	assert_repaired("1. Each Party [shall pay its share.\n\n2. The fund [is] open.\n",
		"1. Each Party [shall pay its share].\n\n2. The fund [is] open.\n");
}

static void a_close_lost_in_an_option_is_put_before_the_next(void **state)
{
	(void)state;
	assert_repaired("Option 1: [The board meets once a year.\n\nOption 2: It [never] meets.\n",
		"Option 1: [The board meets once a year].\n\nOption 2: It [never] meets.\n");
}

static void an_open_lost_at_a_paragraph_s_start_is_put_behind_its_label(void **state)
{
	(void)state;
	assert_repaired("1. Each [Party] pays its share.]\n\n2. The fund is open.\n",
		"1. [Each [Party] pays its share.]\n\n2. The fund is open.\n");
}

static void a_doubled_close_behind_a_whole_paragraph_is_taken_away(void **state)
{
	(void)state;
	assert_repaired("[Recalling the [lasting] role of sinks,]]\n\n1. It [may] pay.\n",
		"[Recalling the [lasting] role of sinks,]\n\n1. It [may] pay.\n");
}

static void a_pair_that_wraps_several_paragraphs_is_left_alone(void **state)
{
	(void)state;
	assert_repaired("[1. Each Party pays.\n\n2. The fund [is open.\n\n3. The seat moves.]\n\n4. End.\n",
		"[1. Each Party pays.\n\n2. The fund [is open].\n\n3. The seat moves.]\n\n4. End.\n");
}

static void braces_are_mended_with_braces(void **state)
{
	(void)state;
	assert_repaired("1. Pay {a note.\n\n2. It [may] end.\n", "1. Pay {a note}.\n\n2. It [may] end.\n");
}

static void a_close_goes_to_the_open_of_its_own_pair(void **state)
{
	static const char text[] = "1. \xE3\x80\x90 open\n";
	const struct bk_setting setting = {"conventions.pair", "\xE3\x80\x90\xE3\x80\x91"};
	bk_conventions *conventions;
	struct bk_draft_options options = {0};
	bk_findings *findings;
	bk_draft *draft;
	size_t count;

	(void)state;
	assert_int_equal(bk_conventions_new(&conventions, "unfccc", &setting, 1), BK_OK);
	options.conventions = conventions;
	draft = draft_of_bytes(text, sizeof text - 1, &options);
	assert_int_equal(bk_draft_check(draft, &findings), BK_OK);
	assert_int_equal(bk_findings_list(findings, &count)->repair_count, 1);
	assert_string_equal(bk_findings_list(findings, &count)->repairs->insert, "\xE3\x80\x91");
	bk_findings_free(findings);
	bk_draft_free(draft);
	bk_conventions_free(conventions);
}

/* ---- All kinds of soup ------------------------------------------------------------------------------- */

static void after_all_repairs_nothing_is_unmatched_whatever_the_text(void **state)
{
	static const char *const pieces[] = {"[", "]", "{", "}", "[[", "]]", " ", "\n", "\n\n", "word", ". ",
		", ", "\\", "1. ", "(a) ", "Option 1: ", "## Article 2\n", "; and", "\xC3\xA9", "**", "[^1]",
		"\\["};
	unsigned seed = 424242;

	(void)state;
	for (int round = 0; round < 1500; round++) {
		struct bk_buf text = BK_BUF_INIT, out = BK_BUF_INIT;

		for (int i = rand_r(&seed) % 120; i > 0; i--)
			bk_buf_puts(&text, pieces[(size_t)rand_r(&seed) % (sizeof pieces / sizeof *pieces)]);
		bk_buf_puts(&text, "");
		apply_repairs(bk_buf_string(&text), text.len, &out);
		if (count_unmatched(&out) != 0)
			fail_msg("round %d: '%s' became '%s'", round, bk_buf_string(&text),
				bk_buf_string(&out));
		bk_buf_release(&text);
		bk_buf_release(&out);
	}
}

static void very_many_faults_are_mended_in_little_time(void **state)
{
	enum { COUNT = 20000 };
	struct bk_buf text = BK_BUF_INIT, out = BK_BUF_INIT;

	(void)state;
	for (int i = 0; i < COUNT; i++)
		bk_buf_puts(&text, "a] b]\n");
	for (int i = 0; i < COUNT; i++)
		bk_buf_puts(&text, "[a [b\n");
	apply_repairs(text.bytes, text.len, &out);
	assert_int_equal(count_unmatched(&out), 0);
	bk_buf_release(&text);
	bk_buf_release(&out);
}

/* What is deleted leaves ever longer gaps, which were looked through each time: minutes, not parts of a second. */
static void a_line_of_lone_brackets_is_mended_in_little_time(void **state)
{
	enum { COUNT = 100000, SECONDS = 4 };
	static const char lone[] = "][";

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct bk_buf text = BK_BUF_INIT, out = BK_BUF_INIT;
		const clock_t start = clock();

		for (int n = 0; n < COUNT; n++)
			bk_buf_putc(&text, lone[i]);
		apply_repairs(text.bytes, text.len, &out);
		assert_int_equal(count_unmatched(&out), 0);
		assert_true(clock() - start < SECONDS * CLOCKS_PER_SEC);
		bk_buf_release(&text);
		bk_buf_release(&out);
	}
}

static void repairs_are_applied_by_their_offset(void **state)
{
	static const char text[] = "1. It [may pay.\n\n2. It [must go.\n";
	bk_draft *draft = draft_of(text);
	const size_t first[] = {14}, wrong[] = {14, 3};
	bk_findings *findings;
	bk_changes *changes = NULL;
	struct bk_buf out = BK_BUF_INIT;

	(void)state;
	assert_int_equal(bk_draft_check(draft, &findings), BK_OK);
	assert_int_equal(bk_findings_repair(findings, wrong, 2, &changes), BK_ENOTFOUND);
	assert_null(changes);
	assert_string_equal(bk_error_message(), "offset '3' has no repair: take one that check lists");
	assert_int_equal(bk_findings_repair(findings, first, 1, &changes), BK_OK);
	apply_changes(text, sizeof text - 1, changes, &out);
	assert_string_equal(bk_buf_string(&out), "1. It [may pay].\n\n2. It [must go.\n");
	bk_buf_release(&out);
	bk_changes_free(changes);
	bk_findings_free(findings);
	bk_draft_free(draft);
}

/* ---- Issued drafts ----------------------------------------------------------------------------------- */

/* Where a careful reader would mend the brackets that plain matching leaves alone: within these bytes. */
struct read {
	size_t unmatched, from, to;
};

struct issued {
	const char *name;
	size_t count;
	struct read faults[10];
};

static const struct issued issued[] = {
	{"paris-2015-10-23.md", 3, {{1095, 809, 1096}, {2546, 1832, 2547}, {102801, 102680, 102931}}},
	{"paris-2015-12-04.md", 5,
		{{1589, 1249, 1590}, {3877, 3160, 3878}, {4970, 4240, 4971}, {87040, 86370, 87041},
			{97060, 97060, 97524}}},
	{"plastics-inc4-3.txt", 10,
		{{76087, 75260, 76088}, {100207, 100207, 100844}, {162559, 162559, 162660},
			{176054, 176054, 177081}, {178635, 178635, 179283}, {184687, 184687, 185380},
			{209018, 209018, 209216}, {222615, 222615, 227113}, {237361, 237361, 238420},
			{240159, 240159, 240324}}},
	{"bbnj-prepcom-2026.txt", 0, {{0, 0, 0}}},
};

static void assert_read(const struct issued *it, const struct bk_buf *bytes)
{
	struct proposal found[12];
	struct bk_buf out = BK_BUF_INIT;
	size_t in = 0;

	assert_int_equal(proposals_of(bytes->bytes, bytes->len, found, 12), it->count);
	for (size_t i = 0; i < it->count; i++) {
		const struct read *fault = &it->faults[i];

		assert_int_equal(found[i].finding, fault->unmatched);
		in += found[i].repair.offset >= fault->from && found[i].repair.offset <= fault->to;
	}
	print_message("%s: %zu of %zu where a careful reader would\n", it->name, in, it->count);
	assert_int_equal(in, it->count);
	apply_repairs(bytes->bytes, bytes->len, &out);
	assert_int_equal(count_unmatched(&out), 0);
	bk_buf_release(&out);
}

static void issued_drafts_are_mended_where_a_careful_reader_would(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof issued / sizeof *issued; i++) {
		struct bk_buf bytes = BK_BUF_INIT;

		if (!read_below("BRACKED_CORPUS", issued[i].name, &bytes)) {
			print_message("skipped: %s is not at hand\n", issued[i].name);
			skip();
		}
		assert_read(&issued[i], &bytes);
		bk_buf_release(&bytes);
	}
}

/* ---- Brackets taken away ----------------------------------------------------------------------------- */

enum { TRIALS = 100, LONGEST_STRETCH = 4000 };

/* The bounds of the paragraph around offset, between blank lines. */
static struct bk_span paragraph_at(const char *bytes, size_t len, size_t offset)
{
	struct bk_span span = {offset, offset};

	while (span.start > 0 &&
		!(bytes[span.start - 1] == '\n' && (span.start < 2 || bytes[span.start - 2] == '\n')))
		span.start--;
	while (span.end < len &&
		!(bytes[span.end] == '\n' && (span.end + 1 >= len || bytes[span.end + 1] == '\n')))
		span.end++;
	return span;
}

/* Take one bracket character away; whether a bracket is asked back in the paragraph. */
static bool comes_back(const char *bytes, size_t len, size_t offset)
{
	struct bk_buf text = BK_BUF_INIT;
	struct proposal found[4];
	struct bk_span paragraph;
	size_t count;

	bk_buf_put(&text, bytes, offset);
	bk_buf_put(&text, bytes + offset + 1, len - offset - 1);
	paragraph = paragraph_at(text.bytes, text.len, offset);
	count = proposals_of(text.bytes, text.len, found, 4);
	bk_buf_release(&text);
	return count == 1 && found[0].repair.insert && found[0].repair.offset >= paragraph.start &&
	       found[0].repair.offset <= paragraph.end;
}

/* Of TRIALS brackets drawn by lot, how many per cent come back when their open, or close, is taken away. */
static double trials(const char *bytes, size_t len, bool open, unsigned seed)
{
	bk_draft *draft = draft_of_bytes(bytes, len, NULL);
	size_t count, back = 0, tried = 0;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);

	while (tried < TRIALS && count > 0) {
		const struct bk_bracket *bracket = &brackets[(size_t)rand_r(&seed) % count];

		if (bracket->brace)
			continue;
		tried++;
		back += comes_back(bytes, len, open ? bracket->start : bracket->end - 1);
	}
	bk_draft_free(draft);
	return 100.0 * (double)back / TRIALS;
}

/* The stretches of a text between places where nothing is open, those that are not long: where brackets run
 * on over many paragraphs, a draft hides faults. */
static void take_stretches(const struct bk_buf *bytes, struct bk_buf *out)
{
	size_t start = 0, depth = 0;

	for (size_t i = 0; i < bytes->len; i++) {
		depth += bytes->bytes[i] == '[';
		depth -= bytes->bytes[i] == ']' && depth > 0;
		if (depth > 0 || bytes->bytes[i] != '\n' ||
			(i + 1 < bytes->len && bytes->bytes[i + 1] != '\n'))
			continue;
		if (i + 1 - start < LONGEST_STRETCH)
			bk_buf_put(out, bytes->bytes + start, i + 1 - start);
		start = i + 1;
	}
}

static void assert_nine_in_ten(const char *name, const struct bk_buf *bytes)
{
	struct bk_buf repaired = BK_BUF_INIT, stretches = BK_BUF_INIT;
	double closes, opens;

	apply_repairs(bytes->bytes, bytes->len, &repaired);
	take_stretches(&repaired, &stretches);
	assert_int_equal(count_unmatched(&stretches), 0);
	closes = trials(stretches.bytes, stretches.len, false, 1);
	opens = trials(stretches.bytes, stretches.len, true, 2);
	print_message("%s: of %d closes %.1f %% come back, of %d opens %.1f %%\n", name, TRIALS, closes,
		TRIALS, opens);
	assert_true(closes >= 90.0);
	assert_true(opens >= 90.0);
	bk_buf_release(&repaired);
	bk_buf_release(&stretches);
}

static void nine_in_ten_brackets_taken_from_the_sample_come_back(void **state)
{
	static const char *const names[] = {"texts/cancun/1.txt", "texts/cancun/3.txt"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct bk_buf bytes = BK_BUF_INIT;

		assert_true(read_below("BRACKED_SOURCE", names[i], &bytes));
		assert_nine_in_ten(names[i], &bytes);
		bk_buf_release(&bytes);
	}
}

static void nine_in_ten_brackets_taken_from_issued_drafts_come_back(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof issued / sizeof *issued; i++) {
		struct bk_buf bytes = BK_BUF_INIT;

		if (!read_below("BRACKED_CORPUS", issued[i].name, &bytes)) {
			print_message("skipped: %s is not at hand\n", issued[i].name);
			skip();
		}
		assert_nine_in_ten(issued[i].name, &bytes);
		bk_buf_release(&bytes);
	}
}

static void a_check_that_runs_out_of_memory_leaves_nothing_behind(void **state)
{
	bk_draft *draft = draft_of("Article 1\n\n1. It [may pay] now].\n\n(a) {x [y\n\n(c) see paragraph "
				   "7\n\n[^1]: a\n[^1]: b\n");
	bk_findings *findings = NULL;

	(void)state;
	for (size_t after = 0; !findings; after++) {
		assert_true(after < 10000);
		bk_alloc_fail_after(after);
		if (bk_draft_check(draft, &findings) < 0)
			findings = NULL;
		bk_alloc_fail_after(SIZE_MAX);
	}
	bk_findings_free(findings);
	bk_findings_free(NULL);
	bk_draft_free(draft);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_close_lost_in_a_paragraph_is_put_at_its_end),
		cmocka_unit_test(a_close_lost_in_an_option_is_put_before_the_next),
		cmocka_unit_test(an_open_lost_at_a_paragraph_s_start_is_put_behind_its_label),
		cmocka_unit_test(a_doubled_close_behind_a_whole_paragraph_is_taken_away),
		cmocka_unit_test(a_pair_that_wraps_several_paragraphs_is_left_alone),
		cmocka_unit_test(braces_are_mended_with_braces),
		cmocka_unit_test(a_close_goes_to_the_open_of_its_own_pair),
		cmocka_unit_test(after_all_repairs_nothing_is_unmatched_whatever_the_text),
		cmocka_unit_test(very_many_faults_are_mended_in_little_time),
		cmocka_unit_test(a_line_of_lone_brackets_is_mended_in_little_time),
		cmocka_unit_test(repairs_are_applied_by_their_offset),
		cmocka_unit_test(issued_drafts_are_mended_where_a_careful_reader_would),
		cmocka_unit_test(nine_in_ten_brackets_taken_from_the_sample_come_back),
		cmocka_unit_test(nine_in_ten_brackets_taken_from_issued_drafts_come_back),
		cmocka_unit_test(a_check_that_runs_out_of_memory_leaves_nothing_behind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
