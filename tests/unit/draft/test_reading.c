/*
 * Readings: the text as written, unattributed, agreed, clean and as decided; and what holds between them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/alloc.h"
#include "base/buf.h"

#include <bracked/draft.h>
#include <stdlib.h>

static bk_draft *open_draft(const char *bytes, size_t len)
{
	bk_text *text;
	bk_draft *draft;

	assert_int_equal(bk_text_new(&text, bytes, len), BK_OK);
	assert_int_equal(bk_draft_new(&draft, bk_text_now(text), NULL), BK_OK);
	bk_text_free(text);
	return draft;
}

static void assert_reads(enum bk_reading_kind kind, const char *bytes, const char *expected)
{
	bk_draft *draft = open_draft(bytes, strlen(bytes));
	bk_reading *reading;
	size_t len;

	assert_int_equal(bk_draft_read(draft, kind, NULL, &reading), BK_OK);
	assert_string_equal(bk_reading_bytes(reading, &len), expected);
	assert_int_equal(len, strlen(expected));
	bk_reading_free(reading);
	bk_draft_free(draft);
}

static void unattributed_keeps_brackets_and_drops_names(void **state)
{
	(void)state;
	assert_reads(BK_READING_UNATTRIBUTED, "a [EU, AOSIS: b c] d", "a [b c] d");
	assert_reads(BK_READING_UNATTRIBUTED, "a [b c] (EU) d [b e](US), f", "a [b c] d [b e], f");
	assert_reads(BK_READING_UNATTRIBUTED, "a [b c] d", "a [b c] d");
}

static void agreed_is_what_nobody_disputes(void **state)
{
	(void)state;
	assert_reads(
		BK_READING_AGREED, "Parties [shall][should] [, in time,] act [on [all] x].", "Parties act.");
	assert_reads(BK_READING_AGREED, "by [X] and [one two] so[^1].", "by [X] and so[^1].");
	assert_reads(BK_READING_AGREED, "1. a\n2. [b c]\n3. d\n", "1. a\n3. d\n");
	assert_reads(BK_READING_AGREED, "one\n\n[Two.]\n\n[Three.]\n\nfour\n", "one\n\nfour\n");
	/* a text without a last line end ends in no blank */
	assert_reads(BK_READING_AGREED, "1. a. [b]", "1. a.");
	assert_reads(BK_READING_AGREED, "1. a. [b]\n\n2. [c]\n\n3. [d]", "1. a.");
	assert_reads(BK_READING_AGREED,
		"## Article 1\n\n1. a\n\n2. **Option 1:** b\n\n   **Option 2:** c\n\n3. d\n",
		"## Article 1\n\n1. a\n\n3. d\n");
	assert_reads(BK_READING_AGREED, "1. a\n2. [b]\n  (a) [c]\n  (b) [d]\n3. e\n", "1. a\n3. e\n");
	assert_reads(
		BK_READING_AGREED, "1. a\n2. [b]\n  (a) [c]\n  (b) d\n3. e\n", "1. a\n2.\n  (b) d\n3. e\n");
	assert_reads(BK_READING_AGREED, "1. a\n2. [B]\n  (a) [c]\n\n  and more\n3. e\n",
		"1. a\n2. And more\n3. e\n");
}

static void clean_is_as_if_all_were_accepted(void **state)
{
	(void)state;
	assert_reads(BK_READING_CLEAN, "Parties [shall][should] [, in time,] act [on [all] x].",
		"Parties shall, in time, act on all x.");
	assert_reads(BK_READING_CLEAN, "a [EU: b c] d [e f] (US) g", "a b c d e f g");
	assert_reads(BK_READING_CLEAN, "so ] it [ is", "so ] it [ is");
	assert_reads(BK_READING_CLEAN, "Parties [shall / should] act.", "Parties shall act.");
}

