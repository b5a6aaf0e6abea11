/* What a merge makes of single texts, and how its time grows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "merging.h"

#include "base/alloc.h"
#include "compare/amendment.h"

/* Each block of memory is refused in its turn: nothing but the merge, or that there was no memory, comes of it. */
static void test_memory_that_runs_out_is_told_wherever_it_does(void **state)
{
	static const char base[] = "# 1. Aim\n\n1. Each Party [EU: shall][should] act [soon] (AU).[^1]\n\n"
				   "(a) [report {or list}];\n(b) [below 2][below 1.5].\n\n[^1]: EU and AU\n",
			  eu[] = "# 1. Aims\n\n1. Each Party [EU: shall] act [soon].[^1]\n\n"
				 "(b) [below 2][below 1.5].\n\n(a) [report and list];\n\n[^1]: EU\n",
			  us[] = "# 1. Aim\n\n1. Each State [may] act soon.\n\n(a) report {or list};\n"
				 "(b) [US: 1.5].\n\n2. A new one.\n";
	const struct bk_merge_options options = {
		.conventions = reading_options()->conventions, .names = bk_roster_names(roster())};
	const struct bk_version versions[] = {
		{"EU", "eu", eu, sizeof eu - 1}, {"US", "us", us, sizeof us - 1}};

	(void)state;
	expect_memory_told(bk_str_of(base), versions, 2, &options);
}

/* ---- Paragraphs ---------------------------------------------------------------------------------------- */

static void test_a_paragraph_that_is_another_one_gives_way_as_a_whole(void **state)
{
	static const char base[] = "Each Party shall act every year.\n\n"
				   "The Conference shall meet in Bonn in June, and report.\n\n"
				   "The list is public.\n";

	(void)state;
	expect_merged(base,
		"Each Party shall act every year.\n\n"
		"Money is made available by rich countries through a fund, and report.\n\n"
		"The list is public.\n",
		base, NULL,
		"Each Party shall act every year.\n\n"
		"[The Conference shall meet in Bonn in June, and report.]"
		"[EU: Money is made available by rich countries through a fund, and report.]\n\n"
		"The list is public.\n");
}

static void test_a_paragraph_that_is_another_one_keeps_its_label(void **state)
{
	(void)state;
	expect_merged("1. Apples grow on trees in the south.\n", "1. Money flows from banks.\n",
		"2. Apples grow on trees in the south.\n", NULL,
		"[1.][US: 2.] [Apples grow on trees in the south.][EU: Money flows from banks.]\n");
}

static void test_a_word_that_stands_twice_beside_a_changed_one_stays(void **state)
{
	static const char base[] = "The committee agree to act.\n";

	(void)state;
	expect_merged(
		base, "The agree agree to act.\n", base, NULL, "The [committee][EU: agree] agree to act.\n");
}

/* ---- Braces -------------------------------------------------------------------------------------------- */

static void test_braces_go_together(void **state)
{
	static const char base[] = "They buy {note: big red sweet} apples.\n";

	(void)state;
	expect_merged(base, "They buy {note: big} red sweet apples.\n", base, NULL,
		"They buy [{note: big red sweet}][EU: {note: big} red sweet] apples.\n");
	expect_merged("They buy big red apples.\n", "They {buy big} red apples.\n",
		"They buy big red apples.\n", NULL, "They [buy big][EU: {buy big}] red apples.\n");
}

static void test_a_brace_without_its_other_end_is_literal_in_brackets(void **state)
{
	(void)state;
	expect_merged("They buy apples.\n", "They buy } apples.\n", "They buy apples.\n", NULL,
		"They buy [EU: \\}] apples.\n");
	expect_merged("They } buy apples.\n", "They apples.\n", "They } buy apples.\n", NULL,
		"They [EU delete: \\} buy] apples.\n");
}

/* ---- Brackets ------------------------------------------------------------------------------------------- */

static void test_a_blank_beside_a_bracket_taken_away_is_no_proposal(void **state)
{
	(void)state;
	expect_merged("Sources [, of it], yes.\n", "Sources, of it, yes.\n", "Sources [, of it], no.\n", NULL,
		"Sources [EU support: , of it], [yes][US: no].\n");
}

static void test_brackets_apart_are_each_answered_by_who_takes_them_away(void **state)
{
	(void)state;
	/* also where words went with a bracket's end: the blank behind that stays */
	expect_merged("[laws, policies] [designed to] act\n", "laws designed to act\n",
		"[laws, policies] [designed to] act\n", NULL,
		"[EU support: laws[EU delete: , policies]] [EU support: designed to] act\n");
	expect_merged("laws, [policies] act\n", "laws policies act\n", "laws, [policies] act\n", NULL,
		"laws[EU delete: ,] [EU support: policies] act\n");
	expect_merged("laws act\n", "[laws] [and plans] act\n", "laws act\n", NULL,
		"[EU reserve: laws] [EU: and plans] act\n");
}

static void test_who_wants_one_of_brackets_apart_strikes_the_others(void **state)
{
	static const char base[] = "Keep it [low] [or] [lower] now.\n";

	(void)state;
	expect_merged(base, "Keep it [lower] now.\n", "Keep it low now.\n", NULL,
		"Keep it [US support; EU delete: low] [EU support; US delete: lower] now.\n");
	expect_merged(base, "Keep it [or] [lower] now.\n", "Keep it low now.\n", NULL,
		"Keep it [US support; EU delete: low] [US delete: or] [US delete: lower] now.\n");
	/* or some of them */
	expect_merged("[below 1.5] [or] [well] [below 2] °C\n", "well below 2 °C\n",
		"[below 1.5] [or] [well] [below 2] (US) °C\n",
		"[below 1.5] [AOSIS oppose: or] [well] [AOSIS delete: below 2] °C\n",
		"[EU delete: below 1.5] [AOSIS oppose; EU delete: or] [EU support: well] "
		"[EU, US support; AOSIS delete: below 2] °C\n");
	expect_merged("Keep it [low][lower] now.\n", "Keep it [lower] now.\n", "Keep it low now.\n", NULL,
		"Keep it [US support; EU delete: low][lower] now.\n");
}

static void test_who_signs_brackets_round_words_of_all_reserves_on_them(void **state)
{
	static const char base[] = "1. They pay now.\n";

	(void)state;
	expect_merged(base, "1. They [pay] (EU) now.\n", base, NULL, "1. They [EU reserve: pay] now.\n");
	expect_merged(base, "1. They [EU: pay] now.\n", base, NULL, "1. They [EU reserve: pay] now.\n");
	expect_merged(base, "1. They [pay] now.\n", base, NULL, "1. They [EU reserve: pay] now.\n");
	/* where what nobody else speaks of is taken as it stands, others may speak in it */
	expect_unopposed(base, "1. They [pay now.] (EU)\n", base, base, "1. They [pay now.] (EU)\n");
	expect_unopposed(base, "1. They [pay now.] (EU)\n", "1. They pay us now.\n", base,
		"1. They [EU reserve: pay [US: us] now.]\n");
}

static void test_a_sentence_goes_by_itself_behind_words_that_gave_way(void **state)
{
	static const char base[] = "4. They report every two years. Reports are public.\n",
			  one[] = "4. They report every year.\n";

	(void)state;
	expect_merged(base, one, base, NULL,
		"4. They report every [two years][EU: year]. [EU delete: Reports are public.]\n");
	expect_merged(base, one, "4. They report every two years.\n", NULL,
		"4. They report every [two years][EU: year].\n");
	expect_merged(one, base, one, NULL,
		"4. They report every [year][EU: two years]. [EU: Reports are public.]\n");
}

static void test_a_sentence_that_went_behind_words_that_did_goes_by_itself(void **state)
{
	static const char base[] = "6. They prepare a plan now. They report. They meet.\n",
			  paid[] = "6. They pay.\n";

	(void)state;
	expect_merged(base, "6. They prepare a plan. They meet.\n", base,
		"6. They prepare a plan now. They meet.\n",
		"6. They prepare a plan [EU delete: now]. [AOSIS, EU delete: They report.] They meet.\n");
	expect_merged("6. They prepare a plan. They meet.\n", base, "6. They prepare a plan. They meet.\n",
		NULL, "6. They prepare a plan [EU: now]. [EU: They report.] They meet.\n");
	/* a stop that ends no sentence parts nothing */
	expect_merged(paid, "6. They pay as in No. 5 of the list.\n", paid, NULL,
		"6. They pay [EU: as in No. 5 of the list].\n");
}

static void test_the_last_clause_of_a_sentence_comes_before_its_stop(void **state)
{
	static const char base[] = "1. Parties act.\n", longer[] = "1. Parties act, and others may act.\n",
			  list[] = "1. Parties act, pay.\n";

	(void)state;
	expect_merged(base, longer, base, NULL, "1. Parties act[EU: , and others may act].\n");
	expect_merged(longer, base, longer, NULL, "1. Parties act[EU delete: , and others may act].\n");
	/* an item of a list goes on behind a comma */
	expect_merged(list, "1. Parties act, meet, pay.\n", list, NULL, "1. Parties act, [EU: meet,] pay.\n");
}

static void test_who_leaves_alternatives_out_strikes_them_and_proposes_none(void **state)
{
	static const char base[] = "They [give][lend][pay] now.\n";

	(void)state;
	expect_merged("They [shall][may] act.\n", "They shall act.\n", "They [may] act.\n",
		"They [shall][may] act.\n", "They [EU support; US delete: shall][may] act.\n");
	expect_merged(base, "They [lend][pay] now.\n", "They [give][pay] now.\n", base,
		"They [EU delete: give][US delete: lend][pay] now.\n");
}

static void test_who_takes_one_alternative_of_several_leaves_the_others_whole(void **state)
{
	static const char like_before[] = "Keep it [below two][below one] now.\n",
			  like_behind[] = "Keep it [one or less][two or less] now.\n";

	(void)state;
	expect_merged(like_before, "Keep it below one now.\n", "Keep it below two now.\n", NULL,
		"Keep it [US support: below two][EU support: below one] now.\n");
	expect_merged(like_before, "Keep it below one now.\n", like_before, NULL,
		"Keep it [EU delete: below two][EU support: below one] now.\n");
	expect_merged(like_behind, "Keep it one or less now.\n", "Keep it two or less now.\n", NULL,
		"Keep it [EU support: one or less][US support: two or less] now.\n");
}

static void test_an_alternative_is_not_taken_while_others_speak_of_its_run(void **state)
{
	static const char base[] = "At least [25][40] per cent.\n", chosen[] = "At least 25 per cent.\n";

	(void)state;
	expect_unopposed(base, chosen, base, base, chosen);
	expect_unopposed(base, chosen, chosen, base, chosen);
	expect_unopposed(base, chosen, base, "At least [25][40][45] per cent.\n",
		"At least [EU support: 25][EU delete: 40][AOSIS: 45] per cent.\n");
}

static void test_words_that_a_party_accepts_are_not_changed_under_its_name(void **state)
{
	(void)state;
	expect_unopposed("Parties [shall][should] act.", "Parties [must][should] act.", "Parties shall act.",
		NULL, "Parties [US support: shall][US delete: should][EU: must] act.");
	expect_unopposed(
		"A [b [c] d] e", "A [b c d] e", "A b [c] d e", NULL, "A [US support: b [EU support: c] d] e");
	expect_unopposed("Parties shall act soon.", "Parties must act soon.", "Parties [US: shall act] soon.",
		NULL, "Parties [US reserve: [shall][EU: must] act] soon.");
	/* Its own name it can take along. */
	expect_unopposed("Parties [shall act] very soon.", "Parties must act very soon.",
		"Parties [shall act] very late.", NULL, "Parties must act very late.");
	/* What goes on behind what another party strikes is part of what it strikes. */
	expect_unopposed("The Board shall meet in accordance with paragraph 3.",
		"The Board shall meet in accordance with paragraphs 3 and 3 bis.", "The Board shall meet.",
		NULL,
		"The Board shall meet [US delete: in accordance with [paragraph][EU: paragraphs] 3] [EU: and "
		"3 bis].");
}

static void test_a_year_at_the_head_of_a_line_goes_on_the_sentence(void **state)
{
	(void)state;
	expect_unopposed("PP5 Recalling it,\n\nPP6 Noting that gases emitted since\n1850 came from few "
			 "countries and\nmust be cut,\n\nPP7 Noting the science,\n",
		"PP5 Recalling it,\n\nPP7 Noting the science,\n",
		"PP5 Recalling it,\n\nPP6 Noting that gases emitted since\n1850 came from few "
		"countries and\nmust be cut soon,\n\nPP7 Noting the science,\n",
		NULL,
		"PP5 Recalling it,\n\nPP6 [EU delete: Noting that gases emitted since\n1850 came from few "
		"countries and\nmust be cut [US: soon],]\n\nPP7 Noting the science,\n");
	/* so do parts of a whole, and figures that end a sentence */
	expect_merged("5. They keep it below\n1.5 °C, and so on.\n\n6. End.\n", "6. End.\n",
		"5. They keep it below\n1.5 °C, and so on.\n\n6. End.\n", NULL,
		"5. [EU delete: They keep it below\n1.5 °C, and so on.]\n\n6. End.\n");
	expect_merged("5. They met in 2009 and\n2010. It is so.\n\n6. End.\n", "6. End.\n",
		"5. They met in 2009 and\n2010. It is so.\n\n6. End.\n", NULL,
		"5. [EU delete: They met in 2009 and\n2010. It is so.]\n\n6. End.\n");
}

static void test_a_run_goes_over_names_behind_brackets(void **state)
{
	(void)state;
	expect_unopposed("Start [alpha [big] measures;](NO)[AU: beta measures] here.",
		"Start alpha [big] measures;beta measures here.",
		"Start [alpha [big] actions;](NO)[AU: beta measures] here.",
		"Start [alpha [big] measures;](NO)[AU: beta measures] here.",
		"Start [EU support: alpha [big] [measures][US: actions];](NO)[AU; EU support: beta "
		"measures] here.");
	expect_unopposed("Start [alpha [big] measures;](NO)[AU: beta measures] here.",
		"Start alpha big measures;beta measures here.",
		"Start [alpha [big] actions;](NO)[AU: beta measures] here.",
		"Start [alpha [big] measures;](NO)[AU: beta measures] here.",
		"Start [EU support: alpha big [measures][US: actions];](NO)[AU; EU support: "
		"beta "
		"measures] here.");
}

static void test_a_blank_is_not_taken_beside_what_others_want_away(void **state)
{
	(void)state;
	expect_unopposed("As [to be added] [AOSIS: , and so on].\n", NULL, "As [to be added].\n",
		"As [to be added], and so on.\n", "As [to be added] [AOSIS; US delete: , and so on].\n");
}

static void test_words_that_name_an_act_have_names_behind_them(void **state)
{
	(void)state;
	expect_merged("Sources and sinks shall grow.\n", "Sources and removals shall grow.\n",
		"Sources and sinks shall grow.\n", NULL, "Sources and [sinks][removals] (EU) shall grow.\n");
	expect_merged("They maintain the list.\n", "They the list.\n", "They maintain the list.\n", NULL,
		"They [maintain] (EU delete) the list.\n");
	expect_merged("They act.\n", "They act.\n\nsupport: money and means.\n", "They act.\n", NULL,
		"They act.\n\n[support: money and means.] (EU)\n");
}

