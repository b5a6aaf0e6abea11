/*
 * Brackets among amendments.  Those of the base that a version keeps pair in it as they did; what it put in
 * and what it left over pair among themselves, between these:
 *
 *	base     a [ b ] c d		kept   put in   left over, its partner went
 *	version  a   b ] [ c ] d	       [ ]      ]
 *
 * Brackets that were put round words of the base, or taken away from words that stand, are amendments of
 * their own, so that what others change of these words can stand as well.  Everything else that would leave
 * half a pair on either side is tied: it stands as one, from end to end of the pairs.  Braces always do.
 */
#include "base/alloc.h"
#include "compare/amendment_private.h"

#include <stdlib.h>

enum { NEAR = 200 }; /* bytes of notation that are looked at beside words */

/* Where a bracket of either text stands among the amendments. */
enum where { KEPT, GONE, NEW };

struct bracket {
	uint32_t mark;	    /* of the base; of the version when it is new */
	uint32_t in_file;   /* its mark in the version, unless it is gone */
	uint32_t amendment; /* that it is in, unless it is kept */
	uint8_t where;
	bool open;
};

/* Two ends in two amendments: brackets round words of the base, or of the base and gone. */
struct pair {
	uint32_t open, close; /* amendments */
	uint32_t mark;	      /* the open, in the pairing of its text */
	bool gone;
	bool tied;		      /* it cannot stand by itself */
	struct bk_span opens, closes; /* with the notation beside them, in their text */
	uint8_t act;		      /* enum bk_act */
};

struct walk {
	struct bk_amendments *amendments;
	BK_VEC(struct bracket) brackets; /* of the version in order, with those that are gone */
	uint32_t *gone_in; /* of each mark of the base: the amendment that took it, or BK_NONE */
	uint32_t *in_file; /* of each mark of the version: its bracket */
	bool faulty; /* it has brackets without their other end that the base has not: they are its own */
	BK_VEC(uint32_t) open; /* indexes of brackets */
	BK_VEC(struct pair) pairs;
};

/* ---- In order ------------------------------------------------------------------------------------------ */

static int add_bracket(
	struct walk *walk, uint32_t mark, uint32_t in_file, uint32_t amendment, enum where where, bool open)
{
	struct bracket *bracket = BK_VEC_PUSH(&walk->brackets);

	if (!bracket)
		return bk_fail_memory();
	*bracket = (struct bracket){.mark = mark,
		.in_file = in_file,
		.amendment = amendment,
		.where = (uint8_t)where,
		.open = open};
	return BK_OK;
}

static int list_brackets(struct walk *walk)
{
	const struct bk_amendments *amendments = walk->amendments;
	const struct bk_pairing *base = &amendments->base->pairing, *file = &amendments->pairing;
	uint32_t b = 0, f = 0;
	int status = BK_OK;

	for (uint32_t i = 0; i <= amendments->list.len && status == BK_OK; i++) {
		const struct bk_amendment *amendment =
			i < amendments->list.len ? &amendments->list.items[i] : NULL;

		for (; b < base->marks.len && status == BK_OK &&
			(!amendment || base->marks.items[b].start < amendment->base.start);
			b++, f++) {
			walk->gone_in[b] = BK_NONE;
			if (f < file->marks.len)
				walk->in_file[f] = (uint32_t)walk->brackets.len;
			status = add_bracket(walk, b, f, BK_NONE, KEPT, base->marks.items[b].open);
		}
		for (; amendment && status == BK_OK && b < base->marks.len &&
			base->marks.items[b].start < amendment->base.end;
			b++) {
			walk->gone_in[b] = i;
			status = add_bracket(walk, b, BK_NONE, i, GONE, base->marks.items[b].open);
		}
		for (; amendment && status == BK_OK && f < file->marks.len &&
			file->marks.items[f].start < amendment->file.end;
			f++) {
			walk->in_file[f] = (uint32_t)walk->brackets.len;
			status = add_bracket(walk, f, f, i, NEW, file->marks.items[f].open);
		}
	}
	return status;
}

/* ---- Ties ---------------------------------------------------------------------------------------------- */

static int tie(struct walk *walk, size_t start, size_t end)
{
	struct bk_span *span = BK_VEC_PUSH(&walk->amendments->ties);

	if (!span)
		return bk_fail_memory();
	*span = (struct bk_span){start < end ? start : end, start < end ? end : start};
	return BK_OK;
}