/* What is left when each bracket is accepted, deleted or left, by letter. */
static void assert_decided(const char *bytes, const char *letters, const char *expected)
{
	bk_draft *draft = open_draft(bytes, strlen(bytes));
	uint8_t decisions[8];
	bk_reading *reading = NULL;
	size_t len;

	for (size_t i = 0; letters[i]; i++)
		decisions[i] = letters[i] == 'a'   ? BK_DECISION_ACCEPT
			       : letters[i] == 'd' ? BK_DECISION_DELETE
						   : BK_DECISION_LEAVE;
	assert_int_equal(bk_draft_read(draft, BK_READING_DECIDED, decisions, &reading), BK_OK);
	assert_string_equal(bk_reading_bytes(reading, &len), expected);
	bk_reading_free(reading);
	bk_draft_free(draft);
}

static void no_text_is_no_words_but_of_an_option(void **state)
{
	(void)state;
	assert_reads(BK_READING_CLEAN, "They [EU: No text] act.", "They act.");
	assert_reads(BK_READING_CLEAN, "They [No text][shall] act.", "They act.");
	assert_reads(BK_READING_CLEAN, "They [no text / no provision] act.", "They act.");
	assert_reads(BK_READING_CLEAN, "1. Go.\n\n2. [EU: No text]\n\n3. Stay.\n", "1. Go.\n\n3. Stay.\n");
	assert_reads(BK_READING_CLEAN, "Option 1: Go.\n\nOption 2: [JP: No text]\n",
		"Option 1: Go.\n\nOption 2: No text\n");
	assert_reads(BK_READING_CLEAN, "Option 1: Go.\n\nOption 2: [No text / no provision]\n",
		"Option 1: Go.\n\nOption 2: No text\n");
	assert_decided("They [shall] or [EU: No text] act.", "da", "They act.");
	assert_decided("Option 1: [AOSIS reserve: [A protocol][US: No text].]\n", "lda",
		"Option 1: [AOSIS reserve: No text.]\n");
}

static void words_stay_apart_however_many_brackets_part_them(void **state)
{
	(void)state;
	assert_reads(BK_READING_CLEAN, "act [in due time]and", "act in due time and");
	assert_reads(BK_READING_CLEAN, "act [[in due time]]and", "act in due time and");
	assert_reads(BK_READING_CLEAN, "act [in due [course]]and", "act in due course and");
	assert_reads(BK_READING_CLEAN, "act[[in due time]] and", "act in due time and");
	assert_reads(BK_READING_CLEAN, "act[EU: in due time] and", "act in due time and");
	assert_reads(BK_READING_CLEAN, "act [in due time - EU]and", "act in due time and");
	assert_reads(BK_READING_CLEAN, "chemical[[s]] and", "chemicals and");
	assert_reads(BK_READING_CLEAN, "[[and act][and]] more", "and act and more");
}

static void a_figure_and_a_word_stay_apart(void **state)
{
	(void)state;
	assert_reads(BK_READING_CLEAN, "by [12][EU: 14] [EU: at most] so", "by 12 at most so");
	assert_reads(BK_READING_CLEAN, "by [shall][may] [2030][2035] so", "by shall 2030 so");
}

static void a_mark_behind_a_bracket_that_stays_stays(void **state)
{
	(void)state;
	assert_decided("Option [2][AOSIS: 3]: No text\n", "ld", "Option [2]: No text\n");
	assert_decided("1. [In time][EU: Soon], they act.\n", "ld", "1. [In time], they act.\n");
	assert_decided("1. [In time], they act.\n", "d", "1. They act.\n");
}

static void a_blank_line_stays_behind_a_line_that_ends_in_what_goes(void **state)
{
	(void)state;
	assert_reads(BK_READING_AGREED, "(a) It is late [US: now]\n(b) [US: It is good.]\n\n5. End.\n",
		"(a) It is late\n\n5. End.\n");
	assert_reads(BK_READING_AGREED, "(a) [US: Late]\n(b) [US: It is good.]\n\n5. End.\n", "5. End.\n");
}

