/*
 * Labels: which bytes are one, what it is called, its numbers and its order.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "draft/label.h"

#include <stdio.h>

static void assert_label(const char *text, const char *name, size_t len)
{
	struct bk_label label;

	if (!bk_label_parse(bk_str_of(text), &label))
		fail_msg("no label: %s", text);
	if (label.name_len != strlen(name) || memcmp(text, name, label.name_len) != 0)
		fail_msg("%s: called '%.*s'", text, (int)label.name_len, text);
	assert_int_equal(label.len, len);
}

static void assert_none(const char *text)
{
	struct bk_label label;

	if (bk_label_parse(bk_str_of(text), &label))
		fail_msg("a label: %s", text);
}

static void numbers_letters_and_numerals_are_labels(void **state)
{
	(void)state;
	assert_label("12. Text", "12", 3);
	assert_label("12.", "12", 3);
	assert_label("1.[Text", "1", 2);
	assert_label("3.1 Text", "3.1", 3);
	assert_label("3.1.2. Text", "3.1.2", 6);
	assert_label("(a) text", "(a)", 3);
	assert_label("a) text", "a)", 2);
	assert_label("a. text", "a", 2);
	assert_label("aa.\t[text]", "aa", 3);
	assert_label("(iv) text", "(iv)", 4);
	assert_label("iv. text", "iv", 3);
	assert_label("PP2 Recalling", "PP2", 3);
	assert_label("OP14. Decides", "OP14", 5);
	assert_label("OP 4 bis. Text", "OP 4 bis", 9);
	assert_label("3.x[^4] Text", "3.x", 3);
	assert_label("3.3: Each", "3.3", 4);
	assert_label("(17bis) [Its", "(17bis)", 7);
}

static void every_latin_suffix_is_read_behind_a_number(void **state)
{
	const char *const suffixes[] = {"bis", "ter", "quater", "quinquies", "sexies", "septies", "octies",
		"nonies", "novies", "decies", "undecies", "duodecies", "terdecies", "ses", "sept", "alt",
		"supra"};

	(void)state;
	for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
		char text[32], name[32];

		snprintf(text, sizeof text, "3 %s. Text", suffixes[i]);
		snprintf(name, sizeof name, "3 %s", suffixes[i]);
		assert_label(text, name, strlen(name) + 1);
		text[2] = (char)(text[2] - 'a' + 'A');
		name[2] = (char)(name[2] - 'a' + 'A');
		assert_label(text, name, strlen(name) + 1);
	}
}

static void suffixes_stand_with_or_without_blank_dot_or_brackets(void **state)
{
	(void)state;
	assert_label("3bis. Text", "3bis", 5);
	assert_label("3 bis. Text", "3 bis", 6);
	assert_label("3.bis Text", "3.bis", 5);
	assert_label("3bis [Text", "3bis", 4);
	assert_label("(b) bis text", "(b) bis", 7);
	assert_label("(b bis) text", "(b bis)", 7);
	assert_label("3[bis]. Text", "3[bis]", 7);
	assert_label("3.3bis Alt Each", "3.3bis Alt", 10);
	assert_label("18ter.1 Text", "18ter.1", 7);
	assert_label("OP10 bis alt Text", "OP10 bis alt", 12);
	assert_label("7 alt bis.", "7 alt bis", 10);
	assert_label("b) alt: text", "b) alt", 7);
	assert_label("4 supra. Text", "4 supra", 8);
	assert_label("4 terdecies. Text", "4 terdecies", 12);
	assert_label("4 ses. Text", "4 ses", 6);
	assert_label("OP2 bis 3. Text", "OP2 bis 3", 10);
	assert_label("OP1 bis Alt 2. Text", "OP1 bis Alt 2", 14);
	assert_label("OP3 bis.16 The", "OP3 bis", 8);
	assert_label("OP1.c. alt. Text", "OP1.c. alt", 11);
}

static void disputed_labels_are_labels(void **state)
{
	struct bk_label label;

	(void)state;
	assert_label("[1][3]. Text", "[1][3]", 7);
	assert_label("[1][3][5]. Text", "[1][3][5]", 10);
	assert_label("[b][c.] Text", "[b][c.]", 7);
	assert_label("[3.] Text", "[3.]", 4);
	assert_label("OP [6][5] c bis. Text", "OP [6][5] c bis", 16);
	assert_true(bk_label_parse(bk_str_of("[1][3]. Text"), &label));
	assert_true(label.disputed);
	assert_none("[1] text");
	assert_none("[shall][should] act");
	assert_none("[50] per cent");
}

static void prose_is_no_label(void **state)
{
	static const char *const prose[] = {"", "12", "2023. The committee", "1.5 °C above",
		"3.1 of the Convention", "e.g. this", "i.e. that", "in. the", "30 per cent", "mix. of",
		"U.S. text", "a text", "A text", "I am", "(see x) y", "(EU) text", "(2015) text", "bis. text",
		"alt. text", "2 UNEP/PP/INC.3/INF/1.", "OPERA. x"};

	(void)state;
	for (size_t i = 0; i < sizeof prose / sizeof *prose; i++)
		assert_none(prose[i]);
}

static void labels_in_other_scripts_are_read(void **state)
{
	(void)state;
	assert_label("а) текст", "а)", 3);
	assert_label("б. текст", "б", 3);
	assert_label("（一）文本", "（一）", 9);
	assert_label("一、文本", "一", 6);
	assert_label("１．文本", "１", 6);
	assert_label("(أ) نص", "(أ)", 4);
	assert_label("٣. نص", "٣", 3);
	assert_label("α) κείμενο", "α)", 3);
}

static bool follows(const char *last, const char *next)
{
	struct bk_label a, b;

	assert_true(bk_label_parse(bk_str_of(last), &a));
	assert_true(bk_label_parse(bk_str_of(next), &b));
	return bk_label_follows(&a, &b);
}

static void what_follows_a_label_is_known(void **state)
{
	(void)state;
	assert_true(follows("3. x", "4. x"));
	assert_true(follows("3. x", "3bis. x"));
	assert_true(follows("3bis. x", "3ter. x"));
	assert_true(follows("3ter. x", "4. x"));
	assert_true(follows("3.1. x", "3.2. x"));
	assert_true(follows("3. x", "3.1. x"));
	assert_true(follows("(z) x", "(aa) x"));
	assert_true(follows("OP1. x", "OP1 Alt. x"));
	assert_true(follows("OP1 Alt. x", "OP1 Alt 2. x"));
	assert_false(follows("3. x", "5. x"));
	assert_false(follows("3. x", "3. x"));
	assert_false(follows("3ter. x", "3bis. x"));
	assert_false(follows("4. x", "3. x"));
	assert_false(follows("3.1. x", "4.2. x"));
}

static void a_lone_letter_can_be_a_numeral(void **state)
{
	struct bk_label label;

	(void)state;
	assert_true(bk_label_parse(bk_str_of("(v) x"), &label));
	assert_int_equal(label.parts[0], 22);
	assert_true(bk_label_as_roman(&label));
	assert_int_equal(label.parts[0], 5);
	assert_int_equal(label.style, BK_LABEL_ROMAN);
	assert_true(bk_label_parse(bk_str_of("(b) x"), &label));
	assert_false(bk_label_as_roman(&label));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_letters_and_numerals_are_labels),
		cmocka_unit_test(every_latin_suffix_is_read_behind_a_number),
		cmocka_unit_test(suffixes_stand_with_or_without_blank_dot_or_brackets),
		cmocka_unit_test(disputed_labels_are_labels),
		cmocka_unit_test(prose_is_no_label),
		cmocka_unit_test(labels_in_other_scripts_are_read),
		cmocka_unit_test(what_follows_a_label_is_known),
		cmocka_unit_test(a_lone_letter_can_be_a_numeral),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
