/* bracked log: the revisions of a draft. */
#include "app/revision_ledger.h"
#include "app/subject.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const struct bk_option options[] = {
	BK_OPTION_JSON,
	{0},
};

/* What one revision's bytes hold. */
struct measure {
	char *bytes;
	size_t len;
	struct bk_counts counts;
	size_t positions; /* recorded in its ledger */
};

static int measure(const struct bk_session *session, const struct bk_revision *revision, struct measure *out)
{
	const struct bk_draft_options read = {
		.conventions = session->conventions,
		.names = bk_roster_names(session->roster),
	};
	bk_text *text;
	bk_snapshot *snapshot;
	bk_draft *draft = NULL;
	int status = bk_revision_count_positions(session->repository, revision, &out->positions);

	if (status == BK_OK)
		status = bk_revision_read_blob(session->repository, revision->blob, &out->bytes, &out->len);
	if (status < 0)
		return status;
	status = bk_text_borrow(&text, out->bytes, out->len, NULL, NULL, false);
	if (status < 0) {
		bk_store_free(out->bytes);
		return status;
	}
	snapshot = bk_text_snapshot(text);
	status = bk_draft_new(&draft, snapshot, &read);
	if (status == BK_OK)
		bk_draft_count(draft, &out->counts);
	else
		bk_store_free(out->bytes);
	bk_draft_free(draft);
	bk_snapshot_free(snapshot);
	bk_text_free(text);
	return status;
}

static void format_time(const struct bk_revision *revision, char out[40])
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

static void print_json(struct bk_output *output, const struct bk_revision *revision,
	const struct measure *now, size_t changes, size_t said)
{
	bk_json *object = bk_output_object();
	char time[40];

	format_time(revision, time);
	bk_json_set_string(object, "revision", revision->id);
	bk_json_set_string(object, "time", time);
	bk_json_set_text(object, "author", bk_str_of(revision->author));
	bk_json_set_text(object, "party", bk_str_of(revision->party));
	bk_json_set_text(object, "symbol", bk_str_of(revision->symbol));
	bk_json_set_text(object, "message", bk_str_of(revision->message));
	bk_json_set_size(object, "pairs", now->counts.pairs);
	bk_json_set_size(object, "disputed", now->counts.classes[BK_CLASS_DISPUTED]);
	bk_json_set_size(object, "changes", changes);
	bk_json_set_size(object, "positions", said);
	bk_output_json(output, object);
}

static void print_text(struct bk_output *output, const struct bk_revision *revision,
	const struct measure *now, size_t changes, size_t said)
{
	const struct bk_str message = bk_str_of(revision->message);
	char time[40];

	format_time(revision, time);
	bk_output_styled(output, BK_STYLE_PLACE, (struct bk_str){revision->id, 10});
	bk_output_printf(output, "  %.16s  %5zu disputed  %4zu %s  ", time,
		now->counts.classes[BK_CLASS_DISPUTED], changes, changes == 1 ? "change " : "changes");
	if (said)
		bk_output_printf(output, "%4zu %s  ", said, said == 1 ? "position " : "positions");
	else
		bk_output_printf(output, "%16s", "");
	bk_output_excerpt(output, BK_STYLE_STRONG, bk_str_of(revision->symbol), 30);
	bk_output_puts(output, *revision->symbol ? "  " : "");
	bk_output_excerpt(
		output, BK_STYLE_PLAIN, (struct bk_str){message.ptr, bk_str_find(message, '\n')}, 70);
	bk_output_puts(output, "  ");
	bk_output_excerpt(output, BK_STYLE_FAINT, bk_str_of(revision->author), 30);
	bk_output_puts(output, "\n");
}

/* Print newest first; each is compared with the one before it in time. */
static int print_revisions(struct bk_invocation *invocation, const struct bk_session *session,
	const struct bk_revision *list, size_t count)
{
	const bool json = bk_args_has(invocation->given, "json");
	struct measure now, before;
	int status = count ? measure(session, &list[0], &now) : BK_OK;

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		size_t changes = 0;

		before = (struct measure){0};
		if (i + 1 < count)
			status = measure(session, &list[i + 1], &before);
		if (status == BK_OK)
			status = bk_store_count_changes(
				before.bytes ? before.bytes : "", before.len, now.bytes, now.len, &changes);
		if (status == BK_OK)
			(json ? print_json : print_text)(invocation->output, &list[i], &now, changes,
				now.positions > before.positions ? now.positions - before.positions : 0);
		bk_store_free(now.bytes);
		now = before;
	}
	return status;
}

static int log_of(struct bk_invocation *invocation, struct bk_session *session)
{
	bk_revisions *revisions;
	const struct bk_revision *list;
	size_t count;
	int status = bk_session_need_repository(session);

	if (status == BK_OK)
		status = bk_revisions_walk(
			&revisions, session->repository, session->repository_name, session->revision);
	if (status < 0)
		return bk_subject_failed(status);
	list = bk_revisions_list(revisions, &count);
	if (bk_revisions_cut(revisions))
		bk_output_remark(
			"the history ends early, since this is a shallow clone: git fetch --unshallow "
			"brings the rest");
	status = print_revisions(invocation, session, list, count);
	bk_revisions_free(revisions);
	return status < 0 ? bk_subject_failed(status) : BK_EXIT_OK;
}

static int run(struct bk_invocation *invocation)
{
	return invocation->arg_count == 1 ? bk_subject_each(invocation, 0, log_of)
					  : bk_subject_usage(invocation);
}

const struct bk_command bk_cmd_log = {
	.name = "log",
	.group = "Revisions",
	.summary = "print the revisions of a draft, newest first, with their disputed brackets",
	.arguments = "FILE",
	.options = options,
	.examples = {"bracked log outcome.txt", "bracked log --json outcome.txt"},
	.run = run,
};
