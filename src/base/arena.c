/* Blocks of bytes handed out in order and freed together. */
#include "base/arena.h"
#include "base/alloc.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct bk_arena_block {
	struct bk_arena_block *next;
	size_t size;
	alignas(max_align_t) char bytes[];
};

/* Most arenas are of a few words: their first block is one that a thread keeps for itself when it is freed. */
enum {
	FIRST_SIZE = 1024 - sizeof(struct bk_arena_block),
	BLOCK_SIZE = 16384,
	HUGE_FROM = 512 << 10,
	ALIGNMENT = alignof(max_align_t),
};

static struct bk_arena_block *block_new(size_t size, bool zeroed)
{
	size_t total;
	struct bk_arena_block *block;

	if (!bk_size_add(size, sizeof *block, &total))
		return NULL;
	/* large zeroed memory comes fresh from the system: it is not touched before it is used */
	block = zeroed ? bk_calloc(1, total) : bk_malloc(total);
	if (block)
		block->size = size;
	return block;
}

/* A block of its own, put behind the newest so that the newest goes on serving. */
static void *alloc_large(struct bk_arena *arena, size_t size, bool zeroed)
{
	struct bk_arena_block *block = block_new(size, zeroed);

	if (!block)
		return NULL;
	if (arena->newest) {
		block->next = arena->newest->next;
		arena->newest->next = block;
	} else {
		block->next = NULL;
		arena->newest = block;
		arena->used = size;
	}
	return block->bytes;
}

/* A block of whole huge pages, whose rest serves what comes next. */
static void *alloc_huge(struct bk_arena *arena, size_t size)
{
	size_t total;
	struct bk_arena_block *block;

	if (!bk_size_add(size, sizeof *block + BK_HUGE_PAGE - 1, &total))
		return NULL;
	total &= ~(BK_HUGE_PAGE - 1);
	block = bk_malloc_huge(total);
	if (!block)
		return NULL;
	block->size = total - sizeof *block;
	block->next = arena->newest;
	arena->newest = block;
	arena->used = size;
	return block->bytes;
}

/* Of the next block, of which some bytes are asked for: four times the last one's. */
static size_t next_size(const struct bk_arena *arena, size_t asked)
{
	size_t size = arena->newest ? 4 * arena->newest->size : FIRST_SIZE;

	while (size < asked)
		size *= 4;
	return size < BLOCK_SIZE ? size : BLOCK_SIZE;
}

static void *take(struct bk_arena *arena, size_t size, bool zeroed)
{
	size_t rounded;
	void *out;

	if (!bk_size_add(size, ALIGNMENT - 1, &rounded))
		return NULL;
	rounded &= ~(size_t)(ALIGNMENT - 1);
	if (!arena->newest || arena->newest->size - arena->used < rounded) {
		struct bk_arena_block *block;

		if (rounded >= HUGE_FROM && !zeroed)
			return alloc_huge(arena, rounded);
		if (rounded > BLOCK_SIZE / 4)
			return alloc_large(arena, rounded, zeroed);
		block = block_new(next_size(arena, rounded), false);
		if (!block)
			return NULL;
		block->next = arena->newest;
		arena->newest = block;
		arena->used = 0;
	}
	out = arena->newest->bytes + arena->used;
	arena->used += rounded;
	return zeroed ? memset(out, 0, rounded) : out;
}

void *bk_arena_alloc(struct bk_arena *arena, size_t size)
{
	return take(arena, size, true);
}

void *bk_arena_array(struct bk_arena *arena, size_t count, size_t size)
{
	size_t total;

	return bk_size_mul(count, size, &total) ? bk_arena_alloc(arena, total) : NULL;
}

void *bk_arena_room(struct bk_arena *arena, size_t count, size_t size)
{
	size_t total;

	return bk_size_mul(count, size, &total) ? take(arena, total, false) : NULL;
}

char *bk_arena_dup(struct bk_arena *arena, const char *bytes, size_t len)
{
	size_t size;
	char *copy = bk_size_add(len, 1, &size) ? take(arena, size, false) : NULL;

	if (!copy)
		return NULL;
	if (len)
		memcpy(copy, bytes, len);
	copy[len] = '\0';
	return copy;
}

char *bk_arena_printf(struct bk_arena *arena, const char *format, ...)
{
	va_list args;
	int len;
	char *out;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	out = len < 0 ? NULL : bk_arena_alloc(arena, (size_t)len + 1);
	if (!out)
		return NULL;
	va_start(args, format);
	vsnprintf(out, (size_t)len + 1, format, args);
	va_end(args);
	return out;
}

void bk_arena_join(struct bk_arena *arena, struct bk_arena *other)
{
	struct bk_arena_block *oldest = other->newest;

	if (!arena->newest) {
		*arena = *other;
	} else if (oldest) {
		while (oldest->next)
			oldest = oldest->next;
		oldest->next = arena->newest->next; /* behind the newest, which goes on serving */
		arena->newest->next = other->newest;
	}
	other->newest = NULL;
	other->used = 0;
}

void bk_arena_release(struct bk_arena *arena)
{
	struct bk_arena_block *block = arena->newest;

	while (block) {
		struct bk_arena_block *next = block->next;

		bk_free(block);
		block = next;
	}
	arena->newest = NULL;
	arena->used = 0;
}
