/* What is taken where nobody else touches it: an edit as a whole, or not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "merging.h"

#include "base/alloc.h"

/* ---- Clauses and runs ---------------------------------------------------------------------------------- */

static void test_no_half_of_a_clause_is_taken(void **state)
{
	static const char base[] = "1. They see the report of Parties to all.\n",
			  states[] = "1. They see the review of States to all.\n";

	(void)state;
	expect_unopposed(base, states, base, NULL, states);
	expect_unopposed(base, states, "1. They see the report of Members to all.\n", NULL,
		"1. They see the [report][EU: review] of [Parties][EU: States][US: Members] to all.\n");
	/* another word between parts them */
	expect_unopposed("1. They see the report on Parties early to all.\n",
		"1. They see the review on Parties late to all.\n",
		"1. They see the report on Parties soon to all.\n", NULL,
		"1. They see the review on Parties [early][EU: late][US: soon] to all.\n");
}

static void test_nothing_of_a_run_is_taken_that_two_parties_touch(void **state)
{
	static const char base[] = "Cut by at least [25][40][50] per cent below 1990.\n",
			  fewer[] = "Cut by at least [17][50] per cent below 2005.\n";

	(void)state;
	expect_unopposed(base, fewer, base, NULL, fewer);
	expect_unopposed(base, fewer, "Cut by at least [25][40][50][45] per cent below 1990.\n", NULL,
		"Cut by at least [25][EU delete: 40][50][EU: 17][US: 45] per cent below 2005.\n");
	expect_unopposed(base, fewer, "Cut by at least [25][40][60] per cent below 1990.\n", NULL,
		"Cut by at least [25][EU delete: 40][50][US: 60][EU: 17] per cent below 2005.\n");
}

static void test_what_leads_to_options_goes_with_them(void **state)
{
	static const char base[] = "They decide:\n\nOption 1: They pay.\n\nOption 2: They lend.\n",
			  sentence[] = "They decide to pay and lend.\n";

	(void)state;
	expect_unopposed(base, sentence, base, NULL, sentence);
	expect_unopposed(base, sentence,
		"They decide:\n\nOption 1: They pay.\n\nOption 2: They lend.\n\nOption 3: They give.\n", NULL,
		"They decide[:][EU: to pay and lend.]\n\nOption 1: [EU delete: They pay.]\n\n"
		"Option 2: [EU delete: They lend.]\n\nOption 3: [US: They give.]\n");
}

static void test_a_swap_is_taken_whole(void **state)
{
	static const char base[] = "They need mitigation and adaptation now.\n",
			  swapped[] = "They need adaptation and mitigation now.\n";

	(void)state;
	expect_unopposed(base, swapped, base, NULL, swapped);
	expect_unopposed(base, swapped, "They need loss and adaptation now.\n", NULL,
		"They need [EU delete: [mitigation][US: loss] and] adaptation [EU: and mitigation] now.\n");
	expect_unopposed(base, swapped, "They need mitigation and adaptation action now.\n", NULL,
		"They need [EU delete: mitigation and] adaptation [EU: and mitigation][US: action] now.\n");
	/* what others strike, too, goes, and is not there again by that */
	expect_unopposed(base, swapped, "They need adaptation now.\n", NULL,
		"They need adaptation [EU: and mitigation] now.\n");
	expect_unopposed("They need public funds or private funds.\n",
		"They need private funds or public funds.\n",
		"They need new public funds or private funds.\n", NULL,
		"They need [US: new] [public][EU: private] funds or [private][EU: public] funds.\n");
	/* who edits other words there does not oppose it, nor do words oppose others that are the same by chance */
	expect_unopposed(base, swapped, "They all need mitigation and adaptation now.\n", NULL,
		"They all need adaptation and mitigation now.\n");
	expect_unopposed("In 30 days for (a) and 60 days for them all.\n",
		"In 60 days for (a) and 90 days for them all.\n",
		"In 40 days for (a) and 60 days for them all.\n", NULL,
		"In [30][EU: 60][US: 40] days for (a) and 90 days for them all.\n");
}

/* ---- Numbers ------------------------------------------------------------------------------------------- */

