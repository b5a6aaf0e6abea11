/* The reading of one version of a session's text: on a thread, or at once. */
#include "app/session.h"
#include "app/session_private.h"
#include "app/track.h"
#include "base/alloc.h"
#include "base/error.h"

#include <string.h>

/* A copy for the worker of what is known of recorded brackets: the array, then its ids. */
static int copy_carried(const struct bk_session *session, struct bk_analysis *analysis)
{
	size_t count, size;
	const struct bk_carried *list = bk_track_list(session->track, &count);
	char *ids;

	size = count * sizeof *list;
	for (size_t i = 0; i < count; i++)
		size += strlen(list[i].id) + 1;
	analysis->carried = bk_malloc(size);
	if (!analysis->carried)
		return bk_fail_memory();
	analysis->carried_count = count;
	ids = (char *)(analysis->carried + count);
	for (size_t i = 0; i < count; i++) {
		const size_t len = strlen(list[i].id) + 1;

		memcpy(ids, list[i].id, len);
		analysis->carried[i] = (struct bk_carried){.id = ids, .start = list[i].start};
		ids += len;
	}
	return BK_OK;
}

/* The bytes of the ledger and its name, so that it is parsed by the worker. */
static int copy_ledger(const struct bk_session *session, struct bk_analysis *analysis)
{
	analysis->ledger_len = session->ledger_bytes.len;
	analysis->ledger_bytes = bk_memdup(session->ledger_bytes.bytes, analysis->ledger_len);
	analysis->ledger_name = bk_strdup(session->ledger_path ? session->ledger_path : "ledger");
	if (analysis->ledger_bytes && analysis->ledger_name)
		return BK_OK;
	bk_free(analysis->ledger_bytes);
	bk_free(analysis->ledger_name);
	analysis->ledger_bytes = analysis->ledger_name = NULL;
	return bk_fail_memory();
}

int bk_session_analysis_begin(const struct bk_session *session, struct bk_analysis *out)
{
	struct bk_analysis analysis = {
		.version = bk_text_version(session->text),
		.ledger_version = session->ledger_version,
		.session = session,
		.look_back = session->carried_version != session->ledger_version,
	};
	int status = copy_ledger(session, &analysis);

	if (status == BK_OK)
		status = copy_carried(session, &analysis);
	if (status < 0) {
		bk_free(analysis.ledger_bytes);
		bk_free(analysis.ledger_name);
		return status;
	}
	analysis.snapshot = bk_text_snapshot(session->text);
	*out = analysis;
	return BK_OK;
}

static bool is_stopped(void *context)
{
	struct bk_analysis *analysis = context;

	return atomic_load(&analysis->stop);
}

/* Read the draft again where the ledger says more of it than the text, or take the first reading. */
static int read_again(struct bk_analysis *analysis, bk_draft *first, struct bk_draft_options *options)
{
	bk_kept *kept;
	int status = bk_kept_new(&kept, first, analysis->binding, analysis->ledger);

	if (status < 0) {
		bk_draft_free(first);
		return status;
	}
	options->overrides = bk_kept_overrides(kept, &options->override_count);
	if (options->override_count) {
		status = bk_draft_new(&analysis->draft, analysis->snapshot, options);
		bk_draft_free(first);
	} else {
		analysis->draft = first;
	}
	bk_kept_free(kept);
	return status;
}

/* Read the draft, bind the ledger to it, and read again with what the ledger says of it. */
static int analyse(struct bk_analysis *analysis)
{
	const struct bk_session *session = analysis->session;
	struct bk_draft_options options = {
		.conventions = session->conventions,
		.names = bk_roster_names(session->roster),
		.is_stopped = is_stopped,
		.stop_context = analysis,
	};
	const struct bk_positions_query query = {.at = session->options.at};
	bk_draft *first = NULL;
	int status = bk_ledger_parse(
		&analysis->ledger, analysis->ledger_bytes, analysis->ledger_len, analysis->ledger_name);

	if (status == BK_OK)
		status = bk_draft_new(&first, analysis->snapshot, &options);
	if (status == BK_OK)
		status = bk_session_bind(analysis, first);
	if (status < 0) {
		bk_draft_free(first);
		return status;
	}
	status = read_again(analysis, first, &options);
	if (status < 0)
		return status;
	return bk_positions_derive(&analysis->positions, analysis->draft, analysis->binding, analysis->ledger,
		session->roster, &query);
}

void bk_session_analysis_run(struct bk_analysis *analysis)
{
	analysis->status = analyse(analysis);
	if (analysis->status < 0)
		analysis->error = bk_strdup(bk_error_message());
}

#define SWAP(a, b)                                                                                           \
	do {                                                                                                 \
		void *const kept = a;                                                                        \
		a = b;                                                                                       \
		b = kept;                                                                                    \
	} while (0)

bool bk_session_analysis_take(struct bk_session *session, struct bk_analysis *analysis)
{
	if (analysis->status < 0 || analysis->ledger_version != session->ledger_version)
		return false;
	SWAP(session->draft, analysis->draft);
	SWAP(session->binding, analysis->binding);
	SWAP(session->positions, analysis->positions);
	SWAP(session->ledger, analysis->ledger);
	session->draft_version = analysis->version;
	session->draft_ledger_version = analysis->ledger_version;
	/* What it found is followed from here on; when memory runs out for that, words will find it again. */
	if (session->draft_version == bk_text_version(session->text) &&
		bk_track_follow(session->track, session->binding, session->draft) == BK_OK)
		session->carried_version = session->ledger_version;
	return true;
}

#undef SWAP

void bk_session_analysis_release(struct bk_analysis *analysis)
{
	bk_positions_free(analysis->positions);
	bk_binding_free(analysis->binding);
	bk_draft_free(analysis->draft);
	bk_ledger_free(analysis->ledger);
	bk_snapshot_free(analysis->snapshot);
	bk_free(analysis->carried);
	bk_free(analysis->ledger_bytes);
	bk_free(analysis->ledger_name);
	bk_free(analysis->error);
	*analysis = (struct bk_analysis){0};
}

int bk_session_refresh(struct bk_session *session)
{
	struct bk_analysis analysis;
	int status = bk_session_complete(session);

	if (status < 0)
		return status;
	if (session->draft && session->draft_version == bk_text_version(session->text) &&
		session->draft_ledger_version == session->ledger_version)
		return BK_OK;
	status = bk_session_analysis_begin(session, &analysis);
	if (status < 0)
		return status;
	bk_session_analysis_run(&analysis);
	status = analysis.status;
	bk_session_analysis_take(session, &analysis);
	bk_session_analysis_release(&analysis);
	return status;
}

int bk_session_read_other(const struct bk_session *session, struct bk_str bytes, bk_draft **out)
{
	const struct bk_draft_options options = {
		.conventions = session->conventions,
		.names = bk_roster_names(session->roster),
	};
	bk_text *text;
	int status = bk_text_new(&text, bytes.ptr, bytes.len);

	if (status < 0)
		return status;
	status = bk_draft_new(out, bk_text_now(text), &options);
	bk_text_free(text);
	return status;
}
