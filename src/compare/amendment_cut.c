/* Amendments that went as one, and those cut where brackets, or ends of far ones, stand by themselves. */
#include "base/alloc.h"
#include "compare/amendment_private.h"

#include <stdlib.h>

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

static int list_cuts(const bk_bracket_pairs *pairs, cut_list *cuts)
{
	for (uint32_t i = 0; i < pairs->len; i++) {
		const struct bk_bracket_pair *pair = &pairs->items[i];
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
static bool can_cut(const struct bk_amendments *amendments, const bk_bracket_pairs *pairs,
	const struct cut *before, const struct cut *cut)
{
	const struct bk_amendment *whole = &amendments->list.items[cut->amendment];
	const struct bk_span all = pairs->items[cut->pair].gone ? whole->base : whole->file;

	if (before && before->amendment == cut->amendment && before->span.end > cut->span.start)
		return false;
	return all.start <= cut->span.start && cut->span.start < cut->span.end && cut->span.end <= all.end;
}

int bk_amendments_tie_uncut(struct bk_amendments *amendments, bk_bracket_pairs *pairs, bool *again)
{
	cut_list cuts = {0};
	int status = list_cuts(pairs, &cuts);

	for (size_t i = 0; i < cuts.len && status == BK_OK; i++) {
		struct bk_bracket_pair *pair = &pairs->items[cuts.items[i].pair];

		if (pair->tied || can_cut(amendments, pairs, i ? &cuts.items[i - 1] : NULL, &cuts.items[i]))
			continue;
		pair->tied = *again = true;
		status = bk_amendments_tie_from_to(amendments, pair->open, pair->close);
	}
	BK_VEC_RELEASE(&cuts);
	return status;
}

/* Moved paragraphs know each other by their indexes. */
static void renumber_moves(struct bk_amendment *list, size_t count, const uint32_t *now)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].kind == BK_AMENDMENT_WORDS && list[i].partner != BK_NONE)
			list[i].partner = now[list[i].partner];
}

/* In place of the list before; now: where each of that stands. */
static void take_list(struct bk_amendments *amendments, amendment_list *list, const uint32_t *now)
{
	renumber_moves(list->items, list->len, now);
	BK_VEC_RELEASE(&amendments->list);
	memcpy(&amendments->list, list, sizeof *list);
	*list = (amendment_list){0};
}

/* ---- Joining ------------------------------------------------------------------------------------------- */

static bool went_with(const struct bk_amendment *before, const struct bk_amendment *it)
{
	return before->base.end == it->base.start && before->base.start < before->base.end &&
	       before->file.start == before->file.end && it->file.start == it->file.end &&
	       before->partner == BK_NONE && it->partner == BK_NONE;
}

/* The last amendment, at or behind `last`, that went with this one and has the other end of a bracket in it. */
static size_t last_joined(const struct bk_amendments *amendments, size_t index, size_t last, size_t run_end)
{
	const struct bk_pairing *pairing = &amendments->base->pairing;
	const struct bk_amendment *list = amendments->list.items;

	for (uint32_t m = bk_pairing_from(pairing, list[index].base.start);
		m < pairing->marks.len && pairing->marks.items[m].start < list[index].base.end; m++) {
		const struct bk_mark *mark = &pairing->marks.items[m];

		if (!mark->open || mark->partner == BK_NONE)
			continue;
		while (last + 1 < run_end &&
			pairing->marks.items[mark->partner].start >= list[last].base.end &&
			pairing->marks.items[mark->partner].start < list[run_end - 1].base.end)
			last++;
	}
	return last;
}