/* ---- Names of its own ---------------------------------------------------------------------------------- */

static void expect_said(const char *eu, const char *aosis, const char *expected)
{
	static const char base[] = "Option 1: They shall pay.\n\n2. They shall report.\n";
	char texts[3][256];

	snprintf(texts[0], sizeof texts[0], "Option 1: They shall pay.\n\n%s\n\n2. They shall report.\n", eu);
	snprintf(texts[1], sizeof texts[1], "Option 1: They shall pay.\n\n%s\n\n2. They shall report.\n",
		aosis ? aosis : "");
	snprintf(texts[2], sizeof texts[2], "Option 1: They shall pay.\n\n%s\n\n2. They shall report.\n",
		expected);
	expect_merged(base, texts[0], base, aosis ? texts[1] : NULL, texts[2]);
}

static void test_a_party_is_named_once_behind_a_label(void **state)
{
	static const char *const written[] = {"Option 2: [They should pay.] (EU)",
		"Option 2: [They should pay.](EU propose)", "Option 2: [EU: They should pay.]",
		"Option 2: [They should pay. - EU]", "Option 2: They should pay. (EU)",
		"Option 2: [They should pay.]"};

	(void)state;
	for (size_t i = 0; i < sizeof written / sizeof *written; i++)
		expect_said(written[i], NULL, "Option 2: [EU: They should pay.]");
	expect_said("1 bis. [They should\n\npay.] (EU)", NULL, "1 bis. [EU: They should\n\npay.]");
	expect_said("(a) They should pay; (EU)", NULL, "(a) [EU: They should pay;]");
	/* Each names itself, and both say the same. */
	expect_said(
		written[0], "Option 2: They should pay. (AOSIS)", "Option 2: [AOSIS, EU: They should pay.]");
}

static void test_who_proposes_in_brackets_of_its_own_says_what_others_do_without(void **state)
{
	static const char act[] = "They act.\n\nThey meet.\n";

	(void)state;
	expect_merged(act, "They act [now] (EU).\n\nThey meet.\n", "They act now.\n\nThey meet.\n",
		"They act [now - AOSIS].\n\nThey meet.\n", "They act [AOSIS, EU, US: now].\n\nThey meet.\n");
	expect_merged(act, "They act.\n\n[1 bis. They pay.] (EU)\n\nThey meet.\n",
		"They act.\n\n[US: 1 bis. They pay.]\n\nThey meet.\n",
		"They act.\n\n1 bis. [They pay.]\n\nThey meet.\n",
		"They act.\n\n1 bis. [AOSIS, EU, US: They pay.]\n\nThey meet.\n");
	expect_merged("They shall act.\n", "They [should] (EU) act.\n", "They should act.\n", NULL,
		"They [shall][EU, US: should] act.\n");
	/* but not who reserves on it */
	expect_merged(act, "They act [now] (EU reserve).\n\nThey meet.\n", "They act now.\n\nThey meet.\n",
		NULL, "They act [EU reserve: now][US: now].\n\nThey meet.\n");
	/* nor where brackets of the base stay or go */
	expect_merged("They [shall][should] act.\n", "They [should] act.\n", "They should act.\n", NULL,
		"They [US support: should] act.\n");
}

static void test_names_that_say_more_than_who_proposes_stay(void **state)
{
	(void)state;
	expect_said("Option 2: [They pay.] (EU, US)", NULL, "Option 2: [EU: [They pay.] (EU, US)]");
	expect_said("Option 2: [They pay.] (EU reserve)", NULL, "Option 2: [EU: [They pay.] (EU reserve)]");
	expect_said("Option 2: They [pay.] (EU)", NULL, "Option 2: [EU: They [pay.] (EU)]");
	expect_said("Option 2: They pay. (US)", NULL, "Option 2: [EU: They pay. (US)]");
	expect_said("Option 2: the Union (EU)", NULL, "Option 2: [EU: the Union (EU)]");
}

static void test_words_in_brackets_of_its_own_are_followed(void **state)
{
	static const char base[] = "1. They report.\n", eu[] = "1. They report.\n\n2. [They pay.] (EU)\n";
	bk_merge *merge = merge_texts(base, eu, base, NULL);
	size_t len, count, found = 0;
	const char *out = bk_merge_bytes(merge, &len);
	const struct bk_version *versions = bk_merge_versions(merge, &count);
	const size_t pay = (size_t)(strstr(eu, "pay") - eu);

	(void)state;
	for (uint32_t i = 0; i < count; i++)
		found += strcmp(versions[i].party, "EU") == 0 &&
			 bk_merge_follow(merge, i, pay) == (size_t)(strstr(out, "pay") - out);
	assert_int_equal(found, 1);
	bk_merge_free(merge);
}

static void test_words_of_the_base_are_followed(void **state)
{
	static const char base[] = "1. They report and act.\n\n2. They pay.\n",
			  eu[] = "1. They shall report.\n\n2. They pay.\n",
			  us[] = "1. They report.\n\n2. They pay soon.\n";
	bk_merge *merge = merge_texts(base, eu, us, NULL);
	size_t len;
	const char *out = bk_merge_bytes(merge, &len);

	(void)state;
	assert_string_equal(out, "1. They [EU: shall] report.\n\n2. They pay [US: soon].\n");
	assert_int_equal(bk_merge_follow(merge, BK_NONE, (size_t)(strstr(base, "port") - base)),
		strstr(out, "port") - out);
	assert_int_equal(bk_merge_follow(merge, BK_NONE, (size_t)(strstr(base, "pay") - base)),
		strstr(out, "pay") - out);
	assert_int_equal(bk_merge_follow(merge, BK_NONE, (size_t)(strstr(base, "act") - base)), BK_NOWHERE);
	bk_merge_free(merge);
}

static void test_the_mark_of_a_footnote_is_one_word(void **state)
{
	(void)state;
	expect_merged("Act at once.[^3] Report.\n", "Act at once.[^4] Report.\n",
		"Act at once.[^3] Report.\n", NULL, "Act at once.[[^3]][EU: [^4]] Report.\n");
	expect_merged("Act at once.[^3] Report.\n", "Act at once. Report.\n", "Act now.[^3] Report.\n", NULL,
		"Act [at once][US: now].[EU delete: [^3]] Report.\n");
}

static void test_a_mark_glued_to_a_bracket_belongs_to_it(void **state)
{
	(void)state;
	expect_merged("Act [at once][^3].\n", "Act [at once][^4].\n", "Act [at once][^3].\n", NULL,
		"Act [[at once][^3]][EU: [at once][^4]].\n");
	expect_merged("Act [at once][^2][^3].\n", "Act [at once][^2][^4].\n", "Act [at once][^2][^3].\n",
		NULL, "Act [[at once][^2][^3]][EU: [at once][^2][^4]].\n");
	expect_merged("Act [at once].\n", "Act [at once][^3].\n", "Act [at once].\n", NULL,
		"Act [at once][EU: [at once][^3]].\n");
	expect_merged("Act [at once]3.\n", "Act [at once]4.\n", "Act [at once]3.\n", NULL,
		"Act [[at once]3][EU: [at once]4].\n");
}

/* Nobody is named by another: who says the same words with other names of others says nothing that is in dispute. */
static void test_names_of_others_are_left_to_these(void **state)
{
	(void)state;
	expect_merged(
		"Act [at once].\n", "Act [at once] (US).\n", "Act [at once].\n", NULL, "Act [at once].\n");
	expect_merged("They [US: shall] act.\n", "They [US, AU: shall] act.\n", "They [US: shall] act.\n",
		NULL, "They [US: shall] act.\n");
	expect_merged("They [shall] act.\n", "They [shall - US] act.\n", "They [shall] act.\n", NULL,
		"They [shall] act.\n");
	expect_merged("They [EU: shall] act.\n", "They [EU, AU: shall] act.\n",
		"They [EU; US delete: shall] act.\n", NULL, "They [EU; US delete: shall] act.\n");
	/* but for its own one among them */
	expect_merged("They [AU: shall] act.\n", "They [EU: shall] act.\n", "They [AU: shall] act.\n", NULL,
		"They [AU, EU: shall] act.\n");
}

static void test_who_rewords_its_bracket_leaves_what_others_say_of_the_words_before(void **state)
{
	(void)state;
	expect_merged("Pay [old] (EU) (AU: delete).\n", "Pay [fresh] (EU) (AU: delete).\n",
		"Pay [old] (EU) (AU: delete).\n", NULL,
		"Pay [old] (EU) (AU: delete; EU withdraw)[EU: fresh].\n");
	/* unless it says who else wants the new ones */
	expect_merged("Pay [old] (EU).\n", "Pay [fresh] (EU, AU).\n", "Pay [old] (EU).\n", NULL,
		"Pay [old] (EU; EU withdraw)[EU: [fresh] (EU, AU)].\n");
}

static void test_who_signs_a_part_between_slashes_wants_no_other_part(void **state)
{
	static const char base[] = "They [should - AU / may - US] act.\n";

	(void)state;
	expect_merged(base, "They [should - AU, EU / may - US] act.\n", base, NULL,
		"They [should - AU / may - US][EU: [should - AU, EU / may - US]] act.\n");
	/* nor are its names cut when others speak of words behind it */
	expect_merged(base, "They [should - EU / may - US] act.\n",
		"They [should - AU / may - US] act now.\n", NULL,
		"They [should - AU / may - US][EU: [should - EU / may - US]] act [US: now].\n");
}

/* Its name stands in the base with what it said before: what it says last is read. */
static void test_who_changes_its_mind_is_read_as_it_says_last(void **state)
{
	(void)state;
	expect_merged("We [act] (AU) (EU: delete).\n", "We act.\n", "We [act] (AU) (EU: delete).\n", NULL,
		"We [act] (AU) (EU: delete; EU support).\n");
	expect_merged("We [AU; EU delete: act].\n", "We [AU, EU: act].\n", "We [AU; EU delete: act].\n", NULL,
		"We [AU; EU delete; EU support: act].\n");
}

static void test_who_takes_its_name_away_withdraws(void **state)
{
	(void)state;
	expect_merged("They [act,] (US, EU).\n", "They [act,] (US).\n", "They [act,] (US, EU).\n", NULL,
		"They [act,] (US, EU; EU withdraw).\n");
	expect_merged("[They act,]\n(AOSIS) (EU: delete)\n", "[They act,]\n(AOSIS) (EU: reserve)\n",
		"[They act,]\n(AOSIS, US) (EU: delete)\n", NULL,
		"[US: They act,]\n(AOSIS) (EU: delete; EU reserve)\n");
	/* Nor are words lost that stand beside its name. */
	expect_merged("They [act,] (US).\n", "They [act,] (US) (EU: reserve, pending instructions).\n",
		"They [act,] (US).\n", NULL,
		"They [act,] (US)[EU: [act,] (US) (EU: reserve, pending instructions)].\n");
	/* Another's name is not its own to take away. */
	expect_merged("They [act,]\n(US, AOSIS).\n", "They [act,]\n(AOSIS).\n", "They [act,]\n(US, AOSIS).\n",
		NULL, "They [act,]\n(US, AOSIS).\n");
}

static void test_a_note_is_changed_word_by_word_but_for_its_mark_and_names(void **state)
{
	(void)state;
	expect_merged("At once.[^3]\n\n[^3]: Once means now.\n", "At once.[^3]\n\n[^3]: Once means soon.\n",
		"At once.[^3]\n\n[^3]: Once means never.\n", NULL,
		"At once.[^3]\n\n[^3]: Once means [now][EU: soon][US: never].\n");
	expect_merged("At once.\n\n[^3]: Once means now.\n", "At once.\n\n[^4]: Once means now.\n",
		"At once.\n\n[^3]: Once means now.\n", NULL,
		"At once.\n\n[[^3]: Once means now.]\n[EU: [^4]: Once means now.]\n");
	expect_merged("[At once.][^3]\n\n[^3]: US opposes.\n",
		"[At once.][^3]\n\n[^3]: US and AOSIS oppose.\n", "[At once.][^3]\n\n[^3]: US opposes.\n",
		NULL, "[At once.][^3]\n\n[[^3]: US opposes.]\n[EU: [^3]: US and AOSIS oppose.]\n");
	expect_merged("[At once.]3\n\n3 US opposes.\n", "[At once.]3\n\n3 US and AOSIS oppose.\n",
		"[At once.]3\n\n3 US opposes.\n", NULL,
		"[At once.]3\n\n[EU delete: 3 US opposes.]\n[EU: 3 US and AOSIS oppose.]\n");
}

static void test_the_end_of_a_paragraph_stays_with_it_when_the_next_one_goes(void **state)
{
	(void)state;
	expect_merged("Act at once[^3].\n\nReport.\n", "Act at once.\n", "Act at once[^3].\n\nReport.\n",
		NULL, "Act at once[EU delete: [^3]].\n\n[EU delete: Report.]\n");
}

/* "A [begin", so much that nobody changed, and "end] of it." */
static char *far_pair(const char *begin, const char *end)
{
	static const char line[] = "Nobody has a word to say of this line here.\n\n";
	struct bk_buf buf = BK_BUF_INIT;

	bk_buf_puts(&buf, begin);
	for (int i = 0; i < 40; i++)
		bk_buf_puts(&buf, line);
	bk_buf_puts(&buf, end);
	return bk_buf_detach(&buf, NULL);
}

static void test_half_of_a_pair_that_ends_pages_away_stays_where_it_is(void **state)
{
	char *base = far_pair("One two.\n\nThree [four five.\n\n", "Six] seven.\n"),
	     *deleted = far_pair("One two.\n\n", "Six] seven.\n"),
	     *mended = far_pair("One two.\n\nThree [four] five.\n\n", "Six] seven.\n"),
	     *shown =
		     far_pair("One two.\n\n[EU delete: Three] [[EU delete: four five.]\n\n", "Six] seven.\n"),
	     *literal = far_pair("One two.\n\nThree [four[EU: \\]] five.\n\n", "Six] seven.\n");

	(void)state;
	expect_merged(base, deleted, base, NULL, shown);
	expect_merged(base, deleted, deleted, NULL, deleted);
	expect_merged(base, mended, base, NULL, literal);
	bk_free(base);
	bk_free(deleted);
	bk_free(mended);
	bk_free(shown);
	bk_free(literal);
}

static void test_what_went_is_told_as_one_where_it_can_be(void **state)
{
	(void)state;
	expect_merged("As Article 4, paragraphs 1, 3, 4, 5 and 7, of it says.\n",
		"As Article 4 of it says.\n", "As Article 4, paragraphs 1, 3, 4, 5 and 7, of it says.\n",
		NULL, "As Article 4[EU delete: , paragraphs 1, 3, 4, 5 and 7,] of it says.\n");
}

