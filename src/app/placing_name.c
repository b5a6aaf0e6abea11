/*
 * Who stands beside the brackets of a draft: in its text, or in the ledger, where names are kept out of that.
 *
 *	[shall][EU: should]	the EU
 *	[shall][should]		the EU as well, when the ledger keeps its name for that bracket
 */
#include "app/placing_private.h"

#include "base/alloc.h"
#include "base/error.h"

#include <string.h>

/* ---- Making the list ----------------------------------------------------------------------------------- */

static const struct bk_attribution *in_text(const bk_draft *draft, uint32_t bracket, size_t *count)
{
	const struct bk_bracket *it = &bk_draft_brackets(draft, count)[bracket];
	const struct bk_attribution *all = bk_draft_attributions(draft, count);

	*count = it->attribution_count;
	return all + it->attribution;
}

static bool has(const struct bk_attribution *list, size_t count, const struct bk_beside *name)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].act == name->act && strcmp(list[i].party, name->party) == 0)
			return true;
	return false;
}

static struct bk_attribution attribution_of(const struct bk_beside *name)
{
	return (struct bk_attribution){.bracket = name->bracket,
		.act = (uint8_t)name->act,
		.form = BK_FORM_PREFIX,
		.party = name->party};
}

/* Those of the text, then those of the ledger, for each bracket. */
static void fill(struct bk_placing_names *names, size_t brackets)
{
	size_t kept_count, next = 0, len = 0, count;
	const struct bk_kept_name *kept = bk_kept_list(names->kept, &kept_count);

	for (uint32_t i = 0; i < brackets; i++) {
		const struct bk_attribution *own = in_text(names->draft, i, &count);

		names->first[i] = len;
		for (size_t k = 0; k < count; k++)
			names->list[len++] = own[k];
		for (; next < kept_count && kept[next].name.bracket == i; next++)
			if (!has(own, count, &kept[next].name))
				names->list[len++] = attribution_of(&kept[next].name);
	}
	names->first[brackets] = len;
}

int bk_placing_names_read(struct bk_placing_names *names, const bk_draft *draft, const bk_binding *binding,
	const bk_ledger *ledger)
{
	size_t brackets, attributions, kept;
	int status;

	*names = (struct bk_placing_names){.draft = draft};
	status = bk_kept_new(&names->kept, draft, binding, ledger);
	if (status < 0)
		return status;
	bk_kept_list(names->kept, &kept);
	if (!kept)
		return BK_OK;
	bk_draft_brackets(draft, &brackets);
	bk_draft_attributions(draft, &attributions);
	names->first = bk_calloc(brackets + 1, sizeof *names->first);
	names->list = bk_calloc(attributions + kept + 1, sizeof *names->list);
	if (!names->first || !names->list) {
		bk_placing_names_release(names);
		return bk_fail_memory();
	}
	fill(names, brackets);
	return BK_OK;
}

void bk_placing_names_release(struct bk_placing_names *names)
{
	bk_kept_free(names->kept);
	bk_free(names->first);
	bk_free(names->list);
	*names = (struct bk_placing_names){.draft = names->draft};
}

/* ---- Asking it ----------------------------------------------------------------------------------------- */

const struct bk_attribution *bk_placing_names_beside(
	const struct bk_placing_names *names, uint32_t bracket, size_t *count)
{
	if (!names->first)
		return in_text(names->draft, bracket, count);
	*count = names->first[bracket + 1] - names->first[bracket];
	return names->list + names->first[bracket];
}

bool bk_placing_asks_gone(enum bk_act act)
{
	return act == BK_ACT_DELETE || act == BK_ACT_OPPOSE;
}

const struct bk_placing_names *bk_placing_names_issued(const bk_placing *placing)
{
	return &placing->issued_names;
}

const struct bk_placing_names *bk_placing_names_now(const bk_placing *placing)
{
	return &placing->now_names;
}

bool bk_placing_is_proposer(
	const bk_placing *placing, const struct bk_placing_place *place, const char *party)
{
	size_t count, place_count;
	const struct bk_proof_place *places = bk_proof_places(placing->proof, &place_count);
	const struct bk_proof_proposal *all = bk_proof_proposals(placing->proof, &count);
	const char *const *parties = bk_proof_parties(placing->proof, &count);

	for (size_t i = place->first; i < place->first + place->count; i++)
		for (size_t k = places[i].first; k < places[i].first + places[i].proposal_count; k++)
			if (strcmp(parties[all[k].party], party) == 0)
				return true;
	return false;
}

bool bk_placing_keeps_name(const bk_placing *placing, const struct bk_placing_place *place,
	const struct bk_placing_names *names, uint32_t bracket)
{
	size_t count, text_count;
	const struct bk_attribution *all = bk_placing_names_beside(names, bracket, &count);

	in_text(names->draft, bracket, &text_count);
	for (size_t i = text_count; i < count; i++)
		if (bk_placing_is_proposer(placing, place, all[i].party))
			return true;
	return false;
}
