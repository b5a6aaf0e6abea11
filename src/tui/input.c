/* Inputs and where they go. */
#include "tui/input.h"

#include "tui/act.h"
#include "tui/clock.h"
#include "tui/rows.h"
#include "tui/screen.h"

#include <string.h>

/* Keys that belong to a list while one is open, whether it uses them or not. */
static bool belongs_to_list(struct bk_key key)
{
	if (key.mods == BK_MOD_ALT || key.mods == BK_MOD_CTRL)
		return key.code >= BK_KEY_ENTER && key.code < BK_KEY_F1;
	return key.code < BK_KEY_F1 || key.mods != 0;
}

/* Changing words needs the text before one's eyes; a bracket that the chosen line is about can be acted on. */
static bool acts_on_pane(struct bk_screen *screen, const struct bk_command *command)
{
	static const char *const always[] = {
		"undo", "redo", "earlier", "later", "copy", "find-text", "replace-text"};
	const struct bk_line *const chosen = bk_list_chosen(screen);
	const char *const group = command->group;
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		if (strcmp(command->name, always[i]) == 0)
			return true;
	if (strcmp(group, BK_GROUP_BRACKETS) == 0 || strcmp(group, BK_GROUP_POSITIONS) == 0)
		return chosen != NULL && chosen->offset != BK_NOWHERE;
	return strcmp(group, BK_GROUP_EDITING) != 0 && strcmp(group, BK_GROUP_SELECTING) != 0;
}

/* Esc leaves what there is to leave; where there is nothing it stands for Alt, which some terminals keep. */
static void take_escape(struct bk_screen *screen, bool again)
{
	const struct bk_view *const view = bk_desk_view(bk_screen_desk(screen));
	if (bk_screen_desk(screen)->reading != NULL) {
		bk_act_run(screen, "leave-reading");
	} else if (view->anchor != BK_NOWHERE || view->select || screen->find.active) {
		bk_act_run(screen, "unselect");
	} else if (screen->side_asked && screen->side && screen->grid.cols < BK_SIDE_FROM) {
		bk_act_run(screen, "position-pane");
	} else if (!again) {
		screen->meta = true;
		bk_screen_say(screen, "Esc: the next key counts as with Alt; Esc once more forgets it");
	}
}

/* A key behind an Esc that left nothing: with Alt where that means something, else as it is; a letter with Alt that
 * means nothing must not be typed, and is told. */
static struct bk_key after_escape(struct bk_screen *screen, struct bk_key key)
{
	struct bk_key with_alt = key;
	char name[BK_KEY_NAME];
	with_alt.mods |= BK_MOD_ALT;
	if (key.code == BK_KEY_ESCAPE || (key.mods & ~BK_MOD_SHIFT) != 0)
		return key;
	if (bk_keymap_find(&screen->keymap, with_alt) != NULL || screen->prompt.active ||
		screen->pane != NULL)
		return with_alt;
	if (!bk_key_is_text(key))
		return key;
	bk_key_name(with_alt, name);
	bk_screen_complain(screen, "Esc made this %s, which does nothing: type on", name);
	return with_alt;
}

/* Somebody who presses one waits for something to happen. */
static void tell_of_nothing(struct bk_screen *screen, struct bk_key key)
{
	char name[BK_KEY_NAME];
	if (key.code < BK_KEY_F1)
		return;
	bk_key_name(key, name);
	bk_screen_say(screen, "%s does nothing here; F1 lists what each key does", name);
}

static void take_key(struct bk_screen *screen, struct bk_key key)
{
	const bool meta = screen->meta;
	bk_buf_clear(&screen->message);
	screen->meta = false;
	if (meta)
		key = after_escape(screen, key);
	bk_pane_sync(screen);
	if (screen->prompt.active && bk_prompt_key(screen, key))
		return;
	if (screen->pane != NULL && (bk_list_key(screen, key) || belongs_to_list(key)))
		return;
	if (screen->pane == NULL && bk_vi_key(screen, key))
		return;
	const struct bk_command *const command = bk_keymap_find(&screen->keymap, key);
	if (command != NULL && screen->pane != NULL && strcmp(command->name, "paste") == 0) {
		bk_list_paste(screen, bk_buf_str(&screen->clipboard));
		return;
	}
	if (command != NULL && screen->pane != NULL && !acts_on_pane(screen, command))
		return;
	if (command != NULL && bk_act_run(screen, command->name))
		return;
	if (key.code == BK_KEY_ESCAPE && key.mods == 0)
		take_escape(screen, meta);
	else if (bk_key_is_text(key))
		bk_act_type(screen, key.code);
	else if (command == NULL)
		tell_of_nothing(screen, key);
}

