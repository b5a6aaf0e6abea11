/*
 * The merge pane: places of a compilation where people differ, by provision; what can be taken there, what was, and
 * how many are unplaced.
 */
#include "tui/pane_merge.h"

#include "tui/placed.h"
#include "tui/screen.h"

#include <string.h>

enum { MOST = 240 };

bk_placing *bk_merge_placing(const struct bk_screen *screen)
{
	return screen->list.data;
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
	return bk_or_empty(copy);
}

/* ---- Lines ---- */

static const char *base_words(
	struct bk_list *list, const bk_placing *placing, const struct bk_placing_place *place)
{
	const struct bk_proof_place *const widest = bk_merge_widest(placing, place);
	return widest->len > 0 ? bk_merge_words(&list->arena, widest->words, widest->len, MOST)
			       : "(nothing in the base)";
}

static const char *state_words(
	struct bk_list *list, const bk_placing *placing, const struct bk_placing_place *place)
{
	const struct bk_placing_names *const issued = bk_placing_names_issued(placing);
	switch (place->state) {
	case BK_PLACING_OPEN: return "unplaced";
	case BK_PLACING_DEFERRED: return "deferred";
	case BK_PLACING_BRACKETED: return "stays in brackets";
	case BK_PLACING_COMBINED: return "combined";
	case BK_PLACING_LOST: return "not found";
	default: break;
	}
	if (place->retained)
		return "base retained";
	if (place->withdrawn != BK_NONE)
		return bk_merge_withdrawal(placing, place->withdrawn, &list->arena);
	if (place->along)
		return "moved along";
	if (place->otherwise)
		return "settled otherwise";
	const bool stands = place->won != BK_NONE;
	if (place->target_count > 0)
		return bk_merge_move_outcome(issued, place, &list->arena);
	if (stands && bk_merge_is_accepted(placing, place))
		return "base accepted";
	return bk_merge_outcome(issued, stands ? place->won : place->gone, stands,
		bk_merge_widest(placing, place)->len == 0, &list->arena);
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

/* What can be taken, in one row: "0 base: shall   1 EU: should". */
static const char *choices_in_row(struct bk_list *list, const struct bk_merge_choice *choices, size_t count)
{
	struct bk_buf out = BK_BUF_INIT;
	for (size_t i = 0; i < count; i++)
		bk_buf_printf(&out, "%s%zu %s: %s", i > 0 ? "   " : "", choices[i].number, choices[i].names,
			choices[i].words);
	const char *const copy = bk_arena_dup(&list->arena, bk_buf_string(&out), out.len);
	bk_buf_release(&out);
	return bk_or_empty(copy);
}

static void add_choices(struct bk_list *list, const struct bk_merge_choice *choices, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct bk_line *const line = bk_list_add(list);
		if (line == NULL)
			return;
		bk_line_field(line, "", 8, BK_ROLE_TEXT);
		bk_line_field(line, bk_arena_printf(&list->arena, "%zu", choices[i].number), 3, BK_ROLE_KEY);
		bk_line_field(line, choices[i].names, BK_MERGE_NAMES,
			choices[i].named ? BK_ROLE_PARTY : BK_ROLE_DIM);
		bk_line_field(line, choices[i].words, 0, BK_ROLE_TEXT);
		line->passive = true;
		line->key = SIZE_MAX;
	}
}

static void add_place(struct bk_screen *screen, struct bk_list *list, size_t index)
{
	const bk_placing *const placing = list->data;
	const bk_draft *const draft = bk_placing_now(placing);
	size_t count;
	const struct bk_placing_place *const place = &bk_placing_places(placing, &count)[index];
	struct bk_merge_choice choices[BK_MERGE_CHOICES];
	const size_t choice_count =
		place->bracket != BK_NONE ? bk_merge_place_choices(screen, place, &list->arena, choices) : 0;
	const bool beside = screen->grid.cols >= BK_MERGE_BESIDE_FROM;
	struct bk_line *const line = bk_list_add(list);
	if (line == NULL)
		return;
	const char *number = "";
	if (place->offset != BK_NOWHERE)
		number = bk_arena_printf(&list->arena, "%zu", bk_merge_line(draft, place->offset));
	add_sign(line, place->state);
	bk_line_field_right(line, number, 6, BK_ROLE_DIM);
	bk_line_field(line,
		bk_arena_printf(
			&list->arena, "%s%s", place->inside ? "  " : "", base_words(list, placing, place)),
		beside ? BK_MERGE_BASE : 0, BK_ROLE_TEXT);
	if (beside)
		bk_line_field(line, choices_in_row(list, choices, choice_count), 0, BK_ROLE_PARTY);
	bk_line_field_right(line, state_words(list, placing, place), BK_MERGE_STATE, BK_ROLE_DIM);
	line->offset = place->offset;
	line->key = index;
	if (!beside)
		add_choices(list, choices, choice_count);
	if (screen->merge_of == index)
		bk_merge_add_proof(list, place);
}

const char *bk_merge_provision(const bk_draft *draft, size_t offset)
{
	size_t count;
	const uint32_t node = offset != BK_NOWHERE ? bk_draft_node_at(draft, offset) : BK_NONE;
	return offset == BK_NOWHERE ? "not found in the text, or gone with what stood round it"
	       : node != BK_NONE    ? bk_draft_nodes(draft, &count)[node].path
				    : "before the first provision";
}

