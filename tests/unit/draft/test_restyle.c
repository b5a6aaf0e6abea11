/*
 * All attributions of a text in one style: names, acts and places are kept from style to style, all else stays to the
 * byte, and what cannot be rewritten without loss is left and told.
 */
#include "base/alloc.h"
#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <cmocka.h>

#include "sample.h"

/* Text in a style, into out; the first reason why something was left, or "". */
static void restyle(struct bk_buf *out, const char *text, enum bk_style style, char why[160])
{
	bk_draft *draft = sample(text);
	bk_restyling *restyling;
	const struct bk_change *changes;
	size_t count, left, at = 0;
	const struct bk_restyle_left *list;

	assert_int_equal(bk_draft_restyle(draft, style, NULL, 0, &restyling), BK_OK);
	changes = bk_changes_list(bk_restyling_changes(restyling), &count);
	for (size_t i = 0; i < count; i++) {
		bk_buf_put(out, text + at, changes[i].span.start - at);
		if (changes[i].len)
			bk_buf_put(out, changes[i].bytes, changes[i].len);
		at = changes[i].span.end;
	}
	bk_buf_puts(out, text + at);
	list = bk_restyling_left(restyling, &left);
	snprintf(why, 160, "%s", left ? list[0].why : "");
	bk_restyling_free(restyling);
	bk_draft_free(draft);
}

static void becomes(const char *text, enum bk_style style, const char *expected)
{
	struct bk_buf after = BK_BUF_INIT;
	char why[160];

	restyle(&after, text, style, why);
	if (why[0])
		fail_msg("%s: left, because %s", text, why);
	assert_string_equal(bk_buf_string(&after), expected);
	bk_buf_release(&after);
}

static void is_left(const char *text, enum bk_style style, const char *expected)
{
	struct bk_buf after = BK_BUF_INIT;
	char why[160];

	restyle(&after, text, style, why);
	if (strcmp(why, expected) != 0)
		fail_msg("%s: %s", text, why);
	assert_string_equal(bk_buf_string(&after), text);
	bk_buf_release(&after);
}

static void each_form_becomes_each_style(void **state)
{
	static const char *const forms[] = {"Parties [US/AU; EU supports: shall] act\n",
		"Parties [shall] (US, AU) (EU: support) act\n",
		"Parties [shall](US and AU; EU support) act\n",
		"Parties [shall – US & AU; EU supports] act\n",
		"Parties [shall][^1] act\n\n[^1]: Proposed by US and AU; supported by EU.\n",
		"Parties [shall]1 act\n\n1 US, AU; EU support\n"};

	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		becomes(forms[i], BK_STYLE_PREFIX, "Parties [US, AU; EU support: shall] act\n");
		becomes(forms[i], BK_STYLE_PARENTHESIS, "Parties [shall] (US, AU; EU support) act\n");
		becomes(forms[i], BK_STYLE_DASH, "Parties [shall - US, AU; EU support] act\n");
		becomes(forms[i], BK_STYLE_NONE, "Parties [shall] act\n");
	}
}

static void names_stay_as_they_are_written(void **state)
{
	(void)state;
	becomes("[African Group, G-77 and China: a]", BK_STYLE_DASH, "[a - African Group, G-77 and China]");
	becomes("[the European\n  Union: a]", BK_STYLE_PARENTHESIS, "[a] (European\n  Union)");
	becomes("[**Norway:** a]", BK_STYLE_PARENTHESIS, "[a] (Norway)");
	becomes("[**Norway**: a]", BK_STYLE_PREFIX, "[Norway: a]");
}

static void names_go_before_a_label_and_come_back_there(void **state)
{
	static const char *const labelled[] = {"[EU: c) d]\n", "[EU, US delete: 1. text]\n",
		"[EU: (a) text\n]\n", "[EU: 2 bis. text [US: more]]\n", "a) [EU: b) text] [US: c) more]\n",
		"[EU: Article 4. Parties act]\n", "[EU: **1.** text]\n",
		"[EU: Option 1: a]\n[US: Option 2: b]\n"};

	(void)state;
	for (size_t i = 0; i < sizeof labelled / sizeof *labelled; i++) {
		for (enum bk_style style = BK_STYLE_PARENTHESIS; style <= BK_STYLE_DASH; style++) {
			struct bk_buf other = BK_BUF_INIT;
			char why[160];

			restyle(&other, labelled[i], style, why);
			assert_string_equal(why, "");
			assert_string_not_equal(bk_buf_string(&other), labelled[i]);
			becomes(bk_buf_string(&other), BK_STYLE_PREFIX, labelled[i]);
			bk_buf_release(&other);
		}
	}
}

