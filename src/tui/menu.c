/* The menu: every command of the table that the screen can do, found by a few letters, keys shown. */
#include "tui/act.h"
#include "tui/screen.h"

static void offer(struct bk_screen *screen, struct bk_str typed)
{
	const struct bk_command *command;
	for (size_t i = 0; (command = bk_command_at(i)) != NULL; i++) {
		if (!command->menu || bk_act_find(command->name) == NULL)
			continue;
		const long name = bk_fuzzy_score(typed, bk_str_of(command->name));
		const long words = bk_fuzzy_score(typed, bk_str_of(command->summary));
		if (name < 0 && words < 0)
			continue;
		struct bk_buf keys = BK_BUF_INIT;
		bk_keymap_put_keys(&screen->keymap, command, &keys);
		const long score = name * 2 > words ? name * 2 : words;
		bk_prompt_offer(screen, command->name, command->summary, bk_buf_string(&keys), score);
		bk_buf_release(&keys);
	}
}

static void picked(struct bk_screen *screen, struct bk_str answer)
{
	const struct bk_command *const command = bk_command_find(answer.ptr);
	if (command == NULL || !bk_act_run(screen, command->name))
		bk_screen_complain(screen, "no command '%.*s': F1 lists all", (int)answer.len, answer.ptr);
}

void bk_menu_open(struct bk_screen *screen)
{
	bk_prompt_ask(screen, &(struct bk_question){
				      .label = "command:",
				      .offer = offer,
				      .answer = picked,
				      .pick = true,
				      .hints = "Enter do it   Up/Down choose   type a few letters of what "
					       "you want   Esc cancel",
			      });
}
