/* What can be taken at a place of a merge: what the base has there, then what parties want. */
#include "tui/pane_merge.h"

#include "draft/alternative.h"
#include "tui/screen.h"

#include <string.h>

/* ---- Words of a bracket ---- */

/* The words of a bracket, under the names of those who want them; the base's where nobody is named. */
static struct bk_merge_choice words_of(
	const struct bk_placing_names *known, uint32_t bracket, struct bk_span text, struct bk_arena *arena)
{
	const char *const names = bk_merge_names(known, bracket, false, arena);
	const bool wanted = bk_merge_is_wanted(known, bracket);
	return (struct bk_merge_choice){
		.names = wanted		    ? names
			 : names[0] != '\0' ? bk_or_empty(bk_arena_printf(arena, "base, %s", names))
					    : "base",
		.label = bk_merge_label(known->draft, bracket, text, arena),
		.text = text,
		.named = wanted,
		.done = bk_merge_outcome(known, bracket, true, false, arena)};
}

/* ---- The place's own brackets ---- */

/* Those that stand, each once. */
struct own {
	const bk_placing *placing;
	const struct bk_placing_place *place;
	const bk_draft *draft;
	const struct bk_placing_names *known; /* of the draft */
	struct bk_placing_bracket list[BK_MERGE_CHOICES];
	size_t count;
	const struct bk_placing_bracket *said; /* the last that says what the base does */
	size_t said_count;
	struct bk_str base; /* what the base says there */
};

static void gather_own(struct own *own)
{
	const struct bk_placing_bracket *const all = bk_placing_brackets(own->placing, own->place);
	for (size_t i = 0; i < own->place->own_count && own->count < BK_MERGE_CHOICES - 1; i++) {
		if (all[i].now == BK_NONE || (own->count > 0 && own->list[own->count - 1].now == all[i].now))
			continue;
		own->list[own->count++] = all[i];
		if (!bk_placing_says_base(own->placing, &all[i]))
			continue;
		own->said = &all[i];
		own->said_count++;
	}
}

/* One bracket, to be resolved as such; one that disputes nothing can only be settled. */
static bool is_alone(const struct own *own)
{
	size_t count;
	const struct bk_bracket *const all = bk_draft_brackets(own->draft, &count);
	return own->count == 1 && all[own->list[0].now].class == BK_CLASS_DISPUTED;
}

static struct bk_str words_at(const bk_draft *draft, struct bk_span span)
{
	size_t len;
	const char *const bytes = bk_draft_bytes(draft, &len);
	return (struct bk_str){bytes + span.start, span.end - span.start};
}

/* Those who ask for the words of the place to be gone, and want none in their place: "CA oppose; US delete", or
 * "CA, US" where what they do is not said; "" for none. */
static const char *who_asks_gone(const struct own *own, bool said, struct bk_arena *arena)
{
	uint32_t brackets[BK_MERGE_CHOICES];
	for (size_t i = 0; i < own->count; i++)
		brackets[i] = own->list[i].now;
	return bk_merge_names_beside(own->known, brackets, own->count, true, said, arena);
}

/* ---- What the base has ---- */

/* What it says in the one bracket that says it: `[2020]` where the base has that bracket. */
static struct bk_merge_choice said_by(
	const struct own *own, const struct bk_placing_bracket *said, struct bk_arena *arena)
{
	size_t count;
	const struct bk_bracket *const it = &bk_draft_brackets(own->draft, &count)[said->now];
	struct bk_merge_choice choice = words_of(own->known, said->now, it->text, arena);
	const struct bk_str words = words_at(own->draft, it->text);
	const char *const names = bk_merge_names(own->known, said->now, false, arena);
	if (bk_str_find(own->base, '[') < own->base.len)
		choice.none = bk_or_empty(bk_arena_dup(arena, own->base.ptr, own->base.len));
	else if (bk_placing_keeps_bracket(own->placing, said))
		choice.none = bk_or_empty(bk_arena_printf(arena, "[%.*s]", (int)words.len, words.ptr));
	choice.names = names[0] != '\0' && choice.none == NULL
			       ? bk_or_empty(bk_arena_printf(arena, "base, %s", names))
			       : "base";
	return choice;
}

