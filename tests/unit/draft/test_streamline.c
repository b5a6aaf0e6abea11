/* What is suggested to a secretariat, and what its text is after it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "draft/spelling.h"
#include "draft/streamline.h"
#include "drafting.h"

/* Everything that a tidying suggests, done; what is left is told in `left`, a line each. */
static void tidy(const char *bytes, const char *act, const struct bk_streamline_terms *terms,
	struct bk_buf *out, struct bk_buf *left)
{
	bk_draft *draft = draft_of(bytes);
	bk_streamline *streamline;
	bk_changes *changes;
	size_t count;
	const struct bk_left *list;

	if (bk_streamline_new(&streamline, draft, bk_tidying_find(act), terms) < 0 ||
		bk_streamline_changes(streamline, NULL, &changes) < 0)
		fail_msg("%s: %s", bytes, bk_error_message());
	apply_changes(bytes, strlen(bytes), changes, out);
	list = bk_streamline_left(streamline, &count);
	for (size_t i = 0; i < count; i++)
		bk_buf_printf(left, "%s\n", list[i].message);
	bk_changes_free(changes);
	bk_streamline_free(streamline);
	bk_draft_free(draft);
}

/* The text after an act, which done again changes nothing; `left` is a part of what is told, NULL for nothing. */
static void assert_told(const char *bytes, const char *act, const struct bk_streamline_terms *terms,
	const char *expected, const char *left)
{
	struct bk_buf out = BK_BUF_INIT, again = BK_BUF_INIT, told = BK_BUF_INIT, ignored = BK_BUF_INIT;

	tidy(bytes, act, terms, &out, &told);
	if (strcmp(bk_buf_string(&out), expected) != 0)
		fail_msg("is:\n%s|\nshould be:\n%s|\ntold: %s", bk_buf_string(&out), expected,
			bk_buf_string(&told));
	if (left ? !strstr(bk_buf_string(&told), left) : told.len > 0)
		fail_msg("of %s is told:\n%s", bytes, bk_buf_string(&told));
	if (!terms || !terms->agreed) {
		tidy(bk_buf_string(&out), act, terms, &again, &ignored);
		assert_string_equal(bk_buf_string(&again), expected);
	}
	bk_buf_release(&out);
	bk_buf_release(&again);
	bk_buf_release(&told);
	bk_buf_release(&ignored);
}

static void assert_tidy(const char *bytes, const char *act, const char *expected)
{
	assert_told(bytes, act, NULL, expected, NULL);
}

static void assert_left(const char *bytes, const char *act, const char *left)
{
	assert_told(bytes, act, NULL, bytes, left);
}

/* ---- Spelling ---------------------------------------------------------------------------------------- */

static bool same(const char *a, const char *b)
{
	return bk_spelling_same(bk_str_of(a), bk_str_of(b));
}

static void words_are_the_same_in_british_and_american_spelling(void **state)
{
	(void)state;
	assert_true(same("organise", "organize"));
	assert_true(same("analysed", "analyzed"));
	assert_true(same("labour programmes", "labor programs"));
	assert_true(same("neighbouring centres", "neighboring centers"));
	assert_true(same("kilometres travelled", "kilometers traveled"));
	assert_true(same("fulfilment", "fulfillment"));
	assert_true(same("per cent", "percent"));
	assert_false(same("prise", "prize"));
	assert_false(same("filling", "filing"));
	assert_false(same("four", "for"));
}

static void words_are_the_same_whatever_their_case_blanks_and_punctuation(void **state)
{
	(void)state;
	assert_true(same("Developing  countries", "developing\ncountries"));
	assert_true(same("Parties\xE2\x80\x99", "Parties'"));
	assert_true(same("co-operate", "cooperate"));
	assert_true(same("non-binding", "non binding"));
	assert_true(same("as appropriate,", "as appropriate"));
	assert_false(same("may be", "maybe"));
	assert_false(same("US", "us"));
	assert_false(same("3.5", "35"));
	assert_false(same("-5", "5"));
	assert_false(same("and/or", "and or"));
	assert_false(same(",", ";"));
}

