#include "app/timeline.h"
#include "app/output.h"
#include "base/alloc.h"
#include "base/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int bk_timeline_open(struct bk_timeline *out, struct bk_session *session)
{
	char blob[41];
	size_t len;
	const char *bytes = bk_draft_bytes(session->draft, &len);
	int status = bk_session_need_repository(session);

	*out = (struct bk_timeline){.session = session};
	if (status == BK_OK)
		status = bk_revisions_walk(
			&out->revisions, session->repository, session->repository_name, session->revision);
	if (status < 0)
		return status;
	out->list = bk_revisions_list(out->revisions, &out->count);
	bk_blob_name(bytes, len, blob);
	out->unsaved = out->count == 0 || strcmp(blob, out->list[0].blob) != 0;
	if (bk_revisions_cut(out->revisions))
		bk_output_remark(
			"the history ends early, since this is a shallow clone: git fetch --unshallow "
			"brings the rest");
	return BK_OK;
}

void bk_timeline_release(struct bk_timeline *timeline)
{
	bk_revisions_free(timeline->revisions);
	*timeline = (struct bk_timeline){0};
}

/* ---- One revision -------------------------------------------------------------------------------------- */

/* The ledger of then, into the reading. */
static int load_ledger(
	struct bk_past *past, const struct bk_timeline *timeline, const struct bk_revision *revision)
{
	char *bytes;
	size_t len;
	int status = bk_revision_read_blob(timeline->session->repository, revision->ledger, &bytes, &len);

	if (status < 0)
		return status;
	past->reading.ledger_bytes = bk_memdup(bytes, len);
	past->reading.ledger_len = len;
	bk_store_free(bytes);
	return past->reading.ledger_bytes ? BK_OK : bk_fail_memory();
}

static int read_steps(struct bk_past *past, const struct bk_timeline *timeline,
	const struct bk_revision *revision, bool with_ledger)
{
	const struct bk_draft_options plain = {
		.conventions = timeline->session->conventions,
		.names = bk_roster_names(timeline->session->roster),
	};
	int status = bk_revision_read_blob(
		timeline->session->repository, revision->blob, &past->bytes, &past->len);

	if (status == BK_OK)
		status = bk_text_borrow(&past->text, past->bytes, past->len, NULL, NULL, false);
	if (status < 0)
		return status;
	past->reading.snapshot = bk_text_snapshot(past->text);
	if (!with_ledger)
		return bk_draft_new(&past->reading.draft, past->reading.snapshot, &plain);
	if (*revision->ledger)
		status = load_ledger(past, timeline, revision);
	if (status < 0)
		return status;
	past->reading.ledger_name = bk_strdup("ledger");
	if (!past->reading.ledger_name)
		return bk_fail_memory();
	bk_session_analysis_run(&past->reading);
	return past->reading.status < 0 ? bk_fail(past->reading.status, "%s", past->reading.error) : BK_OK;
}

int bk_past_read(struct bk_past *out, const struct bk_timeline *timeline, const struct bk_revision *revision,
	bool with_ledger)
{
	int status;

	*out = (struct bk_past){.reading.session = timeline->session};
	status = read_steps(out, timeline, revision, with_ledger);
	out->draft = out->reading.draft;
	if (status < 0)
		bk_past_release(out);
	return status;
}

void bk_past_release(struct bk_past *past)
{
	bk_session_analysis_release(&past->reading);
	bk_text_free(past->text);
	bk_store_free(past->bytes);
	*past = (struct bk_past){0};
}

/* ---- All of them ------------------------------------------------------------------------------------- */

static int visit(size_t newer, size_t older, const bk_draft *now, const bk_draft *old,
	int (*each)(void *context, const struct bk_pair_of_texts *pair), void *context)
{
	struct bk_pair_of_texts pair = {.older = older, .newer = newer, .old = old, .now = now};
	bk_comparison *comparison;
	int status = bk_comparison_new(&comparison, old, now);

	if (status < 0)
		return status;
	pair.comparison = comparison;
	status = each(context, &pair);
	bk_comparison_free(comparison);
	return status;
}

int bk_timeline_walk(const struct bk_timeline *timeline,
	int (*each)(void *context, const struct bk_pair_of_texts *pair), void *context, size_t *first)
{
	const struct bk_revision *list = timeline->list;
	struct bk_past now = {.draft = timeline->session->draft}, old;
	int status = BK_OK;
	size_t older = timeline->unsaved ? 0 : 1;

	*first = timeline->unsaved ? BK_NOWHERE : 0;
	for (; older < timeline->count && status == BK_OK; older++) {
		if (*first == BK_NOWHERE || strcmp(list[older].blob, list[*first].blob) != 0) {
			status = bk_past_read(&old, timeline, &list[older], *list[older].ledger != 0);
			if (status < 0)
				break;
			status = visit(*first, older, now.draft, old.draft, each, context);
			bk_past_release(&now);
			now = old;
			if (status < 0)
				break;
		}
		*first = older;
	}
	bk_past_release(&now);
	return status == BK_ELIMIT ? BK_OK : status;
}

/* The next text in time after that of revision `index`, or of the first one when it is the count; BK_NOWHERE is the
 * session's that is in no revision.  False at the end. */
static bool next_text(const struct bk_timeline *timeline, size_t *index)
{
	const struct bk_revision *list = timeline->list;
	const size_t from = *index;

	if (from == BK_NOWHERE)
		return false;
	while ((*index)-- > 0)
		if (from == timeline->count || strcmp(list[*index].blob, list[from].blob) != 0)
			return true;
	*index = BK_NOWHERE;
	return timeline->unsaved;
}

/* Read a text; that of the session is read already, with what is said of it now. */
static int read_text(struct bk_past *out, const struct bk_timeline *timeline, size_t index)
{
	if (index == BK_NOWHERE ||
		(!timeline->unsaved && strcmp(timeline->list[index].blob, timeline->list[0].blob) == 0)) {
		*out = (struct bk_past){.draft = timeline->session->draft};
		return BK_OK;
	}
	return bk_past_read(out, timeline, &timeline->list[index], *timeline->list[index].ledger != 0);
}

int bk_timeline_walk_forward(const struct bk_timeline *timeline,
	int (*each)(void *context, const struct bk_pair_of_texts *pair), void *context)
{
	struct bk_past old = {0}, now;
	size_t older, newer = timeline->count;
	int status = BK_OK;

	for (older = newer; status == BK_OK && next_text(timeline, &newer); older = newer) {
		status = read_text(&now, timeline, newer);
		if (status < 0)
			break;
		if (old.draft)
			status = visit(newer, older, now.draft, old.draft, each, context);
		else
			status = each(context, &(struct bk_pair_of_texts){.newer = newer, .now = now.draft});
		bk_past_release(&old);
		old = now;
	}
	bk_past_release(&old);
	return status;
}

/* ---- Symbols and times ---------------------------------------------------------------------------------- */

const char *bk_timeline_symbol(const struct bk_revision *list, size_t count, size_t index)
{
	while (!*list[index].symbol && list[index].same_text && index + 1 < count)
		index++;
	return list[index].symbol;
}

void bk_timeline_time(const struct bk_revision *revision, char out[40])
{
	const time_t local = (time_t)(revision->time + revision->offset * 60);
	const int minutes = abs(revision->offset);
	struct tm parts;
	char date[24];

	gmtime_r(&local, &parts);
	strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &parts);
	snprintf(out, 40, "%s%c%02d:%02d", date, revision->offset < 0 ? '-' : '+', minutes / 60 % 24,
		minutes % 60);
}
