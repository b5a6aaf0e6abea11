/* bracked agree: brackets are agreed, as the chair calls it. */
#include "app/subject.h"

static const char *const statuses[] = {"agreed in group", "ad referendum", "agreed", "agreed pending", NULL};

static const struct bk_option options[] = {
	{.name = "as",
		.value = "STATUS",
		.choices = statuses,
		.help = "agreed in group, ad referendum (default), agreed, agreed pending"},
	{.name = "reason", .value = "TEXT", .help = "on what: kept in the ledger"},
	BK_OPTION_DRY_RUN,
	{0},
};

static int run(struct bk_invocation *invocation)
{
	const char *as = bk_args_value(invocation->given, "as");

	return bk_subject_set_status(invocation, as ? as : bk_span_status_name(BK_STATUS_AD_REFERENDUM));
}

const struct bk_command bk_cmd_agree = {
	.name = "agree",
	.group = "Positions",
	.summary = "record that brackets are agreed, ad referendum unless said otherwise",
	.arguments = "FILE ID...",
	.options = options,
	.examples = {"bracked agree outcome.txt k3f9q", "bracked agree --as agreed outcome.txt k3f9q m2x8r"},
	.run = run,
};
