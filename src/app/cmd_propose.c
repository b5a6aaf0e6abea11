/* bracked propose: an alternative beside a bracket or beside clean words. */
#include "app/subject.h"

static const struct bk_option options[] = {
	{.name = "party", .value = "PARTY", .help = "who proposes it; default: bracked.party"},
	BK_OPTION_DRY_RUN,
	{0},
};

static int propose(struct bk_invocation *invocation, struct bk_session *session)
{
	const char *where = invocation->args[1], *text = invocation->args[2], *party;
	struct bk_span span;
	uint32_t bracket;
	bk_changes *changes;
	int status = bk_subject_own_party(invocation, session, &party);

	if (status == BK_OK && bk_args_parse_span(where, &span.start, &span.end)) {
		status = bk_draft_propose_span(session->draft, span, party, text, &changes);
	} else if (status == BK_OK) {
		status = bk_draft_find(session->draft, where, &bracket);
		if (status == BK_OK)
			status = bk_draft_propose(session->draft, bracket, party, text, &changes);
	}
	return status < 0 ? bk_subject_failed(status) : bk_subject_apply(invocation, session, changes);
}

static int run(struct bk_invocation *invocation)
{
	return bk_subject_change(invocation, 3, propose);
}

const struct bk_command bk_cmd_propose = {
	.name = "propose",
	.group = "Changing a draft",
	.summary = "put an alternative beside a bracket or beside words",
	.arguments = "FILE ID|START:END TEXT",
	.options = options,
	.examples = {"bracked propose --party EU outcome.txt k3f9q 'should'",
		"bracked propose --party EU outcome.txt 4100:4105 'may'"},
	.run = run,
};
