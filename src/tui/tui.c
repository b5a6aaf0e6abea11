/*
 * The screen: opening it, the loop, closing it.
 *
 *	first drawing (bytes alone) -> settings, roster, ledger -> loop: background work, input, drawing
 */
#include "tui/tui.h"

#include "app/args.h"
#include "app/output.h"
#include "base/alloc.h"
#include "base/error.h"
#include "tui/act.h"
#include "tui/clock.h"
#include "tui/input.h"
#include "tui/last_theme.h"
#include "tui/screen.h"
#include "tui/signals.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	LOOK_EVERY = 2000,    /* milliseconds between looks at the file */
	ASK_EVERY = 200,      /* while a question waits for a pause in typing */
	PART = 2,	      /* of sorting and filtering a long list, between looks for keys */
	LONGEST_WAIT = 60000, /* for background work, in scripts */
};

/* ---- Settings ---- */

static const char *default_theme(void)
{
	const char *const no_color = getenv("NO_COLOR");
	const char *const colours = getenv("COLORFGBG");
	if (no_color != NULL && *no_color != '\0')
		return "mono";
	/* rxvt, Konsole and others say "15;0": the last is the background. */
	const char *const last = colours != NULL ? strrchr(colours, ';') : NULL;
	return last != NULL && (strcmp(last, ";7") == 0 || strcmp(last, ";15") == 0) ? "light" : "dark";
}

/* False, and told, when there is none of that name. */
static bool use_theme(struct bk_screen *screen, const char *name)
{
	const char *const no_color = getenv("NO_COLOR");
	if (no_color != NULL && *no_color != '\0')
		name = "mono";
	if (bk_theme_make(&screen->theme, name, screen->terminal->colours) == BK_OK)
		return true;
	bk_screen_complain(screen, "%s", bk_error_message());
	bk_theme_make(&screen->theme, default_theme(), screen->terminal->colours);
	return false;
}

/* For the first screen: that of last time is likely the one that the settings will name. */
static void use_last_theme(struct bk_screen *screen)
{
	char name[BK_LAST_THEME];
	const bool plain = strcmp(default_theme(), "mono") == 0 || screen->terminal->script;
	if (plain || !bk_last_theme(screen->invocation->session.state_folder, name) ||
		bk_theme_make(&screen->theme, name, screen->terminal->colours) < 0)
		bk_theme_make(&screen->theme, default_theme(), screen->terminal->colours);
}

/* What is the default needs no keeping, unless another was kept. */
static void keep_theme(const struct bk_screen *screen, const char *name)
{
	const char *const folder = screen->invocation->session.state_folder;
	char before[BK_LAST_THEME];
	if (!screen->terminal->script &&
		(strcmp(name, default_theme()) != 0 || bk_last_theme(folder, before)))
		bk_last_theme_keep(folder, name);
}

static void set_key(struct bk_screen *screen, const char *name, size_t name_len, const char *keys)
{
	char command[64];
	snprintf(command, sizeof command, "%.*s", (int)(name_len < 63 ? name_len : 63), name);
	bk_screen_report(screen, bk_keymap_set(&screen->keymap, command, keys));
}

/* bracked.key.NAME, from git's configuration and from -c. */
static void use_keys(struct bk_screen *screen, const struct bk_session *session)
{
	static const char prefix[] = "bracked.key.";
	size_t count = 0;
	const struct bk_setting *const list =
		session->person != NULL ? bk_settings_list(session->person, &count) : NULL;
	for (size_t i = 0; i < count; i++)
		if (strncmp(list[i].name, prefix, sizeof prefix - 1) == 0)
			set_key(screen, list[i].name + sizeof prefix - 1, SIZE_MAX, list[i].value);
	const char *const *config = session->options.config;
	for (; config != NULL && *config != NULL; config++) {
		const char *const equals = strchr(*config, '=');
		if (equals != NULL && strncmp(*config, prefix, sizeof prefix - 1) == 0)
			set_key(screen, *config + sizeof prefix - 1,
				(size_t)(equals - *config) - (sizeof prefix - 1), equals + 1);
	}
}

