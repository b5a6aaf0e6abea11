/* Growth of typed arrays. */
#include "base/vec.h"
#include "base/alloc.h"

bool bk_vec_grow(void **items, size_t *cap, size_t len, size_t more, size_t item_size)
{
	size_t need, grown, total;
	void *moved;

	if (!bk_size_add(len, more, &need))
		return false;
	grown = *cap < 8 ? 8 : *cap + *cap / 2;
	if (grown < need)
		grown = need;
	if (!bk_size_mul(grown, item_size, &total))
		return false;
	moved = bk_realloc(*items, total);
	if (!moved)
		return false;
	*items = moved;
	*cap = grown;
	return true;
}

void bk_vec_free(void *items)
{
	bk_free(items);
}
