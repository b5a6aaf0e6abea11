/* Which tokens of a gap stand in both texts. */
#include "compare/amendment_private.h"

enum {
	ROOM = 64, /* for tokens is made at a time */
};

/* ---- Both sides ---------------------------------------------------------------------------------------- */

static int reserve(struct bk_gap_side *side, size_t count)
{
	return BK_VEC_RESERVE(&side->items, count - side->items.len) &&
			       BK_VEC_RESERVE(&side->owners, count) &&
			       BK_VEC_RESERVE(&side->numbers, count) && BK_VEC_RESERVE(&side->match, count)
		       ? BK_OK
		       : bk_fail_memory();
}

static size_t start_of(const struct bk_tokens *tokens, uint32_t paragraph)
{
	return paragraph < tokens->paragraphs.len ? tokens->paragraphs.items[paragraph].start
						  : tokens->bytes.len;
}

/* All tokens of paragraphs that are cut. */
static int gather(struct bk_gap_side *side, uint32_t first, uint32_t end)
{
	const struct bk_tokens *tokens = side->tokens;
	size_t count = 0;

	side->paragraph = first;
	side->paragraph_end = end;
	side->span = (struct bk_span){start_of(tokens, first), start_of(tokens, end)};
	side->items.len = 0;
	for (uint32_t p = first; p < end; p++)
		count += tokens->paragraphs.items[p].last - tokens->paragraphs.items[p].first;
	if (reserve(side, count + 1) != BK_OK)
		return BK_ENOMEM;
	side->items.len = count;
	count = 0;
	for (uint32_t p = first; p < end; p++) {
		const struct bk_paragraph *paragraph = &tokens->paragraphs.items[p];
		const size_t here = paragraph->last - paragraph->first;

		if (here)
			memcpy(side->items.items + count, tokens->items.items + paragraph->first,
				here * sizeof *side->items.items);
		for (size_t i = 0; i < here; i++)
			side->owners.items[count + i] = p;
		count += here;
	}
	for (size_t i = 0; i < count; i++) {
		side->numbers.items[i] = side->items.items[i].number;
		side->match.items[i] = BK_NONE;
	}
	return BK_OK;
}

/* The tokens in a part of a paragraph, without their numbers. */
static int cut(struct bk_gap_side *side, uint32_t paragraph, struct bk_span span)
{
	const struct bk_str bytes = {side->tokens->bytes.ptr, span.end};

	side->paragraph = paragraph;
	side->paragraph_end = paragraph + 1;
	side->span = span;
	side->items.len = 0;
	for (struct bk_span token = bk_token_next(bytes, span.start); token.start < token.end;
		token = bk_token_next(bytes, token.end)) {
		const size_t at = side->items.len;

		if (at % ROOM == 0 && reserve(side, at + ROOM) != BK_OK)
			return BK_ENOMEM;
		side->items.items[side->items.len++] =
			(struct bk_token){(uint32_t)token.start, (uint32_t)token.end, BK_NONE};
		side->owners.items[at] = paragraph;
		side->numbers.items[at] = side->match.items[at] = BK_NONE;
	}
	return BK_OK;
}

static bool is_same(const struct bk_gap_match *gap, size_t base, size_t file)
{
	return bk_str_equal(bk_gap_bytes(&gap->base, base), bk_gap_bytes(&gap->file, file));
}

int bk_gap_number(struct bk_gap_match *gap, struct bk_gap_side *side, size_t from, size_t to)
{
	int status = BK_OK;

	for (size_t i = from; i < to && status == BK_OK; i++)
		if (side->numbers.items[i] == BK_NONE)
			status = bk_vocabulary_add(gap->vocabulary, bk_gap_bytes(side, i),
				side->tokens->bytes.len - side->items.items[i].end, &side->numbers.items[i]);
	return status;
}

void bk_gap_join(struct bk_gap_match *gap, size_t base, size_t file)
{
	gap->base.match.items[base] = (uint32_t)file;
	gap->file.match.items[file] = (uint32_t)base;
}

void bk_gap_cut_ends(struct bk_gap_match *gap, const struct bk_gap_side *side, size_t from, size_t to)
{
	if (gap->head > from)
		gap->head = from;
	if (gap->tail > side->items.len - to)
		gap->tail = side->items.len - to;
}

