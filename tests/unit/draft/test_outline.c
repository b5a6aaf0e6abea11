/*
 * The outline: small texts and the outline they have, a node a line:
 *
 *	KIND LABEL [path] {no text} @start-end
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/buf.h"

#include <bracked/draft.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static bk_draft *open_draft(const char *bytes, size_t len)
{
	bk_text *text;
	bk_draft *draft;

	assert_int_equal(bk_text_new(&text, bytes, len), BK_OK);
	assert_int_equal(bk_draft_new(&draft, bk_text_now(text), NULL), BK_OK);
	bk_text_free(text);
	return draft;
}

static void put_node(struct bk_buf *buf, const struct bk_node *node)
{
	bk_buf_fill(buf, ' ', node->level - 1);
	bk_buf_printf(buf, "%s%s\n", node->label, node->no_text ? " (no text)" : "");
}

/* Labels indented by level, options without text marked. */
static void assert_outline(const char *bytes, const char *expected)
{
	bk_draft *draft = open_draft(bytes, strlen(bytes));
	struct bk_buf buf = BK_BUF_INIT;
	size_t count;
	const struct bk_node *nodes = bk_draft_nodes(draft, &count);

	for (size_t i = 0; i < count; i++)
		put_node(&buf, &nodes[i]);
	assert_string_equal(bk_buf_string(&buf), expected);
	bk_buf_release(&buf);
	bk_draft_free(draft);
}

static const struct bk_node *node_called(const bk_draft *draft, const char *path)
{
	size_t count;
	const struct bk_node *nodes = bk_draft_nodes(draft, &count);

	for (size_t i = 0; i < count; i++) {
		if (strcmp(nodes[i].path, path) == 0)
			return &nodes[i];
	}
	fail_msg("no node '%s'", path);
	return NULL;
}

/* ---- Headings --------------------------------------------------------------------------------------- */

static void headings_nest_by_their_rank(void **state)
{
	(void)state;
	assert_outline("## Preamble\n\ntext\n\n## Article 1 *(definitions)*\n\n1. One\n\n## [Article 2bis] "
		       "*(x)*\n\n1. Two\n",
		"Preamble\nArticle 1\n 1\nArticle 2bis\n 1\n");
	assert_outline(
		"PART I\n\nARTICLE 6\n\nChapter II\n\nArticle 7 Finance\n\nANNEX\n\nArticle 1: Scope\n",
		"PART I\n ARTICLE 6\n Chapter II\n  Article 7\nANNEX\n Article 1\n");
	assert_outline(
		"I. Introduction\n\n1. One.\n\nII. Rules\n\nA. Scope\n\n2. Two.\n\nB. Aims\n\nIII. End\n",
		"I\n 1\nII\n A\n  2\n B\nIII\n");
	assert_outline("Статья 1\n\n1. Текст\n\nСтатья 2\n", "Статья 1\n 1\nСтатья 2\n");
	assert_outline("第一章\n\n第三条\n\n一、文本\n", "第一章\n 第三条\n  一\n");
	assert_outline("المادة 4\n\n1. نص\n", "المادة 4\n 1\n");
}

static void a_sentence_that_names_an_article_is_no_heading(void **state)
{
	(void)state;
	assert_outline(
		"Article 4 of the Convention applies.\nPart IV.1 on plans\nArticle 12, paragraph 3\n", "");
	assert_outline("Each Party shall, pursuant to the provisions of\nArticle 12. The Parties shall, in "
		       "time and\nas they see it, act.\n",
		"");
}

