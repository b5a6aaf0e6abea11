#include "tui/placed.h"

#include "base/alloc.h"
#include "base/error.h"

struct bk_placed *bk_placed_new(const struct bk_session *session, const bk_draft *known)
{
	struct bk_placed *const placed = bk_calloc(1, sizeof *placed);
	if (placed == NULL)
		return NULL;
	placed->session = session;
	placed->known = known;
	placed->path = session->path != NULL ? bk_strdup(session->path) : NULL;
	if ((session->path != NULL && placed->path == NULL) ||
		bk_session_analysis_begin(session, &placed->side) < 0) {
		bk_free(placed->path);
		bk_free(placed);
		return NULL;
	}
	placed->saved = session->saved != NULL ? bk_snapshot_keep(session->saved) : NULL;
	placed->received = session->received != NULL ? bk_snapshot_keep(session->received) : NULL;
	return placed;
}

void bk_placed_stop(struct bk_placed *placed)
{
	atomic_store(&placed->cancel, true);
	atomic_store(&placed->side.stop, true);
}

void bk_placed_free(struct bk_placed *placed)
{
	if (placed == NULL)
		return;
	bk_placing_free(placed->placing);
	bk_session_analysis_release(&placed->side);
	bk_snapshot_free(placed->saved);
	bk_snapshot_free(placed->received);
	bk_free(placed->message);
	bk_free(placed->path);
	bk_free(placed);
}

bool bk_placed_answers(const struct bk_placed *placed, const struct bk_session *session)
{
	return placed != NULL && placed->side.version == bk_text_version(session->text) &&
	       placed->side.ledger_version == session->ledger_version;
}

static bool is_stopped(void *context)
{
	return atomic_load(&((struct bk_placed *)context)->cancel);
}

static int follow(struct bk_placed *placed, const struct bk_session *with_steps)
{
	const struct bk_placing_source source = {.path = placed->path,
		.draft = placed->side.draft,
		.known = placed->known,
		.saved = placed->saved,
		.received = placed->received,
		.conventions = placed->session->conventions,
		.names = bk_roster_names(placed->session->roster),
		.session = with_steps,
		.is_stopped = is_stopped,
		.context = placed};
	return bk_placing_open(&placed->placing, &source);
}

static void keep_message(struct bk_placed *placed)
{
	bk_free(placed->message);
	placed->message = placed->status < 0 ? bk_strdup(bk_error_message()) : NULL;
}

void bk_placed_run(void *task)
{
	struct bk_placed *const placed = task;
	bk_session_analysis_run(&placed->side);
	placed->status = placed->side.status;
	if (placed->status == BK_OK)
		placed->status = follow(placed, NULL);
	else
		bk_fail(placed->status, "%s",
			placed->side.error != NULL ? placed->side.error : "out of memory");
	keep_message(placed);
	bk_alloc_trim();
}

void bk_placed_search(struct bk_placed *placed)
{
	if (placed->status < 0 || placed->known != NULL || bk_placing_is_exact(placed->placing))
		return;
	bk_placing_free(placed->placing);
	placed->placing = NULL;
	placed->status = follow(placed, placed->session);
	keep_message(placed);
}
