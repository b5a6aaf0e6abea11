/* Lists in panes: which of their lines are shown, in which order; of many lines found out in parts between keys. */
#include "base/alloc.h"
#include "tui/clock.h"
#include "tui/screen.h"

#include <string.h>

/* ---- Lines ---- */

/* Lines are made from what fill has seen: of another draft there are none until the pane is filled anew. */
static bool is_stale(const struct bk_screen *screen)
{
	return !bk_pane_is_current(screen);
}

static const struct bk_line *line_of(struct bk_screen *screen, uint32_t index)
{
	struct bk_list *const list = &screen->list;
	if (screen->pane->make == NULL)
		return &list->lines.items[index];
	if (is_stale(screen))
		return NULL;
	bk_arena_release(&list->made_arena);
	list->made = (struct bk_line){.offset = BK_NOWHERE, .key = index};
	screen->pane->make(screen, &list->made_arena, index, &list->made);
	return &list->made;
}

/* All lines are shown, and no list of them is needed. */
static bool is_whole(const struct bk_list *list)
{
	return list->count > 0 && list->filter.len == 0;
}

static uint32_t ordered(const struct bk_list *list, size_t index)
{
	return list->order.items != NULL ? list->order.items[index] : (uint32_t)index;
}

size_t bk_list_shown(const struct bk_list *list)
{
	return is_whole(list) ? list->count : list->narrowing.busy ? list->narrowing.kept : list->shown.len;
}

const struct bk_line *bk_list_line(struct bk_screen *screen, size_t index)
{
	const struct bk_list *const list = &screen->list;
	if (index >= bk_list_shown(list))
		return NULL;
	return line_of(screen, is_whole(list) ? ordered(list, index) : list->shown.items[index]);
}

const struct bk_line *bk_list_chosen(struct bk_screen *screen)
{
	if (screen->pane == NULL)
		return NULL;
	const struct bk_line *const line = bk_list_line(screen, screen->list.chosen);
	return line == NULL || line->passive ? NULL : line;
}

size_t bk_list_chosen_key(struct bk_screen *screen)
{
	const struct bk_list *const list = &screen->list;
	if (screen->pane->make != NULL && list->chosen < bk_list_shown(list))
		return is_whole(list) ? ordered(list, list->chosen) : list->shown.items[list->chosen];
	const struct bk_line *const chosen = bk_list_chosen(screen);
	return chosen != NULL ? chosen->key : SIZE_MAX;
}

/* ---- Filtering ---- */

static bool contains(const char *text, struct bk_str word)
{
	const struct bk_str whole = bk_str_of(text);
	for (size_t i = 0; i + word.len <= whole.len; i++)
		if (bk_str_equal_nocase((struct bk_str){whole.ptr + i, word.len}, word))
			return true;
	return false;
}

static bool line_contains(const struct bk_line *line, struct bk_str word)
{
	if (line->find != NULL && contains(line->find, word))
		return true;
	for (size_t i = 0; i < line->count; i++)
		if (contains(line->fields[i].text, word))
			return true;
	return false;
}

/* Every word of the filter stands somewhere in the line. */
static bool passes(const struct bk_line *line, struct bk_str filter)
{
	size_t at = 0;
	while (at < filter.len) {
		size_t end = at;
		while (end < filter.len && filter.ptr[end] != ' ')
			end++;
		if (end > at &&
			(line->passive || !line_contains(line, (struct bk_str){filter.ptr + at, end - at})))
			return false;
		at = end + 1;
	}
	return true;
}

/* All at once: lines that stand ready are few. */
static void narrow_ready(struct bk_list *list, size_t wanted_key)
{
	list->shown.len = 0;
	list->chosen = list->top = 0;
	for (size_t i = 0; i < list->lines.len; i++) {
		if (!passes(&list->lines.items[i], bk_buf_str(&list->filter)))
			continue;
		uint32_t *const slot = BK_VEC_PUSH(&list->shown);
		if (slot == NULL)
			return;
		*slot = (uint32_t)i;
		if (list->lines.items[i].key == wanted_key && !list->lines.items[i].passive)
			list->chosen = list->shown.len - 1;
	}
	while (list->chosen + 1 < list->shown.len &&
		list->lines.items[list->shown.items[list->chosen]].passive)
		list->chosen++;
}

