/*
 * Acts that change a text: what stands after a bracket is settled, after words are put in brackets and after
 * others are proposed beside them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/str.h"

#include <bracked/draft.h>

struct subject {
	bk_text *text;
	bk_draft *draft;
};

static struct subject open_text(const char *bytes)
{
	struct subject subject;

	assert_int_equal(bk_text_new(&subject.text, bytes, strlen(bytes)), BK_OK);
	assert_int_equal(bk_draft_new(&subject.draft, bk_text_now(subject.text), NULL), BK_OK);
	return subject;
}

static void close_text(struct subject *subject)
{
	bk_draft_free(subject->draft);
	bk_text_free(subject->text);
}

/* Make the changes and compare. */
static void assert_after(struct subject *subject, bk_changes *changes, const char *expected)
{
	size_t count, len;
	const struct bk_change *list = bk_changes_list(changes, &count);
	const char *bytes;

	assert_int_equal(bk_text_apply(subject->text, list, count), BK_OK);
	assert_int_equal(bk_snapshot_flat(bk_text_now(subject->text), &bytes, &len), BK_OK);
	if (len != strlen(expected) || memcmp(bytes, expected, len) != 0)
		fail_msg("is:\n%.*s|\nshould be:\n%s|", (int)len, bytes, expected);
	bk_changes_free(changes);
	close_text(subject);
}

static void assert_settled(
	const char *bytes, uint32_t bracket, enum bk_resolve act, size_t alternative, const char *expected)
{
	struct subject subject = open_text(bytes);
	bk_changes *changes;

	if (bk_draft_resolve(subject.draft, bracket, act, alternative, &changes) != BK_OK)
		fail_msg("%s: %s", bytes, bk_error_message());
	assert_after(&subject, changes, expected);
}

static void assert_accepted(const char *bytes, uint32_t bracket, const char *expected)
{
	assert_settled(bytes, bracket, BK_RESOLVE_ACCEPT, 0, expected);
}

static void assert_deleted(const char *bytes, uint32_t bracket, const char *expected)
{
	assert_settled(bytes, bracket, BK_RESOLVE_DELETE, 0, expected);
}

static void assert_chosen(const char *bytes, uint32_t bracket, size_t number, const char *expected)
{
	assert_settled(bytes, bracket, BK_RESOLVE_CHOOSE, number, expected);
}

static void accepting_a_member_of_a_choice_takes_the_run_whole(void **state)
{
	(void)state;
	assert_accepted("Parties [shall] [may] act.", 0, "Parties shall act.");
	assert_accepted("Parties [shall][should][may] act.", 1, "Parties should act.");
	assert_accepted("Parties [EU: shall] [US: may] act.", 1, "Parties may act.");
	assert_deleted("Parties [shall][should][may] act.", 1, "Parties [shall][may] act.");
	assert_accepted("Parties\n    [shall]\n    [may] act.", 1, "Parties\n    may act.");
}

static void choosing_names_an_alternative_by_its_number(void **state)
{
	(void)state;
	assert_chosen("Parties [shall] [may] act.", 0, 2, "Parties may act.");
	assert_chosen("Parties [shall / should] act.", 0, 2, "Parties should act.");
	assert_chosen("Parties [shall/should] act.", 0, 1, "Parties shall act.");
	assert_chosen("x [a b][No text] y", 0, 2, "x y");
	assert_accepted("x [EU: No text] y", 0, "x y");
}

/* A half whose partner went goes, too; not one that has a partner in what stands. */
static void emphasis_that_alternatives_share_stays_whole(void **state)
{
	(void)state;
	assert_chosen("[**5.][JP: **4.]** End.\n", 0, 1, "**5.** End.\n");
	assert_chosen("[**5.][JP: **4.]** End.\n", 0, 2, "**4.** End.\n");
	assert_chosen("**[5.**][JP: 4.**] End.\n", 0, 1, "**5.** End.\n");
	assert_chosen("**[5.**][JP: 4.**] End.\n", 0, 2, "**4.** End.\n");
	assert_chosen("[**4.**][JP: **4.] End.[US: **]\n", 0, 1, "**4.** End.[US: **]\n");
	assert_deleted("1. They [**may]** act.\n", 0, "1. They act.\n");
	assert_deleted("*One* [**two]** three.\n", 0, "*One* three.\n");
}

