/* The door to libxxhash. */
#include "base/hash.h"

#include <stdatomic.h>
#include <sys/random.h>
#include <xxhash.h>

static uint64_t table_seed(void)
{
	static _Atomic uint64_t seed;
	uint64_t drawn = atomic_load(&seed);
	uint64_t none = 0;

	if (drawn)
		return drawn;
	if (getrandom(&drawn, sizeof drawn, GRND_NONBLOCK) != (ssize_t)sizeof drawn || drawn == 0)
		drawn = (uint64_t)(uintptr_t)&drawn | 1;
	return atomic_compare_exchange_strong(&seed, &none, drawn) ? drawn : none;
}

uint64_t bk_hash(const void *bytes, size_t len)
{
	return XXH3_64bits(bytes, len);
}

uint64_t bk_hash_seed(const void *bytes, size_t len, uint64_t seed)
{
	return XXH3_64bits_withSeed(bytes, len, seed);
}

uint64_t bk_hash_table(const void *bytes, size_t len)
{
	return bk_hash_seed(bytes, len, table_seed());
}
