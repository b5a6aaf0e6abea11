/* Of all that changed, what binds. */
#include "compare/binding_word.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "../draft/names.h"
#include "comparing.h"

static void the_list_of_binding_words_is_folded_and_in_order(void **state)
{
	(void)state;
	assert_true(bk_binding_words_are_in_order());
	assert_true(bk_binding_words_are_folded());
	assert_int_equal(bk_binding_word_kind(BK_STR("shall")), BK_GAVEL_MODAL);
	assert_int_equal(bk_binding_word_kind(BK_STR("1990")), BK_GAVEL_DATE);
	assert_int_equal(bk_binding_word_kind(BK_STR("30")), BK_GAVEL_NUMBER);
	assert_int_equal(bk_binding_word_kind(BK_STR("shallow")), BK_GAVEL_KIND_COUNT);
}

/* "modal should>shall; date 2025>2030" */
static void expect_of(struct compared compared, const char *old, const char *now, const char *lines)
{
	struct bk_buf found = BK_BUF_INIT;
	bk_gavel *gavel;
	size_t count;
	const struct bk_gavel_line *all;

	assert_int_equal(bk_gavel_new(&gavel, compared.comparison, NULL, 0), BK_OK);
	all = bk_gavel_list(gavel, &count);
	for (size_t i = 0; i < count; i++) {
		bk_buf_printf(&found, "%s%s%s ", i ? "; " : "", bk_gavel_kind_name(all[i].kind),
			all[i].agreed	 ? "!"
			: all[i].outside ? ""
					 : "*");
		if (all[i].in_old)
			bk_buf_put(&found, old + all[i].old_span.start,
				all[i].old_span.end - all[i].old_span.start);
		bk_buf_puts(&found, ">");
		if (all[i].in_new)
			bk_buf_put(&found, now + all[i].new_span.start,
				all[i].new_span.end - all[i].new_span.start);
	}
	assert_string_equal(bk_buf_string(&found), lines);
	bk_buf_release(&found);
	bk_gavel_free(gavel);
	compared_free(&compared);
}

static void expect(const char *old, const char *now, const char *lines)
{
	expect_of(compare(old, now), old, now, lines);
}

/* By who knows the parties. */
static void expect_with_names(const char *old, const char *now, const char *lines)
{
	struct bk_draft_options options = *reading_options();
	struct compared compared;

	options.names = test_names();
	compared.old = draft_of_bytes(old, strlen(old), &options);
	compared.now = draft_of_bytes(now, strlen(now), &options);
	assert_int_equal(bk_comparison_new(&compared.comparison, compared.old, compared.now), BK_OK);
	expect_of(compared, old, now, lines);
}

static void a_modal_that_changed_binds(void **state)
{
	(void)state;
	expect("Each Party should act on forests.", "Each Party shall act on forests.", "modal should>shall");
	expect("Each Party shall act on forests.", "Each Party is encouraged to act on forests.",
		"modal shall>is encouraged to");
	expect("Each Party shall act on forests.", "Each Party shall not act on forests.", "negation >not");
	expect("Chaque Partie doit agir ensemble.", "Chaque Partie devrait agir ensemble.",
		"modal doit>devrait");
	expect("Каждая Сторона должна сообщать данные.", "Каждая Сторона может сообщать данные.",
		"modal должна>может");
}

static void a_verb_behind_its_modal_binds(void **state)
{
	(void)state;
	expect("The Conference shall decide on the matter.", "The Conference shall consider on the matter.",
		"modal shall decide>shall consider");
	/* whatever the verb is */
	expect("Each Party shall report on forests.", "Each Party shall rest on forests.",
		"modal shall report>shall rest");
}

static void figures_dates_and_actors_bind(void **state)
{
	(void)state;
	expect("a sum of 30 billion by 2012", "a sum of 10 billion by 2012", "number 30 billion>10 billion");
	expect("a sum of 30 billion by 2012", "a sum of 30 billion by 2020", "date 2012>2020");
	expect("Developed country Parties report to it.", "All country Parties report to it.",
		"party Developed country Parties>All country Parties");
	expect("plans and measures are told", "plans or measures are told", "and/or and>or");
}