/* All from one amendment to another. */
static int tie_amendments(struct walk *walk, uint32_t a, uint32_t b)
{
	const struct bk_amendment *list = walk->amendments->list.items;
	const uint32_t first = a < b ? a : b, last = a < b ? b : a;

	return tie(walk, list[first].base.start, list[last].base.end);
}

/* A pair of the base of which one end is gone. */
static int tie_half(struct walk *walk, uint32_t mark)
{
	const struct bk_mark *marks = walk->amendments->base->pairing.marks.items;
	const struct bk_mark *partner = &marks[marks[mark].partner];
	const uint32_t in = walk->gone_in[marks[mark].partner];
	const struct bk_span gone = walk->amendments->list.items[in].base;
	const size_t start = marks[mark].start < partner->start ? marks[mark].start : gone.start,
		     end = marks[mark].start < partner->start ? gone.end
							      : marks[mark].start + marks[mark].len;

	return tie(walk, start, end);
}

/* Where a bracket stands in the base, from end to end of what it is in. */
static struct bk_span place_of(const struct walk *walk, const struct bracket *bracket)
{
	const struct bk_mark *mark = &walk->amendments->base->pairing.marks.items[bracket->mark];

	return bracket->where == KEPT ? (struct bk_span){mark->start, mark->start + mark->len}
				      : walk->amendments->list.items[bracket->amendment].base;
}

static int tie_places(struct walk *walk, struct bk_span a, struct bk_span b)
{
	return tie(walk, a.start < b.start ? a.start : b.start, a.end > b.end ? a.end : b.end);
}

/* A bracket that finds no other end between those that are kept, and has one in the version: which of several brackets
 * side by side is the new one cannot be told. */
static int tie_twisted(struct walk *walk, const struct bracket *bracket)
{
	const struct bk_pairing *file = &walk->amendments->pairing;
	const struct bracket *partner;

	if (walk->faulty || bracket->in_file >= file->marks.len ||
		file->marks.items[bracket->in_file].partner == BK_NONE)
		return BK_OK;
	partner = &walk->brackets.items[walk->in_file[file->marks.items[bracket->in_file].partner]];
	return tie_places(walk, place_of(walk, bracket), place_of(walk, partner));
}

/* ---- Braces -------------------------------------------------------------------------------------------- */

/* The amendment that a byte of the base, or of the version, is in; BK_NONE. */
static uint32_t amendment_at(const struct bk_amendments *amendments, size_t offset, bool in_base)
{
	const struct bk_amendment *list = amendments->list.items;
	const size_t i =
		BK_SEARCH(k, amendments->list.len, (in_base ? list[k].base.end : list[k].file.end) <= offset);

	return i < amendments->list.len && (in_base ? list[i].base.start : list[i].file.start) <= offset
		       ? (uint32_t)i
		       : BK_NONE;
}

/* What a brace of the version stands for in the base. */
static struct bk_span place_of_brace(const struct bk_amendments *amendments, const struct bk_mark *mark)
{
	const struct bk_amendment *list = amendments->list.items;
	const uint32_t in = amendment_at(amendments, mark->start, false);
	const size_t i = BK_SEARCH(k, amendments->list.len, list[k].file.end <= mark->start);
	size_t at = mark->start;

	if (in != BK_NONE)
		return list[in].base;
	if (i)
		at = list[i - 1].base.end + (at - list[i - 1].file.end);
	return (struct bk_span){at, at + mark->len};
}

/* A pair of braces of which one end is in an amendment, and the other is not in it. */
static int tie_braces_of(struct walk *walk, const struct bk_pairing *braces, bool in_base)
{
	const struct bk_amendments *amendments = walk->amendments;
	int status = BK_OK;

	for (size_t i = 0; i < braces->marks.len && status == BK_OK; i++) {
		const struct bk_mark *open = &braces->marks.items[i],
				     *close = &braces->marks
						       .items[open->partner == BK_NONE ? i : open->partner];

		if (!open->open || close == open ||
			amendment_at(amendments, open->start, in_base) ==
				amendment_at(amendments, close->start, in_base))
			continue;
		status = in_base ? tie(walk, open->start, close->start + close->len)
				 : tie_places(walk, place_of_brace(amendments, open),
					   place_of_brace(amendments, close));
	}
	return status;
}