void bk_gap_part(struct bk_gap_match *gap, size_t base)
{
	const uint32_t file = gap->base.match.items[base];

	gap->base.match.items[base] = BK_NONE;
	if (file != BK_NONE)
		gap->file.match.items[file] = BK_NONE;
	bk_gap_cut_ends(gap, &gap->base, base, base + 1);
}

static struct bk_str side_bytes(const struct bk_gap_side *side)
{
	return bk_part(side->tokens->bytes, side->span.start, side->span.end);
}

/* How many items both sides begin with, of the bytes that are the same: near the end of these each is looked at. */
static size_t count_head(const struct bk_gap_match *gap, size_t base_start, size_t file_start, size_t same)
{
	const struct bk_gap_side *base = &gap->base, *file = &gap->file;
	size_t count =
		BK_SEARCH(i, base->items.len, base->items.items[i].end + BK_TOKEN_REACH <= base_start + same);

	while (count < base->items.len && count < file->items.len &&
		base->items.items[count].end <= base_start + same &&
		base->items.items[count].end - base_start == file->items.items[count].end - file_start)
		count++;
	return count;
}

/* Items begin with equal bytes behind them, and are the same up to the end of both. */
static size_t count_tail(const struct bk_gap_match *gap, size_t base_end, size_t file_end, size_t same)
{
	const struct bk_gap_side *base = &gap->base, *file = &gap->file;
	size_t count = 0;

	while (gap->head + count < base->items.len && gap->head + count < file->items.len) {
		const size_t before_base = base_end - base->items.items[base->items.len - 1 - count].start,
			     before_file = file_end - file->items.items[file->items.len - 1 - count].start;

		if (before_base != before_file || before_base > same)
			break;
		count++;
	}
	return count;
}

/* What both sides end with, but for the part of a paragraph that came with others before it or was left when they
 * went: which one of them it is the end of is yet to be found. */
static size_t whole_tail(const struct bk_gap_match *gap, size_t count)
{
	const struct bk_gap_side *base = &gap->base, *file = &gap->file;

	if (base->paragraph_end - base->paragraph == file->paragraph_end - file->paragraph)
		return count;
	while (count && count < base->items.len && count < file->items.len &&
		(base->owners.items[base->items.len - count] ==
				base->owners.items[base->items.len - count - 1] ||
			file->owners.items[file->items.len - count] ==
				file->owners.items[file->items.len - count - 1]))
		count--;
	return count;
}

/* What both sides begin and end with is joined before anything is looked for. */
static void join_ends(struct bk_gap_match *gap)
{
	const struct bk_str base = side_bytes(&gap->base), file = side_bytes(&gap->file);
	const size_t head = bk_str_common_start(base, file),
		     tail = bk_str_common_end(bk_str_skip(base, head), bk_str_skip(file, head)),
		     base_count = gap->base.items.len, file_count = gap->file.items.len;

	gap->head = count_head(gap, gap->base.span.start, gap->file.span.start, head);
	gap->tail = whole_tail(gap, count_tail(gap, gap->base.span.end, gap->file.span.end, tail));
	for (size_t i = 0; i < gap->head; i++)
		bk_gap_join(gap, i, i);
	for (size_t i = 1; i <= gap->tail; i++)
		bk_gap_join(gap, base_count - i, file_count - i);
}

/* ---- All of it ----------------------------------------------------------------------------------------- */

static bool is_bracket(const struct bk_gap_side *side, size_t item)
{
	return bk_gap_is_bracket(side, item, '[') || bk_gap_is_bracket(side, item, ']');
}

/* The items from one up to, not with, another: words alone, without brackets and what paragraphs open with, or all of
 * them.  BK_ENOMEM. */
static int list_items(
	const struct bk_gap_match *gap, struct bk_gap_side *side, size_t from, size_t to, bool words)
{
	const bool has_openings = words && bk_gap_are_many(gap);
	size_t behind_opening = from;

	side->listed.len = 0;
	if (!BK_VEC_RESERVE(&side->listed, to - from + 1) ||
		!BK_VEC_RESERVE(&side->listed_numbers, to - from + 1))
		return bk_fail_memory();
	for (size_t i = from; i < to; i++) {
		if (has_openings && bk_gap_is_first(side, i))
			behind_opening = i + bk_gap_count_opening(side, i);
		if (words && (i < behind_opening || is_bracket(side, i)))
			continue;
		side->listed_numbers.items[side->listed.len] = side->numbers.items[i];
		side->listed.items[side->listed.len++] = (uint32_t)i;
	}
	return BK_OK;
}

