/*
 * What one edit of a party did in several places is one decision: it is taken whole, or stands in brackets whole.
 *
 *	base   2. Act.    3. Meet.   4. End.
 *	EU                3. Meet.   4. End.   2. Act.		a paragraph moved: where it stood, where it came
 *	US     2. Act.               4. End.			what touches one of them opposes both
 *
 *	base   Option 1   Pay.   Option 2   Lend.
 *	EU                       Option 2   Lend.		paragraphs side by side that went or came
 *	US     Option 1   Give.  Option 2   Lend.
 *
 *	base   They provide support and finance.
 *	EU     They ensure  action  and reports.		what was replaced, with what changed beside a weak word
 *	US     They provide support and loans.
 *
 * Where all parties changed the base alike, that is taken whatever became of the rest.
 */
#include "compare/merge_place.h"
#include "compare/merge_whole.h"

#include "base/alloc.h"

enum {
	ROUNDS = 8, /* in which moves are found to be opposed by and by, before all are */
	FEW = 2,    /* words between two parts of one clause */
};

int bk_bonds_add(bk_bonds *bonds, uint32_t one, uint32_t other, bool moves)
{
	struct bk_bond *bond = BK_VEC_PUSH(bonds);

	if (!bond)
		return bk_fail_memory();
	*bond = (struct bk_bond){one, other, moves};
	return BK_OK;
}

struct wholes {
	struct bk_merge *merge;
	uint32_t *first; /* of each region: an earlier one of its edit; of the first one itself */
	uint32_t *next;	 /* the next one of its edit, the first one behind the last */
	bk_bonds bonds;
	struct bk_placing_region placing;
};

static uint32_t find_first(const struct wholes *wholes, uint32_t region)
{
	uint32_t *first = wholes->first;

	while (first[region] != region)
		region = first[region] = first[first[region]];
	return region;
}

static void join(struct wholes *wholes, uint32_t one, uint32_t other)
{
	const uint32_t a = find_first(wholes, one), b = find_first(wholes, other), next = wholes->next[a];

	if (a == b)
		return;
	wholes->first[a > b ? a : b] = a > b ? b : a;
	wholes->next[a] = wholes->next[b];
	wholes->next[b] = next;
}

static bool is_beside(struct bk_str bytes, struct bk_span before, struct bk_span behind)
{
	const struct bk_str until = {bytes.ptr, behind.start};

	return before.end <= until.len && bk_token_blanks(until, before.end) == until.len;
}

/* Whether a party did two things as one edit: they stand side by side in both texts, and where they moved came from
 * side by side, too. */
static bool are_one(
	const struct bk_amendments *amendments, const struct bk_amendment *a, const struct bk_amendment *b)
{
	const struct bk_str base = amendments->base->tokens.bytes, file = amendments->bytes;
	const struct bk_amendment *list = amendments->list.items;

	if (!is_beside(base, a->base, b->base) || !is_beside(file, a->file, b->file) ||
		(a->partner == BK_NONE) != (b->partner == BK_NONE))
		return false;
	return a->partner == BK_NONE ||
	       (is_beside(base, list[a->partner].base, list[b->partner].base) &&
		       is_beside(file, list[a->partner].file, list[b->partner].file));
}

/* Whether a party took away the colon that leads to what stands below: "They decide:", with options. */
static bool takes_lead(const struct bk_amendments *amendments, const struct bk_amendment *it)
{
	const struct bk_str base = amendments->base->tokens.bytes;
	const struct bk_span was = bk_token_trim(base, it->base),
			     is = bk_token_trim(amendments->bytes, it->file);

	return it->kind == BK_AMENDMENT_WORDS && was.start < was.end && base.ptr[was.end - 1] == ':' &&
	       (is.start == is.end || amendments->bytes.ptr[is.end - 1] != ':');
}

