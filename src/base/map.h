/*
 * A map from bytes to size_t, open addressing.  Keys are copied.
 * It has no order: whoever wants one keeps the values in an array and the index here.
 */
#ifndef BRACKED_BASE_MAP_H
#define BRACKED_BASE_MAP_H

#include "base/arena.h"
#include "base/str.h"

#include <stdint.h>

struct bk_map_slot;

struct bk_map {
	struct bk_map_slot *slots;
	size_t cap; /* a power of two, or 0 */
	size_t count;
	struct bk_arena keys;
};

#define BK_MAP_INIT                                                                                          \
	{                                                                                                    \
		NULL, 0, 0, BK_ARENA_INIT                                                                    \
	}

/* Set key to value, replacing what stood there.  Returns BK_OK or BK_ENOMEM. */
int bk_map_set(struct bk_map *map, struct bk_str key, size_t value);
/* True and *value when key is there. */
bool bk_map_get(const struct bk_map *map, struct bk_str key, size_t *value);
/* Make room for count entries in all, so that filling them in moves nothing.  BK_ENOMEM. */
int bk_map_reserve(struct bk_map *map, size_t count);

/* The place of key's value, put there with `initial` when it was missing; NULL when memory ran out.  Stale
 * after the next put. */
size_t *bk_map_slot(struct bk_map *map, struct bk_str key, size_t initial);
void bk_map_release(struct bk_map *map);

#endif