int bk_amendments_join_gone(struct bk_amendments *amendments)
{
	struct bk_amendment *list = amendments->list.items;
	uint32_t *now = bk_calloc(amendments->list.len + 1, sizeof *now);
	size_t kept = 0, run_end = 0, joined = 0;

	if (!now)
		return bk_fail_memory();
	for (size_t i = 0; i < amendments->list.len; i++) {
		const bool goes_on = i && i <= joined;

		if (i >= run_end)
			for (run_end = i + 1; run_end < amendments->list.len &&
					      went_with(&list[run_end - 1], &list[run_end]);)
				run_end++;
		if (run_end > i + 1)
			joined = last_joined(amendments, i, i > joined ? i : joined, run_end);
		if (goes_on)
			list[kept - 1].base.end = list[i].base.end;
		else
			list[kept++] = list[i];
		now[i] = (uint32_t)(kept - 1);
	}
	amendments->list.len = kept;
	renumber_moves(list, kept, now);
	bk_free(now);
	return BK_OK;
}

/* ---- Halves -------------------------------------------------------------------------------------------- */

/* What came in place of all stands in place of what is before the first half. */
static int add_before_half(const struct bk_amendments *amendments, amendment_list *list,
	const struct bk_amendment *whole, size_t start, size_t end, bool first)
{
	struct bk_amendment *piece;

	if (start == end && !(first && whole->file.start < whole->file.end))
		return BK_OK;
	piece = BK_VEC_PUSH(list);
	if (!piece)
		return bk_fail_memory();
	*piece = *whole;
	piece->whole = false;
	piece->partner = BK_NONE;
	piece->base = (struct bk_span){start, end};
	if (!first)
		piece->file.start = whole->file.end;
	if (piece->file.start == piece->file.end &&
		bk_part_is_blank(amendments->base->tokens.bytes, start, end))
		piece->kind = BK_AMENDMENT_LAYOUT;
	return BK_OK;
}

static int cut_halves_of(const struct bk_amendments *amendments, const bool *halves,
	const struct bk_amendment *whole, amendment_list *list)
{
	const struct bk_pairing *pairing = &amendments->base->pairing;
	size_t at = whole->base.start;
	bool first = true;
	int status = BK_OK;

	for (uint32_t m = bk_pairing_from(pairing, at);
		m < pairing->marks.len && status == BK_OK && pairing->marks.items[m].start < whole->base.end;
		m++) {
		const struct bk_mark *mark = &pairing->marks.items[m];
		struct bk_amendment *half;

		if (!halves[m])
			continue;
		status = add_before_half(amendments, list, whole, at, mark->start, first);
		half = status == BK_OK ? BK_VEC_PUSH(list) : NULL;
		if (!half)
			return bk_fail_memory();
		at = mark->start + mark->len;
		*half = *whole;
		half->kind = BK_AMENDMENT_HALF;
		half->whole = false;
		half->partner = BK_NONE;
		half->base = (struct bk_span){mark->start, at};
		half->file.start = whole->file.end;
		first = false;
	}
	return status == BK_OK ? add_before_half(amendments, list, whole, at, whole->base.end, first)
			       : status;
}

static bool has_half(const struct bk_amendments *amendments, const bool *halves, struct bk_span base)
{
	const struct bk_pairing *pairing = &amendments->base->pairing;
	uint32_t m = bk_pairing_from(pairing, base.start);

	while (m < pairing->marks.len && pairing->marks.items[m].start < base.end && !halves[m])
		m++;
	return m < pairing->marks.len && pairing->marks.items[m].start < base.end;
}

int bk_amendments_cut_halves(struct bk_amendments *amendments, const bool *halves)
{
	uint32_t *now = bk_calloc(amendments->list.len + 1, sizeof *now);
	amendment_list list = {0};
	int status = now ? BK_OK : bk_fail_memory();

	/* A paragraph that loses a half on its way is one that went and one that came. */
	for (size_t i = 0; i < amendments->list.len && status == BK_OK; i++) {
		struct bk_amendment *it = &amendments->list.items[i];

		if (it->partner != BK_NONE && has_half(amendments, halves, it->base)) {
			amendments->list.items[it->partner].partner = BK_NONE;
			it->partner = BK_NONE;
		}
	}
	for (size_t i = 0; i < amendments->list.len && status == BK_OK; i++) {
		const struct bk_amendment *it = &amendments->list.items[i];

		now[i] = (uint32_t)list.len;
		if (has_half(amendments, halves, it->base))
			status = cut_halves_of(amendments, halves, it, &list);
		else if (!BK_VEC_RESERVE(&list, 1))
			status = bk_fail_memory();
		else
			*BK_VEC_PUSH(&list) = *it;
	}
	if (status == BK_OK)
		take_list(amendments, &list, now);
	BK_VEC_RELEASE(&list);
	bk_free(now);
	return status;
}

