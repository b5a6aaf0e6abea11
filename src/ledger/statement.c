/*
 * Statements: all that was said about the brackets of a draft, from the ledger and from the text itself.
 *
 * A name in the text, or kept for it by the ledger, has no time: it counts as said before any position in the
 * ledger, which is how a Party that took a position later is taken at its later word.  Where a Party has more than
 * one beside a bracket, what it proposed comes first, then what it answered, and last that it withdraws.
 */
#include "ledger/derive.h"

#include "base/error.h"
#include "draft/alternative.h"
#include "base/vec.h"
#include "ledger/anchor.h"
#include "ledger/binding.h"

#include <stdlib.h>

static const enum bk_event_act acts[BK_ACT_COUNT] = {
	[BK_ACT_PROPOSE] = BK_EVENT_PROPOSE,
	[BK_ACT_SUPPORT] = BK_EVENT_SUPPORT,
	[BK_ACT_OPPOSE] = BK_EVENT_OBJECT,
	[BK_ACT_DELETE] = BK_EVENT_OBJECT,
	[BK_ACT_RETAIN] = BK_EVENT_SUPPORT,
	[BK_ACT_RESERVE] = BK_EVENT_RESERVE,
	[BK_ACT_REFLECT] = BK_EVENT_PROPOSE,
	[BK_ACT_WITHDRAW] = BK_EVENT_WITHDRAW,
};

static const char *keep(struct bk_arena *arena, const char *string)
{
	return string && string[0] ? bk_arena_dup(arena, string, strlen(string)) : "";
}

static struct bk_statement_of *push(struct bk_positions *positions)
{
	struct bk_statement_of *statement = BK_VEC_PUSH(&positions->all);

	if (!statement)
		return NULL;
	statement->order = positions->all.len;
	statement->position = (struct bk_position){.bracket = BK_NONE,
		.id = "",
		.party = "",
		.reason = "",
		.from = "own",
		.group = "",
		.time = "",
		.source = "",
		.speaker = "",
		.capacity = "",
		.event = "",
		.author = ""};
	return statement;
}

/* ---- From the text --------------------------------------------------------------------------------- */

static int add_attribution(
	struct bk_positions *positions, const bk_draft *draft, const struct bk_attribution *name)
{
	size_t count;
	struct bk_statement_of *statement = push(positions);
	struct bk_position *position = statement ? &statement->position : NULL;

	if (!statement)
		return bk_fail_memory();
	position->bracket = name->bracket;
	position->id = keep(&positions->arena, bk_draft_brackets(draft, &count)[name->bracket].id);
	position->party = keep(&positions->arena, name->party);
	position->alternative = bk_alternative_of_name(draft, name);
	position->act = bk_event_act_name(acts[name->act]);
	position->source = "text";
	statement->withdraws = name->act == BK_ACT_WITHDRAW;
	return position->id && position->party ? BK_OK : bk_fail_memory();
}

/* Proposals come before answers to them, and who withdraws does so whatever else stands beside its name, in whichever
 * order they are written: `[US delete: climate] (EU, US)`. */
enum turn { TURN_PROPOSAL, TURN_ANSWER, TURN_WITHDRAWAL, TURN_COUNT };

static enum turn turn_of(enum bk_act act)
{
	if (act == BK_ACT_WITHDRAW)
		return TURN_WITHDRAWAL;
	return act == BK_ACT_PROPOSE || act == BK_ACT_REFLECT ? TURN_PROPOSAL : TURN_ANSWER;
}

static int add_text(struct bk_positions *positions, const bk_draft *draft, enum turn turn)
{
	size_t count;
	const struct bk_attribution *list = bk_draft_attributions(draft, &count);
	int status = BK_OK;

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		if (turn_of((enum bk_act)list[i].act) == turn)
			status = add_attribution(positions, draft, &list[i]);
	}
	return status;
}

/* Names that the ledger keeps for the text, where the text does not have them as well. */
static bool is_in_text(const bk_draft *draft, const struct bk_beside *name)
{
	size_t count;
	const struct bk_attribution *list = bk_draft_attributions(draft, &count);
	const struct bk_bracket *bracket;

	if (name->bracket == BK_NONE)
		return false;
	bracket = &bk_draft_brackets(draft, &count)[name->bracket];
	for (size_t i = 0; i < bracket->attribution_count; i++) {
		const struct bk_attribution *other = &list[bracket->attribution + i];

		if (other->act == name->act && strcmp(other->party, name->party) == 0)
			return true;
	}
	return false;
}

static int add_name(struct bk_positions *positions, const bk_draft *draft, const struct bk_kept_name *kept)
{
	const struct bk_beside *name = &kept->name;
	struct bk_statement_of *statement = push(positions);
	struct bk_position *position = statement ? &statement->position : NULL;
	size_t count;

	if (!statement)
		return bk_fail_memory();
	position->bracket = name->bracket;
	position->id = keep(&positions->arena,
		name->bracket == BK_NONE ? kept->id : bk_draft_brackets(draft, &count)[name->bracket].id);
	position->party = keep(&positions->arena, name->party);
	position->act = bk_event_act_name(acts[name->act]);
	position->source = "text";
	statement->withdraws = name->act == BK_ACT_WITHDRAW;
	return position->id && position->party ? BK_OK : bk_fail_memory();
}

