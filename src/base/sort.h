/*
 * Sorting by a number that decides nearly all: an offset, an index.
 *
 *	items	(7 b) (3 a) (7 a) (1 c)
 *	keys	 7     3     7     1	 put in order digit by digit, without comparing
 *	sorted	(1 c) (3 a) (7 a) (7 b)	 those with the same key are compared
 */
#ifndef BRACKED_BASE_SORT_H
#define BRACKED_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

typedef uint64_t bk_sort_key(const void *item);

/*
 * Sort items of size bytes as qsort does with compare, in whose order no item has a smaller key than one before it.
 * Cost: O(n), and that of comparing those that have a key together.
 * BK_ENOMEM, and nothing has changed.
 */
int bk_sort(void *items, size_t count, size_t size, bk_sort_key *key,
	int (*compare)(const void *a, const void *b));

#endif
