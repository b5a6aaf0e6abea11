/* Open addressing with linear probing, grown at three quarters. */
#include "base/map.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"

#include <stdint.h>

struct bk_map_slot {
	struct bk_str key; /* ptr NULL: free */
	uint64_t hash;
	size_t value;
};

static struct bk_map_slot *probe(const struct bk_map *map, struct bk_str key, uint64_t hash)
{
	size_t i = (size_t)hash & (map->cap - 1);

	while (map->slots[i].key.ptr && (map->slots[i].hash != hash || !bk_str_equal(map->slots[i].key, key)))
		i = (i + 1) & (map->cap - 1);
	return &map->slots[i];
}

static int grow(struct bk_map *map, size_t cap)
{
	struct bk_map grown = {.cap = cap};

	grown.slots = bk_calloc(grown.cap, sizeof *grown.slots);
	if (!grown.slots)
		return bk_fail_memory();
	for (size_t i = 0; i < map->cap; i++)
		if (map->slots[i].key.ptr)
			*probe(&grown, map->slots[i].key, map->slots[i].hash) = map->slots[i];
	bk_free(map->slots);
	map->slots = grown.slots;
	map->cap = grown.cap;
	return BK_OK;
}

int bk_map_reserve(struct bk_map *map, size_t count)
{
	size_t cap = 16;

	while (cap / 4 * 3 < count && cap <= SIZE_MAX / 4)
		cap *= 2;
	return cap > map->cap ? grow(map, cap) : BK_OK;
}

size_t *bk_map_slot(struct bk_map *map, struct bk_str key, size_t initial)
{
	const uint64_t hash = bk_hash_table(key.ptr, key.len);
	struct bk_map_slot *slot;
	const char *copy;

	if (map->count + 1 > map->cap / 4 * 3 && grow(map, map->cap ? map->cap * 2 : 16) < 0)
		return NULL;
	slot = probe(map, key, hash);
	if (slot->key.ptr)
		return &slot->value;
	copy = bk_arena_dup(&map->keys, key.ptr, key.len);
	if (!copy) {
		bk_fail_memory();
		return NULL;
	}
	*slot = (struct bk_map_slot){.key = {copy, key.len}, .hash = hash, .value = initial};
	map->count++;
	return &slot->value;
}

int bk_map_set(struct bk_map *map, struct bk_str key, size_t value)
{
	size_t *place = bk_map_slot(map, key, value);

	if (!place)
		return BK_ENOMEM;
	*place = value;
	return BK_OK;
}

bool bk_map_get(const struct bk_map *map, struct bk_str key, size_t *value)
{
	const struct bk_map_slot *slot;

	if (!map->cap)
		return false;
	slot = probe(map, key, bk_hash_table(key.ptr, key.len));
	if (!slot->key.ptr)
		return false;
	*value = slot->value;
	return true;
}

void bk_map_release(struct bk_map *map)
{
	bk_free(map->slots);
	bk_arena_release(&map->keys);
	*map = (struct bk_map)BK_MAP_INIT;
}