static void a_header_that_is_all_a_bracket_says_stays(void **state)
{
	(void)state;
	assert_decided("[Option 1:] (AU) Parties act.", "a", "Option 1: Parties act.");
	assert_decided("[Option 1: - AU] Parties act.", "a", "Option 1: Parties act.");
	assert_decided("[Option 1: Parties act. - AU]", "a", "Parties act.");
}

static void marks_stand_with_their_words(void **state)
{
	(void)state;
	assert_decided("the Board [US: of 12]/CMA and", "d", "the Board/CMA and");
	assert_decided("the \"goal [US: now]\" and", "d", "the \"goal\" and");
	assert_decided("the \"[US: new] goal\" and", "d", "the \"goal\" and");
	assert_decided("the “goal [US: now]” and", "d", "the “goal” and");
	assert_decided("the “[US: new] goal” and", "d", "the “goal” and");
	assert_decided("the Party [US: here]’s goal", "d", "the Party’s goal");
	assert_decided("a \"goal\" [US: or] \"aim\"", "d", "a \"goal\" \"aim\"");
	assert_decided("**_In [EU: pursuit]_** of peace", "d", "**_In_** of peace");
	assert_decided("_**In [EU: pursuit]**_ of peace", "d", "_**In**_ of peace");
	assert_decided("They report[;][by May,] so", "da", "They report by May, so");
	assert_decided("the [pre-] (EU delete)industrial level", "a", "the pre-industrial level");
	assert_decided("our [aims/] (EU delete)targets", "a", "our aims/targets");
	assert_decided("They act.\n\n[Parties][(b) States] pay.\n", "da", "They act.\n\n(b) States pay.\n");
}

static void a_word_stays_apart_from_names_in_parentheses(void **state)
{
	(void)state;
	assert_decided("We [shall] (EU reserve)[should] (EU) [act][pay] (US).", "ldda",
		"We [shall] (EU reserve) pay.");
}

static void the_header_of_an_option_goes_with_its_words(void **state)
{
	(void)state;
	assert_reads(BK_READING_CLEAN, "1. a\n\nOption 1\n[b]\n\n2. c\n", "1. a\n\nOption 1\nb\n\n2. c\n");
	assert_decided("1. a\n\nOption 1\n[b]\n\n2. c\n", "d", "1. a\n\n2. c\n");
	assert_decided("1. a\n\nOption 1\n[b]\n[EU: c]\n\n2. d\n", "da", "1. a\n\nOption 1\nc\n\n2. d\n");
	assert_decided(
		"1. a\n\n**Option 1**\n[b]\nmore\n\n2. c\n", "d", "1. a\n\n**Option 1**\nmore\n\n2. c\n");
	assert_decided("Option 1\n[b]\n", "d", "");
	/* and stays where it is all that a bracket holds */
	assert_decided("1. a\n\n[Option 1] (EU)\n\n2. c\n", "a", "1. a\n\nOption 1\n\n2. c\n");
	assert_decided("1. a [Option 1: b] c\n", "a", "1. a b c\n");
}

static void a_disputed_label_goes_with_its_words(void **state)
{
	(void)state;
	assert_decided("1. a\n\n[2.][EU: 3.] [US delete: b]\n\n4. c\n", "ldd", "1. a\n\n4. c\n");
	assert_decided("1. a\n\n[2.][EU: 3.] [US delete: b]\n\n4. c\n", "lda", "1. a\n\n[2.] b\n\n4. c\n");
	/* also where somebody has a name before it, or behind it */
	assert_decided("1. a\n\n[JP delete: 2.][EU: 3.] [US delete: b]\n\n4. c\n", "ldd", "1. a\n\n4. c\n");
	assert_decided("1. a\n\n[2.] (JP delete) [b] (US delete)\n\n4. c\n", "ld", "1. a\n\n4. c\n");
	assert_decided("1. a\n\n**[2.][EU: 3.]** [US delete: b]\n\n4. c\n", "ldd", "1. a\n\n4. c\n");
	assert_decided("1. a\n\n**[2.][EU: 3.]** [US delete: b]\n\n4. c\n", "ldl",
		"1. a\n\n**[2.]** [US delete: b]\n\n4. c\n");
	assert_decided("4. a\n\nOption [2][JP: 1]: [US delete: b]\n\n5. c\n", "ldd", "4. a\n\n5. c\n");
	assert_decided("4. a\n\nOption [2][JP: 1]: [US delete: b]\n\n5. c\n", "lda",
		"4. a\n\nOption [2]: b\n\n5. c\n");
	assert_decided("1. a\n\n[the][EU: 3.] [US delete: b]\n\n4. c\n", "ldd", "1. a\n\n[the]\n\n4. c\n");
}

