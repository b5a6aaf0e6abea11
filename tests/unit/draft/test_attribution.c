/* Who says so: the four forms, lists and verbs of the notation's section 6, and what is no attribution. */
#include "base/alloc.h"
#include "base/buf.h"
#include "draft/naming.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "sample.h"

static void put_all(const bk_draft *draft, struct bk_buf *out)
{
	size_t n;
	const struct bk_attribution *all = bk_draft_attributions(draft, &n);

	for (size_t i = 0; i < n; i++)
		bk_buf_printf(out, "%s%u %s %s", i ? "; " : "", all[i].bracket, all[i].party,
			bk_act_name((enum bk_act)all[i].act));
}

/* The attributions of text are "BRACKET PARTY ACT; ...". */
static void reads_as(const char *text, const char *wanted)
{
	bk_draft *draft = sample(text);
	struct bk_buf got = BK_BUF_INIT;

	put_all(draft, &got);
	assert_string_equal(bk_buf_string(&got), wanted);
	bk_buf_release(&got);
	bk_draft_free(draft);
}

static void says(const char *text, size_t index, const char *words)
{
	bk_draft *draft = sample(text);
	const struct bk_span span = nth(draft, index)->text;

	assert_int_equal(span.end - span.start, strlen(words));
	assert_memory_equal(text + span.start, words, strlen(words));
	bk_draft_free(draft);
}

static void a_prefix_names_who_proposes(void **state)
{
	(void)state;
	reads_as("[EU, AOSIS: text]", "0 EU propose; 0 AOSIS propose");
	reads_as("[US/AU propose; CL/PE oppose: text]",
		"0 US propose; 0 AU propose; 0 CL oppose; 0 PE oppose");
	reads_as("[African Group: text]", "0 AGN propose");
	reads_as("[the EU: text]", "0 EU propose");
	reads_as("[G77 and China: text]", "0 G77 propose");
	reads_as("[Antigua and Barbuda and Cuba: text]", "0 AG propose; 0 CU propose");
	says("[EU, AOSIS: text]", 0, "text");
	says("[1. EU: text]", 0, "text");
	/* Emphasis of the words is none of the name's. */
	says("[EU: *Noting* the report]", 0, "*Noting* the report");
	says("[**EU:** text]", 0, "text");
	says("[*EU*: *Noting* it]", 0, "*Noting* it");
}

/* Two letters alike and Roman numbers are labels, too. */
static void codes_that_could_be_labels_name_who_the_roster_knows(void **state)
{
	(void)state;
	reads_as("[EE: text]", "0 EE propose");
	reads_as("[VI: text]", "0 VI propose");
	says("[VI: text]", 0, "text");
	reads_as("[(a) EE: text][II: text][VI. text][vi: text]", "0 EE propose");
	says("[II: text]", 0, "text");
}

static void parentheses_after_the_close_name_who_does_what(void **state)
{
	(void)state;
	reads_as("[text] (G77) (EU, CANZ: delete)", "0 G77 propose; 0 EU delete; 0 CANZ delete");
	reads_as("[text](AILAC propose \"more text\")", "0 AILAC propose");
	reads_as("[a [b](EU)] (US)", "0 US propose; 1 EU propose");
	says("[text] (G77)", 0, "text");
}

static void what_follows_a_dash_names_who_does_what(void **state)
{
	(void)state;
	reads_as("[text - US; G77 delete]", "0 US propose; 0 G77 delete");
	reads_as("[text – EU]", "0 EU propose");
	reads_as("[text — EU and NO]", "0 EU propose; 0 NO propose");
	reads_as("[low - carbon development]", "");
	reads_as("[, as needed. -G77; US delete.]", "0 G77 propose; 0 US delete");
	reads_as("[text- EU]", "0 EU propose");
	reads_as("[post -harvest loss]", "");
	says("[text - US; G77 delete]", 0, "text");
}

