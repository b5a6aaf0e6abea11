#include "app/timeline.h"
#include "app/output.h"
#include "base/alloc.h"
#include "base/error.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int find_texts(struct bk_timeline *timeline)
{
	const struct bk_revision *list = timeline->list;

	timeline->brought = bk_malloc((timeline->count + 1) * sizeof *timeline->brought);
	timeline->latest = bk_malloc((timeline->count + 1) * sizeof *timeline->latest);
	if (!timeline->brought || !timeline->latest)
		return bk_fail_memory();
	for (size_t i = timeline->count; i-- > 0;) {
		timeline->brought[i] = i;
		for (size_t p = list[i].parent_count; p-- > 0;)
			if (strcmp(list[list[i].parents[p]].blob, list[i].blob) == 0)
				timeline->brought[i] = timeline->brought[list[i].parents[p]];
		timeline->latest[timeline->brought[i]] = i;
	}
	return BK_OK;
}

/* The session's text; of a draft alone, or of a text that was not read. */
static int bytes_of(const struct bk_session *session, struct bk_str *out)
{
	if (!session->draft)
		return bk_snapshot_flat(bk_text_now(session->text), &out->ptr, &out->len);
	out->ptr = bk_draft_bytes(session->draft, &out->len);
	return BK_OK;
}

int bk_timeline_begin(struct bk_timeline *out, const struct bk_session *session)
{
	char blob[41];
	struct bk_str bytes;
	int status = bytes_of(session, &bytes);

	*out = (struct bk_timeline){.session = session};
	if (status == BK_OK)
		status = bk_revisions_walk(
			&out->revisions, session->repository, session->repository_name, session->revision);
	if (status < 0)
		return status;
	out->list = bk_revisions_list(out->revisions, &out->count);
	bk_blob_name(bytes.ptr, bytes.len, blob);
	out->unsaved = out->count == 0 || strcmp(blob, out->list[0].blob) != 0;
	return find_texts(out);
}

int bk_timeline_open(struct bk_timeline *out, struct bk_session *session)
{
	int status = bk_session_need_repository(session);

	*out = (struct bk_timeline){.session = session};
	if (status == BK_OK)
		status = bk_timeline_begin(out, session);
	if (status == BK_OK && bk_revisions_cut(out->revisions))
		bk_output_remark(
			"the history ends early, since this is a shallow clone: git fetch --unshallow "
			"brings the rest");
	return status;
}

void bk_timeline_release(struct bk_timeline *timeline)
{
	bk_revisions_free(timeline->revisions);
	bk_free(timeline->brought);
	bk_free(timeline->latest);
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
	const struct bk_revision *revision, enum bk_past_depth depth)
{
	const struct bk_draft_options plain = {
		.conventions = timeline->session->conventions,
		.names = bk_roster_names(timeline->session->roster),
		.counts_only = depth == BK_PAST_COUNTS,
	};
	int status = bk_revision_read_blob(
		timeline->session->repository, revision->blob, &past->bytes, &past->len);

	if (status == BK_OK)
		status = bk_text_borrow(&past->text, past->bytes, past->len, NULL, NULL, false);
	if (status < 0)
		return status;
	past->reading.snapshot = bk_text_snapshot(past->text);
	if (depth != BK_PAST_LEDGER)
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
	enum bk_past_depth depth)
{
	int status;