static void a_proposed_label_leaves_what_others_label(void **state)
{
	(void)state;
	assert_decided("2. Finance:\n\n2bis. [TV: New.] [NP: So.]\n\nOption 1: Pay.\n\nOption 2: Give.\n",
		"dd", "2. Finance:\n\nOption 1: Pay.\n\nOption 2: Give.\n");
	assert_decided("2. [TV: New,] or [NP: So.]\n\nOption 1: Pay.\n\nOption 2: Give.\n", "dd",
		"Option 1: Pay.\n\nOption 2: Give.\n");
	assert_decided(
		"1. Act:\n\n2. [They see\nto it.] (TV)\n\n  (a) now;\n", "d", "1. Act:\n\n  (a) now;\n");
	assert_decided("(a) [TV: New.]\n    (i) now;\n(b) So.\n", "d", "    (i) now;\n(b) So.\n");
	/* So it does with what stands apart below it. */
	assert_decided("2. a\n\n2bis. [TV: New.]\n\n    They pay.\n", "d", "2. a\n\n    They pay.\n");
	/* It was there before who wants none of its words. */
	assert_decided("2. [TV delete: Finance:]\n\nOption 1: Pay.\n", "d", "2. Option 1: Pay.\n");
	assert_decided("2. [Finance:] [TV: Money:]\n\nOption 1: Pay.\n", "dd", "2. Option 1: Pay.\n");
	assert_decided("2. [TV: In short,]\n   they pay.\n", "d", "2. They pay.\n");
}

static void a_paragraph_right_below_needs_no_label_that_goes(void **state)
{
	(void)state;
	assert_decided("Option 1: A.\nOption 2: [EU delete: They act.]\nNext words.\n", "d",
		"Option 1: A.\nNext words.\n");
	assert_decided("(a) A;\n(b) [They act.] (EU delete)\nNext words.\n", "d", "(a) A;\nNext words.\n");
	assert_decided("1. A.\n2. [EU delete: They act].\nNext words.\n", "d", "1. A.\nNext words.\n");
	assert_decided("(a) A;\n(b) [EU delete: They act.]\n[EU: (c)] Next words.\n", "da",
		"(a) A;\n(c) Next words.\n");
	/* What goes on below does. */
	assert_decided("1. A.\n2. [EU delete: They act.]\n   Next words.\n", "d", "1. A.\n2. Next words.\n");
	assert_decided("1. A.\n2. [EU delete: All in the]\nParties act.\n", "d", "1. A.\n2. Parties act.\n");
	assert_decided("1. A.\n2. [EU delete: In time,]\nthey act.\n", "d", "1. A.\n2. They act.\n");
}

static void of_two_labels_in_a_line_each_goes_with_its_words(void **state)
{
	(void)state;
	assert_decided("7. (a) [EU: They act.]\n\n(b) Now.\n", "d", "7.\n\n(b) Now.\n");
	assert_decided("7. So.\n\n8. (a) [They act.]\n\n9. Yes.\n", "d", "7. So.\n\n9. Yes.\n");
	assert_decided("7. (a) [They act:]\n\n    (i) now;\n", "d", "7. (a)\n\n    (i) now;\n");
}

