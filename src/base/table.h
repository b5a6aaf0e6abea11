/*
 * A table of numbers by their keys, which stand elsewhere: whoever looks compares them.
 *
 *	for (slot = bk_table_first(&table, hash); *slot != BK_TABLE_FREE; slot = bk_table_next(&table, slot))
 *		if (the key of *slot is the one) ...
 *	*slot = number;		puts one where none was found
 *
 * Where a map would hold a copy of each key, this takes eight bytes a number.
 */
#ifndef BRACKED_BASE_TABLE_H
#define BRACKED_BASE_TABLE_H

#include <stddef.h>
#include <stdint.h>

#define BK_TABLE_FREE UINT32_MAX

struct bk_table {
	uint32_t *slots; /* half of them free at least */
	size_t mask;
};

/* Room for count numbers; it does not grow.  BK_ENOMEM. */
int bk_table_init(struct bk_table *table, size_t count);
void bk_table_release(struct bk_table *table);

static inline uint32_t *bk_table_first(const struct bk_table *table, uint64_t hash)
{
	return &table->slots[hash & table->mask];
}

static inline uint32_t *bk_table_next(const struct bk_table *table, uint32_t *slot)
{
	return slot == &table->slots[table->mask] ? table->slots : slot + 1;
}

#endif