static void test_paragraphs_that_went_with_brackets_round_them_went_as_one(void **state)
{
	static const char base[] = "1. All.\n\n2. [Now act.\n\nThen report.]\n\n3. Act so.\n",
			  without[] = "1. All.\n\n3. Act so.\n";

	(void)state;
	expect_merged(base, without, base, NULL,
		"1. All.\n\n2. [EU delete: [Now act.\n\nThen report.]]\n\n3. Act so.\n");
	expect_merged(base, without, "1. All.\n\n2. [Now act.\n\nThen write.]\n\n3. Act so.\n", NULL,
		"1. All.\n\n2. [EU delete: [Now act.\n\nThen [report][US: write].]]\n\n3. Act so.\n");
}

static void test_an_edited_paragraph_beside_one_that_moved_stays(void **state)
{
	static const char base[] =
		"One.\n\nParties shall take the first step.\n\n"
		"Each Party shall then communicate what it has done in all of the years before.\n\n"
		"Two.\n";

	(void)state;
	expect_merged(base,
		"One.\n\nEach Party shall then communicate what it has done in all of the years before.\n\n"
		"Parties shall take the next step.\n\nTwo.\n",
		base, NULL,
		"One.\n\n[EU: Each Party shall then communicate what it has done in all of the years "
		"before.]\n\n"
		"Parties shall take the [first][EU: next] step.\n\n"
		"[EU delete: Each Party shall then communicate what it has done in all of the years "
		"before.]\n\n"
		"Two.\n");
	expect_merged(
		"One.\n\nEach Party shall then communicate what it has done in all of the years before.\n\n"
		"Parties shall take the next step.\n\nTwo.\n",
		base,
		"One.\n\nEach Party shall then communicate what it has done in all of the years before.\n\n"
		"Parties shall take the next step.\n\nTwo.\n",
		NULL,
		"One.\n\n[EU delete: Each Party shall then communicate what it has done in all of the years "
		"before.]\n\n"
		"Parties shall take the [next][EU: first] step.\n\n"
		"[EU: Each Party shall then communicate what it has done in all of the years before.]\n\n"
		"Two.\n");
}

static void test_paragraphs_in_brackets_that_came_at_one_place_came_as_one(void **state)
{
	(void)state;
	expect_merged("", "[One.\n\nTwo.]", "[One.\n\nTwo.]", NULL, "[One.\n\nTwo.]");
	expect_merged("One", "[One\n\n]", NULL, NULL, "[One\n\n]");
	expect_merged("All.\n", "[One.\n\nTwo.]\n\nAll.\n", "All.\n", NULL, "[EU: One.\n\nTwo.]\n\nAll.\n");
}

static void test_who_names_one_of_a_run_answers_that_one(void **state)
{
	(void)state;
	expect_merged("Parties [shall][should] act.", "Parties [EU: shall][should] act.",
		"Parties [shall][US: should] act.", NULL,
		"Parties [EU support: shall][US support: should] act.");
	expect_merged("Parties [shall][should] act.", "Parties [EU: shall][should] act.",
		"Parties shall act.", NULL, "Parties [EU, US support: shall][should] act.");
	expect_merged("Parties [shall] (AOSIS)[should][may] act.",
		"Parties [shall] (AOSIS)[should] (EU delete)[EU: may] act.",
		"Parties [shall] (AOSIS)[should][US: may] act.", "Parties [can] act.",
		"Parties [shall] (AOSIS; AOSIS withdraw)[EU delete: should][EU, US support: may][AOSIS: can] "
		"act.");
	/* nobody by another's name */
	expect_merged("Parties [shall][should] act.", "Parties [EU: shall][should] act.",
		"Parties [EU: shall][should] act.", "Parties [shall][AOSIS: should] act.",
		"Parties [EU support: shall][AOSIS support: should] act.");
	/* but not with other words in it */
	expect_merged("Parties [shall][should] act.", "Parties [EU: shall][should not] act.",
		"Parties [shall][US: should] act.", NULL,
		"Parties [shall][US support: should][EU: [EU: shall][should not]] act.");
}

static void test_provisions_that_are_in_no_run_are_struck_by_who_wants_others(void **state)
{
	(void)state;
	expect_merged("[2. They sing.\n\n3. They dance.]\n\n4. End.\n",
		"[2. They sing.\n\n3. They dance.]\n\n4. End.\n", "[2. They sing.]\n\n4. End.\n", NULL,
		"[2. They sing.\n\n3. They dance.] (US delete)[US: 2. They sing.]\n\n4. End.\n");
	expect_merged("They sing.1\n\n1 Proposed by EU.\n", "They sing.1\n\n1 Proposed by EU.\n",
		"They sing.1\n\n1 Proposed by EU and US.\n", NULL,
		"They sing.1\n\n[US delete: 1 Proposed by EU.]\n[US: 1 Proposed by EU and US.]\n");
	expect_merged("- reduce\n- pay\n- report\n", "- reduce\n- report\n",
		"- reduce\n- pay more\n- report\n", "- reduce\n- pay\n- report\n",
		"- reduce\n[EU, US delete: - pay]\n[US: - pay more]\n- report\n");
}

static void test_who_says_other_words_than_its_own_proposal_withdraws_that(void **state)
{
	(void)state;
	expect_merged("They [shall][US: should] act.", "They [shall][US: should] act.",
		"They [shall][US: may] act.", NULL, "They [shall][US; US withdraw: should][US: may] act.");
	expect_merged("They [shall][US, EU: should] act.", "They [shall][US, EU: should] act.",
		"They [shall][US, EU: may] act.", NULL,
		"They [shall][US, EU; US withdraw: should][US: may] act.");
	/* but not what another one proposes */
	expect_merged("They [shall][EU: should] act.", "They [shall][EU: should] act.",
		"They [shall][EU: should][US: may] act.", NULL, "They [shall][EU: should][US: may] act.");
}

static void test_words_a_comma_opens_are_read_as_they_are_meant(void **state)
{
	(void)state;
	expect_merged("Its seat is [city, country].", "Its seat is [city, country], as Parties agree.",
		"Its seat is [city, country].", NULL, "Its seat is [city, country][EU: , as Parties agree].");
	expect_merged("We pay grants to all.", "We pay, where possible, loans to all.",
		"We pay grants to all.", NULL,
		"We pay [EU delete: grants][EU: , where possible, loans] to all.");
	/* what stands in the place of the base stands next to it */
	expect_merged("We pay grants to all.", "We pay, where possible, loans to all.",
		"We pay levies to all.", NULL,
		"We pay [EU delete: grants][US: levies][EU: , where possible, loans] to all.");
}

static void test_paragraphs_that_came_at_one_place_stand_in_the_order_of_their_numbers(void **state)
{
	static const char base[] = "1. They meet.\n\n2. They pay.\n\n4. They end.\n",
			  bis[] = "1. They meet.\n\n2. They pay.\n\n2 bis. They lend.\n\n4. They end.\n";

	(void)state;
	expect_merged(base, "1. They meet.\n\n2. They pay.\n\n3. They report.\n\n4. They end.\n", bis, bis,
		"1. They meet.\n\n2. They pay.\n\n2 bis. [AOSIS, US: They lend.]\n\n3. [EU: They report.]\n\n"
		"4. They end.\n");
}

static void test_paragraphs_that_came_at_one_place_have_brackets_each(void **state)
{
	static const char base[] = "1. One.\n\n2. End.\n",
			  articles[] = "## Article 3 Aim\n\n## Article 4 Finance\n";

	(void)state;
	expect_merged(base, "1. One.\n\n1 bis. They pay.\n\n1 ter. They meet.\n\n2. End.\n", base, NULL,
		"1. One.\n\n1 bis. [EU: They pay.]\n\n1 ter. [EU: They meet.]\n\n2. End.\n");
	expect_merged(articles,
		"## Article 3 Aim\n\n## Article 4 Loss\n\n1. There is.\n\n## Article 5 Finance\n", articles,
		NULL,
		"## Article 3 Aim\n\n## [Article 4 Loss] (EU)\n\n1. [EU: There is.]\n\n"
		"## Article [4][EU: 5] Finance\n");
	expect_merged(base, "1. One.\n\nThey meet.\n\nThey meet.\n\n2. End.\n",
		"1. One.\n\nThey meet.\n\nThey meet.\n\n2. End.\n", base,
		"1. One.\n\n[EU, US: They meet.]\n\n[EU, US: They meet.]\n\n2. End.\n");
	/* a header is read as one where the name stands behind it */
	expect_merged(base, "1. One.\n\nOption 1\n\n1 bis. They pay.\n\n2. End.\n", base, NULL,
		"1. One.\n\n[Option 1] (EU)\n\n1 bis. [EU: They pay.]\n\n2. End.\n");
	/* each with the margin it has */
	expect_merged("  1. One.\n  2. End.\n", "  1. One.\n    (a) Pay.\n    (b) Meet.\n  2. End.\n",
		"  1. One.\n  2. End.\n", NULL,
		"  1. One.\n    (a) [EU: Pay.]\n    (b) [EU: Meet.]\n  2. End.\n");
	/* also where others have other words there */
	expect_merged(base, "1. One.\n\nThey pay.\n\nThey meet.\n\n2. End.\n",
		"1. One.\n\nThey wait.\n\n2. End.\n", NULL,
		"1. One.\n\n[EU: They pay.]\n\n[EU: They meet.]\n\n[US: They wait.]\n\n2. End.\n");
	expect_merged(base, "1. One.\n\n1 bis. They pay.\n\n1 ter. They meet.\n\n2. End.\n",
		"1. One.\n\n1 bis. They wait.\n\n2. End.\n", NULL,
		"1. One.\n\n1 bis. [EU: They pay.]\n\n1 bis. [US: They wait.]\n\n"
		"1 ter. [EU: They meet.]\n\n2. End.\n");
	/* the same paragraph stands there once; words that the next one begins with are of that */
	expect_merged(base, "1. One.\n\nThey pay.\n\nThey meet.\n\n2. End.\n",
		"1. One.\n\nThey pay.\n\nThey meet. 2. End.\n", base,
		"1. One.\n\n[EU, US: They pay.]\n\n[EU: They meet.]\n\n[US: They meet.] 2. End.\n");
	expect_merged(base, "1. One.\n\nThey pay.\n\nThey meet.\n\n2. End.\n",
		"1. One.\n\nThey meet.\n\n2. End.\n", base,
		"1. One.\n\n[EU: They pay.]\n\n[EU, US: They meet.]\n\n2. End.\n");
}

static void test_paragraphs_that_several_put_in_stand_once_and_rivals_side_by_side(void **state)
{
	static const char base[] = "1. One.\n\n2. End.\n", pay[] = "1. One.\n\n1 bis. They pay.\n\n2. End.\n",
			  both[] = "1. One.\n\n1 bis. They pay.\n\n1 ter. They meet.\n\n2. End.\n",
			  wait[] = "1. One.\n\n1 bis. They wait.\n\n2. End.\n",
			  once[] = "1. One.\n\n1 bis. [EU, US: They pay.]\n\n1 ter. [US: They meet.]\n\n"
				   "2. End.\n";

	(void)state;
	/* whoever has fewer of them, or also others */
	expect_merged(base, pay, both, base, once);
	expect_merged(base, both, pay, base,
		"1. One.\n\n1 bis. [EU, US: They pay.]\n\n1 ter. [EU: They meet.]\n\n2. End.\n");
	expect_merged(base, "1. One.\n\n1 bis. They pay.\n\n1 ter. They sing.\n\n2. End.\n", both, base,
		"1. One.\n\n1 bis. [EU, US: They pay.]\n\n1 ter. [EU: They sing.]\n\n"
		"1 ter. [US: They meet.]\n\n2. End.\n");
	/* each in its party's order */
	expect_merged(base, "1. One.\n\nThey pay.\n\nThey meet.\n\n2. End.\n",
		"1. One.\n\nThey pay.\n\nThey sing.\n\nThey meet.\n\n2. End.\n", base,
		"1. One.\n\n[EU, US: They pay.]\n\n[US: They sing.]\n\n[EU, US: They meet.]\n\n2. End.\n");
	expect_merged(base, both, wait, pay,
		"1. One.\n\n1 bis. [AOSIS, EU: They pay.]\n\n1 bis. [US: They wait.]\n\n"
		"1 ter. [EU: They meet.]\n\n2. End.\n");
	expect_merged(base, wait, "1. One.\n\n1 ter. They meet.\n\n2. End.\n", pay,
		"1. One.\n\n1 bis. [AOSIS: They pay.]\n\n1 bis. [EU: They wait.]\n\n"
		"1 ter. [US: They meet.]\n\n2. End.\n");
}

static void test_a_paragraph_that_all_put_in_stands_clean_beside_others(void **state)
{
	static const char base[] = "1. One.\n\n2. End.\n", pay[] = "1. One.\n\n1 bis. They pay.\n\n2. End.\n",
			  both[] = "1. One.\n\n1 bis. They pay.\n\n1 ter. They meet.\n\n2. End.\n",
			  own[] = "1. One.\n\n1 bis. [They pay.]\n\n1 ter. They meet.\n\n2. End.\n";

	(void)state;
	expect_merged(
		base, pay, both, NULL, "1. One.\n\n1 bis. They pay.\n\n1 ter. [US: They meet.]\n\n2. End.\n");
	expect_merged(base, both, pay, "1. One.\n\nThey sing.\n\n1 bis. They pay.\n\n2. End.\n",
		"1. One.\n\n[AOSIS: They sing.]\n\n1 bis. They pay.\n\n1 ter. [EU: They meet.]\n\n"
		"2. End.\n");
	/* but not where some have it in brackets */
	expect_merged(base, pay, own, NULL,
		"1. One.\n\n1 bis. [EU, US: They pay.]\n\n1 ter. [US: They meet.]\n\n2. End.\n");
}

static void test_words_that_another_has_more_of_stand_once(void **state)
{
	static const char base[] = "Act on all.\n", now[] = "Act on all now.\n",
			  more[] = "Act on all now and here.\n",
			  most[] = "Act on all now and here, by law.\n";

	(void)state;
	expect_merged(base, now, more, base, "Act on all [EU, US: now] [US: and here].\n");
	expect_merged(base, more, now, base, "Act on all [EU, US: now] [EU: and here].\n");
	expect_merged(
		base, "Act on all and here.\n", more, base, "Act on all [US: now] [EU, US: and here].\n");
	expect_merged(base, "Act soon on all.\n", "Act soon and well on all.\n", base,
		"Act [EU, US: soon] [US: and well] on all.\n");
	expect_merged(base, now, most, more, "Act on all now [AOSIS, US: and here][US: , by law].\n");
	/* what all want stands clean */
	expect_merged(base, now, more, NULL, "Act on all now [US: and here].\n");
	expect_merged(base, "Act on all. It is public.\n", "Act on all. It is public. It is free.\n", NULL,
		"Act on all. It is public. [US: It is free.]\n");
	/* who wants two sentences does not have them for rivals */
	expect_merged(base, "Act on all. It is public.\n", "Act on all. It is public. It is free.\n", base,
		"Act on all. [EU, US: It is public.] [US: It is free.]\n");
	/* but not apart where others say something else, or where they go on */
	expect_merged(base, now, more, "Act on all soon.\n",
		"Act on all [AOSIS: soon][EU: now][US: now and here].\n");
	expect_merged(base, "Act on all. It reports.\n", "Act on all. It reports yearly.\n", base,
		"Act on all. [EU: It reports.][US: It reports yearly.]\n");
}

