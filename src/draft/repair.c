/*
 * The likeliest balanced reading.
 *
 * Plain matching leaves a row of unmatched closes, then a row of unmatched opens.  Opens are mended from the
 * last to the first and closes from the first to the last, each with the best change that a search finds
 * while the changes before it stand.
 *
 * A lost bracket and a stray one further on hide each other: plain matching pairs what does not belong
 * together, over headings, and nothing stays unmatched.  Such pairs would draw the changes away to where they
 * do most good, so they are mended too, on the list only, before and after the others; the cheaper order
 * wins.  Of all changes each unmatched bracket then gets the nearest of its kind that lies where plain
 * matching can use it: a close put behind the unmatched open, an open put before the unmatched close.  With
 * these alone, as many as there are unmatched brackets and no fewer would do, everything is matched.
 */
#include "draft/repair.h"

#include "base/error.h"
#include "draft/conventions.h"
#include "draft/mend.h"

#include <math.h>

enum {
	REACH = 100000,		   /* tokens that one search looks at, at most */
	LEAST_REACH = 64,	   /* ... and even when there are very many to make */
	EFFORT = 50 * 1000 * 1000, /* tokens that all searches look at, more or less */
	BYTES = 1000 * 1000 * 1000,
	LEAST_BYTES = 1024,
	HOPELESS = 5000, /* unmatched brackets: no draft has so many */
	MANY = 100,	 /* unmatched brackets: beyond, hidden faults are let be */
};

static const double suspicious = 9; /* a pair that costs more may be two faults */
static const double gain = 1;	    /* what is won by mending both, at least */

/* A change made. */
struct edit {
	struct bk_mending what;
	size_t mate; /* offset of the bracket it goes with */
	uint8_t len; /* bytes deleted */
	bool rises;  /* puts an open or takes a close: the text is one deeper from here */
	bool taken;
};

struct plan {
	BK_VEC(struct edit) edits;
	double cost;
};

struct repairer {
	const struct bk_draft *draft;
	struct bk_arena *arena;
	struct bk_mender mender;
	struct bk_search search, other;
	uint32_t *tokens; /* of each unmatched bracket of this kind */
	size_t *which;	  /* its index in the draft's */
	size_t count;
};

/* ---- Making changes ------------------------------------------------------------------------------------ */

static int make(struct repairer *repairer, struct plan *plan, const struct bk_search *search)
{
	const struct bk_token *mate = &repairer->mender.tokens.items[search->best.mate];
	struct edit *edit = BK_VEC_PUSH(&plan->edits);

	if (!edit)
		return bk_fail_memory();
	*edit = (struct edit){
		.what = search->best,
		.mate = mate->spot.offset,
		.len = search->best.remove ? mate->len : 0,
		.rises = !mate->open,
	};
	plan->cost += search->best.cost;
	return bk_mender_apply(&repairer->mender, search);
}

static struct bk_reach choose_reach(size_t count)
{
	struct bk_reach reach = {BK_NONE, EFFORT / (count + 1), BYTES / (count + 1)};

	if (reach.tokens > REACH)
		reach.tokens = REACH;
	/* So many faults are no draft's: then each is looked at from nearby alone, that it ends. */
	if (count > HOPELESS)
		return (struct bk_reach){BK_NONE, 4, 64};
	if (reach.tokens < LEAST_REACH)
		reach.tokens = LEAST_REACH;
	if (reach.bytes < LEAST_BYTES)
		reach.bytes = LEAST_BYTES;
	return reach;
}

static int mend_one(struct repairer *repairer, struct plan *plan, size_t index)
{
	const struct bk_reach reach = choose_reach(repairer->count);
	int status = bk_mender_search(&repairer->mender, repairer->tokens[index], &reach, &repairer->search);

	return status == BK_OK ? make(repairer, plan, &repairer->search) : status;
}

/* Closes from the first, then opens from the last. */
static int mend_unmatched(struct repairer *repairer, struct plan *plan)
{
	int status = BK_OK;

	for (size_t i = 0; i < repairer->count && status == BK_OK; i++) {
		if (!repairer->mender.tokens.items[repairer->tokens[i]].open)
			status = mend_one(repairer, plan, i);
	}
	for (size_t i = repairer->count; i-- > 0 && status == BK_OK;) {
		if (repairer->mender.tokens.items[repairer->tokens[i]].open)
			status = mend_one(repairer, plan, i);
	}
	return status;
}

/* ---- Hidden faults ----------------------------------------------------------------------------------- */

/* Where the search for what mends a pair's close must stop, when `search` has found what mends its open: what
 * lies behind is as it was. */
