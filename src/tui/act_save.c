/* Saving: the file and revisions, on a thread; what becomes of it, and what a person decides when it fails. */
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
	bk_screen_complain_read_only(screen);
	return false;
}

/* ---- Beginning ---- */

static void offer_init(struct bk_screen *screen);

/* A save could not even begin.  Nothing is asked about a draft that is not shown, nor into a question. */
static void tell_refusal(struct bk_screen *screen, const struct bk_desk *desk, int status)
{
	if (desk != desk_of(screen) || screen->prompt.active)
		bk_screen_complain(screen, "%s: %s", desk->session->name, bk_error_message());
	else if (status == BK_ENOREPO)
		offer_init(screen);
	else
		bk_screen_report(screen, status);
}

/* BK_OK when the save runs, or waits for the one that does. */
static int start(struct bk_screen *screen, struct bk_desk *desk, const struct bk_saving_request *request)
{
	struct bk_saver *const saver = &desk->saver;
	int status;
	if (bk_saver_is_busy(saver)) {
		status = bk_saver_wait_for(saver, request);
		if (bk_screen_report(screen, status) == BK_OK)
			bk_screen_say(
				screen, "%s is still being written: this comes after", desk->session->name);
		return status;
	}
	status = bk_saver_start(saver, desk->session, request, screen->terminal->wake_write);
	if (status < 0) {
		saver->leave = false;
		tell_refusal(screen, desk, status);
		return status;
	}
	bk_screen_say(screen, "writing %s ...", request->path != NULL ? request->path : desk->session->name);
	return BK_OK;
}

/* What cannot wait for a save that runs: complains, and is true, while there is one. */
static bool is_being_written(struct bk_screen *screen)
{
	if (!bk_saver_is_busy(&desk_of(screen)->saver))
		return false;
	bk_screen_complain(screen, "still being written: try again in a moment");
	return true;
}

static void write_file(struct bk_screen *screen, int argument)
{
	(void)argument;
	desk_of(screen)->saver.noted = false;
	screen->typed = 0;
	if (may_save(screen))
		start(screen, desk_of(screen), &(struct bk_saving_request){.flags = 0});
}

void bk_act_write_and_leave(struct bk_screen *screen)
{
	if (!may_save(screen))
		return;
	desk_of(screen)->saver.leave = true;
	screen->typed = 0;
	start(screen, desk_of(screen), &(struct bk_saving_request){.flags = 0});
}

/* ---- Another place ---- */

static void written_elsewhere(struct bk_screen *screen, struct bk_str answer)
{
	if (answer.len > 0 && !is_being_written(screen))
		start(screen, desk_of(screen), &(struct bk_saving_request){.path = answer.ptr});
}

