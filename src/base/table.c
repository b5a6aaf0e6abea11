/* Room for a table, and its end; the rest stands in the header. */
#include "base/table.h"
#include "base/alloc.h"
#include "base/error.h"

#include <string.h>

int bk_table_init(struct bk_table *table, size_t count)
{
	size_t cap = 16, size;

	while (cap / 2 < count && cap <= SIZE_MAX / 4)
		cap *= 2;
	if (!bk_size_mul(cap, sizeof *table->slots, &size) || !(table->slots = bk_malloc(size)))
		return bk_fail_memory();
	memset(table->slots, 0xff, size);
	table->mask = cap - 1;
	return BK_OK;
}

void bk_table_release(struct bk_table *table)
{
	bk_free(table->slots);
	*table = (struct bk_table){0};
}
