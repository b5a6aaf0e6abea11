/* malloc and its family, with a counter that tests can set to fail. */
#include "base/alloc.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static _Thread_local size_t allowed = SIZE_MAX;
static _Thread_local size_t made;

static bool refused(void)
{
	made++;
	if (allowed == SIZE_MAX)
		return false;
	if (allowed == 0)
		return true;
	allowed--;
	return false;
}

size_t bk_alloc_fail_after(size_t after)
{
	const size_t count = made;

	allowed = after;
	made = 0;
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
