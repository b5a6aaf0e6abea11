/*
 * Paragraphs that moved.  In brackets one is to go where it stood, and is proposed where it came:
 *
 *	[EU delete: 3. Parties shall report.]  ...  [EU: 3. Parties shall report.]
 *
 * Where the move is taken, and others changed words of the paragraph, it takes these with it: the events
 * inside of it are written where it came.  One with another label where it came has moved as well, but nothing
 * that others changed goes with it.
 */
#include "compare/merge_private.h"

#include "base/alloc.h"
#include "base/map.h"

enum { LEAST = 24 }; /* bytes of words that are known again under another label */

static bool moves(const struct bk_amendment *amendment)
{
	return amendment->kind == BK_AMENDMENT_WORDS && amendment->partner != BK_NONE &&
	       amendment->base.start == amendment->base.end;
}

/* Whether nobody else speaks of where it stood and where it came, but for words inside. */
static bool is_taken(
	const struct bk_merge *merge, const struct bk_region *source, const struct bk_region *target)
{
	return merge->options.unopposed && source->count == 1 && target->count == 1 && source->around &&
	       source->kind == BK_CLAIM_DELETION && !target->around;
}

/* Of a move that is taken. */
static void tell_regions(struct bk_merge *merge, struct bk_move *move, uint32_t index)
{
	struct bk_region *source = &merge->regions.list.items[move->source],
			 *target = &merge->regions.list.items[move->target];

	move->taken = is_taken(merge, source, target);
	if (!move->taken)
		return;
	source->goes = index;
	target->comes = index;
}

static struct bk_move *add_move(struct bk_merge *merge, uint32_t party, uint32_t from, uint32_t to)
{
	const uint32_t *regions = merge->region_of[party];
	struct bk_move *move = BK_VEC_PUSH(&merge->moves);

	if (!move)
		return NULL;
	*move = (struct bk_move){
		.party = party, .amendment = to, .source = regions[from], .target = regions[to]};
	return move;
}

static int find_moves_of(struct bk_merge *merge, uint32_t party)
{
	const struct bk_amendments *amendments = &merge->amendments[party];
	const uint32_t *regions = merge->region_of[party];

	for (uint32_t i = 0; i < amendments->list.len; i++) {
		const struct bk_amendment *amendment = &amendments->list.items[i];
		struct bk_move *move;

		if (!moves(amendment) || regions[i] == BK_NONE || regions[amendment->partner] == BK_NONE)
			continue;
		move = add_move(merge, party, amendment->partner, i);
		if (!move)
			return bk_fail_memory();
		tell_regions(merge, move, (uint32_t)(merge->moves.len - 1));
	}
	return BK_OK;
}

/* Whether a whole paragraph went, or came, alone and was not known again as it is; its words behind its label. */
static bool is_lone(
	const struct bk_merge *merge, uint32_t party, uint32_t index, bool went, struct bk_str *words)
{
	const struct bk_amendment *it = &merge->amendments[party].list.items[index];
	const struct bk_span nothing = went ? it->file : it->base;

	if (it->kind != BK_AMENDMENT_WORDS || !it->whole || it->partner != BK_NONE ||
		nothing.start != nothing.end || merge->region_of[party][index] == BK_NONE)
		return false;
	*words = went ? bk_merge_behind(merge->base.tokens.bytes, it->base)
		      : bk_merge_behind(merge->amendments[party].bytes, it->file);
	return words->len >= LEAST;
}

/* Those that have another label where they came; the first of several that say the same. */
static int find_relabelled(struct bk_merge *merge, uint32_t party)
{
	struct bk_map gone = BK_MAP_INIT;
	const uint32_t count = (uint32_t)merge->amendments[party].list.len;
	struct bk_str words;
	size_t *from;
	int status = BK_OK;

	for (uint32_t i = 0; i < count && status == BK_OK; i++)
		if (is_lone(merge, party, i, true, &words) && !bk_map_slot(&gone, words, i))
			status = bk_fail_memory();
	for (uint32_t i = 0; i < count && status == BK_OK && gone.count; i++) {
		size_t known;
		struct bk_move *move;

		if (!is_lone(merge, party, i, false, &words) || !bk_map_get(&gone, words, &known) ||
			known == BK_NONE)
			continue;
		from = bk_map_slot(&gone, words, known);
		move = from ? add_move(merge, party, (uint32_t)known, i) : NULL;
		if (!move) {
			status = bk_fail_memory();
			continue;
		}
		*from = BK_NONE;
	}
	bk_map_release(&gone);
	return status;
}