static void test_no_two_paragraphs_get_one_number(void **state)
{
	static const char base[] = "1. Act.\n2. Meet.\n3. Lend.\n4. End.\n",
			  late[] = "1. Act.\n2. Meet.\n3. Lend.\n4. All pay.\n5. End.\n";

	(void)state;
	expect_unopposed(base, late, base, NULL, late);
	expect_unopposed(base, late, "1. Act.\n2. All pay.\n3. Meet.\n4. Lend.\n5. End.\n", NULL,
		"1. Act.\n2. [US: All pay.]\n[2.][US: 3.] Meet.\n[3.][US: 4.] Lend.\n4. [EU: All pay.]\n5. "
		"End.\n");
	/* lists count by themselves */
	expect_unopposed("1. Act:\n(a) now;\n(b) here.\n2. Meet:\n(a) soon;\n(b) there.\n",
		"1. Act:\n(a) now;\n(b) well;\n(c) here.\n2. Meet:\n(a) soon;\n(b) there.\n",
		"1. Act:\n(a) now;\n(b) here.\n2. Meet:\n(a) soon;\n(b) all;\n(c) there.\n", NULL,
		"1. Act:\n(a) now;\n(b) well;\n(c) here.\n2. Meet:\n(a) soon;\n(b) all;\n(c) there.\n");
	/* "(i)" goes on from "(h)", and begins no list between the two */
	expect_unopposed("(g) a;\n(h) b;\n(i) c;\n(j) d;\n",
		"(g) a;\n(h) x;\n(i) y;\n(j) z;\n(k) b;\n(l) c;\n(m) d;\n",
		"(g) a;\n(h) b;\n(i) c;\n(j) d;\n(k) well;\n", NULL,
		"(g) a;\n(h) [EU: x;]\n(i) [EU: y;]\n(j) [EU: z;]\n[(h)][EU: (k)] b;\n[(i)][EU: (l)] c;\n"
		"[(j)][EU: (m)] d;\n(k) [US: well;]\n");
}

/* ---- Moves --------------------------------------------------------------------------------------------- */

static void test_a_move_is_taken_whole(void **state)
{
	static const char base[] = "1. Each Party acts.\n\n2. Reports are made public in June.\n\n"
				   "3. Money is paid.\n\n4. All of it counts.\n",
			  moved[] = "1. Each Party acts.\n\n3. Money is paid.\n\n4. All of it counts.\n\n"
				    "2. Reports are made public in June.\n";

	(void)state;
	expect_unopposed(base, moved, base, NULL, moved);
	expect_unopposed(base, moved,
		"1. Each Party acts.\n\n2. Reports are made public in May.\n\n3. Money is paid.\n\n"
		"4. All of it counts.\n",
		NULL,
		"1. Each Party acts.\n\n3. Money is paid.\n\n4. All of it counts.\n\n"
		"2. Reports are made public in May.\n");
}

static void test_a_move_is_bracketed_whole_where_one_end_is_touched(void **state)
{
	static const char base[] = "1. Each Party acts.\n\n2. Reports are made public in June.\n\n"
				   "3. Money is paid.\n\n4. All of it counts.\n\n5. So be it.\n",
			  moved[] = "1. Each Party acts.\n\n3. Money is paid.\n\n4. All of it counts.\n\n"
				    "2. Reports are made public in June.\n\n5. So be it.\n";

	(void)state;
	/* beside where it stood */
	expect_unopposed(base, moved,
		"1. Each Party acts.\n\n2. Reports are made public in June.\n\n4. All of it counts.\n\n"
		"5. So be it.\n",
		NULL,
		"1. Each Party acts.\n\n2. [EU delete: Reports are made public in June.]\n\n"
		"3. [US delete: Money is paid.]\n\n4. All of it counts.\n\n"
		"2. [EU: Reports are made public in June.]\n\n5. So be it.\n");
	/* beside where it came */
	expect_unopposed(base, moved,
		"1. Each Party acts.\n\n2. Reports are made public in June.\n\n3. Money is paid.\n\n"
		"5. So be it.\n",
		NULL,
		"1. Each Party acts.\n\n2. [EU delete: Reports are made public in June.]\n\n"
		"3. Money is paid.\n\n4. [US delete: All of it counts.]\n\n"
		"2. [EU: Reports are made public in June.]\n\n5. So be it.\n");
	/* there, and in its words */
	expect_unopposed(base, moved,
		"1. Each Party acts.\n\n2. Reports are made public in May.\n\n3. Money is paid.\n\n"
		"5. So be it.\n",
		NULL,
		"1. Each Party acts.\n\n2. [EU delete: Reports are made public in [June][US: May].]\n\n"
		"3. Money is paid.\n\n4. [US delete: All of it counts.]\n\n"
		"2. [EU: Reports are made public in June.]\n\n5. So be it.\n");
}

