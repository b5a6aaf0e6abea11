/* What can be taken at a place of a merge, and what it comes to, in the words of those who negotiate. */
#include "tui/pane_merge.h"

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
	const size_t open = bk_draft_brackets(draft, &count)[bracket].start;
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

/* A bracket that stands alone: its words, or none. */
static size_t choices_alone(const bk_draft *draft, uint32_t bracket, bool adds, struct bk_arena *arena,
	struct bk_merge_choice out[BK_MERGE_CHOICES])
{
	size_t count;
	const char *const deleting = names_of(draft, bracket, true, arena);
	out[0] = words_of(draft, bracket, bk_draft_brackets(draft, &count)[bracket].text, arena);
	out[0].act = BK_RESOLVE_ACCEPT;
	out[1] = (struct bk_merge_choice){
		.names = deleting[0] != '\0' ? or_empty(bk_arena_printf(arena, "%s delete", deleting))
			 : adds		     ? "base"
					     : "without",
		.none = deleting[0] == '\0' && adds ? "(not added)" : "(deleted)",
		.named = deleting[0] != '\0',
		.done = bk_merge_outcome(draft, bracket, false, adds, arena),
		.act = BK_RESOLVE_DELETE};
	return 2;
}

/* True when the names of a bracket want its words, and stand in it. */
static bool only_proposes(const bk_draft *draft, const struct bk_bracket *bracket)
{
	size_t count;
	const struct bk_attribution *const names =
		bk_draft_attributions(draft, &count) + bracket->attribution;
	for (uint32_t i = 0; i < bracket->attribution_count; i++)
		if (names[i].act != BK_ACT_PROPOSE || names[i].notation.end > bracket->end)
			return false;
	return bracket->attribution_count > 0;
}

/*
 * Words of the base in a bracket, and right behind it what parties want in their place, which the rules take for no
 * choice: `[year][EU: two years]`, where the first looks like a placeholder, `[for,][EU: to]`, where it looks like
 * one of a list.  The bracket of the base, given it or the one behind; BK_NONE when this is no such place.
 */
static uint32_t replaced_by(const bk_draft *draft, uint32_t bracket, struct bk_str base)
{
	size_t count, len;
	const struct bk_bracket *const all = bk_draft_brackets(draft, &count);
	const char *const bytes = bk_draft_bytes(draft, &len);
	uint32_t lead = bracket;
	if (all[bracket].attribution_count > 0)
		lead = all[bracket].start > 0 ? bk_draft_bracket_at(draft, all[bracket].start - 1) : BK_NONE;
	if (lead == BK_NONE || all[lead].attribution_count > 0 ||
		(lead != bracket && all[lead].end != all[bracket].start))
		return BK_NONE;
	const struct bk_span text = all[lead].text;
	const struct bk_str words = {bytes + text.start, text.end - text.start};
	return words.len > 0 && bk_str_equal(words, bk_str_trim(base)) ? lead : BK_NONE;
}

/* The base and all that stands right behind it; 0 when nothing does. */
static size_t choices_replaced(const bk_draft *draft, uint32_t lead, struct bk_arena *arena,
	struct bk_merge_choice out[BK_MERGE_CHOICES])
{
	size_t bracket_count, count = 0;
	const struct bk_bracket *const all = bk_draft_brackets(draft, &bracket_count);
	size_t end = all[lead].start;
	for (uint32_t i = lead; i < bracket_count && count < BK_MERGE_CHOICES;
		i = bk_draft_bracket_from(draft, all[i].end)) {
		if (all[i].start != end || (i != lead && !only_proposes(draft, &all[i])))
			break;
		out[count] = words_of(draft, i, all[i].text, arena);
		out[count++].keep = all[i].text;
		end = all[i].end;
	}
	for (size_t i = 0; i < count; i++)
		out[i].whole = (struct bk_span){all[lead].start, end};
	return count > 1 ? count : 0;
}

/* Where somebody wants the words of an alternative gone, none of them is a choice, too; NULL: nobody does. */
static const char *who_deletes(
	const bk_draft *draft, const struct bk_alternative *all, size_t count, struct bk_arena *arena)
{
	for (size_t i = 0; i < count; i++) {
		const char *const names = names_of(draft, all[i].bracket, true, arena);
		if (names[0] != '\0')
			return names;
	}
	return NULL;
}

/* Alternatives of one choice, and behind them that none of them stands, where somebody asks for that. */
static size_t choices_among(const bk_draft *draft, const struct bk_alternative *all, size_t all_count,
	struct bk_arena *arena, struct bk_merge_choice out[BK_MERGE_CHOICES])
{
	size_t count = 0, brackets;
	const struct bk_bracket *const list = bk_draft_brackets(draft, &brackets);
	const char *const deleting = who_deletes(draft, all, all_count, arena);
	const size_t most = deleting != NULL ? BK_MERGE_CHOICES - 1 : BK_MERGE_CHOICES;
	for (; count < all_count && count < most; count++) {
		out[count] = words_of(draft, all[count].bracket, all[count].span, arena);
		out[count].act = BK_RESOLVE_CHOOSE;
		out[count].number = count + 1;
	}
	if (deleting == NULL)
		return count;
	out[count] =
		(struct bk_merge_choice){.names = or_empty(bk_arena_printf(arena, "%s delete", deleting)),
			.none = "(deleted)",
			.named = true,
			.done = bk_arena_printf(arena, "deleted: %s", deleting),
			.whole = {list[all[0].bracket].start, list[all[all_count - 1].bracket].end},
			.act = BK_RESOLVE_DELETE};
	return count + 1;
}

static size_t choices_at(const bk_draft *draft, uint32_t bracket, struct bk_str base, struct bk_arena *arena,
	struct bk_merge_choice out[BK_MERGE_CHOICES])
{
	size_t count;
	const struct bk_alternative *const all = bk_draft_alternatives(draft, bracket, &count);
	if (count > 0)
		return choices_among(draft, all, count, arena, out);
	const uint32_t lead = replaced_by(draft, bracket, base);
	const size_t replaced = lead != BK_NONE ? choices_replaced(draft, lead, arena, out) : 0;
	return replaced > 0 ? replaced : choices_alone(draft, bracket, base.len == 0, arena, out);
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
	const size_t count = is_move(place, targets)
				     ? choices_of_move(draft, place, targets, arena, out)
				     : choices_at(draft, place->bracket,
					       (struct bk_str){widest->words, widest->len}, arena, out);
	for (size_t i = 0; i < count; i++)
		out[i].words = out[i].none != NULL
				       ? out[i].none
				       : bk_arena_printf(arena, "%s%s", out[i].label,
						 bk_merge_words(arena, bytes + out[i].text.start,
							 out[i].text.end - out[i].text.start, MOST));
	tell_apart(out, count, arena);
	return count;
}
