/* The groups of a run: see grouping.h.  What phrases look like is phrase.c's affair, how they stand is ours. */
#include "draft/grouping_private.h"

#include "base/error.h"

enum { VERB_PAIR = 2 };

/* ---- Making groups ------------------------------------------------------------------------------------ */

static int pick(struct bk_grouping *grouping, size_t member)
{
	size_t *slot = BK_VEC_PUSH(&grouping->picked);

	if (!slot)
		return bk_fail_memory();
	*slot = member;
	return BK_OK;
}

/* Whether others are to stand in the place of a member. */
static bool is_replaced(const struct bk_grouping *grouping, size_t member)
{
	return grouping->members.items[member].in_place_count;
}

/* The bracket of a member, and behind it those in its place: the nth, from 0; NULL at their end. */
static struct bk_bracket *bracket_of(const struct bk_grouping *grouping, size_t index, size_t nth)
{
	const struct bk_member *member = &grouping->members.items[index];

	if (nth > member->in_place_count)
		return NULL;
	return &grouping->draft->brackets[nth ? grouping->in_place.items[member->in_place + nth - 1]
					      : member->bracket];
}

/* A person's word on any bracket of the members, or NULL. */
static const struct bk_override *word_on(
	const struct bk_grouping *grouping, const size_t *members, size_t count)
{
	const struct bk_bracket *bracket;

	for (size_t i = 0; i < count; i++) {
		for (size_t nth = 0; (bracket = bracket_of(grouping, members[i], nth)); nth++) {
			const struct bk_override *word = bk_draft_override(grouping->draft, bracket->start);

			if (word && word->has_choice)
				return word;
		}
	}
	return NULL;
}

static int make_group(
	struct bk_grouping *grouping, const size_t *members, size_t count, enum bk_choice choice)
{
	const struct bk_override *word = word_on(grouping, members, count);
	struct bk_group *group = BK_VEC_PUSH(&grouping->groups);
	struct bk_bracket *bracket;

	if (!group)
		return bk_fail_memory();
	*group = (struct bk_group){
		.run = grouping->run,
		.first = grouping->members.items[members[0]].bracket,
		.choice = (uint8_t)(word ? word->choice : choice),
	};
	for (size_t i = 0; i < count; i++) {
		for (size_t nth = 0; (bracket = bracket_of(grouping, members[i], nth)); nth++) {
			bracket->run = group->run;
			bracket->group = (uint32_t)grouping->groups.len;
			bracket->choice = group->choice;
			bracket->by_person = bracket->by_person || word;
			group->last = (uint32_t)(bracket - grouping->draft->brackets);
			group->count++;
		}
	}
	return BK_OK;
}

/* Make the picked members a group, and forget them.  One that is replaced is a choice: with all of the group where
 * that is one, else for itself, between those before it and those behind it. */
static int group_picked(struct bk_grouping *grouping, enum bk_choice choice)
{
	const size_t *picked = grouping->picked.items, count = grouping->picked.len;
	int status = BK_OK;

	for (size_t from = 0, end; status == BK_OK && from < count; from = end) {
		const bool alone = choice != BK_CHOICE_ONE && is_replaced(grouping, picked[from]);

		for (end = from + 1; end < count && !alone; end++) {
			if (choice != BK_CHOICE_ONE && is_replaced(grouping, picked[end]))
				break;
		}
		status = make_group(grouping, picked + from, end - from, alone ? BK_CHOICE_ONE : choice);
	}
	grouping->picked.len = 0;
	return status;
}

static int group_all(struct bk_grouping *grouping, size_t from, size_t end, enum bk_choice choice)
{
	for (size_t i = from; i < end; i++) {
		if (pick(grouping, i) < 0)
			return BK_ENOMEM;
	}
	return group_picked(grouping, choice);
}

/* A group of its own for each. */
static int group_each(struct bk_grouping *grouping, size_t from, size_t end)
{
	int status = BK_OK;

	for (size_t i = from; status == BK_OK && i < end; i++)
		status = group_all(grouping, i, i + 1, BK_CHOICE_UNDECIDED);
	return status;
}

/* ---- Tight rows --------------------------------------------------------------------------------------- */

/*
 * What adds in a tight row stands alone, unless it is a rival after all: its neighbour goes on with the same
 * word ("[ and 5][, 5 and 9]") or ends as it does ("[, first contributions][later contributions]"), or the
 * sentence ends there ("[.][, territories and resources.]").
 */
static bool is_set_aside(const struct bk_grouping *grouping, size_t from, size_t end, size_t index)
{
	const struct bk_member *members = grouping->members.items;

	if (!members[index].adds)
		return false;
	for (size_t i = index ? index - 1 : index; i <= index + 1; i++) {
		if (i >= from && i < end && i != index &&
			(bk_phrase_is_stop(bk_member_words(&members[i])) ||
				bk_phrase_rivals_addition(
					bk_member_words(&members[index]), bk_member_words(&members[i]))))
			return false;
	}
	return true;
}

/* "[the best science][and][equity]": what stands round a bare "and" or comma stands or falls alone. */
static bool is_joined_by_and(const struct bk_grouping *grouping, size_t from, size_t end)
{
	const struct bk_member *members = grouping->members.items;

	for (size_t i = from + 1; i + 1 < end; i++) {
		if ((bk_phrase_is_and(bk_member_words(&members[i])) ||
			    bk_phrase_is_comma(bk_member_words(&members[i]))) &&
			members[i - 1].phrase.kind != BK_PHRASE_JOINT &&
			members[i + 1].phrase.kind != BK_PHRASE_JOINT)
			return true;
	}
	return false;
}