	*out = (struct bk_past){.reading.session = timeline->session};
	status = read_steps(out, timeline, revision, depth);
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

/* Read the text that a revision brought, with what was said of it last; that of the session is read already. */
static int read_text(struct bk_past *out, const struct bk_timeline *timeline, size_t index)
{
	const struct bk_revision *revision;

	if (index == bk_timeline_head(timeline)) {
		*out = (struct bk_past){.draft = timeline->session->draft};
		return BK_OK;
	}
	revision = &timeline->list[timeline->latest[index]];
	return bk_past_read(out, timeline, revision, *revision->ledger ? BK_PAST_LEDGER : BK_PAST_DRAFT);
}

/* The texts that one comes from. */
static size_t parent_count(const struct bk_timeline *timeline, size_t index)
{
	if (index == BK_NOWHERE)
		return timeline->count ? 1 : 0;
	return timeline->list[index].parent_count;
}

static size_t parent_of(const struct bk_timeline *timeline, size_t index, size_t which)
{
	return timeline->brought[index == BK_NOWHERE ? 0 : timeline->list[index].parents[which]];
}

size_t bk_timeline_head(const struct bk_timeline *timeline)
{
	return timeline->unsaved ? BK_NOWHERE : timeline->brought[0];
}

static int visit(struct bk_pair_of_texts *pair,
	int (*each)(void *context, const struct bk_pair_of_texts *pair), void *context)
{
	bk_comparison *comparison;
	int status = bk_comparison_new(&comparison, pair->old, pair->now);

	if (status < 0)
		return status;
	pair->comparison = comparison;
	status = each(context, pair);
	bk_comparison_free(comparison);
	return status;
}

/* All pairs of one newer text; those it comes from are read into their places, when that has not happened. */
static int visit_pairs(const struct bk_timeline *timeline, size_t newer, const bk_draft *now,
	struct bk_past *pasts, int (*each)(void *context, const struct bk_pair_of_texts *pair), void *context)
{
	const size_t count = parent_count(timeline, newer);
	int status = BK_OK;

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		const size_t older = parent_of(timeline, newer, i);
		struct bk_pair_of_texts pair = {
			.older = older, .newer = newer, .last = i + 1 == count, .now = now};

		if (!pasts[older].draft)
			status = read_text(&pasts[older], timeline, older);
		pair.old = pasts[older].draft;
		if (status == BK_OK)
			status = visit(&pair, each, context);
	}
	return status;
}

int bk_timeline_walk(const struct bk_timeline *timeline,
	int (*each)(void *context, const struct bk_pair_of_texts *pair), void *context)
{
	const size_t head = bk_timeline_head(timeline);
	struct bk_past *pasts = bk_calloc(timeline->count + 1, sizeof *pasts);
	int status = pasts ? visit_pairs(timeline, head, timeline->session->draft, pasts, each, context)
			   : bk_fail_memory();

	/* Those that no text reached so far comes from are not read. */
	for (size_t i = 0; i < timeline->count && status == BK_OK; i++) {
		if (!pasts[i].draft)
			continue;
		status = visit_pairs(timeline, i, pasts[i].draft, pasts, each, context);
		bk_past_release(&pasts[i]);
	}
	for (size_t i = 0; pasts && i < timeline->count; i++)
		bk_past_release(&pasts[i]);
	bk_free(pasts);
	return status == BK_ELIMIT ? BK_OK : status;
}

/* The texts from the head back by first parents; *count is how many. */
static int find_line(const struct bk_timeline *timeline, size_t **out, size_t *count)
{
	size_t *line = bk_malloc((timeline->count + 1) * sizeof *line);
	size_t index = bk_timeline_head(timeline);

	if (!line)
		return bk_fail_memory();
	for (*count = 0; line[(*count)++] = index, parent_count(timeline, index) > 0;)
		index = parent_of(timeline, index, 0);
	*out = line;
	return BK_OK;
}

int bk_timeline_walk_forward(const struct bk_timeline *timeline,
	int (*each)(void *context, const struct bk_pair_of_texts *pair), void *context)
{
	struct bk_past old = {0}, now;
	size_t *line = NULL, left = 0;
	int status = find_line(timeline, &line, &left);
	struct bk_pair_of_texts pair = {.last = true};

	if (status < 0)
		return status;
	for (; left-- > 0 && status == BK_OK; pair.older = pair.newer) {
		pair.newer = line[left];
		status = read_text(&now, timeline, pair.newer);
		if (status < 0)
			break;
		pair.now = now.draft;
		pair.old = old.draft;
		status = old.draft ? visit(&pair, each, context) : each(context, &pair);
		bk_past_release(&old);
		old = now;
	}
	bk_past_release(&old);
	bk_free(line);
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
