/* Keys: their names, and what terminals send for them. */
#include "tui/key.h"
#include "tui/key_sequence.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct bk_key parse(const char *name)
{
	struct bk_key key = {0};
	assert_true(bk_key_parse(name, strlen(name), &key));
	return key;
}

static void a_name_read_and_written_is_the_same(void **state)
{
	static const char *const names[] = {"Ctrl-S", "Alt-Up", "Ctrl-Shift-Home", "F10", "Alt-u", "Alt-U",
		"Ctrl-Space", "Enter", "Tab", "Esc", "Del", "PgUp", "Alt-.", "Alt-1", "Shift-Left", "é",
		"Alt-é", "Shift-F2"};
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char name[BK_KEY_NAME];
		bk_key_name(parse(names[i]), name);
		assert_string_equal(name, names[i]);
	}
}

static void case_matters_with_alt_but_not_with_ctrl(void **state)
{
	(void)state;
	assert_true(bk_key_equal(parse("Ctrl-s"), parse("ctrl-S")));
	assert_false(bk_key_equal(parse("Alt-u"), parse("Alt-U")));
	assert_true(bk_key_equal(parse("Alt-Shift-u"), parse("Alt-U")));
}

static void words_that_name_no_key_are_refused(void **state)
{
	static const char *const names[] = {"", "Ctrl-", "F0", "F25", "Hyper-x", "ab", "\x01", "\xff"};
	struct bk_key key;
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_false(bk_key_parse(names[i], strlen(names[i]), &key));
}

static void control_characters_are_the_keys_that_send_them(void **state)
{
	(void)state;
	assert_true(bk_key_equal(bk_key_of_control(0x13), parse("Ctrl-S")));
	assert_true(bk_key_equal(bk_key_of_control('\r'), parse("Enter")));
	assert_true(bk_key_equal(bk_key_of_control('\t'), parse("Tab")));
	assert_true(bk_key_equal(bk_key_of_control(0x1b), parse("Esc")));
	assert_true(bk_key_equal(bk_key_of_control(0x7f), parse("Backspace")));
	assert_true(bk_key_equal(bk_key_of_control(0), parse("Ctrl-Space")));
}

static const char *wanted;
static struct bk_key found;

static void look_for(const char *sequence, struct bk_key key, bool plain)
{
	(void)plain;
	if (strcmp(sequence, wanted) == 0)
		found = key;
}

static struct bk_key sequence(const char *bytes)
{
	wanted = bytes;
	found = (struct bk_key){0};
	bk_key_sequences(look_for);
	return found;
}

static void sequences_with_modifiers_are_known(void **state)
{
	(void)state;
	assert_true(bk_key_equal(sequence("\033[1;3A"), parse("Alt-Up")));
	assert_true(bk_key_equal(sequence("\033[1;5C"), parse("Ctrl-Right")));
	assert_true(bk_key_equal(sequence("\033[1;2D"), parse("Shift-Left")));
	assert_true(bk_key_equal(sequence("\033[1;6H"), parse("Ctrl-Shift-Home")));
	assert_true(bk_key_equal(sequence("\033[3;5~"), parse("Ctrl-Del")));
	assert_true(bk_key_equal(sequence("\033[5~"), parse("PgUp")));
}

/* The step that the last of the characters behind ESC came to; all others must have been MORE. */
static enum bk_sequence_step take(struct bk_sequence *sequence, const char *bytes)
{
	enum bk_sequence_step step = BK_SEQUENCE_MORE;
	assert_true(bk_sequence_begins((unsigned char)*bytes));
	bk_sequence_begin(sequence, (unsigned char)*bytes);
	for (const char *at = bytes + 1; *at; at++) {
		assert_int_equal(step, BK_SEQUENCE_MORE);
		step = bk_sequence_take(sequence, (unsigned char)*at);
	}
	return step;
}