static void each_alternative_between_slashes_may_end_in_a_dash_and_names(void **state)
{
	(void)state;
	reads_as("[change - EU, G77 retain / promote - US]", "0 EU retain; 0 G77 retain; 0 US propose");
	reads_as("[change - US/ promote - EU]", "0 US propose; 0 EU propose");
	reads_as("[change or promote - EU / US]", "0 EU propose; 0 US propose");
	says("[change - EU / promote - US]", 0, "change - EU / promote");
}

static void a_footnote_that_says_who_attributes(void **state)
{
	(void)state;
	reads_as("[text][^9]\n\n[^9]: EU, AOSIS", "0 EU propose; 0 AOSIS propose");
	reads_as("[text]12 goes on\n\n12 Proposed by AILAC.\n", "0 AILAC propose");
	reads_as("[text][^9]\n\n[^9]: See the annex.", "");
	/* The first paragraph has that number too, but with a stop behind it. */
	reads_as("[text]1,\n\n1. Parties act.\n\n1 Proposed by AILAC.\n", "0 AILAC propose");
	reads_as("[text]1,\n\n1. Proposed by AILAC.\n", "0 AILAC propose");
	reads_as("[text][^9]\n\n[^9]: Cuba requested that this text be retained.", "0 CU retain");
	reads_as("[text][^9]\n\n[^9]: The delegation of Cuba reserved its position.", "0 CU reserve");
	reads_as("[text][^9]\n\n[^9]: Cuba proposed deletion of this phrase.", "0 CU delete");
	reads_as("[text][^9]\n\n[^9]: This paragraph was proposed by Cuba.", "0 CU propose");
	reads_as("[text] (Cuba to check with capital)", "0 CU reserve");
	reads_as("[text][^9]\n\n[^9]: The representative of Cuba asked for the deletion of this.",
		"0 CU delete");
	reads_as("[EU would like to retain: text]", "0 EU retain");
}

static void a_footnote_that_is_disputed_itself_attributes(void **state)
{
	(void)state;
	reads_as("[text][^9]\n\n[[^9]: CU.]\n[US: [^9]: CU and AU.]\n", "0 CU propose; 4 US propose");
	reads_as("[text][^9]\n\n[US, AU delete: [^9]: CU.]\n\nCU again.\n",
		"0 CU propose; 2 US delete; 2 AU delete");
	/* No note begins in the middle. */
	reads_as("[text][^9]\n\n[See also [^9]: CU.]\n", "");
}

static void verbs_stand_with_or_without_s(void **state)
{
	static const char *const verbs[BK_ACT_COUNT] = {
		"propose", "support", "oppose", "delete", "retain", "reserve", "reflect", "withdraw"};

	(void)state;
	for (size_t i = 0; i < BK_ACT_COUNT; i++) {
		char text[64], wanted[64];

		snprintf(wanted, sizeof wanted, "0 EU %s", verbs[i]);
		snprintf(text, sizeof text, "[EU %s: text]", verbs[i]);
		reads_as(text, wanted);
		snprintf(text, sizeof text, "[text] (EU %ss)", verbs[i]);
		reads_as(text, wanted);
	}
	reads_as("[text] (EU does not support)", "0 EU oppose");
	reads_as("[text] (EU proposes to delete)", "0 EU delete");
}

static void a_verb_in_the_place_of_the_words_is_what_they_do(void **state)
{
	(void)state;
	reads_as("[BR, IN: reserve]", "0 BR reserve; 0 IN reserve");
	reads_as("[BR, IN: retain]", "0 BR retain; 0 IN retain");
	reads_as("[text] (Delete – US)", "0 US delete");
	reads_as("[EU: supports]", "0 EU propose");
	says("[BR, IN: reserve]", 0, "");
}

static void who_will_revert_or_asks_for_a_bracket_reserves(void **state)
{
	(void)state;
	reads_as("[text - EU; US to revert]", "0 EU propose; 0 US reserve");
	reads_as("[text] (CN: bracket)", "0 CN reserve");
}