size_t bk_merge_line(const bk_draft *draft, size_t offset)
{
	size_t row, column;
	bk_draft_place(draft, offset, &row, &column);
	return row;
}

/* The provision that a place stands in, said once above its places. */
static void add_heading(struct bk_list *list, const bk_draft *draft, size_t offset, const char **before)
{
	const char *const path = bk_merge_provision(draft, offset);
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

static const char *sum_up(struct bk_list *list, const bk_placing *placing, bool there)
{
	const struct bk_placing_counts counts = bk_placing_count(placing);
	struct bk_buf sum = BK_BUF_INIT;
	if (bk_placing_is_foreign(placing))
		bk_buf_puts(&sum, "not of this text");
	else
		bk_buf_printf(&sum, "%zu of %zu unplaced", counts.unplaced, counts.places);
	if (counts.inside > 0)
		bk_buf_printf(&sum, " (%zu inside others)", counts.inside);
	if (counts.deferred > 0)
		bk_buf_printf(&sum, " · %zu deferred", counts.deferred);
	if (counts.lost > 0)
		bk_buf_printf(&sum, " · %zu not found", counts.lost);
	if (counts.taken > 0)
		bk_buf_printf(&sum, " · %zu taken by all", counts.taken);
	if (!there)
		bk_buf_puts(&sum, " · following the text ...");
	const char *const copy = bk_arena_dup(&list->arena, bk_buf_string(&sum), sum.len);
	bk_buf_release(&sum);
	return copy;
}

static void add_remark(struct bk_list *list, const char *words, enum bk_role role)
{
	struct bk_line *const line = bk_list_add(list);
	if (line == NULL)
		return;
	bk_line_field(line, words, 0, role);
	line->passive = true;
	line->key = SIZE_MAX;
}

/* A path without the folders in front. */
static const char *base_name(const char *path)
{
	const char *const slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* A text that is not what was merged: whose proof that is, and what to do; or how its places are found. */
static void add_remarks(struct bk_screen *screen, struct bk_list *list, const bk_placing *placing)
{
	struct bk_arena *const arena = &list->arena;
	const char *const owner = bk_placing_owner(placing);
	const char *const name = bk_screen_desk(screen)->session->name;
	if (bk_placing_is_exact(placing))
		return;
	if (!bk_placing_is_foreign(placing)) {
		add_remark(list, "This text is not what was merged: places are found by their words.",
			BK_ROLE_DIM);
		return;
	}
	add_remark(list,
		bk_arena_printf(arena, "'%s.proof' is not of this text: none of its places is found.", name),
		BK_ROLE_AGAINST);
	if (owner != NULL) {
		add_remark(list,
			bk_arena_printf(arena, "It is of '%s': give it the name '%s.proof', and open '%s'.",
				owner, owner, owner),
			BK_ROLE_TEXT);
		return;
	}
	const char *const other = bk_proof_out_name(bk_placing_proof(placing));
	add_remark(list,
		strcmp(base_name(other), base_name(name)) == 0
			? "It is of another text of that name."
			: bk_arena_printf(
				  arena, "It is of '%s', which does not lie beside this text.", other),
		BK_ROLE_TEXT);
	add_remark(list, "bracked merge -o OUT --proof OUT.proof writes a text with its own.", BK_ROLE_TEXT);
}

/* Why there is nothing: how to get a proof, or what is wrong with the one that is there. */
static const char *excuse(struct bk_list *list, const struct bk_placed *placed)
{
	const char *const message = placed->message != NULL ? placed->message : "out of memory";
	const char *const copy = bk_arena_dup(&list->arena, message, strlen(message));
	return copy != NULL ? copy : "out of memory";
}

/* What was followed last stays until what is followed now is there. */
static void fill(struct bk_screen *screen, struct bk_list *list)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	const char *heading = NULL;
	size_t count;
	bool there;
	list->note = "the places are being followed";
	if (bk_desk_place(desk, screen->terminal->wake_write, false, &there) < 0 || desk->places == NULL)
		return;
	bk_placing *const placing = desk->places->placing;
	if (placing == NULL) {
		list->note = excuse(list, desk->places);
		return;
	}
	if (there)
		desk->placed = bk_placing_count(placing).unplaced > 0 ? UINT64_MAX
								      : bk_text_version(desk->session->text);
	list->data = placing;
	list->note = "the parties differ nowhere: all that they want stands in the text";
	list->sum = sum_up(list, placing, there);
	add_remarks(screen, list, placing);
	const struct bk_placing_place *const places = bk_placing_places(placing, &count);
	for (size_t i = 0; i < count; i++) {
		add_heading(list, bk_placing_now(placing), places[i].offset, &heading);
		add_place(screen, list, i);
	}
}

static const struct bk_pane_key keys[] = {
	{"Enter", "go", "to the place in the text"},
	{"0-9", "take",
		"take what has this number, 0 what the base has: the others go, Ctrl-Z takes it back"},
	{"t", NULL, "take, by a number that is asked for"},
	{"c", "combine", "put several alternatives into one bracket, each before its names"},
	{"b", "bracket", "it stays in brackets, on purpose; once more: unplaced"},
	{"d", "defer", "put it off: it counts as unplaced, and says so; once more: not put off"},
	{"p", "proof", "who proposed what in which file, where it stands now; again, or Esc: put away"},
	{"Left/Right", NULL, "scroll what is shown in full above"},
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
	.head = bk_merge_head,
	.no_filter = true,
	.keys = keys,
};