static bool in_rect(struct bk_rect rect, int row, int col)
{
	return row >= rect.row && row < rect.row + rect.rows && col >= rect.col && col < rect.col + rect.cols;
}

/* The mark of a fold stands left of its row, as that of others would. */
static bool take_fold_click(struct bk_screen *screen, const struct bk_input *input)
{
	const struct bk_rect text = screen->text_rect;
	const struct bk_rect marks = {text.row, text.col - 1, text.rows, 1};
	if (!in_rect(marks, input->row, input->col) || (screen->pane != NULL && screen->pane->wide))
		return false;
	if (!input->drag)
		bk_act_fold_row(screen, bk_screen_offset_at(screen, input->row, text.col));
	return true;
}

static void take_click(struct bk_screen *screen, const struct bk_input *input)
{
	if (input->row == screen->grid.rows - 1) {
		for (int i = 0; i < screen->button_count && !input->drag; i++)
			if (input->col >= screen->buttons[i].col && input->col < screen->buttons[i].end) {
				take_key(screen, screen->buttons[i].key);
				return;
			}
		return;
	}
	if (screen->prompt.active)
		return;
	if (screen->pane != NULL && in_rect(screen->pane_rect, input->row, input->col)) {
		if (!input->drag)
			bk_list_click(screen, input->row);
		return;
	}
	if (take_fold_click(screen, input) || !in_rect(screen->text_rect, input->row, input->col) ||
		(screen->pane != NULL && screen->pane->wide))
		return;
	const size_t at = bk_screen_offset_at(screen, input->row, input->col);
	/* A button let go elsewhere than it was pressed has selected what lies between. */
	if (!input->drag)
		bk_screen_go(screen, at, false);
	else if (at != bk_desk_view(bk_screen_desk(screen))->cursor)
		bk_screen_go(screen, at, true);
}

static void take_paste(struct bk_screen *screen, struct bk_str text)
{
	bk_buf_clear(&screen->message);
	screen->meta = false;
	if (screen->prompt.active && bk_prompt_paste(screen, text))
		return;
	if (screen->pane != NULL)
		bk_list_paste(screen, text);
	else
		bk_act_paste(screen, text.ptr, text.len);
}

/* What cannot be kept is the last message: it is told when the terminal is given back. */
static void take_signal(struct bk_screen *screen, int number)
{
	bk_buf_clear(&screen->message);
	for (size_t i = 0; i < screen->desks.len; i++) {
		bk_desk_keep_place(screen->desks.items[i], true);
		if (screen->desks.items[i]->session->journal != NULL)
			bk_screen_report(screen, bk_journal_flush(screen->desks.items[i]->session->journal));
	}
	screen->quit = true;
	screen->exit_status = 128 + number;
}

static void take_wheel(struct bk_screen *screen, int rows)
{
	if (screen->pane != NULL)
		bk_list_move(screen, rows);
	else if (!screen->prompt.active)
		bk_screen_scroll(screen, rows);
}

void bk_input_take(struct bk_screen *screen, const struct bk_input *input)
{
	if (input->kind == BK_INPUT_PASTE || input->kind == BK_INPUT_KEY)
		screen->typed = bk_now_ms();
	switch (input->kind) {
	case BK_INPUT_KEY: take_key(screen, input->key); break;
	case BK_INPUT_PASTE: take_paste(screen, input->text); break;
	case BK_INPUT_CLICK: take_click(screen, input); break;
	case BK_INPUT_WHEEL: take_wheel(screen, input->amount); break;
	case BK_INPUT_FOCUS:
		screen->meta = false;
		bk_act_look_at_disk(screen);
		break;
	case BK_INPUT_SIGNAL: take_signal(screen, input->signal); break;
	default: break;
	}
	/* Keys that come before the next drawing must find the cursor where it can be seen. */
	if (screen->desks.len > 0)
		bk_rows_reveal(screen);
}