static void titles_and_places_are_kept(void **state)
{
	static const char bytes[] = "## [Article 3bis] *(REDD-plus)*\n\n  1. **Aims**\n";
	bk_draft *draft = open_draft(bytes, strlen(bytes));
	const struct bk_node *article = node_called(draft, "Article 3bis");
	const struct bk_node *first = node_called(draft, "Article 3bis > 1");

	(void)state;
	assert_int_equal(article->kind, BK_NODE_HEADING);
	assert_string_equal(article->title, "REDD-plus");
	assert_int_equal(article->start, 0);
	assert_int_equal(article->offset, 4);
	assert_int_equal(article->end, strlen(bytes));
	assert_int_equal(first->kind, BK_NODE_PROVISION);
	assert_int_equal(bytes[first->offset], '1');
	assert_int_equal(first->start, first->offset);
	bk_draft_free(draft);
}

/* ---- Provisions ------------------------------------------------------------------------------------- */

static void names_beside_a_disputed_heading_are_none_of_it(void **state)
{
	(void)state;
	assert_outline("# [Annex] (CN delete)\n\n4. Act.\n", "Annex\n 4\n");
	assert_outline("## [EU: Other title]\n", "Other title\n");
	assert_outline("## [Other title - EU]\n", "Other title\n");
	assert_outline(
		"## Article [5][EU: 6] Loss\n\n## Article [7 - EU] Gain\n", "Article [5][6]\nArticle [7]\n");
	assert_outline("# [Common] time frames\n", "Common] time frames\n");
}

/* Who stands in a line is none of it, in whatever style. */
static void names_move_no_provision(void **state)
{
	static const char *const first[] = {"2. [Grants are paid.]", "2. [AU: Grants are paid.]",
		"2. [Grants are paid.] (AU)", "2. [Grants are paid. - AU]"};
	static const char *const second[] = {"[2.][3.] Parties pay.", "[2.][AU: 3.] Parties pay.",
		"[2.][3.] (AU) Parties pay.", "[2.][3. - AU] Parties pay."};
	static const char *const added[] = {"[4. They act.]", "[AU: 4. They act.]",
		"[4. They act.] (AU)\n    (EU)", "[4. They act. - AU]"};

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		char text[200];

		snprintf(text, sizeof text, "%s\n\n%s\n\n%s\n\n5. So.\n", first[i], second[i], added[i]);
		assert_outline(text, "2\n[2.][3.]\n4\n5\n");
	}
}

static void names_may_stand_in_a_label(void **state)
{
	static const char bytes[] = "1. Aims\n\n[2.][AU: 3.] Parties pay.\n";
	bk_draft *draft = open_draft(bytes, strlen(bytes));
	const struct bk_node *node = node_called(draft, "[2.][3.]");

	(void)state;
	assert_ptr_equal(bytes + node->offset, strstr(bytes, "[2.]"));
	assert_ptr_equal(bytes + node->behind, strstr(bytes, " Parties"));
	bk_draft_free(draft);
}

/* A line that only names make full is not wrapped. */
static void names_wrap_no_line(void **state)
{
	(void)state;
	assert_outline("1. Parties shall ensure that claims made on such plastics, and on other\n"
		       "goods, are made in good faith and that nobody is led astray by them.\n\n"
		       "2. Parties [AU, CH, GB, NO, IS, JP, NZ, US; FI, SE oppose: shall] pay for\n"
		       "(a) finance\n(b) transfer\n",
		"1\n2\n (a)\n (b)\n");
}

static void provisions_nest_by_style_and_indentation(void **state)
{
	(void)state;
	assert_outline("Article 4\n\n3. Parties shall:\n\n(a) one;\n\n(b) two:\n\n(i) x;\n\n(ii) y;\n\n(c) "
		       "three.\n\n4. Four.\n",
		"Article 4\n 3\n  (a)\n  (b)\n   (i)\n   (ii)\n  (c)\n 4\n");
	assert_outline("1. a:\n\n   1. x\n   2. y\n\n2. b:\n\n   1. z\n", "1\n 1\n 2\n2\n 1\n");
	assert_outline("3. Efforts\n\n3.1 Each\n\n3.2 All\n\n4. Next\n", "3\n 3.1\n 3.2\n4\n");
	assert_outline("(h) one\n\n(i) two\n\n(j) three\n", "(h)\n(i)\n(j)\n");
	assert_outline("1. One\n\n1bis. One more\n\n[2][3]. Two\n\n4. Four\n", "1\n1bis\n[2][3]\n4\n");
	assert_outline("7. (a) One\n\n(b) Two\n\n8. Three\n", "7\n (a)\n (b)\n8\n");
	assert_outline(
		"PP1 Recalling\n\nPP2 Noting\n\nOP1 Decides\n\nOP2 Requests\n", "PP1\nPP2\nOP1\nOP2\n");
}

