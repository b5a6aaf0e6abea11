/* What can be taken at a place of a merge, and what it comes to, in the words of those who negotiate. */
#include "tui/pane_merge.h"

#include "compare/token.h"
#include "tui/screen.h"

#include <string.h>

/* ---- Names ---- */

/* What the arena had memory for. */
static const char *or_empty(const char *words)
{
	return words != NULL ? words : "";
}

/* Those beside a bracket who want its words gone, or all others; "" for none. */
static const char *names_of(const bk_draft *draft, uint32_t bracket, bool deleting, struct bk_arena *arena)
{
	size_t count;
	const struct bk_bracket *const one = &bk_draft_brackets(draft, &count)[bracket];
	const struct bk_attribution *const all = bk_draft_attributions(draft, &count) + one->attribution;
	struct bk_buf names = BK_BUF_INIT;
	for (uint32_t i = 0; i < one->attribution_count; i++) {
		if ((all[i].act == BK_ACT_DELETE) != deleting)
			continue;
		bk_buf_printf(&names, "%s%s", names.len > 0 ? ", " : "", all[i].party);
		const bool last = i + 1 == one->attribution_count || all[i + 1].act != all[i].act;
		if (last && all[i].act != BK_ACT_PROPOSE && !deleting)
			bk_buf_printf(&names, " %s", bk_act_name((enum bk_act)all[i].act));
	}
	const char *const copy = bk_arena_dup(arena, bk_buf_string(&names), names.len);
	bk_buf_release(&names);
	return or_empty(copy);
}

static bool wants_words(const struct bk_attribution *name)
{
	return name->act == BK_ACT_PROPOSE || name->act == BK_ACT_SUPPORT || name->act == BK_ACT_RETAIN;
}

/* True when somebody beside a bracket wants its words: else they are the base's. */
static bool is_wanted(const bk_draft *draft, uint32_t bracket)
{
	size_t count;
	const struct bk_bracket *const one = &bk_draft_brackets(draft, &count)[bracket];
	const struct bk_attribution *const all = bk_draft_attributions(draft, &count) + one->attribution;
	for (uint32_t i = 0; i < one->attribution_count; i++)
		if (wants_words(&all[i]))
			return true;
	return false;
}

const char *bk_merge_outcome(
	const bk_draft *draft, uint32_t bracket, bool stands, bool adds, struct bk_arena *arena)
{
	const char *const names = names_of(draft, bracket, !stands, arena);
	if (stands)
		return is_wanted(draft, bracket) ? bk_arena_printf(arena, "taken: %s", names)
						 : "base retained";
	if (names[0] != '\0')
		return bk_arena_printf(arena, "deleted: %s", names);
	return adds ? "not added" : "deleted";
}

/* ---- Choices ---- */

static bool says_nothing(struct bk_str bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if (bk_is_word(bytes.ptr[i]))
			return false;
	return true;
}

/* The label that stands before words, in their bracket or before it, with the blank behind it; "" when none does. */
static const char *label_before(
	const bk_draft *draft, uint32_t bracket, struct bk_span text, struct bk_arena *arena)
{
	size_t count, len;
	const char *const bytes = bk_draft_bytes(draft, &len);
	const uint32_t node = bk_draft_node_at(draft, text.start);
	if (node == BK_NONE)
		return "";
	const struct bk_node *const it = &bk_draft_nodes(draft, &count)[node];
	const struct bk_bracket *const all = bk_draft_brackets(draft, &count);
	const uint32_t around = bk_draft_bracket_at(draft, it->offset);
	const size_t open = all[bracket].start;
	/* One in a bracket that ends before is what that bracket is about. */
	if (around != BK_NONE && all[around].end <= open)
		return "";
	const size_t end = it->offset < open ? open : text.start, behind = it->offset + strlen(it->label);
	if (behind > end || strncmp(bytes + it->offset, it->label, strlen(it->label)) != 0 ||
		!says_nothing((struct bk_str){bytes + behind, end - behind}))
		return "";
	const struct bk_str label = bk_str_trim((struct bk_str){bytes + it->offset, end - it->offset});
	return or_empty(bk_arena_printf(arena, "%.*s ", (int)label.len, label.ptr));
}

