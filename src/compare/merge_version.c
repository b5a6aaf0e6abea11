/* What each version changed of the base: versions are shared out among threads, as many as they are worth. */
#include "compare/merge_private.h"

#include "base/alloc.h"

#include <stdatomic.h>

enum {
	LEAST = 1 << 16, /* bytes of versions that are worth a thread of their own */
};

/* Versions while they are compared; each thread has a base of its own, for comparing cuts it and numbers its words. */
struct comparing {
	struct bk_merge *merge;
	bool alike;
	atomic_size_t next; /* version that no thread has taken */
};

/* Whether all parties handed in the same. */
static bool are_all_alike(const struct bk_merge *merge)
{
	for (size_t i = 1; i < merge->count; i++)
		if (merge->versions[i].len != merge->versions[0].len ||
			(merge->versions[0].len && memcmp(merge->versions[i].bytes, merge->versions[0].bytes,
							   merge->versions[0].len) != 0))
			return false;
	return true;
}

/* Whether the amendments of a version make it of the base, byte for byte: nothing is merged that could not be
 * given back. */
static bool is_whole(const struct bk_amendments *amendments)
{
	const struct bk_str base = amendments->base->tokens.bytes, file = amendments->bytes;
	size_t at = 0, in_file = 0;

	for (size_t i = 0; i <= amendments->list.len; i++) {
		const struct bk_amendment *it = i < amendments->list.len ? &amendments->list.items[i] : NULL;
		const size_t until = it ? it->base.start : base.len,
			     file_until = it ? it->file.start : file.len;

		if (until < at || file_until < in_file ||
			!bk_str_equal((struct bk_str){base.ptr + at, until - at},
				(struct bk_str){file.ptr + in_file, file_until - in_file}))
			return false;
		at = it ? it->base.end : at;
		in_file = it ? it->file.end : in_file;
	}
	return true;
}

/* A name in a text that all handed in is nobody's own: it is read alike for all. */
static int find_in_version(const struct comparing *comparing, struct bk_base *base, size_t version)
{
	const struct bk_version *it = &comparing->merge->versions[version];
	struct bk_amendments *amendments = &comparing->merge->amendments[version];
	const int status = bk_amendments_find(
		amendments, base, (struct bk_str){it->bytes, it->len}, comparing->alike ? "" : it->party);

	if (status != BK_OK || is_whole(amendments))
		return status;
	return bk_fail(BK_EFORMAT,
		"the version of '%s' could not be given back from a compilation: nothing was merged; please "
		"report it with the texts",
		it->party);
}

static int prepare_base(void *context, size_t piece)
{
	return piece == 0 ? bk_base_pair(context) : bk_base_number(context);
}

/* Take versions with one of the bases as long as there are some; whoever finds none any more looks for runs in the
 * base, which hang on no version. */
static int find_with_base(void *context, size_t index)
{
	struct comparing *comparing = context;
	struct bk_merge *merge = comparing->merge;
	struct bk_base *base = index ? &merge->other_bases[index - 1] : &merge->base;
	size_t i = 0;
	int status = BK_OK;

	while (status == BK_OK && (i = atomic_fetch_add(&comparing->next, 1)) < merge->count)
		status = find_in_version(comparing, base, i);
	if (status == BK_OK && i == merge->count && merge->options.unopposed)
		status = bk_merge_find_runs(merge);
	return status;
}

static size_t count_threads(const struct bk_merge *merge)
{
	size_t bytes = 0;

	for (size_t i = 0; i < merge->count; i++)
		bytes += merge->versions[i].len;
	return bk_share_threads(bytes / LEAST < merge->count ? bytes / LEAST : merge->count);
}

static bool do_some_differ(const struct bk_merge *merge)
{
	const struct bk_amendments *last = NULL;

	for (size_t i = 0; i < merge->count; i++) {
		const struct bk_amendments *it = &merge->amendments[i];

		if (it->list.len && last && !bk_str_equal(it->bytes, last->bytes))
			return true;
		last = it->list.len ? it : last;
	}
	return false;
}

int bk_merge_find_amendments(struct bk_merge *merge, struct bk_str base)
{
	const struct bk_notation notation = {merge->options.conventions, merge->options.names};
	const size_t count = count_threads(merge);
	struct comparing comparing = {.merge = merge, .alike = merge->count > 1 && are_all_alike(merge)};
	int status;

	merge->amendments = bk_calloc(merge->count + 1, sizeof *merge->amendments);
	if (!merge->amendments)
		return bk_fail_memory();
	bk_base_begin(&merge->base, base, &notation);
	status = bk_share_out(prepare_base, &merge->base, 2, count);
	for (size_t i = 1; i < count && status == BK_OK; i++)
		status = bk_base_borrow(&merge->other_bases[i - 1], &merge->base);
	if (status == BK_OK)
		status = bk_share_out(find_with_base, &comparing, count, count);
	merge->differ = status == BK_OK && do_some_differ(merge);
	return status;
}

void bk_merge_release_amendments(struct bk_merge *merge)
{
	for (size_t i = 0; merge->amendments && i < merge->count; i++)
		bk_amendments_release(&merge->amendments[i]);
	bk_free(merge->amendments);
	bk_base_release(&merge->base);
	for (size_t i = 0; i + 1 < BK_SHARE_THREADS; i++)
		bk_base_release(&merge->other_bases[i]);
}
