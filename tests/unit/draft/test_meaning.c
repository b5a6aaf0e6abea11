/* Classes, runs, groups and alternatives: the sentences of the notation's sections 3 and 4. */
#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "sample.h"

/* ---- Classes ---------------------------------------------------------------------------------------- */

static void classes_are(const char *text, const char *letters)
{
	bk_draft *draft = sample(text);
	size_t n;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &n);
	char got[64];

	assert_true(n < sizeof got);
	for (size_t i = 0; i < n; i++)
		got[i] = bk_class_name((enum bk_class)brackets[i].class)[0];
	got[n] = '\0';
	assert_string_equal(got, letters);
	bk_draft_free(draft);
}

static void footnote_marks_and_links_are_references(void **state)
{
	(void)state;
	classes_are("text[^9] and more[^name]", "rr");
	classes_are("[text](http://example.org/a) [text](#part) [text](a.md)", "rrr");
	classes_are("[text](a) [text](US/AU)", "dd");
	classes_are("[text][name] in a line\n\n[name]: http://example.org/\n", "rrr");
	classes_are("the programmes[55] and activities[56] of the Fund", "rr");
	/* one of a run is a choice, and marks no note */
	classes_are("[title] (AU)[12] (EU) of the Fund\n\n[12] (AU) They pay.\n", "ddd");
}

static void a_bracket_disputes_the_footnote_where_other_marks_are_bare(void **state)
{
	(void)state;
	classes_are("the purpose18 and the fund19 of the programmes[20]", "d");
}

static void what_waits_for_words_is_a_placeholder(void **state)
{
	(void)state;
	classes_are("[] [ ] [...] [--] [_] [X] [x] [20XX] [X-X] [X on Title]", "pppppppppp");
	classes_are("[date] [number] [city] [document symbol to be added] [to be determined]", "ppppp");
	classes_are("[*Placeholder* for text] [\"title\"] [(date)]", "ppp");
	classes_are("article [12] and annex [on finance] and paragraph [3.1]", "ppp");
	classes_are("this Article [on which all agree]", "d");
	classes_are("article yet\n to [article number yet\n to be defined]", "p");
}

static void words_of_agreement_alone_are_a_status(void **state)
{
	(void)state;
	classes_are("[agreed] [agreed ad ref] [agreed in informals] [agreed, placement tbd]", "ssss");
	classes_are("[agreed rules]", "d");
}

static void messages_to_the_drafters_are_notes(void **state)
{
	(void)state;
	classes_are("[Note: see below] {anything}", "nn");
	classes_are("[Secretariat: check] and [merge with paragraph 4]", "nn");
	classes_are("[Further definitions\nmay be required later.]", "n");
	classes_are("[Notes with concern] the state of piers", "d");
	classes_are("text[^1]\n\n[^1]: In this [footnote] too.\n", "rrn");
	classes_are("text[^1]\n\n[^1]: In this footnote\ntoo [here].\n\nNot [here].\n", "rrnd");
	classes_are("text[^1]\n\n[^1]: In this footnote.\n[^2]: And\nthis [one].\n", "rrrn");
	classes_are("text[^1]\n\n[EU: [^1]: In this [footnote].] Not [here].\n", "rdrnd");
}

static void words_of_a_footnote_that_somebody_speaks_to_are_disputed(void **state)
{
	(void)state;
	classes_are("text[^1]\n\n[^1]: As the [Board][US: COP] says [of old] [EU delete: here].\n", "rrddnd");
	classes_are("text[^1]\n\n[^1]: In this [footnote] (US, EU).\n", "rrd");
	classes_are("text[^1]\n\n[^1]: In this [footnote] (US reserves), [Note: look].\n", "rrnn");
}

static void a_note_is_never_in_a_run(void **state)
{
	(void)state;
	classes_are("[until][pending] the decision", "dd");
}