static void a_sequence_that_names_a_key_is_that_key(void **state)
{
	static const char *const keys[][2] = {{"[27;5;97~", "Ctrl-A"}, {"[27;6;83~", "Ctrl-S"},
		{"[97;5u", "Ctrl-A"}, {"[97;3u", "Alt-a"}, {"[117;4u", "Alt-U"}, {"[117:85;4u", "Alt-U"},
		{"[97u", "a"}, {"[97;2u", "A"}, {"[233;1u", "é"}, {"[32;5u", "Ctrl-Space"},
		{"[13;2u", "Enter"}, {"[9;2u", "Shift-Tab"}, {"[27u", "Esc"}, {"[127;3u", "Alt-Backspace"},
		{"[97;5:1u", "Ctrl-A"}, {"[Z", "Shift-Tab"}, {"[1;2Z", "Shift-Tab"}, {"[1;3A", "Alt-Up"},
		{"[1;69C", "Ctrl-Right"}, {"[A", "Up"}, {"[3;5~", "Ctrl-Del"}, {"[15~", "F5"},
		{"[7~", "Home"}, {"OA", "Up"}, {"OP", "F1"}, {"OM", "Enter"}, {"Op", "0"}, {"Ok", "+"}};
	(void)state;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		struct bk_sequence sequence;
		struct bk_key key = {0};
		char name[BK_KEY_NAME];
		assert_int_equal(take(&sequence, keys[i][0]), BK_SEQUENCE_WHOLE);
		assert_true(bk_sequence_key(&sequence, &key));
		bk_key_name(key, name);
		assert_string_equal(name, keys[i][1]);
	}
}

static void a_sequence_that_names_none_is_taken_to_its_end(void **state)
{
	static const char *const sequences[] = {"[?1;2c", "[>0;276;0c", "[24;80R", "[0n", "[?2026;2$y", "[O",
		"[97;5:3u", "[57358;5u", "[97;9u", "[1;2;3;4;5;6;7A", "[99999999999u", "[200~", "[[A",
		"[55296u", "O5$", "[1 q", "P>|term 1.0\033\\", "P1$r0m\033\\", "]11;rgb:ffff/ffff/ffff\a",
		"]10;?\033\\", "_Gi=31;OK\033\\"};
	(void)state;
	for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) {
		struct bk_sequence sequence;
		struct bk_key key;
		assert_int_equal(take(&sequence, sequences[i]), BK_SEQUENCE_WHOLE);
		assert_false(bk_sequence_key(&sequence, &key));
	}
}

static void what_cannot_go_on_is_no_part_of_a_sequence(void **state)
{
	static const char *const sequences[] = {
		"[\001", "[1;\033", "[\303", "O\r", "Pa", "]a", "_a", "]11;\r", "]0;x\033["};
	struct bk_sequence sequence;
	(void)state;
	for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++)
		assert_int_equal(take(&sequence, sequences[i]), BK_SEQUENCE_BROKEN);
	assert_int_equal(take(&sequence, "[<"), BK_SEQUENCE_MOUSE);
	assert_int_equal(take(&sequence, "[M"), BK_SEQUENCE_MOUSE);
	assert_int_equal(take(&sequence, "[1M"), BK_SEQUENCE_WHOLE);
	assert_false(bk_sequence_begins('a'));
}

static void only_plain_characters_are_typed(void **state)
{
	(void)state;
	assert_true(bk_key_is_text(parse("a")));
	assert_true(bk_key_is_text(parse("é")));
	assert_true(bk_key_is_text(parse("Space")));
	assert_false(bk_key_is_text(parse("Alt-a")));
	assert_false(bk_key_is_text(parse("Ctrl-a")));
	assert_false(bk_key_is_text(parse("Enter")));
	assert_false(bk_key_is_text(parse("F1")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_read_and_written_is_the_same),
		cmocka_unit_test(case_matters_with_alt_but_not_with_ctrl),
		cmocka_unit_test(words_that_name_no_key_are_refused),
		cmocka_unit_test(control_characters_are_the_keys_that_send_them),
		cmocka_unit_test(sequences_with_modifiers_are_known),
		cmocka_unit_test(a_sequence_that_names_a_key_is_that_key),
		cmocka_unit_test(a_sequence_that_names_none_is_taken_to_its_end),
		cmocka_unit_test(what_cannot_go_on_is_no_part_of_a_sequence),
		cmocka_unit_test(only_plain_characters_are_typed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