static void test_a_paragraph_that_two_move_elsewhere_stands_nowhere_unbracketed(void **state)
{
	static const char
		base[] = "One acts as it is told.\n\nTwo are paid for this.\n\nReports are made public.\n\n"
			 "Three count all of that.\n\nFour see what comes.\n",
		up[] = "Reports are made public.\n\nOne acts as it is told.\n\nTwo are paid for this.\n\n"
		       "Three count all of that.\n\nFour see what comes.\n",
		down[] = "One acts as it is told.\n\nTwo are paid for this.\n\n"
			 "Three count all of that.\n\nFour see what comes.\n\nReports are made public.\n",
		without[] = "One acts as it is told.\n\nTwo are paid for this.\n\n"
			    "Three count all of that.\n\nFour see what comes.\n";

	(void)state;
	expect_unopposed(base, up, down, NULL,
		"[EU: Reports are made public.]\n\nOne acts as it is told.\n\nTwo are paid for this.\n\n"
		"Three count all of that.\n\nFour see what comes.\n\n[US: Reports are made public.]\n");
	/* or that one moves, and another strikes */
	expect_unopposed(base, up, without, NULL,
		"[EU: Reports are made public.]\n\nOne acts as it is told.\n\nTwo are paid for this.\n\n"
		"Three count all of that.\n\nFour see what comes.\n");
	expect_unopposed(base, up, without, base,
		"[EU: Reports are made public.]\n\nOne acts as it is told.\n\nTwo are paid for this.\n\n"
		"[EU, US delete: Reports are made public.]\n\nThree count all of that.\n\nFour see what "
		"comes.\n");
	expect_unopposed(base, up, up, base, up);
}

static void test_a_paragraph_that_changed_on_its_way_is_bracketed_at_both_ends(void **state)
{
	static const char
		base[] = "Each Party acts.\n\nReports are public in June of each year.\n\n"
			 "Money is paid by all who have some of it.\n\nTwo count what was paid so far.\n",
		moved[] = "Each Party acts.\n\nMoney is paid by all who have some of it.\n\n"
			  "Two count what was paid so far.\n\nReports are public in May of each year.\n";

	(void)state;
	expect_unopposed(base, moved, base, NULL, moved);
	expect_unopposed(base, moved,
		"Each Party acts.\n\nReports are public in June of that year.\n\n"
		"Money is paid by all who have some of it.\n\nTwo count what was paid so far.\n",
		NULL,
		"Each Party acts.\n\n[EU delete: Reports are public in June of [each][US: that] year.]\n\n"
		"Money is paid by all who have some of it.\n\nTwo count what was paid so far.\n\n"
		"[EU: Reports are public in May of each year.]\n");
	/* a number changes on the way, too */
	expect_unopposed(
		"1. One acts.\n\n2. Reports are public in June.\n\n3. Money is paid by all of them.\n\n"
		"4. Two count what was paid so far.\n",
		"1. One acts.\n\n2. Money is paid by all of them.\n\n3. Two count what was paid so far.\n\n"
		"4. Reports are public in June.\n",
		"1. One acts.\n\n2. Reports are public in May.\n\n3. Money is paid by all of them.\n\n"
		"4. Two count what was paid so far.\n",
		NULL,
		"1. One acts.\n\n2. [EU delete: Reports are public in [June][US: May].]\n\n"
		"[3.][EU: 2.] Money is paid by all of them.\n\n"
		"[4.][EU: 3.] Two count what was paid so far.\n\n4. [EU: Reports are public in June.]\n");
}

