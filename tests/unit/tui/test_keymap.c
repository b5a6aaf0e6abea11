/* Every command of the screen has an act, every key one command. */
#include "tui/keymap.h"

#include "app/command.h"
#include "tui/act.h"

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

static void every_command_of_the_screen_has_an_act(void **state)
{
	(void)state;
	for (size_t i = 0; bk_screen_commands[i].name != NULL; i++)
		assert_non_null(bk_act_find(bk_screen_commands[i].name));
}

static void every_act_is_a_command(void **state)
{
	static const struct bk_screen_act *const tables[] = {
		bk_acts_move, bk_acts_edit, bk_acts_bracket, bk_acts_position, bk_acts_file, bk_acts_show};
	(void)state;
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		for (const struct bk_screen_act *act = tables[i]; act->name != NULL; act++)
			assert_non_null(bk_command_find(act->name));
}

static void no_two_commands_share_a_key(void **state)
{
	struct bk_keymap keymap;
	size_t keys = 0;
	(void)state;
	assert_int_equal(bk_keymap_init(&keymap, false), BK_OK);
	for (size_t i = 0; bk_screen_commands[i].name != NULL; i++)
		for (const char *at = bk_screen_commands[i].key; at != NULL && *at != '\0';
			at += strspn(at, " ")) {
			keys++;
			at += strcspn(at, " ");
		}
	assert_int_equal(keymap.bindings.len, keys);
	bk_keymap_release(&keymap);
}

static void a_setting_moves_a_command_to_other_keys(void **state)
{
	struct bk_keymap keymap;
	struct bk_key key;
	(void)state;
	assert_int_equal(bk_keymap_init(&keymap, false), BK_OK);
	assert_string_equal(bk_keymap_find(&keymap, parse("Ctrl-N"))->name, "next-open");
	assert_int_equal(bk_keymap_set(&keymap, "next-open", "F5 Alt-j"), BK_OK);
	assert_null(bk_keymap_find(&keymap, parse("Ctrl-N")));
	assert_string_equal(bk_keymap_find(&keymap, parse("Alt-j"))->name, "next-open");
	assert_int_equal(bk_keymap_set(&keymap, "next-open", ""), BK_OK);
	assert_false(bk_keymap_key_of(&keymap, "next-open", &key));
	assert_int_equal(bk_keymap_set(&keymap, "no-such", "F5"), BK_ENOTFOUND);
	assert_int_equal(bk_keymap_set(&keymap, "undo", "Hyper-x"), BK_EINVAL);
	bk_keymap_release(&keymap);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_of_the_screen_has_an_act),
		cmocka_unit_test(every_act_is_a_command),
		cmocka_unit_test(no_two_commands_share_a_key),
		cmocka_unit_test(a_setting_moves_a_command_to_other_keys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
