/* Attributions in the text: the words for acts; none found. */
#include "draft/draft.h"

const char *bk_act_name(enum bk_act act)
{
	static const char *const names[BK_ACT_COUNT] = {
		"propose", "support", "oppose", "delete", "retain", "reserve", "reflect", "withdraw"};

	return names[act];
}

int bk_attribution_find(struct bk_draft *draft)
{
	draft->attribution_count = 0;
	return BK_OK;
}