/* The next line to look at, from those that passed before or those never looked at; false: none is left. */
static bool next_line(struct bk_list *list, uint32_t *index)
{
	struct bk_list_narrowing *const now = &list->narrowing;
	if (now->again < now->until) {
		*index = list->shown.items[now->again++];
		return true;
	}
	list->shown.len = now->again = now->until = now->kept;
	if (now->next == list->count)
		return false;
	*index = ordered(list, now->next++);
	return true;
}

static bool keep_line(struct bk_list *list, uint32_t index)
{
	struct bk_list_narrowing *const now = &list->narrowing;
	if (now->kept == list->shown.len) {
		if (BK_VEC_PUSH(&list->shown) == NULL)
			return false;
		now->again = now->until = list->shown.len;
	}
	list->shown.items[now->kept++] = index;
	if (now->wanted == index)
		list->chosen = now->kept - 1;
	return true;
}

static void narrow_one(struct bk_screen *screen)
{
	struct bk_list *const list = &screen->list;
	uint32_t index;
	const struct bk_line *const line = next_line(list, &index) ? line_of(screen, index) : NULL;
	/* At the end, and where memory runs out, what was found is all. */
	if (line == NULL || (passes(line, bk_buf_str(&list->filter)) && !keep_line(list, index))) {
		list->narrowing.busy = false;
		list->shown.len = list->narrowing.kept;
		if (list->narrowing.follow)
			bk_list_preview(screen);
	}
}

/* The place of a line among all. */
static size_t place_of(const struct bk_list *list, size_t index)
{
	if (list->order.items == NULL)
		return index < list->count ? index : 0;
	for (size_t i = 0; i < list->count; i++)
		if (list->order.items[i] == index)
			return i;
	return 0;
}

enum { KEY_MS = 1 };

void bk_list_narrow(struct bk_screen *screen, size_t key, bool longer)
{
	struct bk_list *const list = &screen->list;
	struct bk_list_narrowing *const now = &list->narrowing;
	if (screen->pane->make == NULL) {
		narrow_ready(list, key);
		return;
	}
	list->chosen = list->top = 0;
	if (is_whole(list)) {
		*now = (struct bk_list_narrowing){0};
		list->shown.len = 0;
		list->chosen = place_of(list, key);
		return;
	}
	if (longer && now->busy) {
		memmove(list->shown.items + now->kept, list->shown.items + now->again,
			(now->until - now->again) * sizeof *list->shown.items);
		now->until = list->shown.len = now->kept + (now->until - now->again);
	} else if (longer) {
		now->until = list->shown.len;
	} else {
		now->next = now->until = list->shown.len = 0;
	}
	now->again = now->kept = 0;
	now->wanted = key;
	now->follow = false;
	now->busy = true;
	bk_list_work(screen, KEY_MS);
}

/* ---- Sorting ---- */

void bk_list_forget(struct bk_list *list)
{
	struct bk_list_order *const order = &list->order;
	bk_free(order->items);
	bk_free(order->keys);
	bk_free(order->from);
	bk_free(order->to);
	list->order = (struct bk_list_order){0};
	list->narrowing = (struct bk_list_narrowing){0};
}

