#include "compare/pairing.h"

#include "base/error.h"
#include "draft/conventions.h"
#include "draft/draft.h"

/* The pairs that are open, by the index of their mark, and where each closes. */
struct open_pair {
	uint32_t mark;
	const struct bk_matched *matched;
};

struct walk {
	struct bk_pairing *pairing;
	const struct bk_draft *draft;
	BK_VEC(struct open_pair) open;
	size_t unmatched; /* the next of the draft's */
	bool braces;	  /* else brackets */
};

static struct bk_mark *add_mark(struct walk *walk, size_t start, size_t len, bool open)
{
	struct bk_mark *mark = BK_VEC_PUSH(&walk->pairing->marks);

	if (mark)
		*mark = (struct bk_mark){(uint32_t)start, (uint32_t)len, BK_NONE,
			walk->open.len ? walk->open.items[walk->open.len - 1].mark : BK_NONE, open};
	return mark;
}

/* Unmatched ones before offset. */
static int add_unmatched(struct walk *walk, size_t offset)
{
	for (; walk->unmatched < walk->draft->unmatched_count &&
		walk->draft->unmatched[walk->unmatched].offset < offset;
		walk->unmatched++) {
		const struct bk_unmatched *lone = &walk->draft->unmatched[walk->unmatched];

		if (lone->brace == walk->braces && !add_mark(walk, lone->offset, lone->len, lone->open))
			return bk_fail_memory();
	}
	return BK_OK;
}

/* Close all pairs that end before offset. */
static int add_closes(struct walk *walk, size_t offset)
{
	int status = BK_OK;

	while (walk->open.len && walk->open.items[walk->open.len - 1].matched->end <= offset) {
		const struct open_pair pair = walk->open.items[walk->open.len - 1];
		const size_t start = pair.matched->end - pair.matched->close_len;
		struct bk_mark *mark;

		status = add_unmatched(walk, start);
		walk->open.len--;
		mark = status == BK_OK ? add_mark(walk, start, pair.matched->close_len, false) : NULL;
		if (!mark)
			return bk_fail_memory();
		mark->partner = pair.mark;
		walk->pairing->marks.items[pair.mark].partner = (uint32_t)(walk->pairing->marks.len - 1);
	}
	return status;
}

static int add_open(struct walk *walk, const struct bk_matched *matched)
{
	struct open_pair *pair;
	int status = add_closes(walk, matched->start);

	if (status == BK_OK)
		status = add_unmatched(walk, matched->start);
	if (status != BK_OK)
		return status;
	if (!add_mark(walk, matched->start, matched->open_len, true))
		return bk_fail_memory();
	pair = BK_VEC_PUSH(&walk->open);
	if (!pair)
		return bk_fail_memory();
	*pair = (struct open_pair){(uint32_t)(walk->pairing->marks.len - 1), matched};
	return BK_OK;
}

static int find(
	struct bk_pairing *pairing, struct bk_str bytes, const bk_conventions *conventions, bool braces)
{
	struct bk_draft bare = {.arena = BK_ARENA_INIT, .bytes = bytes, .conventions = conventions};
	struct walk walk = {.pairing = pairing, .draft = &bare, .braces = braces};
	int status = bk_scan_brackets(&bare);

	*pairing = (struct bk_pairing){0};
	if (status == BK_OK &&
		!BK_VEC_RESERVE(&pairing->marks, 2 * bare.matched.len + bare.unmatched_count + 1))
		status = bk_fail_memory();
	for (size_t i = 0; i < bare.matched.len && status == BK_OK; i++)
		if (bare.matched.items[i].brace == braces)
			status = add_open(&walk, &bare.matched.items[i]);
	if (status == BK_OK)
		status = add_closes(&walk, bytes.len);
	if (status == BK_OK)
		status = add_unmatched(&walk, bytes.len);
	BK_VEC_RELEASE(&walk.open);
	BK_VEC_RELEASE(&bare.matched);
	bk_arena_release(&bare.arena);
	return status;
}

int bk_pairing_find(struct bk_pairing *pairing, struct bk_str bytes, const bk_conventions *conventions)
{
	return find(pairing, bytes, conventions, false);
}

int bk_pairing_find_braces(struct bk_pairing *pairing, struct bk_str bytes, const bk_conventions *conventions)
{
	*pairing = (struct bk_pairing){0};
	if (!bytes.len || (!memchr(bytes.ptr, '{', bytes.len) && !memchr(bytes.ptr, '}', bytes.len)))
		return BK_OK;
	return find(pairing, bytes, conventions, true);
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
