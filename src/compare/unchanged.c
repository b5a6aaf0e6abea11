#include "compare/unchanged.h"

#include "base/alloc.h"
#include "base/error.h"

/* One of the two texts, seen from it. */
struct view {
	const struct bk_blocks *here, *there;
	const uint32_t *to_there;
};

static size_t trimmed_start(const struct bk_blocks *blocks, uint32_t block)
{
	return blocks->list.items[block].text;
}

/* Where an offset in an unchanged block stands in the other text; BK_NOWHERE for one in the blanks around it. */
static size_t offset_there(const struct view *view, size_t offset)
{
	const uint32_t block = bk_blocks_at(view->here, offset);
	size_t start;

	if (view->here->list.len == 0 || view->to_there[block] == BK_NONE)
		return BK_NOWHERE;
	start = trimmed_start(view->here, block);
	if (offset < start || offset - start > bk_blocks_bytes(view->here, block).len)
		return BK_NOWHERE;
	return trimmed_start(view->there, view->to_there[block]) + (offset - start);
}

/* Whether blocks first to last are unchanged neighbours whose partners are neighbours. */
static bool is_run(const struct view *view, uint32_t first, uint32_t last)
{
	for (uint32_t b = first; b <= last; b++)
		if (view->to_there[b] == BK_NONE || view->to_there[b] != view->to_there[first] + (b - first))
			return false;
	return true;
}

static bool is_disputed(const struct bk_bracket *bracket)
{
	return !bracket->brace && bracket->class == BK_CLASS_DISPUTED;
}

/* Where a walk over the brackets of both texts is. */
struct walk {
	uint32_t block; /* in which the bracket opens */
	uint32_t there; /* the first bracket of the other text that may be the same */
};

/* The same bracket in the other text, or BK_NONE. */
static uint32_t bracket_there(const struct view *view, uint32_t bracket, struct walk *walk)
{
	const struct bk_draft *there = view->there->draft;
	const struct bk_bracket *it = &view->here->draft->brackets[bracket];
	const size_t close = it->end - it->close_len;
	const uint32_t first = walk->block;
	const bool inside = close < view->here->list.items[first].end;
	const uint32_t last = inside ? first : bk_blocks_at(view->here, close);
	size_t shift;

	if (view->to_there[first] == BK_NONE || (!inside && !is_run(view, first, last)))
		return BK_NONE;
	shift = trimmed_start(view->there, view->to_there[first]) - trimmed_start(view->here, first);
	if (!inside &&
		trimmed_start(view->there, view->to_there[last]) - trimmed_start(view->here, last) != shift)
		return BK_NONE; /* other blanks between the blocks: words tell */
	while (walk->there < there->bracket_count && there->brackets[walk->there].start < it->start + shift)
		walk->there++;
	it = walk->there < there->bracket_count && there->brackets[walk->there].start == it->start + shift &&
			     there->brackets[walk->there].end == it->end + shift
		     ? &there->brackets[walk->there]
		     : NULL;
	return it && is_disputed(it) ? walk->there : BK_NONE;
}

static void find_brackets(struct bk_unchanged *unchanged, bool *new_found)
{
	const struct view view = {unchanged->old, unchanged->now, unchanged->to_new};
	struct walk walk = {0, 0};

	for (uint32_t b = 0; b < unchanged->old->draft->bracket_count; b++) {
		const struct bk_bracket *bracket = &unchanged->old->draft->brackets[b];
		uint32_t now;

		while (unchanged->old->list.items[walk.block].end <= bracket->start)
			walk.block++;
		now = is_disputed(bracket) ? bracket_there(&view, b, &walk) : BK_NONE;

		unchanged->bracket[b] = now;
		if (now != BK_NONE)
			new_found[now] = true;
	}
}

