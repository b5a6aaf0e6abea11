/*
 * Agreement with a human eye: classes, choices and attributions against labels made by reading.
 *
 * eye/brackets.tsv holds labels of brackets in issued drafts, which are not part of this project: they are
 * read from $BRACKED_CORPUS, and the case is skipped where that is absent.  eye/attributions.tsv and
 * eye/invented.tsv hold lines written for the test.  $BRACKED_SOURCE/tests/unit/draft is where they stand.
 */
#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "draft/draft.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "names.h"
#include "labels.h"

struct score {
	size_t right, all;
};

static double percent(struct score score)
{
	return score.all ? 100.0 * (double)score.right / (double)score.all : 100.0;
}

static void count(struct score *score, bool right)
{
	score->all++;
	score->right += right;
}

/* ---- Reading labels --------------------------------------------------------------------------------- */

/* A file of the folder named by an environment variable; false when there is none. */
static bool read_beside(const char *variable, const char *name, struct bk_buf *out)
{
	const char *folder = getenv(variable);
	char path[4096];
	FILE *file;
	char chunk[65536];
	size_t len;

	if (!folder)
		return false;
	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "rb");
	if (!file)
		return false;
	while ((len = fread(chunk, 1, sizeof chunk, file)) > 0)
		bk_buf_put(out, chunk, len);
	fclose(file);
	return !out->failed;
}

static bk_draft *draft_of(struct bk_str bytes, const bk_conventions *conventions)
{
	const struct bk_draft_options options = {.names = test_names(), .conventions = conventions};
	bk_text *text;
	bk_snapshot *snapshot;
	bk_draft *draft;

	assert_int_equal(bk_text_new(&text, bytes.ptr, bytes.len), BK_OK);
	snapshot = bk_text_snapshot(text);
	assert_int_equal(bk_draft_new(&draft, snapshot, &options), BK_OK);
	bk_snapshot_free(snapshot);
	bk_text_free(text);
	return draft;
}

/* ---- Brackets of issued drafts ------------------------------------------------------------------------ */

/* The hash that the head of the labels gives for a file: "# xxh3 HASH NAME". */
static bool hash_fits(struct bk_str labels, const char *name, struct bk_str bytes)
{
	char line[300];

	snprintf(line, sizeof line, "# xxh3 %016" PRIx64 "  %s\n", bk_hash(bytes.ptr, bytes.len), name);
	return memmem(labels.ptr, labels.len, line, strlen(line)) != NULL;
}

struct bracket_scores {
	struct score class, choice, run;
};

static const struct bk_bracket *bracket_at(const bk_draft *draft, size_t start, size_t end)
{
	size_t n;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &n);
	const uint32_t index = bk_draft_bracket_from(draft, start);

	return index < n && brackets[index].start == start && brackets[index].end == end ? &brackets[index]
											 : NULL;
}

static void score_bracket(
	const char *name, const bk_draft *draft, struct bk_str line, struct bracket_scores *scores)
{
	const size_t start = strtoull(next_field(&line).ptr, NULL, 10);
	const size_t end = strtoull(next_field(&line).ptr, NULL, 10);
	const struct bk_str class = next_field(&line), choice = next_field(&line);
	const struct bk_bracket *bracket = bracket_at(draft, start, end);
	const char *got_class, *got_choice;

	/* A label on a hidden fault's true partner has no bracket of plain matching. */
	if (!bracket) {
		fprintf(stderr, "%s:%zu is no pair of plain matching\n", name, start);
		return;
	}
	got_class = bk_class_name((enum bk_class)bracket->class);
	got_choice = bk_choice_name((enum bk_choice)bracket->choice);
	got_choice = got_choice ? got_choice : "-";
	count(&scores->class, is(class, got_class));
	if (!is(choice, "-") && !is(choice, "?"))
		count(&scores->choice, is(choice, got_choice));
	if (is(choice, "-"))
		count(&scores->run, is(choice, got_choice));
	if (!is(class, got_class) || (!is(choice, "?") && !is(choice, got_choice)))
		fprintf(stderr, "%s\t%zu\t%zu\t%.*s\t%s\t%.*s\t%s\n", name, start, end, (int)class.len,
			class.ptr, got_class, (int)choice.len, choice.ptr, got_choice);
}

