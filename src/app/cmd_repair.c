/* bracked repair: apply repairs that check proposes. */
#include "app/subject.h"
#include "base/vec.h"
#include "base/error.h"

static const struct bk_option options[] = {
	{.name = "at",
		.value = "OFFSET",
		.repeat = true,
		.help = "apply the repair proposed at this byte offset"},
	{.name = "all", .help = "apply every repair proposed"},
	BK_OPTION_DRY_RUN,
	{0},
};

struct offsets {
	BK_VEC(size_t) list;
};

static int read_offsets(const struct bk_args *given, struct offsets *out)
{
	size_t from = 0;
	const char *value;

	while ((value = bk_args_next(given, "at", &from))) {
		size_t *slot = BK_VEC_PUSH(&out->list);

		if (!slot)
			return bk_fail_memory();
		if (!bk_args_parse_size(value, slot))
			return bk_fail(BK_EINVAL, "option '--at' wants a byte offset, not '%s'", value);
	}
	return BK_OK;
}

static int apply(struct bk_invocation *invocation, struct bk_session *session, const struct offsets *offsets)
{
	const bool all = bk_args_has(invocation->given, "all");
	bk_findings *findings;
	bk_changes *changes;
	size_t count;
	int exit, status = bk_draft_check(session->draft, &findings);

	if (status < 0)
		return bk_subject_failed(status);
	status = bk_findings_repair(findings, all ? NULL : offsets->list.items, offsets->list.len, &changes);
	bk_findings_free(findings);
	if (status < 0)
		return bk_subject_failed(status);
	bk_changes_list(changes, &count);
	exit = bk_subject_apply(invocation, session, changes);
	if (exit == BK_EXIT_OK && !bk_args_has(invocation->given, "dry-run"))
		bk_output_printf(invocation->output, "%zu %s\n", count, count == 1 ? "repair" : "repairs");
	return exit;
}

static int repair(struct bk_invocation *invocation, struct bk_session *session)
{
	struct offsets offsets = {BK_VEC_INIT};
	int exit;
	int status = read_offsets(invocation->given, &offsets);

	if (status == BK_OK && !offsets.list.len && !bk_args_has(invocation->given, "all"))
		status = bk_fail(
			BK_EINVAL, "no repair named: use --at OFFSET, as check prints them, or --all");
	exit = status < 0 ? bk_subject_failed(status) : apply(invocation, session, &offsets);
	BK_VEC_RELEASE(&offsets.list);
	return exit;
}

static int run(struct bk_invocation *invocation)
{
	return bk_subject_change(invocation, 1, repair);
}

const struct bk_command bk_cmd_repair = {
	.name = "repair",
	.group = "Changing a draft",
	.summary = "apply repairs that check proposes",
	.arguments = "FILE",
	.options = options,
	.examples = {"bracked repair --dry-run --all outcome.txt",
		"bracked repair --at 1095 --at 2546 outcome.txt"},
	.run = run,
};
