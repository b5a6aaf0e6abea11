/* Opening a draft with all that belongs to it, and asking who it is opened for. */
#include "app/session.h"
#include "app/guard.h"
#include "app/session_private.h"
#include "app/track.h"
#include "base/alloc.h"
#include "base/error.h"
#include "ledger/roster.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

int bk_session_open_repository(
	bk_repository **out, const char *path, const struct bk_session_options *options)
{
	const int status = bk_repository_open(out, path);

	if (status == BK_OK)
		bk_repository_identify(*out, &options->identity);
	return status;
}

/* ---- Where bytes come from ---- */

/* The colon of "REV:path" when FILE is a revision and no file of that name exists; NULL otherwise. */
static const char *revision_colon(const char *file)
{
	const char *colon = strchr(file, ':');

	if (!colon || colon == file || access(file, F_OK) == 0)
		return NULL;
	return colon;
}

static void release_file(void *context)
{
	struct bk_file_bytes *bytes = context;

	bk_file_release(bytes);
	bk_free(bytes);
}

static void release_store(void *context)
{
	bk_store_free(context);
}

static int load_input(struct bk_session *session)
{
	struct bk_buf input = BK_BUF_INIT;
	int status = bk_file_read_descriptor(&input, STDIN_FILENO, "standard input");

	if (status == BK_OK)
		status = bk_text_new(&session->text, bk_buf_string(&input), input.len);
	bk_buf_release(&input);
	return status;
}

/*
 * "./name" and "../name" after the colon are from the working folder, as git has it; all else from the top, as is
 * "./name" where there are no files to work on.
 */
static int revision_path(bk_repository *repository, const char *path, char **out)
{
	char *name;
	int status;

	if (bk_repository_is_bare(repository) && strncmp(path, "./", 2) == 0)
		path += 2;
	if (strncmp(path, "./", 2) != 0 && strncmp(path, "../", 3) != 0) {
		*out = bk_strdup(path);
		return *out ? BK_OK : bk_fail_memory();
	}
	status = bk_repository_name(repository, path, &name);
	if (status < 0)
		return status;
	*out = bk_strdup(name);
	bk_store_free(name);
	return *out ? BK_OK : bk_fail_memory();
}

/* A file's own path stands for its name in its repository, also from outside of that. */
static int find_revision_path(struct bk_session *session, const char *path)
{
	char *name;
	int status = path[0] == '/'
			     ? BK_ENOREPO
			     : bk_session_open_repository(&session->repository, ".", &session->options);

	if (status == BK_OK)
		return revision_path(session->repository, path, &session->repository_name);
	if (status != BK_ENOREPO || (path[0] != '/' && access(path, F_OK) < 0))
		return status;
	status = bk_session_open_repository(&session->repository, path, &session->options);
	if (status == BK_OK)
		status = bk_repository_name(session->repository, path, &name);
	if (status < 0)
		return status;
	session->repository_name = bk_strdup(name);
	bk_store_free(name);
	return session->repository_name ? BK_OK : bk_fail_memory();
}

static int load_revision(struct bk_session *session, const char *colon)
{
	char *bytes;
	size_t len;
	int status = find_revision_path(session, colon + 1);

	if (status < 0)
		return status;
	session->revision = bk_memdup(session->name, (size_t)(colon - session->name));
	if (!session->revision)
		return bk_fail_memory();
	status = bk_revision_read(
		session->repository, session->revision, session->repository_name, &bytes, &len);
	if (status < 0)
		return status;
	status = bk_text_borrow(&session->text, bytes, len, release_store, bytes, false);
	if (status < 0)
		bk_store_free(bytes);
	return status;
}

int bk_session_set_paths(struct bk_session *session, const char *file)
{
	struct bk_buf ledger = BK_BUF_INIT;
	char *path, *name;
	int status = bk_file_real_path(&path, file);

	if (status < 0)
		return status;
	bk_buf_printf(&ledger, "%s.ledger", path);
	status = bk_buf_status(&ledger);
	name = status == BK_OK ? bk_strdup(file) : NULL;
	if (!name) {
		bk_free(path);
		bk_buf_release(&ledger);
		return status < 0 ? status : bk_fail_memory();
	}
	bk_free(session->path);
	bk_free(session->ledger_path);
	bk_free(session->name);
	session->name = name;
	session->path = path;
	session->ledger_path = bk_buf_detach(&ledger, NULL);
	return BK_OK;
}