/* It is what that option says, and can be chosen; in a provision nothing stands. */
static void no_text_stands_where_it_is_all_of_an_option(void **state)
{
	(void)state;
	assert_chosen("Option 2: [Stay here.][JP: No text]\n", 0, 2, "Option 2: No text\n");
	assert_accepted("Option 1: Go.\n\nOption 2:\n\n[Stay here.][JP: No text]\n\n2. Meet.\n", 1,
		"Option 1: Go.\n\nOption 2:\n\nNo text\n\n2. Meet.\n");
	assert_chosen("Option 2: [They stay / No text]\n", 0, 2, "Option 2: No text\n");
	assert_chosen("Option 2: They [shall][JP: No text] act.\n", 0, 2, "Option 2: They act.\n");
	assert_chosen("1. [They act.][JP: No text]\n\n2. They meet.\n", 0, 2, "2. They meet.\n");
}

static void one_blank_is_left_and_none_before_a_mark(void **state)
{
	(void)state;
	assert_deleted("one [two] three", 0, "one three");
	assert_deleted("one [two], three", 0, "one, three");
	assert_deleted("one [two].", 0, "one.");
	assert_deleted("one ([two]) three", 0, "one three");
	assert_deleted("one (a [two]) three", 0, "one (a) three");
	assert_deleted("one [two]\nthree", 0, "one\nthree");
	assert_deleted("one\n  [two] three", 0, "one\n  three");
	assert_deleted("program[me]s", 0, "programs");
	assert_deleted("mot [texte] ; mot", 0, "mot ; mot");
	assert_deleted("one [two]  \nthree", 0, "one  \nthree");
	assert_accepted("(SIDS) [, small states] and", 0, "(SIDS), small states and");
	assert_accepted("one [ two ] three", 0, "one two three");
	assert_accepted("one [two] (EU)\n(US: delete), three", 0, "one two, three");
	assert_accepted("chemical[s] x", 0, "chemicals x");
	assert_accepted("the lead [of developed countries]and x", 0, "the lead of developed countries and x");
	assert_accepted("[and act][and] x", 0, "and act [and] x");
	assert_accepted("[and act][and] x", 1, "[and act] and x");
	assert_accepted("modalit[y][, more] x", 0, "modality[, more] x");
	assert_accepted("[[the]][the] x", 1, "[the][the] x");
	assert_accepted("their Disposal[, as appropriate] .", 0, "their Disposal, as appropriate.");
}

static void two_commas_become_one(void **state)
{
	(void)state;
	assert_deleted("a, [b], c", 0, "a, c");
	assert_deleted("a, [b].", 0, "a.");
	assert_deleted("a; [b];", 0, "a;");
	assert_accepted("a [b,], c", 0, "a b, c");
	assert_accepted("[All of it.].", 0, "All of it.");
	assert_deleted("1. [In time], Parties act", 0, "1. Parties act");
	assert_deleted("a, [b,] c", 0, "a, c");
}

static void a_tight_run_stays_tight(void **state)
{
	(void)state;
	assert_deleted("They [shall act][may act][can act].", 1, "They [shall act][can act].");
	assert_deleted("They [shall act] [may act] [can act].", 1, "They [shall act] [can act].");
	assert_deleted(
		"They [shall act][EU: may, or [can] act][must act].", 1, "They [shall act][must act].");
}

static void a_capital_moves_to_the_first_word_that_stays(void **state)
{
	(void)state;
	assert_deleted("It ends. [In time,] parties act.", 0, "It ends. Parties act.");
	assert_deleted("[Parties shall] each act", 0, "Each act");
	assert_deleted("Fin. [Les Parties] également", 0, "Fin. Également");
	assert_deleted("(a) [Enhance x;] promote y", 0, "(a) Promote y");
	assert_deleted("It ends. [in time,] parties act.", 0, "It ends. parties act.");
	assert_deleted("and [Parties] agree", 0, "and agree");
	assert_deleted("one line of text\n[Parties] agree", 0, "one line of text\nagree");
	assert_deleted("It ends. [In time,] [parties] act.", 0, "It ends. [Parties] act.");
	/* the capital of who wants the words is not theirs */
	assert_deleted("(a) [EU: promptly] build on it", 0, "(a) build on it");
	assert_deleted("(a) [EU: Promptly] build on it", 0, "(a) Build on it");
	assert_deleted("(a) [[EU: promptly,]] build on it", 0, "(a) build on it");
}

