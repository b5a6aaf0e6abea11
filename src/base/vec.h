/*
 * Growing arrays of any type.
 *
 *	BK_VEC(struct thing) things = BK_VEC_INIT;
 *	struct thing *slot = BK_VEC_PUSH(&things);	NULL when memory ran out
 *	things.items[i], things.len
 *	BK_VEC_RELEASE(&things);
 *
 * Items move when the array grows: keep indexes, not pointers.
 */
#ifndef BRACKED_BASE_VEC_H
#define BRACKED_BASE_VEC_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define BK_VEC(type)                                                                                         \
	struct {                                                                                             \
		type *items;                                                                                 \
		size_t len;                                                                                  \
		size_t cap;                                                                                  \
	}

#define BK_VEC_INIT                                                                                          \
	{                                                                                                    \
		NULL, 0, 0                                                                                   \
	}

/* A pointer to a new zeroed item at the end, or NULL. */
#define BK_VEC_PUSH(vec)                                                                                     \
	((typeof((vec)->items))bk_vec_push(                                                                  \
		(void **)&(vec)->items, &(vec)->len, &(vec)->cap, sizeof *(vec)->items))

/* Room for `more` items beyond len; false when memory ran out. */
#define BK_VEC_RESERVE(vec, more)                                                                            \
	bk_vec_reserve((void **)&(vec)->items, &(vec)->cap, (vec)->len, (more), sizeof *(vec)->items)

#define BK_VEC_RELEASE(vec)                                                                                  \
	do {                                                                                                 \
		bk_vec_free((vec)->items);                                                                   \
		(vec)->items = NULL;                                                                         \
		(vec)->len = (vec)->cap = 0;                                                                 \
	} while (0)

/*
 * How many of the first `count` items of a sorted array come before something: `before` is a condition on the
 * index i that holds up to some item and for none from there on.
 *
 *	first = BK_SEARCH(i, count, items[i].start < offset);
 *
 * It is also the index of the first for which the condition does not hold.  Cost: O(log count).
 */
#define BK_SEARCH(i, count, before)                                                                          \
	({                                                                                                   \
		size_t low_##i = 0, high_##i = (count);                                                      \
                                                                                                             \
		while (low_##i < high_##i) {                                                                 \
			const size_t i = low_##i + (high_##i - low_##i) / 2;                                 \
                                                                                                             \
			if (before)                                                                          \
				low_##i = i + 1;                                                             \
			else                                                                                 \
				high_##i = i;                                                                \
		}                                                                                            \
		low_##i;                                                                                     \
	})

/* Room for `more` items behind len, when there is less: needs len + more > cap.  False when memory ran out. */
bool bk_vec_grow(void **items, size_t *cap, size_t len, size_t more, size_t item_size);
void bk_vec_free(void *items);

/* Inline, since there is room nearly always. */
static inline bool bk_vec_reserve(void **items, size_t *cap, size_t len, size_t more, size_t item_size)
{
	return more <= *cap - len || bk_vec_grow(items, cap, len, more, item_size);
}

/* Inline, since words are pushed by the million and the size of each is known where that is done. */
static inline void *bk_vec_push(void **items, size_t *len, size_t *cap, size_t item_size)
{
	if (!bk_vec_reserve(items, cap, *len, 1, item_size))
		return NULL;
	return memset((char *)*items + (*len)++ * item_size, 0, item_size);
}

#endif