static int tie_braces(struct walk *walk)
{
	int status = tie_braces_of(walk, &walk->amendments->base->braces, true);

	return status == BK_OK ? tie_braces_of(walk, &walk->amendments->braces, false) : status;
}

/* ---- Pairs --------------------------------------------------------------------------------------------- */

static int add_pair(struct walk *walk, const struct bracket *open, const struct bracket *close)
{
	struct pair *pair;

	if (open->amendment == close->amendment)
		return BK_OK;
	pair = BK_VEC_PUSH(&walk->pairs);
	if (!pair)
		return bk_fail_memory();
	*pair = (struct pair){.open = open->amendment,
		.close = close->amendment,
		.mark = open->mark,
		.gone = open->where == GONE};
	return BK_OK;
}

/* A bracket that is kept, and its partner is not. */
static bool is_half(const struct walk *walk, const struct bracket *bracket)
{
	const struct bk_mark *mark = &walk->amendments->base->pairing.marks.items[bracket->mark];

	return bracket->where == KEPT && mark->partner != BK_NONE && walk->gone_in[mark->partner] != BK_NONE;
}

static bool is_whole(const struct walk *walk, const struct bracket *bracket)
{
	const struct bk_mark *mark = &walk->amendments->base->pairing.marks.items[bracket->mark];

	return bracket->where == KEPT && mark->partner != BK_NONE && walk->gone_in[mark->partner] == BK_NONE;
}

/* Two that belong together in the version, of which one at least is not what it was. */
static int join_ends(struct walk *walk, const struct bracket *open, const struct bracket *close)
{
	if (open->where == NEW && close->where == NEW)
		return add_pair(walk, open, close);
	return tie_places(walk, place_of(walk, open), place_of(walk, close));
}

static int push(struct walk *walk, uint32_t index)
{
	uint32_t *top = BK_VEC_PUSH(&walk->open);

	if (!top)
		return bk_fail_memory();
	*top = index;
	return BK_OK;
}

static int take_close(struct walk *walk, const struct bracket *close)
{
	const struct bracket *top =
		walk->open.len ? &walk->brackets.items[walk->open.items[walk->open.len - 1]] : NULL;
	int status = BK_OK;

	if (is_whole(walk, close)) {
		/* What opened behind its partner and is open still has no other end. */
		while (status == BK_OK && !is_whole(walk, top)) {
			status = tie_twisted(walk, top);
			walk->open.len--;
			top = &walk->brackets.items[walk->open.items[walk->open.len - 1]];
		}
		walk->open.len--;
		return status;
	}
	if (!top || is_whole(walk, top))
		return tie_twisted(walk, close);
	walk->open.len--;
	return join_ends(walk, top, close);
}

/* Ties for halves, and pairs of which both ends are gone. */
static int take_gone(struct walk *walk, const struct bracket *bracket)
{
	const struct bk_mark *marks = walk->amendments->base->pairing.marks.items;
	const uint32_t partner = marks[bracket->mark].partner;

	if (partner == BK_NONE || !bracket->open || walk->gone_in[partner] == BK_NONE)
		return BK_OK;
	return add_pair(walk, bracket,
		&(struct bracket){.mark = partner, .amendment = walk->gone_in[partner], .where = GONE});
}

static int pair_brackets(struct walk *walk)
{
	int status = BK_OK;

	for (uint32_t i = 0; i < walk->brackets.len && status == BK_OK; i++) {
		const struct bracket *bracket = &walk->brackets.items[i];

		if (bracket->where == GONE) {
			status = take_gone(walk, bracket);
			continue;
		}
		if (bracket->where == KEPT && !is_whole(walk, bracket) && !is_half(walk, bracket))
			continue; /* unmatched in the base */
		if (is_half(walk, bracket))
			status = tie_half(walk, bracket->mark);
		if (status == BK_OK)
			status = bracket->open ? push(walk, i) : take_close(walk, bracket);
	}
	for (size_t i = 0; i < walk->open.len && status == BK_OK; i++)
		status = tie_twisted(walk, &walk->brackets.items[walk->open.items[i]]);
	return status;
}

/* ---- Pairs that stand by themselves -------------------------------------------------------------------- */

static bool is_blank(struct bk_str bytes, size_t start, size_t end)
{
	return bk_token_blanks((struct bk_str){bytes.ptr, end}, start) >= end;
}

