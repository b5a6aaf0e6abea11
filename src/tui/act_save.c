/* Saving: the file and revisions, on a thread; what becomes of it, and what a person decides when it fails. */
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

/* ---- Beginning ---- */

static void offer_remedy(struct bk_screen *screen, const struct bk_saving *saving);
static void offer_init(struct bk_screen *screen);
static void ask_note(struct bk_screen *screen);

/* A save could not even begin. */
static void tell_refusal(struct bk_screen *screen, int status)
{
	if (status == BK_ENOREPO)
		offer_init(screen);
	else
		bk_screen_report(screen, status);
}

static void start(struct bk_screen *screen, const struct bk_saving_request *request)
{
	struct bk_desk *const desk = desk_of(screen);
	struct bk_saver *const saver = &desk->saver;
	if (bk_saver_is_busy(saver)) {
		saver->wanted = true;
		saver->wanted_revision = saver->wanted_revision || request->message != NULL;
		saver->wanted_flags |= request->flags;
		bk_screen_say(screen, "%s is still being written: this comes after", desk->session->name);
		return;
	}
	const int status = bk_saver_start(saver, desk->session, request, screen->terminal->wake_write);
	if (status < 0) {
		saver->leave = false;
		tell_refusal(screen, status);
		return;
	}
	bk_screen_say(screen, "writing %s ...", request->path != NULL ? request->path : desk->session->name);
}

static void write_file(struct bk_screen *screen, int argument)
{
	(void)argument;
	desk_of(screen)->saver.noted = false;
	if (may_save(screen))
		start(screen, &(struct bk_saving_request){.flags = 0});
}

void bk_act_write_and_leave(struct bk_screen *screen)
{
	if (!may_save(screen))
		return;
	desk_of(screen)->saver.leave = true;
	start(screen, &(struct bk_saving_request){.flags = 0});
}

static void save_noted(struct bk_screen *screen)
{
	struct bk_saver *const saver = &desk_of(screen)->saver;
	start(screen, &(struct bk_saving_request){.message = bk_buf_string(&saver->note)});
}

/* ---- Another place ---- */

static void written_elsewhere(struct bk_screen *screen, struct bk_str answer)
{
	if (answer.len == 0)
		return;
	if (bk_saver_is_busy(&desk_of(screen)->saver))
		bk_screen_complain(screen, "still being written: try again in a moment");
	else
		start(screen, &(struct bk_saving_request){.path = answer.ptr});
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
		start(screen, &(struct bk_saving_request){.flags = BK_REPLACE_IN_PLACE});
}

/* ---- The note of a revision ---- */

static void keep_note(struct bk_screen *screen, struct bk_str note)
{
	struct bk_saver *const saver = &desk_of(screen)->saver;
	bk_buf_clear(&saver->note);
	bk_buf_put_str(&saver->note, note);
}

static void note_cancelled(struct bk_screen *screen)
{
	keep_note(screen, bk_buf_str(&screen->prompt.input));
}

static void noted(struct bk_screen *screen, struct bk_str answer)
{
	keep_note(screen, answer);
	if (answer.len == 0)
		bk_screen_say(screen, "no note, no revision; Ctrl-O writes the file alone");
	else
		save_noted(screen);
}

static void ask_note(struct bk_screen *screen)
{
	struct bk_saver *const saver = &desk_of(screen)->saver;
	struct bk_buf before = BK_BUF_INIT;
	/* The note of a revision that is being saved is not the next one's. */
	if (saver->saving == NULL)
		bk_buf_put_str(&before, bk_buf_str(&saver->note));
	saver->noted = false;
	bk_prompt_ask(screen, &(struct bk_question){.label = "save a revision; what is it? (note):",
				      .initial = bk_buf_string(&before),
				      .answer = noted,
				      .cancel = note_cancelled});
	bk_buf_release(&before);
}

/* What would stop the revision is told before anybody has typed a note. */
static void save_revision(struct bk_screen *screen, int argument)
{
	(void)argument;
	if (!may_save(screen))
		return;
	const int status = bk_session_may_save(desk_of(screen)->session);
	if (status == BK_OK)
		ask_note(screen);
	else if (status == BK_ENOREPO)
		offer_init(screen);
	else
		bk_screen_complain(screen, "%s.  Ctrl-O writes the file alone", bk_error_message());
}

/* ---- A repository ---- */

static void made_repository(struct bk_screen *screen, struct bk_str answer)
{
	if (answer.ptr[0] != 'y') {
		bk_screen_say(screen, "no revision; Ctrl-O writes the file alone");
		return;
	}
	bk_repository *repository = NULL;
	struct bk_buf folder = BK_BUF_INIT;
	const char *const path = desk_of(screen)->session->path;
	const char *const slash = strrchr(path, '/');
	bk_buf_put(&folder, path, slash > path ? (size_t)(slash - path) : 1);
	const int status = bk_repository_init(&repository, bk_buf_string(&folder));
	bk_repository_free(repository);
	bk_buf_release(&folder);
	if (bk_screen_report(screen, status) == BK_OK)
		save_revision(screen, 0);
}

