/* Options, and brackets that stand round one. */
#include "compare/fate_private.h"

bool bk_fate_in_option(const struct bk_draft *draft, size_t offset)
{
	uint32_t node = bk_draft_node_at(draft, offset);

	while (node != BK_NONE && draft->nodes[node].kind != BK_NODE_OPTION)
		node = draft->nodes[node].parent;
	return node != BK_NONE;
}

/* The option whose header a bracket opens with, or NULL. */
static const struct bk_node *wrapped_option(const struct bk_fater *fater, uint32_t old)
{
	const struct bk_draft *draft = fater->old.draft;
	const struct bk_bracket *bracket = &draft->brackets[old];
	const size_t at = BK_SEARCH(n, draft->node_count, draft->nodes[n].offset < bracket->start);
	const struct bk_node *node = at < draft->node_count ? &draft->nodes[at] : NULL;

	if (!node || node->kind != BK_NODE_OPTION || node->offset >= bracket->end)
		return NULL;
	return bk_words_from(fater->old.words, bracket->start) ==
			       bk_words_from(fater->old.words, node->offset)
		       ? node
		       : NULL;
}

uint16_t bk_fater_option(const struct bk_fater *fater, uint32_t old)
{
	const struct bk_node *node = wrapped_option(fater, old);
	struct bk_standing standing = {0};
	uint32_t place = BK_NONE;

	if (!node)
		return 0;
	/* No words are cut of what is unchanged. */
	if (bk_unchanged_bracket(&fater->matches->unchanged, old) != BK_NONE)
		return BK_DETAIL_OPTION_KEPT;
	for (uint32_t w = bk_words_from(fater->old.words, node->offset);
		w < fater->old.words->items.len && fater->old.words->items.items[w].start < node->end; w++) {
		const uint32_t word = bk_fate_place(fater, w);

		bk_standing_count(fater, &standing, fater->old.words->items.items[w].number, word != BK_NONE);
		place = place == BK_NONE ? word : place;
	}
	if (!bk_standing_holds(&standing) || place == BK_NONE)
		return BK_DETAIL_OPTION_LOST;
	return bk_fate_in_option(fater->now.draft, fater->now.words->items.items[place].start)
		       ? BK_DETAIL_OPTION_KEPT
		       : BK_DETAIL_OPTION_WON;
}
