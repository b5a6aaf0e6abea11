/* The search for the best change: where a bracket might be put, and one sweep over all such places. */
#include "draft/mend.h"

#include "base/error.h"

#include <math.h>

/* What changes cost before it is seen what they do to the pairs. */
static const double insertion_cost = 2;
static const double deletion_cost = 6;
static const double doubled_deletion_cost = 3.2; /* of one of two brackets that touch */
static const double double_wrap_cost = 4;	 /* two brackets round the same words */
static const double clause_cost = 1;
static const double comma_cost = 1.2;
static const double neighbour_cost = 1.5;
static const double same_place_cost = 2; /* beside a bracket that opens or closes there already */
static const double colon_cost = 1;	 /* at the end of words that announce a list */

/* A sweep to the right of an open, or to the left of a close. */
struct sweep {
	const struct bk_mender *mender;
	struct bk_search *search;
	size_t bytes; /* that one gap is looked through, at most: what was deleted lies in it still */
	bool forward;
};

static const struct bk_token *token_of(const struct bk_mender *mender, uint32_t index)
{
	return &mender->tokens.items[index];
}

static char byte_at(const struct bk_mender *mender, size_t offset)
{
	return offset < mender->draft->bytes.len ? mender->draft->bytes.ptr[offset] : '\0';
}

static bool is_stop(char c)
{
	return c == '.' || c == ';' || c == ':' || c == ',';
}

static const struct bk_frame *top_frame(const struct sweep *sweep)
{
	return &sweep->search->frames.items[sweep->search->top];
}

/* The cost of a pair of the bracket at near, on the side where the sweep began, and that at far. */
static double pair_cost(const struct sweep *sweep, const struct bk_spot *near, const struct bk_spot *far)
{
	return sweep->forward ? bk_mender_pair_cost(sweep->mender, near, far)
			      : bk_mender_pair_cost(sweep->mender, far, near);
}

/* ---- Offers ------------------------------------------------------------------------------------------- */

/* Whether a bracket may be put at offset: between characters, and not behind a backslash. */
static bool is_border(const struct bk_mender *mender, size_t offset)
{
	return (byte_at(mender, offset) & 0xC0) != 0x80 &&
	       (offset == 0 || byte_at(mender, offset - 1) != '\\');
}

static void offer(struct sweep *sweep, struct bk_mending change)
{
	change.frame = sweep->search->top;
	change.mate = top_frame(sweep)->token;
	change.cost += top_frame(sweep)->shift;
	if (change.cost < sweep->search->best.cost)
		sweep->search->best = change;
}

/* Whether a bracket put where `place` is the cost might be the best change: a pair costs nothing at least. */
static bool may_win(const struct sweep *sweep, double place)
{
	return insertion_cost + place + top_frame(sweep)->shift < sweep->search->best.cost;
}

/* Offer to put the mate of the innermost bracket at offset, behind token `after`. */
static void offer_insertion(struct sweep *sweep, size_t offset, uint32_t after, double place, const char *why)
{
	const struct bk_mender *mender = sweep->mender;
	struct bk_mending change = {.after = after, .why = why};

	if (!may_win(sweep, place) || !is_border(mender, offset))
		return;
	change.spot = sweep->forward ? bk_mender_close_spot(mender, offset, 0)
				     : bk_mender_open_spot(mender, offset);
	change.cost = insertion_cost + place +
		      pair_cost(sweep, &token_of(mender, top_frame(sweep)->token)->spot, &change.spot);
	offer(sweep, change);
}

/* Whether a and b, neighbours in this order, open both or close both with nothing between. */
static bool is_doubled(const struct bk_mender *mender, uint32_t a, uint32_t b)
{
	return a != BK_NONE && b != BK_NONE && token_of(mender, a)->open == token_of(mender, b)->open &&
	       bk_mender_end(mender, a) == bk_mender_start(mender, b);
}

/* Offer to delete the innermost bracket. */
static void offer_deletion(struct sweep *sweep)
{
	const struct bk_mender *mender = sweep->mender;
	const uint32_t index = top_frame(sweep)->token;
	const struct bk_token *token = token_of(mender, index);
	struct bk_mending change = {.cost = deletion_cost,
		.spot = token->spot,
		.remove = true,
		.why = "no place begs for a bracket that goes with it"};

	if (token->len == 0)
		return;
	if (is_doubled(mender, token->previous, index) || is_doubled(mender, index, token->next)) {
		change.cost = doubled_deletion_cost;
		change.why = "the bracket is doubled";
	}
	offer(sweep, change);
}