static void offer_init(struct bk_screen *screen)
{
	struct bk_buf label = BK_BUF_INIT;
	bk_buf_printf(&label, "revisions need a repository.  Make one in the folder of %s?",
		desk_of(screen)->session->name);
	bk_prompt_ask(screen, &(struct bk_question){.label = bk_buf_string(&label),
				      .letters = "yn",
				      .hints = "y yes   n no   Esc cancel",
				      .answer = made_repository});
	bk_buf_release(&label);
}

/* ---- What others changed ---- */

static void decided(struct bk_screen *screen, struct bk_str answer)
{
	struct bk_desk *const desk = desk_of(screen);
	struct bk_session *const session = desk->session;
	switch (answer.ptr[0]) {
	case 'r':
		if (bk_screen_report(screen, bk_session_reload(session)) < 0)
			return;
		bk_screen_say(screen, "reloaded; Ctrl-Z goes back to what was here%s%s",
			session->remark != NULL ? "; but " : "",
			session->remark != NULL ? session->remark : "");
		break;
	case 'm':
		if (bk_screen_report(screen, bk_session_merge_disk(session)) == BK_OK)
			bk_screen_say(screen, "merged; Ctrl-O writes it");
		break;
	case 'e': ask_place(screen, "write this text to which file?"); break;
	case 'o': start(screen, &(struct bk_saving_request){.flags = BK_REPLACE_FORCE}); break;
	case 'w': start(screen, &(struct bk_saving_request){.flags = 0}); break;
	default:
		bk_screen_say(
			screen, session->stamp.exists ? "kept; the file stays as others left it" : "kept");
		break;
	}
}

static void ask_about_others(struct bk_screen *screen)
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
	bk_prompt_ask(screen,
		&(struct bk_question){
			.label = bk_buf_string(&label),
			.hints = gone ? "w write it anew   e write elsewhere   k keep the text here"
				      : "r reload   m merge   k keep mine   e write elsewhere   o write over "
					"theirs",
			.letters = gone ? "wek" : "rmkeo",
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
	if (bk_session_changed_by_others(desk->session, &changed) == BK_OK && changed)
		ask_about_others(screen);
}

static void reload(struct bk_screen *screen, int argument)
{
	(void)argument;
	if (!may_save(screen))
		return;
	if (bk_saver_is_busy(&desk_of(screen)->saver))
		bk_screen_complain(screen, "still being written: try again in a moment");
	else
		decided(screen, BK_STR("r"));
}

/* ---- What came of it ---- */

/* The file could not be written: ask what a person can decide, else offer another place. */
static void offer_remedy(struct bk_screen *screen, const struct bk_saving *saving)
{
	const char *const why = saving->error != NULL ? saving->error : "out of memory";
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
		ask_about_others(screen);
	} else if (saving->status == BK_EEXISTS) {
		bk_prompt_ask(screen, &(struct bk_question){
					      .label = "Write into it all the same?",
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
	else if (saving->forced)
		bk_buf_puts(out, "written over what others had put there");
	else
		bk_buf_printf(out, "written to %s", desk->session->name);
	if (saving->remark != NULL)
		bk_buf_printf(out, "; but %s", saving->remark);
}

/* waiting: the note is that of another revision by now. */
static void tell_success(
	struct bk_screen *screen, struct bk_desk *desk, const struct bk_saving *saving, bool waiting)
{
	struct bk_buf words = BK_BUF_INIT;
	put_success(desk, saving, &words);
	if (saving->remark != NULL)
		bk_screen_complain(screen, "%s", bk_buf_string(&words));
	else
		bk_screen_say(screen, "%s", bk_buf_string(&words));
	bk_buf_release(&words);
	desk->warned = false;
	if (saving->elsewhere)
		bk_desk_keep_place(desk, true);
	if (saving->message != NULL && !waiting)
		bk_buf_clear(&desk->saver.note);
	if (saving->message != NULL && !saving->unchanged)
		bk_desk_read_past(desk, screen->terminal->wake_write);
}

/* Whether telling it asks something, for which the draft must be the one that is shown. */
static bool asks(const struct bk_saver *saver)
{
	return saver->done->status < 0 || saver->leave || saver->noted;
}

static void tell(struct bk_screen *screen, struct bk_desk *desk)
{
	struct bk_saver *const saver = &desk->saver;
	struct bk_saving *const saving = saver->done;
	const struct bk_saving_request next = {.flags = saver->wanted_flags,
		.message = saver->wanted_revision ? bk_buf_string(&saver->note) : NULL};
	const bool again = saver->wanted && saving->status == BK_OK;
	const bool leave = saver->leave && saving->status == BK_OK;
	saver->done = NULL;
	saver->wanted = saver->wanted_revision = false;
	saver->wanted_flags = 0;
	if (saving->status < 0) {
		saver->leave = false;
		offer_remedy(screen, saving);
	} else {
		tell_success(screen, desk, saving, next.message != NULL);
	}
	bk_saving_free(saving);
	if (again) {
		start(screen, &next);
	} else if (leave) {
		saver->leave = false;
		bk_act_leave_on(screen);
	} else if (saver->noted && !screen->prompt.active) {
		ask_note(screen);
	}
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
			bk_screen_complain(screen, "%s: %s", desk->session->name,
				saver->done->error != NULL ? saver->done->error : "out of memory");
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