static uint32_t unchanged_from(const struct bk_mender *mender, const struct bk_search *search)
{
	const struct bk_mending *best = &search->best;
	uint32_t frame = best->frame;

	if (frame == 0)
		return mender->tokens.items[best->remove ? best->mate : best->after].next;
	while (search->frames.items[frame].below != 0)
		frame = search->frames.items[frame].below;
	return mender->tokens.items[search->frames.items[frame].token].match;
}

/* Mend open and close of a suspicious pair apart, if that is worth it. */
static int heal_pair(struct repairer *repairer, struct plan *plan, uint32_t open, double cost)
{
	struct bk_mender *mender = &repairer->mender;
	const uint32_t close = mender->tokens.items[open].match;
	struct bk_reach reach = {close, REACH, BYTES};
	int status = bk_mender_search(mender, open, &reach, &repairer->search);

	if (status < 0 || repairer->search.best.cost + gain >= cost)
		return status;
	reach.stop = unchanged_from(mender, &repairer->search);
	status = bk_mender_search(mender, close, &reach, &repairer->other);
	if (status < 0 || repairer->search.best.cost + repairer->other.best.cost + gain >= cost)
		return status;
	plan->cost -= cost;
	mender->tokens.items[close].match = BK_NONE;
	status = make(repairer, plan, &repairer->search);
	return status == BK_OK ? make(repairer, plan, &repairer->other) : status;
}

static int heal_pairs(struct repairer *repairer, struct plan *plan)
{
	struct bk_mender *mender = &repairer->mender;
	int status = BK_OK;

	for (uint32_t t = mender->first; t != BK_NONE && mender->effort > 0 && status == BK_OK;) {
		const struct bk_token *token = &mender->tokens.items[t];
		const uint32_t next = token->next;
		double cost = 0;

		if (token->open && token->match != BK_NONE)
			cost = bk_mender_pair_cost(
				mender, &token->spot, &mender->tokens.items[token->match].spot);
		if (cost > suspicious)
			status = heal_pair(repairer, plan, t, cost);
		t = next;
	}
	return status;
}

/* ---- Plans ------------------------------------------------------------------------------------------- */

/* The tokens of the unmatched brackets, in order. */
static void find_unmatched(struct repairer *repairer)
{
	size_t index = 0;

	repairer->count = 0;
	for (uint32_t t = 0; t < repairer->mender.tokens.len; t++) {
		if (repairer->mender.tokens.items[t].match != BK_NONE)
			continue;
		while (repairer->draft->unmatched[index].brace != repairer->mender.brace)
			index++;
		repairer->tokens[repairer->count] = t;
		repairer->which[repairer->count++] = index++;
	}
}

static int make_plan(struct repairer *repairer, bool brace, bool heal_first, struct plan *plan)
{
	int status = bk_mender_fill(&repairer->mender, brace);

	if (status < 0)
		return status;
	find_unmatched(repairer);
	repairer->mender.effort = EFFORT;
	if (heal_first)
		status = heal_pairs(repairer, plan);
	if (status == BK_OK)
		status = mend_unmatched(repairer, plan);
	if (status == BK_OK && repairer->count <= MANY)
		status = heal_pairs(repairer, plan);
	return status;
}

/* The change nearest to the unmatched bracket at offset that plain matching can use for it. */
static struct edit *nearest(struct plan *plan, size_t offset, bool open)
{
	struct edit *best = NULL;

	for (size_t i = 0; i < plan->edits.len; i++) {
		struct edit *edit = &plan->edits.items[i];
		const size_t at = edit->what.spot.offset;

		if (edit->taken || edit->rises == open || (open ? at < offset : at > offset))
			continue;
		if (!best || (open ? at < best->what.spot.offset : at > best->what.spot.offset))
			best = edit;
	}
	if (best)
		best->taken = true;
	return best;
}

/* ---- Proposals --------------------------------------------------------------------------------------- */

/* What goes with the bracket at offset. */
static const char *mate_of(struct repairer *repairer, size_t offset, bool open)
{
	const struct bk_str there = bk_str_skip(repairer->draft->bytes, offset);
	size_t count;
	const struct bk_pair *pairs = bk_conventions_pairs(repairer->draft->conventions, &count);

	if (repairer->mender.brace)
		return open ? "}" : "{";
	for (size_t i = 0; i < count; i++) {
		const struct bk_str mate = open ? pairs[i].close : pairs[i].open;

		if (bk_str_starts(there, open ? pairs[i].open : pairs[i].close))
			return bk_arena_dup(repairer->arena, mate.ptr, mate.len);
	}
	return open ? "]" : "[";
}

