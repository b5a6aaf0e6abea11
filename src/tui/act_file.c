/* Files and revisions: save, write, open, close, what others changed, what a journal kept. */
#include "base/alloc.h"
#include "base/error.h"
#include "tui/act.h"
#include "tui/screen.h"

#include <string.h>

static struct bk_desk *desk_of(const struct bk_screen *screen)
{
	return bk_screen_desk(screen);
}

static bool may_save(struct bk_screen *screen)
{
	if (!desk_of(screen)->read_only)
		return true;
	bk_screen_complain(screen, "opened to be read only");
	return false;
}

/* ---- The file ---- */

static void ask_place(struct bk_screen *screen, const char *label);

static void written_in_place(struct bk_screen *screen, struct bk_str answer)
{
	if (answer.ptr[0] == 'n')
		return;
	if (answer.ptr[0] == 'e')
		ask_place(screen, "write to which file?");
	else if (bk_screen_report(screen, bk_session_write(desk_of(screen)->session, BK_REPLACE_IN_PLACE)) ==
		 BK_OK)
		bk_screen_say(screen, "written");
}

/* A file could not be written: ask what a person can decide, else offer another place. */
static void offer_remedy(struct bk_screen *screen, int status)
{
	if (status == BK_ECHANGED) {
		desk_of(screen)->warned = false;
		bk_act_look_at_disk(screen);
		return;
	}
	struct bk_buf label = BK_BUF_INIT;
	bk_buf_printf(&label, "%s.  ", bk_error_message());
	if (status == BK_EEXISTS) {
		bk_buf_puts(&label, "Write into it all the same?");
		bk_prompt_ask(screen, &(struct bk_question){
					      .label = bk_buf_string(&label),
					      .letters = "yne",
					      .hints = "y yes   n no   e write elsewhere   Esc cancel",
					      .answer = written_in_place,
				      });
	} else {
		bk_buf_puts(&label, "Nothing is lost.  Write to another file:");
		ask_place(screen, bk_buf_string(&label));
	}
	bk_buf_release(&label);
}

static void write_file(struct bk_screen *screen, int argument)
{
	(void)argument;
	struct bk_desk *const desk = desk_of(screen);
	if (!may_save(screen))
		return;
	const int status = bk_session_write(desk->session, 0);
	if (status < 0)
		offer_remedy(screen, status);
	else
		bk_screen_say(screen, "written to %s", desk->session->name);
}

static void written_elsewhere(struct bk_screen *screen, struct bk_str answer)
{
	struct bk_desk *const desk = desk_of(screen);
	if (answer.len == 0)
		return;
	const int status = bk_session_write_as(desk->session, answer.ptr, 0);
	if (status == BK_ECHANGED)
		bk_screen_complain(screen, "'%.*s' exists: name a new file", (int)answer.len, answer.ptr);
	else if (bk_screen_report(screen, status) == BK_OK) {
		bk_desk_keep_place(desk, true);
		bk_screen_say(screen, "written; from now on this is %.*s", (int)answer.len, answer.ptr);
	}
}

static void ask_place(struct bk_screen *screen, const char *label)
{
	bk_prompt_ask(screen, &(struct bk_question){.label = label, .answer = written_elsewhere});
}

static void write_as(struct bk_screen *screen, int argument)
{
	(void)argument;
	ask_place(screen, "write to which file?");
}

/* ---- Revisions ---- */

static void save_noted(struct bk_screen *screen, struct bk_str answer);
static struct bk_buf note;

static void made_repository(struct bk_screen *screen, struct bk_str answer)
{
	const struct bk_session *const session = desk_of(screen)->session;
	if (answer.ptr[0] != 'y')
		return;
	bk_repository *repository = NULL;
	struct bk_buf folder = BK_BUF_INIT;
	const char *const slash = strrchr(session->path, '/');
	bk_buf_put(&folder, session->path, slash > session->path ? (size_t)(slash - session->path) : 1);
	const int status = bk_repository_init(&repository, bk_buf_string(&folder));
	bk_repository_free(repository);
	if (bk_screen_report(screen, status) == BK_OK) {
		struct bk_buf message = BK_BUF_INIT;
		bk_buf_put_str(&message, bk_buf_str(&note));
		save_noted(screen, (struct bk_str){bk_buf_string(&message), message.len});
		bk_buf_release(&message);
	}
	bk_buf_release(&folder);
}