static void test_memory_that_runs_out_where_words_are_cut_is_told(void **state)
{
	static const char base[] = "Act on all.\n\n2. End.\n",
			  now[] = "Act on all now.\n\n1 bis. Pay.\n\n2. End.\n",
			  more[] = "Act on all now and here.\n\n1 bis. Pay.\n\n1 ter. Meet.\n\n2. End.\n";
	const struct bk_merge_options options = {
		.conventions = reading_options()->conventions, .names = bk_roster_names(roster())};
	const struct bk_version versions[] = {{"EU", "eu", now, sizeof now - 1},
		{"JP", "jp", base, sizeof base - 1}, {"US", "us", more, sizeof more - 1}};

	(void)state;
	expect_memory_told(bk_str_of(base), versions, 3, &options);
}

static void test_a_paragraph_that_others_put_in_stands_before_the_one_that_was_joined(void **state)
{
	static const char
		base[] = "8. They publish plans.\n\n9. The Fund bears costs.\n\n10. End.\n",
		joined[] = "8. They publish plans. The Fund bears costs.\n\n10. End.\n",
		more[] = "8. They publish plans.\n\n8 bis. They report.\n\n9. The Fund bears costs.\n\n"
			 "10. End.\n",
		both[] = "8. They publish plans.\n\n8 bis. [US: They report.]\n\n"
			 "[EU delete: 9.] The Fund bears costs.\n\n10. End.\n";

	(void)state;
	expect_merged(base, joined, more, NULL, both);
	expect_unopposed(base, joined, more, NULL, both);
	expect_merged(base, joined, joined, base,
		"8. They publish plans.\n\n[EU, US delete: 9.] The Fund bears costs.\n\n10. End.\n");
	expect_unopposed(base, joined, base, NULL, joined);
	expect_merged(base, joined, joined, NULL, joined);
}

static void test_a_paragraph_in_place_of_one_with_another_label_stands_below(void **state)
{
	static const char base[] = "1. They meet in the spring.\n\n2. They pay.\n";

	(void)state;
	expect_merged(base, "9 bis. Money flows from banks.\n\n2. They pay.\n",
		"1. They meet in the autumn.\n\n2. They pay.\n", NULL,
		"1. [EU delete: They meet in the [spring][US: autumn].]\n\n"
		"9 bis. [EU: Money flows from banks.]\n\n2. They pay.\n");
	expect_merged(base, "Money flows from banks.\n\n2. They pay.\n", base, NULL,
		"1. [EU delete: They meet in the spring.]\n\n[EU: Money flows from banks.]\n\n"
		"2. They pay.\n");
	expect_merged("2. Parties meet.\n3. End.\n", "9 bis. Nobody pays.\n3. End.\n",
		"2. Parties meet.\n3. End.\n", NULL,
		"2. [EU delete: Parties meet.]\n9 bis. [EU: Nobody pays.]\n3. End.\n");
	/* in a line that goes on, no number is a label */
	expect_merged("They act as well as others do.\n", "15 bis. The poor as well as others do.\n",
		"They act as well as others do.\n", NULL,
		"[EU delete: They act][EU: 15 bis. The poor] as well as others do.\n");
}

static void test_a_paragraph_that_got_another_label_moves_past_those_that_stand(void **state)
{
	static const char base[] = "1. A forum is established.\n\n2. Crops grow here.\n\n3. End.\n";

	(void)state;
	expect_merged(base, "2. Crops grow here.\n\n2 bis. A forum is established.\n\n3. End.\n", base, NULL,
		"1. [EU delete: A forum is established.]\n\n2. Crops grow here.\n\n"
		"2 bis. [EU: A forum is established.]\n\n3. End.\n");
}

static void test_names_in_parentheses_may_go_on_in_the_next_line(void **state)
{
	static const char base[] = "They act [, and note] (AU) (BO,\nCU: delete), so.\n";

	(void)state;
	expect_merged(base, "They act, and note, so.\n", base, NULL,
		"They act [EU support: , and note] (AU) (BO,\nCU: delete), so.\n");
}

static void test_names_behind_a_bracket_say_nothing_of_what_stands_instead(void **state)
{
	static const char base[] = "They pay [USD 100; loans] (PH, BR) soon.\n";

	(void)state;
	expect_merged(base, "They pay USD 100; [loans] (PH, BR) soon.\n", base, NULL,
		"They pay [USD 100; loans] (PH, BR)[EU: USD 100; [loans] (PH, BR)] soon.\n");
	expect_merged(base, "They pay USD 100; loans (PH, BR) soon.\n", base, NULL,
		"They pay [USD 100; loans] (PH, BR)[EU: USD 100; loans (PH, BR)] soon.\n");
}

static void test_names_stand_behind_what_a_heading_begins_with(void **state)
{
	static const char base[] = "## [Article 3 bis] *(REDD-plus)*\n\n1. Act.\n";

	(void)state;
	expect_merged(base, "## Article 3 bis *(REDD-plus)*\n\n1. Act.\n", base, NULL,
		"## [Article 3 bis] (EU support) *(REDD-plus)*\n\n1. Act.\n");
}

static void test_a_choice_among_many_stays_flat(void **state)
{
	static const char three[] = "They [shall][should][other] act.\n",
			  two[] = "LDCs [and SIDS][and States] act.\n";

	(void)state;
	expect_merged(three, "They shall act.\n", "They should act.\n", NULL,
		"They [EU support; US delete: shall][US support; EU delete: should] act.\n");
	expect_merged(two, two, "LDCs act.\n", "LDCs and SIDS act.\n",
		"LDCs [AOSIS support; US delete: and SIDS][AOSIS, US delete: and States] act.\n");
}

static void test_what_all_strike_goes_though_some_strike_more(void **state)
{
	static const char base[] = "One. Parties shall report each year on what they did. End.\n",
			  tight[] = "They [may][shall][can][should][will] act.\n",
			  apart[] = "They [may] [shall] [can] [should] [will] act.\n";

	(void)state;
	expect_merged(base, "One. End.\n", "One. Parties shall report on what they did. End.\n", NULL,
		"One. [EU delete: Parties shall report on what they did.] End.\n");
	/* not all of what is to go: brackets round nothing say nothing */
	expect_merged(base, "One. End.\n", "One. Parties shall report on what they did. End.\n", base,
		"One. [EU delete: Parties shall report [US delete: each year] on what they did.] End.\n");
	/* members of a run that nobody chose */
	expect_merged(tight, "They shall act.\n", "They should act.\n", NULL,
		"They [EU support: shall][US support: should] act.\n");
	expect_merged(apart, "They shall act.\n", "They [should] act.\n", NULL,
		"They [EU support; US delete: shall] [US support; EU delete: should] act.\n");
	/* where a party wants another word the run stays: it is what that word is an alternative to */
	expect_merged(tight, "They shall act.\n", "They must act.\n", NULL,
		"They [may][EU support: shall][can][should][will][US: must] act.\n");
}

static void test_what_all_strike_leaves_the_blanks_round_what_some_strike_more(void **state)
{
	(void)state;
	expect_merged("A b c d.\n", "A d.\n", "A c d.\n", NULL, "A [EU delete: c] d.\n");
	expect_merged("A b c e d.\n", "A d.\n", "A b e d.\n", NULL, "A [EU delete: b e] d.\n");
	expect_merged("A b c d.\n", "A d.\n", "A b d.\n", NULL, "A [EU delete: b] d.\n");
	expect_merged("A [b] c d.\n", "A d.\n", "A [b] d.\n", NULL, "A [EU delete: [b]] d.\n");
	expect_merged("A b c.\n", "A.\n", "A b.\n", NULL, "A [EU delete: b].\n");
	/* at the end of deletions one in another */
	expect_merged("A b c d e f.\n", "A f.\n", "A b c f.\n", "A b c d f.\n",
		"A [EU delete: b c [US delete: d]] f.\n");
	expect_merged("One.\n\nTwo.\n\nThree.\n\nFour.\n", "One.\n\nFour.\n", "One.\n\nTwo.\n\nFour.\n", NULL,
		"One.\n\n[EU delete: Two.]\n\nFour.\n");
}

static void test_a_label_with_its_stop_gives_way_to_another_one_in_its_line(void **state)
{
	(void)state;
	expect_merged("5. **Timing** So it is.\n", "4. **Timing** So it is.\n", "6. **Timing** So it is.\n",
		NULL, "[5.][EU: 4.][US: 6.] **Timing** So it is.\n");
	expect_merged("(a) One;\n(b) Two oak;\n(c) Three;\n",
		"(a) One;\n(b) New;\n(c) Two oak;\n(d) Three;\n", "(a) One;\n(b) Two oak;\n(c) Three;\n",
		NULL, "(a) One;\n(b) [EU: New;]\n[(b)][EU: (c)] Two oak;\n[(c)][EU: (d)] Three;\n");
	expect_merged("3. One here now.\n", "3 bis. One here now.\n", "3. One here.\n", NULL,
		"[3.][EU: 3 bis.] One here [US delete: now].\n");
}

static void test_blanks_in_a_label_are_layout(void **state)
{
	(void)state;
	expect_merged("3bis. They act.\n", "3 bis. They act now.\n", "3bis. They act.\n", NULL,
		"3bis. They act [EU: now].\n");
	expect_merged("(a)  One.\n\n3 bis. They act.\n", "(a) One.\n\n3bis. They act.\n",
		"(a)  One.\n\n3 ter. They act.\n", NULL, "(a)  One.\n\n[3 bis.][US: 3 ter.] They act.\n");
}

static void test_words_stand_in_both_texts_before_brackets_do(void **state)
{
	static const char base[] = "Parties [shall][should] pay [1][2][3] per cent.\n";

	(void)state;
	expect_merged(base, base, "Parties [shall][should][may] pay [2][3] per cent.\n", NULL,
		"Parties [shall][should][US: may] pay [US delete: 1][2][3] per cent.\n");
}

static void test_an_item_that_came_into_a_list_has_its_own_label(void **state)
{
	static const char base[] = "(a) Report;\n\n(b) Review;\n\n(c) Decide.\n";

	(void)state;
	expect_merged(base, "(a) Report;\n\n(b) Verify;\n\n(c) Review;\n\n(d) Decide.\n",
		"(a) Report;\n\n(b) Decide.\n", NULL,
		"(a) Report;\n\n(b) [EU: Verify;]\n\n[(b)][EU: (c)] [US delete: Review;]\n\n"
		"[(c)][EU: (d)][US: (b)] Decide.\n");
	/* "the" and "on" of the paragraph that came before are none of the one that was edited */
	expect_merged(
		"PP2 Recalling the mandate given at Bali in 2007 and prolonged at Copenhagen in 2009,\n",
		"PP1 Taking note of the negotiation held in parallel on further commitments,\n\n"
		"PP2 Recalling the just just at Copenhagen in 2009,\n",
		"PP2 Recalling the mandate given at Bali in 2007 and prolonged at Copenhagen in 2009,\n",
		NULL,
		"PP1 [EU: Taking note of the negotiation held in parallel on further commitments,]\n\n"
		"PP2 Recalling the [mandate given at Bali in 2007 and prolonged][EU: just just] at "
		"Copenhagen "
		"in 2009,\n");
}

static void test_brackets_that_all_take_away_have_no_members(void **state)
{
	(void)state;
	expect_merged("They [shall/should] act.\n", "They shall act.\n", "They should act.\n", NULL,
		"They [shall/should][EU: shall][US: should] act.\n");
}

static void test_emphasis_that_a_label_closes_stays_with_it(void **state)
{
	(void)state;
	expect_merged("**2.** They meet.\n\n3. End.\n", "3. End.\n", "**2.** They meet.\n\n3. End.\n", NULL,
		"**2.** [EU delete: They meet.]\n\n3. End.\n");
	expect_merged("*(a)* They meet.\n\n3. End.\n", "3. End.\n", "*(a)* They meet.\n\n3. End.\n", NULL,
		"*(a)* [EU delete: They meet.]\n\n3. End.\n");
	expect_merged("__2.__ They meet.\n\n3. End.\n", "3. End.\n", "__2.__ They meet.\n\n3. End.\n", NULL,
		"__2.__ [EU delete: They meet.]\n\n3. End.\n");
	expect_merged("**2. Talks** They meet.\n\n3. End.\n", "3. End.\n",
		"**2. Talks** They meet.\n\n3. End.\n", NULL,
		"[EU delete: **2. Talks** They meet.]\n\n3. End.\n");
	/* and that of a number stays where another one stands */
	expect_merged("**5.** End.\n", "**5.** End.\n", "**4.** End.\n", NULL, "**[5.][US: 4.]** End.\n");
	expect_merged("*5. Talks* End.\n", "*5. Talks* End.\n", "*4. Talks* End.\n", NULL,
		"*[5.][US: 4.] Talks* End.\n");
	expect_merged("**5.** End.\n", "**5.** End.\n", "5. End.\n", NULL, "[**5.**][US: 5.] End.\n");
}

static void test_a_heading_goes_with_its_text_when_articles_are_numbered_anew(void **state)
{
	static const char base[] = "## Article 4 Adaptation\n\n1. Parties shall adapt.\n\n"
				   "## Article 5 Finance\n\n1. Parties shall pay.\n",
			  options[] = "Option 2: An existing fund shall be used.\nOption 3: No text.\n",
			  resolution[] = " OP1. Requests one.\n OP2. Invites two.\n";

	(void)state;
	expect_merged(base, "## Article 4 Finance\n\n1. Parties shall pay.\n", base, NULL,
		"## [Article 4 Adaptation] (EU delete)\n\n1. [EU delete: Parties shall adapt.]\n\n"
		"## Article [5][EU: 4] Finance\n\n1. Parties shall pay.\n");
	expect_merged(base,
		"## Article 4 Loss\n\n## Article 5 Adaptation\n\n1. Parties shall adapt.\n\n"
		"## Article 6 Finance\n\n1. Parties shall pay.\n",
		base, NULL,
		"## [Article 4 Loss] (EU)\n\n## Article [4][EU: 5] Adaptation\n\n1. Parties shall adapt.\n\n"
		"## Article [5][EU: 6] Finance\n\n1. Parties shall pay.\n");
	expect_merged(options,
		"Option 2: An existing fund shall be used.\nOption 3: A levy shall be raised.\nOption 4: No "
		"text.\n",
		options, NULL,
		"Option 2: An existing fund shall be used.\nOption 3: [EU: A levy shall be raised.]\n"
		"Option [3][EU: 4]: No text.\n");
	expect_merged(resolution, " OP1. Invites two.\n", resolution, NULL,
		" OP1. [EU delete: Requests one.]\n [OP2.][EU: OP1.] Invites two.\n");
}

