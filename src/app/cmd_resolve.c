/* bracked resolve: accept, delete or choose. */
#include "app/subject.h"
#include "base/error.h"

#include <string.h>

static const struct bk_option options[] = {
	BK_OPTION_DRY_RUN,
	{0},
};

static int parse_act(const char *word, enum bk_resolve *act, size_t *alternative)
{
	*alternative = 0;
	if (strcmp(word, "accept") == 0) {
		*act = BK_RESOLVE_ACCEPT;
	} else if (strcmp(word, "delete") == 0) {
		*act = BK_RESOLVE_DELETE;
	} else if (strncmp(word, "choose=", 7) == 0 && bk_args_parse_size(word + 7, alternative) &&
		   *alternative) {
		*act = BK_RESOLVE_CHOOSE;
	} else {
		return bk_fail(BK_EINVAL, "no act '%s': it is accept, delete or choose=N", word);
	}
	return BK_OK;
}

static int resolve(struct bk_invocation *invocation, struct bk_session *session)
{
	enum bk_resolve act;
	size_t alternative;
	uint32_t bracket;
	bk_changes *changes;
	int status = parse_act(invocation->args[2], &act, &alternative);

	if (status == BK_OK)
		status = bk_subject_find(session, invocation->args[1], &bracket);
	if (status == BK_OK)
		status = bk_draft_resolve(session->draft, bracket, act, alternative, &changes);
	return status < 0 ? bk_subject_failed(status) : bk_subject_apply(invocation, session, changes);
}

static int run(struct bk_invocation *invocation)
{
	return bk_subject_change(invocation, 3, resolve);
}

const struct bk_command bk_cmd_resolve = {
	.name = "resolve",
	.group = "Changing a draft",
	.summary = "accept or delete a bracket, or choose an alternative",
	.arguments = "FILE ID accept|delete|choose=N",
	.options = options,
	.examples = {"bracked resolve outcome.txt k3f9q accept",
		"bracked resolve -n outcome.txt @212:34 choose=2"},
	.run = run,
};
