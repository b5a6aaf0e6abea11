/* bracked bracket: put a span in brackets. */
#include "app/subject.h"
#include "base/error.h"

static const struct bk_option options[] = {
	{.name = "party",
		.value = "PARTY",
		.help = "who brackets it: stands in the text and, with a reason, in the ledger"},
	{.name = "reason", .value = "TEXT", .help = "why, kept in the ledger"},
	BK_OPTION_DRY_RUN,
	{0},
};

/* The party's reason goes on record as a reservation about the new bracket. */
static int record_reason(
	struct bk_invocation *invocation, struct bk_session *session, size_t start, const char *party)
{
	const struct bk_statement statement = {
		.act = BK_EVENT_RESERVE,
		.party = party,
		.reason = bk_args_value(invocation->given, "reason"),
	};
	uint32_t bracket;
	int status = bk_session_refresh(session);

	if (status < 0)
		return bk_subject_failed(status);
	bracket = bk_draft_bracket_at(session->draft, start);
	if (bracket == BK_NONE)
		return bk_subject_failed(
			bk_fail(BK_ENOTFOUND, "the new bracket matches nothing: bracked check says why"));
	status = bk_session_state(session, bracket, &statement);
	return status < 0 ? bk_subject_failed(status) : BK_EXIT_OK;
}

static int bracket_span(struct bk_invocation *invocation, struct bk_session *session)
{
	const char *name = bk_args_value(invocation->given, "party");
	const char *party = NULL;
	struct bk_span span;
	bk_changes *changes;
	size_t count;
	int exit, status = BK_OK;

	if (!bk_args_parse_span(invocation->args[1], &span.start, &span.end))
		status = bk_fail(
			BK_EINVAL, "no span '%s': it is START:END in bytes from 0", invocation->args[1]);
	if (status == BK_OK && bk_args_has(invocation->given, "reason") && !name)
		status = bk_fail(BK_EINVAL, "a reason needs somebody who gives it: use --party");
	if (status == BK_OK && name)
		status = bk_subject_party(session, name, &party);
	if (status == BK_OK)
		status = bk_draft_bracket(session->draft, span, party, &changes);
	if (status < 0)
		return bk_subject_failed(status);
	span.start = bk_changes_list(changes, &count)->span.start; /* where it opens */
	exit = bk_subject_apply(invocation, session, changes);
	if (exit != BK_EXIT_OK || !bk_args_has(invocation->given, "reason") ||
		bk_args_has(invocation->given, "dry-run"))
		return exit;
	return record_reason(invocation, session, span.start, party);
}

static int run(struct bk_invocation *invocation)
{
	return bk_subject_change(invocation, 2, bracket_span);
}

const struct bk_command bk_cmd_bracket = {
	.name = "bracket",
	.group = "Changing a draft",
	.summary = "put words in brackets",
	.arguments = "FILE START:END",
	.options = options,
	.examples = {"bracked bracket outcome.txt 4100:4131",
		"bracked bracket --party EU --reason 'no mandate' outcome.txt 4100:4131"},
	.run = run,
};
