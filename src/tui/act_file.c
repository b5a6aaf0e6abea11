/* Files: opening and closing drafts, and what a journal kept. */
#include "base/alloc.h"
#include "base/error.h"
#include "tui/act.h"
#include "tui/screen.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

static struct bk_desk *desk_of(const struct bk_screen *screen)
{
	return bk_screen_desk(screen);
}

/* ---- Opening and closing ---- */

static void turn_to(struct bk_screen *screen, size_t index)
{
	bk_desk_keep_place(desk_of(screen), false);
	bk_find_clear(screen);
	screen->current = index;
	bk_pane_refill(screen);
}

/* It is only read because another had it. */
static bool waits_for_another(const struct bk_desk *desk)
{
	return desk->read_only && desk->session->path != NULL;
}

static void tell_reopened(struct bk_screen *screen)
{
	bk_screen_report(screen, bk_desk_complete(desk_of(screen)));
	bk_screen_say(screen, "%s may be changed here now", desk_of(screen)->session->name);
	bk_act_greet(screen);
}

/* One that is open already is gone to, and tried again where it was only to be read. */
static bool turn_to_open(struct bk_screen *screen, const char *file)
{
	char *path;
	size_t i = 0;
	if (bk_file_real_path(&path, file) < 0)
		return false;
	for (; i < screen->desks.len; i++) {
		const char *const open = screen->desks.items[i]->session->path;
		if (open != NULL && strcmp(open, path) == 0)
			break;
	}
	bk_free(path);
	if (i == screen->desks.len)
		return false;
	turn_to(screen, i);
	if (!waits_for_another(desk_of(screen)))
		bk_screen_say(screen, "%s is open already", desk_of(screen)->session->name);
	else if (bk_screen_report(screen, bk_screen_reopen(screen)) == BK_OK)
		tell_reopened(screen);
	return true;
}

static void opened(struct bk_screen *screen, struct bk_str answer)
{
	if (answer.len == 0) {
		bk_screen_say(screen, "no file was named: nothing is opened");
		return;
	}
	bk_pane_close(screen);
	if (turn_to_open(screen, answer.ptr))
		return;
	if (bk_screen_report(screen, bk_screen_open(screen, answer.ptr, false)) == BK_OK) {
		bk_screen_report(screen, bk_desk_complete(desk_of(screen)));
		bk_act_greet(screen);
	}
}

/* A draft that another had is tried again first: that is what its message promises. */
static void open_draft(struct bk_screen *screen, int argument)
{
	(void)argument;
	struct bk_buf still = BK_BUF_INIT;
	if (waits_for_another(desk_of(screen))) {
		bk_pane_close(screen);
		if (bk_screen_reopen(screen) == BK_OK) {
			tell_reopened(screen);
			return;
		}
		bk_buf_puts(&still, bk_error_message());
	}
	bk_prompt_ask(screen, &(struct bk_question){.label = "open which file, or REV:path of a revision?",
				      .answer = opened});
	if (still.len > 0)
		bk_screen_complain(screen, "%s", bk_buf_string(&still));
	bk_buf_release(&still);
}

static void other_draft(struct bk_screen *screen, int argument)
{
	const size_t count = screen->desks.len;
	if (count < 2)
		bk_screen_say(screen, "no other draft is open");
	else
		turn_to(screen, (screen->current + (argument > 0 ? 1 : count - 1)) % count);
}

static void drop_desk(struct bk_screen *screen)
{
	bk_pane_close(screen);
	screen->before.desk = NULL;
	bk_desk_free(desk_of(screen));
	for (size_t i = screen->current; i + 1 < screen->desks.len; i++)
		screen->desks.items[i] = screen->desks.items[i + 1];
	screen->desks.len--;
	screen->current = screen->current < screen->desks.len ? screen->current : 0;
	screen->quit = screen->desks.len == 0;
}

static bool closing_all;

/* Leave one draft after the other; stop at the first that would lose something. */
static void close_next(struct bk_screen *screen);

static void discarded(struct bk_screen *screen, struct bk_str answer)
{
	if (answer.ptr[0] != 'y')
		return;
	drop_desk(screen);
	close_next(screen);
}

/* No journal has it, so no Alt-U finds it again: one key, or one held
 * down, must not be all there is before that. */
static void ask_once_more(struct bk_screen *screen)
{
	struct bk_buf label = BK_BUF_INIT;
	bk_buf_printf(
		&label, "nothing else keeps the changes of %s.  Lose them?", desk_of(screen)->session->name);
	bk_prompt_ask(screen, &(struct bk_question){.label = bk_buf_string(&label),
				      .letters = "yn",
				      .hints = "y lose them   n or Esc cancel",
				      .answer = discarded});
	bk_buf_release(&label);
}

static void discard(struct bk_screen *screen)
{
	struct bk_desk *const desk = desk_of(screen);
	if (desk->session->journal == NULL) {
		ask_once_more(screen);
		return;
	}
	/* Back to what the file holds: nothing is offered on the next start, and redo still has it all. */
	const size_t saved = desk->session->saved_step;
	if (bk_screen_report(screen, bk_text_go(desk->session->text, saved == BK_NOWHERE ? 0 : saved, NULL)) <
		0)
		return;
	drop_desk(screen);
	close_next(screen);
}

