/* Saving in parts: see the header. */
#include "app/saving.h"
#include "app/guard.h"
#include "app/session_private.h"
#include "app/track.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"

#include <string.h>

/* ---- Beginning ------------------------------------------------------------------------------------------ */

static char *copy_of(const char *string, int *status)
{
	char *copy = string ? bk_strdup(string) : NULL;

	if (string && !copy)
		*status = bk_fail_memory();
	return copy;
}

/* What is saved: the text now, which typing that follows does not become part of. */
static int hold_text(struct bk_saving *saving)
{
	struct bk_session *session = saving->session;
	int status;

	bk_text_break(session->text);
	saving->snapshot = bk_text_snapshot(session->text);
	saving->step = bk_text_step(session->text);
	status = bk_guard_new(&saving->guard, session->text);
	return status == BK_OK ? bk_guard_proof_new(&saving->proof, session->guard) : status;
}

/* Edits made here know better than words where some brackets stand: for that the text must be read. */
static int hold_brackets(struct bk_saving *saving)
{
	size_t count;
	int status;

	bk_track_list(saving->session->track, &count);
	if (!count || saving->elsewhere)
		return BK_OK;
	status = bk_session_complete(saving->session);
	if (status == BK_OK)
		status = bk_session_analysis_begin(saving->session, &saving->analysis);
	saving->analysing = status == BK_OK;
	return status;
}

/* What was recorded along with the edits, and goes to the ledger with them. */
static int hold_said(struct bk_saving *saving)
{
	if (!saving->elsewhere && saving->session->ledger_next.len)
		bk_buf_put_str(&saving->said, bk_buf_str(&saving->session->ledger_next));
	return bk_buf_status(&saving->said);
}

/* Another file is another draft: its lock is needed before anything is written there. */
static int find_elsewhere(struct bk_saving *saving, const char *path)
{
	struct bk_session *session = saving->session;
	char *real;
	int status = bk_file_real_path(&real, path);

	if (status < 0)
		return status;
	saving->elsewhere = !session->path || strcmp(real, session->path) != 0;
	if (saving->elsewhere && session->options.state_folder)
		status = bk_lock_new(&saving->lock, session->options.state_folder, real, NULL);
	bk_free(real);
	/* Where the state folder is full the text must still get out: the journal that is begun there tells. */
	return status == BK_EIO ? BK_OK : status;
}

static int check_opened(const struct bk_session *session)
{
	if (session->path && session->flags & (BK_SESSION_CHANGE | BK_SESSION_EDIT))
		return BK_OK;
	return bk_fail(BK_EINVAL,
		"cannot write '%s': it was opened to be read, copy it to a file of your own first",
		session->name);
}

int bk_session_may_write(const struct bk_session *session)
{
	const int status = check_opened(session);

	return status < 0 ? status : bk_file_may_replace(session->path, &session->stamp);
}

static int begin_write(struct bk_saving *saving, const struct bk_saving_request *request)
{
	struct bk_session *session = saving->session;
	int status = check_opened(session);

	if (status == BK_OK && request->path)
		status = find_elsewhere(saving, request->path);
	if (status < 0)
		return status;
	saving->write = true;
	saving->flags = request->flags;
	saving->forced = (request->flags & BK_REPLACE_FORCE) != 0;
	if (!saving->elsewhere)
		saving->expected = session->stamp;
	saving->path = copy_of(saving->elsewhere ? request->path : session->path, &status);
	saving->ledger_path = copy_of(session->ledger_path, &status);
	saving->marked = session->journal && !saving->elsewhere;
	if (status == BK_OK)
		status = hold_text(saving);
	if (status == BK_OK)
		status = hold_brackets(saving);
	return status == BK_OK ? hold_said(saving) : status;
}

static int begin_revision(struct bk_saving *saving, const struct bk_saving_request *request)
{
	struct bk_session *session = saving->session;
	int status = bk_session_complete(session);

	if (status == BK_OK)
		status = bk_session_need_repository(session);
	if (status < 0)
		return status;
	if (bk_session_is_changed(session))
		status = begin_write(saving, request);
	if (!saving->path) {
		saving->path = copy_of(session->path, &status);
		saving->ledger_path = copy_of(session->ledger_path, &status);
		saving->snapshot = bk_text_snapshot(session->text);
	}
	saving->received = bk_snapshot_keep(session->received);
	saving->ledger_received = session->ledger_received;
	saving->message = copy_of(request->message, &status);
	saving->symbol = copy_of(request->symbol, &status);
	saving->party = copy_of(bk_session_party(session), &status);
	saving->name = copy_of(session->repository_name, &status);
	return status;
}