static void test_a_short_paragraph_that_moved_stands_once_or_in_brackets_twice(void **state)
{
	(void)state;
	expect_unopposed("Act.\n\nMeet.\n", "Meet.\n\nAct.\n", "Act soon.\n\nMeet.\n", NULL,
		"[EU delete: Act [US: soon].]\n\nMeet.\n\n[EU: Act.]\n");
	expect_unopposed("Act.\n\nMeet.\n", "Meet.\n\nAct.\n", "Act.\n\nMeet.\n", NULL, "Meet.\n\nAct.\n");
	/* one of the same words that came elsewhere is another one */
	expect_unopposed("Act.\n\nMeet.\n\nEnd.\n", "Meet.\n\nAct.\n\nEnd.\n\nAct.\n",
		"Act soon.\n\nMeet.\n\nEnd.\n", NULL,
		"[EU delete: Act [US: soon].]\n\nMeet.\n\n[EU: Act.]\n\nEnd.\n\nAct.\n");
}

/* Each stands in place of the other, and that is one edit. */
static void test_short_paragraphs_that_change_places_do_so_both_or_stand_in_brackets(void **state)
{
	static const char base[] = "1. Act.\n\n2. Meet.\n\n3. Dine.\n",
			  moved[] = "1. Act.\n\n2. Dine.\n\n3. Meet.\n",
			  alike[] = "1. Act.\n\n2. Meet each year.\n\n3. Dine each year.\n";

	(void)state;
	expect_unopposed(base, moved, "1. Act now.\n\n2. Meet.\n\n3. Dine.\n", NULL,
		"1. Act now.\n\n2. Dine.\n\n3. Meet.\n");
	expect_unopposed(base, moved, "1. Act.\n\n2. Meet.\n\n3. Dine well.\n", NULL,
		"1. Act.\n\n2. [Meet][EU: Dine].\n\n3. [Dine][EU: Meet] [US: well].\n");
	/* and where no more was changed than the words that differ: an edit of others is one of what moves */
	expect_unopposed(alike, "1. Act.\n\n2. Dine each year.\n\n3. Meet each year.\n",
		"1. Act.\n\n2. Meet each year in May.\n\n3. Dine each year.\n", NULL,
		"1. Act.\n\n2. [Meet][EU: Dine] each year [US: in May].\n\n3. [Dine][EU: Meet] each year.\n");
	/* one that took its number along takes along what others changed */
	expect_unopposed(base, "1. Act.\n\n3. Dine.\n\n2. Meet.\n", "1. Act.\n\n2. Meet.\n\n3. Dine well.\n",
		NULL, "1. Act.\n\n3. Dine well.\n\n2. Meet.\n");
}

/* Each says what the next one said, up to one whose words went nowhere: these are edits apart. */
static void test_paragraphs_that_say_by_chance_what_others_said_are_taken_apart(void **state)
{
	(void)state;
	expect_unopposed("(a) 30 days;\n\n(b) 60 days;\n", "(a) 60 days;\n\n(b) 90 days;\n",
		"(a) 30 days;\n\n(b) 65 days;\n", NULL, "(a) 60 days;\n\n(b) [60][EU: 90][US: 65] days;\n");
	/* three that change places round */
	expect_unopposed("(a) 30 days;\n\n(b) 60 days;\n\n(c) 90 days;\n",
		"(a) 60 days;\n\n(b) 90 days;\n\n(c) 30 days;\n",
		"(a) 30 days;\n\n(b) 60 days;\n\n(c) 95 days;\n", NULL,
		"(a) [30][EU: 60] days;\n\n(b) [60][EU: 90] days;\n\n(c) [90][EU: 30][US: 95] days;\n");
	/* what one said stands in a paragraph that came, what a paragraph said that went stands in another */
	expect_unopposed("(a) 30 days;\n\n(b) 60 days;\n", "(a) 90 days;\n\n(b) 60 days;\n\n(c) 30 days;\n",
		"(a) 35 days;\n\n(b) 60 days;\n", NULL,
		"(a) [30][EU: 90][US: 35] days;\n\n(b) 60 days;\n\n(c) [EU: 30 days;]\n");
	expect_unopposed("(a) 30 days;\n\n(b) 60 days;\n\n(c) 90 days;\n", "(a) 90 days;\n\n(b) 60 days;\n",
		"(a) 30 days;\n\n(b) 60 days;\n\n(c) 95 days;\n", NULL,
		"(a) [30][EU: 90] days;\n\n(b) 60 days;\n\n(c) [EU delete: [90][US: 95] days;]\n");
}