static void a_verb_may_have_other_words_and_stand_behind_a_dash(void **state)
{
	(void)state;
	reads_as("[text - EU considering]", "0 EU reflect");
	reads_as("[text] (EU asked to keep; US rejects)", "0 EU retain; 0 US oppose");
	reads_as("[text] (G77 – proposal; US – reserve)", "0 G77 propose; 0 US reserve");
}

static void a_parenthesis_behind_a_footnote_mark_speaks_of_the_paragraph(void **state)
{
	(void)state;
	reads_as("the environment[2] (EU; US reserve).", "");
	reads_as("the [environment] (EU).", "0 EU propose");
}

static void verbs_of_other_languages_are_read(void **state)
{
	(void)state;
	reads_as("[texto] (Chile: suprimir)", "0 CL delete");
	reads_as("[texte] (Canada appuie)", "0 CA support");
	reads_as("[текст] (CN, IN: исключить)", "0 CN delete; 0 IN delete");
	reads_as("[案文] (CN: 删除)", "0 CN delete");
}

static void figures_and_verbs_may_be_glued_to_a_code(void **state)
{
	(void)state;
	reads_as("[MX12: text]", "0 MX propose");
	reads_as("[CLpropose: text]", "0 CL propose");
	reads_as("[G77: text]", "0 G77 propose");
}

static void a_footnotes_figures_between_parts_belong_to_none(void **state)
{
	(void)state;
	reads_as("[CL propose; 101 VN/MY oppose: text]", "0 CL propose; 0 VN oppose; 0 MY oppose");
}

static void notes_options_and_references_are_no_attributions(void **state)
{
	(void)state;
	reads_as("[Note: text]", "");
	reads_as("[Option 1: text]", "");
	reads_as("[Paragraph 3: text]", "");
	reads_as("[Parties: text]", "");
	reads_as("[scheme] (EPR)", "");
	reads_as("[text](a)", "");
	reads_as("[EU and others shall: text]", "");
}

static void unknown_codes_count_where_conventions_allow(void **state)
{
	bk_conventions *conventions;
	struct bk_draft_options options = {.names = test_names()};
	const struct bk_setting yes = {"conventions.unknowncodes", "true"};
	bk_draft *draft;
	size_t n;
	const struct bk_attribution *all;

	(void)state;
	reads_as("[QQQ: text]", "");
	assert_int_equal(bk_conventions_new(&conventions, NULL, &yes, 1), BK_OK);
	options.conventions = conventions;
	draft = sample_with("[QQQ: text]", &options);
	all = bk_draft_attributions(draft, &n);
	assert_int_equal(n, 1);
	assert_string_equal(all[0].party, "QQQ");
	assert_false(all[0].known);
	bk_draft_free(draft);
	bk_conventions_free(conventions);
}

static void without_a_roster_codes_count(void **state)
{
	bk_draft *draft = sample_with("[G77: text] [African Group: text]", NULL);
	size_t n;

	(void)state;
	assert_string_equal(bk_draft_attributions(draft, &n)[0].party, "G77");
	assert_int_equal(n, 1);
	bk_draft_free(draft);
}

static void spans_of_names_and_notation_are_exact(void **state)
{
	static const char text[] = "x [EU, AOSIS: text] (US)";
	bk_draft *draft = sample(text);
	size_t n;
	const struct bk_attribution *all = bk_draft_attributions(draft, &n);

	(void)state;
	assert_int_equal(n, 3);
	assert_memory_equal(text + all[1].written.start, "AOSIS", 5);
	assert_int_equal(all[1].written.end - all[1].written.start, 5);
	assert_memory_equal(text + all[0].notation.start, "EU, AOSIS: ", 11);
	assert_int_equal(all[0].notation.end - all[0].notation.start, 11);
	assert_memory_equal(text + all[2].notation.start, "(US)", 4);
	assert_int_equal(nth(draft, 0)->attribution_count, 3);
	bk_draft_free(draft);
}

