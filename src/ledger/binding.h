/*
 * A binding from the inside.
 */
#ifndef BRACKED_LEDGER_BINDING_H
#define BRACKED_LEDGER_BINDING_H

#include "base/arena.h"
#include "base/map.h"

#include <bracked/ledger.h>

/* What the newest status event of an id says. */
struct bk_bound_status {
	bool any;
	enum bk_span_status status;
	size_t event; /* index in the ledger's events */
};

struct bk_binding {
	struct bk_arena arena;
	struct bk_bound *list; /* by id */
	size_t count;
	struct bk_bound_status *statuses; /* of the same */
	uint32_t *by_bracket;		  /* indexes of list that are found, by bracket */
	size_t found;
	struct bk_override *overrides;
	size_t override_count;
	struct bk_map ids; /* id -> index in list */
};

/* Those of list that stand at bracket: a run of by_bracket. */
const uint32_t *bk_binding_at(const bk_binding *binding, uint32_t bracket, size_t *count);

#endif