static void amounts_periods_and_labels_are_disputed(void **state)
{
	(void)state;
	classes_are("[50] per cent, expire [5] years, [1][3][5]. and [75][85] percent", "ddddddd");
	classes_are("modalit[y][ies] and chemical[s] [.]", "dddd");
}

static void a_persons_word_beats_the_rule(void **state)
{
	const struct bk_override word = {.start = 0, .has_class = true, .class = BK_CLASS_DISPUTED};
	const struct bk_draft_options options = {.overrides = &word, .override_count = 1};
	bk_draft *draft = sample_with("[Note: x] [date]", &options);

	(void)state;
	assert_int_equal(nth(draft, 0)->class, BK_CLASS_DISPUTED);
	assert_true(nth(draft, 0)->by_person);
	assert_int_equal(nth(draft, 1)->class, BK_CLASS_PLACEHOLDER);
	assert_false(nth(draft, 1)->by_person);
	bk_draft_free(draft);
}

static void directions_and_end_marks_are_notes(void **state)
{
	(void)state;
	classes_are("[End of Annex and of document] [Annex follows]", "nn");
	classes_are("[See Annex [II], section [B].]", "npp");
	classes_are("[4.3  Chair: placement under discussion.]", "n");
	classes_are("It is so. [BR, IN: reserve]", "n");
}

static void how_far_a_text_is_and_who_is_to_mend_it_are_notes(void **state)
{
	(void)state;
	classes_are(
		"a [Chapeau under discussion] b [Not yet discussed] c [Paragraphs 4 to 6 deleted]", "nnn");
	classes_are("a [Secretariat to verify the figure] b [the Secretariat to verify the figure]", "nd");
	classes_are("a [Pending its entry into force, Parties shall wait] b [pending legal review]", "dn");
	classes_are("a [For consideration by ministers] b [for consideration by the Council]", "nd");
	classes_are("a [This article remains bracketed.] b [Paragraph 2 is pending work on finance]", "nn");
	classes_are("a [Articles 5 and 6 were considered in group 2] b [Article 5 moved here]", "nn");
	classes_are("a [placement of buoys] b [placement of this paragraph] c [agreed pending PP4]", "dns");
	classes_are("a [Section left open] b [pending claims] c [pending agreement on finance]", "ndn");
	classes_are("a [FCCC/SB/20XX/L.X] b [A/RES/79/12] c [Drafting suggestion: merge]", "pdn");
	classes_are("a [day month year] b [Articles 5 and 6 are an integral part]", "pd");
	classes_are("a [Text in bold is new] b [Streamlined from paragraph 3] c [taken from the sea]", "nnd");
	classes_are(
		"a [agreed ad ref., 14 June] b [agreed on 3 May 2030] c [agreed rules of 3 May 2030]", "ssd");
}

static void forms_of_dates_and_plural_names_wait_for_words(void **state)
{
	(void)state;
	classes_are("by [DD/MM/20XX] in [country names] [To be completed.]", "ppp");
	classes_are("see § [2] and Annex [IV]", "pp");
	classes_are("the band [X-Y GHz] for [X years]", "pp");
}

static void a_part_of_the_document_beside_a_disputed_name_is_its_rival(void **state)
{
	(void)state;
	classes_are("This [Agreement][Annex] applies. See the [annex].", "ddp");
}

static void what_somebody_would_replace_waits_for_nothing(void **state)
{
	(void)state;
	classes_are("Each [country][EU: Party] shall. By the [date] [EU: year].", "ddpd");
	classes_are("Article [5][EU: 6] and the [agreed][US: other] text.", "dddd");
	classes_are("Each [country] (US: delete)[Party] (EU) shall.", "dd");
	classes_are("By the [date][US delete: first year].", "pd");
	classes_are("By [EU: date] or [date] (EU). Article [5] (EU delete) and Article [5].", "dddp");
	classes_are("It is [agreed] (EU delete) and [agreed].", "ds");
}