static void a_wrapped_line_opens_no_provision(void **state)
{
	(void)state;
	assert_outline("1.   Parties shall ensure that claims made on such plastics, on\n"
		       "     (i) bio-based, (ii) biodegradable, and on others as said in\n"
		       "     12. The end of it.\n\n2.   Two\n",
		"1\n2\n");
}

/* A line with names in it, or that somebody typed on, does not tell how wide the others are set. */
static void a_single_wide_line_moves_no_margin(void **state)
{
	(void)state;
	assert_outline("1. The design of the Fund is left to a Committee [Bolivia, Switzerland, United "
		       "Kingdom: of its own].\n"
		       "2. Its members are named, and the terms that are set out for it are as in\n"
		       "Section 3, which holds.\n\n3. Three\n",
		"1\n2\n3\n");
	assert_outline(
		"1. The Committee, in all that it does for the Fund, is bound by the terms of\n"
		"Annex III. The Fund pays for what the Committee is asked to do, in each of its years.\n",
		"1\n");
}

static void running_heads_and_contents_wreck_nothing(void **state)
{
	(void)state;
	assert_outline(
		"Part I  ............ 5\n   1.  Preamble ............ 5\n   2.  A long title that goes on\n"
		"       below ............ 6\n\fX/Y.4/3\n\nPart I\n\n1.   Preamble\n     Text.\n\n 1 See "
		"X/Y.3.\n\n"
		"12\n\fX/Y.4/3\n\n2.   Scope\n     Option 1\n     Text\n",
		"Part I\n 1\n 2\n  Option 1\n");
}

static void labels_of_the_conventions_open_provisions(void **state)
{
	static const char bytes[] = "MOD 5/12\n\ntext [a b]\n\nADD 5/13\n\ntext\n";
	struct bk_draft_options options = {0};
	bk_conventions *conventions;
	bk_text *text;
	bk_draft *draft;

	(void)state;
	assert_int_equal(bk_conventions_new(&conventions, "itu", NULL, 0), BK_OK);
	options.conventions = conventions;
	assert_int_equal(bk_text_new(&text, bytes, strlen(bytes)), BK_OK);
	assert_int_equal(bk_draft_new(&draft, bk_text_now(text), &options), BK_OK);
	assert_int_equal(node_called(draft, "MOD 5/12")->kind, BK_NODE_PROVISION);
	assert_string_equal(bk_draft_path(draft, 0), "MOD 5/12");
	assert_int_equal(node_called(draft, "ADD 5/13")->level, 1);
	bk_draft_free(draft);
	bk_text_free(text);
	bk_conventions_free(conventions);
}

/* ---- Options ---------------------------------------------------------------------------------------- */

static void options_of_one_choice_are_a_family(void **state)
{
	static const char bytes[] = "1. **Option 1:** One\n\n   **Option 2:** Two\n\n2. **Option 1:** "
				    "Three\n\n   Option 2: no text\n";
	bk_draft *draft = open_draft(bytes, strlen(bytes));
	const struct bk_node *first = node_called(draft, "1 > Option 1");
	const struct bk_node *third = node_called(draft, "2 > Option 1");

	(void)state;
	assert_outline(bytes, "1\n Option 1\n Option 2\n2\n Option 1\n Option 2 (no text)\n");
	assert_int_equal(first->kind, BK_NODE_OPTION);
	assert_int_equal(memcmp(bytes + first->offset, "Option 1", 8), 0);
	assert_int_equal(first->family, node_called(draft, "1 > Option 2")->family);
	assert_int_equal(third->family, node_called(draft, "2 > Option 2")->family);
	assert_int_not_equal(first->family, third->family);
	assert_int_equal(first->end, node_called(draft, "1 > Option 2")->start);
	bk_draft_free(draft);
}