/* ---- Join -------------------------------------------------------------------------------------------- */

static void alternatives_that_differ_in_spelling_are_joined_with_all_their_names(void **state)
{
	(void)state;
	assert_tidy("to [EU: organise][US: organize] it", "join", "to [EU, US: organise] it");
	assert_tidy("to [organise][organize] it", "join", "to [organise] it");
	assert_tidy("to [EU: organise][AU: arrange][US: organize] it", "join",
		"to [EU, US: organise][AU: arrange] it");
	assert_tidy("to [organise] (EU) [organize] (US) it", "join", "to [organise] (EU, US) it");
	assert_tidy("to [organise - EU][organize - US] it", "join", "to [organise - EU, US] it");
}

static void a_name_that_stands_twice_with_the_same_act_stands_once(void **state)
{
	(void)state;
	assert_tidy("to [EU, US: organise][US, AU: organize] it", "join", "to [EU, US, AU: organise] it");
	assert_tidy("to [EU: organise][US; AU support: organize] it", "join",
		"to [EU, US; AU support: organise] it");
}

static void nobodys_words_are_not_joined_with_a_proposal(void **state)
{
	(void)state;
	assert_left("to [organise][US: organize] it", "join", "nobody's proposal");
	assert_left("to [EU: organise][US delete: organize] it", "join", "names do not say the same");
}

static void alternatives_that_differ_in_words_are_not_joined(void **state)
{
	(void)state;
	assert_tidy("Parties [shall][should] act", "join", "Parties [shall][should] act");
	assert_tidy("a [,] [;] b", "join", "a [,] [;] b");
	assert_tidy("to [organise [well]][organize [well]] it", "join",
		"to [organise [well]][organize [well]] it");
}

/* ---- Lift -------------------------------------------------------------------------------------------- */

static void words_common_to_all_alternatives_are_lifted_out(void **state)
{
	(void)state;
	assert_tidy(
		"[Parties shall act][EU: Parties should act].", "lift", "Parties [shall][EU: should] act.");
	assert_tidy("The [first aim, and more][US: second aim, and more] is", "lift",
		"The [first][US: second] aim, and more is");
	assert_tidy("[Parties shall act] [Parties should act] (EU).", "lift",
		"Parties [shall] [should] (EU) act.");
	assert_tidy(
		"[Parties shall act][Parties should act - EU].", "lift", "Parties [shall][should - EU] act.");
}

static void each_alternative_keeps_a_word_of_its_own(void **state)
{
	(void)state;
	assert_tidy("by [the goal][EU: the goal and target] set", "lift",
		"by the [goal][EU: goal and target] set");
	assert_tidy("by [goal][EU: goal] set", "lift", "by [goal][EU: goal] set");
}

static void nothing_is_lifted_across_a_bracket_within(void **state)
{
	(void)state;
	assert_tidy("[Parties [shall] always act][EU: Parties [shall] never act].", "lift",
		"Parties [[shall] always][EU: [shall] never] act.");
	assert_tidy("[Parties [shall] act][EU: Parties should act].", "lift",
		"Parties [[shall] act][EU: should act].");
}

static void nothing_is_lifted_out_of_a_footnote(void **state)
{
	static const char notes[] =
		"Parties act[^2].\n\n[[^2]: Asked for by AU, EU and US propose the first.]\n"
		"[EU: [^2]: Asked for by AU, EU, NO and US propose the first.]\n";

	(void)state;
	assert_tidy(notes, "lift", notes);
}

static void words_that_are_all_somebodys_proposal_are_not_lifted(void **state)
{
	(void)state;
	assert_left(
		"[US: Parties shall act][EU: Parties should act].", "lift", "each alternative is somebody's");
}

static void words_beside_a_bracket_without_a_blank_are_left(void **state)
{
	(void)state;
	assert_left("re[Parties shall][EU: Parties should] act", "lift", "a word right beside them");
	assert_left("by [all Parties][EU: some Parties]s act", "lift", "a word right beside them");
	assert_tidy("by [all Parties][EU: some Parties], act", "lift", "by [all][EU: some] Parties, act");
}