static void what_joins_two_choices_stays_where_both_do(void **state)
{
	(void)state;
	assert_reads(BK_READING_CLEAN, "[loss][US: harm] or [damage][EU: ruin].", "loss or damage.");
	assert_reads(BK_READING_CLEAN, "[green] or [quickly] act", "green or quickly act");
	assert_reads(BK_READING_CLEAN, "[shall] or [may] act", "shall act");
	assert_reads(BK_READING_AGREED, "For [loss][US: harm] or [damage][EU: ruin] so.", "For so.");
}

static void lines_that_go_at_the_end_leave_no_blank_line(void **state)
{
	(void)state;
	assert_reads(BK_READING_AGREED, "1. a\n\n2. [b]\n\n3. [c]\n", "1. a\n");
	assert_reads(BK_READING_AGREED, "1. a\n\n2. [b]\n\n3. [c]", "1. a");
	assert_reads(BK_READING_AGREED, "1. a\n2. [b]\n3. [c]", "1. a");
	assert_reads(BK_READING_AGREED, "1. [b]\n\n2. [c]\n", "");
}

static void a_bracket_with_nothing_left_in_it_goes(void **state)
{
	(void)state;
	assert_decided("54. [US delete: [EU: No Party pays.]]\n\n55. So.\n", "ld", "55. So.\n");
	assert_decided("by [US delete: [EU: a] [b] (JP)] [CH: [EU: c] d] [ ]", "lddldl", "by [CH: d] [ ]");
	assert_decided("by [US delete: [EU: a] [JP: b]]", "ldl", "by [US delete: [JP: b]]");
	/* also one that would stay without its own brackets */
	assert_decided("1. [AOSIS delete: [EU: [US: text]]]\n2. So.\n", "lad", "2. So.\n");
	/* what stood between those that go, and emphasis, is nothing; a stop behind them is the text's */
	assert_decided("x [US delete: [EU: a], [CH: b]] y", "ldd", "x y");
	assert_decided("x [US delete: [EU: a] or [CH: b]] y", "ldd", "x y");
	assert_decided("x [US delete: **[EU: a]**] y", "ld", "x y");
	assert_decided("x[US delete: [EU: a].] y", "ld", "x[US delete:.] y");
	assert_decided("x [US delete: , [EU: a]] y", "ld", "x [US delete: ,] y");
}

static void the_mark_of_a_list_is_no_emphasis(void **state)
{
	(void)state;
	assert_decided("[* pay][EU: * pay more]\n", "da", "* pay more\n");
	assert_decided("[EU: *pay]* more\n", "d", "more\n");
}

static void decided_leaves_what_is_left(void **state)
{
	static const char bytes[] = "a [EU: b c] d [e f] g";
	static const uint8_t decisions[] = {BK_DECISION_LEAVE, BK_DECISION_ACCEPT};
	static const uint8_t others[] = {BK_DECISION_DELETE, BK_DECISION_LEAVE};
	bk_draft *draft = open_draft(bytes, strlen(bytes));
	bk_reading *reading = NULL;
	size_t len;

	(void)state;
	assert_int_equal(bk_draft_read(draft, BK_READING_DECIDED, decisions, &reading), BK_OK);
	assert_string_equal(bk_reading_bytes(reading, &len), "a [EU: b c] d e f g");
	bk_reading_free(reading);
	assert_int_equal(bk_draft_read(draft, BK_READING_DECIDED, others, &reading), BK_OK);
	assert_string_equal(bk_reading_bytes(reading, &len), "a d [e f] g");
	bk_reading_free(reading);
	assert_decided("act [in time,] [JP: all] [or][US: at once] so", "ldda", "act [in time,] at once so");
	assert_decided("for [equity][JP: fairness] or [EU: more] support", "dad", "for fairness or support");
	assert_decided("for [EU: equity] or [JP: at once] so", "ad", "for equity so");
	assert_decided(
		"for equity, [JP: and/]or [US delete: more] so", "dl", "for equity, or [US delete: more] so");
	assert_reads(BK_READING_AGREED, "for [equity][JP: fairness] or [EU: more] support", "for support");
	assert_reads(BK_READING_AGREED, "Provide [equity] or [EU: more] support.", "Provide support.");
	assert_reads(BK_READING_AGREED, "Act [US delete: in time] or [EU: at once].", "Act.");
	assert_decided("Provide [US: equity] or [more] support.", "dl", "Provide [more] support.");
	assert_decided("for [equity][JP: fairness] or [EU: at once].", "dad", "for fairness.");
	assert_decided("[EU delete: forests] or [US: lakes, and rivers] or [b] d.", "ddl", "[b] d.");
	assert_reads(BK_READING_AGREED, "from 3.[ 5]4 on", "from 3.4 on");
	assert_reads(BK_READING_AGREED, "[In short,] {a note} each Party pays.", "{a note} each Party pays.");
	assert_decided("1. [The][a] [EU delete: fund] pays", "ddl", "1. [EU delete: Fund] pays");
	reading = NULL;
	assert_int_equal(bk_draft_read(draft, BK_READING_DECIDED, NULL, &reading), BK_EINVAL);
	assert_null(reading);
	bk_draft_free(draft);
}

