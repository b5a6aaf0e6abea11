/* bracked log: the revisions of a draft. */
#include "app/revision_ledger.h"
#include "app/subject.h"
#include "app/timeline.h"

static const struct bk_option options[] = {
	BK_OPTION_JSON,
	{0},
};

/* What one revision's bytes hold. */
struct measure {
	struct bk_past past;
	struct bk_counts counts;
	size_t positions; /* recorded in its ledger */
};

static int measure(
	const struct bk_timeline *timeline, const struct bk_revision *revision, struct measure *out)
{
	int status = bk_revision_count_positions(timeline->session->repository, revision, &out->positions);

	if (status == BK_OK)
		status = bk_past_read(&out->past, timeline, revision, BK_PAST_COUNTS);
	if (status == BK_OK)
		bk_draft_count(out->past.draft, &out->counts);
	return status;
}

static void print_json(struct bk_output *output, const struct bk_revision *revision,
	const struct measure *now, size_t changes, size_t said)
{
	bk_json *object = bk_output_object();
	char time[40];

	bk_timeline_time(revision, time);
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

	bk_timeline_time(revision, time);
	bk_output_styled(output, BK_INK_PLACE, (struct bk_str){revision->id, 10});
	bk_output_printf(output, "  %.16s  %5zu disputed  %4zu %s  ", time,
		now->counts.classes[BK_CLASS_DISPUTED], changes, changes == 1 ? "change " : "changes");
	if (said)
		bk_output_printf(output, "%4zu %s  ", said, said == 1 ? "position " : "positions");
	else
		bk_output_printf(output, "%16s", "");
	bk_output_excerpt(output, BK_INK_STRONG, bk_str_of(revision->symbol), 30);
	bk_output_puts(output, *revision->symbol ? "  " : "");
	bk_output_excerpt(output, BK_INK_PLAIN, (struct bk_str){message.ptr, bk_str_find(message, '\n')}, 70);
	bk_output_puts(output, "  ");
	bk_output_excerpt(output, BK_INK_FAINT, bk_str_of(revision->author), 30);
	bk_output_puts(output, "\n");
}

/* Print newest first; each is compared with the one before it in time. */
static int print_revisions(struct bk_invocation *invocation, const struct bk_timeline *timeline)
{
	const bool json = bk_args_has(invocation->given, "json");
	struct measure now = {0}, before;
	int status = timeline->count ? measure(timeline, &timeline->list[0], &now) : BK_OK;

	for (size_t i = 0; i < timeline->count && status == BK_OK; i++) {
		size_t changes = 0;

		before = (struct measure){0};
		if (i + 1 < timeline->count)
			status = measure(timeline, &timeline->list[i + 1], &before);
		if (status == BK_OK)
			status = bk_store_count_changes(before.past.bytes ? before.past.bytes : "",
				before.past.len, now.past.bytes, now.past.len, &changes);
		if (status == BK_OK)
			(json ? print_json : print_text)(invocation->output, &timeline->list[i], &now,
				changes,
				now.positions > before.positions ? now.positions - before.positions : 0);
		bk_past_release(&now.past);
		now = before;
	}
	bk_past_release(&now.past);
	return status;
}

static int log_of(struct bk_invocation *invocation, struct bk_session *session)
{
	struct bk_timeline timeline;
	int status = bk_timeline_open(&timeline, session);

	if (status == BK_OK)
		status = print_revisions(invocation, &timeline);
	bk_timeline_release(&timeline);
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