static void words_are_left_where_the_choice_would_become_another(void **state)
{
	(void)state;
	assert_left("[the aim and scope here][the aim for all here]", "lift",
		"would make another choice of the alternatives at 1:1: settle these, or edit them by hand");
	/* a message is a line, also of words that are two */
	assert_left("Now [the\naim and scope here][the\naim for all here]", "lift",
		"to lift 'the aim' and 'here' out of 2 alternatives would make another choice of the "
		"alternatives at 1:5");
}

/* ---- Fold -------------------------------------------------------------------------------------------- */

static void doubled_brackets_become_one(void **state)
{
	(void)state;
	assert_tidy("act [[in time]].", "fold", "act [in time].");
	assert_tidy("act [ [EU: in time] ].", "fold", "act [EU: in time].");
	assert_tidy("act [EU: [in time]].", "fold", "act [EU: in time].");
	assert_tidy("act [EU: [EU: in time]].", "fold", "act [EU: in time].");
	assert_tidy("act [[[in time]]].", "fold", "act [in time].");
	assert_tidy("act [EU: [[in time]]].", "fold", "act [EU: in time].");
	assert_tidy("act [[in] time].", "fold", "act [[in] time].");
	assert_left("act [EU: [US: in time]].", "fold", "names of their own");
}

static void what_is_folded_stays_apart_from_the_words_beside_it(void **state)
{
	const bool outer[] = {true, false}, first[] = {false, true, false};

	(void)state;
	assert_tidy("act[ [EU: in time] ]or", "fold", "act [EU: in time] or");
	assert_tidy("act [EU: [ in time ]]or", "fold", "act [EU: in time]or");
	assert_tidy("[the][[US: Parties]] act", "fold", "[the][US: Parties] act");
	assert_told("act[, [, in] time] .", "fold", &(struct bk_streamline_terms){.agreed = outer},
		"act, [, in] time.", NULL);
	assert_told("[[and act][and]]", "fold", &(struct bk_streamline_terms){.agreed = first},
		"[[and act][and]]", "stands in a run");
	assert_told("[Option 1: by a board [of ten]]", "fold", &(struct bk_streamline_terms){.agreed = outer},
		"[Option 1: by a board [of ten]]",
		"would change the outline at 1:2: mend the label there, or edit it by hand");
}

static void a_bracket_that_is_agreed_within_another_is_folded(void **state)
{
	const bool inner[] = {false, true}, outer[] = {true, false};

	(void)state;
	assert_told("[Parties [shall] act]", "fold", &(struct bk_streamline_terms){.agreed = inner},
		"[Parties shall act]", NULL);
	assert_told("[Parties [shall] act]", "fold", &(struct bk_streamline_terms){.agreed = outer},
		"Parties [shall] act", NULL);
	assert_told("[Parties [EU: shall] act]", "fold", &(struct bk_streamline_terms){.agreed = inner},
		"[Parties [EU: shall] act]", "bracked resolve settles it");
}

static void what_is_not_looked_at_for_want_of_memory_is_not_suggested(void **state)
{
	const char *const bytes = "[1. Parties [shall]] [may] act";
	const bool outer[] = {true, false, false};
	const struct bk_streamline_terms terms = {.agreed = outer};
	bk_draft *const draft = draft_of(bytes);
	size_t count, refused = 0;
	int status = BK_ENOMEM;

	(void)state;
	assert_told(bytes, "fold", &terms, bytes, "would make another choice of the alternatives at 1:13");
	for (; status == BK_ENOMEM; refused++) {
		bk_streamline *streamline = NULL;

		bk_alloc_fail_once(refused);
		status = bk_streamline_new(&streamline, draft, bk_tidying_find("fold"), &terms);
		if (bk_alloc_fail_after(SIZE_MAX) > refused)
			assert_int_equal(status, BK_ENOMEM);
		if (status == BK_OK)
			bk_streamline_list(streamline, &count);
		bk_streamline_free(streamline);
	}
	assert_int_equal(status, BK_OK);
	assert_int_equal(count, 0);
	assert_true(refused > 20);
	bk_draft_free(draft);
}

/* ---- Options ----------------------------------------------------------------------------------------- */

