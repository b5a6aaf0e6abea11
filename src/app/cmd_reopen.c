/* bracked reopen: brackets once agreed are open again. */
#include "app/subject.h"

static const struct bk_option options[] = {
	{.name = "reason", .value = "TEXT", .help = "why: kept in the ledger"},
	BK_OPTION_DRY_RUN,
	{0},
};

static int run(struct bk_invocation *invocation)
{
	return bk_subject_set_status(invocation, bk_span_status_name(BK_STATUS_REOPENED));
}

const struct bk_command bk_cmd_reopen = {
	.name = "reopen",
	.group = "Positions",
	.summary = "record that brackets once agreed are open again",
	.arguments = "FILE ID...",
	.options = options,
	.examples = {"bracked reopen outcome.txt k3f9q",
		"bracked reopen --reason 'new mandate' outcome.txt k3f9q"},
	.run = run,
};