/* ---- What holds for every text ------------------------------------------------------------------------ */

static uint64_t seed = 7;

static size_t below(size_t limit)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(seed >> 33) % limit;
}

/* A text of pieces that like to break rules. */
static void make_text(struct bk_buf *buf)
{
	static const char *const pieces[] = {"one", " two", "[", "]", " ", ", ", ".", "; ", "\n", "\n\n",
		"1. ", "(a) ", "[shall][should]", "[, three]", "Option 1: ", "Option 2: ", "**",
		"[EU: four five]", "(EU)", " [X] ", "\xC3\xA9t\xC3\xA9", "\xFF", "[six seven]",
		"[and] or [nor]", "(", ")", "\r\n", "{note}", "[a / b]", "**[bold]**", "缔约方", "[应当]"};
	const size_t count = 4 + below(40);

	for (size_t i = 0; i < count; i++)
		bk_buf_puts(buf, pieces[below(sizeof pieces / sizeof *pieces)]);
}

static void assert_pieces(const bk_reading *reading, const char *source)
{
	size_t len, count, at = 0, from = 0;
	const char *bytes = bk_reading_bytes(reading, &len);
	const struct bk_reading_piece *pieces = bk_reading_pieces(reading, &count);

	for (size_t i = 0; i < count; i++) {
		assert_true(pieces[i].at >= at && pieces[i].source >= from && pieces[i].len > 0);
		assert_memory_equal(bytes + pieces[i].at, source + pieces[i].source, pieces[i].len);
		at = pieces[i].at + pieces[i].len;
		from = pieces[i].source + pieces[i].len;
	}
	assert_true(at <= len);
}

static void assert_agreed_is_agreed(const bk_draft *draft, const char *source)
{
	bk_reading *reading;
	bk_draft *again;
	size_t len, count;
	const char *bytes;
	const struct bk_bracket *brackets;

	assert_int_equal(bk_draft_read(draft, BK_READING_AGREED, NULL, &reading), BK_OK);
	assert_pieces(reading, source);
	bytes = bk_reading_bytes(reading, &len);
	again = open_draft(bytes, len);
	brackets = bk_draft_brackets(again, &count);
	for (size_t i = 0; i < count; i++) {
		if (!brackets[i].brace && brackets[i].class == BK_CLASS_DISPUTED)
			fail_msg("in:\n%s\nagreed:\n%s", source, bytes);
	}
	bk_draft_free(again);
	bk_reading_free(reading);
}

static void assert_same_as_written(const bk_draft *draft, const struct bk_buf *source)
{
	uint8_t *decisions = calloc(source->len + 1, 1);
	bk_reading *reading;
	size_t len;

	for (int kind = 0; kind < 2; kind++) {
		assert_int_equal(bk_draft_read(draft, kind ? BK_READING_DECIDED : BK_READING_WRITTEN,
					 decisions, &reading),
			BK_OK);
		assert_memory_equal(bk_reading_bytes(reading, &len), bk_buf_string(source), source->len);
		assert_int_equal(len, source->len);
		bk_reading_free(reading);
	}
	free(decisions);
}