static void offer_init(struct bk_screen *screen)
{
	const struct bk_session *const session = desk_of(screen)->session;
	struct bk_buf label = BK_BUF_INIT;
	const char *const slash = strrchr(session->path, '/');
	bk_buf_printf(&label, "written; revisions need a repository.  Make one in %.*s?",
		(int)(slash - session->path > 0 ? slash - session->path : 1), session->path);
	bk_prompt_ask(screen, &(struct bk_question){.label = bk_buf_string(&label),
				      .letters = "yn",
				      .hints = "y yes   n no   Esc cancel",
				      .answer = made_repository});
	bk_buf_release(&label);
}

static void save_noted(struct bk_screen *screen, struct bk_str answer)
{
	struct bk_desk *const desk = desk_of(screen);
	char id[41];
	bk_buf_clear(&note);
	bk_buf_put_str(&note, answer);
	if (answer.len == 0) {
		bk_screen_say(screen, "no note, no revision; Ctrl-O writes the file alone");
		return;
	}
	const int status = bk_session_save(desk->session, answer.ptr, NULL, id);
	if (status == BK_ENOREPO && desk->session->path != NULL) {
		const int written =
			bk_session_is_changed(desk->session) ? bk_session_write(desk->session, 0) : BK_OK;
		if (written == BK_OK)
			offer_init(screen);
		else
			offer_remedy(screen, written);
		return;
	}
	if (status == BK_EEXISTS)
		bk_screen_say(screen, "nothing has changed since the last revision");
	else if (status == BK_EIO || status == BK_ECHANGED)
		offer_remedy(screen, status);
	else if (bk_screen_report(screen, status) == BK_OK) {
		bk_screen_say(screen, "revision %.7s saved", id);
		bk_desk_read_past(desk, screen->terminal->wake_write);
	}
}

static void save_revision(struct bk_screen *screen, int argument)
{
	(void)argument;
	if (may_save(screen))
		bk_prompt_ask(screen, &(struct bk_question){.label = "save a revision; what is it? (note):",
					      .answer = save_noted});
}

/* ---- What others changed ---- */

static void decided(struct bk_screen *screen, struct bk_str answer)
{
	struct bk_desk *const desk = desk_of(screen);
	switch (answer.ptr[0]) {
	case 'r':
		if (bk_screen_report(screen, bk_session_reload(desk->session)) == BK_OK)
			bk_screen_say(screen, "reloaded; Ctrl-Z goes back to what was here");
		break;
	case 'm':
		if (bk_screen_report(screen, bk_session_merge_disk(desk->session)) == BK_OK)
			bk_screen_say(screen, "merged; Ctrl-O writes it");
		break;
	case 'e': ask_place(screen, "write this text to which file?"); break;
	case 'o':
		if (bk_screen_report(screen, bk_session_write(desk->session, BK_REPLACE_FORCE)) == BK_OK)
			bk_screen_say(screen, "written over what others had put there");
		break;
	default: bk_screen_say(screen, "kept; the file stays as others left it"); break;
	}
}

void bk_act_look_at_disk(struct bk_screen *screen)
{
	struct bk_desk *const desk = desk_of(screen);
	bool changed = false;
	if (desk->warned || desk->read_only || screen->prompt.active || desk->session->path == NULL)
		return;
	if (bk_session_changed_by_others(desk->session, &changed) < 0 || !changed)
		return;
	desk->warned = true;
	bk_prompt_ask(screen,
		&(struct bk_question){
			.label = "the file was changed by others:",
			.hints = "r reload   m merge   k keep mine   e write elsewhere   o write over theirs",
			.letters = "rmkeo",
			.answer = decided,
		});
}

static void reload(struct bk_screen *screen, int argument)
{
	(void)argument;
	if (may_save(screen))
		decided(screen, BK_STR("r"));
}

