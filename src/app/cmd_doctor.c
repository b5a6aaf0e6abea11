/*
 * bracked doctor: what a machine and a repository lack for bracked and git to work together, line by line, and mending
 * what stands in the repository.
 */
#include "app/doctor.h"
#include "app/subject.h"

#include <string.h>
#include <unistd.h>

static const struct bk_option options[] = {
	{.name = "fix", .help = "mend what can be mended in the repository"},
	{.name = "dry-run", .letter = 'n', .help = "tell what --fix would do, and do nothing"},
	BK_OPTION_JSON,
	{0},
};

static void run_all(struct bk_visit *visit, const struct bk_doctor_check *check)
{
	for (; check->name; check++) {
		visit->check = check->name;
		check->run(visit);
	}
}

static int run(struct bk_invocation *invocation)
{
	struct bk_visit visit = {
		.output = invocation->output,
		.editor = invocation->editor,
		.folder = invocation->arg_count ? invocation->args[0] : ".",
		.fix = bk_args_has(invocation->given, "fix"),
		.dry_run = bk_args_has(invocation->given, "dry-run"),
		.json = bk_args_has(invocation->given, "json"),
		.identity = invocation->session.identity,
	};

	if (invocation->arg_count > 1)
		return bk_subject_usage(invocation);
	if (visit.dry_run && !visit.fix) {
		bk_output_remark("option '--dry-run' shows what '--fix' would do: give both");
		return BK_EXIT_USAGE;
	}
	if (access(visit.folder, F_OK) < 0) {
		bk_output_remark("'%s' is not there", visit.folder);
		return BK_EXIT_FAILED;
	}
	run_all(&visit, bk_doctor_repository);
	run_all(&visit, bk_doctor_machine);
	invocation->changed = visit.inspected && memcmp(visit.fixtures, visit.after, sizeof visit.after) != 0;
	bk_repository_free(visit.repository);
	return visit.exit;
}

const struct bk_command bk_cmd_doctor = {
	.name = "doctor",
	.group = "Help",
	.summary = "tell what is missing around bracked and git, and mend it",
	.arguments = "[DIR]",
	.options = options,
	.examples = {"bracked doctor", "bracked doctor --fix talks"},
	.run = run,
};