static void an_option_lasts_to_the_next_of_its_level_or_above(void **state)
{
	(void)state;
	assert_outline(
		"## Article 1\n\nOption 1:\n\n1. a\n\n2. b\n\nOption 2:\n\n1. c\n\n## Article 2\n\ntext\n",
		"Article 1\n Option 1\n  1\n  2\n Option 2\n  1\nArticle 2\n");
	assert_outline(
		"3. Three\n\n   Option 1: a\n\n   Option 2:\n\n   3.3 Each\n\n   3.3bis All\n\n4. Four\n",
		"3\n Option 1\n Option 2\n  3.3\n  3.3bis\n4\n");
	assert_outline("Option 2:\n\nOption (a): x\n\nOption (b): y\n\nOption 3:\n",
		"Option 2\n Option (a)\n Option (b)\nOption 3\n");
	assert_outline("Option 1\n\nSub-option 0\n\nSub-option 1\n\nOption 2\n",
		"Option 1\n Sub-option 0 (no text)\n Sub-option 1\nOption 2\n");
	assert_outline("Option 1: a\n\nOption 2: b\n\nOption 1: c\n\nOption 2: d\n",
		"Option 1\nOption 2\nOption 1\nOption 2\n");
}

static void a_repeated_label_goes_on_with_the_family(void **state)
{
	(void)state;
	assert_outline("5. Option 1: a\n\n5. Option 2: b\n\n6. c\n", "5\n Option 1\n Option 2\n6\n");
}

static void an_option_ends_with_the_bracket_that_holds_its_header(void **state)
{
	static const char bytes[] = "[Option 1: one]\n\n[Option 2: two]\n\nThe [rest].\n";
	bk_draft *draft = open_draft(bytes, strlen(bytes));
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);

	(void)state;
	assert_int_equal(node_called(draft, "Option 1")->end, strlen("[Option 1: one]"));
	assert_int_equal(node_called(draft, "Option 2")->end, strstr(bytes, "\n\nThe") - bytes);
	assert_int_equal(node_called(draft, "Option 1")->family, node_called(draft, "Option 2")->family);
	assert_int_equal(count, 3);
	assert_int_equal(brackets[0].node, 0);
	assert_int_equal(brackets[1].node, 1);
	assert_int_equal(brackets[2].node, BK_NONE);
	bk_draft_free(draft);
}

static void names_behind_a_bracket_do_not_hold_its_provision_open(void **state)
{
	static const char *const written[] = {"[EU: z) one]\nThe [rest].\n", "[z) one] (EU)\nThe [rest].\n",
		"[z) one - EU]\nThe [rest].\n", "[z) one](EU, US: delete) (AOSIS)\nThe [rest].\n"};

	(void)state;
	for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
		bk_draft *draft = open_draft(written[i], strlen(written[i]));
		size_t count;
		const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);

		assert_int_equal(count, 2);
		assert_int_equal(brackets[0].node, 0);
		assert_int_equal(brackets[1].node, BK_NONE);
		bk_draft_free(draft);
	}
}

static void a_misplaced_close_does_not_end_an_option_before_the_next(void **state)
{
	static const char bytes[] = "[Option 1: one.]\nIt goes on.\n\n[Option 2: two.]\n";
	bk_draft *draft = open_draft(bytes, strlen(bytes));

	(void)state;
	assert_int_equal(node_called(draft, "Option 1")->end, node_called(draft, "Option 2")->start);
	bk_draft_free(draft);
}