/* ---- Footnotes ------------------------------------------------------------------------------------------ */

static void test_a_list_that_became_a_sentence_takes_no_more_items(void **state)
{
	static const char base[] = "2. Parties report:\n\n(a) each year;\n\n(b) in May.\n\n3. End.\n",
			  one[] = "2. Parties report each year and in May.\n\n3. End.\n";

	(void)state;
	expect_unopposed(base, one,
		"2. Parties report:\n\n(a) each year;\n\n(b) in May;\n\n(c) in full.\n\n3. End.\n", NULL,
		"2. Parties report[EU delete: :\n\n(a)] each year[;\n\n(b)][EU: and] in May[.][US: ;]\n\n"
		"(c) [US: in full.]\n\n3. End.\n");
	/* other words in it are the same words */
	expect_unopposed(base, one, "2. Parties report:\n\n(a) each year;\n\n(b) in June.\n\n3. End.\n", NULL,
		"2. Parties report each year and in June.\n\n3. End.\n");
}

static void test_the_mark_of_a_footnote_is_taken_with_its_note(void **state)
{
	static const char base[] = "Parties act.\n\nThey pay[^1].\n\n[^1]: As old law says.\n",
			  added[] = "Parties act[^2].\n\nThey pay[^1].\n\n[^1]: As old law says.\n\n"
				    "[^2]: In line with it.\n",
			  gone[] = "Parties act.\n\nThey pay.\n";

	(void)state;
	expect_unopposed(base, added, "Parties act.\n\nThey pay[^1].\n\n[^1]: As new law says.\n", NULL,
		"Parties act[^2].\n\nThey pay[^1].\n\n[^1]: As new law says.\n\n[^2]: In line with it.\n");
	expect_unopposed(base, added,
		"Parties act.\n\nThey pay[^1].\n\n[^1]: As old law says.\n\n[^3]: Other.\n", NULL,
		"Parties act[EU: [^2]].\n\nThey pay[^1].\n\n[^1]: As old law says.\n\n"
		"[EU: [^2]: In line with it.]\n\n[US: [^3]: Other.]\n");
	expect_unopposed(base, gone, base, NULL, gone);
	expect_unopposed(base, gone, "Parties act.\n\nThey pay[^1].\n\n[^1]: As new law says.\n", NULL,
		"Parties act.\n\nThey pay[EU delete: [^1]].\n\n[EU delete: [^1]: As [old][US: new] law "
		"says.]\n");
}

/* ---- Layout -------------------------------------------------------------------------------------------- */

static void test_a_paragraph_that_stays_in_brackets_stays_a_paragraph(void **state)
{
	(void)state;
	expect_unopposed("One.\n\nTwo is here.\n", "One.\n", "One.\n\nTwo is there.\n", NULL,
		"One.\n\n[EU delete: Two is [here][US: there].]\n");
	/* and where brackets are round it */
	expect_unopposed("One.\n\nTwo is here.\n\nThree is here.\n", "One.\n\nTwo is here.\n",
		"One.\n\n[Two is here.\n\nThree is here.]\n", NULL,
		"One.\n\n[Two is here.\n\n[EU delete: Three is here.]]\n");
	/* one that goes takes its blanks with it */
	expect_unopposed("One.\n\nTwo is here.\n", "One.\n", "One is.\n\nTwo is here.\n", NULL, "One is.\n");
}

/* ---- Paragraphs side by side ---------------------------------------------------------------------------- */

static void test_the_header_of_an_option_goes_with_its_text(void **state)
{
	static const char base[] = "Article 4\n\nOption 1\n\nParties shall pay each year.\n\n"
				   "Option 2\n\nParties may pay.\n\nThe fund is open.\n";

	(void)state;
	expect_unopposed(base, "Article 4\n\nOption 2\n\nParties may pay.\n\nThe fund is open.\n", base, NULL,
		"Article 4\n\nOption 2\n\nParties may pay.\n\nThe fund is open.\n");
	expect_unopposed(base, "Article 4\n\nOption 2\n\nParties may pay.\n\nThe fund is open.\n",
		"Article 4\n\nOption 1\n\nParties shall pay every year.\n\n"
		"Option 2\n\nParties may pay.\n\nThe fund is open.\n",
		NULL,
		"Article 4\n\n[Option 1] (EU delete)\n\n"
		"[EU delete: Parties shall pay [each][US: every] year.]\n\n"
		"Option 2\n\nParties may pay.\n\nThe fund is open.\n");
}

