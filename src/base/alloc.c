/* malloc and its family, with a counter that tests can set to fail. */
#include "base/alloc.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define LEAD_BLOCK	((size_t)192 << 10) /* more than what the heap has ready by itself */
#define LEAD		(LEAD_BLOCK + 4096)
#define HEAP_BLOCK_MOST (32 << 20) /* what glibc takes at most for M_MMAP_THRESHOLD */

static _Thread_local size_t allowed = SIZE_MAX;
static _Thread_local size_t made;
static _Thread_local bool once;

static bool refused(void)
{
	made++;
	if (allowed == SIZE_MAX)
		return false;
	if (allowed == 0) {
		if (once)
			allowed = SIZE_MAX;
		return true;
	}
	allowed--;
	return false;
}

size_t bk_alloc_fail_after(size_t after)
{
	const size_t count = made;

	allowed = after;
	once = false;
	made = 0;
	return count;
}

size_t bk_alloc_fail_once(size_t after)
{
	const size_t count = bk_alloc_fail_after(after);

	once = true;
	return count;
}

void *bk_malloc(size_t size)
{
	return refused() ? NULL : malloc(size ? size : 1);
}

void *bk_calloc(size_t count, size_t size)
{
	return refused() ? NULL : calloc(count ? count : 1, size ? size : 1);
}

void *bk_realloc(void *ptr, size_t size)
{
	return refused() ? NULL : realloc(ptr, size ? size : 1);
}

void bk_free(void *ptr)
{
	free(ptr);
}

void *bk_malloc_huge(size_t size)
{
	void *ptr;

	if (refused() || posix_memalign(&ptr, BK_HUGE_PAGE, size) != 0)
		return NULL;
	/* an advice: where it is not taken the pages are small */
	(void)madvise(ptr, size, MADV_HUGEPAGE);
	return ptr;
}

static void *volatile lead_block; /* volatile: not to be left out by the compiler */

/*
 *	heap until now | never written | LEAD: a block, a page | huge pages ...           end
 *	               ^ its end was here                      ^ a multiple of BK_HUGE_PAGE
 *
 * Where anything was written before the advice, pages stay small.  So the heap grows by a block that nobody is given:
 * only what stands at its two ends is written.
 */
void bk_alloc_expect(size_t size)
{
	const int most = 1 << 30, pad = size < (size_t)most ? (int)size : most;
	char *start, *end;

	if (!mallopt(M_TOP_PAD, pad) || !mallopt(M_TRIM_THRESHOLD, most) ||
		!mallopt(M_MMAP_THRESHOLD, HEAP_BLOCK_MOST) || !mallopt(M_ARENA_MAX, 1))
		return;
	(void)sbrk((intptr_t)(-((uintptr_t)sbrk(0) + LEAD) % BK_HUGE_PAGE));
	start = sbrk(0);
	lead_block = malloc(LEAD_BLOCK);
	end = sbrk(0);
	(void)mallopt(M_TOP_PAD,
		(int)BK_HUGE_PAGE); /* so much once only: where little is left it would be refused */
	if (end > start)
		(void)madvise(start, (size_t)(end - start), MADV_HUGEPAGE);
}

void bk_alloc_trim(void)
{
	malloc_trim(0);
}

char *bk_memdup(const void *bytes, size_t len)
{
	size_t size;
	char *copy = bk_size_add(len, 1, &size) ? bk_malloc(size) : NULL;

	if (!copy)
		return NULL;
	if (len)
		memcpy(copy, bytes, len);
	copy[len] = '\0';
	return copy;
}

char *bk_strdup(const char *string)
{
	return bk_memdup(string, strlen(string));
}

bool bk_size_add(size_t a, size_t b, size_t *out)
{
	return !__builtin_add_overflow(a, b, out);
}

bool bk_size_mul(size_t a, size_t b, size_t *out)
{
	return !__builtin_mul_overflow(a, b, out);
}
