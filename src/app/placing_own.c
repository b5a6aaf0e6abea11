/* Which brackets are those of a place, and settling them together. */
#include "app/placing_private.h"

#include "base/error.h"
#include "draft/changes.h"
#include "draft/settle.h"

#include <string.h>

/* ---- Which ones ---------------------------------------------------------------------------------------- */

/* Whether a bracket that disputes nothing, as a word that looks like a placeholder, is one of the merge's. */
static bool takes_part(
	const bk_placing *placing, const struct bk_placing_place *place, const struct bk_bracket *bracket)
{
	return placing->exact ? bk_proof_origin(placing->proof, bracket->start) == BK_NOWHERE
			      : bk_str_equal(bk_str_trim(bk_placing_words(placing->issued, bracket->text)),
					bk_placing_base(placing, place));
}

static int add_own(struct bk_placing *placing, struct bk_placing_place *place, uint32_t bracket)
{
	struct bk_placing_bracket *own = BK_VEC_PUSH(&placing->own);

	if (!own)
		return bk_fail_memory();
	if (!placing->owned[bracket])
		placing->owned[bracket] = placing->own.len;
	*own = (struct bk_placing_bracket){.issued = bracket,
		.now = BK_NONE,
		.of_base = bk_placing_is_untouched(placing, place, bracket)};
	place->own_count++;
	return BK_OK;
}

/* Where places end that lie in the span of another one and begin up to an offset. */
struct inner {
	const struct bk_proof_place *all;
	size_t next, count;
	size_t end;
};

static void pass_inner(struct inner *inner, struct bk_span span, size_t offset)
{
	for (; inner->next < inner->count && inner->all[inner->next].out.span.start <= offset;
		inner->next++) {
		const struct bk_proof_place *it = &inner->all[inner->next];
		const bool same = it->out.span.start == span.start && it->out.span.end == span.end;

		if (it->bracketed && !same && it->out.span.end <= span.end && it->out.span.end > inner->end)
			inner->end = it->out.span.end;
	}
}

/*
 * The outermost brackets of a span; without those of other places beside them in it:
 *
 *	[9][EU: 12]. [US delete: Parties report]
 *	+---------+  a place of the EU's
 *	+--------------------------------------+  and one of the US, whose bracket is the last
 */
static int add_outermost(struct bk_placing *placing, struct bk_span span, struct bk_placing_place *place,
	bool apart, bool disputed)
{
	size_t count, place_count;
	const struct bk_bracket *all = bk_draft_brackets(placing->issued, &count);
	const struct bk_proof_place *places = bk_proof_places(placing->proof, &place_count);
	struct inner inner = {
		.all = places, .next = place->first + place->count, .count = apart ? place_count : 0};
	size_t end = span.start; /* braces are matched apart: one in a bracket is not its child */
	int status = BK_OK;

	for (uint32_t i = bk_draft_bracket_from(placing->issued, span.start);
		i < count && all[i].start < span.end && status == BK_OK; i++) {
		const uint32_t parent = all[i].parent;
		const bool outer =
			parent == BK_NONE || all[parent].start < span.start || all[parent].end > span.end;

		pass_inner(&inner, span, all[i].start);
		if (!outer || all[i].start < end || all[i].end > span.end || all[i].end <= inner.end)
			continue;
		end = all[i].end;
		if (disputed ? all[i].class == BK_CLASS_DISPUTED || takes_part(placing, place, &all[i])
			     : all[i].class != BK_CLASS_DISPUTED)
			status = add_own(placing, place, i);
	}
	return status;
}

static bool bears(const struct bk_placing_names *names, uint32_t bracket, const char *party)
{
	size_t count;
	const struct bk_attribution *all = bk_placing_names_beside(names, bracket, &count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(all[i].party, party) == 0)
			return true;
	return false;
}

static bool is_listed(
	const struct bk_placing *placing, const struct bk_placing_place *place, uint32_t bracket)
{
	for (size_t i = 0; i < place->own_count; i++)
		if (placing->own.items[place->own + i].issued == bracket)
			return true;
	return false;
}

/* The innermost bracket round an offset of some words that bears a name, which the merge put there: one among the
 * words is what they say. */
static int add_named(struct bk_placing *placing, struct bk_placing_place *place, size_t offset,
	struct bk_span words, const char *party)
{
	size_t count;
	const struct bk_bracket *all = bk_draft_brackets(placing->issued, &count);
	uint32_t at = bk_draft_bracket_at(placing->issued, offset);

	while (at != BK_NONE && ((all[at].start >= words.start && all[at].end <= words.end) ||
					!bears(&placing->issued_names, at, party) ||
					bk_placing_is_untouched(placing, place, at)))
		at = all[at].parent;
	return at == BK_NONE || is_listed(placing, place, at) ? BK_OK : add_own(placing, place, at);
}

/* Where other places have all that is in the span, as the alternatives to a bracket that somebody supports: the
 * brackets that say who wants what. */