static void options_are_numbered_in_order_in_their_style(void **state)
{
	(void)state;
	assert_tidy("Option 1: a\n\nOption 3: b\n\nOption 3: c\n", "options",
		"Option 1: a\n\nOption 2: b\n\nOption 3: c\n");
	assert_tidy("Option I: a\n\nOption III: b\n", "options", "Option I: a\n\nOption II: b\n");
	assert_tidy("Alternative A: a\n\nAlternative C: b\n", "options",
		"Alternative A: a\n\nAlternative B: b\n");
	assert_tidy("Option (a): a\n\nOption (d): b\n", "options", "Option (a): a\n\nOption (b): b\n");
	assert_tidy("Option 0: no text\n\nOption 2: b\n", "options", "Option 0: no text\n\nOption 1: b\n");
	assert_tidy("Option 2: a\n\nOption 3: b\n", "options", "Option 1: a\n\nOption 2: b\n");
	assert_tidy("Option 1: a\n\nOption 2: b\n\nOption 1: c\n\nOption 2: d\n", "options",
		"Option 1: a\n\nOption 2: b\n\nOption 1: c\n\nOption 2: d\n");
}

static void options_are_left_where_a_name_elsewhere_would_mean_another(void **state)
{
	(void)state;
	assert_left("Option I: a\n\nOption III: b\n\nOption IV: No text.\n\nArticle 2\n\nUnder option III "
		    "they pay.\n",
		"options", "'Option III' in line 3, which would become II");
	/* nor may one that means none come to mean one */
	assert_left("Option 1: a\n\nOption 3: b\n\nArticle 2\n\nUnder option 2 they pay.\n", "options",
		"'Option 3' in line 3, which would become 2");
	/* only series that it may mean are left */
	assert_told(
		"Option 1: a\n\nOption 3: b, but see Option 3\n\nArticle 2\n\nOption A: c\n\nOption C: d\n",
		"options", NULL,
		"Option 1: a\n\nOption 3: b, but see Option 3\n\nArticle 2\n\nOption A: c\n\nOption B: d\n",
		"'Option 3' in line 3");
	assert_tidy("Option 1: a\n\nOption 3: b, but see Option 1\n", "options",
		"Option 1: a\n\nOption 2: b, but see Option 1\n");
}

/* ---- Renumber ---------------------------------------------------------------------------------------- */

static void paragraphs_are_numbered_in_order_with_what_refers_to_them(void **state)
{
	(void)state;
	assert_tidy("1. a\n\n3. See paragraph 5 below.\n\n5. See paragraphs 1 and 3(a).\n", "renumber",
		"1. a\n\n2. See paragraph 3 below.\n\n3. See paragraphs 1 and 2(a).\n");
	assert_tidy("OP1. a\n\nOP3. b\n", "renumber", "OP1. a\n\nOP2. b\n");
}

static void a_suffix_becomes_a_number_or_stays(void **state)
{
	static const char *const text =
		"1. a\n\n1 bis. b, in paragraph 1 bis above\n\n3. c under paragraph 3 and paragraph 1.\n";

	(void)state;
	assert_tidy(text, "renumber",
		"1. a\n\n2. b, in paragraph 2 above\n\n3. c under paragraph 3 and paragraph 1.\n");
	assert_told(text, "renumber", &(struct bk_streamline_terms){.keep_suffixes = true},
		"1. a\n\n1 bis. b, in paragraph 1 bis above\n\n2. c under paragraph 2 and paragraph 1.\n",
		NULL);
}

static void articles_number_their_own_paragraphs(void **state)
{
	(void)state;
	assert_tidy(
		"Article 1\n\n1. a\n\n3. b\n\nArticle 2\n\n1. c\n\n"
		"2. As in Article 1, paragraph 3, paragraph 2 of Article 2 and paragraph 3 of Article 1.\n\n"
		"4. Under Article 1, paragraph 3, of the Convention, paragraph 4.\n",
		"renumber",
		"Article 1\n\n1. a\n\n2. b\n\nArticle 2\n\n1. c\n\n"
		"2. As in Article 1, paragraph 2, paragraph 2 of Article 2 and paragraph 2 of Article 1.\n\n"
		"3. Under Article 1, paragraph 3, of the Convention, paragraph 3.\n");
}