static bool comes_after(const struct bk_sort_key *keys, uint32_t a, uint32_t b)
{
	const struct bk_sort_key *const x = &keys[a], *const y = &keys[b];
	if ((*x->words == '\0') != (*y->words == '\0'))
		return *x->words == '\0';
	const int order = strcmp(x->words, y->words);
	if (order != 0)
		return order > 0;
	return x->number != y->number ? x->number > y->number : a > b;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* What passed the filter, in the new order. */
static void reorder_shown(struct bk_list *list)
{
	uint8_t *const passed = bk_calloc(list->count + 1, 1);
	size_t kept = 0;
	if (passed == NULL)
		return;
	for (size_t i = 0; i < list->shown.len; i++)
		passed[list->shown.items[i]] = 1;
	for (size_t i = 0; i < list->count && kept < list->shown.len; i++)
		if (passed[ordered(list, i)])
			list->shown.items[kept++] = ordered(list, i);
	bk_free(passed);
}

static size_t chosen_index(const struct bk_list *list)
{
	if (list->chosen >= bk_list_shown(list))
		return SIZE_MAX;
	return is_whole(list) ? ordered(list, list->chosen) : list->shown.items[list->chosen];
}

/* The order is there: the chosen line stays chosen. */
static void show_order(struct bk_list *list, uint32_t *items)
{
	const size_t chosen = chosen_index(list);
	bk_free(list->order.items);
	list->order.items = items;
	if (is_whole(list)) {
		list->chosen = chosen != SIZE_MAX ? place_of(list, chosen) : 0;
		return;
	}
	if (list->narrowing.busy)
		return;
	reorder_shown(list);
	for (size_t i = 0; i < list->shown.len; i++)
		if (list->shown.items[i] == chosen)
			list->chosen = i;
}

static void end_sort(struct bk_list *list)
{
	struct bk_list_order *const order = &list->order;
	uint32_t *const items = order->from;
	order->from = NULL;
	order->busy = false;
	bk_free(order->keys);
	bk_free(order->to);
	order->keys = NULL;
	order->to = NULL;
	show_order(list, items);
}

/* The next pair of sorted stretches, or of stretches twice as wide. */
static void begin_merge(struct bk_list_order *order, size_t count)
{
	if (order->start >= count) {
		uint32_t *const sorted = order->to;
		order->to = order->from;
		order->from = sorted;
		order->width *= 2;
		order->start = 0;
	}
	order->left = order->out = order->start;
	order->right = least(order->start + order->width, count);
}

static void merge_one(struct bk_list *list)
{
	struct bk_list_order *const order = &list->order;
	const size_t middle = least(order->start + order->width, list->count);
	const size_t end = least(middle + order->width, list->count);
	const bool right = order->left == middle ||
			   (order->right < end && comes_after(order->keys, order->from[order->left],
							  order->from[order->right]));
	order->to[order->out++] = order->from[right ? order->right++ : order->left++];
	if (order->out < end)
		return;
	order->start = end;
	begin_merge(order, list->count);
	if (order->width >= list->count)
		end_sort(list);
}

static void sort_one(struct bk_screen *screen)
{
	struct bk_list *const list = &screen->list;
	struct bk_list_order *const order = &list->order;
	if (order->keyed == list->count) {
		merge_one(list);
		return;
	}
	if (is_stale(screen)) {
		order->busy = false;
		return;
	}
	order->keys[order->keyed] = screen->pane->sort_key(screen, list, (uint32_t)order->keyed);
	order->from[order->keyed] = (uint32_t)order->keyed;
	order->keyed++;
}

void bk_list_sort(struct bk_screen *screen)
{
	struct bk_list *const list = &screen->list;
	struct bk_list_order *const order = &list->order;
	if (screen->pane->make == NULL)
		return;
	bk_free(order->keys);
	bk_free(order->from);
	bk_free(order->to);
	*order = (struct bk_list_order){.items = order->items, .width = 1};
	if (list->sort == 0 || list->count < 2) {
		const bool half = list->narrowing.busy;
		const size_t chosen = chosen_index(list);
		show_order(list, NULL);
		if (half)
			bk_list_narrow(screen, chosen, false);
		return;
	}
	order->keys = bk_malloc(list->count * sizeof *order->keys);
	order->from = bk_malloc(list->count * sizeof *order->from);
	order->to = bk_malloc(list->count * sizeof *order->to);
	/* Without the memory the old order stays. */
	order->busy = order->keys != NULL && order->from != NULL && order->to != NULL;
	if (order->busy)
		begin_merge(order, list->count);
	bk_list_work(screen, KEY_MS);
}

/* ---- In parts ---- */

static bool is_busy(const struct bk_list *list)
{
	return list->narrowing.busy || list->order.busy;
}

bool bk_list_work(struct bk_screen *screen, int milliseconds)
{
	enum { TURN = 64, FEW = 8 };
	struct bk_list *const list = &screen->list;
	if (screen->pane == NULL)
		return false;
	if (screen->pane->work != NULL && screen->pane->work(screen, milliseconds))
		return true;
	const bool script = screen->terminal->script;
	const int64_t until = bk_now_ms() + milliseconds;
	for (size_t done = 1; is_busy(list); done++) {
		if (list->narrowing.busy)
			narrow_one(screen);
		else
			sort_one(screen);
		if (script ? screen->reading_held && done == FEW : done % TURN == 0 && bk_now_ms() >= until)
			break;
	}
	return is_busy(list);
}
