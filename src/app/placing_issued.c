/* The compilation as it was merged: the draft's file, or a state among its undo steps or revisions, that has the
 * proof's hash. */
#include "app/placing_private.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdio.h>
#include <string.h>

/* BK_ENOMEM. */
static int check(const bk_proof *proof, const bk_snapshot *snapshot, bool *fits)
{
	const char *bytes;
	size_t len;
	int status = BK_OK;

	*fits = snapshot && bk_snapshot_size(snapshot) == bk_proof_size(proof);
	if (*fits)
		status = bk_snapshot_flat(snapshot, &bytes, &len);
	*fits = *fits && status == BK_OK && bk_proof_is_of(proof, bytes, len);
	return status == BK_ENOMEM ? status : BK_OK;
}

/* Take back what a step did; BK_EINVAL when it does not fit, as one kept on disk may not. */
static int take_back(bk_text *text, const struct bk_step *step)
{
	int status = BK_OK;

	for (size_t i = step->edit_count; i > 0 && status == BK_OK; i--) {
		const struct bk_edit *edit = &step->edits[i - 1];
		const struct bk_span span = {edit->start, edit->start + edit->inserted_len};

		status = span.end < span.start ? BK_EINVAL
					       : bk_text_replace(text, span, edit->removed, edit->removed_len,
							 BK_EDIT_JOIN);
	}
	return status;
}

/* Go back from the text as it is, step by step, as far as the steps fit. */
static int find_step(const bk_proof *proof, const bk_text *text, bk_text *back, bool *found)
{
	struct bk_step step = {0};
	int status = BK_OK;

	*found = false;
	for (size_t at = bk_text_step(text); at != 0 && !*found && status == BK_OK; at = step.parent) {
		status = bk_text_step_get(text, at, &step);
		if (status == BK_OK)
			status = take_back(back, &step);
		if (status == BK_OK)
			status = check(proof, bk_text_now(back), found);
	}
	return status == BK_ENOMEM ? status : BK_OK;
}

static int find_in_steps(const bk_proof *proof, const struct bk_placing_source *source, bk_snapshot **out)
{
	size_t len;
	const char *bytes = bk_draft_bytes(source->draft, &len);
	bk_text *back = NULL;
	bool found = false;
	int status = bk_text_new(&back, bytes, len);

	if (status == BK_OK)
		status = find_step(proof, source->steps, back, &found);
	if (found)
		*out = bk_text_snapshot(back);
	bk_text_free(back);
	return status;
}

int bk_placing_find_revision(const bk_proof *proof, bk_repository *repository, const char *name,
	bool (*is_stopped)(void *context), void *context, char id[41], char **bytes, size_t *len)
{
	enum { MOST_REVISIONS = 64 };
	bk_revisions *revisions = NULL;
	size_t count = 0;
	int status = BK_OK;

	*bytes = NULL;
	if (!repository || !name)
		return BK_OK;
	status = bk_revisions_walk(&revisions, repository, name, NULL);
	if (status < 0)
		return status == BK_ENOMEM ? status : BK_OK;
	const struct bk_revision *list = bk_revisions_list(revisions, &count);

	for (size_t i = 0; i < count && i < MOST_REVISIONS && !*bytes && status == BK_OK; i++) {
		if (is_stopped && is_stopped(context))
			break;
		if (list[i].same_text)
			continue;
		status = bk_revision_read_blob(repository, list[i].blob, bytes, len);
		if (status == BK_OK &&
			(*len != bk_proof_size(proof) || !bk_proof_is_of(proof, *bytes, *len))) {
			bk_store_free(*bytes);
			*bytes = NULL;
		}
		if (status == BK_OK && *bytes)
			snprintf(id, 41, "%s", list[i].id);
		if (status != BK_ENOMEM)
			status = BK_OK;
	}
	bk_revisions_free(revisions);
	return status;
}

/* In the newest revisions. */
static int find_in_revisions(const bk_proof *proof, const struct bk_placing_source *source, bk_snapshot **out)
{
	bk_text *text = NULL;
	char id[41], *bytes;
	size_t len;
	int status = bk_placing_find_revision(proof, source->repository, source->repository_name,
		source->is_stopped, source->context, id, &bytes, &len);

	if (status == BK_OK && bytes)
		status = bk_text_new(&text, bytes, len);
	if (text)
		*out = bk_text_snapshot(text);
	bk_text_free(text);
	bk_store_free(bytes);
	return status;
}

int bk_placing_find_issued(const bk_proof *proof, const struct bk_placing_source *source, bk_snapshot **out)
{
	const bk_snapshot *known = source->known ? bk_draft_snapshot(source->known) : NULL;
	const bk_snapshot *candidates[] = {
		known, bk_draft_snapshot(source->draft), source->saved, source->received};
	int status = BK_OK;

	*out = NULL;
	for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
		bool fits;

		status = check(proof, candidates[i], &fits);
		if (fits)
			*out = bk_snapshot_keep(candidates[i]);
		if (fits || status != BK_OK)
			return status;
	}
	/* Somebody has looked before. */
	if (known) {
		*out = bk_snapshot_keep(known);
		return BK_OK;
	}
	if (source->steps)
		status = find_in_steps(proof, source, out);
	if (status == BK_OK && !*out)
		status = find_in_revisions(proof, source, out);
	if (status == BK_OK && !*out)
		*out = bk_snapshot_keep(candidates[1]);
	return status;
}

int bk_placing_find_owner(const bk_proof *proof, const char *path, char **owner)
{
	const char *name = bk_proof_out_name(proof), *slash = strrchr(name, '/');
	const size_t folder = (size_t)(strrchr(path, '/') + 1 - path);
	struct bk_buf beside = BK_BUF_INIT;
	struct bk_file_bytes file = {0};
	int status;

	*owner = NULL;
	name = slash ? slash + 1 : name;
	bk_buf_put(&beside, path, folder);
	bk_buf_puts(&beside, name);
	status = bk_buf_status(&beside);
	if (status == BK_OK && strcmp(bk_buf_string(&beside), path) != 0)
		status = bk_file_read_plain(&file, bk_buf_string(&beside));
	if (status == BK_OK && file.str.len == bk_proof_size(proof) &&
		bk_proof_is_of(proof, file.str.ptr, file.str.len)) {
		*owner = bk_strdup(name);
		status = *owner ? BK_OK : bk_fail_memory();
	}
	bk_file_release(&file);
	bk_buf_release(&beside);
	return status == BK_ENOMEM ? status : BK_OK;
}