/* The words of a bracket, under the names of those who want them; the base's where nobody is named. */
static struct bk_merge_choice words_of(
	const bk_draft *draft, uint32_t bracket, struct bk_span text, struct bk_arena *arena)
{
	const char *const names = names_of(draft, bracket, false, arena);
	const bool wanted = is_wanted(draft, bracket);
	return (struct bk_merge_choice){.names = wanted ? names
						 : names[0] != '\0'
							 ? or_empty(bk_arena_printf(arena, "base, %s", names))
							 : "base",
		.label = label_before(draft, bracket, text, arena),
		.text = text,
		.named = wanted,
		.done = bk_merge_outcome(draft, bracket, true, false, arena)};
}

/* None of the words of a bracket: as somebody asks, as the base has it where they are added, or as a person likes. */
static struct bk_merge_choice without(
	const bk_draft *draft, uint32_t bracket, bool adds, struct bk_arena *arena)
{
	const char *const deleting = names_of(draft, bracket, true, arena);
	return (struct bk_merge_choice){
		.names = deleting[0] != '\0' ? or_empty(bk_arena_printf(arena, "%s delete", deleting))
			 : adds		     ? "base"
					     : "without",
		.none = deleting[0] == '\0' && adds ? "(not added)" : "(deleted)",
		.named = deleting[0] != '\0',
		.done = bk_merge_outcome(draft, bracket, false, adds, arena),
		.act = BK_RESOLVE_DELETE};
}

/* A bracket that stands alone: its words, or none. */
static size_t choices_alone(const bk_draft *draft, uint32_t bracket, bool adds, struct bk_arena *arena,
	struct bk_merge_choice out[BK_MERGE_CHOICES])
{
	size_t count;
	out[0] = words_of(draft, bracket, bk_draft_brackets(draft, &count)[bracket].text, arena);
	out[0].act = BK_RESOLVE_ACCEPT;
	out[1] = without(draft, bracket, adds, arena);
	return 2;
}

/* The brackets of a place that stand, each once. */
struct own {
	const bk_placing *placing;
	const struct bk_placing_place *place;
	const bk_draft *draft;
	struct bk_placing_bracket list[BK_MERGE_CHOICES];
	size_t count;
	struct bk_str base; /* what the base says there */
};

static void gather_own(struct own *own)
{
	const struct bk_placing_bracket *const all = bk_placing_brackets(own->placing, own->place);
	for (size_t i = 0; i < own->place->own_count && own->count < BK_MERGE_CHOICES - 1; i++)
		if (all[i].now != BK_NONE && (own->count == 0 || own->list[own->count - 1].now != all[i].now))
			own->list[own->count++] = all[i];
}

static bool is_own(const struct own *own, uint32_t bracket)
{
	for (size_t i = 0; i < own->count; i++)
		if (own->list[i].now == bracket)
			return true;
	return false;
}

static struct bk_str words_at(const bk_draft *draft, struct bk_span span)
{
	size_t len;
	const char *const bytes = bk_draft_bytes(draft, &len);
	return (struct bk_str){bytes + span.start, span.end - span.start};
}

/* Whether a party stands beside one of the place's brackets and wants its words. */
static bool wants_other(const struct own *own, const char *party)
{
	size_t count;
	const struct bk_bracket *const all = bk_draft_brackets(own->draft, &count);
	for (size_t i = 0; i < own->count; i++) {
		const struct bk_bracket *const it = &all[own->list[i].now];
		const struct bk_attribution *const names =
			bk_draft_attributions(own->draft, &count) + it->attribution;
		for (uint32_t k = 0; k < it->attribution_count; k++)
			if (wants_words(&names[k]) && strcmp(names[k].party, party) == 0)
				return true;
	}
	return false;
}

/* Whether a name is in a list of some, parted by commas. */
static bool has_name(struct bk_str list, const char *name)
{
	while (list.len > 0) {
		const size_t end = bk_str_find(list, ',');
		if (bk_str_equal(bk_str_trim((struct bk_str){list.ptr, end}), bk_str_of(name)))
			return true;
		list = bk_str_skip(list, end < list.len ? end + 1 : end);
	}
	return false;
}