static void signs_and_figures_of_all_scripts_bind(void **state)
{
	(void)state;
	expect("a sum of $100 billion", "a sum of €100 billion", "number $100 billion>€100 billion");
	expect("a sum of US$ 100 billion", "a sum of € 100 billion", "number US$ 100 billion>€ 100 billion");
	expect("a cut by 40.", "a cut by 40 %.", "number 40>40 %");
	expect("بحلول عام ٢٠٢٠.", "بحلول عام ٢٠٢٥.", "number ٢٠٢٠>٢٠٢٥");
	expect("在二〇二〇年前。", "在二〇二五年前。", "date 二〇二〇年>二〇二五年");
	expect("发达国家应提供资金。", "发展中国家应提供资金。", "party 发达国家>发展中国家");
}

static void annexes_and_abbreviations_bind(void **state)
{
	(void)state;
	expect("Parties in Annex I report.", "Parties in Annex II report.", "party Annex I>Annex II");
	expect("Parties report on NDCs.", "Parties report on INDCs.", "term NDCs>INDCs");
	expect("MITIGATION AND NDC", "MITIGATION AND FINANCE", "");
	expect("Those in Annexes I and II report.", "Those in Annexes I and IV report.", "party II>IV");
	expect("as chapter XIV of it says", "as chapter XVI of it says", "number XIV>XVI");
}

static void a_bound_that_changed_binds(void **state)
{
	(void)state;
	expect("reports at least once.", "reports at most once.", "number least>most");
	expect("reports before 2020.", "reports after 2020.", "date before 2020>after 2020");
	expect("reports by 1 May 2016.", "reports by 1 June 2016.", "date 1 May 2016>1 June 2016");
	expect("Sums are paid by more than 5 of them.", "Sums are paid by less than 5 of them.",
		"number more than 5>less than 5");
}

static void what_a_decision_does_binds(void **state)
{
	(void)state;
	expect("Decides to set up a fund.", "Agrees to set up a fund.", "modal Decides to>Agrees to");
}

static void wording_that_does_not_bind_is_left_out(void **state)
{
	(void)state;
	expect("Each Party shall act on forests.", "Each Party shall act on woods.", "");
	expect("Each Party shall act\non forests.", "Each Party shall act on\nforests.", "");
}

static void what_is_outside_of_brackets_comes_first(void **state)
{
	(void)state;
	expect("1. Parties [shall act on forests][may do so].\n\n2. Parties should report.\n",
		"1. Parties [should act on forests][may do so].\n\n2. Parties shall report.\n",
		"modal should>shall; modal* shall>should");
}

static void agreed_text_comes_before_all(void **state)
{
	(void)state;
	expect("1. Parties should act.\n\n2. Parties may report. [agreed]\n",
		"1. Parties shall act.\n\n2. Parties shall report. [agreed]\n",
		"modal! may>shall; modal should>shall");
	/* what came into it, too */
	expect("1. Parties act.\n\n2. Parties report. [agreed]\n",
		"1. Parties act.\n\n2. Parties never report. [agreed]\n", "negation! >never");
}

static void what_nobody_sees_is_told(void **state)
{
	(void)state;
	expect("Each Party shall act.", "Each Party sh\xd0\xb0ll act.", "invisible shall>sh\xd0\xb0ll");
	expect("", "\xe2\x80\x8b", "invisible >\xe2\x80\x8b");
	expect("\xe2\x80\x8b", "", "invisible \xe2\x80\x8b>");
}

static void a_sentence_that_went_is_told_once(void **state)
{
	(void)state;
	expect("Parties act on forests. Each developed country Party shall provide 100 billion dollars a "
	       "year by 2020. All "
	       "report on it.",
		"Parties act on forests. All report on it.",
		"sentence Each developed country Party shall provide 100 billion dollars a year by 2020>");
}

