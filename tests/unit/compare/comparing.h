/* Two drafts compared, for tests of this floor. */
#ifndef BRACKED_TESTS_COMPARING_H
#define BRACKED_TESTS_COMPARING_H

#include "../draft/drafting.h"

#include <bracked/compare.h>

struct compared {
	bk_draft *old, *now;
	bk_comparison *comparison;
};

/* The default conventions, made once: to compile their patterns takes longer than to read a draft. */
static inline const struct bk_draft_options *reading_options(void)
{
	static struct bk_draft_options options;
	static bk_conventions *conventions;

	if (!conventions && bk_conventions_new(&conventions, NULL, NULL, 0) != BK_OK)
		abort();
	options.conventions = conventions;
	return &options;
}

static inline struct compared compare_bytes(struct bk_str old, struct bk_str now)
{
	struct compared compared = {.old = draft_of_bytes(old.ptr, old.len, reading_options()),
		.now = draft_of_bytes(now.ptr, now.len, reading_options())};

	if (bk_comparison_new(&compared.comparison, compared.old, compared.now) != BK_OK)
		abort();
	return compared;
}

static inline struct compared compare(const char *old, const char *now)
{
	return compare_bytes(bk_str_of(old), bk_str_of(now));
}

static inline void compared_free(struct compared *compared)
{
	bk_comparison_free(compared->comparison);
	bk_draft_free(compared->old);
	bk_draft_free(compared->now);
}

/* The new bytes, made of the old ones by the replacements. */
static inline void rebuild(const struct compared *compared, struct bk_buf *out)
{
	size_t count, len, new_len, at = 0;
	const struct bk_replacement *all = bk_comparison_replacements(compared->comparison, &count);
	const char *bytes = bk_draft_bytes(compared->old, &len);
	const char *new_bytes = bk_draft_bytes(compared->now, &new_len);

	for (size_t i = 0; i < count; i++) {
		if (all[i].old_span.start < at || all[i].old_span.end > len || all[i].new_span.end > new_len)
			abort();
		bk_buf_put(out, bytes + at, all[i].old_span.start - at);
		bk_buf_put(
			out, new_bytes + all[i].new_span.start, all[i].new_span.end - all[i].new_span.start);
		at = all[i].old_span.end;
	}
	bk_buf_put(out, bytes + at, len - at);
}

/* True when the replacements give back the new text byte for byte. */
static inline bool is_rebuilt(const struct compared *compared)
{
	struct bk_buf out = BK_BUF_INIT;
	struct bk_str now;
	bool equal;

	now.ptr = bk_draft_bytes(compared->now, &now.len);
	rebuild(compared, &out);
	equal = !out.failed && bk_str_equal(bk_buf_str(&out), now);
	bk_buf_release(&out);
	return equal;
}

#endif