static void a_line_left_empty_goes_with_its_label(void **state)
{
	(void)state;
	assert_deleted("1. one\n2. [two;]\n3. three\n", 0, "1. one\n3. three\n");
	assert_deleted("one\n\n[Two.]\n\nthree\n", 0, "one\n\nthree\n");
	assert_deleted("one\n\n[Two\nlines.]\n\nthree\n", 0, "one\n\nthree\n");
	assert_deleted("one\r\n[two]\r\nthree", 0, "one\r\nthree");
	assert_deleted("one\n[two]", 0, "one");
	assert_deleted("**Option 1:** [the text]\n\n**Option 2:** other\n", 0, "**Option 2:** other\n");
	assert_deleted("1. [One.]\n   more of it\n2. two", 0, "1. More of it\n2. two");
	assert_deleted("- [item]\n- other\n", 0, "- other\n");
	assert_deleted("[1. [One.]\n(a) two]\n", 1, "[1.\n(a) two]\n");
	assert_accepted("[\none\n]\ntwo\n", 0, "one\ntwo\n");
}

static void a_heading_that_goes_leaves_no_label(void **state)
{
	(void)state;
	assert_deleted("1. one\n\nE. [Agriculture and shipping]\n\n2. two\n", 0, "1. one\n\n2. two\n");
	assert_deleted("1. one\n\nII. [Mitigation of it]\n\nOf that.\n", 0, "1. one\n\nOf that.\n");
	assert_deleted("## [Article 4] (EU delete)\n\n2. two\n", 0, "2. two\n");
	assert_deleted("A. one\n\n**B. [Second title**]\n\n2. two\n", 0, "A. one\n\n2. two\n");
	assert_deleted("E. [Agriculture][US: Farming]\n\n2. two\n", 0, "E. [US: Farming]\n\n2. two\n");
	assert_deleted("## Article 4 [Adaptation to it]\n\n2. two\n", 0, "## Article 4\n\n2. two\n");
	assert_deleted("• [Crops grow.]\n• Bees fly.\n", 0, "• Bees fly.\n");
}

static void a_label_stays_where_its_provision_says_more(void **state)
{
	(void)state;
	assert_deleted("6. a\n\n7. **Option 1:** [B c.]\n\n    **Option 2:** d\n\n8. e\n", 0,
		"6. a\n\n7. **Option 2:** d\n\n8. e\n");
	assert_deleted(
		"6. a\n\n7. Option 1: [B c.]\nOption 2: d\n\n8. e\n", 0, "6. a\n\n7. Option 2: d\n\n8. e\n");
	assert_deleted("7. Option 1: [B c.]\n\n    more of it\n\n    Option 2: d\n", 0,
		"7. Option 1: More of it\n\n    Option 2: d\n");
	assert_deleted("6. a\n\n7. [B c.]\n\n    And more of it.\n\n8. e\n", 0,
		"6. a\n\n7. And more of it.\n\n8. e\n");
	assert_deleted("6. a\n\n7. [B c.]\n\n*A note on it all.*\n", 0, "6. a\n\n*A note on it all.*\n");
	assert_deleted("6. a\n7. [Parties shall:]\n  (a) b\n8. e\n", 0, "6. a\n7.\n  (a) b\n8. e\n");
	assert_deleted("6. a\n\n7. Option 1: [B c.]\n\n8. e\n", 0, "6. a\n\n8. e\n");
}

static void an_option_that_is_settled_takes_its_header(void **state)
{
	(void)state;
	assert_accepted("[Option 1: the text]\n\n[Option 2: other]\n", 0, "the text\n\n[Option 2: other]\n");
	assert_accepted("[**Option 1:** the text]\n", 0, "the text\n");
	assert_accepted("3. [Option 1:\nthe text]\n", 0, "3. the text\n");
	assert_deleted("[Option 1: the text]\n\n[Option 2: other]\n", 0, "[Option 2: other]\n");
}

