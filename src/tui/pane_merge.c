/*
 * The merge pane: places of a compilation where people differ, by provision; what can be taken there, what was, and
 * how many are unplaced.
 */
#include "tui/pane_merge.h"

#include "tui/screen.h"

#include <string.h>

enum { BESIDE_FROM = 120, STATE = 20, NAMES = 18, BASE = 30, MOST = 240 };

bk_placing *bk_merge_placing(const struct bk_screen *screen)
{
	return screen->list.data;
}

static void free_placing(void *data)
{
	bk_placing_free(data);
}

const char *bk_merge_words(struct bk_arena *arena, const char *bytes, size_t len, size_t most)
{
	struct bk_buf words = BK_BUF_INIT;
	bool blank = true;
	size_t at = 0;
	for (; at < len && words.len < most; at++) {
		const bool space = bk_is_space(bytes[at]);
		if (!space || !blank)
			bk_buf_putc(&words, space ? ' ' : bytes[at]);
		blank = space;
	}
	while (at < len && ((unsigned char)bytes[at] & 0xc0) == 0x80)
		bk_buf_putc(&words, bytes[at++]);
	if (at < len)
		bk_buf_puts(&words, "…");
	const char *const copy = bk_arena_dup(arena, bk_buf_string(&words), words.len);
	bk_buf_release(&words);
	return copy != NULL ? copy : "";
}

/* ---- What can be taken ---- */

const char *bk_merge_names(const bk_draft *draft, uint32_t bracket, struct bk_arena *arena)
{
	size_t count;
	const struct bk_bracket *const one = &bk_draft_brackets(draft, &count)[bracket];
	const struct bk_attribution *const all = bk_draft_attributions(draft, &count) + one->attribution;
	struct bk_buf names = BK_BUF_INIT;
	for (uint32_t i = 0; i < one->attribution_count; i++) {
		bk_buf_printf(&names, "%s%s", i > 0 ? ", " : "", all[i].party);
		const bool last = i + 1 == one->attribution_count || all[i + 1].act != all[i].act;
		if (last && all[i].act != BK_ACT_PROPOSE)
			bk_buf_printf(&names, " %s", bk_act_name((enum bk_act)all[i].act));
	}
	const char *const copy = names.len > 0 ? bk_arena_dup(arena, names.bytes, names.len) : "base";
	bk_buf_release(&names);
	return copy != NULL ? copy : "";
}

static bool asks_to_delete(const bk_draft *draft, uint32_t bracket)
{
	size_t count;
	const struct bk_bracket *const one = &bk_draft_brackets(draft, &count)[bracket];
	return one->attribution_count > 0 &&
	       bk_draft_attributions(draft, &count)[one->attribution].act == BK_ACT_DELETE;
}