static bool is_empty(struct bk_span span)
{
	return span.start == span.end;
}

/* What the own name in brackets that were put in says; brackets alone say that the words are in dispute. */
static uint8_t act_of(const struct bk_shell *shell)
{
	size_t count;
	const struct bk_attribution *names = bk_shell_names(shell, &count);

	return count ? names[0].act : BK_ACT_RESERVE;
}

/* Nothing else may have been put in between the brackets and the words of the base. */
static void judge_put_in(struct walk *walk, struct pair *pair, const struct bk_shell *shell)
{
	const struct bk_amendment *open = &walk->amendments->list.items[pair->open],
				  *close = &walk->amendments->list.items[pair->close];
	const struct bk_str bytes = walk->amendments->bytes;

	pair->opens = (struct bk_span){shell->start, open->file.end};
	pair->closes = (struct bk_span){close->file.start, shell->end};
	pair->act = act_of(shell);
	pair->tied =
		!is_empty(open->base) || !is_empty(close->base) || shell->end > close->file.end ||
		!bk_shell_is_of(shell, walk->amendments->party) ||
		!is_blank(bytes, shell->words.start < open->file.end ? shell->words.start : open->file.end,
			open->file.end) ||
		shell->words.start > bk_token_blanks(bytes, open->file.end) ||
		(shell->words.end > close->file.start &&
			!is_blank(bytes, close->file.start, shell->words.end));
}

/* What gave way to the brackets' end is nothing. */
static void judge_gone(struct walk *walk, struct pair *pair, const struct bk_shell *shell)
{
	const struct bk_amendment *open = &walk->amendments->list.items[pair->open],
				  *close = &walk->amendments->list.items[pair->close];

	pair->opens = (struct bk_span){shell->start, shell->words.start};
	pair->closes = (struct bk_span){shell->words.end, shell->end};
	if (pair->closes.start < close->base.start)
		pair->closes.start = close->base.start; /* the blank before stands */
	if (pair->opens.end > open->base.end)
		pair->opens.end = open->base.end;
	pair->act = BK_ACT_SUPPORT;
	pair->tied = !shell->disputed || !is_empty(open->file) || !is_empty(close->file) ||
		     shell->end > close->base.end ||
		     !is_blank(walk->amendments->base->tokens.bytes, pair->opens.end, shell->words.start) ||
		     !is_blank(walk->amendments->base->tokens.bytes, shell->words.end, pair->closes.start);
}

static int judge_pair(struct walk *walk, struct pair *pair)
{
	struct bk_base *base = walk->amendments->base;
	const struct bk_pairing *pairing = pair->gone ? &base->pairing : &walk->amendments->pairing;
	const struct bk_mark *open = &pairing->marks.items[pair->mark];
	struct bk_shell shell;
	int status;

	if (open->partner == BK_NONE) { /* the version's own faults pair it otherwise */
		pair->tied = true;
		return BK_OK;
	}
	status = bk_shell_read(&shell, pair->gone ? &base->shells : &walk->amendments->shells, open,
		&pairing->marks.items[open->partner]);
	if (status == BK_OK && shell.bracket == BK_NONE)
		pair->tied = true;
	else if (status == BK_OK && pair->gone)
		judge_gone(walk, pair, &shell);
	else if (status == BK_OK)
		judge_put_in(walk, pair, &shell);
	bk_shell_release(&shell);
	return status;
}

static int judge_pairs(struct walk *walk)
{
	int status = BK_OK;

	for (size_t i = 0; i < walk->pairs.len && status == BK_OK; i++) {
		struct pair *pair = &walk->pairs.items[i];

		status = judge_pair(walk, pair);
		if (status == BK_OK && pair->tied)
			status = tie_amendments(walk, pair->open, pair->close);
	}
	return status;
}

/* ---- Notation that words cannot be changed in ---------------------------------------------------------- */

/* The pair of the base whose parentheses an offset may stand in, by its close; BK_NONE. */
static uint32_t pair_before(const struct bk_base *base, size_t offset)
{
	const uint32_t behind = bk_pairing_from(&base->pairing, offset);
	const struct bk_mark *last = behind ? &base->pairing.marks.items[behind - 1] : NULL;
	size_t at;

	if (!last || last->open || last->partner == BK_NONE || offset - last->start > NEAR)
		return BK_NONE;
	at = last->start + last->len;
	while (at < offset && bk_is_blank(base->tokens.bytes.ptr[at]))
		at++;
	return at <= offset && base->tokens.bytes.ptr[at] == '(' ? last->partner : BK_NONE;
}