static void test_paragraphs_in_place_of_others_are_taken_with_these(void **state)
{
	static const char base[] = "Article 4\n\nOption 1\n\nParties shall pay each year.\n\n"
				   "Option 2\n\nParties may pay.\n\nThe fund is open.\n",
			  replaced[] = "Article 4\n\nMoney comes from rich states through a bank.\n\n"
				       "The fund is open.\n";

	(void)state;
	expect_unopposed(base, replaced, base, NULL, replaced);
	expect_unopposed(base, replaced, NULL,
		"Article 4\n\nOption 2\n\nParties may pay.\n\nThe fund is open.\n",
		"Article 4\n\n[Option 2] (EU delete)\n\n[EU delete: Parties may pay.]\n\n"
		"[EU: Money comes from rich states through a bank.]\n\nThe fund is open.\n");
}

/* ---- Numbers ------------------------------------------------------------------------------------------- */

static void test_who_strikes_a_paragraph_says_nothing_of_its_number(void **state)
{
	static const char base[] =
		"1. Parties act.\n\n2. Reports are made.\n\n3. Money is paid.\n\n4. All count.\n",
			  added[] = "1. Parties act.\n\n2. Each word here is new.\n\n3. Reports are made.\n\n"
				    "4. Money is paid.\n\n5. All count.\n";

	(void)state;
	expect_unopposed(base, added, "1. Parties act.\n\n2. Reports are made.\n\n4. All count.\n", NULL,
		"1. Parties act.\n\n2. Each word here is new.\n\n3. Reports are made.\n\n"
		"4. [US delete: Money is paid.]\n\n5. All count.\n");
	/* nor does who edits its first word */
	expect_unopposed(base, added,
		"1. Parties act.\n\n2. No reports are made.\n\n3. Funds are paid.\n\n4. All count.\n", NULL,
		"1. Parties act.\n\n2. Each word here is new.\n\n3. No reports are made.\n\n"
		"4. Funds are paid.\n\n5. All count.\n");
}

static void test_numbers_are_free_when_what_they_stood_before_is_struck(void **state)
{
	static const char
		base[] = "1. Parties act.\n\n2. Reports are made.\n\n3. Money is paid.\n\n"
			 "4. Two (a) count.\n\n5. All stand.\n",
		without[] = "1. Parties act.\n\n2. Money is paid.\n\n3. Two (a) count.\n\n4. All stand.\n";

	(void)state;
	expect_unopposed(base, without, base, NULL, without);
	expect_unopposed(base, without,
		"1. Parties act.\n\n2. Reports are written.\n\n3. Money is paid.\n\n4. Two (a) count.\n\n"
		"5. All stand.\n",
		NULL,
		"1. Parties act.\n\n2. [EU delete: Reports are [made][US: written].]\n\n"
		"[3.][EU: 2.] Money is paid.\n\n[4.][EU: 3.] Two (a) count.\n\n[5.][EU: 4.] All stand.\n");
	/* nor has a paragraph that came the number of one that stands */
	expect_unopposed(base,
		"1. Parties act.\n\n2. Money is paid.\n\n3. Two (a) count.\n\n4. All stand.\n\n"
		"5. Each word here is new.\n",
		"1. Parties act.\n\n2. Reports are written.\n\n3. Money is paid.\n\n4. Two (a) count.\n\n"
		"5. All stand.\n",
		NULL,
		"1. Parties act.\n\n2. [EU delete: Reports are [made][US: written].]\n\n"
		"[3.][EU: 2.] Money is paid.\n\n[4.][EU: 3.] Two (a) count.\n\n[5.][EU: 4.] All stand.\n\n"
		"5. [EU: Each word here is new.]\n");
	/* in a list of its own a number is another one */
	expect_unopposed(
		"1. Parties:\n\n(a) act;\n\n(b) pay.\n\n2. Others:\n\n(a) see;\n\n(b) ask;\n\n(c) go.\n",
		"1. Parties:\n\n(a) pay.\n\n2. Others:\n\n(a) ask;\n\n(b) go.\n",
		"1. Parties:\n\n(a) act now;\n\n(b) pay.\n\n2. Others:\n\n(a) see;\n\n(b) ask;\n\n(c) go.\n",
		NULL,
		"1. Parties:\n\n(a) [EU delete: act [US: now];]\n\n[(b)][EU: (a)] pay.\n\n2. Others:\n\n(a) "
		"ask;\n\n"
		"(b) go.\n");
}