static void a_modal_that_got_weaker_is_told_whole(void **state)
{
	(void)state;
	expect("Each Party should act on forests.", "Each Party should strive to act on forests.",
		"modal should>should strive to");
	expect("Parties shall report.", "Parties are invited to report.", "modal shall>are invited to");
}

static void what_belongs_together_is_told_together(void **state)
{
	(void)state;
	expect("Plans are due by 23 October 2015 in full.", "Plans are due by 4 December 2015 in full.",
		"date 23 October 2015>4 December 2015");
	expect("A share of 30 per cent is kept.", "A share of 25 per cent is kept.",
		"number 30 per cent>25 per cent");
	expect("It is at least as warm as that.", "It is as warm as that.", "");
	expect("Emissions per person fall fast.", "Emissions of a person fall fast.", "");
}

static void who_acts_binds(void **state)
{
	(void)state;
	expect("Parties shall report on it.", "The secretariat shall report on it.",
		"party Parties>The secretariat");
	expect_with_names("The sum is paid by Norway alone.", "The sum is paid by New Zealand alone.",
		"party Norway>New Zealand");
}

static void how_many_act_binds(void **state)
{
	(void)state;
	expect("In reporting, Parties shall be brief.", "In reporting, all Parties shall be brief.",
		"party Parties>all Parties");
	expect("In reporting, each Party shall be brief.", "In reporting, any Party shall be brief.",
		"party each Party>any Party");
	expect("Parties report, all of it in brief.", "Parties report, each page of it in brief.", "");
}

static void the_symbol_of_a_document_is_one_term(void **state)
{
	(void)state;
	expect("as decision 1/CP.20 says and as time allows", "as decision 1/CP.21 says and as time allows",
		"term 1/CP.20>1/CP.21");
	expect("as A/CONF.232/2023/4 says", "as A/CONF.231/2022/4 says",
		"term A/CONF.232/2023/4>A/CONF.231/2022/4");
}

static void a_body_that_serves_as_another_is_one_name(void **state)
{
	(void)state;
	expect("They follow rules of the COP and others.",
		"They follow rules of the Conference of the Parties serving as the meeting of the Parties to "
		"the "
		"Rome Protocol and others.",
		"term COP>Conference of the Parties serving as the meeting of the Parties to the Rome "
		"Protocol");
}

static void figures_of_one_reference_are_told_together(void **state)
{
	(void)state;
	expect("Sinks are kept as Article 4, paragraphs 9 and 11, says of them.",
		"Sinks are kept as the law says of them.", "number 4, paragraphs 9 and 11>");
	expect("Sinks are kept, as Articles 4, 7 say.", "Sinks are kept, as Articles 4, 7, 9 and 11 say.",
		"number >9 and 11");
	expect("Sinks [4] [and 7] are kept.", "Sinks are kept.", "number* 4>; number* 7>");
	expect("A sum of [30] [billion] dollars is paid.", "A sum of money is paid.",
		"number* 30] [billion] dollars>");
}

static void the_meaning_of_a_term_that_came_or_went_binds(void **state)
{
	(void)state;
	expect("1. \"Bank\" means the bank of settlements.\n\n2. \"Sum\" means what a lender gives to "
	       "others.\n",
		"1. \"Bank\" means the bank of settlements.\n",
		"sentence Sum\" means what a lender gives to others>");
}

static void labels_and_who_asks_bind_nobody(void **state)
{
	(void)state;
	expect_with_names("Peaks come early. (US, JP)\n", "Peaks come early. (US, NO)\n", "");
	expect("1. Peaks come early.\n\n39 alt. [Markets are set up for it.]\n",
		"1. Peaks come early.\n\n38 alt. [Markets are set up for it.]\n", "");
	/* ... of words that changed, too */
	expect("1. Peaks come early.\n\n63 alt. [BO: No market of any kind is set up for them.]\n",
		"1. Peaks come early.\n\n62 alt. [BO: No market of any sort is set up for them.]\n", "");
}