/* What the text says is summed up at once, but for the screen, which looks at its beginning, and where nobody may
 * ask. */
static int borrow_file(struct bk_session *session, struct bk_file_bytes *bytes)
{
	const struct bk_str str = bytes->str;

	return session->flags & BK_SESSION_UNREAD
		       ? bk_text_borrow_unread(&session->text, str.ptr, str.len, release_file, bytes)
		       : bk_text_borrow(&session->text, str.ptr, str.len, release_file, bytes,
				 (session->flags & BK_SESSION_EDIT) != 0);
}

static bool only_reads(const struct bk_session *session)
{
	return !(session->flags & (BK_SESSION_CHANGE | BK_SESSION_EDIT));
}

/* Whoever only reads does not ask later whether the file is still what it was. */
static int load_path(struct bk_session *session)
{
	struct bk_file_bytes *bytes = bk_calloc(1, sizeof *bytes);
	int status = BK_OK;

	if (!bytes)
		status = bk_fail_memory();
	else if (only_reads(session))
		status = bk_file_read_once(bytes, session->name);
	else
		status = bk_file_read(bytes, session->name);

	if (status == BK_ENOTFOUND && session->flags & BK_SESSION_EDIT)
		status = bk_text_new(&session->text, "", 0);
	else if (status == BK_OK) {
		session->stamp = bytes->stamp;
		status = borrow_file(session, bytes);
		if (status == BK_OK)
			bytes = NULL;
		else
			bk_file_release(bytes);
	}
	bk_free(bytes);
	return status == BK_OK ? bk_session_set_paths(session, session->name) : status;
}

static int load(struct bk_session *session)
{
	const char *colon = revision_colon(session->name);
	const bool read_only = only_reads(session);

	if (read_only && strcmp(session->name, "-") == 0)
		return load_input(session);
	if (strcmp(session->name, "-") == 0)
		return bk_fail(BK_EINVAL, "cannot change standard input: name a file");
	if (colon && read_only)
		return load_revision(session, colon);
	if (colon)
		return bk_fail(BK_EINVAL,
			"cannot change '%s': a revision stays as it is, restore it to a file first",
			session->name);
	return load_path(session);
}

/* ---- Opening and closing ---- */

/* What is typed gets the time at which it was, which the journal keeps. */
static int64_t seconds_now(void)
{
	return (int64_t)time(NULL);
}

/* All but the bytes, which are there. */
static int open_steps(struct bk_session *session)
{
	const bool later = bk_session_may_wait(session);
	int status = later ? BK_OK : bk_session_take_lock(session);

	bk_text_set_clock(session->text, session->options.clock ? session->options.clock : seconds_now);
	if (status == BK_OK)
		status = bk_guard_new(&session->guard, session->text);
	if (status == BK_OK)
		status = bk_track_new(&session->track, session->text);
	if (status < 0)
		return status;
	session->saved = bk_text_snapshot(session->text);
	session->received = bk_snapshot_keep(session->saved);
	session->saved_step =
		session->stamp.exists || !session->path ? bk_text_step(session->text) : BK_NOWHERE;
	if (!later)
		status = bk_session_claim(session);
	if (status == BK_OK && !(session->flags & (BK_SESSION_EDIT | BK_SESSION_BARE)))
		status = bk_session_complete(session);
	if (status == BK_OK && !(session->flags & (BK_SESSION_EDIT | BK_SESSION_UNREAD)))
		status = bk_session_refresh(session);
	return status;
}

/*
 * The roster is built while the file is read, unless it is shared, or waits for bk_session_complete; not for a file
 * that is not there, which is most of what cannot be opened.
 */
static void begin_roster(struct bk_session *session)
{
	if (session->flags & BK_SESSION_EDIT || session->options.kin ||
		(strcmp(session->name, "-") != 0 && access(session->name, F_OK) < 0 &&
			!revision_colon(session->name)))
		return;
	session->roster_ahead = bk_roster_ahead_new();
}

