/* What changes a session: acts on the text, and what others did to its file. */
#include "app/session.h"
#include "app/guard.h"
#include "app/session_private.h"
#include "app/track.h"
#include "base/alloc.h"
#include "base/error.h"

void bk_session_put_remark(struct bk_session *session, const char *remark)
{
	bk_free(session->remark);
	session->remark = remark ? bk_strdup(remark) : NULL;
}

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

int bk_session_changed_by_others(const struct bk_session *session, bool *changed)
{
	*changed = false;
	if (!session->path)
		return BK_OK;
	return bk_file_changed(&session->stamp, session->path, changed);
}

void bk_session_forget_file(struct bk_session *session)
{
	session->stamp = (struct bk_file_stamp){0};
	session->saved_step = BK_NOWHERE;
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

/* The text equals the file from now on. */
static int mark_saved(struct bk_session *session)
{
	bk_snapshot *now = bk_text_snapshot(session->text);

	bk_snapshot_free(session->saved);
	session->saved = now;
	session->saved_step = bk_text_step(session->text);
	bk_text_break(session->text);
	if (session->journal &&
		bk_journal_saved(session->journal, session->stamp.hash, session->saved_step) < 0)
		bk_session_put_remark(session, bk_error_message());
	return bk_guard_reset(session->guard);
}

int bk_session_reload(struct bk_session *session)
{
	struct bk_file_bytes bytes;
	int status = bk_file_read(&bytes, session->path);

	bk_session_put_remark(session, NULL);
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

/* There and back again, each a step. */
static int visit(struct bk_session *session, struct bk_str there, const bk_snapshot *here)
{
	struct bk_str back;
	int status = bk_snapshot_flat(here, &back.ptr, &back.len);

	if (status == BK_OK)
		status = bk_session_replace_all(session, there);
	return status == BK_OK ? bk_session_replace_all(session, back) : status;
}

int bk_session_keep_theirs(struct bk_session *session)
{
	struct bk_file_bytes theirs;
	int status = bk_file_read(&theirs, session->path);

	if (status < 0)
		return status;
	bk_snapshot *ours = bk_text_snapshot(session->text);
	bk_text_break(session->text);
	status = visit(session, theirs.str, ours);
	bk_text_break(session->text);
	bk_snapshot_free(ours);
	if (status == BK_OK) {
		session->stamp = theirs.stamp;
		session->saved_step = BK_NOWHERE;
	}
	bk_file_release(&theirs);
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
