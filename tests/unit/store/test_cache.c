/* Caches keep answers, and are as good as none when they cannot be trusted. */
#include "base/alloc.h"
#include "lib/scratch.h"
#include "store/cache.h"

#include <bracked/error.h>
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

static const char *const path = "/talks/outcome.txt";

static bk_cache *open_cache(uint64_t key)
{
	bk_cache *cache;

	assert_int_equal(bk_cache_open(&cache, scratch, "counts", path, key), BK_OK);
	return cache;
}

/* "answer", or "" when there is none. */
static const char *answer_of(uint64_t key, const char *name)
{
	static char answer[64];
	bk_cache *cache = open_cache(key);
	struct bk_str value;

	answer[0] = '\0';
	if (bk_cache_get(cache, bk_str_of(name), &value))
		snprintf(answer, sizeof answer, "%.*s", (int)value.len, value.ptr);
	bk_cache_free(cache);
	return answer;
}

static void keep(uint64_t key, const char *name, const char *value)
{
	bk_cache *cache = open_cache(key);

	assert_int_equal(bk_cache_put(cache, bk_str_of(name), bk_str_of(value)), BK_OK);
	assert_int_equal(bk_cache_save(cache), BK_OK);
	bk_cache_free(cache);
}

static FILE *open_file(const char *mode)
{
	char pattern[512];
	glob_t found;
	FILE *file;

	snprintf(pattern, sizeof pattern, "%s/counts/*-outcome.txt.counts", scratch);
	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	file = fopen(found.gl_pathv[0], mode);
	globfree(&found);
	assert_non_null(file);
	return file;
}

static void what_was_kept_is_found_under_its_key(void **state)
{
	(void)state;
	keep(7, "blob a", "12 brackets");
	keep(7, "blob b", "");
	keep(7, "blob c", "9");
	assert_string_equal(answer_of(7, "blob a"), "12 brackets");
	assert_string_equal(answer_of(7, "blob c"), "9");
	assert_string_equal(answer_of(7, "blob"), "");
	assert_string_equal(answer_of(8, "blob a"), "");
}

static void another_key_begins_anew(void **state)
{
	(void)state;
	keep(7, "blob a", "12");
	keep(8, "blob b", "13");
	assert_string_equal(answer_of(8, "blob b"), "13");
	assert_string_equal(answer_of(7, "blob a"), "");
}

static void a_damaged_file_is_none(void **state)
{
	char bytes[4096];
	size_t len;
	FILE *file;

	(void)state;
	keep(7, "blob a", "12");
	file = open_file("r");
	len = fread(bytes, 1, sizeof bytes, file);
	fclose(file);
	for (size_t i = 0; i < len; i++) {
		file = open_file("w");
		bytes[i] ^= 1;
		fwrite(bytes, 1, len, file);
		bytes[i] ^= 1;
		fclose(file);
		assert_string_equal(answer_of(7, "blob a"), "");
		file = open_file("w");
		fwrite(bytes, 1, i, file);
		fclose(file);
		assert_string_equal(answer_of(7, "blob a"), "");
	}
	keep(7, "blob a", "12");
	assert_string_equal(answer_of(7, "blob a"), "12");
}

static size_t count_allocations(void)
{
	bk_alloc_fail_after(SIZE_MAX);
	bk_cache_free(open_cache(7));
	return bk_alloc_fail_after(SIZE_MAX);
}

static void a_file_longer_than_any_is_not_read(void **state)
{
	FILE *file;
	size_t empty;

	(void)state;
	keep(7, "blob a", "12");
	fclose(open_file("w"));
	empty = count_allocations();
	file = open_file("w");
	assert_int_equal(ftruncate(fileno(file), (off_t)1 << 30), 0);
	fclose(file);
	assert_true(count_allocations() <= empty + 1); /* the message */
	keep(7, "blob a", "12");
	assert_string_equal(answer_of(7, "blob a"), "12");
}

static void without_a_folder_all_is_as_if_new(void **state)
{
	bk_cache *cache;
	struct bk_str value;

	(void)state;
	assert_int_equal(bk_cache_open(&cache, NULL, "counts", path, 7), BK_OK);
	assert_int_equal(bk_cache_put(cache, BK_STR("a"), BK_STR("b")), BK_OK);
	assert_true(bk_cache_get(cache, BK_STR("a"), &value));
	assert_int_equal(bk_cache_save(cache), BK_OK);
	bk_cache_free(cache);
}

static void what_cannot_be_remembered_is_refused(void **state)
{
	bk_cache *cache;
	size_t failures = 0;
	int status;

	(void)state;
	keep(7, "blob a", "12");
	do {
		cache = NULL;
		bk_alloc_fail_after(failures++);
		status = bk_cache_open(&cache, scratch, "counts", path, 7);
		if (status == BK_OK)
			status = bk_cache_put(cache, BK_STR("blob z"), BK_STR("3"));
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK || status == BK_ENOMEM);
		bk_cache_free(cache);
	} while (status != BK_OK);
	assert_true(failures > 3);
	assert_string_equal(answer_of(7, "blob a"), "12");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_kept_is_found_under_its_key),
		cmocka_unit_test(another_key_begins_anew),
		cmocka_unit_test(a_damaged_file_is_none),
		cmocka_unit_test(a_file_longer_than_any_is_not_read),
		cmocka_unit_test(without_a_folder_all_is_as_if_new),
		cmocka_unit_test(what_cannot_be_remembered_is_refused),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