static void emphasis_round_a_bracket_goes_with_it(void **state)
{
	(void)state;
	assert_deleted("they **[shall]** do", 0, "they do");
	assert_accepted("they **[shall]** do", 0, "they **shall** do");
	assert_deleted("*[Taking* note of x] and y", 0, "And y");
	assert_deleted("*In [pursuit]* of", 0, "*In* of");
}

static void attributions_go_with_what_is_settled(void **state)
{
	(void)state;
	assert_accepted("one [EU, AOSIS: two] three", 0, "one two three");
	assert_accepted("one [two] (EU) three", 0, "one two three");
	assert_deleted("one [two] (EU) three", 0, "one three");
	assert_deleted("one [two] (EU), three", 0, "one, three");
}

static void a_mark_of_a_footnote_stays_with_words_that_stay(void **state)
{
	(void)state;
	assert_accepted(
		"the [rights]1, and\n\n1 Proposed by EU.\n", 0, "the rights1, and\n\n1 Proposed by EU.\n");
	assert_accepted(
		"the [rights][^1], and\n\n[^1]: EU, NO\n", 0, "the rights[^1], and\n\n[^1]: EU, NO\n");
	assert_deleted(
		"the end [rights]1, and\n\n1 Proposed by EU.\n", 0, "the end, and\n\n1 Proposed by EU.\n");
	/* where it would say something else it goes */
	assert_accepted("by [2010]1, and\n\n1 Proposed by EU.\n", 0, "by 2010, and\n\n1 Proposed by EU.\n");
	assert_accepted("the [rights [of all]]1, and\n\n1 Proposed by EU.\n", 0,
		"the rights [of all], and\n\n1 Proposed by EU.\n");
}

static void joints_of_a_run_go_with_the_member(void **state)
{
	(void)state;
	assert_deleted("one [two] or [three] x", 1, "one [two] x");
	assert_deleted("one [two] or [three] x", 0, "one [three] x");
	assert_accepted("one [shall] or [may] x", 1, "one may x");
}

static void text_without_blanks_gets_none(void **state)
{
	(void)state;
	assert_deleted("缔约方[应当]采取", 0, "缔约方采取");
	assert_accepted("缔约方[应当]采取", 0, "缔约方应当采取");
}

static void nothing_outside_is_touched(void **state)
{
	(void)state;
	assert_deleted("a  b ,c\n\n\n  [two] x  y [z]\n", 0, "a  b ,c\n\n\n  x  y [z]\n");
	assert_accepted("a \xFF [b]\x80 c", 0, "a \xFF b\x80 c");
}

static void only_disputed_brackets_can_be_settled(void **state)
{
	struct subject subject = open_text("by [X] and [one two]");
	bk_changes *changes = NULL;

	(void)state;
	assert_int_equal(bk_draft_resolve(subject.draft, 0, BK_RESOLVE_ACCEPT, 0, &changes), BK_EINVAL);
	assert_string_equal(bk_error_message() + strlen("bracket 'abcde"),
		"' is a placeholder: only a disputed one can be settled");
	assert_int_equal(bk_draft_resolve(subject.draft, 1, BK_RESOLVE_CHOOSE, 1, &changes), BK_EINVAL);
	assert_int_equal(bk_draft_resolve(subject.draft, 9, BK_RESOLVE_ACCEPT, 0, &changes), BK_EINVAL);
	assert_null(changes);
	close_text(&subject);
}

/* ---- Brackets and proposals ------------------------------------------------------------------------- */

static void words_are_put_in_brackets(void **state)
{
	struct subject subject = open_text("Parties shall act.");
	bk_changes *changes;

	(void)state;
	assert_int_equal(bk_draft_bracket(subject.draft, (struct bk_span){8, 13}, NULL, &changes), BK_OK);
	assert_after(&subject, changes, "Parties [shall] act.");
	subject = open_text("Parties shall act.");
	assert_int_equal(bk_draft_bracket(subject.draft, (struct bk_span){8, 13}, "EU", &changes), BK_OK);
	assert_after(&subject, changes, "Parties [EU: shall] act.");
	subject = open_text("a [b] c");
	assert_int_equal(bk_draft_bracket(subject.draft, (struct bk_span){0, 7}, NULL, &changes), BK_OK);
	assert_after(&subject, changes, "[a [b] c]");
	subject = open_text("a [b] c");
	assert_int_equal(bk_draft_bracket(subject.draft, (struct bk_span){3, 4}, NULL, &changes), BK_OK);
	assert_after(&subject, changes, "a [[b]] c");
}