static void a_term_that_the_text_defines_binds(void **state)
{
	(void)state;
	expect("\"Reference level\" means a line.\n\nEach draws up a Reference level for forests.\n",
		"\"Reference level\" means a line.\n\nEach draws up a plan for forests.\n",
		"term Reference level>");
}

static void a_term_that_one_of_the_texts_defines_binds(void **state)
{
	(void)state;
	expect("\"Reference level\" means a line.\n\nEach draws up a Reference level for forests.\n",
		"Each draws up a plan for forests.\n",
		"sentence Reference level\" means a line>; term Reference level>");
	expect("Each draws up a plan for forests.\n\nAll is well.\n",
		"Each draws up a Reference level for forests.\n\n\"Reference level\" means a line.\n\n"
		"All is well.\n",
		"term >Reference level; sentence >Reference level\" means a line");
}

static void a_definition_is_known_however_it_is_written(void **state)
{
	static const char *const definitions[][2] = {
		{"\"Reference level\", means a line.", "Reference level"},
		{"\u201cReference level\u201d means a line.", "Reference level"},
		{"« niveau de base » désigne une ligne.", "niveau de base"},
		{"«\u00a0niveau de base\u00a0» désigne une ligne.", "niveau de base"},
		{"«línea de base» significa una línea.", "línea de base"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof definitions / sizeof *definitions; i++) {
		char old[200], now[200], lines[200];

		snprintf(old, sizeof old, "%s\n\nEach draws up a %s for forests.\n", definitions[i][0],
			definitions[i][1]);
		snprintf(now, sizeof now, "%s\n\nEach draws up a plan for forests.\n", definitions[i][0]);
		snprintf(lines, sizeof lines, "term %s>", definitions[i][1]);
		expect(old, now, lines);
	}
}

static void a_reference_that_follows_its_provision_is_no_change(void **state)
{
	static const char *const old =
		"1. Emissions of methane peak soon.\n\n2. Forests of every kind are kept.\n\n"
		"3. Reports on soils are sent out yearly under paragraph 2 or Norway asks.\n";

	(void)state;
	expect(old,
		"1. Emissions of methane peak soon.\n\n2. Oceans and seas are warm.\n\n"
		"3. Forests of every kind are kept.\n\n"
		"4. Reports on soils are sent out yearly under paragraph 3 or Norway asks.\n",
		"");
	expect(old,
		"1. Emissions of methane peak soon.\n\n2. Forests of every kind are kept.\n\n"
		"3. Reports on soils are sent out yearly under paragraph 1 or Norway asks.\n",
		"number 2>1");
}

/* The text with a new second paragraph, and a figure that goes up by one as the numbers behind it do. */
static void expect_with_new_second(const char *was, const char *is, const char *lines)
{
	char old[400], now[400];

	snprintf(old, sizeof old,
		"1. Emissions of methane peak soon.\n\n2. Forests of every kind are kept.\n\n"
		"3. Reports on soils %s or Norway asks.\n",
		was);
	snprintf(now, sizeof now,
		"1. Emissions of methane peak soon.\n\n2. Oceans and seas are warm.\n\n"
		"3. Forests of every kind are kept.\n\n4. Reports on soils %s or Norway asks.\n",
		is);
	expect(old, now, lines);
}

static void a_figure_that_cites_nothing_follows_nothing(void **state)
{
	(void)state;
	expect_with_new_second("are sent under paragraph 2", "are sent under paragraph 3", "");
	expect_with_new_second("name 2 rivers", "name 3 rivers", "number 2>3");
	expect_with_new_second("are sent under Article 2", "are sent under Article 3", "number 2>3");
}

static void a_reference_follows_the_provision_of_its_own_article(void **state)
{
	(void)state;
	expect("# Article 1\n\n1. Emissions of methane peak soon.\n\n2. Forests of every kind are kept.\n\n"
	       "3. Reports on soils are sent under paragraph 2 or Norway asks.\n\n"
	       "# Article 2\n\n1. Banks lend money to farmers.\n\n2. Farmers pay it back in time.\n",
		"# Article 1\n\n1. Emissions of methane peak soon.\n\n2. Forests of every kind are kept.\n\n"
		"3. Reports on soils are sent under paragraph 3 or Norway asks.\n\n"
		"# Article 2\n\n1. Banks lend money to farmers.\n\n2. Oceans and seas are warm.\n\n"
		"3. Farmers pay it back in time.\n",
		"number 2>3");
}

static void a_reference_with_a_suffix_follows_the_provision_that_has_it(void **state)
{
	(void)state;
	expect("1. Emissions of methane peak soon.\n\n2. Forests of every kind are kept.\n\n"
	       "2 bis. Oceans and seas are warm.\n\n"
	       "3. Reports on soils are sent under paragraph 2 bis or Norway asks.\n",
		"1. Emissions of methane peak soon.\n\n2. Forests of every kind are kept.\n\n"
		"3. Oceans and seas are warm.\n\n"
		"4. Reports on soils are sent under paragraph 3 or Norway asks.\n",
		"");
}

static void what_is_no_text_comes_last(void **state)
{
	(void)state;
	expect("---\ndate: 1 May 2015\n---\n\n1. Parties should act. {to be moved to Article 3}\n",
		"---\ndate: 2 May 2015\n---\n\n1. Parties shall act. {to be moved to Article 4}\n",
		"modal should>shall; number* 3>4");
	/* as does what stands before all provisions, and a note that went */
	expect("Draft of 1 May 2015\n\n1. Parties should act.\n",
		"Draft of 2 May 2015\n\n1. Parties shall act.\n",
		"modal should>shall; date 1 May 2015>2 May 2015");
	expect("1. Keepers rest. {Chair: this shall go to Article 3 by 2020}\n", "1. Keepers rest.\n",
		"sentence* Chair: this shall go to Article 3 by 2020>");
}

static void what_stands_elsewhere_did_not_go(void **state)
{
	(void)state;
	expect("1. Each Party shall report once a year. Nature is great.\n",
		"1. Nature is great. Each Party shall report once a year.\n", "");
	expect("1. A committee is set up under the authority of the meeting.\n\n"
	       "2. Emissions of methane from rice paddies peak within the decade.\n\n"
	       "3. Each Party shall tell the meeting what sums it lent to farmers of every country.\n",
		"1. A committee is set up under the authority of the meeting, and each Party shall tell the "
		"meeting what sums it lent to farmers of every country.\n\n"
		"2. Emissions of methane from rice paddies peak within the decade.\n",
		"");
}

/* Two hundred brackets change, and one word outside of them. */
static void a_modal_among_many_brackets_comes_first(void **state)
{
	struct bk_buf old = BK_BUF_INIT, now = BK_BUF_INIT;
	struct compared compared;
	bk_gavel *gavel;
	size_t count;
	const struct bk_gavel_line *first;

	(void)state;
	for (int i = 1; i <= 200; i++) {
		bk_buf_printf(&old, "%d. Measure %d [shall][should] be taken by [20%02d][2050].\n\n", i,
			i * 7, i % 50);
		bk_buf_printf(&now, "%d. Measure %d shall be taken by [20%02d].\n\n", i, i * 7, i % 50);
		if (i == 140) {
			bk_buf_puts(&old, "Each Party should tell of its measures.\n\n");
			bk_buf_puts(&now, "Each Party shall tell of its measures.\n\n");
		}
	}
	compared = compare_bytes(bk_buf_str(&old), bk_buf_str(&now));
	assert_int_equal(bk_gavel_new(&gavel, compared.comparison, NULL, 0), BK_OK);
	first = bk_gavel_list(gavel, &count);
	assert_true(count > 200);
	assert_int_equal(first->kind, BK_GAVEL_MODAL);
	assert_true(first->outside && !first[1].outside);
	assert_memory_equal(bk_buf_string(&old) + first->old_span.start, "should tell", 11);
	assert_memory_equal(bk_buf_string(&now) + first->new_span.start, "shall tell", 10);
	bk_gavel_free(gavel);
	compared_free(&compared);
	bk_buf_release(&old);
	bk_buf_release(&now);
}

/* ---- What nobody sees ----------------------------------------------------------------------------------------- */

static const char *const unseen_text =
	"\xc3\x89tat: Article 4\n\n1. Parties [shall][EU: sh\xc3\xa9 should, US - oppose] act on [X] forests "
	"[by [date]].[^1]\n\n"
	"(a) Option 1: [Peru, CL: No text.] (EU, US)\n\n[^1]: Proposed by EU.\n";

/* Both the answers tell a change. */
static void expect_told(struct bk_str old, struct bk_str now, const char *what, size_t at)
{
	struct compared compared = compare_bytes(old, now);
	size_t count, changes = 0, lines, invisible = 0;
	const struct bk_difference *all = bk_comparison_list(compared.comparison, &count);
	const struct bk_gavel_line *told;
	bk_gavel *gavel;

	for (size_t i = 0; i < count; i++)
		changes += all[i].kind != BK_DIFFERENCE_KEPT;
	assert_int_equal(bk_gavel_new(&gavel, compared.comparison, NULL, 0), BK_OK);
	told = bk_gavel_list(gavel, &lines);
	for (size_t i = 0; i < lines; i++)
		invisible += told[i].kind == BK_GAVEL_INVISIBLE;
	if (changes == 0 || invisible == 0)
		fail_msg("%s at %zu: %zu changes, %zu lines", what, at, changes, invisible);
	bk_gavel_free(gavel);
	compared_free(&compared);
}

static void put_changed(struct bk_buf *out, struct bk_str text, size_t at, size_t gone, const char *come)
{
	bk_buf_clear(out);
	bk_buf_put(out, text.ptr, at);
	bk_buf_puts(out, come);
	bk_buf_put(out, text.ptr + at + gone, text.len - at - gone);
}

static void a_hidden_character_is_told_wherever_it_stands(void **state)
{
	static const char *const hidden[] = {"\xe2\x80\xae", "\xe2\x80\x8b", "\xc2\xad", "\xef\xbb\xbf",
		"\xe2\x81\xa6", "\xe2\x81\xa0", "\xf3\xa0\x81\x81", "\xef\xb8\x8f", "\xe2\xa0\x80",
		"\xe3\x85\xa4"};
	const struct bk_str text = bk_str_of(unseen_text);
	struct bk_buf changed = BK_BUF_INIT;

	(void)state;
	for (size_t h = 0; h < sizeof hidden / sizeof *hidden; h++) {
		for (size_t at = 0; at <= text.len; at++) {
			if (at < text.len && ((unsigned char)text.ptr[at] & 0xC0) == 0x80)
				continue;
			put_changed(&changed, text, at, 0, hidden[h]);
			expect_told(text, bk_buf_str(&changed), "hidden came", at);
			expect_told(bk_buf_str(&changed), text, "hidden went", at);
		}
	}
	bk_buf_release(&changed);
}

/* Neither brackets nested before a change nor agreed text elsewhere may cost something for each change. */
static void changes_in_hostile_texts_cost_no_more_than_others(void **state)
{
	enum { DEPTH = 200 * 1000, CHANGES = 40 * 1000, SECONDS = 15 };
	const clock_t began = clock();
	struct bk_buf old = BK_BUF_INIT, now = BK_BUF_INIT;
	struct compared compared;
	bk_gavel *gavel = NULL;
	const struct bk_gavel_line *lines;
	size_t count;

	(void)state;
	for (int i = 0; i < 2 * DEPTH; i++)
		bk_buf_putc(&old, i < DEPTH ? '[' : ']');
	bk_buf_put_str(&now, bk_buf_str(&old));
	for (int i = 0; i < 2 * CHANGES; i++) {
		const char *status = i < CHANGES ? "" : " [agreed]";

		bk_buf_printf(&old, "\n\n%d. Parties shall act.%s", i, status);
		bk_buf_printf(&now, "\n\n%d. Parties should act.%s", i, status);
	}
	compared = compare_bytes(bk_buf_str(&old), bk_buf_str(&now));
	assert_int_equal(bk_gavel_new(&gavel, compared.comparison, NULL, 0), BK_OK);
	lines = bk_gavel_list(gavel, &count);
	assert_int_equal(count, 2 * CHANGES);
	assert_true(lines[CHANGES - 1].agreed && !lines[CHANGES].agreed);
	assert_true(clock() - began < (clock_t)SECONDS * CLOCKS_PER_SEC);
	bk_gavel_free(gavel);
	compared_free(&compared);
	bk_buf_release(&old);
	bk_buf_release(&now);
}

static void a_look_alike_is_told_wherever_it_stands(void **state)
{
	static const struct {
		const char *seen, *like;
	} alike[] = {{" ", "\xc2\xa0"}, {"a", "\xd0\xb0"}, {"e", "\xd0\xb5"}, {"o", "\xd0\xbe"},
		{"E", "\xd0\x95"}, {"P", "\xd0\xa0"}, {"X", "\xd0\xa5"}, {"\xc3\xa9", "e\xcc\x81"},
		{"\xc3\x89", "E\xcc\x81"}, {"\n", "\r\n"}};
	const struct bk_str text = bk_str_of(unseen_text);
	struct bk_buf changed = BK_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof alike / sizeof *alike; i++) {
		for (size_t at = 0; at < text.len; at++) {
			if (!bk_str_starts(bk_str_skip(text, at), bk_str_of(alike[i].seen)))
				continue;
			put_changed(&changed, text, at, strlen(alike[i].seen), alike[i].like);
			expect_told(text, bk_buf_str(&changed), alike[i].seen, at);
			expect_told(bk_buf_str(&changed), text, alike[i].seen, at);
		}
	}
	bk_buf_release(&changed);
}

