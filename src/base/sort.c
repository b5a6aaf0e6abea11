#include "base/sort.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
	FEW = 64, /* items that are as soon compared */
	DIGIT = 11,
	DIGITS = 1 << DIGIT,
};

struct keyed {
	uint64_t key;
	size_t index;
};

/* Put them in order of one digit, keeping that of others before it. */
static void sort_digit(const struct keyed *from, struct keyed *to, size_t count, unsigned shift)
{
	size_t starts[DIGITS] = {0}, start = 0;

	for (size_t i = 0; i < count; i++)
		starts[from[i].key >> shift & (DIGITS - 1)]++;
	for (size_t digit = 0; digit < DIGITS; digit++) {
		const size_t times = starts[digit];

		starts[digit] = start;
		start += times;
	}
	for (size_t i = 0; i < count; i++)
		to[starts[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
}

/* Compare those with the same key, which lie together. */
static void sort_same(char *items, size_t size, const struct keyed *keyed, size_t count,
	int (*compare)(const void *a, const void *b))
{
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i + 1; end < count && keyed[end].key == keyed[i].key;)
			end++;
		if (end > i + 1)
			qsort(items + i * size, end - i, size, compare);
	}
}

/* Put keys in order, in one half of the room or the other. */
static const struct keyed *sort_keys(struct keyed *keyed, struct keyed *other, size_t count, uint64_t all)
{
	for (unsigned shift = 0; shift < 64 && all >> shift; shift += DIGIT) {
		struct keyed *const sorted = other;

		sort_digit(keyed, sorted, count, shift);
		other = keyed;
		keyed = sorted;
	}
	return keyed;
}

static void move_items(char *items, char *copy, size_t size, const struct keyed *keyed, size_t count)
{
	memcpy(copy, items, count * size);
	for (size_t i = 0; i < count; i++)
		memcpy(items + i * size, copy + keyed[i].index * size, size);
}

int bk_sort(void *items, size_t count, size_t size, bk_sort_key *key,
	int (*compare)(const void *a, const void *b))
{
	const struct keyed *keyed;
	struct keyed *room;
	bool are_in_order = true;
	uint64_t all = 0;
	size_t len;

	if (count < FEW) {
		if (count)
			qsort(items, count, size, compare);
		return BK_OK;
	}
	if (!bk_size_mul(count, 2 * sizeof *room + size, &len) || !(room = bk_malloc(len)))
		return bk_fail_memory();
	for (size_t i = 0; i < count; i++) {
		room[i] = (struct keyed){key((char *)items + i * size), i};
		all |= room[i].key;
		are_in_order &= i == 0 || room[i - 1].key <= room[i].key;
	}
	keyed = are_in_order ? room : sort_keys(room, room + count, count, all);
	if (!are_in_order)
		move_items(items, (char *)(room + 2 * count), size, keyed, count);
	sort_same(items, size, keyed, count, compare);
	bk_free(room);
	return BK_OK;
}
