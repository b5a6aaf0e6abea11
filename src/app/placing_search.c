/* Places that are looked for by their words, where comparing texts does not tell. */
#include "app/placing_private.h"

#include <string.h>

static bool says(
	const bk_draft *draft, const struct bk_bracket *bracket, const char *party, struct bk_str words)
{
	size_t count, len;
	const struct bk_attribution *all = bk_draft_attributions(draft, &count);
	const char *bytes = bk_draft_bytes(draft, &len);
	const struct bk_str text = {bytes + bracket->text.start, bracket->text.end - bracket->text.start};

	for (uint32_t i = 0; i < bracket->attribution_count; i++)
		if (strcmp(all[bracket->attribution + i].party, party) == 0)
			return words.len && bk_str_equal(bk_str_trim(text), bk_str_trim(words));
	return false;
}

/* The one bracket within that says the words under the party's name; BK_NONE when none does, or several do. */
static uint32_t find_words(
	const bk_draft *draft, struct bk_span within, const char *party, struct bk_str words)
{
	size_t count;
	const struct bk_bracket *all = bk_draft_brackets(draft, &count);
	uint32_t found = BK_NONE;

	for (uint32_t i = bk_draft_bracket_from(draft, within.start); i < count && all[i].start < within.end;
		i++) {
		if (all[i].class != BK_CLASS_DISPUTED || !says(draft, &all[i], party, words))
			continue;
		if (found != BK_NONE)
			return BK_NONE;
		found = i;
	}
	return found;
}

/* A bracket with those that it forms a group with. */
static struct bk_span group_of(const bk_draft *draft, uint32_t bracket)
{
	size_t count;
	const struct bk_bracket *all = bk_draft_brackets(draft, &count);
	const struct bk_group *groups = bk_draft_groups(draft, &count);

	if (!all[bracket].group)
		return (struct bk_span){all[bracket].start, all[bracket].end};
	const struct bk_group *group = &groups[all[bracket].group - 1];

	return (struct bk_span){all[group->first].start, all[group->last].end};
}

bool bk_placing_search(const bk_placing *placing, const bk_draft *draft, struct bk_span within,
	const struct bk_proof_place *place, struct bk_span *out)
{
	size_t count, party_count;
	const struct bk_proof_proposal *all = bk_proof_proposals(placing->proof, &count);
	const char *const *parties = bk_proof_parties(placing->proof, &party_count);

	for (size_t i = 0; i < place->proposal_count; i++) {
		const struct bk_proof_proposal *one = &all[place->first + i];
		const struct bk_str words = one->act == BK_MERGE_DELETE
						    ? (struct bk_str){place->words, place->len}
						    : (struct bk_str){one->words, one->len};
		const uint32_t bracket = find_words(draft, within, parties[one->party], words);

		if (bracket == BK_NONE)
			continue;
		*out = group_of(draft, bracket);
		return true;
	}
	return false;
}
