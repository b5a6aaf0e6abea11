/* bracked init: a repository for a negotiation. */
#include "app/subject.h"

static int run(struct bk_invocation *invocation)
{
	bk_repository *repository;
	int status;

	if (invocation->arg_count > 1)
		return bk_subject_usage(invocation);
	status = bk_repository_init(&repository, invocation->arg_count ? invocation->args[0] : ".");
	if (status < 0)
		return bk_subject_failed(status);
	invocation->changed = true;
	bk_output_printf(invocation->output,
		"%s is a repository for a negotiation: say who takes part in .negotiation\n",
		bk_repository_folder(repository));
	bk_repository_free(repository);
	return BK_EXIT_OK;
}

const struct bk_command bk_cmd_init = {
	.name = "init",
	.group = "Revisions",
	.summary = "make a folder a git repository for a negotiation",
	.arguments = "[DIR]",
	.examples = {"bracked init", "bracked init talks"},
	.run = run,
};
