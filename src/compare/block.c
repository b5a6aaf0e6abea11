#include "compare/block.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/str.h"
#include "base/table.h"
#include "compare/sequence.h"

enum {
	LEAST = 8, /* bytes behind a label that a block is known by */
	LONG = 32, /* bytes of a block that is known again for sure */
	STEPS = 4, /* blocks behind a guess */
};

/* ---- Cutting ----------------------------------------------------------------------------------------------- */

/* What is blank up to a provision that begins behind it, as the indent of its line does, is no block of its own. */
static bool is_blank(struct bk_str bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if (!bk_is_space(bytes.ptr[i]))
			return false;
	return true;
}

/* What is known of a block once it has ended, while its bytes are at hand. */
static void end_block(const struct bk_draft *draft, struct bk_block *block, size_t end)
{
	const struct bk_str bytes =
		bk_str_trim((struct bk_str){draft->bytes.ptr + block->start, end - block->start});

	block->end = (uint32_t)end;
	block->text = (uint32_t)(bytes.ptr - draft->bytes.ptr);
	block->text_end = block->text + (uint32_t)bytes.len;
}

static int add_block(struct bk_blocks *blocks, size_t start)
{
	const size_t count = blocks->list.len, before = count ? blocks->list.items[count - 1].start : 0;
	struct bk_block *block;

	if (count && is_blank((struct bk_str){blocks->draft->bytes.ptr + before, start - before}))
		return BK_OK;
	if (count)
		end_block(blocks->draft, &blocks->list.items[count - 1], start);
	block = BK_VEC_PUSH(&blocks->list);
	if (!block)
		return bk_fail_memory();
	block->start = (uint32_t)start;
	return BK_OK;
}

static bool is_list_mark(struct bk_str line)
{
	return line.len > 1 && (line.ptr[0] == '-' || line.ptr[0] == '*' || line.ptr[0] == '+') &&
	       bk_is_blank(line.ptr[1]);
}

/* What a line is to the blocks. */
static bool opens_block(struct bk_str line, bool after_blank)
{
	while (line.len && bk_is_blank(line.ptr[0]))
		line = bk_str_skip(line, 1);
	return after_blank || is_list_mark(line);
}

/* Borders of lines and of nodes, merged. */
static int cut_lines(struct bk_blocks *blocks)
{
	const struct bk_draft *draft = blocks->draft;
	bool after_blank = true;
	size_t node = 0;
	int status = BK_OK;

	for (size_t at = 0, end; at < draft->bytes.len && status == BK_OK; at = end) {
		const char *feed = memchr(draft->bytes.ptr + at, '\n', draft->bytes.len - at);
		struct bk_str line;

		end = feed ? (size_t)(feed - draft->bytes.ptr) + 1 : draft->bytes.len;
		line = (struct bk_str){draft->bytes.ptr + at, end - at};
		if (is_blank(line)) {
			after_blank = true;
			continue;
		}
		if (opens_block(line, after_blank))
			status = add_block(blocks, at);
		for (; status == BK_OK && node < draft->node_count && draft->nodes[node].start < end; node++)
			if (draft->nodes[node].start >= at)
				status = add_block(blocks, draft->nodes[node].start);
		after_blank = false;
	}
	return status;
}

bool bk_node_has_label(const bk_draft *draft, uint32_t node)
{
	const struct bk_node *it = &draft->nodes[node];
	int words = 0;

	if (it->kind != BK_NODE_HEADING || *it->title ||
		!memchr(draft->bytes.ptr + it->start, '#', it->offset - it->start))
		return true;
	/* "Article 3" has its number at once; what comes later is a number in a title. */
	for (const char *at = it->label; *at && words < 2; at++) {
		if (bk_is_digit(*at))
			return true;
		words += bk_is_space(*at);
	}
	return false;
}

static bool closes_label(char c)
{
	return c == '.' || c == ')' || c == ':' || c == '*' || c == '_';
}

size_t bk_node_behind_label(const bk_draft *draft, uint32_t node)
{
	size_t end = draft->nodes[node].behind;

	while (end < draft->bytes.len && closes_label(draft->bytes.ptr[end]))
		end++;
	return end;
}

