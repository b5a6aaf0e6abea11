/*
 * Where what came or went begins: words that repeat what stands beside them could as well have come a little before
 * or behind.
 *
 *	Parties shall act, [and] and report		the same text, whichever "and" came
 *	Parties shall act, and [and] report
 *
 * And a stop behind words that gave way is the first of those there.
 */
#include "compare/amendment_private.h"

enum {
	FAR = 200, /* tokens that what came or went may be moved over */
};

/* Items from up to, not with, to of one side that stand in it alone, between neighbours that stand in
 * both. */
struct lone {
	struct bk_gap_match *gap;
	struct bk_gap_side *side, *other;
	size_t from, to;
};

/* Brackets, and parentheses, among items that have no other end there. */
struct halves {
	size_t open, closed;
};

static struct halves count_halves(const struct lone *lone, size_t from, size_t to)
{
	struct halves halves = {0, 0};

	for (size_t i = from; i < to; i++) {
		const struct bk_str bytes = bk_gap_bytes(lone->side, i);

		if (bytes.len == 1 && (bytes.ptr[0] == '[' || bytes.ptr[0] == '('))
			halves.open++;
		else if (bytes.len == 1 && (bytes.ptr[0] == ']' || bytes.ptr[0] == ')'))
			halves.open ? halves.open-- : halves.closed++;
	}
	return halves;
}

/*
 * Whether they and what stands alone beside them are the end of one bracket and the beginning of another:
 *
 *	[below 2 °C][below 1.5 °C]	gives way to "below 1.5 °C"
 *	[      2 °C][below       ]	tears both; the same words, but the first bracket goes as a whole:
 *	[below 2 °C][            ]
 */
static bool tears(const struct lone *lone, size_t from, size_t to)
{
	const uint32_t *match = lone->side->match.items;
	struct halves halves;

	for (size_t n = 0; n < FAR && from > 0 && from <= lone->from && match[from - 1] == BK_NONE; n++)
		from--;
	for (size_t n = 0; n < FAR && to < lone->side->items.len && to >= lone->to && match[to] == BK_NONE;
		n++)
		to++;
	halves = count_halves(lone, from, to);
	return halves.open && halves.closed;
}

/* Whether nothing of the other side stands alone at the same place. */
static bool is_alone(const struct lone *lone)
{
	const uint32_t before = lone->from ? lone->side->match.items[lone->from - 1] : BK_NONE;
	const uint32_t behind = lone->to < lone->side->items.len ? lone->side->match.items[lone->to]
								 : (uint32_t)lone->other->items.len;

	return before == BK_NONE ? behind == 0 : behind == before + 1;
}

/* Whether two items that stand in both have some of the other side alone between them. */
static bool have_others_between(const struct lone *lone, size_t before, size_t behind)
{
	const uint32_t *match = lone->side->match.items, *owners = lone->other->owners.items;

	return match[before] != BK_NONE && match[behind] != BK_NONE && match[before] + 1 < match[behind] &&
	       owners[match[before] + 1] == owners[match[behind] - 1];
}

/* Whether items that could go as far as to be from up to, not with, to meet others of their paragraph that stand
 * alone, on their side or on the other one, so that all of them are told as one. */
static bool meets(const struct lone *lone, size_t from, size_t to)
{
	const uint32_t *owners = lone->side->owners.items, *match = lone->side->match.items;
	struct lone next = *lone;

	if (owners[from] != owners[to - 1] || from == lone->from)
		return false;
	if (from < lone->from && from > 0) {
		if (match[from - 1] != BK_NONE)
			return have_others_between(lone, from - 1, from);
		next.to = from;
		for (next.from = from - 1; next.from > 0 && match[next.from - 1] == BK_NONE;)
			next.from--;
		return owners[next.from] == owners[from] && is_alone(&next);
	}
	if (from < lone->from || to == lone->side->items.len)
		return false;
	if (match[to] != BK_NONE)
		return have_others_between(lone, to - 1, to);
	next.from = to;
	next.to = to + bk_gap_lone_from(lone->side, to);
	return owners[next.to - 1] == owners[from] && is_alone(&next);
}

/* Whether they are the last clause of a sentence: ", and others may act" before its stop. */
static bool is_clause(const struct lone *lone, size_t from, size_t to)
{
	const struct bk_gap_side *side = lone->side;

	return to < side->items.len && bk_str_equal(bk_gap_bytes(side, from), BK_STR(",")) &&
	       memchr(".;:", bk_gap_bytes(side, to).ptr[0], 3);
}

/* How natural it is that something begins here: with its brackets, at a line, behind a sentence or a
 * clause, or with the last clause of one. */
static int judge(const struct lone *lone, size_t from, size_t to)
{
	const struct bk_gap_side *side = lone->side;
	const size_t start = side->items.items[from].start,
		     before = from ? side->items.items[from - 1].end : start;
	const struct halves halves = count_halves(lone, from, to);
	int worth = !halves.open && !halves.closed ? 16 : tears(lone, from, to) ? 0 : 12;

	if (meets(lone, from, to))
		worth += 32;
	if (from == 0 || side->owners.items[from] != side->owners.items[from - 1])
		return worth + 8;
	if (memchr(side->tokens->bytes.ptr + before, '\n', start - before))
		worth += 4;
	if (memchr(".;:", side->tokens->bytes.ptr[before - 1], 3))
		worth += 2;
	else if (side->tokens->bytes.ptr[before - 1] == ',' || is_clause(lone, from, to))
		worth += 1;
	return worth;
}

