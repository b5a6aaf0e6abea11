/* The door to libxxhash. */
#include "base/hash.h"
#include "base/alloc.h"

#include <stdatomic.h>
#include <sys/random.h>
#define XXH_INLINE_ALL /* most of what is hashed is a few words */
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

/* The library's state wants an alignment that malloc does not promise. */
struct bk_hash_stream {
	XXH3_state_t *state; /* within memory */
	char memory[sizeof(XXH3_state_t) + 64];
};

struct bk_hash_stream *bk_hash_begin(void)
{
	struct bk_hash_stream *stream = bk_malloc(sizeof *stream);

	if (!stream)
		return NULL;
	stream->state = (XXH3_state_t *)(((uintptr_t)stream->memory + 63) & ~(uintptr_t)63);
	XXH3_INITSTATE(stream->state);
	XXH3_64bits_reset(stream->state);
	return stream;
}

void bk_hash_add(struct bk_hash_stream *stream, const void *bytes, size_t len)
{
	if (len)
		XXH3_64bits_update(stream->state, bytes, len);
}

uint64_t bk_hash_end(struct bk_hash_stream *stream)
{
	const uint64_t hash = stream ? XXH3_64bits_digest(stream->state) : 0;

	bk_free(stream);
	return hash;
}
