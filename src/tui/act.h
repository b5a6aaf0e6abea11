/*
 * Acts: what the commands of the table do on the screen, found by the command's name.  Adding one is a line in
 * app/command_screen.c and one in a table of act_*.c.
 */
#ifndef BRACKED_TUI_ACT_H
#define BRACKED_TUI_ACT_H

#include <bracked/draft.h>
#include <stdbool.h>
#include <stddef.h>

struct bk_screen;
struct bk_desk;

struct bk_screen_act {
	const char *name; /* of the command */
	void (*run)(struct bk_screen *screen, int argument);
	int argument;
};

/* Each table ends with a name of NULL. */
extern const struct bk_screen_act bk_acts_move[], bk_acts_edit[], bk_acts_bracket[], bk_acts_position[],
	bk_acts_file[], bk_acts_save[], bk_acts_fold[], bk_acts_show[], bk_acts_streamline[];

/* The act of a command, or NULL when the screen has none. */
const struct bk_screen_act *bk_act_find(const char *name);
/* Do what a command says; false when the screen cannot. */
bool bk_act_run(struct bk_screen *screen, const char *name);

/* Take in and tell what came of saving; ask what a person has to decide. */
void bk_act_take_saved(struct bk_screen *screen);
/* Write the file, and when that is done leave the draft: on closing it, and as an act of its own. */
void bk_act_write_and_leave(struct bk_screen *screen);
/* Ask for the note of a revision, and leave the draft once that is saved (act_save.c). */
void bk_act_save_and_leave(struct bk_screen *screen);
void bk_act_close_written(struct bk_screen *screen);
/* Leave the draft, or all, as the question on closing does when one discards. */
void bk_act_close_discarded(struct bk_screen *screen, bool all);
/* Write to another file and go on there; name is trimmed (act_save.c). */
void bk_act_write_as(struct bk_screen *screen, const char *name);
/* Close the draft that is shown, and go on closing all when that was asked. */
void bk_act_leave_on(struct bk_screen *screen);
/* What is due when the draft's file may have been changed by others. */
void bk_act_look_at_disk(struct bk_screen *screen);
/* A draft has just been opened: tell of a journal with unsaved changes, and of what is odd. */
void bk_act_greet(struct bk_screen *screen);
/* Put an offset of the bracket that the acts are about into *out: the draft is fresh.  False: complained. */
bool bk_act_here(struct bk_screen *screen, unsigned *out);
/* Apply changes made from the fresh draft, as one step, and say what was done: "accepted".  The cursor goes to where
 * the first one was. */
int bk_act_make(struct bk_screen *screen, const bk_changes *changes, const char *what);
/* Insert what was typed or pasted in place of the selection. */
void bk_act_type(struct bk_screen *screen, unsigned code);
void bk_act_paste(struct bk_screen *screen, const char *bytes, size_t len);
/* Fold or unfold what begins in the row that holds offset; nothing when nothing does. */
void bk_act_fold_row(struct bk_screen *screen, size_t offset);
/* The menu (menu.c). */
void bk_menu_open(struct bk_screen *screen);

#endif