/* Whether a span may reach into names before the words of a bracket or behind them, as far as that can be told at
 * sight: the ones end with the first colon, the others begin with the last dash. */
static bool may_name(const struct bk_base *base, uint32_t mark, struct bk_span span)
{
	const struct bk_mark *open = &base->pairing.marks.items[mark],
			     *close = &base->pairing.marks.items[open->partner];
	const char *bytes = base->tokens.bytes.ptr;
	const size_t from = open->start + open->len,
		     until = close->start - from < NEAR ? close->start : from + NEAR;
	const char *colon = memchr(bytes + from, ':', until - from);

	if (colon && span.start <= (size_t)(colon - bytes))
		return true;
	for (size_t at = close->start; at > from && at > span.start && close->start - at < NEAR; at--)
		if (bytes[at - 1] == '-' || bytes[at - 1] == '\xE2')
			return span.end >= at;
	return false;
}

/* Tie what changes the notation of a bracket of the base to the whole of it. */
static int tie_notation(struct walk *walk, uint32_t mark, struct bk_span span)
{
	struct bk_base *base = walk->amendments->base;
	const struct bk_mark *open = &base->pairing.marks.items[mark];
	struct bk_shell shell;
	int status = bk_shell_read(&shell, &base->shells, open, &base->pairing.marks.items[open->partner]);

	if (status == BK_OK && (span.start < shell.words.start || span.end > shell.words.end) &&
		span.start < shell.end && span.end > shell.start && shell.bracket != BK_NONE)
		status = tie(walk, shell.start, shell.end);
	bk_shell_release(&shell);
	return status;
}

static int tie_notations(struct walk *walk)
{
	const struct bk_amendments *amendments = walk->amendments;
	const struct bk_base *base = amendments->base;
	int status = BK_OK;

	for (size_t i = 0; i < amendments->list.len && status == BK_OK; i++) {
		const struct bk_span span = amendments->list.items[i].base;
		const uint32_t around = bk_pairing_around(&base->pairing, span.start),
			       before = pair_before(base, span.start);

		if (amendments->list.items[i].kind == BK_AMENDMENT_LAYOUT)
			continue;
		if (around != BK_NONE && base->pairing.marks.items[around].start < span.start &&
			base->pairing.marks.items[base->pairing.marks.items[around].partner].start >=
				span.end &&
			may_name(base, around, span))
			status = tie_notation(walk, around, span);
		if (status == BK_OK && before != BK_NONE)
			status = tie_notation(walk, before, span);
	}
	return status;
}

/* ---- Settling them ------------------------------------------------------------------------------------- */

static int compare_spans(const void *a, const void *b)
{
	const struct bk_span *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end < y->end ? -1 : x->end > y->end;
}

/* What has been looked at in order: from low up to, not with, high. */
struct looked_at {
	size_t low, high;
};

/* A span while it grows. */
struct growing {
	const struct bk_amendments *amendments;
	struct bk_span span;
	struct looked_at brackets, braces, list;
};

static void reach(struct growing *growing, size_t start, size_t end)
{
	if (start < growing->span.start)
		growing->span.start = start;
	if (end > growing->span.end)
		growing->span.end = end;
}

/* No pair of the base has one end in it: look at one more; false when there is none. */
static bool take_mark(struct growing *growing, const struct bk_pairing *pairing, struct looked_at *looked)
{
	const struct bk_mark *marks = pairing->marks.items, *mark;

	if (looked->high < pairing->marks.len && marks[looked->high].start < growing->span.end)
		mark = &marks[looked->high++];
	else if (looked->low > 0 && marks[looked->low - 1].start >= growing->span.start)
		mark = &marks[--looked->low];
	else
		return false;
	if (mark->partner != BK_NONE)
		mark = &marks[mark->partner];
	reach(growing, mark->start, mark->start + mark->len);
	return true;
}