static void a_number_behind_a_numbered_item_is_no_footnote(void **state)
{
	(void)state;
	classes_are("Agenda item 1.[1]\nthe programmes[2] and funds[3]", "drr");
	classes_are("Article X.[12]\nthe programmes[2] and funds[3]", "prr");
}

static void the_line_of_a_footnote_opens_with_its_mark(void **state)
{
	(void)state;
	classes_are("the environment[2] and more\n\n[2] As recognized in a resolution", "rr");
	classes_are("the environment[2] and more\n\n[3] As recognized in a resolution", "rd");
}

/* ---- Runs ------------------------------------------------------------------------------------------- */

/* One letter of choice a bracket, with its group's number: "1a" one, "ib" independent, "uc" undecided, "-". */
static void groups_are(const char *text, const char *wanted)
{
	bk_draft *draft = sample(text);
	struct bk_buf got = BK_BUF_INIT;
	size_t n;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &n);

	for (size_t i = 0; i < n; i++) {
		bk_buf_printf(&got, "%s%c", i ? " " : "", "-1iu"[brackets[i].choice]);
		if (brackets[i].group)
			bk_buf_putc(&got, (char)('a' + brackets[i].group - 1));
	}
	assert_string_equal(bk_buf_string(&got), wanted);
	bk_buf_release(&got);
	bk_draft_free(draft);
}

static void tight_neighbours_are_a_choice_of_one(void **state)
{
	(void)state;
	groups_are("[shall][should][other] act", "1a 1a 1a");
	groups_are("text[^1]\n\n[^1]: As the [Board][US: COP] says.\n", "- - 1a 1a");
	groups_are("[NDMC*]/[INDC]", "1a 1a");
	groups_are("[holders] / [owners]", "1a 1a");
}

static void one_run_may_hold_three_groups(void **state)
{
	(void)state;
	groups_are("their [intended] [proposed] [NDMC*][INDC]", "ua ub 1c 1c");
}

static void singles_parted_by_blanks_join_when_alike(void **state)
{
	(void)state;
	groups_are("Parties [shall] [may] act", "1a 1a");
	groups_are("[,] [;] [and]", "1a 1a 1a");
	groups_are("[below 2] [below 3] degrees", "1a 1a");
	groups_are("[system] [systems] new", "1a 1a");
	groups_are("[under the Convention] [within the Protocol]", "1a 1a");
	groups_are("[shall]\n   [should] act", "1a 1a");
	groups_are("[Noting this] [Recalling that]", "1a 1a");
	groups_are("[Noting this] [Nothing new]", "ua ub");
}

static void modals_rival_each_other_past_an_addition(void **state)
{
	(void)state;
	groups_are("Parties [shall] [, as appropriate,] [should] act", "1a ib 1a");
}

