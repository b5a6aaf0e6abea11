#include "compare/pairing.h"

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

	*mark = (struct bk_mark){(uint32_t)start, (uint32_t)len, BK_NONE, walk->top, open};
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

int bk_pairing_find(struct bk_pairing *pairing, struct bk_pairing *braces, struct bk_str bytes,
	const bk_conventions *conventions)
{
	struct bk_draft bare = {.arena = BK_ARENA_INIT, .bytes = bytes, .conventions = conventions};
	size_t in_braces = 0;
	int status;

	*pairing = (struct bk_pairing){0};
	if (braces)
		*braces = (struct bk_pairing){0};
	status = bk_scan_brackets(&bare);
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
