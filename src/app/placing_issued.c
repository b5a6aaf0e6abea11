/* The compilation as it was merged: the draft's file, or a state among its undo steps, that has the proof's hash. */
#include "app/placing_private.h"

#include "base/alloc.h"

#include <string.h>

static bool fits(const bk_proof *proof, const bk_snapshot *snapshot)
{
	const char *bytes;
	size_t len;

	return snapshot && bk_snapshot_size(snapshot) == bk_proof_size(proof) &&
	       bk_snapshot_flat(snapshot, &bytes, &len) == BK_OK && bk_proof_is_of(proof, bytes, len);
}

/* Take back what a step did; false when it does not fit, as one kept on disk may not. */
static bool take_back(bk_text *text, const struct bk_step *step)
{
	for (size_t i = step->edit_count; i > 0; i--) {
		const struct bk_edit *edit = &step->edits[i - 1];
		const struct bk_span span = {edit->start, edit->start + edit->inserted_len};

		if (span.end < span.start ||
			bk_text_replace(text, span, edit->removed, edit->removed_len, BK_EDIT_JOIN) < 0)
			return false;
	}
	return true;
}

/* Go back from the text as it is, step by step. */
static bool find_step(const bk_proof *proof, const bk_text *text, bk_text *back)
{
	struct bk_step step;

	for (size_t at = bk_text_step(text); at != 0; at = step.parent) {
		if (bk_text_step_get(text, at, &step) < 0 || !take_back(back, &step))
			return false;
		if (fits(proof, bk_text_now(back)))
			return true;
	}
	return false;
}

int bk_placing_find_issued(const bk_proof *proof, const struct bk_session *session, bk_text **out)
{
	const bk_snapshot *candidates[] = {bk_text_now(session->text), session->saved, session->received};
	const char *bytes;
	size_t len;
	int status;

	*out = NULL;
	for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
		if (!fits(proof, candidates[i]))
			continue;
		status = bk_snapshot_flat(candidates[i], &bytes, &len);
		return status == BK_OK ? bk_text_new(out, bytes, len) : status;
	}
	status = bk_snapshot_flat(candidates[0], &bytes, &len);
	if (status == BK_OK)
		status = bk_text_new(out, bytes, len);
	if (status == BK_OK && !find_step(proof, session->text, *out)) {
		bk_text_free(*out);
		*out = NULL;
	}
	return status;
}