/* A provision that got a new number is the same: what its label says is told apart. */
static void skip_label(const bk_draft *draft, struct bk_block *block)
{
	size_t text;

	if (!block->labelled || !bk_node_has_label(draft, block->node))
		return;
	text = bk_node_behind_label(draft, block->node);
	while (text < block->text_end && bk_is_space(draft->bytes.ptr[text]))
		text++;
	if (text + LEAST <= block->text_end)
		block->text = (uint32_t)text;
}

/* The innermost node around the end of each block. */
static void find_nodes(struct bk_blocks *blocks)
{
	const struct bk_draft *draft = blocks->draft;
	size_t after = 0;

	for (size_t i = 0; i < blocks->list.len; i++) {
		struct bk_block *block = &blocks->list.items[i];
		uint32_t node;

		while (after < draft->node_count && draft->nodes[after].start < block->end)
			after++;
		node = after ? (uint32_t)(after - 1) : BK_NONE;
		while (node != BK_NONE && draft->nodes[node].end < block->text_end)
			node = draft->nodes[node].parent;
		block->node = node;
		block->labelled = node != BK_NONE && draft->nodes[node].start >= block->start;
		skip_label(draft, block);
	}
}

int bk_blocks_cut(struct bk_blocks *blocks, const bk_draft *draft)
{
	int status;

	*blocks = (struct bk_blocks){.draft = draft};
	if (!draft->bytes.len)
		return BK_OK;
	status = cut_lines(blocks);
	if (status == BK_OK && blocks->list.len == 0)
		status = add_block(blocks, 0);
	if (status != BK_OK)
		return status;
	end_block(draft, &blocks->list.items[blocks->list.len - 1], draft->bytes.len);
	blocks->list.items[0].start = 0;
	find_nodes(blocks);
	return BK_OK;
}

void bk_blocks_release(struct bk_blocks *blocks)
{
	BK_VEC_RELEASE(&blocks->list);
}

uint32_t bk_blocks_at(const struct bk_blocks *blocks, size_t offset)
{
	const size_t after = BK_SEARCH(i, blocks->list.len, blocks->list.items[i].start <= offset);

	return after ? (uint32_t)(after - 1) : 0;
}

uint32_t bk_blocks_near(const struct bk_blocks *blocks, size_t offset, uint32_t guess)
{
	for (uint32_t b = guess; b < blocks->list.len && b - guess < STEPS; b++) {
		const struct bk_block *block = &blocks->list.items[b];

		if (offset < block->start)
			break;
		if (offset < block->end)
			return b;
	}
	return bk_blocks_at(blocks, offset);
}

struct bk_str bk_blocks_bytes(const struct bk_blocks *blocks, uint32_t block)
{
	const struct bk_block *it = &blocks->list.items[block];

	return (struct bk_str){blocks->draft->bytes.ptr + it->text, it->text_end - it->text};
}

/* ---- The same bytes in the same order ------------------------------------------------------------------------ */

/* Blocks that were numbered, those of the second text counting on from those of the first. */
struct numbering {
	const struct bk_blocks *old, *now;
	struct bk_table table; /* of blocks that were the first of their bytes */
	uint64_t *hashes;
	uint32_t *numbers; /* of each block, from 1 */
	uint32_t count;
	uint32_t guess; /* the block of the first text that is likely to be met next */
};

static struct bk_str bytes_at(const struct numbering *numbering, uint32_t block)
{
	const uint32_t first = (uint32_t)numbering->old->list.len;

	return block < first ? bk_blocks_bytes(numbering->old, block)
			     : bk_blocks_bytes(numbering->now, block - first);
}