/* The item before moves behind them, as it reads like their last one; false when it cannot. */
static bool can_go_back(const struct lone *lone, size_t from, size_t to)
{
	return from > 0 && lone->side->match.items[from - 1] != BK_NONE &&
	       bk_str_equal(bk_gap_bytes(lone->side, from - 1), bk_gap_bytes(lone->side, to - 1));
}

static bool can_go_on(const struct lone *lone, size_t from, size_t to)
{
	return to < lone->side->items.len && lone->side->match.items[to] != BK_NONE &&
	       bk_str_equal(bk_gap_bytes(lone->side, from), bk_gap_bytes(lone->side, to));
}

/* What an item stands for in the other text another one does now. */
static void rejoin(struct bk_gap_side *side, struct bk_gap_side *other, size_t item, size_t now)
{
	const uint32_t there = side->match.items[item];

	side->match.items[item] = BK_NONE;
	side->match.items[now] = there;
	other->match.items[there] = (uint32_t)now;
}

/* Of all places where they can as well begin, the most natural one, and the first of these. */
static void settle(struct lone *lone)
{
	const size_t length = lone->to - lone->from;
	size_t from = lone->from, best = lone->from, first = lone->from, last = lone->from;
	int worth = -1;

	/* How far they can go shows as if they had gone: the items between repeat themselves. */
	while (first > 0 && lone->from - first < FAR && can_go_back(lone, first, first + length))
		first--;
	while (last - lone->from < FAR && can_go_on(lone, last, last + length))
		last++;
	lone->gap->falls_short |= first == 0 || last + length == lone->side->items.len;
	for (size_t at = first; at <= last; at++) {
		const int here = judge(lone, at, at + length);

		if (here > worth) {
			worth = here;
			best = at;
		}
	}
	for (; from > best; from--)
		rejoin(lone->side, lone->other, from - 1, from - 1 + length);
	for (; from < best; from++)
		rejoin(lone->side, lone->other, from + length, from);
	bk_gap_cut_ends(lone->gap, lone->side, best, best + length);
}

static void settle_side(struct bk_gap_match *gap, struct bk_gap_side *side, struct bk_gap_side *other)
{
	for (size_t i = gap->head, end; i + gap->tail < side->items.len; i = end) {
		const size_t count = bk_gap_lone_from(side, i);
		struct lone lone = {gap, side, other, i, i + count};

		end = i + count + 1;
		if (count && is_alone(&lone))
			settle(&lone);
	}
}

static bool is_stop(const struct bk_gap_side *side, size_t item)
{
	return bk_str_equal(bk_gap_bytes(side, item), BK_STR("."));
}

/* Whether a sentence begins with an item: "They" behind a stop, not "5" behind "No." */
static bool begins_sentence(const struct bk_gap_side *side, size_t item)
{
	const char first = bk_gap_bytes(side, item).ptr[0];

	return side->items.items[item - 1].end < side->items.items[item].start &&
	       (bk_is_upper(first) || first == '[' || (unsigned char)first >= 0x80);
}

/* The first stop before a sentence among items from one up to, not with, another; that one when there is
 * none. */
static size_t first_stop(const struct bk_gap_side *side, size_t from, size_t to)
{
	while (from < to && !(is_stop(side, from) && begins_sentence(side, from + 1)))
		from++;
	return from;
}

/* Where the items begin that stand in one text alone just before one, and in its paragraph. */
static size_t lone_before(const struct bk_gap_side *side, size_t item)
{
	const uint32_t owner = side->owners.items[item];

	while (item > 0 && side->match.items[item - 1] == BK_NONE && side->owners.items[item - 1] == owner)
		item--;
	return item;
}

/*
 * A stop that both texts have behind words that gave way, or went, is the first of several: sentences behind it went
 * by themselves.
 *
 *	base     every two years. Reports are public.		"[two years][year]. [Reports are public.]"
 *	version  every year.
 */
static void settle_stops(struct bk_gap_match *gap, struct bk_gap_side *side, struct bk_gap_side *other)
{
	for (size_t i = gap->head; i < side->items.len; i++) {
		const uint32_t there = side->match.items[i];
		size_t from, stop, other_from;

		if (there == BK_NONE || !is_stop(side, i))
			continue;
		from = lone_before(side, i);
		stop = first_stop(side, from, i);
		other_from = lone_before(other, there);
		if (stop == i || stop == from || first_stop(other, other_from, there) < there)
			continue;
		rejoin(side, other, i, stop);
		bk_gap_cut_ends(gap, side, stop, i + 1);
	}
}

void bk_gap_settle(struct bk_gap_match *gap)
{
	settle_side(gap, &gap->file, &gap->base);
	settle_side(gap, &gap->base, &gap->file);
	settle_stops(gap, &gap->file, &gap->base);
	settle_stops(gap, &gap->base, &gap->file);
}