/* A bracket that stands alone: its words, or none. */
static size_t choices_alone(const bk_draft *draft, uint32_t bracket, struct bk_arena *arena,
	struct bk_merge_choice out[BK_MERGE_CHOICES])
{
	size_t count, len;
	const struct bk_bracket *const one = &bk_draft_brackets(draft, &count)[bracket];
	const char *const words = bk_merge_words(
		arena, bk_draft_bytes(draft, &len) + one->text.start, one->text.end - one->text.start, MOST);
	const char *const names = bk_merge_names(draft, bracket, arena);
	const bool deletes = asks_to_delete(draft, bracket), named = one->attribution_count > 0;
	out[0] = (struct bk_merge_choice){.names = deletes ? "base" : names,
		.words = words,
		.named = named && !deletes,
		.act = BK_RESOLVE_ACCEPT};
	out[1] = (struct bk_merge_choice){.names = deletes ? names : "without",
		.words = "-",
		.named = named && deletes,
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
	size_t bracket_count, len, count = 0;
	const struct bk_bracket *const all = bk_draft_brackets(draft, &bracket_count);
	const char *const bytes = bk_draft_bytes(draft, &len);
	size_t end = all[lead].start;
	for (uint32_t i = lead; i < bracket_count && count < BK_MERGE_CHOICES;
		i = bk_draft_bracket_from(draft, all[i].end)) {
		if (all[i].start != end || (i != lead && !only_proposes(draft, &all[i])))
			break;
		const struct bk_span text = all[i].text;
		out[count++] = (struct bk_merge_choice){.names = bk_merge_names(draft, i, arena),
			.words = bk_merge_words(arena, bytes + text.start, text.end - text.start, MOST),
			.named = i != lead,
			.keep = text};
		end = all[i].end;
	}
	for (size_t i = 0; i < count; i++)
		out[i].whole = (struct bk_span){all[lead].start, end};
	return count > 1 ? count : 0;
}

static size_t choices_at(const bk_draft *draft, uint32_t bracket, struct bk_str base, struct bk_arena *arena,
	struct bk_merge_choice out[BK_MERGE_CHOICES])
{
	size_t count, len, brackets;
	const struct bk_alternative *const all = bk_draft_alternatives(draft, bracket, &count);
	const char *const bytes = bk_draft_bytes(draft, &len);
	const uint32_t lead = count == 0 ? replaced_by(draft, bracket, base) : BK_NONE;
	const size_t replaced = lead != BK_NONE ? choices_replaced(draft, lead, arena, out) : 0;
	if (count == 0)
		return replaced > 0 ? replaced : choices_alone(draft, bracket, arena, out);
	for (size_t i = 0; i < count && i < BK_MERGE_CHOICES; i++) {
		const struct bk_bracket *const one = &bk_draft_brackets(draft, &brackets)[all[i].bracket];
		const struct bk_span span = all[i].span;
		out[i] = (struct bk_merge_choice){.names = bk_merge_names(draft, all[i].bracket, arena),
			.words = bk_merge_words(arena, bytes + span.start, span.end - span.start, MOST),
			.named = one->attribution_count > 0,
			.act = BK_RESOLVE_CHOOSE,
			.number = i + 1};
	}
	return count < BK_MERGE_CHOICES ? count : BK_MERGE_CHOICES;
}

/* ---- Lines ---- */

/* The place of the base that says most of those in a row. */
static const struct bk_proof_place *widest_of(const bk_placing *placing, const struct bk_placing_place *place)
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
	const struct bk_proof_place *const widest = widest_of(bk_merge_placing(screen), place);
	return choices_at(bk_screen_desk(screen)->session->draft, place->bracket,
		(struct bk_str){widest->words, widest->len}, arena, out);
}

static const char *base_words(
	struct bk_list *list, const bk_placing *placing, const struct bk_placing_place *place)
{
	const struct bk_proof_place *const widest = widest_of(placing, place);
	return widest->len > 0 ? bk_merge_words(&list->arena, widest->words, widest->len, MOST)
			       : "(nothing in the base)";
}

static const char *state_words(
	struct bk_list *list, const bk_placing *placing, const struct bk_placing_place *place)
{
	const bk_draft *const issued = bk_placing_issued(placing);
	switch (place->state) {
	case BK_PLACING_OPEN: return "unplaced";
	case BK_PLACING_DEFERRED: return "deferred";
	case BK_PLACING_BRACKETED: return "stays in brackets";
	case BK_PLACING_COMBINED: return "combined";
	case BK_PLACING_LOST: return "not found";
	default: break;
	}
	const bool stands = place->won != BK_NONE;
	const uint32_t bracket = stands ? place->won : place->gone;
	const bool deletes = asks_to_delete(issued, bracket);
	if (stands && deletes)
		return "taken: base";
	if (!stands && !deletes)
		return widest_of(placing, place)->len > 0 ? "taken: base" : "taken: without";
	return bk_arena_printf(&list->arena, "taken: %s", bk_merge_names(issued, bracket, &list->arena));
}