/* What it costs more that the innermost bracket and one put just behind token t would wrap only another. */
static double wrap_cost(const struct sweep *sweep, uint32_t t)
{
	const struct bk_mender *mender = sweep->mender;
	const uint32_t top = top_frame(sweep)->token;
	const uint32_t inner = sweep->forward ? token_of(mender, top)->next : token_of(mender, top)->previous;

	if (t == top || inner == BK_NONE || token_of(mender, t)->match != inner)
		return 0;
	return (sweep->forward ? is_doubled(mender, top, inner) : is_doubled(mender, inner, top))
		       ? double_wrap_cost
		       : 0;
}

/* ---- Places for a close, in the gap from token t to next --------------------------------------------- */

static void offer_clause_end(struct sweep *sweep, uint32_t t, size_t to, size_t limit)
{
	const struct bk_mender *mender = sweep->mender;
	const size_t from = bk_mender_end(mender, t);

	for (size_t at = from; at < limit && at - from < sweep->bytes; at++) {
		const char c = byte_at(mender, at);

		if (!is_stop(c) || !(bk_is_space(byte_at(mender, at + 1)) || at + 1 == to))
			continue;
		offer_insertion(sweep, at, t,
			(c == ',' ? comma_cost : clause_cost) + (at == from ? wrap_cost(sweep, t) : 0),
			"the clause ends here");
		return;
	}
}

/* Before the blanks in front of the next bracket, which opens. */
static void offer_before_next(struct sweep *sweep, uint32_t t, uint32_t next)
{
	const struct bk_mender *mender = sweep->mender;
	const size_t from = bk_mender_end(mender, t);
	size_t at = bk_mender_start(mender, next);

	while (at > from && bk_is_space(byte_at(mender, at - 1)) &&
		bk_mender_start(mender, next) - at < sweep->bytes)
		at--;
	if (at > from)
		offer_insertion(sweep, at, t, neighbour_cost, "the next bracket begins here");
}

static void offer_closes(struct sweep *sweep, uint32_t t, uint32_t next)
{
	const struct bk_mender *mender = sweep->mender;
	const struct bk_segment *segments = mender->segments->items;
	const size_t from = bk_mender_end(mender, t), to = bk_mender_start(mender, next);
	const double doubled = wrap_cost(sweep, t);
	size_t index = bk_segments_at(mender->segments, from);
	const size_t limit = segments[index].end < to ? segments[index].end : to;

	offer_clause_end(sweep, t, to, limit);
	if (!token_of(mender, t)->open)
		offer_insertion(sweep, from, t, same_place_cost + doubled, "another bracket ends here");
	if (next != BK_NONE && token_of(mender, next)->open && limit == to)
		offer_before_next(sweep, t, next);
	for (; index < mender->segments->count && segments[index].start <= to; index++) {
		if (segments[index].start > from && segments[index].start - from > sweep->bytes)
			break;
		const size_t at = segments[index].close;

		if (at >= from && at <= to)
			offer_insertion(sweep, at, t,
				(segments[index].colon ? colon_cost : 0) + (at == from ? doubled : 0),
				"the paragraph ends here");
	}
}

/* ---- Places for an open, in the gap from token previous to t ----------------------------------------- */

static void offer_clause_start(struct sweep *sweep, uint32_t previous, uint32_t t, size_t limit)
{
	const struct bk_mender *mender = sweep->mender;

	const size_t to = bk_mender_start(mender, t);

	for (size_t at = to; at > limit + 1 && to - at < sweep->bytes; at--) {
		const char stop = byte_at(mender, at - 2);

		if (!bk_is_space(byte_at(mender, at - 1)) || !is_stop(stop) || at == to)
			continue;
		offer_insertion(
			sweep, at, previous, stop == ',' ? comma_cost : clause_cost, "a clause begins here");
		return;
	}
}

/* Behind the blanks after the bracket before, which closes. */
static void offer_after_previous(struct sweep *sweep, uint32_t previous, uint32_t t)
{
	const struct bk_mender *mender = sweep->mender;
	const size_t to = bk_mender_start(mender, t);
	size_t at = bk_mender_end(mender, previous);

	while (at < to && bk_is_space(byte_at(mender, at)) &&
		at - bk_mender_end(mender, previous) < sweep->bytes)
		at++;
	if (at < to)
		offer_insertion(sweep, at, previous, neighbour_cost, "the bracket before ends here");
}