/* What stands in both of what is listed. */
static int find_listed(struct bk_gap_match *gap)
{
	const struct bk_gap_side *base = &gap->base, *file = &gap->file;
	int status;

	gap->found.len = 0;
	if (!base->listed.len || !file->listed.len)
		return BK_OK;
	if (!BK_VEC_RESERVE(&gap->found, base->listed.len))
		return bk_fail_memory();
	status = bk_sequencer_widen(gap->sequencer, gap->vocabulary->entries.len);
	if (status == BK_OK)
		status = bk_sequencer_match(gap->sequencer, base->listed_numbers.items, base->listed.len,
			file->listed_numbers.items, file->listed.len, gap->found.items);
	if (status != BK_OK)
		return status;
	gap->found.len = base->listed.len;
	for (size_t i = 0; i < gap->found.len; i++) {
		uint32_t *there = &gap->found.items[i];

		if (*there != BK_NONE && !is_same(gap, base->listed.items[i], file->listed.items[*there]))
			*there = BK_NONE;
	}
	return BK_OK;
}

static int match_listed(struct bk_gap_match *gap)
{
	const int status = find_listed(gap);

	for (size_t i = 0; i < gap->found.len && status == BK_OK; i++)
		if (gap->found.items[i] != BK_NONE)
			bk_gap_join(
				gap, gap->base.listed.items[i], gap->file.listed.items[gap->found.items[i]]);
	return status;
}

struct bk_item_range bk_gap_paragraph(const struct bk_gap_side *side, size_t item)
{
	const uint32_t *owners = side->owners.items;

	return (struct bk_item_range){BK_SEARCH(i, item, owners[i] < owners[item]),
		item + BK_SEARCH(i, side->items.len - item, owners[item + i] == owners[item])};
}

size_t bk_gap_count_words(const struct bk_gap_side *side, struct bk_item_range range)
{
	size_t count = 0;

	for (size_t i = range.first; i < range.end; i++)
		count += bk_is_word(bk_gap_bytes(side, i).ptr[0]);
	return count;
}

int bk_gap_count_common(
	struct bk_gap_match *gap, struct bk_item_range base, struct bk_item_range file, size_t *count)
{
	int status = list_items(gap, &gap->base, base.first, base.end, true);

	*count = 0;
	if (status == BK_OK)
		status = list_items(gap, &gap->file, file.first, file.end, true);
	if (status == BK_OK)
		status = find_listed(gap);
	for (size_t i = 0; i < gap->found.len && status == BK_OK; i++)
		*count += gap->found.items[i] != BK_NONE &&
			  bk_is_word(bk_gap_bytes(&gap->base, gap->base.listed.items[i]).ptr[0]);
	return status;
}

/* Between items that stand in both. */
static int match_between(struct bk_gap_match *gap, size_t base, size_t base_end, size_t file, size_t file_end)
{
	int status = BK_OK;

	if (base == base_end || file == file_end)
		return BK_OK;
	status = list_items(gap, &gap->base, base, base_end, false);
	if (status == BK_OK)
		status = list_items(gap, &gap->file, file, file_end, false);
	return status == BK_OK ? match_listed(gap) : status;
}

int bk_gap_match_ranges(struct bk_gap_match *gap, struct bk_item_range base, struct bk_item_range file)
{
	size_t next = base.first, there = file.first;
	int status = list_items(gap, &gap->base, base.first, base.end, true);

	if (status == BK_OK)
		status = list_items(gap, &gap->file, file.first, file.end, true);
	if (status == BK_OK)
		status = match_listed(gap);
	for (size_t i = base.first; i <= base.end && status == BK_OK; i++) {
		const size_t in_file = i < base.end ? gap->base.match.items[i] : file.end;

		if (in_file == BK_NONE)
			continue;
		status = match_between(gap, next, i, there, in_file);
		next = i + 1;
		there = in_file + 1;
	}
	return status;
}

/* What lies between the ends that both have. */
static int match_middle(struct bk_gap_match *gap)
{
	const struct bk_item_range base = {gap->head, gap->base.items.len - gap->tail},
				   file = {gap->head, gap->file.items.len - gap->tail};
	int status;

	if (base.first == base.end || file.first == file.end)
		return BK_OK;
	status = bk_gap_number(gap, &gap->base, base.first, base.end);
	if (status == BK_OK)
		status = bk_gap_number(gap, &gap->file, file.first, file.end);
	return status == BK_OK ? bk_gap_match_ranges(gap, base, file) : status;
}