/* ---- Cutting amendments -------------------------------------------------------------------------------- */

/* Part of an amendment whose one side is empty: of the other side from start to end.  Of blanks beside brackets that
 * were cut out nobody has a word to say. */
static struct bk_amendment *add_piece(const struct bk_amendments *amendments, amendment_list *list,
	const struct bk_amendment *whole, size_t start, size_t end, bool of_base)
{
	struct bk_amendment *piece = BK_VEC_PUSH(list);

	if (!piece)
		return NULL;
	*piece = *whole;
	*(of_base ? &piece->base : &piece->file) = (struct bk_span){start, end};
	if (whole->partner == BK_NONE &&
		bk_part_is_blank(of_base ? amendments->base->tokens.bytes : amendments->bytes, start, end)) {
		piece->kind = BK_AMENDMENT_LAYOUT;
		piece->whole = false;
	}
	return piece;
}

static enum bk_amendment_kind kind_of(const struct bk_bracket_pair *pair, bool open)
{
	if (pair->gone)
		return open ? BK_AMENDMENT_BARE_OPEN : BK_AMENDMENT_BARE_CLOSE;
	return open ? BK_AMENDMENT_OPEN : BK_AMENDMENT_CLOSE;
}

/* ends: of each pair, the index in the new list of its open, for its close to know. */
static int cut_amendment(const struct bk_amendments *amendments, const bk_bracket_pairs *pairs,
	const struct bk_amendment *whole, const struct cut *cuts, size_t count, amendment_list *list,
	uint32_t *ends)
{
	const bool of_base = pairs->items[cuts[0].pair].gone;
	const struct bk_span all = of_base ? whole->base : whole->file;
	size_t at = all.start;

	for (size_t i = 0; i < count; i++) {
		const struct bk_bracket_pair *pair = &pairs->items[cuts[i].pair];
		struct bk_amendment *piece;

		if (cuts[i].span.start > at &&
			!add_piece(amendments, list, whole, at, cuts[i].span.start, of_base))
			return bk_fail_memory();
		piece = add_piece(amendments, list, whole, cuts[i].span.start, cuts[i].span.end, of_base);
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
	if (at < all.end && !add_piece(amendments, list, whole, at, all.end, of_base))
		return bk_fail_memory();
	return BK_OK;
}

int bk_amendments_cut(struct bk_amendments *amendments, const bk_bracket_pairs *pairs)
{
	uint32_t *ends = bk_calloc(pairs->len + 1, sizeof *ends),
		 *now = bk_calloc(amendments->list.len + 1, sizeof *now);
	amendment_list list = {0};
	cut_list cuts = {0};
	int status = ends && now ? list_cuts(pairs, &cuts) : bk_fail_memory();

	for (size_t i = 0, c = 0, end; i < amendments->list.len && status == BK_OK; i++, c = end) {
		for (end = c; end < cuts.len && cuts.items[end].amendment == i;)
			end++;
		now[i] = (uint32_t)list.len;
		if (end > c) {
			status = cut_amendment(amendments, pairs, &amendments->list.items[i], &cuts.items[c],
				end - c, &list, ends);
			continue;
		}
		if (!BK_VEC_RESERVE(&list, 1))
			status = bk_fail_memory();
		else
			*BK_VEC_PUSH(&list) = amendments->list.items[i];
	}
	if (status == BK_OK)
		take_list(amendments, &list, now);
	BK_VEC_RELEASE(&list);
	BK_VEC_RELEASE(&cuts);
	bk_free(ends);
	bk_free(now);
	return status;
}