static void what_is_proposed_in_the_place_of_words_is_their_rival(void **state)
{
	(void)state;
	groups_are("for [equity,][JP: science;] and", "1a 1a");
	groups_are("the fund [and][EU: including][US: or] the bank", "1a 1a 1a");
	groups_are("the forests[, and lakes][EU: , as well as rivers]", "1a 1a");
	groups_are("[equity,][science;](JP)", "1a 1a");
	groups_are("[US delete: equity,][JP: science;]", "1a 1a");
	groups_are("(a) So.\n[(b)][US: (a)] it was so;\n[(c)][(b) - US] and more;", "1a 1a 1b 1b");
	groups_are("[2.][3. - US] Parties pay.", "1a 1a");
	groups_are("[(a)][EU: (b)][JP: (b bis)] Parties pay.", "1a 1a 1a");
	/* and what one party adds to what it adds */
	groups_are("[EU: Parties act.] [JP: Parties report.]", "1a 1a");
	groups_are("[JP: Parties act.] [JP: Parties report.]", "ua ub");
	groups_are("[EU, JP: Parties act.] [JP, US: Parties report.]", "ua ub");
	groups_are("[EU: Parties act.] [US: Parties pay.] [EU, JP: Parties report.]", "1a 1a ub");
	groups_are("[EU: Parties act.] [US: Parties pay.] [JP: Parties report.]", "1a 1a 1a");
	groups_are("Parties [US delete: shall,] [should][JP: where] they wish", "ua 1b 1b");
	groups_are("[(a)][JP: (b) bis] Parties pay.", "1a 1a");
	/* and what is added behind words is no rival of them */
	groups_are("[city, country][JP: , as Parties agree]", "ua ib");
	groups_are("[and][JP: , as well as] more", "1a 1a");
	/* the others of the run are what they were */
	groups_are("[shall][should][EU: may] act", "1a 1a 1a");
	groups_are("[forests][, and lakes][EU: or rivers]", "ua 1b 1b");
	groups_are("[new,] [additional,][EU: other,] [sustained]", "ia 1b 1b ic");
	groups_are("for [damage][.][EU: ;]", "ua 1b 1b");
	/* two proposals do not stand for each other */
	groups_are("[EU: forests][US: , and lakes]", "ua ib");
	groups_are("[The Parties act.] [JP: The Parties pay.]", "ua ub");
	groups_are("[JP: The Parties pay.] [The Parties act.]", "ua ub");
	groups_are("[The Parties act.] [The Parties pay.]", "1a 1a");
}

static void answers_to_words_side_by_side_are_no_rivals(void **state)
{
	(void)state;
	groups_are("provide [JP delete: equity] [EU: science]", "ua ub");
	groups_are("provide [funds][EU: means] [grants][US: loans]", "1a 1a 1b 1b");
	groups_are("provide [more funds] [other funds][EU: other means]", "ua 1b 1b");
	groups_are("Parties [shall] [should][EU: may]", "1a 1a 1a");
	groups_are("provide [US delete: funds] [EU delete: grants]", "ua ub");
	groups_are("provide [US delete: more funds] [EU: other funds]", "ua ub");
	groups_are("provide [EU support: more funds] [US delete: other funds]", "ua ub");
	groups_are("provide [more funds] [EU: other funds]", "1a 1a");
	groups_are("Parties [US delete: shall] [EU: should]", "1a 1a");
	groups_are("in [2030][AU: 2035] [12][US: 14]", "1a 1a 1b 1b");
	groups_are("[mitigation][US: loss] or [adaptation][EU: damage]", "1a 1a 1b 1b");
}

static void what_differs_in_little_is_a_rival(void **state)
{
	(void)state;
	groups_are("[per cent] [percent]", "1a 1a");
	groups_are("[fair, equitable and timely] [timely and equitable] access", "1a 1a");
	groups_are("[under the Board] [jointly under the Boards]", "1a 1a");
	groups_are("[in a fair and equitable manner] [fairly and equitably]", "1a 1a");
	groups_are("adoption [of this Agreement] [thereof]", "1a 1a");
	groups_are("tool[s] [available]", "ua ub");
}

static void an_item_before_what_adds_is_independent(void **state)
{
	(void)state;
	groups_are("[the transfer of,] [or access to,] codes", "ia ib");
}

static void other_words_a_blank_line_or_a_label_part_neighbours(void **state)
{
	(void)state;
	groups_are("[shall] words [should]", "- -");
	groups_are("[shall]\n\n[should]", "- -");
	groups_are("[(a) A tax;]\n[(b) A levy;]", "- -");
	groups_are("[Option 1: this] [Option 2: that]", "- -");
}

static void groups_are_numbered_in_the_order_of_the_text(void **state)
{
	(void)state;
	groups_are("[, if any,][by 2015][by 2020][, as agreed,] [soon]", "ia 1b 1b ic ud");
}

static void what_adds_is_independent(void **state)
{
	(void)state;
	groups_are("[forests] [, oceans] [and lakes]", "ua ib ic");
	groups_are("[shall][should][, as appropriate,]", "1a 1a ib");
	groups_are("[, at its first session, shall][may]", "1a 1a");
}

