/*
 * Answers: what the compilation, read as a party wants it, would get wrong of the base's words is said by name.
 *
 *	base    [below 1.5 degrees] [or] [well] [below 2 degrees]	[shall][should]
 *	EU      below 1.5 degrees					[shall][will]
 *	OUT     [EU support: below 1.5 degrees] [EU delete: or] ...	[EU retain: shall][should][EU: will]
 *
 * Whoever takes a member of a choice of one keeps out the members that it says nothing of: those that stand in its
 * version are to be retained.  What it says nothing of elsewhere stays: what it has put something in place of is to
 * be deleted.  Which brackets are chosen between is told by reading the compilation.
 */
#include "compare/merge_private.h"

#include "base/alloc.h"
#include "draft/draft.h"

#include <stdlib.h>

/* What a bracket of the compilation stands for. */
struct origin {
	size_t words;	 /* where it, or its words, begin in the base; BK_NOWHERE: they do not */
	uint32_t mark;	 /* the bracket of the base that it is; BK_NONE: it was put round the words of */
	uint32_t region; /* this; BK_NONE: nobody speaks of it */
	bool put_in;	 /* the merge did, with names */
};

struct asking {
	struct bk_merge *merge;
	bk_draft *draft;
	struct origin *origins; /* of each bracket of the draft */
	bool *read;		/* of each version: whether its party is read anywhere in it */
};

/* ---- Answers ------------------------------------------------------------------------------------------- */

static int compare_keys(const struct bk_answer *answer, uint32_t mark, uint32_t region)
{
	if (answer->mark != mark)
		return answer->mark < mark ? -1 : 1;
	return answer->region < region ? -1 : answer->region > region;
}

static int compare_answers(const void *a, const void *b)
{
	const struct bk_answer *x = a, *y = b;
	const int order = compare_keys(x, y->mark, y->region);

	if (order)
		return order;
	if (x->act != y->act)
		return x->act < y->act ? -1 : 1;
	return x->party < y->party ? -1 : x->party > y->party;
}

const struct bk_answer *bk_merge_answers_of(
	const struct bk_merge *merge, uint32_t mark, uint32_t region, size_t *count)
{
	const struct bk_answer *list = merge->answers.items;
	const size_t first = BK_SEARCH(i, merge->answers.len, compare_keys(&list[i], mark, region) < 0);

	for (*count = 0; first + *count < merge->answers.len &&
			 compare_keys(&list[first + *count], mark, region) == 0;)
		(*count)++;
	return list + first;
}

static int add_answer(struct asking *asking, uint32_t bracket, uint32_t party, enum bk_act act)
{
	const struct origin *origin = &asking->origins[bracket];
	struct bk_answer *answer = BK_VEC_PUSH(&asking->merge->answers);

	if (!answer)
		return bk_fail_memory();
	*answer = (struct bk_answer){
		origin->mark, origin->mark == BK_NONE ? origin->region : BK_NONE, party, act};
	return BK_OK;
}

/* The same may be found at two places. */
static void order_answers(struct bk_merge *merge)
{
	struct bk_answer *list = merge->answers.items;
	size_t kept = 0;

	if (merge->answers.len)
		qsort(list, merge->answers.len, sizeof *list, compare_answers);
	for (size_t i = 0; i < merge->answers.len; i++)
		if (!kept || compare_answers(&list[kept - 1], &list[i]) != 0)
			list[kept++] = list[i];
	merge->answers.len = kept;
}

/* ---- Origins ------------------------------------------------------------------------------------------- */

/* The bracket that opens at an offset of the compilation, or BK_NONE. */
static uint32_t opens_at(const struct asking *asking, size_t offset)
{
	const uint32_t bracket =
		offset == BK_NOWHERE ? BK_NONE : bk_draft_bracket_from(asking->draft, offset);

	return bracket < asking->draft->bracket_count && asking->draft->brackets[bracket].start == offset
		       ? bracket
		       : BK_NONE;
}

