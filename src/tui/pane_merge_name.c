/* Whose words stand in a place of a merge, and what became of it, in the words of those who negotiate. */
#include "tui/pane_merge.h"

#include "base/buf.h"

#include <string.h>

/* Whether a party that stood beside a bracket takes its name off. */
static bool withdraws(const struct bk_placing_names *known, uint32_t bracket, const char *party)
{
	size_t count;
	const struct bk_attribution *const all = bk_placing_names_beside(known, bracket, &count);
	for (size_t i = 0; i < count; i++)
		if (all[i].act == BK_ACT_WITHDRAW && strcmp(all[i].party, party) == 0)
			return true;
	return false;
}

bool bk_merge_wants(const struct bk_attribution *name)
{
	return name->act == BK_ACT_PROPOSE || name->act == BK_ACT_SUPPORT || name->act == BK_ACT_RETAIN;
}

bool bk_merge_has_name(struct bk_str list, const char *name)
{
	while (list.len > 0) {
		const size_t end = bk_str_find(list, ',');
		if (bk_str_equal(bk_str_trim((struct bk_str){list.ptr, end}), bk_str_of(name)))
			return true;
		list = bk_str_skip(list, end < list.len ? end + 1 : end);
	}
	return false;
}

/* Names beside some brackets. */
struct beside {
	const struct bk_placing_names *known;
	const uint32_t *brackets;
	size_t count;
};

static const struct bk_attribution *names_of(const struct beside *beside, size_t index, size_t *count)
{
	return bk_placing_names_beside(beside->known, beside->brackets[index], count);
}

/* Whether a party wants the words of one of them. */
static bool wants_any(const struct beside *beside, const char *party)
{
	for (size_t i = 0; i < beside->count; i++) {
		size_t count;
		const struct bk_attribution *const names = names_of(beside, i, &count);
		for (size_t k = 0; k < count; k++)
			if (bk_merge_wants(&names[k]) && strcmp(names[k].party, party) == 0)
				return true;
	}
	return false;
}

/* Those who do the same, each once, parted by commas. */
static void gather_names(struct bk_buf *out, const struct beside *beside, enum bk_act act)
{
	const bool gone = bk_placing_asks_gone(act);
	for (size_t i = 0; i < beside->count; i++) {
		size_t count;
		const struct bk_attribution *const names = names_of(beside, i, &count);
		for (size_t k = 0; k < count; k++)
			if (names[k].act == act && !(gone && wants_any(beside, names[k].party)) &&
				!withdraws(beside->known, beside->brackets[i], names[k].party) &&
				!bk_merge_has_name(bk_buf_str(out), names[k].party))
				bk_buf_printf(out, "%s%s", out->len > 0 ? ", " : "", names[k].party);
	}
}

static void put_names(struct bk_buf *out, const struct beside *beside, enum bk_act act, bool said)
{
	struct bk_buf names = BK_BUF_INIT;
	gather_names(&names, beside, act);
	if (names.len > 0) {
		bk_buf_puts(out, out->len == 0 ? "" : said ? "; " : ", ");
		bk_buf_puts(out, bk_buf_string(&names));
		if (said && act != BK_ACT_PROPOSE)
			bk_buf_printf(out, " %s", bk_act_name(act));
	}
	bk_buf_release(&names);
}

const char *bk_merge_names_beside(const struct bk_placing_names *known, const uint32_t *brackets,
	size_t count, bool gone, bool said, struct bk_arena *arena)
{
	const struct beside beside = {known, brackets, count};
	struct bk_buf names = BK_BUF_INIT;
	for (int act = 0; act < BK_ACT_COUNT; act++)
		if (bk_placing_asks_gone((enum bk_act)act) == gone)
			put_names(&names, &beside, (enum bk_act)act, said);
	const char *const copy = bk_arena_dup(arena, bk_buf_string(&names), names.len);
	bk_buf_release(&names);
	return bk_or_empty(copy);
}

const char *bk_merge_names(
	const struct bk_placing_names *known, uint32_t bracket, bool gone, struct bk_arena *arena)
{
	return bk_merge_names_beside(known, &bracket, 1, gone, !gone, arena);
}

bool bk_merge_is_wanted(const struct bk_placing_names *known, uint32_t bracket)
{
	size_t count;
	const struct bk_attribution *const all = bk_placing_names_beside(known, bracket, &count);
	for (size_t i = 0; i < count; i++)
		if (bk_merge_wants(&all[i]) && !withdraws(known, bracket, all[i].party))
			return true;
	return false;
}

const char *bk_merge_outcome(const struct bk_placing_names *known, uint32_t bracket, bool stands, bool adds,
	struct bk_arena *arena)
{
	const char *const names = bk_merge_names(known, bracket, !stands, arena);
	if (stands)
		return bk_merge_is_wanted(known, bracket)
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
			       !bk_merge_is_wanted(bk_placing_names_issued(placing), place->won);
	return false;
}

const char *bk_merge_move_outcome(
	const struct bk_placing_names *known, const struct bk_placing_place *place, struct bk_arena *arena)
{
	if (place->won == BK_NONE)
		return "deleted";
	return bk_merge_is_wanted(known, place->won)
		       ? bk_or_empty(bk_arena_printf(
				 arena, "moved: %s", bk_merge_names(known, place->won, false, arena)))
		       : "base retained";
}
