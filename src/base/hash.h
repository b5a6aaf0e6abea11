/* 64-bit hashes of bytes: XXH3 by libxxhash, whose values are fixed for good. */
#ifndef BRACKED_BASE_HASH_H
#define BRACKED_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* The same bytes give the same number on every machine: for ids and checksums.  About 20 GB/s. */
uint64_t bk_hash(const void *bytes, size_t len);
uint64_t bk_hash_seed(const void *bytes, size_t len, uint64_t seed);

/* As bk_hash with a seed drawn once a process: for tables filled with names that come from others. */
uint64_t bk_hash_table(const void *bytes, size_t len);

/* The same number as bk_hash for bytes that come in pieces.  Begin gives NULL when
 * memory ran out; end frees. */
struct bk_hash_stream;
struct bk_hash_stream *bk_hash_begin(void);
void bk_hash_add(struct bk_hash_stream *stream, const void *bytes, size_t len);
uint64_t bk_hash_end(struct bk_hash_stream *stream); /* takes NULL, and gives 0 */

#endif
