#include "tui/placed.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/vec.h"

/* The step of a text with all that it came from, root first, into a text without words: steps are not gone to. */
static int copy_steps(const bk_text *text, bk_text **out)
{
	BK_VEC(size_t) way = {0};
	bk_text *copy = NULL;
	struct bk_step step;
	int status = bk_text_new(&copy, "", 0);
	for (size_t at = bk_text_step(text); at != 0 && status == BK_OK; at = step.parent) {
		size_t *const slot = BK_VEC_PUSH(&way);
		if (slot == NULL)
			status = bk_fail_memory();
		else
			status = bk_text_step_get(text, *slot = at, &step);
	}
	for (size_t i = way.len; i > 0 && status == BK_OK; i--) {
		status = bk_text_step_get(text, way.items[i - 1], &step);
		if (status == BK_OK)
			status = bk_text_add_step(copy, way.len - i, step.edits, step.edit_count, step.time);
	}
	if (status == BK_OK)
		status = bk_text_stand(copy, way.len);
	BK_VEC_RELEASE(&way);
	if (status == BK_OK)
		*out = copy;
	else
		bk_text_free(copy);
	return status;
}

/* Where nobody has looked before, what the compilation may be found in. */
static int keep_past(struct bk_placed *placed)
{
	const struct bk_session *const session = placed->session;
	if (placed->known != NULL)
		return BK_OK;
	if (session->repository != NULL && session->repository_name != NULL) {
		placed->repository_name = bk_strdup(session->repository_name);
		if (placed->repository_name == NULL)
			return bk_fail_memory();
	}
	return copy_steps(session->text, &placed->steps);
}

struct bk_placed *bk_placed_new(const struct bk_session *session, const bk_draft *known)
{
	struct bk_placed *const placed = bk_calloc(1, sizeof *placed);
	if (placed == NULL)
		return NULL;
	placed->session = session;
	placed->known = known;
	placed->path = session->path != NULL ? bk_strdup(session->path) : NULL;
	if ((session->path != NULL && placed->path == NULL) || keep_past(placed) < 0 ||
		bk_session_analysis_begin(session, &placed->side) < 0) {
		bk_placed_free(placed);
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
	bk_text_free(placed->steps);
	bk_free(placed->repository_name);
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

static int follow(struct bk_placed *placed)
{
	bk_repository *repository = NULL;
	/* What git cannot give is not found. */
	if (placed->repository_name != NULL && bk_repository_open(&repository, placed->path) < 0)
		repository = NULL;
	const struct bk_placing_source source = {.path = placed->path,
		.draft = placed->side.draft,
		.known = placed->known,
		.saved = placed->saved,
		.received = placed->received,
		.conventions = placed->session->conventions,
		.names = bk_roster_names(placed->session->roster),
		.ledger = placed->side.ledger,
		.binding = placed->side.binding,
		.steps = placed->steps,
		.repository = repository,
		.repository_name = placed->repository_name,
		.is_stopped = is_stopped,
		.context = placed};
	const int status = bk_placing_open(&placed->placing, &source);
	bk_repository_free(repository);
	return status;
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
		placed->status = follow(placed);
	else
		bk_fail(placed->status, "%s",
			placed->side.error != NULL ? placed->side.error : "out of memory");
	keep_message(placed);
	bk_alloc_trim();
}