/* Whoever selects whole lines selects the line ends behind them, too. */
static void line_ends_around_a_selection_stay_outside(void **state)
{
	struct subject subject = open_text("1. Parties act.\n\n2. All report.\n");
	bk_changes *changes;

	(void)state;
	assert_int_equal(bk_draft_bracket(subject.draft, (struct bk_span){0, 17}, NULL, &changes), BK_OK);
	assert_after(&subject, changes, "[1. Parties act.]\n\n2. All report.\n");
	subject = open_text("1. Parties act.\n\n  2. All report.\n");
	assert_int_equal(bk_draft_bracket(subject.draft, (struct bk_span){15, 33}, "EU", &changes), BK_OK);
	assert_after(&subject, changes, "1. Parties act.\n\n  [EU: 2. All report.]\n");
	subject = open_text("Parties act now.");
	assert_int_equal(bk_draft_bracket(subject.draft, (struct bk_span){7, 11}, NULL, &changes), BK_OK);
	assert_after(&subject, changes, "Parties[ act] now.");
	subject = open_text("Parties act.\n\n");
	assert_int_equal(
		bk_draft_propose_span(subject.draft, (struct bk_span){8, 14}, "EU", "meet", &changes), BK_OK);
	assert_after(&subject, changes, "Parties [act.][EU: meet]\n\n");
}

static void brackets_never_cross(void **state)
{
	static const struct bk_span crossing[] = {{0, 3}, {0, 4}, {3, 5}, {4, 7}, {2, 4}, {3, 7}};
	struct subject subject = open_text("a [b] c");
	bk_changes *changes = NULL;

	(void)state;
	for (size_t i = 0; i < sizeof crossing / sizeof *crossing; i++)
		assert_int_equal(bk_draft_bracket(subject.draft, crossing[i], NULL, &changes), BK_EINVAL);
	assert_int_equal(bk_draft_bracket(subject.draft, (struct bk_span){5, 9}, NULL, &changes), BK_ERANGE);
	assert_int_equal(bk_draft_bracket(subject.draft, (struct bk_span){6, 6}, NULL, &changes), BK_EINVAL);
	close_text(&subject);
	subject = open_text("a [b c");
	assert_int_equal(bk_draft_bracket(subject.draft, (struct bk_span){0, 5}, NULL, &changes), BK_EINVAL);
	assert_null(changes);
	close_text(&subject);
}

static void an_alternative_stands_beside_what_it_rivals(void **state)
{
	struct subject subject = open_text("Parties [shall][may] act.");
	bk_changes *changes;

	(void)state;
	assert_int_equal(bk_draft_propose(subject.draft, 0, "EU", "should", &changes), BK_OK);
	assert_after(&subject, changes, "Parties [shall][may][EU: should] act.");
	subject = open_text("Parties [one two] (G77) act.");
	assert_int_equal(bk_draft_propose(subject.draft, 0, "EU", "three", &changes), BK_OK);
	assert_after(&subject, changes, "Parties [one two] (G77)[EU: three] act.");
	subject = open_text("Parties shall act.");
	assert_int_equal(
		bk_draft_propose_span(subject.draft, (struct bk_span){8, 13}, "EU", "should", &changes),
		BK_OK);
	assert_after(&subject, changes, "Parties [shall][EU: should] act.");
}

static void a_proposal_must_have_words_that_balance(void **state)
{
	struct subject subject = open_text("Parties [one two] act.");
	bk_changes *changes = NULL;

	(void)state;
	assert_int_equal(bk_draft_propose(subject.draft, 0, "EU", " ", &changes), BK_EINVAL);
	assert_int_equal(bk_draft_propose(subject.draft, 0, "EU", "a]b", &changes), BK_EINVAL);
	assert_int_equal(bk_draft_propose(subject.draft, 0, "E]U", "ab", &changes), BK_EINVAL);
	assert_int_equal(bk_draft_propose(subject.draft, 3, "EU", "ab", &changes), BK_EINVAL);
	assert_null(changes);
	close_text(&subject);
}

