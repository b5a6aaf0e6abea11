/* Postings: added in any order, sorted once, and then looked up. */
#include "compare/posting.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>

enum { FEW = 16 }; /* postings that are sorted without ado */

static int compare_postings(const void *a, const void *b)
{
	const struct bk_posting *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return x->block < y->block ? -1 : x->block > y->block;
}

unsigned bk_postings_bits(size_t count)
{
	unsigned bits = 1;

	while (bits < 28 && count >> bits)
		bits++;
	return bits;
}

static void sort_few(struct bk_posting *items, size_t count)
{
	if (count > FEW) {
		qsort(items, count, sizeof *items, compare_postings);
		return;
	}
	for (size_t i = 1; i < count; i++) {
		const struct bk_posting it = items[i];
		size_t at = i;

		for (; at > 0 && compare_postings(&items[at - 1], &it) > 0; at--)
			items[at] = items[at - 1];
		items[at] = it;
	}
}

/* Where the postings of each value of the highest bits begin, and behind these where all end. */
static void find_starts(struct bk_postings *postings)
{
	const size_t values = (size_t)1 << (64 - postings->shift);

	memset(postings->starts, 0, (values + 2) * sizeof *postings->starts);
	for (size_t i = 0; i < postings->list.len; i++)
		postings->starts[(postings->list.items[i].key >> postings->shift) + 1]++;
	for (size_t i = 0; i < values; i++)
		postings->starts[i + 1] += postings->starts[i];
}

/* The same pair twice in a block is one. */
static void drop_twice(struct bk_postings *postings, const struct bk_posting *sorted)
{
	size_t kept = 0;

	for (size_t i = 0; i < postings->list.len; i++)
		if (i == 0 || compare_postings(&sorted[i], &sorted[i - 1]) != 0)
			postings->list.items[kept++] = sorted[i];
	postings->list.len = kept;
}

int bk_postings_sort(struct bk_postings *postings)
{
	const size_t count = postings->list.len;
	const unsigned bits = bk_postings_bits(count);
	struct bk_posting *sorted = bk_malloc((count + 1) * sizeof *sorted);
	uint32_t *ends;

	postings->shift = 64 - bits;
	postings->starts = bk_malloc((((size_t)1 << bits) + 2) * sizeof *postings->starts);
	if (!sorted || !postings->starts) {
		bk_free(sorted);
		return bk_fail_memory();
	}
	find_starts(postings);
	ends = postings->starts; /* as they are put in */
	for (size_t i = 0; i < count; i++)
		sorted[ends[postings->list.items[i].key >> postings->shift]++] = postings->list.items[i];
	for (size_t i = 0, from = 0; i < (size_t)1 << bits; from = ends[i++])
		sort_few(sorted + from, ends[i] - from);
	drop_twice(postings, sorted);
	find_starts(postings);
	bk_free(sorted);
	return BK_OK;
}

void bk_postings_release(struct bk_postings *postings)
{
	BK_VEC_RELEASE(&postings->list);
	bk_free(postings->starts);
}

const struct bk_posting *bk_postings_find(const struct bk_postings *postings, uint64_t key, size_t *count)
{
	const uint32_t *starts = postings->starts + (key >> postings->shift);
	const size_t len = starts[1] - starts[0];
	const struct bk_posting *items;
	size_t first;

	*count = 0;
	if (len == 0)
		return NULL;
	items = postings->list.items + starts[0];
	first = BK_SEARCH(i, len, items[i].key < key);
	*count = BK_SEARCH(j, len - first, items[first + j].key == key);
	return items + first;
}

int bk_postings_add(struct bk_postings *postings, uint64_t key, uint32_t block)
{
	struct bk_posting *added = BK_VEC_PUSH(&postings->list);

	if (!added)
		return bk_fail_memory();
	*added = (struct bk_posting){key, block};
	return BK_OK;
}