static void marks_behind_words_rival_each_other_alone(void **state)
{
	(void)state;
	groups_are("for [damage][.][;]", "ua 1b 1b");
	groups_are("for [loss][damage][.][,]", "1a 1a 1b 1b");
	groups_are("for [damage][.]", "ua ub");
	groups_are("for [damage][.][:]", "ua 1b 1b");
	groups_are("for [loss][;][and]", "ua 1b 1b");
	groups_are("for [loss][and more][.][;]", "ua ib 1c 1c");
	groups_are("for [forests][, and lakes][.]", "1a 1a 1a");
}

static void members_that_end_in_commas_are_independent(void **state)
{
	(void)state;
	groups_are("[new,] [additional,] [sustained] money", "ia ia ia");
	groups_are("[the rights of peoples,][local communities,] words", "ia ia");
}

static void or_between_gives_one_only_when_the_two_are_alike(void **state)
{
	(void)state;
	groups_are("[shall] or [may] act", "1a 1a");
	groups_are("[green] or [quickly] act", "ua ub");
}

static void a_term_and_its_short_form_are_rivals(void **state)
{
	(void)state;
	groups_are("the [intellectual property] [IP] system", "1a 1a");
	groups_are("the [blue whale] [IP] system", "ua ub");
	groups_are("[WHO] [The WHO Secretariat] shall report", "1a 1a");
}

static void amounts_are_rivals_whatever_words_they_have(void **state)
{
	(void)state;
	groups_are("provide [20%] [at least 20%] [up to 30%] of it", "1a 1a 1a");
	groups_are("for [seven] [[...]] years", "1a 1a -");
	groups_are("USD ten million [annually] [per year]", "1a 1a");
}

static void an_adverb_and_a_phrase_of_manner_are_rivals(void **state)
{
	(void)state;
	groups_are("conserve [globally] [at the national level] lands", "1a 1a");
	groups_are("[increasing by half] [substantially increasing].", "1a 1a");
}

static void a_clause_and_a_noun_are_no_rivals(void **state)
{
	(void)state;
	groups_are("[The modalities shall be defined] [instrument] that", "ua ub");
}

static void what_a_word_adds_is_no_rival_when_it_ends_alike(void **state)
{
	(void)state;
	groups_are("[Members][, including small Members,] may", "ua ib");
	groups_are("[used for][or intended for], fishing", "ua ib");
}

static void a_comma_tight_to_words_is_no_rival_of_them(void **state)
{
	(void)state;
	groups_are("[build][,][strengthen] capacity", "ia ia ia");
	groups_are("[one date][another date][,] and", "1a 1a ib");
	groups_are("[preventing][,] [and] ending", "ua 1b 1b");
}

static void a_bracket_that_waits_for_words_ends_no_list_of_rivals(void **state)
{
	(void)state;
	groups_are("hosted by [the secretariat] [UNEP] [TBD].", "1a 1a -");
}

static void a_verb_may_follow_what_ends_in_to(void **state)
{
	(void)state;
	groups_are("[We commit to] [We resolve to] [end] [eradicate] it", "1a 1a 1b 1b");
}

static void the_end_of_a_sentence_rivals_what_goes_on(void **state)
{
	(void)state;
	groups_are("lands[.][, territories.]", "1a 1a");
}

static void a_label_alone_is_no_rival_of_words(void **state)
{
	(void)state;
	groups_are("provide [(i)] [20%]", "- -");
	groups_are("paragraph [(a)][(b)]", "1a 1a");
	groups_are("[first words]\n[2 The Chair notes them.]", "- -");
}

static void two_notes_are_no_rivals_as_two_texts_of_one_are(void **state)
{
	(void)state;
	groups_are("[[^1]: By the EU.]\n[AOSIS: [^1]: By AOSIS.]\n[US: [^2]: By the US.]", "1a - 1a - - -");
	groups_are("[[^1]: By the EU.]\n[By the US.]", "- - -");
}

