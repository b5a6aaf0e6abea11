/* Runs and groups: the words for choices; no runs. */
#include "draft/draft.h"

static const char *const names[] = {NULL, "one", "independent", "undecided"};

const char *bk_choice_name(enum bk_choice choice)
{
	return names[choice];
}

bool bk_choice_parse(const char *name, enum bk_choice *out)
{
	for (size_t i = 1; i < sizeof names / sizeof *names; i++) {
		if (strcmp(name, names[i]) == 0) {
			*out = (enum bk_choice)i;
			return true;
		}
	}
	return false;
}

int bk_run_find(struct bk_draft *draft)
{
	draft->run_count = draft->group_count = 0;
	return BK_OK;
}

const struct bk_alternative *bk_draft_alternatives(const bk_draft *draft, uint32_t bracket, size_t *count)
{
	(void)draft;
	(void)bracket;
	*count = 0;
	return NULL;
}