static bool score_file(struct bk_str labels, const char *name, struct bracket_scores *scores)
{
	struct bk_buf bytes = BK_BUF_INIT;
	struct bk_str rest = labels, line;
	bk_draft *draft;

	if (!read_beside("BRACKED_CORPUS", name, &bytes)) {
		bk_buf_release(&bytes);
		return false;
	}
	assert_true(hash_fits(labels, name, bk_buf_str(&bytes)));
	draft = draft_of(bk_buf_str(&bytes), NULL);
	while (next_line(&rest, &line)) {
		if (is(next_field(&line), name))
			score_bracket(name, draft, line, scores);
	}
	bk_draft_free(draft);
	bk_buf_release(&bytes);
	return true;
}

static void brackets_of_issued_drafts_read_as_a_human_reads_them(void **state)
{
	static const char *const files[] = {
		"paris-2015-10-23.md", "paris-2015-12-04.md", "plastics-inc4-3.txt", "bbnj-prepcom-2026.txt"};
	struct bk_buf labels = BK_BUF_INIT;
	struct bracket_scores scores = {{0, 0}, {0, 0}, {0, 0}};
	size_t read = 0;

	(void)state;
	assert_true(read_beside("BRACKED_SOURCE", "tests/unit/draft/eye/brackets.tsv", &labels));
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		read += score_file(bk_buf_str(&labels), files[i], &scores);
	bk_buf_release(&labels);
	if (read == 0)
		skip();
	printf("class %.1f %% of %zu, choice %.1f %% of %zu, alone %.1f %% of %zu\n", percent(scores.class),
		scores.class.all, percent(scores.choice), scores.choice.all, percent(scores.run),
		scores.run.all);
	assert_true(percent(scores.class) >= 98);
	assert_true(percent(scores.choice) >= 85);
}

/* ---- Invented lines ----------------------------------------------------------------------------------- */

/* "EU propose; US oppose", in order; "-" when there is none. */
static void put_attributions(const bk_draft *draft, struct bk_buf *out)
{
	size_t n;
	const struct bk_attribution *all = bk_draft_attributions(draft, &n);

	for (size_t i = 0; i < n; i++)
		bk_buf_printf(
			out, "%s%s %s", i ? "; " : "", all[i].party, bk_act_name((enum bk_act)all[i].act));
	if (n == 0)
		bk_buf_puts(out, "-");
}

/* A line's text; `\n` in it stands for a line end. */
static void put_text(struct bk_str field, struct bk_buf *out)
{
	for (size_t i = 0; i < field.len; i++) {
		if (field.ptr[i] == '\\' && i + 1 < field.len && field.ptr[i + 1] == 'n') {
			bk_buf_putc(out, '\n');
			i++;
		} else {
			bk_buf_putc(out, field.ptr[i]);
		}
	}
}

static void lists_of_who_says_so_read_as_a_human_reads_them(void **state)
{
	struct bk_buf labels = BK_BUF_INIT;
	struct bk_str rest, line;
	struct score score = {0, 0};

	(void)state;
	assert_true(read_beside("BRACKED_SOURCE", "tests/unit/draft/eye/attributions.tsv", &labels));
	rest = bk_buf_str(&labels);
	while (next_line(&rest, &line)) {
		struct bk_buf text = BK_BUF_INIT, got = BK_BUF_INIT;
		const struct bk_str written = next_field(&line), expected = next_field(&line);
		bk_draft *draft;

		put_text(written, &text);
		draft = draft_of(bk_buf_str(&text), NULL);
		put_attributions(draft, &got);
		count(&score, bk_str_equal(bk_buf_str(&got), expected));
		if (!bk_str_equal(bk_buf_str(&got), expected))
			fprintf(stderr, "%.*s\t%.*s\t%s\n", (int)written.len, written.ptr, (int)expected.len,
				expected.ptr, bk_buf_string(&got));
		bk_draft_free(draft);
		bk_buf_release(&text);
		bk_buf_release(&got);
	}
	bk_buf_release(&labels);
	printf("attributions %.1f %% of %zu\n", percent(score), score.all);
	assert_true(percent(score) >= 95);
}

