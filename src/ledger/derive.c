/*
 * Effective positions: statements, and what of them is in force.
 */
#include "ledger/derive.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/vec.h"

#include <stdlib.h>

/* ---- The list -------------------------------------------------------------------------------------- */

static int compare_positions(const void *a, const void *b)
{
	const struct bk_statement_of *x = *(struct bk_statement_of *const *)a;
	const struct bk_statement_of *y = *(struct bk_statement_of *const *)b;
	int order = 0;

	if (x->position.bracket != y->position.bracket)
		return x->position.bracket < y->position.bracket ? -1 : 1;
	if (x->position.bracket == BK_NONE)
		order = strcmp(x->position.id, y->position.id);
	if (order == 0 && x->position.alternative != y->position.alternative)
		return x->position.alternative < y->position.alternative ? -1 : 1;
	if (order == 0)
		order = strcmp(x->position.party, y->position.party);
	if (order)
		return order;
	return x->order < y->order ? -1 : x->order > y->order;
}

/* Whether a statement is shown, and as what. */
static bool shows(
	struct bk_position *position, const struct bk_standing *standing, const char *party, bool history)
{
	if (standing->force == BK_FORCE_NONE) {
		position->superseded = true;
		return history && standing->rank != SIZE_MAX;
	}
	if (standing->force == BK_FORCE_OWN || !party)
		return true;
	position->group = position->party;
	position->from = standing->force == BK_FORCE_CONFLICT ? "conflict" : position->group;
	position->party = party;
	return true;
}

/* For a history, what was ended or withdrawn counts when it was the party's or one of its groups'. */
static bool concerns(
	const struct bk_positions *positions, const bk_roster *roster, const struct bk_position *position)
{
	const char *date = positions->at ? positions->at : position->time;

	return !positions->party || bk_roster_is_member(roster, position->party, positions->party, date);
}

static void judge(const struct bk_positions *positions, const bk_roster *roster, size_t first, size_t end,
	bool history, struct bk_standing *standings)
{
	if (positions->party)
		bk_standing_of(positions, roster, positions->party, first, end, standings);
	for (size_t i = first; i < end; i++) {
		const struct bk_statement_of *statement = &positions->all.items[i];

		if (!positions->party)
			standings[i - first] = (struct bk_standing){
				.force = statement->stated ? BK_FORCE_OWN : BK_FORCE_NONE};
		else if (history && concerns(positions, roster, &statement->position))
			standings[i - first].rank = 0;
	}
}

static size_t select_shown(struct bk_positions *positions, const bk_roster *roster, bool history,
	struct bk_standing *standings, struct bk_statement_of *copies)
{
	size_t shown = 0;

	for (size_t first = 0, end; first < positions->all.len; first = end) {
		end = bk_statements_run(positions, first);
		judge(positions, roster, first, end, history, standings);
		for (size_t i = first; i < end; i++) {
			copies[shown] = positions->all.items[i];
			shown += shows(
				&copies[shown].position, &standings[i - first], positions->party, history);
		}
	}
	return shown;
}

static int fill_list(struct bk_positions *positions, const struct bk_statement_of *copies, size_t count)
{
	const struct bk_statement_of **order = bk_calloc(count + 1, sizeof *order);

	positions->list = bk_arena_array(&positions->arena, count + 1, sizeof *positions->list);
	if (!order || !positions->list) {
		bk_free(order);
		return bk_fail_memory();
	}
	for (size_t i = 0; i < count; i++)
		order[i] = &copies[i];
	qsort(order, count, sizeof(void *), compare_positions);
	for (size_t i = 0; i < count; i++)
		positions->list[i] = order[i]->position;
	positions->count = count;
	bk_free(order);
	return BK_OK;
}

static int make_list(struct bk_positions *positions, const bk_roster *roster, bool history)
{
	const size_t count = positions->all.len;
	struct bk_standing *standings = bk_calloc(count + 1, sizeof *standings);
	struct bk_statement_of *copies = bk_calloc(count + 1, sizeof *copies);
	int status;

	if (standings && copies)
		status = fill_list(
			positions, copies, select_shown(positions, roster, history, standings, copies));
	else
		status = bk_fail_memory();
	bk_free(standings);
	bk_free(copies);
	return status;
}

/* ---- Public ---------------------------------------------------------------------------------------- */

static bool take_query(struct bk_positions *positions, const struct bk_positions_query *query)
{
	if (query && query->party &&
		!(positions->party = bk_arena_dup(&positions->arena, query->party, strlen(query->party))))
		return false;
	return !query || !query->at ||
	       (positions->at = bk_arena_dup(&positions->arena, query->at, strlen(query->at)));
}

int bk_positions_derive(bk_positions **out, const bk_draft *draft, const bk_binding *binding,
	const bk_ledger *ledger, const bk_roster *roster, const struct bk_positions_query *query)
{
	bk_positions *positions = bk_calloc(1, sizeof *positions);
	int status = positions && take_query(positions, query) ? BK_OK : bk_fail_memory();

	if (status == BK_OK)
		status = bk_statements_collect(positions, draft, binding, ledger);
	if (status == BK_OK)
		status = make_list(positions, roster, query && query->history);
	if (status == BK_OK)
		*out = positions;
	else
		bk_positions_free(positions);
	return status;
}

void bk_positions_free(bk_positions *positions)
{
	if (!positions)
		return;
	BK_VEC_RELEASE(&positions->all);
	bk_arena_release(&positions->arena);
	bk_free(positions);
}

const struct bk_position *bk_positions_list(const bk_positions *positions, size_t *count)
{
	*count = positions->count;
	return positions->list;
}

const struct bk_position *bk_positions_of(const bk_positions *positions, uint32_t bracket, size_t *count)
{
	size_t low = BK_SEARCH(i, positions->count, positions->list[i].bracket < bracket), end;

	for (end = low; end < positions->count && positions->list[end].bracket == bracket;)
		end++;
	*count = end - low;
	return positions->list + low;
}