/* Amendments that stand in it, or reach into it, stand for it as a whole. */
static bool take_amendment(struct growing *growing)
{
	const struct bk_amendments *amendments = growing->amendments;
	const struct bk_amendment *list = amendments->list.items, *it;
	struct looked_at *looked = &growing->list;

	if (looked->high < amendments->list.len && list[looked->high].base.start < growing->span.end)
		it = &list[looked->high++];
	else if (looked->low > 0 && list[looked->low - 1].base.end > growing->span.start)
		it = &list[--looked->low];
	else
		return false;
	if (it->kind != BK_AMENDMENT_LAYOUT)
		reach(growing, it->base.start, it->base.end);
	return true;
}

/* Cost: O(log n + what is in the span that comes of it). */
static struct bk_span grow(const struct bk_amendments *amendments, struct bk_span span)
{
	const struct bk_base *base = amendments->base;
	struct growing it = {.amendments = amendments, .span = span};

	it.brackets.low = it.brackets.high = bk_pairing_from(&base->pairing, span.start);
	it.braces.low = it.braces.high = bk_pairing_from(&base->braces, span.start);
	it.list.low = it.list.high =
		BK_SEARCH(k, amendments->list.len, amendments->list.items[k].base.end <= span.start);
	while (take_mark(&it, &base->pairing, &it.brackets) || take_mark(&it, &base->braces, &it.braces) ||
		take_amendment(&it))
		;
	return it.span;
}

/* Grow the ties, and join those that meet, for what comes in between has to do with either.  What touches a
 * tie without being in it stands beside it. */
static void settle_ties(struct bk_amendments *amendments)
{
	struct bk_span *ties = amendments->ties.items;
	size_t kept = 0;

	if (amendments->ties.len)
		qsort(ties, amendments->ties.len, sizeof *ties, compare_spans);
	for (size_t i = 0; i < amendments->ties.len; i++) {
		struct bk_span span;

		if (kept && ties[i].end <= ties[kept - 1].end)
			continue;
		span = grow(amendments, ties[i]);
		for (; kept && ties[kept - 1].end >= span.start; kept--) {
			if (ties[kept - 1].start < span.start)
				span.start = ties[kept - 1].start;
			if (ties[kept - 1].end > span.end)
				span.end = ties[kept - 1].end;
		}
		ties[kept++] = span;
	}
	amendments->ties.len = kept;
}

static bool is_tied(const struct bk_amendments *amendments, uint32_t index)
{
	const struct bk_span span = amendments->list.items[index].base;
	const size_t t = BK_SEARCH(i, amendments->ties.len, amendments->ties.items[i].end < span.end);

	return t < amendments->ties.len && amendments->ties.items[t].start <= span.start;
}

/* A bracket that is cut out of an amendment. */
struct cut {
	uint32_t amendment;
	uint32_t pair;
	struct bk_span span; /* of the version when it was put in, of the base when it is gone */
	bool open;
};

static int compare_cuts(const void *a, const void *b)
{
	const struct cut *x = a, *y = b;

	if (x->amendment != y->amendment)
		return x->amendment < y->amendment ? -1 : 1;
	return x->span.start < y->span.start ? -1 : x->span.start > y->span.start;
}

typedef BK_VEC(struct cut) cut_list;
typedef BK_VEC(struct bk_amendment) amendment_list;

static int list_cuts(const struct walk *walk, cut_list *cuts)
{
	for (uint32_t i = 0; i < walk->pairs.len; i++) {
		const struct pair *pair = &walk->pairs.items[i];
		struct cut *cut;

		if (pair->tied)
			continue;
		if (!BK_VEC_RESERVE(cuts, 2))
			return bk_fail_memory();
		cut = BK_VEC_PUSH(cuts);
		*cut = (struct cut){pair->open, i, pair->opens, true};
		cut = BK_VEC_PUSH(cuts);
		*cut = (struct cut){pair->close, i, pair->closes, false};
	}
	if (cuts->len)
		qsort(cuts->items, cuts->len, sizeof *cuts->items, compare_cuts);
	return BK_OK;
}

/* Whether a cut lies in its amendment, and behind the one before it there. */
static bool can_cut(const struct walk *walk, const struct cut *before, const struct cut *cut)
{
	const struct bk_amendment *whole = &walk->amendments->list.items[cut->amendment];
	const struct bk_span all = walk->pairs.items[cut->pair].gone ? whole->base : whole->file;

	if (before && before->amendment == cut->amendment && before->span.end > cut->span.start)
		return false;
	return all.start <= cut->span.start && cut->span.start < cut->span.end && cut->span.end <= all.end;
}