/* An opening phrase before its sentence: "[Subject to its plan,][E][e]ach Party". */
static bool is_opening_phrase(const struct bk_grouping *grouping, size_t index, size_t end)
{
	const struct bk_member *members = grouping->members.items;

	return members[index].ends_in_comma && members[index].phrase.is_adverbial && index + 1 < end &&
	       !members[index + 1].ends_in_comma;
}

static enum bk_choice row_choice(const struct bk_grouping *grouping, size_t from, size_t end)
{
	size_t conjunctions = 0;

	for (size_t i = from; i < end; i++)
		conjunctions += grouping->members.items[i].phrase.ends_in_conjunction;
	/* What stands behind additions only is added to them. */
	if (grouping->picked.len == 1)
		return grouping->picked.items[0] > from ? BK_CHOICE_INDEPENDENT : BK_CHOICE_UNDECIDED;
	return conjunctions || is_joined_by_and(grouping, from, end) ? BK_CHOICE_INDEPENDENT : BK_CHOICE_ONE;
}

/* Group those of a tight row that do not stand alone; the first of them is at `first`. */
static int group_rivals(struct bk_grouping *grouping, size_t from, size_t end, size_t first)
{
	int status = BK_OK;

	for (size_t i = first; status == BK_OK && i < end; i++) {
		if (!is_set_aside(grouping, from, end, i))
			status = pick(grouping, i);
	}
	return status == BK_OK ? group_picked(grouping, row_choice(grouping, from, end)) : status;
}

/* Group a tight row, in the order of the text: each addition alone, the others together. */
static int group_row(struct bk_grouping *grouping, size_t from, size_t end)
{
	bool rivals = false;
	int status = BK_OK;

	while (status == BK_OK && is_opening_phrase(grouping, from, end))
		status = group_all(grouping, from, from + 1, BK_CHOICE_UNDECIDED), from++;
	for (size_t i = from; status == BK_OK && i < end; i++) {
		if (is_set_aside(grouping, from, end, i)) {
			status = group_all(grouping, i, i + 1, BK_CHOICE_INDEPENDENT);
		} else if (!rivals) {
			status = group_rivals(grouping, from, end, i);
			rivals = true;
		}
	}
	return status;
}

/* ---- All of a run -------------------------------------------------------------------------------------- */

/* What adds, a comma tight to words that has no rival, and "[the transfer of,] [or access to,]". */
static bool stands_alone(const struct bk_grouping *grouping, size_t index)
{
	const struct bk_member *member = &grouping->members.items[index];

	return member->adds || (member->gap == BK_GAP_TIGHT && bk_phrase_is_comma(bk_member_words(member))) ||
	       (bk_member_is_item(member) && index + 1 < grouping->members.len && member[1].adds);
}

/* Two verbs are rivals; a longer row of them is a list that nobody has decided. */
static bool is_list_of_verbs(const struct bk_grouping *grouping, size_t from, size_t end)
{
	const struct bk_member *members = grouping->members.items;
	const struct bk_str first = members[from].phrase.first;

	/* "[Urges] [Invites] [Encourages]" opens a sentence, of which there is one. */
	if (end - from <= VERB_PAIR || !bk_is_lower(first.ptr[0]) || bk_str_ends(first, BK_STR("s")))
		return false;
	for (size_t i = from; i < end; i++) {
		if (!bk_member_is_verb(&members[i]))
			return false;
	}
	return true;
}

/* Group what begins at *from and move it past. */
static int group_next(struct bk_grouping *grouping, size_t *from)
{
	const size_t start = *from;
	size_t end;

	if ((end = bk_stretch_said(grouping, start)) > start + 1) {
		*from = end;
		return group_all(grouping, start, end, BK_CHOICE_ONE);
	}
	if ((end = bk_stretch_list(grouping, start)) > start + 1) {
		*from = end;
		return group_all(grouping, start, end, BK_CHOICE_INDEPENDENT);
	}
	if ((end = bk_stretch_row(grouping, start)) > start + 1) {
		*from = end;
		return group_row(grouping, start, end);
	}
	*from = end = grouping->members.items[start].adds ? start + 1 : bk_stretch_alike(grouping, start);
	if (end == start + 1)
		return group_all(grouping, start, end,
			stands_alone(grouping, start) ? BK_CHOICE_INDEPENDENT : BK_CHOICE_UNDECIDED);
	if (!is_list_of_verbs(grouping, start, end))
		return group_all(grouping, start, end, BK_CHOICE_ONE);
	return group_each(grouping, start, end);
}

int bk_grouping_end(struct bk_grouping *grouping)
{
	int status = BK_OK;

	bk_members_read(grouping);
	for (size_t from = 0; status == BK_OK && from < grouping->members.len;)
		status = group_next(grouping, &from);
	grouping->picked.len = 0;
	return status;
}

void bk_grouping_release(struct bk_grouping *grouping)
{
	BK_VEC_RELEASE(&grouping->members);
	BK_VEC_RELEASE(&grouping->in_place);
	BK_VEC_RELEASE(&grouping->picked);
	BK_VEC_RELEASE(&grouping->groups);
	bk_map_release(&grouping->proposed);
}