static int add_kept(
	struct bk_positions *positions, const bk_draft *draft, const bk_kept *kept, enum turn turn)
{
	size_t count;
	const struct bk_kept_name *list = bk_kept_list(kept, &count);
	int status = BK_OK;

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		if (turn_of(list[i].name.act) == turn && !is_in_text(draft, &list[i].name))
			status = add_name(positions, draft, &list[i]);
	}
	return status;
}

static int add_names(struct bk_positions *positions, const bk_draft *draft, const bk_binding *binding,
	const bk_ledger *ledger)
{
	bk_kept *kept;
	int status = bk_kept_new(&kept, draft, binding, ledger);

	if (status < 0)
		return status;
	for (int turn = 0; turn < TURN_COUNT && status == BK_OK; turn++) {
		status = add_text(positions, draft, (enum turn)turn);
		if (status == BK_OK)
			status = add_kept(positions, draft, kept, (enum turn)turn);
	}
	bk_kept_free(kept);
	return status;
}

/* ---- From the ledger ------------------------------------------------------------------------------- */

static bool keep_conditions(
	struct bk_arena *arena, const struct bk_event *event, struct bk_position *position)
{
	const char **list = bk_arena_array(arena, event->condition_count + 1, sizeof *list);

	if (!list)
		return false;
	for (size_t i = 0; i < event->condition_count; i++) {
		list[i] = keep(arena, event->conditions[i]);
		if (!list[i])
			return false;
	}
	position->conditions = list;
	position->condition_count = event->condition_count;
	return true;
}

static bool keep_event(struct bk_arena *arena, const struct bk_event *event, struct bk_position *position)
{
	position->alternative = event->alternative;
	position->act = bk_event_act_name(event->act);
	return keep_conditions(arena, event, position) && (position->id = keep(arena, event->bracket)) &&
	       (position->party = keep(arena, event->party)) &&
	       (position->reason = keep(arena, event->reason)) &&
	       (position->time = keep(arena, event->time)) &&
	       (position->source = keep(arena, event->source)) &&
	       (position->speaker = keep(arena, event->speaker)) &&
	       (position->capacity = keep(arena, event->capacity)) &&
	       (position->event = keep(arena, event->event)) &&
	       (position->author = keep(arena, event->author));
}

/* Said on other words than those that stand there now. */
static bool is_earlier(
	const struct bk_digests *digests, const struct bk_event *event, const struct bk_bound *bound)
{
	if (bound->bracket == BK_NONE)
		return false;
	if (event->anchor.text[0] == '\0')
		return bound->trust == BK_TRUST_CHANGED;
	return !bk_anchor_same_words(&event->anchor, digests, bound->bracket);
}

static int add_events(struct bk_positions *positions, const struct bk_digests *digests,
	const bk_binding *binding, const bk_ledger *ledger)
{
	size_t count;
	const struct bk_event *events = bk_ledger_events(ledger, &count);

	for (size_t i = 0; i < count; i++) {
		struct bk_statement_of *statement;
		size_t bound;

		if (!bk_event_is_position(events[i].act) ||
			!bk_map_get(&binding->ids, bk_str_of(events[i].bracket), &bound))
			continue;
		statement = push(positions);
		if (!statement || !keep_event(&positions->arena, &events[i], &statement->position))
			return bk_fail_memory();
		statement->position.bracket = binding->list[bound].bracket;
		statement->position.earlier_words = is_earlier(digests, &events[i], &binding->list[bound]);
		statement->withdraws = events[i].act == BK_EVENT_WITHDRAW;
	}
	return BK_OK;
}

/* ---- In order -------------------------------------------------------------------------------------- */

static int compare_places(const struct bk_statement_of *a, const struct bk_statement_of *b)
{
	if (a->position.bracket != b->position.bracket)
		return a->position.bracket < b->position.bracket ? -1 : 1;
	return a->position.bracket == BK_NONE ? strcmp(a->position.id, b->position.id) : 0;
}

static int compare(const void *a, const void *b)
{
	const struct bk_statement_of *x = a, *y = b;
	const int order = compare_places(x, y);

	if (order)
		return order;
	return x->order < y->order ? -1 : x->order > y->order;
}

int bk_statements_collect(struct bk_positions *positions, const bk_draft *draft, const bk_binding *binding,
	const bk_ledger *ledger)
{
	struct bk_digests digests;
	int status = bk_digests_init(&digests, draft);

	if (status < 0)
		return status;
	status = add_names(positions, draft, binding, ledger);
	if (status == BK_OK)
		status = add_events(positions, &digests, binding, ledger);
	bk_digests_release(&digests);
	if (status < 0 || positions->all.len == 0)
		return status;
	qsort(positions->all.items, positions->all.len, sizeof *positions->all.items, compare);
	return bk_standing_stated(positions);
}

size_t bk_statements_run(const struct bk_positions *positions, size_t first)
{
	size_t end = first + 1;

	while (end < positions->all.len &&
		compare_places(&positions->all.items[first], &positions->all.items[end]) == 0)
		end++;
	return end;
}

size_t bk_statements_from(const struct bk_positions *positions, uint32_t bracket)
{
	return BK_SEARCH(i, positions->all.len, positions->all.items[i].position.bracket < bracket);
}