/* Pairs that cannot be cut out of what they stand in are tied. */
static int tie_uncut(struct walk *walk, bool *again)
{
	cut_list cuts = {0};
	int status = list_cuts(walk, &cuts);

	for (size_t i = 0; i < cuts.len && status == BK_OK; i++) {
		struct pair *pair = &walk->pairs.items[cuts.items[i].pair];

		if (pair->tied || can_cut(walk, i ? &cuts.items[i - 1] : NULL, &cuts.items[i]))
			continue;
		pair->tied = *again = true;
		status = tie_amendments(walk, pair->open, pair->close);
	}
	BK_VEC_RELEASE(&cuts);
	return status;
}

/* A pair with an end in a tie is tied, too. */
static int settle(struct walk *walk)
{
	bool again = true;
	int status = BK_OK;

	while (again && status == BK_OK) {
		again = false;
		settle_ties(walk->amendments);
		for (size_t i = 0; i < walk->pairs.len && status == BK_OK; i++) {
			struct pair *pair = &walk->pairs.items[i];

			if (pair->tied || (!is_tied(walk->amendments, pair->open) &&
						  !is_tied(walk->amendments, pair->close)))
				continue;
			pair->tied = again = true;
			status = tie_amendments(walk, pair->open, pair->close);
		}
		if (status == BK_OK && !again)
			status = tie_uncut(walk, &again);
	}
	return status;
}

/* ---- Cutting amendments -------------------------------------------------------------------------------- */

/* Part of an amendment whose one side is empty: of the other side from start to end.  Of blanks beside brackets that
 * were cut out nobody has a word to say. */
static struct bk_amendment *add_piece(const struct walk *walk, amendment_list *list,
	const struct bk_amendment *whole, size_t start, size_t end, bool of_base)
{
	const struct bk_amendments *amendments = walk->amendments;
	struct bk_amendment *piece = BK_VEC_PUSH(list);

	if (!piece)
		return NULL;
	*piece = *whole;
	*(of_base ? &piece->base : &piece->file) = (struct bk_span){start, end};
	if (whole->partner == BK_NONE &&
		is_blank(of_base ? amendments->base->tokens.bytes : amendments->bytes, start, end)) {
		piece->kind = BK_AMENDMENT_LAYOUT;
		piece->whole = false;
	}
	return piece;
}

static enum bk_amendment_kind kind_of(const struct pair *pair, bool open)
{
	if (pair->gone)
		return open ? BK_AMENDMENT_BARE_OPEN : BK_AMENDMENT_BARE_CLOSE;
	return open ? BK_AMENDMENT_OPEN : BK_AMENDMENT_CLOSE;
}

/* ends: of each pair, the index in the new list of its open, for its close to know. */
static int cut_amendment(const struct walk *walk, const struct bk_amendment *whole, const struct cut *cuts,
	size_t count, amendment_list *list, uint32_t *ends)
{
	const bool of_base = walk->pairs.items[cuts[0].pair].gone;
	const struct bk_span all = of_base ? whole->base : whole->file;
	size_t at = all.start;

	for (size_t i = 0; i < count; i++) {
		const struct pair *pair = &walk->pairs.items[cuts[i].pair];
		struct bk_amendment *piece;

		if (cuts[i].span.start > at && !add_piece(walk, list, whole, at, cuts[i].span.start, of_base))
			return bk_fail_memory();
		piece = add_piece(walk, list, whole, cuts[i].span.start, cuts[i].span.end, of_base);
		if (!piece)
			return bk_fail_memory();
		piece->kind = (uint8_t)kind_of(pair, cuts[i].open);
		piece->act = pair->act;
		piece->whole = false;
		piece->mark = pair->gone ? pair->mark : BK_NONE;
		if (cuts[i].open) {
			ends[cuts[i].pair] = (uint32_t)(list->len - 1);
		} else {
			piece->partner = ends[cuts[i].pair];
			list->items[piece->partner].partner = (uint32_t)(list->len - 1);
		}
		at = cuts[i].span.end;
	}
	if (at < all.end && !add_piece(walk, list, whole, at, all.end, of_base))
		return bk_fail_memory();
	return BK_OK;
}

