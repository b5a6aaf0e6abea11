/*
 * What stands out about the brackets of a draft that was read: marks, shades, and how many there are before each.
 * It is made on the thread that has read the draft, for a large one has millions.
 */
#ifndef BRACKED_TUI_MARKS_H
#define BRACKED_TUI_MARKS_H

#include <bracked/draft.h>
#include <bracked/ledger.h>

/* What stands out about a bracket, beside its class. */
enum bk_mark {
	BK_MARK_BLOCKS = 1, /* my party stands in the way */
	BK_MARK_AGREED = 2, /* has a status of agreement */
	BK_MARK_RIPE = 4,   /* somebody wants it, nobody stands in the way */
	BK_MARK_SPOKEN = 8, /* somebody has a position */
};

struct bk_tally {
	size_t open, blocks, ripe, faults;
};

/* Arrays of the draft's brackets, each NULL when memory ran out for it. */
struct bk_marks {
	uint8_t *marks;	 /* enum bk_mark */
	uint8_t *shades; /* how deep each is nested to the eye: see bk_desk_shade */
	/* How many before each are open points, disputed and not agreed, and how many block my party; one more at the
	 * end. */
	uint32_t *open, *blocks;
	struct bk_tally tally;
};

/* What was read, and for whom. */
struct bk_marks_source {
	const bk_draft *draft;
	const bk_binding *binding;
	const bk_positions *positions;
	const bk_ledger *ledger;
	const bk_roster *roster;
	const char *party; /* NULL: for nobody */
};

/* Make them; what *out held before is not freed.  Any thread. */
void bk_marks_make(struct bk_marks *out, const struct bk_marks_source *source);
/* Sum up the marks, as make does. */
void bk_marks_sum(struct bk_marks *marks, const bk_draft *draft);
/* Open points in a node and below it; all that are disputed when memory ran out.  Cost: O(log n). */
uint32_t bk_marks_open_in(const struct bk_marks *marks, const bk_draft *draft, const struct bk_node *node);
void bk_marks_release(struct bk_marks *marks);

#endif
