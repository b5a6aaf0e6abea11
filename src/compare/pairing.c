#include "compare/pairing.h"

#include "base/alloc.h"
#include "base/error.h"
#include "draft/conventions.h"
#include "draft/draft.h"

/* Marks put in order: opens come as they are, and closes and unmatched ones between them. */
struct walk {
	struct bk_mark *marks; /* there is room for all */
	uint32_t len;
	uint32_t
		top; /* the innermost open pair's mark, whose partner is its index among the matched meanwhile */
	const struct bk_matched *matched;
	const struct bk_unmatched *lone, *lone_end; /* the next of the draft's, and behind the last */
	bool braces;				    /* else brackets */
};

static struct bk_mark *add_mark(struct walk *walk, size_t start, size_t len, bool open)
{
	struct bk_mark *mark = &walk->marks[walk->len++];

	*mark = (struct bk_mark){.start = (uint32_t)start,
		.len = (uint32_t)len,
		.open = open,
		.partner = BK_NONE,
		.parent = walk->top};
	return mark;
}

/* Unmatched ones before offset. */
static void add_unmatched(struct walk *walk, size_t offset)
{
	for (; walk->lone < walk->lone_end && walk->lone->offset < offset; walk->lone++)
		if (walk->lone->brace == walk->braces)
			add_mark(walk, walk->lone->offset, walk->lone->len, walk->lone->open);
}

/* Close all pairs that end before offset or there, and add what is unmatched before it. */
static void add_closes(struct walk *walk, size_t offset)
{
	while (walk->top != BK_NONE) {
		struct bk_mark *open = &walk->marks[walk->top], *close;
		const struct bk_matched *matched = &walk->matched[open->partner];
		const size_t start = matched->end - matched->close_len;

		if (matched->end > offset)
			break;
		add_unmatched(walk, start);
		open->partner = walk->len;
		close = add_mark(walk, start, matched->close_len, false);
		close->partner = walk->top;
		walk->top = close->parent = open->parent;
	}
	add_unmatched(walk, offset);
}

static void add_open(struct walk *walk, uint32_t index)
{
	const struct bk_matched *matched = &walk->matched[index];

	add_closes(walk, matched->start);
	add_mark(walk, matched->start, matched->open_len, true)->partner = index;
	walk->top = walk->len - 1;
}

/* The marks of one kind that a scan found, so many at most. */
static int list(struct bk_pairing *pairing, const struct bk_draft *bare, bool braces, size_t most)
{
	struct walk walk = {.top = BK_NONE,
		.matched = bare->matched.items,
		.lone = bare->unmatched,
		.lone_end = bare->unmatched + bare->unmatched_count,
		.braces = braces};

	if (!BK_VEC_RESERVE(&pairing->marks, most + 1))
		return bk_fail_memory();
	walk.marks = pairing->marks.items;
	for (uint32_t i = 0; i < bare->matched.len; i++)
		if (bare->matched.items[i].brace == braces)
			add_open(&walk, i);
	add_closes(&walk, bare->bytes.len);
	pairing->marks.len = walk.len;
	return BK_OK;
}

static size_t count_braces(const struct bk_draft *bare)
{
	size_t count = 0;

	for (size_t i = 0; i < bare->matched.len; i++)
		count += 2 * bare->matched.items[i].brace;
	for (size_t i = 0; i < bare->unmatched_count; i++)
		count += bare->unmatched[i].brace;
	return count;
}

/* In parts of a text. */
static int find_in(struct bk_pairing *pairing, struct bk_pairing *braces, struct bk_str bytes,
	const bk_conventions *conventions, const struct bk_span *parts, size_t count)
{
	struct bk_draft bare = {.arena = BK_ARENA_INIT, .bytes = bytes, .conventions = conventions};
	size_t in_braces = 0;
	int status;

	*pairing = (struct bk_pairing){0};
	if (braces)
		*braces = (struct bk_pairing){0};
	status = bk_scan_brackets_in(&bare, parts, count);
	if (status == BK_OK) {
		in_braces = count_braces(&bare);
		status = list(pairing, &bare, false, 2 * bare.matched.len + bare.unmatched_count - in_braces);
	}
	if (status == BK_OK && braces && in_braces)
		status = list(braces, &bare, true, in_braces);
	BK_VEC_RELEASE(&bare.matched);
	bk_arena_release(&bare.arena);
	return status;
}

int bk_pairing_find(struct bk_pairing *pairing, struct bk_pairing *braces, struct bk_str bytes,
	const bk_conventions *conventions)
{
	return find_in(pairing, braces, bytes, conventions, &(const struct bk_span){0, bytes.len}, 1);
}

/* ---- Of a text that follows another one ------------------------------------------------------------------ */

/* Copy marks from one on that stand before an offset, each moved by as much; returns the next one. */
static uint32_t copy_marks(
	struct bk_pairing *pairing, const struct bk_pairing *from, uint32_t at, size_t until, uint32_t moved)
{
	const struct bk_mark *const marks = from->marks.items;
	const size_t count = from->marks.len;
	struct bk_mark *copy = pairing->marks.items + pairing->marks.len;

	for (; at < count && marks[at].start < until; at++, copy++) {
		*copy = marks[at];
		copy->start += moved;
	}
	pairing->marks.len = (size_t)(copy - pairing->marks.items);
	return at;
}

