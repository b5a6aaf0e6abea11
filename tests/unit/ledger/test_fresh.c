/*
 * Agreement with a human eye on lines that were labelled before any rule had seen them, with the names that the
 * program itself knows.
 *
 * tests/unit/draft/eye/fresh/sN.tsv: one set a file, labelled before it was run; the README beside them tells
 * the format.  $BRACKED_SOURCE is where the project stands.
 */
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <bracked/ledger.h>
#include <cmocka.h>

#include "../draft/drafting.h"

static const char *const sets[] = {"s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10", "s11", "s12"};

struct score {
	size_t right, all;
};

struct scores {
	struct score class, choice, attribution, option;
};

static double percent(struct score score)
{
	return score.all ? 100.0 * (double)score.right / (double)score.all : 100.0;
}

static bool count(struct score *score, bool right)
{
	score->all++;
	score->right += right;
	return right;
}

/* ---- Lines ------------------------------------------------------------------------------------------ */

static struct bk_str next_field(struct bk_str *line)
{
	const struct bk_str field = {line->ptr, bk_str_find(*line, '\t')};

	*line = bk_str_skip(*line, field.len + 1);
	return field;
}

/* A line's text; `\n` in it stands for a line end. */
static void put_text(struct bk_str field, struct bk_buf *out)
{
	for (size_t i = 0; i < field.len; i++) {
		const bool end = field.ptr[i] == '\\' && i + 1 < field.len && field.ptr[i + 1] == 'n';

		bk_buf_putc(out, end ? '\n' : field.ptr[i]);
		i += end;
	}
	bk_buf_putc(out, '\n');
}

/* "EU propose; US oppose", bracket after bracket in order of their start. */
static void put_attributions(const bk_draft *draft, struct bk_buf *out)
{
	size_t brackets, n;
	const struct bk_attribution *all = bk_draft_attributions(draft, &n);

	bk_draft_brackets(draft, &brackets);
	for (uint32_t bracket = 0; bracket < brackets; bracket++) {
		for (size_t i = 0; i < n; i++) {
			if (all[i].bracket == bracket)
				bk_buf_printf(out, "%s%s %s", out->len ? "; " : "", all[i].party,
					bk_act_name((enum bk_act)all[i].act));
		}
	}
	if (!out->len)
		bk_buf_puts(out, "-");
}

/* "Option 1; Option 2". */
static void put_options(const bk_draft *draft, struct bk_buf *out)
{
	size_t n;
	const struct bk_node *nodes = bk_draft_nodes(draft, &n);

	for (size_t i = 0; i < n; i++) {
		if (nodes[i].kind == BK_NODE_OPTION)
			bk_buf_printf(out, "%s%s", out->len ? "; " : "", nodes[i].label);
	}
	if (!out->len)
		bk_buf_puts(out, "-");
}

/* "d1 p-", as test_eye.c has it. */
static void put_brackets(const bk_draft *draft, struct bk_buf *out)
{
	size_t n;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &n);

	for (size_t i = 0; i < n; i++)
		bk_buf_printf(out, "%s%c%c", i ? " " : "", bk_class_name((enum bk_class)brackets[i].class)[0],
			"-1iu"[brackets[i].choice]);
}

/* ---- Scores ----------------------------------------------------------------------------------------- */

static bool score_brackets(struct bk_str wanted, struct bk_str got, struct scores *scores)
{
	bool right = true;

	assert_int_equal(wanted.len, got.len);
	for (size_t i = 0; i + 1 < wanted.len; i += 3) {
		const char choice = wanted.ptr[i + 1];

		right &= count(&scores->class, wanted.ptr[i] == got.ptr[i]);
		if (choice != '?' && (choice != '-' || got.ptr[i + 1] != '-'))
			right &= count(&scores->choice, choice == got.ptr[i + 1]);
	}
	return right;
}

static bool score_got(char what, struct bk_str wanted, struct bk_str got, struct scores *scores)
{
	if (what == 'B')
		return score_brackets(wanted, got, scores);
	return count(what == 'A' ? &scores->attribution : &scores->option, bk_str_equal(wanted, got));
}

static void score_line(const bk_roster *roster, struct bk_str line, struct scores *scores)
{
	struct bk_buf text = BK_BUF_INIT, got = BK_BUF_INIT;
	const struct bk_str what = next_field(&line), set = next_field(&line), written = next_field(&line),
			    wanted = line;
	struct bk_draft_options options = {.names = bk_roster_names(roster)};
	bk_conventions *conventions;
	bk_draft *draft;
	char name[16];

	snprintf(name, sizeof name, "%.*s", (int)set.len, set.ptr);
	assert_int_equal(bk_conventions_new(&conventions, name, NULL, 0), BK_OK);
	options.conventions = conventions;
	put_text(written, &text);
	draft = draft_of_bytes(bk_buf_str(&text).ptr, text.len, &options);
	if (what.ptr[0] == 'A')
		put_attributions(draft, &got);
	else if (what.ptr[0] == 'O')
		put_options(draft, &got);
	else
		put_brackets(draft, &got);
	if (!score_got(what.ptr[0], wanted, bk_buf_str(&got), scores))
		print_message("%.*s\n\twanted %.*s\n\tgot    %s\n", (int)written.len, written.ptr,
			(int)wanted.len, wanted.ptr, bk_buf_string(&got));
	bk_draft_free(draft);
	bk_conventions_free(conventions);
	bk_buf_release(&text);
	bk_buf_release(&got);
}

static void score_set(const bk_roster *roster, const char *name, struct scores *scores)
{
	struct bk_buf lines = BK_BUF_INIT;
	struct bk_str rest;
	char path[100];

	snprintf(path, sizeof path, "tests/unit/draft/eye/fresh/%s.tsv", name);
	assert_true(read_below("BRACKED_SOURCE", path, &lines));
	rest = bk_buf_str(&lines);
	while (rest.len) {
		const struct bk_str line = {rest.ptr, bk_str_find(rest, '\n')};

		rest = bk_str_skip(rest, line.len + 1);
		if (line.len && line.ptr[0] != '#')
			score_line(roster, line, scores);
	}
	bk_buf_release(&lines);
}

static void lines_no_rule_was_made_from_read_as_a_human_reads_them(void **state)
{
	bk_roster *roster;

	(void)state;
	assert_int_equal(bk_roster_new(&roster, NULL, 0), BK_OK);
	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		struct scores scores = {0};

		score_set(roster, sets[i], &scores);
		print_message("%s: class %.1f %% of %zu, choice %.1f %% of %zu, attributions %.1f %% of %zu, "
			      "options %.1f %% of %zu\n",
			sets[i], percent(scores.class), scores.class.all, percent(scores.choice),
			scores.choice.all, percent(scores.attribution), scores.attribution.all,
			percent(scores.option), scores.option.all);
		assert_true(percent(scores.class) >= 98);
		assert_true(percent(scores.choice) >= 85);
		assert_true(percent(scores.attribution) >= 95);
		assert_true(percent(scores.option) >= 95);
	}
	bk_roster_free(roster);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_no_rule_was_made_from_read_as_a_human_reads_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
