/*
 * Agreement with a human eye on drafts the rules were not made from: six invented drafts of six kinds of
 * talks.
 *
 * eye/held/README tells the format of their labels.  $BRACKED_SOURCE is where the project stands.
 */
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <cmocka.h>

#include "drafting.h"
#include "names.h"
#include "labels.h"

static const struct {
	const char *name, *conventions;
} drafts[] = {
	{"d1", "unfccc"},
	{"d2", "trade"},
	{"d3", "inb"},
	{"d4", "unga"},
	{"d5", "itu"},
	{"d6", "unfccc"},
};

struct score {
	size_t right, all;
};

struct scores {
	struct score class, choice, alone, attribution, option;
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

static void read_held(const char *name, const char *ending, struct bk_buf *out)
{
	char path[100];

	snprintf(path, sizeof path, "tests/unit/draft/eye/held/%s%s", name, ending);
	assert_true(read_below("BRACKED_SOURCE", path, out));
}

static bool contains(struct bk_str field, const char *what)
{
	return field.len && memmem(field.ptr, field.len, what, strlen(what));
}

static bk_draft *held_draft(const char *name, const char *set)
{
	struct bk_buf bytes = BK_BUF_INIT;
	bk_conventions *conventions;
	struct bk_draft_options options = {.names = test_names()};
	bk_draft *draft;

	assert_int_equal(bk_conventions_new(&conventions, set, NULL, 0), BK_OK);
	options.conventions = conventions;
	read_held(name, ".txt", &bytes);
	draft = draft_of_bytes(bk_buf_string(&bytes), bytes.len, &options);
	bk_conventions_free(conventions);
	bk_buf_release(&bytes);
	return draft;
}

/* ---- Brackets --------------------------------------------------------------------------------------- */

/* "EU propose; US oppose"; "-" when there is none. */
static void put_attributions(const bk_draft *draft, const struct bk_bracket *bracket, struct bk_buf *out)
{
	size_t n;
	const struct bk_attribution *all = bk_draft_attributions(draft, &n);

	for (uint32_t i = 0; i < bracket->attribution_count; i++) {
		const struct bk_attribution *one = &all[bracket->attribution + i];

		bk_buf_printf(out, "%s%s %s", i ? "; " : "", one->party, bk_act_name((enum bk_act)one->act));
	}
	if (bracket->attribution_count == 0)
		bk_buf_puts(out, "-");
}

static void score_choice(
	const struct bk_bracket *bracket, struct bk_str choice, bool base, struct scores *scores)
{
	const char *name = bk_choice_name((enum bk_choice)bracket->choice);
	const char *got = name ? name : "-";

	if (is(choice, "-"))
		count(&scores->alone, is(choice, got));
	else if (!is(choice, "?"))
		count(&scores->choice, is(choice, got) || (base && strcmp(got, "undecided") == 0));
}

static void score_row(const char *name, const bk_draft *draft, struct bk_str line, struct scores *scores)
{
	const size_t start = strtoull(next_field(&line).ptr, NULL, 10);
	const size_t end = strtoull(next_field(&line).ptr, NULL, 10);
	const struct bk_str class = next_field(&line), choice = next_field(&line);
	const struct bk_str group = next_field(&line), attribution = next_field(&line);
	const struct score before[2] = {scores->class, scores->choice};
	struct bk_buf got = BK_BUF_INIT;
	size_t n;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &n);
	const struct bk_bracket *bracket;