/* Those who want the words of the place gone and none in their place, each once; "" for none. */
static const char *who_deletes(const struct own *own, struct bk_arena *arena)
{
	size_t count;
	const struct bk_bracket *const all = bk_draft_brackets(own->draft, &count);
	struct bk_buf out = BK_BUF_INIT;
	for (size_t i = 0; i < own->count; i++) {
		const struct bk_bracket *const it = &all[own->list[i].now];
		const struct bk_attribution *const names =
			bk_draft_attributions(own->draft, &count) + it->attribution;
		for (uint32_t k = 0; k < it->attribution_count; k++)
			if (names[k].act == BK_ACT_DELETE && !wants_other(own, names[k].party) &&
				!has_name(bk_buf_str(&out), names[k].party))
				bk_buf_printf(&out, "%s%s", out.len > 0 ? ", " : "", names[k].party);
	}
	const char *const copy = bk_arena_dup(arena, bk_buf_string(&out), out.len);
	bk_buf_release(&out);
	return or_empty(copy);
}

static struct bk_merge_choice none_of_them(const char *deleting, struct bk_arena *arena)
{
	return (struct bk_merge_choice){.names = or_empty(bk_arena_printf(arena, "%s delete", deleting)),
		.none = "(deleted)",
		.named = true,
		.done = or_empty(bk_arena_printf(arena, "deleted: %s", deleting)),
		.settles = true,
		.stand = BK_PLACING_NOTHING};
}

/* What the base says, in the words of the proof where several brackets hold it. */
static struct bk_merge_choice base_choice(const struct own *own, struct bk_arena *arena)
{
	size_t count, said = 0;
	const struct bk_bracket *const all = bk_draft_brackets(own->draft, &count);
	const struct bk_placing_bracket *last = NULL;
	for (size_t i = 0; i < own->count; i++) {
		if (!bk_placing_says_base(own->placing, &own->list[i]))
			continue;
		said++;
		last = &own->list[i];
	}
	struct bk_merge_choice choice = {.names = "base", .done = "base retained"};
	if (said == 1 && !bk_placing_keeps_bracket(own->placing, own->place, last))
		choice = words_of(own->draft, last->now, all[last->now].text, arena);
	else if (own->base.len > 0)
		choice.none = or_empty(bk_arena_dup(arena, own->base.ptr, own->base.len));
	else
		choice.none = "(not added)", choice.done = "not added";
	choice.settles = true;
	choice.stand = BK_PLACING_BASE;
	return choice;
}

/* What the base says, then what each party wants there, which the rules take for no choice between all of them. */
static size_t choices_beside(
	const struct own *own, struct bk_arena *arena, struct bk_merge_choice out[BK_MERGE_CHOICES])
{
	size_t brackets, count = 0, said = 0;
	const struct bk_bracket *const all = bk_draft_brackets(own->draft, &brackets);
	const char *const deleting = who_deletes(own, arena);
	out[count++] = base_choice(own, arena);
	for (size_t i = 0; i < own->count; i++)
		said += bk_placing_says_base(own->placing, &own->list[i]);
	for (size_t i = 0; i < own->count && count < BK_MERGE_CHOICES - 1; i++) {
		const uint32_t bracket = own->list[i].now;
		/* One of several of the base's is a choice where somebody wants it alone. */
		if (bk_placing_says_base(own->placing, &own->list[i]) &&
			(said == 1 || own->list[i].of_base || !is_wanted(own->draft, bracket)))
			continue;
		out[count] = words_of(own->draft, bracket, all[bracket].text, arena);
		out[count].settles = true;
		out[count].stand = BK_PLACING_ONE;
		out[count++].one = bracket;
	}
	if (deleting[0] != '\0')
		out[count++] = none_of_them(deleting, arena);
	return count;
}

