/* What surrounds a draft: repository, settings, roster, conventions and ledger. */
#include "app/session.h"
#include "app/session_private.h"
#include "base/alloc.h"
#include "base/error.h"
#include "ledger/roster.h"

#include <string.h>
#include <sys/stat.h>

/* Remember the first reason why settings could not be read; only memory stops the screen. */
static int tolerate(struct bk_session *session, int status)
{
	if (status == BK_OK || status == BK_ENOREPO || status == BK_ENOTFOUND)
		return BK_OK;
	if (status == BK_ENOMEM || !(session->flags & BK_SESSION_EDIT))
		return status;
	if (!session->settings_error)
		session->settings_error = bk_strdup(bk_error_message());
	return session->settings_error ? BK_OK : bk_fail_memory();
}

/* A repository that cannot be opened (another owner's, a later format) must not keep a
 * plain file from being read. */
static int open_repository(struct bk_session *session)
{
	int status;
	char *name;

	if (session->repository)
		return BK_OK;
	status = bk_session_open_repository(
		&session->repository, session->path ? session->path : ".", &session->options);
	if (status < 0) {
		if (status == BK_ENOMEM)
			return status;
		if (status != BK_ENOREPO && !session->settings_error)
			session->settings_error = bk_strdup(bk_error_message());
		return BK_OK;
	}
	if (!session->path)
		return BK_OK;
	status = bk_repository_name(session->repository, session->path, &name);
	if (status < 0)
		return tolerate(session, status);
	session->repository_name = bk_strdup(name);
	bk_store_free(name);
	return session->repository_name ? BK_OK : bk_fail_memory();
}

/* Settings beside the draft that nothing reads, as there is no repository that they would be those of. */
static int tell_unread(struct bk_session *session)
{
	const char *slash = strrchr(session->name, '/');
	struct bk_buf name = BK_BUF_INIT, words = BK_BUF_INIT;
	struct stat about;
	int status;

	bk_buf_printf(&name, "%.*s.negotiation", slash ? (int)(slash + 1 - session->name) : 0, session->name);
	status = bk_buf_status(&name);
	if (status == BK_OK && !session->settings_error && lstat(bk_buf_string(&name), &about) == 0) {
		bk_buf_printf(&words,
			"'%s' is not read outside of a repository: bracked init makes its folder one",
			bk_buf_string(&name));
		session->settings_error = bk_buf_detach(&words, NULL);
		status = session->settings_error ? BK_OK : bk_fail_memory();
	}
	bk_buf_release(&words);
	bk_buf_release(&name);
	return status;
}

static int read_negotiation(struct bk_session *session)
{
	char *bytes;
	size_t len;
	int status;

	if (!session->repository)
		return session->options.kin ? BK_OK : tell_unread(session);
	status = bk_repository_negotiation(session->repository, session->revision, &bytes, &len);
	if (status < 0)
		return tolerate(session, status);
	status = bk_settings_parse(&session->negotiation, bytes, len, ".negotiation");
	bk_store_free(bytes);
	return tolerate(session, status);
}

static int make_roster(struct bk_session *session, const struct bk_setting *settings, size_t count)
{
	int status = bk_roster_new_ahead(&session->roster, session->roster_ahead, settings, count);

	if (status < 0 && tolerate(session, status) == BK_OK)
		status = bk_roster_new(&session->roster, NULL, 0);
	return status;
}

static int make_conventions(struct bk_session *session, const struct bk_setting *settings, size_t count)
{
	int status = bk_conventions_new(&session->conventions, session->options.conventions, settings, count);

	if (status < 0 && session->flags & BK_SESSION_EDIT && tolerate(session, status) == BK_OK)
		status = bk_conventions_new(&session->conventions, NULL, NULL, 0);
	return status;
}

static bool same_settings(const bk_settings *a, const bk_settings *b)
{
	size_t count = 0, other_count = 0;
	const struct bk_setting *list = a ? bk_settings_list(a, &count) : NULL;
	const struct bk_setting *other = b ? bk_settings_list(b, &other_count) : NULL;

	if (count != other_count)
		return false;
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].name, other[i].name) != 0 || strcmp(list[i].value, other[i].value) != 0)
			return false;
	return true;
}

/* Both are made of settings alone, which of two revisions are nearly always the same. */
static bool share_with_kin(struct bk_session *session)
{
	const struct bk_session *kin = session->options.kin;

	if (!kin || session->flags & BK_SESSION_EDIT ||
		!same_settings(session->negotiation, kin->negotiation))
		return false;
	session->roster = kin->roster;
	session->conventions = kin->conventions;
	session->shares = true;
	return true;
}