void bk_act_write_as(struct bk_screen *screen, const char *name)
{
	written_elsewhere(screen, bk_str_of(name + strspn(name, " ")));
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

static void written_in_place(struct bk_screen *screen, struct bk_str answer)
{
	if (answer.ptr[0] == 'e')
		ask_place(screen, "write to which file?");
	else if (answer.ptr[0] == 'y')
		start(screen, desk_of(screen), &(struct bk_saving_request){.flags = BK_REPLACE_IN_PLACE});
}

/* ---- The note of a revision ---- */

static void keep_note(struct bk_screen *screen, struct bk_str note)
{
	struct bk_buf *const kept = &desk_of(screen)->saver.note;
	bk_buf_clear(kept);
	bk_buf_put_str(kept, note);
}

static void note_cancelled(struct bk_screen *screen)
{
	desk_of(screen)->saver.leave = false;
	keep_note(screen, bk_buf_str(&screen->prompt.input));
}

/* Once the revision runs or waits, its note is with it; until then it is kept, to be asked for again. */
static void noted(struct bk_screen *screen, struct bk_str answer)
{
	struct bk_desk *const desk = desk_of(screen);
	struct bk_buf *const note = &desk->saver.note;
	screen->typed = 0;
	keep_note(screen, answer);
	if (bk_screen_report(screen, bk_buf_status(note)) < 0)
		return;
	desk->saver.leave = desk->saver.leave && answer.len > 0;
	if (answer.len == 0)
		bk_screen_say(screen, "no note, no revision; Ctrl-O writes the file alone");
	else if (start(screen, desk, &(struct bk_saving_request){.message = bk_buf_string(note)}) == BK_OK)
		bk_buf_clear(note);
}

static void ask_note(struct bk_screen *screen)
{
	struct bk_saver *const saver = &desk_of(screen)->saver;
	saver->noted = false;
	bk_prompt_ask(screen, &(struct bk_question){.label = "save a revision; what is it? (note):",
				      .initial = bk_buf_string(&saver->note),
				      .answer = noted,
				      .cancel = note_cancelled});
}

/* What would stop the revision is told before anybody has typed a note; then nothing is left either. */
static void begin_revision(struct bk_screen *screen, bool leave)
{
	struct bk_saver *const saver = &desk_of(screen)->saver;
	saver->leave = false;
	if (!may_save(screen))
		return;
	const int status = bk_session_may_save(desk_of(screen)->session);
	if (status == BK_OK)
		ask_note(screen);
	else if (status == BK_ENOREPO)
		offer_init(screen);
	else
		bk_screen_complain(screen, "%s.  Ctrl-O writes the file alone", bk_error_message());
	saver->leave = leave && (status == BK_OK || status == BK_ENOREPO);
}

static void save_revision(struct bk_screen *screen, int argument)
{
	(void)argument;
	begin_revision(screen, false);
}

void bk_act_save_and_leave(struct bk_screen *screen)
{
	begin_revision(screen, true);
}

/* ---- A repository ---- */

static void stay(struct bk_screen *screen)
{
	desk_of(screen)->saver.leave = false;
}

static void made_repository(struct bk_screen *screen, struct bk_str answer)
{
	const bool leave = desk_of(screen)->saver.leave;
	stay(screen);
	if (answer.ptr[0] != 'y') {
		bk_screen_say(screen, "no revision; Ctrl-O writes the file alone");
		return;
	}
	bk_repository *repository = NULL;
	struct bk_buf folder = BK_BUF_INIT;
	const char *const path = desk_of(screen)->session->path;
	const char *const slash = strrchr(path, '/');
	bk_buf_put(&folder, path, slash > path ? (size_t)(slash - path) : 1);
	int status = bk_buf_status(&folder);
	if (status == BK_OK)
		status = bk_repository_init(&repository, bk_buf_string(&folder));
	bk_repository_free(repository);
	bk_buf_release(&folder);
	if (bk_screen_report(screen, status) == BK_OK)
		begin_revision(screen, leave);
}

static void offer_init(struct bk_screen *screen)
{
	struct bk_buf label = BK_BUF_INIT;
	bk_buf_printf(&label, "revisions need a repository.  Make one in the folder of %s?",
		desk_of(screen)->session->name);
	bk_prompt_ask(screen, &(struct bk_question){.label = bk_buf_string(&label),
				      .letters = "yn",
				      .hints = "y yes   n no   Esc cancel",
				      .answer = made_repository,
				      .cancel = stay});
	bk_buf_release(&label);
}

/* ---- What others changed ---- */

/* Theirs stays in the history; what stands in the file later still is asked about again. */
static void write_over(struct bk_screen *screen)
{
	struct bk_desk *const desk = desk_of(screen);
	const struct bk_view view = desk->view;
	if (bk_screen_report(screen, bk_session_keep_theirs(desk->session)) < 0)
		return;
	desk->view = view;
	desk->over = start(screen, desk, &(struct bk_saving_request){.flags = 0}) == BK_OK;
}

static void decided(struct bk_screen *screen, struct bk_str answer)
{
	struct bk_desk *const desk = desk_of(screen);
	struct bk_session *const session = desk->session;
	desk->others = false;
	switch (answer.ptr[0]) {
	case 'r':
		if (bk_screen_report(screen, bk_session_reload(session)) < 0)
			return;
		bk_screen_say(screen, "reloaded; Ctrl-Z goes back to what was here%s%s",
			session->remark != NULL ? "; but " : "",
			session->remark != NULL ? session->remark : "");
		break;
	case 'm': bk_pane_open(screen, &bk_pane_theirs); break;
	case 'e': ask_place(screen, "write this text to which file?"); break;
	case 'o': write_over(screen); break;
	case 'w': start(screen, desk, &(struct bk_saving_request){.flags = 0}); break;
	default:
		bk_screen_say(
			screen, session->stamp.exists ? "kept; the file stays as others left it" : "kept");
		break;
	}
}

static void ask_about_others(struct bk_screen *screen, bool unasked)
{
	struct bk_file_stamp now;
	struct bk_buf label = BK_BUF_INIT;
	struct bk_session *const session = desk_of(screen)->session;
	const bool gone = bk_file_stat(&now, session->path) == BK_OK && !now.exists;
	if (gone) {
		bk_session_forget_file(session);
		bk_buf_printf(&label, "%s is gone: others moved, renamed or removed it:", session->name);
	} else {
		bk_buf_puts(&label, "the file was changed by others:");
	}
	desk_of(screen)->warned = true;
	bk_prompt_ask(
		screen, &(struct bk_question){
				.label = bk_buf_string(&label),
				.hints = gone ? "w write it anew   e write elsewhere   k keep the text here"
					      : "r reload   m merge ...   k keep mine   e write "
						"elsewhere   o write over "
						"theirs",
				.letters = gone ? "wek" : "rmkeo",
				.unasked = unasked,
				.answer = decided,
			});
	bk_buf_release(&label);
}

void bk_act_look_at_disk(struct bk_screen *screen)
{
	struct bk_desk *const desk = desk_of(screen);
	bool changed = false;
	if (desk->warned || desk->read_only || screen->prompt.active || desk->session->path == NULL ||
		bk_saver_is_busy(&desk->saver))
		return;
	if (bk_session_changed_by_others(desk->session, &changed) < 0 || !changed)
		return;
	desk->others = true;
	if (!bk_screen_is_typed_on(screen))
		ask_about_others(screen, true);
}

static void reload(struct bk_screen *screen, int argument)
{
	(void)argument;
	if (may_save(screen) && !is_being_written(screen))
		decided(screen, BK_STR("r"));
}

/* ---- What came of it ---- */

/* The file could not be written: ask what a person can decide, else offer another place. */
static void offer_remedy(struct bk_screen *screen, const struct bk_saving *saving)
{
	const char *const why = bk_saving_why(saving);
	desk_of(screen)->saver.noted = saving->message != NULL;
	if (saving->elsewhere) {
		ask_place(screen, "write to which file?");
		if (saving->status == BK_ECHANGED)
			bk_screen_complain(screen, "'%s' exists: name a new file", saving->path);
		else
			bk_screen_complain(screen, "%s", why);
	} else if (saving->placed) {
		ask_note(screen);
		bk_screen_complain(screen, "the file is written, but no revision made: %s", why);
	} else if (!saving->write) {
		ask_note(screen);
		bk_screen_complain(screen, "no revision made: %s", why);
	} else if (saving->status == BK_ECHANGED) {
		ask_about_others(screen, false);
	} else if (saving->status == BK_EEXISTS) {
		bk_prompt_ask(screen, &(struct bk_question){
					      .label = "write into it all the same?",
					      .letters = "yne",
					      .hints = "y yes   n no   e write elsewhere   Esc cancel",
					      .answer = written_in_place,
				      });
		bk_screen_complain(screen, "%s", why);
	} else {
		ask_place(screen, "nothing is lost; write to another file:");
		bk_screen_complain(screen, "%s", why);
	}
}

static void put_success(const struct bk_desk *desk, const struct bk_saving *saving, struct bk_buf *out)
{
	if (saving->unchanged)
		bk_buf_puts(out, "nothing has changed since the last revision");
	else if (saving->id[0] != '\0')
		bk_buf_printf(out, "revision %.7s saved", saving->id);
	else if (saving->elsewhere)
		bk_buf_printf(out, "written; from now on this is %s", saving->path);
	else if (desk->over)
		bk_buf_puts(
			out, "written over theirs; Ctrl-Z shows what they had written, then Ctrl-Y yours");
	else
		bk_buf_printf(out, "written to %s", desk->session->name);
	if (saving->remark != NULL)
		bk_buf_printf(out, "; but %s", saving->remark);
}

static void tell_success(struct bk_screen *screen, struct bk_desk *desk, const struct bk_saving *saving)
{
	struct bk_buf words = BK_BUF_INIT;
	put_success(desk, saving, &words);
	if (saving->remark != NULL)
		bk_screen_complain(screen, "%s", bk_buf_string(&words));
	else
		bk_screen_say(screen, "%s", bk_buf_string(&words));
	bk_buf_release(&words);
	desk->warned = desk->others = desk->over = false;
	if (saving->elsewhere)
		bk_desk_keep_place(desk, true);
	if (saving->message != NULL && !saving->unchanged)
		bk_desk_read_past(desk, screen->terminal->wake_write);
}

/* Whether telling it asks something, for which the draft must be the one that is shown. */
static bool asks(const struct bk_saver *saver)
{
	return saver->done->status < 0 || saver->leave || saver->noted;
}

/* What waited for the save that is done; its note stays with the saver where it cannot begin. */
static void start_waiting(struct bk_screen *screen, struct bk_desk *desk)
{
	struct bk_saver *const saver = &desk->saver;
	struct bk_buf note = saver->wanted_note;
	const struct bk_saving_request next = {.flags = saver->wanted_flags,
		.message = saver->wanted_revision ? bk_buf_string(&note) : NULL};
	saver->wanted_note = (struct bk_buf)BK_BUF_INIT;
	bk_saver_forget_waiting(saver);
	if (start(screen, desk, &next) < 0)
		bk_saver_put_note(saver, bk_buf_string(&note));
	bk_buf_release(&note);
}

static void tell_outcome(struct bk_screen *screen, struct bk_desk *desk, const struct bk_saving *saving)
{
	struct bk_saver *const saver = &desk->saver;
	if (saving->status == BK_OK) {
		tell_success(screen, desk, saving);
		return;
	}
	saver->leave = desk->over = false;
	bk_saver_take_notes_back(saver, saving);
	offer_remedy(screen, saving);
}

static void tell(struct bk_screen *screen, struct bk_desk *desk)
{
	struct bk_saver *const saver = &desk->saver;
	struct bk_saving *const saving = saver->done;
	const bool well = saving->status == BK_OK, asked = screen->prompt.active;
	saver->done = NULL;
	tell_outcome(screen, desk, saving);
	bk_saving_free(saving);
	if (well && saver->wanted) {
		start_waiting(screen, desk);
	} else if (well && saver->leave) {
		saver->leave = false;
		bk_act_leave_on(screen);
	} else if (saver->noted && !screen->prompt.active) {
		ask_note(screen);
	}
	bk_prompt_yield(screen, !asked && bk_screen_is_typed_on(screen));
}

void bk_act_take_saved(struct bk_screen *screen)
{
	for (size_t i = 0; i < screen->desks.len && !screen->held; i++) {
		struct bk_desk *const desk = screen->desks.items[i];
		struct bk_saver *const saver = &desk->saver;
		if (!bk_saver_take(saver))
			continue;
		if (!asks(saver) || (i == screen->current && !screen->prompt.active)) {
			tell(screen, desk);
		} else if (!saver->told && saver->done->status < 0) {
			bk_screen_complain(screen, "%s: %s", desk->session->name, bk_saving_why(saver->done));
			saver->told = true;
		}
	}
}

const struct bk_screen_act bk_acts_save[] = {
	{"save-revision", save_revision, 0},
	{"write-file", write_file, 0},
	{"write-as", write_as, 0},
	{"reload-file", reload, 0},
	{NULL, NULL, 0},
};