/* Whether a party proposed just these words at the place, as the proof says. */
static bool has_proposed(const struct own *own, const char *party, struct bk_str words)
{
	size_t count;
	const bk_proof *const proof = bk_placing_proof(own->placing);
	const struct bk_proof_place *const places = bk_proof_places(proof, &count) + own->place->first;
	const struct bk_proof_proposal *const all = bk_proof_proposals(proof, &count);
	const char *const *const parties = bk_proof_parties(proof, &count);
	for (size_t i = 0; i < own->place->count; i++)
		for (size_t k = 0; k < places[i].proposal_count; k++) {
			const struct bk_proof_proposal *const one = &all[places[i].first + k];
			if (strcmp(parties[one->party], party) == 0 &&
				bk_token_equal((struct bk_str){one->words, one->len}, words))
				return true;
		}
	return false;
}

/* Of the names beside a bracket with several alternatives those who proposed the words of one; "" where none
 * did, as of words that were typed since. */
static const char *proposers(
	const struct own *own, const struct bk_alternative *alternative, struct bk_arena *arena)
{
	size_t count;
	const struct bk_bracket *const it = &bk_draft_brackets(own->draft, &count)[alternative->bracket];
	const struct bk_attribution *const all = bk_draft_attributions(own->draft, &count) + it->attribution;
	const struct bk_str words = words_at(own->draft, alternative->span);
	struct bk_buf names = BK_BUF_INIT;
	for (uint32_t i = 0; i < it->attribution_count; i++)
		if (wants_words(&all[i]) && has_proposed(own, all[i].party, words) &&
			!has_name(bk_buf_str(&names), all[i].party))
			bk_buf_printf(&names, "%s%s", names.len > 0 ? ", " : "", all[i].party);
	const char *const copy = bk_arena_dup(arena, bk_buf_string(&names), names.len);
	bk_buf_release(&names);
	return or_empty(copy);
}

/* In a combination, whose bracket has the names of all. */
static void tell_proposers(const struct own *own, const struct bk_alternative *all, size_t i,
	struct bk_merge_choice *choice, size_t count, struct bk_arena *arena)
{
	const bool shared = (i > 0 && all[i - 1].bracket == all[i].bracket) ||
			    (i + 1 < count && all[i + 1].bracket == all[i].bracket);
	const char *const names = shared ? proposers(own, &all[i], arena) : "";
	if (names[0] == '\0')
		return;
	choice->names = names;
	choice->done = or_empty(bk_arena_printf(arena, "taken: %s", names));
}

/*
 * Alternatives of one choice, and behind them that none of them stands, where somebody asks for that.  Of a run that
 * other places share, those of the place, and what the base says.
 */