/* As git says no. */
static bool is_no(const char *value)
{
	static const char *const words[] = {"false", "no", "off", "0", ""};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (bk_str_equal_nocase(bk_str_of(value), bk_str_of(words[i])))
			return true;
	return false;
}

static void use_settings(struct bk_screen *screen)
{
	const struct bk_session *const session = bk_screen_desk(screen)->session;
	const bool vi = strcmp(bk_session_config(session, "bracked.keys", "plain"), "vi") == 0;
	const char *const theme = bk_session_config(session, "bracked.theme", default_theme());
	if (use_theme(screen, theme))
		keep_theme(screen, theme);
	screen->bidi =
		screen->terminal->script
			? BK_BIDI_OWN
			: bk_bidi_mode(bk_session_config(session, "bracked.bidi", "auto"), getenv("TERM"),
				  getenv("TERM_PROGRAM"), getenv("VTE_VERSION"), getenv("KONSOLE_VERSION"));
	bk_keymap_release(&screen->keymap);
	bk_screen_report(screen, bk_keymap_init(&screen->keymap, vi));
	screen->vi.mode = vi ? BK_VI_NORMAL : BK_VI_OFF;
	use_keys(screen, session);
	screen->terminal->kind->mouse(
		screen->terminal, !is_no(bk_session_config(session, "bracked.mouse", "true")));
}

/* ---- Background ---- */

/* What surrounds the current draft is taken in; keys wait for it, since it says what they do (waits_for_settings). */
static void arrive(struct bk_screen *screen)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	if (desk->arrived)
		return;
	bk_screen_report(screen, bk_desk_complete(desk));
	if (!screen->settled)
		use_settings(screen);
	screen->settled = true;
	bk_act_greet(screen);
}

static void take_news(struct bk_screen *screen)
{
	if (screen->desks.len == 0)
		return;
	if (bk_desk_is_scouted(bk_screen_desk(screen)))
		arrive(screen);
	for (size_t i = 0; i < screen->desks.len; i++)
		if (bk_desk_take(screen->desks.items[i]) && i == screen->current)
			bk_pane_refill(screen);
	bk_act_take_saved(screen);
}

/* A question about what others wrote is held back until nobody types. */
static bool waits_to_ask(const struct bk_screen *screen)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	return desk->others && !desk->warned && !screen->prompt.active;
}

/* Start what is due; milliseconds until something else is. */
static int work(struct bk_screen *screen)
{
	int due = bk_screen_tick(screen);
	const bool more = bk_list_work(screen, PART);
	due = due < LOOK_EVERY ? due : LOOK_EVERY;
	if (screen->desks.len > 0) {
		const int pause =
			bk_desk_work(bk_screen_desk(screen), screen->terminal->wake_write, screen->seen);
		due = pause < due ? pause : due;
		due = waits_to_ask(screen) && due > ASK_EVERY ? ASK_EVERY : due;
	}
	return more ? 0 : due < 10 ? 10 : due;
}

static bool is_saving(const struct bk_screen *screen)
{
	for (size_t i = 0; i < screen->desks.len && !screen->held; i++)
		if (screen->desks.items[i]->saver.saving != NULL)
			return true;
	return false;
}

static bool is_reading(const struct bk_screen *screen)
{
	return !screen->reading_held && bk_desk_is_busy(bk_screen_desk(screen));
}

static void wait_for_work(struct bk_screen *screen)
{
	const int64_t end = bk_now_ms() + LONGEST_WAIT;
	struct bk_input input;
	bk_screen_desk(screen)->hurry = true;
	take_news(screen);
	work(screen);
	while (!screen->quit && (is_saving(screen) || is_reading(screen)) && bk_now_ms() < end) {
		screen->terminal->kind->next(screen->terminal, &input, 20);
		take_news(screen);
		if (!screen->quit)
			work(screen);
	}
	if (!screen->quit)
		bk_screen_desk(screen)->hurry = false;
}

/* In a script a key finds done what the one before has begun to save. */
static void wait_for_saves(struct bk_screen *screen)
{
	const int64_t end = bk_now_ms() + LONGEST_WAIT;
	struct bk_input input;
	while (is_saving(screen) && bk_now_ms() < end) {
		screen->terminal->kind->next(screen->terminal, &input, 20);
		take_news(screen);
	}
}

