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
		cmocka_unit_test(only_plain_characters_are_typed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