static int write_fix(struct repairer *repairer, const struct bk_unmatched *unmatched, const struct edit *edit,
	struct bk_repair *out)
{
	size_t line;

	*out = (struct bk_repair){.offset = unmatched->offset,
		.remove = unmatched->len,
		.why = "no place begs for a bracket that goes with it"};
	if (!edit)
		return BK_OK;
	*out = (struct bk_repair){
		.offset = edit->what.spot.offset, .remove = edit->len, .why = edit->what.why};
	if (edit->what.remove)
		return BK_OK;
	line = bk_snapshot_line_of(repairer->draft->snapshot, edit->mate) + 1;
	out->insert = mate_of(repairer, edit->mate, !edit->rises);
	out->why = bk_arena_printf(repairer->arena,
		edit->rises ? "%s, and the bracket that ends in line %zu begins nowhere"
			    : "%s, and the bracket of line %zu is still open",
		edit->what.why, line);
	return out->insert && out->why ? BK_OK : bk_fail_memory();
}

/* With very many, changes were made one for each and none besides: closes in order, opens from the last. */
static struct edit *in_turn(const struct repairer *repairer, struct plan *plan, size_t index)
{
	size_t closes = 0;

	while (closes < repairer->count && !repairer->draft->unmatched[repairer->which[closes]].open)
		closes++;
	return &plan->edits.items[index < closes ? index : closes + (repairer->count - 1 - index)];
}

static int write_fixes(struct repairer *repairer, struct plan *plan, struct bk_repair *fixes)
{
	const struct bk_unmatched *unmatched = repairer->draft->unmatched;
	const bool many = repairer->count > MANY;
	int status = BK_OK;

	for (size_t i = 0; i < repairer->count && status == BK_OK; i++) {
		const struct bk_unmatched *close = &unmatched[repairer->which[i]];

		if (!close->open)
			status = write_fix(repairer, close,
				many ? &plan->edits.items[i] : nearest(plan, close->offset, false),
				&fixes[repairer->which[i]]);
	}
	for (size_t i = repairer->count; i-- > 0 && status == BK_OK;) {
		const struct bk_unmatched *open = &unmatched[repairer->which[i]];

		if (open->open)
			status = write_fix(repairer, open,
				many ? in_turn(repairer, plan, i) : nearest(plan, open->offset, true),
				&fixes[repairer->which[i]]);
	}
	return status;
}

/* Mend brackets or braces by the cheaper of two plans. */
static int mend_kind(struct repairer *repairer, bool brace, struct bk_repair *fixes)
{
	struct plan plans[2] = {{.cost = 0}, {.cost = INFINITY}};
	int status = make_plan(repairer, brace, false, &plans[0]);

	if (status == BK_OK && repairer->count > 0 && repairer->count <= MANY) {
		plans[1].cost = 0;
		status = make_plan(repairer, brace, true, &plans[1]);
	}
	if (status == BK_OK)
		status = write_fixes(repairer, &plans[plans[1].cost < plans[0].cost], fixes);
	BK_VEC_RELEASE(&plans[0].edits);
	BK_VEC_RELEASE(&plans[1].edits);
	return status;
}

static int mend_all(struct repairer *repairer, struct bk_repair *fixes)
{
	struct bk_arena own = BK_ARENA_INIT;
	struct bk_segments segments;
	int status;

	repairer->tokens = bk_arena_array(&own, repairer->draft->unmatched_count, sizeof *repairer->tokens);
	repairer->which = bk_arena_array(&own, repairer->draft->unmatched_count, sizeof *repairer->which);
	status = repairer->tokens && repairer->which ? BK_OK : bk_fail_memory();
	if (status == BK_OK)
		status = bk_segments_build(repairer->draft, &own, &segments);
	repairer->mender.segments = &segments;
	if (status == BK_OK)
		status = mend_kind(repairer, false, fixes);
	if (status == BK_OK)
		status = mend_kind(repairer, true, fixes);
	BK_VEC_RELEASE(&repairer->mender.tokens);
	BK_VEC_RELEASE(&repairer->search.frames);
	BK_VEC_RELEASE(&repairer->other.frames);
	bk_arena_release(&own);
	return status;
}

int bk_repair_find(const struct bk_draft *draft, struct bk_arena *arena, struct bk_repair **fixes)
{
	struct repairer repairer = {.draft = draft, .arena = arena, .mender = {.draft = draft}};
	struct bk_repair *found = bk_arena_array(arena, draft->unmatched_count + 1, sizeof *found);
	int status = found ? BK_OK : bk_fail_memory();

	if (status == BK_OK && draft->unmatched_count > 0)
		status = mend_all(&repairer, found);
	if (status == BK_OK)
		*fixes = found;
	return status;
}