/* ---- The loop ---- */

/* The next input: what was typed ahead comes first. */
static int next_input(struct bk_screen *screen, struct bk_input *out, int milliseconds)
{
	if (bk_ahead_take(&screen->ahead, out))
		return BK_OK;
	return screen->terminal->kind->next(screen->terminal, out, milliseconds);
}

static int take_script(struct bk_screen *screen, const struct bk_input *input)
{
	switch (input->kind) {
	case BK_INPUT_WAIT:
		screen->held = false;
		bk_screen_hold_reading(screen, false);
		wait_for_work(screen);
		break;
	case BK_INPUT_HOLD: screen->held = true; break;
	case BK_INPUT_HOLD_READING: bk_screen_hold_reading(screen, true); break;
	case BK_INPUT_DUMP:
		wait_for_work(screen);
		bk_screen_dump(screen);
		break;
	case BK_INPUT_PICTURE: wait_for_work(screen); return bk_screen_picture(screen, input->text);
	case BK_INPUT_END: screen->quit = true; break;
	default: bk_input_take(screen, input); break;
	}
	return BK_OK;
}

static int run_script(struct bk_screen *screen)
{
	struct bk_input input;
	int status = BK_OK;
	while (!screen->quit && status == BK_OK) {
		work(screen);
		status = next_input(screen, &input, -1);
		if (status == BK_OK)
			status = take_script(screen, &input);
		take_news(screen);
		wait_for_saves(screen);
		if (!screen->quit)
			bk_screen_show(screen);
	}
	return status;
}

/* Keys that move in the text need not wait: they change nothing, and hardly anybody gives them another meaning. */
static bool waits_for_settings(const struct bk_screen *screen, const struct bk_input *input)
{
	if (input->kind == BK_INPUT_PASTE || input->kind == BK_INPUT_CLICK)
		return true;
	if (input->kind != BK_INPUT_KEY || screen->pane != NULL || screen->prompt.active)
		return input->kind == BK_INPUT_KEY;
	switch (input->key.code) {
	case BK_KEY_UP:
	case BK_KEY_DOWN:
	case BK_KEY_LEFT:
	case BK_KEY_RIGHT:
	case BK_KEY_HOME:
	case BK_KEY_END:
	case BK_KEY_PAGE_UP:
	case BK_KEY_PAGE_DOWN: return input->key.mods != 0;
	default: return true;
	}
}

/* Take what has come meanwhile before drawing again, but not for long. */
static void take_inputs(struct bk_screen *screen, int milliseconds)
{
	const int64_t until = bk_now_ms() + milliseconds + 30;
	struct bk_input input;
	do {
		if (next_input(screen, &input, milliseconds) < 0)
			return;
		if (waits_for_settings(screen, &input))
			arrive(screen);
		bk_input_take(screen, &input);
		milliseconds = 0;
	} while (input.kind != BK_INPUT_NONE && !screen->quit && bk_now_ms() < until);
}

static void look_around(struct bk_screen *screen)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	const int64_t now = bk_now_ms();
	if (now - desk->looked < (waits_to_ask(screen) ? ASK_EVERY : LOOK_EVERY))
		return;
	desk->looked = now;
	bk_act_look_at_disk(screen);
	bk_desk_keep_place(desk, false);
}

static int run(struct bk_screen *screen)
{
	while (!screen->quit) {
		take_inputs(screen, work(screen));
		if (screen->quit)
			break;
		take_news(screen);
		if (screen->quit)
			break;
		look_around(screen);
		bk_screen_show(screen);
	}
	return BK_OK;
}

/* ---- Opening and closing ---- */

static struct bk_screen *crashing;

static void flush_journals(void)
{
	for (size_t i = 0; crashing != NULL && i < crashing->desks.len; i++)
		if (crashing->desks.items[i]->session->journal != NULL)
			bk_journal_flush_from_signal(crashing->desks.items[i]->session->journal);
}

