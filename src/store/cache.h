/*
 * A cache: answers about things that never change, by name, in a file of the state folder.
 *
 * The file may be deleted at any time.  One that is not ours alone, that is damaged, or that was written under
 * another key, is as good as none.
 *
 *	file    magic key checksum record*
 *	magic   "bracked cache 1\n"
 *	record  name_len value_len name value
 *	        u32      u32
 *
 * Numbers are little-endian, key and checksum u64; the checksum is the XXH3 hash of all records with the key as
 * seed.  A file is valid if and only if its checksum holds and the records fill it.
 */
#ifndef BRACKED_STORE_CACHE_H
#define BRACKED_STORE_CACHE_H

#include "base/str.h"

#include <stdint.h>

typedef struct bk_cache bk_cache;

/* The cache of this kind for path.  What cannot be read or trusted is an empty one; only BK_ENOMEM fails.
 * key: whatever changes the answers must change it. */
int bk_cache_open(bk_cache **out, const char *state_folder, const char *kind, const char *path, uint64_t key);
/* The answer of that name, borrowed until the cache is freed. */
bool bk_cache_get(const bk_cache *cache, struct bk_str name, struct bk_str *value);
/* Add an answer (copied).  BK_ENOMEM. */
int bk_cache_put(bk_cache *cache, struct bk_str name, struct bk_str value);
/* Write what is new, mode 0600.  BK_EIO and its like: nothing is lost but time. */
int bk_cache_save(bk_cache *cache);
void bk_cache_free(bk_cache *cache);

#endif