static void test_a_heading_goes_with_the_title_below_it(void **state)
{
	static const char base[] = "Article 4\n\nLoss and damage\n\n1. They act.\n\n"
				   "Article 5\n\nFinance\n\n1. They pay.\n";

	(void)state;
	expect_merged(base,
		"Article 4\n\nAdaptation\n\nArticle 5\n\nLoss and damage\n\n1. They act.\n\n"
		"Article 6\n\nFinance\n\n1. They pay.\n",
		base, NULL,
		"[EU: Article 4]\n\n[EU: Adaptation]\n\nArticle [4][EU: 5]\n\nLoss and damage\n\n"
		"1. They act.\n\nArticle [5][EU: 6]\n\nFinance\n\n1. They pay.\n");
	expect_merged(base, "Article 4\n\nFinance\n\n1. They pay.\n", base, NULL,
		"[EU delete: Article 4]\n\n[EU delete: Loss and damage]\n\n1. [EU delete: They act.]\n\n"
		"Article [5][EU: 4]\n\nFinance\n\n1. They pay.\n");
}

static void test_paragraphs_that_are_alike_are_joined_and_added_to(void **state)
{
	static const char base[] = "2. The same words stand here.\n\n3. The same words stand here.\n";

	(void)state;
	expect_merged(base,
		"2. The same words stand here.\n\n3. The same words stand here. here.\n\n"
		"4. The same words stand here.\n",
		base, NULL,
		"2. The same words stand here.\n\n3. The same words stand here. [EU: here.]\n\n"
		"4. [EU: The same words stand here.]\n");
}

static void test_the_last_paragraph_is_added_to_and_another_comes_behind_it(void **state)
{
	static const char base[] = "3. Words stand here.\n",
			  more[] = "3. Words stand here. Now.\n\n4. Others come.\n";

	(void)state;
	expect_merged(base, more, base, NULL, "3. Words stand here. [EU: Now.]\n\n4. [EU: Others come.]\n");
	expect_merged(more, base, more, NULL,
		"3. Words stand here. [EU delete: Now.]\n\n4. [EU delete: Others come.]\n");
}

static void test_what_comes_in_at_the_end_of_a_paragraph_stays_in_it(void **state)
{
	static const char base[] = "(a) Act.\n\n(b) Parties pay for forests.\n\n(c) Meet.\n";

	(void)state;
	/* though others have another paragraph in its place */
	expect_merged(base, "(a) Act.\n\n(b) Parties pay for forests. Cities too.\n\n(c) Meet.\n",
		"(a) Act.\n\n(a bis) Loss is known.\n\n(c) Meet.\n", NULL,
		"(a) Act.\n\n(a bis) [US: Loss is known.]\n\n"
		"(b) [US delete: Parties pay for forests.][EU: Parties pay for forests. Cities too.]\n\n"
		"(c) Meet.\n");
	expect_merged(base, "(a) Act.\n\n(b) Parties pay for forests. Cities too.\n\n(c) Meet.\n",
		"(a) Act.\n\nLoss is known.\n\n(c) Meet.\n", NULL,
		"(a) Act.\n\n(b) [US delete: Parties pay for forests.] [EU: Cities too.]\n\n"
		"[US: Loss is known.]\n\n(c) Meet.\n");
	/* or have added to just that */
	expect_merged(base, "(a) Act.\n\nYouth will speak.\n\n(c) Meet.\n",
		"(a) Act.\n\n(b) The sea is blue.\n\n(c) Parties pay for forests. Cities too.\n\n(d) Meet.\n",
		NULL,
		"(a) Act.\n\n(b) [US: The sea is blue.]\n\n(b) [EU, US delete: Parties pay for forests.]\n\n"
		"[EU: Youth will speak.]\n\n(c) [US: Parties pay for forests.] [US: Cities too.]\n\n"
		"[(c)][US: (d)] Meet.\n");
}

static void test_who_keeps_a_part_of_a_paragraph_without_its_label_strikes_that(void **state)
{
	static const char base[] = "1. Act.\n\n2. Parties will act. Cities pay.\n\n3. End.\n";

	(void)state;
	expect_merged(base, "1. Act.\n\nCities pay.\n\n3. End.\n", base, NULL,
		"1. Act.\n\n[EU delete: 2. Parties will act.] Cities pay.\n\n3. End.\n");
	expect_merged(base, "1. Act.\n\nYouth speaks. Cities pay.\n\n3. End.\n", base, NULL,
		"1. Act.\n\n[EU delete: 2. Parties will act.][EU: Youth speaks.] Cities pay.\n\n3. End.\n");
	/* in brackets of others, which open behind the label, it stays before these */
	expect_merged(base, "1. Act.\n\nCities pay.\n\n3. End.\n", "1. Act.\n\n3. End.\n", base,
		"1. Act.\n\n2. [US delete: [EU delete: Parties will act.] Cities pay.]\n\n3. End.\n");
	/* with its label it is the same paragraph */
	expect_merged(base, "1. Act.\n\n2. Cities pay.\n\n3. End.\n", base, NULL,
		"1. Act.\n\n2. [EU delete: Parties will act.] Cities pay.\n\n3. End.\n");
}

static void test_words_and_paragraphs_that_come_in_at_one_point_stand_apart(void **state)
{
	static const char base[] = "Act.\n\nParties pay.\n", open[] = "3. Words stand here.";

	(void)state;
	expect_merged(base, "Act.\n\nAll Parties pay.\n", "Act.\n\nNew.\n\nParties pay.\n", NULL,
		"Act.\n\n[US: New.]\n\n[EU: All] Parties pay.\n");
	expect_merged(base, "Act.\n\nNew.\n\nAll Parties pay.\n", "Act.\n\nAll Parties pay.\n", base,
		"Act.\n\n[EU: New.]\n\n[EU, US: All] Parties pay.\n");
	expect_merged(open, "3. Words stand here. Now.\n\n4. Others come.", open, NULL,
		"3. Words stand here. [EU: Now.]\n\n4. [EU: Others come.]");
	expect_merged(open, "3. Words stand here.\n\n4. Others come.", "3. Words stand here. Now.", NULL,
		"3. Words stand here. [US: Now.]\n\n4. [EU: Others come.]");
}

static void test_several_add_paragraphs_at_the_end_of_a_text(void **state)
{
	static const char base[] = "1. Act.\n\n2. Pay.\n";

	(void)state;
	expect_merged(base, "1. Act.\n\n2. Pay.\n\n2 bis. Meet.\n", "1. Act.\n\n2. Pay.\n\nGo.\n", NULL,
		"1. Act.\n\n2. Pay.\n\n2 bis. [EU: Meet.]\n\n[US: Go.]\n");
	expect_merged(base, "1. Act.\n\n2. Pay.\n\n3. Meet.\n\n4. Go.\n", "1. Act.\n\n2. Pay.\n\n3. Go.\n",
		base, "1. Act.\n\n2. Pay.\n\n3. [EU: Meet.]\n\n3. [US: Go.]\n\n4. [EU: Go.]\n");
	/* also behind others that it has struck */
	expect_merged("(a) Act now.\n\n(b) Pay all.\n", "(a) Act now.\n\n(b) Youth speaks.\n\n(c) Pay all.\n",
		"Meet here.\n", NULL,
		"(a) [US delete: Act now.]\n\n(b) [EU: Youth speaks.]\n\n"
		"[(b)][EU: (c)] [US delete: Pay all.]\n\n[US: Meet here.]\n");
	/* before the last one, which others strike */
	expect_merged(base, "1. Act.\n\n1 bis. Go.\n\n2. Pay.\n", "1. Act.\n", NULL,
		"1. Act.\n\n1 bis. [EU: Go.]\n\n2. [US delete: Pay.]\n");
	/* in a list without blank lines there are none between */
	expect_merged("(a) Act;\n(b) Pay.\n", "(a) Act;\n(b) Pay.\n(c) Meet.\n",
		"(a) Act;\n(b) Pay.\n(c) Go.\n", NULL,
		"(a) Act;\n(b) Pay.\n(c) [EU: Meet.]\n(c) [US: Go.]\n");
}

static void test_weak_words_make_no_paragraph_a_part_of_another(void **state)
{
	static const char base[] = "(a) Parties shall support all women.\n\n"
				   "(b) Parties may reduce finance and youth.\n";

	(void)state;
	expect_merged(base, "(a) Parties shall support all women. Parties may share loss and trade.\n", base,
		NULL,
		"(a) Parties shall support all women. [EU: Parties may share loss and trade.]\n\n"
		"(b) [EU delete: Parties may reduce finance and youth.]\n");
	/* words that say the same do */
	expect_merged(base, "(a) Parties shall support all women and may reduce finance and youth.\n", base,
		NULL,
		"(a) Parties shall support all women[.\n\n(b) Parties][EU: and] may reduce finance and "
		"youth.\n");
}

static void test_a_new_paragraph_is_the_same_though_one_strikes_that_beside_it(void **state)
{
	static const char base[] = "2. Go.\n\n3. Parties shall stay.\n\n4. End it.\n";

	(void)state;
	expect_merged(base, "2. Go.\n\n2 bis. The Fund pays.\n\n3. Parties shall stay.\n\n4. End it.\n",
		"2. Go.\n\n2 bis. The Fund pays.\n\n4. End it.\n", base,
		"2. Go.\n\n2 bis. [EU, US: The Fund pays.]\n\n3. [US delete: Parties shall stay.]\n\n"
		"4. End it.\n");
	expect_merged(base, "2. Go.\n\n3. Parties shall stay.\n\n3 bis. The Fund pays.\n\n4. End it.\n",
		"2. Go.\n\n3 bis. The Fund pays.\n\n4. End it.\n", base,
		"2. Go.\n\n3. [US delete: Parties shall stay.]\n\n3 bis. [EU, US: The Fund pays.]\n\n"
		"4. End it.\n");
}

static void test_of_paragraphs_about_as_much_like_one_that_with_its_label_is_it(void **state)
{
	static const char base[] = "5. Parties shall act.\n\n6. Parties shall pay.\n",
			  added[] = "5. Parties shall act.\n\n5 bis. Parties shall report.\n\n"
				    "6. Parties shall pay.\n",
			  both[] = "5. Parties shall act.\n\n5 bis. Parties shall report.\n\n"
				   "6. Parties may pay.\n";

	(void)state;
	expect_merged(base, added, both, NULL,
		"5. Parties shall act.\n\n5 bis. Parties shall report.\n\n"
		"6. Parties [shall][US: may] pay.\n");
	/* nor is what went taken for what stands */
	expect_merged(added, "5. Parties shall act.\n\n6. Parties may pay.\n", added, NULL,
		"5. Parties shall act.\n\n5 bis. [EU delete: Parties shall report.]\n\n"
		"6. Parties [shall][EU: may] pay.\n");
	/* words that are all the same tell more than a label */
	expect_merged("(a) Energy;\n\n(b) Transport;\n", "(a) Water;\n\n(b) Energy;\n\n(c) Transport;\n",
		"(a) Energy;\n\n(b) Transport;\n", NULL,
		"(a) [EU: Water;]\n\n[(a)][EU: (b)] Energy;\n\n[(b)][EU: (c)] Transport;\n");
}

static void test_what_went_is_cut_between_parentheses(void **state)
{
	static const char base[] = "They report on [finance] (G77) and [loss] (AOSIS).\n",
			  wrapped[] = "The support that they give [, in accordance with Article\n"
				      "4, paragraph 7, of the Convention] (G77) (US reserve).\n";

	(void)state;
	expect_merged(base, "They report on finance and [loss] (AOSIS).\n",
		"They report on [finance] (G77).\n", NULL,
		"They report on [EU support: finance] (G77) [US delete: and [loss] (AOSIS)].\n");
	/* a line that begins with figures is no paragraph unless these are a label */
	expect_merged(wrapped, "The support that they give (G77) (US reserve).\n", wrapped, NULL,
		"The support that they give [EU delete: [, in accordance with Article\n"
		"4, paragraph 7, of the Convention]] (G77) (US reserve).\n");
}

static void test_names_in_parentheses_stay_with_the_words_before_them(void **state)
{
	static const char base[] = "Each country (AOSIS) acts.\n";

	(void)state;
	expect_merged(base, "Each State (AOSIS) acts.\n", base, NULL,
		"Each [country (AOSIS)][EU: State (AOSIS)] acts.\n");
	expect_merged(base, "Each country and city (AOSIS) acts.\n", base, NULL,
		"Each country [(AOSIS)][EU: and city (AOSIS)] acts.\n");
	expect_merged("The [Group] (AOSIS) acts.\n", "The State (AOSIS) acts.\n",
		"The [Group] (AOSIS) acts.\n", NULL, "The [Group] (AOSIS)[EU: State (AOSIS)] acts.\n");
	expect_merged("Each country (in Asia) acts.\n", "Each State (in Asia) acts.\n",
		"Each country (in Asia) acts.\n", NULL, "Each [country][EU: State] (in Asia) acts.\n");
}

static void test_a_label_that_comes_with_words_is_none_of_those_behind(void **state)
{
	static const char base[] = "They meet.\n\nStates act.\n";

	(void)state;
	expect_merged(base, "They meet.\n\n(b) All States act.\n", base, NULL,
		"They meet.\n\n[EU: (b) All] States act.\n");
	expect_merged(base, "They meet.\n\nOption 1: All States act.\n", base, NULL,
		"They meet.\n\n[EU: Option 1: All] States act.\n");
}

static void test_brackets_round_blanks_are_put_in_as_they_stand(void **state)
{
	static const char base[] = "They act.\n\n2. They pay.\n";

	(void)state;
	expect_merged(base, "They act.\n[\n\n]\n2. They pay.\n", base, NULL,
		"They act.\n\n[EU: [\n\n]]\n2. They pay.\n");
}

static void test_a_bracket_that_went_beside_other_words_went_by_itself(void **state)
{
	static const char base[] = "For loss [and damage] fund all.\n";

	(void)state;
	expect_merged(base, "For loss and damage facility all.\n", "For loss fund all.\n", NULL,
		"For loss [EU support; US delete: and damage] [fund][EU: facility] all.\n");
	/* where no blank is between, words would be in one run with those in brackets; marks are in none with words */
	expect_merged("For loss [and damage].\n", "For loss and damage;\n", "For loss [and damage].\n", NULL,
		"For loss [EU support: and damage][.][EU: ;]\n");
	expect_merged("For loss [and damage]/fund.\n", "For loss and damage.\n",
		"For loss [and damage]/fund.\n", NULL,
		"For loss [EU support: and damage][EU delete: /fund].\n");
	expect_merged("For loss [and damage]/fund.\n", "For loss and damage or so.\n",
		"For loss [and damage]/fund.\n", NULL,
		"For loss [[and damage]/fund][EU: and damage or so].\n");
}