/* What the base has at the place, which 0 takes; false where its words are gone. */
static bool find_base(const struct own *own, struct bk_arena *arena, struct bk_merge_choice *out)
{
	const bool said = own->said_count > 0;
	*out = (struct bk_merge_choice){.names = "base"};
	if (own->said_count == 1 || (said && own->base.len == 0))
		*out = said_by(own, own->said, arena);
	else if (said)
		out->none = bk_or_empty(bk_arena_dup(arena, own->base.ptr, own->base.len));
	else
		out->none = "(not added)";
	out->named = false;
	out->done = said ? "base retained" : "not added";
	out->act = BK_RESOLVE_DELETE;
	out->settles = true;
	out->stand = BK_PLACING_BASE;
	return said || own->base.len == 0;
}

static const struct bk_placing_bracket *own_of(const struct own *own, uint32_t bracket)
{
	for (size_t i = 0; i < own->count; i++)
		if (own->list[i].now == bracket)
			return &own->list[i];
	return NULL;
}

/* ---- What is wanted ---- */

/* The base's own words, without the brackets that it has round them. */
static const char accepted[] = "base accepted";

/* What is to be had of a bracket beside what the base has: what somebody wants, first, or that the words stand of
 * one that is open in the base. */
enum offer { OFFER_NOTHING, OFFER_WANTED, OFFER_ACCEPTED };

static enum offer offer_of(const struct own *own, uint32_t bracket)
{
	const struct bk_placing_bracket *const it = own_of(own, bracket);
	if (it == NULL)
		return OFFER_NOTHING;
	if (bk_merge_is_wanted(own->known, bracket) || !bk_placing_says_base(own->placing, it))
		return OFFER_WANTED;
	return bk_placing_is_in_base(own->placing, it) ? OFFER_ACCEPTED : OFFER_NOTHING;
}

static struct bk_merge_choice offered(const struct own *own, uint32_t bracket, struct bk_span text,
	enum offer offer, struct bk_arena *arena)
{
	struct bk_merge_choice choice = words_of(own->known, bracket, text, arena);
	if (offer == OFFER_ACCEPTED)
		choice.names = choice.done = accepted;
	return choice;
}

/* What each party wants, which the rules take for no choice between all of them. */
static size_t add_beside(const struct own *own, enum offer offer, struct bk_arena *arena,
	struct bk_merge_choice out[BK_MERGE_CHOICES], size_t count)
{
	size_t brackets;
	const struct bk_bracket *const all = bk_draft_brackets(own->draft, &brackets);
	for (size_t i = 0; i < own->count && count < BK_MERGE_CHOICES - 1; i++) {
		const uint32_t bracket = own->list[i].now;
		/* Of several of the base's, no party wants one alone. */
		if (offer_of(own, bracket) != offer || (offer == OFFER_ACCEPTED && own->said_count > 1))
			continue;
		out[count] = offered(own, bracket, all[bracket].text, offer, arena);
		out[count].settles = !is_alone(own);
		out[count].act = BK_RESOLVE_ACCEPT;
		out[count].stand = BK_PLACING_ONE;
		out[count++].one = bracket;
	}
	return count;
}

/* Of the names beside a bracket with several alternatives those who want one of them; "" for nobody. */
static const char *names_of_part(
	const struct own *own, uint32_t bracket, size_t number, struct bk_arena *arena)
{
	size_t count;
	const struct bk_attribution *const all = bk_placing_names_beside(own->known, bracket, &count);
	struct bk_buf names = BK_BUF_INIT;
	for (size_t i = 0; i < count; i++) {
		const size_t about = bk_alternative_of_name(own->draft, &all[i]);
		if ((about == 0 || about == number) && bk_merge_wants(&all[i]) &&
			!bk_merge_has_name(bk_buf_str(&names), all[i].party))
			bk_buf_printf(&names, "%s%s", names.len > 0 ? ", " : "", all[i].party);
	}
	const char *const copy = bk_arena_dup(arena, bk_buf_string(&names), names.len);
	bk_buf_release(&names);
	return bk_or_empty(copy);
}

