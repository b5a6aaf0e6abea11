/*
 * Any ledger meets any draft: binding ends, each id is listed once and in order, a found bracket is one of the
 * draft, no override names a place twice, and positions are of brackets that are there or of orphans.
 *
 *	input = ledger, a line of one tab, draft
 */
#include "drafting.h"

#include <string.h>

enum { MAX_BYTES = 20000 };

static void check_binding(const bk_binding *binding, size_t brackets)
{
	size_t count, overrides;
	const struct bk_bound *list = bk_binding_list(binding, &count);
	const struct bk_override *override = bk_binding_overrides(binding, &overrides);

	for (size_t i = 0; i < count; i++) {
		stop_if(i > 0 && strcmp(list[i - 1].id, list[i].id) >= 0, "ids are listed once, in order");
		stop_if(list[i].bracket != BK_NONE && list[i].bracket >= brackets, "a bracket is there");
		stop_if((list[i].bracket == BK_NONE) != (list[i].trust == BK_TRUST_ORPHAN),
			"what is not found is an orphan");
	}
	for (size_t i = 1; i < overrides; i++)
		stop_if(override[i - 1].start >= override[i].start, "a bracket has one override");
}

static void check_positions(const bk_draft *draft, const bk_binding *binding, const bk_ledger *ledger,
	const struct bk_positions_query *query)
{
	bk_positions *positions = NULL;
	size_t brackets, count;
	const struct bk_position *list;
	uint8_t *decisions;

	bk_draft_brackets(draft, &brackets);
	decisions = calloc(brackets + 1, 1);
	stop_if(bk_positions_derive(&positions, draft, binding, ledger, default_roster(), query) < 0,
		"positions are derived");
	list = bk_positions_list(positions, &count);
	for (size_t i = 0; i < count; i++) {
		stop_if(list[i].bracket != BK_NONE && list[i].bracket >= brackets, "a bracket is there");
		stop_if(i > 0 && list[i - 1].bracket > list[i].bracket, "positions are in order");
		bk_positions_blocks(positions, list[i].bracket, list[i].party, default_roster());
	}
	stop_if(bk_positions_decide(positions, draft, default_roster(), "BO", decisions) < 0,
		"a party decides");
	for (size_t i = 0; i < brackets; i++)
		stop_if(decisions[i] > BK_DECISION_DELETE, "a decision is one of three");
	free(decisions);
	bk_positions_free(positions);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct bk_positions_query stated = {0}, of_party = {.party = "BO", .history = true};
	const char *bytes = (const char *)data;
	const char *parting = size ? memmem(bytes, size, "\n\t\n", 3) : NULL;
	const size_t len = parting ? (size_t)(parting - bytes) + 1 : size;
	const size_t skip = parting ? len + 2 : size;
	bk_ledger *ledger = NULL;
	bk_binding *binding = NULL;
	bk_draft *draft;
	size_t brackets;

	if (size > MAX_BYTES)
		return 0;
	stop_if(bk_ledger_parse(&ledger, bytes, len, "ledger") < 0, "any bytes are a ledger");
	draft = read_draft(bytes + skip, size - skip);
	bk_draft_brackets(draft, &brackets);
	stop_if(bk_binding_new(&binding, ledger, draft) < 0, "any ledger binds to any draft");
	check_binding(binding, brackets);
	check_positions(draft, binding, ledger, &stated);
	check_positions(draft, binding, ledger, &of_party);
	bk_binding_free(binding);
	bk_draft_free(draft);
	bk_ledger_free(ledger);
	return 0;
}