static size_t choices_among(const struct own *own, const struct bk_alternative *all, size_t all_count,
	struct bk_arena *arena, struct bk_merge_choice out[BK_MERGE_CHOICES])
{
	size_t count = 0;
	bool whole = true;
	const char *const deleting = who_deletes(own, arena);
	for (size_t i = 0; i < all_count && count < BK_MERGE_CHOICES - 1; i++) {
		if (!is_own(own, all[i].bracket) &&
			!bk_str_equal(bk_str_trim(words_at(own->draft, all[i].span)), own->base)) {
			whole = false;
			continue;
		}
		out[count] = words_of(own->draft, all[i].bracket, all[i].span, arena);
		tell_proposers(own, all, i, &out[count], all_count, arena);
		out[count].act = BK_RESOLVE_CHOOSE;
		out[count++].number = i + 1;
	}
	for (size_t i = 0; i < count && !whole; i++)
		out[i].done = or_empty(
			bk_arena_printf(arena, "%s, and the other places of its run with it", out[i].done));
	if (deleting[0] != '\0')
		out[count++] = none_of_them(deleting, arena);
	else if (count == 1)
		out[count++] = without(own->draft, own->place->bracket, false, arena);
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

static size_t choices_at(
	struct own *own, struct bk_arena *arena, struct bk_merge_choice out[BK_MERGE_CHOICES])
{
	size_t count, brackets;
	const uint32_t bracket = own->place->bracket;
	const struct bk_alternative *const all = bk_draft_alternatives(own->draft, bracket, &count);
	gather_own(own);
	if (is_one_choice(own, all, count))
		return choices_among(own, all, count, arena, out);
	if (own->count > 1)
		return choices_beside(own, arena, out);
	count = choices_alone(own->draft, bracket, own->base.len == 0, arena, out);
	/* One that disputes nothing cannot be resolved, but settled. */
	const bool disputed = bk_draft_brackets(own->draft, &brackets)[bracket].class == BK_CLASS_DISPUTED;
	out[0].settles = out[1].settles = !disputed;
	out[0].stand = BK_PLACING_ONE;
	out[0].one = bracket;
	return count;
}

/* ---- Moves ---- */

const char *bk_merge_move_outcome(
	const bk_draft *draft, const struct bk_placing_place *place, struct bk_arena *arena)
{
	if (place->won == BK_NONE)
		return "deleted";
	return is_wanted(draft, place->won)
		       ? bk_arena_printf(arena, "moved: %s", names_of(draft, place->won, false, arena))
		       : "base retained";
}

/* All ends stand in brackets: else what is left of it is a place like others. */
static bool is_move(const struct bk_placing_place *place, const struct bk_placing_place *targets)
{
	size_t standing = 0;
	for (size_t i = 0; i < place->target_count; i++)
		standing += targets[i].bracket != BK_NONE && targets[i].bracket != place->bracket;
	return place->target_count > 0 && place->target_count < BK_MERGE_CHOICES &&
	       standing == place->target_count;
}

/* Where the paragraph stood, and each place that it moved to. */
static size_t choices_of_move(const bk_draft *draft, const struct bk_placing_place *place,
	const struct bk_placing_place *targets, struct bk_arena *arena,
	struct bk_merge_choice out[BK_MERGE_CHOICES])
{
	size_t count, len;
	const struct bk_bracket *const all = bk_draft_brackets(draft, &count);
	const char *const bytes = bk_draft_bytes(draft, &len);
	out[0] = (struct bk_merge_choice){.names = "base",
		.none = bk_arena_printf(arena, "stays in %s", bk_merge_provision(draft, place->offset)),
		.done = "base retained",
		.moves = true};
	for (size_t i = 0; i < place->target_count; i++) {
		const struct bk_span text = all[targets[i].bracket].text;
		const char *const names = names_of(draft, targets[i].bracket, false, arena);
		out[i + 1] = (struct bk_merge_choice){.names = names,
			.none = bk_arena_printf(arena, "moves to %s: %s",
				bk_merge_provision(draft, targets[i].offset),
				bk_merge_words(arena, bytes + text.start, text.end - text.start, SIZE_MAX)),
			.named = true,
			.done = bk_arena_printf(arena, "moved: %s", names),
			.moves = true,
			.target = i + 1};
	}
	return place->target_count + 1;
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

/* Several of the base's own are lettered. */
static void tell_apart(struct bk_merge_choice *choices, size_t count, struct bk_arena *arena)
{
	size_t of_base = 0;
	for (size_t i = 0; i < count; i++)
		of_base += strcmp(choices[i].names, "base") == 0 && choices[i].none == NULL;
	for (size_t i = 0, letter = 0; of_base > 1 && i < count; i++) {
		if (strcmp(choices[i].names, "base") != 0 || choices[i].none != NULL)
			continue;
		choices[i].names = or_empty(bk_arena_printf(arena, "base (%c)", (char)('a' + letter)));
		choices[i].done = bk_arena_printf(arena, "base (%c) retained", (char)('a' + letter));
		letter++;
	}
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
		.base = bk_str_trim((struct bk_str){widest->words, widest->len})};
	const size_t count = is_move(place, targets) ? choices_of_move(draft, place, targets, arena, out)
						     : choices_at(&own, arena, out);
	for (size_t i = 0; i < count; i++)
		out[i].words = out[i].none != NULL
				       ? bk_merge_words(arena, out[i].none, strlen(out[i].none), MOST)
				       : bk_arena_printf(arena, "%s%s", out[i].label,
						 bk_merge_words(arena, bytes + out[i].text.start,
							 out[i].text.end - out[i].text.start, MOST));
	tell_apart(out, count, arena);
	return count;
}