/* Paragraphs side by side that a party put in or took away, and what led to them. */
static int find_rows(struct wholes *wholes, uint32_t party)
{
	const struct bk_amendments *amendments = &wholes->merge->amendments[party];
	const uint32_t *region_of = wholes->merge->region_of[party];
	uint32_t last = BK_NONE;
	int status = BK_OK;

	for (uint32_t i = 0; i < amendments->list.len && status == BK_OK; i++) {
		const struct bk_amendment *it = &amendments->list.items[i];

		if (it->kind == BK_AMENDMENT_LAYOUT)
			continue;
		if (region_of[i] == BK_NONE || (!it->whole && !takes_lead(amendments, it))) {
			last = BK_NONE;
			continue;
		}
		if (it->whole && last != BK_NONE && are_one(amendments, &amendments->list.items[last], it))
			status = bk_bonds_add(&wholes->bonds, region_of[last], region_of[i], false);
		last = i;
	}
	return status;
}

/* Whether a span of the base holds words that say nothing alone, and no others: "of", "and the". */
static bool is_weak(struct bk_str bytes, struct bk_span span)
{
	static const enum bk_lexicon lists[] = {
		BK_LEXICON_PREPOSITION, BK_LEXICON_DETERMINER, BK_LEXICON_CONJUNCTION};
	const struct bk_str text = {bytes.ptr, span.end};
	bool any = false;

	for (size_t at = span.start, count = 0; (at = bk_token_blanks(text, at)) < span.end; count++) {
		const struct bk_span token = bk_token_next(text, at);
		const struct bk_str word = {bytes.ptr + token.start, token.end - token.start};
		bool is_listed = false;

		for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
			is_listed |= bk_lexicon_has(lists[i], word);
		if (!is_listed || count == FEW)
			return false;
		any = true;
		at = token.end;
	}
	return any;
}

static bool is_empty(struct bk_str bytes, struct bk_span span)
{
	return bk_token_blanks((struct bk_str){bytes.ptr, span.end}, span.start) == span.end;
}

/* Whether words gave way to others. */
static bool are_replaced(const struct bk_amendments *amendments, const struct bk_amendment *it)
{
	return !is_empty(amendments->base->tokens.bytes, it->base) && !is_empty(amendments->bytes, it->file);
}

static bool are_in_one_paragraph(
	const struct bk_tokens *tokens, const struct bk_amendment *a, const struct bk_amendment *b)
{
	const size_t behind =
		BK_SEARCH(i, tokens->paragraphs.len, tokens->paragraphs.items[i].start <= a->base.start);

	return behind == tokens->paragraphs.len || b->base.start < tokens->paragraphs.items[behind].start;
}

/* A clause that was written anew but for a weak word in its midst. */
static int find_clauses(struct wholes *wholes, uint32_t party)
{
	const struct bk_amendments *amendments = &wholes->merge->amendments[party];
	const uint32_t *region_of = wholes->merge->region_of[party];
	uint32_t last = BK_NONE;
	int status = BK_OK;

	for (uint32_t i = 0; i < amendments->list.len && status == BK_OK; i++) {
		const struct bk_amendment *it = &amendments->list.items[i],
					  *before = last == BK_NONE ? NULL : &amendments->list.items[last];

		if (it->kind == BK_AMENDMENT_LAYOUT)
			continue;
		if (it->kind != BK_AMENDMENT_WORDS || it->whole || region_of[i] == BK_NONE) {
			last = BK_NONE;
			continue;
		}
		if (before && (are_replaced(amendments, before) || are_replaced(amendments, it)) &&
			are_in_one_paragraph(&amendments->base->tokens, before, it) &&
			is_weak(amendments->base->tokens.bytes,
				(struct bk_span){before->base.end, it->base.start}))
			status = bk_bonds_add(&wholes->bonds, region_of[last], region_of[i], false);
		last = i;
	}
	return status;
}

static int find_bonds(struct wholes *wholes)
{
	struct bk_merge *merge = wholes->merge;
	int status = bk_merge_find_numbers(merge, &wholes->bonds);

	for (size_t i = 0; i < merge->moves.len && status == BK_OK; i++)
		status = bk_bonds_add(
			&wholes->bonds, merge->moves.items[i].source, merge->moves.items[i].target, true);
	for (uint32_t p = 0; p < merge->count && status == BK_OK; p++) {
		status = find_rows(wholes, p);
		if (status == BK_OK)
			status = find_clauses(wholes, p);
	}
	if (status == BK_OK)
		status = bk_merge_find_swaps(merge, &wholes->bonds);
	if (status == BK_OK)
		status = bk_merge_find_notes(merge, &wholes->bonds);
	if (status == BK_OK)
		status = bk_merge_find_joined(merge, &wholes->bonds);
	return status == BK_OK ? bk_merge_find_rewritten(merge, &wholes->bonds) : status;
}

