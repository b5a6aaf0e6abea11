/*
 * What a party wants: whether a bracket has it in the way, and how the text would read if it had its will.
 */
#include "ledger/derive.h"

#include "base/alloc.h"
#include "base/error.h"
#include "draft/alternative.h"

/* ---- In the way ------------------------------------------------------------------------------------ */

static bool is_act(const struct bk_position *position, enum bk_event_act act)
{
	return strcmp(position->act, bk_event_act_name(act)) == 0;
}

static bool stands_in_the_way(const struct bk_position *position)
{
	if (is_act(position, BK_EVENT_OBJECT) || is_act(position, BK_EVENT_RESERVE))
		return true;
	return position->condition_count > 0 &&
	       (is_act(position, BK_EVENT_ACCEPT) || is_act(position, BK_EVENT_SUPPORT));
}

/* Room for the standings of what is said about one bracket; NULL when memory ran out. */
static struct bk_standing *stand(
	const bk_positions *positions, const bk_roster *roster, const char *party, size_t first, size_t end)
{
	struct bk_standing *standings = bk_calloc(end - first + 1, sizeof *standings);

	if (standings)
		bk_standing_of(positions, roster, party, first, end, standings);
	return standings;
}

bool bk_positions_blocks(
	const bk_positions *positions, uint32_t bracket, const char *party, const bk_roster *roster)
{
	const size_t first = bk_statements_from(positions, bracket);
	struct bk_standing *standings;
	bool blocks = false;
	size_t end;

	if (bracket == BK_NONE || first == positions->all.len ||
		positions->all.items[first].position.bracket != bracket)
		return false;
	end = bk_statements_run(positions, first);
	standings = stand(positions, roster, party, first, end);
	if (!standings)
		return true; /* not knowing is no consent */
	for (size_t i = first; i < end && !blocks; i++)
		blocks = standings[i - first].force != BK_FORCE_NONE &&
			 stands_in_the_way(&positions->all.items[i].position);
	bk_free(standings);
	return blocks;
}

/* ---- What it would have done ------------------------------------------------------------------------ */

/* What the party says of one bracket of the draft. */
enum wish {
	WISH_NONE,    /* it says nothing */
	WISH_ACCEPT,  /* its words shall stand */
	WISH_DELETE,  /* it shall go */
	WISH_OPEN,    /* it stays open: a conflict, several of its parts */
	WISH_RESERVE, /* so it does, unless the party takes another one of the choice */
	WISH_OTHERS,  /* it says nothing, and others alone propose this */
	WISH_PART, /* of its alternatives between slashes the first shall stand; from there on one for each */
};
enum { MOST_PARTS = UINT8_MAX - WISH_PART };

struct will {
	const bk_draft *draft;
	const struct bk_bracket *brackets;
	size_t count;
	uint8_t *wishes;
};

static enum wish wish_of(const struct bk_position *position, enum bk_force force)
{
	if (force == BK_FORCE_CONFLICT)
		return WISH_OPEN;
	if (is_act(position, BK_EVENT_RESERVE))
		return WISH_RESERVE;
	return is_act(position, BK_EVENT_OBJECT) ? WISH_DELETE : WISH_ACCEPT;
}

/* Two wishes that differ leave a bracket open. */
static void wish(struct will *will, uint32_t bracket, enum wish wish)
{
	uint8_t *now = &will->wishes[bracket];

	*now = (uint8_t)(*now == WISH_NONE || *now == WISH_OTHERS || *now == wish ? wish : WISH_OPEN);
}

static void take_position(struct will *will, const struct bk_position *position, enum bk_force force)
{
	const enum wish wanted = wish_of(position, force);
	size_t count, part_count;
	const struct bk_alternative *all = bk_draft_alternatives(will->draft, position->bracket, &count);

	if (position->alternative == 0 || position->alternative > count) {
		wish(will, position->bracket, position->alternative ? WISH_OPEN : wanted);
		return;
	}
	const struct bk_alternative *one = &all[position->alternative - 1];
	const struct bk_alternative *parts = bk_alternative_parts(will->draft, one->bracket, &part_count);
	const size_t part = parts ? (size_t)(one - parts) : 0;

	if (!parts)
		wish(will, one->bracket, wanted);
	else if (wanted == WISH_ACCEPT && part <= MOST_PARTS)
		wish(will, one->bracket, (enum wish)(WISH_PART + part));
	else
		wish(will, one->bracket, WISH_OPEN);
}

