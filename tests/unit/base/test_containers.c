/* Arenas, buffers, arrays and maps: what they keep, and what a failed allocation leaves. */
#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/map.h"
#include "base/sort.h"
#include "base/str.h"
#include "base/table.h"
#include "base/vec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

static void a_buffer_keeps_every_byte_and_ends_in_nul(void **state)
{
	struct bk_buf buf = BK_BUF_INIT;

	(void)state;
	bk_buf_put(&buf, "a\0b", 3);
	bk_buf_printf(&buf, "%d", 42);
	bk_buf_insert(&buf, 1, "xy", 2);
	bk_buf_remove(&buf, 0, 1);
	assert_int_equal(buf.len, 6);
	assert_memory_equal(buf.bytes, "xy\0b42", 7);
	bk_buf_release(&buf);
}

static void a_failed_append_leaves_the_buffer_as_it_was(void **state)
{
	struct bk_buf buf = BK_BUF_INIT;

	(void)state;
	bk_buf_puts(&buf, "kept");
	bk_alloc_fail_after(0);
	bk_buf_fill(&buf, 'x', 1000);
	bk_buf_puts(&buf, "ignored");
	bk_alloc_fail_after(SIZE_MAX);
	assert_int_equal(bk_buf_status(&buf), BK_ENOMEM);
	assert_string_equal(bk_buf_string(&buf), "kept");
	bk_buf_release(&buf);
}

static void a_size_that_overflows_is_refused(void **state)
{
	struct bk_buf buf = BK_BUF_INIT;
	struct bk_arena arena = BK_ARENA_INIT;

	(void)state;
	bk_buf_puts(&buf, "x");
	bk_buf_reserve(&buf, SIZE_MAX);
	assert_true(buf.failed);
	assert_null(bk_arena_array(&arena, SIZE_MAX / 2, 3));
	assert_null(bk_arena_room(&arena, SIZE_MAX / 2, 3));
	bk_buf_release(&buf);
	bk_arena_release(&arena);
}

enum { BLOCKS = 40, BLOCK = 1 << 20 };

static void take_blocks(unsigned char *blocks[BLOCKS])
{
	for (size_t i = 0; i < BLOCKS; i++) {
		blocks[i] = bk_malloc(BLOCK);
		assert_non_null(blocks[i]);
		memset(blocks[i], (int)i, BLOCK);
	}
}

static void give_blocks(unsigned char *blocks[BLOCKS])
{
	for (size_t i = 0; i < BLOCKS; i++) {
		assert_int_equal(blocks[i][0] + blocks[i][BLOCK - 1], 2 * i);
		bk_free(blocks[i]);
	}
}

/* Blocks that would be mapped each by itself are taken from the heap, which does not grow for them a second time. */
static void what_is_expected_comes_from_the_heap_which_keeps_it(void **state)
{
	unsigned char *blocks[BLOCKS];
	char *const start = sbrk(0), *end;

	(void)state;
#ifdef __SANITIZE_ADDRESS__
	skip(); /* it has no such heap */
#endif
	bk_alloc_expect((size_t)2 * BLOCKS * BLOCK);
	end = sbrk(0);
	assert_true(end - start >= (ptrdiff_t)2 * BLOCKS * BLOCK);
	for (int round = 0; round < 2; round++) {
		take_blocks(blocks);
		for (size_t i = 0; i < BLOCKS; i++)
			assert_in_range((uintptr_t)blocks[i], (uintptr_t)start, (uintptr_t)end - BLOCK);
		give_blocks(blocks);
		assert_ptr_equal(sbrk(0), end);
	}
}

/* More than is there may be expected: nothing is taken before it is written. */
static void what_is_not_there_may_be_expected(void **state)
{
	unsigned char *blocks[BLOCKS];

	(void)state;
	bk_alloc_expect(SIZE_MAX);
	bk_alloc_expect(1);
	take_blocks(blocks);
	give_blocks(blocks);
}

static void an_arena_gives_zeroed_memory_that_stays(void **state)
{
	struct bk_arena arena = BK_ARENA_INIT;
	char *first = bk_arena_dup(&arena, "first", 5);

	(void)state;
	for (size_t size = 1; size < 100000; size = size * 3 + 1) {
		const char *bytes = bk_arena_alloc(&arena, size);

		assert_non_null(bytes);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(bytes[i], 0);
	}
	assert_string_equal(first, "first");
	bk_arena_release(&arena);
}