static void find_origins(struct asking *asking)
{
	struct bk_merge *merge = asking->merge;
	const struct bk_pairing *pairing = &merge->base.pairing;

	for (size_t i = 0; i < asking->draft->bracket_count; i++)
		asking->origins[i] = (struct origin){BK_NOWHERE, BK_NONE, BK_NONE, false};
	for (uint32_t i = 0; i < pairing->marks.len; i++) {
		const struct bk_mark *mark = &pairing->marks.items[i];
		const uint32_t bracket =
			mark->open && mark->partner != BK_NONE
				? opens_at(asking, bk_merge_follow(merge, BK_NONE, mark->start))
				: BK_NONE;

		if (bracket != BK_NONE)
			asking->origins[bracket] = (struct origin){mark->start, i, BK_NONE, false};
	}
}

static uint32_t bracket_of(const struct asking *asking, const struct bk_asked *asked)
{
	const struct bk_merge *merge = asking->merge;

	if (asked->mark == BK_NONE)
		return opens_at(asking, merge->stands[asked->event]);
	return opens_at(
		asking, bk_merge_follow(merge, BK_NONE, merge->base.pairing.marks.items[asked->mark].start));
}

static void find_asked(struct asking *asking)
{
	const struct bk_merge *merge = asking->merge;

	for (size_t i = 0; i < merge->asked.len; i++) {
		const struct bk_asked *asked = &merge->asked.items[i];
		const uint32_t bracket = bracket_of(asking, asked);

		if (bracket == BK_NONE)
			continue;
		if (asked->mark == BK_NONE) {
			asking->origins[bracket].words = asked->words;
			asking->origins[bracket].put_in = true;
		}
		asking->origins[bracket].region = asked->region;
	}
}

/* The version of a party, or BK_NONE. */
static uint32_t version_of(const struct bk_merge *merge, const char *party)
{
	const size_t i = BK_SEARCH(k, merge->count, strcmp(merge->versions[k].party, party) < 0);

	return i < merge->count && strcmp(merge->versions[i].party, party) == 0 ? (uint32_t)i : BK_NONE;
}

/* Names that the roster does not know are not read, where conventions have it so: nothing is said by them. */
static void find_read(struct asking *asking)
{
	const struct bk_merge *merge = asking->merge;

	for (size_t i = 0; i < asking->draft->attribution_count; i++) {
		const uint32_t version = version_of(merge, asking->draft->attributions[i].party);

		if (version != BK_NONE)
			asking->read[version] = true;
	}
}

/* Alternatives, which stand for no words of the base. */
static void find_alternatives(struct asking *asking)
{
	const struct bk_merge *merge = asking->merge;

	for (size_t i = 0; i < merge->proposals.len; i++) {
		const struct bk_standing *standing = &merge->standings.items[i];
		uint32_t bracket;

		if (merge->proposals.items[i].fate != BK_MERGE_BRACKETED || standing->event == BK_NONE)
			continue;
		bracket = bk_draft_bracket_at(
			asking->draft, merge->stands[standing->event] + standing->words - 1);
		if (bracket != BK_NONE)
			asking->origins[bracket].put_in = true;
	}
}

/* ---- Who says what ------------------------------------------------------------------------------------- */

static bool accepts(enum bk_act act)
{
	return act == BK_ACT_PROPOSE || act == BK_ACT_SUPPORT || act == BK_ACT_RETAIN ||
	       act == BK_ACT_REFLECT;
}

static const struct bk_attribution *names_of(const struct asking *asking, uint32_t bracket)
{
	return &asking->draft->attributions[asking->draft->brackets[bracket].attribution];
}

/* What a party says of a bracket last, which ends what it said before; BK_ACT_COUNT: nothing. */
static enum bk_act last_act(const struct asking *asking, uint32_t bracket, const char *party)
{
	const struct bk_attribution *names = names_of(asking, bracket);

	for (uint32_t i = asking->draft->brackets[bracket].attribution_count; i-- > 0;)
		if (strcmp(names[i].party, party) == 0)
			return (enum bk_act)names[i].act;
	return BK_ACT_COUNT;
}

