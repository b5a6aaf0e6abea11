/* What changes a session: acts on the text, the file, revisions and the ledger. */
#include "app/session.h"
#include "app/guard.h"
#include "app/session_private.h"
#include "app/track.h"
#include "base/alloc.h"
#include "base/error.h"

int bk_session_apply(struct bk_session *session, const bk_changes *changes)
{
	size_t count;
	const struct bk_change *list = bk_changes_list(changes, &count);

	if (session->draft_version != bk_text_version(session->text))
		return bk_fail(BK_EINVAL, "the draft has changed since it was read: try again");
	if (!count)
		return BK_OK;
	bk_track_settling(session->track, true);
	const int status = bk_text_apply(session->text, list, count);
	bk_track_settling(session->track, false);
	return status;
}

/* ---- The file ---- */

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

/* The text equals the file from now on. */
static int mark_saved(struct bk_session *session)
{
	bk_snapshot *now = bk_text_snapshot(session->text);

	bk_snapshot_free(session->saved);
	session->saved = now;
	session->saved_step = bk_text_step(session->text);
	bk_text_break(session->text);
	if (session->journal)
		bk_journal_saved(session->journal, session->stamp.hash, session->saved_step);
	return bk_guard_reset(session->guard);
}

static int write_to(
	struct bk_session *session, const char *path, const struct bk_file_stamp *expected, unsigned flags)
{
	struct walk walk = {bk_text_now(session->text), 0};
	const struct bk_file_source source = {next_piece, &walk};
	int status = bk_guard_check(session->guard);

	if (status == BK_OK)
		status = bk_file_replace(path, &source, expected, flags, &session->stamp);
	return status == BK_OK ? mark_saved(session) : status;
}

int bk_session_write(struct bk_session *session, unsigned flags)
{
	if (!session->path || !(session->flags & (BK_SESSION_CHANGE | BK_SESSION_EDIT)))
		return bk_fail(BK_EINVAL, "cannot write '%s': it was opened to be read", session->name);
	const int status =
		write_to(session, session->path, flags & BK_REPLACE_FORCE ? NULL : &session->stamp, flags);

	return status == BK_OK ? bk_session_record_carried(session) : status;
}

/* What belonged to the old file's place is looked up anew for the new one. */
static void leave_place(struct bk_session *session)
{
	bk_journal_close(session->journal);
	bk_lock_release(session->lock);
	bk_repository_free(session->repository);
	bk_free(session->repository_name);
	session->journal = NULL;
	session->lock = NULL;
	session->repository = NULL;
	session->repository_name = NULL;
	bk_buf_clear(&session->ledger_bytes);
	session->ledger_on_disk = 0;
	session->ledger_stamp = (struct bk_file_stamp){0};
	session->ledger_version++;
}

int bk_session_write_as(struct bk_session *session, const char *path, unsigned flags)
{
	const struct bk_file_stamp missing = {.exists = false};
	int status = write_to(session, path, flags & BK_REPLACE_FORCE ? NULL : &missing, flags);

	if (status == BK_OK)
		status = bk_session_set_paths(session, path);
	if (status < 0)
		return status;
	leave_place(session);
	status = bk_session_take_lock(session);
	if (status == BK_OK)
		status = bk_session_open_journal(session);
	return status == BK_OK ? bk_session_load_ledger(session) : status;
}

int bk_session_changed_by_others(const struct bk_session *session, bool *changed)
{
	*changed = false;
	if (!session->path)
		return BK_OK;
	return bk_file_changed(&session->stamp, session->path, changed);
}

int bk_session_replace_all(struct bk_session *session, struct bk_str bytes)
{
	const char *old;
	size_t old_len, head = 0, tail = 0;
	int status = bk_snapshot_flat(bk_text_now(session->text), &old, &old_len);

	if (status < 0)
		return status;
	while (head < old_len && head < bytes.len && old[head] == bytes.ptr[head])
		head++;
	while (tail < old_len - head && tail < bytes.len - head &&
		old[old_len - tail - 1] == bytes.ptr[bytes.len - tail - 1])
		tail++;
	if (head + tail == old_len && head + tail == bytes.len)
		return BK_OK;
	bk_track_clear(session->track);
	return bk_text_replace(session->text, (struct bk_span){head, old_len - tail}, bytes.ptr + head,
		bytes.len - head - tail, 0);
}

int bk_session_reload(struct bk_session *session)
{
	struct bk_file_bytes bytes;
	int status = bk_file_read(&bytes, session->path);

	if (status < 0)
		return status;
	status = bk_session_replace_all(session, bytes.str);
	if (status == BK_OK) {
		session->stamp = bytes.stamp;
		status = mark_saved(session);
	}
	bk_file_release(&bytes);
	return status;
}