static void an_alternative_of_a_label_is_an_option_beside_it(void **state)
{
	static const char bytes[] =
		"1. One\n\nOP1 Alt. No text.\n\nOP1 Alt 2. Two\n\nOP1 bis. More\n\n2. Next\n";
	bk_draft *draft = open_draft(bytes, strlen(bytes));

	(void)state;
	assert_outline(bytes, "1\nOP1 Alt (no text)\nOP1 Alt 2\nOP1 bis\n2\n");
	assert_int_equal(node_called(draft, "OP1 Alt")->family, node_called(draft, "OP1 Alt 2")->family);
	assert_int_equal(memcmp(bytes + node_called(draft, "OP1 Alt")->offset, "Alt.", 4), 0);
	bk_draft_free(draft);
}

static void brackets_know_their_node_and_nodes_their_open_brackets(void **state)
{
	static const char bytes[] = "[a b]\n\n1. x [c d] y\n\n   (a) [e f [g h]]\n\n[2. [i j]]\n";
	bk_draft *draft = open_draft(bytes, strlen(bytes));
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);

	(void)state;
	assert_int_equal(count, 6);
	assert_int_equal(brackets[0].node, BK_NONE);
	assert_string_equal(bk_draft_path(draft, 0), "");
	assert_string_equal(bk_draft_path(draft, 1), "1");
	assert_string_equal(bk_draft_path(draft, 3), "1 > (a)");
	assert_string_equal(bk_draft_path(draft, 4), "2");
	assert_int_equal(node_called(draft, "1")->open, 3);
	assert_int_equal(node_called(draft, "1 > (a)")->open, 2);
	assert_int_equal(node_called(draft, "2")->open, 2);
	bk_draft_free(draft);
}

/* ---- Any bytes -------------------------------------------------------------------------------------- */

/* What holds for every outline. */
static void assert_sound(const bk_draft *draft, size_t len)
{
	size_t count;
	const struct bk_node *nodes = bk_draft_nodes(draft, &count);

	for (size_t i = 0; i < count; i++) {
		assert_true(nodes[i].start <= nodes[i].offset && nodes[i].offset < len);
		assert_true(nodes[i].end > nodes[i].offset && nodes[i].end <= len);
		assert_true(i == 0 || nodes[i - 1].start <= nodes[i].start);
		assert_true(nodes[i].parent == BK_NONE ||
			    (nodes[i].parent < i && nodes[nodes[i].parent].end >= nodes[i].end));
		assert_int_equal(
			nodes[i].level, nodes[i].parent == BK_NONE ? 1 : nodes[nodes[i].parent].level + 1);
		assert_true((nodes[i].family > 0) == (nodes[i].kind == BK_NODE_OPTION));
		assert_non_null(nodes[i].label);
		assert_non_null(nodes[i].path);
		assert_non_null(nodes[i].title);
	}
}

static void every_text_has_a_sound_outline(void **state)
{
	static const char *const pieces[] = {"1. ", "(a) ", "\n", "\n\n", "Option 1: ", "Option 2", "[", "]",
		"**", "## ", "Article 4", " text", "a alt. ", "OP1 Alt. ", "  ", "\f", "(i) ", "....... 4",
		"\xFF", "{", "3.3bis ", "A. ", "IV. Title", "\t", "Sub-option 1", "\r\n", "[1][3]. "};
	uint64_t seed = 1;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct bk_buf buf = BK_BUF_INIT;
		bk_draft *draft;

		for (int i = 0; i < 40; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			bk_buf_puts(&buf, pieces[(seed >> 33) % (sizeof pieces / sizeof *pieces)]);
		}
		draft = open_draft(buf.bytes, buf.len);
		assert_sound(draft, buf.len);
		bk_draft_free(draft);
		bk_buf_release(&buf);
	}
}

static void the_deepest_nesting_has_a_bound(void **state)
{
	struct bk_buf buf = BK_BUF_INIT;
	bk_draft *draft;

	(void)state;
	for (size_t i = 0; i < 200; i++) {
		bk_buf_fill(&buf, ' ', i * 2);
		bk_buf_puts(&buf, "1. x\n\n");
	}
	draft = open_draft(buf.bytes, buf.len);
	assert_sound(draft, buf.len);
	bk_draft_free(draft);
	bk_buf_release(&buf);
}