/* In a bracket of several alternatives each may have names of its own. */
static void tell_names(const struct own *own, uint32_t bracket, size_t number, struct bk_merge_choice *choice,
	struct bk_arena *arena)
{
	size_t count;
	const char *const names = bk_alternative_parts(own->draft, bracket, &count) != NULL
					  ? names_of_part(own, bracket, number, arena)
					  : "";
	if (names[0] == '\0')
		return;
	choice->names = names;
	choice->done = bk_or_empty(bk_arena_printf(arena, "taken: %s", names));
}

/* Whether a choice in a run settles more than the place: its alternatives, and what the base says. */
static bool has_others(const struct own *own, const struct bk_alternative *all, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (own_of(own, all[i].bracket) == NULL)
			return true;
	return false;
}

/* Alternatives of one choice, of a run that other places share those of the place. */
static size_t add_among(const struct own *own, enum offer offer, const struct bk_alternative *all,
	size_t all_count, struct bk_arena *arena, struct bk_merge_choice out[BK_MERGE_CHOICES], size_t count)
{
	const bool others = has_others(own, all, all_count);
	for (size_t i = 0; i < all_count && count < BK_MERGE_CHOICES - 1; i++) {
		if (offer_of(own, all[i].bracket) != offer)
			continue;
		out[count] = offered(own, all[i].bracket, all[i].span, offer, arena);
		tell_names(own, all[i].bracket, i + 1, &out[count], arena);
		if (others)
			out[count].done = bk_or_empty(bk_arena_printf(
				arena, "%s, and the other places of its run with it", out[count].done));
		out[count].act = BK_RESOLVE_CHOOSE;
		out[count++].alternative = i + 1;
	}
	return count;
}

/* None of the words, as somebody asks; else where the base has none any more. */
static size_t add_none(const struct own *own, bool has_base, struct bk_arena *arena,
	struct bk_merge_choice out[BK_MERGE_CHOICES], size_t count)
{
	const char *const asking = who_asks_gone(own, true, arena);
	const bool asked = asking[0] != '\0';
	if (!asked && has_base)
		return count;
	out[count] = (struct bk_merge_choice){.names = asked ? asking : "without",
		.none = "(deleted)",
		.named = asked,
		.done = asked ? bk_or_empty(bk_arena_printf(
					arena, "deleted: %s", who_asks_gone(own, false, arena)))
			      : "deleted",
		.settles = !is_alone(own),
		.act = BK_RESOLVE_DELETE,
		.stand = BK_PLACING_NOTHING};
	return count + 1;
}

static bool can_withdraw(const struct own *own, size_t proposal)
{
	for (size_t i = 0; i < own->count; i++)
		if (bk_placing_can_withdraw(own->placing, proposal, &own->list[i]))
			return true;
	return false;
}

/* A bracket of the base's without the name of each that takes it off. */
static size_t add_withdrawn(const struct own *own, struct bk_arena *arena,
	struct bk_merge_choice out[BK_MERGE_CHOICES], size_t count)
{
	size_t all_count;
	const bk_proof *const proof = bk_placing_proof(own->placing);
	const struct bk_proof_place *const places = bk_proof_places(proof, &all_count) + own->place->first;
	const struct bk_proof_proposal *const all = bk_proof_proposals(proof, &all_count);
	const char *const *const parties = bk_proof_parties(proof, &all_count);
	for (size_t i = 0; i < own->place->count; i++)
		for (size_t k = places[i].first; k < places[i].first + places[i].proposal_count; k++) {
			if (count == BK_MERGE_CHOICES - 2 || !can_withdraw(own, k))
				continue;
			out[count++] = (struct bk_merge_choice){
				.names = bk_or_empty(
					bk_arena_printf(arena, "%s withdraw", parties[all[k].party])),
				.none = bk_or_empty(bk_arena_dup(arena, all[k].words, all[k].len)),
				.named = true,
				.done = bk_merge_withdrawal(own->placing, k, arena),
				.act = BK_RESOLVE_ACCEPT,
				.settles = true,
				.stand = BK_PLACING_WITHDRAWN,
				.one = k};
		}
	return count;
}

