/* A draft of a few words, for tests of this floor. */
#ifndef TEST_DRAFT_SAMPLE_H
#define TEST_DRAFT_SAMPLE_H

#include "draft/draft.h"

#include "names.h"

static bk_draft *sample_with(const char *text, const struct bk_draft_options *options)
{
	bk_text *made;
	bk_snapshot *snapshot;
	bk_draft *draft;

	assert_int_equal(bk_text_new(&made, text, strlen(text)), BK_OK);
	snapshot = bk_text_snapshot(made);
	assert_int_equal(bk_draft_new(&draft, snapshot, options), BK_OK);
	bk_snapshot_free(snapshot);
	bk_text_free(made);
	return draft;
}

static bk_draft *sample(const char *text)
{
	const struct bk_draft_options options = {.names = test_names()};

	return sample_with(text, &options);
}

static const struct bk_bracket *nth(const bk_draft *draft, size_t index)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);

	assert_true(index < count);
	return &brackets[index];
}

#endif