/* ---- Memory -------------------------------------------------------------------------------------------- */

static void test_memory_that_runs_out_is_told_before_anything_is_taken(void **state)
{
	static const char base[] =
		"1. Each Party acts.\n\n2. Reports are made public in June.\n\n"
		"3. Money is paid.\n\n4. All of it counts.\n\n5. So be it in all that comes.\n",
			  eu[] = "1. Each Party acts.\n\n2. Money is paid.\n\n3. All of it counts.\n\n"
				 "5. So be it in all that comes.\n\n4. Reports are made public in May.\n",
			  us[] = "1. Each [Party] acts.\n\n4. All of it counts.\n\n3. Money is paid.\n";
	const struct bk_merge_options options = {.unopposed = true,
		.conventions = reading_options()->conventions,
		.names = bk_roster_names(roster())};
	const struct bk_version versions[] = {
		{"EU", "eu", eu, sizeof eu - 1}, {"US", "us", us, sizeof us - 1}};

	(void)state;
	expect_memory_told(bk_str_of(base), versions, 2, &options);
}

static void test_of_paragraphs_at_one_point_all_are_taken_that_one_party_has(void **state)
{
	static const char base[] = "1. One.\n\n2. End.\n", pay[] = "1. One.\n\n1 bis. They pay.\n\n2. End.\n",
			  both[] = "1. One.\n\n1 bis. They pay.\n\n1 ter. They meet.\n\n2. End.\n";

	(void)state;
	expect_unopposed(base, pay, both, base, both);
	expect_unopposed(base, both, pay, pay, both);
	/* each has one of its own */
	expect_unopposed(base, "1. One.\n\n1 bis. They pay.\n\n1 ter. They sing.\n\n2. End.\n", both, base,
		"1. One.\n\n1 bis. [EU, US: They pay.]\n\n1 ter. [EU: They sing.]\n\n"
		"1 ter. [US: They meet.]\n\n2. End.\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_half_of_a_clause_is_taken),
		cmocka_unit_test(test_what_leads_to_options_goes_with_them),
		cmocka_unit_test(test_a_swap_is_taken_whole),
		cmocka_unit_test(test_no_two_paragraphs_get_one_number),
		cmocka_unit_test(test_nothing_of_a_run_is_taken_that_two_parties_touch),
		cmocka_unit_test(test_a_move_is_taken_whole),
		cmocka_unit_test(test_a_move_is_bracketed_whole_where_one_end_is_touched),
		cmocka_unit_test(test_a_paragraph_that_two_move_elsewhere_stands_nowhere_unbracketed),
		cmocka_unit_test(test_a_paragraph_that_changed_on_its_way_is_bracketed_at_both_ends),
		cmocka_unit_test(test_a_short_paragraph_that_moved_stands_once_or_in_brackets_twice),
		cmocka_unit_test(test_short_paragraphs_that_change_places_do_so_both_or_stand_in_brackets),
		cmocka_unit_test(test_paragraphs_that_say_by_chance_what_others_said_are_taken_apart),
		cmocka_unit_test(test_a_list_that_became_a_sentence_takes_no_more_items),
		cmocka_unit_test(test_the_mark_of_a_footnote_is_taken_with_its_note),
		cmocka_unit_test(test_a_paragraph_that_stays_in_brackets_stays_a_paragraph),
		cmocka_unit_test(test_the_header_of_an_option_goes_with_its_text),
		cmocka_unit_test(test_paragraphs_in_place_of_others_are_taken_with_these),
		cmocka_unit_test(test_who_strikes_a_paragraph_says_nothing_of_its_number),
		cmocka_unit_test(test_numbers_are_free_when_what_they_stood_before_is_struck),
		cmocka_unit_test(test_memory_that_runs_out_is_told_before_anything_is_taken),
		cmocka_unit_test(test_of_paragraphs_at_one_point_all_are_taken_that_one_party_has),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