/* Moved paragraphs know each other by their indexes. */
static void renumber_moves(amendment_list *list, const uint32_t *now)
{
	for (size_t i = 0; i < list->len; i++)
		if (list->items[i].kind == BK_AMENDMENT_WORDS && list->items[i].partner != BK_NONE)
			list->items[i].partner = now[list->items[i].partner];
}

static int cut_amendments(struct walk *walk)
{
	struct bk_amendments *amendments = walk->amendments;
	uint32_t *ends = bk_calloc(walk->pairs.len + 1, sizeof *ends),
		 *now = bk_calloc(amendments->list.len + 1, sizeof *now);
	amendment_list list = {0};
	cut_list cuts = {0};
	int status = ends && now ? list_cuts(walk, &cuts) : bk_fail_memory();

	for (size_t i = 0, c = 0, end; i < amendments->list.len && status == BK_OK; i++, c = end) {
		for (end = c; end < cuts.len && cuts.items[end].amendment == i;)
			end++;
		now[i] = (uint32_t)list.len;
		if (end > c) {
			status = cut_amendment(
				walk, &amendments->list.items[i], &cuts.items[c], end - c, &list, ends);
			continue;
		}
		if (!BK_VEC_RESERVE(&list, 1))
			status = bk_fail_memory();
		else
			*BK_VEC_PUSH(&list) = amendments->list.items[i];
	}
	if (status == BK_OK) {
		renumber_moves(&list, now);
		BK_VEC_RELEASE(&amendments->list);
		memcpy(&amendments->list, &list, sizeof list);
		list = (amendment_list){0};
	}
	BK_VEC_RELEASE(&list);
	BK_VEC_RELEASE(&cuts);
	bk_free(ends);
	bk_free(now);
	return status;
}

static void number_ties(struct bk_amendments *amendments)
{
	size_t t = 0;

	for (size_t i = 0; i < amendments->list.len; i++) {
		struct bk_amendment *amendment = &amendments->list.items[i];

		while (t < amendments->ties.len && amendments->ties.items[t].end < amendment->base.end)
			t++;
		if (t < amendments->ties.len && amendments->ties.items[t].start <= amendment->base.start)
			amendment->tie = (uint32_t)t;
	}
}

/* ---- The door ------------------------------------------------------------------------------------------ */

static size_t count_unmatched(const struct bk_pairing *pairing)
{
	size_t count = 0;

	for (size_t i = 0; i < pairing->marks.len; i++)
		count += pairing->marks.items[i].partner == BK_NONE;
	return count;
}

static bool are_all_listed(const struct walk *walk)
{
	size_t base = 0, file = 0;

	for (size_t i = 0; i < walk->brackets.len; i++) {
		base += walk->brackets.items[i].where != NEW;
		file += walk->brackets.items[i].where != GONE;
	}
	return base == walk->amendments->base->pairing.marks.len &&
	       file == walk->amendments->pairing.marks.len;
}

int bk_amendments_find_brackets(struct bk_amendments *amendments)
{
	struct walk walk = {.amendments = amendments};
	int status;

	walk.gone_in = bk_calloc(amendments->base->pairing.marks.len + 1, sizeof *walk.gone_in);
	walk.in_file = bk_calloc(amendments->pairing.marks.len + 1, sizeof *walk.in_file);
	walk.faulty = count_unmatched(&amendments->pairing) > count_unmatched(&amendments->base->pairing);
	status = walk.gone_in && walk.in_file ? list_brackets(&walk) : bk_fail_memory();
	if (status == BK_OK && !are_all_listed(&walk))
		status = tie(&walk, 0, amendments->base->tokens.bytes.len);
	else if (status == BK_OK)
		status = pair_brackets(&walk);
	if (status == BK_OK)
		status = judge_pairs(&walk);
	if (status == BK_OK)
		status = tie_braces(&walk);
	if (status == BK_OK)
		status = tie_notations(&walk);
	if (status == BK_OK)
		status = settle(&walk);
	if (status == BK_OK)
		status = cut_amendments(&walk);
	if (status == BK_OK)
		number_ties(amendments);
	BK_VEC_RELEASE(&walk.brackets);
	BK_VEC_RELEASE(&walk.open);
	BK_VEC_RELEASE(&walk.pairs);
	bk_free(walk.gone_in);
	bk_free(walk.in_file);
	return status;
}