/* Whether a party takes a bracket: by itself, or by a group that it is in. */
static bool takes(const struct asking *asking, uint32_t bracket, const char *party)
{
	const bk_roster *roster = asking->merge->options.roster;
	const struct bk_attribution *names = names_of(asking, bracket);
	const enum bk_act own = last_act(asking, bracket, party);

	if (own != BK_ACT_COUNT || !roster)
		return accepts(own);
	for (uint32_t i = 0; i < asking->draft->brackets[bracket].attribution_count; i++)
		if (accepts(names[i].act) && bk_roster_is_member(roster, names[i].party, party, NULL))
			return true;
	return false;
}

/* Whether a party says nothing of a bracket, and nobody proposes it: that would be out for all others. */
static bool is_silent(const struct asking *asking, uint32_t bracket, const char *party)
{
	const struct bk_attribution *names = names_of(asking, bracket);

	for (uint32_t i = 0; i < asking->draft->brackets[bracket].attribution_count; i++)
		if (names[i].act == BK_ACT_PROPOSE || names[i].act == BK_ACT_REFLECT)
			return false;
	return last_act(asking, bracket, party) == BK_ACT_COUNT;
}

/* Whether a party takes another member of the choice of one that a bracket belongs to. */
static bool takes_another(const struct asking *asking, uint32_t bracket, const char *party)
{
	const struct bk_draft *draft = asking->draft;
	const uint32_t number = draft->brackets[bracket].group;
	const struct bk_group *group = number ? &draft->groups[number - 1] : NULL;

	if (!group || group->choice != BK_CHOICE_ONE)
		return false;
	for (uint32_t i = group->first; i <= group->last; i++)
		if (draft->brackets[i].group == number && takes(asking, i, party))
			return true;
	return false;
}

/* Whether a party has put something in place of the words of a region. */
static bool speaks_of(const struct bk_merge *merge, uint32_t region, uint32_t party)
{
	const struct bk_region *it = region == BK_NONE ? NULL : &merge->regions.list.items[region];

	for (uint32_t i = it ? it->proposal : 0; it && !it->around && i < it->proposal_end; i++)
		if (merge->proposals.items[i].party == party &&
			merge->proposals.items[i].fate != BK_MERGE_LEFT)
			return true;
	return false;
}

/* Whether the words that a bracket stands for are in a party's version. */
static bool has(const struct bk_merge *merge, const struct origin *origin, uint32_t party)
{
	const struct bk_amendment *list = merge->amendments[party].list.items;
	const size_t count = merge->amendments[party].list.len;
	const size_t i = BK_SEARCH(k, count, list[k].base.end <= origin->words);

	return !speaks_of(merge, origin->region, party) && (i == count || list[i].base.start > origin->words);
}

/* Whether a party's name at a bracket was put there by the merge. */
static bool is_written(const struct asking *asking, uint32_t bracket, const char *party)
{
	const struct bk_merge *merge = asking->merge;
	const struct bk_naming_of *list = merge->namings.items;
	const uint32_t mark = asking->origins[bracket].mark;

	if (mark == BK_NONE)
		return asking->origins[bracket].put_in;
	for (size_t i = BK_SEARCH(k, merge->namings.len, list[k].mark < mark);
		i < merge->namings.len && list[i].mark == mark; i++)
		if (strcmp(list[i].name.party, party) == 0)
			return true;
	return false;
}

/* ---- What is lacking ----------------------------------------------------------------------------------- */

/* What a choice that is all of the base keeps out, it keeps out of the party's version, too. */
static int retain(
	struct asking *asking, const struct bk_group *group, uint32_t number, uint32_t party, bool written)
{
	const char *name = asking->merge->versions[party].party;
	int status = BK_OK;

	for (uint32_t i = group->first; i <= group->last && status == BK_OK; i++)
		if (asking->draft->brackets[i].group == number && asking->origins[i].words != BK_NOWHERE &&
			(written || asking->origins[i].put_in) && is_silent(asking, i, name) &&
			has(asking->merge, &asking->origins[i], party))
			status = add_answer(asking, i, party, BK_ACT_RETAIN);
	return status;
}

static int retain_for(struct asking *asking, uint32_t number, uint32_t party)
{
	const struct bk_group *group = &asking->draft->groups[number - 1];
	const char *name = asking->merge->versions[party].party;
	bool taken = false, written = false;

	for (uint32_t i = group->first; i <= group->last; i++) {
		if (asking->draft->brackets[i].group != number || !takes(asking, i, name))
			continue;
		taken = true;
		written = written || is_written(asking, i, name);
	}
	return taken ? retain(asking, group, number, party, written) : BK_OK;
}