static void add_sign(struct bk_line *line, enum bk_placing_state state)
{
	static const struct {
		const char *sign;
		enum bk_role role;
	} signs[BK_PLACING_STATE_COUNT] = {
		[BK_PLACING_OPEN] = {"●", BK_ROLE_GUTTER_OPEN},
		[BK_PLACING_DEFERRED] = {"~", BK_ROLE_MAYBE},
		[BK_PLACING_BRACKETED] = {"✓", BK_ROLE_GUTTER_AGREED},
		[BK_PLACING_COMBINED] = {"✓", BK_ROLE_GUTTER_AGREED},
		[BK_PLACING_TAKEN] = {"✓", BK_ROLE_GUTTER_AGREED},
		[BK_PLACING_LOST] = {"?", BK_ROLE_AGAINST},
	};
	bk_line_field(line, signs[state].sign, 2, signs[state].role);
}

/* What can be taken, in one row: "1 base: shall   2 EU: should". */
static const char *choices_in_row(struct bk_list *list, const struct bk_merge_choice *choices, size_t count)
{
	struct bk_buf out = BK_BUF_INIT;
	for (size_t i = 0; i < count; i++)
		bk_buf_printf(
			&out, "%s%zu %s: %s", i > 0 ? "   " : "", i + 1, choices[i].names, choices[i].words);
	const char *const copy = bk_arena_dup(&list->arena, bk_buf_string(&out), out.len);
	bk_buf_release(&out);
	return copy != NULL ? copy : "";
}

static void add_choices(struct bk_list *list, const struct bk_merge_choice *choices, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct bk_line *const line = bk_list_add(list);
		if (line == NULL)
			return;
		bk_line_field(line, "", 8, BK_ROLE_TEXT);
		bk_line_field(line, bk_arena_printf(&list->arena, "%zu", i + 1), 3, BK_ROLE_KEY);
		bk_line_field(line, choices[i].names, NAMES, choices[i].named ? BK_ROLE_PARTY : BK_ROLE_DIM);
		bk_line_field(line, choices[i].words, 0, BK_ROLE_TEXT);
		line->passive = true;
		line->key = SIZE_MAX;
	}
}

static void add_place(struct bk_screen *screen, struct bk_list *list, size_t index)
{
	const bk_draft *const draft = bk_screen_desk(screen)->session->draft;
	const bk_placing *const placing = list->data;
	size_t count, row, column;
	const struct bk_placing_place *const place = &bk_placing_places(placing, &count)[index];
	struct bk_merge_choice choices[BK_MERGE_CHOICES];
	const size_t choice_count =
		place->bracket != BK_NONE ? bk_merge_place_choices(screen, place, &list->arena, choices) : 0;
	const bool beside = screen->grid.cols >= BESIDE_FROM;
	struct bk_line *const line = bk_list_add(list);
	if (line == NULL)
		return;
	const char *number = "";
	if (place->offset != BK_NOWHERE) {
		bk_draft_place(draft, place->offset, &row, &column);
		number = bk_arena_printf(&list->arena, "%zu", row);
	}
	add_sign(line, place->state);
	bk_line_field_right(line, number, 6, BK_ROLE_DIM);
	bk_line_field(line, base_words(list, placing, place), beside ? BASE : 0, BK_ROLE_TEXT);
	if (beside)
		bk_line_field(line, choices_in_row(list, choices, choice_count), 0, BK_ROLE_PARTY);
	bk_line_field_right(line, state_words(list, placing, place), STATE, BK_ROLE_DIM);
	line->offset = place->offset;
	line->key = index;
	if (!beside)
		add_choices(list, choices, choice_count);
	if (screen->merge_of == index)
		bk_merge_add_proof(screen, list, place);
}