static void test_what_stands_instead_of_a_word_stands_beside_it_when_a_choice_was_made_there(void **state)
{
	static const char base[] = "4. [Each Party][Parties] shall reflect.\n",
			  before[] = "4. Such [Each Party][Parties] reflect.\n";

	(void)state;
	expect_merged(base, "4. Each Party [should] reflect.\n", base, NULL,
		"4. [EU support: Each Party][EU delete: Parties] [shall][EU: should] reflect.\n");
	expect_merged(base, "4. Each Party should reflect.\n", base, NULL,
		"4. [EU support: Each Party][EU delete: Parties] [shall][EU: should] reflect.\n");
	expect_merged(base, "4. Parties [should] reflect.\n", base, NULL,
		"4. [EU delete: Each Party][EU support: Parties] [shall][EU: should] reflect.\n");
	expect_merged(base, "4. [Each Party] should reflect.\n", base, NULL,
		"4. [Each Party][EU delete: Parties] [shall][EU: should] reflect.\n");
	expect_merged(before, "4. Any Parties reflect.\n", before, NULL,
		"4. [Such][EU: Any] [EU delete: Each Party][EU support: Parties] reflect.\n");
	expect_merged(before, "4. [Any] Each Party reflect.\n", before, NULL,
		"4. [Such][EU: Any] [EU support: Each Party][EU delete: Parties] reflect.\n");
	expect_merged("4. Such [Parties] reflect.\n", "4. [Any] Parties reflect.\n",
		"4. Such [Parties] reflect.\n", NULL, "4. [Such][EU: Any] [EU support: Parties] reflect.\n");
	/* a bracket that was filled anew is the same one */
	expect_merged("4. [All] [shall] act.\n", "4. [All] [may] act.\n", "4. All [shall] act.\n", NULL,
		"4. [US support: All] [shall][EU: may] act.\n");
}

static void test_clauses_that_agree_in_a_weak_word_are_others(void **state)
{
	static const char base[] = "1. They provide adequate support and finance to all.\n",
			  list[] = "1. They report on finance, technology and capacity to all.\n",
			  share[] = "Emissions fall by a share to be fixed at the next session.\n",
			  small[] = "1. They see the report of Parties to all.\n";

	(void)state;
	expect_merged(base, "1. They ensure timely action and reports to all.\n", base, NULL,
		"1. They [provide adequate support and finance][EU: ensure timely action and reports] to "
		"all.\n");
	expect_merged(list, "1. They report on support, innovation and training to all.\n", list, NULL,
		"1. They report on [finance, technology and capacity][EU: support, innovation and training] "
		"to all.\n");
	/* words that went or came alone beside such a word are of the same clause */
	expect_merged(share, "Emissions fall by at least 50 per cent.\n",
		"Emissions fall by a share to be fixed at the last session.\n", NULL,
		"Emissions fall by [a share to be fixed at the next session][EU: at least 50 per cent]"
		"[US: a share to be fixed at the last session].\n");
	expect_merged(base, "1. They provide some early money and quick finance to all.\n", base, NULL,
		"1. They provide [adequate support and][EU: some early money and quick] finance to all.\n");
	/* small edits beside one, with what came beside them, are told by themselves */
	expect_merged(small, "1. They see the review of States to all.\n", small, NULL,
		"1. They see the [report][EU: review] of [Parties][EU: States] to all.\n");
	expect_merged(base, "1. They provide money and quick finance to all.\n", base, NULL,
		"1. They provide [adequate support][EU: money] and [EU: quick] finance to all.\n");
}

static void test_what_comes_glued_to_words_that_others_take_away_comes_with_them(void **state)
{
	static const char base[] = "It is respected in all phases, with due regard to sovereignty.\n",
			  without[] = "It is respected in all phases.\n";

	(void)state;
	expect_merged(base, without,
		"It is respected in all phases, with due regard to sovereignty, under Article 4.\n", NULL,
		"It is respected in all phases[EU delete: , with due regard to sovereignty]"
		"[US: , with due regard to sovereignty, under Article 4].\n");
	expect_merged("Parties give finance.\n", "Parties give money.\n",
		"Parties give finance, and report.\n", NULL,
		"Parties give [finance][EU: money][US: finance, and report].\n");
	/* behind a blank, or in brackets, it stands by itself */
	expect_merged(base, without,
		"It is respected in all phases, with due regard to sovereignty of all.\n", NULL,
		"It is respected in all phases[EU delete: , with due regard to sovereignty] [US: of all].\n");
	expect_merged("Cut [25][40] per cent.\n", "Cut [25] per cent.\n", "Cut [25][40][45] per cent.\n",
		NULL, "Cut [25][EU delete: 40][US: 45] per cent.\n");
}

static void test_what_would_be_read_together_stands_together(void **state)
{
	(void)state;
	/* between brackets "or" would be the joint of a choice, and go with either */
	expect_merged("They give timely or adequate support.\n", "They give adequate support.\n",
		"They give timely or sufficient support.\n", NULL,
		"They give [EU delete: timely or] [adequate][US: sufficient] support.\n");
	expect_merged("On loss/damage they act.\n", "On losses/damage they act.\n",
		"On loss/harm they act.\n", NULL,
		"On [loss/damage][EU: losses/damage][US: loss/harm] they act.\n");
}

static void test_who_adds_to_a_run_proposes_that_alone(void **state)
{
	(void)state;
	expect_merged("They [shall] meet.\n", "They meet.\n", "They [shall][US: may] meet.\n", NULL,
		"They [EU delete: shall][US: may] meet.\n");
	/* in place of what it left out, and beside what it signs */
	expect_merged("They [shall][should] meet.\n", "They [EU: shall][should] meet.\n",
		"They [shall][US: must] meet.\n", "They [should][AOSIS: may] meet.\n",
		"They [EU support; AOSIS delete: shall][should][US: must][AOSIS: may] meet.\n");
}

static void test_brackets_beside_a_party_s_edit_are_read_as_in_its_text(void **state)
{
	(void)state;
	expect_merged("They shall and [have in place][identify and] [pursue] laws.\n",
		"They shall and have in place, [identify and] [pursue] laws.\n",
		"They shall and [have in place][identify and] [pursue] laws now.\n", NULL,
		"They [shall and [have in place][identify and] [pursue] laws]"
		"[EU: shall and have in place, [identify and] [pursue] laws]"
		"[US: shall and [have in place][identify and] [pursue] laws now].\n");
	/* with the names behind them */
	expect_merged("They [water] (US, EU)/report so.\n", "They [water] (US, EU)/[EU: laws] so.\n",
		"They [laws] (US, EU)/report so.\n", NULL,
		"They [[water] (US, EU)/report so][EU: [water] (US, EU)/[EU: laws] so][US: [laws] (US, "
		"EU)/report so].\n");
	/* a bracket of the base that is left alone is no party's own */
	expect_merged("3. [shall] flow [from banks] now.\n", "3. [shall] will flow [from banks] now.\n",
		"3. [shall] [from banks] now.\n", "3. [shall] flow [from banks] now.\n",
		"3. [[shall] flow][EU: [shall] will flow][US: [shall]] [from banks] now.\n");
}

static void test_a_heading_keeps_no_number_that_an_option_before_it_has(void **state)
{
	static const char base[] = "## Article 2\n\nNo text\n\n## Article 3 *(mitigation)*\n\nParties cut.\n";

	(void)state;
	expect_merged(base,
		"## Article 2\n\nNo text\n\n**Option 3:**\n\nParties pay.\n\n"
		"## Article 4 *(mitigation)*\n\nParties cut.\n",
		base, NULL,
		"## Article 2\n\nNo text\n\n[**Option 3:**] (EU)\n\n[EU: Parties pay.]\n\n"
		"## Article [3][EU: 4] *(mitigation)*\n\nParties cut.\n");
}

static void test_the_end_of_a_list_stays_with_its_item(void **state)
{
	static const char base[] = "(c) loss and [damage].\n";

	(void)state;
	expect_merged(base, "(c) loss and [damage];\n(d) technology.\n", base, NULL,
		"(c) loss and [damage][.][EU: ;]\n(d) [EU: technology.]\n");
}

static void test_the_end_of_an_item_is_not_that_of_one_that_came_behind_it(void **state)
{
	static const char base[] = "(a) act; and\n(b) pay; and\n(c) meet.\n",
			  other[] = "(a) act;\n(b) pay; and\n(c) meet.\n";

	(void)state;
	expect_merged(base, "(a) act; and\n(b) pay soon;\n(b bis) report; and\n(c) meet.\n", base, NULL,
		"(a) act; and\n(b) pay [EU: soon]; [EU delete: and]\n(b bis) [EU: report; and]\n"
		"(c) meet.\n");
	expect_merged(other, "(a) act; and\n(c) meet.\n", other, NULL,
		"(a) act; [EU: and]\n(b) [EU delete: pay; and]\n(c) meet.\n");
}

static void test_a_paragraph_that_was_split_goes_on_as_the_first_part(void **state)
{
	static const char base[] = "2. Parties report each year. The Board meets in May.\n",
			  split[] = "2. Parties report each year.\n\n3. The Board meets in May.\n";

	(void)state;
	expect_merged(base, "2. Parties report:\n\n(a) each year;\n\n(b) The Board meets in May.\n", base,
		NULL,
		"2. Parties report [each year. The Board meets in May.][EU: :]\n\n(a) [EU: each year;]\n\n"
		"(b) [EU: The Board meets in May.]\n");
	expect_merged(base, split, base, NULL,
		"2. Parties report each year. [EU delete: The Board meets in May.]\n\n"
		"3. [EU: The Board meets in May.]\n");
}

static void test_rows_of_a_table_are_told_one_by_one(void **state)
{
	static const char base[] = "| a | b |\n|---|---|\n| one | two |\n| three | four |\n";

	(void)state;
	expect_merged(base, "| a | b |\n|---|---|\n| one | two soon |\n| new | row |\n| three | four |\n",
		base, NULL,
		"| a | b |\n|---|---|\n| one | two [EU: soon] |\n[EU: | new | row |]\n| three | four |\n");
	expect_merged(base, "| a | b |\n|---|---|\n| one | two |\n| three | four now |\n",
		"| a | b |\n|---|---|\n| three | four |\n", NULL,
		"| a | b |\n|---|---|\n[US delete: | one | two |]\n| three | four [EU: now] |\n");
}

static void test_what_came_stands_as_far_below_what_is_above_it_as_in_its_own_text(void **state)
{
	static const char list[] = "2. Form.\n    (a) one;\n    (b) two.\n\n3. End.\n",
			  longer[] = "2. Form.\n    (a) one;\n    (b) two.\n    (c) three.\n\n3. End.\n";

	(void)state;
	expect_merged(list, "2. Form.\n    (a) one;\n    (b) two;\n    (c) three.\n\n3. End.\n", list, NULL,
		"2. Form.\n    (a) one;\n    (b) two[.][EU: ;]\n    (c) [EU: three.]\n\n3. End.\n");
	expect_merged(list, "2. Form.\n    (a) one;\n\n3. End.\n", longer, NULL,
		"2. Form.\n    (a) one;\n    (b) [EU delete: two.]\n    (c) [US: three.]\n\n3. End.\n");
	expect_merged(list, longer,
		"2. Form.\n    (a) one;\n    (b) two.\n    (c) other;\n    (d) more.\n\n3. End.\n", NULL,
		"2. Form.\n    (a) one;\n    (b) two.\n    (c) [EU: three.]\n    (c) [US: other;]\n"
		"    (d) [US: more.]\n\n3. End.\n");
	expect_merged(list, longer, "2. Form.\n    (a) one;\n    (b) two.\n\n2 bis. Meet.\n\n3. End.\n", NULL,
		"2. Form.\n    (a) one;\n    (b) two.\n    (c) [EU: three.]\n\n2 bis. [US: Meet.]\n\n"
		"3. End.\n");
}

static void test_a_row_that_came_last_is_in_its_table(void **state)
{
	static const char table[] = "| a | 1 |\n|---|---|\n| b | 2 |\n\n[^1]: Proposed by the EU.\n",
			  end[] = "| b | 2 |\n\n";

	(void)state;
	expect_merged(table,
		"| a | 1 |\n|---|---|\n| b | 2 |\n| c | 3 |\n\n[^1]: Proposed by the EU; it is late.\n",
		table, NULL,
		"| a | 1 |\n|---|---|\n| b | 2 |\n[EU: | c | 3 |]\n\n[[^1]: Proposed by the EU.]\n"
		"[EU: [^1]: Proposed by the EU; it is late.]\n");
	expect_merged(end, "| b | 2 |\n| c | 3 |\n\n", "| b | 2 |\n| d | 4 |\n\n", NULL,
		"| b | 2 |\n[EU: | c | 3 |]\n[US: | d | 4 |]\n\n");
}

static void test_paragraphs_that_are_numbered_anew_are_told_one_by_one(void **state)
{
	static const char base[] =
		"1. They act. [Banks are asked.]\n\n"
		"2. [A body [on finance] is made to [shall][should] tell.] (G77)\n\n4. End.\n";

	(void)state;
	expect_merged(base, "3. They act. Banks are asked.\n\n5. A body is made to should tell.\n\n6. End.\n",
		base, NULL,
		"[1.][EU: 3.] They act. [EU support: Banks are asked.]\n\n"
		"[2.][EU: 5.] [EU support: A body [EU delete: on finance] is made to "
		"[EU delete: shall][EU support: should] tell.] (G77)\n\n[4.][EU: 6.] End.\n");
	expect_merged("4. All.\n\n5. [Gases come from us.]\n\n6. Noting it.\n",
		"4. All.\n\n6. Whereas nobody has ever seen any.\n\n7. Noting it.\n",
		"4. All.\n\n5. [Gases come from us.]\n\n6. Noting it.\n", NULL,
		"4. All.\n\n5. [EU delete: [Gases come from us.]]\n\n"
		"6. [EU: Whereas nobody has ever seen any.]\n\n[6.][EU: 7.] Noting it.\n");
}

static void test_an_item_of_a_list_goes_as_one(void **state)
{
	(void)state;
	expect_merged("1. Parties shall:\na. report;\nb. [shared];\nc. [inter alia] review;\nd. decide.\n",
		"1. Parties shall:\na. report;\nb. [inter alia] review;\nc. decide.\n",
		"1. Parties shall:\na. report;\nb. [shared];\nc. [inter alia] review;\nd. agree.\n", NULL,
		"1. Parties shall:\na. report;\nb. [EU delete: [shared];]\n[c.][EU: b.] [inter alia] "
		"review;\n"
		"[d.][EU: c.] [decide][US: agree].\n");
}

static void test_the_header_of_an_option_stands_above_brackets_round_its_text(void **state)
{
	static const char base[] = "Option 1\nThe fund is open.\n\nOption 2\nThe fund is closed.\n";

	(void)state;
	expect_merged(base, "Option 1\nThe fund is open.\n",
		"Option 1\nThe fund is open.\n\nOption 2\nThe fund is shut.\n", NULL,
		"Option 1\nThe fund is open.\n\nOption 2\n[EU delete: The fund is [closed][US: shut].]\n");
}