static int find_author(struct bk_session *session)
{
	const struct bk_person *person = &session->options.identity.author;
	const char *name = person->name ? person->name : bk_session_config(session, "user.name", NULL);
	const char *mail = person->mail ? person->mail : bk_session_config(session, "user.email", NULL);
	struct bk_buf author = BK_BUF_INIT;

	if (!name)
		return BK_OK;
	bk_buf_puts(&author, name);
	if (mail)
		bk_buf_printf(&author, " <%s>", mail);
	session->author = bk_buf_detach(&author, NULL);
	return session->author ? BK_OK : bk_fail_memory();
}

static int load_settings(struct bk_session *session)
{
	const struct bk_setting *settings = NULL;
	size_t count = 0;
	int status = open_repository(session);

	/* A command that only reads prints the same for all. */
	if (status == BK_OK && session->flags & (BK_SESSION_CHANGE | BK_SESSION_EDIT | BK_SESSION_PERSON))
		status = tolerate(session, bk_settings_person(&session->person, session->repository));
	if (status == BK_OK)
		status = read_negotiation(session);
	if (status < 0)
		return status;
	if (session->negotiation)
		settings = bk_settings_list(session->negotiation, &count);
	if (!share_with_kin(session)) {
		status = make_roster(session, settings, count);
		if (status == BK_OK)
			status = make_conventions(session, settings, count);
	}
	return status == BK_OK ? find_author(session) : status;
}

/* The ledger of "REV:path" is the one committed beside it. */
static int load_revision_ledger(struct bk_session *session)
{
	struct bk_buf name = BK_BUF_INIT;
	char *bytes;
	size_t len;
	int status;

	bk_buf_printf(&name, "%s.ledger", session->repository_name);
	status = bk_revision_read(session->repository, session->revision, bk_buf_string(&name), &bytes, &len);
	bk_buf_release(&name);
	if (status == BK_ENOTFOUND)
		return BK_OK;
	if (status < 0)
		return status;
	bk_buf_clear(&session->ledger_bytes);
	bk_buf_put(&session->ledger_bytes, bytes, len);
	bk_store_free(bytes);
	return bk_buf_status(&session->ledger_bytes);
}

/* What the ledger said before anything was recorded here. */
static void note_received(struct bk_session *session)
{
	if (!session->ledger_seen)
		session->ledger_received = session->ledger_on_disk;
	session->ledger_seen = true;
}

int bk_session_load_ledger(struct bk_session *session)
{
	struct bk_file_bytes bytes;
	bool changed = true;
	int status;

	if (session->revision)
		return session->ledger ? BK_OK : load_revision_ledger(session);
	if (!session->ledger_path)
		return BK_OK;
	if (session->ledger)
		bk_file_changed(&session->ledger_stamp, session->ledger_path, &changed);
	if (!changed)
		return BK_OK;
	status = bk_file_read_plain(&bytes, session->ledger_path);
	if (status == BK_ENOTFOUND) {
		session->ledger_stamp = (struct bk_file_stamp){0};
		note_received(session);
		return BK_OK;
	}
	if (status < 0)
		return status;
	bk_buf_clear(&session->ledger_bytes);
	bk_buf_put_str(&session->ledger_bytes, bytes.str);
	session->ledger_on_disk = session->ledger_bytes.len;
	note_received(session);
	session->ledger_stamp = bytes.stamp;
	session->ledger_version++;
	bk_file_release(&bytes);
	return bk_buf_status(&session->ledger_bytes);
}

int bk_session_read_surroundings(struct bk_session *session)
{
	int status = session->roster ? BK_OK : load_settings(session);

	if (status < 0 || session->ledger)
		return status;
	status = bk_session_load_ledger(session);
	if (status == BK_OK)
		status = bk_ledger_parse(&session->ledger, bk_buf_string(&session->ledger_bytes),
			session->ledger_bytes.len, session->ledger_path ? session->ledger_path : "ledger");
	return status;
}

int bk_session_complete(struct bk_session *session)
{
	int status = session->text && !session->lock ? bk_session_take_lock(session) : BK_OK;

	if (status == BK_OK && session->text && !session->journal_error)
		status = bk_session_open_journal(session);
	return status == BK_OK ? bk_session_read_surroundings(session) : status;
}

/* ---- The repository ---- */

int bk_session_need_repository(struct bk_session *session)
{
	char *name;
	int status;

	if (!session->path && !session->revision)
		return bk_fail(
			BK_EINVAL, "'%s' is no file in a repository: write it to one first", session->name);
	if (!session->repository) {
		status = bk_session_open_repository(&session->repository, session->path, &session->options);
		if (status < 0)
			return status;
	}
	if (session->repository_name)
		return BK_OK;
	status = bk_repository_name(session->repository, session->path, &name);
	if (status < 0)
		return status;
	session->repository_name = bk_strdup(name);
	bk_store_free(name);
	return session->repository_name ? BK_OK : bk_fail_memory();
}

int bk_session_may_save(struct bk_session *session)
{
	int status = bk_session_complete(session);

	if (status == BK_OK)
		status = bk_session_need_repository(session);
	return status == BK_OK ? bk_revision_check(session->repository) : status;
}
