#include "store/cache.h"
#include "base/alloc.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/vec.h"
#include "store/state_file.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "bracked cache 1\n"

enum { MAGIC_LEN = sizeof MAGIC - 1, HEAD = MAGIC_LEN + 16, LIMIT = 64 << 20 };

struct entry {
	struct bk_str name, value; /* in `read`, or in the arena */
};

struct bk_cache {
	char *file; /* NULL: there is no place for one */
	uint64_t key;
	struct bk_buf read; /* the file as it was */
	struct bk_arena arena;
	BK_VEC(struct entry) entries;
	struct bk_map index; /* name -> entry */
	bool changed;
};

/* ---- Numbers ---- */

static uint64_t take_number(const char *bytes, size_t size)
{
	uint64_t value = 0;

	for (size_t i = size; i-- > 0;)
		value = value << 8 | (unsigned char)bytes[i];
	return value;
}

static void put_number(struct bk_buf *out, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		bk_buf_putc(out, (char)(value >> (8 * i) & 0xff));
}

/* ---- Reading ---- */

static int add(struct bk_cache *cache, struct bk_str name, struct bk_str value)
{
	struct entry *entry = BK_VEC_PUSH(&cache->entries);

	if (!entry)
		return bk_fail_memory();
	*entry = (struct entry){name, value};
	if (bk_map_set(&cache->index, name, cache->entries.len - 1) == BK_OK)
		return BK_OK;
	cache->entries.len--;
	return bk_fail_memory();
}

static bool is_valid(const struct bk_cache *cache)
{
	const char *bytes = cache->read.bytes;
	const size_t len = cache->read.len;

	return len >= HEAD && memcmp(bytes, MAGIC, MAGIC_LEN) == 0 &&
	       take_number(bytes + MAGIC_LEN, 8) == cache->key &&
	       take_number(bytes + MAGIC_LEN + 8, 8) == bk_hash_seed(bytes + HEAD, len - HEAD, cache->key);
}

/* Sizes are checked although the checksum held: whoever can write the file can write that, too. */
static int take_records(struct bk_cache *cache)
{
	struct bk_str rest = bk_str_skip(bk_buf_str(&cache->read), HEAD);
	int status = BK_OK;

	while (rest.len >= 8 && status == BK_OK) {
		const size_t name = take_number(rest.ptr, 4), value = take_number(rest.ptr + 4, 4);

		rest = bk_str_skip(rest, 8);
		if (name > rest.len || value > rest.len - name)
			return BK_OK;
		status = add(cache, (struct bk_str){rest.ptr, name}, (struct bk_str){rest.ptr + name, value});
		rest = bk_str_skip(rest, name + value);
	}
	return status;
}

/* One of more bytes than are ever written is not ours, and is not read at all. */
static int read_bytes(struct bk_cache *cache, int descriptor)
{
	struct stat info;

	if (fstat(descriptor, &info) < 0)
		return bk_fail_errno(errno, "looking at", cache->file);
	if (info.st_size > HEAD + LIMIT)
		return bk_fail(BK_ETOOBIG, "'%s' has more than %d bytes", cache->file, HEAD + LIMIT);
	return bk_file_read_descriptor(&cache->read, descriptor, cache->file);
}

/* The file's bytes; none when it cannot be trusted. */
static int read_file(struct bk_cache *cache, const char *state_folder, const char *kind, const char *path)
{
	int descriptor, status = bk_state_file_name(&cache->file, state_folder, kind, path);

	if (status < 0)
		return status;
	status = bk_state_file_open(&descriptor, cache->file);
	if (status < 0) {
		bk_free(cache->file);
		cache->file = NULL;
		return status;
	}
	status = read_bytes(cache, descriptor);
	if (status < 0)
		bk_buf_clear(&cache->read);
	close(descriptor);
	return status;
}

int bk_cache_open(bk_cache **out, const char *state_folder, const char *kind, const char *path, uint64_t key)
{
	bk_cache *cache = bk_calloc(1, sizeof *cache);
	int status = BK_OK;

	if (!cache)
		return bk_fail_memory();
	cache->key = key;
	if (state_folder && read_file(cache, state_folder, kind, path) == BK_ENOMEM)
		status = BK_ENOMEM;
	if (status == BK_OK && is_valid(cache))
		status = take_records(cache);
	if (status < 0) {
		bk_cache_free(cache);
		return status;
	}
	*out = cache;
	return BK_OK;
}

/* ---- Using ---- */

bool bk_cache_get(const bk_cache *cache, struct bk_str name, struct bk_str *value)
{
	size_t index;

	if (!bk_map_get(&cache->index, name, &index))
		return false;
	*value = cache->entries.items[index].value;
	return true;
}

int bk_cache_put(bk_cache *cache, struct bk_str name, struct bk_str value)
{
	const char *kept_name = bk_arena_dup(&cache->arena, name.ptr, name.len);
	const char *kept_value = bk_arena_dup(&cache->arena, value.ptr, value.len);

	if (!kept_name || !kept_value)
		return bk_fail_memory();
	cache->changed = true;
	return add(cache, (struct bk_str){kept_name, name.len}, (struct bk_str){kept_value, value.len});
}

static void put_records(const struct bk_cache *cache, struct bk_buf *out)
{
	/* The newest first: where there is too much, what was there longest goes. */
	for (size_t i = cache->entries.len; i-- > 0;) {
		const struct entry *entry = &cache->entries.items[i];

		if (out->len + 8 + entry->name.len + entry->value.len > LIMIT)
			break;
		put_number(out, entry->name.len, 4);
		put_number(out, entry->value.len, 4);
		bk_buf_put_str(out, entry->name);
		bk_buf_put_str(out, entry->value);
	}
}

int bk_cache_save(bk_cache *cache)
{
	struct bk_buf records = BK_BUF_INIT, out = BK_BUF_INIT;
	int status;

	if (!cache->changed || !cache->file)
		return BK_OK;
	put_records(cache, &records);
	bk_buf_puts(&out, MAGIC);
	put_number(&out, cache->key, 8);
	put_number(&out, bk_hash_seed(records.bytes ? records.bytes : "", records.len, cache->key), 8);
	bk_buf_put_str(&out, bk_buf_str(&records));
	status = records.failed ? bk_fail_memory() : bk_buf_status(&out);
	if (status == BK_OK)
		status = bk_file_replace_bytes(
			cache->file, bk_buf_str(&out), NULL, BK_REPLACE_PRIVATE | BK_REPLACE_FORCE, NULL);
	if (status == BK_OK)
		cache->changed = false;
	bk_buf_release(&records);
	bk_buf_release(&out);
	return status;
}

void bk_cache_free(bk_cache *cache)
{
	if (!cache)
		return;
	BK_VEC_RELEASE(&cache->entries);
	bk_map_release(&cache->index);
	bk_arena_release(&cache->arena);
	bk_buf_release(&cache->read);
	bk_free(cache->file);
	bk_free(cache);
}