/* Indented lines, with no blank ones between: a capital behind a stop tells nothing there. */
static void test_whatever_an_option_is_called_its_header_begins_a_paragraph(void **state)
{
	static const char *const headers[] = {
		"Option 2", "Sub-Option 2", "Alt 2:", "alt 2:", "Alternative B", "Variante 2:"};

	(void)state;
	for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
		char base[200], us[200], expected[200];

		snprintf(base, sizeof base,
			"  OP2 Alt 1. Parties manage\n  and reduce it.\n    %s\n  2. They reduce it.\n",
			headers[i]);
		snprintf(us, sizeof us,
			"  OP2 Alt 1. Parties manage\n  and reduce it.\n  OP2 Alt 2. They meet.\n"
			"    %s\n  2. They reduce it.\n",
			headers[i]);
		snprintf(expected, sizeof expected,
			"  OP2 Alt 1. Parties manage\n  and reduce it.\n  OP2 Alt 2. [US: They meet.]\n"
			"    %s\n  2. They reduce it.\n",
			headers[i]);
		expect_merged(base, base, us, NULL, expected);
	}
}

static void test_what_has_the_label_of_a_paragraph_that_went_became_of_it(void **state)
{
	static const char option[] = "Article 4\n\nOption 1\n[Placeholder]\n\nThe fund is open.\n",
			  numbers[] = "1. All.\n\n2. Reports are made.\n\nThe fund is open.\n";

	(void)state;
	expect_merged(option,
		"Article 4\n\nOption 1\nParties shall pay.\n\nOption 2\nParties may pay.\n\nThe fund is "
		"open.\n",
		option, NULL,
		"Article 4\n\nOption 1\n[[Placeholder]][EU: Parties shall pay.]\n\n"
		"Option 2\n[EU: Parties may pay.]\n\nThe fund is open.\n");
	expect_merged(numbers,
		"1. All.\n\nIt counts.\n\n2. Money comes from the rich.\n\n3. Banks pay.\n\n"
		"The fund is open.\n",
		numbers, NULL,
		"1. All.\n\n[EU: It counts.]\n\n2. [Reports are made.][EU: Money comes from the rich.]\n\n"
		"3. [EU: Banks pay.]\n\nThe fund is open.\n");
}

static void test_nobody_is_given_words_that_stand_beside_what_it_struck(void **state)
{
	(void)state;
	expect_merged("Zoo r]\n2]", "Zoo", "Zoo ]]", NULL, "Zoo [EU delete: \\]]\n[US: \\]]");
}

static void test_one_of_several_paragraphs_that_are_alike_goes_with_its_neighbours(void **state)
{
	(void)state;
	expect_merged("1. The bank is open.\n\nNo text\n\n2. The bank is shut.\n\nNo text\n\n3. All.\n",
		"1. The bank was open.\n\ntext\n\n2. The bank was shut.\n\nNo text\n\n3. Any.\n",
		"1. The bank is open.\n\nNo text\n\n2. The bank is shut.\n\nNo text\n\n3. All.\n", NULL,
		"1. The bank [is][EU: was] open.\n\n[EU delete: No] text\n\n"
		"2. The bank [is][EU: was] shut.\n\nNo text\n\n3. [All][EU: Any].\n");
}

/* ---- Time ---------------------------------------------------------------------------------------------- */

static const char *const various[] = {
	"big", "red", "old", "new", "green", "apples", "pears", "act", "report"};
static const char *const same[] = {"act", "act", "act", "act", "act", "act", "act", "act", "act"};

/* So many words in brackets, each in those of the one before; bare: without the brackets. */
static void put_nested(struct bk_buf *out, const char *const words[9], size_t count, bool bare)
{
	for (size_t i = 0; i < count; i++) {
		bk_buf_puts(out, i ? " " : "");
		bk_buf_puts(out, bare ? "" : "[");
		bk_buf_puts(out, words[(i * 7 + i / 9) % 9]);
	}
	for (size_t i = 0; i < count && !bare; i++)
		bk_buf_putc(out, ']');
	bk_buf_putc(out, '\n');
}

