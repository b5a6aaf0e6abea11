#include "compare/enclosure.h"

#include "base/alloc.h"
#include "base/error.h"
#include "draft/repair.h"

#include <stdlib.h>

/* A bracket character of the mended text. */
struct mark {
	uint32_t offset;
	uint32_t len; /* 0: put there by a repair */
	bool open, gone;
	uint32_t bracket; /* of an open */
};

typedef BK_VEC(struct mark) mark_list;

static int add_mark(mark_list *marks, size_t offset, size_t len, bool open, uint32_t bracket)
{
	struct mark *mark = BK_VEC_PUSH(marks);

	if (!mark)
		return bk_fail_memory();
	*mark = (struct mark){(uint32_t)offset, (uint32_t)len, open, false, bracket};
	return BK_OK;
}

static int mark_matched(const struct bk_draft *draft, mark_list *marks)
{
	int status = BK_OK;

	for (uint32_t b = 0; b < draft->bracket_count && status == BK_OK; b++) {
		const struct bk_bracket *bracket = &draft->brackets[b];

		if (bracket->brace)
			continue;
		status = add_mark(marks, bracket->start, bracket->open_len, true, b);
		if (status == BK_OK)
			status = add_mark(
				marks, bracket->end - bracket->close_len, bracket->close_len, false, BK_NONE);
	}
	return status;
}

static int mark_mended(const struct bk_draft *draft, const struct bk_repair *fixes, mark_list *marks)
{
	int status = BK_OK;

	for (size_t i = 0; status == BK_OK && i < draft->unmatched_count; i++) {
		const struct bk_unmatched *alone = &draft->unmatched[i];

		if (alone->brace)
			continue;
		status = add_mark(marks, alone->offset, alone->len, alone->open, BK_NONE);
		if (status == BK_OK && !fixes[i].remove)
			status = add_mark(marks, fixes[i].offset, 0, !alone->open, BK_NONE);
	}
	return status;
}

/* A close that was put in comes before an open at the same place, an open that was put in last. */
static int compare_marks(const void *a, const void *b)
{
	const struct mark *x = a, *y = b;

	if (x->offset != y->offset)
		return x->offset < y->offset ? -1 : 1;
	if ((x->len == 0) != (y->len == 0))
		return x->len == 0 ? -1 : 1;
	return (int)x->open - (int)y->open;
}

/* Take out what a repair deletes; marks are in order. */
static void drop_deleted(const struct bk_draft *draft, const struct bk_repair *fixes, mark_list *marks)
{
	for (size_t i = 0; i < draft->unmatched_count; i++) {
		size_t at = BK_SEARCH(m, marks->len, marks->items[m].offset < fixes[i].offset);

		if (!fixes[i].remove || draft->unmatched[i].brace)
			continue;
		while (at < marks->len && marks->items[at].len == 0)
			at++;
		if (at < marks->len && marks->items[at].offset == fixes[i].offset)
			marks->items[at].gone = true;
	}
}

static int mark_all(const struct bk_draft *draft, mark_list *marks)
{
	struct bk_arena arena = BK_ARENA_INIT;
	struct bk_repair *fixes = NULL;
	int status = draft->unmatched_count ? bk_repair_find(draft, &arena, &fixes) : BK_OK;

	if (status == BK_OK)
		status = mark_matched(draft, marks);
	if (status == BK_OK)
		status = mark_mended(draft, fixes, marks);
	if (status == BK_OK && marks->len) {
		qsort(marks->items, marks->len, sizeof *marks->items, compare_marks);
		drop_deleted(draft, fixes, marks);
	}
	bk_arena_release(&arena);
	return status;
}

/* ---- What encloses ------------------------------------------------------------------------------------- */

static bool crosses_heading(const struct bk_draft *draft, uint32_t start, uint32_t end)
{
	for (size_t i = BK_SEARCH(n, draft->node_count, draft->nodes[n].offset <= start);
		i < draft->node_count && draft->nodes[i].offset < end; i++) {
		if (draft->nodes[i].kind == BK_NODE_HEADING)
			return true;
	}
	return false;
}

static bool has_words(struct bk_str bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if (bk_is_word(bytes.ptr[i]) || (unsigned char)bytes.ptr[i] >= 0x80)
			return true;
	return false;
}

/* From the first word to the last one; of blocks that are unchanged none were cut, but they have some. */
static struct bk_span find_text(const struct bk_words *words)
{
	struct bk_span all = {SIZE_MAX, 0};

	for (uint32_t b = 0; b < words->blocks.list.len; b++) {
		const struct bk_block *it = &words->blocks.list.items[b];
		struct bk_span part = {it->text, it->text_end};

		if (it->first < it->last)
			part = (struct bk_span){
				words->items.items[it->first].start, words->items.items[it->last - 1].end};
		else if (!has_words(bk_blocks_bytes(&words->blocks, b)))
			continue;
		all.start = part.start < all.start ? part.start : all.start;
		all.end = part.end;
	}
	return all;
}