static void no_bracket_is_put_behind_a_backslash(void **state)
{
	/* offsets: "a b" 0-3, "\\" 4, "c" 5, blank 6, "\\\\" 7-8, "d" 9, blank 10, "\\" 11 */
	struct subject subject = open_text("a b \\c \\\\d \\");
	bk_changes *changes = NULL;

	(void)state;
	assert_int_equal(bk_draft_bracket(subject.draft, (struct bk_span){0, 12}, NULL, &changes), BK_EINVAL);
	assert_int_equal(bk_draft_bracket(subject.draft, (struct bk_span){5, 6}, NULL, &changes), BK_EINVAL);
	assert_int_equal(bk_draft_bracket(subject.draft, (struct bk_span){4, 5}, NULL, &changes), BK_EINVAL);
	assert_int_equal(bk_draft_propose_span(subject.draft, (struct bk_span){0, 1}, "EU", "x\\", &changes),
		BK_EINVAL);
	assert_int_equal(bk_draft_propose_span(subject.draft, (struct bk_span){0, 1}, "E\\", "x", &changes),
		BK_EINVAL);
	assert_null(changes);
	assert_int_equal(bk_draft_bracket(subject.draft, (struct bk_span){4, 9}, NULL, &changes), BK_OK);
	assert_after(&subject, changes, "a b [\\c \\\\]d \\");
}

static void on_failure_nothing_has_changed(void **state)
{
	struct subject subject = open_text("Parties [shall] or [may] [, in time,] act.\n1. [One]\n");

	(void)state;
	for (size_t n = 0; n < 40; n++) {
		bk_changes *changes = NULL;
		int status;

		bk_alloc_fail_after(n);
		status = bk_draft_resolve(subject.draft, 0, BK_RESOLVE_ACCEPT, 0, &changes);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK ? changes != NULL : (status == BK_ENOMEM && !changes));
		bk_changes_free(changes);
		changes = NULL;
		bk_alloc_fail_after(n);
		status = bk_draft_propose(subject.draft, 0, "EU", "should", &changes);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK ? changes != NULL : (status == BK_ENOMEM && !changes));
		bk_changes_free(changes);
	}
	close_text(&subject);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accepting_a_member_of_a_choice_takes_the_run_whole),
		cmocka_unit_test(choosing_names_an_alternative_by_its_number),
		cmocka_unit_test(emphasis_that_alternatives_share_stays_whole),
		cmocka_unit_test(no_text_stands_where_it_is_all_of_an_option),
		cmocka_unit_test(one_blank_is_left_and_none_before_a_mark),
		cmocka_unit_test(two_commas_become_one),
		cmocka_unit_test(a_tight_run_stays_tight),
		cmocka_unit_test(a_capital_moves_to_the_first_word_that_stays),
		cmocka_unit_test(a_line_left_empty_goes_with_its_label),
		cmocka_unit_test(a_heading_that_goes_leaves_no_label),
		cmocka_unit_test(a_label_stays_where_its_provision_says_more),
		cmocka_unit_test(an_option_that_is_settled_takes_its_header),
		cmocka_unit_test(emphasis_round_a_bracket_goes_with_it),
		cmocka_unit_test(attributions_go_with_what_is_settled),
		cmocka_unit_test(a_mark_of_a_footnote_stays_with_words_that_stay),
		cmocka_unit_test(joints_of_a_run_go_with_the_member),
		cmocka_unit_test(text_without_blanks_gets_none),
		cmocka_unit_test(nothing_outside_is_touched),
		cmocka_unit_test(only_disputed_brackets_can_be_settled),
		cmocka_unit_test(words_are_put_in_brackets),
		cmocka_unit_test(line_ends_around_a_selection_stay_outside),
		cmocka_unit_test(brackets_never_cross),
		cmocka_unit_test(an_alternative_stands_beside_what_it_rivals),
		cmocka_unit_test(a_proposal_must_have_words_that_balance),
		cmocka_unit_test(no_bracket_is_put_behind_a_backslash),
		cmocka_unit_test(on_failure_nothing_has_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