/* The provision that a place stands in, said once above its places. */
static void add_heading(struct bk_list *list, const bk_draft *draft, size_t offset, const char **before)
{
	size_t count;
	const uint32_t node = offset != BK_NOWHERE ? bk_draft_node_at(draft, offset) : BK_NONE;
	const char *const path = offset == BK_NOWHERE
					 ? "not found in the text, or gone with what stood round it"
				 : node != BK_NONE ? bk_draft_nodes(draft, &count)[node].path
						   : "before the first provision";
	if (*before != NULL && strcmp(*before, path) == 0)
		return;
	*before = path;
	struct bk_line *const line = bk_list_add(list);
	if (line == NULL)
		return;
	bk_line_field(line, path, 0, BK_ROLE_LABEL);
	line->passive = true;
	line->key = SIZE_MAX;
}

static const char *sum_up(struct bk_list *list, const bk_placing *placing)
{
	const struct bk_placing_counts counts = bk_placing_count(placing);
	struct bk_buf sum = BK_BUF_INIT;
	bk_buf_printf(&sum, "%zu of %zu unplaced", counts.unplaced, counts.places);
	if (counts.deferred > 0)
		bk_buf_printf(&sum, " · %zu deferred", counts.deferred);
	if (counts.lost > 0)
		bk_buf_printf(&sum, " · %zu not found", counts.lost);
	if (counts.taken > 0)
		bk_buf_printf(&sum, " · %zu taken by all", counts.taken);
	const char *const copy = bk_arena_dup(&list->arena, bk_buf_string(&sum), sum.len);
	bk_buf_release(&sum);
	return copy;
}

/* Why there is nothing: how to get a proof, or what is wrong with the one that is there. */
static const char *excuse(struct bk_list *list, int status)
{
	if (status == BK_ENOTFOUND)
		return "no proof lies beside this draft: bracked merge -o OUT --proof OUT.proof writes one";
	const char *const copy = bk_arena_dup(&list->arena, bk_error_message(), strlen(bk_error_message()));
	return copy != NULL ? copy : "out of memory";
}

/* What was long looked for is there the next time. */
static void keep_issued(struct bk_desk *desk, const bk_placing *placing)
{
	bk_snapshot *const before = desk->merged;
	desk->merged = bk_snapshot_keep(bk_draft_snapshot(bk_placing_issued(placing)));
	bk_snapshot_free(before);
}

static void fill(struct bk_screen *screen, struct bk_list *list)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	const struct bk_session *const session = desk->session;
	bk_placing *placing = NULL;
	const char *heading = NULL;
	size_t count;
	list->note = "the draft is being read";
	if (session->draft == NULL || session->draft_version != bk_text_version(session->text))
		return;
	const int status = bk_placing_open(&placing, session, desk->merged);
	if (status < 0) {
		list->note = excuse(list, status);
		return;
	}
	keep_issued(desk, placing);
	desk->placed = bk_placing_count(placing).unplaced > 0 ? UINT64_MAX : session->draft_version;
	list->data = placing;
	list->free_data = free_placing;
	list->note = "the parties differ nowhere: all that they want stands in the text";
	list->sum = sum_up(list, placing);
	const struct bk_placing_place *const places = bk_placing_places(placing, &count);
	for (size_t i = 0; i < count; i++) {
		add_heading(list, session->draft, places[i].offset, &heading);
		add_place(screen, list, i);
	}
}

static const struct bk_pane_key keys[] = {
	{"Enter", "go", "to the place in the text"},
	{"1-9", "take", "take what has this number: the others go, Ctrl-Z takes it back"},
	{"t", NULL, "take, by a number that is asked for"},
	{"c", "combine", "put several alternatives into one bracket, under all their names"},
	{"b", "bracket", "it stays in brackets, on purpose; once more: unplaced"},
	{"d", "defer", "put it off: it counts as unplaced, and says so; once more: not put off"},
	{"p", "proof", "who proposed what in which file, where it stands now; again, or Esc: put away"},
	{"n/N", "unplaced", "next place that is unplaced, previous one"},
	{"Esc", "close", "back to the text"},
	{0},
};

const struct bk_pane bk_pane_merge = {
	.name = "merge-pane",
	.title = "Merge",
	.wide = true,
	.fill = fill,
	.key = bk_merge_key,
	.no_filter = true,
	.keys = keys,
};