int bk_saving_new(struct bk_saving **out, struct bk_session *session, const struct bk_saving_request *request)
{
	struct bk_saving *saving = bk_calloc(1, sizeof *saving);
	int status;

	if (!saving)
		return bk_fail_memory();
	saving->session = session;
	status = request->message ? begin_revision(saving, request) : begin_write(saving, request);
	if (status < 0) {
		bk_saving_free(saving);
		return status;
	}
	*out = saving;
	return BK_OK;
}

void bk_saving_free(struct bk_saving *saving)
{
	if (!saving)
		return;
	bk_replacing_free(saving->replacing);
	bk_lock_free(saving->lock);
	if (saving->analysing)
		bk_session_analysis_release(&saving->analysis);
	bk_guard_proof_free(saving->proof);
	bk_guard_free(saving->guard);
	bk_snapshot_free(saving->snapshot);
	bk_snapshot_free(saving->received);
	bk_buf_release(&saving->lines);
	bk_buf_release(&saving->said);
	bk_free(saving->path);
	bk_free(saving->ledger_path);
	bk_free(saving->message);
	bk_free(saving->symbol);
	bk_free(saving->party);
	bk_free(saving->name);
	bk_free(saving->error);
	bk_free(saving->remark);
	bk_free(saving);
}

/* ---- The long part -------------------------------------------------------------------------------------- */

struct walk {
	const bk_snapshot *snapshot;
	size_t offset;
};

static int next_piece(void *context, struct bk_str *chunk)
{
	struct walk *walk = context;

	bk_snapshot_piece(walk->snapshot, walk->offset, &chunk->ptr, &chunk->len);
	walk->offset += chunk->len;
	return BK_OK;
}

/* The hash of what the file holds now; 0 when there is none that anybody could read. */
static int hash_old(const struct bk_saving *saving, uint64_t *hash)
{
	struct bk_file_bytes old;
	const int status = bk_file_read(&old, saving->path);

	*hash = 0;
	if (status < 0)
		return status == BK_ENOMEM ? status : BK_OK;
	*hash = bk_hash(old.str.ptr, old.str.len);
	bk_file_release(&old);
	return BK_OK;
}

/* What the ledger will have to be told about brackets, once the text has been read. */
static int make_lines(struct bk_saving *saving)
{
	uint64_t old;
	int status;

	bk_session_analysis_run(&saving->analysis);
	status = saving->analysis.status;
	if (status == BK_OK)
		status = hash_old(saving, &old);
	return status == BK_OK ? bk_session_carried_lines(&saving->analysis, old, &saving->lines) : status;
}

static int write_beside(struct bk_saving *saving)
{
	struct walk walk = {saving->snapshot, 0};
	const struct bk_file_source source = {next_piece, &walk};
	int status = bk_guard_proof_check(saving->proof);

	if (status == BK_OK && saving->analysing)
		status = make_lines(saving);
	if (status == BK_OK && saving->said.len) {
		bk_buf_put_str(&saving->lines, bk_buf_str(&saving->said));
		status = bk_buf_status(&saving->lines);
	}
	if (status < 0)
		return status;
	return bk_replacing_new(&saving->replacing, saving->path, &source,
		saving->forced ? NULL : &saving->expected, saving->flags);
}

void bk_saving_put_remark(struct bk_saving *saving)
{
	if (!saving->remark)
		saving->remark = bk_strdup(bk_error_message());
}

/* The file did not take the new bytes: what the ledger has got for them goes again. */
static int take_back(bk_appending *appending, int status)
{
	char why[BK_ERROR_MESSAGE];

	bk_error_keep(why);
	if (bk_appending_free(appending, true) < 0) {
		struct bk_buf both = BK_BUF_INIT;

		bk_buf_printf(&both, "%s; and %s", why, bk_error_message());
		bk_fail(status, "%s", bk_buf_string(&both));
		bk_buf_release(&both);
	} else {
		bk_fail(status, "%s", why);
	}
	return status;
}

static int put_in_place(struct bk_saving *saving)
{
	bk_appending *appending = NULL;
	int status = BK_OK;

	if (saving->lines.len)
		status = bk_appending_new(&appending, saving->ledger_path, bk_buf_str(&saving->lines));
	if (status < 0)
		return status;
	status = bk_replacing_finish(saving->replacing, &saving->stamp);
	saving->placed = saving->stamp.exists;
	if (!saving->placed)
		return take_back(appending, status);
	if (status < 0)
		bk_saving_put_remark(saving);
	/* Keeping what is synced cannot fail. */
	(void)bk_appending_free(appending, false);
	saving->appended = saving->lines.len > 0;
	return BK_OK;
}