static int open_terminal(struct bk_screen *screen)
{
	const struct bk_args *const given = screen->invocation->given;
	const char *const script = bk_args_value(given, "script");
	const char *const size = bk_args_value(given, "screen");
	if (script == NULL)
		return bk_terminal_curses_open(&screen->terminal);
	return bk_terminal_script_open(&screen->terminal, script, size != NULL ? size : "80x24");
}

static int open_files(struct bk_screen *screen, const char *const *files, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const int status = bk_screen_open(screen, files[i], true);
		if (status < 0)
			return status;
	}
	screen->current = 0;
	return BK_OK;
}

static void close_screen(struct bk_screen *screen)
{
	crashing = NULL;
	bk_pane_close(screen);
	for (size_t i = 0; i < screen->desks.len; i++)
		bk_desk_free(screen->desks.items[i]);
	BK_VEC_RELEASE(&screen->desks);
	if (screen->terminal != NULL)
		screen->terminal->kind->close(screen->terminal);
	bk_list_release(&screen->list);
	bk_folds_release(&screen->before.folds);
	bk_folds_release(&screen->before.ajar);
	bk_prompt_release(&screen->prompt);
	bk_find_release(&screen->find);
	bk_keymap_release(&screen->keymap);
	bk_layouts_release(&screen->layouts);
	bk_layouts_release(&screen->passages);
	bk_grid_release(&screen->grid);
	bk_grid_release(&screen->tall);
	bk_buf_release(&screen->message);
	bk_ahead_release(&screen->ahead);
	bk_buf_release(&screen->clipboard);
}

static int edit(struct bk_screen *screen, const char *const *files, size_t count)
{
	int status = open_terminal(screen);
	if (status == BK_OK)
		use_last_theme(screen);
	if (status == BK_OK)
		status = bk_keymap_init(&screen->keymap, false);
	if (status == BK_OK)
		status = open_files(screen, files, count);
	if (status < 0)
		return status;
	crashing = screen;
	bk_signals_set_crash(flush_journals);
	bk_screen_show(screen);
	/* Keys wait for what the scout reads: it runs while lock and journal are taken up. */
	work(screen);
	status = bk_screen_claim(screen);
	if (status < 0)
		return status;
	if (!screen->terminal->script)
		return run(screen);
	arrive(screen);
	bk_screen_show(screen);
	return run_script(screen);
}

/* What is still being saved is brought to its end; a failure that nobody was told of is among the last words. */
static void finish_saves(struct bk_screen *screen, struct bk_buf *words)
{
	for (size_t i = 0; i < screen->desks.len; i++) {
		struct bk_desk *const desk = screen->desks.items[i];
		if (bk_saver_finish(&desk->saver) < 0)
			bk_buf_printf(words, "%s%s: %s", words->len > 0 ? "; " : "", desk->session->name,
				bk_error_message());
	}
}

static int edit_files(struct bk_invocation *invocation, const char *const *files, size_t count)
{
	struct bk_screen *const screen = bk_calloc(1, sizeof *screen);
	if (screen == NULL) {
		bk_fail_memory();
		bk_output_failure();
		return BK_EXIT_FAILED;
	}
	screen->invocation = invocation;
	/* Characters alone, which go to a terminal: what is printed is the same everywhere. */
	setlocale(LC_CTYPE, "");
	const int status = edit(screen, files, count);
	const int exit_status = screen->exit_status;
	struct bk_buf words = BK_BUF_INIT;
	if (status < 0)
		bk_buf_puts(&words, bk_error_message());
	else if (exit_status != 0 && screen->message_is_error)
		bk_buf_put_str(&words, bk_buf_str(&screen->message));
	finish_saves(screen, &words);
	close_screen(screen);
	bk_free(screen);
	if (words.len > 0)
		bk_output_remark("%s", bk_buf_string(&words));
	bk_buf_release(&words);
	if (status < 0)
		return status == BK_EINVAL || status == BK_EFORMAT ? BK_EXIT_USAGE : BK_EXIT_FAILED;
	return exit_status;
}

const struct bk_editor bk_tui = {.edit = edit_files, .start = bk_terminal_curses_start};