/* ---- Opening and closing ---- */

static void opened(struct bk_screen *screen, struct bk_str answer)
{
	if (answer.len == 0)
		return;
	bk_pane_close(screen);
	if (bk_screen_report(screen, bk_screen_open(screen, answer.ptr)) == BK_OK) {
		bk_screen_report(screen, bk_desk_complete(desk_of(screen)));
		bk_act_greet(screen);
	}
}

static void open_draft(struct bk_screen *screen, int argument)
{
	(void)argument;
	bk_prompt_ask(screen, &(struct bk_question){.label = "open which file, or REV:path of a revision?",
				      .answer = opened});
}

static void other_draft(struct bk_screen *screen, int argument)
{
	const size_t count = screen->desks.len;
	if (count < 2) {
		bk_screen_say(screen, "no other draft is open");
		return;
	}
	bk_desk_keep_place(desk_of(screen), false);
	bk_find_clear(screen);
	screen->current = (screen->current + (argument > 0 ? 1 : count - 1)) % count;
	bk_pane_refill(screen);
}

static void drop_desk(struct bk_screen *screen)
{
	bk_pane_close(screen);
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

static void closed(struct bk_screen *screen, struct bk_str answer)
{
	struct bk_desk *const desk = desk_of(screen);
	if (answer.ptr[0] == 'c')
		return;
	if (answer.ptr[0] == 'w') {
		const int status = bk_session_write(desk->session, 0);
		if (status < 0) {
			offer_remedy(screen, status);
			return;
		}
	} else if (desk->session->journal != NULL) {
		/* Back to what the file holds: nothing is offered on the next start, and redo still has it all. */
		const size_t saved = desk->session->saved_step;
		if (bk_screen_report(screen,
			    bk_text_go(desk->session->text, saved == BK_NOWHERE ? 0 : saved, NULL)) < 0)
			return;
	}
	drop_desk(screen);
	close_next(screen);
}

static void close_one(struct bk_screen *screen)
{
	const struct bk_desk *const desk = desk_of(screen);
	/* A file that was never there and has no text yet is nothing to lose. */
	const bool nothing =
		!desk->session->stamp.exists && bk_snapshot_size(bk_text_now(desk->session->text)) == 0;
	if (desk->read_only || nothing || !bk_session_is_changed(desk->session)) {
		drop_desk(screen);
		close_next(screen);
		return;
	}
	struct bk_buf label = BK_BUF_INIT;
	bk_buf_printf(&label, "%s has changes that are in no file:", desk->session->name);
	bk_prompt_ask(screen, &(struct bk_question){.label = bk_buf_string(&label),
				      .letters = "wdc",
				      .hints = "w write and leave   d discard them   c cancel",
				      .answer = closed});
	bk_buf_release(&label);
}

static void close_next(struct bk_screen *screen)
{
	if (closing_all && screen->desks.len > 0)
		close_one(screen);
}

static void close_draft(struct bk_screen *screen, int argument)
{
	closing_all = argument != 0;
	bk_pane_close(screen);
	close_one(screen);
}

/* ---- What a journal kept ---- */

void bk_act_greet(struct bk_screen *screen)
{
	const struct bk_session *const session = desk_of(screen)->session;
	if (session->found.unsaved) {
		bk_pane_open(screen, &bk_pane_recovery);
		return;
	}
	if (session->journal_error != NULL)
		bk_screen_complain(screen, "no journal is kept: %s", session->journal_error);
	else if (session->settings_error != NULL)
		bk_screen_complain(screen, "%s", session->settings_error);
}

const struct bk_screen_act bk_acts_file[] = {
	{"save-revision", save_revision, 0},
	{"write-file", write_file, 0},
	{"write-as", write_as, 0},
	{"reload-file", reload, 0},
	{"open-draft", open_draft, 0},
	{"next-draft", other_draft, 1},
	{"previous-draft", other_draft, -1},
	{"close-draft", close_draft, 0},
	{"quit", close_draft, 1},
	{NULL, NULL, 0},
};