static void names_behind_a_label_come_before_it(void **state)
{
	(void)state;
	becomes("[1. EU: text]\n", BK_STYLE_PREFIX, "[EU: 1. text]\n");
	becomes("[1. EU: text] (US)\n", BK_STYLE_PREFIX, "[EU, US: 1. text]\n");
	becomes("[1. EU: text]\n", BK_STYLE_PARENTHESIS, "[1. text] (EU)\n");
	becomes("[1. text\n] (EU)\n", BK_STYLE_DASH, "[1. text - EU\n]\n");
}

static void a_label_in_dispute_stays_at_the_start_of_its_line(void **state)
{
	(void)state;
	is_left("[a)][EU: b)] text\n", BK_STYLE_PARENTHESIS, "its words are a label");
	is_left("[a)] (US) [EU: b)] text\n", BK_STYLE_PREFIX, "its words are a label");
	becomes("All [a)][EU: b)] act\n", BK_STYLE_PARENTHESIS, "All [a)][b)] (EU) act\n");
}

static void brackets_in_brackets_keep_their_own(void **state)
{
	static const char nested[] = "[US: a [EU: b]] c [d [e]] (NO)\n";

	(void)state;
	becomes(nested, BK_STYLE_PARENTHESIS, "[a [b] (EU)] (US) c [d [e]] (NO)\n");
	becomes("[a [b] (EU)] (US) c [d [e]] (NO)\n", BK_STYLE_DASH, "[a [b - EU] - US] c [d [e] - NO]\n");
	becomes("[a [b - EU] - US] c [d [e] - NO]\n", BK_STYLE_PREFIX, "[US: a [EU: b]] c [NO: d [e]]\n");
}

/* What opens or closes at one place with another has its names where those of the other go. */
static void brackets_that_end_together_go_from_each_style_to_each(void **state)
{
	static const char *const written[][3] = {{"[EU: [JP: a]]", "[[a] (JP)] (EU)", "[[a - JP] - EU]"},
		{"b [EU: c [JP; US delete: a]] d", "b [c [a] (JP; US delete)] (EU) d",
			"b [c [a - JP; US delete] - EU] d"}};

	(void)state;
	for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
		for (size_t from = 0; from < 3; from++) {
			for (size_t to = 0; to < 3; to++)
				becomes(written[i][from], (enum bk_style)to, written[i][to]);
		}
	}
}

static void runs_stay_runs(void **state)
{
	(void)state;
	becomes("Parties [EU: shall][US: should] act", BK_STYLE_PARENTHESIS,
		"Parties [shall] (EU)[should] (US) act");
	becomes("Parties [shall] (EU)[should] (US) act", BK_STYLE_DASH,
		"Parties [shall - EU][should - US] act");
}

static void emphasis_and_blanks_of_the_text_stay(void **state)
{
	(void)state;
	becomes("[EU: **shall** act]", BK_STYLE_DASH, "[**shall** act - EU]");
	becomes("**[shall]** (EU), act", BK_STYLE_PREFIX, "**[EU: shall]**, act");
	becomes("[shall] *(EU)* act", BK_STYLE_PREFIX, "[EU: shall] act");
	becomes("[ shall - EU ]", BK_STYLE_PREFIX, "[ EU: shall ]");
}

static void what_says_more_is_left_as_it_is(void **state)
{
	static const char more[] = "it says more than names and acts";

	(void)state;
	is_left("[US proposes to revert to Rev.1: a]", BK_STYLE_DASH, more);
	is_left("[a] (AILAC propose \"more text\")", BK_STYLE_PREFIX, more);
	is_left("[a] (EU does not support)", BK_STYLE_PREFIX, more);
	is_left("[a] (Philippines on behalf of LMDC)", BK_STYLE_PREFIX, more);
	is_left("[a - MX12]", BK_STYLE_PREFIX, more);
	is_left("[change - EU / promote - US]", BK_STYLE_PREFIX, "it speaks of one alternative");
	is_left("[BR, IN: reserve]", BK_STYLE_DASH, "its bracket holds no words of its own");
	is_left("[a][^1]\n\n[^1]: US strongly supports.\n", BK_STYLE_PREFIX, more);
	is_left("[a]1\n\n1. US\n", BK_STYLE_PREFIX, "its footnote may be a paragraph of the text");
}

static void what_would_be_read_otherwise_is_left_as_it_is(void **state)
{
	(void)state;
	is_left("[reserve] (EU)", BK_STYLE_PREFIX,
		"written so it would not be read back: use another style, or reword it");
	becomes("[Option 1: a] (EU)\n[Option 2: b] (US)\n", BK_STYLE_PREFIX,
		"[EU: Option 1: a]\n[US: Option 2: b]\n");
	/* Where the names end a line, no label begins the next. */
	is_left("[G77 and\nChina: Option 1: a]\n", BK_STYLE_PARENTHESIS,
		"written so it would change how the text around it is read: use another style, or reword it");
}

