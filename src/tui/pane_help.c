/* Help: every command of the table that the screen can do, with its keys. */
#include "tui/act.h"
#include "tui/screen.h"

#include <string.h>

static void add_heading(struct bk_list *list, const char *group)
{
	for (int i = list->lines.len > 0 ? 0 : 1; i < 2; i++) {
		struct bk_line *const line = bk_list_add(list);
		if (line == NULL)
			return;
		line->passive = true;
		line->key = SIZE_MAX;
		bk_line_field(line, i == 1 ? group : "", 0, BK_ROLE_TITLE);
	}
}

static void add_line(
	struct bk_screen *screen, struct bk_list *list, const struct bk_command *command, size_t index)
{
	struct bk_buf keys = BK_BUF_INIT;
	bk_keymap_put_keys(&screen->keymap, command, &keys);
	struct bk_line *const line = bk_list_add(list);
	if (line == NULL)
		return;
	bk_line_field(line, bk_arena_dup(&list->arena, bk_buf_string(&keys), keys.len), 18, BK_ROLE_PARTY);
	bk_line_field(line, command->summary, 0, BK_ROLE_TEXT);
	bk_line_field_right(line, command->name, 22, BK_ROLE_DIM);
	bk_line_rank(line, 2);
	line->key = index;
	line->find = command->group;
	bk_buf_release(&keys);
}

/* Panes that have keys of their own. */
static const struct bk_pane *const panes[] = {&bk_pane_changes, &bk_pane_history, &bk_pane_life};

static size_t key_of(size_t line)
{
	return BK_NOWHERE - 1 - line;
}

static void add_pane(struct bk_list *list, const struct bk_pane *pane)
{
	add_heading(list, bk_arena_printf(&list->arena, "In %s", pane->title));
	for (const struct bk_pane_key *key = pane->keys; key->key != NULL; key++) {
		struct bk_line *const line = bk_list_add(list);
		if (line == NULL)
			return;
		bk_line_field(line, key->key, 18, BK_ROLE_PARTY);
		bk_line_field(line, key->summary, 0, BK_ROLE_TEXT);
		line->key = key_of(list->lines.len); /* no command's */
		line->find = pane->title;
	}
}

static void fill(struct bk_screen *screen, struct bk_list *list)
{
	const struct bk_command *command;
	const char *group = "";
	for (size_t i = 0; (command = bk_command_at(i)) != NULL; i++) {
		if (bk_act_find(command->name) == NULL)
			continue;
		if (strcmp(group, command->group) != 0)
			add_heading(list, command->group);
		group = command->group;
		add_line(screen, list, command, i);
	}
	for (size_t i = 0; i < sizeof panes / sizeof *panes; i++)
		add_pane(list, panes[i]);
}

/* Who asks in a pane asks about its keys. */
static size_t nearest(struct bk_screen *screen, size_t offset)
{
	const struct bk_list *const list = &screen->list;
	(void)offset;
	if (screen->left == NULL || screen->left->keys == NULL)
		return BK_NOWHERE;
	for (size_t i = 0; i < list->lines.len; i++)
		if (list->lines.items[i].find == screen->left->title)
			return list->lines.items[i].key;
	return BK_NOWHERE;
}

static void enter(struct bk_screen *screen, const struct bk_line *line)
{
	const struct bk_command *const command = bk_command_at(line->key);
	bk_pane_close(screen);
	if (command != NULL)
		bk_act_run(screen, command->name);
}

static int head(struct bk_screen *screen, struct bk_rect rect)
{
	static const char *const words[] = {
		"◆ blocks us  ● open  ✓ agreed  ! fault  n note  p placeholder  r reference",
		"F9 finds every command by a few letters.  Esc leaves whatever is open.",
	};
	int row = rect.row;
	for (size_t i = 0; i < 2; i++)
		row = bk_grid_put_words(&screen->grid,
			(struct bk_rect){rect.row, rect.col + 1, rect.rows, rect.cols - 2}, row, 0,
			bk_screen_style(screen, i == 0 ? BK_ROLE_TEXT : BK_ROLE_DIM), bk_str_of(words[i]));
	return row - rect.row + 1;
}

const struct bk_pane bk_pane_help = {
	.name = "help-pane",
	.title = "Help",
	.wide = true,
	.goes_back = true,
	.fill = fill,
	.nearest = nearest,
	.enter = enter,
	.head = head,
	.hints = "Enter do it   type to filter   Esc close",
};
