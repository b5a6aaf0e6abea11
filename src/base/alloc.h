/*
 * The one way to memory.  Everything that allocates does so here, so that a
 * test can make the Nth allocation fail and see that nothing was lost.
 */
#ifndef BRACKED_BASE_ALLOC_H
#define BRACKED_BASE_ALLOC_H

#include <stdbool.h>
#include <stddef.h>

/* As malloc, calloc, realloc, free; a count times size that overflows returns NULL. */
void *bk_malloc(size_t size);
void *bk_calloc(size_t count, size_t size);
void *bk_realloc(void *ptr, size_t size);
void bk_free(void *ptr);

/*
 * As bk_malloc, for much that is written soon: in pages of BK_HUGE_PAGE bytes where the system has them, since
 * to be given small pages takes longer than to fill them.  Begins at such a page.
 */
#define BK_HUGE_PAGE ((size_t)2 << 20)
void *bk_malloc_huge(size_t size);

/*
 * For a program that is about to work through much and then ends: let all that is allocated from now on, by any
 * thread, be taken from one heap with size bytes ready in huge pages, which keeps what is freed for whoever asks
 * next.  Nothing is taken from the system before it is written.  An advice: without it all is as before, slower.
 */
void bk_alloc_expect(size_t size);

/* A copy of len bytes with a NUL after them; NULL when memory ran out. */
char *bk_memdup(const void *bytes, size_t len);
char *bk_strdup(const char *string);

/* *out = a + b or a * b; false when it does not fit. */
bool bk_size_add(size_t a, size_t b, size_t *out);
bool bk_size_mul(size_t a, size_t b, size_t *out);

/* Give what was freed back to the system, for one who has just let go of much.  Cost: some microseconds a
 * megabyte. */
void bk_alloc_trim(void);

/*
 * For tests: let `after` more allocations on this thread succeed and make all later ones
 * fail, until called with SIZE_MAX.  Returns how many allocations were made since the last call.
 */
size_t bk_alloc_fail_after(size_t after);
/* The same, but only the next one after these fails: no later failure hides that nobody told of it. */
size_t bk_alloc_fail_once(size_t after);

#endif