/* Where one of them has handed out nothing, in small pieces, and one larger than a block. */
static void an_arena_takes_over_what_another_handed_out(void **state)
{
	(void)state;
	for (int i = 0; i < 4; i++) {
		struct bk_arena arena = BK_ARENA_INIT, other = BK_ARENA_INIT;
		char *own = i & 1 ? bk_arena_dup(&arena, "own", 3) : NULL,
		     *theirs = i & 2 ? bk_arena_dup(&other, "theirs", 6) : NULL;

		assert_true(!(i & 2) || bk_arena_alloc(&other, 100000));
		bk_arena_join(&arena, &other);
		assert_null(other.newest);
		assert_non_null(bk_arena_dup(&other, "again", 5));
		assert_non_null(bk_arena_alloc(&arena, 20000));
		assert_string_equal(bk_arena_dup(&arena, "more", 4), "more");
		bk_arena_release(&other);
		assert_true(!own || strcmp(own, "own") == 0);
		assert_true(!theirs || strcmp(theirs, "theirs") == 0);
		bk_arena_release(&arena);
	}
}

static void an_array_grows_and_keeps_its_items(void **state)
{
	BK_VEC(size_t) numbers = BK_VEC_INIT;

	(void)state;
	for (size_t i = 0; i < 1000; i++)
		*BK_VEC_PUSH(&numbers) = i * i;
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(numbers.items[i], i * i);
	BK_VEC_RELEASE(&numbers);
}

static void a_map_finds_each_of_many_keys(void **state)
{
	struct bk_map map = BK_MAP_INIT;
	char key[32];
	size_t value;

	(void)state;
	for (size_t i = 0; i < 5000; i++) {
		snprintf(key, sizeof key, "key %zu", i);
		assert_int_equal(bk_map_set(&map, bk_str_of(key), i), BK_OK);
	}
	for (size_t i = 0; i < 5000; i++) {
		snprintf(key, sizeof key, "key %zu", i);
		assert_true(bk_map_get(&map, bk_str_of(key), &value));
		assert_int_equal(value, i);
	}
	assert_false(bk_map_get(&map, BK_STR("key 5000"), &value));
	assert_int_equal(map.count, 5000);
	bk_map_release(&map);
}

static void the_message_of_a_failure_is_kept_and_cut(void **state)
{
	(void)state;
	assert_int_equal(bk_fail(BK_EINVAL, "%2000s", "x"), BK_EINVAL);
	assert_int_equal(strlen(bk_error_message()), 1023);
	assert_string_equal(bk_status_name(BK_ENOIDENTITY), "no identity");
}

static void a_table_finds_numbers_by_keys_that_stand_elsewhere(void **state)
{
	enum { COUNT = 1000 };
	struct bk_table table;
	uint32_t *slot;

	(void)state;
	assert_int_equal(bk_table_init(&table, COUNT), BK_OK);
	/* few hashes, so that most numbers have to look on */
	for (uint32_t i = 0; i < COUNT; i++) {
		for (slot = bk_table_first(&table, i % 7); *slot != BK_TABLE_FREE;)
			slot = bk_table_next(&table, slot);
		*slot = i;
	}
	for (uint32_t i = 0; i < COUNT; i++) {
		for (slot = bk_table_first(&table, i % 7); *slot != i;)
			slot = bk_table_next(&table, slot);
		assert_int_equal(*slot, i);
	}
	bk_table_release(&table);
	assert_int_equal(bk_table_init(&table, SIZE_MAX), BK_ENOMEM);
}

static void a_search_counts_the_items_that_come_before(void **state)
{
	static const int items[] = {1, 3, 3, 7};

	(void)state;
	assert_int_equal(BK_SEARCH(i, 4, items[i] < 0), 0);
	assert_int_equal(BK_SEARCH(i, 4, items[i] < 3), 1);
	assert_int_equal(BK_SEARCH(i, 4, items[i] <= 3), 3);
	assert_int_equal(BK_SEARCH(i, 4, items[i] < 9), 4);
	assert_int_equal(BK_SEARCH(i, 0, items[i] < 9), 0);
}