int bk_session_open(
	struct bk_session **out, const char *file, unsigned flags, const struct bk_session_options *options)
{
	struct bk_session *session = bk_calloc(1, sizeof *session);
	int status;

	if (!session)
		return bk_fail_memory();
	session->flags = flags;
	session->options = *options;
	session->name = bk_strdup(file);
	if (session->name)
		begin_roster(session);
	status = session->name ? load(session) : bk_fail_memory();
	if (status == BK_OK)
		status = open_steps(session);
	if (status < 0) {
		bk_session_free(session);
		return status;
	}
	*out = session;
	return BK_OK;
}

int bk_session_open_unwritten(struct bk_session **out, const char *file, struct bk_str bytes,
	const struct bk_session_options *options)
{
	struct bk_session *session = bk_calloc(1, sizeof *session);
	int status;

	if (!session)
		return bk_fail_memory();
	session->flags = BK_SESSION_CHANGE | BK_SESSION_UNREAD;
	session->options = *options;
	status = bk_session_set_paths(session, file);
	if (status == BK_OK)
		status = bk_text_new(&session->text, bytes.ptr, bytes.len);
	if (status == BK_OK)
		status = open_steps(session);
	if (status < 0) {
		bk_session_free(session);
		return status;
	}
	session->options.dry_run = true;
	*out = session;
	return BK_OK;
}

int bk_session_open_roster(struct bk_session **out, const struct bk_session_options *options)
{
	struct bk_session *session = bk_calloc(1, sizeof *session);
	int status;

	if (!session)
		return bk_fail_memory();
	session->options = *options;
	session->name = bk_strdup(".");
	status = session->name ? bk_session_complete(session) : bk_fail_memory();
	if (status < 0) {
		bk_session_free(session);
		return status;
	}
	*out = session;
	return BK_OK;
}

static void drop_reading(struct bk_session *session)
{
	bk_positions_free(session->positions);
	bk_binding_free(session->binding);
	bk_draft_free(session->draft);
	session->positions = NULL;
	session->binding = NULL;
	session->draft = NULL;
}

void bk_session_free(struct bk_session *session)
{
	if (!session)
		return;
	bk_journal_free(session->journal);
	bk_lock_free(session->lock);
	drop_reading(session);
	bk_guard_free(session->guard);
	bk_track_free(session->track);
	bk_snapshot_free(session->received);
	bk_snapshot_free(session->saved);
	bk_text_free(session->text);
	bk_ledger_free(session->ledger);
	bk_buf_release(&session->ledger_bytes);
	bk_buf_release(&session->ledger_next);
	if (!session->shares) {
		bk_conventions_free(session->conventions);
		bk_roster_free(session->roster);
	}
	bk_roster_ahead_free(session->roster_ahead);
	bk_settings_free(session->person);
	bk_settings_free(session->negotiation);
	bk_repository_free(session->repository);
	bk_free(session->repository_name);
	bk_free(session->revision);
	bk_free(session->author);
	bk_free(session->settings_error);
	bk_free(session->journal_error);
	bk_free(session->remark);
	bk_free(session->path);
	bk_free(session->ledger_path);
	bk_free(session->name);
	bk_free(session);
}

/* ---- Asking ---- */

const char *bk_session_config(const struct bk_session *session, const char *name, const char *fallback)
{
	const size_t len = strlen(name);

	for (size_t i = 0; session->options.config && session->options.config[i]; i++) {
		const char *entry = session->options.config[i];

		if (strncasecmp(entry, name, len) == 0 && entry[len] == '=')
			return entry + len + 1;
	}
	return session->person ? bk_settings_get(session->person, name, fallback) : fallback;
}

const char *bk_session_party(const struct bk_session *session)
{
	const char *name = bk_session_config(session, "bracked.party", NULL);
	const struct bk_party *party;

	if (!name || !session->roster)
		return name;
	party = bk_roster_find(session->roster, name, strlen(name));
	return party ? party->code : name;
}

const char *bk_session_author(const struct bk_session *session)
{
	return session->author ? session->author : "";
}

bool bk_session_is_changed(const struct bk_session *session)
{
	return bk_text_step(session->text) != session->saved_step;
}

int64_t bk_session_now(const struct bk_session *session)
{
	return session->options.clock ? session->options.clock() : (int64_t)time(NULL);
}