/* Which region each amendment is that stands alone in its claim. */
static int list_regions(struct bk_merge *merge)
{
	merge->region_of = bk_arena_array(&merge->arena, merge->count + 1, sizeof *merge->region_of);
	if (!merge->region_of)
		return bk_fail_memory();
	for (uint32_t p = 0; p < merge->count; p++) {
		const size_t count = merge->amendments[p].list.len;

		merge->region_of[p] = bk_arena_array(&merge->arena, count + 1, sizeof **merge->region_of);
		if (!merge->region_of[p])
			return bk_fail_memory();
		memset(merge->region_of[p], 0xFF, (count + 1) * sizeof **merge->region_of); /* BK_NONE */
	}
	for (size_t i = 0; i < merge->regions.claims.len; i++) {
		const struct bk_claim *claim = &merge->regions.claims.items[i];

		if (claim->last == claim->first + 1)
			merge->region_of[claim->party][claim->first] = claim->region;
	}
	return BK_OK;
}

int bk_merge_find_moves(struct bk_merge *merge)
{
	int status = list_regions(merge);

	for (uint32_t p = 0; p < merge->count && status == BK_OK; p++) {
		status = find_moves_of(merge, p);
		if (status == BK_OK)
			status = find_relabelled(merge, p);
	}
	return status;
}

bool bk_merge_bracket_moves(struct bk_merge *merge, bool all)
{
	bool any = false;

	for (size_t i = 0; i < merge->moves.len; i++) {
		struct bk_move *move = &merge->moves.items[i];
		struct bk_region *source = &merge->regions.list.items[move->source],
				 *target = &merge->regions.list.items[move->target];

		if (!move->taken || (!all && !source->touched && !target->touched))
			continue;
		source->goes = target->comes = BK_NONE;
		move->taken = false;
		any = true;
	}
	return any;
}

/* The proposal of a party for a region, or NULL. */
static struct bk_merge_proposal *proposal_of(struct bk_merge *merge, uint32_t region, uint32_t party)
{
	const struct bk_region *it = &merge->regions.list.items[region];

	for (uint32_t i = it->proposal; i < merge->placed.proposals.len && i < it->proposal_end; i++)
		if (merge->placed.proposals.items[i].party == party)
			return &merge->placed.proposals.items[i];
	return NULL;
}

void bk_merge_tell_moves(struct bk_merge *merge)
{
	for (size_t i = 0; i < merge->moves.len; i++) {
		const struct bk_move *move = &merge->moves.items[i];
		struct bk_merge_proposal *source = proposal_of(merge, move->source, move->party),
					 *target = proposal_of(merge, move->target, move->party);

		if (!source || !target || target->place == BK_NONE || source->place == BK_NONE)
			continue;
		source->act = BK_MERGE_MOVE;
		source->file = bk_token_trim(merge->amendments[move->party].bytes,
			merge->amendments[move->party].list.items[move->amendment].file);
		if (merge->regions.list.items[move->target].count > 1)
			continue; /* it came with others */
		target->act = BK_MERGE_MOVE;
		target->base = source->base;
		target->source = source->place;
	}
}

/* ---- One place ----------------------------------------------------------------------------------------- */

/* Whether a place has brackets of its own, and all proposals there move a paragraph: away, or here from the same
 * place, which *from is then. */
static bool is_end_of_move(const struct bk_merge *merge, size_t place, size_t first, uint32_t *from)
{
	const struct bk_merge_place *it = &merge->placed.places.items[place];

	*from = merge->placed.proposals.items[first].source;
	if (!it->bracketed || bk_merge_shares_brackets(merge, place) ||
		(place + 1 < merge->placed.places.len && bk_merge_shares_brackets(merge, place + 1)))
		return false;
	for (size_t i = first; i < first + it->proposal_count; i++)
		if (merge->placed.proposals.items[i].act != BK_MERGE_MOVE ||
			merge->placed.proposals.items[i].source != *from)
			return false;
	return true;
}

int bk_merge_pair_moves(struct bk_merge *merge)
{
	const size_t count = merge->placed.places.len;
	/* How many moved from there and are not found where they came; SIZE_MAX: it is no end of a move. */
	size_t *away = bk_calloc(count + 1, sizeof *away);
	uint32_t from;

	if (!away)
		return bk_fail_memory();
	for (size_t i = 0, first = 0; i < count; first += merge->placed.places.items[i++].proposal_count)
		away[i] = is_end_of_move(merge, i, first, &from) && from == BK_NONE
				  ? merge->placed.places.items[i].proposal_count
				  : SIZE_MAX;
	for (size_t i = 0, first = 0; i < count; first += merge->placed.places.items[i++].proposal_count) {
		struct bk_merge_place *it = &merge->placed.places.items[i];

		it->from = BK_NONE;
		if (!is_end_of_move(merge, i, first, &from) || from == BK_NONE || away[from] == SIZE_MAX)
			continue;
		it->from = from;
		away[from] -= it->proposal_count;
	}
	for (size_t i = 0; i < count; i++)
		if (merge->placed.places.items[i].from != BK_NONE &&
			away[merge->placed.places.items[i].from] != 0)
			merge->placed.places.items[i].from = BK_NONE;
	bk_free(away);
	return BK_OK;
}