enum { SORTED = 3000 };

struct sorted {
	uint64_t key;
	unsigned next, was; /* what decides between the same keys, at last: where it was */
};

static uint64_t key_of(const void *item)
{
	return ((const struct sorted *)item)->key;
}

static int compare_sorted(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	if (x->next != y->next)
		return x->next < y->next ? -1 : 1;
	return x->was < y->was ? -1 : x->was > y->was;
}

static void fill(struct sorted *items, size_t count, uint64_t most)
{
	uint64_t random = most;

	for (size_t i = 0; i < count; i++) {
		random = random * 6364136223846793005u + 1442695040888963407u;
		items[i] = (struct sorted){(random >> 8) % most, (unsigned)(random >> 60) % 4, (unsigned)i};
	}
}

static bool are_all_there(const struct sorted *items, size_t count)
{
	bool there[SORTED] = {false};
	size_t found = 0;

	for (size_t i = 0; i < count; i++) {
		found += !there[items[i].was];
		there[items[i].was] = true;
	}
	return found == count;
}

static void items_are_sorted_by_key_and_then_by_comparing(void **state)
{
	static const uint64_t mosts[] = {1, 7, 3000, (uint64_t)1 << 33, UINT64_MAX >> 8};

	(void)state;
	for (size_t m = 0; m < sizeof mosts / sizeof *mosts; m++) {
		for (size_t count = 0; count <= SORTED; count = count * 2 + 1) {
			struct sorted items[SORTED];

			fill(items, count, mosts[m]);
			assert_int_equal(bk_sort(items, count, sizeof *items, key_of, compare_sorted), BK_OK);
			for (size_t i = 1; i < count; i++)
				assert_true(compare_sorted(&items[i - 1], &items[i]) < 0);
			assert_true(are_all_there(items, count));
		}
	}
}

static void without_memory_nothing_is_sorted(void **state)
{
	struct sorted items[SORTED], before[SORTED];

	(void)state;
	fill(items, SORTED, SORTED);
	memcpy(before, items, sizeof items);
	bk_alloc_fail_after(0);
	assert_int_equal(bk_sort(items, SORTED, sizeof *items, key_of, compare_sorted), BK_ENOMEM);
	bk_alloc_fail_after(SIZE_MAX);
	assert_memory_equal(items, before, sizeof items);
}

static void a_dash_is_a_hyphen_or_one_of_two_longer_ones(void **state)
{
	(void)state;
	assert_int_equal(bk_str_dash(BK_STR("- EU")), 1);
	assert_int_equal(bk_str_dash(BK_STR("– EU")), 3);
	assert_int_equal(bk_str_dash(BK_STR("—")), 3);
	assert_int_equal(bk_str_dash(BK_STR("’s own")), 0); /* begins with the byte that they do */
	assert_int_equal(bk_str_dash(BK_STR("\xE2\x80")), 0);
	assert_int_equal(bk_str_dash(BK_STR(" -")), 0);
	assert_int_equal(bk_str_dash(BK_STR("")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_buffer_keeps_every_byte_and_ends_in_nul),
		cmocka_unit_test(a_failed_append_leaves_the_buffer_as_it_was),
		cmocka_unit_test(a_size_that_overflows_is_refused),
		cmocka_unit_test(what_is_expected_comes_from_the_heap_which_keeps_it),
		cmocka_unit_test(what_is_not_there_may_be_expected),
		cmocka_unit_test(an_arena_gives_zeroed_memory_that_stays),
		cmocka_unit_test(an_arena_takes_over_what_another_handed_out),
		cmocka_unit_test(a_search_counts_the_items_that_come_before),
		cmocka_unit_test(items_are_sorted_by_key_and_then_by_comparing),
		cmocka_unit_test(without_memory_nothing_is_sorted),
		cmocka_unit_test(a_table_finds_numbers_by_keys_that_stand_elsewhere),
		cmocka_unit_test(an_array_grows_and_keeps_its_items),
		cmocka_unit_test(a_map_finds_each_of_many_keys),
		cmocka_unit_test(the_message_of_a_failure_is_kept_and_cut),
		cmocka_unit_test(a_dash_is_a_hyphen_or_one_of_two_longer_ones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