static int add_all_named(struct bk_placing *placing, struct bk_placing_place *place)
{
	size_t count, place_count;
	const struct bk_proof_place *places = bk_proof_places(placing->proof, &place_count);
	const struct bk_proof_proposal *all = bk_proof_proposals(placing->proof, &count);
	const char *const *parties = bk_proof_parties(placing->proof, &count);
	int status = BK_OK;

	for (size_t i = place->first; i < place->first + place->count; i++)
		for (size_t k = 0; k < places[i].proposal_count && status == BK_OK; k++) {
			const struct bk_proof_proposal *one = &all[places[i].first + k];
			const size_t before = place->own_count;

			status = add_named(
				placing, place, one->out.span.start, one->out.span, parties[one->party]);
			if (status == BK_OK && place->own_count == before && one->out.span.end > 0)
				status = add_named(placing, place, one->out.span.end - 1, one->out.span,
					parties[one->party]);
		}
	return status;
}

/* Whether somebody who proposes something at a place is named beside a bracket. */
static bool bears_any(
	const struct bk_placing *placing, const struct bk_placing_place *place, uint32_t bracket)
{
	size_t count;
	const struct bk_attribution *all = bk_placing_names_beside(&placing->issued_names, bracket, &count);

	for (size_t i = 0; i < count; i++)
		if (bk_placing_is_proposer(placing, place, all[i].party))
			return true;
	return false;
}

/* Whether all that there is is one bracket round the place, by which others want something else:
 * `[EU delete: [US support: text]]`. */
static bool is_round(const struct bk_placing *placing, const struct bk_placing_place *place)
{
	uint32_t bracket;

	if (place->own_count != 1)
		return false;
	bracket = placing->own.items[place->own].issued;
	return placing->owned[bracket] <= place->own && !bears_any(placing, place, bracket);
}

/* The brackets of a place; where it has none of its own, those that say who wants what, then those that it shares with
 * others, then the one that it stands in, to which names were added. */
int bk_placing_find_own(struct bk_placing *placing, struct bk_span span, struct bk_placing_place *place)
{
	const uint32_t around = bk_draft_bracket_at(placing->issued, span.start);
	int status = add_outermost(placing, span, place, placing->exact, true);

	if (status == BK_OK && placing->exact && is_round(placing, place)) {
		placing->own.len = place->own;
		place->own_count = 0;
	}
	if (status == BK_OK && !place->own_count && placing->exact)
		status = add_all_named(placing, place);
	if (status == BK_OK && !place->own_count)
		status = add_outermost(placing, span, place, false, true);
	if (status == BK_OK && !place->own_count)
		status = add_outermost(placing, span, place, false, false);
	if (status == BK_OK && !place->own_count && around != BK_NONE)
		status = add_own(placing, place, around);
	return status;
}

const struct bk_placing_bracket *bk_placing_brackets(
	const bk_placing *placing, const struct bk_placing_place *place)
{
	return placing->own.items + place->own;
}

/* ---- Settling ------------------------------------------------------------------------------------------ */

/* Whether a name beside a bracket asks for its words to be gone. */
static bool is_asked_gone(const struct bk_placing_names *names, uint32_t bracket)
{
	size_t count;
	const struct bk_attribution *all = bk_placing_names_beside(names, bracket, &count);

	for (size_t i = 0; i < count; i++)
		if (bk_placing_asks_gone((enum bk_act)all[i].act))
			return true;
	return false;
}

static bool is_any_asked_gone(const bk_placing *placing, const struct bk_placing_place *place)
{
	const struct bk_placing_bracket *own = bk_placing_brackets(placing, place);

	for (size_t i = 0; i < place->own_count; i++)
		if (own[i].now != BK_NONE && is_asked_gone(&placing->now_names, own[i].now))
			return true;
	return false;
}

int bk_placing_settle(const bk_placing *placing, const struct bk_placing_place *place,
	enum bk_placing_stand stand, size_t one, bk_changes **out)
{
	const struct bk_placing_bracket *own = bk_placing_brackets(placing, place);
	bk_cuts cuts = {0};
	/* Who asks for `[shall]` to be gone says nothing of the `[should]` that the base has beside it. */
	const bool asked = stand == BK_PLACING_NOTHING && is_any_asked_gone(placing, place);
	uint32_t before = BK_NONE;
	int status = BK_OK;

	if (stand == BK_PLACING_BASE && placing->base.ptr)
		return bk_placing_settle_base(placing, place, out);
	for (size_t i = 0; i < place->own_count && status == BK_OK; i++) {
		/* Of those that were joined into one, the first tells. */
		if (own[i].now == BK_NONE || own[i].now == before)
			continue;
		before = own[i].now;
		if (asked && bk_placing_is_in_base(placing, &own[i]) &&
			!is_asked_gone(&placing->now_names, own[i].now))
			continue;
		const bool base = bk_placing_says_base(placing, &own[i]);

		if (stand == BK_PLACING_BASE && base)
			status = bk_placing_give_back(placing, &own[i], &cuts);
		else if (stand == BK_PLACING_WITHDRAWN && bk_placing_can_withdraw(placing, one, &own[i]))
			status = bk_placing_withdraw(placing, one, &own[i], &cuts);
		else if (stand == BK_PLACING_ONE && own[i].now == one &&
			 !bk_settle_leaves_nothing(placing->now, own[i].now))
			status = bk_settle_accept(placing->now, own[i].now, &cuts);
		else if (base)
			status = bk_settle_delete(placing->now, own[i].now, &cuts);
		else
			status = bk_placing_take_back(placing, &own[i], stand == BK_PLACING_ONE, &cuts);
	}
	return bk_seam_finish(placing->now, status, &cuts, out);
}