static void attributions_and_marks_between_part_nobody(void **state)
{
	(void)state;
	groups_are("[shall](EU)[should](US) act", "1a 1a");
	groups_are("[shall][^1][should] act", "1a - 1a");
}

static void a_persons_choice_beats_the_rule(void **state)
{
	const struct bk_override words[] = {
		{.start = 6, .has_choice = true, .choice = BK_CHOICE_ONE},
		{.start = 0, .has_choice = true, .choice = BK_CHOICE_ONE},
	};
	const struct bk_draft_options options = {.overrides = words, .override_count = 2};
	bk_draft *draft = sample_with("[new] [old] money", &options);
	size_t n;
	const struct bk_group *groups = bk_draft_groups(draft, &n);

	(void)state;
	assert_int_equal(n, 1);
	assert_int_equal(groups[0].choice, BK_CHOICE_ONE);
	assert_int_equal(groups[0].count, 2);
	assert_true(nth(draft, 1)->by_person);
	bk_draft_free(draft);
}

/* ---- Alternatives ----------------------------------------------------------------------------------- */

static void alternatives_are(const char *text, uint32_t bracket, const char *wanted)
{
	bk_draft *draft = sample(text);
	struct bk_buf got = BK_BUF_INIT;
	size_t n;
	const struct bk_alternative *list = bk_draft_alternatives(draft, bracket, &n);

	for (size_t i = 0; i < n; i++) {
		bk_buf_printf(&got, "%s", i ? "|" : "");
		bk_buf_put(&got, text + list[i].span.start, list[i].span.end - list[i].span.start);
		bk_buf_puts(&got, list[i].open ? "?" : "");
		bk_buf_puts(&got, list[i].no_text ? "!" : "");
	}
	assert_string_equal(bk_buf_string(&got), wanted);
	bk_buf_release(&got);
	bk_draft_free(draft);
}

static void members_of_a_group_are_alternatives(void **state)
{
	(void)state;
	alternatives_are("[shall][should][other] act", 1, "shall|should|other?");
	alternatives_are("[EU: shall][No text]", 0, "shall|No text!");
	alternatives_are("[forests] [and lakes]", 0, "");
}

static void a_slash_splits_alternatives(void **state)
{
	(void)state;
	alternatives_are("[shall / should [not] / may]", 0, "shall|should [not]|may");
	alternatives_are("[shall/should]", 0, "shall|should");
	alternatives_are("[contribution / commitment / other]", 0, "contribution|commitment|other?");
}

static void who_asks_for_an_alternative_is_no_part_of_it(void **state)
{
	(void)state;
	alternatives_are("[change - EU / promote - US]", 0, "change|promote");
	alternatives_are("[the old habits - EU / habits - US]", 0, "the old habits|habits");
	alternatives_are("[the old habits / habits - US]", 0, "");
}

static void a_slash_does_not_split_what_is_no_choice(void **state)
{
	(void)state;
	alternatives_are("[and/or]", 0, "");
	alternatives_are("at [10 km/h] or so [km/h]", 1, "");
	alternatives_are("[EU/US]", 0, "");
	alternatives_are("[https://example.org/a]", 0, "");
	alternatives_are("[decision 1/CP.21]", 0, "");
	alternatives_are("[/ should] or", 0, "");
	alternatives_are("[developed / developing countries]", 0, "");
}