static double seconds_of_process(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* In which a party that takes all brackets away, or puts them in, is merged with one that changes nothing; the
 * least of some times. */
static double seconds_for(const char *const words[9], size_t count, bool put_in)
{
	struct bk_buf nested = BK_BUF_INIT, bare = BK_BUF_INIT;
	double least = 1e9;

	put_nested(&nested, words, count, false);
	put_nested(&bare, words, count, true);
	for (int i = 0; i < 3; i++) {
		const struct bk_buf *base = put_in ? &bare : &nested, *version = put_in ? &nested : &bare;
		const double start = seconds_of_process();

		bk_merge_free(
			merge_texts(bk_buf_string(base), bk_buf_string(version), bk_buf_string(base), NULL));
		if (seconds_of_process() - start < least)
			least = seconds_of_process() - start;
	}
	bk_buf_release(&nested);
	bk_buf_release(&bare);
	return least;
}

/* Four times as much takes four times as long: with the square of it, sixteen times. */
static void expect_even_growth(const char *what, size_t some, double once, double fourfold)
{
	print_message(
		"%zu %s: %.1f ms, four times as many: %.1f ms\n", some, what, once * 1e3, fourfold * 1e3);
	assert_true(fourfold < 8 * once);
}

static void test_any_number_of_brackets_goes_beside_other_words(void **state)
{
	enum { MANY = 60000, WORDS = 150000 };
	static const char *const brackets[] = {"] ", "[ "};

	(void)state;
	for (int b = 0; b < 2; b++) {
		struct bk_buf base = BK_BUF_INIT, file = BK_BUF_INIT;
		bk_merge *merge;
		size_t len;

		for (int i = 0; i < WORDS; i++)
			bk_buf_printf(&base, "w%d ", i);
		bk_buf_put_str(&file, bk_buf_str(&base));
		bk_buf_puts(&base, b ? "x " : "");
		for (int i = 0; i < MANY; i++)
			bk_buf_puts(&base, brackets[b]);
		bk_buf_puts(&base, b ? "b\n" : "x b\n");
		bk_buf_puts(&file, "y b\n");
		merge = merge_texts(bk_buf_string(&base), bk_buf_string(&file), bk_buf_string(&base), NULL);
		bk_merge_places(merge, &len);
		assert_int_equal(len, 2); /* the brackets, and the words */
		bk_merge_free(merge);
		bk_buf_release(&base);
		bk_buf_release(&file);
	}
}

static void test_deep_brackets_take_no_more_time_than_many(void **state)
{
	enum { SOME = 2000 };

	(void)state;
	/* As the command does: what the system's own pages cost is not asked here. */
	bk_alloc_expect((size_t)64 << 20);
	for (int put_in = 0; put_in < 2; put_in++) {
		expect_even_growth("nested", SOME, seconds_for(various, SOME, put_in),
			seconds_for(various, 4 * SOME, put_in));
		expect_even_growth(
			"nested", SOME, seconds_for(same, SOME, put_in), seconds_for(same, 4 * SOME, put_in));
	}
}

/* A run of so many alternatives, of which a party takes every other one, or takes away all and what is in them. */
static double seconds_for_run(size_t count, bool nested)
{
	struct bk_buf run = BK_BUF_INIT, chosen = BK_BUF_INIT, other = BK_BUF_INIT;
	double least = 1e9;

	for (size_t i = 0; i < count; i++) {
		bk_buf_printf(&run, nested ? "[w%zu [shall] act;]" : "[w%zu]", i);
		bk_buf_printf(&chosen, nested ? "w%zu shall act;" : i % 2 ? "w%zu" : "[w%zu]", i);
	}
	bk_buf_put_str(&other, bk_buf_str(&run));
	bk_buf_puts(&other, " here");
	for (int i = 0; i < 3; i++) {
		const double start = seconds_of_process();

		bk_merge_free(merge_as(
			true, bk_buf_string(&run), bk_buf_string(&chosen), bk_buf_string(&other), NULL));
		if (seconds_of_process() - start < least)
			least = seconds_of_process() - start;
	}
	bk_buf_release(&run);
	bk_buf_release(&chosen);
	bk_buf_release(&other);
	return least;
}

static void test_a_long_run_takes_no_more_time_than_many(void **state)
{
	enum { SOME = 2000 };

	(void)state;
	for (int nested = 0; nested < 2; nested++)
		expect_even_growth(
			"in a run", SOME, seconds_for_run(SOME, nested), seconds_for_run(4 * SOME, nested));
}

/* So many paragraphs that two parties add at one place. */
static double seconds_for_added(size_t count)
{
	static const char base[] = "1. One.\n\n2. End.\n";
	struct bk_buf added = BK_BUF_INIT;
	double least = 1e9;

	bk_buf_puts(&added, "1. One.\n\n");
	for (size_t i = 0; i < count; i++)
		bk_buf_puts(&added, "They pay.\n\n");
	bk_buf_puts(&added, "2. End.\n");
	for (int i = 0; i < 3; i++) {
		const double start = seconds_of_process();

		bk_merge_free(merge_texts(base, bk_buf_string(&added), bk_buf_string(&added), base));
		if (seconds_of_process() - start < least)
			least = seconds_of_process() - start;
	}
	bk_buf_release(&added);
	return least;
}

static void test_many_paragraphs_come_at_one_place_in_no_more_time_than_elsewhere(void **state)
{
	enum { SOME = 1000 };

	(void)state;
	expect_even_growth("added", SOME, seconds_for_added(SOME), seconds_for_added(4 * SOME));
}

/* So many paragraphs that each of two parties has of its own at one place, and which differ at their ends alone. */
static double seconds_for_others(size_t count)
{
	static const char base[] = "1. One.\n\n2. End.\n";
	struct bk_buf added[2] = {BK_BUF_INIT, BK_BUF_INIT};
	double least = 1e9;

	for (int party = 0; party < 2; party++) {
		bk_buf_puts(&added[party], "1. One.\n\n");
		for (size_t i = 0; i < count; i++) {
			bk_buf_puts(&added[party], "Parties act");
			for (int k = 0; k < 40; k++)
				bk_buf_puts(&added[party], " and report");
			bk_buf_printf(&added[party], " to %s%zu.\n\n", party ? "banks" : "funds", i);
		}
		bk_buf_puts(&added[party], "2. End.\n");
	}
	for (int i = 0; i < 3; i++) {
		const double start = seconds_of_process();

		bk_merge_free(merge_texts(base, bk_buf_string(&added[0]), bk_buf_string(&added[1]), NULL));
		if (seconds_of_process() - start < least)
			least = seconds_of_process() - start;
	}
	bk_buf_release(&added[0]);
	bk_buf_release(&added[1]);
	return least;
}

static void test_many_others_come_at_one_place_in_no_more_time_each_than_few(void **state)
{
	enum { SOME = 250 };

	(void)state;
	expect_even_growth("of others", SOME, seconds_for_others(SOME), seconds_for_others(4 * SOME));
}

/* So many paragraphs in which two parties change a word alike, with nobody against it. */
static double seconds_for_taken(size_t count)
{
	struct bk_buf base = BK_BUF_INIT, changed = BK_BUF_INIT;
	double least = 1e9;

	for (size_t i = 0; i < count; i++) {
		bk_buf_printf(&base, "%zu. Parties shall act", i);
		bk_buf_printf(&changed, "%zu. Parties may act", i);
		for (int copy = 0; copy < 2; copy++) {
			struct bk_buf *out = copy ? &changed : &base;

			for (int k = 0; k < 100; k++)
				bk_buf_puts(out, " and report");
			bk_buf_puts(out, ".\n\n");
		}
	}
	for (int i = 0; i < 3; i++) {
		const double start = seconds_of_process();

		bk_merge_free(merge_as(
			true, bk_buf_string(&base), bk_buf_string(&changed), bk_buf_string(&changed), NULL));
		if (seconds_of_process() - start < least)
			least = seconds_of_process() - start;
	}
	bk_buf_release(&base);
	bk_buf_release(&changed);
	return least;
}

static void test_many_changes_are_taken_in_no_more_time_each_than_few(void **state)
{
	enum { SOME = 500 };

	(void)state;
	expect_even_growth("taken", SOME, seconds_for_taken(SOME), seconds_for_taken(4 * SOME));
}

/* Words of which a party puts each in brackets of its own, the last one with another's name; so many of them. */
static double seconds_for_row(size_t count)
{
	struct bk_buf words = BK_BUF_INIT, bracketed = BK_BUF_INIT;
	double least = 1e9;

	for (size_t i = 0; i < count; i++) {
		bk_buf_printf(&words, "w%zua,", i);
		bk_buf_printf(&bracketed, i + 1 < count ? "[w%zua,]" : "[EU: w%zua,]", i);
	}
	for (int i = 0; i < 3; i++) {
		const double start = seconds_of_process();

		bk_merge_free(merge_texts(bk_buf_string(&words), NULL, bk_buf_string(&bracketed), NULL));
		if (seconds_of_process() - start < least)
			least = seconds_of_process() - start;
	}
	bk_buf_release(&words);
	bk_buf_release(&bracketed);
	return least;
}

static void test_brackets_in_a_row_that_hang_together_take_no_more_time_than_many(void **state)
{
	enum { SOME = 8000 };

	(void)state;
	expect_even_growth("in a row", SOME, seconds_for_row(SOME), seconds_for_row(4 * SOME));
}

static void test_brackets_come_into_a_base_that_has_none(void **state)
{
	struct bk_buf words = BK_BUF_INIT, bracketed = BK_BUF_INIT;

	(void)state;
	for (size_t i = 0; i < 300; i++) {
		bk_buf_puts(&words, "shall ");
		bk_buf_puts(&bracketed, "[shall] ");
	}
	expect_merged(
		bk_buf_string(&words), bk_buf_string(&bracketed), NULL, NULL, bk_buf_string(&bracketed));
	bk_buf_release(&words);
	bk_buf_release(&bracketed);
}

/* Versions are shared out among as many threads as there are processors. */
static void test_what_one_version_read_of_the_base_is_nothing_to_the_next(void **state)
{
	const struct bk_notation notation = {reading_options()->conventions, bk_roster_names(roster())};
	struct bk_buf nested = BK_BUF_INIT, bare = BK_BUF_INIT;
	struct bk_base base;

	(void)state;
	put_nested(&nested, various, 400, false);
	put_nested(&bare, various, 400, true);
	bk_base_begin(&base, bk_buf_str(&nested), &notation);
	assert_int_equal(bk_base_pair(&base), BK_OK);
	assert_int_equal(bk_base_number(&base), BK_OK);
	for (int i = 0; i < 2; i++) {
		struct bk_amendments amendments;

		assert_int_equal(
			bk_amendments_find(&amendments, &base, bk_buf_str(&bare), i ? "EU" : "US"), BK_OK);
		assert_true(amendments.list.len >= 800);
		assert_null(base.shells.whole);
		assert_int_equal(base.shells.read, 0);
		bk_amendments_release(&amendments);
	}
	bk_base_release(&base);
	bk_buf_release(&nested);
	bk_buf_release(&bare);
}

static void expect_naming(
	const bk_merge *merge, size_t index, size_t bracket, const char *party, enum bk_act act)
{
	size_t count;
	const struct bk_merge_naming *names = bk_merge_namings(merge, &count);

	assert_true(index < count);
	assert_int_equal(names[index].bracket, bracket);
	assert_string_equal(names[index].party, party);
	assert_int_equal(names[index].act, act);
}

/* Who wants one member of a run, or strikes several, says it of each by itself. */
static void test_what_is_said_of_brackets_is_known_where_it_is_not_written(void **state)
{
	static const char base[] = "LDCs [and SIDS][and others] act.\n", eu[] = "LDCs [and others] act.\n",
			  us[] = "LDCs act.\n";
	const struct bk_version versions[] = {{"US", "us", us, sizeof us - 1},
		{"EU", "eu", eu, sizeof eu - 1}, {"AU", "au", base, sizeof base - 1}};
	const struct bk_merge_options options = {.style = BK_STYLE_NONE,
		.conventions = reading_options()->conventions,
		.names = bk_roster_names(roster())};
	bk_merge *merge;
	size_t count;
	(void)state;

	assert_int_equal(bk_merge_new(&merge, base, sizeof base - 1, versions, 3, &options), BK_OK);
	bk_merge_namings(merge, &count);
	assert_int_equal(count, 3);
	expect_naming(merge, 0, 5, "EU", BK_ACT_DELETE);
	expect_naming(merge, 1, 5, "US", BK_ACT_DELETE);
	expect_naming(merge, 2, 15, "US", BK_ACT_DELETE);
	expect_bytes(merge, base);
}

/* Merge what the US made of a base in a style. */
static void expect_styled(enum bk_style style, const char *base, const char *us, const char *expected)
{
	const struct bk_version versions[] = {{"US", "us", us, strlen(us)}, {"AU", "au", base, strlen(base)}};
	const struct bk_merge_options options = {.style = style,
		.conventions = reading_options()->conventions,
		.names = bk_roster_names(roster())};
	bk_merge *merge;

	assert_int_equal(bk_merge_new(&merge, base, strlen(base), versions, 2, &options), BK_OK);
	expect_bytes(merge, expected);
}

static void test_names_stand_before_a_header_in_a_line_in_every_style(void **state)
{
	static const char *const merged[BK_STYLE_COUNT] = {
		"3. [US delete: They act][US: Option 2: All agree].\n",
		"3. [They act] (US delete)[US: Option 2: All agree].\n",
		"3. [They act - US delete][US: Option 2: All agree].\n",
		"3. [They act][Option 2: All agree].\n",
	};

	(void)state;
	for (int style = 0; style < BK_STYLE_COUNT; style++)
		expect_styled(
			(enum bk_style)style, "3. They act.\n", "3. Option 2: All agree.\n", merged[style]);
}

/* Names in a party's words are words: they stand where nobody else is read to propose them. */
static void test_words_with_names_at_their_ends_name_nobody_in_every_style(void **state)
{
	static const char
		base[] = "Parties [EU, JP: shall] act now.\n",
		us[] = "Parties EU, JP: shall act today.\n", act[] = "Parties act.\n",
		*const before[BK_STYLE_COUNT] =
			{
				"Parties [EU, JP: shall][US: EU, JP: shall] act [now][US: today].\n",
				"Parties [EU, JP: shall][US: EU, JP: shall] act [now][today] (US).\n",
				"Parties [EU, JP: shall][US: EU, JP: shall] act [now][today - US].\n",
				"Parties [EU, JP: shall][US: EU, JP: shall] act [now][today].\n",
			},
		*const behind[BK_STYLE_COUNT] = {
			"Parties [shall - JP - US] act.\n",
			"Parties [shall - JP - US] act.\n",
			"Parties [shall - JP - US] act.\n",
			"Parties [shall - JP - US] act.\n",
		};

	(void)state;
	for (int style = 0; style < BK_STYLE_COUNT; style++) {
		expect_styled((enum bk_style)style, base, us, before[style]);
		expect_styled((enum bk_style)style, act, "Parties shall - JP act.\n", behind[style]);
		expect_styled((enum bk_style)style, act, "Parties EU: shall - JP act.\n",
			"Parties [US: EU: shall - JP - US] act.\n");
	}
}

/* Who strikes a paragraph strikes all that others want in it. */
static void test_what_strikes_a_paragraph_is_round_what_stands_for_its_words(void **state)
{
	(void)state;
	expect_merged("All.\n\n1. Parties\n\nYes.\n", "All.\n\nYes.\n", "All.\n\n1. People\n\nYes.\n", NULL,
		"All.\n\n1. [EU delete: [Parties][US: People]]\n\nYes.\n");
	expect_merged("# A\n\n## Article 1\n\nYes.\n", "# A\n\nYes.\n", "# A\n\n## [Article 1]\n\nYes.\n",
		NULL, "# A\n\n## [[US reserve: Article 1]] (EU delete)\n\nYes.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory_that_runs_out_is_told_wherever_it_does),
		cmocka_unit_test(test_names_stand_before_a_header_in_a_line_in_every_style),
		cmocka_unit_test(test_words_with_names_at_their_ends_name_nobody_in_every_style),
		cmocka_unit_test(test_a_paragraph_that_is_another_one_gives_way_as_a_whole),
		cmocka_unit_test(test_a_paragraph_that_is_another_one_keeps_its_label),
		cmocka_unit_test(test_a_word_that_stands_twice_beside_a_changed_one_stays),
		cmocka_unit_test(test_braces_go_together),
		cmocka_unit_test(test_a_brace_without_its_other_end_is_literal_in_brackets),
		cmocka_unit_test(test_a_blank_beside_a_bracket_taken_away_is_no_proposal),
		cmocka_unit_test(test_brackets_apart_are_each_answered_by_who_takes_them_away),
		cmocka_unit_test(test_who_wants_one_of_brackets_apart_strikes_the_others),
		cmocka_unit_test(test_who_signs_brackets_round_words_of_all_reserves_on_them),
		cmocka_unit_test(test_a_sentence_goes_by_itself_behind_words_that_gave_way),
		cmocka_unit_test(test_a_sentence_that_went_behind_words_that_did_goes_by_itself),
		cmocka_unit_test(test_the_last_clause_of_a_sentence_comes_before_its_stop),
		cmocka_unit_test(test_who_leaves_alternatives_out_strikes_them_and_proposes_none),
		cmocka_unit_test(test_who_takes_one_alternative_of_several_leaves_the_others_whole),
		cmocka_unit_test(test_an_alternative_is_not_taken_while_others_speak_of_its_run),
		cmocka_unit_test(test_words_that_a_party_accepts_are_not_changed_under_its_name),
		cmocka_unit_test(test_a_year_at_the_head_of_a_line_goes_on_the_sentence),
		cmocka_unit_test(test_a_run_goes_over_names_behind_brackets),
		cmocka_unit_test(test_a_blank_is_not_taken_beside_what_others_want_away),
		cmocka_unit_test(test_words_that_name_an_act_have_names_behind_them),
		cmocka_unit_test(test_a_party_is_named_once_behind_a_label),
		cmocka_unit_test(test_who_proposes_in_brackets_of_its_own_says_what_others_do_without),
		cmocka_unit_test(test_names_that_say_more_than_who_proposes_stay),
		cmocka_unit_test(test_words_in_brackets_of_its_own_are_followed),
		cmocka_unit_test(test_words_of_the_base_are_followed),
		cmocka_unit_test(test_the_mark_of_a_footnote_is_one_word),
		cmocka_unit_test(test_a_mark_glued_to_a_bracket_belongs_to_it),
		cmocka_unit_test(test_names_of_others_are_left_to_these),
		cmocka_unit_test(test_who_rewords_its_bracket_leaves_what_others_say_of_the_words_before),
		cmocka_unit_test(test_who_signs_a_part_between_slashes_wants_no_other_part),
		cmocka_unit_test(test_who_changes_its_mind_is_read_as_it_says_last),
		cmocka_unit_test(test_who_takes_its_name_away_withdraws),
		cmocka_unit_test(test_a_note_is_changed_word_by_word_but_for_its_mark_and_names),
		cmocka_unit_test(test_the_end_of_a_paragraph_stays_with_it_when_the_next_one_goes),
		cmocka_unit_test(test_half_of_a_pair_that_ends_pages_away_stays_where_it_is),
		cmocka_unit_test(test_what_went_is_told_as_one_where_it_can_be),
		cmocka_unit_test(test_paragraphs_that_went_with_brackets_round_them_went_as_one),
		cmocka_unit_test(test_an_edited_paragraph_beside_one_that_moved_stays),
		cmocka_unit_test(test_paragraphs_in_brackets_that_came_at_one_place_came_as_one),
		cmocka_unit_test(test_who_names_one_of_a_run_answers_that_one),
		cmocka_unit_test(test_provisions_that_are_in_no_run_are_struck_by_who_wants_others),
		cmocka_unit_test(test_who_says_other_words_than_its_own_proposal_withdraws_that),
		cmocka_unit_test(test_words_a_comma_opens_are_read_as_they_are_meant),
		cmocka_unit_test(test_paragraphs_that_came_at_one_place_stand_in_the_order_of_their_numbers),
		cmocka_unit_test(test_paragraphs_that_came_at_one_place_have_brackets_each),
		cmocka_unit_test(test_paragraphs_that_several_put_in_stand_once_and_rivals_side_by_side),
		cmocka_unit_test(test_a_paragraph_that_all_put_in_stands_clean_beside_others),
		cmocka_unit_test(test_words_that_another_has_more_of_stand_once),
		cmocka_unit_test(test_memory_that_runs_out_where_words_are_cut_is_told),
		cmocka_unit_test(test_a_paragraph_that_others_put_in_stands_before_the_one_that_was_joined),
		cmocka_unit_test(test_a_paragraph_in_place_of_one_with_another_label_stands_below),
		cmocka_unit_test(test_a_paragraph_that_got_another_label_moves_past_those_that_stand),
		cmocka_unit_test(test_names_in_parentheses_may_go_on_in_the_next_line),
		cmocka_unit_test(test_names_behind_a_bracket_say_nothing_of_what_stands_instead),
		cmocka_unit_test(test_names_stand_behind_what_a_heading_begins_with),
		cmocka_unit_test(test_a_choice_among_many_stays_flat),
		cmocka_unit_test(test_what_all_strike_goes_though_some_strike_more),
		cmocka_unit_test(test_what_all_strike_leaves_the_blanks_round_what_some_strike_more),
		cmocka_unit_test(test_a_label_with_its_stop_gives_way_to_another_one_in_its_line),
		cmocka_unit_test(test_blanks_in_a_label_are_layout),
		cmocka_unit_test(test_words_stand_in_both_texts_before_brackets_do),
		cmocka_unit_test(test_an_item_that_came_into_a_list_has_its_own_label),
		cmocka_unit_test(test_brackets_that_all_take_away_have_no_members),
		cmocka_unit_test(test_emphasis_that_a_label_closes_stays_with_it),
		cmocka_unit_test(test_a_heading_goes_with_its_text_when_articles_are_numbered_anew),
		cmocka_unit_test(test_a_heading_goes_with_the_title_below_it),
		cmocka_unit_test(test_paragraphs_that_are_alike_are_joined_and_added_to),
		cmocka_unit_test(test_the_last_paragraph_is_added_to_and_another_comes_behind_it),
		cmocka_unit_test(test_what_comes_in_at_the_end_of_a_paragraph_stays_in_it),
		cmocka_unit_test(test_who_keeps_a_part_of_a_paragraph_without_its_label_strikes_that),
		cmocka_unit_test(test_words_and_paragraphs_that_come_in_at_one_point_stand_apart),
		cmocka_unit_test(test_several_add_paragraphs_at_the_end_of_a_text),
		cmocka_unit_test(test_weak_words_make_no_paragraph_a_part_of_another),
		cmocka_unit_test(test_a_new_paragraph_is_the_same_though_one_strikes_that_beside_it),
		cmocka_unit_test(test_of_paragraphs_about_as_much_like_one_that_with_its_label_is_it),
		cmocka_unit_test(test_what_went_is_cut_between_parentheses),
		cmocka_unit_test(test_names_in_parentheses_stay_with_the_words_before_them),
		cmocka_unit_test(test_a_label_that_comes_with_words_is_none_of_those_behind),
		cmocka_unit_test(test_brackets_round_blanks_are_put_in_as_they_stand),
		cmocka_unit_test(test_a_bracket_that_went_beside_other_words_went_by_itself),
		cmocka_unit_test(
			test_what_stands_instead_of_a_word_stands_beside_it_when_a_choice_was_made_there),
		cmocka_unit_test(test_clauses_that_agree_in_a_weak_word_are_others),
		cmocka_unit_test(test_a_heading_keeps_no_number_that_an_option_before_it_has),
		cmocka_unit_test(test_what_comes_glued_to_words_that_others_take_away_comes_with_them),
		cmocka_unit_test(test_what_would_be_read_together_stands_together),
		cmocka_unit_test(test_who_adds_to_a_run_proposes_that_alone),
		cmocka_unit_test(test_brackets_beside_a_party_s_edit_are_read_as_in_its_text),
		cmocka_unit_test(test_the_end_of_a_list_stays_with_its_item),
		cmocka_unit_test(test_the_end_of_an_item_is_not_that_of_one_that_came_behind_it),
		cmocka_unit_test(test_a_paragraph_that_was_split_goes_on_as_the_first_part),
		cmocka_unit_test(test_rows_of_a_table_are_told_one_by_one),
		cmocka_unit_test(test_what_came_stands_as_far_below_what_is_above_it_as_in_its_own_text),
		cmocka_unit_test(test_a_row_that_came_last_is_in_its_table),
		cmocka_unit_test(test_paragraphs_that_are_numbered_anew_are_told_one_by_one),
		cmocka_unit_test(test_an_item_of_a_list_goes_as_one),
		cmocka_unit_test(test_the_header_of_an_option_stands_above_brackets_round_its_text),
		cmocka_unit_test(test_whatever_an_option_is_called_its_header_begins_a_paragraph),
		cmocka_unit_test(test_what_has_the_label_of_a_paragraph_that_went_became_of_it),
		cmocka_unit_test(test_nobody_is_given_words_that_stand_beside_what_it_struck),
		cmocka_unit_test(test_one_of_several_paragraphs_that_are_alike_goes_with_its_neighbours),
		cmocka_unit_test(test_any_number_of_brackets_goes_beside_other_words),
		cmocka_unit_test(test_deep_brackets_take_no_more_time_than_many),
		cmocka_unit_test(test_a_long_run_takes_no_more_time_than_many),
		cmocka_unit_test(test_many_paragraphs_come_at_one_place_in_no_more_time_than_elsewhere),
		cmocka_unit_test(test_many_others_come_at_one_place_in_no_more_time_each_than_few),
		cmocka_unit_test(test_many_changes_are_taken_in_no_more_time_each_than_few),
		cmocka_unit_test(test_brackets_in_a_row_that_hang_together_take_no_more_time_than_many),
		cmocka_unit_test(test_brackets_come_into_a_base_that_has_none),
		cmocka_unit_test(test_what_one_version_read_of_the_base_is_nothing_to_the_next),
		cmocka_unit_test(test_what_is_said_of_brackets_is_known_where_it_is_not_written),
		cmocka_unit_test(test_what_strikes_a_paragraph_is_round_what_stands_for_its_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