/* The first block of the same bytes, which may be this one. */
static uint32_t number_block(struct numbering *numbering, uint32_t block)
{
	const struct bk_str bytes = bytes_at(numbering, block);
	const uint64_t hash = numbering->hashes[block] = bk_hash_table(bytes.ptr, bytes.len);
	uint32_t *slot = bk_table_first(&numbering->table, hash);

	while (*slot != BK_TABLE_FREE &&
		(numbering->hashes[*slot] != hash || !bk_str_equal(bytes_at(numbering, *slot), bytes)))
		slot = bk_table_next(&numbering->table, slot);
	if (*slot == BK_TABLE_FREE) {
		*slot = block;
		numbering->numbers[block] = ++numbering->count;
	} else {
		numbering->numbers[block] = numbering->numbers[*slot];
	}
	return *slot;
}

/* A block of the second text: nearly all are those of the first in the same order, which need no hash. */
static void number_likely(struct numbering *numbering, uint32_t block)
{
	const uint32_t old_count = (uint32_t)numbering->old->list.len, guess = numbering->guess;
	uint32_t same = guess;

	if (guess < old_count && bk_str_equal(bytes_at(numbering, guess), bytes_at(numbering, block)))
		numbering->numbers[block] = numbering->numbers[guess];
	else
		same = number_block(numbering, block);
	if (same >= guess && same < old_count)
		numbering->guess = same + 1;
}

/* Number the blocks of both texts such that the same bytes have the same number, from 1 up to *count. */
static int number_blocks(
	const struct bk_blocks *old, const struct bk_blocks *now, uint32_t *numbers, uint32_t *count)
{
	const size_t all = old->list.len + now->list.len;
	struct numbering numbering = {.old = old, .now = now, .numbers = numbers};
	int status = bk_table_init(&numbering.table, all);

	if (status != BK_OK)
		return status;
	numbering.hashes = bk_malloc((all + 1) * sizeof *numbering.hashes);
	if (!numbering.hashes)
		status = bk_fail_memory();
	for (uint32_t i = 0; i < all && status == BK_OK; i++)
		if (i < old->list.len)
			number_block(&numbering, i);
		else
			number_likely(&numbering, i);
	*count = numbering.count;
	bk_free(numbering.hashes);
	bk_table_release(&numbering.table);
	return status;
}

/* Whether a sure neighbour, one before or behind a block, stands beside its partner too. */
static bool is_beside_sure(
	const uint32_t *partner, const bool *sure, uint32_t count, uint32_t block, uint32_t neighbour)
{
	if (neighbour == BK_NONE) /* before the first */
		return partner[block] == 0;
	return neighbour < count && sure[neighbour] &&
	       partner[neighbour] == partner[block] + (neighbour - block);
}

static int doubt_short(const struct bk_blocks *old, uint32_t *partner)
{
	const uint32_t count = (uint32_t)old->list.len;
	bool *sure = bk_calloc(count + 1, sizeof *sure);

	if (!sure)
		return bk_fail_memory();
	for (uint32_t b = 0; b < count; b++)
		sure[b] = partner[b] != BK_NONE && (bk_blocks_bytes(old, b).len >= LONG ||
							   is_beside_sure(partner, sure, count, b, b - 1));
	for (uint32_t b = count; b-- > 0;) {
		if (partner[b] == BK_NONE || sure[b])
			continue;
		sure[b] = is_beside_sure(partner, sure, count, b, b + 1);
		if (!sure[b])
			partner[b] = BK_NONE;
	}
	bk_free(sure);
	return BK_OK;
}

int bk_blocks_find_equal(const struct bk_blocks *old, const struct bk_blocks *now, uint32_t *partner)
{
	const size_t first = old->list.len;
	uint32_t *numbers = bk_malloc((first + now->list.len + 1) * sizeof *numbers), count = 0;
	struct bk_sequencer *sequencer = NULL;
	int status = numbers ? number_blocks(old, now, numbers, &count) : bk_fail_memory();

	if (status == BK_OK)
		status = bk_sequencer_new(&sequencer, (size_t)count + 1);
	if (status == BK_OK)
		status = bk_sequencer_match(
			sequencer, numbers, first, numbers + first, now->list.len, partner);
	if (status == BK_OK)
		status = doubt_short(old, partner);
	bk_sequencer_free(sequencer);
	bk_free(numbers);
	return status;
}