static void readings_hold_their_promises_on_any_text(void **state)
{
	(void)state;
	for (int round = 0; round < 2000; round++) {
		struct bk_buf buf = BK_BUF_INIT;
		bk_reading *reading;
		bk_draft *draft;

		make_text(&buf);
		draft = open_draft(buf.bytes, buf.len);
		assert_same_as_written(draft, &buf);
		assert_agreed_is_agreed(draft, buf.bytes);
		assert_int_equal(bk_draft_read(draft, BK_READING_CLEAN, NULL, &reading), BK_OK);
		assert_pieces(reading, buf.bytes);
		bk_reading_free(reading);
		bk_draft_free(draft);
		bk_buf_release(&buf);
	}
}

/* The bytes that a change may touch outside a bracket: blanks, marks, and one letter for its capital. */
static bool is_seam(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' ||
	       strchr(",;.:*_()\\>-", c) != NULL;
}

static void resolving_touches_only_the_bracket_and_its_seams(void **state)
{
	(void)state;
	for (int round = 0; round < 2000; round++) {
		struct bk_buf buf = BK_BUF_INIT;
		size_t count, n;
		bk_changes *changes;
		bk_draft *draft;
		const struct bk_bracket *brackets;
		const struct bk_change *list;
		uint32_t chosen;

		make_text(&buf);
		draft = open_draft(buf.bytes, buf.len);
		brackets = bk_draft_brackets(draft, &count);
		chosen = count ? (uint32_t)below(count) : 0;
		if (count && brackets[chosen].class == BK_CLASS_DISPUTED && brackets[chosen].group == 0 &&
			brackets[chosen].attribution_count == 0) {
			assert_int_equal(
				bk_draft_resolve(draft, chosen, BK_RESOLVE_DELETE, 0, &changes), BK_OK);
			list = bk_changes_list(changes, &n);
			for (size_t i = 0; i < n; i++) {
				size_t letters = 0;

				assert_true(i == 0 || list[i - 1].span.end < list[i].span.start);
				for (size_t at = list[i].span.start; at < list[i].span.end; at++) {
					if (at >= brackets[chosen].start && at < brackets[chosen].end)
						continue;
					letters += !is_seam(buf.bytes[at]);
				}
				/* a label that has lost its text, or a letter that becomes a capital */
				assert_true(letters <= 24);
			}
			bk_changes_free(changes);
		}
		bk_draft_free(draft);
		bk_buf_release(&buf);
	}
}

/* ---- One after the other, and all at once ------------------------------------------------------------ */

static void put_words(struct bk_buf *out, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (!bk_is_space(bytes[i]) && !strchr(".,;", bytes[i]))
			bk_buf_putc(out, bytes[i]);
	}
}

static bool accept_first(bk_text *text)
{
	bk_draft *draft;
	size_t count, n;
	const struct bk_bracket *brackets;
	bool found = false;

	assert_int_equal(bk_draft_new(&draft, bk_text_now(text), NULL), BK_OK);
	brackets = bk_draft_brackets(draft, &count);
	for (uint32_t i = 0; i < count && !found; i++) {
		bk_changes *changes;
		const struct bk_change *list;

		if (brackets[i].class != BK_CLASS_DISPUTED)
			continue;
		found = true;
		assert_int_equal(bk_draft_resolve(draft, i, BK_RESOLVE_ACCEPT, 0, &changes), BK_OK);
		list = bk_changes_list(changes, &n);
		assert_int_equal(bk_text_apply(text, list, n), BK_OK);
		bk_changes_free(changes);
	}
	bk_draft_free(draft);
	return found;
}

