/*
 * What a ledger says about each id: where it was last seen, and what persons have said it is.
 */
#ifndef BRACKED_LEDGER_RECORDED_H
#define BRACKED_LEDGER_RECORDED_H

#include "base/map.h"
#include "base/vec.h"
#include "ledger/binding.h"

enum { BK_RECORDED_ANCHORS = 3 };

struct bk_recorded {
	const char *id;
	const struct bk_anchor *anchors[BK_RECORDED_ANCHORS]; /* that differ, newest first */
	size_t anchor_count;
	size_t first;  /* its first event */
	bool gone;     /* its newest event says so: only the same words at the same place bring it back */
	bool settled;  /* carried over as gone */
	bool by_words; /* carried over as gone from its place */
	bool has_class, has_choice;
	enum bk_class class;
	enum bk_choice choice;
	struct bk_bound_status status;
	uint32_t bracket; /* where it is found, or BK_NONE */
	double likeness;
	bool exact;
};

struct bk_records {
	BK_VEC(struct bk_recorded) items; /* by id */
	struct bk_map index;		  /* id -> index in items */
};

/* A draft as `from` of events names it: taken when first asked. */
struct bk_origin {
	const bk_draft *draft;
	char name[17];
};
/* Whether an event was recorded along with an edit of just this draft, which the draft does not have. */
bool bk_origin_is(struct bk_origin *origin, const struct bk_event *event);

/*
 * Fold the ledger's events, those left out that carry away from just this draft, and names kept for the text that
 * takes its place: a save was cut off between ledger and file, or its text is there again.  Strings are the
 * ledger's.  Cost: O(events), and O(bytes) of the draft where anything was carried.  BK_ENOMEM.
 */
int bk_records_collect(struct bk_records *records, const bk_ledger *ledger, const bk_draft *draft);
void bk_records_release(struct bk_records *records);

#endif