/* Whether all brackets of the place are members of its first one's choice. */
static bool is_one_choice(const struct own *own, const struct bk_alternative *all, size_t count)
{
	for (size_t i = 0; i < own->count; i++) {
		size_t k = 0;
		while (k < count && all[k].bracket != own->list[i].now)
			k++;
		if (k == count)
			return false;
	}
	return count > 0;
}

static size_t add_offers(const struct own *own, enum offer offer, struct bk_arena *arena,
	struct bk_merge_choice out[BK_MERGE_CHOICES], size_t count)
{
	size_t all_count;
	const struct bk_alternative *const all =
		bk_draft_alternatives(own->draft, own->place->bracket, &all_count);
	return is_one_choice(own, all, all_count) ? add_among(own, offer, all, all_count, arena, out, count)
						  : add_beside(own, offer, arena, out, count);
}

/* The base's own words without their brackets; of several such, each with a letter. */
static size_t add_accepted(const struct own *own, struct bk_arena *arena,
	struct bk_merge_choice out[BK_MERGE_CHOICES], size_t before)
{
	const size_t count = add_offers(own, OFFER_ACCEPTED, arena, out, before);
	for (size_t i = before; i < count && count - before > 1; i++)
		out[i].names =
			bk_or_empty(bk_arena_printf(arena, "%s (%c)", accepted, (char)('a' + (i - before))));
	return count;
}

/* What the base has, what each party wants, none, the base's own words without their brackets. */
static size_t choices_at(
	struct own *own, struct bk_arena *arena, struct bk_merge_choice out[BK_MERGE_CHOICES])
{
	gather_own(own);
	const bool has_base = find_base(own, arena, &out[0]);
	size_t count = has_base ? 1 : 0;
	count = add_offers(own, OFFER_WANTED, arena, out, count);
	count = add_withdrawn(own, arena, out, count);
	count = add_none(own, has_base, arena, out, count);
	count = add_accepted(own, arena, out, count);
	for (size_t i = 0; i < count; i++)
		out[i].number = has_base ? i : i + 1;
	return count;
}

const struct bk_proof_place *bk_merge_widest(const bk_placing *placing, const struct bk_placing_place *place)
{
	size_t count;
	const struct bk_proof_place *const all = bk_proof_places(bk_placing_proof(placing), &count);
	const struct bk_proof_place *widest = &all[place->first];
	for (size_t i = 0; i < place->count; i++)
		if (all[place->first + i].len > widest->len)
			widest = &all[place->first + i];
	return widest;
}

size_t bk_merge_place_choices(const struct bk_screen *screen, const struct bk_placing_place *place,
	struct bk_arena *arena, struct bk_merge_choice out[BK_MERGE_CHOICES])
{
	enum { MOST = 240 };
	const bk_draft *const draft = bk_placing_now(bk_merge_placing(screen));
	const struct bk_proof_place *const widest = bk_merge_widest(bk_merge_placing(screen), place);
	size_t len;
	const char *const bytes = bk_draft_bytes(draft, &len);
	const struct bk_placing_place *const targets = bk_placing_targets(bk_merge_placing(screen), place);
	struct own own = {.placing = bk_merge_placing(screen),
		.place = place,
		.draft = draft,
		.known = bk_placing_names_now(bk_merge_placing(screen)),
		.base = bk_str_trim((struct bk_str){widest->words, widest->len})};
	const size_t count = bk_merge_is_move(place, targets)
				     ? bk_merge_move_choices(own.known, place, targets, arena, out)
				     : choices_at(&own, arena, out);
	for (size_t i = 0; i < count; i++)
		out[i].words = out[i].none != NULL
				       ? bk_merge_words(arena, out[i].none, strlen(out[i].none), MOST)
				       : bk_or_empty(bk_arena_printf(arena, "%s%s", out[i].label,
						 bk_merge_words(arena, bytes + out[i].text.start,
							 out[i].text.end - out[i].text.start, MOST)));
	return count;
}