static void a_name_is_written_without_blanks_behind_it(void **state)
{
	static const char text[] = "[Norway\xc2\xa0: rope]";
	bk_draft *draft = sample(text);
	size_t n;
	const struct bk_attribution *all = bk_draft_attributions(draft, &n);

	(void)state;
	assert_int_equal(n, 1);
	assert_int_equal(all[0].written.start, 1);
	assert_int_equal(all[0].written.end, 7);
	bk_draft_free(draft);
}

static void a_list_is_read_by_itself(void **state)
{
	const struct bk_naming naming = {*test_names(), false};
	bk_named_list list = BK_VEC_INIT;
	bool is;

	(void)state;
	assert_int_equal(
		bk_naming_parse(&naming, BK_STR("CL; PE oppose"), BK_NAMING_STRICT, &list, &is), BK_OK);
	assert_true(is);
	assert_int_equal(list.len, 2);
	assert_int_equal(list.items[0].act, BK_ACT_PROPOSE);
	assert_int_equal(list.items[1].act, BK_ACT_OPPOSE);
	assert_int_equal(
		bk_naming_parse(&naming, BK_STR("EU and the rest"), BK_NAMING_STRICT, &list, &is), BK_OK);
	assert_false(is);
	assert_int_equal(list.len, 2);
	BK_VEC_RELEASE(&list);
}

static const char everything[] =
	"1. [EU: [shall][should][other]] [Note: x] {y} [text - US; G77 delete] (AU) [a / b][^1] [date] [, "
	"and c]\n"
	"[link](http://example.org/) word[12] [new,] [old] [z]3\n\n[^1]: Proposed by NO\n3 EU\n";

static void without_memory_no_draft_is_made(void **state)
{
	const struct bk_draft_options options = {.names = test_names()};
	bk_text *text;
	bk_snapshot *snapshot;
	bk_draft *draft = NULL;
	size_t n = 0;

	(void)state;
	assert_int_equal(bk_text_new(&text, everything, sizeof everything - 1), BK_OK);
	snapshot = bk_text_snapshot(text);
	for (;; n++) {
		int status;

		bk_alloc_fail_after(n);
		status = bk_draft_new(&draft, snapshot, &options);
		bk_alloc_fail_after(SIZE_MAX);
		if (status == BK_OK)
			break;
		assert_int_equal(status, BK_ENOMEM);
		assert_null(draft);
	}
	assert_true(n > 20);
	bk_draft_free(draft);
	bk_snapshot_free(snapshot);
	bk_text_free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_prefix_names_who_proposes),
		cmocka_unit_test(codes_that_could_be_labels_name_who_the_roster_knows),
		cmocka_unit_test(parentheses_after_the_close_name_who_does_what),
		cmocka_unit_test(what_follows_a_dash_names_who_does_what),
		cmocka_unit_test(each_alternative_between_slashes_may_end_in_a_dash_and_names),
		cmocka_unit_test(a_footnote_that_says_who_attributes),
		cmocka_unit_test(a_footnote_that_is_disputed_itself_attributes),
		cmocka_unit_test(verbs_stand_with_or_without_s),
		cmocka_unit_test(verbs_of_other_languages_are_read),
		cmocka_unit_test(figures_and_verbs_may_be_glued_to_a_code),
		cmocka_unit_test(a_footnotes_figures_between_parts_belong_to_none),
		cmocka_unit_test(notes_options_and_references_are_no_attributions),
		cmocka_unit_test(unknown_codes_count_where_conventions_allow),
		cmocka_unit_test(without_a_roster_codes_count),
		cmocka_unit_test(spans_of_names_and_notation_are_exact),
		cmocka_unit_test(a_name_is_written_without_blanks_behind_it),
		cmocka_unit_test(a_list_is_read_by_itself),
		cmocka_unit_test(without_memory_no_draft_is_made),
		cmocka_unit_test(a_verb_in_the_place_of_the_words_is_what_they_do),
		cmocka_unit_test(who_will_revert_or_asks_for_a_bracket_reserves),
		cmocka_unit_test(a_verb_may_have_other_words_and_stand_behind_a_dash),
		cmocka_unit_test(a_parenthesis_behind_a_footnote_mark_speaks_of_the_paragraph),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