static void closed(struct bk_screen *screen, struct bk_str answer)
{
	if (answer.ptr[0] == 'w')
		bk_act_write_and_leave(screen);
	else if (answer.ptr[0] == 's')
		bk_act_save_and_leave(screen);
	else if (answer.ptr[0] == 'd')
		discard(screen);
}

static bool discarding; /* what has changes is not asked about */

static void close_one(struct bk_screen *screen)
{
	struct bk_desk *const desk = desk_of(screen);
	if (bk_saver_is_busy(&desk->saver)) {
		desk->saver.leave = true;
		bk_screen_say(screen, "leaving when %s is written ...", desk->session->name);
		return;
	}
	/* A file that was never there and has no text yet is nothing to lose. */
	const bool nothing =
		!desk->session->stamp.exists && bk_snapshot_size(bk_text_now(desk->session->text)) == 0;
	if (desk->read_only || nothing || !bk_session_is_changed(desk->session)) {
		drop_desk(screen);
		close_next(screen);
		return;
	}
	if (discarding) {
		discard(screen);
		return;
	}
	const bool kept = desk->session->journal != NULL;
	struct bk_buf label = BK_BUF_INIT;
	bk_buf_printf(&label, "%s has changes that are in no file:", desk->session->name);
	bk_prompt_ask(
		screen, &(struct bk_question){.label = bk_buf_string(&label),
				.letters = "wsdc",
				.hints = kept ? "w write   s save a revision   d discard; Alt-U "
						"finds them again   c cancel"
					      : "w write   s save a revision   d discard ...   c cancel",
				.answer = closed});
	bk_buf_release(&label);
}

static void close_next(struct bk_screen *screen)
{
	if (closing_all && screen->desks.len > 0)
		close_one(screen);
}

void bk_act_leave_on(struct bk_screen *screen)
{
	bk_pane_close(screen);
	close_one(screen);
}

void bk_act_close_written(struct bk_screen *screen)
{
	closing_all = discarding = false;
	bk_pane_close(screen);
	bk_act_write_and_leave(screen);
}

void bk_act_close_discarded(struct bk_screen *screen, bool all)
{
	closing_all = all;
	discarding = true;
	bk_pane_close(screen);
	close_one(screen);
}

static void close_draft(struct bk_screen *screen, int argument)
{
	closing_all = argument != 0;
	discarding = false;
	bk_pane_close(screen);
	close_one(screen);
}

/* ---- What a journal kept ---- */

static bool has_proof(const struct bk_session *session)
{
	struct bk_buf path = BK_BUF_INIT;
	if (session->path == NULL)
		return false;
	bk_buf_printf(&path, "%s.proof", session->path);
	const bool has = bk_buf_status(&path) == BK_OK && access(bk_buf_string(&path), R_OK) == 0;
	bk_buf_release(&path);
	return has;
}

/* A name that was mistyped looks like an empty draft, and a file that is not to be written, or a compilation, like any
 * other. */
static void tell_of_file(struct bk_screen *screen, const struct bk_session *session)
{
	if (desk_of(screen)->read_only || session->path == NULL)
		return;
	if (!session->stamp.exists)
		bk_screen_say(screen, "new file '%s': Ctrl-O makes it", session->name);
	else if (access(session->path, W_OK) < 0 && errno == EACCES)
		bk_screen_complain(
			screen, "you may not write to '%s': Ctrl-O will ask what to do", session->name);
	else if (desk_of(screen)->compiled)
		bk_screen_say(screen, "a merge, with its proof: F8 goes through what is unplaced");
}

/* Another draft that stands open has lost typing, which nobody sees before going there. */
static bool tell_of_others(struct bk_screen *screen)
{
	const size_t count = screen->desks.len;
	for (size_t i = 0; i < count; i++) {
		const struct bk_desk *const desk = screen->desks.items[i];
		if (i == screen->current || desk->arrived || !desk->session->found.unsaved)
			continue;
		bk_screen_say(screen, "%s has typing that was not saved: %s", desk->session->name,
			(screen->current + 1) % count == i ? "Alt-Right" : "Alt-Right until it is shown");
		return true;
	}
	return false;
}

void bk_act_greet(struct bk_screen *screen)
{
	const struct bk_session *const session = desk_of(screen)->session;
	const bool told = tell_of_others(screen);
	desk_of(screen)->compiled = has_proof(session);
	if (session->found.unsaved) {
		bk_pane_open(screen, &bk_pane_recovery);
		return;
	}
	if (session->found.kept != NULL)
		bk_screen_complain(screen,
			"the file was changed by others since it was last typed in: that typing is kept in "
			"'%s'",
			session->found.kept);
	else if (session->journal_error != NULL)
		bk_screen_complain(screen, "no journal is kept: %s", session->journal_error);
	else if (session->settings_error != NULL)
		bk_screen_complain(screen, "%s", session->settings_error);
	else if (!told)
		tell_of_file(screen, session);
}

const struct bk_screen_act bk_acts_file[] = {
	{"open-draft", open_draft, 0},
	{"next-draft", other_draft, 1},
	{"previous-draft", other_draft, -1},
	{"close-draft", close_draft, 0},
	{"quit", close_draft, 1},
	{NULL, NULL, 0},
};
