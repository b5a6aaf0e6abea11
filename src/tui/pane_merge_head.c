/*
 * Above the places of a merge: what stands at the chosen one in full, where its line has no room for all of it; what
 * the base says beside what parties want, or above it.
 */
#include "tui/pane_merge.h"

#include "base/utf8.h"
#include "tui/screen.h"

#include <string.h>

enum { LEAST_ROWS = 10, MOST_ROWS = 1000, HANG = 3 };

/* Words of somebody's; base: nobody's but the base's. */
struct item {
	const char *label;
	struct bk_str words;
	bool base;
};
enum { MOST_ITEMS = BK_MERGE_CHOICES + 64 };

struct items {
	struct item list[MOST_ITEMS];
	size_t count;
	bool cut; /* some are longer than the room that they have below */
};

static int width_of(struct bk_str words)
{
	return (int)bk_utf8_string_width(words);
}

static void add(struct items *items, const char *label, struct bk_str words, bool base, int room)
{
	if (items->count == MOST_ITEMS)
		return;
	items->list[items->count++] = (struct item){label, words, base};
	items->cut = items->cut || bk_str_find(words, '\n') < words.len || width_of(words) > room;
}

/* ---- What there is ---- */

/* Below, choices share a row where there is room beside the base, and have one each elsewhere. */
static void add_choices(struct bk_screen *screen, const struct bk_placing_place *place,
	struct bk_arena *arena, struct items *items)
{
	struct bk_merge_choice choices[BK_MERGE_CHOICES];
	const bool beside = screen->grid.cols >= BK_MERGE_BESIDE_FROM;
	size_t len;
	const char *const bytes = bk_draft_bytes(bk_placing_now(bk_merge_placing(screen)), &len);
	const size_t count =
		place->bracket != BK_NONE ? bk_merge_place_choices(screen, place, arena, choices) : 0;
	int used = 0;
	for (size_t i = 0; i < count; i++) {
		const struct bk_span text = choices[i].text;
		const struct bk_str words =
			choices[i].none != NULL ? bk_str_of(choices[i].none)
						: (struct bk_str){bytes + text.start, text.end - text.start};
		const char *const label = choices[i].none != NULL ? "" : choices[i].label;
		const int names = width_of(bk_str_of(choices[i].names));
		used += names + width_of(bk_str_of(label)) + width_of(words) + (i > 0 ? 7 : 4);
		add(items,
			bk_or_empty(bk_arena_printf(arena, "%zu %s:%s%.*s", choices[i].number,
				choices[i].names, label[0] != '\0' ? " " : "",
				(int)bk_str_trim(bk_str_of(label)).len, label)),
			words, !choices[i].named,
			beside ? screen->grid.cols - BK_MERGE_BASE - BK_MERGE_STATE - 10 - used +
					 width_of(words)
			       : screen->grid.cols - BK_MERGE_NAMES - 12 - width_of(bk_str_of(label)));
		items->cut = items->cut || (!beside && names >= BK_MERGE_NAMES);
	}
}

static bool have_base(const struct items *items)
{
	for (size_t i = 0; i < items->count; i++)
		if (items->list[i].base)
			return true;
	return false;
}

/* The words of those who proposed, while the proof of the place is unfolded. */
static void add_proposals(const struct bk_placing *placing, const struct bk_placing_place *place,
	struct bk_arena *arena, int room, struct items *items)
{
	size_t count;
	const bk_proof *const proof = bk_placing_proof(placing);
	const struct bk_proof_place *const places = bk_proof_places(proof, &count) + place->first;
	const struct bk_proof_proposal *const all = bk_proof_proposals(proof, &count);
	const char *const *const parties = bk_proof_parties(proof, &count);
	for (size_t i = 0; i < place->count; i++)
		for (size_t j = 0; j < places[i].proposal_count; j++) {
			const struct bk_proof_proposal *const one = &all[places[i].first + j];
			add(items,
				bk_or_empty(bk_arena_printf(arena, "%s %s, %s:%zu:", parties[one->party],
					bk_merge_act_name(one->act), bk_proof_file_name(proof, one->party),
					one->file.line)),
				(struct bk_str){one->words, one->len}, false, room);
		}
}

static void gather(struct bk_screen *screen, const struct bk_placing_place *place, size_t index,
	struct bk_arena *arena, struct items *items)
{
	const bk_placing *const placing = bk_merge_placing(screen);
	const int cols = screen->grid.cols;
	const struct bk_proof_place *const widest = bk_merge_widest(placing, place);
	add_choices(screen, place, arena, items);
	if (widest->len > 0 && !have_base(items))
		add(items, "base:", (struct bk_str){widest->words, widest->len}, true,
			cols >= BK_MERGE_BESIDE_FROM ? BK_MERGE_BASE - 1 : cols - BK_MERGE_STATE - 10);
	if (screen->merge_of == index)
		add_proposals(placing, place, arena, cols - 66, items);
}

/* ---- Drawing ---- */

