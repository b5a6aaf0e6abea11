/* Which tokens of a gap stand in both texts. */
#include "compare/amendment_private.h"

enum {
	FEW = 2,   /* tokens that may stand in both by chance */
	FAR = 200, /* tokens that what came or went may be moved over */
	ROOM = 64, /* for tokens is made at a time */
};

/* ---- Both sides ---------------------------------------------------------------------------------------- */

static int reserve(struct bk_gap_side *side, size_t count)
{
	return BK_VEC_RESERVE(&side->items, count) && BK_VEC_RESERVE(&side->owners, count) &&
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

static struct bk_str token_bytes(const struct bk_gap_side *side, size_t at)
{
	return bk_part(side->tokens->bytes, side->items.items[at].start, side->items.items[at].end);
}

static bool is_same(const struct bk_gap_match *gap, size_t base, size_t file)
{
	return bk_str_equal(token_bytes(&gap->base, base), token_bytes(&gap->file, file));
}

/* Give items of a window their numbers in the vocabulary. */
static int number(struct bk_gap_match *gap, struct bk_gap_side *side, size_t from, size_t to)
{
	int status = BK_OK;

	for (size_t i = from; i < to && status == BK_OK; i++)
		if (side->numbers.items[i] == BK_NONE)
			status = bk_vocabulary_add(gap->vocabulary, token_bytes(side, i),
				side->tokens->bytes.len - side->items.items[i].end, &side->numbers.items[i]);
	return status;
}

static void join(struct bk_gap_match *gap, size_t base, size_t file)
{
	gap->base.match.items[base] = (uint32_t)file;
	gap->file.match.items[file] = (uint32_t)base;
}

/* The ends that both sides have go no further than items, from up to, not with, to, of which one side has no other. */
static void cut_ends(struct bk_gap_match *gap, const struct bk_gap_side *side, size_t from, size_t to)
{
	if (gap->head > from)
		gap->head = from;
	if (gap->tail > side->items.len - to)
		gap->tail = side->items.len - to;
}

static void part(struct bk_gap_match *gap, size_t base)
{
	const uint32_t file = gap->base.match.items[base];

	gap->base.match.items[base] = BK_NONE;
	if (file != BK_NONE)
		gap->file.match.items[file] = BK_NONE;
	cut_ends(gap, &gap->base, base, base + 1);
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
		join(gap, i, i);
	for (size_t i = 1; i <= gap->tail; i++)
		join(gap, base_count - i, file_count - i);
}

/* ---- Chance -------------------------------------------------------------------------------------------- */

static size_t count_tokens(const struct bk_gap_side *side, uint32_t paragraph)
{
	return side->tokens->paragraphs.items[paragraph].last -
	       side->tokens->paragraphs.items[paragraph].first;
}

/* A label that two paragraphs begin with is theirs, whatever comes behind it. */
static size_t common_beginning(const struct bk_gap_match *gap, size_t from, size_t to)
{
	size_t i = from;

	if (gap->base.paragraph + 1 != gap->base.paragraph_end ||
		gap->file.paragraph + 1 != gap->file.paragraph_end)
		return from;
	while (i < to && gap->base.match.items[i] == i)
		i++;
	return from == 0 ? i : from;
}

/* Whether one paragraph stands on either side, and ends that both have are at least half of them. */
static bool is_alike_in_most(const struct bk_gap_match *gap)
{
	return gap->base.paragraph + 1 == gap->base.paragraph_end &&
	       gap->file.paragraph + 1 == gap->file.paragraph_end &&
	       2 * (gap->head + gap->tail) >= gap->base.items.len;
}

/* Words that stand in both of two paragraphs by chance: fewer than half of the shorter one. */
static void part_unlike(struct bk_gap_match *gap)
{
	const struct bk_gap_side *base = &gap->base, *file = &gap->file;
	size_t count;

	if (is_alike_in_most(gap))
		return;
	for (size_t i = 0, end; i < base->items.len; i = end) {
		size_t owner = BK_NONE, least;

		count = 0;
		for (end = i; end < base->items.len && base->owners.items[end] == base->owners.items[i];
			end++) {
			const uint32_t there = base->match.items[end];

			if (there == BK_NONE)
				continue;
			if (owner == BK_NONE)
				owner = file->owners.items[there];
			else if (owner != file->owners.items[there])
				break;
			count++;
		}
		if (owner == BK_NONE)
			continue;
		least = count_tokens(base, base->owners.items[i]);
		if (count_tokens(file, (uint32_t)owner) < least)
			least = count_tokens(file, (uint32_t)owner);
		if (2 * count < least)
			for (size_t t = common_beginning(gap, i, end); t < end; t++)
				part(gap, t);
	}
}

/* "of", "the", a comma: what says nothing alone. */
static bool is_weak(const struct bk_gap_match *gap, size_t base)
{
	static const enum bk_lexicon lists[] = {
		BK_LEXICON_PREPOSITION, BK_LEXICON_DETERMINER, BK_LEXICON_CONJUNCTION};
	const struct bk_str bytes = token_bytes(&gap->base, base);

	if (!bk_is_word(bytes.ptr[0]))
		return bytes.ptr[0] != '[' && bytes.ptr[0] != ']' && bytes.ptr[0] != '(' &&
		       bytes.ptr[0] != ')';
	return bk_vocabulary_is_listed(
		gap->vocabulary, gap->base.numbers.items[base], lists, sizeof lists / sizeof *lists);
}

/* Tokens before `at` that stand in one text only. */
static size_t count_lone_before(const struct bk_gap_side *side, size_t at)
{
	size_t count = 0;

	while (count < at && side->match.items[at - 1 - count] == BK_NONE)
		count++;
	return count;
}

static size_t count_lone_from(const struct bk_gap_side *side, size_t at)
{
	size_t count = 0;

	while (at + count < side->items.len && side->match.items[at + count] == BK_NONE)
		count++;
	return count;
}

/* Words of one text alone on both sides of items that stand in both. */
static bool is_in_midst(const struct bk_gap_match *gap, size_t from, size_t to)
{
	const struct bk_gap_side *base = &gap->base, *file = &gap->file;
	const size_t there = base->match.items[from];

	return count_lone_before(base, from) >= FEW && count_lone_before(file, there) >= FEW &&
	       count_lone_from(base, to) >= FEW && count_lone_from(file, there + (to - from)) >= FEW;
}

/* A weak word or two in the midst of words that gave way to others. */
static int part_weak(struct bk_gap_match *gap)
{
	struct bk_gap_side *base = &gap->base;
	int status = BK_OK;

	for (size_t i = gap->head, end; i + gap->tail < base->items.len && status == BK_OK; i = end) {
		size_t weak = i;

		for (end = i; end < base->items.len && base->match.items[end] != BK_NONE &&
			      (end == i || base->match.items[end] == base->match.items[end - 1] + 1);)
			end++;
		if (end == i) {
			end++;
			continue;
		}
		if (end - i > FEW || !is_in_midst(gap, i, end))
			continue;
		status = number(gap, base, i, end);
		while (status == BK_OK && weak < end && is_weak(gap, weak))
			weak++;
		for (size_t t = i; t < end && weak == end; t++)
			part(gap, t);
	}
	return status;
}

/* ---- Where what came or went begins -------------------------------------------------------------------- */

/* Items from up to, not with, to of one side that stand in it alone, between neighbours that stand in
 * both. */
struct lone {
	struct bk_gap_match *gap;
	struct bk_gap_side *side, *other;
	size_t from, to;
};

/* Brackets among items that have no other end there. */
struct halves {
	size_t open, closed;
};

static struct halves count_halves(const struct lone *lone, size_t from, size_t to)
{
	struct halves halves = {0, 0};

	for (size_t i = from; i < to; i++) {
		const struct bk_str bytes = token_bytes(lone->side, i);

		if (bytes.len == 1 && bytes.ptr[0] == '[')
			halves.open++;
		else if (bytes.len == 1 && bytes.ptr[0] == ']')
			halves.open ? halves.open-- : halves.closed++;
	}
	return halves;
}

/*
 * Whether they and what stands alone beside them are the end of one bracket and the beginning of another:
 *
 *	[below 2 °C][below 1.5 °C]	gives way to "below 1.5 °C"
 *	[      2 °C][below       ]	tears both; the same words, but the first bracket goes as a whole:
 *	[below 2 °C][            ]
 */
static bool tears(const struct lone *lone, size_t from, size_t to)
{
	const uint32_t *match = lone->side->match.items;
	struct halves halves;

	for (size_t n = 0; n < FAR && from > 0 && from <= lone->from && match[from - 1] == BK_NONE; n++)
		from--;
	for (size_t n = 0; n < FAR && to < lone->side->items.len && to >= lone->to && match[to] == BK_NONE;
		n++)
		to++;
	halves = count_halves(lone, from, to);
	return halves.open && halves.closed;
}

/* Whether nothing of the other side stands alone at the same place. */
static bool is_alone(const struct lone *lone)
{
	const uint32_t before = lone->from ? lone->side->match.items[lone->from - 1] : BK_NONE;
	const uint32_t behind = lone->to < lone->side->items.len ? lone->side->match.items[lone->to]
								 : (uint32_t)lone->other->items.len;

	return before == BK_NONE ? behind == 0 : behind == before + 1;
}

/* Whether two items that stand in both have some of the other side alone between them. */
static bool have_others_between(const struct lone *lone, size_t before, size_t behind)
{
	const uint32_t *match = lone->side->match.items, *owners = lone->other->owners.items;

	return match[before] != BK_NONE && match[behind] != BK_NONE && match[before] + 1 < match[behind] &&
	       owners[match[before] + 1] == owners[match[behind] - 1];
}

/* Whether items that could go as far as to be from up to, not with, to meet others of their paragraph that stand
 * alone, on their side or on the other one, so that all of them are told as one. */
static bool meets(const struct lone *lone, size_t from, size_t to)
{
	const uint32_t *owners = lone->side->owners.items, *match = lone->side->match.items;
	struct lone next = *lone;

	if (owners[from] != owners[to - 1] || from == lone->from)
		return false;
	if (from < lone->from && from > 0) {
		if (match[from - 1] != BK_NONE)
			return have_others_between(lone, from - 1, from);
		next.to = from;
		for (next.from = from - 1; next.from > 0 && match[next.from - 1] == BK_NONE;)
			next.from--;
		return owners[next.from] == owners[from] && is_alone(&next);
	}
	if (from < lone->from || to == lone->side->items.len)
		return false;
	if (match[to] != BK_NONE)
		return have_others_between(lone, to - 1, to);
	next.from = to;
	next.to = to + count_lone_from(lone->side, to);
	return owners[next.to - 1] == owners[from] && is_alone(&next);
}

/* How natural it is that something begins here: with its brackets, at a line, behind a sentence or a
 * clause. */
static int judge(const struct lone *lone, size_t from, size_t to)
{
	const struct bk_gap_side *side = lone->side;
	const size_t start = side->items.items[from].start,
		     before = from ? side->items.items[from - 1].end : start;
	const struct halves halves = count_halves(lone, from, to);
	int worth = !halves.open && !halves.closed ? 16 : tears(lone, from, to) ? 0 : 12;

	if (meets(lone, from, to))
		worth += 32;
	if (from == 0 || side->owners.items[from] != side->owners.items[from - 1])
		return worth + 8;
	if (memchr(side->tokens->bytes.ptr + before, '\n', start - before))
		worth += 4;
	if (memchr(".;:", side->tokens->bytes.ptr[before - 1], 3))
		worth += 2;
	else if (side->tokens->bytes.ptr[before - 1] == ',')
		worth += 1;
	return worth;
}

/* The item before moves behind them, as it reads like their last one; false when it cannot. */
static bool can_go_back(const struct lone *lone, size_t from, size_t to)
{
	return from > 0 && lone->side->match.items[from - 1] != BK_NONE &&
	       bk_str_equal(token_bytes(lone->side, from - 1), token_bytes(lone->side, to - 1));
}

static bool can_go_on(const struct lone *lone, size_t from, size_t to)
{
	return to < lone->side->items.len && lone->side->match.items[to] != BK_NONE &&
	       bk_str_equal(token_bytes(lone->side, from), token_bytes(lone->side, to));
}

static void rejoin(const struct lone *lone, size_t item, size_t now)
{
	const uint32_t there = lone->side->match.items[item];

	lone->side->match.items[item] = BK_NONE;
	lone->side->match.items[now] = there;
	lone->other->match.items[there] = (uint32_t)now;
}

/* Of all places where they can as well begin, the most natural one, and the first of these. */
static void settle(struct lone *lone)
{
	const size_t length = lone->to - lone->from;
	size_t from = lone->from, best = lone->from, first = lone->from, last = lone->from;
	int worth = -1;

	/* How far they can go shows as if they had gone: the items between repeat themselves. */
	while (first > 0 && lone->from - first < FAR && can_go_back(lone, first, first + length))
		first--;
	while (last - lone->from < FAR && can_go_on(lone, last, last + length))
		last++;
	lone->gap->falls_short |= first == 0 || last + length == lone->side->items.len;
	for (size_t at = first; at <= last; at++) {
		const int here = judge(lone, at, at + length);

		if (here > worth) {
			worth = here;
			best = at;
		}
	}
	for (; from > best; from--)
		rejoin(lone, from - 1, from - 1 + length);
	for (; from < best; from++)
		rejoin(lone, from + length, from);
	cut_ends(lone->gap, lone->side, best, best + length);
}

static void settle_side(struct bk_gap_match *gap, struct bk_gap_side *side, struct bk_gap_side *other)
{
	for (size_t i = gap->head, end; i + gap->tail < side->items.len; i = end) {
		const size_t count = count_lone_from(side, i);
		struct lone lone = {gap, side, other, i, i + count};

		end = i + count + 1;
		if (count && is_alone(&lone))
			settle(&lone);
	}
}

/* ---- All of it ----------------------------------------------------------------------------------------- */

/* What lies between the ends that both have. */
static int match_middle(struct bk_gap_match *gap)
{
	const size_t base_count = gap->base.items.len - gap->head - gap->tail,
		     file_count = gap->file.items.len - gap->head - gap->tail;
	uint32_t *match = gap->base.match.items + gap->head;
	int status;

	if (!base_count || !file_count)
		return BK_OK;
	status = number(gap, &gap->base, gap->head, gap->head + base_count);
	if (status == BK_OK)
		status = number(gap, &gap->file, gap->head, gap->head + file_count);
	if (status == BK_OK)
		status = bk_sequencer_widen(gap->sequencer, gap->vocabulary->entries.len);
	if (status == BK_OK)
		status = bk_sequencer_match(gap->sequencer, gap->base.numbers.items + gap->head, base_count,
			gap->file.numbers.items + gap->head, file_count, match);
	for (size_t i = 0; i < base_count && status == BK_OK; i++) {
		const size_t here = gap->head + i, there = gap->head + match[i];

		if (match[i] == BK_NONE)
			continue;
		match[i] = BK_NONE;
		if (is_same(gap, here, there))
			join(gap, here, there);
	}
	return status;
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
	settle_side(gap, &gap->file, &gap->base);
	settle_side(gap, &gap->base, &gap->file);
	if (!gap->window)
		part_unlike(gap);
	return part_weak(gap);
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
}

void bk_gap_match_release(struct bk_gap_match *gap)
{
	release_side(&gap->base);
	release_side(&gap->file);
}
