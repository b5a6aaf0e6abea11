/*
 * Agreement with a careful reader: what became of brackets, against labels made by reading both texts.
 *
 * eye/fates.tsv holds the labels.  The texts of the Paris pair are no part of this project: they are read from
 * $BRACKED_CORPUS, and the case is skipped where that is absent.
 */
#include "base/hash.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "../draft/labels.h"
#include "../draft/names.h"
#include "comparing.h"

/* ---- Reading texts and labels ------------------------------------------------------------------------- */

static bool read_file(const char *folder, const char *name, struct bk_buf *out)
{
	char path[4096], chunk[65536];
	FILE *file;
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

/* Labels are of these very bytes: "# xxh3 HASH NAME". */
static bool hash_fits(struct bk_str labels, const char *name, struct bk_str bytes)
{
	char line[300];

	snprintf(line, sizeof line, "# xxh3 %016" PRIx64 "  %s\n", bk_hash(bytes.ptr, bytes.len), name);
	return memmem(labels.ptr, labels.len, line, strlen(line)) != NULL;
}

static bk_draft *read_draft(struct bk_str labels, const char *folder, const char *name)
{
	struct bk_draft_options options = *reading_options();
	struct bk_buf bytes = BK_BUF_INIT;
	bk_draft *draft = NULL;

	options.names = test_names();
	if (read_file(folder, name, &bytes)) {
		assert_true(hash_fits(labels, name, bk_buf_str(&bytes)));
		draft = draft_of_bytes(bk_buf_str(&bytes).ptr, bytes.len, &options);
	}
	bk_buf_release(&bytes);
	return draft;
}

/* ---- Scores ------------------------------------------------------------------------------------------- */

/* By kind, as the reader says: how many, how many the same, and how many the same or the reader's second. */
struct scores {
	size_t met[BK_DIFFERENCE_COUNT], same[BK_DIFFERENCE_COUNT], fits[BK_DIFFERENCE_COUNT];
};

/* The kind of the bracket that opens at an offset, or COUNT when the answer does not name it. */
static enum bk_difference_kind kind_at(const struct compared *compared, bool in_old, size_t start)
{
	size_t count;
	const struct bk_difference *all = bk_comparison_list(compared->comparison, &count);

	for (size_t i = 0; i < count; i++) {
		/* what was joined is told of the old one: of what it stands in now another line tells */
		const bool there =
			in_old ? all[i].old_bracket != BK_NONE
			       : all[i].new_bracket != BK_NONE && all[i].kind != BK_DIFFERENCE_JOINED;
		const size_t at = in_old ? all[i].old_span.start : all[i].new_span.start;

		if (all[i].kind <= BK_DIFFERENCE_REOPENED && there && at == start)
			return all[i].kind;
	}
	return BK_DIFFERENCE_COUNT;
}

static enum bk_difference_kind kind_named(struct bk_str name)
{
	enum bk_difference_kind kind = 0;

	while (kind < BK_DIFFERENCE_COUNT && !is(name, bk_difference_kind_name(kind)))
		kind++;
	return kind;
}

static void score_line(const struct compared *compared, struct bk_str line, struct scores *scores)
{
	const struct bk_str set = next_field(&line), side = next_field(&line), start = next_field(&line),
			    first = next_field(&line), second = next_field(&line);
	const enum bk_difference_kind wanted = kind_named(first);
	const enum bk_difference_kind got = kind_at(compared, is(side, "old"), strtoull(start.ptr, NULL, 10));

	assert_true(wanted < BK_DIFFERENCE_COUNT && got < BK_DIFFERENCE_COUNT);
	scores->met[wanted]++;
	scores->same[wanted] += got == wanted;
	scores->fits[wanted] += got == wanted || got == kind_named(second);
	if (got != wanted)
		fprintf(stderr, "%.*s\t%.*s\t%.*s\t%.*s\t%.*s\t%s\n", (int)set.len, set.ptr, (int)side.len,
			side.ptr, (int)start.len, start.ptr, (int)first.len, first.ptr, (int)second.len,
			second.ptr, bk_difference_kind_name(got));
}

static void score_set(
	const struct compared *compared, struct bk_str labels, const char *set, struct scores *scores)
{
	struct bk_str rest = labels, line;

	while (next_line(&rest, &line)) {
		struct bk_str fields = line;

		if (is(next_field(&fields), set))
			score_line(compared, line, scores);
	}
}

static double percent(size_t part, size_t all)
{
	return all ? 100.0 * (double)part / (double)all : 100.0;
}

static size_t sum(const size_t *counts)
{
	size_t all = 0;

	for (size_t i = 0; i < BK_DIFFERENCE_COUNT; i++)
		all += counts[i];
	return all;
}

static void show(const char *name, const struct scores *scores)
{
	const size_t met = sum(scores->met);

	printf("%s: %zu brackets, %.1f %% the same, %.1f %% with the second best\n", name, met,
		percent(sum(scores->same), met), percent(sum(scores->fits), met));
	for (enum bk_difference_kind kind = 0; kind < BK_DIFFERENCE_COUNT; kind++)
		if (scores->met[kind])
			printf("  %-9s %3zu met %3zu same %3zu fit\n", bk_difference_kind_name(kind),
				scores->met[kind], scores->same[kind], scores->fits[kind]);
}

/* Nine in ten, and seven in ten of each kind that is met ten times. */
static void demand(const struct scores *scores)
{
	assert_true(percent(sum(scores->fits), sum(scores->met)) >= 90);
	for (enum bk_difference_kind kind = 0; kind < BK_DIFFERENCE_COUNT; kind++)
		if (scores->met[kind] >= 10)
			assert_true(percent(scores->fits[kind], scores->met[kind]) >= 70);
}

static void add(struct scores *to, const struct scores *more)
{
	for (enum bk_difference_kind kind = 0; kind < BK_DIFFERENCE_COUNT; kind++) {
		to->met[kind] += more->met[kind];
		to->same[kind] += more->same[kind];
		to->fits[kind] += more->fits[kind];
	}
}

/* The pair of a folder is held against sets of the labels; false when the folder is not there. */
static bool judge(const char *folder, const char *old, const char *now, const char *const *sets)
{
	struct scores all = {{0}, {0}, {0}};
	struct bk_buf labels = BK_BUF_INIT;
	struct compared compared;

	assert_true(read_file(getenv("BRACKED_SOURCE"), "tests/unit/compare/eye/fates.tsv", &labels));
	compared.old = read_draft(bk_buf_str(&labels), folder, old);
	compared.now = read_draft(bk_buf_str(&labels), folder, now);
	if (!compared.old || !compared.now) {
		bk_draft_free(compared.old);
		bk_draft_free(compared.now);
		bk_buf_release(&labels);
		return false;
	}
	assert_int_equal(bk_comparison_new(&compared.comparison, compared.old, compared.now), BK_OK);
	for (; *sets; sets++) {
		struct scores scores = {{0}, {0}, {0}};

		score_set(&compared, bk_buf_str(&labels), *sets, &scores);
		show(*sets, &scores);
		add(&all, &scores);
	}
	demand(&all);
	compared_free(&compared);
	bk_buf_release(&labels);
	return true;
}

static void an_issued_pair_is_judged_as_a_reader_judges_it(void **state)
{
	static const char *const sets[] = {"paris-drawn", "paris-sought", NULL};

	(void)state;
	if (!judge(getenv("BRACKED_CORPUS"), "paris-2015-10-23.md", "paris-2015-12-04.md", sets))
		skip();
}

static void the_sample_is_judged_as_a_reader_judges_it(void **state)
{
	static const char *const sets[] = {"cancun", NULL};
	char folder[4000];

	(void)state;
	snprintf(folder, sizeof folder, "%s/texts/cancun", getenv("BRACKED_SOURCE"));
	assert_true(judge(folder, "2.txt", "3.txt", sets));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_issued_pair_is_judged_as_a_reader_judges_it),
		cmocka_unit_test(the_sample_is_judged_as_a_reader_judges_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