/* Whether statements propose an alternative of their bracket, or with 0 all of it. */
static bool is_proposed(const bk_positions *positions, size_t first, size_t end, size_t alternative)
{
	for (size_t i = first; i < end; i++) {
		const struct bk_statement_of *it = &positions->all.items[i];

		if (it->stated && it->position.alternative == alternative &&
			is_act(&it->position, BK_EVENT_PROPOSE))
			return true;
	}
	return false;
}

/* Whether they propose all of it, or each of its parts. */
static bool is_all_proposed(const struct will *will, const bk_positions *positions, size_t first, size_t end)
{
	const uint32_t bracket = positions->all.items[first].position.bracket;
	size_t count, all_count, part = 0;
	const struct bk_alternative *all = bk_draft_alternatives(will->draft, bracket, &all_count),
				    *parts = bk_alternative_parts(will->draft, bracket, &count);

	while (part < count && is_proposed(positions, first, end, (size_t)(parts - all) + part + 1))
		part++;
	return (count && part == count) || is_proposed(positions, first, end, 0);
}

/* Statements about one bracket: what holds for the party, else whether others propose it. */
static void take_run(struct will *will, const bk_positions *positions, const struct bk_standing *standings,
	size_t first, size_t end)
{
	const uint32_t bracket = positions->all.items[first].position.bracket;
	bool said = false;

	for (size_t i = first; i < end; i++) {
		const struct bk_statement_of *statement = &positions->all.items[i];
		const enum bk_force force = standings[i - first].force;

		said |= force != BK_FORCE_NONE;
		if (force != BK_FORCE_NONE)
			take_position(will, &statement->position, force);
	}
	if (!said && will->wishes[bracket] == WISH_NONE && is_all_proposed(will, positions, first, end))
		will->wishes[bracket] = WISH_OTHERS;
}

static int collect(
	struct will *will, const bk_positions *positions, const bk_roster *roster, const char *party)
{
	for (size_t first = 0, end; first < positions->all.len; first = end) {
		struct bk_standing *standings;

		end = bk_statements_run(positions, first);
		if (positions->all.items[first].position.bracket >= will->count)
			continue;
		standings = stand(positions, roster, party, first, end);
		if (!standings)
			return bk_fail_memory();
		take_run(will, positions, standings, first, end);
		bk_free(standings);
	}
	return BK_OK;
}

static bool is_taken(uint8_t wish)
{
	return wish == WISH_ACCEPT || wish >= WISH_PART;
}

/* Of a choice of one: what the party takes keeps out what it says nothing of, or reserves on; two that it takes stay
 * open. */
static void choose(struct will *will, const struct bk_group *group, uint32_t number)
{
	size_t taken = 0;

	for (uint32_t i = group->first; i <= group->last; i++)
		taken += will->brackets[i].group == number && is_taken(will->wishes[i]);
	for (uint32_t i = group->first; i <= group->last && taken > 0; i++) {
		if (will->brackets[i].group != number)
			continue;
		if (taken > 1 && is_taken(will->wishes[i]))
			will->wishes[i] = WISH_OPEN;
		else if (will->wishes[i] == WISH_NONE || (taken == 1 && will->wishes[i] == WISH_RESERVE))
			will->wishes[i] = WISH_DELETE;
	}
}

static void choose_all(struct will *will)
{
	size_t count;
	const struct bk_group *groups = bk_draft_groups(will->draft, &count);

	for (size_t i = 0; i < count; i++)
		if (groups[i].choice == BK_CHOICE_ONE)
			choose(will, &groups[i], (uint32_t)i + 1);
}

static uint8_t decision_of(const struct bk_bracket *bracket, enum wish wish)
{
	if (bracket->class != BK_CLASS_DISPUTED)
		return BK_DECISION_LEAVE;
	if (wish >= WISH_PART)
		return (uint8_t)(BK_DECISION_PART + (wish - WISH_PART));
	if (wish == WISH_ACCEPT)
		return BK_DECISION_ACCEPT;
	return wish == WISH_DELETE || wish == WISH_OTHERS ? BK_DECISION_DELETE : BK_DECISION_LEAVE;
}

int bk_positions_decide(const bk_positions *positions, const bk_draft *draft, const bk_roster *roster,
	const char *party, uint8_t *decisions)
{
	struct will will = {.draft = draft};
	int status;

	will.brackets = bk_draft_brackets(draft, &will.count);
	will.wishes = bk_calloc(will.count + 1, 1);
	status = will.wishes ? collect(&will, positions, roster, party) : bk_fail_memory();
	if (status == BK_OK) {
		choose_all(&will);
		for (size_t i = 0; i < will.count; i++)
			decisions[i] = decision_of(&will.brackets[i], (enum wish)will.wishes[i]);
	}
	bk_free(will.wishes);
	return status;
}
