/* The outline: the words for its kinds; a draft without nodes. */
#include "draft/draft.h"

const char *bk_node_kind_name(enum bk_node_kind kind)
{
	static const char *const names[] = {"heading", "provision", "option"};

	return names[kind];
}

int bk_outline_build(struct bk_draft *draft)
{
	draft->node_count = 0;
	return BK_OK;
}