static void bounds_and_units_bind_in_each_language(void **state)
{
	(void)state;
	expect("Report within 30 days.", "Report within 30 months.", "number 30 days>30 months");
	expect("Report before the meeting.", "Report after the meeting.", "date before>after");
	expect("Unless at least one third object.", "Unless at most one third object.", "number least>most");
	expect("Ils versent au moins 50 euros.", "Ils versent au plus 50 euros.",
		"number moins 50 euros>plus 50 euros");
	expect("Pagan antes de 2025.", "Pagan despu\xc3\xa9s de 2025.",
		"date antes de 2025>despu\xc3\xa9s de 2025");
	expect("\xe6\x94\xaf\xe4\xbb\x98\xe8\x87\xb3\xe5\xb0\x91 50 \xe7\xbe\x8e\xe5\x85\x83",
		"\xe6\x94\xaf\xe4\xbb\x98\xe8\x87\xb3\xe5\xa4\x9a 50 \xe7\xbe\x8e\xe5\x85\x83",
		"number \xe8\x87\xb3\xe5\xb0\x91 50 \xe7\xbe\x8e\xe5\x85\x83>"
		"\xe8\x87\xb3\xe5\xa4\x9a 50 \xe7\xbe\x8e\xe5\x85\x83");
}

static void letters_of_what_is_referred_to_bind(void **state)
{
	(void)state;
	expect("Parties report under paragraph 2(a).", "Parties report under paragraph 2(b).", "number a>b");
	expect("Parties report under Part II of it.", "Parties report under Part IV of it.", "number II>IV");
	expect("Parties report in section B of it.", "Parties report in section C of it.", "number B>C");
	expect("Parties report (a) at once.", "Parties report (b) at once.", "");
	expect("Parties report in this section a day before.",
		"Parties report in this section the day before.", "");
}