static bool encloses(
	const struct bk_enclosures *enclosures, const struct bk_words *words, const struct bk_enclosure *it)
{
	const struct bk_draft *draft = words->draft;
	const bool wraps_all = it->start <= enclosures->text.start && it->end >= enclosures->text.end;

	if (it->bracket != BK_NONE && draft->brackets[it->bracket].class != BK_CLASS_DISPUTED)
		return false;
	return !wraps_all && !crosses_heading(draft, it->start, it->end);
}

static int add_enclosure(
	struct bk_enclosures *enclosures, const struct bk_words *words, const struct bk_enclosure *it)
{
	struct bk_enclosure *added;

	if (!encloses(enclosures, words, it))
		return BK_OK;
	added = BK_VEC_PUSH(&enclosures->items);
	if (!added)
		return bk_fail_memory();
	*added = *it;
	return BK_OK;
}

/* Where nothing is unmatched, plain matching is the likeliest reading. */
static int take_brackets(struct bk_enclosures *enclosures, const struct bk_words *words)
{
	const struct bk_draft *draft = words->draft;
	int status = BK_OK;

	for (uint32_t b = 0; b < draft->bracket_count && status == BK_OK; b++) {
		const struct bk_bracket *bracket = &draft->brackets[b];

		if (!bracket->brace)
			status = add_enclosure(enclosures, words,
				&(struct bk_enclosure){
					(uint32_t)bracket->start, (uint32_t)bracket->end, BK_NONE, b});
	}
	return status;
}

static int compare_enclosures(const void *a, const void *b)
{
	const struct bk_enclosure *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end > y->end ? -1 : x->end < y->end;
}

static int match_marks(struct bk_enclosures *enclosures, const struct bk_words *words, const mark_list *marks)
{
	BK_VEC(uint32_t) open = BK_VEC_INIT;
	int status = BK_OK;

	for (uint32_t i = 0; i < marks->len && status == BK_OK; i++) {
		const struct mark *mark = &marks->items[i];
		struct bk_enclosure it;
		uint32_t *top;

		if (mark->gone)
			continue;
		if (mark->open) {
			top = BK_VEC_PUSH(&open);
			if (!top)
				status = bk_fail_memory();
			else
				*top = i;
			continue;
		}
		if (open.len == 0)
			continue;
		top = &open.items[--open.len];
		it = (struct bk_enclosure){marks->items[*top].offset, mark->offset + mark->len, BK_NONE,
			marks->items[*top].bracket};
		status = add_enclosure(enclosures, words, &it);
	}
	BK_VEC_RELEASE(&open);
	return status;
}

static void find_parents(struct bk_enclosures *enclosures)
{
	uint32_t around = BK_NONE;

	for (uint32_t i = 0; i < enclosures->items.len; i++) {
		struct bk_enclosure *it = &enclosures->items.items[i];

		while (around != BK_NONE && enclosures->items.items[around].end <= it->start)
			around = enclosures->items.items[around].parent;
		it->parent = around;
		if (it->bracket != BK_NONE)
			enclosures->of_bracket[it->bracket] = i;
		around = i;
	}
}

static void find_words(struct bk_enclosures *enclosures, const struct bk_words *words)
{
	uint32_t around = BK_NONE, next = 0;

	for (uint32_t w = 0; w < words->items.len; w++) {
		const uint32_t at = words->items.items[w].start;

		for (; next < enclosures->items.len && enclosures->items.items[next].start <= at; next++)
			around = next;
		while (around != BK_NONE && enclosures->items.items[around].end <= at)
			around = enclosures->items.items[around].parent;
		enclosures->of_word[w] = around;
	}
}

static int take_mended(struct bk_enclosures *enclosures, const struct bk_words *words)
{
	mark_list marks = BK_VEC_INIT;
	int status = mark_all(words->draft, &marks);

	if (status == BK_OK)
		status = match_marks(enclosures, words, &marks);
	if (status == BK_OK && enclosures->items.len)
		qsort(enclosures->items.items, enclosures->items.len, sizeof *enclosures->items.items,
			compare_enclosures);
	BK_VEC_RELEASE(&marks);
	return status;
}

int bk_enclosures_find(struct bk_enclosures *enclosures, const struct bk_words *words)
{
	const size_t brackets = words->draft->bracket_count;
	int status;

	*enclosures = (struct bk_enclosures){.text = find_text(words)};
	enclosures->of_word = bk_malloc((words->items.len + 1) * sizeof(uint32_t));
	enclosures->of_bracket = bk_malloc((brackets + 1) * sizeof(uint32_t));
	if (!enclosures->of_word || !enclosures->of_bracket)
		return bk_fail_memory();
	memset(enclosures->of_bracket, 0xff, (brackets + 1) * sizeof(uint32_t));
	status = words->draft->unmatched_count ? take_mended(enclosures, words)
					       : take_brackets(enclosures, words);
	if (status != BK_OK)
		return status;
	find_parents(enclosures);
	find_words(enclosures, words);
	return BK_OK;
}

void bk_enclosures_release(struct bk_enclosures *enclosures)
{
	BK_VEC_RELEASE(&enclosures->items);
	bk_free(enclosures->of_word);
	bk_free(enclosures->of_bracket);
}
