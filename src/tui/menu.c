/* The menu: every command of the table that the screen can do, found by a few letters, keys shown. */
#include "tui/act.h"
#include "tui/screen.h"

#include <limits.h>

#define COMMAND_LINE "bracked "

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

static bool names(const struct bk_command *command, struct bk_str typed)
{
	return command->run != NULL && bk_act_find(command->name) == NULL &&
	       bk_str_starts_nocase(bk_str_of(command->name), typed);
}

/* What only the command line does is told, behind what is named likewise here. */
static void offer_command_line(struct bk_screen *screen, struct bk_str typed)
{
	const struct bk_command *command;
	const struct bk_prompt *const prompt = &screen->prompt;
	const bool here = prompt->offers.len > 0 &&
			  bk_str_starts_nocase(bk_str_of(prompt->offers.items[0].value), typed);
	const long most = here ? prompt->offers.items[0].score - 1 : LONG_MAX;
	for (size_t i = 0; typed.len > 1 && (command = bk_command_at(i)) != NULL; i++) {
		if (!names(command, typed))
			continue;
		const long score = bk_fuzzy_score(typed, bk_str_of(command->name)) * 2;
		struct bk_buf value = BK_BUF_INIT;
		bk_buf_printf(&value, COMMAND_LINE "%s", command->name);
		bk_prompt_offer(screen, bk_buf_string(&value), command->summary, "on the command line",
			score < most ? score : most);
		bk_buf_release(&value);
	}
}

static void offer_all(struct bk_screen *screen, struct bk_str typed)
{
	offer(screen, typed);
	offer_command_line(screen, typed);
}

static void picked(struct bk_screen *screen, struct bk_str answer)
{
	const struct bk_command *const command = bk_command_find(answer.ptr);
	if (bk_str_starts(answer, BK_STR(COMMAND_LINE)))
		bk_screen_complain(screen, "%.*s on the command line does this", (int)answer.len, answer.ptr);
	else if (command == NULL || !bk_act_run(screen, command->name))
		bk_screen_complain(screen, "no command '%.*s': F1 lists all", (int)answer.len, answer.ptr);
}

void bk_menu_open(struct bk_screen *screen)
{
	bk_prompt_ask(screen, &(struct bk_question){
				      .label = "command:",
				      .offer = offer_all,
				      .answer = picked,
				      .pick = true,
				      .only = true,
				      .hints = "Enter do it   Up/Down choose   type a few letters of what "
					       "you want   Esc cancel",
			      });
}
