/*
 * What of a text is read in another way after suggestions were made:
 *
 *	old bracket  ->  where its opening character stands now  ->  new bracket
 *
 * Compared are brackets, classes, names, groups and choices, the outline, but for nodes that the act moves, and the
 * words of the clean reading, but for numbers that the act changes.  After it the act finds no more numbers to change.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "draft/streamline_trial.h"

static bool has_name(const struct bk_draft *draft, uint32_t bracket, const struct bk_attribution *name)
{
	const struct bk_bracket *b = &draft->brackets[bracket];

	for (uint32_t i = 0; i < b->attribution_count; i++) {
		const struct bk_attribution *it = &draft->attributions[b->attribution + i];

		if (it->act == name->act && strcmp(it->party, name->party) == 0)
			return true;
	}
	return false;
}

/* Whether all names of an old bracket stand on the new one that it is. */
static bool keeps_names(const struct bk_trial *trial, uint32_t bracket, uint32_t now)
{
	const struct bk_bracket *b = &trial->old->brackets[bracket];

	for (uint32_t i = 0; i < b->attribution_count; i++) {
		if (!has_name(trial->now, now, &trial->old->attributions[b->attribution + i]))
			return false;
	}
	return true;
}

/* The same bracket, but for its words. */
static bool is_same(const struct bk_trial *trial, uint32_t bracket, uint32_t now)
{
	const struct bk_bracket *was = &trial->old->brackets[bracket], *is = &trial->now->brackets[now];
	const size_t end = bk_trial_moved(trial, was->end - was->close_len);

	return is->start == bk_trial_moved(trial, was->start) &&
	       (end == BK_NOWHERE || end == is->end - is->close_len) && is->class == was->class &&
	       is->brace == was->brace;
}

/* Where in the old text stands what stands at an offset of the new one. */
static size_t came_from(const struct bk_trial *trial, size_t offset)
{
	const size_t before = BK_SEARCH(
		i, trial->count, (size_t)((ptrdiff_t)trial->list[i].span.end + trial->shifts[i]) <= offset);

	return before > 0 ? (size_t)((ptrdiff_t)offset - trial->shifts[before - 1]) : offset;
}

/* All old brackets stand, in order: the first of now that is none of them. */
static void blame_new_bracket(struct bk_trial *trial)
{
	uint32_t next = 0;

	for (uint32_t i = 0; i < trial->old->bracket_count; i++)
		next += trial->stands[i] == next;
	if (next < trial->now->bracket_count)
		bk_trial_blame(
			trial, BK_TRIAL_NEW_BRACKET, came_from(trial, trial->now->brackets[next].start));
}

static void compare_brackets(struct bk_trial *trial)
{
	const struct bk_draft *old = trial->old, *now = trial->now;
	size_t expected = 0;

	for (uint32_t i = 0; i < old->bracket_count; i++) {
		const size_t start = bk_trial_moved(trial, old->brackets[i].start);

		trial->stands[i] = BK_NONE;
		if (start == BK_NOWHERE)
			continue;
		trial->stands[i] = bk_draft_bracket_from(now, start);
		expected++;
		if (trial->stands[i] >= now->bracket_count || !is_same(trial, i, trial->stands[i])) {
			trial->stands[i] = BK_NONE;
			bk_trial_blame(trial, BK_TRIAL_BRACKET, old->brackets[i].start);
		}
	}
	if (!trial->any && expected != now->bracket_count)
		blame_new_bracket(trial);
}

/* Whether a name of now stood on an old bracket, or on one whose heir it is. */
static bool had_name(const struct bk_trial *trial, uint32_t bracket, const struct bk_attribution *name)
{
	if (has_name(trial->old, bracket, name))
		return true;
	for (size_t i = 0; i < trial->streamline->list.len; i++) {
		const struct bk_suggestion *it = &trial->streamline->list.items[i];

		for (size_t n = 0; n < it->heir_count; n++) {
			if (it->heirs[n].heir == bracket && has_name(trial->old, it->heirs[n].bracket, name))
				return true;
		}
	}
	return false;
}

static bool has_new_name(const struct bk_trial *trial, uint32_t bracket, uint32_t now)
{
	const struct bk_bracket *is = &trial->now->brackets[now];

	for (uint32_t i = 0; i < is->attribution_count; i++) {
		if (!had_name(trial, bracket, &trial->now->attributions[is->attribution + i]))
			return true;
	}
	return false;
}