static int join_edits(struct wholes *wholes)
{
	struct bk_merge *merge = wholes->merge;
	const size_t count = merge->regions.list.len;
	int status = find_bonds(wholes);

	wholes->first = bk_arena_array(&merge->arena, count + 1, sizeof *wholes->first);
	wholes->next = bk_arena_array(&merge->arena, count + 1, sizeof *wholes->next);
	if (!wholes->first || !wholes->next)
		return bk_fail_memory();
	for (uint32_t i = 0; i < count; i++)
		wholes->first[i] = wholes->next[i] = i;
	for (size_t i = 0; i < wholes->bonds.len; i++)
		join(wholes, wholes->bonds.items[i].one, wholes->bonds.items[i].other);
	return status;
}

/* Whether all who claim a region claim another one; claims are by party, of one perhaps many. */
static bool has_parties_of(
	const struct bk_merge *merge, const struct bk_region *it, const struct bk_region *of)
{
	const struct bk_claim *claims = merge->regions.claims.items, *own = claims + it->first,
			      *wanted = claims + of->first;

	for (uint32_t k = 0; k < of->count;) {
		const uint32_t party = wanted[k].party;
		const size_t at = BK_SEARCH(i, it->count, own[i].party < party);

		if (at == it->count || own[at].party != party)
			return false;
		k = (uint32_t)BK_SEARCH(i, of->count, wanted[i].party <= party);
	}
	return true;
}

/* Who moves words that others strike, or move elsewhere, is opposed. */
static void oppose_moves(struct wholes *wholes)
{
	struct bk_merge *merge = wholes->merge;

	for (size_t i = 0; i < wholes->bonds.len; i++) {
		const struct bk_bond *bond = &wholes->bonds.items[i];
		struct bk_region *one = &merge->regions.list.items[bond->one],
				 *other = &merge->regions.list.items[bond->other];

		if (bond->moves && (!has_parties_of(merge, one, other) || !has_parties_of(merge, other, one)))
			one->touched = other->touched = true;
	}
}

/* An edit, whose first region this is, is opposed where any part of it is; its numbers follow, but for those that
 * another party gives to another paragraph. */
static int decide(struct wholes *wholes, uint32_t first)
{
	struct bk_region *list = wholes->merge->regions.list.items;
	bool taken = true;
	uint32_t i = first;
	int status = BK_OK;

	do {
		if (list[i].is_number)
			taken = !list[i].touched;
		else
			status = bk_place_look(&wholes->placing, &list[i], &taken);
		i = wholes->next[i];
	} while (i != first && taken && status == BK_OK);
	if (status != BK_OK || taken)
		return status;
	i = first;
	do {
		list[i].touched = true;
		i = wholes->next[i];
	} while (i != first);
	return BK_OK;
}

static int decide_all(struct wholes *wholes)
{
	const size_t count = wholes->merge->regions.list.len;
	int status = bk_merge_find_rounds(wholes->merge);

	for (uint32_t i = 0; i < count && status == BK_OK; i++)
		if (wholes->first[i] == i && wholes->next[i] != i)
			status = decide(wholes, i);
	return status;
}

int bk_merge_find_wholes(struct bk_merge *merge)
{
	struct wholes wholes = {.merge = merge, .placing.merge = merge};
	bool changed = true;
	int status = join_edits(&wholes);

	if (status == BK_OK)
		oppose_moves(&wholes);
	for (int round = 0; changed && status == BK_OK; round++) {
		status = decide_all(&wholes);
		changed = bk_merge_bracket_moves(merge, round == ROUNDS);
	}
	bk_placing_release(&wholes.placing);
	BK_VEC_RELEASE(&wholes.bonds);
	return status;
}
