/* Places that are looked for by their words, where comparing texts does not tell. */
#include "app/placing_private.h"

#include <string.h>

static bool says(
	const struct bk_placing_names *names, uint32_t bracket, const char *party, struct bk_str words)
{
	size_t count;
	const struct bk_str text =
		bk_placing_words(names->draft, bk_draft_brackets(names->draft, &count)[bracket].text);
	const struct bk_attribution *all = bk_placing_names_beside(names, bracket, &count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(all[i].party, party) == 0)
			return words.len && bk_str_equal(bk_str_trim(text), bk_str_trim(words));
	return false;
}

/* The one bracket within that says the words under the party's name; BK_NONE when none does, or several do. */
static uint32_t find_words(
	const struct bk_placing_names *names, struct bk_span within, const char *party, struct bk_str words)
{
	const bk_draft *draft = names->draft;
	size_t count;
	const struct bk_bracket *all = bk_draft_brackets(draft, &count);
	uint32_t found = BK_NONE;

	for (uint32_t i = bk_draft_bracket_from(draft, within.start); i < count && all[i].start < within.end;
		i++) {
		if (all[i].class != BK_CLASS_DISPUTED || !says(names, i, party, words))
			continue;
		if (found != BK_NONE)
			return BK_NONE;
		found = i;
	}
	return found;
}

static bool is_named(const struct bk_placing_names *names, uint32_t bracket)
{
	size_t count;

	bk_placing_names_beside(names, bracket, &count);
	return count > 0;
}

/* Whether a bracket says what the base does, under nobody's name. */
static bool repeats_base(
	const struct bk_placing_names *names, uint32_t bracket, const struct bk_proof_place *place)
{
	size_t count;
	const struct bk_str text =
		bk_placing_words(names->draft, bk_draft_brackets(names->draft, &count)[bracket].text);
	const struct bk_str base = {place->words, place->len};

	return !is_named(names, bracket) && text.len && bk_str_equal(bk_str_trim(text), bk_str_trim(base));
}

/* Right before a bracket, past those that bear names, the one that says what the base does; BK_NONE. */
static uint32_t lead_of(
	const struct bk_placing_names *names, uint32_t bracket, const struct bk_proof_place *place)
{
	const bk_draft *draft = names->draft;
	size_t count;
	const struct bk_bracket *all = bk_draft_brackets(draft, &count);

	for (uint32_t at = bracket; all[at].start > 0;) {
		const uint32_t before = bk_draft_bracket_at(draft, all[at].start - 1);

		if (before == BK_NONE || all[before].end != all[at].start)
			return BK_NONE;
		if (!is_named(names, before))
			return repeats_base(names, before, place) ? before : BK_NONE;
		at = before;
	}
	return BK_NONE;
}

/*
 * A bracket with those that it forms a group with.  Where the rules see no choice, as between a placeholder or one
 * of a list and what parties want in its place: from the one that says what the base does on all that bear names.
 */
static struct bk_span group_of(
	const struct bk_placing_names *names, uint32_t bracket, const struct bk_proof_place *place)
{
	const bk_draft *draft = names->draft;
	size_t count, group_count;
	const struct bk_bracket *all = bk_draft_brackets(draft, &count);
	const struct bk_group *groups = bk_draft_groups(draft, &group_count);
	const struct bk_group *group = all[bracket].group ? &groups[all[bracket].group - 1] : NULL;
	const uint32_t lead = lead_of(names, group ? group->first : bracket, place);
	struct bk_span span = {
		all[group ? group->first : bracket].start, all[group ? group->last : bracket].end};

	if (lead == BK_NONE)
		return span;
	span.start = all[lead].start;
	for (uint32_t i; (i = bk_draft_bracket_from(draft, span.end)) < count && all[i].start == span.end &&
			 is_named(names, i);)
		span.end = all[i].end;
	return span;
}

bool bk_placing_search(const bk_placing *placing, const struct bk_placing_names *names, struct bk_span within,
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
		const uint32_t bracket = find_words(names, within, parties[one->party], words);

		if (bracket == BK_NONE)
			continue;
		*out = group_of(names, bracket, place);
		return true;
	}
	return false;
}