/* Each provision looks for a bracket round it that ends its line: were the line of closes read for each of them, it
 * would take seconds. */
static void provisions_in_many_misplaced_brackets_are_read_in_little_time(void **state)
{
	enum { COUNT = 4000, SECONDS = 2 };
	struct bk_buf buf = BK_BUF_INIT;
	bk_draft *draft;
	clock_t start;

	(void)state;
	bk_buf_fill(&buf, '[', COUNT);
	for (int i = 1; i <= COUNT; i++)
		bk_buf_printf(&buf, "\n\n%d. Parties act.", i);
	bk_buf_fill(&buf, ']', COUNT);
	bk_buf_puts(&buf, " and more.\n");
	start = clock();
	draft = open_draft(buf.bytes, buf.len);
	assert_true(clock() - start < SECONDS * CLOCKS_PER_SEC);
	assert_sound(draft, buf.len);
	bk_draft_free(draft);
	bk_buf_release(&buf);
}

static void on_failure_nothing_is_left(void **state)
{
	static const char bytes[] = "## Article 1\n\n1. **Option 1:** a\n\nOP1 Alt. b\n\n(a) [c]\n";
	struct bk_draft_options options = {0};
	bk_conventions *conventions;
	bk_text *text;

	(void)state;
	assert_int_equal(bk_conventions_new(&conventions, NULL, NULL, 0), BK_OK);
	options.conventions = conventions;
	assert_int_equal(bk_text_new(&text, bytes, strlen(bytes)), BK_OK);
	for (size_t n = 0; n < 200; n++) {
		bk_draft *draft = NULL;
		int status;

		bk_alloc_fail_after(n);
		status = bk_draft_new(&draft, bk_text_now(text), &options);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK ? draft != NULL : (status == BK_ENOMEM && !draft));
		bk_draft_free(draft);
	}
	bk_text_free(text);
	bk_conventions_free(conventions);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headings_nest_by_their_rank),
		cmocka_unit_test(a_sentence_that_names_an_article_is_no_heading),
		cmocka_unit_test(titles_and_places_are_kept),
		cmocka_unit_test(names_beside_a_disputed_heading_are_none_of_it),
		cmocka_unit_test(names_move_no_provision),
		cmocka_unit_test(names_may_stand_in_a_label),
		cmocka_unit_test(names_wrap_no_line),
		cmocka_unit_test(provisions_nest_by_style_and_indentation),
		cmocka_unit_test(a_wrapped_line_opens_no_provision),
		cmocka_unit_test(a_single_wide_line_moves_no_margin),
		cmocka_unit_test(running_heads_and_contents_wreck_nothing),
		cmocka_unit_test(labels_of_the_conventions_open_provisions),
		cmocka_unit_test(options_of_one_choice_are_a_family),
		cmocka_unit_test(an_option_lasts_to_the_next_of_its_level_or_above),
		cmocka_unit_test(a_repeated_label_goes_on_with_the_family),
		cmocka_unit_test(an_option_ends_with_the_bracket_that_holds_its_header),
		cmocka_unit_test(names_behind_a_bracket_do_not_hold_its_provision_open),
		cmocka_unit_test(a_misplaced_close_does_not_end_an_option_before_the_next),
		cmocka_unit_test(an_alternative_of_a_label_is_an_option_beside_it),
		cmocka_unit_test(brackets_know_their_node_and_nodes_their_open_brackets),
		cmocka_unit_test(every_text_has_a_sound_outline),
		cmocka_unit_test(the_deepest_nesting_has_a_bound),
		cmocka_unit_test(provisions_in_many_misplaced_brackets_are_read_in_little_time),
		cmocka_unit_test(on_failure_nothing_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