static struct bk_str next_paragraph(struct bk_str *rest)
{
	size_t end = 0;
	while (end < rest->len &&
		!(rest->ptr[end] == '\n' &&
			(end + 1 == rest->len || rest->ptr[end + 1] == '\n' || rest->ptr[end + 1] == '\r')))
		end++;
	const struct bk_str paragraph = bk_str_trim((struct bk_str){rest->ptr, end});
	*rest = bk_str_trim(bk_str_skip(*rest, end));
	return paragraph;
}

/* Each paragraph in rows of its own; with no grid they are only counted.  Returns the row behind. */
static int put_item(const struct bk_screen *screen, struct bk_grid *grid, struct bk_rect rect, int row,
	const struct item *item)
{
	struct bk_str rest = bk_str_trim(item->words);
	const char *label = item->label;
	do {
		struct bk_buf words = BK_BUF_INIT;
		bk_buf_printf(&words, "%s%s", label, label[0] != '\0' ? " " : "");
		bk_buf_put_str(&words, next_paragraph(&rest));
		if (grid == NULL) {
			row += bk_grid_count_words(rect.cols - HANG, bk_buf_str(&words));
		} else {
			const int first = row;
			row = bk_grid_put_words(grid, rect, row, HANG, BK_LOOK_PLAIN, bk_buf_str(&words));
			if (row > first)
				bk_grid_puts(grid, first, rect.col, rect.col + rect.cols,
					bk_screen_style(screen, item->base ? BK_ROLE_DIM : BK_ROLE_PARTY),
					label);
		}
		bk_buf_release(&words);
		label = "";
	} while (rest.len > 0);
	return row;
}

/* All of them, those of the base to the left where there is room; returns how many rows they take. */
static int put_items(
	const struct bk_screen *screen, struct bk_grid *grid, int cols, const struct items *items)
{
	const bool beside = cols + 2 >= BK_MERGE_BESIDE_FROM;
	const int half = beside ? cols / 2 : cols;
	const struct bk_rect left = {0, 0, MOST_ROWS, beside ? half - 2 : cols};
	const struct bk_rect right = {0, beside ? half : 0, MOST_ROWS, beside ? cols - half : cols};
	int left_row = 0, right_row = 0;
	for (size_t i = 0; i < items->count; i++) {
		int *const row = beside && items->list[i].base ? &left_row : &right_row;
		*row = put_item(
			screen, grid, beside && items->list[i].base ? left : right, *row, &items->list[i]);
	}
	const int rows = left_row > right_row ? left_row : right_row;
	return rows < MOST_ROWS ? rows : MOST_ROWS;
}

static void draw_rule(struct bk_screen *screen, struct bk_rect rect, int top, int last)
{
	const int end = rect.col + rect.cols;
	for (int col = rect.col; col < end; col++)
		bk_grid_puts(&screen->grid, rect.row, col, end, bk_screen_style(screen, BK_ROLE_BORDER), "─");
	if (last > 0)
		bk_grid_put_right(&screen->grid, rect.row, rect.col, end - 2,
			bk_screen_style(screen, BK_ROLE_DIM),
			top == 0      ? BK_STR(" more: Right ")
			: top == last ? BK_STR(" more: Left ")
				      : BK_STR(" more: Left, Right "));
}

/* As many rows as there is half of the room for. */
static int draw(struct bk_screen *screen, const struct items *items, struct bk_rect rect)
{
	const int cols = rect.cols - 2, half = rect.rows / 2 - 1;
	const int rows = put_items(screen, NULL, cols, items);
	if (bk_grid_resize(&screen->tall, rows > 0 ? rows : 1, cols) < 0)
		return 0;
	screen->tall.bidi = screen->bidi;
	bk_grid_clear(&screen->tall);
	const int all = put_items(screen, &screen->tall, cols, items);
	const int shown = all < half ? all : half, last = all - shown;
	screen->merge_top = screen->merge_top < last ? screen->merge_top : last;
	bk_grid_copy_rows(&screen->grid, (struct bk_rect){rect.row, rect.col + 1, shown, cols}, &screen->tall,
		screen->merge_top);
	draw_rule(
		screen, (struct bk_rect){rect.row + shown, rect.col, 1, rect.cols}, screen->merge_top, last);
	return shown + 1;
}

int bk_merge_head(struct bk_screen *screen, struct bk_rect rect)
{
	const bk_placing *const placing = bk_merge_placing(screen);
	const size_t index = bk_list_chosen_key(screen);
	size_t count;
	if (placing == NULL || rect.rows < LEAST_ROWS)
		return 0;
	const struct bk_placing_place *const places = bk_placing_places(placing, &count);
	if (index >= count)
		return 0;
	if (screen->merge_shown != index)
		screen->merge_top = 0;
	screen->merge_shown = index;
	struct bk_arena arena = BK_ARENA_INIT;
	struct items items = {.count = 0};
	gather(screen, &places[index], index, &arena, &items);
	const int used = items.cut ? draw(screen, &items, rect) : 0;
	bk_arena_release(&arena);
	return used;
}