/* All names stand where they went, and no others do. */
static void compare_names(struct bk_trial *trial)
{
	const struct bk_draft *old = trial->old;

	for (uint32_t i = 0; i < old->bracket_count; i++) {
		const uint32_t now = trial->stands[trial->heirs[i]];

		if (now != BK_NONE && !keeps_names(trial, i, now))
			bk_trial_blame(trial, BK_TRIAL_NAMES, old->brackets[i].start);
		if (trial->stands[i] != BK_NONE && has_new_name(trial, i, trial->stands[i]))
			bk_trial_blame(trial, BK_TRIAL_NAMES, old->brackets[i].start);
	}
}

static const struct bk_group *group_of(const struct bk_draft *draft, uint32_t bracket)
{
	const uint32_t number = draft->brackets[bracket].group;

	return number > 0 ? &draft->groups[number - 1] : NULL;
}

/* Where a member of a group stands now: it, or its heir when that was no member beside it. */
static uint32_t standing(const struct bk_trial *trial, uint32_t member)
{
	const uint32_t heir = trial->heirs[member];

	return heir == member || trial->old->brackets[heir].group != trial->old->brackets[member].group
		       ? trial->stands[heir]
		       : BK_NONE;
}

/* Of a group, all that stands is a group again, of the same choice; one alone is in no choice with others. */
static bool keeps_group(const struct bk_trial *trial, const struct bk_group *group)
{
	const struct bk_group *now = NULL;
	uint32_t count = 0;

	for (uint32_t i = group->first; i != BK_NONE; i = bk_streamline_next(trial->old, i)) {
		const uint32_t stands = standing(trial, i);
		const struct bk_group *here = stands == BK_NONE ? NULL : group_of(trial->now, stands);

		if (stands == BK_NONE)
			continue;
		if (count++ > 0 && (!here || here != now))
			return false;
		now = here;
	}
	return count < 2 ? !now || now->count == 1 : now->count == count && now->choice == group->choice;
}

/* Whether something that was in no run is in a choice with others, and did not take the place of a member. */
static int compare_singles(struct bk_trial *trial)
{
	const struct bk_draft *old = trial->old;
	bool *inherits = bk_calloc(old->bracket_count + 1, sizeof *inherits);

	if (!inherits)
		return bk_fail_memory();
	for (uint32_t i = 0; i < old->bracket_count; i++)
		inherits[trial->heirs[i]] |= trial->heirs[i] != i;
	for (uint32_t i = 0; i < old->bracket_count; i++) {
		const struct bk_group *now =
			trial->stands[i] == BK_NONE ? NULL : group_of(trial->now, trial->stands[i]);

		if (old->brackets[i].group == 0 && !inherits[i] && now && now->count > 1)
			bk_trial_blame(trial, BK_TRIAL_CHOICE, old->brackets[i].start);
	}
	bk_free(inherits);
	return BK_OK;
}

static int compare_groups(struct bk_trial *trial)
{
	const struct bk_draft *old = trial->old;

	for (size_t i = 0; i < old->group_count; i++) {
		if (!keeps_group(trial, &old->groups[i]))
			bk_trial_blame(trial, BK_TRIAL_CHOICE, old->brackets[old->groups[i].first].start);
	}
	return compare_singles(trial);
}

static bool is_same_node(const struct bk_trial *trial, size_t node)
{
	const struct bk_node *was = &trial->old->nodes[node], *is = &trial->now->nodes[node];
	const bool moves = trial->streamline->moves && trial->streamline->moves[node];

	return was->kind == is->kind && was->no_text == is->no_text &&
	       (moves || (was->parent == is->parent && was->level == is->level));
}

/* What an option holds it holds still; what ended in a change ends there. */
static bool ends_there(const struct bk_trial *trial, size_t node)
{
	const size_t was = trial->old->nodes[node].end, is = trial->now->nodes[node].end;
	const size_t after = BK_SEARCH(i, trial->count, trial->list[i].span.start <= was);
	const struct bk_change *change = after > 0 ? &trial->list[after - 1] : NULL;

	if (trial->old->nodes[node].family == 0 || !change)
		return trial->old->nodes[node].family == 0 || was == is;
	const size_t end = (size_t)((ptrdiff_t)change->span.end + trial->shifts[after - 1]);

	if (was >= change->span.end)
		return is == end + (was - change->span.end);
	return is + change->len >= end && is <= end;
}

/* Rivals are rivals still; when options are numbered, two families may turn out to be one. */
static bool keeps_family(const struct bk_node *was, const struct bk_node *is, uint32_t *families)
{
	if (was->family == 0)
		return is->family == 0;
	if (families[was->family] == 0)
		families[was->family] = is->family;
	return families[was->family] == is->family;
}