int bk_session_merge_disk(struct bk_session *session)
{
	struct bk_file_bytes theirs;
	const char *base, *ours;
	size_t base_len, ours_len, len;
	char *merged;
	int status = bk_file_read(&theirs, session->path);

	if (status < 0)
		return status;
	status = bk_snapshot_flat(session->saved, &base, &base_len);
	if (status == BK_OK)
		status = bk_snapshot_flat(bk_text_now(session->text), &ours, &ours_len);
	if (status == BK_OK)
		status = bk_store_merge(
			base, base_len, ours, ours_len, theirs.str.ptr, theirs.str.len, &merged, &len);
	if (status == BK_OK) {
		status = bk_session_replace_all(session, (struct bk_str){merged, len});
		bk_store_free(merged);
		if (status == BK_OK) {
			session->stamp = theirs.stamp;
			session->saved_step = BK_NOWHERE;
		}
	}
	bk_file_release(&theirs);
	return status;
}

/* ---- Revisions ---- */

/* The files that go into a revision: the draft, its ledger, and once the files that tell git
 * and others how to read both. */
struct commit_files {
	struct bk_save_file files[4];
	size_t count;
	struct bk_buf ledger_name;
	struct bk_file_bytes settings[2];
	size_t settings_count;
};

static int add_draft(struct bk_session *session, struct commit_files *out)
{
	struct bk_str bytes;
	int status = bk_snapshot_flat(bk_text_now(session->text), &bytes.ptr, &bytes.len);

	if (status == BK_OK)
		status = bk_session_load_ledger(session);
	if (status < 0)
		return status;
	out->files[out->count++] = (struct bk_save_file){session->repository_name, bytes.ptr, bytes.len};
	bk_buf_printf(&out->ledger_name, "%s.ledger", session->repository_name);
	if (session->ledger_bytes.len)
		out->files[out->count++] = (struct bk_save_file){bk_buf_string(&out->ledger_name),
			bk_buf_string(&session->ledger_bytes), session->ledger_bytes.len};
	return bk_buf_status(&out->ledger_name);
}

/* What init wrote is committed with the first revision after it, so that a clone keeps bytes
 * and knows the parties too. */
static int add_settings(struct bk_session *session, struct commit_files *out)
{
	static const char *const names[] = {".gitattributes", ".negotiation"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct bk_buf path = BK_BUF_INIT;
		struct bk_file_bytes *bytes = &out->settings[out->settings_count];
		char *committed;
		size_t len;
		int status = bk_revision_read(session->repository, "HEAD", names[i], &committed, &len);

		if (status == BK_OK) {
			bk_store_free(committed);
			continue;
		}
		bk_buf_printf(&path, "%s/%s", bk_repository_folder(session->repository), names[i]);
		status = bk_buf_status(&path);
		if (status == BK_OK)
			status = bk_file_read(bytes, bk_buf_string(&path));
		bk_buf_release(&path);
		if (status == BK_ENOTFOUND)
			continue;
		if (status < 0)
			return status;
		out->settings_count++;
		out->files[out->count++] = (struct bk_save_file){names[i], bytes->str.ptr, bytes->str.len};
	}
	return BK_OK;
}

static int commit(struct bk_session *session, const char *message, const char *symbol, char id[41])
{
	struct commit_files files = {.ledger_name = BK_BUF_INIT};
	struct bk_save save = {
		.files = files.files,
		.message = message,
		.symbol = symbol,
		.party = bk_session_party(session),
		.date = session->options.date,
	};
	int status = add_draft(session, &files);

	if (status == BK_OK)
		status = add_settings(session, &files);
	save.file_count = files.count;
	if (status == BK_OK)
		status = bk_revision_save(session->repository, &save, id);
	for (size_t i = 0; i < files.settings_count; i++)
		bk_file_release(&files.settings[i]);
	bk_buf_release(&files.ledger_name);
	return status;
}

int bk_session_need_repository(struct bk_session *session)
{
	char *name;
	int status;

	if (!session->path && !session->revision)
		return bk_fail(BK_EINVAL, "'%s' is no file in a repository", session->name);
	if (!session->repository) {
		status = bk_repository_open(&session->repository, session->path);
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

int bk_session_save(struct bk_session *session, const char *message, const char *symbol, char id[41])
{
	char made[41];
	int status = bk_session_complete(session);

	if (status == BK_OK)
		status = bk_session_need_repository(session);
	if (status < 0)
		return status;
	if (bk_session_is_changed(session)) {
		status = bk_session_write(session, 0);
		if (status < 0)
			return status;
	}
	return commit(session, message, symbol, id ? id : made);
}
