/* A base and versions of it merged, for tests of this floor. */
#ifndef BRACKED_TESTS_MERGING_H
#define BRACKED_TESTS_MERGING_H

#include "base/alloc.h"
#include "comparing.h"

#include <bracked/ledger.h>
#include <bracked/merge.h>

static inline const bk_roster *roster(void)
{
	static bk_roster *made;

	if (!made && bk_roster_new(&made, NULL, 0) != BK_OK)
		abort();
	return made;
}

/* Each what a party of "EU", "US" and "AOSIS" handed in, or NULL. */
static inline bk_merge *merge_as(
	bool unopposed, const char *base, const char *eu, const char *us, const char *aosis)
{
	static const char *const parties[] = {"EU", "US", "AOSIS"};
	const char *const texts[] = {eu, us, aosis};
	const struct bk_merge_options options = {.unopposed = unopposed,
		.conventions = reading_options()->conventions,
		.names = bk_roster_names(roster())};
	struct bk_version versions[3];
	bk_merge *merge;
	size_t count = 0;

	for (size_t i = 0; i < 3; i++)
		if (texts[i])
			versions[count++] =
				(struct bk_version){parties[i], parties[i], texts[i], strlen(texts[i])};
	assert_int_equal(bk_merge_new(&merge, base, strlen(base), versions, count, &options), BK_OK);
	return merge;
}

static inline bk_merge *merge_texts(const char *base, const char *eu, const char *us, const char *aosis)
{
	return merge_as(false, base, eu, us, aosis);
}

static inline void expect_bytes(bk_merge *merge, const char *expected)
{
	struct bk_str bytes;

	bytes.ptr = bk_merge_bytes(merge, &bytes.len);
	if (!bk_str_equal(bytes, bk_str_of(expected)))
		fail_msg("'%.*s', not '%s'", (int)bytes.len, bytes.ptr, expected);
	bk_merge_free(merge);
}

static inline void expect_merged(
	const char *base, const char *eu, const char *us, const char *aosis, const char *expected)
{
	expect_bytes(merge_texts(base, eu, us, aosis), expected);
}

static inline void expect_unopposed(
	const char *base, const char *eu, const char *us, const char *aosis, const char *expected)
{
	expect_bytes(merge_as(true, base, eu, us, aosis), expected);
}

/* Memory may be refused at any time: that is told, and nothing is made. */
static inline void expect_memory_told(struct bk_str base, const struct bk_version *versions, size_t count,
	const struct bk_merge_options *options)
{
	size_t refused = 0;
	int status = BK_ENOMEM;

	for (size_t after = 0; status == BK_ENOMEM; after++, refused++) {
		bk_merge *merge = NULL;

		bk_alloc_fail_after(after);
		status = bk_merge_new(&merge, base.ptr, base.len, versions, count, options);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK ? merge != NULL : status == BK_ENOMEM && !merge);
		bk_merge_free(merge);
	}
	assert_int_equal(status, BK_OK);
	print_message("%zu times out of memory\n", refused - 1);
	assert_true(refused > 100);
}

#endif
