/* What a secretariat tidies in an open draft, and who inherits what is recorded of it. */
#include "app/session.h"
#include "app/track.h"
#include "base/alloc.h"
#include "base/error.h"
#include "draft/changes.h"
#include "draft/streamline.h"

int bk_session_suggest(struct bk_session *session, const struct bk_tidying *tidying, bool keep_suffixes,
	struct bk_streamline **out)
{
	struct bk_streamline_terms terms = {.keep_suffixes = keep_suffixes};
	size_t count;
	bool *agreed;
	int status;

	bk_draft_brackets(session->draft, &count);
	agreed = bk_calloc(count + 1, sizeof *agreed);
	if (!agreed)
		return bk_fail_memory();
	for (uint32_t i = 0; i < count; i++)
		agreed[i] = bk_status_of(session->binding, session->ledger, i, NULL) == BK_STATUS_AGREED;
	terms.agreed = agreed;
	status = bk_streamline_new(out, session->draft, tidying, &terms);
	bk_free(agreed);
	return status;
}

/* ---- Heirs ------------------------------------------------------------------------------------------- */

/* The heirs of all brackets, BK_NONE for those that none of the chosen suggestions is about. */
static uint32_t *list_heirs(
	const struct bk_session *session, const struct bk_streamline *streamline, const bool *chosen)
{
	size_t count, brackets;
	const struct bk_suggestion *list = bk_streamline_list(streamline, &count);
	uint32_t *heirs;

	bk_draft_brackets(session->draft, &brackets);
	heirs = bk_calloc(brackets + 1, sizeof *heirs);
	for (size_t i = 0; heirs && i < brackets; i++)
		heirs[i] = BK_NONE;
	for (size_t i = 0; heirs && i < count; i++) {
		for (size_t n = 0; chosen[i] && n < list[i].heir_count; n++)
			heirs[list[i].heirs[n].bracket] = list[i].heirs[n].heir;
	}
	/* Of three brackets round one another, the first is the last one's. */
	for (size_t i = 0; heirs && i < brackets; i++) {
		while (heirs[i] != BK_NONE && heirs[heirs[i]] != heirs[i] && heirs[heirs[i]] != BK_NONE)
			heirs[i] = heirs[heirs[i]];
	}
	return heirs;
}

static int inherit(struct bk_session *session, const char *id, uint32_t heir, const bk_changes *changes)
{
	size_t count;
	const struct bk_bracket *b = &bk_draft_brackets(session->draft, &count)[heir];

	return bk_track_inherit(session->track, id, bk_changes_move(changes, b->start),
		bk_changes_move(changes, b->end - b->close_len));
}

static int inherit_all(struct bk_session *session, const uint32_t *heirs, const bk_changes *changes)
{
	size_t count, brackets;
	const struct bk_bound *bounds = bk_binding_list(session->binding, &count);
	const struct bk_bracket *list = bk_draft_brackets(session->draft, &brackets);
	int status = BK_OK;

	for (size_t i = 0; i < count && status == BK_OK; i++)
		if (bounds[i].bracket != BK_NONE && heirs[bounds[i].bracket] != BK_NONE)
			status = inherit(session, bounds[i].id, heirs[bounds[i].bracket], changes);
	for (uint32_t i = 0; i < brackets && status == BK_OK; i++)
		if (heirs[i] == i)
			status = inherit(session, list[i].id, i, changes);
	return status;
}

int bk_session_streamline(
	struct bk_session *session, const struct bk_streamline *streamline, const bool *chosen)
{
	uint32_t *heirs = list_heirs(session, streamline, chosen);
	bk_changes *changes = NULL;
	int status = heirs ? bk_streamline_changes(streamline, chosen, &changes) : bk_fail_memory();

	if (status == BK_OK)
		status = bk_session_apply(session, changes);
	if (status == BK_OK)
		status = inherit_all(session, heirs, changes);
	bk_changes_free(changes);
	bk_free(heirs);
	return status;
}