static void a_bracket_is_left_alone_among_others(void **state)
{
	struct bk_buf after = BK_BUF_INIT;
	char why[160];

	(void)state;
	restyle(&after, "[EU: a] [reserve] (US) [b] (NO)", BK_STYLE_PREFIX, why);
	assert_string_equal(bk_buf_string(&after), "[EU: a] [reserve] (US) [NO: b]");
	bk_buf_release(&after);
}

static void lines_in_attributions_end_where_they_did(void **state)
{
	/* In the style already, so that nothing is to be done. */
	static const char *const prefix = "They [G77 and\nChina: shall] act [EU, US\ndelete: now].\n";
	static const char *const others[] = {prefix,
		"They [shall] (G77 and\nChina) act [now] (EU, US\ndelete).\n",
		"They [shall - G77 and\nChina] act [now - EU, US\ndelete].\n"};

	(void)state;
	for (size_t i = 0; i < 9; i++)
		becomes(others[i / 3], (enum bk_style)(i % 3), others[i % 3]);
	becomes("They [do so,]\n  (EU) (JP,\n  US: delete) now.\n", BK_STYLE_PREFIX,
		"They [EU; JP,\n  US delete:\n  do so,] now.\n");
	becomes("They [EU; JP,\r\nUS delete:\r\ndo so,]\r\n", BK_STYLE_DASH,
		"They [do so, -\r\nEU; JP,\r\nUS delete]\r\n");
	/* Fewer blanks, as a name stands twice. */
	becomes("[now] (EU) (US, EU,\nUS)\n", BK_STYLE_PREFIX, "[EU,\nUS: now]\n");
	becomes("[now] (G77 and\nChina)\n", BK_STYLE_NONE, "[now]\n");
}

static void a_footnote_that_is_disputed_itself_stays(void **state)
{
	(void)state;
	is_left("[a][^1]\n\n[US delete: [^1]: JP and US propose]\n", BK_STYLE_PREFIX,
		"its footnote is disputed itself");
}

static void a_footnote_goes_with_the_last_of_its_marks(void **state)
{
	struct bk_buf after = BK_BUF_INIT;
	char why[160];

	(void)state;
	becomes("[a][^1] and [b][^1] and [c][^2].\n\n[^1]: EU\n\n[^2]: US\n\nEnd\n", BK_STYLE_DASH,
		"[a - EU] and [b - EU] and [c - US].\n\nEnd\n");
	becomes("[a][^1] b[^1]\n\n[^1]: EU\n", BK_STYLE_DASH, "[a - EU] b[^1]\n\n[^1]: EU\n");
	becomes("[a]1\n\n1 US\n\n1 EU\n", BK_STYLE_PREFIX, "[US: a]\n\n1 EU\n");
	becomes("[a]3, 4\n\n3 EU\n4 US\n", BK_STYLE_PREFIX, "[EU, US: a]\n\n");
	restyle(&after, "[a][^1] [reserve][^1]\n\n[^1]: EU\n", BK_STYLE_PREFIX, why);
	assert_string_equal(bk_buf_string(&after), "[EU: a] [reserve][^1]\n\n[^1]: EU\n");
	bk_buf_release(&after);
}

/* Text with a mark of a note, and the note; bare marks have few numbers, which notes of the text say.  Or text with a
 * label in dispute, which stays. */
struct marked {
	const char *form, *note;
	bool bare, label;
};

enum { BARE_NOTES = 89 };

/* The seconds of the process in which so many marks go, each with its note or all with one; the least of some. */
static double seconds_for(size_t count, const struct marked *marked)
{
	struct bk_buf text = BK_BUF_INIT;
	double least = 1e9;
	bk_draft *draft;

	for (size_t i = 0; i < count; i++)
		bk_buf_printf(&text, marked->form, marked->bare ? i % BARE_NOTES + 1 : i);
	for (size_t i = 0; i < count; i++)
		bk_buf_printf(&text, marked->note, i);
	bk_buf_puts(&text, "[^one]: EU\n\n");
	for (size_t i = 0; i < BARE_NOTES; i++)
		bk_buf_printf(&text, "%zu EU\n\n", i + 1);
	draft = sample(bk_buf_string(&text));
	for (int i = 0; i < 3; i++) {
		const clock_t start = clock();
		bk_restyling *restyling;
		double seconds;
		size_t left;

		assert_int_equal(bk_draft_restyle(draft, BK_STYLE_DASH, NULL, 0, &restyling), BK_OK);
		bk_restyling_left(restyling, &left);
		assert_int_equal(left, marked->label ? count : 0);
		bk_restyling_free(restyling);
		seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
		least = seconds < least ? seconds : least;
	}
	bk_draft_free(draft);
	bk_buf_release(&text);
	return least;
}