	(void)group;
	if (contains(line, "brace"))
		return;
	bracket = &brackets[bk_draft_bracket_from(draft, start)];
	assert_int_equal(bracket->start, start);
	assert_int_equal(bracket->end, end);
	count(&scores->class, is(class, bk_class_name((enum bk_class)bracket->class)));
	score_choice(bracket, choice, contains(line, "base of"), scores);
	put_attributions(draft, bracket, &got);
	if (!is(attribution, "-") || bracket->attribution_count)
		count(&scores->attribution, bk_str_equal(attribution, bk_buf_str(&got)));
	if (scores->class.right - before[0].right < scores->class.all - before[0].all ||
		scores->choice.right - before[1].right < scores->choice.all - before[1].all ||
		!bk_str_equal(attribution, bk_buf_str(&got)))
		fprintf(stderr, "%s\t%zu\t%.*s %.*s %.*s\tgot %s %d %s\n", name, start, (int)class.len,
			class.ptr, (int)choice.len, choice.ptr, (int)attribution.len, attribution.ptr,
			bk_class_name((enum bk_class)bracket->class), bracket->choice, bk_buf_string(&got));
	bk_buf_release(&got);
}

/* ---- Options ---------------------------------------------------------------------------------------- */

static size_t line_of(const bk_draft *draft, size_t offset)
{
	size_t line = 1;

	for (size_t i = 0; i < offset; i++)
		line += draft->bytes.ptr[i] == '\n';
	return line;
}

/* Options that the draft has on a line. */
static bool has_option_on(const bk_draft *draft, size_t line)
{
	size_t n;
	const struct bk_node *nodes = bk_draft_nodes(draft, &n);

	for (size_t i = 0; i < n; i++) {
		if (nodes[i].kind == BK_NODE_OPTION && line_of(draft, nodes[i].offset) == line)
			return true;
	}
	return false;
}

static size_t count_options(const bk_draft *draft)
{
	size_t n, options = 0;
	const struct bk_node *nodes = bk_draft_nodes(draft, &n);

	for (size_t i = 0; i < n; i++)
		options += nodes[i].kind == BK_NODE_OPTION;
	return options;
}

/* Each header wanted, and each that is there and not wanted. */
static void score_options(const char *name, const bk_draft *draft, struct scores *scores)
{
	struct bk_buf labels = BK_BUF_INIT;
	struct bk_str rest, line;
	size_t found = 0;

	read_held(name, ".options.tsv", &labels);
	rest = bk_buf_str(&labels);
	while (next_line(&rest, &line)) {
		const bool has = has_option_on(draft, strtoull(line.ptr, NULL, 10));

		count(&scores->option, has);
		found += has;
		if (!has)
			fprintf(stderr, "%s: no option on line %.*s\n", name, (int)line.len, line.ptr);
	}
	for (size_t i = found; i < count_options(draft); i++)
		count(&scores->option, false);
	bk_buf_release(&labels);
}

static void score_draft(const char *name, const char *set, struct scores *scores)
{
	bk_draft *draft = held_draft(name, set);
	struct bk_buf labels = BK_BUF_INIT;
	struct bk_str rest, line;

	read_held(name, ".tsv", &labels);
	rest = bk_buf_str(&labels);
	while (next_line(&rest, &line))
		score_row(name, draft, line, scores);
	score_options(name, draft, scores);
	bk_buf_release(&labels);
	bk_draft_free(draft);
}

static void held_drafts_read_as_a_human_reads_them(void **state)
{
	struct scores scores = {0};

	(void)state;
	for (size_t i = 0; i < sizeof drafts / sizeof *drafts; i++)
		score_draft(drafts[i].name, drafts[i].conventions, &scores);
	printf("class %.1f %% of %zu, choice %.1f %% of %zu, alone %.1f %% of %zu, attributions %.1f %% of "
	       "%zu, "
	       "options %.1f %% of %zu\n",
		percent(scores.class), scores.class.all, percent(scores.choice), scores.choice.all,
		percent(scores.alone), scores.alone.all, percent(scores.attribution), scores.attribution.all,
		percent(scores.option), scores.option.all);
	assert_true(percent(scores.class) >= 98);
	assert_true(percent(scores.choice) >= 85);
	assert_true(percent(scores.attribution) >= 95);
	assert_true(percent(scores.option) >= 95);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(held_drafts_read_as_a_human_reads_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