/* Pair marks that are in order: one stack of opens, linked by their parents. */
static void pair_marks(struct bk_pairing *pairing)
{
	struct bk_mark *marks = pairing->marks.items;
	const uint32_t count = (uint32_t)pairing->marks.len;
	uint32_t top = BK_NONE;

	for (uint32_t i = 0; i < count; i++) {
		marks[i].partner = BK_NONE;
		if (marks[i].open) {
			marks[i].parent = top;
			top = i;
		} else {
			marks[i].partner = top;
			if (top != BK_NONE) {
				marks[top].partner = i;
				top = marks[top].parent;
			}
			marks[i].parent = top;
		}
	}
	if (top == BK_NONE)
		return;
	top = BK_NONE; /* of pairs alone, now that it is known which opens have no other end */
	for (uint32_t i = 0; i < count; i++) {
		if (marks[i].partner != BK_NONE && !marks[i].open)
			top = marks[marks[i].partner].parent;
		marks[i].parent = top;
		if (marks[i].partner != BK_NONE && marks[i].open)
			top = i;
	}
}

/* fresh: what stands in the parts that changed, in place of what stood there. */
static int follow(struct bk_pairing *pairing, const struct bk_pairing *was, const struct bk_pairing *fresh,
	const struct bk_changed_part *changed, size_t count)
{
	uint32_t at = 0, next = 0, moved = 0;

	*pairing = (struct bk_pairing){0};
	if (!BK_VEC_RESERVE(&pairing->marks, was->marks.len + fresh->marks.len + 1))
		return bk_fail_memory();
	for (size_t i = 0; i < count; i++) {
		at = copy_marks(pairing, was, at, changed[i].was.start, moved);
		while (at < was->marks.len && was->marks.items[at].start < changed[i].was.end)
			at++;
		next = copy_marks(pairing, fresh, next, changed[i].is.end, 0);
		moved = (uint32_t)(changed[i].is.end - changed[i].was.end);
	}
	copy_marks(pairing, was, at, SIZE_MAX, moved);
	pair_marks(pairing);
	return BK_OK;
}

int bk_pairing_follow(struct bk_pairing *pairing, struct bk_pairing *braces, struct bk_str bytes,
	const bk_conventions *conventions, const struct bk_pairing *was, const struct bk_pairing *was_braces,
	const struct bk_changed_part *changed, size_t count)
{
	struct bk_pairing fresh = {0}, fresh_braces = {0};
	struct bk_span *parts;
	size_t pairs;
	int status;

	bk_conventions_pairs(conventions, &pairs);
	if (pairs) /* one may reach over the end of a line */
		return bk_pairing_find(pairing, braces, bytes, conventions);
	*pairing = *braces = (struct bk_pairing){0};
	parts = bk_malloc((count + 1) * sizeof *parts);
	status = parts ? BK_OK : bk_fail_memory();
	for (size_t i = 0; i < count && parts; i++)
		parts[i] = changed[i].is;
	if (status == BK_OK)
		status = find_in(&fresh, &fresh_braces, bytes, conventions, parts, count);
	if (status == BK_OK)
		status = follow(pairing, was, &fresh, changed, count);
	if (status == BK_OK)
		status = follow(braces, was_braces, &fresh_braces, changed, count);
	bk_pairing_release(&fresh);
	bk_pairing_release(&fresh_braces);
	bk_free(parts);
	return status;
}

/* ---- Those without another end --------------------------------------------------------------------------- */

/* Nearly all words have none: that is told without a scan. */
static bool has_none(struct bk_str bytes, const bk_conventions *conventions)
{
	size_t pairs;

	bk_conventions_pairs(conventions, &pairs);
	for (size_t i = 0; i < bytes.len && pairs == 0; i++)
		if (memchr("[]{}", bytes.ptr[i], 4))
			return false;
	return pairs == 0;
}

int bk_pairing_list_lone(bk_offsets *offsets, struct bk_str bytes, const bk_conventions *conventions)
{
	struct bk_draft bare = {.arena = BK_ARENA_INIT, .bytes = bytes, .conventions = conventions};
	int status;

	if (has_none(bytes, conventions))
		return BK_OK;
	status = bk_scan_brackets(&bare);
	if (status == BK_OK && !BK_VEC_RESERVE(offsets, bare.unmatched_count))
		status = bk_fail_memory();
	for (size_t i = 0; i < bare.unmatched_count && status == BK_OK; i++)
		*BK_VEC_PUSH(offsets) = (uint32_t)bare.unmatched[i].offset;
	BK_VEC_RELEASE(&bare.matched);
	bk_arena_release(&bare.arena);
	return status;
}

void bk_pairing_release(struct bk_pairing *pairing)
{
	BK_VEC_RELEASE(&pairing->marks);
}

uint32_t bk_pairing_from(const struct bk_pairing *pairing, size_t offset)
{
	return (uint32_t)BK_SEARCH(i, pairing->marks.len, pairing->marks.items[i].start < offset);
}

uint32_t bk_pairing_around(const struct bk_pairing *pairing, size_t offset)
{
	const uint32_t behind = bk_pairing_from(pairing, offset + 1);
	const struct bk_mark *last = behind ? &pairing->marks.items[behind - 1] : NULL;

	if (!last)
		return BK_NONE;
	return last->open && last->partner != BK_NONE ? behind - 1 : last->parent;
}
