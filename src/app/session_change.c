/* What changes a session: acts on the text, the file, revisions and the ledger. */
#include "app/session.h"
#include "app/guard.h"
#include "app/session_private.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

int bk_session_apply(struct bk_session *session, const bk_changes *changes)
{
	size_t count;
	const struct bk_change *list = bk_changes_list(changes, &count);

	if (session->draft_version != bk_text_version(session->text))
		return bk_fail(BK_EINVAL, "the draft has changed since it was read: try again");
	return count ? bk_text_apply(session->text, list, count) : BK_OK;
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
	return write_to(session, session->path, flags & BK_REPLACE_FORCE ? NULL : &session->stamp, flags);
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

/* The files that go into a revision: the draft, its ledger, and once the files that tell git and others how to read both. */
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

/* What init wrote is committed with the first revision after it, so that a clone keeps bytes and knows the parties too. */
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

/* ---- The ledger ---- */

static void format_time(int64_t seconds, char out[32])
{
	const time_t when = (time_t)seconds;
	struct tm utc;

	gmtime_r(&when, &utc);
	strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
}

static size_t count_strings(const char *const *list)
{
	size_t count = 0;

	while (list && list[count])
		count++;
	return count;
}

static const char *or_empty(const char *string)
{
	return string ? string : "";
}

/* Append the line after a line end that a torn write may have left out. */
static int append_line(struct bk_session *session, const char *line)
{
	struct bk_buf bytes = BK_BUF_INIT;
	const struct bk_buf *have = &session->ledger_bytes;
	int status;

	if (have->len && have->bytes[have->len - 1] != '\n')
		bk_buf_putc(&bytes, '\n');
	bk_buf_puts(&bytes, line);
	status = bk_buf_status(&bytes);
	if (status == BK_OK)
		status = bk_file_append(session->ledger_path, bk_buf_str(&bytes));
	if (status == BK_OK) {
		bk_buf_put_str(&session->ledger_bytes, bk_buf_str(&bytes));
		session->ledger_version++;
		status = bk_buf_status(&session->ledger_bytes);
	}
	if (status == BK_OK)
		status = bk_file_stat(&session->ledger_stamp, session->ledger_path);
	bk_buf_release(&bytes);
	return status;
}

static int record(struct bk_session *session, uint32_t bracket, const struct bk_statement *statement,
	const struct bk_anchor *anchor)
{
	size_t count;
	char now[32];
	struct bk_event event = {
		.author = bk_session_author(session),
		.party = or_empty(statement->party),
		.act = statement->act,
		.bracket = bk_draft_brackets(session->draft, &count)[bracket].id,
		.alternative = statement->alternative,
		.reason = or_empty(statement->reason),
		.conditions = statement->conditions,
		.condition_count = count_strings(statement->conditions),
		.source = or_empty(statement->source),
		.speaker = or_empty(statement->speaker),
		.capacity = or_empty(statement->capacity),
		.value = or_empty(statement->value),
		.anchor = *anchor,
	};
	bk_ledger *scratch;
	char *line;
	int status;

	format_time(bk_session_now(session), now);
	event.time = statement->time ? statement->time : session->options.date ? session->options.date : now;
	/* Checked and written against a ledger of its own: the session's is folded anew from the file's bytes. */
	status = bk_ledger_new(&scratch);
	if (status < 0)
		return status;
	status = bk_ledger_add(scratch, &event, &line);
	if (status == BK_OK) {
		status = append_line(session, line);
		bk_ledger_line_free(line);
	}
	bk_ledger_free(scratch);
	return status;
}

int bk_session_state(struct bk_session *session, uint32_t bracket, const struct bk_statement *statement)
{
	bk_anchor_copy *anchor;
	char blob[41];
	const char *bytes;
	size_t len, alternatives;
	int status;

	if (!session->ledger_path)
		return bk_fail(BK_EINVAL, "cannot record a position on '%s': it is no file", session->name);
	status = bk_session_load_ledger(session);
	if (status == BK_OK)
		status = bk_session_refresh(session);
	if (status < 0)
		return status;
	bk_draft_alternatives(session->draft, bracket, &alternatives);
	if (statement->alternative > alternatives)
		return bk_fail(BK_EINVAL, "no alternative %zu: the bracket has %zu", statement->alternative,
			alternatives);
	bytes = bk_draft_bytes(session->draft, &len);
	bk_blob_name(bytes, len, blob);
	status = bk_anchor_of(session->draft, bracket, blob, &anchor);
	if (status < 0)
		return status;
	status = record(session, bracket, statement, bk_anchor_get(anchor));
	bk_anchor_free(anchor);
	return status == BK_OK ? bk_session_refresh(session) : status;
}