static void accepting_one_by_one_gives_the_words_of_clean(void **state)
{
	static const char *const texts[] = {"Parties [shall [all] act] [, in time,] on [x of y].\n",
		"1. [One [two]] three\n2. [Four;]\n\n[Five [six [seven eight]].]\n",
		"a [EU: b c] d [e f] (US) g [h i - AILAC] j", "[a b] of [c d] and *[e f]* with [g h]."};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct bk_buf clean = BK_BUF_INIT, accepted = BK_BUF_INIT;
		bk_draft *draft = open_draft(texts[i], strlen(texts[i]));
		bk_reading *reading;
		bk_text *text;
		const char *bytes;
		size_t len;

		assert_int_equal(bk_draft_read(draft, BK_READING_CLEAN, NULL, &reading), BK_OK);
		bytes = bk_reading_bytes(reading, &len);
		put_words(&clean, bytes, len);
		assert_int_equal(bk_text_new(&text, texts[i], strlen(texts[i])), BK_OK);
		while (accept_first(text))
			;
		assert_int_equal(bk_snapshot_flat(bk_text_now(text), &bytes, &len), BK_OK);
		put_words(&accepted, bytes, len);
		assert_string_equal(bk_buf_string(&accepted), bk_buf_string(&clean));
		bk_buf_release(&clean);
		bk_buf_release(&accepted);
		bk_reading_free(reading);
		bk_draft_free(draft);
		bk_text_free(text);
	}
}

static void on_failure_there_is_no_reading(void **state)
{
	static const char bytes[] = "1. Parties [shall] or [may] [, in time,] act.\n2. **Option 1:** [x y]\n";
	bk_draft *draft = open_draft(bytes, strlen(bytes));

	(void)state;
	for (int kind = BK_READING_WRITTEN; kind <= BK_READING_CLEAN; kind++) {
		for (size_t n = 0; n < 40; n++) {
			bk_reading *reading = NULL;
			int status;

			bk_alloc_fail_after(n);
			status = bk_draft_read(draft, (enum bk_reading_kind)kind, NULL, &reading);
			bk_alloc_fail_after(SIZE_MAX);
			assert_true(status == BK_OK ? reading != NULL : (status == BK_ENOMEM && !reading));
			bk_reading_free(reading);
		}
	}
	bk_draft_free(draft);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unattributed_keeps_brackets_and_drops_names),
		cmocka_unit_test(agreed_is_what_nobody_disputes),
		cmocka_unit_test(clean_is_as_if_all_were_accepted),
		cmocka_unit_test(no_text_is_no_words_but_of_an_option),
		cmocka_unit_test(words_stay_apart_however_many_brackets_part_them),
		cmocka_unit_test(a_figure_and_a_word_stay_apart),
		cmocka_unit_test(a_mark_behind_a_bracket_that_stays_stays),
		cmocka_unit_test(a_blank_line_stays_behind_a_line_that_ends_in_what_goes),
		cmocka_unit_test(a_header_that_is_all_a_bracket_says_stays),
		cmocka_unit_test(marks_stand_with_their_words),
		cmocka_unit_test(a_word_stays_apart_from_names_in_parentheses),
		cmocka_unit_test(the_header_of_an_option_goes_with_its_words),
		cmocka_unit_test(a_disputed_label_goes_with_its_words),
		cmocka_unit_test(a_proposed_label_leaves_what_others_label),
		cmocka_unit_test(a_paragraph_right_below_needs_no_label_that_goes),
		cmocka_unit_test(of_two_labels_in_a_line_each_goes_with_its_words),
		cmocka_unit_test(what_joins_two_choices_stays_where_both_do),
		cmocka_unit_test(lines_that_go_at_the_end_leave_no_blank_line),
		cmocka_unit_test(a_bracket_with_nothing_left_in_it_goes),
		cmocka_unit_test(the_mark_of_a_list_is_no_emphasis),
		cmocka_unit_test(decided_leaves_what_is_left),
		cmocka_unit_test(readings_hold_their_promises_on_any_text),
		cmocka_unit_test(resolving_touches_only_the_bracket_and_its_seams),
		cmocka_unit_test(accepting_one_by_one_gives_the_words_of_clean),
		cmocka_unit_test(on_failure_there_is_no_reading),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