/* For who is named at a bracket, and for members of a group that is. */
static int retain_by(struct asking *asking, uint32_t number, const char *name)
{
	const struct bk_merge *merge = asking->merge;
	const uint32_t version = version_of(merge, name);
	int status = version == BK_NONE ? BK_OK : retain_for(asking, number, version);

	if (!merge->options.roster || !bk_roster_size(merge->options.roster, name, NULL))
		return status;
	for (uint32_t p = 0; p < merge->count && status == BK_OK; p++)
		if (p != version &&
			bk_roster_is_member(merge->options.roster, name, merge->versions[p].party, NULL))
			status = retain_for(asking, number, p);
	return status;
}

static int retain_in(struct asking *asking, uint32_t number)
{
	const struct bk_draft *draft = asking->draft;
	const struct bk_group *group = &draft->groups[number - 1];
	int status = BK_OK;

	if (group->choice != BK_CHOICE_ONE)
		return BK_OK;
	for (uint32_t i = group->first; i <= group->last && status == BK_OK; i++)
		for (uint32_t k = 0; draft->brackets[i].group == number &&
				     k < draft->brackets[i].attribution_count && status == BK_OK;
			k++)
			status = retain_by(asking, number, names_of(asking, i)[k].party);
	return status;
}

/* Whether a party that has proposed something in place of a bracket would have that as well. */
static bool leaves(const struct asking *asking, uint32_t bracket, const struct bk_merge_proposal *proposal)
{
	const char *party = asking->merge->versions[proposal->party].party;

	if (proposal->fate != BK_MERGE_BRACKETED || !asking->read[proposal->party])
		return false;
	if (proposal->act == BK_MERGE_REPLACE && takes(asking, bracket, party))
		return true; /* its own name, or its group's, stood there before */
	return is_silent(asking, bracket, party) && !takes_another(asking, bracket, party);
}

/* What parties have put something in place of, at a place. */
static int delete_in(struct asking *asking, const struct bk_region *region)
{
	const struct bk_merge *merge = asking->merge;
	int status = BK_OK;

	for (uint32_t i = region->asked; i < region->asked_end; i++) {
		const uint32_t bracket = bracket_of(asking, &merge->asked.items[i]);

		for (uint32_t k = region->proposal; k < region->proposal_end && status == BK_OK; k++)
			if (bracket != BK_NONE && leaves(asking, bracket, &merge->proposals.items[k]))
				status = add_answer(
					asking, bracket, merge->proposals.items[k].party, BK_ACT_DELETE);
	}
	return status;
}

static int find_lacking(struct asking *asking)
{
	const struct bk_merge *merge = asking->merge;
	int status = BK_OK;

	find_origins(asking);
	find_asked(asking);
	find_alternatives(asking);
	find_read(asking);
	for (uint32_t i = 0; i < asking->draft->group_count && status == BK_OK; i++)
		status = retain_in(asking, i + 1);
	for (size_t i = 0; i < merge->regions.flat && status == BK_OK; i++)
		status = delete_in(asking, &merge->regions.list.items[i]);
	return status;
}

int bk_merge_find_answers(struct bk_merge *merge, bool *found)
{
	struct asking asking = {.merge = merge};
	const size_t known = merge->answers.len;
	int status;

	*found = false;
	if (merge->options.style == BK_STYLE_NONE || !merge->proposals.len)
		return BK_OK;
	status = bk_notation_read(&merge->base.notation, bk_buf_str(&merge->out), &asking.draft);
	if (status == BK_OK) {
		asking.origins = bk_malloc((asking.draft->bracket_count + 1) * sizeof *asking.origins);
		asking.read = bk_calloc(merge->count + 1, sizeof *asking.read);
		status = asking.origins && asking.read ? find_lacking(&asking) : bk_fail_memory();
	}
	if (status == BK_OK) {
		order_answers(merge);
		*found = merge->answers.len > known;
	}
	bk_free(asking.origins);
	bk_free(asking.read);
	bk_draft_free(asking.draft);
	return status;
}