/* ---- Lines of other processes ------------------------------------------------------------------------- */

static enum bk_class class_of_letter(char letter)
{
	static const char letters[BK_CLASS_COUNT + 1] = {
		[BK_CLASS_DISPUTED] = 'd',
		[BK_CLASS_PLACEHOLDER] = 'p',
		[BK_CLASS_NOTE] = 'n',
		[BK_CLASS_REFERENCE] = 'r',
		[BK_CLASS_STATUS] = 's',
	};
	const char *at = strchr(letters, letter);

	assert_true(at && letter);
	return (enum bk_class)(at - letters);
}

static char letter_of_choice(enum bk_choice choice)
{
	return "-1iu"[choice];
}

/* Score the brackets of one line against "d1 d1 p-"; returns how many were wrong. */
static size_t score_line(const bk_draft *draft, struct bk_str labels, struct bracket_scores *scores)
{
	size_t n, wrong = 0;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &n);

	assert_int_equal(labels.len + 1, n * 3);
	for (size_t i = 0; i < n; i++) {
		const char choice = labels.ptr[i * 3 + 1],
			   got = letter_of_choice((enum bk_choice)brackets[i].choice);
		const bool class_fits = brackets[i].class == class_of_letter(labels.ptr[i * 3]);

		count(&scores->class, class_fits);
		if (choice == '-')
			count(&scores->run, got == choice);
		else if (choice != '?')
			count(&scores->choice, got == choice);
		wrong += !class_fits || (choice != '?' && got != choice);
	}
	return wrong;
}

static void show_line(const bk_draft *draft, struct bk_str text, struct bk_str labels)
{
	size_t n;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &n);

	fprintf(stderr, "%.*s\n\twanted %.*s\n\tgot   ", (int)text.len, text.ptr, (int)labels.len,
		labels.ptr);
	for (size_t i = 0; i < n; i++)
		fprintf(stderr, " %c%c", bk_class_name((enum bk_class)brackets[i].class)[0],
			letter_of_choice((enum bk_choice)brackets[i].choice));
	fprintf(stderr, "\n");
}

static void lines_of_other_processes_read_as_a_human_reads_them(void **state)
{
	struct bk_buf labels = BK_BUF_INIT;
	struct bracket_scores scores = {{0, 0}, {0, 0}, {0, 0}};
	struct bk_str rest, line;

	(void)state;
	assert_true(read_beside("BRACKED_SOURCE", "tests/unit/draft/eye/invented.tsv", &labels));
	rest = bk_buf_str(&labels);
	while (next_line(&rest, &line)) {
		struct bk_buf text = BK_BUF_INIT;
		const struct bk_str set = next_field(&line), written = next_field(&line),
				    wanted = next_field(&line);
		char name[16];
		bk_conventions *conventions;
		bk_draft *draft;

		snprintf(name, sizeof name, "%.*s", (int)set.len, set.ptr);
		assert_int_equal(bk_conventions_new(&conventions, name, NULL, 0), BK_OK);
		put_text(written, &text);
		draft = draft_of(bk_buf_str(&text), conventions);
		if (score_line(draft, wanted, &scores))
			show_line(draft, written, wanted);
		bk_draft_free(draft);
		bk_conventions_free(conventions);
		bk_buf_release(&text);
	}
	bk_buf_release(&labels);
	printf("other processes: class %.1f %% of %zu, choice %.1f %% of %zu, alone %.1f %% of %zu\n",
		percent(scores.class), scores.class.all, percent(scores.choice), scores.choice.all,
		percent(scores.run), scores.run.all);
	assert_true(percent(scores.class) >= 98);
	assert_true(percent(scores.choice) >= 85);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(brackets_of_issued_drafts_read_as_a_human_reads_them),
		cmocka_unit_test(lines_of_other_processes_read_as_a_human_reads_them),
		cmocka_unit_test(lists_of_who_says_so_read_as_a_human_reads_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