static void deep_nesting_costs_no_more_than_its_length(void **state)
{
	enum { DEPTH = 200000 };
	char *text = test_malloc(DEPTH * 2 + 1);
	bk_draft *draft;

	(void)state;
	memset(text, '[', DEPTH);
	memset(text + DEPTH, ']', DEPTH);
	text[DEPTH * 2] = '\0';
	draft = sample(text);
	assert_int_equal(nth(draft, DEPTH - 1)->class, BK_CLASS_PLACEHOLDER);
	assert_int_equal(nth(draft, 0)->class, BK_CLASS_DISPUTED);
	bk_draft_free(draft);
	test_free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(footnote_marks_and_links_are_references),
		cmocka_unit_test(a_bracket_disputes_the_footnote_where_other_marks_are_bare),
		cmocka_unit_test(what_waits_for_words_is_a_placeholder),
		cmocka_unit_test(words_of_agreement_alone_are_a_status),
		cmocka_unit_test(messages_to_the_drafters_are_notes),
		cmocka_unit_test(words_of_a_footnote_that_somebody_speaks_to_are_disputed),
		cmocka_unit_test(a_note_is_never_in_a_run),
		cmocka_unit_test(amounts_periods_and_labels_are_disputed),
		cmocka_unit_test(a_persons_word_beats_the_rule),
		cmocka_unit_test(tight_neighbours_are_a_choice_of_one),
		cmocka_unit_test(one_run_may_hold_three_groups),
		cmocka_unit_test(singles_parted_by_blanks_join_when_alike),
		cmocka_unit_test(modals_rival_each_other_past_an_addition),
		cmocka_unit_test(what_is_proposed_in_the_place_of_words_is_their_rival),
		cmocka_unit_test(answers_to_words_side_by_side_are_no_rivals),
		cmocka_unit_test(what_differs_in_little_is_a_rival),
		cmocka_unit_test(an_item_before_what_adds_is_independent),
		cmocka_unit_test(other_words_a_blank_line_or_a_label_part_neighbours),
		cmocka_unit_test(groups_are_numbered_in_the_order_of_the_text),
		cmocka_unit_test(what_adds_is_independent),
		cmocka_unit_test(marks_behind_words_rival_each_other_alone),
		cmocka_unit_test(members_that_end_in_commas_are_independent),
		cmocka_unit_test(or_between_gives_one_only_when_the_two_are_alike),
		cmocka_unit_test(attributions_and_marks_between_part_nobody),
		cmocka_unit_test(a_persons_choice_beats_the_rule),
		cmocka_unit_test(members_of_a_group_are_alternatives),
		cmocka_unit_test(a_slash_splits_alternatives),
		cmocka_unit_test(who_asks_for_an_alternative_is_no_part_of_it),
		cmocka_unit_test(a_slash_does_not_split_what_is_no_choice),
		cmocka_unit_test(deep_nesting_costs_no_more_than_its_length),
		cmocka_unit_test(directions_and_end_marks_are_notes),
		cmocka_unit_test(how_far_a_text_is_and_who_is_to_mend_it_are_notes),
		cmocka_unit_test(forms_of_dates_and_plural_names_wait_for_words),
		cmocka_unit_test(a_part_of_the_document_beside_a_disputed_name_is_its_rival),
		cmocka_unit_test(what_somebody_would_replace_waits_for_nothing),
		cmocka_unit_test(a_number_behind_a_numbered_item_is_no_footnote),
		cmocka_unit_test(the_line_of_a_footnote_opens_with_its_mark),
		cmocka_unit_test(a_term_and_its_short_form_are_rivals),
		cmocka_unit_test(amounts_are_rivals_whatever_words_they_have),
		cmocka_unit_test(an_adverb_and_a_phrase_of_manner_are_rivals),
		cmocka_unit_test(a_clause_and_a_noun_are_no_rivals),
		cmocka_unit_test(what_a_word_adds_is_no_rival_when_it_ends_alike),
		cmocka_unit_test(a_comma_tight_to_words_is_no_rival_of_them),
		cmocka_unit_test(a_bracket_that_waits_for_words_ends_no_list_of_rivals),
		cmocka_unit_test(a_verb_may_follow_what_ends_in_to),
		cmocka_unit_test(the_end_of_a_sentence_rivals_what_goes_on),
		cmocka_unit_test(a_label_alone_is_no_rival_of_words),
		cmocka_unit_test(two_notes_are_no_rivals_as_two_texts_of_one_are),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