static void offer_opens(struct sweep *sweep, uint32_t previous, uint32_t t)
{
	const struct bk_mender *mender = sweep->mender;
	const struct bk_segment *segments = mender->segments->items;
	const size_t from = bk_mender_end(mender, previous), to = bk_mender_start(mender, t);
	const double doubled = wrap_cost(sweep, t);
	size_t index = bk_segments_at(mender->segments, to);
	const size_t limit = segments[index].start > from ? segments[index].start : from;

	offer_clause_start(sweep, previous, t, limit);
	if (token_of(mender, t)->open)
		offer_insertion(
			sweep, to, previous, same_place_cost + doubled, "another bracket begins here");
	if (previous != BK_NONE && !token_of(mender, previous)->open && limit == from)
		offer_after_previous(sweep, previous, t);
	for (;; index--) {
		const size_t at = segments[index].lead;

		if (at >= from && at <= to)
			offer_insertion(
				sweep, at, previous, at == to ? doubled : 0, "the paragraph begins here");
		if (index == 0 || segments[index].start <= from ||
			(segments[index].start < to && to - segments[index].start > sweep->bytes))
			break;
	}
}

/* ---- The sweep --------------------------------------------------------------------------------------- */

/* Put token t, which opens in the sweep's direction, on the stack. */
static int push_frame(struct sweep *sweep, uint32_t t)
{
	const struct bk_mender *mender = sweep->mender;
	const struct bk_token *token = token_of(mender, t);
	double shift = 0;
	struct bk_frame *frame;

	if (sweep->search->top != BK_NONE) {
		const struct bk_spot *outer = &token_of(mender, top_frame(sweep)->token)->spot;
		const struct bk_spot *mate = &token_of(mender, token->match)->spot;

		shift = top_frame(sweep)->shift + pair_cost(sweep, outer, mate) -
			pair_cost(sweep, &token->spot, mate);
	}
	frame = BK_VEC_PUSH(&sweep->search->frames);
	if (!frame)
		return bk_fail_memory();
	*frame = (struct bk_frame){.token = t, .below = sweep->search->top, .shift = shift};
	sweep->search->top = (uint32_t)(sweep->search->frames.len - 1);
	return BK_OK;
}

static bool is_near(const struct bk_mender *mender, uint32_t u, uint32_t t, const struct bk_reach *reach)
{
	const size_t a = token_of(mender, u)->spot.offset, b = token_of(mender, t)->spot.offset;

	return (a < b ? b - a : a - b) <= reach->bytes;
}

int bk_mender_search(
	struct bk_mender *mender, uint32_t u, const struct bk_reach *reach, struct bk_search *out)
{
	struct sweep sweep = {
		.mender = mender, .search = out, .bytes = reach->bytes, .forward = token_of(mender, u)->open};
	size_t steps = 0;

	out->frames.len = 0;
	out->top = BK_NONE;
	out->best = (struct bk_mending){.cost = INFINITY};
	for (uint32_t t = u, next; t != BK_NONE && (t == u || t != reach->stop); t = next) {
		next = sweep.forward ? token_of(mender, t)->next : token_of(mender, t)->previous;
		/* What has no mate itself, and the end of all that u holds, are as far as a change may go. */
		if (t != u && token_of(mender, t)->match == BK_NONE)
			break;
		if (token_of(mender, t)->open == sweep.forward) {
			if (push_frame(&sweep, t) < 0)
				return BK_ENOMEM;
			offer_deletion(&sweep);
		} else {
			out->top = top_frame(&sweep)->below;
			/* An earlier mending gave u its mate: what lies behind is none of its places. */
			if (out->top == BK_NONE)
				break;
		}
		if (out->top == BK_NONE)
			break;
		if (t == reach->stop || ++steps > reach->tokens || !is_near(mender, u, t, reach))
			break;
		if (!may_win(&sweep, 0))
			continue;
		if (sweep.forward)
			offer_closes(&sweep, t, next);
		else
			offer_opens(&sweep, next, t);
	}
	mender->effort -= steps < mender->effort ? steps : mender->effort;
	return BK_OK;
}