/* The last hold on a large file that was replaced takes long to let go: not on the session's thread. */
static void let_go(struct bk_saving *saving)
{
	bk_replacing_free(saving->replacing);
	bk_guard_proof_free(saving->proof);
	saving->replacing = NULL;
	saving->proof = NULL;
}

static void run_stage(struct bk_saving *saving)
{
	int status = BK_OK;

	if (saving->stage == BK_SAVING_WRITE && saving->write) {
		status = write_beside(saving);
		if (status == BK_OK && saving->marked) {
			saving->stage = BK_SAVING_MARK;
			return;
		}
	}
	if (status == BK_OK && saving->write)
		status = put_in_place(saving);
	if (status == BK_OK && saving->message)
		status = bk_saving_commit(saving);
	let_go(saving);
	saving->status = status;
	saving->stage = BK_SAVING_DONE;
}

void bk_saving_run(struct bk_saving *saving)
{
	run_stage(saving);
	if (saving->stage == BK_SAVING_DONE && saving->status < 0)
		saving->error = bk_strdup(bk_error_message());
}

/* ---- What came of it ------------------------------------------------------------------------------------ */

/* A journal that cannot be kept does not undo what is saved: it is told. */
static void mark_journal(struct bk_saving *saving)
{
	struct bk_session *session = saving->session;

	if (session->journal &&
		bk_journal_saved(session->journal, session->stamp.hash, session->saved_step) < 0)
		bk_saving_put_remark(saving);
}

/* The text that was written is the file's from now on; what was typed meanwhile is not in it. */
static void adopt(struct bk_saving *saving)
{
	struct bk_session *session = saving->session;

	bk_snapshot_free(session->saved);
	session->saved = saving->snapshot;
	saving->snapshot = NULL;
	session->saved_step = saving->step;
	session->stamp = saving->stamp;
	bk_guard_free(session->guard);
	session->guard = saving->guard;
	saving->guard = NULL;
}

/* What belonged to the old file's place is looked up anew for the new one. */
static void leave_place(struct bk_session *session)
{
	bk_journal_free(session->journal);
	bk_lock_free(session->lock);
	bk_repository_free(session->repository);
	bk_free(session->repository_name);
	bk_free(session->journal_error);
	session->journal = NULL;
	session->lock = NULL;
	session->repository = NULL;
	session->repository_name = NULL;
	session->journal_error = NULL;
	bk_buf_clear(&session->ledger_bytes);
	bk_buf_clear(&session->ledger_next);
	session->ledger_on_disk = 0;
	session->ledger_seen = false;
	session->ledger_stamp = (struct bk_file_stamp){0};
	session->ledger_version++;
}

static int go_elsewhere(struct bk_saving *saving)
{
	struct bk_session *session = saving->session;
	int status = bk_session_set_paths(session, saving->path);

	if (status < 0)
		return status;
	adopt(saving);
	bk_snapshot_free(session->received);
	session->received = bk_snapshot_keep(session->saved);
	leave_place(session);
	session->lock = saving->lock;
	saving->lock = NULL;
	status = bk_session_begin_journal(session);
	if (session->journal_error)
		bk_fail(BK_EIO, "no journal is kept: %s", session->journal_error);
	if (status < 0 || session->journal_error)
		bk_saving_put_remark(saving);
	return bk_session_load_ledger(session);
}

static int settle(struct bk_saving *saving)
{
	struct bk_session *session = saving->session;

	if (!saving->placed)
		return BK_OK;
	if (saving->elsewhere)
		return go_elsewhere(saving);
	adopt(saving);
	mark_journal(saving);
	if (!saving->appended)
		return BK_OK;
	bk_buf_remove(&session->ledger_next, 0, saving->said.len);
	session->ledger_stamp = (struct bk_file_stamp){0};
	return bk_session_load_ledger(session);
}

const char *bk_saving_why(const struct bk_saving *saving)
{
	return saving->error ? saving->error : "out of memory";
}

bool bk_saving_take(struct bk_saving *saving)
{
	struct bk_session *session = saving->session;

	if (saving->stage == BK_SAVING_MARK) {
		/* What cannot be written now stays with the journal, whose next tick tries again and tells. */
		if (session->journal)
			(void)bk_journal_saving(
				session->journal, bk_replacing_hash(saving->replacing), saving->step);
		saving->stage = BK_SAVING_PLACE;
		return false;
	}
	if (saving->status < 0)
		bk_fail(saving->status, "%s", bk_saving_why(saving));
	if (settle(saving) < 0)
		bk_saving_put_remark(saving);
	if (saving->status < 0)
		bk_fail(saving->status, "%s", bk_saving_why(saving));
	return true;
}