static void a_reference_that_may_mean_two_paragraphs_is_left_and_told(void **state)
{
	(void)state;
	assert_left("1. See paragraph 3.\n\n3. a\n\n3. b\n", "renumber",
		"it is not certain which paragraph is meant, that in line 3 or that in line 5");
}

/* As a compilation has it where one party put a paragraph before the old one of the same number. */
static void a_new_paragraph_beside_the_old_one_of_its_number_makes_no_second_one(void **state)
{
	(void)state;
	assert_tidy("Article 1\n\n55. a\n\n56. [EU: new words here]\n\n56. old words\n\n57. b\n", "renumber",
		"Article 1\n\n55. a\n\n56. [EU: new words here]\n\n57. old words\n\n58. b\n");
	assert_left("55. a\n\n56. [EU: new words here]\n\n56. old words\n\n57. b under paragraph 56\n",
		"renumber", "that in line 3 or that in line 5");
	assert_left("55. a\n\n56. [EU: new words here]\n\n[56.][EU: 57.] old words\n\n58. b\n", "renumber",
		"the number in brackets is not decided");
	assert_left("55. a\n\n56. [EU: new words here]\n\n[56]\n[EU: 57]. old words\n\n58. b\n", "renumber",
		"the number in brackets is not decided");
}

static void no_number_comes_to_stand_twice_in_a_numbering(void **state)
{
	(void)state;
	assert_left("1. a\n\n2. b\n\n5. c\n\n15. d\n\n3. e\n\n4. f\n", "renumber",
		"'5' would become 3, a number of '3' in line 9");
	assert_left("1. a\n\n2. b\n\n1. A part\n\n15. c\n\n16. d\n\n2. A part\n\n32. e\n", "renumber",
		"'15' is far from the number before it");
}

static void a_suffix_without_its_number_is_left_and_told(void **state)
{
	(void)state;
	assert_left("1. a\n\n2. b\n\n1 bis. c\n\n3. d\n", "renumber",
		"'1 bis' does not follow the paragraph of its number");
	assert_left("1. a\n\n3 alt. b\n\n3. c\n", "renumber",
		"'3 alt' does not follow the paragraph that it is an alternative of");
	assert_tidy("1. a\n\nOP1 Alt. b\n\n3. c\n", "renumber", "1. a\n\nOP1 Alt. b\n\n2. c\n");
	assert_tidy("OP1. a\n\nOP3. b\n\nOP3 bis 1. c\n\nOP3 bis 2. d\n\nOP4. e\n", "renumber",
		"OP1. a\n\nOP2. b\n\nOP2 bis 1. c\n\nOP2 bis 2. d\n\nOP3. e\n");
}

static void no_reference_comes_to_mean_another_paragraph(void **state)
{
	(void)state;
	assert_left("1. a\n\n1 bis. b\n\n2. c, as in paragraph 3\n", "renumber",
		"'paragraph 3' means no paragraph of this text, and would come to mean that in line 5");
	assert_tidy("1. a\n\n1 bis. b\n\n2. c, as in paragraph 9\n", "renumber",
		"1. a\n\n2. b\n\n3. c, as in paragraph 9\n");
}

static void labels_and_references_of_several_parts_are_left_and_told(void **state)
{
	(void)state;
	assert_left("1. a\n\n3. b\n\n3.1 Parties act\n\n3.2 Parties report\n", "renumber",
		"'3' would become 2, and '3.1' in line 5 begins with its number");
	/* which are another article's own */
	assert_tidy("Article 1\n\n1. a\n\n3. b\n\nArticle 3\n\n3.1 Parties act\n\n3.2 Parties report\n",
		"renumber",
		"Article 1\n\n1. a\n\n2. b\n\nArticle 3\n\n3.1 Parties act\n\n3.2 Parties report\n");
	assert_left("1. a\n\n2. b\n\n2.1 Parties act\n\n2.4 Parties report\n", "renumber",
		"'2.4' does not follow '2.1' in line 5");
	assert_left("Article 1\n\n1. a\n\n3. b\n\nArticle 2\n\n1. As in Article 1.3(a).\n", "renumber",
		"write 'Article 1, paragraph 3', then renumber");
	assert_tidy("Article 1\n\n1. a\n\n3. b\n\nArticle 2\n\n1. As in Article 2.1(a).\n", "renumber",
		"Article 1\n\n1. a\n\n2. b\n\nArticle 2\n\n1. As in Article 2.1(a).\n");
}

