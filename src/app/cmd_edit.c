/* bracked edit: drafts on the screen, or keys from a script without one. */
#include "app/command.h"
#include "app/output.h"

#include <string.h>

static const struct bk_option options[] = {
	{.name = "script", .value = "KEYS", .help = "take keys from a file, without a terminal"},
	{.name = "screen", .value = "WxH", .help = "size of the screen of a script: 80x24"},
	{0},
};

static int run(struct bk_invocation *invocation)
{
	if (invocation->arg_count == 0) {
		bk_output_remark("name a file to edit: bracked edit outcome.txt");
		return BK_EXIT_USAGE;
	}
	for (size_t i = 0; i < invocation->arg_count; i++)
		if (strcmp(invocation->args[i], "-") == 0) {
			bk_output_remark("'-' is standard input, which is only read: name a file to edit");
			return BK_EXIT_USAGE;
		}
	return invocation->editor->edit(invocation, invocation->args, invocation->arg_count);
}

const struct bk_command bk_cmd_edit = {
	.name = "edit",
	.group = "Editing",
	.summary = "open drafts on the screen",
	.arguments = "FILE...",
	.options = options,
	.examples = {"bracked outcome.txt", "bracked edit outcome.txt compilation.txt"},
	.run = run,
};