/* The first node that is another one in the outline now, or the count of the old ones. */
static size_t first_other(const struct bk_trial *trial, uint32_t *families)
{
	const struct bk_draft *old = trial->old, *now = trial->now;
	size_t i = 0;

	for (; i < old->node_count && i < now->node_count; i++) {
		const size_t start = bk_trial_moved(trial, old->nodes[i].start);

		if (!is_same_node(trial, i) || !ends_there(trial, i) ||
			!keeps_family(&old->nodes[i], &now->nodes[i], families) ||
			(start != BK_NOWHERE && start != now->nodes[i].start))
			break;
	}
	return i;
}

static int compare_outline(struct bk_trial *trial)
{
	const struct bk_draft *old = trial->old;
	uint32_t *families = bk_calloc(old->node_count + 2, sizeof *families);
	size_t other;

	if (!families)
		return bk_fail_memory();
	other = first_other(trial, families);
	bk_free(families);
	if (other < old->node_count)
		bk_trial_blame(trial, BK_TRIAL_OUTLINE, old->nodes[other].offset);
	else if (other < trial->now->node_count)
		bk_trial_blame(trial, BK_TRIAL_OUTLINE, came_from(trial, trial->now->nodes[other].offset));
	return BK_OK;
}

/* Where two readings begin to differ in more than how many blanks stand somewhere; BK_NOWHERE where they do not. */
static size_t first_difference(struct bk_str was, struct bk_str is)
{
	for (size_t a = 0, b = 0;; a++, b++) {
		const size_t before = a, after = b;

		while (a < was.len && bk_is_space(was.ptr[a]))
			a++;
		while (b < is.len && bk_is_space(is.ptr[b]))
			b++;
		if (a == was.len || b == is.len)
			return a == was.len && b == is.len ? BK_NOWHERE : a;
		if (was.ptr[a] != is.ptr[b] || (before > 0 && (a > before) != (b > after)))
			return a;
	}
}

/* Where in the text stands what stands at an offset of a reading, or what comes before it. */
static size_t source_of(const bk_reading *reading, size_t offset)
{
	size_t count;
	const struct bk_reading_piece *list = bk_reading_pieces(reading, &count);
	const size_t behind = BK_SEARCH(i, count, list[i].at <= offset);

	return behind > 0 ? list[behind - 1].source + (offset - list[behind - 1].at) : 0;
}

static int compare_words(struct bk_trial *trial)
{
	bk_reading *before = NULL, *after = NULL;
	int status = trial->streamline->tidying->numbers
			     ? BK_OK
			     : bk_draft_read(trial->old, BK_READING_CLEAN, NULL, &before);

	if (before)
		status = bk_draft_read(trial->now, BK_READING_CLEAN, NULL, &after);
	if (after) {
		struct bk_str was, is;
		size_t other;

		was.ptr = bk_reading_bytes(before, &was.len);
		is.ptr = bk_reading_bytes(after, &is.len);
		other = first_difference(was, is);
		if (other != BK_NOWHERE)
			bk_trial_blame(trial, BK_TRIAL_WORDS, source_of(before, other));
	}
	bk_reading_free(before);
	bk_reading_free(after);
	return status;
}

/* Numbers depend on numbers: done again, the act would find nothing. */
static int compare_again(struct bk_trial *trial)
{
	struct bk_streamline *streamline = trial->streamline, *again;
	const struct bk_suggestion *list;
	size_t count;
	int status;

	if (!streamline->tidying->numbers || streamline->once)
		return BK_OK;
	status = bk_streamline_make(&again, trial->now, streamline->tidying, &streamline->terms, true);
	if (status < 0)
		return status;
	list = bk_streamline_list(again, &count);
	for (size_t i = 0; i < count; i++)
		bk_trial_blame(trial, BK_TRIAL_NUMBER, came_from(trial, list[i].span.start));
	bk_streamline_free(again);
	return BK_OK;
}

int bk_trial_compare(struct bk_trial *trial)
{
	int status = BK_OK;

	compare_brackets(trial);
	if (!trial->any)
		compare_names(trial);
	if (!trial->any)
		status = compare_groups(trial);
	if (!trial->any && status == BK_OK)
		status = compare_outline(trial);
	if (!trial->any && status == BK_OK)
		status = compare_words(trial);
	return trial->any || status < 0 ? status : compare_again(trial);
}