static void paragraphs_of_rival_options_have_the_same_numbers(void **state)
{
	(void)state;
	assert_tidy("Article 1\n\nOption 1:\n\n3. b\n\n5. c\n\nOption 2:\n\n3. d\n\n4. e\n\n6. f\n",
		"renumber", "Article 1\n\nOption 1:\n\n3. b\n\n4. c\n\nOption 2:\n\n3. d\n\n4. e\n\n5. f\n");
	assert_tidy("1. a\n\nOption 1:\n\n2. b\n\n4. c\n\nOption 2:\n\n2. d\n\n3. e\n", "renumber",
		"1. a\n\nOption 1:\n\n2. b\n\n3. c\n\nOption 2:\n\n2. d\n\n3. e\n");
}

static void alternatives_of_a_paragraph_share_its_number(void **state)
{
	(void)state;
	assert_tidy("1. a\n\n3. b\n\n3 alt. c\n\n4. d\n", "renumber", "1. a\n\n2. b\n\n2 alt. c\n\n3. d\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_the_same_in_british_and_american_spelling),
		cmocka_unit_test(words_are_the_same_whatever_their_case_blanks_and_punctuation),
		cmocka_unit_test(alternatives_that_differ_in_spelling_are_joined_with_all_their_names),
		cmocka_unit_test(a_name_that_stands_twice_with_the_same_act_stands_once),
		cmocka_unit_test(nobodys_words_are_not_joined_with_a_proposal),
		cmocka_unit_test(alternatives_that_differ_in_words_are_not_joined),
		cmocka_unit_test(words_common_to_all_alternatives_are_lifted_out),
		cmocka_unit_test(each_alternative_keeps_a_word_of_its_own),
		cmocka_unit_test(nothing_is_lifted_across_a_bracket_within),
		cmocka_unit_test(nothing_is_lifted_out_of_a_footnote),
		cmocka_unit_test(words_that_are_all_somebodys_proposal_are_not_lifted),
		cmocka_unit_test(words_beside_a_bracket_without_a_blank_are_left),
		cmocka_unit_test(words_are_left_where_the_choice_would_become_another),
		cmocka_unit_test(doubled_brackets_become_one),
		cmocka_unit_test(what_is_folded_stays_apart_from_the_words_beside_it),
		cmocka_unit_test(a_bracket_that_is_agreed_within_another_is_folded),
		cmocka_unit_test(what_is_not_looked_at_for_want_of_memory_is_not_suggested),
		cmocka_unit_test(options_are_numbered_in_order_in_their_style),
		cmocka_unit_test(options_are_left_where_a_name_elsewhere_would_mean_another),
		cmocka_unit_test(paragraphs_are_numbered_in_order_with_what_refers_to_them),
		cmocka_unit_test(a_suffix_becomes_a_number_or_stays),
		cmocka_unit_test(articles_number_their_own_paragraphs),
		cmocka_unit_test(a_reference_that_may_mean_two_paragraphs_is_left_and_told),
		cmocka_unit_test(a_new_paragraph_beside_the_old_one_of_its_number_makes_no_second_one),
		cmocka_unit_test(no_number_comes_to_stand_twice_in_a_numbering),
		cmocka_unit_test(a_suffix_without_its_number_is_left_and_told),
		cmocka_unit_test(no_reference_comes_to_mean_another_paragraph),
		cmocka_unit_test(labels_and_references_of_several_parts_are_left_and_told),
		cmocka_unit_test(paragraphs_of_rival_options_have_the_same_numbers),
		cmocka_unit_test(alternatives_of_a_paragraph_share_its_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