static void what_is_approved_or_prohibited_binds(void **state)
{
	(void)state;
	expect("The Meeting approves it.", "The Meeting considers it.", "modal approves>");
	expect("La R\xc3\xa9union adopte le plan.", "La R\xc3\xa9union examine le plan.", "modal adopte>");
	expect("La Conf\xc3\xa9rence d\xc3\xa9"
	       "cide d'agir.",
		"La Conf\xc3\xa9rence envisage d'agir.",
		"modal d\xc3\xa9"
		"cide>");
	expect("La Reuni\xc3\xb3n aprueba el plan.", "La Reuni\xc3\xb3n examina el plan.", "modal aprueba>");
	expect("It is prohibited to export.", "It is permitted to export.",
		"modal is prohibited to>is permitted to");
	expect("Ellos act\xc3\xba"
	       "an e informan.",
		"Ellos act\xc3\xba"
		"an o informan.",
		"and/or e>o");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_of_binding_words_is_folded_and_in_order),
		cmocka_unit_test(a_modal_that_changed_binds),
		cmocka_unit_test(bounds_and_units_bind_in_each_language),
		cmocka_unit_test(letters_of_what_is_referred_to_bind),
		cmocka_unit_test(what_is_approved_or_prohibited_binds),
		cmocka_unit_test(a_verb_behind_its_modal_binds),
		cmocka_unit_test(figures_dates_and_actors_bind),
		cmocka_unit_test(signs_and_figures_of_all_scripts_bind),
		cmocka_unit_test(annexes_and_abbreviations_bind),
		cmocka_unit_test(a_bound_that_changed_binds),
		cmocka_unit_test(what_a_decision_does_binds),
		cmocka_unit_test(wording_that_does_not_bind_is_left_out),
		cmocka_unit_test(what_is_outside_of_brackets_comes_first),
		cmocka_unit_test(agreed_text_comes_before_all),
		cmocka_unit_test(what_nobody_sees_is_told),
		cmocka_unit_test(a_sentence_that_went_is_told_once),
		cmocka_unit_test(a_modal_that_got_weaker_is_told_whole),
		cmocka_unit_test(what_belongs_together_is_told_together),
		cmocka_unit_test(who_acts_binds),
		cmocka_unit_test(how_many_act_binds),
		cmocka_unit_test(the_symbol_of_a_document_is_one_term),
		cmocka_unit_test(a_body_that_serves_as_another_is_one_name),
		cmocka_unit_test(figures_of_one_reference_are_told_together),
		cmocka_unit_test(the_meaning_of_a_term_that_came_or_went_binds),
		cmocka_unit_test(labels_and_who_asks_bind_nobody),
		cmocka_unit_test(a_term_that_the_text_defines_binds),
		cmocka_unit_test(a_term_that_one_of_the_texts_defines_binds),
		cmocka_unit_test(a_definition_is_known_however_it_is_written),
		cmocka_unit_test(a_reference_that_follows_its_provision_is_no_change),
		cmocka_unit_test(a_figure_that_cites_nothing_follows_nothing),
		cmocka_unit_test(a_reference_follows_the_provision_of_its_own_article),
		cmocka_unit_test(a_reference_with_a_suffix_follows_the_provision_that_has_it),
		cmocka_unit_test(what_is_no_text_comes_last),
		cmocka_unit_test(what_stands_elsewhere_did_not_go),
		cmocka_unit_test(a_modal_among_many_brackets_comes_first),
		cmocka_unit_test(a_hidden_character_is_told_wherever_it_stands),
		cmocka_unit_test(a_look_alike_is_told_wherever_it_stands),
		cmocka_unit_test(changes_in_hostile_texts_cost_no_more_than_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