/* From where on items before one of its paragraph stand in one text alone: its first; or the one itself. */
static size_t lone_start(const struct bk_gap_side *side, size_t item)
{
	size_t at = item;

	while (!bk_gap_is_first(side, at) && side->match.items[at - 1] == BK_NONE)
		at--;
	return bk_gap_is_first(side, at) ? at : item;
}

/* Behind how many items of its paragraph that stand in one text alone it ends. */
static size_t lone_end(const struct bk_gap_side *side, size_t item)
{
	size_t at = item + 1;

	while (at < side->items.len && !bk_gap_is_first(side, at) && side->match.items[at] == BK_NONE)
		at++;
	return at == side->items.len || bk_gap_is_first(side, at) ? at : item + 1;
}

/* What two paragraphs begin and end with, and was taken for what chance had put into others. */
static int match_ends(struct bk_gap_match *gap)
{
	const struct bk_gap_side *base = &gap->base, *file = &gap->file;
	int status = BK_OK;

	for (size_t i = gap->head; i + gap->tail < base->items.len && status == BK_OK; i++) {
		const uint32_t there = base->match.items[i];

		if (there == BK_NONE)
			continue;
		status = match_between(gap, lone_start(base, i), i, lone_start(file, there), there);
		if (status == BK_OK)
			status = match_between(
				gap, i + 1, lone_end(base, i), there + 1, lone_end(file, there));
	}
	return status;
}

/* Words that are none of the paragraphs in which they were found. */
static bool part_others(struct bk_gap_match *gap)
{
	bool any = bk_gap_part_unlike(gap);

	if (bk_gap_are_many(gap)) {
		any |= bk_gap_part_split(gap, &gap->base, &gap->file);
		any |= bk_gap_part_split(gap, &gap->file, &gap->base);
	}
	return any;
}

/* Of sides with their items. */
static int match(struct bk_gap_match *gap)
{
	int status;

	gap->head = gap->tail = 0;
	if (!gap->base.items.len || !gap->file.items.len)
		return BK_OK;
	join_ends(gap);
	status = match_middle(gap);
	if (status != BK_OK)
		return status;
	bk_gap_settle(gap);
	if (!gap->window && part_others(gap) && bk_gap_are_many(gap))
		status = match_ends(gap);
	if (status == BK_OK && !gap->window && bk_gap_are_many(gap))
		status = bk_gap_follow_openings(gap);
	if (status == BK_OK)
		status = bk_gap_part_brackets(gap);
	if (status != BK_OK)
		return status;
	bk_gap_part_labels(gap, &gap->base, &gap->file);
	bk_gap_part_labels(gap, &gap->file, &gap->base);
	return bk_gap_part_weak(gap);
}

int bk_gap_match_find(struct bk_gap_match *gap, const struct bk_gap *paragraphs)
{
	int status = gather(&gap->base, paragraphs->base, paragraphs->base_end);

	gap->window = NULL;
	if (status == BK_OK)
		status = gather(&gap->file, paragraphs->file, paragraphs->file_end);
	return status == BK_OK ? match(gap) : status;
}

int bk_gap_match_find_window(struct bk_gap_match *gap, const struct bk_window *window)
{
	int status = cut(&gap->base, window->base_paragraph, window->base);

	gap->window = window;
	gap->falls_short = false;
	if (status == BK_OK)
		status = cut(&gap->file, window->file_paragraph, window->file);
	if (status == BK_OK)
		status = match(gap);
	gap->falls_short = (gap->falls_short && !(window->begins && window->ends)) ||
			   (!window->begins && gap->head == 0) || (!window->ends && gap->tail == 0);
	return status;
}

static void release_side(struct bk_gap_side *side)
{
	BK_VEC_RELEASE(&side->items);
	BK_VEC_RELEASE(&side->owners);
	BK_VEC_RELEASE(&side->numbers);
	BK_VEC_RELEASE(&side->match);
	BK_VEC_RELEASE(&side->partners);
	BK_VEC_RELEASE(&side->listed);
	BK_VEC_RELEASE(&side->listed_numbers);
}

void bk_gap_match_release(struct bk_gap_match *gap)
{
	release_side(&gap->base);
	release_side(&gap->file);
	BK_VEC_RELEASE(&gap->found);
}