/* Words are needed of what a bracket crosses. */
static void need_crossed(const struct bk_blocks *blocks, const struct bk_bracket *bracket, bool *spared)
{
	for (uint32_t b = bk_blocks_at(blocks, bracket->start);
		b < blocks->list.len && blocks->list.items[b].start < bracket->end; b++)
		spared[b] = false;
}

/* ... that is not the same in the other text. */
static int spare_blocks(struct bk_unchanged *unchanged)
{
	const struct bk_draft *old = unchanged->old->draft, *now = unchanged->now->draft;
	bool *new_found = bk_calloc(now->bracket_count + 1, sizeof *new_found);

	if (!new_found)
		return bk_fail_memory();
	find_brackets(unchanged, new_found);
	for (uint32_t b = 0; b < old->bracket_count; b++)
		if (is_disputed(&old->brackets[b]) && unchanged->bracket[b] == BK_NONE)
			need_crossed(unchanged->old, &old->brackets[b], unchanged->old_spared);
	for (uint32_t b = 0; b < now->bracket_count; b++)
		if (is_disputed(&now->brackets[b]) && !new_found[b])
			need_crossed(unchanged->now, &now->brackets[b], unchanged->new_spared);
	bk_free(new_found);
	return BK_OK;
}

/* A block and its partner are spared both or none. */
static void agree(struct bk_unchanged *unchanged)
{
	for (uint32_t b = 0; b < unchanged->old->list.len; b++) {
		const uint32_t now = unchanged->to_new[b];

		if (now == BK_NONE)
			continue;
		unchanged->old_spared[b] &= unchanged->new_spared[now];
		unchanged->new_spared[now] = unchanged->old_spared[b];
	}
}

int bk_unchanged_find(
	struct bk_unchanged *unchanged, const struct bk_blocks *old, const struct bk_blocks *now)
{
	const size_t old_count = old->list.len, new_count = now->list.len;
	int status;

	*unchanged = (struct bk_unchanged){.old = old, .now = now};
	unchanged->to_new = bk_malloc((old_count + 1) * sizeof(uint32_t));
	unchanged->to_old = bk_malloc((new_count + 1) * sizeof(uint32_t));
	unchanged->bracket = bk_malloc((old->draft->bracket_count + 1) * sizeof(uint32_t));
	unchanged->old_spared = bk_calloc(old_count + 1, 1);
	unchanged->new_spared = bk_calloc(new_count + 1, 1);
	if (!unchanged->bracket || !unchanged->to_new || !unchanged->to_old || !unchanged->old_spared ||
		!unchanged->new_spared)
		return bk_fail_memory();
	status = bk_blocks_find_equal(old, now, unchanged->to_new);
	if (status != BK_OK)
		return status;
	memset(unchanged->to_old, 0xff, (new_count + 1) * sizeof(uint32_t));
	for (uint32_t b = 0; b < old_count; b++) {
		if (unchanged->to_new[b] == BK_NONE)
			continue;
		unchanged->to_old[unchanged->to_new[b]] = b;
		unchanged->old_spared[b] = unchanged->new_spared[unchanged->to_new[b]] = true;
	}
	status = spare_blocks(unchanged);
	if (status == BK_OK)
		agree(unchanged);
	return status;
}

void bk_unchanged_release(struct bk_unchanged *unchanged)
{
	bk_free(unchanged->to_new);
	bk_free(unchanged->to_old);
	bk_free(unchanged->bracket);
	bk_free(unchanged->old_spared);
	bk_free(unchanged->new_spared);
}

uint32_t bk_unchanged_bracket(const struct bk_unchanged *unchanged, uint32_t old)
{
	return unchanged->bracket[old];
}

size_t bk_unchanged_offset(const struct bk_unchanged *unchanged, size_t offset)
{
	return offset_there(&(struct view){unchanged->old, unchanged->now, unchanged->to_new}, offset);
}

size_t bk_unchanged_origin(const struct bk_unchanged *unchanged, size_t offset)
{
	return offset_there(&(struct view){unchanged->now, unchanged->old, unchanged->to_old}, offset);
}
