/*
 * An arena: many small allocations that are freed together.
 *
 *   block -> block -> block          each block: header, then bytes handed out in order
 *                     ^ newest       a request larger than a block gets one of its own
 *
 * Pointers stay valid until bk_arena_release of the arena, or of the one that took it over.
 */
#ifndef BRACKED_BASE_ARENA_H
#define BRACKED_BASE_ARENA_H

#include <stddef.h>

struct bk_arena_block;

struct bk_arena {
	struct bk_arena_block *newest;
	size_t used; /* bytes taken from the newest block */
};

#define BK_ARENA_INIT                                                                                        \
	{                                                                                                    \
		NULL, 0                                                                                      \
	}

/* Zeroed, aligned for any type; NULL when memory ran out.  Cost: O(size). */
void *bk_arena_alloc(struct bk_arena *arena, size_t size);

/* Room for count items of size bytes, zeroed; NULL also when count * size overflows. */
void *bk_arena_array(struct bk_arena *arena, size_t count, size_t size);

/* The same without zeroing, for what is written whole at once. */
void *bk_arena_room(struct bk_arena *arena, size_t count, size_t size);

/* A NUL-terminated copy of len bytes. */
char *bk_arena_dup(struct bk_arena *arena, const char *bytes, size_t len);

/* Formatted string in the arena. */
char *bk_arena_printf(struct bk_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Take over all that another one handed out, which is empty then.  Cost: O(blocks of the other). */
void bk_arena_join(struct bk_arena *arena, struct bk_arena *other);

/* Free everything; the arena is empty and can be used again. */
void bk_arena_release(struct bk_arena *arena);

#endif