/* With the square of it, four times as many would take sixteen times as long. */
static void footnotes_and_labels_take_time_as_they_are_many(void **state)
{
	static const struct marked forms[] = {{"[a)][EU: b)]", "\n", false, true},
		{"Parties [act][^%zu] now\n\n", "[^%zu]: EU\n\n", false, false},
		{"%zu times [act][^one] now\n\n", "", false, false},
		{"Members [act]%zu now\n\n", "", true, false}};
	enum { SOME = 3000 };

	(void)state;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		const double once = seconds_for(SOME, &forms[i]), fourfold = seconds_for(4 * SOME, &forms[i]);

		print_message("%d of them: %.1f ms, four times as many: %.1f ms\n", SOME, once * 1e3,
			fourfold * 1e3);
		assert_true(fourfold < 8 * once);
	}
}

static void names_that_were_kept_are_written_along(void **state)
{
	static const struct bk_beside kept[] = {{0, "US", "United States", BK_ACT_PROPOSE},
		{0, "EU", "EU", BK_ACT_DELETE}, {1, "NO", "Norway", BK_ACT_SUPPORT}};
	bk_draft *draft = sample("[EU delete: a] b [c]");
	bk_restyling *restyling;
	const struct bk_change *changes;
	const struct bk_beside *names;
	size_t count;

	(void)state;
	assert_int_equal(bk_draft_restyle(draft, BK_STYLE_PREFIX, kept, 3, &restyling), BK_OK);
	changes = bk_changes_list(bk_restyling_changes(restyling), &count);
	assert_int_equal(count, 2);
	assert_memory_equal(changes[0].bytes, "United States; EU delete: ", changes[0].len);
	assert_memory_equal(changes[1].bytes, "Norway support: ", changes[1].len);
	names = bk_restyling_names(restyling, &count);
	assert_int_equal(count, 3);
	assert_string_equal(names[0].party, "EU");
	assert_int_equal(bk_restyling_follow(restyling, nth(draft, 1)->start),
		17 + changes[0].len - strlen("EU delete: "));
	bk_restyling_free(restyling);
	bk_draft_free(draft);
}

static void a_text_in_one_style_stays_as_it_is(void **state)
{
	static const char *const texts[] = {"[US, AU; EU support: a] [EU: b]\n", "[a] (US, AU; EU support)\n",
		"[a - US, AU; EU support]\n", "no brackets [at all]\n"};

	(void)state;
	becomes(texts[0], BK_STYLE_PREFIX, texts[0]);
	becomes(texts[1], BK_STYLE_PARENTHESIS, texts[1]);
	becomes(texts[2], BK_STYLE_DASH, texts[2]);
	for (size_t style = 0; style < BK_STYLE_COUNT; style++)
		becomes(texts[3], (enum bk_style)style, texts[3]);
}

static void on_failure_nothing_is_left(void **state)
{
	static const char forms[] =
		"[US/AU; EU supports: [a] (NO)] [b - CL][^1] [reserve] (PE)\n\n[^1]: JP\n";
	bk_draft *draft = sample(forms);
	int status = BK_ENOMEM;

	(void)state;
	for (size_t n = 0; status != BK_OK; n++) {
		bk_restyling *restyling = NULL;

		bk_alloc_fail_after(n);
		status = bk_draft_restyle(draft, BK_STYLE_PREFIX, NULL, 0, &restyling);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK ? restyling != NULL : (status == BK_ENOMEM && !restyling));
		bk_restyling_free(restyling);
	}
	bk_draft_free(draft);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_form_becomes_each_style),
		cmocka_unit_test(names_stay_as_they_are_written),
		cmocka_unit_test(names_go_before_a_label_and_come_back_there),
		cmocka_unit_test(names_behind_a_label_come_before_it),
		cmocka_unit_test(a_label_in_dispute_stays_at_the_start_of_its_line),
		cmocka_unit_test(brackets_in_brackets_keep_their_own),
		cmocka_unit_test(brackets_that_end_together_go_from_each_style_to_each),
		cmocka_unit_test(runs_stay_runs),
		cmocka_unit_test(emphasis_and_blanks_of_the_text_stay),
		cmocka_unit_test(what_says_more_is_left_as_it_is),
		cmocka_unit_test(what_would_be_read_otherwise_is_left_as_it_is),
		cmocka_unit_test(a_bracket_is_left_alone_among_others),
		cmocka_unit_test(lines_in_attributions_end_where_they_did),
		cmocka_unit_test(a_footnote_that_is_disputed_itself_stays),
		cmocka_unit_test(a_footnote_goes_with_the_last_of_its_marks),
		cmocka_unit_test(footnotes_and_labels_take_time_as_they_are_many),
		cmocka_unit_test(names_that_were_kept_are_written_along),
		cmocka_unit_test(a_text_in_one_style_stays_as_it_is),
		cmocka_unit_test(on_failure_nothing_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
