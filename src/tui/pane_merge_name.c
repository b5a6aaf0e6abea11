/* Whose words stand in a place of a merge, and what became of it, in the words of those who negotiate. */
#include "tui/pane_merge.h"

#include "base/buf.h"

#include <string.h>

/* Whether a party that stood beside a bracket takes its name off. */
static bool withdraws(const bk_draft *draft, const struct bk_bracket *bracket, const char *party)
{
	size_t count;
	const struct bk_attribution *const all = bk_draft_attributions(draft, &count) + bracket->attribution;
	for (uint32_t i = 0; i < bracket->attribution_count; i++)
		if (all[i].act == BK_ACT_WITHDRAW && strcmp(all[i].party, party) == 0)
			return true;
	return false;
}

bool bk_merge_asks_gone(const struct bk_attribution *name)
{
	return name->act == BK_ACT_DELETE || name->act == BK_ACT_OPPOSE;
}

/* Those beside a bracket who do the same, parted by commas; what they do is said where it is not what they are here
 * for. */
static void put_names(struct bk_buf *out, const bk_draft *draft, const struct bk_bracket *bracket,
	enum bk_act act, bool gone)
{
	size_t count;
	const struct bk_attribution *const all = bk_draft_attributions(draft, &count) + bracket->attribution;
	bool any = false;
	for (uint32_t i = 0; i < bracket->attribution_count; i++) {
		if (all[i].act != act || withdraws(draft, bracket, all[i].party))
			continue;
		bk_buf_printf(out, "%s%s", out->len == 0 ? "" : any || gone ? ", " : "; ", all[i].party);
		any = true;
	}
	if (any && !gone && act != BK_ACT_PROPOSE)
		bk_buf_printf(out, " %s", bk_act_name(act));
}

const char *bk_merge_names(const bk_draft *draft, uint32_t bracket, bool gone, struct bk_arena *arena)
{
	size_t count;
	const struct bk_bracket *const one = &bk_draft_brackets(draft, &count)[bracket];
	struct bk_buf names = BK_BUF_INIT;
	for (int act = 0; act < BK_ACT_COUNT; act++)
		if (bk_merge_asks_gone(&(struct bk_attribution){.act = (uint8_t)act}) == gone)
			put_names(&names, draft, one, (enum bk_act)act, gone);
	const char *const copy = bk_arena_dup(arena, bk_buf_string(&names), names.len);
	bk_buf_release(&names);
	return bk_or_empty(copy);
}

bool bk_merge_wants(const struct bk_attribution *name)
{
	return name->act == BK_ACT_PROPOSE || name->act == BK_ACT_SUPPORT || name->act == BK_ACT_RETAIN;
}

bool bk_merge_is_wanted(const bk_draft *draft, uint32_t bracket)
{
	size_t count;
	const struct bk_bracket *const one = &bk_draft_brackets(draft, &count)[bracket];
	const struct bk_attribution *const all = bk_draft_attributions(draft, &count) + one->attribution;
	for (uint32_t i = 0; i < one->attribution_count; i++)
		if (bk_merge_wants(&all[i]) && !withdraws(draft, one, all[i].party))
			return true;
	return false;
}

const char *bk_merge_outcome(
	const bk_draft *draft, uint32_t bracket, bool stands, bool adds, struct bk_arena *arena)
{
	const char *const names = bk_merge_names(draft, bracket, !stands, arena);
	if (stands)
		return bk_merge_is_wanted(draft, bracket)
			       ? bk_or_empty(bk_arena_printf(arena, "taken: %s", names))
			       : "base retained";
	if (names[0] != '\0')
		return bk_or_empty(bk_arena_printf(arena, "deleted: %s", names));
	return adds ? "not added" : "deleted";
}

const char *bk_merge_withdrawal(const bk_placing *placing, size_t proposal, struct bk_arena *arena)
{
	size_t count;
	const bk_proof *const proof = bk_placing_proof(placing);
	const uint32_t party = bk_proof_proposals(proof, &count)[proposal].party;
	return bk_or_empty(bk_arena_printf(arena, "withdrawn: %s", bk_proof_parties(proof, &count)[party]));
}

bool bk_merge_is_accepted(const bk_placing *placing, const struct bk_placing_place *place)
{
	const struct bk_placing_bracket *const own = bk_placing_brackets(placing, place);
	for (size_t i = 0; i < place->own_count; i++)
		if (own[i].issued == place->won)
			return bk_placing_is_in_base(placing, &own[i]) &&
			       !bk_merge_is_wanted(bk_placing_issued(placing), place->won);
	return false;
}

const char *bk_merge_move_outcome(
	const bk_draft *draft, const struct bk_placing_place *place, struct bk_arena *arena)
{
	if (place->won == BK_NONE)
		return "deleted";
	return bk_merge_is_wanted(draft, place->won)
		       ? bk_or_empty(bk_arena_printf(
				 arena, "moved: %s", bk_merge_names(draft, place->won, false, arena)))
		       : "base retained";
}
