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

/* What those do who were named last, where it is not what they are here for. */
static void end_act(struct bk_buf *names, enum bk_act act)
{
	if (act != BK_ACT_PROPOSE && act != BK_ACT_DELETE)
		bk_buf_printf(names, " %s", bk_act_name(act));
}

const char *bk_merge_names(const bk_draft *draft, uint32_t bracket, bool deleting, struct bk_arena *arena)
{
	size_t count;
	const struct bk_bracket *const one = &bk_draft_brackets(draft, &count)[bracket];
	const struct bk_attribution *const all = bk_draft_attributions(draft, &count) + one->attribution;
	struct bk_buf names = BK_BUF_INIT;
	enum bk_act act = BK_ACT_PROPOSE;
	for (uint32_t i = 0; i < one->attribution_count; i++) {
		if ((all[i].act == BK_ACT_DELETE) != deleting || withdraws(draft, one, all[i].party))
			continue;
		if (names.len > 0 && all[i].act != act)
			end_act(&names, act);
		act = (enum bk_act)all[i].act;
		bk_buf_printf(&names, "%s%s", names.len > 0 ? ", " : "", all[i].party);
	}
	if (names.len > 0)
		end_act(&names, act);
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
